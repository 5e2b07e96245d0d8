//! Writes what was judged into the job's file, in the order in which it comes, on a thread of
//! its own: meanwhile the input is read on.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, Status};
use crate::domain::origin::Origin;
use crate::domain::problem::Problem;
use crate::journal::{
    ContractRecord, Fingerprint, JobFile, JobWriter, JournalError, JournalFault, RowRecord, Sending, TOGETHER,
};

use super::judge::JudgedRow;

/// A block is handed over with so many entries, or with so many bytes of contracts.
const BLOCK: usize = 256;
const BLOCK_BYTES: usize = 256 * 1024;
/// Blocks that may wait: what is in memory does not grow with the input.
const WAITING: usize = 4;

type Done = Result<(), JournalError>;

/// What is written of a contract.
pub struct Filed {
    pub flow: FlowNo,
    pub key: Option<String>,
    pub name: String,
    /// `Invalid` or `Skipped`; None: to be sent.
    pub status: Option<Status>,
    pub unsent_claim: Option<Fingerprint>,
    pub sending: Option<Sending>,
    pub rows: Vec<JudgedRow>,
    pub problems: Vec<Problem>,
    /// The failed contracts that it is, corrected.
    pub origins: Vec<Origin>,
}

pub enum Entry {
    Contract(Box<Filed>),
    /// Something about a sheet as a whole.
    Problem(Problem),
    Group(u32, Arc<Sender>, String),
    Template(u32, String),
    /// A contract is taken back; the answer is the deadline of one that could have been sent.
    Withdrawal(FlowNo, SyncSender<Option<i64>>),
}

/// The thread that writes.
pub struct Filing<'scope> {
    path: PathBuf,
    block: Vec<Entry>,
    bytes: usize,
    /// None: the thread is to end, or has ended.
    blocks: Option<SyncSender<Vec<Entry>>>,
    thread: Option<ScopedJoinHandle<'scope, Done>>,
}

impl<'scope> Filing<'scope> {
    /// # Errors
    /// The system has no more threads.
    pub fn start<'env>(
        scope: &'scope Scope<'scope, 'env>,
        file: &'env mut JobFile,
    ) -> Result<Self, JournalError> {
        let path = file.path().to_owned();
        let (send, blocks) = sync_channel::<Vec<Entry>>(WAITING);
        let work = move || write_all(file, &blocks);
        let thread = Builder::new().name("store".to_owned()).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| JournalError::io(&path, &error))?;
        Ok(Self { path, block: Vec::new(), bytes: 0, blocks: Some(send), thread: Some(thread) })
    }

    /// # Errors
    /// What went wrong with an entry before this one.
    pub fn add(&mut self, entry: Entry) -> Done {
        self.bytes += entry.bytes();
        self.block.push(entry);
        if self.block.len() < BLOCK && self.bytes < BLOCK_BYTES { Ok(()) } else { self.hand_over() }
    }

    /// Takes a contract back. The deadline that it had, if it could have been sent.
    ///
    /// # Errors
    /// What went wrong with it or with an entry before it.
    pub fn withdraw(&mut self, flow: FlowNo) -> Result<Option<i64>, JournalError> {
        let (answer, deadline) = sync_channel(1);
        self.block.push(Entry::Withdrawal(flow, answer));
        self.hand_over()?;
        match deadline.recv() {
            Ok(deadline) => Ok(deadline),
            Err(_) => self.end().map(|()| None),
        }
    }

    /// Waits until everything is written.
    ///
    /// # Errors
    /// What went wrong with an entry.
    pub fn finish(mut self) -> Done {
        self.hand_over()?;
        self.end()
    }

    fn hand_over(&mut self) -> Done {
        self.bytes = 0;
        let block = std::mem::take(&mut self.block);
        let sent = self.blocks.as_ref().is_some_and(|blocks| blocks.send(block).is_ok());
        // It ends before its work only where something goes wrong.
        if sent { Ok(()) } else { self.end() }
    }

    fn end(&mut self) -> Done {
        drop(self.blocks.take());
        match self.thread.take().map(ScopedJoinHandle::join) {
            Some(Ok(done)) => done,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            // It has told what went wrong; nothing is written any more.
            None => Err(JournalError::new(&self.path, JournalFault::Closed)),
        }
    }
}

impl Entry {
    /// What it takes in memory, as far as that depends on the input.
    fn bytes(&self) -> usize {
        match self {
            Self::Contract(contract) => {
                let body = contract.sending.as_ref().and_then(|sending| sending.body.as_ref());
                let cells = contract.rows.iter().filter_map(|row| row.cells.as_ref()).map(String::len);
                body.map_or(0, Vec::len) + cells.sum::<usize>()
            }
            _ => 0,
        }
    }
}

fn write_all(file: &JobFile, blocks: &Receiver<Vec<Entry>>) -> Done {
    let mut writer = file.writer()?;
    let mut contracts: Vec<Filed> = Vec::with_capacity(TOGETHER);
    for entry in blocks.iter().flatten() {
        let is_contract = matches!(entry, Entry::Contract(_));
        if contracts.len() == TOGETHER || !is_contract {
            add_contracts(file, &mut writer, &contracts)?;
            contracts.clear();
        }
        match entry {
            Entry::Contract(contract) => contracts.push(*contract),
            Entry::Problem(problem) => writer.add_problem(None, &problem)?,
            Entry::Group(number, sender, label) => file.add_group(number, &sender, &label)?,
            Entry::Template(number, id) => file.add_template(number, &id)?,
            Entry::Withdrawal(flow, answer) => {
                let deadline = file.sendable(flow)?.map(|sendable| sendable.deadline);
                file.withdraw_contract(flow)?;
                // Whoever has asked waits for it.
                let _ = answer.send(deadline);
            }
        }
    }
    add_contracts(file, &mut writer, &contracts)?;
    writer.finish()
}

fn add_contracts<'c>(file: &JobFile, writer: &mut JobWriter<'_>, contracts: &'c [Filed]) -> Done {
    for Filed { flow, origins, .. } in contracts.iter().filter(|contract| !contract.origins.is_empty()) {
        file.add_origins(*flow, origins)?;
    }
    let record = |contract: &'c Filed| ContractRecord {
        flow: contract.flow,
        key: contract.key.as_deref(),
        name: &contract.name,
        status: contract.status,
        unsent_claim: contract.unsent_claim,
        sending: contract.sending.as_ref(),
        problems: &contract.problems,
    };
    let rows_of = |contract: &'c Filed| {
        let row = |row: &'c JudgedRow| RowRecord {
            ord: row.ord,
            sheet: row.sheet,
            number: row.number,
            hidden: row.hidden,
            cells: row.cells.as_deref(),
            unnamed: row.unnamed,
        };
        contract.rows.iter().map(move |own| (row(own), contract.flow))
    };
    let records: Vec<ContractRecord<'c>> = contracts.iter().map(record).collect();
    let rows: Vec<(RowRecord<'c>, FlowNo)> = contracts.iter().flat_map(rows_of).collect();
    writer.add_contracts(&records, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEADLINE: i64 = 1_800_000_000;

    fn contract(number: i64) -> Entry {
        let claim = [0; 16];
        let sending = Sending {
            group: 0,
            template: None,
            size: 1,
            body: Some(vec![b'{'; 100]),
            deadline: DEADLINE,
            relative: None,
            claim,
            content: claim,
            likeness: None,
        };
        Entry::Contract(Box::new(Filed {
            flow: FlowNo(number),
            key: None,
            name: String::new(),
            status: None,
            unsent_claim: None,
            sending: Some(sending),
            rows: Vec::new(),
            problems: Vec::new(),
            origins: Vec::new(),
        }))
    }

    /// How many contracts the file has after all that.
    fn filed(file: impl FnOnce(&mut Filing<'_>) -> Result<(), JournalError>) -> Result<u64, JournalError> {
        let dir = tempfile::tempdir().unwrap();
        let mut job_file = JobFile::create(&dir.path().join("a.db"), 0)?;
        std::thread::scope(|scope| {
            let mut filing = Filing::start(scope, &mut job_file)?;
            file(&mut filing)?;
            filing.finish()
        })?;
        Ok(job_file.counts()?.0)
    }

    fn add(filing: &mut Filing<'_>, numbers: impl IntoIterator<Item = i64>) -> Done {
        numbers.into_iter().try_for_each(|number| filing.add(contract(number)))
    }

    /// More than may wait.
    const MANY: i64 = 256 * 8 + 1;

    #[test]
    fn everything_is_written_in_its_order() {
        assert_eq!(filed(|filing| add(filing, 0..MANY)).unwrap(), MANY.unsigned_abs());
        let taken_back = filed(|filing| {
            add(filing, 0..10)?;
            assert_eq!(filing.withdraw(FlowNo(3))?, Some(DEADLINE));
            assert_eq!(filing.withdraw(FlowNo(3))?, None);
            assert_eq!(filing.withdraw(FlowNo(4))?, Some(DEADLINE));
            add(filing, [3])
        });
        assert_eq!(taken_back.unwrap(), 9);
    }

    #[test]
    fn what_goes_wrong_is_told_and_nothing_after_it_passes_for_written() {
        // One that is there already: as the last, with many behind it, and before one is taken back.
        assert!(filed(|filing| add(filing, [0, 1, 1])).is_err());
        assert!(filed(|filing| add(filing, (0..MANY).chain(0..MANY))).is_err());
        let after = filed(|filing| {
            add(filing, [0, 0])?;
            assert!(filing.withdraw(FlowNo(0)).is_err());
            assert!(filing.withdraw(FlowNo(0)).is_err());
            add(filing, 1..2)
        });
        assert!(after.is_err());
    }

    #[test]
    fn large_contracts_do_not_wait_for_a_whole_block() {
        let blocks = filed(|filing| {
            for number in 0..4 {
                let Entry::Contract(mut one) = contract(number) else { continue };
                if let Some(sending) = &mut one.sending {
                    sending.body = Some(vec![0; BLOCK_BYTES]);
                }
                filing.add(Entry::Contract(one))?;
                assert!(filing.block.is_empty());
            }
            Ok(())
        });
        assert_eq!(blocks.unwrap(), 4);
    }
}

//! Writes what was judged into the job's file, in the order in which it comes, on a thread of
//! its own: meanwhile the input is read on.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, Status};
use crate::domain::origin::Origin;
use crate::domain::problem::Problem;
use crate::journal::{ContractRecord, Fingerprint, JobFile, JobWriter, JournalError, RowRecord, Sending};

use super::judge::JudgedRow;

/// Entries that are handed over together.
const BLOCK: usize = 256;
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
    block: Vec<Entry>,
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
        Ok(Self { block: Vec::with_capacity(BLOCK), blocks: Some(send), thread: Some(thread) })
    }

    /// # Errors
    /// What went wrong with an entry before this one.
    pub fn add(&mut self, entry: Entry) -> Done {
        self.block.push(entry);
        if self.block.len() < BLOCK { Ok(()) } else { self.hand_over() }
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
        let block = std::mem::replace(&mut self.block, Vec::with_capacity(BLOCK));
        let sent = self.blocks.as_ref().is_some_and(|blocks| blocks.send(block).is_ok());
        // It ends before its work only where something goes wrong.
        if sent { Ok(()) } else { self.end() }
    }

    fn end(&mut self) -> Done {
        drop(self.blocks.take());
        match self.thread.take().map(ScopedJoinHandle::join) {
            Some(Ok(done)) => done,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(()),
        }
    }
}

fn write_all(file: &JobFile, blocks: &Receiver<Vec<Entry>>) -> Done {
    let mut writer = file.writer()?;
    blocks.iter().flatten().try_for_each(|entry| match entry {
        Entry::Contract(contract) => add_contract(file, &mut writer, *contract),
        Entry::Problem(problem) => writer.add_problem(None, &problem),
        Entry::Group(number, sender, label) => file.add_group(number, &sender, &label),
        Entry::Template(number, id) => file.add_template(number, &id),
        Entry::Withdrawal(flow, answer) => {
            let deadline = file.sendable(flow)?.map(|sendable| sendable.deadline);
            file.withdraw_contract(flow)?;
            // Whoever has asked may have given up meanwhile.
            let _ = answer.send(deadline);
            Ok(())
        }
    })
}

fn add_contract(file: &JobFile, writer: &mut JobWriter<'_>, contract: Filed) -> Done {
    let Filed { flow, key, name, status, unsent_claim, sending, rows, problems, origins } = contract;
    if !origins.is_empty() {
        file.add_origins(flow, &origins)?;
    }
    let record = ContractRecord {
        flow,
        key: key.as_deref(),
        name: &name,
        status,
        unsent_claim,
        sending,
        problems: &problems,
    };
    let rows = rows.iter().map(|row| RowRecord {
        ord: row.ord,
        sheet: row.sheet,
        number: row.number,
        hidden: row.hidden,
        cells: row.cells.as_deref(),
    });
    writer.add_contract(&record, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract(number: i64) -> Entry {
        Entry::Contract(Box::new(Filed {
            flow: FlowNo(number),
            key: None,
            name: String::new(),
            status: Some(Status::Invalid),
            unsent_claim: None,
            sending: None,
            rows: Vec::new(),
            problems: Vec::new(),
            origins: Vec::new(),
        }))
    }

    /// Adds as many as `numbers` has.
    fn filed(numbers: impl Iterator<Item = i64>) -> Result<u64, JournalError> {
        let dir = tempfile::tempdir().unwrap();
        let mut file = JobFile::create(&dir.path().join("a.db"))?;
        std::thread::scope(|scope| {
            let mut filing = Filing::start(scope, &mut file)?;
            for number in numbers {
                filing.add(contract(number))?;
            }
            assert_eq!(filing.withdraw(FlowNo(0))?, None);
            filing.finish()
        })?;
        Ok(file.counts()?.1)
    }

    #[test]
    fn everything_is_written_and_what_goes_wrong_is_told() {
        let many = i64::try_from(BLOCK * (WAITING + 3)).unwrap() + 1;
        assert_eq!(filed(0..many).unwrap(), u64::try_from(many - 1).unwrap());
        // The same again: with others behind it, and as the last one.
        assert!(filed((0..many).chain(0..many)).is_err());
        assert!(filed((0..2).chain(1..2)).is_err());
    }
}

//! What is to be stored of contracts that were judged, in the order in which they come.

use std::collections::HashMap;

use crate::domain::chunks::Piece;
use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::{Problem, Rule};
use crate::journal::{Fingerprint, Sending};

use super::counted::{Counted, Counter};
use super::filing::{Entry, Filed, Filing};
use super::judge::{Court, Judged, JudgedFlow, Twice};
use super::rows::Seen;
use super::{ImportError, ImportOptions, KeepRows};

/// A contract that is like an earlier one but for what is not sent.
pub struct Differs {
    pub sheet: usize,
    pub row: u32,
    pub first_row: u32,
    /// The sheet in which that row stands, where it is another one.
    pub other: Option<String>,
}

/// What a contract was among those before it.
pub enum Kept {
    Alone,
    /// The very same as an earlier one: it is sent once.
    Twin,
    Differs(Differs),
}

/// A contract without a key, as those behind it are compared with it.
#[derive(Clone, Copy)]
struct Before {
    sheet: u32,
    row: u32,
    /// Hash of what is not sent of it.
    unsent: u32,
}

pub struct Store<'scope> {
    filing: Filing<'scope>,
    court: &'scope Court<'scope>,
    /// By the number that the court gives a sender.
    groups: HashMap<(u32, String), u32>,
    /// Of the contract before, which most share.
    group: Option<(u32, String, u32)>,
    /// By the number that the court gives them, which says nothing of their order.
    templates: HashMap<u32, u32>,
    /// By the hash of the content of a contract without a key.
    keyless: Seen<Before>,
    counter: Counter,
    /// Contracts that can be sent, and of which nothing is told, are counted only.
    only_told: bool,
}

impl<'scope> Store<'scope> {
    pub fn new(filing: Filing<'scope>, court: &'scope Court<'scope>, options: &ImportOptions<'_>) -> Self {
        Self {
            filing,
            court,
            groups: HashMap::new(),
            group: None,
            templates: HashMap::new(),
            keyless: Seen::default(),
            counter: Counter::new(options.limits),
            only_told: options.keep_rows == KeepRows::Told,
        }
    }

    /// Something about a sheet as a whole.
    pub fn tell(&mut self, problem: Problem) -> Result<(), ImportError> {
        Ok(self.filing.add(Entry::Problem(problem))?)
    }

    /// Takes back a contract whose key came up again further down. The deadline that it had, if
    /// it could have been sent.
    pub fn withdraw(&mut self, flow: FlowNo) -> Result<Option<i64>, ImportError> {
        self.counter.is_unsure();
        Ok(self.filing.withdraw(flow)?)
    }

    /// Only the file can say how many contracts there are, and it does not have all of them.
    pub fn is_short(&self) -> bool {
        self.only_told && !self.counter.is_sure()
    }

    /// Waits until everything is written. How many contracts there are; None: whoever wants to
    /// know asks the file.
    pub fn finish(self) -> Result<Option<Counted>, ImportError> {
        self.filing.finish()?;
        Ok(self.counter.finish())
    }

    pub fn keep(&mut self, judged: Judged) -> Result<Kept, ImportError> {
        let Judged { rows, flow_no, key, name, status, unsent_claim, flow, mut problems, origins, twice } =
            judged;
        let is_corrected = !origins.is_empty();
        let mut kept = Kept::Alone;
        if let (Some(twice), Some(flow)) = (twice, &flow)
            && let Some(Before { sheet, row: first_row, unsent }) = self.same_before(&flow.content, &twice)
        {
            self.counter.is_unsure();
            let sheet = sheet as usize;
            // Of two months each may be meant.
            let other = if sheet == twice.sheet { None } else { self.court.name_of_sheet(sheet) };
            if unsent == twice.unsent && other.is_none() {
                problems.push(Problem { rule: Rule::RowTwice { first_row }, ..twice.problem });
                kept = Kept::Twin;
            } else {
                kept = Kept::Differs(Differs { sheet: twice.sheet, row: twice.row, first_row, other });
            }
        }
        let sending = match flow {
            Some(flow) => Some(self.sending(flow)?),
            None => None,
        };
        match (status, &sending) {
            (None, Some(Sending { group, size, .. })) => {
                self.counter.sendable(Piece { flow: flow_no, group: *group, size: *size });
            }
            (status, _) => self.counter.other(status.unwrap_or(Status::Invalid)),
        }
        // Nobody asks for it any more. One of several rows has to be known: see `judge`.
        if self.only_told && status.is_none() && problems.is_empty() && rows.is_empty() && !is_corrected {
            return Ok(kept);
        }
        let filed =
            Filed { flow: flow_no, key, name, status, unsent_claim, sending, rows, problems, origins };
        self.filing.add(Entry::Contract(Box::new(filed)))?;
        Ok(kept)
    }

    /// A contract without a key is its content: the same again is sent once.
    fn same_before(&mut self, content: &Fingerprint, twice: &Twice) -> Option<Before> {
        let short = u64::from_le_bytes(std::array::from_fn(|at| content[at]));
        let sheet = u32::try_from(twice.sheet).unwrap_or(u32::MAX);
        self.keyless.get_or_store(short, Before { sheet, row: twice.row, unsent: twice.unsent })
    }

    fn sending(&mut self, flow: JudgedFlow) -> Result<Sending, ImportError> {
        Ok(Sending {
            group: self.group_of(flow.sender, &flow.group)?,
            template: flow.template.map(|number| self.template_of(number)).transpose()?,
            size: flow.size,
            body: flow.body,
            deadline: flow.deadline,
            relative: flow.relative,
            claim: flow.claim,
            content: flow.content,
            likeness: flow.likeness,
        })
    }

    fn template_of(&mut self, own: u32) -> Result<u32, ImportError> {
        if let Some(number) = self.templates.get(&own) {
            return Ok(*number);
        }
        let number = u32::try_from(self.templates.len()).unwrap_or(u32::MAX);
        let id = self.court.templates.get(own).unwrap_or_default();
        self.filing.add(Entry::Template(number, id))?;
        self.templates.insert(own, number);
        Ok(number)
    }

    fn group_of(&mut self, sender: u32, label: &str) -> Result<u32, ImportError> {
        if let Some((own, own_label, number)) = &self.group
            && *own == sender
            && is_same(own_label, label)
        {
            return Ok(*number);
        }
        let key = (sender, label.to_owned());
        let number = match self.groups.get(&key) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
                if let Some(sender) = self.court.senders.get(sender) {
                    self.filing.add(Entry::Group(number, sender, label.to_owned()))?;
                }
                self.groups.insert(key.clone(), number);
                number
            }
        };
        self.group = Some((key.0, key.1, number));
        Ok(number)
    }
}

/// Most labels are empty. Two empty texts are equal without a look at their bytes: what compares bytes may look
/// where an empty text points, which is nowhere, and some processors take hundreds of cycles to forgive that.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && (one.is_empty() || one == other)
}

//! Whose fault is a refusal? What is known of an Agent, and of the contracts that
//! were refused alone and whom nobody has blamed yet. Pure.

use std::collections::{HashSet, VecDeque};

use crate::domain::codes::REFUSED;
use crate::domain::flow::Agent;
use crate::domain::job::ChunkId;
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::StopRecord;

use super::Blame;
use super::agents::Part;

/// Fewer single contracts than that prove nothing about the caller.
pub const FEWEST: usize = 5;
/// So many contracts in a row, refused alone and alike, are no accident.
pub const IN_A_ROW: usize = 20;
/// The same for one code, whatever the messages.
pub const IN_A_ROW_OF_A_CODE: usize = 40;

/// What two refusals are compared by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alike {
    pub code: String,
    /// Of a general code, or of none: its message without what differs from contract to
    /// contract. Empty for a code that is plainly a contract's own.
    pub message: String,
}

impl Alike {
    pub fn of(outcome: &Outcome) -> Self {
        // A refusal that has no code of the API is known by its sentence alone.
        let has_code = outcome.code.as_deref() != Some(REFUSED);
        let message = match outcome.verdict {
            Verdict::Data if has_code => String::new(),
            _ => without_details(outcome.message.as_deref().unwrap_or_default()),
        };
        Self { code: outcome.code.clone().unwrap_or_default(), message }
    }

    pub fn is_as_before(&self, stop: &StopRecord) -> bool {
        self.code == stop.code
            && (stop.alike.is_empty() || self.message.is_empty() || self.message == stop.alike)
    }
}

/// A message without what stands in quotes or brackets, and without digits.
fn without_details(message: &str) -> String {
    const PAIRS: [(char, char); 12] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('（', '）'),
        ('【', '】'),
        ('《', '》'),
        ('「', '」'),
        ('“', '”'),
        ('‘', '’'),
        ('"', '"'),
        ('\'', '\''),
    ];
    let mut kept = String::with_capacity(message.len());
    let mut rest = message.chars().peekable();
    while let Some(letter) = rest.next() {
        let closing = PAIRS.iter().find(|(open, _)| *open == letter).map(|(_, close)| *close);
        match closing {
            Some(closing) if rest.clone().any(|c| c == closing) => {
                for inner in rest.by_ref() {
                    if inner == closing {
                        break;
                    }
                }
            }
            _ if letter.is_numeric() || letter.is_whitespace() => {}
            _ => kept.push(letter),
        }
    }
    kept
}

/// A contract that was refused alone.
#[derive(Clone)]
pub struct Suspect {
    pub chunk: ChunkId,
    pub outcome: Outcome,
    pub alike: Alike,
    /// When it was refused, by the schedule's own count.
    pub at: u64,
    /// Nobody has refused it: the other side fails on it, again and again.
    pub failing: bool,
    /// It was refused before and after something of its Agent had passed.
    pub confirmed: bool,
}

impl Suspect {
    /// The code may as well be the caller's.
    pub fn is_general(&self) -> bool {
        self.outcome.verdict != Verdict::Data
    }

    /// The same, and nothing has passed between two refusals.
    pub fn may_be_the_callers(&self) -> bool {
        self.is_general() && !self.confirmed && !self.failing
    }
}

/// The parts of a chunk are asked one after the other, and nothing else of its
/// Agent leaves, until one of them passes or all are refused.
#[derive(Default)]
pub struct Inquiry {
    pub members: HashSet<ChunkId>,
    /// The one that is asked now, or will be once more after a while.
    pub busy: Option<ChunkId>,
    /// Others that wait for its end.
    pub held: Vec<ChunkId>,
    /// What it is about: for one code only one Agent is asked at a time.
    pub code: String,
}

impl Inquiry {
    pub fn of(chunk: ChunkId, code: &str) -> Self {
        Self { members: HashSet::from([chunk]), code: code.to_owned(), ..Self::default() }
    }
}

/// What is known of an Agent.
pub struct AgentState {
    pub agent: Agent,
    /// An acceptance in an earlier run of the job.
    pub accepted_before: bool,
    /// An acceptance in this run: when the last one was answered.
    pub accepted_at: Option<u64>,
    /// When the last request was sent that was accepted.
    pub accepted_sent_at: Option<u64>,
    pub inquiry: Option<Inquiry>,
    /// Chunks that were refused while an inquiry went on which has found contracts at fault: they are
    /// taken apart one by one, as others of the Agent pass.
    pub to_take_apart: VecDeque<ChunkId>,
    pub suspects: Vec<Suspect>,
    /// Whole chunks that were refused for contracts' own codes since the last acceptance.
    pub refused_whole: u32,
    /// An earlier run has stopped for this: one contract is asked first.
    pub stopped_before: Option<StopRecord>,
    /// Nothing of it leaves any more.
    pub stopped: Option<Blame>,
    /// It has stopped for a part that other Agents have another value of; and when.
    /// Where another value passes later, it is the value, and its contracts are rejected.
    pub refused_part: Option<(Part, Outcome, u64)>,
}

/// What the refusals of an Agent mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Open,
    /// The caller, as far as can be told: a question.
    Stop,
    /// Ask the next chunk of the Agent.
    AskNext,
    /// The contracts themselves.
    Reject,
    /// Too few to tell; others of the job may.
    Undecided,
    /// Nobody can tell in this run.
    Leave,
}

/// What a finding depends on besides the Agent.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// Chunks of the Agent that could be asked next, or are on their way.
    pub others_left: bool,
    /// Withheld fragments of the Agent: preparing them once more shows whether
    /// anything passes now.
    pub control_left: bool,
    /// The job has so few contracts that they prove nothing about the caller.
    pub few_contracts: bool,
    /// Some Agent was accepted.
    pub anyone_accepted: bool,
}

impl AgentState {
    pub fn new(agent: Agent) -> Self {
        Self {
            agent,
            accepted_before: false,
            accepted_at: None,
            accepted_sent_at: None,
            refused_part: None,
            inquiry: None,
            to_take_apart: VecDeque::new(),
            suspects: Vec::new(),
            refused_whole: 0,
            stopped_before: None,
            stopped: None,
        }
    }

    /// Whether an acceptance speaks for the Agent: of a contract's own codes one of
    /// an earlier run does, of general ones only one of this run.
    pub fn is_proven_for(&self, general: bool) -> bool {
        self.accepted_at.is_some() || (!general && self.accepted_before)
    }

    /// Those that were refused; the others only failed.
    fn refused(&self) -> impl Iterator<Item = &Suspect> {
        self.suspects.iter().filter(|suspect| !suspect.failing)
    }

    /// What most of the refused were told alike, how many they are, and how many
    /// have the most frequent code.
    pub fn most_alike(&self) -> Option<(&Suspect, usize, usize)> {
        self.most_alike_of(&|_| true)
    }

    /// The same of some of them.
    fn most_alike_of(&self, is_one: &dyn Fn(&Suspect) -> bool) -> Option<(&Suspect, usize, usize)> {
        let those = || self.refused().filter(|one| is_one(one));
        let count = |same: &dyn Fn(&Suspect) -> bool| those().filter(|one| same(one)).count();
        let alike = |one: &Suspect| count(&|other| other.alike == one.alike);
        let of_a_code = |one: &Suspect| count(&|other| other.alike.code == one.alike.code);
        let most = those().max_by_key(|one| (alike(one), of_a_code(one)))?;
        let codes = those().map(of_a_code).max().unwrap_or(0);
        Some((most, alike(most), codes))
    }

    pub fn finding(&self, around: Surroundings) -> Finding {
        let Some((_, alike, _)) = self.most_alike() else {
            let asked_out = self.inquiry.as_ref().is_some_and(|inquiry| inquiry.members.is_empty());
            return match (self.suspects.is_empty(), around.others_left, around.control_left) {
                (false, true, _) if asked_out => Finding::AskNext,
                (true, ..) | (false, true, _) | (false, _, true) => Finding::Open,
                (false, false, false) => Finding::Leave,
            };
        };
        if let Some(stop) = &self.stopped_before
            && self.refused().all(|suspect| suspect.alike.is_as_before(stop))
        {
            return Finding::Stop;
        }
        // An acceptance in between breaks the row, and whoever was refused before and after one is none of it.
        let since = self.accepted_at.unwrap_or(0);
        let in_a_row = self.most_alike_of(&|one| one.at >= since && !one.confirmed);
        if in_a_row.is_some_and(|(_, alike, codes)| alike >= IN_A_ROW || codes >= IN_A_ROW_OF_A_CODE) {
            return Finding::Stop;
        }
        if self.inquiry.as_ref().is_some_and(|inquiry| !inquiry.members.is_empty()) {
            return Finding::Open;
        }
        let refused = self.refused().count();
        let general = self.refused().any(Suspect::is_general);
        let proven = self.is_proven_for(general);
        let asked = self.inquiry.is_some() || !around.others_left;
        if !proven && asked && alike == refused && refused >= FEWEST {
            return Finding::Stop;
        }
        if around.others_left {
            return if self.inquiry.is_some() { Finding::AskNext } else { Finding::Open };
        }
        if general && around.control_left {
            return Finding::Open;
        }
        match (proven, self.refused().any(Suspect::may_be_the_callers)) {
            (_, true) => Finding::Stop,
            (true, false) => Finding::Reject,
            (false, false) if around.few_contracts || around.anyone_accepted || refused >= FEWEST => {
                Finding::Reject
            }
            (false, false) => Finding::Undecided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn general(message: &str) -> Alike {
        Alike::of(&Outcome {
            message: Some(message.to_owned()),
            ..Outcome::with_code(Verdict::Either, "OperationDenied")
        })
    }

    #[test]
    fn general_refusals_are_alike_but_for_details() {
        assert_eq!(general("员工(张三)没有权限 12"), general("员工（李四）没有权限 7"));
        assert_eq!(general("user \"a\" is not allowed"), general("user 'b' is not allowed"));
        assert_ne!(general("no permission"), general("no quota"));
        assert_eq!(general("an open ( bracket"), general("an open ( bracket"));
    }

    #[test]
    fn of_a_contracts_own_code_the_message_does_not_matter() {
        let own = |message: &str| {
            Alike::of(&Outcome {
                message: Some(message.to_owned()),
                ..Outcome::with_code(Verdict::Data, "InvalidParameter.Mobile")
            })
        };
        assert_eq!(own("a"), own("b"));
    }
}

//! Contracts counted while they are stored, so that nobody has to go through them again.

use crate::domain::chunks::{ChunkLimits, Cutter, Piece};
use crate::domain::job::{FlowNo, Status};

/// What the contracts of an import come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub sendable: u64,
    pub invalid: u64,
    pub skipped: u64,
    /// That those which can be sent take, if all of them go.
    pub requests: usize,
}

/// Counts as long as every contract comes once, is none that came before, and those that
/// can be sent come in their order: then what it says is what the job's file holds.
pub struct Counter {
    limits: ChunkLimits,
    cutter: Cutter,
    counted: Counted,
    latest: Option<FlowNo>,
    is_sure: bool,
}

impl Counter {
    pub fn new(limits: ChunkLimits) -> Self {
        let (cutter, counted) = (Cutter::default(), Counted::default());
        Self { limits, cutter, counted, latest: None, is_sure: true }
    }

    pub fn sendable(&mut self, piece: Piece) {
        self.is_sure &= self.latest.is_none_or(|latest| latest < piece.flow);
        self.latest = Some(piece.flow);
        self.counted.sendable += 1;
        self.counted.requests += usize::from(self.cutter.add(piece, self.limits).is_some());
    }

    /// A contract that is not to be sent.
    pub fn other(&mut self, status: Status) {
        match status {
            Status::Skipped => self.counted.skipped += 1,
            _ => self.counted.invalid += 1,
        }
    }

    /// A contract was taken back, or is the very same as another: only the file knows then.
    pub fn is_unsure(&mut self) {
        self.is_sure = false;
    }

    pub fn is_sure(&self) -> bool {
        self.is_sure
    }

    /// None: the file has to be asked.
    pub fn finish(self) -> Option<Counted> {
        let requests = self.counted.requests + self.cutter.rest().len();
        self.is_sure.then_some(Counted { requests, ..self.counted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter() -> Counter {
        Counter::new(ChunkLimits { flows: 2, bytes: 1000 })
    }

    fn piece(flow: i64) -> Piece {
        Piece { flow: FlowNo(flow), group: 0, size: 10 }
    }

    #[test]
    fn what_came_once_and_in_order_is_counted() {
        let mut counter = counter();
        for flow in [0, 2, 3] {
            counter.sendable(piece(flow));
        }
        counter.other(Status::Invalid);
        counter.other(Status::Skipped);
        assert_eq!(counter.finish(), Some(Counted { sendable: 3, invalid: 1, skipped: 1, requests: 2 }));
    }

    #[test]
    fn what_came_in_another_order_or_was_taken_back_is_not() {
        let mut late = counter();
        for flow in [2, 1] {
            late.sendable(piece(flow));
        }
        assert_eq!(late.finish(), None);
        let mut withdrawn = counter();
        withdrawn.is_unsure();
        assert_eq!(withdrawn.finish(), None);
    }
}

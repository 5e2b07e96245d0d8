//! What follows from an attempt. Pure: knowledge, time and chance come in.

use std::time::Duration;

use crate::domain::verdict::{Outcome, Verdict};

/// What is known of a chunk when its attempt has ended.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub flows: usize,
    /// Part of a chunk that was split: its link would be a fragment's.
    pub fragment: bool,
    /// Attempts that count, this one included.
    pub tries: u32,
    /// It was tried again for an unclear code already, itself or whole.
    pub asked_twice: bool,
    /// Someone with the same Agent was accepted before.
    pub proven: bool,
    pub safe_to_repeat: bool,
    pub most_tries: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Accept,
    Withhold,
    /// At the head of the queue, as soon as the pace allows.
    AgainFirst,
    /// After a while.
    AgainLater,
    Split,
    Reject,
    /// Either side's fault: find out before anything else leaves.
    Suspect,
    /// No more tries in this run.
    Hold,
    /// The caller's fault.
    Stop,
}

pub fn decide(outcome: &Outcome, facts: Facts) -> Decision {
    let as_data = if facts.flows > 1 { Decision::Split } else { Decision::Reject };
    let repeat = if facts.tries < facts.most_tries { Decision::AgainLater } else { Decision::Hold };
    match outcome.verdict {
        Verdict::Accepted if facts.fragment => Decision::Withhold,
        Verdict::Accepted => Decision::Accept,
        Verdict::Data => as_data,
        Verdict::Caller => Decision::Stop,
        Verdict::Either if facts.proven => as_data,
        Verdict::Either => Decision::Suspect,
        Verdict::Unclear if !facts.asked_twice => Decision::AgainLater,
        Verdict::Unclear => as_data,
        Verdict::Smaller if facts.flows > 1 => Decision::Split,
        Verdict::Smaller => Decision::Reject,
        Verdict::Throttled => Decision::AgainFirst,
        Verdict::NotSent => repeat,
        Verdict::Server | Verdict::Gateway | Verdict::InDoubt if facts.safe_to_repeat => repeat,
        Verdict::Server | Verdict::Gateway | Verdict::InDoubt => Decision::Hold,
    }
}

/// Where a chunk is cut in two: the left half is the larger one.
pub fn middle(flows: usize) -> usize {
    flows.div_ceil(2)
}

/// Full jitter: anywhere between now and an end that doubles with each try,
/// and never before the other side said, within `longest`. `chance` is in 0..1.
pub fn backoff(
    tries: u32,
    base: Duration,
    cap: Duration,
    retry_after: Option<Duration>,
    longest: Duration,
    chance: f64,
) -> Duration {
    let end = base.saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1).min(20))).min(cap);
    let wait = end.mul_f64(chance.clamp(0.0, 1.0));
    wait.max(retry_after.unwrap_or_default().min(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: Facts = Facts {
        flows: 20,
        fragment: false,
        tries: 1,
        asked_twice: false,
        proven: false,
        safe_to_repeat: true,
        most_tries: 5,
    };

    #[test]
    fn every_verdict_has_its_consequence() {
        let one = Facts { flows: 1, ..FACTS };
        let worn = Facts { tries: 5, ..FACTS };
        let unsafe_ = Facts { safe_to_repeat: false, ..FACTS };
        for (verdict, facts, decision) in [
            (Verdict::Accepted, FACTS, Decision::Accept),
            (Verdict::Accepted, Facts { fragment: true, ..FACTS }, Decision::Withhold),
            (Verdict::Data, FACTS, Decision::Split),
            (Verdict::Data, one, Decision::Reject),
            (Verdict::Caller, one, Decision::Stop),
            (Verdict::Either, FACTS, Decision::Suspect),
            (Verdict::Either, Facts { proven: true, ..FACTS }, Decision::Split),
            (Verdict::Either, Facts { proven: true, ..one }, Decision::Reject),
            (Verdict::Unclear, FACTS, Decision::AgainLater),
            (Verdict::Unclear, Facts { tries: 3, ..FACTS }, Decision::AgainLater),
            (Verdict::Unclear, Facts { asked_twice: true, ..FACTS }, Decision::Split),
            (Verdict::Smaller, FACTS, Decision::Split),
            (Verdict::Smaller, one, Decision::Reject),
            (Verdict::Throttled, worn, Decision::AgainFirst),
            (Verdict::NotSent, unsafe_, Decision::AgainLater),
            (Verdict::NotSent, worn, Decision::Hold),
            (Verdict::Server, FACTS, Decision::AgainLater),
            (Verdict::Server, unsafe_, Decision::Hold),
            (Verdict::Gateway, FACTS, Decision::AgainLater),
            (Verdict::Gateway, unsafe_, Decision::Hold),
            (Verdict::InDoubt, FACTS, Decision::AgainLater),
            (Verdict::InDoubt, unsafe_, Decision::Hold),
            (Verdict::InDoubt, worn, Decision::Hold),
        ] {
            assert_eq!(decide(&Outcome::new(verdict), facts), decision, "{verdict:?} {facts:?}");
        }
    }

    #[test]
    fn waits_double_up_to_a_cap_and_obey_the_server() {
        let (base, cap) = (Duration::from_millis(500), Duration::from_secs(30));
        let backoff = |tries, base, cap, retry_after, chance| {
            backoff(tries, base, cap, retry_after, Duration::from_secs(600), chance)
        };
        assert_eq!(backoff(1, base, cap, None, 1.0), Duration::from_millis(500));
        assert_eq!(backoff(4, base, cap, None, 1.0), Duration::from_secs(4));
        assert_eq!(backoff(40, base, cap, None, 1.0), cap);
        assert_eq!(backoff(3, base, cap, None, 0.0), Duration::ZERO);
        assert_eq!(backoff(1, base, cap, Some(Duration::from_secs(7)), 0.5), Duration::from_secs(7));
        assert_eq!(backoff(1, base, cap, Some(Duration::MAX), 0.5), Duration::from_secs(600));
    }
}

//! When everything fails, wait instead of burning the tries of every chunk.
//! Pure: the time comes in.

use std::time::{Duration, Instant};

/// Failures in a row before it pauses.
const PATIENCE: u32 = 8;
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Refusals for the quota sort themselves out sooner than this.
const LONG_REFUSED: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    Open,
    /// Nothing leaves before then.
    Paused {
        until: Instant,
    },
    /// One request finds out whether the other side is back.
    Probe,
    /// It has lasted too long.
    GiveUp,
}

pub struct Breaker {
    failures: u32,
    pauses: u32,
    until: Option<Instant>,
    probing: bool,
    failing_since: Option<Instant>,
    /// Nothing but refusals for the quota since then.
    refused_since: Option<Instant>,
    refusals_told: bool,
    ever_answered: bool,
    /// By the API itself, not by a gateway before it.
    in_contact: bool,
    give_up: Duration,
    first_contact: Duration,
    first_pause: Duration,
}

impl Breaker {
    /// `give_up`: how long everything may fail; `first_contact`: the same
    /// before any answer ever came, when most likely nobody is there.
    pub fn new(give_up: Duration, first_contact: Duration, first_pause: Duration) -> Self {
        Self {
            failures: 0,
            pauses: 0,
            until: None,
            probing: false,
            failing_since: None,
            refused_since: None,
            refusals_told: false,
            ever_answered: false,
            in_contact: false,
            give_up,
            first_contact,
            first_pause,
        }
    }

    /// Any answer of the API, even a refusal, says that it is there.
    pub fn answered(&mut self) {
        self.refused_since = None;
        self.refusals_told = false;
        self.is_there();
    }

    /// Refused for the quota. Returns whether it has been so for long enough to say it.
    pub fn refused(&mut self, now: Instant) -> bool {
        self.is_there();
        let since = *self.refused_since.get_or_insert(now);
        let tell = !self.refusals_told && now.saturating_duration_since(since) >= LONG_REFUSED;
        self.refusals_told |= tell;
        tell
    }

    /// A gateway answered with an error: somebody is there.
    pub fn reached(&mut self) {
        self.ever_answered = true;
    }

    fn is_there(&mut self) {
        self.failures = 0;
        self.pauses = 0;
        self.until = None;
        self.probing = false;
        self.failing_since = None;
        self.ever_answered = true;
        self.in_contact = true;
    }

    /// Whether the API has answered in this run.
    pub fn in_contact(&self) -> bool {
        self.in_contact
    }

    /// Failures in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Returns the pause that begins with this failure, if one does.
    pub fn failed(&mut self, now: Instant) -> Option<Duration> {
        self.failures += 1;
        self.failing_since.get_or_insert(now);
        let probe_failed = std::mem::take(&mut self.probing);
        if !probe_failed && (self.failures < PATIENCE || self.until.is_some()) {
            return None;
        }
        let pause =
            self.first_pause.saturating_mul(2_u32.saturating_pow(self.pauses.min(16))).min(LONGEST_PAUSE);
        self.pauses += 1;
        self.until = Some(now + pause);
        Some(pause)
    }

    pub fn gate(&self, now: Instant) -> Gate {
        if self.gives_up_at().is_some_and(|at| at <= now) {
            return Gate::GiveUp;
        }
        match self.until {
            None => Gate::Open,
            Some(until) if now < until => Gate::Paused { until },
            Some(_) => Gate::Probe,
        }
    }

    /// When it will have lasted too long, if it goes on like this.
    pub fn gives_up_at(&self) -> Option<Instant> {
        let limit = if self.ever_answered { self.give_up } else { self.first_contact };
        let failing = self.failing_since.and_then(|since| since.checked_add(limit));
        let refused = self.refused_since.and_then(|since| since.checked_add(self.give_up));
        failing.into_iter().chain(refused).min()
    }

    /// Everything fails: it is not this chunk's fault.
    pub fn is_open(&self) -> bool {
        self.until.is_some()
    }

    /// The one request of a probe is on its way.
    pub fn probe(&mut self) {
        self.probing = true;
    }

    pub fn is_probing(&self) -> bool {
        self.probing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_pauses_probes_and_gives_up() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut breaker = Breaker::new(second * 100, second * 10, second);
        breaker.answered();
        for _ in 1..PATIENCE {
            assert_eq!(breaker.failed(start), None);
        }
        assert_eq!(breaker.gate(start), Gate::Open);
        assert_eq!(breaker.failed(start), Some(second));
        assert_eq!(breaker.gate(start), Gate::Paused { until: start + second });
        assert_eq!(breaker.failed(start), None, "what was in flight does not lengthen it");
        assert_eq!(breaker.gate(start + second), Gate::Probe);
        breaker.probe();
        assert_eq!(breaker.failed(start + second), Some(second * 2));
        assert_eq!(breaker.gate(start + second * 100), Gate::GiveUp);
        breaker.answered();
        assert_eq!(breaker.gate(start + second * 100), Gate::Open);
    }

    #[test]
    fn endless_refusals_are_told_once_and_given_up() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut breaker = Breaker::new(second * 100, second * 10, second);
        assert!(!breaker.refused(start));
        assert!(!breaker.refused(start + second * 4));
        assert!(breaker.refused(start + second * 5));
        assert!(!breaker.refused(start + second * 6));
        assert_eq!(breaker.gate(start + second * 99), Gate::Open);
        assert_eq!(breaker.gate(start + second * 100), Gate::GiveUp);
        breaker.answered();
        assert_eq!(breaker.gate(start + second * 100), Gate::Open);
    }

    #[test]
    fn before_the_first_answer_it_gives_up_sooner() {
        let start = Instant::now();
        let mut breaker =
            Breaker::new(Duration::from_secs(100), Duration::from_secs(10), Duration::from_secs(1));
        breaker.failed(start);
        assert_eq!(breaker.gate(start + Duration::from_secs(9)), Gate::Open);
        assert_eq!(breaker.gate(start + Duration::from_secs(10)), Gate::GiveUp);
    }
}

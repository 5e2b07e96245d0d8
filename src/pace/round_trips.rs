//! What round trips say of the network: how much longer one may take than another.

use super::controller::{GUARD_AT_START, GUARD_LEAST};

/// Round trips looked at before the first word on the guard, and then again and
/// again: a few slow answers while everything warms up must not cost the whole job.
const FIRST_LOOK: usize = 12;
const LATER_LOOK: usize = 60;

/// What a run of round trips suggests for the guard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    /// Milliseconds.
    pub guard: f64,
    /// From the first few answers only.
    pub first: bool,
}

/// The round trips one process has seen since it last gave advice.
#[derive(Debug, Default)]
pub struct RoundTrips {
    advised: bool,
    seen: usize,
    shortest: f64,
    /// The longest, and the one that comes next to it: one hiccup of this machine says nothing of the
    /// network, and a guard for it would cost every later window.
    longest: [f64; 2],
}

impl RoundTrips {
    /// Notes a round trip (milliseconds, from the body's leaving to the answer).
    pub fn note(&mut self, round_trip: f64) -> Option<Advice> {
        if self.seen == 0 {
            (self.shortest, self.longest) = (round_trip, [f64::MIN; 2]);
        }
        self.shortest = self.shortest.min(round_trip);
        let [first, second] = self.longest;
        self.longest = match round_trip > first {
            true => [round_trip, first],
            false => [first, second.max(round_trip)],
        };
        self.seen += 1;
        let enough = if self.advised { LATER_LOOK } else { FIRST_LOOK };
        if self.seen < enough {
            return None;
        }
        let [_, longest] = self.longest;
        let spread = (longest - self.shortest).max(0.0);
        let advice =
            Advice { guard: (1.3 * spread + 4.0).clamp(GUARD_LEAST, GUARD_AT_START), first: !self.advised };
        self.advised = true;
        self.seen = 0;
        Some(advice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(round_trips: &mut RoundTrips, spread: f64, count: usize) -> Vec<Advice> {
        (0..count).filter_map(|n| round_trips.note(100.0 + spread * (n % 2) as f64)).collect()
    }

    #[test]
    fn twelve_round_trips_give_the_first_advice() {
        for (spread, guard) in [(0.0, 6.0), (10.0, 17.0), (500.0, 64.0)] {
            let mut seen = RoundTrips::default();
            assert_eq!(advice(&mut seen, spread, 11), []);
            assert_eq!(advice(&mut seen, spread, 2), [Advice { guard, first: true }]);
        }
    }

    #[test]
    fn one_hiccup_says_nothing_of_the_network() {
        let advised = |slow: usize| {
            let mut seen = RoundTrips::default();
            (0..12).find_map(|n| seen.note(if n < slow { 190.0 } else { 100.0 + n as f64 })).unwrap().guard
        };
        assert_eq!(advised(1), 1.3 * 10.0 + 4.0);
        assert_eq!(advised(2), GUARD_AT_START);
    }
}

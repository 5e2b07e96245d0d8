//! The quota: at most so many admitted requests in any sliding second.

use std::collections::VecDeque;

const SECOND: u64 = 1_000_000;

/// Stamps of the requests admitted in the last second, in microseconds.
#[derive(Default)]
pub(super) struct Window {
    admitted: VecDeque<u64>,
}

impl Window {
    /// Whether a request arriving at `now` passes, given `limit` a second (0: no limit).
    /// Only those that pass are counted. `now` must not go back.
    pub(super) fn admit(&mut self, now: u64, limit: u32) -> bool {
        if limit == 0 {
            return true;
        }
        while self.admitted.front().is_some_and(|first| now.saturating_sub(*first) >= SECOND) {
            self.admitted.pop_front();
        }
        let passes = self.admitted.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        if passes {
            self.admitted.push_back(now);
        }
        passes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_after_the_limit_waits_for_a_full_second() {
        let mut window = Window::default();
        for i in 0..20 {
            assert!(window.admit(1_000 + i, 20));
        }
        assert!(!window.admit(1_020, 20));
        assert!(!window.admit(1_000_999, 20));
        assert!(window.admit(1_001_000, 20));
        assert!(!window.admit(1_001_000, 20));
    }

    #[test]
    fn the_second_slides_and_does_not_start_anew() {
        let mut window = Window::default();
        // Ten late in one calendar second, ten early in the next: a fixed second would pass more.
        for i in 0..10 {
            assert!(window.admit(900_000 + i, 20));
            assert!(window.admit(1_000_000 + i, 20));
        }
        assert!(!window.admit(1_100_000, 20));
    }

    #[test]
    fn a_refused_request_takes_no_place() {
        let mut window = Window::default();
        assert!(window.admit(0, 1));
        for at in [100, 500_000, 999_999] {
            assert!(!window.admit(at, 1));
        }
        assert!(window.admit(1_000_000, 1));
    }

    #[test]
    fn no_limit_admits_all() {
        let mut window = Window::default();
        assert!((0..1000).all(|_| window.admit(5, 0)));
    }
}

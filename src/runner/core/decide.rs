//! Numbers that decisions are made with. Pure: chance comes in.

use std::time::Duration;

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

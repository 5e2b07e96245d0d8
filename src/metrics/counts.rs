//! What this process has seen of its requests. Nothing here grows with a job.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use prometheus::{Error, Histogram, HistogramOpts, IntCounter, IntCounterVec, Opts};

use crate::domain::verdict::Verdict;
use crate::runner::Event;

/// So many different codes are told apart: the other side invents them.
const MOST_CODES: usize = 100;
/// Seconds of a round trip.
const BUCKETS: [f64; 10] = [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];

pub struct Counts {
    pub requests: IntCounterVec,
    pub seconds: Histogram,
    pub granted: IntCounter,
    pub refused: IntCounter,
    codes: Mutex<BTreeSet<String>>,
}

impl Counts {
    pub fn new() -> Result<Self, Error> {
        let requests = Opts::new(
            "flowbatch_requests_total",
            "Requests of this process that have ended, by outcome and by the API's code.",
        );
        let seconds = HistogramOpts::new(
            "flowbatch_request_duration_seconds",
            "From when a request had left to the end of its answer.",
        );
        Ok(Self {
            requests: IntCounterVec::new(requests, &["outcome", "code"])?,
            seconds: Histogram::with_opts(seconds.buckets(BUCKETS.to_vec()))?,
            granted: IntCounter::new(
                "flowbatch_pace_granted_total",
                "Slots of the quota that requests of this process have used.",
            )?,
            refused: IntCounter::new(
                "flowbatch_pace_refused_total",
                "Requests of this process that the API has refused for the quota.",
            )?,
            codes: Mutex::default(),
        })
    }

    pub fn hear(&self, event: &Event) {
        let Event::Answered { verdict, code, took, left } = event else { return };
        let code = self.label(code.as_deref().unwrap_or_default());
        self.requests.with_label_values(&[verdict.name(), &code]).inc();
        if let Some(took) = took {
            self.seconds.observe(took.as_secs_f64());
        }
        if *left {
            self.granted.inc();
        }
        if *verdict == Verdict::Throttled {
            self.refused.inc();
        }
    }

    /// A code as a label: one that looks like none, or comes after too many others, is `other`.
    fn label(&self, code: &str) -> String {
        let is_code =
            code.len() <= 100 && code.chars().all(|c| c.is_ascii_alphanumeric() || "._".contains(c));
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = codes.len() < MOST_CODES || codes.contains(code);
        if !is_code || !has_room {
            return "other".to_owned();
        }
        codes.insert(code.to_owned());
        code.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_other_side_are_few_and_look_like_codes() {
        let counts = Counts::new().unwrap();
        assert_eq!(counts.label("InvalidParameter.Name"), "InvalidParameter.Name");
        assert_eq!(counts.label("the name 张三 is wrong"), "other");
        assert_eq!(counts.label(&"x".repeat(101)), "other");
        (0..200).for_each(|number| drop(counts.label(&format!("Code.{number}"))));
        assert_eq!(counts.label("Code.199"), "other");
        assert_eq!(counts.label("Code.3"), "Code.3");
    }
}

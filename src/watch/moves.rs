//! Moves that are refused: a virus scanner, an indexer or somebody's program has the file, or
//! the folder is not to be written for a while. Tried again, and told once. Pure.

use std::collections::HashMap;
use std::time::Duration;

use crate::text::Words;

struct Refusal {
    since: Duration,
    next: Duration,
    told: bool,
    words: Words,
}

pub struct Moves {
    /// How long a refusal is nobody's concern.
    patience: Duration,
    refused: HashMap<String, Refusal>,
}

/// How often a move is tried again at first.
const FIRST: Duration = Duration::from_millis(500);

impl Moves {
    pub fn new(patience: Duration) -> Self {
        Self { patience, refused: HashMap::new() }
    }

    /// Whether a move of that file is to be tried now.
    pub fn may(&self, name: &str, now: Duration) -> bool {
        self.refused.get(name).is_none_or(|refusal| now >= refusal.next)
    }

    /// It was refused; whether that is to be told now.
    pub fn refuse(&mut self, name: &str, now: Duration, words: Words) -> bool {
        let first = || Refusal { since: now, next: now, told: false, words: words.clone() };
        let refusal = self.refused.entry(name.to_owned()).or_insert_with(first);
        refusal.words = words;
        let is_old = now.saturating_sub(refusal.since) >= self.patience;
        // Nobody mends it within a second what was not mended in all that time.
        refusal.next = now + if is_old { self.patience.max(FIRST) } else { FIRST.min(self.patience) };
        is_old && !std::mem::replace(&mut refusal.told, true)
    }

    /// It was moved. Returns whether its refusal had been told.
    pub fn moved(&mut self, name: &str) -> bool {
        self.refused.remove(name).is_some_and(|refusal| refusal.told)
    }

    /// Why it is where it should not be any more, once that was told.
    pub fn stuck(&self, name: &str) -> Option<&Words> {
        self.refused.get(name).filter(|refusal| refusal.told).map(|refusal| &refusal.words)
    }

    pub fn is_empty(&self) -> bool {
        self.refused.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_move_is_tried_again_and_told_once() {
        let mut moves = Moves::new(Duration::from_secs(30));
        let words = || Words::new("refused", "");
        let (mut told, mut tries) = (Vec::new(), 0);
        for tick in 0..1200_u32 {
            let now = Duration::from_millis(100) * tick;
            if moves.may("a", now) {
                tries += 1;
                if moves.refuse("a", now, words()) {
                    told.push(now);
                }
            }
        }
        assert_eq!(told, [Duration::from_secs(30)]);
        assert!((60..70).contains(&tries), "{tries} tries in two minutes");
        assert!(moves.stuck("a").is_some() && moves.may("b", Duration::ZERO));
        assert!(moves.moved("a") && !moves.moved("a") && moves.is_empty());
    }
}

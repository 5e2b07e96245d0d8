//! Credentials that end while the work goes on: they are read anew once from where
//! they came, and only if they differ is anything sent again.

use crate::domain::codes::is_of_old_keys;
use crate::domain::verdict::Outcome;
use crate::journal::After;
use crate::runner::Event;

use super::terms::{Blame, Ending, Turn};
use super::work::Work;
use super::{Effect, Schedule};

/// What became of the credentials in this run.
pub(super) enum Keys {
    AsAtFirst,
    /// They are being read, for this answer.
    Reading(Outcome),
    /// Others have counted since that time.
    Renewed(u64),
}

impl Schedule {
    /// Whether newer credentials may help. Where nothing was accepted in this run they
    /// were wrong from the beginning.
    pub(super) fn may_be_old_keys(&self, outcome: &Outcome) -> bool {
        self.progress.accepted && outcome.code.as_deref().is_some_and(is_of_old_keys)
    }

    pub(super) fn old_keys(&mut self, work: Work, sent_at: u64, outcome: Outcome, turn: &mut Turn) {
        match &self.progress.keys {
            Keys::AsAtFirst => {
                turn.effects.push(Effect::ReadKeys);
                self.progress.keys = Keys::Reading(outcome.clone());
            }
            Keys::Reading(_) => {}
            // It left with the old ones.
            Keys::Renewed(at) if sent_at < *at => {}
            Keys::Renewed(_) => {
                self.callers_fault(work, outcome, turn);
                return;
            }
        }
        self.no_longer_busy(&work);
        self.settle(&work, &outcome, After::Again { counts: false }, turn);
        self.first(work);
    }

    /// Whether nothing may be sent before the credentials are read.
    pub(super) fn reads_keys(&self) -> bool {
        matches!(self.progress.keys, Keys::Reading(_))
    }

    pub(super) fn keys_read(&mut self, differ: bool, turn: &mut Turn) {
        let at = self.tick();
        match std::mem::replace(&mut self.progress.keys, Keys::Renewed(at)) {
            Keys::Reading(_) if differ => turn.tell(Event::KeysRenewed),
            Keys::Reading(outcome) => {
                self.progress.ending.get_or_insert(Ending::Blame(Blame::Caller(outcome)));
            }
            Keys::AsAtFirst | Keys::Renewed(_) => {}
        }
    }
}

//! What follows from an answer.

use std::time::Duration;

use crate::domain::job::ChunkId;
use crate::domain::verdict::{Outcome, Verdict};
use crate::essbasic::action::Preparing;
use crate::journal::{After, Seen, Transition};
use crate::runner::{Event, LastSeen};

use super::decide::backoff;
use super::inquiry::{Alike, Inquiry, Suspect};
use super::known::UNKNOWN_TEMPLATE;
use super::work::{Phase, Work};
use super::{Blame, Ending, Schedule, Turn};

/// Whoever watches is told of a wait that is longer.
const LONG_WAIT: Duration = Duration::from_secs(3);
/// An action that is not there is nobody's parameter.
const UNSUPPORTED: &str = "UnsupportedOperation";
/// As often something that lasts may stand between us and the API before the first
/// contact: one odd answer among good ones is none of that.
const MOST_TURNED_AWAY: u32 = 3;
/// Answers with a status of nobody's, one after the other, that pass for a hiccup of a gateway.
const MOST_STRAYS: u32 = 2;
pub(super) const ANSWER_REPEATED: &str = "answer.repeated";

impl Schedule {
    pub(super) fn answered(&mut self, chunk: ChunkId, outcome: Outcome, seen: Seen, turn: &mut Turn) {
        let sent_at = match self.work.get(&chunk) {
            Some((_, Phase::Sent { at })) => *at,
            _ => return,
        };
        let Some((mut work, _)) = self.take(chunk) else { return };
        self.tick();
        let Some(outcome) = self.count_once(&mut work, outcome, seen, turn) else { return };
        let outcome = self.in_view_of_what_passed(self.as_far_as_it_speaks(&work, outcome));
        let place = self.agent_of(work.group);
        self.learn(&outcome, turn);
        work.travelled |= !matches!(outcome.verdict, Verdict::NotSent | Verdict::Throttled);
        match outcome.verdict {
            _ if self.is_answered_apart(&work, &outcome) => self.apart(work, sent_at, outcome, turn),
            Verdict::InDoubt if self.starts_contracts() => self.doubt(work, outcome, turn),
            _ if self.is_no_contact(&outcome) => self.end_without_contact(work, outcome, turn),
            _ if self.may_be_old_keys(&outcome) => self.old_keys(work, sent_at, outcome, turn),
            Verdict::Accepted => self.accepted(work, sent_at, outcome, turn),
            Verdict::Throttled => {
                self.no_longer_busy(&work);
                self.settle(&work, &outcome, After::Again { counts: false }, turn);
                self.first(work);
            }
            Verdict::NotSent | Verdict::Server | Verdict::Gateway | Verdict::InDoubt => {
                self.failed(work, sent_at, outcome, turn);
            }
            Verdict::Caller => self.callers_fault(work, outcome, turn),
            Verdict::Smaller if work.len() == 1 && !self.progress.accepted => {
                self.end_with_caller(work, outcome, turn);
            }
            Verdict::Data | Verdict::Either | Verdict::Unclear | Verdict::Smaller => {
                self.refused(work, outcome, turn);
            }
        }
        self.conclude(place, turn);
    }

    /// An answer counts once. `None`: the work ends with a question.
    fn count_once(
        &mut self,
        work: &mut Work,
        outcome: Outcome,
        seen: Seen,
        turn: &mut Turn,
    ) -> Option<Outcome> {
        if outcome.verdict != Verdict::Accepted {
            return Some(outcome);
        }
        match (seen.url, seen.request_id) {
            (false, true) if !self.told.repeated_request_id => {
                self.told.repeated_request_id = true;
                turn.tell(Event::RepeatedRequestId);
                Some(outcome)
            }
            (false, _) => Some(outcome),
            (true, false) if work.link_repeated => {
                self.no_longer_busy(work);
                let again = as_repeated(outcome.clone());
                self.settle(work, &again, After::Again { counts: false }, turn);
                self.progress.ending = Some(Ending::SameLink(outcome));
                None
            }
            (true, request_id) => {
                work.link_repeated |= !request_id;
                Some(as_repeated(outcome))
            }
        }
    }

    /// Some answers mean something else before anything was accepted.
    fn in_view_of_what_passed(&mut self, outcome: Outcome) -> Outcome {
        if outcome.verdict == Verdict::Accepted {
            self.progress.strays = 0;
        }
        // Among answers that accept, one 302 says nothing of whoever sends; several do.
        let is_stray = outcome.verdict == Verdict::Caller
            && outcome.code.as_deref().is_some_and(|code| code.starts_with("http."))
            && self.breaker.in_contact()
            && self.progress.accepted;
        if is_stray && !self.starts_contracts() && self.progress.strays < MOST_STRAYS {
            self.progress.strays += 1;
            return Outcome { verdict: Verdict::InDoubt, ..outcome };
        }
        let callers = match outcome.verdict {
            Verdict::Gateway => !self.progress.accepted,
            Verdict::Either => !self.anyone_accepted() && outcome.code.as_deref() == Some(UNSUPPORTED),
            _ => false,
        };
        if callers { Outcome { verdict: Verdict::Caller, ..outcome } } else { outcome }
    }

    fn accepted(&mut self, work: Work, sent_at: u64, outcome: Outcome, turn: &mut Turn) {
        let (id, flows, place) = (work.id, work.len(), self.agent_of(work.group));
        if let Some(root) = work.failing {
            self.passed_in_part.insert(root);
        }
        self.learn_size(flows);
        self.known.templates.passed(place, &work);
        // Only what starts nothing may be withheld: its type says so.
        match self.limits.action.preparing().filter(|_| work.is_fragment()) {
            Some(preparing) => self.withhold(work, &outcome, preparing, turn),
            None => {
                self.settle(&work, &outcome, After::Accept, turn);
                self.count_accepted(flows);
            }
        }
        self.tell_page_host(&outcome, turn);
        self.clear(place, id, sent_at, turn);
        self.halve_sibling(id, turn);
    }

    fn withhold(&mut self, work: Work, outcome: &Outcome, _: Preparing, turn: &mut Turn) {
        self.settle(&work, outcome, After::Withhold, turn);
        self.put(work, Phase::Withheld);
    }

    fn tell_page_host(&mut self, outcome: &Outcome, turn: &mut Turn) {
        let Some(host) = outcome.url.as_deref().and_then(host_of) else { return };
        if self.known.page_host.as_deref() != Some(host) {
            let before = self.known.page_host.replace(host.to_owned());
            turn.tell(Event::PageHost { host: host.to_owned(), before });
        }
    }

    /// A code that speaks of a contract, or of the caller: see `guard`.
    fn refused(&mut self, mut work: Work, outcome: Outcome, turn: &mut Turn) {
        let place = self.agent_of(work.group);
        let code = outcome.code.clone().unwrap_or_default();
        let Some(agent) = self.agents.get_mut(place) else { return };
        if agent.stopped.is_some() {
            // It left before that was known. The journal has it.
            self.free_sibling(work.id);
            self.settle(&work, &outcome, After::Again { counts: false }, turn);
            return;
        }
        if self.limits.keep_going.contains(&code) {
            match work.len() {
                1 => self.reject(work, &outcome, turn),
                _ => self.split(work, &outcome, outcome.verdict != Verdict::Smaller, turn),
            }
            return;
        }
        let general = outcome.verdict != Verdict::Data;
        let member = agent.inquiry.as_ref().is_some_and(|inquiry| inquiry.members.contains(&work.id));
        if agent.inquiry.is_some() && !member {
            self.hold(work, place, &outcome, turn);
            return;
        }
        if outcome.verdict == Verdict::Unclear && !work.asked_twice && work.is_whole() {
            // The one repeat is the inquiry's.
            self.ask_alone(&work, place, &code);
            work.asked_twice = true;
            self.settle(&work, &outcome, After::Again { counts: true }, turn);
            work.tries += 1;
            self.delay(work, &outcome, turn);
            return;
        }
        if work.len() == 1 {
            self.suspect(work, place, outcome, turn);
            return;
        }
        let proven = agent.is_proven_for(general);
        let again = agent.refused_whole > 0;
        if !member && !work.cleared && (general || !proven || again) {
            let parts: Vec<ChunkId> = self.open_parts(place);
            if general || !proven || parts.is_empty() {
                self.ask_alone(&work, place, &code);
            } else {
                // The one before it has not passed in any part yet: that is asked on.
                if let Some(agent) = self.agents.get_mut(place) {
                    agent.inquiry =
                        Some(Inquiry { members: parts.into_iter().collect(), code, ..Inquiry::default() });
                }
                self.hold(work, place, &outcome, turn);
                return;
            }
        } else if work.is_whole() && !general {
            agent.refused_whole += 1;
        }
        // Where size is the fault, the left half says nothing of the right one.
        self.split(work, &outcome, outcome.verdict != Verdict::Smaller, turn);
    }

    /// Opens an inquiry with the chunk, unless there is one.
    fn ask_alone(&mut self, work: &Work, place: usize, code: &str) {
        if let Some(agent) = self.agents.get_mut(place) {
            let inquiry = agent.inquiry.get_or_insert_with(|| Inquiry::of(work.id, code));
            inquiry.members.insert(work.id);
        }
    }

    /// Parts of split chunks of the Agent that are still to be asked.
    pub(super) fn open_parts(&self, place: usize) -> Vec<ChunkId> {
        self.work
            .iter()
            .filter(|(_, (work, phase))| {
                !work.is_whole() && self.agent_of(work.group) == place && *phase != Phase::Suspected
            })
            .map(|(id, _)| *id)
            .collect()
    }

    /// Sent before the question came up: it waits for the answer.
    fn hold(&mut self, mut work: Work, place: usize, outcome: &Outcome, turn: &mut Turn) {
        self.free_sibling(work.id);
        self.settle(&work, outcome, After::Again { counts: false }, turn);
        if let Some(inquiry) = self.agents.get_mut(place).and_then(|agent| agent.inquiry.as_mut()) {
            inquiry.held.push(work.id);
        }
        work.refused = outcome.verdict != Verdict::Smaller;
        self.put(work, Phase::Held);
    }

    /// Refused alone: nobody is blamed before something of its Agent has passed.
    pub(super) fn suspect(&mut self, work: Work, place: usize, outcome: Outcome, turn: &mut Turn) {
        self.settle(&work, &outcome, After::Again { counts: false }, turn);
        self.replace_member(&work, &[]);
        let id = work.id;
        self.set_aside(work, place, outcome);
        self.free_sibling(id);
        self.stop_where_nobody_passes(turn);
    }

    /// Among the suspects, as the journal has it already.
    pub(super) fn set_aside(&mut self, work: Work, place: usize, outcome: Outcome) {
        if outcome.code.as_deref() == Some(UNKNOWN_TEMPLATE) {
            let template = work.members.first().and_then(|member| member.template);
            self.known.templates.refused(place, template, &outcome);
        }
        let at = self.tick();
        let failing = matches!(
            outcome.verdict,
            Verdict::Server | Verdict::Gateway | Verdict::InDoubt | Verdict::NotSent
        );
        if let Some(agent) = self.agents.get_mut(place) {
            let alike = Alike::of(&outcome);
            let suspect = Suspect { chunk: work.id, alike, outcome, at, failing, confirmed: work.confirmed };
            agent.suspects.push(suspect);
        }
        self.put(work, Phase::Suspected);
    }

    pub(super) fn reject(&mut self, work: Work, outcome: &Outcome, turn: &mut Turn) {
        self.settle(&work, outcome, After::Reject, turn);
        self.count_rejected(work.len());
        self.replace_member(&work, &[]);
        self.free_sibling(work.id);
    }

    pub(super) fn delay(&mut self, work: Work, outcome: &Outcome, turn: &mut Turn) {
        let retry = &self.limits.retry;
        let wait = backoff(
            work.tries, retry.first_wait, retry.longest_wait, outcome.retry_after, retry.give_up, turn.chance,
        );
        let until = turn.now.at + wait;
        let told = self.delayed.iter().any(|(other, _)| *other + LONG_WAIT > until);
        if outcome.retry_after.is_some() && wait >= LONG_WAIT && !told {
            turn.tell(Event::AskedToWait { wait, code: outcome.code.clone().unwrap_or_default() });
        }
        self.put(work, Phase::Delayed { until });
    }

    /// What the breaker and whoever watches learn from an answer.
    fn learn(&mut self, outcome: &Outcome, turn: &mut Turn) {
        let now = turn.now.at;
        match outcome.verdict {
            Verdict::Throttled => {
                self.progress.last = LastSeen::of(outcome);
                if self.breaker.refused(now) {
                    turn.tell(Event::Crowded);
                }
                if let Some(wait) = outcome.retry_after {
                    self.keep_quiet(wait, outcome, turn);
                }
            }
            Verdict::Server | Verdict::Gateway | Verdict::NotSent | Verdict::InDoubt => {
                self.progress.last = LastSeen::of(outcome);
                if outcome.http_status.is_some() && !lasts(outcome) {
                    self.breaker.reached();
                }
                if let Some(pause) = self.breaker.failed(now) {
                    turn.tell(Event::Paused { pause, last: LastSeen::of(outcome) });
                }
            }
            _ => self.breaker.answered(),
        }
        if let Some(code) = outcome.code.clone().filter(|_| outcome.unknown_code)
            && self.told.unknown_codes.insert(code.clone())
        {
            turn.tell(Event::UnknownCode { code });
        }
        if let Some(warning) = outcome.deprecated.clone().filter(|_| !self.told.deprecated) {
            self.told.deprecated = true;
            let ends = self.limits.action.announced_end().is_some();
            turn.tell(Event::Deprecated { warning, ends });
        }
    }

    /// Nothing leaves before the time that the API has named.
    fn keep_quiet(&mut self, wait: Duration, outcome: &Outcome, turn: &mut Turn) {
        let wait = wait.min(self.limits.retry.give_up);
        let until = turn.now.at + wait;
        if self.progress.quiet_until.is_none_or(|now| now < until) {
            self.progress.quiet_until = Some(until);
            turn.tell(Event::AskedToWait { wait, code: outcome.code.clone().unwrap_or_default() });
        }
    }

    /// The job ends for something that no contract of it can help.
    pub(super) fn end_with_caller(&mut self, work: Work, outcome: Outcome, turn: &mut Turn) {
        self.settle(&work, &outcome, After::Again { counts: false }, turn);
        self.free_sibling(work.id);
        self.progress.ending.get_or_insert(Ending::Blame(Blame::Caller(outcome)));
    }

    /// Nobody but a proxy or a portal was met yet, and that says the same again and again.
    fn is_no_contact(&mut self, outcome: &Outcome) -> bool {
        if self.breaker.in_contact() || !lasts(outcome) {
            return false;
        }
        self.progress.turned_away += 1;
        self.progress.turned_away >= MOST_TURNED_AWAY
    }

    /// Whether the request arrived is recorded as it is known; the work ends.
    fn end_without_contact(&mut self, work: Work, outcome: Outcome, turn: &mut Turn) {
        self.settle(&work, &outcome, After::Again { counts: false }, turn);
        self.free_sibling(work.id);
        self.progress.ending.get_or_insert(Ending::NoContact(outcome));
    }

    pub(super) fn forget_stop(&mut self, place: usize, turn: &mut Turn) {
        if let Some(agent) = self.agents.get_mut(place)
            && agent.stopped_before.take().is_some()
        {
            turn.record(Transition::Resume { agent: agent.agent.clone() });
        }
    }
}

pub(super) fn lasts(outcome: &Outcome) -> bool {
    outcome.trouble.as_ref().is_some_and(|trouble| trouble.fault.lasts())
}

/// Not an acceptance: it is asked again, unless it starts contracts.
fn as_repeated(outcome: Outcome) -> Outcome {
    Outcome {
        url: None,
        http_status: outcome.http_status,
        request_id: outcome.request_id,
        ..Outcome::with_code(Verdict::InDoubt, ANSWER_REPEATED)
    }
}

/// `www.example.com` of `https://www.example.com:8443/a`.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(
        authority
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(authority, |(host, _)| host),
    )
}

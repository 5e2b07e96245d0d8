//! When the next request may go, as a pure function of stamps and answers.
//!
//! The platform refuses the request that would be one too many in *any* sliding
//! second, counted where it arrives. So it is the window itself that is kept:
//! the request N places back must be a full window plus a guard away, counted
//! from when that request's body really left. Lateness then costs once a window
//! and not once a request. The guard absorbs what the network adds or takes.
//!
//! Instants are microseconds on a clock that all processes of the machine share,
//! on which 0 is long ago. They come in as arguments; nothing here reads a clock,
//! sleeps or touches a file.

use super::round_trips::Advice;

pub type Micros = i64;

const SECOND: Micros = 1_000_000;

/// The guard before anything is known about the network, in milliseconds.
pub const GUARD_AT_START: f64 = 64.0;
pub const GUARD_LEAST: f64 = 6.0;
pub const GUARD_MOST: f64 = 96.0;
/// How far the guard goes down by itself, in milliseconds a second.
const PROBE: f64 = 0.3;
const PROBE_PAUSE: Micros = 1_500_000;
const PER_REFUSAL: f64 = 12.0;

/// This many refusals, all within [`CROWDED`], mean that somebody else is using
/// the quota: no guard helps against that, only a lower rate does.
pub const REFUSALS_KEPT: usize = 3;
const CROWDED: Micros = 5 * SECOND;
const CUT: f64 = 0.9;
const CUT_PAUSE: Micros = SECOND / 2;
/// Share of the full rate that comes back each second (0.4/s of 20/s).
const REGAINED: f64 = 0.02;
pub const SHARE_LEAST: f64 = 0.05;

/// A refusal knows better than the spread of round trips for this long.
const REFUSAL_RULES: Micros = 20 * SECOND;

/// What was learned longer ago than this says nothing about the network of today.
const FORGOTTEN: Micros = 600 * SECOND;

/// Stamps kept beyond the window: room for what several processes have reserved.
const SPARE_STAMPS: usize = 64;
const LONGEST_LINE: Micros = SPARE_STAMPS as Micros;

/// What the settings say; the same for the life of a process.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Requests allowed in one window (N); at least 1.
    pub window: usize,
    /// Requests a second; above 0. The window is N / rate seconds long.
    pub rate: f64,
    /// How far ahead of its slot a request is reserved.
    pub lead: Micros,
}

/// One request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    pub id: u64,
    /// When it was to go.
    pub slot: Micros,
    /// When its body was handed to the connection, or was last seen waiting.
    pub wire: Option<Micros>,
}

impl Stamp {
    fn counts_from(&self) -> Micros {
        self.wire.unwrap_or(self.slot)
    }
}

/// All that the processes which share a quota know together.
#[derive(Clone, Debug, PartialEq)]
pub struct Controller {
    pub stamps: Vec<Stamp>,
    /// Milliseconds added to the window.
    pub guard: f64,
    /// Whether the guard comes from this network already.
    pub learned: bool,
    /// Part of the full rate in use at present, above 0, at most 1.
    pub share: f64,
    /// The last reading of the clock.
    pub touched: Micros,
    /// The latest refusals, newest first; 0 for none.
    pub refusals: [Micros; REFUSALS_KEPT],
    /// When the rate was last cut; 0 for never.
    pub cut: Micros,
    /// Nothing goes before this instant.
    pub quiet_until: Micros,
}

impl Controller {
    /// Nothing was sent lately, nothing is known.
    pub fn new(now: Micros) -> Controller {
        Controller {
            stamps: Vec::new(),
            guard: GUARD_AT_START,
            learned: false,
            share: 1.0,
            touched: now,
            refusals: [0; REFUSALS_KEPT],
            cut: 0,
            quiet_until: 0,
        }
    }

    /// Something may have been sent, but there is no telling what: a quiet window.
    pub fn after_loss(terms: &Terms, now: Micros) -> Controller {
        let mut controller = Controller::new(now);
        controller.quiet_until = now + controller.span(terms);
        controller
    }

    /// What to go on from: `found` stands in the file (`None`: there is no
    /// telling), `known` is what this process has last left there, `replaced`
    /// whether the file is another one since. Whatever was lost costs a quiet
    /// window, in which the others tell what they know in the same way.
    pub fn resume(
        terms: &Terms,
        found: Option<Controller>,
        known: Option<&Controller>,
        replaced: bool,
        now: Micros,
    ) -> Controller {
        // The last reading only grows, unless the clock itself was set back.
        let is_older = |found: &Controller| {
            known.is_some_and(|known| found.touched < known.touched && known.touched <= now)
        };
        match found {
            Some(found) if !replaced && !is_older(&found) => found,
            found => {
                let mut controller = found.unwrap_or_else(|| Controller::after_loss(terms, now));
                controller.keep_time(terms, now);
                if let Some(known) = known {
                    let mut known = known.clone();
                    known.keep_time(terms, now);
                    controller.take_in(terms, known);
                }
                let quiet = now + controller.span(terms);
                controller.quiet_until = controller.quiet_until.max(quiet);
                controller
            }
        }
    }

    /// Adds what another one knows; the more careful of the two holds.
    fn take_in(&mut self, terms: &Terms, other: Controller) {
        for stamp in other.stamps {
            let own = self.stamps.iter().find(|own| own.id == stamp.id);
            if own.is_none_or(|own| own.counts_from() < stamp.counts_from()) {
                self.put(terms, stamp);
            }
        }
        self.guard = match (self.learned, other.learned) {
            (true, false) => self.guard,
            (false, true) => other.guard,
            _ => self.guard.max(other.guard),
        };
        self.learned |= other.learned;
        self.share = self.share.min(other.share);
        let mut refusals = [self.refusals, other.refusals].concat();
        refusals.sort_unstable_by(|one, other| other.cmp(one));
        refusals.dedup();
        for (kept, refusal) in self.refusals.iter_mut().zip(refusals) {
            *kept = refusal;
        }
        self.cut = self.cut.max(other.cut);
        self.quiet_until = self.quiet_until.max(other.quiet_until);
    }

    /// The length of a window with its guard.
    fn span(&self, terms: &Terms) -> Micros {
        let window = terms.window as f64 / (terms.rate * self.share);
        (window * 1e6 + self.guard * 1e3).ceil() as Micros
    }

    /// The least distance between two slots: near enough to the mean to spread
    /// the requests, with a little less so that a late one can be caught up.
    fn gap(&self, terms: &Terms) -> Micros {
        let mean = self.span(terms) as f64 / terms.window as f64;
        (mean * 0.85).max(mean - 2_000.0) as Micros
    }

    /// Requests a second that the rule lets through at present.
    pub fn rate(&self, terms: &Terms) -> f64 {
        terms.window as f64 * 1e6 / self.span(terms) as f64
    }

    /// To be called first with every new reading of the clock: it may have been
    /// set back since the last one, and time teaches something too.
    pub fn keep_time(&mut self, terms: &Terms, now: Micros) {
        let passed = now - self.touched;
        self.touched = now;
        if passed < 0 {
            self.set_back(-passed);
        } else {
            self.learn_from_time(passed);
        }
        // Nobody reserves as far ahead as this: not stamps of ours.
        let furthest = now + terms.lead + self.span(terms) + LONGEST_LINE * self.gap(terms);
        let mut instants = self.stamps.iter().map(|stamp| stamp.slot.max(stamp.counts_from()));
        if self.quiet_until > furthest || instants.any(|at| at > furthest) {
            *self = Controller::after_loss(terms, now);
        }
    }

    /// All that was noted goes back with the clock, as if no time had passed.
    fn set_back(&mut self, by: Micros) {
        let back = |at: &mut Micros| *at = (*at - by).max(0);
        for stamp in &mut self.stamps {
            back(&mut stamp.slot);
            stamp.wire.iter_mut().for_each(back);
        }
        self.refusals.iter_mut().for_each(back);
        back(&mut self.cut);
        back(&mut self.quiet_until);
    }

    /// Takes the earliest slot at least `lead` from now.
    pub fn reserve(&mut self, terms: &Terms, id: u64, now: Micros) -> Micros {
        self.take(terms, id, now + terms.lead)
    }

    /// Asks again once the slot has come: an answer up to `now` means go; a later
    /// one is the new slot. It differs when a body before this one left later
    /// than its own slot, when a refusal came in between, or after a long sleep
    /// (of the machine, say) in which others went ahead. Requests with later
    /// slots do not count: they ask for themselves. Where there is room, being
    /// late costs no place: the stamp is corrected once the body has left.
    pub fn ask_again(&mut self, terms: &Terms, id: u64, now: Micros) -> Micros {
        let Some(place) = self.stamps.iter().position(|stamp| stamp.id == id) else {
            return self.take(terms, id, now);
        };
        let room = self.room(terms, |other| other.id != id && other.counts_from() <= now);
        let slot = &mut self.stamps[place].slot;
        *slot = (*slot).max(room).max(self.quiet_until);
        *slot
    }

    /// These are about to be sent but have not left, as after a slow handshake:
    /// they will arrive later than their slots say.
    pub fn still_here(&mut self, ids: &[u64], now: Micros) {
        for stamp in &mut self.stamps {
            if ids.contains(&stamp.id) {
                stamp.wire = Some(now);
            }
        }
    }

    /// The body left at `wire`.
    pub fn sent(&mut self, terms: &Terms, id: u64, wire: Micros) {
        let known = self.stamps.iter().find(|stamp| stamp.id == id);
        let slot = known.map_or(wire, |stamp| stamp.slot);
        let wire = Some(wire);
        self.put(terms, Stamp { id, slot, wire });
    }

    /// It never left and never will.
    pub fn release(&mut self, id: u64) {
        self.stamps.retain(|stamp| stamp.id != id);
    }

    /// The platform said that there were too many.
    pub fn refused(&mut self, now: Micros) {
        self.guard = (self.guard + PER_REFUSAL).min(GUARD_MOST);
        self.refusals.rotate_right(1);
        self.refusals[0] = now;
        let crowded = self.refusals.iter().all(|&at| now - at < CROWDED);
        if crowded && now - self.cut >= CUT_PAUSE {
            self.share = (self.share * CUT).max(SHARE_LEAST);
            self.cut = now;
        }
    }

    /// Takes what the round trips suggest. What refusals have added stays.
    pub fn take_advice(&mut self, advice: Advice, now: Micros) {
        if !self.learned {
            self.guard += advice.guard - GUARD_AT_START;
            self.guard = self.guard.clamp(GUARD_LEAST, GUARD_MOST);
            self.learned = true;
        } else if !advice.first && now - self.refusals[0] >= REFUSAL_RULES {
            self.guard = self.guard.min(advice.guard);
        }
    }

    /// With time the guard is tried a little lower, and a cut rate comes back.
    fn learn_from_time(&mut self, passed: Micros) {
        if passed >= FORGOTTEN {
            self.guard = GUARD_AT_START;
            self.learned = false;
            self.share = 1.0;
            return;
        }
        let seconds = passed as f64 / SECOND as f64;
        self.share = (self.share + REGAINED * seconds).min(1.0);
        if self.learned && self.touched - self.refusals[0] >= PROBE_PAUSE {
            // Only sending tries a guard out, so that a pause proves nothing.
            let lowered = self.guard - PROBE * seconds.min(1.0);
            self.guard = lowered.max(GUARD_LEAST);
        }
    }

    fn take(&mut self, terms: &Terms, id: u64, earliest: Micros) -> Micros {
        let last = self.stamps.iter().map(|stamp| stamp.slot).max();
        let slot = earliest
            .max(last.map_or(0, |last| last + self.gap(terms)))
            .max(self.room(terms, |_| true))
            .max(self.quiet_until);
        let wire = None;
        self.put(terms, Stamp { id, slot, wire });
        slot
    }

    /// When the window has room again, given those stamps that count.
    fn room(&self, terms: &Terms, counts: impl Fn(&Stamp) -> bool) -> Micros {
        let counted = self.stamps.iter().filter(|&stamp| counts(stamp));
        let mut times: Vec<Micros> = counted.map(Stamp::counts_from).collect();
        if times.len() < terms.window {
            return 0;
        }
        let nth_back = times.len() - terms.window;
        let (_, nth_back, _) = times.select_nth_unstable(nth_back);
        *nth_back + self.span(terms)
    }

    fn put(&mut self, terms: &Terms, stamp: Stamp) {
        self.release(stamp.id);
        self.stamps.push(stamp);
        if self.stamps.len() > terms.window + SPARE_STAMPS {
            let oldest = self.stamps.iter().min_by_key(|stamp| stamp.counts_from());
            if let Some(&Stamp { id, .. }) = oldest {
                self.release(id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Micros = 1_000;
    const T0: Micros = 1_700_000_000 * SECOND;
    const TERMS: Terms = Terms { window: 20, rate: 20.0, lead: 50 * MS };

    /// Has sent `count` requests, each on the wire `late` after its slot; the
    /// next id is `count`.
    fn having_sent(count: u64, late: Micros) -> (Controller, Vec<Micros>) {
        let mut controller = Controller::new(T0);
        let mut slots = Vec::new();
        for id in 0..count {
            let now = slots.last().map_or(T0, |last| last - TERMS.lead);
            controller.keep_time(&TERMS, now);
            slots.push(controller.reserve(&TERMS, id, now));
            controller.sent(&TERMS, id, slots[slots.len() - 1] + late);
        }
        (controller, slots)
    }

    #[test]
    fn the_window_is_counted_from_the_wire() {
        let (mut controller, slots) = having_sent(20, 30 * MS);
        assert!(slots[0] == T0 + TERMS.lead, "the first need not wait");
        assert!(slots.windows(2).all(|pair| pair[1] - pair[0] >= 48 * MS), "nor do they come in a burst");
        let next = controller.reserve(&TERMS, 20, slots[19]);
        assert_eq!(next, slots[0] + 30 * MS + 1_064 * MS);
    }

    #[test]
    fn a_body_that_is_still_here_holds_the_next_ones_back() {
        let (mut controller, slots) = having_sent(19, 0);
        let held_up = controller.reserve(&TERMS, 19, slots[18]);
        let next = controller.reserve(&TERMS, 20, slots[18]);
        let now = held_up + 3 * SECOND;
        controller.still_here(&[19], now);
        for id in 21..40 {
            controller.sent(&TERMS, id, now);
        }
        assert!(controller.ask_again(&TERMS, 20, now) > now + SECOND);
        controller.release(19);
        assert_eq!(controller.ask_again(&TERMS, 20, now), now + 1_064 * MS);
        assert!(next < now);
    }

    #[test]
    fn who_overslept_goes_only_if_there_is_room() {
        let (mut controller, slots) = having_sent(19, 0);
        let overslept = controller.reserve(&TERMS, 99, slots[18]);
        let later = overslept + 10 * SECOND;
        assert!(controller.ask_again(&TERMS, 99, later) <= later, "nobody else is there");
        for id in 100..120 {
            controller.sent(&TERMS, id, later);
        }
        assert_eq!(controller.ask_again(&TERMS, 99, later), later + 1_064 * MS);
    }

    #[test]
    fn a_stamp_that_got_lost_is_taken_anew() {
        let mut controller = Controller::after_loss(&TERMS, T0);
        assert_eq!(controller.ask_again(&TERMS, 5, T0), T0 + 1_064 * MS);
    }

    #[test]
    fn refusals_widen_the_guard_and_the_third_cuts_the_rate() {
        let mut controller = Controller::new(T0);
        controller.learned = true;
        controller.guard = GUARD_LEAST;
        for (number, share) in [(1, 1.0), (2, 1.0), (3, 0.9), (4, 0.9)] {
            controller.refused(T0 + number * 100 * MS);
            assert_eq!(controller.guard, GUARD_LEAST + 12.0 * number as f64);
            assert_eq!(controller.share, share);
        }
        controller.refused(T0 + 900 * MS);
        assert_eq!(controller.share, 0.9 * 0.9);
        for _ in 0..1_000 {
            controller.refused(T0 + 10 * SECOND);
        }
        assert_eq!(controller.guard, GUARD_MOST);
    }

    #[test]
    fn refusals_far_apart_cut_nothing() {
        let mut controller = Controller::new(T0);
        for number in 0..10 {
            controller.refused(T0 + number * 3 * SECOND);
        }
        assert_eq!(controller.share, 1.0);
    }

    #[test]
    fn guard_and_rate_come_back_with_time() {
        let mut controller = Controller::new(T0);
        controller.learned = true;
        (controller.guard, controller.share) = (30.0, 0.8);
        controller.refusals[0] = T0;
        controller.keep_time(&TERMS, T0 + SECOND);
        assert_eq!(controller.guard, 30.0, "no probing right after a refusal");
        assert!((controller.share - 0.82).abs() < 1e-9);
        for second in 2..300 {
            controller.keep_time(&TERMS, T0 + second * SECOND);
        }
        assert_eq!((controller.guard, controller.share), (GUARD_LEAST, 1.0));
    }

    #[test]
    fn a_clock_set_back_takes_the_stamps_along() {
        for back in [SECOND / 2, 3 * SECOND, 3_600 * SECOND] {
            let (mut controller, slots) = having_sent(20, 0);
            let now = slots[19] - back;
            controller.keep_time(&TERMS, now);
            let next = controller.reserve(&TERMS, 20, now);
            assert!(next >= now + TERMS.lead, "no burst");
            assert!(next <= now + 1_064 * MS + TERMS.lead, "no hang");
        }
    }

    #[test]
    fn stamps_beyond_any_line_are_dropped_for_a_quiet_second() {
        let mut controller = Controller::new(T0);
        controller.sent(&TERMS, 1, T0 + 3_600 * SECOND);
        controller.keep_time(&TERMS, T0);
        assert_eq!(controller.reserve(&TERMS, 2, T0), T0 + 1_064 * MS);
    }

    #[test]
    fn the_line_remembers_no_more_than_it_needs() {
        let (controller, _) = having_sent(500, 0);
        assert_eq!(controller.stamps.len(), 84);
        assert!(controller.stamps.iter().all(|stamp| stamp.id >= 416));
    }

    #[test]
    fn a_file_that_goes_on_is_taken_as_it_is() {
        let (known, slots) = having_sent(20, 0);
        let mut found = known.clone();
        found.release(3);
        found.touched += 1;
        let now = slots[19];
        for known in [None, Some(&known)] {
            assert_eq!(Controller::resume(&TERMS, Some(found.clone()), known, false, now), found);
        }
    }

    #[test]
    fn what_was_known_goes_on_in_a_file_that_replaces_the_old_one() {
        let (known, slots) = having_sent(20, 30 * MS);
        let now = slots[19];
        let mut other = Controller::new(now);
        other.sent(&TERMS, 7, slots[7] + 40 * MS);
        other.sent(&TERMS, 99, now);
        for (found, sent) in [(None, 20), (Some(Controller::new(now)), 20), (Some(other), 21)] {
            let mut resumed = Controller::resume(&TERMS, found, Some(&known), true, now);
            assert_eq!(resumed.stamps.len(), sent);
            assert_eq!(resumed.reserve(&TERMS, 100, now), now + 1_064 * MS, "a quiet window");
        }
    }

    #[test]
    fn a_slow_body_is_not_forgotten_with_the_file() {
        let mut known = Controller::new(T0);
        known.reserve(&TERMS, 1, T0);
        let mut resumed = Controller::resume(&TERMS, None, Some(&known), true, T0 + 100 * MS);
        resumed.still_here(&[1], T0 + 3 * SECOND);
        assert_eq!(resumed.stamps, [Stamp { id: 1, slot: T0 + 50 * MS, wire: Some(T0 + 3 * SECOND) }]);
    }

    #[test]
    fn an_older_state_put_back_into_the_file_is_noticed() {
        let (older, _) = having_sent(10, 0);
        let (known, slots) = having_sent(20, 0);
        let now = slots[19];
        let resumed = Controller::resume(&TERMS, Some(older), Some(&known), false, now);
        assert_eq!((resumed.stamps.len(), resumed.quiet_until), (20, now + 1_064 * MS));
    }

    #[test]
    fn what_refusals_taught_outlives_the_file() {
        let mut known = Controller::new(T0);
        known.take_advice(Advice { guard: 20.0, first: true }, T0);
        for ago in [300, 200, 100] {
            known.refused(T0 - ago * MS);
        }
        let mut found = Controller::new(T0);
        found.refused(T0 - 150 * MS);
        let resumed = Controller::resume(&TERMS, Some(found), Some(&known), true, T0);
        assert_eq!(resumed.refusals, [T0 - 100 * MS, T0 - 150 * MS, T0 - 200 * MS]);
        assert_eq!((resumed.guard, resumed.share), (known.guard, CUT));
    }

    #[test]
    fn later_advice_only_lowers_and_not_soon_after_a_refusal() {
        let mut controller = Controller::new(T0);
        let first = Advice { guard: 30.0, first: true };
        controller.refused(T0);
        controller.take_advice(first, T0);
        assert_eq!(controller.guard, 42.0, "what the refusal taught is kept");
        let later = |guard| Advice { guard, first: false };
        controller.take_advice(later(10.0), T0 + 19 * SECOND);
        assert_eq!(controller.guard, 42.0);
        controller.take_advice(Advice { guard: 10.0, first: true }, T0 + 21 * SECOND);
        assert_eq!(controller.guard, 42.0, "twelve answers are too few to know better");
        controller.take_advice(later(10.0), T0 + 21 * SECOND);
        controller.take_advice(later(50.0), T0 + 22 * SECOND);
        assert_eq!(controller.guard, 10.0);
    }
}

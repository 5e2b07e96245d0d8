//! The rule against a platform that refuses by the sliding second, in virtual
//! time: no clock is read, nobody sleeps, so the figures are the same anywhere.
//!
//! A sender here does what the runner does: it reserves, comes back one lead
//! ahead of the slot to reserve the next, asks again at the slot, and hands the
//! body over, each time somewhat late.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::controller::{Controller, Micros, Terms};
use super::round_trips::RoundTrips;

const MS: f64 = 1_000.0;
const START: Micros = 1_700_000_000_000_000;

/// What the world is like. Times in milliseconds.
#[derive(Clone, Copy)]
struct World {
    quota: usize,
    requests: usize,
    senders: usize,
    round_trip: f64,
    /// How much an arrival may be off, either way.
    jitter: f64,
    /// Mean lateness of anything that wakes.
    lateness: f64,
    handshake: f64,
    /// Requests a second that somebody else sends.
    stranger: f64,
    /// When the stranger goes away.
    stranger_leaves: f64,
    /// Extra round trip of the first answers.
    warming_up: f64,
    /// How long at most one waking in a hundred is held up.
    stall: f64,
    /// How much later one arrival in a hundred comes.
    gust: f64,
}

const CALM: World = World {
    quota: 20,
    requests: 500,
    senders: 1,
    round_trip: 300.0,
    jitter: 0.0,
    lateness: 0.3,
    handshake: 0.0,
    stranger: 0.0,
    stranger_leaves: f64::INFINITY,
    warming_up: 0.0,
    stall: 0.0,
    gust: 0.0,
};

/// What one run showed.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// From the first body on the wire to the last answer, against
    /// (n - 1) / quota + round trip.
    wall: f64,
    refused: usize,
    /// Requests a second while the last tenth was accepted.
    final_rate: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Arrives { sender: usize, wire: Micros },
    StrangerArrives,
    Answered { sender: usize, wire: Micros },
    Refused { sender: usize },
    Leaves { sender: usize, id: u64 },
    Wakes { sender: usize, id: u64 },
    Reserves { sender: usize },
}

struct Simulation {
    world: World,
    terms: Terms,
    chance: fastrand::Rng,
    queue: BinaryHeap<Reverse<(Micros, Event)>>,
    controller: Controller,
    round_trips: Vec<RoundTrips>,
    /// Open connections not in use, and bodies that wait for theirs.
    idle: Vec<usize>,
    here: Vec<Vec<u64>>,
    reserved: u64,
    /// Arrivals within the last second that the platform counts.
    counted: VecDeque<Micros>,
    left: usize,
    resting: Vec<bool>,
    accepted: Vec<Micros>,
    refused: usize,
    first_wire: Micros,
}

impl Simulation {
    fn new(world: World, seed: u64) -> Simulation {
        let terms = Terms { window: world.quota, rate: world.quota as f64, lead: 50_000 };
        let mut simulation = Simulation {
            world,
            terms,
            chance: fastrand::Rng::with_seed(seed),
            queue: BinaryHeap::new(),
            controller: Controller::new(START),
            round_trips: (0..world.senders).map(|_| RoundTrips::default()).collect(),
            idle: vec![0; world.senders],
            here: vec![Vec::new(); world.senders],
            reserved: 0,
            counted: VecDeque::new(),
            left: world.requests,
            resting: vec![false; world.senders],
            accepted: Vec::new(),
            refused: 0,
            first_wire: Micros::MAX,
        };
        for sender in 0..world.senders {
            simulation.after(START, 0.0, Event::Reserves { sender });
        }
        if world.stranger > 0.0 {
            simulation.after(START, 0.0, Event::StrangerArrives);
        }
        simulation
    }

    fn after(&mut self, now: Micros, delay: f64, event: Event) {
        self.queue.push(Reverse((now + (delay * MS) as Micros, event)));
    }

    /// Exponential; one in fifty is three times as late.
    fn lateness(&mut self) -> f64 {
        let late = -self.world.lateness * (1.0 - self.chance.f64()).ln();
        if self.chance.u8(..50) == 0 { late * 3.0 } else { late }
    }

    fn run(mut self) -> Run {
        while let Some(Reverse((now, event))) = self.queue.pop() {
            self.controller.keep_time(&self.terms, now);
            self.step(now, event);
            if self.accepted.len() == self.world.requests {
                break;
            }
        }
        let n = self.accepted.len();
        assert_eq!(n, self.world.requests, "everything is accepted in the end");
        let ideal = (n - 1) as f64 / self.world.quota as f64 * 1e6 + self.world.round_trip * MS;
        let tenth = n - n / 10;
        let last = self.accepted[n - 1];
        Run {
            wall: (last - self.first_wire) as f64 / ideal,
            refused: self.refused,
            final_rate: (n - tenth) as f64 * 1e6 / (last - self.accepted[tenth - 1]) as f64,
        }
    }

    fn step(&mut self, now: Micros, event: Event) {
        match event {
            Event::Reserves { sender } => self.reserve(now, sender),
            Event::Wakes { sender, id } => self.wake(now, sender, id),
            Event::Leaves { sender, id } => self.leave(now, sender, id),
            Event::Arrives { sender, wire } => {
                let back = self.world.round_trip / 2.0;
                let warm =
                    if self.accepted.len() < 12 { self.world.warming_up * self.chance.f64() } else { 0.0 };
                let answer = if self.admits(now) {
                    Event::Answered { sender, wire }
                } else {
                    Event::Refused { sender }
                };
                self.after(now, back + warm, answer);
            }
            Event::StrangerArrives => {
                self.admits(now);
                if ((now - START) as f64) < self.world.stranger_leaves * MS {
                    let mean = 1_000.0 / self.world.stranger;
                    let pause = mean * (0.5 + self.chance.f64());
                    self.after(now, pause, Event::StrangerArrives);
                }
            }
            Event::Answered { sender, wire } => {
                self.accepted.push(now);
                self.idle[sender] += 1;
                let trip = (now - wire) as f64 / MS;
                if let Some(advice) = self.round_trips[sender].note(trip) {
                    self.controller.take_advice(advice, now);
                }
            }
            Event::Refused { sender } => {
                self.refused += 1;
                self.idle[sender] += 1;
                self.left += 1;
                self.controller.refused(now);
                for sender in 0..self.world.senders {
                    if std::mem::take(&mut self.resting[sender]) {
                        self.after(now, 0.0, Event::Reserves { sender });
                    }
                }
            }
        }
    }

    fn reserve(&mut self, now: Micros, sender: usize) {
        if self.left == 0 {
            self.resting[sender] = true;
            return;
        }
        self.left -= 1;
        let id = self.reserved;
        self.reserved += 1;
        self.controller.still_here(&self.here[sender], now);
        let slot = self.controller.reserve(&self.terms, id, now);
        let to_lead = self.lateness();
        let mut to_slot = self.lateness();
        if self.chance.u8(..100) == 0 {
            to_slot += self.world.stall * self.chance.f64();
        }
        let lead = self.terms.lead;
        self.after(slot - lead, to_lead, Event::Reserves { sender });
        self.after(slot, to_slot, Event::Wakes { sender, id });
    }

    fn wake(&mut self, now: Micros, sender: usize, id: u64) {
        self.controller.still_here(&self.here[sender], now);
        let slot = self.controller.ask_again(&self.terms, id, now);
        if slot > now {
            let late = self.lateness();
            self.after(slot, late, Event::Wakes { sender, id });
            return;
        }
        self.here[sender].push(id);
        let handshake = if self.idle[sender] > 0 {
            self.idle[sender] -= 1;
            0.0
        } else {
            self.world.handshake
        };
        let handing_over = self.lateness() / 3.0;
        self.after(now, handshake + handing_over, Event::Leaves { sender, id });
    }

    fn leave(&mut self, now: Micros, sender: usize, id: u64) {
        self.here[sender].retain(|&other| other != id);
        self.controller.sent(&self.terms, id, now);
        self.first_wire = self.first_wire.min(now);
        let off = self.world.jitter * (2.0 * self.chance.f64() - 1.0);
        let off = if self.chance.u8(..100) == 0 { off + self.world.gust } else { off };
        let way = (self.world.round_trip / 2.0 + off).max(0.0);
        self.after(now, way, Event::Arrives { sender, wire: now });
    }

    /// A sliding second on the platform's side; the refused are not counted.
    fn admits(&mut self, now: Micros) -> bool {
        while self.counted.front().is_some_and(|&at| at <= now - 1_000_000) {
            self.counted.pop_front();
        }
        let room = self.counted.len() < self.world.quota;
        if room {
            self.counted.push_back(now);
        }
        room
    }
}

struct Runs {
    wall: f64,
    worst_wall: f64,
    /// Refusals for each request, over all runs and in the worst.
    refused: f64,
    worst_refused: f64,
    final_rate: f64,
}

fn over_seeds(world: World) -> Runs {
    let seeds = 12;
    let runs: Vec<Run> = (0..seeds).map(|seed| Simulation::new(world, seed).run()).collect();
    let mean = |of: &dyn Fn(&Run) -> f64| runs.iter().map(of).sum::<f64>() / runs.len() as f64;
    let worst = |of: &dyn Fn(&Run) -> f64| runs.iter().map(of).fold(0.0, f64::max);
    let refused = |run: &Run| run.refused as f64 / world.requests as f64;
    let runs = Runs {
        wall: mean(&|run| run.wall),
        worst_wall: worst(&|run| run.wall),
        refused: mean(&refused),
        worst_refused: worst(&refused),
        final_rate: mean(&|run| run.final_rate),
    };
    println!(
        "wall {:.4} (worst {:.4}), refused {:.3}% (worst {:.2}%), at the end {:.2}/s",
        runs.wall,
        runs.worst_wall,
        runs.refused * 100.0,
        runs.worst_refused * 100.0,
        runs.final_rate
    );
    runs
}

#[test]
fn a_calm_network_costs_about_one_percent_and_no_refusal() {
    for (round_trip, most) in [(20.0, 1.009), (300.0, 1.009), (2_000.0, 1.012)] {
        let runs = over_seeds(World { round_trip, ..CALM });
        assert!(runs.wall <= most, "{round_trip}: {}", runs.wall);
        assert!(runs.worst_wall <= 1.02);
        assert_eq!(runs.refused, 0.0);
    }
}

#[test]
fn a_machine_that_wakes_late_costs_little() {
    let runs = over_seeds(World { lateness: 0.9, ..CALM });
    assert!(runs.wall <= 1.02);
    assert_eq!(runs.refused, 0.0);
    let runs = over_seeds(World { lateness: 5.0, ..CALM });
    assert!(runs.wall <= 1.05);
    assert_eq!(runs.refused, 0.0);
}

#[test]
fn jitter_of_arrival_is_absorbed() {
    let shaky = World { jitter: 30.0, ..CALM };
    let runs = over_seeds(shaky);
    assert!(runs.wall <= 1.0 / 0.93);
    assert!(runs.refused <= 0.001);
    assert!(runs.worst_refused <= 0.015);
    let runs = over_seeds(World { requests: 4_000, ..shaky });
    assert!(runs.wall <= 1.0 / 0.93);
    assert!(runs.refused <= 0.003);
}

#[test]
fn senders_that_share_the_stamps_share_the_quota() {
    for (quota, senders) in [(20, 2), (20, 5), (20, 15), (5, 5)] {
        let runs = over_seeds(World { quota, senders, ..CALM });
        assert!(runs.wall <= 1.05, "{senders}: {}", runs.wall);
        assert_eq!(runs.refused, 0.0);
    }
}

#[test]
fn slow_handshakes_are_counted_from_the_wire() {
    for (handshake, most) in [(80.0, 1.015), (300.0, 1.025), (1_300.0, 1.08)] {
        let runs = over_seeds(World { handshake, ..CALM });
        assert!(runs.wall <= most, "{handshake}: {}", runs.wall);
        assert_eq!(runs.refused, 0.0, "{handshake}");
    }
}

#[test]
fn a_stranger_gets_his_share_and_the_rate_comes_back() {
    let shared = World { stranger: 5.0, requests: 1_000, ..CALM };
    let runs = over_seeds(shared);
    // 15 of 20 are left.
    assert!(runs.wall <= 20.0 / 12.0, "{}", runs.wall);
    assert!(runs.refused <= 0.05);
    let runs = over_seeds(World { stranger_leaves: 10_000.0, requests: 1_500, ..shared });
    assert!(runs.final_rate >= 0.93 * 20.0);
}

#[test]
fn other_quotas_are_kept_as_well() {
    for (quota, requests) in [(5, 120), (50, 800), (200, 1_500)] {
        let runs = over_seeds(World { quota, requests, ..CALM });
        assert!(runs.wall <= 1.02, "{quota}: {}", runs.wall);
        assert_eq!(runs.refused, 0.0, "{quota}");
    }
}

#[test]
fn a_slow_start_is_soon_forgotten() {
    let runs = over_seeds(World { warming_up: 80.0, ..CALM });
    assert!(runs.wall <= 1.025, "{}", runs.wall);
}

#[test]
fn a_request_held_up_is_never_one_too_many() {
    for (stall, most) in [(100.0, 1.03), (1_500.0, 1.1)] {
        let runs = over_seeds(World { stall, ..CALM });
        assert!(runs.wall <= most, "{stall}: {}", runs.wall);
        assert_eq!(runs.refused, 0.0, "{stall}");
    }
}

#[test]
fn gusts_are_neither_chased_nor_suffered() {
    let runs = over_seeds(World { gust: 40.0, ..CALM });
    assert!(runs.wall <= 1.05);
    assert!(runs.refused <= 0.01, "one arrival in a hundred is off");
}

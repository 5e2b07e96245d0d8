//! The loop around a watched folder: looks, claims, moves, hands files to workers, writes the
//! page. Each step is written into the book before it is taken.

mod moving;
mod working;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use crate::runner::Stop;
use crate::text::{Words, folder as words};

use super::book::{Book, Entry, Past, Shelf, Stage};
use super::disk::{Disk, PAGE, Presence};
use super::looks::{Found, Looks};
use super::moves::Moves;
use super::page::{Beside, page};
use super::worker::Came;
use super::{Ended, Ports, WatchError, names};
use working::Stopped;

/// Files at work at a time; they share the quota anyway.
const AT_ONCE: usize = 4;
/// Files that are taken ahead of their turn.
const AHEAD: usize = 4;
/// How often a file that stands in no listing is looked for, before it counts as taken away.
const LOOKS: usize = 4;
/// After these, a look is due whether or not anything was heard.
const SLOWEST_LOOK: Duration = Duration::from_secs(5);
const FASTEST_LOOK: Duration = Duration::from_millis(50);
pub struct Watcher {
    ports: Ports,
    disk: Disk,
    book: Book,
    looks: BTreeMap<Shelf, Looks>,
    moves: Moves,
    /// Those that somebody is at.
    at_work: HashSet<String>,
    /// What those hold that were begun, or are to be; whether it is this one's turn.
    contents: HashMap<String, ([u8; 32], bool)>,
    stopped: HashMap<String, Stopped>,
    /// The folder is not there.
    away: Option<Words>,
    /// What is wrong with it, as the last step has told it and as this one finds it.
    trouble: Option<Words>,
    found: Option<Words>,
    began: Instant,
    sender: UnboundedSender<Came>,
    /// Why the page could not be written at the last try.
    page_fault: Option<ErrorKind>,
}

fn watch_approves(ports: &Ports) -> bool {
    ports.settings.watch.approve
}

/// Where files are looked for, the most urgent first.
const SOURCES: [Shelf; 3] = [Shelf::Approved, Shelf::Inbox, Shelf::Working];

impl Watcher {
    pub fn begin(dir: &Path, ports: Ports) -> Result<(Self, UnboundedReceiver<Came>), WatchError> {
        let (mut disk, mut book) = Disk::new(dir, ports.journal.dir())?;
        let is_there = disk.settle(&mut book)?;
        let watch = &ports.settings.watch;
        let looks = SOURCES.iter().map(|shelf| (*shelf, Looks::new(watch.quiet))).collect();
        let (sender, receiver) = mpsc::unbounded_channel();
        let own = Self {
            looks,
            moves: Moves::new(watch.keep_trying),
            disk,
            book,
            at_work: HashSet::new(),
            contents: HashMap::new(),
            stopped: HashMap::new(),
            away: None,
            trouble: None,
            found: None,
            began: Instant::now(),
            sender,
            page_fault: None,
            ports,
        };
        if is_there {
            // What fails here is told by the first step.
            let _ = own.disk.furnish(watch_approves(&own.ports));
        }
        Ok((own, receiver))
    }

    pub async fn run(mut self, mut results: UnboundedReceiver<Came>) -> Ended {
        let (heard, mut hears) = mpsc::channel(1);
        let mut listener = None;
        self.tell(&words::begun(self.ports.lang, self.disk.dir()));
        let mut stop = self.ports.stop.clone();
        while *stop.borrow() == Stop::No {
            match self.is_here() {
                Ok(true) => {
                    listener = listener.or_else(|| self.listen(heard.clone()));
                    self.step();
                }
                Ok(false) => listener = None,
                // Somebody else has begun to watch it while it was away.
                Err(error) => {
                    self.tell(
                        &words::error(self.ports.lang, self.disk.dir(), &error, &self.ports.settings.zone)
                            .line(self.ports.lang),
                    );
                    return self.end(Ended::Lost);
                }
            }
            let pause = self.until_next_look();
            tokio::select! {
                came = results.recv() => self.take_in(came),
                _ = hears.recv() => tokio::time::sleep(FASTEST_LOOK).await,
                _ = stop.wait_for(|stop| *stop != Stop::No) => {}
                () = tokio::time::sleep(pause) => {}
            }
            while let Ok(came) = results.try_recv() {
                self.take_in(Some(came));
            }
        }
        // What is on the wire is waited for; the runner itself ends each file at the signal.
        while !self.at_work.is_empty() {
            let came = results.recv().await;
            self.take_in(came);
        }
        if self.is_here().unwrap_or(false) {
            self.end_files();
            self.show();
        }
        let is_left = |entry: &Entry| !matches!(entry.stage, Stage::Waiting);
        let is_unfinished = self.book.files.iter().any(is_left);
        self.end(if is_unfinished { Ended::Unfinished } else { Ended::Clean })
    }

    fn end(self, ended: Ended) -> Ended {
        self.tell(&words::ended(self.ports.lang, self.disk.dir(), ended));
        ended
    }

    fn tell(&self, line: &str) {
        (self.ports.tell)(line);
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// Whether the folder is there; that it is away, or back, is told once.
    fn is_here(&mut self) -> Result<bool, WatchError> {
        let lang = self.ports.lang;
        let away = match self.disk.presence(&self.book) {
            Presence::Here => None,
            Presence::Away => Some(words::away(lang, self.disk.dir())),
            Presence::Other => Some(words::other(lang, self.disk.dir())),
        };
        match (away, self.away.is_some()) {
            (None, false) => return Ok(true),
            (None, true) => {
                self.disk.lock_again()?;
                self.away = None;
                self.tell(&words::back(lang, self.disk.dir()));
                return Ok(true);
            }
            (Some(away), was_away) => {
                if !was_away {
                    self.tell(&away.line(lang));
                    // What was seen there is to be looked at anew.
                    self.looks.values_mut().for_each(Looks::clear);
                }
                self.away = Some(away);
            }
        }
        Ok(false)
    }

    /// Something is wrong with the folder as a whole.
    fn note(&mut self, words: Words) {
        self.found.get_or_insert(words);
    }

    fn note_unusable(&mut self, path: &Path, kind: ErrorKind) {
        self.note(words::unusable(self.ports.lang, path, kind));
    }

    /// A look follows soon after something was heard; on a share nothing ever is.
    fn listen(&self, heard: mpsc::Sender<()>) -> Option<RecommendedWatcher> {
        let hear = move |_: notify::Result<notify::Event>| {
            // One look is due already, then.
            let _ = heard.try_send(());
        };
        let mut listener = notify::recommended_watcher(hear).ok()?;
        for shelf in [Shelf::Inbox, Shelf::Approved] {
            // A folder that cannot be listened to is looked at all the same.
            let _ = listener.watch(&self.disk.path(shelf, ""), RecursiveMode::NonRecursive);
        }
        Some(listener)
    }

    fn until_next_look(&self) -> Duration {
        let watch = &self.ports.settings.watch;
        let is_busy = !self.moves.is_empty() || self.looks.values().any(|looks| !looks.is_empty());
        let pause = if is_busy { watch.quiet / 2 } else { watch.quiet };
        let pause = pause.clamp(FASTEST_LOOK, SLOWEST_LOOK);
        let due = self.stopped.values().map(|own| own.next.saturating_duration_since(Instant::now()));
        due.min().map_or(pause, |due| pause.min(due.max(FASTEST_LOOK)))
    }

    fn save(&mut self) -> bool {
        match self.disk.save(&self.book) {
            Ok(()) => true,
            // What is not written down is not done.
            Err(error) => {
                self.note(words::error(self.ports.lang, self.disk.dir(), &error, &self.ports.settings.zone));
                false
            }
        }
    }

    fn step(&mut self) {
        if let Err((path, error)) = self.disk.furnish(watch_approves(&self.ports)) {
            self.note_unusable(&path, error.kind());
        }
        self.end_files();
        let mut listings = BTreeMap::new();
        // What a person moves to `approved` meanwhile is seen in one of the two at least.
        for shelf in [Shelf::Waiting].into_iter().chain(SOURCES) {
            match self.disk.list(shelf) {
                Ok(found) => drop(listings.insert(shelf, found)),
                Err(error) => self.note_unusable(&self.disk.path(shelf, ""), error.kind()),
            }
        }
        self.forget_gone(&listings);
        self.claim(&listings);
        self.fetch();
        self.begin_work();
        let found = self.found.take();
        if let Some(words) = found.as_ref().filter(|words| self.trouble.as_ref() != Some(words)) {
            self.tell(&words.line(self.ports.lang));
        }
        self.trouble = found;
        self.show();
    }

    /// Of files that somebody has taken away nothing more is known.
    fn forget_gone(&mut self, listings: &BTreeMap<Shelf, Vec<Found>>) {
        // Of a folder that cannot be read nothing is known.
        let has = |shelf: Shelf, name: &str| {
            listings.get(&shelf).is_none_or(|found| found.iter().any(|one| one.name == name))
        };
        let gone: Vec<String> = self
            .book
            .files
            .iter()
            .filter(|entry| match entry.stage {
                Stage::Working => !self.at_work.contains(&entry.name) && !has(Shelf::Working, &entry.name),
                Stage::Waiting => {
                    // One that is moved to and fro while both are listed is in neither listing.
                    let is_in = |shelf: Shelf| has(shelf, &entry.name);
                    let is_there = |shelf: Shelf| self.disk.is_there(shelf, &entry.name);
                    let both = [Shelf::Waiting, Shelf::Approved];
                    !both.into_iter().any(is_in) && !(0..LOOKS).any(|_| both.into_iter().any(is_there))
                }
                Stage::Claimed | Stage::Ending { .. } => false,
            })
            .map(|entry| entry.name.clone())
            .collect();
        for name in &gone {
            self.book.forget(name);
            self.stopped.remove(name);
            self.let_go(name);
            self.tell(&words::gone(self.ports.lang, name));
        }
        if !gone.is_empty() {
            self.save();
        }
    }

    /// Takes what is whole, as far as there is room: all of it stands in the book before
    /// any of it is moved.
    fn claim(&mut self, listings: &BTreeMap<Shelf, Vec<Found>>) {
        let now = self.now();
        let under_way = self.book.files.iter().filter(|entry| match entry.stage {
            Stage::Claimed => true,
            Stage::Working => !self.stopped.contains_key(&entry.name),
            Stage::Ending { .. } | Stage::Waiting => false,
        });
        let mut room = (AT_ONCE + AHEAD).saturating_sub(under_way.count());
        let mut names: Option<BTreeSet<String>> = None;
        let mut claimed = Vec::new();
        for shelf in SOURCES {
            let inputs = self.inputs(shelf, listings.get(&shelf).map_or(&[], Vec::as_slice));
            let still = self.looks.get_mut(&shelf).map_or_else(Vec::new, |looks| looks.look(now, &inputs));
            for name in still {
                let opened = self.disk.open(shelf, &name);
                let is_whole = self.looks.get_mut(&shelf).is_some_and(|own| own.opened(now, &name, opened));
                if !is_whole || room == 0 {
                    continue;
                }
                room -= 1;
                let is_known = shelf == Shelf::Approved && self.is_waiting(&name);
                let own = if is_known || shelf == Shelf::Working {
                    name.clone()
                } else {
                    let forgotten = self.disk.forget_problem(&name);
                    let names = names.get_or_insert_with(|| self.taken_names());
                    if let Some(gone) = forgotten {
                        names.remove(&gone);
                    }
                    let own = names::free_name(&name, names);
                    names.insert(own.clone());
                    own
                };
                claimed.push((shelf, name, own));
            }
        }
        if claimed.is_empty() {
            return;
        }
        let before = self.book.clone();
        for (shelf, name, own) in &claimed {
            let from = if *shelf == Shelf::Working { Shelf::Inbox } else { *shelf };
            self.book.claim(own.clone(), from, name.clone());
            if *shelf == Shelf::Working {
                self.book.arrived(own);
            }
        }
        if !self.save() {
            self.book = before;
        }
    }

    fn is_waiting(&self, name: &str) -> bool {
        self.book.entry(name).is_some_and(|entry| entry.stage == Stage::Waiting)
    }

    /// Names that no other file may get.
    fn taken_names(&self) -> BTreeSet<String> {
        let mut names = self.disk.names();
        names.extend(self.book.files.iter().map(|entry| entry.name.clone()));
        names
    }

    /// What of a listing may be an input: not what is known already, nor our own files beside it.
    fn inputs(&self, shelf: Shelf, found: &[Found]) -> Vec<Found> {
        let known =
            |name: &str| match shelf {
                Shelf::Working => self.book.entry(name).is_some(),
                _ => self.book.files.iter().any(|entry| {
                    entry.stage == Stage::Claimed && entry.from == shelf && entry.dropped == name
                }),
            };
        let is_ours = |name: &str| match shelf {
            // Somebody may have corrected it.
            Shelf::Inbox => false,
            // What a crash has left of a run.
            Shelf::Working => names::may_be_ours(name),
            _ => self.book.files.iter().any(|entry| names::belongs_to(name, names::stem(&entry.name))),
        };
        let is_input = |one: &&Found| !known(&one.name) && !is_ours(&one.name);
        found.iter().filter(is_input).cloned().collect()
    }

    /// Writes the page, where it says anything new.
    fn show(&mut self) {
        let mut seen = Vec::new();
        for looks in self.looks.values() {
            let is_claimed = |name: &str| {
                self.book.files.iter().any(|entry| entry.dropped == name && entry.stage == Stage::Claimed)
            };
            seen.extend(
                looks
                    .waiting()
                    .filter(|(name, _)| !is_claimed(name))
                    .map(|(name, rest)| (name.to_owned(), rest.clone())),
            );
        }
        let journal = &self.ports.journal;
        let beside = Beside {
            at_work: &|name| self.at_work.contains(name),
            stopped: &|name| {
                let stopped = self.stopped.get(name).filter(|_| !self.at_work.contains(name))?;
                stopped.words.clone()
            },
            stuck: &|name| self.moves.stuck(name).cloned(),
            unconfirmed: &|past: &Past| {
                past.job.as_ref().and_then(|job| journal.count_unconfirmed(job).ok()).unwrap_or(0)
            },
        };
        let folder = self.disk.dir().display().to_string();
        let page =
            page(folder, watch_approves(&self.ports), self.trouble.clone(), &self.book, &seen, &beside);
        let html = words::html(self.ports.lang, &page, &self.ports.settings.zone);
        // It may have gone since the step began: nothing is put where a share is mounted.
        if self.disk.presence(&self.book) != Presence::Here {
            return;
        }
        let fault = self.disk.write_page(html).err().map(|error| error.kind());
        if let Some(kind) = fault.filter(|_| fault != self.page_fault) {
            self.tell(
                &words::unusable(self.ports.lang, &self.disk.dir().join(PAGE), kind).line(self.ports.lang),
            );
        }
        self.page_fault = fault;
    }
}

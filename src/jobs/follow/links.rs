//! `flowbatch links`, and `run --sign-links`: a link to sign for each signer. A missing link
//! never makes a contract fail; asked again, only those that miss one are asked about.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::task::JoinSet;

use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, JobId};
use crate::domain::network::shown;
use crate::domain::signing;
use crate::domain::signing::About;
use crate::essbasic::links::{CreateSignUrls, Named, SignUrls, is_still_composed, pair};
use crate::journal::{FollowNote, JobFile, NoteState, SignLink};
use crate::platform::clock::now_us;
use crate::runner::{Asker, Reason, Reply};
use crate::text::Lang;

use super::super::{Failure, Workspace};
use super::asking::AT_ONCE;
use super::{Conclusion, Following, Left, NOT_ANSWERED, Why};

/// A document that is not composed yet is asked for so many pauses long: a minute with the
/// usual two seconds.
const PAUSES: u32 = 30;
/// The longest pause between two tries, in first pauses.
const LONGEST: u32 = 5;
const SHORTEST: Duration = Duration::from_millis(10);
/// So many refused in a row, and no link yet: all would be.
const ENOUGH: u32 = 20;
const MOST_TEXT: usize = 200;

/// What came of asking for links.
pub struct Linked {
    /// Contracts whose signers all have a link, as far as they need one.
    pub complete: u64,
    /// Links that were made now.
    pub links: u64,
    /// Contracts that miss one, and the first of them.
    pub missing: u64,
    pub left: Vec<Left>,
    pub conclusion: Conclusion,
}

/// Asks for the links that are missing, and writes the reports again.
///
/// # Errors
/// There is nothing to follow; those of the journal.
pub async fn links(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<Linked, Failure> {
    let mut following = Following::open(workspace, lang, job)?;
    let linked = make(&mut following).await?;
    let conclusion = following.conclude(linked.conclusion.stopped);
    Ok(Linked { conclusion, ..linked })
}

/// The same right after a run, which writes the reports itself.
///
/// # Errors
/// As [`links`].
pub async fn links_of_run(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<Linked, Failure> {
    make(&mut Following::open(workspace, lang, job)?).await
}

/// A signer as the contract was sent, as far as it matters for links.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Signer {
    name: Option<String>,
    mobile: Option<String>,
    approver_type: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Body {
    flow_approvers: Vec<Signer>,
}

impl Signer {
    fn needs_link(&self) -> bool {
        !self.approver_type.as_deref().is_some_and(signing::signs_by_itself)
    }

    fn named(&self) -> Named {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Named { name: text(&self.name), mobile: text(&self.mobile) }
    }
}

fn signers(file: &JobFile, flow: FlowNo) -> Result<Vec<Signer>, Failure> {
    let mut signers = Vec::new();
    file.each_body(&[flow], |_, body| {
        signers = serde_json::from_slice::<Body>(body).unwrap_or_default().flow_approvers;
    })?;
    Ok(signers)
}

/// Whether somebody who needs a link has none.
fn misses(file: &JobFile, flow: FlowNo) -> Result<bool, Failure> {
    let links = file.links_of(flow)?;
    let has = |place: usize| links.iter().any(|link| link.place as usize == place);
    let signers = signers(file, flow)?;
    Ok(signers.iter().enumerate().any(|(place, signer)| signer.needs_link() && !has(place)))
}

/// A contract that is to be asked about, or once more.
#[derive(Clone, Copy)]
struct Turn {
    place: usize,
    /// When it was asked about first.
    first: Option<Instant>,
    /// Until then its document may be still composed, whatever a sentence without a code says.
    young_until: Instant,
    pause: Duration,
}

/// Contracts by the time when they may be asked about.
#[derive(Default)]
struct Turns {
    due: BTreeMap<(Instant, usize), Turn>,
}

impl Turns {
    fn add(&mut self, at: Instant, turn: Turn) {
        self.due.insert((at, turn.place), turn);
    }

    fn take_due(&mut self) -> Option<Turn> {
        let entry = self.due.first_entry().filter(|entry| entry.key().0 <= Instant::now())?;
        Some(entry.remove())
    }

    /// How long until the next one is due.
    fn wait(&self) -> Option<Duration> {
        let ((at, _), _) = self.due.first_key_value()?;
        Some(at.saturating_duration_since(Instant::now()))
    }
}

/// What one answer means for its contract.
enum Meaning {
    /// All links are there.
    Complete(u64),
    /// Some are; of the others nothing will come.
    Partly(u64, Why),
    /// Later there may be some: the API says so.
    NotYet(Why),
    /// A sentence that does not tell whether there will be any.
    Perhaps(Why),
    Refused(Why),
}

async fn make(following: &mut Following<'_>) -> Result<Linked, Failure> {
    let pause = following.workspace.settings.links_after.max(SHORTEST);
    let linked =
        Linked { complete: 0, links: 0, missing: 0, left: Vec::new(), conclusion: Conclusion::default() };
    let mut work =
        Work { pause, linked, turns: Turns::default(), missing: Vec::new(), refused: 0, stopped: None };
    work.turns = turns(following, pause, &mut work.linked)?;
    let mut under_way = JoinSet::new();
    loop {
        while work.stopped.is_none()
            && under_way.len() < AT_ONCE
            && let Some(turn) = work.turns.take_due()
        {
            spawn(following, turn, &mut under_way);
        }
        let wait = work.turns.wait().filter(|_| work.stopped.is_none() && under_way.len() < AT_ONCE);
        let came = match (under_way.is_empty(), wait) {
            (true, None) => break,
            (true, Some(wait)) => {
                work.stopped = following.asker.rest(wait).await.err();
                continue;
            }
            (false, None) => under_way.join_next().await,
            // Somebody else may be due before an answer comes.
            (false, Some(wait)) => {
                tokio::time::timeout(wait, under_way.join_next()).await.unwrap_or_default()
            }
        };
        if let Some(Ok((turn, reply))) = came {
            work.take(following, turn, reply).await?;
        }
    }
    let Work { mut linked, turns, mut missing, stopped, .. } = work;
    missing.sort_by_key(|(place, _)| *place);
    note(following, &missing)?;
    linked.missing = (missing.len() + turns.due.len()) as u64;
    linked.left = following.first_left(&missing)?;
    linked.conclusion.stopped = stopped;
    Ok(linked)
}

/// Links on their way.
struct Work {
    pause: Duration,
    linked: Linked,
    turns: Turns,
    missing: Vec<(usize, Why)>,
    /// In a row.
    refused: u32,
    stopped: Option<Reason>,
}

impl Work {
    async fn take(
        &mut self,
        following: &Following<'_>,
        turn: Turn,
        reply: Result<Reply<SignUrls>, Reason>,
    ) -> Result<(), Failure> {
        let meaning = match reply {
            Ok(Reply::Answer(urls)) => keep(following, turn.place, urls).await?,
            Ok(Reply::Refused(outcome) | Reply::Lost(outcome)) => {
                let why = Why::of(&outcome);
                match is_still_composed(&why.code) {
                    true => Meaning::NotYet(why),
                    false => {
                        self.refused += 1;
                        if self.refused >= ENOUGH && self.linked.links == 0 {
                            self.stopped.get_or_insert(Reason::Caller(*outcome));
                        }
                        Meaning::Refused(why)
                    }
                }
            }
            Err(reason) => {
                // It is asked about when somebody asks for links again.
                self.turns.add(Instant::now(), turn);
                self.stopped.get_or_insert(reason);
                return Ok(());
            }
        };
        let again = match &meaning {
            Meaning::NotYet(_) => turn.again(self.pause),
            Meaning::Perhaps(_) if Instant::now() < turn.young_until => turn.again(self.pause),
            _ => None,
        };
        match meaning {
            Meaning::Complete(links) => {
                self.linked.complete += 1;
                self.linked.links += links;
                self.refused = 0;
            }
            Meaning::Partly(links, why) => {
                self.linked.links += links;
                self.missing.push((turn.place, why));
            }
            Meaning::NotYet(why) | Meaning::Perhaps(why) | Meaning::Refused(why) => match again {
                Some((at, again)) => self.turns.add(at, again),
                None => self.missing.push((turn.place, why)),
            },
        }
        Ok(())
    }
}

impl Turn {
    /// Once more, unless it was tried for long enough.
    fn again(self, pause: Duration) -> Option<(Instant, Self)> {
        let now = Instant::now();
        let first = self.first.unwrap_or(now);
        let at = now + self.pause;
        let longer = (self.pause * 2).min(pause * LONGEST);
        (at <= first + pause * PAUSES).then_some((at, Self { first: Some(first), pause: longer, ..self }))
    }
}

/// Who is to be asked about, some time after it was started.
fn turns(following: &Following<'_>, pause: Duration, linked: &mut Linked) -> Result<Turns, Failure> {
    let results = following.workspace.journal.results(&following.job)?;
    let (now, now_us) = (Instant::now(), now_us());
    let mut turns = Turns::default();
    for (place, contract) in following.contracts.iter().enumerate().filter(|(_, one)| !one.is_over()) {
        if !misses(&following.file, contract.flow)? {
            linked.complete += 1;
            continue;
        }
        let started_us = results.of(contract.flow).and_then(|result| result.ended_us).unwrap_or_default();
        let age = Duration::from_micros(u64::try_from(now_us - started_us).unwrap_or(0));
        let young_until = now + (pause * PAUSES).saturating_sub(age);
        turns.add(now + pause.saturating_sub(age), Turn { place, first: None, young_until, pause });
    }
    Ok(turns)
}

type Came = (Turn, Result<Reply<SignUrls>, Reason>);

fn spawn(following: &Following<'_>, turn: Turn, under_way: &mut JoinSet<Came>) {
    let Some(contract) = following.get(turn.place) else { return };
    let Some(sender) = following.senders.get(&contract.group).cloned() else { return };
    let (asker, id): (Asker, String) = (following.asker.clone(), contract.flow_id.clone());
    let turn = Turn { first: turn.first.or_else(|| Some(Instant::now())), ..turn };
    under_way.spawn(async move {
        let reply = ask(&asker, &sender, &id).await;
        (turn, reply)
    });
}

async fn ask(asker: &Asker, sender: &Sender, id: &str) -> Result<Reply<SignUrls>, Reason> {
    asker.ask(sender, &CreateSignUrls::of(id)).await
}

/// Writes down the links of those that had none.
async fn keep(following: &Following<'_>, place: usize, came: SignUrls) -> Result<Meaning, Failure> {
    let Some(contract) = following.get(place) else { return Ok(Meaning::Refused(Why::default())) };
    let why = came.message.as_deref().map_or_else(|| Why::code(NOT_ANSWERED), Why::said);
    if came.urls.is_empty() && came.message.is_some() {
        // A sentence has no code: whether the document is composed it does not tell.
        return Ok(Meaning::Perhaps(why));
    }
    let signers = signers(&following.file, contract.flow)?;
    let named: Vec<Named> = signers.iter().map(Signer::named).collect();
    // Those without a link of theirs would shift the order of the others.
    let whole = pair(&named, &came.urls);
    let wanting: Vec<usize> =
        (0..signers.len()).filter(|at| signers.get(*at).is_some_and(Signer::needs_link)).collect();
    let some: Vec<Named> = wanting.iter().filter_map(|at| named.get(*at).cloned()).collect();
    let mut pairs = vec![None; signers.len()];
    for (at, found) in wanting.iter().zip(pair(&some, &came.urls)) {
        if let Some(own) = pairs.get_mut(*at) {
            *own = found.or(whole.get(*at).copied().flatten());
        }
    }
    let known = following.file.links_of(contract.flow)?;
    let mut all: Vec<SignLink> = known.clone();
    let made_us = now_us();
    for (at, signer) in
        named.iter().enumerate().filter(|(at, _)| !known.iter().any(|one| one.place as usize == *at))
    {
        let url = pairs.get(at).copied().flatten().and_then(|found| came.urls.get(found));
        let Some(url) = url else { continue };
        let name = if signer.name.is_empty() { &url.name } else { &signer.name };
        all.push(SignLink {
            place: u32::try_from(at).unwrap_or(u32::MAX),
            name: shown(name, MOST_TEXT),
            mobile: if signer.mobile.is_empty() {
                shown(&url.mobile, MOST_TEXT)
            } else {
                signer.mobile.clone()
            },
            url: url.url.clone(),
            made_us,
        });
    }
    all.sort_by_key(|link| link.place);
    let made = (all.len() - known.len()) as u64;
    if made > 0 {
        // The ledger first: after a crash in between they are asked for again.
        let line = joined(&all, signers.len());
        following.workspace.journal.note_sign_urls(&following.job, vec![(contract.flow, line)]).await?;
        following.file.note_links(contract.flow, &all)?;
    }
    Ok(match misses(&following.file, contract.flow)? {
        false => {
            let done = FollowNote { state: NoteState::Done, reason: String::new(), at_us: made_us };
            following.file.note_follow(contract.flow, About::Links, &done)?;
            Meaning::Complete(made)
        }
        true => Meaning::Partly(made, why),
    })
}

/// One a signer, in order; `-` for a signer without one.
fn joined(links: &[SignLink], signers: usize) -> String {
    let of = |place: usize| links.iter().find(|link| link.place as usize == place);
    let all: Vec<&str> = (0..signers).map(|place| of(place).map_or("-", |link| link.url.as_str())).collect();
    all.join(" ")
}

fn note(following: &Following<'_>, missing: &[(usize, Why)]) -> Result<(), Failure> {
    for (place, why) in missing {
        let Some(contract) = following.get(*place) else { continue };
        let note = FollowNote { state: NoteState::Failed, reason: why.text(), at_us: now_us() };
        following.file.note_follow(contract.flow, About::Links, &note)?;
    }
    Ok(())
}

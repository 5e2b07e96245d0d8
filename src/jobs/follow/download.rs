//! `flowbatch download`: the documents of contracts, fetched at once since their links live
//! for five minutes, each whole under its name or not at all. No file is replaced.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;
use tokio::task::JoinSet;

use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, JobId};
use crate::domain::signing;
use crate::essbasic::fetch::{FetchError, Fetcher};
use crate::essbasic::resources::{DescribeResourceUrlsByFlows, MOST_RESOURCES, Resource};
use crate::platform::atomic;
use crate::report::write_fault;
use crate::runner::{Asker, Reason};
use crate::text::Lang;
use crate::text::signing::not_signed_yet;

use super::super::job_origin::absolute;
use super::super::{Failure, Workspace};
use super::asking::{Cut, Taken as Came, ask_all, describe};
use super::file_names::{Taken, stems};
use super::{Following, Left, MOST_NAMED, Why};

/// Documents that are fetched at the same time.
const FETCHED_AT_ONCE: usize = 8;
/// A link that fails is asked for once more.
const ROUNDS: usize = 2;
/// Parts of a document that not everybody has signed yet are noted from here on: it is
/// another paper than the one that is signed.
const UNSIGNED: u32 = 10_000;
/// The names of files that are on their way begin so.
const DRAFT: &str = ".flowbatch-";

/// Which documents, and where to.
pub struct Downloads<'d> {
    pub folder: &'d Path,
    /// Also those of contracts that not everybody has signed.
    pub all: bool,
}

/// What came of it.
pub struct Downloaded {
    /// Files that were fetched now, and those that were there before.
    pub fetched: u64,
    pub before: u64,
    /// Contracts that not everybody has signed: left out.
    pub open: u64,
    /// Contracts without their document, and the first of them.
    pub failed: u64,
    pub left: Vec<Left>,
    pub stopped: Option<Reason>,
    pub folder: PathBuf,
}

/// Why a contract has no document.
enum Lack {
    /// The API has no link.
    NoLink(Why),
    Fetch(FetchError),
}

/// Fetches the documents of a job's contracts. Those that are there already are left alone.
///
/// # Errors
/// There is nothing to follow; the folder cannot be written; those of the journal.
pub async fn download(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    wanted: &Downloads<'_>,
) -> Result<Downloaded, Failure> {
    let mut following = Following::open(workspace, lang, job)?;
    let folder = absolute(wanted.folder);
    let unwritable = |error: io::Error| Failure::from(write_fault(&folder, &error));
    std::fs::create_dir_all(&folder).map_err(unwritable)?;
    NamedTempFile::with_prefix_in(DRAFT, &folder).map_err(unwritable)?;
    let open = following.places(|contract| !contract.is_over());
    let described = describe(&mut following, &open).await?;
    let is_complete = |status: Option<&str>| status.is_some_and(signing::is_complete);
    let meant = following.places(|contract| wanted.all || is_complete(contract.status.as_deref()));
    // Of whom nothing was said nobody knows whether everybody has signed.
    let untold: Vec<(usize, Why)> =
        described.untold.into_iter().filter(|(place, _)| !meant.contains(place)).collect();
    let left_out = following.contracts.len() - meant.len() - untold.len();
    let mut keeping = Keeping::begin(&following, folder)?;
    let (there, mut missing): (Vec<usize>, Vec<usize>) =
        meant.into_iter().partition(|place| keeping.has(&following, *place));
    let mut stopped = described.stopped;
    let mut lacks: HashMap<usize, Lack> = HashMap::new();
    for _ in 0..ROUNDS {
        if missing.is_empty() || stopped.is_some() {
            break;
        }
        lacks.clear();
        stopped = round(&mut following, &missing, &mut keeping, &mut lacks).await?;
        // What lies with the API or the disk, another link does not mend.
        missing = lacks.iter().filter(|(_, lack)| is_mended(lack)).map(|(place, _)| *place).collect();
        if !missing.is_empty() {
            keeping.settled.extend(lacks.extract_if(|_, lack| !is_mended(lack)));
        }
    }
    keeping.settled.extend(lacks);
    let mut failed: Vec<(usize, Why)> =
        keeping.settled.iter().map(|(place, lack)| (*place, lack.why())).chain(untold).collect();
    failed.sort_by_key(|(place, _)| *place);
    let left = failed.iter().take(MOST_NAMED).map(|(place, why)| following.left(*place, why));
    Ok(Downloaded {
        fetched: keeping.fetched,
        before: there.len() as u64,
        open: left_out as u64,
        failed: failed.len() as u64,
        left: left.collect::<Result<_, _>>()?,
        stopped,
        folder: keeping.folder,
    })
}

fn is_mended(lack: &Lack) -> bool {
    matches!(lack, Lack::Fetch(FetchError::Status(_) | FetchError::Network(_)))
}

impl Lack {
    fn why(&self) -> Why {
        match self {
            Self::NoLink(why) => why.clone(),
            Self::Fetch(error) => {
                let code = match error {
                    FetchError::Link => "fetch.link",
                    FetchError::Status(_) => "fetch.status",
                    FetchError::TooLarge => "fetch.too_large",
                    FetchError::NotPdf => "fetch.not_pdf",
                    FetchError::Network(_) | FetchError::Client(_) => "fetch.network",
                    FetchError::Disk(_) => "fetch.disk",
                };
                Why { code: code.to_owned(), message: error.to_string() }
            }
        }
    }
}

/// Our code for a contract that the API gives no link for, without saying why.
const NO_RESOURCE: &str = "fetch.no_link";

/// Asks for links, so many at a time, and fetches them before it asks for more.
async fn round(
    following: &mut Following<'_>,
    places: &[usize],
    keeping: &mut Keeping,
    lacks: &mut HashMap<usize, Lack>,
) -> Result<Option<Reason>, Failure> {
    let settings = &following.workspace.settings;
    let fetcher =
        Arc::new(Fetcher::new(settings.proxies.clone(), settings.connect_timeout, settings.timeout));
    let ask = |asker: Asker, sender: Sender, ids: Vec<String>| async move {
        asker.ask(&sender, &DescribeResourceUrlsByFlows { flow_ids: &ids }).await
    };
    let take = async |following: &mut Following<'_>, part: &[usize], came: Came<Vec<Resource>>| match came {
        Came::Answer(resources) => {
            let mut jobs = Vec::new();
            for (place, resource) in part.iter().zip(resources) {
                if resource.urls.is_empty() {
                    let why = match resource.message.is_empty() {
                        true => Why::code(NO_RESOURCE),
                        false => Why::said(&resource.message),
                    };
                    lacks.insert(*place, Lack::NoLink(why));
                }
                keeping.expect(*place, resource.urls.len());
                jobs.extend((0..).zip(resource.urls).map(|(piece, url)| (*place, piece, url)));
            }
            fetch_all(following, &fetcher, jobs, keeping, lacks).await
        }
        Came::Refused(outcome) | Came::Lost(outcome) => {
            lacks.extend(part.iter().map(|place| (*place, Lack::NoLink(Why::of(&outcome)))));
            Ok(())
        }
        Came::NotAsked => Ok(()),
    };
    ask_all(following, places, Cut { most: MOST_RESOURCES, at_once: 1 }, ask, |_, _| Ok(()), take).await
}

/// Contract, piece of it, link.
type Piece = (usize, u32, String);

async fn fetch_all(
    following: &Following<'_>,
    fetcher: &Arc<Fetcher>,
    pieces: Vec<Piece>,
    keeping: &mut Keeping,
    lacks: &mut HashMap<usize, Lack>,
) -> Result<(), Failure> {
    let mut pieces = pieces.into_iter();
    let mut under_way = JoinSet::new();
    loop {
        while under_way.len() < FETCHED_AT_ONCE
            && !following.workspace.is_over()
            && let Some((place, piece, url)) = pieces.next()
        {
            let (fetcher, folder) = (Arc::clone(fetcher), keeping.folder.clone());
            under_way.spawn(async move { (place, piece, fetch(&fetcher, &url, &folder).await) });
        }
        let Some(came) = under_way.join_next().await else { return Ok(()) };
        let Ok((place, piece, result)) = came else { continue };
        match result {
            Ok(draft) => match keeping.take(following, place, piece, draft) {
                Ok(()) => {}
                Err(Kept::Disk(error)) => drop(lacks.insert(place, Lack::Fetch(FetchError::Disk(error)))),
                Err(Kept::Failed(failure)) => return Err(*failure),
            },
            Err(error) => drop(lacks.insert(place, Lack::Fetch(error))),
        }
    }
}

fn first_part(following: &Following<'_>, place: usize) -> u32 {
    let status = following.get(place).and_then(|contract| contract.status.as_deref());
    if status.is_some_and(signing::is_complete) { 0 } else { UNSIGNED }
}

/// One document, under a name of its own that nobody else may read.
async fn fetch(fetcher: &Fetcher, url: &str, folder: &Path) -> Result<NamedTempFile, FetchError> {
    let mut draft = NamedTempFile::with_prefix_in(DRAFT, folder).map_err(FetchError::Disk)?;
    fetcher.pdf(url, |part| draft.write_all(part)).await?;
    draft.as_file().sync_all().map_err(FetchError::Disk)?;
    Ok(draft)
}

/// Gives documents their names.
struct Keeping {
    folder: PathBuf,
    /// As it is noted.
    folder_name: String,
    /// What was fetched before.
    known: HashMap<(FlowNo, u32), String>,
    taken: Taken,
    /// What each contract's document is called.
    stems: Vec<String>,
    /// Pieces of a contract that have come, and how many there are.
    coming: HashMap<usize, (usize, Vec<(u32, NamedTempFile)>)>,
    fetched: u64,
    /// What another link does not mend.
    settled: HashMap<usize, Lack>,
}

/// Why a document got no name.
enum Kept {
    Disk(io::Error),
    Failed(Box<Failure>),
}

impl Keeping {
    fn begin(following: &Following<'_>, folder: PathBuf) -> Result<Self, Failure> {
        // However somebody writes it, a folder is noted under one name.
        let own = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let folder_name = own.to_string_lossy().into_owned();
        // Under the name as it was written until lately, too.
        let mut known = following.file.downloads(&folder.to_string_lossy())?;
        known.extend(following.file.downloads(&folder_name)?);
        let mut taken = Taken::default();
        known.values().for_each(|name| taken.add(name));
        let mut labels = Vec::with_capacity(following.contracts.len());
        for contract in &following.contracts {
            labels.push(following.file.label(contract.flow)?);
        }
        let of = labels.iter().zip(&following.contracts);
        let stems = stems(of.map(|((key, name), one)| (key.as_deref(), name.as_str(), one.flow_id.as_str())));
        let (coming, settled) = (HashMap::new(), HashMap::new());
        Ok(Self { folder, folder_name, known, taken, stems, coming, fetched: 0, settled })
    }

    /// So many pieces of a contract are about to come.
    fn expect(&mut self, place: usize, pieces: usize) {
        self.coming.insert(place, (pieces, Vec::new()));
    }

    /// Once all pieces of a contract are there they get their names, the first one last: where
    /// that is there, all are.
    fn take(
        &mut self,
        following: &Following<'_>,
        place: usize,
        piece: u32,
        draft: NamedTempFile,
    ) -> Result<(), Kept> {
        let Some((pieces, come)) = self.coming.get_mut(&place) else { return Ok(()) };
        come.push((piece, draft));
        if come.len() < *pieces {
            return Ok(());
        }
        let mut come = std::mem::take(come);
        come.sort_by_key(|(piece, _)| std::cmp::Reverse(*piece));
        come.iter().try_for_each(|(piece, draft)| self.keep(following, place, *piece, draft))
    }

    /// Whether its document is there already.
    fn has(&self, following: &Following<'_>, place: usize) -> bool {
        let flow = following.get(place).map(|contract| contract.flow);
        let name = flow.and_then(|flow| self.known.get(&(flow, first_part(following, place))));
        name.is_some_and(|name| self.folder.join(name).is_file())
    }

    /// The name is noted before the file gets it: after a crash it is known what is there.
    fn keep(
        &mut self,
        following: &Following<'_>,
        place: usize,
        piece: u32,
        draft: &NamedTempFile,
    ) -> Result<(), Kept> {
        let Some(contract) = following.get(place) else { return Ok(()) };
        let failed = |error| Kept::Failed(Box::new(Failure::Journal(error)));
        let mut stem = self.stems.get(place).cloned().unwrap_or_default();
        let first = first_part(following, place);
        if first == UNSIGNED {
            stem.push_str(not_signed_yet(following.lang));
        }
        if piece > 0 {
            stem.push_str(&format!("_{}", piece + 1));
        }
        let piece = first + piece;
        let known = self.known.get(&(contract.flow, piece)).cloned();
        if known.as_ref().is_some_and(|name| self.folder.join(name).is_file()) {
            return Ok(());
        }
        // One that is gone gets the name that it had.
        let mut name = known.unwrap_or_else(|| self.taken.name(&stem));
        loop {
            // Somebody else's file has it.
            while std::fs::symlink_metadata(self.folder.join(&name)).is_ok() {
                name = self.taken.name(&stem);
            }
            following.file.note_download(contract.flow, piece, &self.folder_name, &name).map_err(failed)?;
            match atomic::rename_new(draft.path(), &self.folder.join(&name)) {
                Ok(()) => break,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => name = self.taken.name(&stem),
                Err(error) => return Err(Kept::Disk(error)),
            }
        }
        self.known.insert((contract.flow, piece), name);
        self.fetched += 1;
        Ok(())
    }
}

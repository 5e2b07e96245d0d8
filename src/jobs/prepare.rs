//! What check and run have in common: an input becomes a job's file.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::domain::chunks::{ChunkLimits, Piece, cut};
use crate::domain::file::{FileError, FileFault};
use crate::essbasic::names::BODY_LIMIT;
use crate::intake::plan::{Plan, PlanOptions, Refusal, SheetChoice, plan};
use crate::intake::{ImportOptions, import};
use crate::journal::{JobFile, NewFlow, Sendable};
use crate::settings::Settings;

use super::names::report_names;
use super::{Failure, Order};

/// Room for what stands around the flows in a body.
const BODY_ROOM: u64 = 64 * 1024;

pub fn plans(order: &Order, settings: &Settings) -> Result<Vec<Result<Plan, Refusal>>, Failure> {
    let aliases = settings.aliases(&order.mapped)?;
    let remembered = order.remembered.clone();
    let own = settings.clone();
    let options = PlanOptions {
        read: order.read.clone(),
        aliases,
        // What is said now counts, not what was said once.
        remembered: Box::new(move |headers| own.aliases(remembered.find(headers)?).ok()),
        sheets: order.sheets.clone(),
        group_by: order.group_by.clone(),
        defaulted: settings.defaults.keys().chain(settings.request.keys()).copied().collect(),
        mapped: order.mapped.iter().map(|(header, _)| header.clone()).collect(),
    };
    Ok(plan(&order.files, &options))
}

/// One input: what is to be read of it, or why nothing can, and where its
/// reports go.
pub struct Input {
    pub plan: Result<Plan, Refusal>,
    /// Its first file.
    pub path: PathBuf,
    pub dir: PathBuf,
    pub stem: String,
}

pub fn inputs(order: &Order, settings: &Settings) -> Result<Vec<Input>, Failure> {
    let plans = plans(order, settings)?;
    let path = |plan: &Result<Plan, Refusal>| match plan {
        Ok(plan) => plan.files.first().cloned().unwrap_or_default(),
        Err(refusal) => refusal.path().to_owned(),
    };
    let paths: Vec<PathBuf> = plans.iter().map(path).collect();
    let names = report_names(&paths, order.out.as_deref());
    let inputs = plans.into_iter().zip(paths).zip(names);
    Ok(inputs.map(|((plan, path), (dir, stem))| Input { plan, path, dir, stem }).collect())
}

pub fn flow_bytes() -> u64 {
    BODY_LIMIT - BODY_ROOM
}

pub fn chunk_limits(order: &Order, settings: &Settings) -> ChunkLimits {
    let most = settings.action.most_flows();
    ChunkLimits { flows: order.per_page.unwrap_or(most).clamp(1, most), bytes: flow_bytes() }
}

/// Reads a plan into a new file.
pub fn import_into(
    path: &Path,
    plan: &Plan,
    order: &Order,
    settings: &Settings,
    hash: &dyn Fn(&[&[u8]]) -> [u8; 32],
) -> Result<JobFile, Failure> {
    let file = JobFile::create(path)?;
    let options = ImportOptions {
        context: settings.context(jiff::Timestamp::now(), order.group_by.clone())?,
        hidden_rows: order.hidden_rows,
        flow_bytes: flow_bytes(),
        hash,
    };
    import(plan, &options, &file)?;
    Ok(file)
}

/// The flows of a job's file, each with the realm that its claim counts in.
pub fn new_flows(file: &JobFile, settings: &Settings) -> Result<Vec<NewFlow>, Failure> {
    let realms: HashMap<u32, Arc<str>> = file
        .senders()?
        .into_iter()
        .map(|(group, sender)| {
            (group, realm(&settings.endpoint, &sender.app_id, &sender.organization_open_id).into())
        })
        .collect();
    let mut flows = Vec::new();
    file.each_sendable(|Sendable { flow, group, size, claim, content }| {
        let realm = realms.get(&group).cloned().unwrap_or_default();
        flows.push(NewFlow { flow, realm, group, size, claim, content });
        Ok::<_, Failure>(())
    })?;
    Ok(flows)
}

/// What ran against one endpoint, for one organisation, does not count for another.
pub fn realm(endpoint: &str, app: &str, organisation: &str) -> String {
    format!("{}|{app}|{organisation}", endpoint.to_lowercase())
}

pub fn count_chunks(flows: &[NewFlow], limits: ChunkLimits) -> usize {
    cut(flows.iter().map(|flow| Piece { flow: flow.flow, group: flow.group, size: flow.size }), limits).len()
}

/// Hash of what the files hold and of what changes their meaning.
pub fn input_hash(files: &[PathBuf], order: &Order, settings: &Settings) -> Result<[u8; 32], Failure> {
    let mut hash = Sha256::new();
    for path in files {
        hash.update(file_hash(path)?);
    }
    hash.update(settings.meaning());
    for (header, name) in &order.mapped {
        hash.update(format!("{header}\0{name}\0"));
    }
    let sheets = match &order.sheets {
        SheetChoice::Fitting => String::new(),
        SheetChoice::Named(name) => format!("sheet {name}"),
        SheetChoice::All => "all sheets".to_owned(),
    };
    hash.update(format!("{sheets}\0{:?}", order.hidden_rows));
    Ok(hash.finalize().into())
}

fn file_hash(path: &Path) -> Result<[u8; 32], FileError> {
    let fail = |error: std::io::Error| FileError {
        path: path.to_owned(),
        sheet: None,
        fault: FileFault::Io(error.kind().to_string()),
    };
    let mut file = std::fs::File::open(path).map_err(fail)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 256 * 1024];
    loop {
        match file.read(&mut buffer).map_err(fail)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// Values of the request that neither the settings nor a column gives.
pub fn unset_request(plan: &Plan, settings: &Settings) -> Vec<&'static str> {
    ["app_id", "organization_open_id", "operator_open_id", "jump_url"]
        .into_iter()
        .filter(|name| !settings.request.contains_key(name) && !settings.defaults.contains_key(name))
        .filter(|name| !plan.sources.iter().any(|source| source.mapping.column_of(name).is_some()))
        .collect()
}

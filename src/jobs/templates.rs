//! What the API says of the templates that contracts have: asked once a run, before anything
//! is started. A contract is held against it while it is put together (`contract::template`);
//! one that was put together earlier is compared once more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::contract::dates::Clock;
use crate::contract::template::{Unfit, still_fits};
use crate::domain::flow::{Flow, Sender};
use crate::domain::job::{FlowNo, JobId, Status};
use crate::domain::problem::Place;
use crate::domain::template::{Answered, Misfit, Template, TemplateOf, Templates, Use};
use crate::domain::verdict::Outcome;
use crate::essbasic::action::Action;
use crate::essbasic::templates::{DescribeTemplates, MOST_TEMPLATES};
use crate::intake::plan::Plan;
use crate::intake::templates::named_templates;
use crate::journal::{JobFile, Results, Sendable};
use crate::runner::{Asker, Reason, Reply};
use crate::settings::SettingsError;
use crate::text::Lang;

use super::online::asker;
use super::{Failure, Workspace};

/// Contracts read at a time.
const BLOCK: u32 = 1_000;

/// Contracts of a job that do not fit their template any more.
pub struct Moved {
    pub template: String,
    pub unfit: Unfit,
    pub contracts: u64,
    /// The first of them: its number, or else its name, and where it stands.
    pub first: String,
    pub place: Place,
}

/// What was asked already: once a template and command, however many files name it.
#[derive(Default)]
pub struct Asked(Mutex<BTreeMap<TemplateOf, Answered>>);

impl Asked {
    fn known(&self) -> BTreeMap<TemplateOf, Answered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, asked: &BTreeMap<TemplateOf, Answered>) {
        let new = asked.iter().map(|(of, answered)| (of.clone(), answered.clone()));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(new);
    }
}

/// Whether an action's templates are asked before anything is sent.
pub fn asks_before(workspace: &Workspace, action: Action) -> bool {
    action.preparing().is_none() && workspace.settings.check_templates
}

/// What is done with what is asked: an action with a page to confirm sends what the sheet says.
fn to_do(action: Action) -> Use {
    if action.preparing().is_some() { Use::Compare } else { Use::Fit }
}

/// Before contracts are put together: what they are to be held against, where that is asked.
///
/// # Errors
/// Those of [`ask`].
pub async fn before(plan: &Plan, workspace: &Workspace, lang: Lang) -> Result<Templates, Failure> {
    match asks_before(workspace, workspace.settings.action) {
        true => of_plan(plan, workspace, lang).await,
        false => Ok(Templates::default()),
    }
}

/// What the API says of all templates that a plan names.
///
/// # Errors
/// Those of [`ask`], and of the files.
pub async fn of_plan(plan: &Plan, workspace: &Workspace, lang: Lang) -> Result<Templates, Failure> {
    let settings = &workspace.settings;
    let context = settings.context(jiff::Timestamp::now(), None)?;
    let named = named_templates(plan, &context)?;
    Ok(Templates::new(ask(named, workspace, lang).await?, to_do(settings.action)))
}

/// One template of the company that the settings name.
///
/// # Errors
/// The settings name nobody; those of [`ask`].
pub async fn ask_template(workspace: &Workspace, lang: Lang, id: &str) -> Result<Answered, Failure> {
    let settings = &workspace.settings;
    let own = |key: &'static str| {
        let missing = || SettingsError::Missing { key, origin: settings.origin.clone() };
        settings.request.get(key).cloned().ok_or_else(missing)
    };
    let (app_id, organization_open_id) = (own("app_id")?, own("organization_open_id")?);
    let sender = Sender {
        app_id,
        organization_open_id,
        operator_open_id: own("operator_open_id")?,
        jump_url: String::new(),
    };
    let of = template_of(&sender, id);
    let mut asked = ask(BTreeMap::from([(of.clone(), sender)]), workspace, lang).await?;
    Ok(asked.remove(&of).unwrap_or(Answered::Unknown(None)))
}

/// Asks for templates: a hundred at a time, and one after the other where one of them spoils
/// the call.
///
/// # Errors
/// `TemplatesUnasked`: the API does not tell, so somebody has to say how to go on.
/// `Unanswered`, `Stopped`; those of the slots.
pub async fn ask(
    named: BTreeMap<TemplateOf, Sender>,
    workspace: &Workspace,
    lang: Lang,
) -> Result<BTreeMap<TemplateOf, Answered>, Failure> {
    let mut asked = BTreeMap::new();
    let known = workspace.templates.known();
    let named: BTreeMap<TemplateOf, Sender> = named
        .into_iter()
        .filter(|(of, _)| match known.get(of) {
            Some(answered) => asked.insert(of.clone(), answered.clone()).is_some(),
            None => true,
        })
        .collect();
    if named.is_empty() {
        return Ok(asked);
    }
    let asker = asker(workspace, lang)?;
    let mut companies: BTreeMap<(String, String), (Sender, Vec<String>)> = BTreeMap::new();
    for (of, sender) in named {
        let company = (of.app_id, of.organization_open_id);
        companies.entry(company).or_insert_with(|| (sender, Vec::new())).1.push(of.id);
    }
    for ((app_id, organization_open_id), (sender, ids)) in companies {
        for some in ids.chunks(MOST_TEMPLATES) {
            for (id, answered) in ask_some(&asker, &sender, some).await? {
                let (app_id, organization_open_id) = (app_id.clone(), organization_open_id.clone());
                asked.insert(TemplateOf { app_id, organization_open_id, id }, answered);
            }
        }
    }
    workspace.templates.keep(&asked);
    tracing::info!(templates = asked.len(), "the templates were asked");
    Ok(asked)
}

async fn ask_some(
    asker: &Asker,
    sender: &Sender,
    ids: &[String],
) -> Result<Vec<(String, Answered)>, Failure> {
    let mut answers = Vec::new();
    let mut alone: Vec<&String> = Vec::new();
    match ids {
        [_] | [] => alone.extend(ids),
        _ => match ask_once(asker, sender, ids).await? {
            Ok(templates) => {
                let mut by_id: BTreeMap<String, Template> =
                    templates.into_iter().map(|template| (template.id.clone(), template)).collect();
                for id in ids {
                    match by_id.remove(id) {
                        Some(own) => answers.push((id.clone(), Answered::Template(own.into()))),
                        None => alone.push(id),
                    }
                }
            }
            // One that is not there spoils the call for all of them.
            Err(_) => alone.extend(ids),
        },
    }
    for id in alone {
        let answered = match ask_once(asker, sender, std::slice::from_ref(id)).await? {
            Ok(templates) => match templates.into_iter().find(|template| template.id == *id) {
                Some(own) => Answered::Template(own.into()),
                None => Answered::Unknown(None),
            },
            Err(refused) if says_unknown(refused.code.as_deref().unwrap_or_default()) => {
                Answered::Unknown(refused.message)
            }
            Err(refused) => return Err(Failure::TemplatesUnasked { outcome: refused }),
        };
        answers.push((id.clone(), answered));
    }
    Ok(answers)
}

/// One call: the templates, or how it was refused for what was asked.
async fn ask_once(
    asker: &Asker,
    sender: &Sender,
    ids: &[String],
) -> Result<Result<Vec<Template>, Box<Outcome>>, Failure> {
    let is_closed = |outcome: &Outcome| is_closed(outcome.code.as_deref().unwrap_or_default());
    match asker.ask(sender, &DescribeTemplates::of(ids)).await {
        Ok(Reply::Answer(templates)) => Ok(Ok(templates)),
        Ok(Reply::Refused(outcome)) if is_closed(&outcome) => Err(Failure::TemplatesUnasked { outcome }),
        Ok(Reply::Refused(outcome) | Reply::Lost(outcome)) => Ok(Err(outcome)),
        Err(Reason::Caller(outcome)) if is_closed(&outcome) => {
            Err(Failure::TemplatesUnasked { outcome: Box::new(outcome) })
        }
        Err(Reason::Signal | Reason::SignalTwice) => Err(Failure::Stopped),
        Err(Reason::Pace(error)) => Err(Failure::Pace(error)),
        Err(reason) => Err(Failure::Unanswered(Box::new(reason))),
    }
}

/// The account may not ask, whatever it asks for.
fn is_closed(code: &str) -> bool {
    let family = code.split('.').next().unwrap_or_default();
    ["UnauthorizedOperation", "OperationDenied", "UnsupportedOperation", "InvalidAction", "ActionOffline"]
        .contains(&family)
}

/// A single template was asked for, and it is not there.
fn says_unknown(code: &str) -> bool {
    ["ResourceNotFound", "ResourceNotFound.Template", "ResourceNotFound.Resource"].contains(&code)
        || code.split('.').next() == Some("InvalidParameter")
}

/// Before what a job has still to send goes: its contracts were put together when it began,
/// and the templates may have been changed since. `again`: also what was rejected goes.
///
/// # Errors
/// `TemplatesMoved`; those of [`ask`].
pub async fn still_fit(
    workspace: &Workspace,
    lang: Lang,
    action: Action,
    job: &JobId,
    again: bool,
) -> Result<(), Failure> {
    if !asks_before(workspace, action) {
        return Ok(());
    }
    let (file, results) = (workspace.journal.job_file(job)?, workspace.journal.results(job)?);
    let named = named_by(&file, &results, again)?;
    if named.is_empty() {
        return Ok(());
    }
    let asked = ask(named, workspace, lang).await?;
    let clock = workspace.settings.context(jiff::Timestamp::now(), None)?.clock;
    let moved = compare(&file, &results, again, &asked, &clock)?;
    if moved.is_empty() { Ok(()) } else { Err(Failure::TemplatesMoved { moved }) }
}

/// Whether a contract has still to go.
fn goes(results: &Results, flow: FlowNo, again: bool) -> bool {
    match results.of(flow).map(|result| result.status) {
        None | Some(Status::Pending) => !again || results.of(flow).is_some(),
        Some(Status::Rejected) => again,
        Some(_) => false,
    }
}

fn each_to_go(
    file: &JobFile,
    results: &Results,
    again: bool,
    mut visit: impl FnMut(&[Sendable]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut next = FlowNo(0);
    loop {
        let mut block = file.sendables(next, BLOCK)?;
        let Some(last) = block.last().map(|last| last.flow) else { return Ok(()) };
        next = FlowNo(last.0 + 1);
        block.retain(|one| goes(results, one.flow, again));
        visit(&block)?;
    }
}

fn named_by(file: &JobFile, results: &Results, again: bool) -> Result<BTreeMap<TemplateOf, Sender>, Failure> {
    let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
    each_to_go(file, results, again, |block| {
        pairs.extend(block.iter().filter_map(|one| Some((one.group, one.template?))));
        Ok(())
    })?;
    let (senders, templates) = (file.senders()?, file.templates()?);
    let named = pairs.into_iter().filter_map(|(group, template)| {
        let (sender, id) = senders.get(&group).zip(templates.get(&template))?;
        Some((template_of(sender, id), sender.clone()))
    });
    Ok(named.collect())
}

fn template_of(sender: &Sender, id: &str) -> TemplateOf {
    TemplateOf {
        app_id: sender.app_id.clone(),
        organization_open_id: sender.organization_open_id.clone(),
        id: id.to_owned(),
    }
}

fn compare(
    file: &JobFile,
    results: &Results,
    again: bool,
    asked: &BTreeMap<TemplateOf, Answered>,
    clock: &Clock,
) -> Result<Vec<Moved>, Failure> {
    let (senders, templates) = (file.senders()?, file.templates()?);
    // The first contract of each kind, and how many there are.
    let mut moved: Vec<(FlowNo, String, Unfit, u64)> = Vec::new();
    each_to_go(file, results, again, |block| {
        let flows: Vec<FlowNo> = block.iter().map(|one| one.flow).collect();
        let mut own = block.iter();
        file.each_body(&flows, |flow, body| {
            let Some(one) = own.find(|one| one.flow == flow) else { return };
            let id = one.template.and_then(|template| templates.get(&template));
            let Some((sender, id)) = senders.get(&one.group).zip(id) else { return };
            let fits = match asked.get(&template_of(sender, id)) {
                Some(Answered::Template(template)) => match serde_json::from_slice::<Flow>(body) {
                    Ok(own) => still_fits(template, &own, clock),
                    // Whoever sends it finds out.
                    Err(_) => Ok(()),
                },
                Some(Answered::Unknown(said)) => {
                    let said = said.clone().unwrap_or_default();
                    Err(Misfit::Unknown { id: id.clone(), said }.into())
                }
                None => Err(Misfit::NotAsked.into()),
            };
            let Err(unfit) = fits else { return };
            match moved.iter_mut().find(|(_, own, known, _)| own == id && is_alike(known, &unfit)) {
                Some((_, _, _, contracts)) => *contracts += 1,
                None => moved.push((flow, id.clone(), unfit, 1)),
            }
        })?;
        Ok(())
    })?;
    let told = moved.into_iter().map(|(flow, template, unfit, contracts)| {
        let (key, name) = file.label(flow)?;
        Ok(Moved { template, unfit, contracts, first: key.unwrap_or(name), place: file.place_of(flow)? })
    });
    told.collect()
}

/// Values of one component may break the same rule each in its own way.
fn is_alike(one: &Unfit, other: &Unfit) -> bool {
    match (&one.component, &other.component) {
        (Some(own), Some(theirs)) => own == theirs && one.rule.code() == other.rule.code(),
        _ => one == other,
    }
}

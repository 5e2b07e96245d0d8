//! Flags of the commands that are about a job, or about pages of one.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::domain::job::JobId;
use crate::jobs::PageName;

use super::duration;

#[derive(Args)]
pub struct StatusArgs {
    /// Only this job
    #[arg(value_name = "JOB")]
    pub job: Option<String>,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct JobArgs {
    /// The job's number, as `flowbatch status` shows it
    #[arg(value_name = "JOB")]
    pub job: String,
    /// Folder for the reports [default: where they went before]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct JobOnly {
    /// The job's number, as `flowbatch status` shows it
    #[arg(value_name = "JOB")]
    pub job: String,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct UndoArgs {
    #[command(flatten)]
    pub of: JobOnly,
    /// Only these contracts, by number or FlowId, one or several; may be repeated [default: all of the job]
    #[arg(long, value_name = "NUMBER", num_args = 1..)]
    pub contract: Vec<String>,
    /// Why, for the signers: Chinese, letters, digits and underscores, at most 200
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Take them back without asking
    #[arg(long = "yes")]
    pub undo_now: bool,
}

#[derive(Args)]
pub struct DownloadArgs {
    #[command(flatten)]
    pub of: JobOnly,
    /// Folder for the documents; what is there stays
    #[arg(long = "out", value_name = "DIR")]
    pub documents: PathBuf,
    /// Also of contracts that not everybody has signed
    #[arg(long = "all")]
    pub unsigned: bool,
}

#[derive(Args)]
pub struct RetryArgs {
    #[command(flatten)]
    pub job: JobArgs,
    /// Start the contracts without asking, where the action starts them at once
    #[arg(long = "yes")]
    pub start_now: bool,
    /// Start contracts without asking the API for their templates first: the sheet alone answers for them
    #[arg(long)]
    pub without_template_check: bool,
    /// Contracts that are all refused alike are at fault themselves: reject them and go on
    #[arg(long)]
    pub keep_going: bool,
    /// A run that was told so prints commands with it; of a retry nothing is left out
    #[arg(long, hide = true)]
    pub quiet: bool,
}

#[derive(Args)]
pub struct ReconcileArgs {
    /// The job's number, as `flowbatch status` shows it
    #[arg(value_name = "JOB")]
    pub job: String,
    /// What your callback receiver has kept: a body a line, as JSON, encrypted or read already
    #[arg(long, value_name = "FILE")]
    pub callbacks: Option<PathBuf>,
    /// File with the application's callback key [default: the variable FLOWBATCH_CALLBACK_KEY]
    #[arg(long, value_name = "FILE", requires = "callbacks")]
    pub callback_key_file: Option<PathBuf>,
    /// You have looked in the console: these contracts were not started, and may be sent again
    #[arg(long, value_name = "ROW|CONTRACT", num_args = 1..)]
    pub not_sent: Vec<String>,
    /// You have found it in the console: this contract was started under that FlowId; may be repeated
    #[arg(long, value_name = "CONTRACT=ID", value_parser = crate::doors::cli::reconcile::contract_and_id)]
    pub flow_id: Vec<(String, String)>,
    /// Who says so
    #[arg(long = "by", value_name = "NAME")]
    pub said_by: Option<String>,
    /// Take --not-sent and --flow-id without asking
    #[arg(long = "yes")]
    pub sure: bool,
    /// Folder for the reports [default: where they went before]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct RenewArgs {
    /// The page: JOB/P07 or its link, or P07 where only one job has such a page
    #[arg(value_name = "PAGE", required = true, num_args = 1..=2)]
    pub page: Vec<String>,
    /// The old page is known not to be confirmed
    #[arg(long)]
    pub yes: bool,
    /// Folder for the reports [default: where they went before]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct PagesArgs {
    /// Only those of this file, or of this job
    #[arg(value_name = "FILE|JOB")]
    pub of: Option<String>,
    /// Open them in the browser, one after the other
    #[arg(long)]
    pub open: bool,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct ConfirmArgs {
    /// The page: JOB/P07 or its link, or P07 where only one job has such a page
    #[arg(value_name = "PAGE", required = true)]
    pub page: Vec<String>,
    /// Who has confirmed it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// It was not confirmed after all
    #[arg(long, conflicts_with = "by")]
    pub undo: bool,
}

/// `JOB/P07`, a link, or `P07`; also `JOB P07` as two words.
pub fn page_name(words: &[String]) -> Option<PageName> {
    match words {
        [one] if one.contains("://") => Some(PageName::Link(one.clone())),
        [one] => match one.rsplit_once('/') {
            Some((job, page)) => Some(PageName::Full(JobId(job.to_owned()), page_number(page)?)),
            None => Some(PageName::Number(page_number(one)?)),
        },
        [job, page] => Some(PageName::Full(JobId(job.clone()), page_number(page)?)),
        _ => None,
    }
}

fn page_number(text: &str) -> Option<u32> {
    text.trim_start_matches(['P', 'p']).parse().ok()
}

#[derive(Args)]
pub struct PurgeArgs {
    /// Finished longer ago than this [default: the setting retention, 30d]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub older_than: Option<Duration>,
    /// Also pages that nobody has noted as confirmed, contracts in doubt, and data younger than the retention time
    #[arg(long)]
    pub yes: bool,
}

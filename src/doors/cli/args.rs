//! Flags and their help. Nothing behind this file sees clap.

mod of_jobs;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::job::Again;
use crate::domain::said::{Said, SkipOrSend, condition};
use crate::essbasic::action::Action;
use crate::intake::plan::SheetChoice;
use crate::jobs::{ReportWord, Request};
use crate::settings::{Settings, SettingsError, may_default};
use crate::table::{ReadOptions, encoding_named};
use crate::text::Lang;

pub use of_jobs::*;

/// Send Tencent e-sign contracts in bulk from a spreadsheet, safely.
///
/// 从表格批量发起腾讯电子签合同：先检查，再发送，结果写进报告。
#[derive(Parser)]
#[command(name = "flowbatch", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Examples:
  flowbatch run contracts.xlsx --sandbox     see the whole job without an account
  flowbatch check contracts.xlsx             everything but sending
  flowbatch run contracts.xlsx --first 3     a trial with three contracts
  flowbatch run contracts.xlsx               the rest

Several FILEs, or a pattern (quote it, so that flowbatch expands it):
  flowbatch run \"inbox/*.xlsx\"              its own reports are left out

Exit codes:
  0 done   2 usage or settings   3 input not valid, nothing sent
  4 finished, some rows failed   5 stopped early, run again to go on   1 anything else
  Several files: the first that applies of 1, 5, 4, 3, 0; a 3 becomes 4 if this call sent anything.";

/// The same alone, below the help of `run`.
const EXIT_CODES: &str = "Exit codes:
  0 done   2 usage or settings   3 input not valid, nothing sent
  4 finished, some rows failed   5 stopped early, run again to go on   1 anything else
  Several files: the first that applies of 1, 5, 4, 3, 0; a 3 becomes 4 if this call sent anything.";

#[derive(Args)]
pub struct Common {
    /// Settings file [default: ./config.toml, then the user's config folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Language of messages: zh or en [default: from the locale]
    #[arg(long, global = true, value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    /// Form of the log on stderr
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// Say more on stderr (twice: much more)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Subcommand)]
pub enum Command {
    /// Check, send and report
    #[command(after_help = EXIT_CODES)]
    Run(RunArgs),
    /// A file that was dropped on the program: check, ask once, run
    #[command(hide = true)]
    Open(RunArgs),
    /// Everything but sending: bad rows, number of requests and pages, duration
    Check(CheckArgs),
    /// Run what is dropped into a folder: DIR/inbox, then DIR/done or DIR/failed with the report
    Watch(WatchArgs),
    /// Jobs and how they stand
    Status(StatusArgs),
    /// Write the report of a job once more, from the journal
    Report(JobArgs),
    /// Send the failed contracts of a job again, as they are
    Retry(RetryArgs),
    /// Find out which contracts in doubt were started, where the action starts them at once
    Reconcile(ReconcileArgs),
    /// Who has signed, of contracts that were started, and who has not
    Track(JobOnly),
    /// A link to sign for each signer, of contracts that were started
    Links(JobOnly),
    /// Remind those who have still to sign, nobody twice of one contract
    Remind(JobOnly),
    /// Take contracts back that were started, as far as not everybody has signed
    Undo(UndoArgs),
    /// Fetch the documents of contracts that everybody has signed
    Download(DownloadArgs),
    /// A new link for a page, in place of one that was lost or has expired
    Renew(RenewArgs),
    /// Pages that are still to be confirmed
    Pages(PagesArgs),
    /// Note that somebody has confirmed a page
    Confirm(ConfirmArgs),
    /// Erase the personal data of finished jobs past the retention time
    Purge(PurgeArgs),
    /// A workbook that is ready to be filled
    Template(TemplateArgs),
    /// Whether this installation is well: settings, credentials, network, clock, folders, journal
    Doctor(DoctorArgs),
    /// A settings file of your own, commented; asks on a terminal, never replaces one
    Init(InitArgs),
    /// The manual's pages, one a command
    #[command(hide = true)]
    Man(ManArgs),
    /// The stand-in for the API, on this machine only
    Sandbox(SandboxArgs),
    /// Completions for a shell, on stdout
    Completions(CompletionsArgs),
}

impl Command {
    /// Where it ends well, nothing is left to act on of what it was to send. A watch ends when
    /// somebody wants it to; what its jobs were, the journal says.
    pub fn sends(&self) -> bool {
        match self {
            Self::Run(args) | Self::Open(args) => args.preview.is_none(),
            Self::Retry(_) | Self::Reconcile(_) => true,
            _ => false,
        }
    }
}

#[derive(Args)]
pub struct TemplateArgs {
    #[arg(value_name = "FILE.xlsx", default_value = "contracts.xlsx")]
    pub file: PathBuf,
    /// The contract template's id, for the example row
    #[arg(long, value_name = "ID")]
    pub template_id: Option<String>,
    /// Names of the template's fill-in components, such as 姓名,岗位
    #[arg(long, value_name = "NAMES")]
    pub fields: Vec<String>,
    /// One row per contract with N signers side by side [default: one row per signer]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=50))]
    pub wide: Option<u8>,
    /// Ask the API for this template, and make the sheet of its signers and components
    #[arg(long, value_name = "ID", conflicts_with_all = ["template_id", "fields", "wide"])]
    pub from_template: Option<String>,
}

#[derive(Args)]
pub struct CompletionsArgs {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Args)]
pub struct WatchArgs {
    /// Folders to watch; each may have a config.toml of its own
    #[arg(required = true, value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
}

#[derive(Args)]
pub struct DoctorArgs {
    /// Folders that are, or will be, watched
    #[arg(value_name = "DIR")]
    pub watched: Vec<PathBuf>,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct InitArgs {
    /// The application's id
    #[arg(long, value_name = "ID")]
    pub app_id: Option<String>,
    /// OpenId of the organisation that sends
    #[arg(long, value_name = "ID")]
    pub organization_open_id: Option<String>,
    /// OpenId of the person who sends
    #[arg(long, value_name = "ID")]
    pub operator_open_id: Option<String>,
    /// Where the person who confirms goes afterwards
    #[arg(long, value_name = "URL")]
    pub jump_url: Option<String>,
}

#[derive(Args)]
pub struct ManArgs {
    /// Folder for the pages
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Args, Clone)]
#[command(group = clap::ArgGroup::new("said").multiple(true))]
pub struct InputArgs {
    /// XLSX, XLS, XLSB, ODS or CSV, or a pattern such as "inbox/*.xlsx"; two files with contracts and approvers are read as a pair
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Folder for the reports [default: beside the input]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Take this sheet; may be repeated
    #[arg(long, value_name = "NAME", conflicts_with = "all_sheets", group = "said")]
    pub sheet: Vec<String>,
    /// Take every sheet that fits
    #[arg(long, group = "said")]
    pub all_sheets: bool,
    /// The encoding of a CSV, such as big5 or gb18030 [default: told by its content]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// What to do with rows that are hidden, filtered out or struck through [default: ask]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub hidden_rows: Option<Hidden>,
    /// What to do with hidden columns whose values would be sent [default: ask]
    #[arg(long, value_enum, value_name = "WHAT", group = "said")]
    pub hidden_columns: Option<Hidden>,
    /// What to do with rows that look like no contract but have a mobile, an ID number or a key [default: ask]
    #[arg(long, value_enum, value_name = "WHAT", group = "said")]
    pub odd_rows: Option<Hidden>,
    /// What to do with rows in which 甲方 or 乙方 is blank while the other one is filled in [default: ask]
    #[arg(long, value_enum, value_name = "WHAT", group = "said")]
    pub missing_party: Option<Hidden>,
    /// What to do with sheets that lack a field:NAME column which another chosen sheet has [default: ask]
    #[arg(long, value_name = "WHAT", value_parser = ["send"], group = "said")]
    pub missing_fields: Option<String>,
    /// The signers of a contract stand in the order of its rows, also where another contract has them otherwise [default: ask]
    #[arg(long, value_name = "WHAT", value_parser = ["rows"], group = "said")]
    pub signer_order: Option<String>,
    /// Whoever has handed in a form twice, with other values, gets a contract for each of his rows [default: ask]
    #[arg(long, value_name = "WHAT", value_parser = ["send"], group = "said")]
    pub submitted_twice: Option<String>,
    /// Comments on cells are for people only, whatever they say of the signing [default: ask]
    #[arg(long, value_name = "WHAT", value_parser = ["ignore"], group = "said")]
    pub comments: Option<String>,
    /// Send this column as it stands, also "null", "undefined" and the like; may be repeated
    #[arg(long, value_name = "COLUMN", group = "said")]
    pub as_text: Vec<String>,
    /// Rows with the same value in this column are one contract; row: each row is one
    #[arg(long, value_name = "COLUMN", group = "said")]
    pub key: Option<String>,
    /// The header is in this row [default: found by itself]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), group = "said")]
    pub header_row: Option<u32>,
    /// The value of a field where no cell gives one, instead of [defaults] of the settings, such as deadline=2026-12-20; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = default)]
    pub default: Vec<(String, String)>,
    /// Only rows with this value in a column, such as "在职状态=在职"; may be repeated
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = only, group = "said")]
    pub only: Vec<(String, Vec<String>)>,
    /// Contracts with different values in this column never share a page; each value gets a web page of its own
    #[arg(long, value_name = "COLUMN")]
    pub group_by: Option<String>,
    /// Contracts on a page to confirm
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=20))]
    pub per_page: Option<u8>,
    /// Read a column under another name, such as "员工姓名=approver.name"
    #[arg(long, value_name = "HEADER=FIELD", value_parser = pair, group = "said")]
    pub map: Vec<(String, String)>,
    /// Keep what --map, --key, --header-row, --sheet, --hidden-columns, --odd-rows=skip, --missing-party=skip, --missing-fields, --where and --as-text say, for every file with the same headers
    #[arg(long, requires = "said")]
    pub remember: bool,
    /// Forget what was remembered for files with these headers, and ask again
    #[arg(long)]
    pub forget: bool,
    /// PrepareFlows: pages to confirm; CreateFlowsByTemplates: contracts start at once [default: the setting action]
    #[arg(long, value_name = "NAME", value_parser = action)]
    pub action: Option<Action>,
    /// One JSON document on stdout instead of text
    #[arg(long)]
    pub json: bool,
    /// The same contract may be sent once more: all of them, or only what was taken back, refused or ran out of time (--again=ended). --again=rest: what a finished file was sent without, and nothing twice
    #[arg(long, value_enum, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    pub again: Option<SendAgain>,
    /// A contract_id that was used before may be another contract
    #[arg(long)]
    pub allow_duplicates: bool,
    /// A report beside the input that is not known here: take what it shows as sent, or not [default: ask]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub report: Option<Word>,
}

#[derive(Args, Clone)]
pub struct RunArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Send to a stand-in inside this process: no account is needed, nothing leaves the machine
    #[arg(long)]
    pub sandbox: bool,
    /// Send only the first N contracts, as a trial; the next run sends the rest
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub first: Option<u32>,
    /// Show the first contracts as they would be, without starting any: links for 5 minutes [default: 3]
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "3", value_parser = clap::value_parser!(u8).range(1..=10), conflicts_with_all = ["first", "start_now"])]
    pub preview: Option<u8>,
    /// Where all contracts are refused alike: it is the contracts' own fault, so reject them and go on
    #[arg(long)]
    pub keep_going: bool,
    /// Send the valid contracts although there are bad ones
    #[arg(long)]
    pub skip_invalid: bool,
    /// Do not show what the file was understood as
    #[arg(long)]
    pub quiet: bool,
    /// Start the contracts without asking, where the action starts them at once
    #[arg(long = "yes")]
    pub start_now: bool,
    /// Ask for a link to sign for each signer, where the action starts contracts [default: the setting start.sign_links]
    #[arg(long)]
    pub sign_links: bool,
    /// Start contracts without asking the API for their templates first: the sheet alone answers for them
    #[arg(long)]
    pub without_template_check: bool,
    /// What to do with a file that another flowbatch works on just now
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = IfBusy::Fail)]
    pub if_busy: IfBusy,
}

#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Ask the API for the templates and hold every contract against them; nothing else is sent
    #[arg(long)]
    pub online: bool,
}

#[derive(Args)]
pub struct SandboxArgs {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Write each request to this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Requests allowed in any sliding second; 0: no limit
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub rate: u32,
    /// Added to every round trip
    #[arg(long, value_name = "TIME", default_value = "0", value_parser = duration)]
    pub latency: Duration,
    /// Arrivals are moved by up to this much, either way
    #[arg(long, value_name = "TIME", default_value = "0", value_parser = duration)]
    pub jitter: Duration,
    /// Inject a fault, such as reset-after=0.05 or code:MissingParameter=1; may be repeated
    #[arg(long, value_name = "SPEC")]
    pub fault: Vec<String>,
    /// Charges are listed only so long after a contract was started
    #[arg(long, value_name = "TIME", default_value = "0", value_parser = duration)]
    pub bill_delay: Duration,
    /// Write what the API would post to a callback address to this file, a body a line; encrypted
    /// where FLOWBATCH_CALLBACK_KEY is set
    #[arg(long = "callbacks", value_name = "FILE")]
    pub post_callbacks: Option<PathBuf>,
    /// The templates that there are, as JSON; without it every template id is one of which nothing is told
    #[arg(long, value_name = "FILE.json")]
    pub templates: Option<PathBuf>,
    /// Seed of what is left to chance
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Whether signers sign by themselves: fast, one of each contract every second
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Signing::Never)]
    pub signing: Signing,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Signing {
    Never,
    Fast,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum SendAgain {
    All,
    Ended,
    Rest,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum IfBusy {
    /// Exit 5
    Fail,
    /// Leave it out, without a word
    Skip,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Word {
    Believe,
    Ignore,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Hidden {
    Skip,
    Send,
}

impl Hidden {
    fn meant(self) -> SkipOrSend {
        match self {
            Self::Skip => SkipOrSend::Skip,
            Self::Send => SkipOrSend::Send,
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    // A header may have a `=` of its own, and so may the name of a component behind its colon.
    let end = text.find([':', '\u{FF1A}']).unwrap_or(text.len());
    let at = text[..end].rfind('=');
    let halves = at.map(|at| (&text[..at], &text[at + 1..])).or_else(|| text.split_once('='));
    match halves {
        Some((header, field)) if !header.trim().is_empty() && !field.trim().is_empty() => {
            Ok((header.trim().to_owned(), field.trim().to_owned()))
        }
        _ => Err("HEADER=FIELD is expected".to_owned()),
    }
}

fn default(text: &str) -> Result<(String, String), String> {
    let halves = text.split_once('=').map(|(field, value)| (field.trim(), value.trim()));
    if let Some((field, _)) = halves.filter(|(field, _)| may_default(field).is_none()) {
        return Err(format!(
            "{field} is no field that may be given so, as template_id, flow_name and deadline are"
        ));
    }
    let known = halves.filter(|(_, value)| !value.is_empty());
    let known = known.and_then(|(field, value)| Some((may_default(field)?.to_owned(), value.to_owned())));
    known.ok_or_else(|| "FIELD=VALUE is expected, such as deadline=2026-12-20".to_owned())
}

fn encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_named(name).ok_or_else(|| "an encoding such as big5, gb18030 or utf-8 is expected".to_owned())
}

fn action(name: &str) -> Result<Action, String> {
    Action::from_name(name)
        .ok_or_else(|| format!("one of {} is expected", Action::ALL.map(Action::wire_name).join(", ")))
}

fn only(text: &str) -> Result<(String, Vec<String>), String> {
    condition(text).ok_or_else(|| "COLUMN=VALUE is expected".to_owned())
}

fn duration(text: &str) -> Result<Duration, String> {
    crate::settings::parse_duration(text).ok_or_else(|| "a time such as 300ms or 2s is expected".to_owned())
}

/// What a command line says in place of the settings.
#[derive(Clone, Copy, Default)]
pub struct Instead<'a> {
    action: Option<Action>,
    defaults: &'a [(String, String)],
}

impl Instead<'_> {
    /// # Errors
    /// A value that its field cannot have.
    pub fn settle(self, settings: &mut Settings) -> Result<(), SettingsError> {
        settings.action = self.action.unwrap_or(settings.action);
        settings.take_defaults(self.defaults)
    }
}

impl InputArgs {
    pub fn instead(&self) -> Instead<'_> {
        Instead { action: self.action, defaults: &self.default }
    }

    pub fn request(&self, lang: Lang) -> Request {
        let sheets = match (self.sheet.as_slice(), self.all_sheets) {
            (names @ [_, ..], _) => SheetChoice::Named(names.to_vec()),
            ([], true) => SheetChoice::All,
            ([], false) => SheetChoice::Fitting,
        };
        let said = Said {
            map: self.map.clone(),
            key: self.key.clone(),
            header_row: self.header_row,
            sheets: self.sheet.clone(),
            hidden_columns: self.hidden_columns.map(Hidden::meant),
            odd_rows: self.odd_rows.map(Hidden::meant),
            left_sheets: None,
            lines_above: None,
            defaults: self.default.clone(),
            hidden_headers: Vec::new(),
            missing_party: self.missing_party.map(Hidden::meant),
            missing_fields: self.missing_fields.is_some(),
            rows_in_order: self.signer_order.is_some(),
            each_submission: self.submitted_twice.is_some(),
            ignore_comments: self.comments.is_some(),
            answers_hidden_rows: self.hidden_rows.is_some(),
            only: self.only.clone(),
            as_text: self.as_text.clone(),
        };
        Request {
            sheets,
            hidden_rows: self.hidden_rows.map(Hidden::meant).into(),
            group_by: self.group_by.clone(),
            per_page: self.per_page.map(usize::from),
            again: match self.again {
                None => Again::No,
                Some(SendAgain::All) => Again::All,
                Some(SendAgain::Ended) => Again::Ended,
                Some(SendAgain::Rest) => Again::Rest,
            },
            allow_duplicates: self.allow_duplicates,
            report: match self.report {
                None => ReportWord::Ask,
                Some(Word::Believe) => ReportWord::Believe,
                Some(Word::Ignore) => ReportWord::Ignore,
            },
            out: self.out.clone(),
            said,
            read: ReadOptions {
                child: std::env::current_exe().ok(),
                encoding: self.encoding,
                ..ReadOptions::default()
            },
            ..Request::of(self.files.clone(), lang)
        }
    }
}

//! Any spreadsheet that ops staff really have: read by the library, as `check`
//! and `run` read it, and held against what would be sent.
//!
//! `fifty` are the same fifty contracts in every kind of file, `spoilt` is the
//! record of what is said about bad input, `properties` are rules that hold for
//! any cells.

mod corpus;
mod fifty;
mod odd_files;
mod properties;
mod spoilt;

use std::path::PathBuf;

use flowbatch::contract::build::{Context, Defaults};
use flowbatch::contract::columns::Aliases;
use flowbatch::contract::dates::Clock;
use flowbatch::domain::chunks::{ChunkLimits, Piece, cut};
use flowbatch::domain::field::FieldId;
use flowbatch::domain::job::FlowNo;
use flowbatch::domain::problem::{Problem, Severity};
use flowbatch::essbasic::action::Action;
use flowbatch::intake::plan::{Plan, PlanOptions, Refusal, SheetChoice, plan};
use flowbatch::intake::{HiddenRows, ImportOptions, KeepRows, import};
use flowbatch::journal::{JobFile, KeyedHash};
use flowbatch::table::ReadOptions;
use serde_json::json;
use tempfile::TempDir;

pub const TEMPLATE: &str = "yDtest00000000000000000000000001";

/// What became of an input.
pub struct Read {
    /// Bodies of the `PrepareFlows` requests that would be sent.
    pub requests: Vec<Vec<u8>>,
    /// What each contract says of itself: equal contents are duplicates.
    pub contents: Vec<[u8; 16]>,
    pub sendable: u64,
    pub invalid: u64,
    pub skipped: u64,
    pub problems: Vec<Problem>,
}

/// A folder with one input of one or two files.
pub struct Input {
    dir: TempDir,
    files: Vec<PathBuf>,
    pub hidden_rows: HiddenRows,
    pub group_by: Option<String>,
    pub sheets: SheetChoice,
}

impl Input {
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let write = |(name, bytes): &(&str, &[u8])| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let files = files.iter().map(write).collect();
        Self { dir, files, hidden_rows: HiddenRows::Ask, group_by: None, sheets: SheetChoice::Fitting }
    }

    pub fn read(&self) -> Result<Read, Refusal> {
        let options = PlanOptions {
            today: jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date(),
            reports: false,
            read: ReadOptions {
                child: Some(env!("CARGO_BIN_EXE_flowbatch").into()),
                ..ReadOptions::default()
            },
            aliases: Aliases::default(),
            nearly: Box::new(|_| None),
            values: Vec::new(),
            remembered: Box::new(|_| None),
            sheets: self.sheets.clone(),
            group_by: self.group_by.clone(),
            mapped: Vec::new(),
            said: flowbatch::domain::said::Said::default(),
            of_settings: flowbatch::domain::said::Said::default(),
            defaulted: Vec::new(),
            company_signs: false,
            own_companies: Vec::new(),
        };
        let mut plans = plan(&self.files, &options);
        assert_eq!(plans.len(), 1, "one job");
        Ok(self.import(&plans.remove(0)?))
    }

    fn import(&self, plan: &Plan) -> Read {
        let path = self.dir.path().join("job.db");
        let _ = std::fs::remove_file(&path);
        let mut file = JobFile::create(&path, 0).unwrap();
        let key = KeyedHash::new(&[7; 32]);
        let options = ImportOptions {
            keep_rows: KeepRows::All,
            is_over: &|| false,
            starts: false,
            likenesses: true,
            people: false,
            context: context(self.group_by.clone()),
            hidden_rows: self.hidden_rows,
            limits: ChunkLimits { flows: 20, bytes: 1 << 20 },
            hash: &|parts| key.hash(parts),
            realm: &|_| "realm".to_owned(),
        };
        import(plan, &options, &mut file).unwrap();
        let sendable = file.sendables(FlowNo(0), u32::MAX).unwrap();
        let mut contents = Vec::new();
        file.each_flow(|flow| {
            contents.push(flow.content);
            Ok(())
        })
        .unwrap();
        let pieces = sendable.iter().map(|one| Piece { flow: one.flow, group: one.group, size: one.size });
        let chunks = cut(pieces, ChunkLimits { flows: 20, bytes: 1 << 23 });
        let requests = chunks.iter().map(|chunk| {
            let sender = file.senders().unwrap().remove(&chunk.group).unwrap();
            let frame = Action::PrepareFlows.frame(&sender).unwrap();
            let mut flows = Vec::new();
            file.each_body(&chunk.flows, |_, body| flows.push(body.to_vec())).unwrap();
            [frame.head, flows.join(&b','), frame.tail].concat()
        });
        let (sent, invalid, skipped) = file.counts().unwrap();
        Read {
            requests: requests.collect(),
            contents,
            sendable: sent,
            invalid,
            skipped,
            problems: file.problems(Severity::Correction, 1000).unwrap(),
        }
    }
}

/// Midday in Shanghai on 2026-11-24, and a sender from the settings.
pub fn context(group_by: Option<String>) -> Context {
    let values = [
        (FieldId::AppId, "test-app"),
        (FieldId::OrganizationOpenId, "test-organization"),
        (FieldId::OperatorOpenId, "test-operator"),
        (FieldId::JumpUrl, "https://jump.example.com/"),
    ];
    Context {
        clock: clock(),
        defaults: Defaults { values: values.map(|(n, v)| (n, json!(v))).into(), ..Defaults::default() },
        group_by,
        request: flowbatch::essbasic::action::Action::PrepareFlows.request_fields(),
        templates: Default::default(),
        closed: &[],
    }
}

pub fn clock() -> Clock {
    Clock {
        now: "2026-11-24T04:00:00Z".parse().unwrap(),
        zone: jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(),
    }
}

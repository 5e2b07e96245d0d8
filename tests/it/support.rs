//! A session: a folder with files, an environment, a stand-in; then commands.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::net::SocketAddr;
use std::ops::Index;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flowbatch::sandbox::{Credential, Entry, Faults, FlowMark, Options, Sandbox, StartedFlow};
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub const SECRET_ID: &str = "AKIDtesttesttesttesttesttesttest0000";
pub const SECRET_KEY: &str = "testtesttesttesttesttesttest0000";

const LEDGER: &str = "ledger.jsonl";

/// A run that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(100);

/// The stand-ins of all tests live here.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A stand-in without a quota: tests of anything but pace have no time to lose.
pub fn unhurried() -> Options {
    Options { requests_per_second: 0, seed: 7, ..Options::default() }
}

/// The same with faults, as `flowbatch sandbox --fault` takes them.
pub fn faulty(faults: &str) -> Options {
    Options { faults: faults.parse::<Faults>().unwrap(), ..unhurried() }
}

pub struct Session {
    dir: TempDir,
    environment: BTreeMap<String, String>,
    sandbox: Option<Sandbox>,
}

impl Session {
    /// An empty folder, and an environment of nothing but PATH and a HOME of its own.
    pub fn bare() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for own in ["home", "tmp", "work"] {
            fs::create_dir(dir.path().join(own)).unwrap();
        }
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        let environment = BTreeMap::from([
            ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
            ("HOME".to_owned(), text(dir.path().join("home"))),
            ("TMPDIR".to_owned(), text(dir.path().join("tmp"))),
            ("FLOWBATCH_STATE_DIR".to_owned(), text(dir.path().join("state"))),
            ("FLOWBATCH_LANG".to_owned(), "en".to_owned()),
        ]);
        Self { dir, environment, sandbox: None }
    }

    /// Someone who has set everything up, and is in a hurry.
    pub fn new() -> Self {
        [
            ("TENCENTCLOUD_SECRET_ID", SECRET_ID),
            ("TENCENTCLOUD_SECRET_KEY", SECRET_KEY),
            ("FLOWBATCH_AGENT__APP_ID", "test-app"),
            ("FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID", "test-organization"),
            ("FLOWBATCH_AGENT__OPERATOR_OPEN_ID", "test-operator"),
            ("FLOWBATCH_JUMP_URL", "https://jump.example.com/"),
            ("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "400"),
            ("FLOWBATCH_RETRY__FIRST_WAIT", "5ms"),
            ("FLOWBATCH_RETRY__LONGEST_WAIT", "50ms"),
            ("FLOWBATCH_HTTP__TIMEOUT", "2s"),
            ("FLOWBATCH_HTTP__CONNECT_TIMEOUT", "2s"),
        ]
        .into_iter()
        .fold(Self::bare(), |session, (name, value)| session.env(name, value))
    }

    pub fn file(self, name: &str, contents: impl AsRef<[u8]>) -> Self {
        fs::write(self.path(name), contents).unwrap();
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.environment.remove(name);
        self
    }

    /// Starts a stand-in that knows the session's keys; an earlier one is stopped first.
    pub fn sandbox(mut self, options: Options) -> Self {
        self.stop_sandbox();
        self.start_sandbox(options);
        self
    }

    pub fn start_sandbox(&mut self, options: Options) {
        let credentials = vec![Credential {
            secret_id: SECRET_ID.to_owned(),
            secret_key: SecretString::from(SECRET_KEY),
            token: None,
        }];
        let ledger = Some(self.dir.path().join(LEDGER));
        let sandbox = RUNTIME.block_on(Sandbox::start(Options { credentials, ledger, ..options })).unwrap();
        self.environment.insert("FLOWBATCH_ENDPOINT".to_owned(), sandbox.endpoint());
        self.sandbox = Some(sandbox);
    }

    /// Lets it end what it is at, and returns all that it received. Its port is free afterwards.
    pub fn stop_sandbox(&mut self) -> Vec<Entry> {
        let Some(sandbox) = self.sandbox.take() else { return Vec::new() };
        RUNTIME.block_on(sandbox.stop()).unwrap();
        let ledger = self.dir.path().join(LEDGER);
        let entries = fs::read_to_string(&ledger).unwrap().lines().map(read_entry).collect();
        fs::remove_file(ledger).unwrap();
        entries
    }

    pub fn endpoint_address(&self) -> SocketAddr {
        self.sandbox.as_ref().unwrap().address()
    }

    pub fn port(&self) -> u16 {
        self.endpoint_address().port()
    }

    /// What the stand-in received so far.
    pub fn entries(&self) -> Vec<Entry> {
        self.sandbox.as_ref().unwrap().entries()
    }

    /// The contracts that it has started, as they stand.
    pub fn flows(&self) -> Vec<StartedFlow> {
        self.sandbox.as_ref().unwrap().flows()
    }

    /// How often it accepted each contract, by contract_id.
    pub fn accepted(&self) -> BTreeMap<String, u32> {
        let accepted = self.sandbox.as_ref().unwrap().accepted();
        accepted.into_iter().map(|(mark, count)| (unmark(&mark), count)).collect()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("work").join(name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    pub fn home(&self, name: &str) -> PathBuf {
        self.dir.path().join("home").join(name)
    }

    /// The program with these arguments, in the session's folder and environment.
    pub fn command<S: AsRef<str>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flowbatch"));
        command
            .args(arguments.into_iter().map(|argument| argument.as_ref().to_owned()))
            .current_dir(self.path(""))
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Names in the folder where the user works.
    pub fn names(&self) -> BTreeSet<String> {
        names_in(&self.path(""))
    }

    /// Names in the folder for temporary files.
    pub fn temporary(&self) -> BTreeSet<String> {
        names_in(&self.dir.path().join("tmp"))
    }

    pub fn state(&self, name: &str) -> PathBuf {
        self.dir.path().join("state").join(name)
    }

    pub fn run<S: AsRef<str>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        self.start(arguments).wait()
    }

    /// The same with more variables.
    pub fn run_with<S: AsRef<str>>(
        &self,
        more: &[(&str, &str)],
        arguments: impl IntoIterator<Item = S>,
    ) -> Ran {
        let mut command = self.command(arguments);
        let output = command.envs(more.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = output.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    pub fn start<S: AsRef<str>>(&self, arguments: impl IntoIterator<Item = S>) -> Running {
        self.start_in([], arguments)
    }

    /// The same on a terminal, where somebody types that.
    #[cfg(unix)]
    pub fn on_terminal<S: AsRef<str>>(&self, typed: &str, arguments: impl IntoIterator<Item = S>) -> Ran {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        use std::io::{Read as _, Write as _};
        let near = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&near).unwrap();
        unlockpt(&near).unwrap();
        let name = ptsname(&near, Vec::new()).unwrap().into_string().unwrap();
        let far = || File::options().read(true).write(true).open(&name).unwrap();
        let mut command = self.command(arguments);
        let mut child = command.stdin(far()).stdout(far()).stderr(far()).spawn().unwrap();
        drop(command);
        let mut near = File::from(near);
        near.write_all(typed.as_bytes()).unwrap();
        let (mut said, mut block) = (Vec::new(), [0_u8; 4096]);
        // It fails once the program has let go of the other end.
        while let Ok(read @ 1..) = near.read(&mut block) {
            said.extend_from_slice(&block[..read]);
        }
        let code = child.wait().unwrap().code();
        Ran { code, stdout: String::from_utf8_lossy(&said).replace('\r', ""), stderr: String::new() }
    }

    /// The same, behind another program that starts it.
    pub fn start_in<'o, S: AsRef<str>>(
        &self,
        outer: impl IntoIterator<Item = &'o str>,
        arguments: impl IntoIterator<Item = S>,
    ) -> Running {
        let output = tempfile::tempdir().unwrap();
        let write = |name: &str| File::create(output.path().join(name)).unwrap();
        let mut words: Vec<String> = outer.into_iter().map(str::to_owned).collect();
        words.push(env!("CARGO_BIN_EXE_flowbatch").to_owned());
        words.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        let child = Command::new(&words[0])
            .args(&words[1..])
            .current_dir(self.path(""))
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::null())
            .stdout(write("stdout"))
            .stderr(write("stderr"))
            .spawn()
            .unwrap();
        Running { child, output }
    }

    /// `NAME.report.csv`, line by line.
    pub fn report(&self, name: &str) -> Vec<Line> {
        read_report(&self.path(&format!("{name}.report.csv")))
    }

    /// The report must agree with what the stand-in has seen.
    pub fn check_links(&self, lines: &[Line]) {
        check_links(lines, &self.entries()).unwrap();
    }
}

/// A line of the stand-in's ledger.
fn read_entry(line: &str) -> Entry {
    let json: Value = serde_json::from_str(line).unwrap();
    let text = |json: &Value, key: &str| json[key].as_str().map(str::to_owned);
    let flows = json["flows"].as_array().unwrap().iter();
    Entry {
        time: text(&json, "time").unwrap(),
        arrival_us: json["arrival_us"].as_u64().unwrap(),
        action: text(&json, "action"),
        verdict: text(&json, "verdict").unwrap(),
        fault: text(&json, "fault"),
        flows: flows
            .map(|flow| FlowMark { name: text(flow, "name"), customer_data: text(flow, "customer_data") })
            .collect(),
        count: json["count"].as_u64().unwrap().try_into().unwrap(),
        url: text(&json, "url"),
        started: json["started"]
            .as_array()
            .map_or(Vec::new(), |all| all.iter().map(|id| id.as_str().map(str::to_owned)).collect()),
        request_id: text(&json, "request_id").unwrap(),
        delivered: json["delivered"].as_bool().unwrap(),
    }
}

fn names_in(dir: &Path) -> BTreeSet<String> {
    fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A command under way.
pub struct Running {
    child: Child,
    output: TempDir,
}

impl Running {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// As a power cut does it.
    pub fn kill(mut self) -> Ran {
        self.child.kill().unwrap();
        self.wait()
    }

    #[cfg(unix)]
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// Looks again and again until that holds.
    pub fn until(&mut self, what: &str, mut holds: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < PATIENCE, "never: {what}");
            assert!(!self.is_over(), "it ended before: {what}\n{}", self.read("stderr"));
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn wait(mut self) -> Ran {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            if begun.elapsed() > PATIENCE {
                self.child.kill().unwrap();
                panic!("it hangs:\n{}\n{}", self.read("stdout"), self.read("stderr"));
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        Ran { code: status.code(), stdout: self.read("stdout"), stderr: self.read("stderr") }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.output.path().join(name)).unwrap()
    }
}

/// A test that fails leaves nothing running behind.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command that has ended.
pub struct Ran {
    /// None: a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    #[track_caller]
    pub fn exit(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        let all = format!("{}\n{}", self.stdout, self.stderr);
        assert!(all.contains(words), "{words:?} is not in:\n{all}");
        self
    }

    #[track_caller]
    pub fn never_says(self, words: &str) -> Self {
        let all = format!("{}\n{}", self.stdout, self.stderr);
        assert!(!all.contains(words), "{words:?} is in:\n{all}");
        self
    }

    /// The document that it printed, as docs/schema.json has it.
    #[track_caller]
    pub fn json(&self) -> Value {
        let json =
            serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", self.stdout));
        crate::schema::conforms(&json);
        json
    }
}

/// A line of a report, by header.
#[derive(Clone, Debug, PartialEq)]
pub struct Line(pub BTreeMap<String, String>);

impl Line {
    pub fn status(&self) -> &str {
        &self["flowbatch.status"]
    }

    pub fn url(&self) -> &str {
        &self["flowbatch.confirm_url"]
    }

    pub fn code(&self) -> &str {
        &self["flowbatch.code"]
    }

    /// The contract's key, whatever its column is called.
    pub fn key(&self) -> &str {
        let key = self.0.get("contract_id").or_else(|| self.0.get("合同编号"));
        key.unwrap_or_else(|| panic!("no contract_id in {self:?}"))
    }
}

impl Index<&str> for Line {
    type Output = String;

    fn index(&self, header: &str) -> &String {
        self.0.get(header).unwrap_or_else(|| panic!("no column {header} in {self:?}"))
    }
}

pub fn read_report(path: &Path) -> Vec<Line> {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("a report begins with a BOM");
    let mut reader = csv::Reader::from_reader(text);
    let headers = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            Line(headers.iter().zip(&record).map(|(h, v)| (h.to_owned(), v.to_owned())).collect())
        })
        .collect()
}

pub fn count(lines: &[Line], status: &str) -> usize {
    lines.iter().filter(|line| line.status() == status).count()
}

/// Links that a person would open.
pub fn links(lines: &[Line]) -> BTreeSet<String> {
    lines.iter().map(|line| line.url().to_owned()).filter(|url| !url.is_empty()).collect()
}

/// What a contract carries as CustomerData.
pub fn mark(contract_id: &str) -> String {
    STANDARD.encode(contract_id)
}

fn unmark(mark: &str) -> String {
    String::from_utf8(STANDARD.decode(mark).unwrap()).unwrap()
}

/// Whether a report tells the truth: every accepted contract has exactly one
/// link, and the request that gave this link carried exactly those contracts
/// that the report has under it. (So no contract stands on two pages.)
pub fn check_links(lines: &[Line], entries: &[Entry]) -> Result<(), String> {
    let mut reported: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut link_of: BTreeMap<&str, &str> = BTreeMap::new();
    for line in lines {
        if (line.status() == "accepted") == line.url().is_empty() {
            return Err(format!("{} is {} with link {:?}", line.key(), line.status(), line.url()));
        }
        if line.status() != "accepted" {
            continue;
        }
        let other = link_of.insert(line.key(), line.url());
        if other.is_some_and(|other| other != line.url()) {
            return Err(format!("{} has two links", line.key()));
        }
        reported.entry(line.url()).or_default().insert(mark(line.key()));
    }
    for (url, marks) in reported {
        let Some(entry) = entries.iter().find(|entry| entry.url.as_deref() == Some(url)) else {
            return Err(format!("the stand-in never gave {url}"));
        };
        let carried: BTreeSet<String> = entry.flows.iter().map(|flow| flow.key().to_owned()).collect();
        if !entry.is_accepted() || carried != marks || carried.len() != entry.flows.len() {
            return Err(format!("{url} carried {carried:?}, the report says {marks:?}"));
        }
    }
    Ok(())
}

//! What a program is told (`--json`): one document on stdout, whatever happens. It is held
//! until the command has ended, so that each says with which exit code, and when.

use std::ffi::OsString;
use std::sync::{Mutex, OnceLock, PoisonError};

use jiff::ZonedDateTime;
use serde_json::{Map, Value as Json, json};

use crate::report::SCHEMA;
use crate::text::{Lang, Words};

use super::{Exit, typed};

struct Begun {
    at: ZonedDateTime,
    wanted: bool,
}

static BEGUN: OnceLock<Begun> = OnceLock::new();
static HELD: Mutex<Option<Json>> = Mutex::new(None);

/// The command begins now, with these words.
pub fn begin(arguments: &[OsString]) {
    let mut own = arguments.iter().skip(1).take_while(|word| *word != "--");
    let _ = BEGUN.set(Begun { at: ZonedDateTime::now(), wanted: own.any(|word| word == "--json") });
}

/// Whether a program asks. Known before anything is parsed: what is wrong with the flags is
/// told to it, too.
pub fn is_wanted() -> bool {
    BEGUN.get().is_some_and(|begun| begun.wanted)
}

/// What the command has to tell, but for what stands in every document.
pub fn hold(document: &Json) {
    *HELD.lock().unwrap_or_else(PoisonError::into_inner) = Some(document.clone());
}

/// Nothing came of the whole command, for these reasons.
pub fn hold_errors(errors: &[Words]) {
    let errors: Vec<Json> =
        errors.iter().map(|words| json!({"what": words.what, "todo": words.todo})).collect();
    hold(&json!({"kind": "error", "files": [], "error": errors.first(), "errors": errors}));
}

/// Prints the document, if there is to be one. Where it cannot be written the command fails:
/// a program that waits for it must not take silence for an answer.
pub fn finish(lang: Lang, exit: Exit) -> Exit {
    use std::io::Write as _;
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner).take();
    let held = match held {
        Some(held) => held,
        None if is_wanted() && exit != Exit::Done => {
            hold_errors(&[crate::text::console::failure::said_elsewhere(lang)]);
            return finish(lang, exit);
        }
        None => return exit,
    };
    let text = crate::text::escaped(&format!("{:#}", enveloped(held, exit)));
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => exit,
        Err(_) => Exit::Other,
    }
}

/// With what stands in every document.
fn enveloped(held: Json, exit: Exit) -> Json {
    let command = typed::command_typed();
    let mut document = Map::new();
    let now = ZonedDateTime::now();
    let begun = BEGUN.get().map_or(&now, |begun| &begun.at);
    let own = json!({
        "schema": SCHEMA, "kind": command, "command": command, "version": env!("CARGO_PKG_VERSION"),
        "started": rfc_3339(begun), "ended": rfc_3339(&now), "exit_code": exit as u8,
    });
    for part in [own, held] {
        if let Json::Object(part) = part {
            document.extend(part);
        }
    }
    Json::Object(document)
}

pub fn rfc_3339(at: &ZonedDateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

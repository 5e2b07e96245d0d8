//! `flowbatch run --preview`.

use serde_json::{Value as Json, json};

use crate::domain::verdict::Verdict;
use crate::jobs::{Failure, Previewed, Shown};
use crate::messages::reasons;
use crate::text::{Lang, console as words};

use super::{Exit, print, print_document};

/// Says what was shown; returns the exit code.
pub fn shown(lang: Lang, json: bool, result: Result<Vec<Previewed>, Failure>) -> Exit {
    let previewed = match result {
        Ok(previewed) => previewed,
        Err(failure) => return print::command_failure(lang, json, &failure),
    };
    if json {
        let files: Vec<Json> = previewed.iter().map(|one| document(lang, one)).collect();
        print_document(&json!({ "kind": "preview", "files": files }));
    }
    let exits = previewed.iter().map(|one| say(lang, json, one));
    exits.max().unwrap_or(Exit::Done)
}

fn say(lang: Lang, silent: bool, Previewed { path, shown }: &Previewed) -> Exit {
    let (contracts, reason) = match shown {
        Ok((contracts, reason)) => (contracts, reason),
        Err(failure) if silent => return print::exit_of_failure(failure),
        Err(failure) => return print::failure(lang, Some(path), failure),
    };
    if !silent {
        out!("{}", path.display());
        out!("  {}", words::preview::heading(lang, contracts.iter().filter(|one| has_link(one)).count()));
        for Shown { contract, outcome } in contracts {
            out!("    {contract}");
            match outcome.url.as_deref().filter(|_| outcome.verdict == Verdict::Accepted) {
                Some(url) => out!("      {url}"),
                None => out!("      {}", words::preview::no_link(lang, outcome)),
            }
        }
        if let Some(reason) = reason {
            let words = reasons::reason(lang, reason);
            err!("  {}", words.what);
        }
    }
    match reason {
        Some(_) => Exit::Stopped,
        None if contracts.iter().all(has_link) => Exit::Done,
        None => Exit::Rows,
    }
}

fn has_link(shown: &Shown) -> bool {
    shown.outcome.verdict == Verdict::Accepted
}

fn document(lang: Lang, Previewed { path, shown }: &Previewed) -> Json {
    match shown {
        Err(failure) => {
            let words = print::failure_words(lang, failure);
            json!({"file": path, "result": "failed", "what": words.what, "todo": words.todo})
        }
        Ok((contracts, reason)) => {
            let previews: Vec<Json> = contracts
                .iter()
                .map(|Shown { contract, outcome }| {
                    json!({"contract": contract, "url": outcome.url, "code": outcome.code, "message": outcome.message})
                })
                .collect();
            let result = if reason.is_some() { "stopped" } else { "previewed" };
            json!({"file": path, "result": result, "previews": previews})
        }
    }
}

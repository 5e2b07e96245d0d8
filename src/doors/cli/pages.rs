//! `flowbatch pages`, `confirm` and `renew`.

use std::io::{BufRead as _, IsTerminal as _};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::domain::link::is_link;
use crate::jobs::{self, Failure, PageName, Renewed, ToConfirm, Workspace};
use crate::messages::reasons;
use crate::platform::clock::now_us;
use crate::report::PageLine;
use crate::settings::Environment;
use crate::text::console::pages as words;
use crate::text::{Lang, Words};

use super::args::{Common, ConfirmArgs, PagesArgs, RenewArgs, page_name};
use super::jobs::{offline, online};
use super::{Exit, json, print, print_document, progress, tell_error};

pub fn pages(args: &PagesArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let look = || {
        let (settings, journal) = offline(common, environment, lang)?;
        let found = jobs::to_confirm(&journal, &settings.zone, lang, args.of.as_deref())?;
        Ok::<_, Failure>((settings, journal, found))
    };
    let (settings, journal, found) = match look() {
        Ok(found) => found,
        Err(failure) => return print::command_failure(lang, args.json, &failure),
    };
    if args.json {
        let told = found.iter().map(|one| json::to_confirm(lang, &journal, &settings, one));
        return match told.collect::<Result<Vec<_>, _>>() {
            Ok(jobs) => {
                print_document(&json!({ "jobs": jobs }));
                Exit::Done
            }
            Err(failure) => print::command_failure(lang, true, &failure),
        };
    }
    if found.iter().all(|one| one.pages.is_empty()) {
        out!("{}", words::nothing_to_confirm(lang));
        return Exit::Done;
    }
    for one in &found {
        list(lang, one);
    }
    if args.open {
        open_all(lang, &found);
    } else {
        out!("{}", words::how_to_tick(lang));
    }
    Exit::Done
}

fn list(lang: Lang, one: &ToConfirm) {
    let files: Vec<String> = one
        .files
        .iter()
        .map(|file| file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned())
        .collect();
    out!("{}", words::heading(lang, &one.job, &files.join(" + "), one.pages.len(), one.confirmed));
    for page in &one.pages {
        out!("  {}/{} · {}", one.job, page.label, words::age(lang, age_of(page)));
        out!("    {}", page.url);
    }
}

pub fn age_of(page: &PageLine) -> Duration {
    Duration::from_micros(u64::try_from(now_us() - page.prepared_us).unwrap_or(0))
}

/// One after the other; on a terminal the next one waits for a word.
fn open_all(lang: Lang, found: &[ToConfirm]) {
    let asks = std::io::stdin().is_terminal();
    let pages: Vec<_> = found.iter().flat_map(|one| &one.pages).filter(|page| is_link(&page.url)).collect();
    for (number, page) in pages.iter().enumerate() {
        if let Err(error) = open::that_detached(&page.url) {
            err!("{}", words::no_browser(lang, &error.to_string()));
            return;
        }
        if number + 1 == pages.len() {
            return;
        }
        if !asks {
            out!("{}", words::only_the_first(lang));
            return;
        }
        out!("{}", words::next_page(lang, pages.len() - number - 1));
        let mut line = String::new();
        // Without a line there is nobody who would look at another page.
        if !matches!(std::io::stdin().lock().read_line(&mut line), Ok(read) if read > 0) {
            return;
        }
    }
}

pub fn confirm(args: &ConfirmArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let mut names = Vec::new();
    // `JOB P07` as two words, as renew takes it.
    if let [job, page] = args.page.as_slice()
        && page_name(std::slice::from_ref(job)).is_none()
        && page_name(std::slice::from_ref(page)).is_some()
    {
        names.extend(page_name(&args.page));
    }
    let words = if names.is_empty() { args.page.as_slice() } else { &[] };
    for word in words {
        match page_name(std::slice::from_ref(word)) {
            Some(name) => names.push(name),
            None => return no_page_name(lang, word),
        }
    }
    let note = || {
        let (settings, journal) = offline(common, environment, lang)?;
        let journal = Arc::new(journal);
        progress::metrics(lang, &settings, &journal);
        jobs::confirm(&journal, &settings.zone, &names, args.by.as_deref(), args.undo)
    };
    match note() {
        Ok(pages) => {
            for (job, number) in pages {
                out!("{}", words::noted(lang, &crate::report::full_name(&job, number), args.undo));
            }
            Exit::Done
        }
        Err(failure) => print::failure(lang, None, &failure),
    }
}

fn no_page_name(lang: Lang, word: &str) -> Exit {
    tell_error(&Words::new(words::no_page_name(lang, word), ""));
    Exit::Usage
}

pub async fn renew(args: &RenewArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let Some(page) = page_name(&args.page) else { return no_page_name(lang, &args.page.join(" ")) };
    // Before anything is asked: whether there is such a page.
    let found = offline(common, environment, lang)
        .and_then(|(settings, journal)| jobs::find_page(&journal, &settings.zone, &page));
    if let Err(failure) = found {
        return print::command_failure(lang, args.json, &failure);
    }
    if !args.yes && !is_unconfirmed(lang, &page) {
        tell_error(&Words::new(words::renew_needs_a_word(lang), ""));
        return Exit::Usage;
    }
    let renewed = async {
        let workspace = online(args.json, common, environment, lang)?;
        let renewed = jobs::renew(&workspace, lang, &page, args.out.as_deref()).await?;
        Ok((workspace, renewed))
    };
    match renewed.await {
        Err(failure) => print::command_failure(lang, args.json, &failure),
        Ok((workspace, renewed)) => show(args, lang, &workspace, &renewed),
    }
}

/// Only a person can know: the API does not say.
fn is_unconfirmed(lang: Lang, page: &PageName) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    let name = match page {
        PageName::Full(job, number) => crate::report::full_name(job, *number),
        PageName::Number(number) => format!("P{number:02}"),
        PageName::Link(url) => url.clone(),
    };
    err!("{}", words::is_it_unconfirmed(lang, &name));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.is_ok() && words::is_yes(&line)
}

fn show(args: &RenewArgs, lang: Lang, workspace: &Workspace, renewed: &Renewed) -> Exit {
    let (said, exit) = match renewed {
        Renewed::Done(done) => {
            let (page, ran) = done.as_ref();
            if args.json {
                let page = json::page_with(lang, workspace, page);
                print_document(
                    &json!({"result": "renewed", "page": page, "reports": ran.written.files, "group_pages": json::group_pages(&ran.written.parts)}),
                );
            } else {
                out!("{}", words::renewed(lang));
                out!("  {}", page.label);
                out!("    {}", page.url);
                print::files(lang, ran);
            }
            return if ran.misplaced.is_some() { Exit::Other } else { Exit::Done };
        }
        Renewed::Refused(outcome) => (words::not_renewed(lang, outcome), Exit::Stopped),
        Renewed::Stopped(reason) => {
            (words::not_answered(lang, &reasons::reason(lang, reason)), Exit::Stopped)
        }
    };
    if args.json {
        print_document(&json!({"result": "not_renewed", "what": said.what, "todo": said.todo}));
    } else {
        err!("{}", said.what);
        err!("  {}", said.todo);
    }
    exit
}

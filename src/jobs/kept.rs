//! What a report was written with where it stands. Whoever brings it up to date from elsewhere
//! may have other settings: they change nothing of it, and above all show nobody whose data was
//! hidden there.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::domain::wishes::{Format, Wishes};
use crate::journal::Journal;
use crate::report::{Part, Parts, ReportInput, ReportOptions, Written, parts_there};
use crate::settings::Settings;
use crate::text::Lang;

use super::job_origin::{JobOrigin, Place};
use super::{Request, Workspace};

/// Of the web pages of single values no more than a keyed hash of the name is kept: the values
/// may be names of people, and this outlives the job's data.
const HASH: usize = 8;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    dir: PathBuf,
    stem: String,
    wishes: Wishes,
    /// None: it has no name.
    zone: Option<String>,
    lang: String,
    parts: Vec<String>,
    /// Why there are none.
    too_many: Option<usize>,
    lacks_column: bool,
}

impl Kept {
    /// Of a report that was just written, or stands there as it was.
    fn of(
        written: &Written,
        source: &ReportInput<'_>,
        options: &ReportOptions<'_>,
        journal: &Journal,
    ) -> Self {
        let (dir, stem) = Place { dir: options.dir, stem: options.stem }.absolute();
        let own: HashSet<&Path> = written.parts.files.iter().map(|part| part.path.as_path()).collect();
        let there = parts_there(source, options).into_iter().filter(|part| own.contains(part.path.as_path()));
        Self {
            dir,
            stem,
            wishes: Wishes {
                group_by: options.group_by.map(str::to_owned),
                ..options.wishes.clone().into_owned()
            },
            zone: options.zone.iana_name().map(str::to_owned),
            lang: options.lang.pick("zh", "en").to_owned(),
            parts: there.map(|part| hash(journal, &part)).collect(),
            too_many: written.parts.too_many,
            lacks_column: written.parts.lacks_column,
        }
    }

    /// Of one that is still to be written: whoever comes first hides as much.
    pub fn wished(place: Place<'_>, request: &Request, settings: &Settings) -> Self {
        let (dir, stem) = place.absolute();
        let group_by = request.group_by.clone().or_else(|| settings.report.group_by.clone());
        Self {
            dir,
            stem,
            wishes: Wishes { group_by, ..settings.report.clone() },
            zone: settings.zone.iana_name().map(str::to_owned),
            lang: request.lang.pick("zh", "en").to_owned(),
            parts: Vec::new(),
            too_many: None,
            lacks_column: false,
        }
    }

    fn is_at(&self, (dir, stem): &(PathBuf, String)) -> bool {
        self.dir == *dir && self.stem == *stem
    }

    fn lang(&self) -> Lang {
        if self.lang == "en" { Lang::En } else { Lang::Zh }
    }
}

fn hash(journal: &Journal, part: &Part) -> String {
    let hash = journal.keyed_hash(&[b"part", part.name.as_bytes()]);
    hex::encode(hash.get(..HASH).unwrap_or(&hash))
}

impl JobOrigin {
    fn kept_at(&self, place: Place<'_>) -> Option<&Kept> {
        let place = place.absolute();
        self.kept.iter().find(|kept| kept.is_at(&place))
    }

    pub fn keep(&mut self, kept: Kept) {
        self.forget_kept(&(kept.dir.clone(), kept.stem.clone()));
        self.kept.push(kept);
    }

    /// Somebody has named the folder: what the report there was written with counts no more.
    pub fn forget_kept(&mut self, place: &(PathBuf, String)) {
        self.kept.retain(|kept| !kept.is_at(place));
    }

    /// Its reports have another place.
    pub fn move_kept(&mut self, from: &(PathBuf, String), to: &(PathBuf, String)) {
        if from != to {
            self.forget_kept(to);
        }
        for kept in self.kept.iter_mut().filter(|kept| kept.is_at(from)) {
            (kept.dir, kept.stem) = to.clone();
        }
    }
}

impl<'a> Place<'a> {
    /// For a command that is to write there: with its own settings, but for data that was
    /// hidden there.
    pub fn options(self, lang: Lang, workspace: &'a Workspace, about: &'a JobOrigin) -> ReportOptions<'a> {
        let own = &workspace.settings.report;
        let hides = own.mask || about.kept_at(self).is_some_and(|kept| kept.wishes.mask);
        let wishes = match hides == own.mask {
            true => Cow::Borrowed(own),
            false => Cow::Owned(Wishes { mask: hides, ..own.clone() }),
        };
        let group_by = about.group_by.as_deref().or(own.group_by.as_deref());
        self.with(lang, workspace.settings.zone.clone(), (wishes, group_by), workspace, about)
    }

    /// For bringing up to date what stands there, whoever does it: as it was written.
    pub fn options_again(
        self,
        lang: Lang,
        workspace: &'a Workspace,
        about: &'a JobOrigin,
    ) -> ReportOptions<'a> {
        let Some(kept) = about.kept_at(self) else { return self.options(lang, workspace, about) };
        let zone = kept.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let zone = zone.unwrap_or_else(|| workspace.settings.zone.clone());
        let group_by = kept.wishes.group_by.as_deref();
        self.with(kept.lang(), zone, (Cow::Borrowed(&kept.wishes), group_by), workspace, about)
    }

    fn with(
        self,
        lang: Lang,
        zone: TimeZone,
        (wishes, group_by): (Cow<'a, Wishes>, Option<&'a str>),
        workspace: &'a Workspace,
        about: &'a JobOrigin,
    ) -> ReportOptions<'a> {
        ReportOptions {
            dir: self.dir,
            stem: self.stem,
            lang,
            zone,
            notes: &about.notes,
            renamed: &about.renamed,
            all_sheets: about.all_sheets,
            marks: &about.given_marks,
            journal: Some(&workspace.journal),
            sandbox: workspace.sandbox,
            starts: about.starts,
            wishes,
            group_by,
            access: about.access_now(),
        }
    }

    /// What is to be kept of a report that was just written.
    pub fn kept(written: &Written, source: &ReportInput<'_>, options: &ReportOptions<'_>) -> Option<Kept> {
        options.journal.map(|journal| Kept::of(written, source, options, journal))
    }

    /// The web pages of single values as they stand there; `None`: one of them is missing.
    pub fn parts(
        self,
        source: &ReportInput<'_>,
        options: &ReportOptions<'_>,
        about: &JobOrigin,
    ) -> Option<Parts> {
        let column = options.group_by.filter(|_| options.wishes.has(Format::Html));
        let (Some(column), Some(journal)) = (column, options.journal) else { return Some(Parts::default()) };
        let kept = about.kept_at(self).filter(|kept| kept.wishes.group_by.as_deref() == Some(column))?;
        let wanted: HashSet<&str> = kept.parts.iter().map(String::as_str).collect();
        let mut files = parts_there(source, options);
        files.retain(|part| wanted.contains(hash(journal, part).as_str()));
        let is_whole = files.len() == wanted.len();
        is_whole.then(|| Parts {
            column: column.to_owned(),
            files,
            too_many: kept.too_many,
            lacks_column: kept.lacks_column,
        })
    }
}

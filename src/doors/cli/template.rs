//! `flowbatch template`.

use std::io::ErrorKind;

use crate::domain::field::FORM_FIELD_NAME_LIMIT;
use crate::domain::template::{Answered, Template};
use crate::jobs;
use crate::settings::Environment;
use crate::template::{TemplateError, Wish, write};
use crate::text::{Lang, template as words};

use super::args::{Common, TemplateArgs};
use super::jobs::online;
use super::{Exit, print};

pub async fn template(args: &TemplateArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    // Looked at before anything is asked.
    if !args.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx")) {
        err!("{}", words::not_xlsx(lang, &args.file.display().to_string()));
        return Exit::Usage;
    }
    let told = match &args.from_template {
        None => None,
        Some(id) => match ask(id.trim(), common, environment, lang).await {
            Ok(template) => Some(template),
            Err(exit) => return exit,
        },
    };
    let wish = Wish {
        template: told,
        lang,
        wide: args.wide.map(usize::from),
        template_id: args.template_id.clone(),
        fields: field_names(&args.fields),
    };
    let path = args.file.display().to_string();
    if let Some(long) = wish.fields.iter().find(|name| name.chars().count() > FORM_FIELD_NAME_LIMIT) {
        err!("{}", words::long_field(lang, long, FORM_FIELD_NAME_LIMIT));
        return Exit::Usage;
    }
    match write(&args.file, &wish) {
        Ok(()) => {
            out!("{}", words::written(lang, &path));
            Exit::Done
        }
        Err(error) => {
            let exists = matches!(error, TemplateError::Io(ErrorKind::AlreadyExists));
            let line = match &error {
                TemplateError::Io(ErrorKind::AlreadyExists) => words::exists(lang, &path),
                TemplateError::Io(ErrorKind::NotFound) => words::no_folder(lang, &path),
                _ => words::failed(lang, &path, &error.to_string()),
            };
            err!("{line}");
            if exists { Exit::Usage } else { Exit::Other }
        }
    }
}

/// The template as the API has it.
async fn ask(id: &str, common: &Common, environment: &Environment, lang: Lang) -> Result<Template, Exit> {
    let answered = match online(false, common, environment, lang) {
        Ok(workspace) => jobs::ask_template(&workspace, lang, id).await,
        Err(failure) => Err(failure),
    };
    match answered {
        Ok(Answered::Template(template)) if template.tells_components() => {
            std::sync::Arc::into_inner(template).ok_or(Exit::Other)
        }
        Ok(Answered::Template(_)) => {
            err!("{}", words::nothing_told(lang, id));
            Err(Exit::Input)
        }
        Ok(Answered::Unknown(said)) => {
            err!("{}", words::no_such_template(lang, id, said.as_deref().unwrap_or_default()));
            Err(Exit::Input)
        }
        Err(failure) => Err(print::failure(lang, None, &failure)),
    }
}

/// Each once, and without the `field:` that the header gets anyway.
fn field_names(given: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let separators = |letter: char| letter == ',' || words::FIELD_SEPARATORS.contains(&letter);
    for name in given.iter().flat_map(|names| names.split(separators)) {
        let name = words::bare_form_field(name);
        if !name.is_empty() && !names.iter().any(|own| own == name) {
            names.push(name.to_owned());
        }
    }
    names
}

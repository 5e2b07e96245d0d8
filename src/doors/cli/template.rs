//! `flowbatch template`.

use std::io::ErrorKind;

use crate::domain::field::FORM_FIELD_NAME_LIMIT;
use crate::template::{TemplateError, Wish, write};
use crate::text::{Lang, template as words};

use super::Exit;
use super::args::TemplateArgs;

pub fn template(args: &TemplateArgs, lang: Lang) -> Exit {
    let wish = Wish {
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
    if !args.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx")) {
        err!("{}", words::not_xlsx(lang, &path));
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

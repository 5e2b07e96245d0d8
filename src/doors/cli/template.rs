//! `flowbatch template`.

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
        tell!("{}", words::long_field(lang, long, FORM_FIELD_NAME_LIMIT));
        return Exit::Usage;
    }
    if !args.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx")) {
        tell!("{}", words::not_xlsx(lang, &path));
        return Exit::Usage;
    }
    match write(&args.file, &wish) {
        Ok(()) => {
            say!("{}", words::written(lang, &path));
            Exit::Done
        }
        Err(error) => {
            let exists = matches!(error, TemplateError::Io(std::io::ErrorKind::AlreadyExists));
            let missing = matches!(error, TemplateError::Io(std::io::ErrorKind::NotFound));
            let why = match missing {
                true => lang.pick("没有这个文件夹", "there is no such folder").to_owned(),
                false => error.to_string(),
            };
            tell!("{}", words::failed(lang, &path, exists, &why));
            if exists { Exit::Usage } else { Exit::Other }
        }
    }
}

/// Each once, and without the `field:` that the header gets anyway.
fn field_names(given: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in given {
        let bare =
            ["field:", "field：", "填写:", "填写："].iter().find_map(|word| name.trim().strip_prefix(word));
        let name = bare.unwrap_or(name).trim();
        if !name.is_empty() && !names.iter().any(|own| own == name) {
            names.push(name.to_owned());
        }
    }
    names
}

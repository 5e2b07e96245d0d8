//! `flowbatch template`.

use crate::template::{TemplateError, Wish, write};
use crate::text::{Lang, template as words};

use super::Exit;
use super::args::TemplateArgs;

pub fn template(args: &TemplateArgs, lang: Lang) -> Exit {
    let wish = Wish {
        lang,
        wide: args.wide.map(usize::from),
        template_id: args.template_id.clone(),
        fields: args
            .fields
            .iter()
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect(),
    };
    let path = args.file.display().to_string();
    match write(&args.file, &wish) {
        Ok(()) => {
            say!("{}", words::written(lang, &path));
            Exit::Done
        }
        Err(error) => {
            let exists = matches!(error, TemplateError::Io(std::io::ErrorKind::AlreadyExists));
            tell!("{}", words::failed(lang, &path, exists, &error.to_string()));
            if exists { Exit::Usage } else { Exit::Other }
        }
    }
}

//! Help and usage errors for those who read Chinese.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, ArgAction, Command};

use crate::text::help;

/// The same commands with Chinese help.
pub fn translated(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let about = help::command(&name);
    let command = command.mut_args(|argument| match help::argument(argument.get_id().as_str()) {
        Some(words) => {
            let heading = if argument.is_positional() { "参数" } else { "选项" };
            // Its values and its default are in the words already.
            let takes_value = argument.get_action().takes_values();
            argument
                .help(words)
                .long_help(None)
                .help_heading(heading)
                .hide_possible_values(takes_value)
                .hide_default_value(takes_value)
        }
        None => argument,
    });
    let own = |id: &'static str, short: char, action: ArgAction| {
        Arg::new(id)
            .short(short)
            .long(id)
            .action(action)
            .help(help::argument(id).unwrap_or_default())
            .help_heading("选项")
    };
    let command =
        command.disable_help_flag(true).disable_help_subcommand(true).arg(own("help", 'h', ArgAction::Help));
    let command = match command.get_version() {
        Some(_) => command.disable_version_flag(true).arg(own("version", 'V', ArgAction::Version)),
        None => command,
    };
    let command = if name == "run" { command.after_help(help::EXIT_CODES) } else { command };
    let command = command
        .mut_subcommands(translated)
        .subcommand_help_heading("命令")
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}");
    match about {
        Some(about) => command.about(about).long_about(None),
        None => command,
    }
}

/// In Chinese, or clap's own words where there are none.
pub fn usage(error: &Error) -> Option<String> {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (word, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let kind = match error.kind() {
        ErrorKind::UnknownArgument => "unknown_argument",
        ErrorKind::InvalidSubcommand => "invalid_subcommand",
        ErrorKind::MissingSubcommand => "missing_subcommand",
        ErrorKind::MissingRequiredArgument => "missing_argument",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => "missing_value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "invalid_value",
        ErrorKind::ArgumentConflict | ErrorKind::TooManyValues => "conflict",
        _ => return None,
    };
    let word = if kind == "invalid_subcommand" { text(ContextKind::InvalidSubcommand) } else { word };
    let mut said = help::usage(kind, &word, &value)?;
    let valid = text(ContextKind::ValidValue);
    if !valid.is_empty() {
        said.push_str(&format!("；可用：{valid}"));
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(text).concat();
    if !near.is_empty() {
        said.push_str(&format!("；是不是 {near}？"));
    }
    Some(format!("{said}\n{}", help::SEE_HELP))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::super::args::Arguments;
    use super::*;

    fn without_words(command: &Command, found: &mut Vec<String>) {
        if help::command(command.get_name()).is_none() {
            found.push(command.get_name().to_owned());
        }
        let arguments = command.get_arguments().map(|argument| argument.get_id().as_str());
        found.extend(arguments.filter(|name| help::argument(name).is_none()).map(str::to_owned));
        command.get_subcommands().for_each(|own| without_words(own, found));
    }

    #[test]
    fn every_command_and_flag_has_chinese_words() {
        let mut found = Vec::new();
        without_words(&Arguments::command(), &mut found);
        assert_eq!(found, Vec::<String>::new());
        translated(Arguments::command()).debug_assert();
    }
}

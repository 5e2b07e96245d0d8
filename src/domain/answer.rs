//! What answers a question: options of the command line, each of which has a key in
//! `[sheet]` or `[columns]` of config.toml, too.

use super::field::FieldId;
use super::problem::{Place, Problem, Rule, Severity, SignerMatter};

/// An option without its dashes, and its value; a switch has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub option: &'static str,
    pub value: Option<String>,
}

/// What a question may be answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The one that a command is made ready with.
    pub words: Vec<Word>,
    /// The one that says the opposite, if there is one.
    pub otherwise: Vec<Word>,
}

impl Answer {
    fn of(words: Vec<Word>, otherwise: Vec<Word>) -> Self {
        Self { words, otherwise }
    }
}

impl Word {
    fn new(option: &'static str, value: impl Into<String>) -> Self {
        // A header of two lines is found by one.
        let value = value.into().chars().filter(|c| !c.is_control()).collect();
        Self { option, value: Some(value) }
    }

    /// A name that a person can type in one line.
    fn map(header: &str, gives: &str) -> Self {
        Self::new("map", format!("{header}={gives}"))
    }
}

/// What takes a column out, and what says that each row is a contract.
pub const IGNORE: &str = "ignore";
pub const EACH_ROW: &str = "row";

impl Problem {
    /// What answers it, if the command line can.
    pub fn answer(&self) -> Option<Answer> {
        self.rule.answer(&self.place)
    }

    /// Of what has no ready answer, because it is a slip most likely: what says that it is meant as it stands.
    pub fn if_meant(&self) -> Option<Word> {
        if !self.stops() || self.answer().is_some() {
            return None;
        }
        let as_text = || Some(Word::new("as-text", self.place.column.as_ref()?.header.to_string()));
        match &self.rule {
            Rule::ContractsLackParty { .. } => Some(Word::new("missing-party", "send")),
            Rule::SubmittedTwice(_) => Some(Word::new("submitted-twice", "send")),
            Rule::CommentsSay { .. } => Some(Word::new("comments", "ignore")),
            Rule::SaidBeside { .. } => Some(Word::new("odd-rows", "skip")),
            Rule::NotToSend { row, header, .. } if row > header => Some(Word::new("odd-rows", "skip")),
            Rule::FormFieldUndecided { .. }
            | Rule::ComponentOfAnother { .. }
            | Rule::ComponentsDisagree { .. }
            | Rule::ZerosAmongTexts { .. }
            | Rule::SerialsAmongDates { .. }
            | Rule::DatesAmongCodes { .. }
            | Rule::FormEpoch { .. }
            | Rule::FormFieldSaysNo { .. } => as_text(),
            _ => None,
        }
    }
}

impl Rule {
    /// `place`: where it was found, for what it says of one column.
    pub fn answer(&self, place: &Place) -> Option<Answer> {
        // A column without a header cannot be named.
        let is_named = |word: &Word| word.value.as_deref().is_none_or(|value| !value.starts_with('='));
        // A condition ends at the first `=`.
        let has_sign = place.column.as_ref().is_some_and(|column| column.header.contains('='));
        let is_named = |word: &Word| is_named(word) && !(has_sign && word.option == "where");
        self.wanted(place).filter(|answer| answer.words.iter().all(is_named))
    }

    fn wanted(&self, place: &Place) -> Option<Answer> {
        let header = || place.column.as_ref().map(|column| column.header.to_string());
        let ignored = || vec![Word::map(&header().unwrap_or_default(), IGNORE)];
        let mapped = |gives: &str| vec![Word::map(&header().unwrap_or_default(), gives)];
        let all =
            |map: &[(String, String)]| map.iter().map(|(header, gives)| Word::map(header, gives)).collect();
        let none =
            |map: &[(String, String)]| map.iter().map(|(header, _)| Word::map(header, IGNORE)).collect();
        let switch = |option| vec![Word { option, value: None }];
        Some(match self {
            // Half an answer leads to the next question.
            Self::HeaderNotFound { row: Some(_), map, missing, .. }
                if !map.is_empty() && missing.is_empty() =>
            {
                // With these names the row is found; that it is said as well would pass for an answer
                // to what stands above it.
                Answer::of(all(map), Vec::new())
            }
            Self::ColumnNearlyFormField { suggestion } | Self::ColumnNearlyDefaulted { suggestion } => {
                Answer::of(mapped(suggestion), ignored())
            }
            Self::ColumnBeside { open: true, .. } => return None,
            // What the sheet says of the hour would be left out.
            Self::DeadlineTimeBeside { .. } => return None,
            // Without it a contract lacks whom it is for.
            Self::ColumnNearlySigner { of_party: true } => return None,
            Self::ColumnNearlySigner { .. } | Self::ColumnBeside { .. } => Answer::of(ignored(), Vec::new()),
            Self::ColumnNearlyCopies { map } if map.is_empty() => Answer::of(ignored(), Vec::new()),
            Self::ColumnNearlyCopies { map } => Answer::of(all(map), none(map)),
            Self::MobileBehind { his: true, .. } => return None,
            Self::MobileBehind { .. } => Answer::of(mapped("approver.mobile"), ignored()),
            Self::IdNumberBehind { .. } => Answer::of(ignored(), mapped("approver.id_card_number")),
            Self::AnsweredNearly { map, only, key } => {
                let conditions = only.iter().map(|(header, values)| format!("{header}={}", values.join("|")));
                let words =
                    all(map).into_iter().chain(conditions.map(|condition| Word::new("where", condition)));
                let ignored = only.iter().map(|(header, _)| Word::map(header, IGNORE));
                let other: Vec<Word> = none(map).into_iter().chain(ignored).collect();
                Answer::of(
                    words.chain(key.iter().map(|key| Word::new("key", key.clone()))).collect(),
                    other.into_iter().chain(key.iter().map(|_| Word::new("key", EACH_ROW))).collect(),
                )
            }
            Self::TermOrDeadline { soon: true } => Answer::of(mapped("deadline"), ignored()),
            // By its header it is the deadline, so nothing was a slip.
            Self::DeadlineFarAhead { said: true, .. } => Answer::of(mapped("deadline"), Vec::new()),
            // Years ahead the contract ends, most likely, and not the time to sign in.
            Self::DeadlineFarAhead { .. } => Answer::of(ignored(), mapped("deadline")),
            Self::ColumnNoOpenId { field, .. } => Answer::of(ignored(), mapped(field)),
            Self::ColumnNearlyType { unreadable: true, .. } => return None,
            Self::ColumnNearlyType { .. } => Answer::of(mapped("approver.type"), ignored()),
            Self::SignerUnclear { open: true, .. } => return None,
            // Then nobody would sign.
            Self::SignerUnclear { map, alone: true, .. } if map.iter().all(|(_, gives)| gives == IGNORE) => {
                return None;
            }
            Self::SignerUnclear { map, .. } => {
                let otherwise =
                    if map.iter().all(|(_, gives)| gives == IGNORE) { Vec::new() } else { none(map) };
                Answer::of(all(map), otherwise)
            }
            // Whatever type they have: one template is meant for all.
            Self::TemplatesDiffer { templates, is_sent: true } => {
                let one = format!("{}={}", header()?, templates.first()?);
                Answer::of(vec![Word::new("where", one)], mapped("flow_type"))
            }
            // The sheet names another company than the one that would sign.
            Self::PartiesDiffer { own: Some(_), .. } => return None,
            Self::PartiesDiffer { parties: values, .. } | Self::TemplatesDiffer { templates: values, .. } => {
                let one = format!("{}={}", header()?, values.first()?);
                Answer::of(vec![Word::new("where", one)], ignored())
            }
            Self::PapersBeside { papers, tick } => {
                let ignored = papers.iter().map(|header| Word::map(header, IGNORE)).collect();
                match (papers.first(), tick) {
                    (Some(first), Some(tick)) => {
                        Answer::of(vec![Word::new("where", format!("{first}={tick}"))], ignored)
                    }
                    _ => Answer::of(ignored, Vec::new()),
                }
            }
            // A day in one column and a time in another are one deadline.
            Self::ColumnTwice { field, .. } if field == "deadline" => return None,
            // Of two columns that are called alike no name takes one.
            Self::ColumnTwice { alike: false, .. } => Answer::of(ignored(), Vec::new()),
            Self::SendBlank { value, .. } => {
                Answer::of(vec![Word::new("where", format!("{}={value}", header()?))], ignored())
            }
            Self::ColumnNearlySend { other_number: true, meant: None, .. } => {
                Answer::of(ignored(), Vec::new())
            }
            Self::ColumnNearlySend { maps: true, .. } => Answer::of(mapped("send"), ignored()),
            Self::ColumnNearlySend { meant: Some(value), .. } => {
                Answer::of(vec![Word::new("where", format!("{}={value}", header()?))], ignored())
            }
            Self::RowAlmostEmpty { keyed: false, .. } => {
                Answer::of(vec![Word::new("odd-rows", "skip")], Vec::new())
            }
            // Where a whole sheet is left out nothing is left, and what sends a sheet called 作废 is no ready answer.
            Self::RowsBelow { title_row: 0, .. } => return None,
            Self::RowsBelow { .. } => {
                Answer::of(vec![Word::new("odd-rows", "skip")], vec![Word::new("odd-rows", "send")])
            }
            Self::RowsHeldTogether { wide: true, .. } => {
                Answer::of(vec![Word::new("key", EACH_ROW)], Vec::new())
            }
            // The key alone would put together what stands in two buildings.
            Self::ColumnNearlyKey { beside, .. } | Self::RowsHeldTogether { beside, .. }
                if !beside.is_empty() =>
            {
                return None;
            }
            Self::RowsHeldTogether { open: true, .. } => return None,
            // Who has the same salary is no signer of the same contract.
            Self::RowsHeldTogether { component: true, .. } => {
                Answer::of(vec![Word::new("key", EACH_ROW)], Vec::new())
            }
            Self::ColumnNearlyKey { for_all: true, .. } => {
                Answer::of(vec![Word::new("key", EACH_ROW)], vec![Word::new("key", header()?)])
            }
            Self::ColumnNearlyKey { .. } => {
                Answer::of(vec![Word::new("key", header()?)], vec![Word::new("key", EACH_ROW)])
            }
            Self::RowsHeldTogether { header, .. } => {
                Answer::of(vec![Word::new("key", header.clone())], vec![Word::new("key", EACH_ROW)])
            }
            Self::SecondNumber { header, .. } => {
                Answer::of(vec![Word::new("key", header.clone())], ignored())
            }
            Self::NumberTwice { header, others, .. } => {
                let no_number = if *others == 0 { ignored() } else { Vec::new() };
                Answer::of(vec![Word::new("key", header.clone())], no_number)
            }
            Self::RowsOutOfOrder { is_sent: false, .. } => Answer::of(ignored(), Vec::new()),
            // Which row holds is a person's to say.
            Self::SubmittedTwice(_) => return None,
            Self::SignersChangePlaces { .. } => {
                Answer::of(vec![Word::new("signer-order", "rows")], Vec::new())
            }
            Self::SignerMayBeCompany { map, company, signs, .. } => {
                let company = company.iter().map(|(header, gives)| Word::map(header, gives)).collect();
                if *signs { Answer::of(company, all(map)) } else { Answer::of(all(map), company) }
            }
            Self::SignersOutOfOrder { columns, .. } => {
                Answer::of(columns.iter().map(|header| Word::map(header, IGNORE)).collect(), Vec::new())
            }
            // It is said by the key already that its rows are one contract.
            Self::ColumnStruck { header, needed: false } => {
                Answer::of(vec![Word::map(header, IGNORE)], Vec::new())
            }
            Self::NumbersOfParties { header, .. } | Self::NumberIsWord { header, for_all: false, .. } => {
                Answer::of(vec![Word::new("key", header.clone())], Vec::new())
            }
            Self::HeldByHeadings { .. } | Self::RowsGrouped { .. } => {
                Answer::of(vec![Word::new("key", EACH_ROW)], Vec::new())
            }
            Self::NumberApart { header, key_answers: true, .. } => {
                Answer::of(vec![Word::new("key", header.clone())], Vec::new())
            }
            // Who has filled in a form twice has done so at two times.
            Self::RowsDiffer { by_time: true, .. } => return None,
            Self::RowsDiffer { header, tells_apart: true, .. } => {
                let repeated = vec![Word::map(header, IGNORE)];
                Answer::of(vec![Word::new("key", header.clone())], repeated)
            }
            Self::ColumnsHidden { beside_signers: Some(others), .. } => {
                let send = Word::new("hidden-columns", "send");
                Answer::of(
                    [send].into_iter().chain(others.iter().map(|own| Word::map(own, IGNORE))).collect(),
                    Vec::new(),
                )
            }
            Self::ColumnsHidden { .. } => Answer::of(
                vec![Word::new("hidden-columns", "skip")],
                vec![Word::new("hidden-columns", "send")],
            ),
            // The cells are wrong, most likely: that they go as they stand is no answer to be made ready.
            Self::SerialsAmongDates { .. }
            | Self::ZerosAmongTexts { .. }
            | Self::DatesAmongCodes { .. }
            | Self::FormEpoch { .. }
            | Self::FormFieldUndecided { .. }
            | Self::ComponentOfAnother { .. }
            | Self::ComponentsDisagree { .. }
            | Self::FormFieldSaysNo { .. } => return None,
            Self::RowHidden | Self::RowStruck => {
                Answer::of(vec![Word::new("hidden-rows", "skip")], vec![Word::new("hidden-rows", "send")])
            }
            Self::TableAbove { other, header, said: false, .. } => Answer::of(
                vec![Word::new("header-row", header.to_string())],
                vec![Word::new("header-row", other.to_string())],
            ),
            // 李四不用发: what sends all the same is no ready answer to it.
            Self::NotToSend { .. }
            | Self::SaidBeside { .. }
            | Self::CountStated { .. }
            | Self::PaperDiffers { .. }
            | Self::FormValueNewer { .. } => return None,
            Self::DeadlineAbove { header, said: false, until: Some(day), .. } => {
                let header = Word::new("header-row", header.to_string());
                let value = Word::new("default", format!("{}={day}", FieldId::Deadline.name()));
                Answer::of(vec![value], vec![header])
            }
            Self::SaidAbove { header, said: false, field, value: Some(value), .. } => {
                let header = Word::new("header-row", header.to_string());
                Answer::of(vec![Word::new("default", format!("{field}={value}"))], vec![header])
            }
            // 本周五前签署: the day is a person's to say.
            Self::DeadlineAbove { until: None, .. } | Self::SaidAbove { several: true, .. } => return None,
            Self::SaidAbove { header, said: false, .. } | Self::PartyAbove { header, said: false, .. } => {
                Answer::of(vec![Word::new("header-row", header.to_string())], Vec::new())
            }
            Self::RowsLackParty { .. } => {
                Answer::of(vec![Word::new("missing-party", "skip")], vec![Word::new("missing-party", "send")])
            }
            Self::RowsDoubtful { .. } => {
                Answer::of(vec![Word::new("odd-rows", "skip")], vec![Word::new("odd-rows", "send")])
            }
            // A minor, or whoever is not the one who signs: what sends it all the same is no ready answer.
            Self::ColumnOfSigners { matter, .. } if *matter != SignerMatter::Count => return None,
            Self::KeysBlank | Self::ColumnOfSigners { .. } | Self::CellsDefaulted { for_all: true, .. } => {
                Answer::of(ignored(), Vec::new())
            }
            Self::DefaultOfJob { field, value } => {
                Answer::of(vec![Word::new("default", format!("{field}={value}"))], Vec::new())
            }
            // Whoever is not to be sent a contract has to be taken out of the sheet.
            Self::CommentsSay { leaves_out: true, .. } => return None,
            Self::CommentsSay { .. } => Answer::of(vec![Word::new("comments", "ignore")], Vec::new()),
            // Whether it is that column, and who signs, is for a person to say.
            Self::FieldsLacking { near: Some(_), .. } | Self::FieldsLacking { terms: true, .. } => {
                return None;
            }
            Self::FieldsLacking { .. } => Answer::of(vec![Word::new("missing-fields", "send")], Vec::new()),
            // Whoever is on the list of those who have left goes only by somebody's own word.
            Self::SheetLeavesOut { .. } => return None,
            Self::SheetSaysMore { used, joined: Some(header), .. } => {
                let alone = used.iter().map(|sheet| Word::new("sheet", sheet.clone())).collect();
                Answer::of(vec![Word::map(header, FieldId::ContractId.name())], alone)
            }
            // The settings' name for all would be against what the sheet says of each.
            Self::SheetSaysMore { field, .. }
                if [FieldId::FlowName, FieldId::Send].iter().any(|own| field == own.name()) =>
            {
                return None;
            }
            Self::SheetsWithPeople { used, .. } | Self::SheetSaysMore { used, .. } => {
                Answer::of(used.iter().map(|sheet| Word::new("sheet", sheet.clone())).collect(), Vec::new())
            }
            Self::SheetsToChoose { sheets, .. } => {
                Answer::of(vec![Word::new("sheet", sheets.first()?.clone())], switch("all-sheets"))
            }
            _ => return None,
        })
    }
}

impl Problem {
    /// Whether an option that answers something else would also settle this.
    fn is_silenced_by(&self, word: &Word) -> bool {
        let is_of_column = || {
            let header = self.place.column.as_ref().map(|column| &*column.header);
            matches!(self.rule, Rule::ColumnNearlySend { .. })
                && header.is_some()
                && header == header_of(word)
        };
        let (line, header) = match &self.rule {
            Rule::DeadlineAbove { row, header, .. }
            | Rule::SaidAbove { row, header, .. }
            | Rule::NotToSend { row, header, .. }
            | Rule::PartyAbove { row, header, .. } => (*row, *header),
            Rule::CountStated { .. } => (0, 0),
            Rule::SaidBeside { .. } => (u32::MAX, 0),
            // Whoever names the sheets has settled what the others say.
            Rule::SheetLeavesOut { .. } | Rule::SheetListsSome { .. } | Rule::SheetSaysMore { .. } => {
                return word.option == "sheet";
            }
            _ => return word.option == "where" && is_of_column(),
        };
        match word.option {
            "header-row" => line <= header,
            "odd-rows" => line > header || matches!(self.rule, Rule::CountStated { .. }),
            _ => false,
        }
    }
}

impl Problem {
    /// A line above the header says something.
    fn is_of_a_line(&self) -> bool {
        matches!(
            self.rule,
            Rule::DeadlineAbove { .. }
                | Rule::SaidAbove { .. }
                | Rule::NotToSend { .. }
                | Rule::PartyAbove { .. }
        )
    }
}

/// What answers all of them, each option once.
pub fn joined<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Vec<Word> {
    let problems: Vec<&Problem> = problems.into_iter().collect();
    // Of several sheets the first is offered: what is asked of the others is not answered with it.
    let chosen = sheets_to_choose(&problems).and_then(|sheets| sheets.first());
    join(&problems, chosen.map(String::as_str))
}

/// Whether some question stays when all of [`joined`] was said: it has to be answered in the sheet.
pub fn leave_some_open<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> bool {
    let problems: Vec<&Problem> = problems.into_iter().collect();
    let chosen = sheets_to_choose(&problems).and_then(|sheets| sheets.first());
    let words = join(&problems, chosen.map(String::as_str));
    let is_of_another = |own: &&Problem| {
        chosen.is_some_and(|chosen| own.place.sheet.as_deref().is_some_and(|sheet| sheet != chosen))
    };
    let is_open = |own: &&Problem| match own.answer() {
        None => true,
        Some(answer) => !answer.words.iter().any(|word| words.contains(word)),
    };
    let mut asked = problems.iter().copied().filter(|own| own.rule.severity() == Severity::Question);
    asked.any(|own| !is_of_another(&own) && is_open(&own))
}

/// The same where all of the sheets are meant that are to be chosen from; empty where there are none.
pub fn joined_with_all_sheets<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Vec<Word> {
    let problems: Vec<&Problem> = problems.into_iter().collect();
    let Some(sheets) = sheets_to_choose(&problems).filter(|sheets| sheets.len() > 1) else {
        return Vec::new();
    };
    // What holds for one of them would be said of the others as well.
    let once = |word: &Word| !["map", "where", "as-text", "sheet"].contains(&word.option);
    let answers = problems.iter().filter_map(|problem| Some((problem, problem.answer()?)));
    let mut said: Vec<(Word, Option<&str>)> = Vec::new();
    for (problem, answer) in answers {
        let sheet = problem.place.sheet.as_deref();
        said.extend(answer.words.into_iter().filter(once).map(|word| (word, sheet)));
    }
    let is_of_some = |(word, sheet): &(Word, Option<&str>)| {
        let has_it = |name: &String| said.contains(&(word.clone(), Some(name.as_str())));
        sheet.is_some() && !sheets.iter().all(has_it)
    };
    if said.iter().any(is_of_some) {
        return Vec::new();
    }
    let mut words: Vec<Word> = sheets.iter().map(|sheet| Word::new("sheet", sheet.clone())).collect();
    words.extend(join(&problems, None).into_iter().filter(|word| word.option != "sheet"));
    words
}

fn sheets_to_choose<'p>(problems: &[&'p Problem]) -> Option<&'p [String]> {
    problems.iter().find_map(|problem| match &problem.rule {
        // 通讯录 is one of them, and nobody would send all of it.
        Rule::SheetsToChoose { sheets, lists } if *lists > 0 => sheets.get(..*lists),
        Rule::SheetsToChoose { sheets, .. } => Some(sheets.as_slice()),
        _ => None,
    })
}

/// `chosen`: the sheet that is to be read, where one was chosen of several.
fn join(problems: &[&Problem], chosen: Option<&str>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let is_meant = |problem: &&&Problem| {
        let sheet = problem.place.sheet.as_deref();
        chosen.is_none_or(|chosen| sheet.is_none_or(|sheet| sheet == chosen))
    };
    // Of several columns that say which rows are meant one may be called send, and the others choose.
    let mut has_send = false;
    let mut answers: Vec<Word> = Vec::new();
    // What a person has to answer is not answered by the way: who signs neither, where a line says other things as well.
    let lines = problems.iter().filter(|own| own.stops() && own.is_of_a_line()).count();
    let is_open = |own: &Problem| {
        own.stops() && (own.answer().is_none() || (lines > 1 && matches!(own.rule, Rule::PartyAbove { .. })))
    };
    let open: Vec<&&Problem> = problems.iter().filter(|own| is_open(own)).collect();
    let silences_another =
        |answer: &Answer| answer.words.iter().any(|word| open.iter().any(|own| own.is_silenced_by(word)));
    for problem in problems.iter().filter(is_meant).filter(|own| !is_open(own)) {
        if chosen.is_some() && matches!(problem.rule, Rule::SheetSaysMore { .. }) {
            continue;
        }
        let Some(answer) = problem.answer().filter(|answer| !silences_another(answer)) else { continue };
        let chosen = match (&problem.rule, &problem.place.column) {
            (Rule::ColumnNearlySend { maps: true, meant, .. }, Some(column)) if has_send => {
                let Some(meant) = meant else { continue };
                vec![Word::new("where", format!("{}={meant}", column.header))]
            }
            _ => answer.words,
        };
        has_send |= matches!(problem.rule, Rule::ColumnNearlySend { maps: true, .. });
        answers.extend(chosen);
    }
    let leaves_out = |word: &Word| word.value.as_deref().is_some_and(|value| value.ends_with("=ignore"));
    for word in answers {
        // Whoever signs by one answer is not left out by another.
        if let Some(own) = words
            .iter_mut()
            .find(|own| own.option == "map" && word.option == "map" && header_of(own) == header_of(&word))
        {
            if leaves_out(own) {
                *own = word;
            }
            continue;
        }
        // Several columns may be mapped, chosen by, or sent as text, and several fields given; of anything else the first question
        // decides.
        let is_there = words.iter().any(|own| {
            own.option == word.option
                && match own.option {
                    "map" => *own == word || gives_the_same(own, &word),
                    "where" | "default" => header_of(own) == header_of(&word),
                    "as-text" | "sheet" => *own == word,
                    _ => true,
                }
        });
        if !is_there {
            words.push(word);
        }
    }
    // What a line says of all contracts, and a column: a person chooses.
    let gives_deadline = |word: &Word, option: &str| {
        let value = word.value.as_deref().unwrap_or_default();
        word.option == option
            && match option {
                "map" => value.ends_with("=deadline"),
                _ => value.starts_with("deadline="),
            }
    };
    if words.iter().any(|word| gives_deadline(word, "default")) {
        words.retain(|word| !gives_deadline(word, "map"));
    }
    words
}

/// Of `HEADER=VALUE`.
fn header_of(word: &Word) -> Option<&str> {
    word.value.as_deref()?.split_once('=').map(|(header, _)| header)
}

/// Whether two columns would give one field: two ends of a term, of which one may be the deadline.
fn gives_the_same(one: &Word, other: &Word) -> bool {
    let target = |word: &Word| word.value.as_deref()?.rsplit_once('=').map(|(_, target)| target.to_owned());
    let (one, other) = (target(one), target(other));
    one == other && one.is_some_and(|target| target == "deadline")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::problem::ColumnPlace;

    #[test]
    fn of_hidden_columns_those_of_signers_are_sent_and_the_others_left_out() {
        let rule = Rule::ColumnsHidden {
            headers: vec!["手机号".into(), "填写:旧月薪".into()],
            beside_signers: Some(vec!["填写:旧月薪".into()]),
        };
        let problem = Problem { place: Place::default(), value: None, rule };
        let wanted = [Word::new("hidden-columns", "send"), Word::map("填写:旧月薪", IGNORE)];
        assert_eq!(joined([&problem]), wanted);
    }

    #[test]
    fn one_command_answers_all_and_says_nothing_twice() {
        let column = |header: &str| Some(ColumnPlace { index: 0, header: header.into() });
        let problem =
            |rule, column| Problem { place: Place { column, ..Place::default() }, value: None, rule };
        let held = |header: &str| Rule::RowsHeldTogether {
            header: header.into(),
            first_row: 2,
            rows: vec![3],
            count: 1,
            merged: true,
            beside: String::new(),
            wide: false,
            open: false,
            component: false,
        };
        let problems = [
            problem(held("房号"), None),
            problem(held("租客"), None),
            problem(Rule::TermOrDeadline { soon: true }, column("截止\n日期")),
            problem(Rule::TermOrDeadline { soon: true }, column("截止\n日期")),
            problem(Rule::ColumnNearlySigner { of_party: false }, column("担保人姓名")),
            problem(Rule::MobileForm, column("手机号")),
        ];
        let words: Vec<String> = joined(&problems)
            .iter()
            .map(|word| format!("{} {}", word.option, word.value.clone().unwrap_or_default()))
            .collect();
        assert_eq!(words, ["key 房号", "map 截止日期=deadline", "map 担保人姓名=ignore"]);
    }
}

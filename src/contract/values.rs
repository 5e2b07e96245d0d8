//! One cell -> one value of the wire, or the rule that it breaks.

use base64::Engine as _;
use serde_json::{Value as Json, json};

use crate::domain::cell::{Cell, Shown, Value};
use crate::domain::field::{Choice, FieldId, Kind, auto_sign_word};
use crate::domain::flow::characters;
use crate::domain::problem::{Correction, Rule};

use super::dates::{Clock, Moment, Seen};
use super::left_over::left_over;
use super::normalize::{self, Cleaned, to_half_width};
use super::plain;
use super::texts::{
    has_lost_its_end, id_number, is_placeholder, is_written_by_excel, like_two_names, lost_characters,
    mobile, person_name, titled, unusual_name, url, very_long, within, word,
};
use super::vocabulary::{NO_MARKS, SIGNED_HERE, YES_MARKS};

/// What became of a cell.
pub struct Parsed {
    /// `None`: the cell is empty or spoilt.
    pub value: Option<Json>,
    /// What stands in the cell, as a person sees it, where there is something to tell.
    pub text: String,
    pub rules: Vec<Rule>,
}

impl Parsed {
    pub(super) fn empty() -> Self {
        Self { value: None, text: String::new(), rules: Vec::new() }
    }
}

/// Reads a cell of a column of that kind. An empty cell is no value and no fault.
pub fn parse(kind: Kind, cell: &Cell, clock: &Clock) -> Parsed {
    if cell.is_blank() {
        return Parsed::empty();
    }
    if let (Value::Text(text), Shown::Same) = (&cell.value, &cell.shown)
        && plain::is_value(kind, text)
    {
        return Parsed {
            value: Some(Json::String(text.to_string())),
            text: String::new(),
            rules: Vec::new(),
        };
    }
    parse_closely(kind, cell, clock)
}

/// The word of the API that a cell of a column of choices means.
pub fn chosen(id: FieldId, cell: &Cell) -> Option<String> {
    let clock = Clock { now: jiff::Timestamp::UNIX_EPOCH, zone: jiff::tz::TimeZone::UTC };
    let parsed = parse(id.field().kind, cell, &clock);
    parsed.value.as_ref().and_then(|own| own.as_str()).map(str::to_owned)
}

/// Whether a cell holds a value of that kind; of deadlines it says nothing.
pub fn reads(kind: Kind, cell: &Cell) -> bool {
    let clock = Clock { now: jiff::Timestamp::UNIX_EPOCH, zone: jiff::tz::TimeZone::UTC };
    parse(kind, cell, &clock).value.is_some()
}

/// Where nothing can be told at the first look.
pub(super) fn parse_closely(kind: Kind, cell: &Cell, clock: &Clock) -> Parsed {
    if let Some(rule) = spoilt(kind, cell) {
        return Parsed { value: None, text: cell.seen(), rules: vec![rule] };
    }
    if let (Kind::Deadline, Value::DateTime(at)) = (kind, &cell.value) {
        if shows_no_day(cell) {
            return Parsed { value: None, text: cell.seen(), rules: vec![Rule::DateForm] };
        }
        let seen = cell.seen_ref();
        match super::dates::seen_as(&seen, *at) {
            // Words of the format say another day or hour than the cell holds.
            Seen::Otherwise => {
                let rule = Rule::FormatHides { format: seen.trim().to_owned() };
                return Parsed { value: None, text: cell.seen(), rules: vec![rule] };
            }
            // A time that the format hides is nobody's word: `=NOW()+30`, shown as a date.
            Seen::Day if at.time() != jiff::civil::Time::midnight() => {
                let day = clock.read_date_time(at.date().at(0, 0, 0, 0));
                let to = format!("{} 23:59:59", at.date());
                let told = Rule::Corrected { what: Correction::ShownDay, to };
                return deadline(day, cell.seen(), vec![told], clock);
            }
            Seen::Day | Seen::Time => {}
        }
        if super::dates::shows_time(&seen) {
            return deadline(clock.read_moment(*at), cell.seen(), Vec::new(), clock);
        }
        return deadline(clock.read_date_time(*at), cell.seen(), Vec::new(), clock);
    }
    // A number that is shown as 签后7天 or 30% is no day.
    if let (Kind::Deadline, Value::Number(_), Shown::As(seen)) = (kind, &cell.value, &cell.shown)
        && seen.trim() != cell.text()
        && clock.read(&to_half_width(seen.trim())).is_none_or(|own| Some(own) != clock.read(&cell.text()))
    {
        let format = if seen.trim().is_empty() { ";;;" } else { seen.trim() };
        let rule = Rule::FormatHides { format: format.to_owned() };
        return Parsed { value: None, text: cell.seen(), rules: vec![rule] };
    }
    if let (Kind::Deadline, Value::Number(number)) = (kind, &cell.value)
        && number.fract() != 0.0
    {
        return deadline(clock.read_serial(*number), cell.seen(), Vec::new(), clock);
    }
    let source = source_text(kind, cell);
    let mut cleaned = normalize::clean(&source);
    match kind {
        Kind::Mobile => normalize::mobile(&mut cleaned),
        Kind::IdNumber => normalize::id_number(&mut cleaned),
        Kind::PersonName => {
            normalize::radicals(&mut cleaned);
            normalize::person_name(&mut cleaned);
        }
        Kind::OrganizationName => {
            normalize::radicals(&mut cleaned);
            normalize::organization_name(&mut cleaned);
        }
        Kind::FlowName { .. } | Kind::Word { .. } => normalize::one_line(&mut cleaned),
        Kind::Key => normalize::key(&mut cleaned),
        Kind::Email => normalize::email(&mut cleaned),
        _ => {}
    }
    if cleaned.text.is_empty() {
        return Parsed::empty();
    }
    // That a contract is signed here and not on paper says nothing of how somebody signs.
    let is_signed_here = |text: &str| SIGNED_HERE.contains(&text.to_lowercase().as_str());
    if matches!(kind, Kind::IntChoices(_)) && is_signed_here(&cleaned.text) {
        return Parsed::empty();
    }
    let mut rules = corrections(&cleaned, cell, kind);
    let result = match kind {
        Kind::Deadline => {
            return deadline(clock.read(&to_half_width(&cleaned.text)), source, rules, clock);
        }
        _ => read(kind, &cleaned),
    };
    match result {
        Ok((value, told)) => {
            rules.extend(told);
            Parsed { value: Some(value), text: source, rules }
        }
        Err(rule) => {
            // A value that is refused needs no list of what was put right in it.
            Parsed { value: None, text: source, rules: vec![rule] }
        }
    }
}

/// A bare number of a workbook that counts days from 1904, in a column of dates: the day
/// it means there.
pub fn counted_from_1900(kind: Kind, cell: &Cell) -> Cell {
    const DAYS_BETWEEN: f64 = 1462.0;
    match (kind, &cell.value) {
        (Kind::Deadline, Value::Number(number)) => Cell::of(Value::Number(number + DAYS_BETWEEN)),
        _ => cell.clone(),
    }
}

/// A date of which the number format shows the month or the time only: its day is nobody's
/// word.
pub(super) fn shows_no_day(cell: &Cell) -> bool {
    match (&cell.value, &cell.shown) {
        (Value::DateTime(at), Shown::As(seen)) => super::dates::shows_no_day(seen, at.date()),
        _ => false,
    }
}

/// Cells that hold no value that could be sent.
pub(super) fn spoilt(kind: Kind, cell: &Cell) -> Option<Rule> {
    match &cell.value {
        Value::Error(_) => Some(Rule::FormulaError),
        Value::Uncached => Some(Rule::FormulaUncached),
        Value::Picture => Some(Rule::Picture),
        Value::Text(text) if text.starts_with("=DISPIMG") => Some(Rule::Picture),
        Value::DateTime(_)
            if matches!(kind, Kind::Key | Kind::IdNumber | Kind::Mobile | Kind::OpenId { .. }) =>
        {
            Some(Rule::DateForKey)
        }
        // What a formula shows of an empty cell: strangers would be one contract.
        Value::Number(number) if kind == Kind::Key && *number == 0.0 => Some(Rule::Placeholder),
        // A double holds 15 digits; a spreadsheet program keeps no more.
        Value::Number(number) if kind == Kind::IdNumber && number.abs() >= 1e15 => {
            Some(Rule::IdNumberRounded)
        }
        // Account numbers and the like: typed as numbers they have lost their last digits.
        Value::Number(number) if seen_counts(kind) && number.abs() >= 1e15 => Some(Rule::NumberRounded),
        Value::Number(_) | Value::DateTime(_) | Value::Time(_) if seen_counts(kind) => match &cell.shown {
            Shown::Unknown { format } => Some(Rule::FormatHides { format: format.clone() }),
            Shown::As(seen) if seen.trim().is_empty() => Some(Rule::FormatHides { format: ";;;".into() }),
            Shown::Same | Shown::As(_) => None,
        },
        // `"王"@`, `;;;`: what is seen is another text, or none.
        Value::Text(_) => match &cell.shown {
            Shown::As(seen) if !seen_counts(kind) || seen.trim().is_empty() => {
                let format = if seen.trim().is_empty() { ";;;" } else { "@" };
                Some(Rule::FormatHides { format: format.into() })
            }
            _ => None,
        },
        Value::Number(_) | Value::DateTime(_) | Value::Time(_) => hidden_by_format(kind, cell),
        // What a formula leaves that should have found somebody.
        Value::Bool(_)
            if matches!(kind, Kind::PersonName | Kind::OrganizationName | Kind::Mobile | Kind::IdNumber) =>
        {
            Some(Rule::LeftOver)
        }
        _ => None,
    }
}

/// A number of whom the format shows nothing, or other words: `"无"`, `;;;`, `000"****"0000`.
/// Where the format only groups digits, or gives them as 1.38E+10, they are what is meant.
fn hidden_by_format(kind: Kind, cell: &Cell) -> Option<Rule> {
    let seen = match &cell.shown {
        Shown::As(seen) => seen,
        Shown::Unknown { format } if matches!(kind, Kind::Mobile | Kind::IdNumber) => {
            return Some(Rule::FormatHides { format: format.clone() });
        }
        Shown::Same | Shown::Unknown { .. } => return None,
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let shown = digits(&to_half_width(seen));
    let hides = match kind {
        Kind::Mobile | Kind::IdNumber => {
            let whole = seen.split('.').next().unwrap_or_default();
            let ends_well = |seen: &str| digits(&to_half_width(seen)).ends_with(&digits(&cell.text()));
            !seen.contains("E+") && !ends_well(seen) && !ends_well(whole)
        }
        // Days and hours have names as well.
        Kind::Deadline if matches!(cell.value, Value::DateTime(_)) => seen.trim().is_empty(),
        // TRUE is how a program shows 1.
        Kind::YesNo => yes_no(seen) != yes_no(&cell.text()),
        _ => shown.is_empty(),
    };
    // What is shown in digits may be somebody's number.
    let format = if seen.trim().is_empty() || !shown.is_empty() { "…" } else { seen.trim() };
    hides.then(|| Rule::FormatHides { format: format.to_owned() })
}

/// Kinds where the number format is part of what the person means.
fn seen_counts(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Key
            | Kind::Text { .. }
            | Kind::Word { .. }
            | Kind::FlowName { .. }
            | Kind::Encoded { .. }
            | Kind::OpenId { .. }
            | Kind::Identifier { .. }
            | Kind::TemplateId
    )
}

fn source_text(kind: Kind, cell: &Cell) -> String {
    if seen_counts(kind) { cell.seen() } else { cell.text() }
}

pub(super) fn corrections(cleaned: &Cleaned, cell: &Cell, kind: Kind) -> Vec<Rule> {
    let mut rules: Vec<Rule> =
        cleaned.done.iter().map(|what| Rule::Corrected { what: *what, to: cleaned.text.clone() }).collect();
    if matches!(cell.value, Value::Number(_)) && seen_counts(kind) && cell.seen() != cell.text() {
        rules.push(Rule::Corrected { what: Correction::ShownValue, to: cleaned.text.clone() });
    }
    rules
}

fn deadline(moment: Option<Moment>, text: String, mut rules: Vec<Rule>, clock: &Clock) -> Parsed {
    let seconds = match moment {
        Some(Moment::At(seconds)) => seconds,
        Some(Moment::FromSerial(seconds)) => {
            let at = jiff::Timestamp::from_second(seconds).map(|at| clock.zone.to_datetime(at));
            let to = at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default();
            rules.push(Rule::Corrected { what: Correction::DateSerial, to });
            seconds
        }
        Some(Moment::FromMidnight(seconds)) => {
            let day = jiff::Timestamp::from_second(seconds).map(|at| clock.zone.to_datetime(at));
            let to = day.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default();
            rules.push(Rule::Corrected { what: Correction::WholeDay, to });
            seconds
        }
        None => return Parsed { value: None, text, rules: vec![Rule::DateForm] },
    };
    if seconds <= clock.now.as_second() {
        return Parsed { value: None, text, rules: vec![Rule::DatePast] };
    }
    Parsed { value: Some(json!(seconds)), text, rules }
}

type Read = Result<(Json, Vec<Rule>), Rule>;

fn read(kind: Kind, cleaned: &Cleaned) -> Read {
    let text = cleaned.text.as_str();
    if let Some(rule) = lost_characters(kind, text) {
        return Err(rule);
    }
    if is_placeholder(kind, text) {
        return Err(Rule::Placeholder);
    }
    // NONE may be one of the words to choose from; JSON is a text of its own.
    let chosen = matches!(kind, Kind::Choice(_) | Kind::Choices(_) | Kind::Json);
    if let Some(rule) = left_over(text).filter(|_| !chosen) {
        return Err(rule);
    }
    if seen_counts(kind) && is_written_by_excel(text) {
        return Err(Rule::Scientific);
    }
    if seen_counts(kind) && has_lost_its_end(text) {
        return Err(Rule::NumberRounded);
    }
    match kind {
        Kind::Key => within(text, 500).map(plain),
        Kind::Text { limit } => within(text, limit).map(plain),
        Kind::Identifier { limit } | Kind::OpenId { limit } => within(text, limit).map(plain),
        Kind::PersonName => person_name(text).map(|text| {
            (
                json!(text),
                very_long(text, 50).into_iter().chain(like_two_names(text)).chain(titled(text)).collect(),
            )
        }),
        Kind::OrganizationName => Ok((json!(text), very_long(text, 100))),
        Kind::Word { limit } => within(text, limit).and_then(word).map(plain),
        Kind::FlowName { limit } => within(text, limit).map(|text| (json!(text), unusual_name(text))),
        // A name of the template is none: nothing could be sent with it.
        Kind::TemplateId if !text.is_ascii() => Err(Rule::NotATemplateId),
        Kind::TemplateId => {
            let told = match characters(text) {
                32 => Vec::new(),
                found => vec![Rule::TemplateIdLength { found }],
            };
            Ok((json!(text), told))
        }
        Kind::Mobile => mobile(text).map(plain),
        Kind::IdNumber => id_number(text).map(plain),
        Kind::Url { limit } => within(text, limit).and_then(url).map(plain),
        Kind::Email => {
            if is_email(text) {
                Ok(plain(text))
            } else {
                Err(Rule::Email)
            }
        }
        Kind::YesNo => yes_no(text).map(|value| (json!(value), Vec::new())).ok_or(Rule::BoolForm),
        Kind::Integer { min, max } => integer(text)
            .filter(|number| (min..=max).contains(number))
            .map(|number| (json!(number), Vec::new()))
            .ok_or(Rule::Integer { min, max }),
        Kind::Choice([("PERSON", _), ..])
            if let Some(kind) = auto_sign_word(&super::columns::normalise(text)) =>
        {
            Ok(plain(kind))
        }
        Kind::Choice(choices) => choose(text, choices).map(plain).map_err(|rule| match choices {
            [("ID_CARD", _), ..] => Rule::CardType,
            _ => rule,
        }),
        Kind::Choices(choices) => list(text)
            .map(|item| choose(item, choices))
            .collect::<Result<Vec<_>, _>>()
            .map(|all| (json!(all), Vec::new())),
        Kind::IntChoice(choices) => choose_int(text, choices).map(|number| (json!(number), Vec::new())),
        Kind::IntChoices(choices) => list(text)
            .map(|item| choose_int(item, choices))
            .collect::<Result<Vec<_>, _>>()
            .map(|all| (json!(all), Vec::new())),
        Kind::Encoded { limit } => {
            let encoded = encode(text);
            let found = encoded.len();
            if found > limit {
                Err(Rule::TooManyBytes { limit: limit / 4 * 3, found: text.len() })
            } else {
                Ok((json!(encoded), Vec::new()))
            }
        }
        Kind::Json => match serde_json::from_str::<Json>(text) {
            Ok(value @ Json::Object(_)) => Ok((value, Vec::new())),
            _ => Err(Rule::Json),
        },
        Kind::Deadline => Err(Rule::DateForm),
    }
}

/// CustomerData is base64 on the wire.
pub fn encode(text: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(text)
}

fn plain(text: &str) -> (Json, Vec<Rule>) {
    (json!(text), Vec::new())
}

/// `+30d`, where a deadline is written so that it counts from the day of the import.
pub fn relative_deadline(text: &str) -> Option<String> {
    let text = to_half_width(text.trim());
    text.starts_with('+').then_some(text)
}

pub fn yes_no(text: &str) -> Option<bool> {
    match to_half_width(text).trim().to_lowercase().as_str() {
        "是" | "yes" | "y" | "true" | "1" | "对" | "发送" | "发" | "要" | "需要" | "t" => Some(true),
        "否" | "no" | "n" | "false" | "0" | "不" | "不发送" | "不发" | "不要" | "不需要" | "f" | "错" => {
            Some(false)
        }
        mark if YES_MARKS.contains(&mark) => Some(true),
        mark if NO_MARKS.contains(&mark) => Some(false),
        _ => None,
    }
}

/// `a.b@c.cn`, and not `<a@b.cn>`, `a@b.cn;`, `a@b.cn?subject=x`.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let may_stand = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let well_dotted = |part: &str| part.split('.').all(|piece| !piece.is_empty());
    let is_label = |label: &str| {
        !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| {
                c == '-' || c.is_alphanumeric() && (c.is_ascii() || c > '\u{2e7f}' && c < '\u{ff00}')
            })
    };
    name.chars().all(may_stand)
        && well_dotted(name)
        && domain.contains('.')
        && well_dotted(domain)
        && domain.split('.').all(is_label)
}

fn integer(text: &str) -> Option<i64> {
    let text = to_half_width(text);
    text.strip_suffix(".0").unwrap_or(&text).parse().ok()
}

/// Lists are written with `;` (either width), `,` or a line break.
fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；', ',', '，', '、', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

fn choose(text: &str, choices: &'static [Choice]) -> Result<&'static str, Rule> {
    let wanted = super::columns::normalise(text);
    let normal = super::columns::normalise;
    choices
        .iter()
        .find(|(sent, others)| normal(sent) == wanted || others.iter().any(|other| normal(other) == wanted))
        .map(|(sent, _)| *sent)
        .ok_or_else(|| Rule::Choice {
            allowed: choices
                .iter()
                .map(|(sent, others)| ((*sent).into(), (*others.first().unwrap_or(sent)).into()))
                .collect(),
        })
}

fn choose_int(text: &str, choices: &'static [(i64, &'static [&'static str])]) -> Result<i64, Rule> {
    let wanted = super::columns::normalise(text);
    choices
        .iter()
        .find(|(sent, others)| {
            integer(text) == Some(*sent)
                || others.iter().any(|other| super::columns::normalise(other) == wanted)
        })
        .map(|(sent, _)| *sent)
        .ok_or_else(|| Rule::Choice {
            allowed: choices
                .iter()
                .map(|(sent, others)| {
                    let number = sent.to_string();
                    match others.first() {
                        Some(word) => (number.clone().into(), format!("{number} ({word})").into()),
                        None => (number.clone().into(), number.into()),
                    }
                })
                .collect(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::form_values::{parse_form_value, parse_form_value_closely};
    use crate::domain::field::by_name;

    #[test]
    fn midnight_with_an_offset_is_the_whole_day() {
        let china = Clock { zone: jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(), ..clock() };
        let kind = by_name("deadline").unwrap().kind;
        for (text, seconds, rules) in [
            ("2026-12-30T16:00:00Z", 1_798_732_799, "corrected"),
            ("2026-12-31T00:00:00+08:00", 1_798_732_799, "corrected"),
            ("2026-12-31T00:00:00Z", 1_798_675_200, ""),
            ("2026-12-31T18:00:00+08:00", 1_798_711_200, ""),
        ] {
            let parsed = parse(kind, &Cell::text_of(text), &china);
            assert_eq!(parsed.value, Some(json!(seconds)), "{text}");
            assert_eq!(parsed.rules.iter().map(Rule::code).collect::<Vec<_>>().join(" "), rules, "{text}");
        }
    }

    fn clock() -> Clock {
        Clock { now: "2026-01-01T00:00:00Z".parse().unwrap(), zone: jiff::tz::TimeZone::UTC }
    }

    fn code(field: &str, cell: Cell) -> String {
        let parsed = parse(by_name(field).unwrap().kind, &cell, &clock());
        parsed.rules.iter().map(Rule::code).collect::<Vec<_>>().join(" ")
    }

    fn number(number: f64) -> Cell {
        Cell { value: Value::Number(number), ..Cell::default() }
    }

    #[test]
    fn a_day_counted_from_1904_is_that_day() {
        let kind = by_name("deadline").unwrap().kind;
        let seconds = |cell: &Cell| parse(kind, cell, &clock()).value.and_then(|value| value.as_i64());
        let mac = counted_from_1900(kind, &number(46_933.0 - 1462.0));
        assert!(seconds(&mac).is_some() && seconds(&mac) == seconds(&number(46_933.0)));
        let name = by_name("contract_id").unwrap().kind;
        assert!(counted_from_1900(name, &number(7.0)) == number(7.0));
    }

    #[test]
    fn spoilt_cells_are_named() {
        for (field, cell, expected) in [
            ("approver.mobile", Cell::text_of("138****8000"), "cell.masked"),
            ("approver.mobile", Cell::text_of("1.38E+10"), "cell.scientific"),
            ("approver.mobile", Cell::text_of("13800138000/13900139000"), "cell.several_values"),
            ("approver.mobile", Cell::text_of("+1 212 555 0100"), "mobile.foreign"),
            ("approver.mobile", Cell::text_of("1380013800"), "mobile.form"),
            ("approver.mobile", number(13_800_138_000.0), ""),
            ("approver.id_card_number", number(110_101_199_003_070_000.0), "id_number.rounded"),
            ("approver.id_card_number", Cell::text_of("1.10101E+17"), "id_number.rounded"),
            ("approver.name", Cell::text_of("张?"), "cell.characters_lost"),
            ("approver.name", Cell::text_of("李*"), "cell.masked"),
            ("approver.name", Cell::of(Value::Bool(true)), "cell.left_over"),
            ("approver.name", Cell::text_of("TRUE"), "cell.left_over"),
            ("approver.name", Cell::text_of("张三-李四"), "cell.several_values"),
            ("approver.name", Cell::text_of("张先生"), "approver.name_titled"),
            ("approver.name", Cell::text_of("王经理"), "approver.name_titled"),
            ("approver.name", Cell::text_of("张三已离职"), "cell.says_state"),
            ("approver.name", Cell::text_of("张XX"), "cell.masked"),
            ("approver.name", Cell::text_of("张某某"), "cell.masked"),
            ("approver.name", Cell::text_of("Ҧΰ"), "cell.characters"),
            ("approver.name", Cell::text_of("兢ゅ"), "cell.characters"),
            ("approver.name", Cell::text_of("张三\u{3164}"), "corrected"),
            ("approver.mobile", Cell::text_of("13800138000（13900139000）"), "cell.several_values"),
            ("approver.mobile", Cell::text_of("13800138000.00"), "corrected"),
            (
                "approver.name",
                Cell { value: Value::Text("小明".into()), shown: Shown::As("王小明".into()) },
                "cell.format_hides",
            ),
            ("approver.name", Cell::text_of("True"), ""),
            ("approver.name", Cell::text_of("张三、李四"), "cell.several_values"),
            ("approver.name", Cell::text_of("张三 李四"), "cell.several_values"),
            ("approver.name", Cell::text_of("欧阳 娜娜"), "corrected"),
            ("approver.name", Cell::text_of("张三（代）"), "cell.says_state"),
            ("approver.name", Cell::text_of("无"), "cell.placeholder"),
            ("approver.name", Cell::text_of("O'Neil"), ""),
            ("approver.name", Cell::text_of("𠮷田·Zhāng"), ""),
            ("approver.id_card_number", Cell::text_of("暂无"), "cell.placeholder"),
            (
                "approver.id_card_number",
                Cell::text_of("110101199002020012/53010219200508011X"),
                "cell.several_values",
            ),
            ("contract_id", Cell::text_of("ＨＴ－１"), "corrected"),
            (
                "contract_id",
                Cell { value: Value::Number(5.0), shown: Shown::As(String::new()) },
                "cell.format_hides",
            ),
            ("flow_name", Cell::text_of("????"), "cell.characters_lost"),
            ("contract_id", Cell::text_of("2.02601E+11"), "cell.scientific"),
            ("contract_id", Cell::text_of("1E5"), ""),
            ("contract_id", number(6.222e18), "cell.rounded"),
            ("deadline", number(46_053.75), "corrected"),
            ("approver.name", Cell::text_of("张\u{E863}"), "cell.characters_private"),
            ("deadline", Cell::text_of("2025-12-31"), "date.past"),
            ("deadline", Cell::text_of("下周"), "date.form"),
            ("deadline", number(46_053.0), "corrected"),
            ("approver.type", Cell::text_of("个人"), ""),
            ("approver.type", Cell::text_of("人"), "cell.choice"),
            ("approver.pre_read_time", number(301.0), "cell.integer"),
            ("approver.approver_option.add_sign_component_use_seal_size", number(3.0), ""),
            ("approver.approver_option.add_sign_component_use_seal_size", number(4.0), "cell.integer"),
            ("approver.open_id", Cell::text_of("eezi_openid"), ""),
            ("approver.open_id", Cell::text_of("a".repeat(65)), "cell.too_long"),
            ("operator_open_id", Cell::text_of("员工 7"), ""),
            ("approver.name", Cell::text_of("长".repeat(50)), ""),
            ("approver.name", Cell::text_of("长".repeat(51)), "cell.very_long"),
            ("approver.organization_name", Cell::text_of("长".repeat(101)), "cell.very_long"),
            ("approver.type", Cell::text_of("企业 授权签署"), ""),
            ("approver.type", Cell::text_of("授权"), "cell.choice"),
            ("flow_type", Cell::text_of("劳动-合同"), "cell.characters"),
            ("flow_name", Cell::text_of("合同#1"), "flow_name.unusual"),
            ("jump_url", Cell::text_of("www.example.com"), "cell.url"),
            (
                "contract_id",
                Cell { value: Value::Error("#N/A".into()), ..Cell::default() },
                "cell.formula_error",
            ),
            ("contract_id", Cell { value: Value::Uncached, ..Cell::default() }, "cell.formula_uncached"),
        ] {
            assert_eq!(code(field, cell), expected, "{field}");
        }
    }

    proptest::proptest! {
        /// What is taken at the first look is what a closer look makes of it.
        #[test]
        fn the_first_look_and_a_closer_one_agree(
            at in 0..crate::domain::field::FIELDS.len(),
            text in "[ -~]{0,20}|[0-9Xx]{11,18}|1[0-9]{10}|[0-9A-Za-z]{32}|[一丁龥鿿张三先生某离职已签代无暂没有待定补未知空同上〇·？ａA-Za-z0-9_?*+./#@=' -]{0,12}|(nan|None|null|NaT|TRUE|undefined|#N/A|1E\\+5|1.5E\\+10)|(NaN|null|undefined)[元年月日天个]{0,2}(NaN|null|undefined)?[元月]?",
        ) {
            let kind = crate::domain::field::FIELDS[at].kind;
            let cell = Cell::text_of(text);
            let look = |parsed: Parsed| {
                let told: Vec<String> = parsed.rules.iter().map(|rule| format!("{rule:?}")).collect();
                (parsed.value, told)
            };
            if !cell.is_blank() {
                proptest::prop_assert_eq!(
                    look(parse(kind, &cell, &clock())), look(parse_closely(kind, &cell, &clock())));
                proptest::prop_assert_eq!(
                    look(parse_form_value(&cell)), look(parse_form_value_closely(&cell)));
            }
        }
    }

    #[test]
    fn lists_and_choices_take_either_language() {
        let parsed = parse(by_name("approver.sign_types").unwrap().kind, &Cell::text_of("人脸；3"), &clock());
        assert_eq!(parsed.value, Some(json!([1, 3])));
        let parsed = parse(
            by_name("approver.component_limit_type").unwrap().kind,
            &Cell::text_of("HANDWRITE;ESIGN"),
            &clock(),
        );
        assert_eq!(parsed.value, Some(json!(["HANDWRITE", "ESIGN"])));
    }

    #[test]
    fn customer_data_counts_its_encoded_length() {
        assert_eq!(code("customer_data", Cell::text_of("合".repeat(250))), "");
        assert_eq!(code("customer_data", Cell::text_of("合".repeat(251))), "cell.too_long");
    }
}

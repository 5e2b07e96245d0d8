//! Rules that hold for any cells.

use std::sync::Arc;

use flowbatch::contract::build::build;
use flowbatch::contract::columns::Aliases;
use flowbatch::contract::examine::examine;
use flowbatch::contract::header::MergedHeader;
use flowbatch::contract::left_over::left_over;
use flowbatch::contract::search::{Search, find_header};
use flowbatch::contract::source_row::{Meant, SourceRow};
use flowbatch::domain::cell::{Cell, Row, Shown, Value};
use flowbatch::domain::field::{FIELDS, Kind, Level};
use flowbatch::text::{Lang, problems};
use proptest::prelude::*;

use super::{Input, context};
use crate::sheets::sheet;

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9０-９.+*Ee/年月日:： -]{0,24}",
        Just("是".to_owned()),
        Just("HT-1".to_owned()),
        "[\u{4E00}-\u{4E20}·？?\u{200B}\u{E000} ]{0,8}",
        "(签署方|抄送人|甲方|approver|cc)?[0-9一二]{0,3}[.]?(姓名|手机号|类型|name|mobile|填写:|field:)?[a-z(（【)）】]{0,3}",
    ]
}

/// A cell as the generator makes it: cells themselves have no `Debug`.
#[derive(Clone, Debug)]
struct Made {
    held: Held,
    seen: Seen,
}

#[derive(Clone, Debug)]
enum Held {
    Text(String),
    Number(f64),
    Bool(bool),
    Date(i16, i8, i8, i8),
    Other(u8),
}

#[derive(Clone, Debug)]
enum Seen {
    Same,
    As(String),
    Unknown,
}

fn any_cell() -> impl Strategy<Value = Made> {
    let held = prop_oneof![
        4 => any_text().prop_map(Held::Text),
        1 => any::<f64>().prop_map(Held::Number),
        1 => (0.0..100_000.0).prop_map(Held::Number),
        1 => any::<bool>().prop_map(Held::Bool),
        1 => (-9999_i16..=9999, 1_i8..=12, 1_i8..=28, 0_i8..=23)
            .prop_map(|(year, month, day, hour)| Held::Date(year, month, day, hour)),
        2 => (0_u8..4).prop_map(Held::Other),
    ];
    let seen =
        prop_oneof![4 => Just(Seen::Same), 1 => any_text().prop_map(Seen::As), 1 => Just(Seen::Unknown)];
    (held, seen).prop_map(|(held, seen)| Made { held, seen })
}

fn cell(made: Made) -> Cell {
    let value = match made.held {
        Held::Text(text) => Value::Text(text.into()),
        Held::Number(number) => Value::Number(number),
        Held::Bool(value) => Value::Bool(value),
        Held::Date(year, month, day, hour) => {
            Value::DateTime(jiff::civil::date(year, month, day).at(hour, 0, 0, 0))
        }
        Held::Other(0) => Value::Empty,
        Held::Other(1) => Value::Error("#N/A".into()),
        Held::Other(2) => Value::Uncached,
        Held::Other(_) => Value::Picture,
    };
    let shown = match made.seen {
        Seen::Same => Shown::Same,
        Seen::As(text) => Shown::As(text),
        Seen::Unknown => Shown::Unknown { format: "?".into() },
    };
    Cell { value, shown }
}

fn any_header() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..FIELDS.len()).prop_map(|at| FIELDS[at].name.to_owned()),
        2 => (0..FIELDS.len(), 1_u8..4)
            .prop_map(|(at, n)| FIELDS[at].name.replace("approver.", &format!("approver{n}."))),
        1 => any_text(),
    ]
}

fn row(number: u32, cells: Vec<Made>) -> Row {
    Row { number, hidden: false, cells: cells.into_iter().map(cell).collect(), ..Row::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_contract_of_any_cells_is_a_flow_or_has_a_reason(
        headers in prop::collection::vec(any_header(), 1..14),
        cells in prop::collection::vec(prop::collection::vec(any_cell(), 0..15), 1..4),
    ) {
        let headers = headers.into_iter().map(Cell::text_of).collect();
        let header = Row { number: 1, hidden: false, cells: headers, ..Row::default() };
        let Search::Found(mapping) = find_header(&[header], &[], &Aliases::default(), None) else { return Ok(()) };
        examine(&mapping, Some("部门"), &["deadline"]);
        let mapping = Arc::new(*mapping);
        let rows: Vec<SourceRow> = (2..).zip(cells).map(|(number, cells)| SourceRow {
            ord: i64::from(number),
            row: row(number, cells),
            mapping: Arc::clone(&mapping),
            file: "a.xlsx".into(),
            sheet: None,
            merged: Vec::new(),
            across: None,
            meant: Meant::Yes,
        }).collect();
        let contract = build(&rows, &context(None));
        let stopped = contract.problems.iter().any(|problem| problem.stops());
        prop_assert_eq!(contract.flow.is_none(), stopped || !contract.send);
        for problem in &contract.problems {
            for lang in [Lang::Zh, Lang::En] {
                prop_assert!(!problems::explain(lang, problem).what.is_empty());
            }
        }
    }

    #[test]
    fn any_first_rows_have_a_header_or_none(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..8), 0..6),
        merged in prop::collection::vec((1_u32..7, 0_u32..4, 0_usize..9, 0_usize..9), 0..4),
    ) {
        let rows: Vec<Row> = (1..).zip(rows).map(|(number, cells)| row(number, cells)).collect();
        let merged: Vec<MergedHeader> = merged.into_iter()
            .map(|(first_row, more, first_column, last_column)| MergedHeader {
                first_row, last_row: first_row + more, first_column, last_column,
            })
            .collect();
        if let Search::Found(mapping) = find_header(&rows, &merged, &Aliases::default(), None) {
            prop_assert_eq!(mapping.headers.len(), mapping.targets.len());
            prop_assert!(rows.iter().any(|row| row.number == mapping.header_row));
            examine(&mapping, None, &[]);
        }
    }
}

/// A value of each kind of field that is sent as it is written.
fn plain_value(kind: Kind) -> BoxedStrategy<String> {
    match kind {
        Kind::Mobile => "1[3-9][0-9]{9}".boxed(),
        Kind::PersonName => "[\u{4E00}-\u{4E20}]{2,4}"
            .prop_filter("a word for nothing", |name| !matches!(name.as_str(), "无" | "空"))
            .boxed(),
        Kind::OrganizationName => "[\u{4E00}-\u{4E20}]{2,20}".boxed(),
        Kind::Text { .. } | Kind::Word { .. } | Kind::FlowName { .. } => {
            // Not what a program has left of a character: _x000D_.
            "[A-Za-z0-9_\u{4E00}-\u{4E20}]{1,20}"
                .prop_map(|text| text.replace("_x", "_y").replace("_X", "_Y"))
                .prop_filter("a line to write on: ____", |text| text.chars().any(char::is_alphanumeric))
                .boxed()
        }
        Kind::TemplateId | Kind::OpenId { .. } => "[A-Za-z0-9]{32}".boxed(),
        Kind::Url { .. } => "https://[a-z]{3,9}\\.example/[a-z0-9]{0,9}".boxed(),
        Kind::Integer { min, max } => (min..=max).prop_map(|number| number.to_string()).boxed(),
        Kind::Email => "[a-z]{1,9}@[a-z]{1,9}\\.example".boxed(),
        _ => Just(String::new()).boxed(),
    }
}

fn written_fields() -> Vec<&'static flowbatch::domain::field::Field> {
    FIELDS
        .iter()
        .filter(|field| {
            let settable = matches!(field.level, Level::Flow | Level::Approver) && field.path.len() == 1;
            settable
                && !matches!(
                    field.kind,
                    Kind::Json
                        | Kind::YesNo
                        | Kind::Deadline
                        | Kind::IdNumber
                        | Kind::Encoded { .. }
                        | Kind::Choice(_)
                        | Kind::Choices(_)
                        | Kind::IntChoice(_)
                        | Kind::IntChoices(_)
                )
                && field.name != "custom_show_map"
                && field.name != "approver.organization_name"
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_flow_written_to_a_sheet_and_read_back_is_the_same(
        values in written_fields().into_iter().map(|field| plain_value(field.kind)).collect::<Vec<_>>(),
        // No emoji (with their two combining marks), nothing that is cleaned away.
        form in "[^\\p{C}\\p{Z}\u{1F000}-\u{1FFFF}\u{2600}-\u{27BF}\u{20E3}\u{FE0F}\u{3164}\u{115F}\u{1160}\u{FFA0}\u{2800}\u{FFFC}\u{FFFD}?'=]{1,30}"
            .prop_filter("what a program has left, or a ditto mark", |text| left_over(text).is_none()),
        xlsx in any::<bool>(),
    ) {
        let fields = written_fields();
        let mut headers: Vec<&str> = fields.iter().map(|field| field.name).collect();
        headers.extend(["contract_id", "deadline", "approver.type", "field:内容"]);
        let mut cells = values.clone();
        cells.extend(["K-1", "2099-12-31 18:00:00", "PERSON", &form].map(str::to_owned));
        let written = sheet(&headers, [cells]);
        let (name, bytes) = if xlsx { ("a.xlsx", written.xlsx()) } else { ("a.csv", written.csv()) };
        let read = Input::new(&[(name, &bytes)]).read().unwrap_or_else(|_| panic!("refused"));
        let codes: Vec<_> = read.problems.iter().map(|problem| problem.rule.code()).collect();
        prop_assert_eq!(read.sendable, 1, "{:?}", codes);
        let body: serde_json::Value = serde_json::from_slice(&read.requests[0]).unwrap();
        let flow = &body["FlowInfos"][0];
        prop_assert_eq!(flow["Deadline"].as_i64(), Some(4_102_394_400));
        prop_assert_eq!(flow["FormFields"][0]["ComponentValue"].as_str(), Some(form.as_str()));
        for (field, value) in fields.iter().zip(&values) {
            let level = if field.level == Level::Flow { flow } else { &flow["FlowApprovers"][0] };
            let sent = &level[field.path[0]];
            let sent = sent.as_str().map_or_else(|| sent.to_string(), str::to_owned);
            prop_assert_eq!(&sent, value, "{}", field.name);
        }
    }
}

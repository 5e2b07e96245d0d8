//! A workbook that is ready to be filled: headers that are understood, columns
//! that Excel cannot spoil, lists to choose from, and an example that is never
//! sent.

mod of_template;

use std::path::Path;

use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use crate::domain::field::{Level, by_name};
use crate::domain::template::Template;
use crate::text::Lang;
use crate::text::template as words;

/// What the sheet is to look like.
pub struct Wish {
    pub lang: Lang,
    /// Approvers a contract has, side by side; `None`: a row per approver.
    pub wide: Option<usize>,
    /// Goes into the example row.
    pub template_id: Option<String>,
    /// Names of the initiator's fill-in components.
    pub fields: Vec<String>,
    /// As the API tells it: its signers and its components, in place of all that.
    pub template: Option<Template>,
}

/// Rows that get formats and lists.
const ROWS: u32 = 5000;

const CONTRACT: &[&str] = &["contract_id", "flow_name", "template_id", "flow_type", "deadline"];
const APPROVER: &[&str] = &[
    "approver.type", "approver.name", "approver.mobile", "approver.organization_name",
    "approver.organization_open_id", "approver.id_card_type", "approver.id_card_number",
    "approver.recipient_id",
];
const CC: &[&str] = &["cc.name", "cc.mobile"];
const REQUIRED: &[&str] =
    &["contract_id", "flow_name", "template_id", "deadline", "approver.name", "approver.mobile"];

/// One column of the sheet.
struct Column {
    header: String,
    note: String,
    required: bool,
    choices: Vec<String>,
    /// Nothing but a choice may be typed.
    strict: bool,
    /// Of the example rows.
    example: Vec<String>,
}

/// Writes the workbook; a file that is there already is not touched.
pub fn write(path: &Path, wish: &Wish) -> Result<(), TemplateError> {
    let bytes =
        build(wish).and_then(|mut workbook| workbook.save_to_buffer()).map_err(TemplateError::Workbook)?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| TemplateError::Io(error.kind()))?;
    std::io::Write::write_all(&mut file, &bytes).map_err(|error| TemplateError::Io(error.kind()))
}

#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    #[error("{0}")]
    Io(std::io::ErrorKind),
    #[error("{0}")]
    Workbook(XlsxError),
}

fn build(wish: &Wish) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let columns = match &wish.template {
        Some(template) => of_template::columns(wish.lang, template),
        None => columns(wish),
    };
    let (contracts, instructions) = words::sheet_names(wish.lang);
    write_sheet(workbook.add_worksheet().set_name(contracts)?, &columns)?;
    write_guide(workbook.add_worksheet().set_name(instructions)?, wish, &columns)?;
    Ok(workbook)
}

fn columns(wish: &Wish) -> Vec<Column> {
    let mut columns: Vec<Column> = CONTRACT.iter().filter_map(|name| column(wish, name, None)).collect();
    let numbers: Vec<Option<usize>> = match wish.wide {
        None => vec![None],
        Some(approvers) => (1..=approvers).map(Some).collect(),
    };
    for number in numbers {
        columns.extend(APPROVER.iter().filter_map(|name| column(wish, name, number)));
    }
    let first_cc = wish.wide.map(|_| 1);
    columns.extend(CC.iter().filter_map(|name| column(wish, name, first_cc)));
    columns.extend(wish.fields.iter().map(|name| Column {
        header: words::form_field_header(wish.lang, name),
        note: words::form_field(wish.lang, name),
        required: false,
        choices: Vec::new(),
        strict: true,
        example: Vec::new(),
    }));
    columns.extend(column(wish, "send", None));
    columns
}

fn column(wish: &Wish, name: &str, number: Option<usize>) -> Option<Column> {
    let field = by_name(name)?;
    let example = match number {
        // Side by side there is one example row: the company first, then the person.
        Some(number) => words::example(wish.lang, name).into_iter().skip(number.min(2) - 1).take(1).collect(),
        None if field.level == Level::Cc || wish.wide.is_some() => {
            words::example(wish.lang, name).into_iter().take(1).collect()
        }
        None => words::example(wish.lang, name),
    };
    let example = match (&wish.template_id, name) {
        (Some(id), "template_id") => vec![id.clone()],
        _ => example.into_iter().map(str::to_owned).collect(),
    };
    Some(Column {
        header: words::header(wish.lang, field, number),
        note: words::note(wish.lang, name),
        required: REQUIRED.contains(&name),
        choices: words::choices(wish.lang, field),
        strict: true,
        example,
    })
}

fn write_sheet(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    // Text: Excel turns nothing typed here into a number or a date.
    let text = Format::new().set_num_format("@");
    let grey = Format::new().set_num_format("@").set_italic().set_font_color(Color::Gray);
    let head = Format::new().set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let optional = head.clone().set_background_color(Color::RGB(0x00DD_E8F5));
    let required = head.set_background_color(Color::RGB(0x00FC_E4D6));
    for (index, column) in (0_u16..).zip(columns) {
        sheet.set_column_format(index, &text)?;
        sheet.set_column_width(index, width(column))?;
        let format = if column.required { &required } else { &optional };
        sheet.write_string_with_format(0, index, &column.header, format)?;
        sheet.insert_note(0, index, &Note::new(&column.note).set_author("flowbatch"))?;
        for (row, example) in (1_u32..).zip(&column.example) {
            sheet.write_string_with_format(row, index, example, &grey)?;
        }
        if !column.choices.is_empty() {
            let list =
                DataValidation::new().allow_list_strings(&column.choices)?.show_error_message(column.strict);
            sheet.add_data_validation(1, index, ROWS, index, &list)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn width(column: &Column) -> f64 {
    let cells = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    let widest =
        column.example.iter().map(|text| cells(text)).chain([cells(&column.header)]).max().unwrap_or(8);
    f64::from(widest.clamp(8, 36)) + 3.0
}

fn write_guide(sheet: &mut Worksheet, wish: &Wish, columns: &[Column]) -> Result<(), XlsxError> {
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 26)?;
    sheet.set_column_width(1, 90)?;
    let mut row = 0;
    for line in words::guide(wish.lang, wish.wide.is_some() || wish.template.is_some()) {
        sheet.write_string_with_format(row, 1, line, &wrap)?;
        row += 1;
    }
    if let Some(template) = &wish.template {
        sheet.write_string_with_format(row, 1, words::of_template(wish.lang, template), &wrap)?;
        row += 1;
    }
    row += 1;
    for column in columns {
        // One name a row: nobody takes this sheet for contracts.
        sheet.write_string_with_format(row, 0, &column.header, &bold)?;
        let words = words::instruction(wish.lang, column.required, &column.note);
        sheet.write_string_with_format(row, 1, words, &wrap)?;
        row += 1;
    }
    Ok(())
}

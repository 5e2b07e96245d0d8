use super::*;
use crate::domain::cell::Struck;

const HEAD: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const STRICT: &str = r#"xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships""#;

/// A workbook of one or more sheets, each the inside of its `<worksheet>`.
struct Book<'a> {
    sheets: Vec<String>,
    workbook: &'a str,
    strings: &'a str,
    styles: &'a str,
    more: Vec<(&'a str, &'a str)>,
    head: &'a str,
}

impl<'a> Book<'a> {
    fn of(data: &str) -> Self {
        Self {
            sheets: vec![format!("<sheetData>{data}</sheetData>")],
            workbook: "",
            strings: "",
            styles: "",
            more: Vec::new(),
            head: HEAD,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let strict = self.head == STRICT;
        let office = if strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        };
        let relation = |id: usize, kind: &str, target: &str| {
            format!(r#"<Relationship Id="rId{id}" Type="{office}/{kind}" Target="{target}"/>"#)
        };
        let head = self.head;
        let (mut list, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
        for (sheet, n) in self.sheets.iter().zip(1..) {
            let state = if n == 2 { r#" state="hidden""# } else { "" };
            list.push_str(&format!(r#"<sheet name="S{n}"{state} sheetId="{n}" r:id="rId{n}"/>"#));
            relations.push_str(&relation(n, "worksheet", &format!("worksheets/sheet{n}.xml")));
            let text = format!("<worksheet {head}>{sheet}</worksheet>");
            parts.push((format!("xl/worksheets/sheet{n}.xml"), text));
        }
        let wrap = |inside: &str| format!("<Relationships>{inside}</Relationships>");
        parts.push(("_rels/.rels".into(), wrap(&relation(1, "officeDocument", "xl/workbook.xml"))));
        parts.push(("xl/_rels/workbook.xml.rels".into(), wrap(&relations)));
        let workbook = self.workbook;
        let text = format!("<workbook {head}>{workbook}<sheets>{list}</sheets></workbook>");
        parts.push(("xl/workbook.xml".into(), text));
        parts.push(("xl/sharedStrings.xml".into(), format!("<sst {head}>{}</sst>", self.strings)));
        parts.push(("xl/styles.xml".into(), format!("<styleSheet {head}>{}</styleSheet>", self.styles)));
        let mut parts: Vec<(&str, &str)> =
            parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        parts.retain(|(name, _)| !self.more.iter().any(|(more, _)| more == name));
        parts.extend(&self.more);
        zipped(&parts)
    }

    fn scratch(&self) -> Scratch {
        // Any name will do.
        Scratch::new("a.csv", self.bytes())
    }

    fn rows(&self) -> Vec<Row> {
        self.scratch().rows().unwrap()
    }

    fn only_cell(&self) -> Cell {
        self.rows()[0].cells[0].clone()
    }
}

/// One cell of this XML.
fn cell(xml: &str) -> Cell {
    Book::of(&format!("<row>{xml}</row>")).only_cell()
}

/// A number in this format.
fn formatted(code: &str, number: &str) -> Cell {
    let code = code.replace('"', "&quot;");
    let styles = format!(
        r#"<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>"#
    );
    let data = format!(r#"<row><c r="A1" s="1"><v>{number}</v></c></row>"#);
    Book { styles: &styles, ..Book::of(&data) }.only_cell()
}

#[test]
fn cells_of_every_type_are_read() {
    for (xml, value) in [
        ("<c><v>7</v></c>", Value::Number(7.0)),
        (r#"<c t="n"><v>1.5E2</v></c>"#, Value::Number(150.0)),
        (r#"<c t="str"><v>a &amp; b</v></c>"#, Value::Text("a & b".into())),
        (r#"<c t="inlineStr"><is><t>张三</t></is></c>"#, Value::Text("张三".into())),
        (r#"<c t="b"><v>1</v></c>"#, Value::Bool(true)),
        (r#"<c t="e"><v>#N/A</v></c>"#, Value::Error("#N/A".to_owned())),
        (r#"<c t="d"><v>2026-01-31T08:00:00</v></c>"#, at(2026, 1, 31, 8)),
        (r#"<c t="d"><v>2026-01-31</v></c>"#, at(2026, 1, 31, 0)),
        (r#"<c t="str"><f>A2</f><v>x</v></c>"#, Value::Text("x".into())),
        ("<c><f>A2</f></c>", Value::Uncached),
        ("<c><f>A2</f><v></v></c>", Value::Uncached),
        ("<c><f>A2</f><v/></c>", Value::Uncached),
        (r#"<c t="shared"><f t="shared" si="0"/></c>"#, Value::Uncached),
        (r#"<c t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>"#, Value::Picture),
        (r#"<c t="e" vm="1"><v>#VALUE!</v></c>"#, Value::Picture),
    ] {
        assert!(cell(xml).value == value, "{xml}");
    }
    // A formula may well have an empty text as its result.
    let empty = r#"<row><c t="str"><f>A2</f><v></v></c><c><v>1</v></c></row>"#;
    let calculated = Book { workbook: r#"<calcPr calcId="191029"/>"#, ..Book::of(empty) };
    assert!(calculated.only_cell().value == Value::Empty);
}

fn at(year: i16, month: i8, day: i8, hour: i8) -> Value {
    Value::DateTime(jiff::civil::date(year, month, day).at(hour, 0, 0, 0))
}

#[test]
fn rich_text_is_joined_and_phonetics_are_left_out() {
    let strings = "<si><t>plain</t></si><si><r><t>张</t></r><r><t xml:space=\"preserve\"> 三</t></r></si>\
        <si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si><si><t>a_x000D_b</t></si>";
    let cells: String = (0..4).map(|n| format!(r#"<c t="s"><v>{n}</v></c>"#)).collect();
    let data = format!("<row>{cells}</row>");
    let book = Book { strings, ..Book::of(&data) };
    assert_eq!(lines(&book.rows()), ["1: plain|张 三|東京|a\rb"]);
}

#[test]
fn places_come_from_references_or_from_the_order() {
    let data = r#"<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>
        <row r="9"><c r="C9"><v>4</v></c><c><v>5</v></c></row><row><c s="0"/></row><row><c><v>6</v></c></row>"#;
    assert_eq!(lines(&Book::of(data).rows()), ["1: 1|2", "3: 3", "9: ||4|5", "11: 6"]);
}

#[test]
fn hidden_rows_merged_cells_and_hidden_sheets_are_marked() {
    let rows = r#"<row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row>
        <row r="3" hidden="true"><c><v>3</v></c></row><row r="4" hidden="0"><c><v>4</v></c></row>
        <row r="5" ht="0"><c><v>5</v></c></row>"#;
    let mut book = Book::of(rows);
    book.sheets[0].push_str(r#"<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="bad"/></mergeCells>"#);
    book.sheets.push("<sheetData/>".to_owned());
    let scratch = book.scratch();
    assert_eq!(lines(&scratch.rows().unwrap()), ["1: 1", "2~: 2", "3~: 3", "4: 4", "5~: 5"]);
    let workbook = scratch.open().unwrap();
    let [first, second] = workbook.sheets() else { panic!("two sheets") };
    assert_eq!((first.name.as_deref(), first.hidden), (Some("S1"), false));
    assert_eq!((second.name.as_deref(), second.hidden), (Some("S2"), true));
    assert!(first.hidden_rows_known);
    let area = Merge { first_row: 1, last_row: 2, first_column: 0, last_column: 2 };
    assert_eq!(first.merged, [area]);
}

#[test]
fn formats_are_shown_where_they_say_something_else() {
    let look = |code: &str, number: &str| formatted(code, number).shown;
    assert!(look(r#""HT-"0000"#, "7") == Shown::As("HT-0007".to_owned()));
    assert!(look("0.00%", "0.125") == Shown::As("12.50%".to_owned()));
    assert!(look("[DBNum2][$-804]General", "8000") == Shown::As("捌仟".to_owned()));
    assert!(look("0", "7") == Shown::Same);
    assert!(look("0.00", "7.25") == Shown::Same);
    assert!(look("@", "7") == Shown::Same);
    assert!(look("# ?/?", "0.5") == Shown::Unknown { format: "# ?/?".to_owned() });
    assert!(formatted("# ?/?", "0.5").seen() == "0.5");
}

#[test]
fn dates_are_dates_in_either_epoch() {
    assert!(formatted("yyyy-mm-dd", "46053").value == at(2026, 1, 31, 0));
    assert!(formatted("yyyy-mm-dd", "46053").shown == Shown::Same);
    assert!(formatted("yyyy/m/d", "46053").shown == Shown::As("2026/1/31".to_owned()));
    assert!(formatted("h:mm", "46053.5").value == at(2026, 1, 31, 12));
    assert!(formatted("h:mm", "0.5").value == Value::Time("12:00:00".to_owned()));
    assert!(formatted("[h]:mm", "1.5").value == Value::Time("36:00:00".to_owned()));
    assert!(formatted("yyyy-mm-dd", "-5").value == Value::Number(-5.0));
    let styles = r#"<cellXfs><xf numFmtId="14"/></cellXfs>"#;
    let data = r#"<row><c s="0"><v>44591</v></c></row>"#;
    let book = Book { styles, workbook: r#"<workbookPr date1904="1"/>"#, ..Book::of(data) };
    assert!(book.only_cell().value == at(2026, 1, 31, 0));
}

#[test]
fn strict_workbooks_are_read_alike() {
    let book = Book { head: STRICT, ..Book::of("<row><c><v>1</v></c></row>") };
    assert_eq!(lines(&book.rows()), ["1: 1"]);
}

#[test]
fn what_the_cell_reader_refuses_is_written_anew() {
    let data = r#"<row r="2" hidden="1"><c r="B2" t="inlineStr"><is><t>a &lt; b</t></is></c></row>"#;
    let mut odd = Book::of(data);
    odd.sheets[0].insert_str(0, r#"<dimension ref="1:4"/>"#);
    assert_eq!(lines(&odd.rows()), ["2~: |a < b"]);

    let relations = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId8" Type="x/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>"#;
    let workbook = r#"<sheets><sheet name="Macro" sheetId="8" r:id="rId8"/><sheet name="Gone" sheetId="9" r:id=""/></sheets>"#;
    let macros = Book { workbook, more: vec![("xl/_rels/workbook.xml.rels", relations)], ..Book::of(data) };
    let scratch = macros.scratch();
    assert_eq!(lines(&scratch.rows().unwrap()), ["2~: |a < b"]);
    assert_eq!(scratch.open().unwrap().sheets().len(), 1);
}

#[test]
fn a_report_of_ours_says_so() {
    let property = |value: &str| {
        let text = format!(
            r#"<Properties><property name="other"><vt:lpwstr>report</vt:lpwstr></property><property fmtid="{{D5CDD505}}" pid="2" name="flowbatch"><vt:lpwstr>{value}</vt:lpwstr></property></Properties>"#
        );
        let book = Book { more: vec![("docProps/custom.xml", &text)], ..Book::of("") };
        book.scratch().open().unwrap().kind_of_ours() == Some("report")
    };
    assert!(property("report"));
    assert!(!property("fix"));
    assert_eq!(Book::of("").scratch().open().unwrap().kind_of_ours(), None);
}

#[test]
fn bombs_are_refused_by_what_they_unpack_to() {
    let too_large = |book: &Book| match book.scratch().open().and_then(|book| rows_of(&book, 0)) {
        Err(FileFault::TooLarge { what, .. }) => what,
        _ => "read",
    };
    let long = "x".repeat(2 << 20);
    let strings = format!("<si><t>{long}</t></si>");
    assert_eq!(too_large(&Book { strings: &strings, ..Book::of("") }), "cell");
    let pieces = "<r><t>xxxxxxxxxxxxxxxx</t></r>".repeat(100_000);
    let strings = format!("<si>{pieces}</si>");
    assert_eq!(too_large(&Book { strings: &strings, ..Book::of("") }), "cell");
    let inline = format!(r#"<row><c t="inlineStr"><is>{pieces}</is></c></row>"#);
    assert_eq!(too_large(&Book::of(&inline)), "cell");
    assert_eq!(too_large(&Book::of(&" ".repeat(2 << 20))), "cell");
    assert_eq!(too_large(&Book::of(&format!("<!--{long}-->"))), "cell");
    assert_eq!(too_large(&Book::of(r#"<row><c r="XFE1"><v>1</v></c></row>"#)), "columns");
    assert_eq!(too_large(&Book::of(r#"<row r="1048577"><c><v>1</v></c></row>"#)), "rows");
    // One shared text in every cell of a row.
    let text = "x".repeat(900_000);
    let strings = format!("<si><t>{text}</t></si>");
    let row = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(50));
    assert_eq!(too_large(&Book { strings: &strings, ..Book::of(&row) }), "line");
}

#[test]
fn a_broken_sheet_is_nobody_elses_trouble() {
    let mut book = Book::of("<row><c><v>1</v></c></row>");
    book.sheets.push(" ".repeat(2 << 20));
    let scratch = book.scratch();
    let workbook = scratch.open().unwrap();
    assert_eq!(lines(&rows_of(&workbook, 0).unwrap()), ["1: 1"]);
    assert!(matches!(rows_of(&workbook, 1), Err(FileFault::TooLarge { what: "cell", .. })));
}

#[test]
fn a_sheet_may_be_scanned_often_and_while_another_is() {
    let mut book = Book::of("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>");
    book.sheets.push("<sheetData><row><c><v>9</v></c></row></sheetData>".to_owned());
    let scratch = book.scratch();
    let workbook = scratch.open().unwrap();
    let mut inner = Vec::new();
    let scanned = workbook.scan(0, &mut |_| {
        inner.extend(lines(&rows_of(&workbook, 1).unwrap()));
        ControlFlow::Continue(())
    });
    assert!(scanned.is_ok());
    assert_eq!(inner, ["1: 9", "1: 9"]);
    assert_eq!(lines(&rows_of(&workbook, 0).unwrap()), ["1: 1", "2: 2"]);
}

#[test]
fn entities_of_the_files_own_making_are_not_followed() {
    let bomb = format!(
        r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst {HEAD}><si><t>&b;</t></si></sst>"#
    );
    let book = Book { more: vec![("xl/sharedStrings.xml", &bomb)], ..Book::of("") };
    assert!(matches!(book.scratch().open().err(), Some(FileFault::Damaged { .. })));
}

#[test]
fn what_nobody_sees_is_told() {
    let styles = r#"<numFmts><numFmt numFmtId="164" formatCode="0;-0;;@"/></numFmts><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
        <cellXfs><xf/><xf fontId="1"/><xf fontId="2"/><xf numFmtId="164"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs>"#;
    let strings = "<si><t>plain</t></si><si><r><t>a</t></r><r><rPr><strike/></rPr><t>b</t></r></si>\
        <si><r><rPr><strike/></rPr><t>all</t></r><r><rPr/><t> </t></r></si>";
    let data = r#"<row><c t="s"><v>0</v></c><c t="s" s="1"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c s="2"><v>1</v></c><c s="1"><v>1</v></c>
        <c t="inlineStr"><is><r><rPr><strike/></rPr><t>x</t></r><r><t>y</t></r></is></c></row>
        <row><c><v>0</v></c><c s="3"><v>0</v></c><c s="3"><v>5</v></c><c t="str"><v>0</v></c></row>"#;
    let mut book = Book { styles, strings, ..Book::of(data) };
    book.sheets[0].insert_str(
        0,
        r#"<cols><col min="2" max="3" width="9" hidden="1"/><col min="4" max="4" width="0"/><col min="5" max="5" width="9"/></cols>"#,
    );
    let scratch = book.scratch();
    let rows = scratch.rows().unwrap();
    let struck: Vec<Struck> = (0..7).map(|column| rows[0].mark(column).struck).collect();
    assert_eq!(
        struck,
        [Struck::No, Struck::Whole, Struck::Part, Struck::Whole, Struck::No, Struck::Whole, Struck::Part]
    );
    let unseen = |rows: &[Row]| (0..4).map(|column| rows[1].mark(column).unseen_zero).collect::<Vec<_>>();
    assert_eq!(unseen(&rows), [false, true, false, false]);
    assert_eq!(scratch.open().unwrap().sheets()[0].hidden_columns.iter().collect::<Vec<_>>(), [(1, 4)]);
    book.sheets[0].insert_str(0, r#"<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>"#);
    assert_eq!(unseen(&book.rows()), [true, true, false, false]);
}

#[test]
fn white_text_is_marked_where_nothing_is_painted_behind_it() {
    let styles = r#"<fonts><font><color theme="1"/></font><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font><font><color theme="0" tint="-0.5"/></font><font><color indexed="9"/></font></fonts>
        <fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF4472C4"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="00FFFFFF"/></patternFill></fill><fill><gradientFill/></fill></fills>
        <cellXfs><xf/><xf fontId="1"/><xf fontId="2"/><xf fontId="3"/><xf fontId="4"/><xf fontId="1" fillId="1"/><xf fontId="1" fillId="2"/><xf fontId="1" fillId="3"/></cellXfs><dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>"#;
    let cells: String = (0..8).map(|style| format!(r#"<c s="{style}"><v>7</v></c>"#)).collect();
    let data = format!("<row>{cells}</row>");
    let rows = Book { styles, ..Book::of(&data) }.rows();
    let white: Vec<bool> = (0..8).map(|column| rows[0].mark(column).white).collect();
    assert_eq!(white, [false, true, true, false, true, false, true, false]);
}

#[test]
fn text_in_the_colour_behind_it_or_as_small_as_a_dot_is_marked_too() {
    let styles = r#"<fonts><font><sz val="11"/><color theme="1"/></font><font><sz val="1"/></font><font><color rgb="FFFFFF00"/></font><font><color rgb="FFF7FEFE"/></font><font><color theme="0" tint="-0.05"/></font></fonts>
        <fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="00FFFF00"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor theme="1"/></patternFill></fill></fills>
        <cellXfs><xf/><xf fontId="1"/><xf fontId="2"/><xf fontId="2" fillId="1"/><xf fillId="2"/><xf fontId="3"/><xf fontId="4"/></cellXfs>"#;
    let cells: String = (0..7).map(|style| format!(r#"<c s="{style}"><v>7</v></c>"#)).collect();
    let rows = Book { styles, ..Book::of(&format!("<row>{cells}</row>")) }.rows();
    let unseen: Vec<bool> = (0..7).map(|column| rows[0].mark(column).white).collect();
    assert_eq!(unseen, [false, true, false, true, true, true, true]);
}

#[test]
fn columns_are_told_in_which_a_conditional_format_changes_what_is_seen() {
    // Struck; red on a fill; white on nothing; white on red; another number format.
    let styles = r#"<dxfs><dxf><font><strike/></font></dxf><dxf><font><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf>
        <dxf><font><color theme="0"/></font></dxf><dxf><font><color theme="0"/></font><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf>
        <dxf><numFmt numFmtId="170" formatCode=";;;"/></dxf><dxf><border><left><color theme="0"/></left></border></dxf><dxf><numFmt numFmtId="171" formatCode="0.00"/></dxf></dxfs>"#;
    let rule = |area: &str, format: u32| {
        format!(
            r#"<conditionalFormatting sqref="{area}"><cfRule type="expression" dxfId="{format}"><formula>1</formula></cfRule></conditionalFormatting>"#
        )
    };
    let bars = r#"<conditionalFormatting sqref="A1:Z9"><cfRule type="dataBar"><extLst><ext/></extLst></cfRule></conditionalFormatting>"#;
    let rules = [
        bars.to_owned(),
        rule("A2:A9", 0),
        rule("B2:B9", 1),
        rule("C2:C9 E2:F9", 2),
        rule("D2", 3),
        rule("H1:H1048576", 4),
        rule("I2", 5),
        rule("J2", 99),
        rule("L2", 6),
    ];
    let mut book = Book { styles, ..Book::of("<row><c><v>7</v></c></row>") };
    // The pages of a view that was kept end nothing, nor does what follows a rule for bars.
    book.sheets[0].push_str(
        r#"<customSheetViews><customSheetView guid="x"><pageMargins left="1"/></customSheetView></customSheetViews>"#,
    );
    book.sheets[0].push_str(r#"<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>"#);
    book.sheets[0].push_str(&rules.concat());
    let scratch = book.scratch();
    let workbook = scratch.open().unwrap();
    let sheet = &workbook.sheets()[0];
    let columns: Vec<u32> = sheet.restyled.iter().map(|area| area.first_column).collect();
    assert_eq!(columns, [0, 2, 4, 7]);
    assert_eq!(sheet.merged.len(), 1);
}

#[test]
fn a_run_above_or_below_the_line_has_figures_of_its_own() {
    let run = |at: &str, text: &str| format!(r#"<r><rPr><vertAlign val="{at}"/></rPr><t>{text}</t></r>"#);
    let plain = |text: &str| format!("<r><t>{text}</t></r>");
    let cells = [
        plain("10") + &run("superscript", "-4") + &plain(" 8"),
        plain("8000元") + &run("superscript", "1"),
        plain("8") + &run("subscript", "2"),
        // A unit is read in one line, as it always was; and so is what stands on the line, or all above it.
        plain("m") + &run("superscript", "2"),
        plain("签署方") + &run("subscript", "1"),
        plain("A") + &run("baseline", "201"),
        run("superscript", "13800138000"),
    ];
    let cell = |runs: &String| format!(r#"<c t="inlineStr"><is>{runs}</is></c>"#);
    let data = format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
    let rows = Book::of(&data).rows();
    let seen: Vec<String> = (0..7).map(|column| rows[0].cell(column).seen()).collect();
    assert_eq!(seen, ["10⁻⁴ 8", "8000元¹", "8₂", "m2", "签署方1", "A201", "13800138000"]);
}

#[test]
fn formulas_that_were_never_calculated_are_told_from_zeros() {
    let of = |workbook: &str, cell: &str| {
        let data = format!("<row>{cell}</row>");
        let book = Book { workbook, ..Book::of(&data) };
        let rows = book.rows();
        rows.first().map_or(Value::Empty, |row| row.cells[0].value.clone())
    };
    let due = r#"<calcPr fullCalcOnLoad="1"/>"#;
    for (workbook, cell, value) in [
        (due, "<c><f>1</f><v>0</v></c>", Value::Uncached),
        (due, r#"<c t="str"><f>1</f><v></v></c>"#, Value::Uncached),
        (r#"<calcPr calcCompleted="0"/>"#, "<c><f>1</f><v>0</v></c>", Value::Uncached),
        (due, "<c><f>1</f><v>7</v></c>", Value::Number(7.0)),
        (due, "<c><v>0</v></c>", Value::Number(0.0)),
        (r#"<calcPr calcId="191029"/>"#, "<c><f>1</f><v>0</v></c>", Value::Number(0.0)),
        (r#"<calcPr iterateDelta="0.001"/>"#, "<c><f>1</f><v>0</v></c>", Value::Number(0.0)),
        // No engine is named, and no formula has a result.
        ("", "<c><f>1</f><v>0</v></c>", Value::Uncached),
        (r#"<calcPr calcId="0"/>"#, "<c><f>1</f><v>0</v></c>", Value::Uncached),
        (r#"<calcPr calcMode="manual"/>"#, r#"<c t="str"><f>1</f><v></v></c>"#, Value::Uncached),
        ("", "<c><f>1</f><v>0</v></c><c><f>2</f><v>2</v></c>", Value::Number(0.0)),
        ("", r#"<c><f>1</f><v>0</v></c><c t="str"><f>2</f><v>a</v></c>"#, Value::Number(0.0)),
        ("", "<c><f>1</f><v>0</v></c><c><v>2</v></c>", Value::Uncached),
        ("", "<c><f>1</f><v>0.0</v></c>", Value::Uncached),
        ("", "<c><v>0.0</v></c>", Value::Number(0.0)),
        ("", r#"<c t="e"><f>1</f><v>#ODD?!</v></c>"#, Value::Error("#ODD?!".to_owned())),
        ("", r#"<c t="n"><v>abc</v></c>"#, Value::Error("abc".to_owned())),
    ] {
        assert!(of(workbook, cell) == value, "{workbook} {cell}");
    }
}

#[test]
fn a_sheet_that_breaks_off_is_damaged_but_its_first_rows_may_be_had() {
    let mut book = Book::of("");
    book.sheets[0] = format!("<sheetData>{}", "<row><c><v>1</v></c></row>".repeat(1000));
    let workbook = book.scratch();
    assert!(matches!(workbook.rows(), Err(FileFault::Damaged { .. })));
    let workbook = workbook.open().unwrap();
    let mut seen = 0;
    let first = |_: Row| {
        seen += 1;
        if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    workbook.scan(0, &mut { first }).unwrap();
    assert_eq!(seen, 10);
}

#[test]
fn comments_are_told_and_conversations_in_their_own_words() {
    let mut book = Book::of(r#"<row r="2"><c r="B2"><v>1</v></c></row>"#);
    book.more = vec![
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            r#"<Relationships>
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/>
            <Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/t1.xml"/>
            </Relationships>"#,
        ),
        (
            "xl/comments1.xml",
            r#"<comments><authors><author>王敏</author></authors><commentList>
            <comment ref="B2" authorId="0"><text><r><rPr><b/></rPr><t>王敏:</t></r><r><t xml:space="preserve">
已离职 &amp; 不发</t></r></text></comment>
            <comment ref="C3" authorId="0"><text><t>[Threaded comment]</t></text></comment>
            <comment ref="bad" authorId="0"><text><t>x</t></text></comment></commentList></comments>"#,
        ),
        (
            "xl/threadedComments/t1.xml",
            r#"<ThreadedComments><threadedComment ref="C3" id="1"><text>先不签</text></threadedComment>
            <threadedComment ref="C3" id="2" parentId="1"><text>好</text></threadedComment></ThreadedComments>"#,
        ),
    ];
    let workbook = book.scratch().open().unwrap();
    let told: Vec<_> = workbook.sheets()[0]
        .comments
        .iter()
        .map(|comment| (comment.row, comment.column, comment.text.as_str()))
        .collect();
    assert_eq!(told, [(3, 2, "先不签"), (3, 2, "好"), (2, 1, "王敏:\n已离职 & 不发")]);
    // Nobody needs them to read the rows.
    book.more[1].1 = "<comments><comment ref=\"B2\"><text><t>cut";
    assert_eq!(lines(&book.rows()), ["2: |1"]);
}

/// What is unpacked is not what was packed: a digit of a mobile may be another one.
#[test]
fn a_part_that_was_changed_after_it_was_packed_is_damaged() {
    let book = Book::of(r#"<row><c t="inlineStr"><is><t>13912345107</t></is></c></row>"#);
    let book = Book { workbook: r#"<workbookPr date1904="0"/>"#, ..book };
    let stored = stored(&book.bytes());
    assert_eq!(lines(&Scratch::new("a.xlsx", &stored).rows().unwrap()), ["1: 13912345107"]);
    for (old, new) in [("13912345107", "13912345187"), (r#"date1904="0""#, r#"date1904="1""#)] {
        let at = memchr::memmem::find(&stored, old.as_bytes()).unwrap();
        let mut changed = stored.clone();
        changed[at..at + new.len()].copy_from_slice(new.as_bytes());
        let rows = Scratch::new("a.xlsx", changed).rows();
        assert!(matches!(rows, Err(FileFault::Damaged { .. })), "{new}");
    }
}

/// The same package, its parts as they are.
fn stored(package: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        new.start_file(part.name().unwrap().into_owned(), plain).unwrap();
        std::io::copy(&mut part, &mut new).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn two_cells_in_one_place_are_damaged() {
    let twice = r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#;
    assert!(matches!(Book::of(twice).scratch().rows(), Err(FileFault::Damaged { .. })));
}

use super::*;
use crate::domain::cell::Struck;

fn ods(body: &str) -> Scratch {
    let content = format!(
        r#"<office:document-content><office:automatic-styles>
        <style:style style:name="seen"><style:table-properties table:display="true"/></style:style>
        <style:style style:name="away"><style:table-properties table:display="false"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"#
    );
    Scratch::new(
        "a.xlsx",
        zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]),
    )
}

fn table(rows: &str) -> Scratch {
    ods(&format!(r#"<table:table table:name="T" table:style-name="seen">{rows}</table:table>"#))
}

fn text(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

#[test]
fn values_come_with_what_is_seen() {
    let cells = r#"
        <table:table-cell office:value-type="float" office:value="7"><text:p>HT-0007</text:p></table:table-cell>
        <table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2026-01-31"><text:p>2026-01-31</text:p></table:table-cell>
        <table:table-cell office:value-type="time" office:time-value="PT36H05M00S"><text:p>36:05</text:p></table:table-cell>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="13800138000"><text:p>1.38E+10</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]" office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]"/>
        <table:table-cell><draw:frame><draw:image/><text:p>not it</text:p></draw:frame></table:table-cell>"#;
    let rows = table(&format!("<table:table-row>{cells}</table:table-row>")).rows().unwrap();
    let expected = [
        Cell { value: Value::Number(7.0), shown: Shown::As("HT-0007".to_owned()) },
        Cell { value: Value::Number(0.5), shown: Shown::As("50%".to_owned()) },
        Cell::of(Value::DateTime(jiff::civil::date(2026, 1, 31).into())),
        Cell { value: Value::Time("36:05:00".to_owned()), shown: Shown::As("36:05".to_owned()) },
        Cell::of(Value::Bool(true)),
        Cell::of(Value::Number(13_800_138_000.0)),
        Cell::of(Value::Error("#N/A".to_owned())),
        Cell::of(Value::Uncached),
        Cell::of(Value::Picture),
    ];
    for (at, (cell, expected)) in rows[0].cells.iter().zip(&expected).enumerate() {
        assert!(cell == expected, "cell {at}");
    }
    assert_eq!(rows[0].cells.len(), expected.len());
}

#[test]
fn text_is_joined_as_it_is_seen() {
    for (xml, seen) in [
        (" a \n  b ", "a b"),
        ("a<text:s text:c=\"3\"/>b", "a   b"),
        ("<text:span>张</text:span><text:span>三</text:span>", "张三"),
        ("a <text:span>b</text:span> c", "a b c"),
        ("a</text:p><text:p>b", "a\nb"),
        ("a<text:line-break/>b<text:tab/>c &amp; &#x4E2D;", "a\nb\tc & 中"),
        (
            "<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>ひがし</text:ruby-text></text:ruby>",
            "東",
        ),
        ("a<office:annotation><text:p>note</text:p></office:annotation>b", "ab"),
    ] {
        let rows = table(&format!("<table:table-row>{}</table:table-row>", text(xml))).rows().unwrap();
        assert_eq!(rows[0].cells[0].text(), seen, "{xml}");
    }
}

#[test]
fn repeated_rows_and_columns_keep_their_places() {
    let rows = format!(
        r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>{}</table:table-row>
        <table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
        text("x").replacen("<table:table-cell", r#"<table:table-cell table:number-columns-repeated="2""#, 1)
    );
    assert_eq!(lines(&table(&rows).rows().unwrap()), ["4: ||x|x", "5: ||x|x"]);
}

#[test]
fn a_value_repeated_beyond_all_sheets_is_refused() {
    let repeated = |name: &str| {
        let cell = text("x");
        let (row, cell) = match name {
            "rows" => (r#" table:number-rows-repeated="4000000000""#, cell),
            _ => ("", cell.replacen("cell", r#"cell table:number-columns-repeated="4000000000""#, 1)),
        };
        let limits = Limits { max_rows: 1000, ..Limits::default() };
        let scratch = table(&format!("<table:table-row{row}>{cell}</table:table-row>"));
        rows_of(&scratch.open_with(limits).unwrap(), 0).err()
    };
    assert_eq!(repeated("rows"), Some(FileFault::TooLarge { what: "rows", found: 1001, limit: 1000 }));
    let columns = FileFault::TooLarge { what: "columns", found: 16_385, limit: 16_384 };
    assert_eq!(repeated("columns"), Some(columns));
    let spaces = text(r#"a<text:s text:c="4000000000"/>b"#);
    let spaces = table(&format!("<table:table-row>{spaces}</table:table-row>"));
    assert!(matches!(spaces.open().err(), Some(FileFault::TooLarge { what: "cell", .. })));
}

#[test]
fn hidden_rows_sheets_and_merged_cells_are_marked() {
    let row = |attributes: &str, n: u32| {
        format!("<table:table-row {attributes}>{}</table:table-row>", text(&n.to_string()))
    };
    let merged = r#"<table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2" office:value-type="string"><text:p>m</text:p></table:table-cell><table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell></table:table-row>"#;
    let first = [
        merged.to_owned(),
        row(r#"table:visibility="filter""#, 2),
        row(r#"table:visibility="collapse""#, 3),
        format!(r#"<table:table-row-group table:display="false">{}</table:table-row-group>"#, row("", 4)),
        row("", 5),
    ]
    .concat();
    let scratch = ods(&format!(
        r#"<table:table table:name="一" table:style-name="seen">{first}</table:table>
        <table:table table:name="二" table:style-name="away">{}</table:table>"#,
        row("", 1)
    ));
    let workbook = scratch.open().unwrap();
    assert_eq!(lines(&rows_of(&workbook, 0).unwrap()), ["1: m|under", "2~: 2", "3~: 3", "4~: 4", "5: 5"]);
    assert_eq!(lines(&rows_of(&workbook, 1).unwrap()), ["1: 1"]);
    let [one, two] = workbook.sheets() else { panic!("two sheets") };
    assert_eq!((one.hidden, two.hidden, workbook.kind()), (false, true, Kind::Ods));
    assert_eq!(one.merged, [Merge { first_row: 1, last_row: 2, first_column: 0, last_column: 2 }]);
}

#[test]
fn a_password_and_an_entity_bomb_are_named() {
    let encrypted = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "gibberish"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        ),
    ]);
    assert_eq!(Scratch::new("a.ods", encrypted).open().err(), Some(FileFault::PasswordProtected));
    let bomb = table(&format!("<table:table-row>{}</table:table-row>", text("&lol9;")));
    assert_eq!(bomb.open().err(), Some(FileFault::Damaged { detail: "entity".to_owned() }));
}

#[test]
fn what_nobody_sees_is_told() {
    let styles = r#"<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>
        <style:style style:name="child" style:parent-style-name="gone"/>
        <style:style style:name="kept"><style:text-properties style:text-line-through-style="none"/></style:style>"#;
    let cell = |style: &str, inside: &str| {
        format!(
            r#"<table:table-cell table:style-name="{style}" office:value-type="string"><text:p>{inside}</text:p></table:table-cell>"#
        )
    };
    let number = |text: &str| {
        format!(r#"<table:table-cell office:value-type="float" office:value="0">{text}</table:table-cell>"#)
    };
    let row = [
        cell("gone", "a"),
        cell("child", "a"),
        cell("kept", "a"),
        cell("kept", r#"a<text:span text:style-name="gone">b</text:span>"#),
        text("plain"),
        number("<text:p>0</text:p>"),
        number("<text:p/>"),
        number(""),
    ]
    .concat();
    let body = format!(
        r#"<table:table table:name="T" table:style-name="seen"><table:table-column table:number-columns-repeated="2"/>
        <table:table-column table:visibility="collapse"/><table:table-column-group table:display="false"><table:table-column table:number-columns-repeated="2" table:default-cell-style-name="gone"/></table:table-column-group>
        <table:table-row>{row}</table:table-row></table:table>"#
    );
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    );
    let book = |settings: &str| {
        Scratch::new(
            "a.ods",
            zipped(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", content.as_str()),
                ("settings.xml", settings),
            ]),
        )
    };
    let scratch = book("<x/>");
    let rows = scratch.rows().unwrap();
    let struck: Vec<Struck> = (0..5).map(|column| rows[0].mark(column).struck).collect();
    assert_eq!(struck, [Struck::Whole, Struck::Whole, Struck::No, Struck::Part, Struck::Whole]);
    let unseen = |rows: &[Row]| (5..8).map(|column| rows[0].mark(column).unseen_zero).collect::<Vec<_>>();
    assert_eq!(unseen(&rows), [false, true, true]);
    assert_eq!(scratch.open().unwrap().sheets()[0].hidden_columns.iter().collect::<Vec<_>>(), [(2, 5)]);
    let hides = r#"<config:config-item config:name="ShowZeroValues" config:type="boolean">false</config:config-item>"#;
    assert_eq!(unseen(&book(hides).rows().unwrap()), [true, true, true]);
}

#[test]
fn errors_are_known_however_they_are_stored() {
    let cells = r##"<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=X()" office:value-type="string" office:string-value=""><text:p>Err:508</text:p></table:table-cell>
        <table:table-cell table:formula="of:=X()" office:value-type="string" calcext:value-type="error"/>
        <table:table-cell office:value-type="string"><text:p>#N/A</text:p></table:table-cell>"##;
    let rows = table(&format!("<table:table-row>{cells}</table:table-row>")).rows().unwrap();
    let errors: Vec<_> = rows[0].cells.iter().map(|cell| matches!(cell.value, Value::Error(_))).collect();
    assert_eq!(errors, [true; 4]);
}

#[test]
fn comments_are_told() {
    let cell = r#"<table:table-cell office:value-type="string"><office:annotation draw:style-name="gr1"><dc:creator>王敏</dc:creator><dc:date>2026-01-01</dc:date><text:p>已离职，</text:p><text:p><text:span>不发</text:span></text:p></office:annotation><text:p>李雷</text:p></table:table-cell>"#;
    let rows = format!(
        "<table:table-row>{}</table:table-row><table:table-row>{}{cell}</table:table-row>",
        text("a"),
        text("b")
    );
    let scratch = table(&rows);
    assert_eq!(lines(&scratch.rows().unwrap()), ["1: a", "2: b|李雷"]);
    let workbook = scratch.open().unwrap();
    let [comment] = workbook.sheets()[0].comments.as_slice() else { panic!("one comment") };
    assert_eq!((comment.row, comment.column, comment.text.as_str()), (2, 1, "已离职，\n不发"));
}

#[test]
fn content_that_breaks_off_is_damaged() {
    let whole = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"T\">\
        <table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell office:value-type=\"string\"><text:p>b</text:p></table:table-cell></table:table-row>\
        </table:table></office:spreadsheet>";
    let book = |content: &str| {
        Scratch::new(
            "a.ods",
            zipped(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", content),
            ]),
        )
    };
    assert_eq!(lines(&book(whole).rows().unwrap()), ["1: a", "2: b"]);
    for at in whole.match_indices('<').map(|(at, _)| at).skip(4) {
        let cut = book(&whole[..at]).rows();
        assert!(matches!(cut, Err(FileFault::Damaged { .. })), "{}", &whole[..at]);
    }
}

#[test]
fn a_number_whose_form_is_left_to_the_reader_shows_what_is_not_known() {
    let styles = r#"<style:style style:name="money" style:data-style-name="N4"/><style:style style:name="plain" style:data-style-name="N0"/>"#;
    let cell = |style: &str, inside: &str| {
        format!(
            r#"<table:table-cell table:style-name="{style}" office:value-type="float" office:value="8000">{inside}</table:table-cell>"#
        )
    };
    let row = [cell("money", ""), cell("plain", ""), cell("money", "<text:p>8,000.00</text:p>")].concat();
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
         <table:table table:name=\"T\"><table:table-row>{row}</table:table-row></table:table></office:body></office:document-content>"
    );
    let book = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
    ]);
    let rows = Scratch::new("a.ods", book).rows().unwrap();
    let cells = &rows[0].cells;
    assert!(matches!(cells[0].shown, Shown::Unknown { .. }));
    assert_eq!((cells[1].seen().as_str(), cells[2].seen().as_str()), ("8000", "8,000.00"));
}

#[test]
fn what_stands_beside_the_line_is_no_digit_more_and_1904_is_marked() {
    let content = r#"<office:document-content><office:automatic-styles>
        <style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>
        <table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>
        <table:table table:name="T"><table:table-row>
        <table:table-cell office:value-type="string"><text:p>8000<text:span text:style-name="up">1</text:span></text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="46500"><text:p>46500</text:p></table:table-cell>
        <table:table-cell office:value-type="percentage" office:value="0.15"/>
        </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    let bytes =
        zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    let rows = Scratch::new("a.ods", bytes).rows().unwrap();
    assert_eq!(rows[0].cell(0).seen(), "8000¹");
    assert!(rows[0].mark(1).from_1904);
    // Its form is left to the reader: nobody knows whether it is 15% or 15.0%.
    assert!(matches!(rows[0].cell(2).shown, crate::domain::cell::Shown::Unknown { .. }));
}

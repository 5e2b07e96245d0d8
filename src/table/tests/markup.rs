//! What HR systems export under the name of an XLS: HTML tables and XML Spreadsheet 2003.

use super::*;
use crate::domain::cell::Struck;

fn html(body: &str) -> Scratch {
    Scratch::new("a.xls", format!("<html><head><meta charset=utf-8></head><body>{body}</body></html>"))
}

fn struck(rows: &[Row]) -> Vec<(u32, u32, Struck)> {
    let of_row = |row: &Row| {
        let marks: Vec<_> =
            row.marks.iter().map(|(column, mark)| (row.number, *column, mark.struck)).collect();
        marks
    };
    rows.iter().flat_map(of_row).collect()
}

#[test]
fn a_table_is_read_with_its_spans() {
    let scratch = html(
        "<h1>工资表</h1><table><tr><th rowspan=2>姓名<th colspan=2>月薪</tr><tr><td>税前<td>税后</tr>\
        <tr><td>张&nbsp;三<td>8000<td><b>7</b>000</tr></table><p>完</p>",
    );
    let workbook = scratch.open().unwrap();
    assert_eq!(workbook.kind(), Kind::Html);
    let rows = rows_of(&workbook, 0).unwrap();
    let expected = ["1: 工资表", "2: 姓名|月薪", "3: |税前|税后", "4: 张\u{A0}三|8000|7000", "5: 完"];
    assert_eq!(lines(&rows), expected);
    let merges: Vec<_> = workbook.sheets()[0]
        .merged
        .iter()
        .map(|merge| (merge.first_row, merge.last_row, merge.first_column, merge.last_column))
        .collect();
    assert_eq!(merges, [(2, 3, 0, 0), (2, 2, 1, 2)]);
}

#[test]
fn html_says_what_is_hidden_struck_and_formatted() {
    let scratch = html(
        "<style>.d{mso-number-format:\"yyyy\\/m\\/d\"} .t{mso-number-format:\"\\@\"} .x{text-decoration:line-through}</style>\
        <table><col><col style='display:none'><col span=2 width=0><col>\
        <tr><td class=d x:num=\"46053\">2026-01-31<td class=t>007<td x:num>12<td x:str=\"0 1\">1<td x:err=\"#N/A\">x</tr>\
        <tr style='display:none'><td class=x>whole<td><s>a</s>b<td><del>c</del><td><span style='display:none'>no</span>yes</tr>\
        <tr><td style=\"mso-number-format:'0\\.00'\">8000<td x:fmla=\"=A1\"></td></tr></table>",
    );
    let workbook = scratch.open().unwrap();
    let rows = rows_of(&workbook, 0).unwrap();
    assert_eq!(lines(&rows), ["1: 2026/1/31|007|12|0 1|#N/A", "2~: whole|ab|c|yes", "3: 8000.00|"]);
    assert!(rows[0].cells[1].value == Value::Text("007".into()));
    assert!(rows[0].cells[2].value == Value::Number(12.0));
    assert!(rows[2].cells[1].value == Value::Uncached);
    assert_eq!(struck(&rows), [(2, 0, Struck::Whole), (2, 1, Struck::Part), (2, 2, Struck::Whole)]);
    assert_eq!(workbook.sheets()[0].hidden_columns.iter().collect::<Vec<_>>(), [(1, 4)]);
}

#[test]
fn a_page_is_read_in_the_encoding_it_says_or_has() {
    let page = |meta: &str| format!("<html><head>{meta}</head><table><tr><td>张三</td></tr></table></html>");
    let gbk = |meta: &str| encoding_rs::GBK.encode(&page(meta)).0.into_owned();
    for bytes in [
        gbk("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">"),
        gbk("<META CHARSET='GBK'>"),
        gbk(""),
        page("<meta charset=gb2312>").into_bytes(),
        page("<meta charset=utf-8>").into_bytes(),
        [b"\xFF\xFE".to_vec(), page("").encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
    ] {
        assert_eq!(lines(&Scratch::new("a.xls", bytes).rows().unwrap()), ["1: 张三"]);
    }
}

#[test]
fn broken_and_hostile_pages_end() {
    for body in [
        "<table><tr><td>a<td>b<tr><td>c",
        "<table><td>a</td></table></table></td></tr>",
        "<table><tr><td><table><tr><td>in</td></tr></table>out</td></tr></table>",
        "<table><tr><td colspan=0 rowspan=0>x</td></tr><tr><td>y</td></tr></table>",
        "<table><tr><td>x<",
    ] {
        assert!(html(body).rows().is_ok(), "{body}");
    }
    let wide = "<table><tr><td colspan=99999999>x<td>y</table>";
    assert!(matches!(html(wide).rows(), Err(FileFault::TooLarge { what: "columns", .. })));
    let deep = format!("<table><tr><td>{}", "<b>".repeat(20_000));
    assert!(matches!(html(&deep).rows(), Err(FileFault::TooLarge { .. })));
    let long = format!("<table><tr><td>{}", "x".repeat(2 << 20));
    assert!(matches!(html(&long).rows(), Err(FileFault::TooLarge { what: "cell", .. })));
}

fn xml(styles: &str, table: &str, more: &str) -> Scratch {
    Scratch::new(
        "a.xlsx",
        format!(
            r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
            <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
            <Styles>{styles}</Styles><Worksheet ss:Name="一"><Table>{table}</Table>{more}</Worksheet></Workbook>"#
        ),
    )
}

#[test]
fn xml_spreadsheets_are_read_with_their_looks() {
    let styles = r#"<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>
        <Style ss:ID="h"><NumberFormat ss:Format="&quot;HT-&quot;0000"/></Style>
        <Style ss:ID="x"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="xx" ss:Parent="x"/>"#;
    let table = r#"<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/><Column ss:Width="0"/>
        <Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">a &amp; b</Data></Cell><Cell ss:StyleID="d"><Data ss:Type="DateTime">2026-01-31T00:00:00.000</Data></Cell></Row>
        <Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="3" ss:StyleID="h"><Data ss:Type="Number">7</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
        <Row><Cell ss:StyleID="xx"><Data ss:Type="String">gone</Data></Cell>
        <Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">a<S>b</S></ss:Data><Comment><ss:Data>note</ss:Data></Comment></Cell>
        <Cell ss:Formula="=1"/><Cell ss:Formula="=1"><Data ss:Type="Number">0</Data></Cell><Cell><Data ss:Type="Number">0</Data></Cell></Row>"#;
    let more = "<WorksheetOptions><Visible>SheetHidden</Visible><DoNotDisplayZeros/></WorksheetOptions>";
    let scratch = xml(styles, table, more);
    let workbook = scratch.open().unwrap();
    assert_eq!(workbook.kind(), Kind::XmlSpreadsheet);
    let rows = rows_of(&workbook, 0).unwrap();
    assert_eq!(lines(&rows), ["1: a & b||2026/1/31", "4~: ||HT-0007|#N/A|TRUE", "5: gone|ab|||0"]);
    assert!(rows[2].cells[2].value == Value::Uncached && rows[2].cells[3].value == Value::Uncached);
    assert_eq!(rows[2].mark(0).struck, Struck::Whole);
    assert_eq!(rows[2].mark(1).struck, Struck::Part);
    assert!(rows[2].mark(4).unseen_zero);
    let sheet = &workbook.sheets()[0];
    assert!(sheet.hidden && sheet.name.as_deref() == Some("一"));
    assert_eq!(sheet.hidden_columns.iter().collect::<Vec<_>>(), [(1, 4)]);
    assert_eq!(sheet.merged, [Merge { first_row: 1, last_row: 2, first_column: 0, last_column: 1 }]);
}

#[test]
fn an_xml_spreadsheet_cut_short_is_damaged() {
    let table = r#"<Row><Cell><Data ss:Type="String">a</Data></Cell></Row>"#;
    let whole = std::fs::read(&xml("", table, "").path).unwrap();
    for length in [whole.len() - 30, whole.len() - 60] {
        let fault = Scratch::new("a.xls", &whole[..length]).open().err();
        assert!(matches!(fault, Some(FileFault::Damaged { .. })), "{length}");
    }
}

#[test]
fn comments_of_xml_spreadsheets_are_told() {
    let table = r#"<Row><Cell><Data ss:Type="String">a</Data></Cell></Row><Row><Cell ss:Index="2"><Data ss:Type="String">李雷</Data>
        <Comment ss:Author="王敏"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>王敏:</B><Font>&#10;已离职</Font></ss:Data></Comment></Cell></Row>"#;
    let scratch = xml("", table, "");
    assert_eq!(lines(&scratch.rows().unwrap()), ["1: a", "2: |李雷"]);
    let workbook = scratch.open().unwrap();
    let [comment] = workbook.sheets()[0].comments.as_slice() else { panic!("one comment") };
    assert_eq!((comment.row, comment.column, comment.text.as_str()), (2, 1, "王敏:\n已离职"));
}

#[test]
fn a_page_that_breaks_off_within_its_table_is_damaged() {
    let page = "<table><tr><td>姓名<td>岗位<tr><td>张三<td>会计</table>";
    let whole = Scratch::new("a.xls", page).rows().unwrap();
    assert_eq!(lines(&whole), ["1: 姓名|岗位", "2: 张三|会计"]);
    let end = page.len() - "</table>".len();
    for (at, _) in page.char_indices().filter(|(at, _)| (7..=end).contains(at)) {
        let rows = Scratch::new("a.xls", &page[..at]).rows();
        assert!(matches!(rows, Err(FileFault::Damaged { .. })), "{:?}", &page[..at]);
    }
    // What a program would write is no table.
    let script = format!("{page}<script>document.write('<table>')</script>");
    assert_eq!(lines(&Scratch::new("a.xls", script).rows().unwrap()), lines(&whole));
    // Without its own end, but with that of the page.
    let sloppy = format!("<html><body>{}</body></html>", &page[..end]);
    assert_eq!(lines(&Scratch::new("a.xls", sloppy).rows().unwrap()), lines(&whole));
}

#[test]
fn a_table_in_a_cell_among_data_is_text_of_that_cell() {
    let nested = "<table><tr><td>主管<td>13900000000</tr><tr><td>会计</tr></table>";
    let scratch = html(&format!(
        "<table><tr><td>姓名<td>手机<td>岗位<tr><td>张三<td>138<td>{nested}</td><td>甲</tr><tr><td>李四<td>139<td>工</table>"
    ));
    let expected = ["1: 姓名|手机|岗位", "2: 张三|138|主管 13900000000\n会计|甲", "3: 李四|139|工"];
    assert_eq!(lines(&scratch.rows().unwrap()), expected);
    // What only lays out the page stays a table, below a title and beside a menu.
    let data = "<table><tr><td>姓名<td>手机</tr><tr><td>张三<td>138</tr></table>";
    let laid_out = html(&format!(
        "<table><tr><td colspan=3>员工合同导出</tr><tr><td></td><td>{data}</td><td></td></tr></table>"
    ));
    assert_eq!(lines(&laid_out.rows().unwrap()), ["1: 员工合同导出", "2: 姓名|手机", "3: 张三|138"]);
    let beside = html(&format!("<table><tr><td>菜单</td><td>{data}</td></tr></table>"));
    assert_eq!(lines(&beside.rows().unwrap()), ["1: 菜单", "2: 姓名|手机", "3: 张三|138"]);
    let page = html(&format!("<table><tr><td>{nested}</table>"));
    assert_eq!(lines(&page.rows().unwrap()), ["1: 主管|13900000000", "2: 会计"]);
}

#[test]
fn a_page_may_begin_with_any_tag() {
    for first in ["<b>Warning</b>: x<br>", "<form>", "<span>x</span>", "<a name=x></a>"] {
        let page = Scratch::new("a.xls", format!("{first}<table><tr><td>a</table>"));
        assert_eq!(page.open().unwrap().kind(), Kind::Html, "{first}");
    }
}

#[test]
fn the_default_style_of_an_xml_spreadsheet_holds_where_nothing_else_is_said() {
    let styles = r#"<Style ss:ID="Default"><NumberFormat ss:Format="000000"/></Style><Style ss:ID="s2"/>"#;
    let cells = r#"<Row><Cell><Data ss:Type="Number">42</Data></Cell><Cell ss:StyleID="s2"><Data ss:Type="Number">42</Data></Cell></Row>"#;
    assert_eq!(lines(&xml(styles, cells, "").rows().unwrap()), ["1: 000042|000042"]);
}

#[test]
fn what_stands_beside_the_line_is_no_digit_more() {
    let page = html(
        "<style>.up{vertical-align:super}#gone{display:none}</style><table><tr>\
        <td>8000<sup>1</sup><td>8000<span style='vertical-align:super'>1</span><td>10<span class=up>4</span>\
        <td>8000<span id=gone>5</span></table>",
    );
    assert_eq!(lines(&page.rows().unwrap()), ["1: 8000¹|8000¹|10⁴|8000"]);
    let data = "<Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\">8000<Sup>1</Sup></Data>";
    let rows = xml("", &format!("<Row><Cell>{data}</Cell></Row>"), "").rows().unwrap();
    assert_eq!(lines(&rows), ["1: 8000¹"]);
}

#[test]
fn names_of_letters_may_lack_their_end_in_pages_only() {
    let page = html("<table><tr><td>&nbsp<td>R&ampD<td>&#20135品<td>产品&nbsp经理<td>a&b<td>x&#</table>");
    assert_eq!(lines(&page.rows().unwrap()), ["1: \u{A0}|R&D|产品|产品\u{A0}经理|a&b|x&#"]);
}

#[test]
fn older_names_of_formats_blocks_and_1904_are_known() {
    let page = html(
        "<table><tr><td style='vnd.ms-excel.numberformat:yyyy/mm/dd'>46024<td style=\"vnd.ms-excel.numberformat:0.00\">8000\
        <td>8000<hr>500<td><section>8000</section><section>500</section></table>",
    );
    assert_eq!(lines(&page.rows().unwrap()), ["1: 2026/01/02|8000.00|8000\n500|8000\n500"]);
    let page = html(
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook></xml><![endif]-->\
        <table><tr><td style='mso-number-format:Short Date' x:num=\"44562\">2026/1/2</table>",
    );
    assert_eq!(lines(&page.rows().unwrap()), ["1: 2026/1/2"]);
}

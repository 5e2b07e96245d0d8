use super::*;
use encoding_rs::{BIG5, EUC_KR, GB18030};

fn read(text: impl AsRef<[u8]>) -> Vec<String> {
    lines(&Scratch::new("a.csv", text).rows().unwrap())
}

#[test]
fn rows_are_numbered_as_a_person_sees_them() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "", "\"1\n2\",x", "", "", "3,y", "", ""].join(line_break);
        assert_eq!(read(&text), ["1: a|b", "3: 1\n2|x", "6: 3|y"], "{line_break:?}");
    }
    assert_eq!(read("\r\n\r\na,b"), ["3: a|b"]);
    assert_eq!(read("a,b\n\"\",x\n , \nz"), ["1: a|b", "2: |x", "3:  | ", "4: z"]);
}

#[test]
fn fields_keep_their_true_count_and_their_quotes() {
    let rows = Scratch::new("a.csv", "a,b,c\n1,2\n1,2,3,4\n\"x \"\"y\"\", z\",5\" pipe,\n").rows().unwrap();
    let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    assert_eq!(counts, [3, 2, 4, 3]);
    assert_eq!(lines(&rows)[3], "4: x \"y\", z|5\" pipe|");
}

#[test]
fn encodings_are_told_apart() {
    let text = "合同编号,签署方姓名,手机号\nHT-001,张三,13800138000\nHT-002,欧阳娜娜,13800138001\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let korean = "이름,나이,도시\n김철수,20,서울특별시\n이영희,30,부산광역시\n박민수,40,대구광역시\n";
    let taiwan = "姓名,公司\n林志玲,臺灣積體電路製造股份有限公司\n陳水扁,國泰人壽保險股份有限公司\n";
    for (bytes, name, expected) in [
        (text.as_bytes().to_vec(), "UTF-8", text),
        (marked(b"\xEF\xBB\xBF", text.as_bytes()), "UTF-8", text),
        (marked(b"\xFF\xFE", &utf16(u16::to_le_bytes)), "UTF-16LE", text),
        (marked(b"\xFE\xFF", &utf16(u16::to_be_bytes)), "UTF-16BE", text),
        (utf16(u16::to_le_bytes), "UTF-16LE", text),
        (utf16(u16::to_be_bytes), "UTF-16BE", text),
        (GB18030.encode(text).0.to_vec(), "GB18030", text),
        (GB18030.encode("x,y\n1,陈\n").0.to_vec(), "GB18030", "x,y\n1,陈\n"),
        (GB18030.encode("x\n𠮷龑㐀\n").0.to_vec(), "GB18030", "x\n𠮷龑㐀\n"),
        (EUC_KR.encode(korean).0.to_vec(), "EUC-KR", korean),
        (BIG5.encode(taiwan).0.to_vec(), "Big5", taiwan),
    ] {
        let scratch = Scratch::new("a.csv", bytes);
        assert_eq!(scratch.open().unwrap().encoding(), Some(name), "{expected}");
        assert_eq!(lines(&scratch.rows().unwrap()), read(expected), "{name}");
    }
}

#[test]
fn the_first_name_may_come_late() {
    let ascii = "0123456789,abcdefghij\n".repeat(20_000);
    let text = format!("{ascii}张三,李四\n");
    let late = Scratch::new("a.csv", &GB18030.encode(&text).0);
    assert_eq!(late.open().unwrap().encoding(), Some("GB18030"));
    assert_eq!(lines(&late.rows().unwrap()).last().unwrap(), "20001: 张三|李四");
    assert_eq!(Scratch::new("a.csv", &text).open().unwrap().encoding(), Some("UTF-8"));
}

#[test]
fn an_empty_text_in_a_formula_is_an_empty_cell() {
    let rows = Scratch::new("a.csv", "a,b,c\n=\"\",=\" \",=\"00123\"\n").rows().unwrap();
    assert!(rows[1].cell(0).is_blank() && rows[1].cell(1).is_blank());
    assert_eq!(rows[1].cell(2).seen(), "=\"00123\"");
}

#[test]
fn a_few_lost_characters_do_not_change_the_encoding() {
    let mut bytes = "姓名,备注\n".repeat(200).into_bytes();
    bytes.extend(b"\xFF\xFF,x\n");
    let scratch = Scratch::new("a.csv", bytes);
    assert_eq!(scratch.open().unwrap().encoding(), Some("UTF-8"));
    assert_eq!(lines(&scratch.rows().unwrap()).last().unwrap(), "201: \u{FFFD}\u{FFFD}|x");
    // Half a character of the last row but one.
    let mut bytes = GB18030.encode(&"姓名,备注\n张三,已体检\n".repeat(200)).0.to_vec();
    bytes.extend(b"\xD5\xC5\xC8,x\n");
    bytes.extend(&*GB18030.encode("李四,已体检\n").0);
    let scratch = Scratch::new("a.csv", bytes);
    assert_eq!(scratch.open().unwrap().encoding(), Some("GB18030"));
    let rows = lines(&scratch.rows().unwrap());
    assert_eq!(rows[rows.len() - 2..], ["401: 张\u{FFFD}|x", "402: 李四|已体检"]);
    // Western names are none of them.
    let western =
        encoding_rs::WINDOWS_1252.encode(&"José Núñez,Café\nJörg Müller,Straße\n".repeat(50)).0.to_vec();
    assert_eq!(Scratch::new("a.csv", western).open().unwrap().encoding(), Some("windows-1252"));
}

#[test]
fn a_declared_separator_is_no_row() {
    let scratch = Scratch::new("a.csv", "sep=;\r\na;b\r\n1,5;2\r\n");
    assert_eq!(scratch.open().unwrap().delimiter(), Some(b';'));
    assert_eq!(lines(&scratch.rows().unwrap()), ["1: a|b", "2: 1,5|2"]);
}

#[test]
fn a_quote_that_never_closes_is_found() {
    let open = |text: &str| Scratch::new("a.csv", text).rows().err();
    assert_eq!(open("a,b\n\n1,\"x\n2,y\n3,z\n"), Some(FileFault::UnclosedQuote { row: 3 }));
    assert_eq!(open("a,\"b"), Some(FileFault::UnclosedQuote { row: 1 }));
    assert_eq!(open("a,b\n1,5\" pipe"), None);
    assert_eq!(open("a,b\n1,\"x\"\"\""), None);
    assert_eq!(open("a,b\n1,\"x\n\""), None);
}

#[test]
fn a_record_without_end_is_refused_before_it_is_held() {
    let limits = Limits { max_row_bytes: 1000, ..Limits::default() };
    let fault = |text: String| {
        let scratch = Scratch::new("a.csv", text);
        rows_of(&scratch.open_with(limits).unwrap(), 0).err()
    };
    let long = fault(format!("a,b\n{}", "x".repeat(500_000)));
    assert!(matches!(long, Some(FileFault::TooLarge { what: "line", limit: 1000, .. })));
    let quoted = fault(format!("a,b\n\n1,\"{}", "x\n".repeat(500_000)));
    assert_eq!(quoted, Some(FileFault::UnclosedQuote { row: 3 }));
    assert_eq!(fault("a,b\n".repeat(100_000)), None);
}

#[test]
fn columns_are_limited_and_zero_bytes_refused() {
    let wide = Scratch::new("a.csv", ",".repeat(16_384)).rows().err();
    assert_eq!(wide, Some(FileFault::TooLarge { what: "columns", found: 16_385, limit: 16_384 }));
    assert_eq!(Scratch::new("a.csv", "a,b\nabcdef\0,1\n").open().err(), Some(FileFault::NulBytes));
    let late = format!("{}x\0y\n", "a,b\n".repeat(200_000));
    assert_eq!(Scratch::new("a.csv", late).rows().err(), Some(FileFault::NulBytes));
}

#[test]
fn errors_and_pictures_are_not_their_text() {
    let rows = Scratch::new("a.csv", "#N/A,\"=DISPIMG(\"\"ID_1\"\",1)\",#1\n").rows().unwrap();
    assert!(rows[0].cells[0].value == Value::Error("#N/A".to_owned()));
    assert!(rows[0].cells[1].value == Value::Picture);
    assert!(rows[0].cells[2].value == Value::Text("#1".into()));
}

#[test]
fn a_visitor_may_stop_and_its_panics_are_its_own() {
    let scratch = Scratch::new("a.csv", "a\nb\nc\n");
    let workbook = scratch.open().unwrap();
    let mut seen = 0;
    let stop = |row: Row| {
        seen += 1;
        if row.number == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    workbook.scan(0, &mut { stop }).unwrap();
    assert_eq!(seen, 2);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = workbook.scan(0, &mut |_| panic!("the visitor's own"));
    }));
    assert_eq!(panicked.unwrap_err().downcast_ref(), Some(&"the visitor's own"));
}

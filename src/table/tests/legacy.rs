use super::*;
use crate::domain::cell::Struck;

/// A container with one stream, in sectors of 512 bytes: header, table of
/// sectors, directory, stream.
fn ole(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[26] = 3;
    header[28..30].copy_from_slice(&[0xFE, 0xFF]);
    header[30] = 9;
    header[32] = 6;
    let mut put = |at: usize, number: u32| header[at..at + 4].copy_from_slice(&number.to_le_bytes());
    put(44, 1);
    put(48, 1);
    put(60, END);
    put(68, END);
    put(76, 0);
    (80..512).step_by(4).for_each(|at| put(at, 0xFFFF_FFFF));
    let sectors = stream.len().div_ceil(512) as u32;
    let mut table: Vec<u32> = vec![0xFFFF_FFFD, END];
    table.extend((3..2 + sectors).chain([END]));
    table.resize(128, 0xFFFF_FFFF);
    let mut directory = vec![0; 512];
    let mut entry = |at: usize, name: &str, kind: u8, start: u32, size: u32| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        directory[at..at + units.len()].copy_from_slice(&units);
        directory[at + 64] = units.len() as u8 + 2;
        directory[at + 66] = kind;
        directory[at + 68..at + 80].fill(0xFF);
        directory[at + 116..at + 120].copy_from_slice(&start.to_le_bytes());
        directory[at + 120..at + 124].copy_from_slice(&size.to_le_bytes());
    };
    entry(0, "Root Entry", 5, END, 0);
    entry(128, name, 2, 2, stream.len() as u32);
    let table = table.into_iter().flat_map(u32::to_le_bytes);
    let mut file: Vec<u8> = header.into_iter().chain(table).chain(directory).collect();
    file.extend_from_slice(stream);
    file.resize(file.len().next_multiple_of(512), 0);
    file
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Styles 0 (general), 1 (`"HT-"0000`), 2 (built-in date); the sheet's records.
fn stream(sheet: &[Vec<u8>]) -> Vec<u8> {
    stream_with(&[], sheet)
}

fn stream_with(more: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let bof = record(0x0809, &shorts(&[0x0600, 0x0005, 0, 0, 0, 0, 0, 0]));
    let xf = |format: u16| record(0x00E0, &[shorts(&[0, format]), vec![0; 16]].concat());
    let code = br#""HT-"0000"#;
    let format = [shorts(&[164, code.len() as u16]), vec![0], code.to_vec()].concat();
    let mut globals = [bof.clone(), record(0x041E, &format), xf(0), xf(164), xf(14), more.concat()].concat();
    let sheets_at = globals.len() as u32 + 4 + 8 + 2 + 4;
    let bound = [&sheets_at.to_le_bytes()[..], &[0, 0, 2, 0], b"S1"].concat();
    globals.extend(record(0x0085, &bound));
    globals.extend(record(0x000A, &[]));
    assert_eq!(globals.len() as u32, sheets_at);
    let sheet = [bof, sheet.concat(), record(0x000A, &[])].concat();
    let mut stream = [globals, sheet].concat();
    stream.resize(stream.len().max(4096), 0);
    stream
}

fn number(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[&shorts(&[row, column, style])[..], &value.to_le_bytes()].concat())
}

fn xls(sheet: &[Vec<u8>]) -> Scratch {
    Scratch::new("a.xlsx", ole("Workbook", &stream(sheet)))
}

#[test]
fn an_xls_is_read_with_its_looks() {
    let hidden = [shorts(&[2, 0, 3, 255, 0, 0]), shorts(&[0x0120, 0x0F])].concat();
    let scratch = xls(&[
        record(0x0208, &hidden),
        number(0, 0, 0, 5.0),
        number(0, 1, 1, 7.0),
        number(2, 2, 2, 46_053.0),
    ]);
    let workbook = scratch.open().unwrap();
    assert_eq!(workbook.kind(), Kind::Xls);
    assert_eq!(lines(&rows_of(&workbook, 0).unwrap()), ["1: 5|HT-0007", "3~: ||2026/1/31"]);
    assert!(workbook.sheets()[0].hidden_rows_known);
}

fn formula(kind: u16, column: u16, result: [u8; 8], flags: u16) -> Vec<u8> {
    let data = [&shorts(&[0, column, 0])[..], &result, &shorts(&[flags, 0, 0, 0])].concat();
    record(kind, &data)
}

const TEXT_FOLLOWS: [u8; 8] = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

fn error_or_truth(column: u16, value: u8, is_error: u8) -> Vec<u8> {
    record(0x0205, &[&shorts(&[0, column, 0])[..], &[value, is_error]].concat())
}

/// As strings of BIFF8 are in records: length, flags, characters.
fn narrow(text: &str) -> Vec<u8> {
    [&shorts(&[text.len() as u16])[..], &[0], text.as_bytes()].concat()
}

#[test]
fn results_of_formulas_are_read_from_every_kind_of_record() {
    let engine = record(0x01C1, &[0xC1, 1, 0, 0, 1, 2, 3, 0]);
    let long = "x".repeat(300);
    let (first, rest) = long.split_at(100);
    let head = [&shorts(&[300])[..], &[0], first.as_bytes()].concat();
    let wide: Vec<u8> = [vec![1], rest.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let sheet = [
        formula(0x0006, 0, 7.5_f64.to_le_bytes(), 0),
        formula(0x0406, 1, TEXT_FOLLOWS, 0),
        record(0x0207, &narrow("four")),
        formula(0x0206, 2, TEXT_FOLLOWS, 0),
        // Between a formula and its text others may stand.
        record(0x04BC, &[0; 8]),
        record(0x0207, &head),
        record(0x003C, &wide),
        formula(0x0006, 3, [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF], 0),
        formula(0x0006, 4, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF], 0),
        formula(0x0006, 5, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF], 0),
        formula(0x0006, 6, 0_f64.to_le_bytes(), 0),
        error_or_truth(7, 0x2C, 1),
        error_or_truth(8, 0, 0),
    ];
    let stream = stream_with(&[record(0x0042, &shorts(&[1252])), engine], &sheet);
    let rows = Scratch::new("a.xls", ole("Workbook", &stream)).rows().unwrap();
    let expected = [
        Value::Number(7.5),
        Value::Text("four".into()),
        Value::Text(long.as_str().into()),
        Value::Error("#N/A".to_owned()),
        Value::Bool(true),
        Value::Empty,
        Value::Number(0.0),
        Value::Error("#SPILL!".to_owned()),
        Value::Bool(false),
    ];
    for (at, (cell, expected)) in rows[0].cells.iter().zip(&expected).enumerate() {
        assert!(cell.value == *expected, "cell {at}");
    }
    assert_eq!(rows[0].cells.len(), expected.len());
}

#[test]
fn formulas_that_were_never_calculated_are_told_from_zeros() {
    let uncached = |more: &[Vec<u8>], sheet: &[Vec<u8>]| {
        let rows = Scratch::new("a.xls", ole("Workbook", &stream_with(more, sheet))).rows().unwrap();
        rows[0].cells[0].value == Value::Uncached
    };
    let engine = [record(0x01C1, &[0xC1, 1, 0, 0, 1, 2, 3, 0])];
    let zero = formula(0x0006, 0, 0_f64.to_le_bytes(), 0);
    let blank = formula(0x0006, 0, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF], 0);
    let due = formula(0x0006, 0, 0_f64.to_le_bytes(), 3);
    let bogus = formula(0x0006, 0, [0x10, 0x40, 0, 0, 0, 0, 0xE0, 0xFC], 2);
    let other = formula(0x0006, 1, 5_f64.to_le_bytes(), 0);
    assert!(uncached(&[], std::slice::from_ref(&zero)));
    assert!(uncached(&[], std::slice::from_ref(&blank)));
    assert!(uncached(&[], &[due, other.clone()]));
    assert!(uncached(&[], &[bogus, other.clone()]));
    assert!(uncached(&engine, &[record(0x005E, &[0, 0]), zero.clone()]));
    // Some formula has a result, or a program says that it has calculated.
    assert!(!uncached(&[], &[zero.clone(), other]));
    assert!(!uncached(&engine, &[zero]));
    assert!(!uncached(&engine, &[blank, number(0, 1, 0, 1.0)]));
}

#[test]
fn what_nobody_sees_is_told() {
    let font = |flags: u16| record(0x0031, &[shorts(&[200, flags, 0, 400, 0]), vec![0; 6]].concat());
    // The fifth font of the file has the number 5.
    let fonts = [font(0), font(8), font(0), font(0), font(8)];
    let xf = |font: u16| record(0x00E0, &[shorts(&[font, 0]), vec![0; 16]].concat());
    let rich = [&shorts(&[2])[..], &[8], &shorts(&[1]), b"ab", &shorts(&[1, 5])].concat();
    let strings = [&2_u32.to_le_bytes()[..], &2_u32.to_le_bytes(), &narrow("plain"), &rich].concat();
    let more = [fonts.concat(), xf(1), xf(5), record(0x00FC, &strings)];
    let shared = |column: u16, style: u16, index: u16| record(0x00FD, &shorts(&[0, column, style, index, 0]));
    let run = [&shorts(&[0, 6, 0])[..], &narrow("xy"), &shorts(&[1, 0, 1])].concat();
    let sheet = [
        record(0x007D, &shorts(&[1, 2, 2304, 0, 1, 0])),
        record(0x007D, &shorts(&[4, 4, 0, 0, 0, 0])),
        shared(0, 0, 0),
        shared(1, 3, 0),
        shared(2, 4, 0),
        shared(3, 0, 1),
        number(0, 4, 3, 0.0),
        number(0, 5, 0, 5.0),
        record(0x00D6, &run),
        record(0x023E, &shorts(&[0x06A6, 0, 0])),
    ];
    let scratch = Scratch::new("a.xls", ole("Workbook", &stream_with(&more, &sheet)));
    let rows = scratch.rows().unwrap();
    let struck: Vec<Struck> = (0..7).map(|column| rows[0].mark(column).struck).collect();
    let expected =
        [Struck::No, Struck::Whole, Struck::Whole, Struck::Part, Struck::Whole, Struck::No, Struck::Whole];
    assert_eq!(struck, expected);
    assert!(rows[0].mark(4).unseen_zero && !rows[0].mark(5).unseen_zero);
    assert_eq!(
        scratch.open().unwrap().sheets()[0].hidden_columns.iter().collect::<Vec<_>>(),
        [(1, 3), (4, 5)]
    );
}

#[test]
fn cells_may_stand_in_any_order_and_a_sheet_has_an_end() {
    let scratch = xls(&[number(1, 0, 0, 3.0), number(0, 1, 0, 2.0), number(0, 0, 0, 1.0)]);
    assert_eq!(lines(&scratch.rows().unwrap()), ["1: 1|2", "2: 3"]);
}

#[test]
fn a_sheet_that_declares_too_many_rows_has_only_those_it_holds() {
    let dimensions = [&0_u32.to_le_bytes()[..], &65_536_u32.to_le_bytes(), &shorts(&[0, 255, 0])].concat();
    let boasting = [record(0x0200, &dimensions), number(0, 0, 0, 5.0)];
    assert_eq!(lines(&xls(&boasting).rows().unwrap()), ["1: 5"]);
    let corners = [number(0, 0, 0, 1.0), number(65_535, 65_535, 0, 1.0)];
    let fault = xls(&corners).rows().err();
    assert!(matches!(fault, Some(FileFault::TooLarge { what: "columns", found: 65_536, .. })));
}

#[test]
fn what_an_ole_file_is_is_told_by_its_streams() {
    let fault = |name: &str, stream: &[u8]| Scratch::new("a.xls", ole(name, stream)).open().err();
    let filler = vec![0; 4096];
    assert_eq!(fault("EncryptedPackage", &filler), Some(FileFault::PasswordProtected));
    assert_eq!(fault("WordDocument", &filler), Some(FileFault::WrongKind { kind: "Word" }));
    assert_eq!(fault("PowerPoint Document", &filler), Some(FileFault::WrongKind { kind: "PowerPoint" }));
    assert!(matches!(fault("Other", &filler), Some(FileFault::Damaged { .. })));
    let et = Scratch::new("a.et", ole("Other", &filler));
    assert_eq!(et.open().err(), Some(FileFault::WpsEt));
    let bof = record(0x0809, &shorts(&[0x0600, 5, 0, 0, 0, 0, 0, 0]));
    let mut locked = [bof, record(0x002F, &shorts(&[1, 1, 1]))].concat();
    locked.resize(4096, 0);
    assert_eq!(fault("Workbook", &locked), Some(FileFault::PasswordProtected));
}

#[test]
fn an_ole_file_cut_short_is_damaged() {
    let whole = ole("Workbook", &stream(&[number(0, 0, 0, 5.0)]));
    for length in [8, 512, 1024, 1536, 2000] {
        let fault = Scratch::new("a.xls", &whole[..length]).open().err();
        assert!(matches!(fault, Some(FileFault::Damaged { .. })), "{length}");
    }
}

fn record12(kind: u32, data: &[u8]) -> Vec<u8> {
    let mut record = match u8::try_from(kind) {
        Ok(kind) if kind < 0x80 => vec![kind],
        _ => vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8],
    };
    record.push(u8::try_from(data.len()).unwrap());
    record.extend_from_slice(data);
    record
}

fn longs(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [longs(&[units.len() as u32]), shorts(&units)].concat()
}

#[test]
fn an_xlsb_is_read_with_its_looks() {
    let row = |number: u32, flags: u8| {
        record12(0, &[longs(&[number, 0]), vec![0, 0, 0, flags], vec![0; 5]].concat())
    };
    let cell = |column: u32, style: u32, value: f64| {
        record12(5, &[&longs(&[column, style])[..], &value.to_le_bytes()].concat())
    };
    let sheet = [
        record12(0x81, &[]),
        record12(0x94, &longs(&[0, 2, 0, 2])),
        record12(0x91, &[]),
        row(0, 0x20),
        cell(0, 0, 5.0),
        cell(1, 1, 7.0),
        row(2, 0x10),
        cell(2, 2, 46_053.0),
        record12(0x92, &[]),
        record12(0xB0, &longs(&[0, 1, 0, 2])),
        record12(0x82, &[]),
    ]
    .concat();
    let bundle = |id: &str| [longs(&[0, 1]), wide(id), wide("S1")].concat();
    let no_relation = [longs(&[2, 9, u32::MAX]), wide("code")].concat();
    let workbook = [
        record12(0x99, &[0; 8]),
        record12(0x9C, &no_relation),
        record12(0x9C, &bundle("rId1")),
        record12(0x90, &[]),
        record12(0x9D, &[]),
    ]
    .concat();
    let xf = |format: u16| record12(0x2F, &[shorts(&[0, format]), vec![0; 12]].concat());
    let code = [shorts(&[164]), wide("\"HT-\"0000")].concat();
    let styles = [
        record12(0x267, &longs(&[1])),
        record12(0x2C, &code),
        xf(164),
        record12(0x269, &longs(&[3])),
        [xf(0), xf(164), xf(14)].concat(),
        record12(0x26A, &[]),
    ]
    .concat();
    let relations = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let of_the_sheet = r#"<Relationships><Relationship Id="rId1" Type="x/comments" Target="../comments1.bin"/></Relationships>"#;
    let comments = [
        record12(0x27B, &[longs(&[0, 2, 2, 1, 1]), vec![0; 16]].concat()),
        record12(0x27D, &[vec![0], wide("已离职")].concat()),
        record12(0x27C, &[]),
    ]
    .concat();
    let bytes = zipped(&[
        ("xl/workbook.bin", workbook.as_slice()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &sheet),
        ("xl/worksheets/_rels/sheet1.bin.rels", of_the_sheet.as_bytes()),
        ("xl/comments1.bin", &comments),
    ]);
    let scratch = Scratch::new("a.xls", bytes);
    let workbook = scratch.open().unwrap();
    assert_eq!(workbook.kind(), Kind::Xlsb);
    assert_eq!(lines(&rows_of(&workbook, 0).unwrap()), ["1: 5|HT-0007", "3~: ||2026/1/31"]);
    let area = Merge { first_row: 1, last_row: 2, first_column: 0, last_column: 2 };
    assert_eq!(workbook.sheets()[0].merged, [area]);
    let [comment] = workbook.sheets()[0].comments.as_slice() else { panic!("one comment") };
    assert_eq!((comment.row, comment.column, comment.text.as_str()), (3, 1, "已离职"));
}

/// A workbook of one sheet with these records between the start and the end of its data.
fn xlsb(workbook: &[Vec<u8>], styles: &[u8], strings: &[u8], before: &[u8], data: &[Vec<u8>]) -> Scratch {
    let bundle = [longs(&[0, 1]), wide("rId1"), wide("S1")].concat();
    let workbook = [workbook.concat(), record12(0x9C, &bundle)].concat();
    let sheet = [before.to_vec(), record12(0x91, &[]), data.concat(), record12(0x92, &[])].concat();
    let relations = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.bin"/></Relationships>"#;
    Scratch::new(
        "a.xlsb",
        zipped(&[
            ("xl/workbook.bin", workbook.as_slice()),
            ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
            ("xl/styles.bin", styles),
            ("xl/sharedStrings.bin", strings),
            ("xl/worksheets/sheet1.bin", &sheet),
        ]),
    )
}

fn row12(row: u32) -> Vec<u8> {
    record12(0, &[longs(&[row, 0]), vec![0; 9]].concat())
}

#[test]
fn every_record_of_an_xlsb_that_can_hold_an_error_is_one() {
    let at = |column: u32, rest: &[u8]| [longs(&[column, 0]), rest.to_vec()].concat();
    let mut data = vec![row12(0)];
    let codes = [0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B, 0x2C, 0x31, 0x77];
    for (column, code) in (0..).zip(codes) {
        data.push(record12(3, &at(column, &[code])));
    }
    data.push(row12(1));
    data.push(record12(11, &at(0, &[0x2A, 0, 0, 0, 0, 0, 0])));
    // Excel for the Mac leaves the column out where it is the next one.
    data.push(record12(14, &[0, 0, 0, 0, 0x17]));
    data.push(record12(16, &[&[0, 0, 0, 0][..], &5_f64.to_le_bytes()].concat()));
    data.push(record12(17, &[longs(&[0]), wide("short")].concat()));
    data.push(record12(15, &[0, 0, 0, 0, 1]));
    data.push(record12(12, &[0, 0, 0, 0]));
    data.push(record12(13, &[longs(&[0]), longs(&[7 << 2 | 2])].concat()));
    let rows = xlsb(&[], &[], &[], &[], &data).rows().unwrap();
    assert!(rows[0].cells.iter().all(|cell| matches!(cell.value, Value::Error(_))));
    assert_eq!(rows[0].cells.len(), codes.len());
    assert_eq!(lines(&rows)[1], "2: #N/A|#REF!|5|short|TRUE||7");
}

#[test]
fn what_nobody_sees_in_an_xlsb_is_told() {
    let font = |flags: u16| record12(0x2B, &shorts(&[200, flags, 400]));
    let xf = |font: u16| record12(0x2F, &[shorts(&[0, 0, font]), vec![0; 10]].concat());
    let styles = [font(0), font(8), record12(0x269, &[]), xf(0), xf(1), record12(0x26A, &[])].concat();
    let rich = [vec![1], wide("ab"), longs(&[1]), shorts(&[1, 1])].concat();
    let strings = [record12(0x13, &[vec![0], wide("plain")].concat()), record12(0x13, &rich)].concat();
    let before = [
        record12(0x89, &shorts(&[0x03CC])),
        record12(0x3C, &[longs(&[1, 2, 2304, 0]), shorts(&[1])].concat()),
        record12(0x3C, &[longs(&[4, 4, 0, 0]), shorts(&[0])].concat()),
    ]
    .concat();
    let shared = |column: u32, style: u32, index: u32| record12(7, &longs(&[column, style, index]));
    let zero = |kind: u32, column: u32| record12(kind, &[longs(&[column, 0]), vec![0; 8]].concat());
    let data = [row12(0), shared(0, 0, 0), shared(1, 1, 0), shared(2, 0, 1), zero(5, 3), zero(9, 4)];
    let scratch =
        xlsb(&[record12(0x9D, &[vec![0; 24], vec![1, 0]].concat())], &styles, &strings, &before, &data);
    let rows = scratch.rows().unwrap();
    let struck: Vec<Struck> = (0..3).map(|column| rows[0].mark(column).struck).collect();
    assert_eq!(struck, [Struck::No, Struck::Whole, Struck::Part]);
    assert!(rows[0].mark(3).unseen_zero);
    assert!(rows[0].cells[4].value == Value::Uncached);
    assert_eq!(
        scratch.open().unwrap().sheets()[0].hidden_columns.iter().collect::<Vec<_>>(),
        [(1, 3), (4, 5)]
    );
}

#[test]
fn a_damaged_xlsb_never_blames_the_disk() {
    let data = [row12(0), record12(5, &[longs(&[0, 0]), 5_f64.to_le_bytes().to_vec()].concat())];
    let whole = std::fs::read(&xlsb(&[], &[], &[], &[], &data).path).unwrap();
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0x55;
        let scratch = Scratch::new("a.xlsb", broken);
        let fault = scratch.rows().err();
        assert!(!matches!(fault, Some(FileFault::Io(_))), "{at}: {fault:?}");
    }
}

/// As Excel writes it: the object with its number, its text in the record behind, and last the cell.
#[test]
fn comments_of_an_xls_are_told() {
    let object = |number: u16| {
        record(
            0x005D,
            &[shorts(&[0x15, 0x12, 0x19, number]), vec![0; 14], shorts(&[0x0D, 0x16]), vec![0; 22]].concat(),
        )
    };
    let text = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let head = shorts(&[0x0212, 0, 0, 0, 0, text.encode_utf16().count() as u16, 16, 0, 0]);
        let runs = shorts(&[0, 0, 0, 0]);
        [record(0x01B6, &head), record(0x003C, &[&[1][..], &units].concat()), record(0x003C, &runs)].concat()
    };
    let note = |row: u16, column: u16, object: u16| {
        record(0x001C, &[&shorts(&[row, column, 0, object, 2])[..], &[0], b"HR", &[0]].concat())
    };
    let scratch = xls(&[
        number(0, 0, 0, 5.0),
        object(1),
        text("王敏:\n已离职"),
        object(2),
        text("先不签"),
        note(0, 0, 1),
        note(4, 2, 2),
        note(5, 2, 9),
    ]);
    assert_eq!(lines(&scratch.rows().unwrap()), ["1: 5"]);
    let workbook = scratch.open().unwrap();
    let told: Vec<_> = workbook.sheets()[0]
        .comments
        .iter()
        .map(|comment| (comment.row, comment.column, comment.text.as_str()))
        .collect();
    assert_eq!(told, [(1, 0, "王敏:\n已离职"), (5, 2, "先不签")]);
}

#[test]
fn what_stands_beside_the_line_is_no_digit_more() {
    let font = |raised: u16| record(0x0031, &[shorts(&[200, 0, 0, 400, raised]), vec![0; 6]].concat());
    let rich = [&shorts(&[5])[..], &[8], &shorts(&[1]), b"80001", &shorts(&[4, 1])].concat();
    let strings = [&1_u32.to_le_bytes()[..], &1_u32.to_le_bytes(), &rich].concat();
    let more = [[font(0), font(1)].concat(), record(0x00FC, &strings)];
    let sheet = [record(0x00FD, &shorts(&[0, 0, 0, 0, 0]))];
    let rows = Scratch::new("a.xls", ole("Workbook", &stream_with(&more, &sheet))).rows().unwrap();
    assert_eq!(rows[0].cell(0).seen(), "8000¹");
    let font = |raised: u16| record12(0x2B, &shorts(&[200, 0, 400, raised]));
    let xf = record12(0x2F, &[shorts(&[0, 0, 0]), vec![0; 10]].concat());
    let styles = [font(0), font(1), record12(0x269, &[]), xf, record12(0x26A, &[])].concat();
    let strings = record12(0x13, &[vec![1], wide("80001"), longs(&[1]), shorts(&[4, 1])].concat());
    let data = [row12(0), record12(7, &longs(&[0, 0, 0]))];
    let rows = xlsb(&[], &styles, &strings, &[], &data).rows().unwrap();
    assert_eq!(rows[0].cell(0).seen(), "8000¹");
}

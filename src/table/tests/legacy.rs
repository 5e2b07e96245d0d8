use super::*;

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
    let bof = record(0x0809, &shorts(&[0x0600, 0x0005, 0, 0, 0, 0, 0, 0]));
    let xf = |format: u16| record(0x00E0, &[shorts(&[0, format]), vec![0; 16]].concat());
    let code = br#""HT-"0000"#;
    let format = [shorts(&[164, code.len() as u16]), vec![0], code.to_vec()].concat();
    let mut globals = [bof.clone(), record(0x041E, &format), xf(0), xf(164), xf(14)].concat();
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

#[test]
fn a_sheet_that_boasts_of_its_size_is_believed_only_what_it_holds() {
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
    let bytes = zipped(&[
        ("xl/workbook.bin", workbook.as_slice()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &sheet),
    ]);
    let scratch = Scratch::new("a.xls", bytes);
    let workbook = scratch.open().unwrap();
    assert_eq!(workbook.kind(), Kind::Xlsb);
    assert_eq!(lines(&rows_of(&workbook, 0).unwrap()), ["1: 5|HT-0007", "3~: ||2026/1/31"]);
    let area = Merge { first_row: 1, last_row: 2, first_column: 0, last_column: 2 };
    assert_eq!(workbook.sheets()[0].merged, [area]);
}

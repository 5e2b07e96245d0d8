use super::*;

fn fault(name: &str, bytes: &[u8]) -> Option<FileFault> {
    Scratch::new(name, bytes).open().err()
}

#[test]
fn a_kind_is_told_by_content_whatever_the_name_says() {
    for (bytes, kind) in [
        (b"\x89PNG\r\n\x1a\n0000".as_slice(), "PNG"),
        (b"\xFF\xD8\xFF\xE0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"BM\x46\0\0\0\0\0\0\0\x36", "BMP"),
        (b"%PDF-1.7", "PDF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (b"\x1F\x8B\x08", "gzip"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "Excel 2.0-4.0"),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00", "Excel 5.0"),
    ] {
        for name in ["a.xlsx", "a.csv", "a.xls"] {
            assert_eq!(fault(name, bytes), Some(FileFault::WrongKind { kind }), "{name}");
        }
    }
}

#[test]
fn zips_of_other_programs_are_named() {
    for (part, kind) in [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("Index/Document.iwa", "Numbers"),
        ("readme.txt", "zip"),
    ] {
        let bytes = zipped(&[(part, "x")]);
        assert_eq!(fault("a.xlsx", &bytes), Some(FileFault::WrongKind { kind }));
    }
    let text = zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]);
    let kind = "OpenDocument text";
    assert_eq!(fault("a.ods", &text), Some(FileFault::WrongKind { kind }));
}

#[test]
fn what_is_no_file_to_read_is_said() {
    let scratch = Scratch::new("a.csv", "");
    assert_eq!(scratch.open().err(), Some(FileFault::Empty));
    let options = ReadOptions::default();
    let folder = scratch.path.parent().unwrap();
    let fault = |path: &Path| Workbook::open(path, &options).err().map(|error| error.fault);
    assert_eq!(fault(folder), Some(FileFault::IsFolder));
    assert_eq!(fault(&folder.join("b.csv")), Some(FileFault::NotFound));
}

#[test]
fn web_pages_and_ciphertext_are_told_apart_from_text() {
    for page in [
        "<html><p>please log in</p></html>",
        "\u{FEFF}\n <!DOCTYPE html>",
        "<?xml version=\"1.0\"?><rss/>",
        "MIME-Version: 1.0\r\nContent-Type: multipart/related",
    ] {
        assert_eq!(fault("a.xls", page.as_bytes()), Some(FileFault::Html), "{page}");
    }
    let noise: Vec<u8> = (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert_eq!(fault("a.xlsx", &noise), Some(FileFault::Ciphertext));
}

#[test]
fn a_broken_zip_is_damaged() {
    let whole = zipped(&[("xl/workbook.xml", "<workbook/>")]);
    let half = &whole[..whole.len() / 2];
    assert!(matches!(fault("a.xlsx", half), Some(FileFault::Damaged { .. })));
}

#[test]
fn a_sheet_that_is_not_there_is_named() {
    let workbook = Scratch::new("a.csv", "a,b\n");
    let workbook = workbook.open().unwrap();
    let fault = workbook.scan(1, &mut |_| ControlFlow::Continue(())).unwrap_err().fault;
    assert_eq!(fault, FileFault::NoSuchSheet { asked: "2".to_owned(), sheets: Vec::new() });
}

#[test]
fn a_workbook_may_go_to_another_thread() {
    let scratch = Scratch::new("a.csv", "a,b\n");
    let workbook = scratch.open().unwrap();
    let rows = std::thread::spawn(move || rows_of(&workbook, 0).unwrap().len());
    assert_eq!(rows.join().unwrap(), 1);
}

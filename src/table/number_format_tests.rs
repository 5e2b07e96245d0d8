use super::*;

fn shown(code: &str, number: f64) -> String {
    match NumberFormat::parse(code).show(number, Epoch::Y1900) {
        Shown::As(shown) => shown,
        Shown::Same => "same".to_owned(),
        Shown::Unknown { .. } => "unknown".to_owned(),
    }
}

#[test]
fn numbers_look_as_the_program_shows_them() {
    for (code, number, look) in [
        ("General", 13_800_138_000.0, "13800138000"),
        ("General", 0.1 + 0.2, "0.3"),
        ("General", -2.5, "-2.5"),
        ("General", 1.234_567_894_123, "1.234567894"),
        ("General", 0.000_012_345_678_9, "1.23457E-05"),
        (r#""HT-"0000"#, 7.0, "HT-0007"),
        (r"\H\T0000", 7.0, "HT0007"),
        ("000000", 42.0, "000042"),
        ("0", 5.5, "6"),
        ("0", 2.5, "3"),
        ("0.00", 1.005, "1.01"),
        ("0.00", 100.0, "100.00"),
        ("0.00%", 0.125, "12.50%"),
        ("0%", 0.285, "29%"),
        ("#,##0.00", 1_234_567.891, "1,234,567.89"),
        ("#,##0.00", -1234.5, "-1,234.50"),
        ("¥#,##0.00", 1000.0, "¥1,000.00"),
        ("[$¥-804]#,##0", 1000.0, "¥1,000"),
        (r##""¥"#,##0;[Red]"¥"\-#,##0"##, -1000.0, "¥-1,000"),
        ("#,##0;(#,##0)", -5.0, "(5)"),
        (r#"0;-0;"零""#, 0.0, "零"),
        (r#""是";;"否""#, 0.0, "否"),
        (";;;", 12.0, ""),
        ("000-0000-0000", 13_800_138_000.0, "138-0013-8000"),
        ("0.0,", 1_234_567.0, "1234.6"),
        ("#.##", 5.0, "5."),
        ("0.0#", 5.25, "5.25"),
        (".00", 12.345, "12.35"),
        ("0.00E+00", 110_101_199_003_070_000.0, "1.10E+17"),
        ("0.00E+00", 0.000_999_9, "1.00E-03"),
        (r#"[>=100]0"元";0"角""#, 99.0, "99角"),
        (r#"[>=100]0"元";0"角""#, 100.0, "100元"),
        (r"_ * #,##0.00_ ;_ * \-#,##0.00_ ", 1234.5, "1,234.50"),
        ("[DBNum2][$-804]General", 8000.0, "捌仟"),
        ("[DBNum1][$-804]General", 100_305.0, "一十万〇三百〇五"),
        ("[DBNum2][$-804]General", 100_000_001.0, "壹亿零壹"),
        ("[DBNum2]0", 2026.0, "贰零贰陆"),
        ("@", 15.0, "15"),
        ("# ?/?", 0.5, "unknown"),
        ("##0.0E+0", 12345.0, "unknown"),
        (r#"0"x"#, 1.0, "1x"),
        ("b", 1.0, "unknown"),
    ] {
        assert_eq!(shown(code, number), look, "{code} of {number}");
    }
}

#[test]
fn dates_look_as_the_program_shows_them() {
    for (code, serial, look) in [
        ("yyyy/m/d", 46_053.0, "2026/1/31"),
        ("yyyy-mm-dd hh:mm", 46_053.375, "2026-01-31 09:00"),
        (r#"yyyy"年"m"月"d"日""#, 46_053.0, "2026年1月31日"),
        (r#"[$-804]aaaa;@"#, 46_053.0, "星期六"),
        ("yy.m.d", 46_053.0, "26.1.31"),
        ("h:mm AM/PM", 46_053.75, "6:00 PM"),
        (r#"上午/下午h"时"mm"分""#, 0.25, "上午6时00分"),
        ("mm:ss", 0.5 + 61.0 / 86_400.0, "01:01"),
        ("[h]:mm:ss", 1.5, "36:00:00"),
        ("[mm]:ss", 0.5, "720:00"),
        ("ss.00", 1.5 / 86_400.0, "01.50"),
        ("h:mm:ss", 46_053.999_999, "0:00:00"),
        ("d-mmm-yy", 46_053.0, "unknown"),
        ("[DBNum1]yyyy", 46_053.0, "unknown"),
        ("yyyy/m/d", -1.0, "unknown"),
    ] {
        assert_eq!(shown(code, serial), look, "{code} of {serial}");
    }
}

#[test]
fn ids_without_a_code_mean_what_a_chinese_program_means() {
    let look = |id| match NumberFormat::of_excel(Some(id), "General").show(46_053.0, Epoch::Y1900) {
        Shown::As(shown) => shown,
        _ => String::new(),
    };
    assert_eq!(look(31), "2026年1月31日");
    assert_eq!(look(57), "2026年1月");
    assert_eq!(look(0), "46053");
    let format = NumberFormat::of_excel(Some(14), "mm-dd-yy");
    assert!(format.show(46_053.0, Epoch::Y1900) == Shown::As("2026/1/31".to_owned()));
}

#[test]
fn text_is_its_own_look_but_for_what_is_put_around_it() {
    let look = |code: &str| NumberFormat::parse(code).show_text("张三");
    assert!(look("@") == Shown::Same);
    assert!(look("0.00") == Shown::Same);
    assert!(look(r#"0;0;0;"甲方:"@"#) == Shown::As("甲方:张三".to_owned()));
    assert!(look(r#"@"先生""#) == Shown::As("张三先生".to_owned()));
    assert!(look(";;;") == Shown::As(String::new()));
}

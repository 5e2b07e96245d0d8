//! What programs write where a formula has no value, under whatever name and number.

use std::borrow::Cow;

/// Excel's codes in XLS and XLSB. The newer ones have been seen in files only.
pub fn of_code(code: u8) -> Cow<'static, str> {
    Cow::Borrowed(match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        0x2C => "#SPILL!",
        0x2D => "#CONNECT!",
        0x2E => "#BLOCKED!",
        0x2F => "#UNKNOWN!",
        0x30 => "#FIELD!",
        0x31 => "#CALC!",
        0x32 => "#BUSY!",
        other => return Cow::Owned(format!("#ERROR {other}")),
    })
}

/// Whether a text is such an error: `#N/A`, `#DIV/0!`, `#NAME?`, and any other name of
/// that form, since each version of each program adds some; `Err:502` of LibreOffice.
pub fn is_error(text: &str) -> bool {
    let text = text.trim_start();
    match text.as_bytes().first() {
        Some(b'#' | 0xEF) => {}
        Some(b'E' | b'e' | 0xE9) => return is_numbered(text.trim_end()),
        _ => return false,
    }
    let text = text.trim_end();
    // Full-width, as an input method may have it.
    let Some(name) = text.strip_prefix('#').or_else(|| text.strip_prefix('＃')) else { return false };
    if ["N/A", "N/A!", "GETTING_DATA", "DIV/0", "REF", "VALUE"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
    {
        return true;
    }
    let Some(word) = name.strip_suffix(['!', '?']) else { return false };
    let letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'/' | b'_');
    word.len() >= 3 && word.as_bytes().first().is_some_and(u8::is_ascii_uppercase) && word.bytes().all(letter)
}

/// `Err:508`, and the same as a Chinese LibreOffice shows it.
fn is_numbered(text: &str) -> bool {
    let number =
        text.get(4..).filter(|_| text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("err:")));
    let number = number.or_else(|| text.strip_prefix("错误:")).or_else(|| text.strip_prefix("错误："));
    number.is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_known_by_their_form() {
        for error in [
            "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
            "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!",
            "#TIMEOUT!", "#EXTERNAL!", " #N/A ", "#n/a", "Err:502", "Err:508", "err:504", "错误:502",
        ] {
            assert!(is_error(error), "{error}");
        }
        for text in [
            "#1", "#", "#A栋!", "#3-201", "N/A", "#abc!", "Err:5", "Err:none", "Error", "错误", "#B!",
            "########",
        ] {
            assert!(!is_error(text), "{text}");
        }
    }

    #[test]
    fn every_code_is_an_error() {
        for code in 0..=u8::MAX {
            assert!(of_code(code).starts_with('#'), "{code}");
        }
        assert_eq!(of_code(0x2A), "#N/A");
    }
}

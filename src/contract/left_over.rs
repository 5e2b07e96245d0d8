//! What no person has meant as a value: what programs, formulas and forms leave in cells.

use crate::domain::problem::{IdFault, Rule};

use super::columns::half_width;
use super::normalize::is_chinese;
use super::rules::resident_number;
use super::vocabulary::{
    BROKEN_LINKS, CHANGED_TO, DITTO, ENTITIES, ERROR_HEADS, ERROR_TEXTS, LEFT_OVERS, NUMBERS_OF_ERRORS,
    PLACES_IN_LETTERS, PROMPTS, TAGS, VALUES_OF_PROGRAMS,
};

/// What no person has meant as a value.
pub fn left_over(text: &str) -> Option<Rule> {
    const LONGEST: usize = 39;
    if has_markup(text) {
        return Some(Rule::LeftOver);
    }
    if is_formula(text) || is_spoilt_within(text) || is_id_of_fifteen_digits(text) {
        return Some(Rule::LeftOver);
    }
    if text.len() > LONGEST {
        let begins = || {
            let head: String = text.chars().take(LONGEST).collect::<String>().to_lowercase();
            VALUES_OF_PROGRAMS.iter().any(|begin| head.starts_with(begin))
        };
        let is_left_over = text.bytes().all(|byte| byte == b'#')
            || (text.starts_with(|c: char| c.is_ascii()) && begins())
            || is_a_prompt(&text.to_lowercase());
        return is_left_over.then_some(Rule::LeftOver);
    }
    let word: String = text.chars().map(half_width).collect::<String>().to_lowercase();
    let too_narrow = text.len() >= 2 && text.bytes().all(|byte| byte == b'#');
    // ______元, ￥____: what a form leaves to be written.
    let is_left_over = LEFT_OVERS.contains(&word.as_str())
        || is_to_be_written(&word)
        || is_nothing_in_marks(&word)
        || is_numbered_error(&word)
        || has_units_only(&word)
        || is_joined_to_nothing(&word)
        || is_written_by_a_program(&word);
    if too_narrow || is_left_over || is_a_prompt(&word) || is_corrected_in_place(&word) {
        return Some(Rule::LeftOver);
    }
    is_ditto(&word).then_some(Rule::Ditto)
}

/// `______元`, `￥____`, `____年__月__日`: lines and what is said of them, and nothing else.
fn is_to_be_written(word: &str) -> bool {
    const AROUND: &str = "_ ￥¥元年月日号份个天%/.,:";
    word.contains("____") && word.chars().all(|c| AROUND.contains(c))
}

/// 同上, 〃: what stands in the cell above.
pub fn is_ditto(text: &str) -> bool {
    const LONGEST: usize = 39;
    // As nearly all cells are.
    if text.len() > LONGEST || text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // ——〃——.
    let is_drawn = bare.contains('〃') && !bare.chars().any(char::is_alphanumeric);
    is_drawn || DITTO.contains(&bare.trim_end_matches(['。', '.']))
}

/// `(nan)`, `“NaN”`, `null;`, `nan` in each of two lines. In lower case.
fn is_nothing_in_marks(word: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '*' | '+' | '-');
    let pieces: Vec<&str> = word.split(is_mark).filter(|piece| !piece.is_empty()).collect();
    !pieces.is_empty() && pieces.iter().all(|piece| matches!(*piece, "nan" | "null" | "undefined" | "nat"))
}

/// `=A2`, `=+A2`, `＝SUM(A1:A3)`: Excel would show what it comes to. ＝50% is written by hand.
fn is_formula(text: &str) -> bool {
    let begins = |rest: &str, digits: bool| {
        let rest = rest.trim_start().trim_start_matches(['+', '-', '@']);
        rest.starts_with(|c: char| {
            c.is_ascii_alphabetic()
                || (digits && c.is_ascii_digit())
                || matches!(c, '(' | '{' | '_' | '$' | '[' | '#' | '\'')
        })
    };
    text.strip_prefix('=').is_some_and(|rest| begins(rest, true))
        || text.strip_prefix('＝').is_some_and(|rest| begins(rest, false))
}

/// `8000#REF!`, `劳动合同[object Object]`, `劳动合同_1900/1/0`, `北京市undefined区`, `错误!未找到引用源。`: a part of it is
/// what a program has left.
fn is_spoilt_within(text: &str) -> bool {
    // Most texts have none of these letters.
    let is_odd = |byte: u8| matches!(byte, b'#' | b'[' | b'!' | b'%' | b'\\' | b'u' | b'U' | b'n' | b'N');
    let is_wide = |c: char| matches!(c, '＃' | '！' | '％' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let is_dated = || !text.is_ascii() && text.contains("1900");
    if !text.bytes().any(is_odd) && !text.contains(is_wide) && !is_dated() {
        return false;
    }
    let lower: String = text.chars().map(half_width).collect::<String>().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let is_day_zero = || {
        !lower.is_ascii() && ["1900/1/0", "1900-01-00", "1900/01/00"].iter().any(|day| lower.contains(day))
    };
    has(ERROR_TEXTS)
        || has(BROKEN_LINKS)
        || lower.contains("[object ")
        || (lower.contains("######") && !lower.bytes().all(|byte| byte.is_ascii_digit() || byte == b'#'))
        || is_day_zero()
        || is_escaped(&lower)
        || is_beside_chinese(&lower)
}

/// `\u5317\u4eac`, `%E5%8C%97`: letters as programs write them. An address has them as well. In lower case.
fn is_escaped(lower: &str) -> bool {
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_code = |rest: &str| rest.get(..4).is_some_and(hex);
    let is_byte = |rest: &str| rest.len() >= 2 && rest.get(..2).is_some_and(hex);
    // 经理\\n助理, 经理%20助理.
    let is_among_chinese = |mark: &str| {
        lower.match_indices(mark).any(|(at, _)| {
            let (before, behind) = (lower[..at].chars().next_back(), lower[at + mark.len()..].chars().next());
            [before, behind].into_iter().all(|c| c.is_some_and(is_chinese))
        })
    };
    // D:\\合同\\template.docx is a path.
    let is_path = || lower.contains(":\\") || lower.starts_with("\\\\");
    if (["\\n", "\\r\\n", "\\t"].into_iter().any(is_among_chinese) && !is_path())
        || (!lower.contains("://") && is_among_chinese("%20"))
        || lower.matches("\\x").count() >= 3
    {
        return true;
    }
    let is_chinese = |rest: &str| rest.starts_with(['e', 'E']) && is_byte(rest);
    let mut bytes = lower.split('%').skip(1);
    lower.split("\\u").skip(1).any(is_code)
        || (!lower.contains("://")
            && lower.matches('%').count() >= 3
            && bytes.clone().all(is_byte)
            && bytes.next().is_some_and(is_chinese))
}

/// `undefined劳动合同`, `北京null`, `北京市undefined区`: joined to Chinese letters. 返回null的接口 is about it. In lower case.
fn is_beside_chinese(lower: &str) -> bool {
    let is_joined = |nothing: &str, within: bool| {
        lower.match_indices(nothing).any(|(at, _)| {
            let (before, behind) =
                (lower[..at].chars().next_back(), lower[at + nothing.len()..].chars().next());
            match (before, behind) {
                (None, Some(c)) | (Some(c), None) => is_chinese(c),
                (Some(before), Some(behind)) => within && is_chinese(before) && is_chinese(behind),
                (None, None) => false,
            }
        })
    };
    is_joined("undefined", true) || is_joined("null", false)
}

/// `110105199001010000`: an ID number of which a spreadsheet program has kept fifteen digits.
fn is_id_of_fifteen_digits(text: &str) -> bool {
    text.len() == 18 && text.ends_with("000") && resident_number(text) == Err(IdFault::Checksum)
}

/// `3000改为3200`, `3000→3200`: which of the two holds nobody has said in a form that is sent.
fn is_corrected_in_place(word: &str) -> bool {
    let is_figure = |part: &str| {
        let bare = part.trim().trim_end_matches('元').trim_start_matches(['¥', '￥']);
        bare.len() > 1 && bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    };
    // 3000改3500; 2改3室 is a flat.
    if word.split_once('改').is_some_and(|(before, after)| is_figure(before) && is_figure(after)) {
        return true;
    }
    CHANGED_TO.iter().any(|mark| {
        word.split_once(mark).is_some_and(|(before, after)| {
            before.trim_end_matches(['元', ' ']).ends_with(|c: char| c.is_ascii_digit())
                && after.trim_start().starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// `--请选择--`, `Please select…`, in lower case.
fn is_a_prompt(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    PROMPTS.contains(&bare)
}

/// `劳动合同-nan`, `￥NaN`, `undefined_合同`: a program has joined a text to what was not there. In lower case.
fn is_joined_to_nothing(word: &str) -> bool {
    const NOTHING: [&str; 5] = ["nan", "null", "undefined", "none", "nat"];
    // Few texts end or begin so.
    if !matches!(word.as_bytes().last(), Some(b'n' | b'l' | b'd' | b'e' | b't'))
        && !matches!(word.as_bytes().first(), Some(b'n' | b'u'))
    {
        return false;
    }
    // 王楠 Nan and 雀巢能恩 NAN are names, 劳动合同 nan and NaN年度合同 are none.
    let is_title =
        |rest: &str| ["合同", "协议", "协议书", "合同书", "名单", "表"].iter().any(|end| rest.ends_with(end));
    let is_behind_a_title =
        word.strip_suffix(" nan").or_else(|| word.strip_suffix(" none")).is_some_and(is_title);
    let begins = word.strip_prefix("nan").is_some_and(|rest| rest.starts_with(is_chinese) && is_title(rest));
    if is_behind_a_title || begins {
        return true;
    }
    let is_apart = |rest: &str, next: Option<char>| {
        let is_text = rest.chars().any(|c| c > '\u{2e7f}' || matches!(c, '¥' | '$'));
        is_text && next.is_some_and(|c| matches!(c, '-' | '_' | '¥' | '￥' | '$'))
    };
    // 王楠 Nan and 能恩 NAN are names.
    NOTHING.iter().any(|nothing| {
        word.strip_suffix(nothing).is_some_and(|rest| is_apart(rest, rest.chars().next_back()))
            || word.strip_prefix(nothing).is_some_and(|rest| is_apart(rest, rest.chars().next()))
    })
}

/// `timestamp('2026-12-01 00:00:00')`, `0.30000000000000004`, `0 days 09:00:00`, `java.lang.Object@1a2b3c`: what a
/// program writes of its own values. In lower case.
fn is_written_by_a_program(word: &str) -> bool {
    let is_clock = |time: &str| {
        time.len() >= 8 && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
    };
    let is_span = || {
        word.split_once(" days ").is_some_and(|(days, time)| {
            days.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()) && is_clock(time)
        })
    };
    let is_object = || {
        word.split_once('@').is_some_and(|(class, address)| {
            let is_hex = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
            class.contains('.') && (6..=8).contains(&address.len()) && address.bytes().all(is_hex)
        })
    };
    let is_list = || {
        let is_within = |begins: [&str; 2], end: char| {
            begins.iter().any(|begin| word.starts_with(begin)) && word.ends_with(end)
        };
        is_within(["['", "[\""], ']') || is_within(["{'", "{\""], '}')
    };
    if VALUES_OF_PROGRAMS.iter().any(|begin| word.starts_with(begin))
        || NUMBERS_OF_ERRORS.contains(&word)
        || word.contains(" object at 0x")
        || is_span()
        || is_object()
        || is_list()
    {
        return true;
    }
    const NOISE: usize = 12;
    let Some((whole, decimals)) = word.split_once('.').filter(|(_, decimals)| decimals.len() >= NOISE) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.trim_start_matches('-');
    is_number(whole)
        && is_number(decimals)
        && ["00000000", "99999999"].iter().any(|run| decimals.contains(run))
}

/// `NaN元`, `undefined年undefined月`: a unit was put behind what was not there.
fn has_units_only(word: &str) -> bool {
    const NOTHING: &[&str] = &["nan", "null", "undefined", "none", "nat"];
    let is_unit =
        |c: char| matches!(c, '元' | '年' | '月' | '日' | '号' | '天' | '个' | '岁' | '%' | '/' | '-' | ' ');
    // Nearly every text is none, and its first letter says so.
    if !matches!(word.as_bytes().first(), Some(b'n' | b'u')) || word.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    word.split(is_unit).all(|piece| piece.is_empty() || NOTHING.contains(&piece))
}

/// `Error: 42`, `Err:504`.
fn is_numbered_error(word: &str) -> bool {
    let number = ERROR_HEADS.iter().find_map(|head| word.strip_prefix(head));
    number.is_some_and(|rest| {
        let rest = rest.trim();
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What a letter calls its places: 姓名, real_name. 限量版 and A are texts.
fn names_a_place(inner: &str) -> bool {
    const SHORTEST: usize = 3;
    let is_part =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.');
    let is_identifier = inner.len() >= SHORTEST
        && inner.starts_with(|c: char| c.is_ascii_lowercase())
        && inner.bytes().all(is_part);
    let is_number = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_digit());
    is_identifier || is_number || inner.contains("MERGEFIELD ") || PLACES_IN_LETTERS.contains(&inner)
}

/// `${salary}`, `{{月薪}}`, `_x000D_`, `&nbsp;`, `<br/>`: what a program or a web page has left in it.
fn has_markup(text: &str) -> bool {
    // `{岗位}`, `«姓名»`, `[[name]]`: a place in a letter that nothing was put into.
    let is_place = |(begin, end): (&str, &str)| {
        let inner = text.trim().strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
        inner.is_some_and(names_a_place)
    };
    if [("{", "}"), ("«", "»"), ("[[", "]]"), ("<<", ">>")].into_iter().any(is_place) {
        return true;
    }
    if !text.bytes().any(|byte| matches!(byte, b'{' | b'&' | b'<' | b'_')) {
        return false;
    }
    let between = |begin: &str, end: &str| text.split_once(begin).is_some_and(|(_, rest)| rest.contains(end));
    let lower = text.to_ascii_lowercase();
    let is_entity = |rest: &str| {
        rest.split_once(';').is_some_and(|(name, _)| {
            let digits = name.strip_prefix('#').map(|own| own.strip_prefix('x').unwrap_or(own));
            ENTITIES.contains(&name)
                || digits
                    .is_some_and(|own| !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_hexdigit()))
        })
    };
    let is_tag = |rest: &str| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        // `I<b 或 b>2` compares.
        let ends = &rest[name.len()..];
        TAGS.contains(&name.as_str()) && (ends.starts_with('>') || (name.len() > 1 && ends.contains('>')))
    };
    let is_escape = |rest: &str| {
        let hex = rest.get(..4).is_some_and(|own| own.bytes().all(|byte| byte.is_ascii_hexdigit()));
        hex && rest[4..].starts_with('_')
    };
    between("${", "}")
        || between("#{", "}")
        || between("@{", "}")
        || between("<%", "%>")
        || between("{{", "}}")
        || lower.split('&').skip(1).any(is_entity)
        || lower.split('<').skip(1).any(is_tag)
        || lower.split("_x").skip(1).any(is_escape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_is_told_from_what_people_write() {
        for text in [
            "#REF!",
            "＃REF！",
            "8000#REF!",
            "合计：#N/A",
            "=_xlfn.XLOOKUP(A2,B:B,C:C)",
            "=+A2",
            "= A2",
            "＝SUM(A1:A3)",
            "=$A$1",
            "错误!未找到引用源。",
            "Error! Reference source not found.",
            "单击或点击此处输入文字。",
            "«姓名»",
            "{岗位}",
            "[[name]]",
            "<%= name %>",
            "#{name}",
            "[object HTMLInputElement]",
            "劳动合同[object Object]",
            "java.lang.Object@1a2b3c",
            "System.Collections.Generic.List`1[System.String]",
            "<__main__.User object at 0x7f00>",
            "['经理']",
            "Decimal('8000.00')",
            "%!s(<nil>)",
            "-2146826246",
            "0 days 09:00:00",
            "北京null",
            "北京市undefined区",
            "undefined劳动合同",
            "NaN年度合同",
            "劳动合同 nan",
            "劳动合同_None",
            "劳动合同（########）",
            "劳动合同_1900/1/0",
            "(nan)",
            "“NaN”",
            "null;",
            "\\u5317\\u4eac",
            "%E5%8C%97%E4%BA%AC",
            "经理\\n助理",
            "<b>经理</b>",
            "110105199001010000",
        ] {
            assert_eq!(left_over(text), Some(Rule::LeftOver), "{text}");
        }
        for text in ["仝上", "同  上", "同上。", "〃〃", "以上相同"] {
            assert_eq!(left_over(text), Some(Rule::Ditto), "{text}");
        }
        for text in [
            "见附件", "见附件一", "{甲，乙}", "{限量版}", "{A}", "[[A]]", "<<红楼梦>>", "«War and Peace»",
            "D:\\合同\\template.docx", "\\\\fs01\\人事\\new\\a.pdf", "A<B且B>C", "I<b 或 b>2", "%(w/w)",
            "雀巢能恩 NAN", "NAN能恩奶粉", "返回null的接口开发", "数据库Null值",
            "JavaScript（undefined/null处理）", "满100减%20", "尾号####1234", "Error",
            "3 days 2 nights: hotel", "＝50%", "DECIMAL(18,2)", "java.util课程", "错误！未签字视为无效",
            "王楠 Nan", "C#开发工程师", "1#楼302", "A座1/2层", "=甲方=", "100%", "50%-60%",
            "https://a.example.com/%E5%8C%97", "zhang.san@abc123.com", "110101199003070011", "Null Island路",
            "无锡unde酒店", "#1", "[A]区", "1900/1/1", "C:\\新建", "nano",
        ] {
            assert_eq!(left_over(text), None, "{text}");
        }
    }
}

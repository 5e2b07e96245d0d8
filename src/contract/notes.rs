//! What people write behind a header to say how it is to be filled in:
//! `手机号（必填，11位）`. Anything else there may say whose it is:
//! `手机号（紧急联系人）` is not the signer's. Texts come in as `columns` has
//! them: half-width, lower case, without spaces.

use super::vocabulary::{
    HOW_IN_NOTES, NOTE_BEGINNINGS, NOTE_COUNTS, NOTE_ENDS, NOTES, OF_ELSE_IN_NOTES, STRANGERS,
};

pub fn is_a_note(note: &str) -> bool {
    if NOTES.contains(&note) || NOTE_ENDS.iter().any(|end| note.ends_with(end)) {
        return true;
    }
    let mut parts =
        note.split([',', '、', ';', '/', '|', '。', '；', '，']).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_part)
}

/// `可不填,默认身份证`: a sentence on how to fill in another cell, which names nobody.
pub fn begins_as_a_note(text: &str) -> bool {
    let mut parts = text.split([',', ';', '。', '；', '，']).filter(|part| !part.is_empty());
    parts.next().is_some_and(is_part) && parts.next().is_some()
}

fn is_part(part: &str) -> bool {
    let number = part.chars().take_while(char::is_ascii_digit).count();
    NOTES.contains(&part)
        || NOTE_BEGINNINGS.iter().any(|beginning| part.starts_with(beginning))
        || (number > 0 && NOTE_COUNTS.contains(&&part[number..]))
        || part.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric())
        || says_how(part)
}

/// 可接收验证码, 请填写身份证上的姓名: what is to be written, and of nobody else.
fn says_how(part: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| part.contains(word));
    has(HOW_IN_NOTES) && !has(STRANGERS) && !has(OF_ELSE_IN_NOTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_note_says_how() {
        for note in [
            "必填", "必填,11位", "选填,不超过200字", "yyyymmdd", "例如张三", "18位", "格式:2026/1/31",
            "与身份证一致,必填", "唯一", "是/否", "单位:元", "200字以内", "11digits", "手机/邮箱至少填一项",
            "*", "1", "可接收验证码", "请填写身份证上的姓名", "实名认证用", "接收合同短信", "请勿填座机",
        ] {
            assert!(is_a_note(note), "{note}");
        }
        for stranger in [
            "紧急联系人", "配偶,18位", "紧急联系人,非本人", "非本人", "单位", "银行预留,11位", "hr填写",
            "开户人,与银行卡一致", "旧,必填", "用于紧急联系", "请填写配偶姓名", "接收短信的家人", "context",
            "前工作单位全称", "",
        ] {
            assert!(!is_a_note(stranger), "{stranger}");
        }
    }
}

//! Headers that are not read but resemble what is: a slip of the pen, a key, a signer.

use std::sync::LazyLock;

use crate::domain::field::{FIELDS, FieldId};

use super::columns::{normalise, plain_header, plain_letters};
use super::vocabulary::{
    BARE_DEADLINES, BEFORE_THAT_DAY, ENDS_OF_DEADLINES, ENDS_OF_MOBILES, ENDS_OF_NAMES, ENDS_OF_NO_DEADLINES,
    ENDS_OF_SIGNING, FIRM_LEADS_OF_SIGNING, FORM_METADATA, FORMER, LAST_TERMS, LEADS_OF_SIGNING,
    NEARLY_COMPONENTS, NEVER_SUGGESTED, NEWER_DEADLINES, NUMBER_ENDS, OF_A_DEADLINE, OF_THE_CONTRACT,
    OF_THE_PAST, OF_TIME, PAPERS, PARTIES, SERIALS, SIGNER_MARKS, SIGNING_WORDS, STRONG_KEYS, WEAK_KEYS,
};

/// Every name of a field that people write, made plain, and as it is.
static NAMES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    // 经理人 is no slip of 经办人, the operator: nobody would be named there but somebody who signs.
    let suggested = FIELDS.iter().filter(|field| field.id != FieldId::OperatorOpenId);
    let names = suggested.flat_map(|field| {
        let own = [field.name.to_owned(), field.chinese_name()];
        own.into_iter().chain(field.chinese.iter().map(|name| (*name).to_owned()))
    });
    names.map(|name| (normalise(&name), name)).collect()
});

/// What the names of the sender's own fields begin with.
const SENDER: &str = "发起";

/// The known header nearest to one that is not known, if it is near enough to
/// be a slip of the pen.
pub fn suggest(header: &str) -> Option<String> {
    let normal = normalise(header);
    let letters = normal.chars().count();
    if letters < 2 {
        return None;
    }
    if let Some(name) = nearly_component(header, &normal) {
        return Some(format!("填写:{name}"));
    }
    // 填写/月薪, 填写.月薪.
    let behind = normal.strip_prefix("填写").filter(|name| !name.starts_with(':'));
    let behind = behind.map(|name| name.trim_start_matches(['/', '\\', '、', '|', '>', '—', '.', '~', '#']));
    if let Some(name) = behind.filter(|name| !name.is_empty()) {
        if FORM_METADATA.contains(&name) {
            return None;
        }
        return Some(format!("填写:{name}"));
    }
    if matches!(normal.as_str(), "签署方" | "签约方") {
        return Some("签署方姓名".to_owned());
    }
    if NEVER_SUGGESTED.contains(&normal.as_str()) {
        return None;
    }
    // A Chinese header is short, and each of its characters says much.
    let allowed = if letters <= 7 { 1 } else { 2 };
    NAMES
        .iter()
        .filter(|(plain, _)| plain.chars().count().abs_diff(letters) <= allowed)
        .map(|(plain, name)| (strsim::osa_distance(plain, &normal), name))
        .filter(|(distance, name)| *distance <= allowed && *distance * 2 < name.chars().count())
        // 合同1 is no slip of 合同号.
        .filter(|(_, name)| {
            let ends_in_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
            !ends_in_digit(&normal) || ends_in_digit(name)
        })
        // 客户企业OpenId is not that of the sender.
        .filter(|(_, name)| !name.contains(SENDER) || normal.contains(SENDER))
        // What has that very name and is not read has a reason not to be.
        .filter(|(distance, _)| *distance > 0 || normal != plain_header(header))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name.clone())
}

/// `控件:租金`, `1.填写:租金`, `{{租金}}`, `租金（填写）`: what people write for a component.
fn nearly_component(header: &str, normal: &str) -> Option<String> {
    let called = || {
        let (word, name) = normal.split_once(':')?;
        (NEARLY_COMPONENTS.contains(&word) || word.ends_with("填写")).then_some(name)
    };
    let in_braces = || {
        let doubled = || normal.strip_prefix("{{")?.strip_suffix("}}");
        let inner = doubled().or_else(|| normal.strip_prefix("${")?.strip_suffix('}'))?;
        Some(inner.trim())
    };
    let letters = plain_letters(header);
    let behind = || letters.strip_suffix("(填写)");
    let in_english =
        || normal.strip_prefix("field").filter(|name| name.starts_with(|c: char| c > '\u{2e7f}'));
    // 甲方填写-岗位, 模板字段-岗位: the dash is gone.
    let by_party = || {
        let party = PARTIES.iter().find_map(|(word, _)| normal.strip_prefix(word)?.strip_prefix("填写"));
        party.or_else(|| {
            let rest = header.trim().split_once(['-', '—', '－']).map(|(word, _)| plain_letters(word));
            rest.filter(|word| NEARLY_COMPONENTS.contains(&word.as_str()))
                .and_then(|word| normal.strip_prefix(word.as_str()))
        })
    };
    let name = called().or_else(in_braces).or_else(behind).or_else(in_english).or_else(by_party)?;
    let is_name = !name.is_empty() && !FORM_METADATA.contains(&name);
    is_name.then(|| name.to_owned())
}

/// How much a column that is not known looks like the contract's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLike {
    /// A running number, most often.
    Weakly,
    /// It names contracts, or papers.
    Strongly,
}

pub fn resembles_key(header: &str) -> Option<KeyLike> {
    let normal = normalise(header);
    let of_contracts = PAPERS.iter().any(|word| normal.contains(word))
        && NUMBER_ENDS.iter().any(|end| normal.ends_with(end));
    let named = ["contract_id", "合同编号", "合同号", "合同编码"].map(normalise);
    // 合同期 and 合同价 are none, though one letter away, and 合同1 beside 合同2 is a name.
    if normal.ends_with(|c: char| c.is_ascii_digit()) && !of_contracts {
        return WEAK_KEYS.contains(&normal.as_str()).then_some(KeyLike::Weakly);
    }
    let is_number = |c: char| matches!(c, '号' | '编' | '码' | '序') || c.is_ascii_alphanumeric();
    let near = normal.chars().any(is_number)
        && suggest(header).is_some_and(|name| named.contains(&normalise(&name)));
    if of_contracts || near || STRONG_KEYS.contains(&normal.as_str()) {
        Some(KeyLike::Strongly)
    } else {
        WEAK_KEYS.contains(&normal.as_str()).then_some(KeyLike::Weakly)
    }
}

/// `截止日期（合同）`: its note says of what.
pub fn ends_the_contract(header: &str) -> bool {
    let letters = plain_letters(header);
    let note = letters.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    note.is_some_and(|(what, note)| BARE_DEADLINES.contains(&what) && OF_THE_CONTRACT.contains(&note))
}

/// `签署期限起`, `原截止日期`, `签署截止日期提醒`: about a deadline, and none.
pub fn is_no_deadline(header: &str) -> bool {
    let plain = plain_header(header);
    let has_end = ENDS_OF_NO_DEADLINES.iter().any(|end| plain.ends_with(end));
    let is_former = FORMER.iter().any(|word| plain.starts_with(word));
    let is_of_time = OF_TIME.iter().any(|word| plain.contains(word));
    is_of_time && (has_end || is_former)
}

/// `签署链接有效期`, `最后期限`: by when somebody has to do something, most likely to sign.
pub fn resembles_deadline(header: &str) -> bool {
    let plain = plain_header(header);
    if is_no_deadline(header) {
        return false;
    }
    // 延期后截止日期.
    let is_newer = || {
        let bare = BARE_DEADLINES.iter().find_map(|end| plain.strip_suffix(end));
        bare.is_some_and(|mark| NEWER_DEADLINES.contains(&mark.trim_end_matches('的')))
    };
    let ends = ENDS_OF_DEADLINES.iter().any(|end| plain.ends_with(end));
    let is_done = plain.starts_with("签订") || plain.starts_with("签发") || plain.starts_with("签证");
    LAST_TERMS.contains(&plain.as_str())
        || is_newer()
        || is_put_together(&plain)
        || (ends && !is_done && OF_A_DEADLINE.iter().any(|word| plain.contains(word)))
}

/// 签署时限, 最迟签约日, 要求签回日期, 截止签约时间: a word for signing and one for an end of it.
fn is_put_together(plain: &str) -> bool {
    let signs = SIGNING_WORDS.iter().any(|word| {
        let behind = |end: &&str| plain.contains(&format!("{word}{end}"));
        let before = |lead: &&str| {
            let both = format!("{lead}{word}");
            plain.starts_with(&both) || plain.ends_with(&both)
        };
        let within = |lead: &&str| plain.contains(&format!("{lead}{word}"));
        ENDS_OF_SIGNING.iter().any(behind)
            || LEADS_OF_SIGNING.iter().any(before)
            || FIRM_LEADS_OF_SIGNING.iter().any(within)
    });
    let by_that_day = BEFORE_THAT_DAY.iter().any(|word| plain.contains(word));
    (signs || by_that_day) && !OF_THE_PAST.iter().any(|word| plain.contains(word))
}

/// A mere count of lines, which another file begins anew.
pub fn is_serial(header: &str) -> bool {
    SERIALS.contains(&normalise(header).as_str())
}

/// A signer's column by a name that is not read: `乙方（员工）姓名`, `第二签署方手机`.
pub fn resembles_signer(header: &str) -> bool {
    let plain = plain_letters(header);
    let bare = normalise(header);
    let ends = |text: &str| [ENDS_OF_NAMES, ENDS_OF_MOBILES].concat().iter().any(|end| text.ends_with(end));
    SIGNER_MARKS.iter().any(|party| plain.contains(party)) && (ends(&bare) || ends(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_gets_a_suggestion_and_a_stranger_does_not() {
        assert_eq!(suggest("contract_di").as_deref(), Some("contract_id"));
        assert_eq!(suggest("签署方姓各").as_deref(), Some("签署方姓名"));
        assert_eq!(suggest("填写岗位").as_deref(), Some("填写:岗位"));
        assert_eq!(suggest("签署人电邮"), None);
        assert_eq!(suggest("所属部门"), None);
        assert_eq!(suggest("薪资"), None);
        assert_eq!(suggest("手机号（紧急联系人）").as_deref(), Some("手机号"));
    }

    #[test]
    fn signers_and_keys_by_other_names_are_noticed() {
        for header in [
            "乙方（员工）姓名", "第二签署方手机", "签署方(2)姓名", "担保人姓名", "signer2.name",
            "乙方经办人姓名",
        ] {
            assert!(resembles_signer(header), "{header}");
        }
        for header in ["部门", "紧急联系人手机号", "推荐人姓名", "银行卡号"] {
            assert!(!resembles_signer(header), "{header}");
        }
        assert_eq!(resembles_key("劳动合同编号"), Some(KeyLike::Strongly));
        assert_eq!(resembles_key("序号"), Some(KeyLike::Weakly));
        assert_eq!(resembles_key("员工编号"), None);
    }
}

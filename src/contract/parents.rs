//! What stands above a column of a header, and what that makes of it: whose 姓名 below 乙方 is.

use crate::domain::field::{Field, Level, by_name};

use super::columns::{
    Aliases, MOST_NUMBERED, Reading, Target, Whose, is_a_party, is_a_stranger, is_company, is_somebody,
    names_a_counterparty, partys_field, plain_header, plain_letters, signers_field,
};
use super::vocabulary::{
    APPROVER_WORDS, BARE_DEADLINES, BARE_ENDS, CC_WORDS, CHINESE_NUMBERS, CONTRACT_PARENTS, ENDS_IN_TIME,
    FORM_PARENTS, LINES_FOR_INK, MAY_BE_DONE, MAY_SEND, NAMED_BY_CONTRACTS, NEUTRAL_PARENTS, PARENT_ENDS,
    PARENTS_OF_CARDS, PARTIES, PARTY_CONTACTS, PARTY_ENDS, PARTY_SIGNER, PLAIN_SIGNERS, REMARK_COLUMNS,
    REMARK_END, SAYS_OF_SOMEBODY, SIGN_BESIDE, SIGNER_WORDS, TERM_ENDS, TERM_PARENTS, WHETHER,
};

/// A column of a header: what is shown of it, and what it says.
pub struct HeaderColumn {
    pub header: String,
    pub reading: Reading,
}

/// A parent and a child as one header.
pub fn with(parent: &str, child: &str) -> String {
    let both_latin = parent.ends_with(|c: char| c.is_ascii_alphanumeric())
        && child.starts_with(|c: char| c.is_ascii_alphanumeric());
    format!("{parent}{}{child}", if both_latin { " " } else { "" })
}

/// Whose the columns below a parent are.
#[derive(Debug, PartialEq)]
pub enum Parent {
    /// It does not say.
    Neutral,
    Form,
    /// What begins and ends below it is the contract.
    Term,
    Numbered(usize),
    Signer(String),
    Cc,
    Stranger,
    Unclear(String),
}

impl Parent {
    pub fn of(text: &str) -> Self {
        let plain = plain_header(text);
        let plain = plain.trim_end_matches([':', '.']);
        if plain.is_empty() || NEUTRAL_PARENTS.contains(&plain) {
            return Self::Neutral;
        }
        if FORM_PARENTS.contains(&plain) {
            return Self::Form;
        }
        if TERM_PARENTS.contains(&plain) {
            return Self::Term;
        }
        let letters = plain_letters(text);
        let letters = letters.trim_end_matches([':', '.']);
        let (base, note) = match letters.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((base, note)) => (base, note),
            None => (letters, ""),
        };
        if is_a_stranger(base) || is_a_stranger(note) {
            return Self::Stranger;
        }
        for party in [base, note] {
            if let Some(number) = party_number(party).or_else(|| signer_number(party)) {
                return Self::Numbered(number);
            }
        }
        if is_a_party(note) {
            return Self::Unclear(text.to_owned());
        }
        let bare = without_ends(base, PARENT_ENDS);
        if CC_WORDS.contains(&bare) {
            return Self::Cc;
        }
        if PLAIN_SIGNERS.contains(&bare) || APPROVER_WORDS.contains(&bare) {
            return Self::Neutral;
        }
        match SIGNER_WORDS.iter().find(|word| **word == bare) {
            Some(word) => Self::Signer((*word).to_owned()),
            None if NEUTRAL_PARENTS.contains(&bare) => Self::Neutral,
            None => Self::Unclear(text.to_owned()),
        }
    }
}

/// `制表：人事部`, `2026-11-20`: said of the whole sheet, and of no column. `甲方：某公司` is a party.
pub fn is_remark(text: &str) -> bool {
    let begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // 2026年11月20日, but not 1期.
    let is_date = begins_with_digit && digits >= 5;
    let says = text.split_once(['：', ':']).filter(|(_, rest)| !rest.trim().is_empty());
    let of_somebody =
        |what: &str| !matches!(Parent::of(what), Parent::Neutral | Parent::Unclear(_) | Parent::Stranger);
    // `部门主管签字：`, `日期：`: to be filled in by hand.
    let is_for_ink = text.ends_with(['：', ':']) && LINES_FOR_INK.iter().any(|word| text.contains(word));
    is_date || is_for_ink || says.is_some_and(|(what, _)| !of_somebody(what))
}

fn without_ends<'t>(text: &'t str, ends: &[&str]) -> &'t str {
    let shorter = ends.iter().filter_map(|end| text.strip_suffix(end));
    shorter.min_by_key(|rest| rest.len()).map_or(text, |rest| rest.trim_end_matches(['.', ':', '的']))
}

/// `甲方信息`, `甲方单位`.
fn party_number(text: &str) -> Option<usize> {
    PARTIES.iter().find_map(|(party, index)| {
        let rest = without_ends(text.strip_prefix(party)?, PARENT_ENDS);
        (rest.is_empty() || PARTY_ENDS.contains(&rest)).then_some(*index)
    })
}

/// `签署方1`, `第二签署方`, `签署人一信息`.
fn signer_number(text: &str) -> Option<usize> {
    let text = without_ends(text, PARENT_ENDS);
    let number = |text: &str| match text.parse::<usize>() {
        Ok(number) => number.checked_sub(1).filter(|index| *index < MOST_NUMBERED),
        Err(_) => CHINESE_NUMBERS.iter().position(|own| own.to_string() == text),
    };
    APPROVER_WORDS.iter().find_map(|word| {
        let behind = text.strip_prefix(word).and_then(number);
        behind.or_else(|| text.strip_suffix(word)?.strip_prefix('第').and_then(number))
    })
}

/// What a column says with all that stands above it; the column's own text first.
pub fn read_path(path: &[&str], aliases: &Aliases) -> HeaderColumn {
    let [child, parents @ ..] = path else {
        return HeaderColumn { header: String::new(), reading: Reading::of(Target::Unknown) };
    };
    let joined = |count: usize| {
        parents.iter().take(count).rev().chain([child]).fold(String::new(), |above, text| with(&above, text))
    };
    for count in (0..=parents.len()).rev() {
        if let Some(target) = aliases.said(&joined(count)) {
            return HeaderColumn {
                header: joined(count),
                reading: Reading { said: true, ..Reading::of(target) },
            };
        }
    }
    // `证件 | 类型` is 证件类型, wherever it stands.
    if let [parent, above @ ..] = parents
        && let Some(whole) = names_a_field(parent, child, aliases)
    {
        let path: Vec<&str> = [whole.as_str()].into_iter().chain(above.iter().copied()).collect();
        return read_path(&path, aliases);
    }
    // The nearest parent that says whose the column is; else one that is not understood.
    let read: Vec<(usize, Parent)> =
        parents.iter().enumerate().map(|(at, parent)| (at, Parent::of(parent))).collect();
    let stranger = read.iter().position(|(_, parent)| *parent == Parent::Stranger);
    let clear = read.iter().position(|(_, parent)| !matches!(parent, Parent::Neutral | Parent::Unclear(_)));
    let unclear = read.iter().position(|(_, parent)| matches!(parent, Parent::Unclear(_)));
    let Some((at, parent)) = stranger.or(clear).or(unclear).and_then(|found| read.get(found)) else {
        // `合同 | 截止日期` is 合同截止日期.
        let of_contract = parents.iter().position(|parent| is_of_contract(parent));
        if let Some(at) = of_contract.filter(|_| is_bare_deadline(child)) {
            let reading = Reading { ends_term: true, ..Reading::of(Target::Unknown) };
            return HeaderColumn { header: joined(at + 1), reading };
        }
        // `合同 | 名称` is 合同名称.
        if let Some(at) = of_contract.filter(|_| NAMED_BY_CONTRACTS.contains(&plain_header(child).as_str())) {
            let reading = aliases.reading_of(&joined(at + 1));
            if matches!(reading.target, Target::Field { .. }) {
                return HeaderColumn { header: joined(at + 1), reading };
            }
        }
        let reading = aliases.reading_of(child);
        return HeaderColumn { header: (*child).to_owned(), reading };
    };
    let whole = joined(at + 1);
    let (with_parent, reading) = under(parent, child, &whole, aliases);
    HeaderColumn { header: if with_parent { whole } else { (*child).to_owned() }, reading }
        .for_form(parent, child)
}

/// The parent with what says nothing alone, where both are what a signer has: 证件号码, and not 员工编号.
fn names_a_field(parent: &str, child: &str, aliases: &Aliases) -> Option<String> {
    let is_nothing = |reading: &Reading| reading.target == Target::Unknown && reading.could_be.is_none();
    let whole = with(parent, child);
    let plain = plain_header(&whole);
    let is_card = PARENTS_OF_CARDS.contains(&plain_header(parent).as_str());
    (is_card && is_nothing(&aliases.reading_of(child)) && signers_field(&plain).is_some()).then_some(whole)
}

impl HeaderColumn {
    fn for_form(mut self, parent: &Parent, child: &str) -> Self {
        if *parent == Parent::Form {
            self.header = format!("填写:{child}");
        }
        self
    }
}

/// What a column says below a parent, and whether it is shown with it.
fn under(parent: &Parent, child: &str, whole: &str, aliases: &Aliases) -> (bool, Reading) {
    let alone = aliases.reading_of(child);
    let plain = plain_header(child);
    match parent {
        Parent::Neutral => (false, alone),
        Parent::Form => (true, aliases.reading_of(&format!("填写:{child}"))),
        Parent::Term => {
            let ends = ends_a_term(&plain) || BARE_ENDS.contains(&plain.as_str());
            if ends {
                return (true, Reading { ends_term: true, ..Reading::of(Target::Unknown) });
            }
            (false, alone)
        }
        Parent::Numbered(number) => {
            let own = alone.plain_signer().or_else(|| partys_field(&plain));
            match (own, &alone.target) {
                _ if alone.whose == Whose::Stranger => (true, alone),
                (Some(field), _) => (true, Reading::of(Target::Field { field, index: Some(*number) })),
                (None, Target::Field { field, .. }) if field.level == Level::Flow => (false, alone),
                (None, Target::FormField(_)) => (false, alone),
                _ => match aliases.reading_of(whole) {
                    Reading { target: Target::Field { field, index }, .. } => {
                        (true, Reading::of(Target::Field { field, index }))
                    }
                    _ => (true, Reading::unknown(Whose::Unsaid)),
                },
            }
        }
        Parent::Signer(word) => match alone.plain_signer() {
            // It has a word of its own: 员工信息 | 员工姓名.
            Some(_) if alone.whose != Whose::Unsaid => (false, alone),
            Some(_) => (true, Reading { whose: Whose::Signer(word.clone()), ..alone }),
            None => (false, alone),
        },
        Parent::Cc => (true, aliases.reading_of(&format!("抄送人{child}"))),
        Parent::Stranger => (true, Reading::unknown(Whose::Stranger)),
        Parent::Unclear(name) => match (alone.plain_signer(), &alone.target) {
            (Some(_), _) if matches!(alone.whose, Whose::Signer(_)) => (false, alone),
            (Some(field), _) => {
                let could_be = Some(field);
                (true, Reading { could_be, ..Reading::unknown(Whose::Unclear(name.clone())) })
            }
            // 用人单位 | 签约代表, 企业 | 经办人姓名, 学校 | 老师姓名: whoever signs for it.
            (None, _) if !alone.said && field_of_its_people(name, &plain, &alone).is_some() => {
                let could_be = field_of_its_people(name, &plain, &alone);
                (true, Reading { could_be, ..Reading::unknown(Whose::Unclear(name.clone())) })
            }
            // 签署时间 | 结束, 签约 | 截止时间.
            (None, _) if !alone.said && name.contains(['签', '署']) && ends_a_time(&plain) => {
                (true, aliases.reading_of(whole))
            }
            // Whose deadline is that?
            (None, Target::Field { .. }) if is_bare_deadline(child) && !name.contains(['签', '署']) => {
                (true, Reading { ends_term: true, ..Reading::of(Target::Unknown) })
            }
            // 发送 | 是否 is 是否发送.
            (None, _) if !alone.said && plain == WHETHER => {
                (true, aliases.reading_of(&format!("{WHETHER}{}", plain_header(name))))
            }
            // 审批 | 人事部, 备注 | 人事: what is said below it is said of that.
            (None, Target::Unknown)
                if !alone.said
                    && alone.could_be.is_none()
                    && !plain.starts_with(WHETHER)
                    && says_of_rows(name) =>
            {
                (true, alone)
            }
            _ => (false, alone),
        },
    }
}

/// 备注, 审批, 签约情况: what says something of each row.
fn says_of_rows(parent: &str) -> bool {
    let plain = plain_header(parent);
    let plain = without_ends(&plain, PARENT_ENDS);
    REMARK_COLUMNS.contains(&plain)
        || plain.starts_with(REMARK_END)
        || MAY_SEND.contains(&plain)
        || MAY_BE_DONE.contains(&plain)
        || SAYS_OF_SOMEBODY.iter().any(|word| plain.contains(word))
}

/// 结束, 止, 截止时间.
pub fn ends_a_time(plain: &str) -> bool {
    ends_a_term(plain) || BARE_ENDS.contains(&plain) || ENDS_IN_TIME.contains(&plain)
}

/// A name or a number of somebody whom a child names below its parent.
fn field_of_its_people(parent: &str, plain: &str, alone: &Reading) -> Option<&'static Field> {
    let people = || PARTY_SIGNER.iter().chain(PARTY_CONTACTS);
    if people().any(|word| *word == plain) {
        return by_name("approver.name");
    }
    let rest = people().filter_map(|word| plain.strip_prefix(word)).min_by_key(|rest| rest.len());
    let of_contact = rest.and_then(|rest| signers_field(rest.trim_start_matches(['.', ':', '的'])));
    // 备注 has no people.
    let parent = plain_header(parent);
    let parent = without_ends(&parent, PARENT_ENDS);
    let has_people = is_company(parent) || is_somebody(parent) || names_a_counterparty(parent);
    match &alone.whose {
        Whose::Unclear(word) if has_people || SIGN_BESIDE.iter().any(|own| word.contains(own)) => {
            alone.could_be
        }
        Whose::Unclear(_) => None,
        _ => of_contact,
    }
}

fn is_of_contract(parent: &str) -> bool {
    CONTRACT_PARENTS.contains(&plain_header(parent).trim_end_matches([':', '.']))
}

pub fn is_bare_deadline(header: &str) -> bool {
    BARE_DEADLINES.contains(&plain_header(header).as_str())
}

/// `到期日`, `截止日期`: an end, of what the header does not say.
pub fn ends_a_term(plain: &str) -> bool {
    TERM_ENDS.contains(&plain) || BARE_DEADLINES.contains(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_whole_sheet_stands_over_no_column() {
        for text in ["制表：人事部", "2026-11-20", "2026年11月20日", "联系人：李四 13800138000", "单位：元"]
        {
            assert!(is_remark(text), "{text}");
        }
        for text in ["甲方：某某公司", "甲方：", "员工信息", "第1期", "2期", "紧急联系人", "乙方(2人)"]
        {
            assert!(!is_remark(text), "{text}");
        }
    }

    #[test]
    fn parents_say_whose_their_columns_are() {
        let signer = |word: &str| Parent::Signer(word.to_owned());
        let unclear = |word: &str| Parent::Unclear(word.to_owned());
        for (text, expected) in [
            ("甲方", Parent::Numbered(0)),
            ("甲方（公司）", Parent::Numbered(0)),
            ("甲方信息", Parent::Numbered(0)),
            ("乙方 基本信息：", Parent::Numbered(1)),
            ("出租方（甲方）", Parent::Numbered(0)),
            ("甲方单位", Parent::Numbered(0)),
            ("签署方2", Parent::Numbered(1)),
            ("第二签署方", Parent::Numbered(1)),
            ("Party B", Parent::Numbered(1)),
            ("员工信息", signer("员工")),
            ("员工", signer("员工")),
            ("签署方", Parent::Neutral),
            ("基本信息", Parent::Neutral),
            ("个人", Parent::Neutral),
            ("直属上级", Parent::Stranger),
            ("紧急联系人", Parent::Stranger),
            ("甲方联系人", Parent::Stranger),
            ("合同期限", Parent::Term),
            ("填写项", Parent::Form),
            ("抄送人", Parent::Cc),
            ("责任人", unclear("责任人")),
            ("出租方", unclear("出租方")),
        ] {
            assert_eq!(Parent::of(text), expected, "{text}");
        }
    }
}

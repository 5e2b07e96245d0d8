//! Headers -> what each column gives.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::field::{FIELDS, Field, Level, by_name};

use super::form_values::FormKind;
use super::names::{is_staff, may_be_the_signer};
use super::notes::{begins_as_a_note, is_a_note};
use super::suggest::suggest;
use super::vocabulary::{
    APPROVER_WORDS, BESIDE_A_PARTY, CC_WORDS, CHINESE_NUMBERS, COMPANY_PARTIES, CONTACT, COUNTERPARTIES,
    DEADLINE_WORDS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, ENDS_OF_PEOPLE, FIRST_OF_SEVERAL,
    FLOW_NAME_WORDS, FORM_DATES, FORM_NUMBERS, FORM_REQUIRED, FORM_WORDS, GROUPS_OF_PEOPLE, ID_NUMBER_WORDS,
    LATER_OF_SEVERAL, MOBILE_WORDS, NAME_WORDS, NOBODY, PARTIES, PARTY_COMPANY, PARTY_SIGNER, PLAIN_SIGNERS,
    SIGNER_WORDS, STRANGERS, TRADITIONAL, WHETHER,
};

/// What a column gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `index` counts approvers or cc's from 0 in the wide layout.
    Field {
        field: &'static Field,
        index: Option<usize>,
    },
    FormField(String),
    /// One of our report's columns.
    OfOurs,
    /// Somebody has said that it is none of ours.
    Ignored,
    Unknown,
}

/// Whose a column is, as far as its header says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Whose {
    /// It does not say, or the number in its target does.
    #[default]
    Unsaid,
    /// A word for the one who signs: 员工, 客户.
    Signer(String),
    /// Somebody who signs nothing.
    Stranger,
    /// A word that is not understood: 责任人. Perhaps he signs.
    Unclear(String),
}

/// What a header says.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub target: Target,
    pub whose: Whose,
    /// The signer's field that it would give, were it clear whose it is.
    pub could_be: Option<&'static Field>,
    /// It ends the contract's own term.
    pub ends_term: bool,
    /// A person has said what it gives.
    pub said: bool,
    /// It gives what is a party's because another column has the party's other word.
    pub of_party: bool,
}

impl Reading {
    pub fn of(target: Target) -> Self {
        Self { target, whose: Whose::Unsaid, could_be: None, ends_term: false, said: false, of_party: false }
    }

    pub fn unknown(whose: Whose) -> Self {
        Self { whose, ..Self::of(Target::Unknown) }
    }

    /// The signer's field that it gives, where no number says which signer's.
    pub fn plain_signer(&self) -> Option<&'static Field> {
        match &self.target {
            Target::Field { field, index: None } if field.level == Level::Approver => Some(field),
            _ => None,
        }
    }
}

/// Headers as a user's settings rename them: normalised header -> target.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    targets: HashMap<String, Target>,
}

/// An alias whose right side is no column we know.
#[derive(Clone, Debug, PartialEq)]
pub struct AliasFault {
    pub header: String,
    pub target: String,
    pub suggestion: Option<String>,
}

impl Aliases {
    /// `pairs` are (header, target), as in `[columns]` or `--map`.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, AliasFault> {
        let mut aliases = Self::default();
        for (header, name) in pairs {
            let target = match normalise(name).as_str() {
                "ignore" | "忽略" => Target::Ignored,
                // A person who maps a name means it as it is written.
                normal if FORM_WORDS.iter().any(|word| normal.starts_with(word)) => literal_form_field(name),
                normal => recognise(normal, name),
            };
            if matches!(target, Target::Unknown | Target::OfOurs) {
                return Err(AliasFault {
                    header: header.to_owned(),
                    target: name.to_owned(),
                    suggestion: suggest(name),
                });
            }
            aliases.targets.insert(plain_header(header), target);
        }
        Ok(aliases)
    }

    /// These, and `more` where these say nothing.
    #[must_use]
    pub fn with(mut self, more: Self) -> Self {
        for (header, target) in more.targets {
            self.targets.entry(header).or_insert(target);
        }
        self
    }

    pub fn target_of(&self, header: &str) -> Target {
        self.reading_of(header).target
    }

    /// What a header says that stands alone.
    pub fn reading_of(&self, header: &str) -> Reading {
        match self.said(header) {
            Some(target) => Reading { said: true, ..Reading::of(target) },
            None => read(header),
        }
    }

    /// What a person has said of a header.
    pub fn said(&self, header: &str) -> Option<Target> {
        self.targets.get(&plain_header(header)).cloned()
    }
}

/// What a header says by itself.
pub fn read(header: &str) -> Reading {
    let normal = plain_header(header);
    if normal.is_empty() {
        return Reading::of(Target::Unknown);
    }
    let target = match recognise(&normal, header) {
        Target::Unknown => in_two_languages(&normal, header),
        target => target,
    };
    if target != Target::Unknown {
        return Reading::of(target);
    }
    if let Some(reading) = of_a_signer(&normal) {
        return reading;
    }
    if begins_as_a_note(&normal) {
        return Reading::of(Target::Unknown);
    }
    // `姓名（负责人）` is `负责人姓名`.
    let turned = normal.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let turned = turned.map_or_else(|| normal.clone(), |(what, whose)| format!("{whose}{what}"));
    if is_a_stranger(&turned) {
        return Reading::unknown(Whose::Stranger);
    }
    of_somebody(&turned)
}

/// `员工姓名`: a word for the one who signs, and a field of his.
fn of_a_signer(normal: &str) -> Option<Reading> {
    let words = SIGNER_WORDS.iter().chain(PLAIN_SIGNERS).filter(|word| normal.starts_with(**word));
    let word = words.max_by_key(|word| word.len())?;
    let field = signers_field(normal[word.len()..].trim_start_matches(['.', ':', '的']))?;
    // Of other fields the word may say something else: 员工角色.
    if !matches!(
        field.short_name(),
        "name" | "mobile" | "id_card_number" | "id_card_type" | "email" | "open_id"
    ) {
        return None;
    }
    let whose = if PLAIN_SIGNERS.contains(word) { Whose::Unsaid } else { Whose::Signer((*word).to_owned()) };
    Some(Reading { whose, ..Reading::of(Target::Field { field, index: None }) })
}

pub fn signers_field(normal: &str) -> Option<&'static Field> {
    find(normal, |level| level == Level::Approver)
        .filter(|field| !matches!(field.short_name(), "type" | "json"))
}

pub fn is_a_stranger(plain: &str) -> bool {
    STRANGERS.iter().any(|word| plain.contains(word))
}

/// 收件人, 班组长, Parent: a word for somebody. Whether the column has his name, only its values say.
pub fn is_somebody(plain: &str) -> bool {
    ENDS_OF_PEOPLE.iter().any(|end| plain.ends_with(end))
        && !plain.starts_with(WHETHER)
        && !NOBODY.iter().any(|word| plain.ends_with(word))
}

/// `责任人姓名`: a name, a mobile or an ID number of somebody.
fn of_somebody(normal: &str) -> Reading {
    for (ends, name) in [
        (ENDS_OF_NAMES, "approver.name"),
        (ENDS_OF_MOBILES, "approver.mobile"),
        (ENDS_OF_ID_NUMBERS, "approver.id_card_number"),
    ] {
        // 备用手机 is one more of the same person, and nobody called 备用.
        if name == "approver.mobile" && is_first_mobile(normal).is_some() {
            return Reading::of(Target::Unknown);
        }
        let mut whose = ends.iter().filter_map(|end| normal.strip_suffix(end));
        if let Some(whose) = whose.find(|whose| !whose.is_empty()) {
            if GROUPS_OF_PEOPLE.contains(&whose) {
                return Reading::unknown(Whose::Stranger);
            }
            let whose = whose.trim_end_matches(['.', ':', '的']).to_owned();
            return Reading { could_be: by_name(name), ..Reading::unknown(Whose::Unclear(whose)) };
        }
    }
    Reading::of(Target::Unknown)
}

/// Of one of several mobiles of a person, `手机号2`, `备用手机`, `手机(新)`: whether it is the first of them.
/// None: the header is not called so.
pub fn is_first_mobile(plain: &str) -> Option<bool> {
    let mark = ENDS_OF_MOBILES.iter().find_map(|end| {
        let (before, behind) = plain.split_once(end)?;
        match (before, behind.trim_matches(['(', ')', '.', ':', '#'])) {
            ("", mark) | (mark, "") if !mark.is_empty() => Some(mark),
            _ => None,
        }
    })?;
    let is_later = |digits: &str| digits.parse::<u8>().is_ok_and(|number| number > 1);
    match mark {
        _ if FIRST_OF_SEVERAL.contains(&mark) => Some(true),
        _ if LATER_OF_SEVERAL.contains(&mark) || is_later(mark) => Some(false),
        _ => None,
    }
}

/// Case, spaces, `_`, `-`, full-width forms, a `*` for "required" and what stands
/// in brackets at either end make no difference.
pub fn normalise(text: &str) -> String {
    without_notes(plain_letters(text), |_| true)
}

/// The same for a header, but only for notes on how to fill it in: `手机号（必填）`
/// is the signer's mobile, `手机号（紧急联系人）` is not. `姓名（乙方）` is `乙方姓名`.
pub fn plain_header(header: &str) -> String {
    // `乙方姓名(1)` is one of several.
    let letters = plain_letters(header);
    let of_party = PARTIES.iter().any(|(party, _)| letters.starts_with(party));
    let is_number = |note: &str| note.len() == 1 && note.bytes().all(|byte| byte.is_ascii_digit());
    let plain = without_notes(letters, |note| is_a_note(note) && !(of_party && is_number(note)));
    let plain = plain.trim_end_matches([':', '?']).to_owned();
    match plain.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        // `出租方(甲方)` and `甲方(出租方)` are 甲方; what a company is called stays there.
        Some((role, party)) if is_a_partys_word(role) && party_of(party).is_some() => party.to_owned(),
        Some((party, role)) if is_a_partys_word(role) && party_of(party).is_some() => party.to_owned(),
        Some((name, party)) if is_a_party(party) => format!("{party}{name}"),
        // `乙方姓名(1)` is `乙方姓名1`.
        Some((name, number)) if of_party && is_number(number) => format!("{name}{number}"),
        _ => of_party_within(&plain).unwrap_or(plain),
    }
}

/// `供应商(乙方)联系人` is `乙方联系人`, and `甲方(出租方)姓名` is `甲方姓名`.
fn of_party_within(plain: &str) -> Option<String> {
    let (who, rest) = plain.split_once('(')?;
    let (within, what) = rest.split_once(')')?;
    if who.is_empty() || what.is_empty() {
        return None;
    }
    let is_role =
        |word: &str| is_a_role(word) || is_a_partys_word(word) || (!is_staff(word) && is_a_party_field(what));
    match (party_of(within), party_of(who)) {
        (Some(_), _) if is_role(who) => Some(format!("{within}{what}")),
        (None, Some(_)) if is_role(within) => Some(format!("{who}{what}")),
        _ => None,
    }
}

/// `甲方(机构)姓名`: what stands behind the brackets is a person's field.
fn is_a_party_field(what: &str) -> bool {
    [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat().contains(&what)
}

/// What a party of a contract is besides: 出租方, 供应商, 员工.
pub fn is_a_role(word: &str) -> bool {
    let is_company = COMPANY_PARTIES.contains(&word) || ["公司", "单位", "企业"].contains(&word);
    is_company || is_somebodys_role(word)
}

/// The same of a person. Whoever signs beside a party, or answers for it, is not that party.
pub fn is_somebodys_role(word: &str) -> bool {
    let ends = [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat();
    let is_field = ends.iter().any(|end| word.ends_with(end)) || word.ends_with(CONTACT);
    let is_another = BESIDE_A_PARTY.iter().any(|own| word.contains(own));
    let is_role = SIGNER_WORDS.contains(&word) || ["个人", "劳动者"].contains(&word);
    !is_field && !is_another && (is_role || names_a_counterparty(word))
}

/// `甲方(雇主)`, `乙方(家政员)`: a word for somebody who is that party, whichever it is.
pub fn is_a_partys_word(word: &str) -> bool {
    let ends = [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat();
    let is_field = ends.iter().any(|end| word.ends_with(end));
    let is_another = BESIDE_A_PARTY.iter().any(|own| word.contains(own)) || is_staff(word);
    let is_one = is_somebody(word) || word.ends_with('方') || may_be_the_signer(word);
    is_somebodys_role(word) || (is_one && !is_field && !is_another)
}

/// A word for a person or a party that stands on the other side: 出租方, 担保人. 担保方式 is none.
pub fn names_a_counterparty(word: &str) -> bool {
    let name = ENDS_OF_NAMES.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let is_latin = name.is_ascii();
    is_counterparty(name) && (is_latin || name.ends_with(['人', '方', '者', '商', '东', '主']))
}

/// Whoever stands on the other side of a contract, or answers for one of them.
pub fn is_counterparty(word: &str) -> bool {
    COUNTERPARTIES.iter().any(|own| word.contains(own))
}

pub fn is_a_party(note: &str) -> bool {
    let numbered = ["签署方", "签署人"].iter().find_map(|word| note.strip_prefix(word));
    PARTIES.iter().any(|(party, _)| *party == note)
        || numbered.is_some_and(|number| number.parse::<u8>().is_ok())
}

pub fn plain_letters(header: &str) -> String {
    header
        .chars()
        .map(|c| match c {
            '【' | '[' | '［' | '〔' => '(',
            '】' | ']' | '］' | '〕' => ')',
            _ => simplified(half_width(c)),
        })
        .filter(|c| !crate::domain::cell::is_space_like(*c) && !matches!(c, '_' | '-' | '*'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn without_notes(mut plain: String, goes: impl Fn(&str) -> bool) -> String {
    while let Some(inner) = plain.strip_suffix(')') {
        match inner.rfind('(') {
            Some(open) if open > 0 && goes(&inner[open + 1..]) => plain.truncate(open),
            _ => break,
        }
    }
    if let Some((note, rest)) = plain.strip_prefix('(').and_then(|text| text.split_once(')'))
        && !rest.is_empty()
        && goes(note)
    {
        plain = rest.to_owned();
    }
    plain
}

/// `姓名 Name`: the same in both, or it is neither.
fn in_two_languages(normal: &str, header: &str) -> Target {
    let Some(at) = normal.find(|c: char| c.is_ascii_alphabetic()).filter(|at| *at > 0) else {
        return Target::Unknown;
    };
    let (chinese, english) = normal.split_at(at);
    let chinese = recognise(chinese.trim_end_matches(['/', '(']), header);
    match recognise(english.trim_end_matches(')'), header) {
        english if english == chinese => chinese,
        _ => Target::Unknown,
    }
}

pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// The characters of our words as they are written in Hong Kong and Taiwan: 手機號碼 is 手机号码.
pub fn simplified(c: char) -> char {
    static SIMPLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| TRADITIONAL.iter().copied().collect());
    if c.is_ascii() {
        return c;
    }
    SIMPLE.get(&c).copied().unwrap_or(c)
}

fn recognise(normal: &str, header: &str) -> Target {
    // It says where a row comes from, not what it says.
    if normal == crate::domain::workbook_marks::FLOW {
        return Target::Ignored;
    }
    if normal.starts_with("flowbatch.") {
        return Target::OfOurs;
    }
    if FORM_WORDS.iter().any(|word| normal.starts_with(word)) {
        return form_field(header);
    }
    if let Some(name) = bracketed_form_field(&in_one_line(header)) {
        return Target::FormField(form_notes(name).0.to_owned());
    }
    let bare =
        normal.strip_prefix("flowinfos.").or_else(|| normal.strip_prefix("flowinfo.")).unwrap_or(normal);
    if let Some(field) = find(bare, |level| !matches!(level, Level::Approver | Level::Cc)) {
        return Target::Field { field, index: None };
    }
    for (words, level) in [(APPROVER_WORDS, Level::Approver), (CC_WORDS, Level::Cc)] {
        // Longest words first, so that `flowapprovers` is not read as `flowapprover` + `s`.
        let mut words = words.to_vec();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in words {
            let Some(rest) = bare.strip_prefix(word) else { continue };
            // `抄送人` is his name, as `签署人` is the signer's.
            let rest = if rest.is_empty() && level == Level::Cc { "name" } else { rest };
            if let Some(target) = numbered(rest, level) {
                return target;
            }
        }
    }
    for (party, index) in PARTIES {
        if let Some(rest) = bare.strip_prefix(party)
            && let Some(field) = partys_field(rest.trim_start_matches(['.', ':']))
        {
            return Target::Field { field, index: Some(*index) };
        }
    }
    // `姓名`, `Mobile`: nobody but a signer can be meant.
    match find(bare, |level| level == Level::Approver) {
        Some(field) if !matches!(field.short_name(), "type" | "json") => Target::Field { field, index: None },
        _ => Target::Unknown,
    }
}

/// The number of a party whose name a header is: 乙方.
pub fn party_of(plain: &str) -> Option<usize> {
    PARTIES.iter().find(|(party, _)| *party == plain).map(|(_, index)| *index)
}

/// A field of a party: its signer's, or its company's name. `经办人手机` is the signer's.
pub fn partys_field(normal: &str) -> Option<&'static Field> {
    let own = |name: &str, words: &[&str]| if words.contains(&normal) { by_name(name) } else { None };
    let of_signer = || {
        let rest =
            PARTY_SIGNER.iter().filter_map(|word| normal.strip_prefix(word)).min_by_key(|rest| rest.len());
        rest.filter(|rest| !rest.is_empty())
            .and_then(|rest| signers_field(rest.trim_start_matches(['.', ':', '的'])))
    };
    find(normal, |level| level == Level::Approver)
        .or_else(of_signer)
        .or_else(|| own("approver.name", PARTY_SIGNER))
        .or_else(|| own("approver.organization_name", PARTY_COMPANY))
}

/// Signers of one contract that a header may number: more than the API takes, so that too many are
/// told as what they are.
pub const MOST_NUMBERED: usize = 1000;

/// `1.name`, `2姓名`, `.mobile`, `姓名`.
fn numbered(rest: &str, level: Level) -> Option<Target> {
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = rest.split_at(digits);
    let mut index = None;
    let mut rest = rest.trim_start_matches(['.', ':']);
    if digits > 0 {
        index = Some(number.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < MOST_NUMBERED)?);
    } else if let Some((position, character)) =
        CHINESE_NUMBERS.iter().enumerate().find(|(_, c)| rest.starts_with(**c))
    {
        index = Some(position);
        rest = rest[character.len_utf8()..].trim_start_matches(['.', ':']);
    }
    let of_party = || partys_field(rest).filter(|_| level == Level::Approver && index.is_some());
    let field = find(rest, |l| l == level).or_else(of_party)?;
    Some(Target::Field { field, index })
}

/// Every name of every field, made plain: a sheet may have thousands of headers.
static NAMES: LazyLock<HashMap<String, Vec<&'static Field>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Vec<&'static Field>> = HashMap::new();
    for field in FIELDS {
        let path = (!field.path.is_empty()).then(|| field.path.join(".").to_lowercase());
        let agent = api_agent_name(field.name).map(str::to_owned);
        let chinese = field.chinese.iter().map(|name| normalise(name));
        let more = match field.name {
            "approver.name" => NAME_WORDS,
            "approver.mobile" => MOBILE_WORDS,
            "approver.id_card_number" => ID_NUMBER_WORDS,
            "flow_name" => FLOW_NAME_WORDS,
            "deadline" => DEADLINE_WORDS,
            _ => &[],
        };
        let own = [normalise(field.short_name()), normalise(field.name)].into_iter().chain(path).chain(agent);
        for name in own.chain(chinese).chain(more.iter().map(|name| (*name).to_owned())) {
            let fields = names.entry(name).or_default();
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    names
});

fn find(normal: &str, level: impl Fn(Level) -> bool) -> Option<&'static Field> {
    NAMES.get(normal)?.iter().copied().find(|field| level(field.level))
}

fn api_agent_name(name: &str) -> Option<&'static str> {
    match name {
        "app_id" => Some("agent.appid"),
        "organization_open_id" => Some("agent.proxyorganizationopenid"),
        "operator_open_id" => Some("agent.proxyoperator.openid"),
        _ => None,
    }
}

/// The name behind `field:`, as the user wrote it; a line break that makes a header narrow
/// belongs to no name.
fn form_field(header: &str) -> Target {
    match literal_form_field(&in_one_line(header)) {
        Target::FormField(name) => Target::FormField(form_notes(&name).0.to_owned()),
        target => target,
    }
}

/// `【填写】岗位`, `填写（岗位）`.
fn bracketed_form_field(header: &str) -> Option<&str> {
    const BRACKETS: [(char, char); 5] = [('【', '】'), ('[', ']'), ('（', '）'), ('(', ')'), ('〔', '〕')];
    let header = header.trim();
    BRACKETS.iter().find_map(|(open, close)| {
        let before = header.strip_prefix(*open).and_then(|rest| rest.split_once(*close));
        let before = before.filter(|(word, _)| word.trim() == "填写").map(|(_, name)| name);
        let behind = || header.strip_prefix("填写")?.trim().strip_prefix(*open)?.strip_suffix(*close);
        let name = before.or_else(behind)?.trim();
        (!name.is_empty() && !is_a_note(&plain_letters(name))).then_some(name)
    })
}

/// `基本\n工资` is 基本工资, `base\nsalary` is base salary.
pub fn in_one_line(header: &str) -> String {
    let mut line = String::with_capacity(header.len());
    for part in header.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        if line.ends_with(is_latin) && part.starts_with(is_latin) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

fn literal_form_field(header: &str) -> Target {
    let after = header.char_indices().find(|(_, c)| matches!(c, ':' | '：' | '.'));
    match after {
        Some((at, colon)) => {
            let name = header[at + colon.len_utf8()..].trim_matches(crate::domain::cell::is_space_like);
            if name.is_empty() { Target::Unknown } else { Target::FormField(name.to_owned()) }
        }
        None => Target::Unknown,
    }
}

/// What the notes behind a component's name say of its values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormNotes {
    pub kind: FormKind,
    pub required: bool,
}

/// `入职日期(日期)(必填)` -> the name and what the notes say. Other brackets belong to the name.
pub fn form_notes(name: &str) -> (&str, FormNotes) {
    let mut notes = FormNotes::default();
    let mut name = name.trim_end_matches(crate::domain::cell::is_space_like);
    loop {
        // A star is how people mark what must be filled in.
        let bare = name.trim_end_matches(['*', '＊']);
        if bare.len() < name.len() && !bare.trim().is_empty() {
            notes.required = true;
            name = bare.trim_end_matches(crate::domain::cell::is_space_like);
        }
        let Some(inner) = name.strip_suffix([')', '）', '】']) else { break };
        let Some((before, note)) = inner.rsplit_once(['(', '（', '【']) else { break };
        let note = note.to_lowercase();
        let parts: Vec<&str> = note.split([',', '，', '、', '/', ';', '；']).map(str::trim).collect();
        let known = |part: &&str| {
            FORM_DATES.contains(part) || FORM_NUMBERS.contains(part) || FORM_REQUIRED.contains(part)
        };
        if before.is_empty() || !parts.iter().all(known) {
            break;
        }
        for part in parts {
            match part {
                part if FORM_DATES.contains(&part) => notes.kind = FormKind::Date,
                part if FORM_NUMBERS.contains(&part) => notes.kind = FormKind::Number,
                _ => notes.required = true,
            }
        }
        name = before.trim_end_matches(crate::domain::cell::is_space_like);
    }
    (name, notes)
}

/// Headers that mean what they mean only because somebody has said so, each with
/// the name of what it gives.
pub fn renamed(headers: &[std::sync::Arc<str>], targets: &[Target]) -> Vec<(String, String)> {
    let plain = Aliases::default();
    let said = headers.iter().zip(targets).filter(|(header, target)| plain.target_of(header) != **target);
    said.filter_map(|(header, target)| {
        let name = match target {
            Target::Field { field, index: None } => field.name.to_owned(),
            Target::Field { field, index: Some(index) } => {
                let (level, name) = field.name.split_once('.')?;
                format!("{level}{}.{name}", index + 1)
            }
            Target::FormField(name) => format!("field:{name}"),
            Target::Ignored => "ignore".to_owned(),
            Target::OfOurs | Target::Unknown => return None,
        };
        Some((header.to_string(), name))
    })
    .collect()
}

/// The field that a stable name or an alias stands for, for settings.
pub fn field_named(name: &str) -> Option<&'static Field> {
    by_name(name).or_else(|| match recognise(&normalise(name), name) {
        Target::Field { field, index: None } => Some(field),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(header: &str) -> String {
        match Aliases::default().target_of(header) {
            Target::Field { field, index: None } => field.name.to_owned(),
            Target::Field { field, index: Some(index) } => format!("{}@{index}", field.name),
            Target::FormField(name) => format!("field:{name}"),
            Target::OfOurs => "ours".to_owned(),
            Target::Unknown | Target::Ignored => "?".to_owned(),
        }
    }

    #[test]
    fn headers_are_recognised_in_three_languages() {
        for (header, expected) in [
            ("contract_id", "contract_id"),
            ("Contract ID", "contract_id"),
            ("合同编号", "contract_id"),
            ("合同编号（必填）", "contract_id"),
            ("＊合同名称", "flow_name"),
            ("姓名【必填】", "approver.name"),
            ("[必填] 合同编号", "contract_id"),
            ("签署人电话", "approver.mobile"),
            ("FlowName", "flow_name"),
            ("flow-name", "flow_name"),
            ("FlowInfo.FlowName", "flow_name"),
            ("签署截止时间", "deadline"),
            ("Deadline", "deadline"),
            ("approver.deadline", "approver.deadline"),
            ("签署方姓名", "approver.name"),
            ("签署人手机", "approver.mobile"),
            ("FlowApprovers.Mobile", "approver.mobile"),
            ("身份证号", "approver.id_card_number"),
            ("姓名", "approver.name"),
            ("approver1.name", "approver.name@0"),
            ("签署方2姓名", "approver.name@1"),
            ("签署方二手机号", "approver.mobile@1"),
            ("甲方姓名", "approver.name@0"),
            ("乙方.企业名称", "approver.organization_name@1"),
            ("cc1.mobile", "cc.mobile@0"),
            ("抄送人姓名", "cc.name"),
            ("CcInfos.Name", "cc.name"),
            ("approver.approver_option.no_refuse", "approver.approver_option.no_refuse"),
            ("FlowApprovers.ApproverOption.NoRefuse", "approver.approver_option.no_refuse"),
            ("field:姓名", "field:姓名"),
            ("填写：月 薪", "field:月 薪"),
            ("field:版本2.0", "field:版本2.0"),
            ("FormFields.岗位", "field:岗位"),
            ("Agent.ProxyOperator.OpenId", "operator_open_id"),
            ("JumpUrl", "jump_url"),
            ("flowbatch.status", "ours"),
            ("手机号（11位）", "approver.mobile"),
            ("截止日期(yyyy-mm-dd)", "deadline"),
            ("姓名（与身份证一致）", "approver.name"),
            ("姓名（乙方）", "approver.name@1"),
            ("手机号（紧急联系人）", "?"),
            ("身份证号（配偶）", "?"),
            ("姓名(HR)", "?"),
            ("姓名_real_name", "approver.name"),
            ("Signer Name", "approver.name"),
            ("员工姓名", "approver.name"),
            ("员工手机", "approver.mobile"),
            ("真实姓名", "approver.name"),
            ("客户姓名", "approver.name"),
            ("签约人", "approver.name"),
            ("recipient_1_name", "approver.name@0"),
            ("recipient_2_mobile", "approver.mobile@1"),
            ("租客电话", "approver.mobile"),
            ("Employee Mobile", "approver.mobile"),
            ("手机\n(手机/邮箱至少填一项)", "approver.mobile"),
            ("甲方经办人", "approver.name@0"),
            ("甲方名称", "approver.organization_name@0"),
            ("客户经理姓名", "?"),
            ("直属上级手机", "?"),
            ("责任人姓名", "?"),
            ("类型", "?"),
            ("备注", "?"),
            ("姓名：", "approver.name"),
            ("姓名 Name", "approver.name"),
            ("手机号/Mobile", "approver.mobile"),
            ("Mobile No.", "approver.mobile"),
            ("合同编号（唯一）", "contract_id"),
            ("乙方姓名（员工）", "approver.name@1"),
            ("身份证号（配偶，18位）", "?"),
            ("所属部门", "?"),
            ("", "?"),
        ] {
            assert_eq!(name_of(header), expected, "{header}");
        }
    }

    #[test]
    fn every_name_of_every_field_finds_it() {
        for field in FIELDS {
            assert_eq!(name_of(field.name), field.name);
            assert_eq!(name_of(&field.chinese_name()), field.name);
        }
    }

    #[test]
    fn aliases_rename_and_refuse_nonsense() {
        let aliases = Aliases::new([("员工 姓名", "approver.name")].into_iter());
        assert!(aliases.is_ok_and(|a| matches!(a.target_of("员工姓名"), Target::Field { field, .. } if field.name == "approver.name")));
        let fault = Aliases::new([("x", "approver.nmae")].into_iter()).err();
        assert_eq!(fault.and_then(|f| f.suggestion).as_deref(), Some("approver.name"));
    }
}

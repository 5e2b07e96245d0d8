//! Lines above the header that say of all contracts what no column says.

use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::columns::{Target, is_counterparty, names_a_counterparty, plain_letters};
use super::header::Head;
use super::instructions::{is_a_title, is_instruction};
use super::layout::{Layout, Mapping};
use super::refusals::{is_noted, says_not_to};
use super::said_of_all::{OfAll, said_of_all};
use super::texts::is_persons_number;
use super::vocabulary::{
    AS_OF, BARE_DEADLINES, CC_WORDS, CHINESE_NUMBERS, DAYS_IN_WORDS, DAYS_TO_SIGN_WITHIN, DEADLINE_BEFORE,
    DEADLINE_ENDS, DEADLINE_LAST, DEADLINE_LEADS, DEADLINE_SIGNS, DEADLINE_TIMES, DEADLINE_UNITS,
    DEADLINE_WITHIN, DEADLINE_WITHIN_LAST, DEADLINE_WORDS, DEADLINES_IN_ENGLISH, DONE_BEFORE_A_DAY,
    DUE_IN_ENGLISH, ELSE_BEFORE_A_DAY, ENDS_IN_ENGLISH, ENDS_OF_DAYS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES,
    LAPSES, LAST_DAYS_TO_SIGN, LINES_ALONE_NOT_TO_SEND, LINES_NOT_TO_SEND, LINES_OF_CONTRACTS,
    LINES_OF_DEADLINES, LINES_OF_PARTIES, MONTHS_IN_ENGLISH, NO_PARTY_BEHIND, NOT_TO_WHOM, OF_A_COMPANY,
    OF_FILLING_IN, OF_OTHER_ENDS, PARTIES, PARTIES_OF_LINES, SAID_OF_MARKED, SEEN_MARKS, SIGN_TOGETHER,
    SIGNING_IN_ENGLISH, SIGNING_THAT_CLOSES, SIGNS_AS_WELL, SIGNS_FOR_IT, SURNAMES, UNTIL,
};

/// `table`: people above the header, below another one. `said`: somebody has said where the header
/// is, so that what stands above it is not meant.
pub fn said_above(head: &Head<'_>, chosen: &Mapping, table: Option<Rule>, said: bool) -> Vec<Rule> {
    let party = party_above(head, chosen, said);
    let contents = contents_above(head, chosen, said).into_iter().chain(marks_above(head, chosen, said));
    table.into_iter().chain(deadline_above(head, chosen, said)).chain(contents).chain(party).collect()
}

/// `签署截止：2026-12-10`, in one cell or two.
fn deadline_above(head: &Head<'_>, chosen: &Mapping, said: bool) -> Option<Rule> {
    if chosen.column_of("deadline").is_some() {
        return None;
    }
    let above = head.numbers().filter(|row| *row < chosen.header_row);
    let line = |row: u32| {
        let texts = head.texts(row).iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        (row, texts.collect::<Vec<_>>().join(" "))
    };
    let (row, text) = above.map(line).find(|(_, text)| names_a_deadline(text))?;
    Some(Rule::DeadlineAbove { row, text, header: chosen.header_row, said, until: None })
}

/// `模板ID：yDemo…`, `合同名称：保密协议`: what a line says of all contracts, and no column.
fn contents_above(head: &Head<'_>, chosen: &Mapping, said: bool) -> Option<Rule> {
    let rows = head.numbers().filter(|row| *row < chosen.header_row);
    let says = |row: u32| Some((row, says_of_contracts(head.texts(row), chosen)?));
    let (row, line) = rows.filter_map(says).next()?;
    Some(line.asked(row, chosen.header_row, said))
}

/// A line that names a field for all contracts.
pub struct LineOfContracts {
    pub field: &'static str,
    text: String,
    /// What it gives that field, as far as that is plain.
    value: Option<String>,
}

impl LineOfContracts {
    /// `said`: somebody has said that the line is not meant.
    pub fn asked(self, row: u32, header: u32, said: bool) -> Rule {
        let (field, text) = (self.field.to_owned(), shortened(&self.text));
        Rule::SaidAbove { row, text, field, header, said, value: self.value, several: false }
    }

    fn of(field: &'static str, texts: &[&str]) -> Self {
        let text = texts.join(" ");
        // 合同名称：保密协议 | 部门：技术部 says one thing in its first cell.
        let behind = || {
            let (label, rest) = texts.first()?.split_once([':', '：']).unwrap_or((texts.first()?, ""));
            let value = match (rest.trim(), texts) {
                ("", [_, value]) => value.trim(),
                ("", _) => return None,
                (rest, _) => rest,
            };
            (!label.is_empty() && !value.contains([':', '：'])).then_some(value)
        };
        let value = match field {
            "template_id" => {
                let mut ids =
                    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|id| is_template_id(id));
                ids.next().filter(|_| ids.next().is_none())
            }
            "flow_name" => behind(),
            _ => None,
        };
        let value = value.filter(|value| !value.is_empty()).map(str::to_owned);
        Self { field, value, text }
    }
}

/// What a line says of all contracts, where no column does.
pub fn says_of_contracts(cells: &[String], chosen: &Mapping) -> Option<LineOfContracts> {
    const SHORTEST_ID: usize = 16;
    let texts: Vec<&str> = cells.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let first = plain_letters(texts.first()?);
    // 以下人员共同签署同一份合同.
    let field = "contract_id";
    if SIGN_TOGETHER.iter().any(|word| first.contains(word))
        && chosen.layout != Layout::Wide
        && chosen.column_of(field).is_none()
    {
        return Some(LineOfContracts::of(field, &texts));
    }
    // 抄送人：王总 13900000001.
    let line: String = texts.iter().map(|text| plain_letters(text)).collect();
    let copies = CC_WORDS.iter().any(|word| !word.is_ascii() && first.starts_with(word));
    if copies && has_number_within(&line) && chosen.column_of("cc.mobile").is_none() {
        return Some(LineOfContracts::of("cc.mobile", &texts));
    }
    let (word, rest) = first.split_once(':').unwrap_or((&first, ""));
    // 劳动合同 模板ID：…, `模板ID yDRS4…` and the bare id.
    let of_template = |(own, field): &(&str, &str)| {
        let is_alone = first.strip_prefix(own).is_some_and(is_template_id);
        *field == "template_id" && (word.ends_with(own) || is_alone)
    };
    let mut known = LINES_OF_CONTRACTS.iter().filter(|own| own.0 == word || of_template(own));
    let field = match known.next() {
        Some((_, field)) => *field,
        None if texts.len() == 1 && is_template_id(texts[0]) => "template_id",
        None => return None,
    };
    if field == "contract_id" && chosen.layout == Layout::Wide {
        return None;
    }
    let has_value = !rest.is_empty() || texts.len() == 2 || first.len() >= TEMPLATE_ID;
    let is_header = texts.len() > 2;
    // 合同模板：标准劳动合同 is said for people.
    let is_id =
        |text: &&str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| run.len() >= SHORTEST_ID);
    if field == "template_id" && !texts.iter().any(is_id) {
        return None;
    }
    (has_value && !is_header && chosen.column_of(field).is_none()).then(|| LineOfContracts::of(field, &texts))
}

/// Letters of a template's id.
const TEMPLATE_ID: usize = 32;

fn is_template_id(text: &str) -> bool {
    let has = |is_it: fn(&u8) -> bool| text.bytes().any(|byte| is_it(&byte));
    text.len() == TEMPLATE_ID
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
}

/// `注：标红的不发`, above the header: what no program sees says which rows are meant.
fn marks_above(head: &Head<'_>, chosen: &Mapping, said: bool) -> Vec<Rule> {
    /// Lines that are told of.
    const MOST: usize = 4;
    let top = head.top_of(chosen.header_row);
    let rows = head.numbers().filter(|row| *row < top);
    let lines = rows.flat_map(|row| head.texts(row).iter().map(move |text| (row, text.as_str())));
    let lines = lines.filter(|(_, text)| {
        let plain = plain_letters(text);
        let line = plain.trim_matches(|c: char| !c.is_alphanumeric());
        tells_by_marks(&plain)
            || instructs(text)
            || of_a_row(line).is_some_and(is_said_of_a_row)
            || said_of_all(text, chosen).is_some()
    });
    lines.take(MOST).map(|(row, text)| not_to_send(row, text, chosen, said)).collect()
}

/// What a line says of all rows, wherever it stands.
pub fn says_of_all(text: &str, mapping: &Mapping) -> bool {
    said_of_all(text, mapping).is_some() || tells_by_marks(&plain_letters(text))
}

/// What says until when is asked about as that.
fn instructs(text: &str) -> bool {
    is_instruction(without_number(text)) && !names_a_deadline(text)
}

fn tells_by_marks(plain: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    // 红色字体为已离职人员 says what a colour means.
    let is_title =
        is_a_title(plain) && !["为已", "为离", "=", "表示", "代表"].iter().any(|own| plain.contains(own));
    has(SEEN_MARKS) && has(SAID_OF_MARKED) && !has(OF_FILLING_IN) && !is_title
}

/// A line as it is told.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    text.trim().chars().take(LONGEST).collect()
}

/// What somebody has written beside a table, of its contracts: 只发标黄的, 12月10日前签完, 甲方：北京乙公司.
pub fn says_something(text: &str, chosen: &Mapping) -> bool {
    const LONGEST: usize = 80;
    let cells = [text.to_owned()];
    let letters = text.chars().count();
    (3..=LONGEST).contains(&letters)
        && (says_not_to_send(text)
            || said_of_all(text, chosen).is_some()
            || (names_a_deadline(text) && chosen.column_of("deadline").is_none())
            || says_of_contracts(&cells, chosen).is_some()
            || names_a_party(&cells, chosen))
}

/// What is asked about a line that says not to send the rows, or what their contracts say.
pub fn not_to_send(row: u32, text: &str, chosen: &Mapping, said: bool) -> Rule {
    let of_values =
        said_of_all(text, chosen) == Some(OfAll::Values) && !says_not_to(text) && !says_not_to_send(text);
    Rule::NotToSend { row, text: shortened(text), header: chosen.header_row, said, of_values }
}

/// Whether a text says that word, and not to whom or what: 勿发错, 勿发给外人.
pub fn is_told(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let rest = text.get(at + word.len()..).unwrap_or_default();
        !NOT_TO_WHOM.iter().any(|own| rest.starts_with(own))
    })
}

/// `以上仅供参考，勿发`; 请勿发给外人 is about the sheet itself.
pub fn says_not_to_send(text: &str) -> bool {
    let plain = plain_letters(text);
    tells_by_marks(&plain)
        || instructs(text)
        || LINES_NOT_TO_SEND.iter().any(|word| is_told(&plain, word))
        || alone_not_to_send(plain.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn alone_not_to_send(line: &str) -> bool {
    LINES_ALONE_NOT_TO_SEND.contains(&line)
        || says_not_to(line)
        || of_a_row(line).is_some_and(is_said_of_a_row)
}

/// 作废, 手机号改为139…, 姓名有误.
fn is_said_of_a_row(rest: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| rest.contains(word));
    let is_corrected = has(&["改为", "改成", "换成", "有误", "写错", "填错"])
        && has(&["手机", "电话", "号码", "姓名", "名字", "身份证"])
        && !rest.contains('已');
    is_noted(rest) || is_corrected
}

/// `第3行作废`, `序号2取消`, `3号不发`: what is said of one of the rows.
fn of_a_row(line: &str) -> Option<&str> {
    let begun = ["第", "序号", "no.", "编号"].iter().find_map(|word| line.strip_prefix(word));
    let number = begun.unwrap_or(line);
    let counts = |c: char| {
        c.is_ascii_digit()
            || CHINESE_NUMBERS.contains(&c)
            || matches!(c, '十' | '、' | ',' | '和' | '至' | '到')
    };
    let rest = number.trim_start_matches(counts);
    let unit = ["行", "号", "条", "个", "人", "位", "户", "份", "家"]
        .iter()
        .find_map(|unit| rest.strip_prefix(unit));
    let is_one = rest.len() < number.len() && (begun.is_some() || unit.is_some());
    is_one.then_some(unit.unwrap_or(rest)).filter(|rest| !rest.is_empty())
}

/// `1、12月10日截止`: the number of a line in a list of notes says nothing; 12.10前签 begins with a day.
pub fn without_number(text: &str) -> &str {
    let text = text.trim();
    let rest = text.trim_start_matches(['(', '（']).trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.len() - rest.len();
    let behind = rest.strip_prefix(['、', ')', '）']).or_else(|| {
        rest.strip_prefix(['.', '．']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    match behind {
        Some(behind) if (1..=4).contains(&number) && !behind.trim().is_empty() => behind.trim(),
        _ => text.trim_start_matches(|c: char| ('①'..='⑳').contains(&c)).trim(),
    }
}

/// Words for the end of the time to sign in, with a day behind or before them. 统计截止日期 ends
/// something else; a bare 截止日期 at the beginning of a line is asked about as a column's is.
pub fn names_a_deadline(text: &str) -> bool {
    let plain = plain_letters(without_number(text));
    let groups = plain.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let has_day = groups >= 2 || plain.bytes().filter(u8::is_ascii_digit).count() >= 8 || has(DAYS_IN_WORDS);
    let is_called_so = || has(DEADLINE_WORDS) || has(DEADLINE_ENDS) || has(LINES_OF_DEADLINES);
    // Deadline: Dec 5, 2026.
    let in_english = || {
        let ends = has(DEADLINES_IN_ENGLISH)
            || (has(ENDS_IN_ENGLISH) && has(SIGNING_IN_ENGLISH))
            || DUE_IN_ENGLISH.iter().any(|word| plain.starts_with(word));
        ends && (has_day || (has(MONTHS_IN_ENGLISH) && groups > 0))
    };
    // 签约时间：12月1日-12月5日.
    let is_range = || {
        let has_year =
            plain.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4 && run.starts_with("20"));
        // A dash makes no difference here: 11.28-12.10 has three groups.
        has(DEADLINE_TIMES)
            && (groups >= 4
                || groups == 3 && plain.contains('.') && !has_year
                || has(UNTIL) && groups >= 2
                || is_between_days(&plain))
    };
    let is_late = || {
        let of_signing = plain.contains('签') || plain.contains("视为放弃");
        plain.contains("逾期") && plain.contains("视为") && of_signing
    };
    let counts = || groups > 0 && DEADLINE_UNITS.iter().any(|word| plain.contains(word));
    let ends_then = || {
        DEADLINE_TIMES.iter().any(|word| plain.contains(word))
            && DEADLINE_BEFORE.iter().any(|word| plain.ends_with(word))
    };
    // 12月10日前办完, 合同须在12月10日前签订完毕; 12月10日前入职人员名单 is a title.
    let before_a_day = || {
        let is_it = |end: &str| {
            plain.match_indices(end).any(|(at, _)| plain[..at].ends_with(|c: char| c.is_ascii_digit()))
        };
        groups >= 2
            && (is_it("日前") || is_it("号前"))
            && has(DONE_BEFORE_A_DAY)
            && !has(ELSE_BEFORE_A_DAY)
            && !is_a_title(&plain)
    };
    // 签约期：11.28-12.10, 签署时间截至12月10日, 截止12月10日未签视为放弃.
    let is_lapse = || plain.contains("未签") && has(LAPSES) && groups >= 2;
    // …名单（截止2026-12-10）.
    let is_as_of = AS_OF.iter().any(|word| plain.contains(word));
    let within = || plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inner)| inner);
    // 签署入口将于12月10日关闭; 系统维护12月10日关闭 is another matter.
    let closes = || plain.ends_with("关闭") && has(SIGNING_THAT_CLOSES);
    // 请大家12/15前把字签了, 本批链接12月15日失效.
    let speaks_of_it = || {
        let is_about_it = plain.contains('签') || plain.contains("链接");
        is_about_it
            && has(LAST_DAYS_TO_SIGN)
            && !is_as_of
            && !has(ELSE_BEFORE_A_DAY)
            && !has(OF_OTHER_ENDS)
            && !is_a_title(&plain)
    };
    let names_it = || {
        is_called_so()
            || speaks_of_it()
            || ends_then()
            || is_end_and_day(&plain)
            || (!is_as_of && !has(ELSE_BEFORE_A_DAY) && within().is_some_and(is_end_and_day))
            || closes()
            || DEADLINE_LAST.iter().any(|word| plain.ends_with(word))
            || BARE_DEADLINES.iter().any(|word| plain.starts_with(word))
            || is_range()
            || (!is_as_of && (before_a_day() || is_lapse()))
            || is_late()
    };
    // 本月15日内签妥, 签署时效：7天.
    let within_days =
        || groups > 0 && has(DAYS_TO_SIGN_WITHIN) && plain.contains('签') && !is_as_of && !has(OF_OTHER_ENDS);
    // 有效期7天, 链接3天内有效; 身份证有效期 has something else.
    let is_valid_for = || {
        let is_of_links = plain.contains("链接") && plain.contains("有效");
        (plain.starts_with("有效期") || is_of_links) && counts()
    };
    (has_day && names_it())
        || is_valid_for()
        || within_days()
        || (is_called_so() && counts())
        || has(DEADLINE_WITHIN)
        || DEADLINE_WITHIN_LAST.iter().any(|word| plain.ends_with(word))
        || in_english()
}

/// 12月1日至12月10日, 即日起到12月10日; 到岗 is no range.
fn is_between_days(plain: &str) -> bool {
    let is_day = |c: char| c.is_ascii_digit();
    ["至", "到", "~"].iter().any(|mark| {
        plain.match_indices(mark).any(|(at, _)| {
            let before = plain[..at].trim_end_matches(['日', '号', '起']);
            let behind = plain.get(at + mark.len()..).unwrap_or_default();
            behind.starts_with(is_day) && (before.ends_with(is_day) || before.ends_with("即"))
        })
    })
}

/// `最晚12月10日签署`, `12月10日截止`, `DDL：12.10`: a word for an end, a day, and nothing else.
fn is_end_and_day(text: &str) -> bool {
    let is_of_day = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '年' | '月' | '日' | '号' | '点' | '时' | '分' | ':' | '/' | '.' | '前' | '之')
    };
    let behind = |rest: &str| {
        let rest = DEADLINE_SIGNS.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
        let numbers: Vec<&str> =
            rest.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
        let needs = if numbers.first().is_some_and(|year| year.len() == 4) { 3 } else { 2 };
        // 截止2026-12-05, whose dashes make no difference here.
        let is_whole = numbers.first().is_some_and(|day| day.len() == 8 && day.starts_with("20"));
        (numbers.len() >= needs || is_whole) && rest.chars().all(is_of_day)
    };
    DEADLINE_LEADS.iter().any(|lead| text.strip_prefix(lead).is_some_and(behind))
        || ENDS_OF_DAYS.iter().any(|end| text.strip_suffix(end).is_some_and(behind))
}

/// `甲方：王五 13800138000`, above the header.
fn party_above(head: &Head<'_>, chosen: &Mapping, said: bool) -> Option<Rule> {
    let rows: Vec<u32> = head.numbers().filter(|row| *row < chosen.header_row).collect();
    let names_one = |place: usize| {
        let texts = |at: usize| rows.get(at).map_or([].as_slice(), |row| head.texts(*row));
        // `甲方：王五`, and below it `联系电话：13800138000`.
        let next = texts(place + 1);
        let goes_on = next.iter().find(|text| !text.is_empty()).is_some_and(|text| {
            let plain = plain_letters(text);
            [ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat().iter().any(|word| plain.starts_with(word))
        });
        let label = |text: &&String| !(goes_on && Some(*text) == next.iter().find(|own| !own.is_empty()));
        let both: Vec<String> = texts(place).iter().chain(next.iter().filter(label)).cloned().collect();
        names_a_party(texts(place), chosen) || (goes_on && names_a_party(&both, chosen))
    };
    let place = (0..rows.len()).find(|place| names_one(*place))?;
    Some(Rule::PartyAbove { row: rows[place], header: chosen.header_row, said, companies: None })
}

/// `甲方：王五 13800138000`: a party that no column names. A company with its telephone is no
/// signer, unless somebody is named who signs for it.
pub fn names_a_party(texts: &[String], chosen: &Mapping) -> bool {
    let is_there = |party: usize| {
        let is_it = |target: &Target| {
            matches!(target, Target::Field { field, index: Some(index) }
            if field.level == Level::Approver && *index == party)
        };
        chosen.targets.iter().any(is_it)
    };
    let line: String = texts.iter().map(|text| plain_letters(text)).collect();
    let has_number = texts.iter().any(|text| is_persons_number(text)) || has_number_within(&line);
    if !has_number {
        return false;
    }
    let party = PARTIES.iter().find(|(word, _)| line.starts_with(word)).map(|(_, party)| *party);
    let company = OF_A_COMPANY.iter().any(|word| line.contains(word))
        && !SIGNS_FOR_IT.iter().any(|word| line.contains(word))
        && !names_somebody_in_brackets(&line);
    match party {
        _ if company => false,
        // A list of 乙方 alone has its people as the first signers.
        Some(party) => !is_there(party) || chosen.headers.iter().all(|own| !own.contains(PARTIES[party].0)),
        None => {
            let names_one = |text: &String| {
                let plain = plain_letters(text);
                let word = plain.trim_end_matches(':');
                names_a_counterparty(word)
                    || LINES_OF_PARTIES.iter().any(|own| {
                        plain
                            .strip_prefix(own)
                            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '(']))
                    })
            };
            // 每份合同另需担保人王五（138…）签字.
            let signs = || (line.contains('签') || line.contains("提供担保")) && is_counterparty(&line);
            // 公司代表 王敏 13900001111 需签署.
            let has_to = || SIGNS_AS_WELL.iter().any(|word| line.contains(&format!("{word}签")));
            // 出租方李总13800009999; 出租方联系电话 is to be called.
            let begins = || {
                let party = PARTIES.iter().map(|(word, _)| *word).chain(PARTIES_OF_LINES.iter().copied());
                party
                    .filter_map(|word| line.strip_prefix(word))
                    .any(|rest| !NO_PARTY_BEHIND.iter().any(|word| rest.starts_with(word)))
            };
            line.split(|c: char| !c.is_alphanumeric()).any(names_a_counterparty)
                || texts.iter().any(names_one)
                || signs()
                || has_to()
                || begins()
        }
    }
}

/// 深圳某某有限公司（王五 13900001234）: whoever is called there signs for it, most likely.
fn names_somebody_in_brackets(line: &str) -> bool {
    let note = line.rsplit_once('(').map(|(_, note)| note);
    let name = note.and_then(|note| note.split(|c: char| !c.is_alphabetic()).next());
    name.is_some_and(|name| {
        (2..=3).contains(&name.chars().count()) && name.starts_with(|c| SURNAMES.contains(c))
    })
}

/// A mobile or an ID number among other letters.
fn has_number_within(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| {
        let bare = run.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(run);
        (bare.len() == 11 && bare.starts_with('1') && bare.bytes().all(|byte| byte.is_ascii_digit()))
            || (run.len() == 18 && is_persons_number(run))
    })
}

//! What a remark leaves open of its row: who signs, what the contract says, or whether it was sent before.

use crate::contract::columns::Target;
use crate::contract::refusals::plain_of;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    ADDED_FIGURES, ANOTHER_PAPER, BEHIND_ANOTHER, CHANGED_FIGURES, CHINESE_NUMBERS, DENIED_SENTENCES,
    EMPLOYED_AS, ENDS_OF_PLACES, FIGURES_OF_ELSE, IN_FAVOUR_OF, IN_PLACE_OF, NO_NAMES_IN_REMARKS,
    NUMBERS_IN_REMARKS, NUMBERS_THAT_FAIL, OF_ELSEWHERE, OF_LEAVING_SOON, OF_OTHER_MATTERS,
    OPEN_IN_CONTRACTS, PAPERS, PUT_OFF, REAL_NAMES, REMARKS_IN_DOUBT, REMARKS_OF_OTHERS, SAID_BY_NOW,
    SENT_BEFORE, SENT_ELSEWHERE, SIGNED_FOR_ELSE, SIGNED_OTHERWISE, SOON, SURNAMES, TERMS_OF_CONTRACTS,
    TO_BE_SEEN, WAGES, WAITED_FOR, WITH_ANOTHER,
};

/// 实名王武, 底薪改9000, 夫妻共同签, 用B模板, 12月底离职, 等身份证: a remark by which something of the row may be otherwise, or not yet so.
pub fn doubts_the_row(text: &str) -> bool {
    const LONGEST: usize = 20;
    if text.is_empty() || text.chars().count() > LONGEST {
        return false;
    }
    let plain = plain_of(text);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let begins = |words: &[&str]| words.iter().any(|word| plain.starts_with(word));
    if REMARKS_IN_DOUBT.contains(&plain.as_str())
        || (has(SENT_BEFORE) && !has(OF_OTHER_MATTERS) && !has(SENT_ELSEWHERE))
        || (has(PUT_OFF) && !has(SENT_ELSEWHERE))
        || is_about_another_paper(text)
        || plain.split(['，', ',', '；', ';', '。']).skip(1).any(signs_otherwise)
        || is_a_term(&plain)
        || names_another(&plain)
    {
        return true;
    }
    let is_denied = [
        "不会", "不错", "没错", "可用", "晚上", "就发", "请发", "可发", "已换新", "已更新", "已更换",
        "旧手机",
    ]
    .iter()
    .any(|word| plain.contains(word));
    let is_unreachable = has(NUMBERS_IN_REMARKS) && has(NUMBERS_THAT_FAIL) && !is_denied;
    // 岗位还没定; 工位待确认 is no matter of the contract.
    let is_open = TO_BE_SEEN.iter().filter_map(|end| plain.strip_suffix(end)).any(|what| {
        what.is_empty()
            || [TERMS_OF_CONTRACTS, OPEN_IN_CONTRACTS]
                .iter()
                .any(|words| words.iter().any(|word| what.contains(word)))
    });
    if is_unreachable || is_open {
        return true;
    }
    if has(SAID_BY_NOW) || has(DENIED_SENTENCES) || plain.contains('已') && !has(SIGNED_OTHERWISE) {
        return false;
    }
    let names = |words: &[&str]| words.iter().filter_map(|word| plain.strip_prefix(word)).any(is_name);
    let is_corrected = (has(TERMS_OF_CONTRACTS) || plain.contains('薪'))
        && ["改", "调薪", "调至", "调到", "涨到", "降到"].iter().any(|word| plain.contains(word))
        && plain.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '元' | '年' | 'k' | '万' | '千'))
        && !plain.contains("改革");
    let is_leaving = plain.ends_with(OF_LEAVING_SOON)
        && (begins(SOON) || plain.starts_with(|c: char| c.is_ascii_digit()))
        && !has(OF_ELSEWHERE)
        && !plain.contains('从');
    let waits = plain
        .strip_prefix(['等', '缺'])
        .is_some_and(|rest| WAITED_FOR.iter().any(|word| rest.contains(word)));
    let by_template = plain.strip_prefix('用').is_some_and(|rest| rest.ends_with("模板"));
    let by_another = ["代办", "代"].iter().filter_map(|end| plain.strip_suffix(end)).any(is_name)
        || (plain.starts_with(['换', '改']) && plain.ends_with("公司主体"));
    names(REAL_NAMES)
        || names(IN_FAVOUR_OF)
        || is_corrected
        || is_leaving
        || waits
        || by_template
        || by_another
        || begins(REMARKS_OF_OTHERS)
        || plain.ends_with("也签")
        || (has(SIGNED_OTHERWISE) && !has(SIGNED_FOR_ELSE))
}

fn is_name(text: &str) -> bool {
    let name = text.trim_start_matches(['是', '为', '叫', ':', '：']);
    (2..=3).contains(&name.chars().count()) && name.starts_with(|c| SURNAMES.contains(c))
}

/// 跟李四一起, 同李四, 找李四, 改李四.
fn names_another(plain: &str) -> bool {
    let is_with = |rest: &str| {
        let rest = BEHIND_ANOTHER.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
        is_name(rest) && !NO_NAMES_IN_REMARKS.contains(&rest)
    };
    // 换高楼, 换金店.
    let is_no_place = |rest: &&str| !rest.ends_with(['楼', '店', '班', '队', '组', '号', '站', '厂']);
    // 跟单员, 和林店, 找房中: 张建中 is somebody.
    let is_somebody = |rest: &&str| {
        let is_going_on = rest.chars().count() == 2 && rest.ends_with('中');
        !rest.ends_with(ENDS_OF_PLACES) && !is_going_on
    };
    WITH_ANOTHER.iter().filter_map(|word| plain.strip_prefix(word)).filter(is_somebody).any(is_with)
        || IN_PLACE_OF.iter().filter_map(|word| plain.strip_prefix(word)).filter(is_no_place).any(is_with)
}

/// Behind a comma: 签实习协议, and not 签劳动合同.
fn signs_otherwise(clause: &str) -> bool {
    clause.starts_with('签')
        && !clause.starts_with("签过")
        && EMPLOYED_AS.iter().any(|word| clause.contains(word))
}

/// 劳动合同, 实习协议: a paper and nothing else.
pub fn is_a_paper(text: &str) -> bool {
    let plain = plain_of(text);
    let begins = plain.starts_with(['签', '另', '加', '同', '换', '改', '补', '重']);
    is_about_another_paper(text) && PAPERS.iter().any(|paper| plain.ends_with(paper)) && !begins
}

/// 签劳务, 实习协议, 另签保密协议, 模板2.
fn is_about_another_paper(text: &str) -> bool {
    const LONGEST: usize = 8;
    let plain = plain_of(text);
    let is_paper = PAPERS.iter().any(|paper| plain.ends_with(paper)) && plain.chars().count() <= LONGEST;
    let is_of_before = plain.starts_with(['原', '旧', '上', '已', '无', '未', '有', '按', '见'])
        || ["电子", "线上", "入职后"].iter().any(|word| plain.starts_with(word));
    let signs_as =
        plain.strip_prefix('签').is_some_and(|rest| EMPLOYED_AS.iter().any(|word| rest.starts_with(word)));
    let by_template = plain.strip_prefix("模板").is_some_and(|rest| rest.chars().count() == 1);
    (is_paper && !is_of_before)
        || signs_as
        || by_template
        || ANOTHER_PAPER.iter().any(|word| plain.contains(word))
}

/// 签一年, 两年期, 从1月1日起, 15号前, 试用期免: a term of this contract.
fn is_a_term(plain: &str) -> bool {
    const LONGEST: usize = 12;
    let bare = plain.trim_start_matches('签').trim_end_matches('期');
    let is_number = |text: &str| {
        !text.is_empty()
            && text.chars().count() < 3
            && text.chars().all(|c| {
                c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c) || matches!(c, '两' | '十' | '半')
            })
    };
    let is_years = bare.strip_suffix('年').is_some_and(is_number);
    let is_a_day = plain.contains(['日', '号']);
    // 合同签一年就行.
    let behind = plain.split_once('签').map(|(_, rest)| rest).and_then(|rest| rest.split_once('年'));
    let of_years = behind.is_some_and(|(number, _)| is_number(number))
        && !plain.contains(['已', '过', '曾', '了', '原', '上', '续', '送'])
        && plain.chars().count() <= LONGEST;
    let begins = (plain.starts_with('从') || (plain.contains("合同从") && is_a_day))
        && ["起", "起算", "开始"].iter().any(|end| plain.ends_with(end))
        && plain.chars().any(|c| c.is_ascii_digit());
    let ends = plain.strip_suffix("号前").or_else(|| plain.strip_suffix("日前")).is_some_and(is_number);
    let no_trial = plain
        .strip_prefix("试用期")
        .is_some_and(|rest| rest.starts_with(['免', '无']) || rest.starts_with("取消"));
    is_years || of_years || begins || ends || no_trial
}

/// 月薪9000, 按9000: an amount that stands in no other cell of the row.
pub fn names_another_amount(text: &str, row: &SourceRow) -> bool {
    const LONGEST: usize = 14;
    if text.len() < 4 || text.chars().count() > LONGEST {
        return false;
    }
    let plain = plain_of(text);
    // 押金2000 beside no column of deposits is news, and nothing else.
    let is_in_the_sheet = |word: &&str| row.mapping.headers.iter().any(|header| header.contains(*word));
    // 领导批了7000, 以7000为准, 业主说涨到3800: what a component has in figures.
    let has_figures = || {
        let mut components = row.mapping.targets.iter().enumerate();
        components.any(|(column, target)| {
            matches!(target, Target::FormField(_))
                && row.row.cell(column).seen_ref().bytes().any(|c| c.is_ascii_digit())
        })
    };
    let is_by_now =
        [SAID_BY_NOW, FIGURES_OF_ELSE].iter().any(|words| words.iter().any(|word| plain.contains(word)));
    let is_changed = CHANGED_FIGURES.iter().any(|word| plain.contains(word)) || is_changed_from(&plain);
    // 改到2026-12-08 is a day.
    let is_changed = is_changed && !plain.contains('-');
    let is_new = || last_figure(&plain).is_some_and(|figure| !stands_elsewhere(figure, text, row));
    let is_added = adds_a_figure(&plain, row);
    if !is_by_now && ((is_changed && is_new()) || is_added) && has_figures() {
        return true;
    }
    if !is_by_now && changes_a_component(&plain, row) {
        return true;
    }
    let of_terms = TERMS_OF_CONTRACTS
        .iter()
        .filter(|word| is_in_the_sheet(word))
        .find_map(|word| plain.strip_prefix(*word));
    let Some(rest) = of_terms.or_else(|| plain.strip_prefix('按')) else { return false };
    let amount = rest.trim_start_matches([':', '为', '是']).trim_end_matches('元');
    let is_amount = (3..=7).contains(&amount.len()) && amount.bytes().all(|byte| byte.is_ascii_digit());
    is_amount && !stands_elsewhere(amount, text, row)
}

/// 加500, 便宜200, 工资再加500: 每年加100 and 夜班加200 are no matter of this row's figure.
fn adds_a_figure(plain: &str, row: &SourceRow) -> bool {
    let has = |term: &str| row.mapping.headers.iter().any(|header| header.contains(term));
    // 工资 may be the component 月薪.
    let are_wages = |term: &str| WAGES.contains(&term) && WAGES.iter().any(|word| has(word));
    let names = |term: &str| has(term) || are_wages(term);
    let bare = plain.trim_end_matches('元').trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = plain.trim_end_matches('元').len() - bare.len();
    let before = ADDED_FIGURES.iter().filter_map(|word| bare.strip_suffix(word));
    let mut before = before.map(|rest| rest.trim_end_matches('再'));
    (2..=5).contains(&digits)
        && before.any(|rest| rest.is_empty() || (TERMS_OF_CONTRACTS.contains(&rest) && names(rest)))
}

/// 3600改3400.
fn is_changed_from(plain: &str) -> bool {
    plain.split_once('改').is_some_and(|(before, behind)| {
        before.ends_with(|c: char| c.is_ascii_digit()) && behind.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// 岗位改为保安, where 填写:岗位 says something else.
fn changes_a_component(plain: &str, row: &SourceRow) -> bool {
    let Some((name, value)) = plain.split_once("改为").or_else(|| plain.split_once("改成")) else {
        return false;
    };
    let names = row.mapping.targets.iter().enumerate().filter_map(|(column, target)| match target {
        Target::FormField(own) if own == name => Some(column),
        _ => None,
    });
    let mut columns = names;
    columns.any(|column| plain_of(row.row.cell(column).seen_ref().trim()) != value)
}

/// 3800 of 业主说涨到3800, 103 of 换到103.
fn last_figure(plain: &str) -> Option<&str> {
    let mut figures = plain.rsplit(|c: char| !c.is_ascii_digit());
    figures.find(|own| (3..=7).contains(&own.len()))
}

/// Whether a figure of a remark stands in another cell of its row.
fn stands_elsewhere(figure: &str, remark: &str, row: &SourceRow) -> bool {
    row.row.cells.iter().any(|cell| {
        let seen = cell.seen_ref();
        // 3800 is no part of 13800138000.
        seen.trim() != remark
            && seen.replace([',', '，'], "").split(|c: char| !c.is_ascii_digit()).any(|own| own == figure)
    })
}

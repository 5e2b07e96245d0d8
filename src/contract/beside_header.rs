//! Remarks in the header's row, beside the table: `备注：12月10日前签完` in a column that has nothing else.

use crate::domain::cell::Row;
use crate::domain::problem::Rule;

use super::above::{says_something, shortened};
use super::columns::Target;
use super::layout::Mapping;

/// Asks whether the rows are meant as they are, where a header without a value reads like a remark.
pub(super) fn ask(mapping: &mut Mapping, below: &[&Row]) {
    for column in 0..mapping.targets.len() {
        // 不续签原因 and 备注（不发请注明） are columns that nobody has filled in.
        let plain = mapping.plain(column);
        let heads_a_column = ["原因", "份数", "日期", "时间", "理由"].iter().any(|end| plain.ends_with(end))
            || ["是否", "请注明", "请说明", "请填", "注明"]
                .iter()
                .any(|word| mapping.headers[column].contains(word));
        if heads_a_column {
            continue;
        }
        let is_empty = || below.iter().all(|row| row.cell(column).is_blank());
        if mapping.targets[column] != Target::Unknown
            || mapping.asked.iter().any(|(own, _)| *own == column)
            || !says_something(remark_of(&mapping.headers[column]), mapping)
            || !is_empty()
        {
            continue;
        }
        let said = mapping.readings[column].said;
        let rule = said_beside(mapping, &mapping.headers[column], said);
        mapping.asked.push((column, rule));
    }
}

/// 截止12月10日 of `备注：截止12月10日`.
fn remark_of(header: &str) -> &str {
    let rest = ["备注", "说明", "注"].iter().find_map(|label| header.trim().strip_prefix(label));
    rest.and_then(|rest| rest.strip_prefix(['：', ':'])).map_or(header, str::trim)
}

/// What is asked about such a header.
pub fn said_beside(mapping: &Mapping, text: &str, said: bool) -> Rule {
    Rule::SaidBeside { row: mapping.header_row, text: shortened(text), header: true, said }
}

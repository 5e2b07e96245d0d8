//! What kind of sheet a header makes, and where its header stands.

use std::sync::{Arc, OnceLock};

use crate::domain::cell::Row;
use crate::domain::field::{Field, Level};
use crate::domain::problem::{ColumnPlace, Rule};

use super::columns::{Aliases, Target, field_named, resembles_signer, suggest};
use super::compiled::Compiled;

/// How many rows from the top a header may stand in.
pub const HEADER_ROWS: u32 = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One row per approver; rows with the same key make one contract.
    Long,
    /// One row per contract, approvers numbered in the header.
    Wide,
    /// Contracts without approvers: one half of a pair.
    Contracts,
    /// Approvers without contracts: the other half.
    Approvers,
}

/// A sheet's header and what each column gives.
#[derive(Clone)]
pub struct Mapping {
    pub layout: Layout,
    /// The last row of the header.
    pub header_row: u32,
    pub headers: Vec<Arc<str>>,
    pub targets: Vec<Target>,
    /// Made of the targets when the first row is read.
    pub compiled: OnceLock<Compiled>,
}

/// Something to tell about a column, before any row is read.
pub struct HeaderProblem {
    pub column: Option<ColumnPlace>,
    pub rule: Rule,
}

impl Mapping {
    pub fn column_of(&self, name: &str) -> Option<usize> {
        self.targets
            .iter()
            .position(|target| matches!(target, Target::Field { field, .. } if field.name == name))
    }

    pub fn place(&self, index: usize) -> ColumnPlace {
        ColumnPlace { index, header: self.headers.get(index).cloned().unwrap_or_default() }
    }

    /// The column with that header, as a user names it (`--group-by 部门`).
    pub fn header_named(&self, header: &str) -> Option<usize> {
        let wanted = super::columns::plain_header(header);
        self.headers.iter().position(|own| super::columns::plain_header(own) == wanted)
    }

    fn means_something(target: &Target) -> bool {
        matches!(target, Target::Field { .. } | Target::FormField(_))
    }

    /// Number of different things that the columns give.
    fn known(&self) -> usize {
        let known = |(at, target): &(usize, &Target)| {
            Self::means_something(target) && !self.targets.iter().take(*at).any(|other| other == *target)
        };
        self.targets.iter().enumerate().filter(known).count()
    }

    /// Whether a row says once more what the columns are: the header in
    /// another language below the first, or a page's header copied along.
    pub fn is_repeated_by(&self, row: &Row, aliases: &Aliases) -> bool {
        let mut repeated = 0;
        let mut other = 0;
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let target = aliases.target_of(&cell.seen());
            if Self::means_something(&target) && self.targets.get(column) == Some(&target) {
                repeated += 1;
            } else {
                other += 1;
            }
        }
        repeated >= 2 && repeated > other
    }

    pub fn is_report(&self) -> bool {
        self.targets.contains(&Target::OfOurs)
    }
}

/// Merged cells of a header: what stands in the first column of such a run
/// counts for all of it. 0-based columns.
pub struct MergedHeader {
    pub row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

/// The best header among the first rows of a sheet, or `None` if none of them
/// has a column that we know beside another.
pub fn find_header(rows: &[Row], merged: &[MergedHeader], aliases: &Aliases) -> Option<Mapping> {
    let mut best: Option<Mapping> = None;
    let seen = |row: &Row| -> Vec<String> { row.cells.iter().map(|cell| cell.seen()).collect() };
    let mut offer = |mapping: Mapping| {
        if fits(&mapping) && best.as_ref().is_none_or(|best| mapping.known() > best.known()) {
            best = Some(mapping);
        }
    };
    for (index, row) in rows.iter().enumerate() {
        let own = seen(row);
        offer(map(row.number, own.clone(), aliases));
        // A header of two rows: 甲方 | 姓名.
        if let Some(child) = rows.get(index + 1).filter(|child| child.number == row.number + 1) {
            let children = seen(child);
            // Alone it counts for more than under a remark that gives it nothing.
            offer(map(child.number, children.clone(), aliases));
            // Only where the parent is a parent: a plain header followed by a row of data is not one.
            if merged.iter().any(|run| run.row == row.number) {
                offer(map(child.number, join(&spread(row, &own, merged), &children, aliases), aliases));
            } else {
                // A CSV has lost its merged cells: a parent counts until the next one.
                offer(map(child.number, join(&carried(&own, &children), &children, aliases), aliases));
            }
        }
    }
    let mut best = best?;
    while let Some(again) = rows.iter().find(|row| row.number == best.header_row + 1)
        && best.is_repeated_by(again, aliases)
    {
        best.header_row += 1;
    }
    Some(best)
}

fn join(parents: &[String], children: &[String], aliases: &Aliases) -> Vec<String> {
    let width = parents.len().max(children.len());
    let at = |texts: &[String], column: usize| {
        texts.get(column).map(|text| text.trim().to_owned()).unwrap_or_default()
    };
    (0..width)
        .map(|column| {
            let (parent, child) = (at(parents, column), at(children, column));
            if child.is_empty() || parent.is_empty() || parent == child {
                return if child.is_empty() { parent } else { child };
            }
            let joined =
                if is_form_parent(&parent) { format!("填写:{child}") } else { format!("{parent}{child}") };
            let stranger = is_somebody_else(&parent);
            if aliases.target_of(&joined) == Target::Unknown && !stranger { child } else { joined }
        })
        .collect()
}

/// A parent whose columns are about another person, or another time.
fn is_somebody_else(parent: &str) -> bool {
    const WORDS: &[&str] = &[
        "紧急",
        "联系人",
        "配偶",
        "家属",
        "家庭",
        "父",
        "母",
        "子女",
        "亲属",
        "上家",
        "前公司",
        "前工作",
        "原工作",
        "原单位",
        "推荐",
        "介绍",
        "监护",
        "证明人",
        "教育",
        "学历",
        "银行",
    ];
    WORDS.iter().any(|word| parent.contains(word))
}

/// A parent over the template's components: 填写 | 岗位.
fn is_form_parent(parent: &str) -> bool {
    let plain = super::columns::plain_header(parent);
    let plain = plain.trim_end_matches([':', '.']);
    matches!(
        plain,
        "填写" | "填写项" | "填写内容" | "填写控件" | "field" | "fields" | "formfield" | "formfields"
    )
}

fn carried(own: &[String], children: &[String]) -> Vec<String> {
    let mut parent = String::new();
    (0..own.len().max(children.len()))
        .map(|column| {
            if let Some(text) = own.get(column).filter(|text| !text.trim().is_empty()) {
                parent.clone_from(text);
            }
            let has_child = children.get(column).is_some_and(|text| !text.trim().is_empty());
            if has_child { parent.clone() } else { own.get(column).cloned().unwrap_or_default() }
        })
        .collect()
}

fn spread(row: &Row, own: &[String], merged: &[MergedHeader]) -> Vec<String> {
    let last =
        merged.iter().filter(|run| run.row == row.number).map(|run| run.last_column + 1).max().unwrap_or(0);
    // A stray merge over the whole width of a sheet is a title, not a parent.
    let width = own.len().max(last).min(own.len() + 64);
    (0..width)
        .map(|column| {
            let run = merged
                .iter()
                .find(|run| run.row == row.number && (run.first_column..=run.last_column).contains(&column));
            own.get(run.map_or(column, |run| run.first_column)).cloned().unwrap_or_default()
        })
        .collect()
}

/// A title or a row of data may hit one alias by chance; a header has a column
/// that carries a contract and at least one other.
fn fits(mapping: &Mapping) -> bool {
    let carries = mapping.targets.iter().any(|target| match target {
        Target::Field { field, .. } => {
            field.level == Level::Approver
                || matches!(field.name, "contract_id" | "flow_name" | "template_id")
        }
        _ => false,
    });
    mapping.is_report() || (carries && mapping.known() >= 2)
}

fn map(header_row: u32, headers: Vec<String>, aliases: &Aliases) -> Mapping {
    let mut headers: Vec<Arc<str>> = headers
        .into_iter()
        .map(|header| Arc::from(header.trim_matches(crate::domain::cell::is_space_like)))
        .collect();
    while headers.last().is_some_and(|header| header.is_empty()) {
        headers.pop();
    }
    let targets: Vec<Target> = headers.iter().map(|header| aliases.target_of(header)).collect();
    let has = |test: &dyn Fn(&'static Field, Option<usize>) -> bool| {
        targets.iter().any(|target| matches!(target, Target::Field { field, index } if test(field, *index)))
    };
    let numbered = has(&|field, index| field.level == Level::Approver && index.is_some());
    let plain = has(&|field, index| field.level == Level::Approver && index.is_none());
    let names_contracts =
        has(&|field, _| matches!(field.name, "flow_name" | "template_id" | "deadline" | "flow_type"))
            || targets.iter().any(|target| matches!(target, Target::FormField(_)));
    let keyed = has(&|field, _| field.name == "contract_id");
    let layout = match (numbered, plain) {
        (true, _) => Layout::Wide,
        (false, true) if keyed && !names_contracts => Layout::Approvers,
        (false, true) => Layout::Long,
        (false, false) => Layout::Contracts,
    };
    Mapping { layout, header_row, headers, targets, compiled: OnceLock::new() }
}

/// What is to be said of a header that was chosen. `group_by` is a column that
/// a person has named: it is not unknown to him. `defaulted`: fields that have a
/// value without any column.
pub fn examine(mapping: &Mapping, group_by: Option<&str>, defaulted: &[&str]) -> Vec<HeaderProblem> {
    let falls_back = |suggestion: &str| {
        field_named(suggestion)
            .is_some_and(|field| defaulted.contains(&field.name) && mapping.column_of(field.name).is_none())
    };
    let mut problems = Vec::new();
    let grouping = group_by.and_then(|header| mapping.header_named(header));
    let mut strangers = Vec::new();
    let mut tell = |index: usize, rule: Rule| {
        problems.push(HeaderProblem { column: Some(mapping.place(index)), rule });
    };
    for (index, target) in mapping.targets.iter().enumerate() {
        match target {
            Target::Unknown if !mapping.headers[index].is_empty() && Some(index) != grouping => {
                match suggest(&mapping.headers[index]) {
                    None if !resembles_signer(&mapping.headers[index]) => strangers.push(index),
                    Some(suggestion) if suggestion.starts_with("填写:") => {
                        tell(index, Rule::ColumnNearlyFormField { suggestion });
                    }
                    _ if resembles_signer(&mapping.headers[index]) => tell(index, Rule::ColumnNearlySigner),
                    Some(suggestion) if falls_back(&suggestion) => {
                        tell(index, Rule::ColumnNearlyDefaulted { suggestion });
                    }
                    suggestion => tell(index, Rule::ColumnUnknown { suggestion }),
                }
            }
            Target::Unknown | Target::OfOurs | Target::Ignored => {}
            Target::Field { .. } | Target::FormField(_) => {
                if let Some(first) = mapping.targets.iter().take(index).position(|other| other == target) {
                    let field = match target {
                        Target::Field { field, .. } => field.name.to_owned(),
                        Target::FormField(name) => format!("field:{name}"),
                        Target::OfOurs | Target::Unknown | Target::Ignored => String::new(),
                    };
                    let first = mapping.place(first);
                    let first =
                        format!("{} {}", crate::domain::cell::column_letters(first.index), first.header);
                    tell(index, Rule::ColumnTwice { field, first });
                }
                if let Target::FormField(name) = target
                    && crate::domain::flow::characters(name) > crate::domain::field::FORM_FIELD_NAME_LIMIT
                {
                    let limit = crate::domain::field::FORM_FIELD_NAME_LIMIT;
                    tell(index, Rule::TooLong { limit, found: crate::domain::flow::characters(name) });
                }
            }
        }
    }
    match strangers.as_slice() {
        [] => {}
        [one] => tell(*one, Rule::ColumnUnknown { suggestion: None }),
        several => {
            let header = |index: &usize| mapping.headers.get(*index).map(ToString::to_string);
            let headers = several.iter().filter_map(header).collect();
            problems.push(HeaderProblem { column: None, rule: Rule::ColumnsUnknown { headers } });
        }
    }
    let plain_approver = mapping.targets.iter().any(
        |target| matches!(target, Target::Field { field, index: None } if field.level == Level::Approver),
    );
    if mapping.layout == Layout::Wide && plain_approver {
        problems.push(HeaderProblem { column: None, rule: Rule::LayoutsMixed });
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell::Cell;

    fn row(number: u32, texts: &[&str]) -> Row {
        Row {
            number,
            hidden: false,
            cells: texts.iter().map(|t| Cell::text_of(*t)).collect(),
            ..Row::default()
        }
    }

    fn layout(rows: &[Row], merged: &[MergedHeader]) -> Option<(Layout, u32)> {
        find_header(rows, merged, &Aliases::default()).map(|m| (m.layout, m.header_row))
    }

    #[test]
    fn layouts_are_told_by_their_headers() {
        for (headers, expected) in [
            (&["合同编号", "合同名称", "签署方姓名", "签署方手机号"][..], Layout::Long),
            (&["合同名称", "签署方1姓名", "签署方1手机号"], Layout::Wide),
            (&["合同编号", "合同名称", "截止日期"], Layout::Contracts),
            (&["合同编号", "签署方姓名", "签署方手机号"], Layout::Approvers),
            (&["合同名称", "甲方姓名", "乙方姓名"], Layout::Wide),
        ] {
            assert_eq!(layout(&[row(1, headers)], &[]), Some((expected, 1)), "{headers:?}");
        }
    }

    #[test]
    fn a_header_may_stand_below_a_title_and_have_two_rows() {
        let rows = [
            row(1, &["2026年春季劳动合同"]),
            row(3, &["合同编号", "甲方", "", "备注"]),
            row(4, &["", "姓名", "手机号", ""]),
            row(5, &["HT-1", "张三", "13800138000", ""]),
        ];
        let merged = [MergedHeader { row: 3, first_column: 1, last_column: 2 }];
        assert_eq!(layout(&rows, &merged), Some((Layout::Wide, 4)));
        assert_eq!(layout(&[row(1, &["部门", "预算"]), row(2, &["研发", "3"])], &[]), None);
    }

    #[test]
    fn doubled_and_mixed_columns_are_named() {
        let mapping = find_header(
            &[row(1, &["合同名称", "flow_name", "签署方1姓名", "签署方手机号", "合同标号"])],
            &[],
            &Aliases::default(),
        )
        .unwrap();
        let codes: Vec<_> = examine(&mapping, None, &[]).iter().map(|p| p.rule.code()).collect();
        assert_eq!(codes, ["column.twice", "column.unknown", "sheet.layouts_mixed"]);
    }

    #[test]
    fn a_slip_in_a_column_that_has_a_default_is_a_question() {
        let told = |headers: &[&str]| -> Vec<&str> {
            let mapping = find_header(&[row(1, headers)], &[], &Aliases::default()).unwrap();
            examine(&mapping, None, &["deadline"]).iter().map(|p| p.rule.code()).collect()
        };
        assert_eq!(told(&["合同名称", "姓名", "截至日期"]), ["column.nearly"]);
        assert_eq!(told(&["合同名称", "姓名", "截至日期", "截止日期"]), ["column.unknown"]);
        assert_eq!(told(&["合同名称", "姓名", "合同类别"]), ["column.unknown"]);
    }

    #[test]
    fn strangers_are_told_in_one_line_but_for_the_column_to_group_by() {
        let headers = ["合同名称", "姓名", "部门", "工号", "职级"];
        let mapping = find_header(&[row(1, &headers)], &[], &Aliases::default()).unwrap();
        let told =
            |group_by| examine(&mapping, group_by, &[]).into_iter().map(|p| p.rule).collect::<Vec<_>>();
        let unknown = |headers: &[&str]| {
            [Rule::ColumnsUnknown { headers: headers.iter().map(|h| (*h).to_owned()).collect() }]
        };
        assert_eq!(told(None), unknown(&["部门", "工号", "职级"]));
        assert_eq!(told(Some("部门")), unknown(&["工号", "职级"]));
    }

    #[test]
    fn two_rows_of_header_need_no_merged_cells() {
        let rows = [
            row(1, &["合同编号", "合同名称", "甲方", "", "乙方", ""]),
            row(2, &["", "", "姓名", "手机号", "姓名", "手机号"]),
            row(3, &["HT-1", "合同", "张三", "13800138000", "李四", "13900139000"]),
        ];
        let mapping = find_header(&rows, &[], &Aliases::default()).unwrap();
        assert_eq!((mapping.layout, mapping.header_row), (Layout::Wide, 2));
        assert!(examine(&mapping, None, &[]).is_empty());
    }

    #[test]
    fn a_header_said_twice_is_no_contract() {
        let rows = [
            row(1, &["contract_id", "flow_name", "approver.name", "approver.mobile"]),
            row(2, &["合同编号", "合同名称", "签署方姓名", "签署方手机号"]),
            row(3, &["HT-1", "合同", "张三", "13800138000"]),
        ];
        assert_eq!(layout(&rows, &[]), Some((Layout::Long, 2)));
    }
}

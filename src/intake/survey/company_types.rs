//! Columns that say who is a company and who a person: called so, 类型, or by values that are nothing else,
//! 企业 and 个人 under 性质, and 是 under 是否企业.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::values;
use crate::contract::vocabulary::{
    BEHIND_TYPES, COLUMNS_OF_TYPES, COMPANY_TYPES, IS_A_COMPANY, OF_NO_SIGNER, PERSON_TYPES, WHETHER,
};
use crate::domain::field::{Kind, auto_sign_word, by_name};
use crate::domain::problem::Rule;

use super::observer::Observer;

pub struct CompanyTypes {
    columns: Vec<Column>,
    /// The choices of the type: what is sent, and the words for it.
    kinds: &'static [(&'static str, &'static [&'static str])],
}

struct Column {
    at: usize,
    /// By its name one company is enough; else all of its values have to be types.
    is_called_so: bool,
    /// It asks whether: 是否企业.
    asks: bool,
    company: Option<String>,
    /// Nobody could use it as it stands: 对公, 是.
    unreadable: bool,
    /// Some value is no type.
    is_another: bool,
    has_person: bool,
}

impl CompanyTypes {
    pub fn new(mapping: &Mapping) -> Self {
        let kinds: &'static [(&str, &[&str])] = match by_name("approver.type").map(|field| field.kind) {
            Some(Kind::Choice(kinds)) => kinds,
            _ => &[],
        };
        let column = |at: usize| {
            let plain = mapping.plain(at);
            let asks = plain.strip_prefix(WHETHER).is_some_and(|what| {
                IS_A_COMPANY.contains(&what.trim_start_matches(['为', '是']).trim_end_matches("客户"))
            });
            Column {
                at,
                is_called_so: COLUMNS_OF_TYPES.contains(&plain.as_str()),
                asks,
                company: None,
                unreadable: false,
                is_another: false,
                has_person: false,
            }
        };
        // Beside 签署方类型 and a company that signs nothing else says it; and 社保缴纳 is of something else.
        let is_settled = ["approver.type", "approver.organization_name"]
            .iter()
            .any(|field| mapping.column_of(field).is_some());
        let is_free = |at: &usize| {
            let plain = mapping.plain(*at);
            let may_say_it =
                || !is_settled && !plain.is_empty() && !OF_NO_SIGNER.iter().any(|word| plain.contains(word));
            mapping.targets[*at] == Target::Unknown
                && (COLUMNS_OF_TYPES.contains(&plain.as_str()) || may_say_it())
        };
        Self { columns: (0..mapping.targets.len()).filter(is_free).map(column).collect(), kinds }
    }
}

impl Column {
    fn look(&mut self, text: &str, kinds: &[(&str, &[&str])]) {
        if self.asks {
            match values::yes_no(text) {
                Some(true) => (self.company, self.unreadable) = (Some(text.to_owned()), true),
                Some(false) => self.has_person = true,
                None => self.is_another = true,
            }
            return;
        }
        let found = kinds.iter().find(|(sent, words)| *sent == text || words.contains(&text));
        if let Some((sent, _)) = found {
            match *sent {
                "PERSON" => self.has_person = true,
                _ => drop(self.company.get_or_insert_with(|| text.to_owned())),
            }
            return;
        }
        if auto_sign_word(text).is_some() {
            self.company.get_or_insert_with(|| text.to_owned());
            return;
        }
        let lower = text.to_lowercase();
        let bare = BEHIND_TYPES.iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
        match () {
            () if COMPANY_TYPES.contains(&bare) => {
                self.company.get_or_insert_with(|| text.to_owned());
                self.unreadable = true;
            }
            () if PERSON_TYPES.contains(&bare) => (self.has_person, self.unreadable) = (true, true),
            () => self.is_another = true,
        }
    }
}

impl Observer for CompanyTypes {
    fn row(&mut self, row: &SourceRow) {
        for column in &mut self.columns {
            let seen = row.row.cell(column.at).seen_ref();
            let text = seen.trim();
            if !text.is_empty() {
                column.look(text, self.kinds);
            }
        }
        // Most are no such column at the first look.
        self.columns.retain(|column| !column.is_another || column.is_called_so);
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let asks = self.columns.into_iter().find_map(|column| {
            // Under another header, and of a word that means something else as well, both kinds have to stand there.
            let is_plain = column.is_called_so && !column.unreadable;
            let (value, unreadable) = (column.company?, column.unreadable);
            if !is_plain && !column.has_person {
                return None;
            }
            Some((column.at, Rule::ColumnNearlyType { value, unreadable }))
        });
        asks.into_iter().collect()
    }
}

//! Which paper a sheet says it is for, in a title, in its tab or in a column that says the same in each row: 实习协议 where the
//! settings give every contract the name and the template of a 劳动合同.

use crate::contract::build::Defaults;
use crate::contract::vocabulary::KINDS_OF_PAPERS;
use crate::domain::field::FieldId;
use crate::domain::problem::{Place, Problem, Rule};

use super::plan::Plan;

/// The name that the settings give all contracts, where no column gives it, nor the template.
pub fn name_of_settings(plan: &Plan, defaults: &Defaults) -> Option<String> {
    let gives = |id: FieldId| plan.sources.iter().any(|source| source.mapping.column_of(id.name()).is_some());
    // Whoever has said so on the command line means this file.
    let is_said = |id: FieldId| {
        plan.sources.iter().any(|source| source.said.defaults.iter().any(|(field, _)| field == id.name()))
    };
    if [FieldId::FlowName, FieldId::TemplateId].into_iter().any(|id| gives(id) || is_said(id)) {
        return None;
    }
    let name = defaults.values.iter().find(|(id, _)| *id == FieldId::FlowName);
    name.and_then(|(_, value)| value.as_str()).map(str::to_owned)
}

/// The paper that a text names, where it is of another kind than the one that is called so.
pub fn other_paper(text: &str, name: &str) -> Option<&'static str> {
    let kinds = |text: &str| -> Vec<&'static str> {
        KINDS_OF_PAPERS.iter().filter(|kind| text.contains(**kind)).copied().collect()
    };
    let (said, own) = (kinds(text), kinds(name));
    let is_own = |kind: &&&str| own.iter().any(|known| kind.contains(known) || known.contains(**kind));
    if own.is_empty() || said.iter().any(|kind| is_own(&kind)) {
        return None;
    }
    said.into_iter().max_by_key(|kind| kind.len())
}

/// What the lines above the header and the tab say, the first of them.
pub fn named_above(plan: &Plan, name: &str) -> Option<Problem> {
    plan.sources.iter().find_map(|source| {
        let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
        let asks = |row: u32, text: &str| {
            let paper = other_paper(text, name)?.to_owned();
            let rule = Rule::PaperDiffers { paper, name: name.to_owned(), row };
            Some(Problem { place: place.clone(), value: None, rule })
        };
        let lines = source.above.iter().filter(|(_, texts)| !source.has_settled(texts));
        let mut lines = lines.filter_map(|(row, texts)| asks(*row, &texts.concat()));
        // A tab that somebody has chosen is meant.
        let tab =
            || source.name.as_deref().filter(|_| source.said.sheets.is_empty()).and_then(|tab| asks(0, tab));
        lines.next().or_else(tab)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_of_another_kind_are_told_and_more_of_the_same_is_not() {
        for (text, paper) in [
            ("实习协议签署名单", Some("实习协议")),
            ("保密协议", Some("保密协议")),
            ("2026年劳务合同台账", Some("劳务合同")),
            ("固定期限劳动合同", None),
            ("2026年劳动合同签署名单", None),
            ("劳动合同及保密协议签署名单", None),
            ("电子合同签署名单", None),
            ("签约名单", None),
        ] {
            assert_eq!(other_paper(text, "劳动合同"), paper, "{text}");
        }
        assert_eq!(other_paper("实习协议", "员工合同"), None, "what the settings mean nobody knows");
    }
}

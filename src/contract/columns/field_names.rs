//! Every name of every field.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::contract::vocabulary::{
    DEADLINE_WORDS, FLOW_NAME_WORDS, ID_NUMBER_WORDS, MOBILE_WORDS, NAME_WORDS, PARTY_COMPANY, PARTY_SIGNER,
};
use crate::domain::field::{FIELDS, Field, Level, by_name};

use super::plain_header::normalise;

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

pub fn find(normal: &str, level: impl Fn(Level) -> bool) -> Option<&'static Field> {
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

pub fn signers_field(normal: &str) -> Option<&'static Field> {
    find(normal, |level| level == Level::Approver)
        .filter(|field| !matches!(field.short_name(), "type" | "json"))
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

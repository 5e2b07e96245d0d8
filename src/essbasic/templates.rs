//! `DescribeTemplates`: who signs a template, and what is filled in.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::domain::template::{Component, Kind, Recipient, Template};

use super::call::Call;
use super::details::without_nulls;

/// The API takes no more ids in a call.
pub const MOST_TEMPLATES: usize = 100;

/// Asks for these templates, at most [`MOST_TEMPLATES`]. One id that the sender's company
/// does not have makes the whole call fail. Of the components those that the initiator fills
/// in are asked for.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeTemplates<'a> {
    template_ids: &'a [String],
    /// The pages' settings count for lists only, it says; should they count all the same, no
    /// template is cut off.
    limit: usize,
    offset: usize,
    query_all_components: bool,
}

impl<'a> DescribeTemplates<'a> {
    pub fn of(template_ids: &'a [String]) -> Self {
        Self { template_ids, limit: MOST_TEMPLATES, offset: 0, query_all_components: false }
    }
}

impl Call for DescribeTemplates<'_> {
    const ACTION: &'static str = "DescribeTemplates";
    const ONLY_READS: bool = true;
    type Answer = Vec<Template>;

    /// An answer with a template that cannot be read is none: half of one would be taken for
    /// all that there is.
    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let entries = match response.get("Templates")? {
            Json::Null => return Some(Vec::new()),
            entries => entries.as_array()?,
        };
        entries.iter().map(read).collect()
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Info {
    template_id: String,
    template_name: String,
    template_type: i64,
    /// 1 or 2; 0: it is not said.
    available: i64,
    recipients: Vec<Role>,
    components: Vec<Control>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Role {
    recipient_id: String,
    recipient_type: String,
    role_name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Control {
    component_name: String,
    component_type: String,
    component_required: bool,
    /// JSON as a text.
    component_extra: String,
}

/// With that type the sender's own company seals by itself.
const SEALS_ITSELF: i64 = 1;
const NOT_AVAILABLE: i64 = 2;

fn read(entry: &Json) -> Option<Template> {
    let info: Info = serde_json::from_value(without_nulls(entry)).ok()?;
    let id = info.template_id.trim().to_owned();
    // Whoever initiates fills in, and signs as one of the others if at all.
    let signers = info.recipients.into_iter().filter(|role| role.recipient_type != "PROMOTER");
    let recipient = |role: Role| Recipient {
        id: role.recipient_id.trim().to_owned(),
        kind: match role.recipient_type.as_str() {
            "ENTERPRISE" => Kind::Company,
            "INDIVIDUAL" => Kind::Person,
            _ => Kind::Other,
        },
        role: role.role_name.trim().to_owned(),
    };
    (!id.is_empty()).then(|| Template {
        id,
        name: info.template_name,
        seals_itself: info.template_type == SEALS_ITSELF,
        available: info.available != NOT_AVAILABLE,
        recipients: signers.map(recipient).collect(),
        components: info.components.into_iter().filter_map(component).collect(),
    })
}

/// Types that only say that something is written: the narrower one is in the extra.
const WIDE: [&str; 3] = ["TEXT", "SELECTOR", ""];

fn component(control: Control) -> Option<Component> {
    // A component without a name can be filled by nobody.
    let name = Some(control.component_name).filter(|name| !name.is_empty())?;
    let extra: Json = serde_json::from_str(&control.component_extra).unwrap_or_default();
    let narrower = extra["SubType"].as_str().filter(|kind| !kind.is_empty());
    let kind = narrower.filter(|_| WIDE.contains(&control.component_type.as_str()));
    let kind = kind.map_or(control.component_type.clone(), str::to_owned);
    let number = |value: &Json| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
    Some(Component {
        name,
        kind,
        required: control.component_required,
        longest: number(&extra["MaxLength"])
            .filter(|longest| *longest > 0)
            .and_then(|own| usize::try_from(own).ok()),
        options: options(&extra),
        several: extra["MultiSelect"].as_bool(),
    })
}

/// The pages show options under `Values` only; elsewhere they are not documented.
const OPTION_NAMES: [&str; 3] = ["Values", "Options", "Items"];

fn options(extra: &Json) -> Vec<String> {
    let listed = OPTION_NAMES.iter().find_map(|name| extra[*name].as_array());
    let text = |option: &Json| match option {
        Json::String(text) => Some(text.clone()),
        Json::Object(fields) => {
            ["Value", "Text", "Name"].iter().find_map(|name| fields.get(*name)?.as_str()).map(str::to_owned)
        }
        _ => None,
    };
    let read: Option<Vec<String>> = listed.into_iter().flatten().map(text).collect();
    // One option that cannot be read: whether a value is among them cannot be said.
    read.unwrap_or_default().into_iter().filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_template_is_read_as_the_documentation_has_it() {
        let ids = ["T1".to_owned()];
        let call = DescribeTemplates::of(&ids);
        assert_eq!(
            serde_json::to_value(&call).unwrap(),
            json!({"TemplateIds": ["T1"], "Limit": 100, "Offset": 0, "QueryAllComponents": false})
        );
        let read = call
            .read(&json!({"Templates": [{
                "TemplateId": "T1 ", "TemplateName": "劳动合同", "TemplateType": 1, "Available": 1,
                "Recipients": [
                    {"RecipientId": "r0", "RecipientType": "PROMOTER", "RoleName": "发起方", "RoutingOrder": -1},
                    {"RecipientId": "r1", "RecipientType": "ENTERPRISE", "RoleName": "甲方"},
                    {"RecipientId": "r2", "RecipientType": "INDIVIDUAL", "RoleName": null}
                ],
                "Components": [
                    {"ComponentName": "岗位", "ComponentType": "TEXT", "ComponentRequired": true,
                     "ComponentExtra": "{\"SubType\":\"TEXT\",\"MaxLength\":12}"},
                    {"ComponentName": "城市", "ComponentType": "SELECTOR",
                     "ComponentExtra": "{\"Values\":[\"北京\",\"上海\"],\"MultiSelect\":false}"},
                    {"ComponentName": "薪资", "ComponentType": "TEXT", "ComponentExtra": "{\"SubType\":\"DIGIT\"}"},
                    {"ComponentType": "TEXT", "ComponentExtra": "not JSON"}
                ]
            }]}))
            .unwrap();
        let [template] = read.as_slice() else { panic!("one template") };
        assert!((template.id.as_str(), template.seals_itself, template.available) == ("T1", true, true));
        let places: Vec<_> =
            template.recipients.iter().map(|own| (own.id.as_str(), own.kind, own.role.as_str())).collect();
        assert_eq!(places, [("r1", Kind::Company, "甲方"), ("r2", Kind::Person, "")]);
        let kinds: Vec<_> = template.components.iter().map(|own| own.kind.as_str()).collect();
        assert_eq!(kinds, ["TEXT", "SELECTOR", "DIGIT"]);
        let (text, city) = (&template.components[0], &template.components[1]);
        assert_eq!((text.longest, text.required), (Some(12), true));
        assert_eq!(
            (city.options.as_slice(), city.several),
            (["北京".to_owned(), "上海".to_owned()].as_slice(), Some(false))
        );
    }

    #[test]
    fn half_an_answer_is_none() {
        let call = DescribeTemplates::of(&[]);
        assert!(call.read(&json!({"Templates": null})).unwrap().is_empty());
        assert!(call.read(&json!({})).is_none());
        assert!(call.read(&json!({"Templates": [{"TemplateId": ""}]})).is_none());
        assert!(call.read(&json!({"Templates": [{"TemplateId": "T", "Recipients": [7]}]})).is_none());
    }
}

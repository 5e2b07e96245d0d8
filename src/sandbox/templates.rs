//! `DescribeTemplates`, and flows held against the templates that a file gives.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::asked::{Answer, World};
use super::fields::{
    Field, INVALID, Object, Shape, WRONG, check, ensure, flag, may, need, number, objects, text, texts,
};

const REQUEST: &[Field] = &[
    need("Agent", Shape::Object),
    may("TemplateId", Shape::Text),
    may("ContentType", Shape::NumberIn(0..=1, WRONG)),
    may("TemplateIds", Shape::Texts(MOST, WRONG)),
    may("Limit", Shape::NumberIn(1..=100, WRONG)),
    may("Offset", Shape::NumberIn(0..=20_000, WRONG)),
    may("TemplateName", Shape::TextUpTo(200, WRONG)),
    may("ChannelTemplateId", Shape::Text),
    may("QueryAllComponents", Shape::Flag),
    may("WithPreviewUrl", Shape::Flag),
    may("ShowPreviewComponents", Shape::Flag),
    may("WithPdfUrl", Shape::Flag),
    may("Operator", Shape::Closed),
    may("UserFlowTypeId", Shape::Text),
];

/// The documented limits of ids in a call and of a page.
const MOST: usize = 100;
const PAGE: i64 = 20;
/// Whoever initiates: fills in, and signs as one of the others if at all.
const PROMOTER: &str = "PROMOTER";

/// The templates that there are.
#[derive(Clone)]
pub struct Templates {
    all: Vec<Object>,
}

/// Why a file of templates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    #[error("the templates cannot be read from {}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{} is no JSON list of templates as DescribeTemplates answers them, each with a TemplateId", path.display())]
    Form { path: PathBuf },
}

impl Templates {
    /// Reads a list of templates, or an answer of `DescribeTemplates` with one.
    ///
    /// # Errors
    /// The file cannot be read, or has another form.
    pub fn read(path: &Path) -> Result<Self, TemplatesError> {
        let bytes = fs::read(path).map_err(|source| TemplatesError::Io { path: path.to_owned(), source })?;
        let form = || TemplatesError::Form { path: path.to_owned() };
        Self::of(&serde_json::from_slice(&bytes).map_err(|_| form())?).ok_or_else(form)
    }

    /// The same of what was read already.
    pub fn of(json: &Value) -> Option<Self> {
        let list = [json, &json["Templates"], &json["Response"]["Templates"]];
        let list = list.into_iter().find_map(Value::as_array)?;
        let all: Option<Vec<Object>> = list.iter().map(|one| one.as_object().cloned()).collect();
        all.filter(|all| all.iter().all(|one| !text(one, "TemplateId").is_empty())).map(|all| Self { all })
    }

    fn named(&self, id: &str) -> Option<&Object> {
        self.all.iter().find(|one| text(one, "TemplateId") == id)
    }
}

fn unknown() -> Refusal {
    Refusal::new("ResourceNotFound.Template", "A template does not exist.")
}

/// TemplateId counts before TemplateIds; with either, pages do not count, and one id that is
/// not there spoils the call.
pub(super) fn describe(request: &Map<String, Value>, world: &mut World, _now: i64) -> Answer {
    check("DescribeTemplates", request, REQUEST)?;
    let ids = match text(request, "TemplateId") {
        "" => texts(request, "TemplateIds"),
        id => vec![id],
    };
    let templates = world.templates.as_deref();
    let (found, total) = if ids.is_empty() {
        let name = text(request, "TemplateName");
        let all = templates.map(|own| own.all.as_slice()).unwrap_or_default();
        let fits: Vec<&Object> = all.iter().filter(|one| text(one, "TemplateName").contains(name)).collect();
        let index = |name: &str, other: i64| {
            usize::try_from(number(request, name).unwrap_or(other)).unwrap_or_default()
        };
        let page = fits.iter().skip(index("Offset", 0)).take(index("Limit", PAGE));
        (page.map(|one| shown(one, request)).collect::<Vec<_>>(), fits.len())
    } else {
        let found: Result<Vec<Value>, Refusal> = ids
            .iter()
            .map(|id| match templates {
                Some(own) => own.named(id).map(|one| shown(one, request)).ok_or_else(unknown),
                None if id.starts_with("sandbox-unknown") => Err(unknown()),
                None => Ok(blank(id)),
            })
            .collect();
        let found = found?;
        let total = found.len();
        (found, total)
    };
    Ok([
        ("Templates".to_owned(), Value::Array(found)),
        ("TotalCount".to_owned(), json!(total)),
        ("Limit".to_owned(), json!(number(request, "Limit").unwrap_or(PAGE))),
        ("Offset".to_owned(), json!(number(request, "Offset").unwrap_or_default())),
    ]
    .into_iter()
    .collect())
}

/// A template of which nothing is told.
fn blank(id: &str) -> Value {
    json!({
        "TemplateId": id, "TemplateName": id, "TemplateType": 3, "Available": 1,
        "Components": [], "Recipients": [], "SignComponents": [],
    })
}

/// A template as far as it was asked for.
fn shown(template: &Object, request: &Object) -> Value {
    let mut shown = template.clone();
    if number(request, "ContentType") == Some(1) {
        for hidden in ["Components", "Recipients", "SignComponents"] {
            shown.insert(hidden.to_owned(), json!([]));
        }
    } else if !flag(request, "QueryAllComponents") {
        let own: Vec<&Object> = initiators(template).collect();
        shown.insert("Components".to_owned(), json!(own));
    }
    Value::Object(shown)
}

/// Components that whoever initiates fills in.
fn initiators(template: &Object) -> impl Iterator<Item = &Object> {
    let promoters: Vec<&str> = objects(template, "Recipients")
        .filter(|own| text(own, "RecipientType") == PROMOTER)
        .map(|own| text(own, "RecipientId"))
        .collect();
    objects(template, "Components").filter(move |component| {
        let whose = text(component, "ComponentRecipientId");
        whose.is_empty() || promoters.contains(&whose)
    })
}

/// Holds every flow of a request against its template.
pub(super) fn hold(request: &Object, templates: &Templates) -> Result<(), Refusal> {
    objects(request, "FlowInfos").try_for_each(|flow| {
        let template = templates.named(text(flow, "TemplateId")).ok_or_else(unknown)?;
        let usable = number(template, "Available") != Some(2);
        ensure(usable, "OperationDenied", "The template is switched off.")?;
        hold_signers(flow, template)?;
        hold_fields(flow, template)
    })
}

fn hold_signers(flow: &Object, template: &Object) -> Result<(), Refusal> {
    let recipients: Vec<&Object> =
        objects(template, "Recipients").filter(|own| text(own, "RecipientType") != PROMOTER).collect();
    let approvers: Vec<&Object> = objects(flow, "FlowApprovers").collect();
    const ABSENT: &str = "ResourceNotFound.FlowApprovers";
    ensure(approvers.len() == recipients.len(), ABSENT, "The template has another number of signers.")?;
    approvers.iter().zip(recipients).try_for_each(|(approver, recipient)| {
        let is_person = matches!(
            text(approver, "ApproverType"),
            "" | "PERSON" | "PERSON_AUTO_SIGN" | "PERSON_PIN_CODE_SIGN"
        );
        let fits = match text(recipient, "RecipientType") {
            "INDIVIDUAL" => is_person,
            "ENTERPRISE" => !is_person,
            _ => true,
        };
        ensure(fits, "InvalidParameter.FlowApprovers", "A signer's type is not the template's.")?;
        let id = text(approver, "RecipientId");
        let placed = id.is_empty() || id == text(recipient, "RecipientId");
        ensure(placed, ABSENT, "A RecipientId is not that of the template in this place.")
    })
}

fn hold_fields(flow: &Object, template: &Object) -> Result<(), Refusal> {
    let components: Vec<&Object> = initiators(template).collect();
    for field in objects(flow, "FormFields") {
        let name = text(field, "ComponentName");
        let component = components.iter().find(|own| text(own, "ComponentName") == name);
        let Some(component) = component else {
            return Err(Refusal::new("InvalidParameter.DataNotFound", "A component does not exist."));
        };
        let fits = takes(component, text(field, "ComponentValue"));
        ensure(fits, "InvalidParameter.ComponentValue", "A component does not take its value.")?;
    }
    for component in components.iter().filter(|own| flag(own, "ComponentRequired")) {
        let name = text(component, "ComponentName");
        let filled = objects(flow, "FormFields")
            .any(|field| text(field, "ComponentName") == name && !text(field, "ComponentValue").is_empty());
        ensure(filled, "OperationDenied.RequiredComponentNotFill", "A required component is not filled.")?;
    }
    Ok(())
}

fn takes(component: &Object, value: &str) -> bool {
    if value.is_empty() {
        return true;
    }
    let extra: Value = serde_json::from_str(text(component, "ComponentExtra")).unwrap_or_default();
    let longest = extra["MaxLength"].as_u64().unwrap_or(u64::MAX);
    if value.chars().count() as u64 > longest {
        return false;
    }
    let kind = match (text(component, "ComponentType"), extra["SubType"].as_str()) {
        ("TEXT", Some(narrower)) => narrower,
        (kind, _) => kind,
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        "CHECK_BOX" => matches!(value, "true" | "false"),
        "DATE" => {
            let shape: String = value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            shape == "0000年00月00日"
        }
        "DIGIT" => {
            let (whole, rest) = value.split_once('.').unwrap_or((value, "0"));
            digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(rest)
        }
        "SELECTOR" => match extra["Values"].as_array() {
            None => true,
            Some(options) => {
                let parts: Vec<&str> = value.split('、').collect();
                let one_only = extra["MultiSelect"] == false && parts.len() > 1;
                !one_only && parts.iter().all(|part| options.iter().any(|option| option == part))
            }
        },
        "PERSONAL-MOBILE" => super::approver::is_mobile(value),
        "TEXT" => !value.contains('\n'),
        _ => true,
    }
}

/// The code for a body that is no object is the rules' own.
pub(super) fn hold_body(body: &Value, templates: &Templates) -> Result<(), Refusal> {
    let request = body.as_object().ok_or_else(|| Refusal::new(INVALID, "The body is not a JSON object."))?;
    hold(request, templates)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates() -> Templates {
        Templates::of(&json!([{
            "TemplateId": "T1", "TemplateName": "劳动合同",
            "Recipients": [
                {"RecipientId": "r0", "RecipientType": "PROMOTER"},
                {"RecipientId": "r1", "RecipientType": "ENTERPRISE"},
                {"RecipientId": "r2", "RecipientType": "INDIVIDUAL"}],
            "Components": [
                {"ComponentName": "日期", "ComponentType": "DATE", "ComponentRequired": true},
                {"ComponentName": "意见", "ComponentType": "TEXT", "ComponentRecipientId": "r2"}]
        }, {"TemplateId": "T2", "Available": 2}]))
        .unwrap()
    }

    fn asked(request: Value, templates: Option<Templates>) -> Result<Vec<String>, String> {
        let mut world = World { templates: templates.map(Into::into), ..World::default() };
        let mut request = request.as_object().unwrap().clone();
        request.insert("Agent".to_owned(), json!({}));
        let answer = describe(&request, &mut world, 0).map_err(|refusal| refusal.code.into_owned())?;
        let all = answer["Templates"].as_array().unwrap();
        Ok(all
            .iter()
            .map(|one| {
                format!(
                    "{} {}",
                    one["TemplateId"].as_str().unwrap(),
                    one["Components"].as_array().map_or(0, Vec::len)
                )
            })
            .collect())
    }

    #[test]
    fn templates_are_described_as_documented() {
        let own = || Some(templates());
        assert_eq!(asked(json!({"TemplateIds": ["T1"]}), own()).unwrap(), ["T1 1"]);
        assert_eq!(
            asked(json!({"TemplateIds": ["T1"], "QueryAllComponents": true}), own()).unwrap(),
            ["T1 2"]
        );
        assert_eq!(asked(json!({"TemplateIds": ["T1"], "ContentType": 1}), own()).unwrap(), ["T1 0"]);
        // One that counts, one that does not.
        assert_eq!(asked(json!({"TemplateId": "T2", "TemplateIds": ["T9"]}), own()).unwrap(), ["T2 0"]);
        assert_eq!(
            asked(json!({"TemplateIds": ["T1", "T9"]}), own()).unwrap_err(),
            "ResourceNotFound.Template"
        );
        assert_eq!(asked(json!({"Limit": 101}), own()).unwrap_err(), "InvalidParameter.ParamError");
        assert_eq!(asked(json!({"Limit": 1, "Offset": 1}), own()).unwrap(), ["T2 0"]);
        assert_eq!(asked(json!({"TemplateIds": ["any"]}), None).unwrap(), ["any 0"]);
        assert_eq!(
            asked(json!({"TemplateIds": ["sandbox-unknown-1"]}), None).unwrap_err(),
            "ResourceNotFound.Template"
        );
        let many: Vec<String> = (0..101).map(|at| at.to_string()).collect();
        assert_eq!(asked(json!({"TemplateIds": many}), None).unwrap_err(), "InvalidParameter.ParamError");
    }

    #[test]
    fn flows_are_held_against_their_template() {
        let right = json!({
            "TemplateId": "T1",
            "FlowApprovers": [{"ApproverType": "ORGANIZATION", "RecipientId": "r1"}, {"Name": "a"}],
            "FormFields": [{"ComponentName": "日期", "ComponentValue": "2024年05月28日"}]
        });
        let held = |change: &dyn Fn(&mut Value)| {
            let mut flow = right.clone();
            change(&mut flow);
            match hold_body(&json!({"FlowInfos": [flow]}), &templates()) {
                Ok(()) => String::new(),
                Err(refusal) => refusal.code.into_owned(),
            }
        };
        assert_eq!(held(&|_| {}), "");
        assert_eq!(held(&|flow| flow["TemplateId"] = json!("T9")), "ResourceNotFound.Template");
        assert_eq!(held(&|flow| flow["TemplateId"] = json!("T2")), "OperationDenied");
        assert_eq!(held(&|flow| flow["FlowApprovers"] = json!([{}])), "ResourceNotFound.FlowApprovers");
        assert_eq!(
            held(&|flow| flow["FlowApprovers"].as_array_mut().unwrap().reverse()),
            "InvalidParameter.FlowApprovers"
        );
        assert_eq!(
            held(&|flow| flow["FlowApprovers"][0]["RecipientId"] = json!("r2")),
            "ResourceNotFound.FlowApprovers"
        );
        assert_eq!(held(&|flow| flow["FormFields"] = json!([])), "OperationDenied.RequiredComponentNotFill");
        assert_eq!(
            held(&|flow| flow["FormFields"][0]["ComponentName"] = json!("意见")),
            "InvalidParameter.DataNotFound"
        );
        assert_eq!(
            held(&|flow| flow["FormFields"][0]["ComponentValue"] = json!("2024-05-28")),
            "InvalidParameter.ComponentValue"
        );
    }
}

//! A value as its component takes it, by the reference's table of components.

use serde_json::Value as Json;

use crate::domain::cell::Cell;
use crate::domain::field::Kind;
use crate::domain::flow::characters;
use crate::domain::problem::Rule;
use crate::domain::template::{Component, Misfit};

use super::columns::normalise;
use super::dates::Clock;
use super::form_values::{FormKind, parse_form_value_of};
use super::rules::resident_number;
use super::values::{Parsed, parse, yes_no};

/// What separates options that were chosen together, and places of a district.
const SEPARATORS: [char; 8] = ['、', '；', ';', '，', ',', '/', '|', '\n'];
/// The API joins options by it.
const JOINT: &str = "、";
const MOST_FILES: usize = 6;
const LONGEST_NAME: usize = 50;

/// The value in the form that the component takes. `cell`: where it stands.
///
/// # Errors
/// The rule that it breaks.
pub fn fit(component: &Component, value: &str, cell: Option<&Cell>, clock: &Clock) -> Result<String, Rule> {
    let text_cell = || Cell::text_of(value.to_owned());
    let form = |kind: FormKind| match cell {
        Some(cell) => of_parsed(parse_form_value_of(kind, cell, clock)),
        None => of_parsed(parse_form_value_of(kind, &text_cell(), clock)),
    };
    let of_kind = |kind: Kind| of_parsed(parse(kind, &text_cell(), clock));
    let fitted = match component.kind.as_str() {
        // Words of a sheet that are no value: an emptied cell is none as well.
        _ if value.is_empty() => Ok(String::new()),
        "DATE" => form(FormKind::Date),
        "DIGIT" | "NUMBER" => form(FormKind::Number),
        "CHECK_BOX" => match yes_no(value) {
            Some(ticked) => Ok(ticked.to_string()),
            None => Err(Rule::BoolForm),
        },
        "EMAIL" => of_kind(Kind::Email),
        "PERSONAL-MOBILE" | "MOBILE" => of_kind(Kind::Mobile),
        "PERSONAL-IDCARD" => of_kind(Kind::IdNumber).and_then(|number| {
            resident_number(&number).map_err(|fault| Rule::IdNumber { fault }).map(|()| number)
        }),
        "BUSI-FULL-NAME" => of_kind(Kind::OrganizationName),
        "BUSI-LEGAL-NAME" | "PERSONAL-NAME" => within(value, LONGEST_NAME),
        "BUSI-CREDIT-CODE" => credit_code(value),
        "DISTRICT" => district(value).ok_or_else(|| form_rule("DISTRICT")),
        "FILL_IMAGE" => file_ids(value, 1).ok_or_else(|| form_rule("FILL_IMAGE")),
        "ATTACHMENT" => file_ids(value, MOST_FILES).ok_or_else(|| form_rule("ATTACHMENT")),
        "DYNAMIC_TABLE" => match serde_json::from_str::<Json>(value) {
            Ok(Json::Object(_)) => Ok(value.to_owned()),
            _ => Err(form_rule("DYNAMIC_TABLE")),
        },
        // Breaks of lines are for texts of several lines.
        "TEXT" if value.contains('\n') => Err(form_rule("TEXT")),
        _ => Ok(value.to_owned()),
    }?;
    let fitted = match component.options.as_slice() {
        [] => fitted,
        _ if component.kind == "CHECK_BOX" => fitted,
        options => chosen(component, options, &fitted)?,
    };
    component.longest.map_or(Ok(()), |longest| within(&fitted, longest).map(drop))?;
    Ok(fitted)
}

fn of_parsed(parsed: Parsed) -> Result<String, Rule> {
    match parsed.value {
        Some(Json::String(text)) => Ok(text),
        _ => Err(parsed.rules.into_iter().next().unwrap_or(Rule::Placeholder)),
    }
}

fn form_rule(kind: &'static str) -> Rule {
    Rule::Template { misfit: Misfit::Form { kind: kind.into() } }
}

fn within(text: &str, limit: usize) -> Result<String, Rule> {
    match characters(text) {
        found if found > limit => Err(Rule::TooLong { limit, found }),
        _ => Ok(text.to_owned()),
    }
}

/// The options' own texts, whatever their case and width were in the cell.
fn chosen(component: &Component, options: &[String], value: &str) -> Result<String, Rule> {
    let own = |text: &str| {
        let wanted = normalise(text);
        options
            .iter()
            .find(|option| option.as_str() == text.trim())
            .or_else(|| options.iter().find(|option| normalise(option) == wanted))
    };
    // An option may have a separator in it.
    if let Some(one) = own(value) {
        return Ok(one.clone());
    }
    let parts: Vec<&str> = value.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()).collect();
    let found: Option<Vec<&str>> = parts.iter().map(|part| own(part).map(String::as_str)).collect();
    let mut once: Vec<&str> = Vec::new();
    for one in found.unwrap_or_default() {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    match once.as_slice() {
        [] => Err(option_rule(options, false)),
        [one] => Ok((*one).to_owned()),
        _ if component.several == Some(false) => Err(option_rule(options, true)),
        several => Ok(several.join(JOINT)),
    }
}

fn option_rule(options: &[String], several: bool) -> Rule {
    Rule::Template { misfit: Misfit::Option { options: options.to_vec(), several } }
}

fn credit_code(value: &str) -> Result<String, Rule> {
    let code = value.trim().to_uppercase();
    let fits =
        code.len() == 18 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    if fits { Ok(code) } else { Err(form_rule("BUSI-CREDIT-CODE")) }
}

/// `广东省/深圳市/福田区` -> `广东省深圳市福田区`.
fn district(value: &str) -> Option<String> {
    let is_joint = |c: char| c.is_whitespace() || SEPARATORS.contains(&c) || matches!(c, '-' | '－' | '>');
    let joined: String = value.chars().filter(|c| !is_joint(*c)).collect();
    let is_end = |c: &char| matches!(c, '省' | '市' | '区' | '县' | '州' | '盟' | '旗' | '岛');
    let is_chinese = joined.chars().all(super::normalize::is_chinese);
    let ends = joined.chars().filter(is_end).count();
    let well = is_chinese && ends >= 2 && joined.chars().next_back().as_ref().is_some_and(is_end);
    well.then_some(joined)
}

/// Numbers of uploaded files; names of files are none.
fn file_ids(value: &str, most: usize) -> Option<String> {
    let ids: Vec<&str> = value.split([',', '，', '、', ';', '；', '\n']).map(str::trim).collect();
    let is_id = |id: &&str| {
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    (ids.len() <= most && ids.iter().all(is_id)).then(|| ids.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell::Value;

    fn clock() -> Clock {
        Clock { now: "2026-01-01T00:00:00Z".parse().unwrap(), zone: jiff::tz::TimeZone::UTC }
    }

    fn component(kind: &str) -> Component {
        Component {
            name: "x".to_owned(),
            kind: kind.to_owned(),
            required: false,
            longest: None,
            options: Vec::new(),
            several: None,
        }
    }

    /// The value, or `!` with the code of the rule.
    fn fitted(component: &Component, value: &str) -> String {
        fit(component, value, None, &clock()).unwrap_or_else(|rule| format!("!{}", rule.code()))
    }

    #[test]
    fn each_type_takes_its_own_form() {
        for (kind, value, expected) in [
            ("TEXT", "工程师", "工程师"),
            ("TEXT", "一\n二", "!template.field_form"),
            ("MULTI_LINE_TEXT", "一\n二", "一\n二"),
            ("CHECK_BOX", "是", "true"),
            ("CHECK_BOX", "FALSE", "false"),
            ("CHECK_BOX", "也许", "!cell.yes_no"),
            ("DATE", "2024-5-28", "2024年05月28日"),
            ("DATE", "2024年05月28日", "2024年05月28日"),
            ("DATE", "明年", "!date.form"),
            ("DIGIT", "￥8,000.50元", "8000.50"),
            ("DIGIT", "八千", "!cell.number"),
            ("EMAIL", "a@b.cn", "a@b.cn"),
            ("EMAIL", "a.b.cn", "!cell.email"),
            ("PERSONAL-MOBILE", "138 0013 8000", "13800138000"),
            ("PERSONAL-MOBILE", "12800138000", "!mobile.form"),
            ("PERSONAL-IDCARD", "11010519491231002x", "11010519491231002X"),
            ("PERSONAL-IDCARD", "110105194912310021", "!id_number.checksum"),
            ("BUSI-FULL-NAME", "示例科技(深圳)有限公司", "示例科技（深圳）有限公司"),
            ("BUSI-CREDIT-CODE", "91440300ma5f1234xy", "91440300MA5F1234XY"),
            ("BUSI-CREDIT-CODE", "9144", "!template.field_form"),
            ("DISTRICT", "广东省 / 深圳市 / 福田区", "广东省深圳市福田区"),
            ("DISTRICT", "福田", "!template.field_form"),
            ("FILL_IMAGE", "yDwAxUUckp3", "yDwAxUUckp3"),
            ("FILL_IMAGE", "照片.png", "!template.field_form"),
            ("ATTACHMENT", "a1、b2", "a1,b2"),
            ("ATTACHMENT", "a,b,c,d,e,f,g", "!template.field_form"),
            ("DYNAMIC_TABLE", "{\"headers\":[]}", "{\"headers\":[]}"),
            ("DYNAMIC_TABLE", "表", "!template.field_form"),
            ("SOMETHING_NEW", "as it is", "as it is"),
        ] {
            assert_eq!(fitted(&component(kind), value), expected, "{kind} {value}");
        }
    }

    #[test]
    fn options_get_their_own_text_and_are_joined_as_the_api_has_it() {
        let options = ["五险一金", "商业保险", "A/B"].map(str::to_owned).to_vec();
        let own = |several| Component { options: options.clone(), several, ..component("SELECTOR") };
        assert_eq!(fitted(&own(None), " 五险一金"), "五险一金");
        assert_eq!(fitted(&own(None), "a/b"), "A/B");
        assert_eq!(fitted(&own(Some(true)), "商业保险;五险一金，商业保险"), "商业保险、五险一金");
        assert_eq!(fitted(&own(Some(false)), "商业保险;五险一金"), "!template.field_option");
        assert_eq!(fitted(&own(None), "商业保险;年金"), "!template.field_option");
    }

    #[test]
    fn a_length_holds_for_what_is_sent_and_a_date_cell_is_a_date() {
        let short = Component { longest: Some(3), ..component("TEXT") };
        assert_eq!(fitted(&short, "一二三"), "一二三");
        assert_eq!(fitted(&short, "一二三四"), "!cell.too_long");
        let day = Cell::of(Value::DateTime(jiff::civil::date(2026, 1, 2).at(0, 0, 0, 0)));
        let date = fit(&component("DATE"), "1/2/26", Some(&day), &clock());
        assert!(date.is_ok_and(|text| text == "2026年01月02日"));
    }
}

//! Which columns of the input an API code speaks of, as far as its name tells:
//! `InvalidParameter.Mobile` means the mobiles.

use crate::domain::cell::is_space_like;
use crate::domain::field::{FIELDS, Field, Level, by_name};

/// Shorter names say too little to be found within others.
const FEWEST_LETTERS: usize = 4;
/// How the names of codes begin that speak of what is filled in: ComponentValue.
const COMPONENT: &str = "component";

/// The columns of the field that the code names; none if it names no field, or
/// none that is there. `gives`: what each column was understood as, whatever it is called;
/// of a job that does not know it any more the headers tell.
pub fn columns_named(code: &str, headers: &[String], gives: &[Option<String>]) -> Vec<usize> {
    let Some((_, about)) = code.rsplit_once('.') else { return Vec::new() };
    let about = about.to_lowercase();
    if about.starts_with(COMPONENT) {
        return components(headers, gives);
    }
    let plain: Vec<String> = match gives {
        [] => headers.iter().map(|header| plain(header)).collect(),
        _ => Vec::new(),
    };
    let given: Vec<Option<&Field>> = gives.iter().map(|name| name.as_deref().and_then(field_given)).collect();
    let columns_of = |field: &Field| -> Vec<usize> {
        let names = names(field);
        let by_header = plain.iter().enumerate().filter(|(_, header)| names.contains(header));
        let by_name = given.iter().enumerate().filter(|(_, own)| own.is_some_and(|own| own.id == field.id));
        by_header.map(|(column, _)| column).chain(by_name.map(|(column, _)| column)).collect()
    };
    // The nearest likeness counts, and of equal ones the field that stands first.
    let likenesses: [fn(&str, &str) -> bool; 4] = [
        |field, about| field == about,
        |field, about| about.len() >= FEWEST_LETTERS && field.ends_with(about),
        |field, about| field.len() >= FEWEST_LETTERS && about.ends_with(field),
        |field, about| about.len() >= FEWEST_LETTERS && field.starts_with(about),
    ];
    likenesses
        .iter()
        .flat_map(|alike| FIELDS.iter().filter(|field| alike(&api_name(field), &about)))
        .map(columns_of)
        .find(|columns| !columns.is_empty())
        .unwrap_or_default()
}

/// The columns of components, whose name in the template no code of the API tells.
fn components(headers: &[String], gives: &[Option<String>]) -> Vec<usize> {
    let is_one = |column: usize, header: &str| match gives.get(column) {
        Some(own) => own.as_deref().is_some_and(|name| name.starts_with("field:")),
        None => ["填写:", "填写：", "field:"].iter().any(|word| header.trim_start().starts_with(word)),
    };
    let columns = headers.iter().enumerate().filter(|(column, header)| is_one(*column, header));
    columns.map(|(column, _)| column).collect()
}

/// The field of each column, by what it was understood as or else by its header.
pub fn fields_of(headers: &[String], gives: &[Option<String>]) -> Vec<Option<&'static Field>> {
    let of = |(column, header): (usize, &String)| {
        let given = gives.get(column).and_then(Option::as_deref).and_then(field_given);
        // A component of the template may hold the same: `填写:姓名`.
        let name = header.rsplit([':', '：']).next().map(plain).filter(|name| !name.is_empty());
        given.or_else(|| {
            let name = name?;
            FIELDS.iter().find(|field| names(field).contains(&name))
        })
    };
    headers.iter().enumerate().map(of).collect()
}

/// The field of `approver2.mobile`.
fn field_given(name: &str) -> Option<&'static Field> {
    let numbered = || {
        let (level, short) = name.split_once('.')?;
        by_name(&format!("{}.{short}", level.trim_end_matches(|c: char| c.is_ascii_digit())))
    };
    by_name(name).or_else(numbered)
}

fn api_name(field: &Field) -> String {
    field.path.last().copied().unwrap_or_default().replace('_', "").to_lowercase()
}

/// The headers that mean the field, in the form of `plain`.
fn names(field: &Field) -> Vec<String> {
    let prefixes: &[&str] = match field.level {
        Level::Approver => {
            &["", "签署方", "签署人", "甲方", "乙方", "丙方", "丁方", "戊方", "approver.", "flowapprovers."]
        }
        Level::Cc => &["抄送人", "抄送方", "抄送", "cc.", "ccinfos."],
        _ => &[""],
    };
    let own = field.chinese.iter().copied().chain([field.short_name()]).chain(field.path.last().copied());
    own.flat_map(|name| prefixes.iter().map(move |prefix| plain(&format!("{prefix}{name}")))).collect()
}

/// A header without what makes no difference: case, spaces, `_`, `-`, `*`, notes
/// in brackets at the end, and the number of the approver.
fn plain(header: &str) -> String {
    let open = header.trim_end().ends_with([')', '）']).then(|| header.rfind(['(', '（'])).flatten();
    open.and_then(|open| header.get(..open).filter(|before| !before.trim().is_empty()))
        .unwrap_or(header)
        .chars()
        .filter(|letter| {
            !is_space_like(*letter) && !letter.is_ascii_digit() && !matches!(letter, '_' | '-' | '*' | '＊')
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_find_their_columns() {
        let headers: Vec<String> = [
            "合同编号", "合同名称（必填）", "签署方1姓名", "签署方1手机号", "签署方2手机号", "截止日期",
            "身份证号", "template_id", "抄送人手机号",
        ]
        .map(str::to_owned)
        .into();
        for (code, columns) in [
            ("InvalidParameter.Mobile", &[3, 4][..]),
            ("InvalidParameter.NonsupportMobile", &[3, 4]),
            ("InvalidParameter.FlowName", &[1]),
            ("InvalidParameter.Name", &[2]),
            ("InvalidParameter.FlowDeadLine", &[5]),
            ("InvalidParameter.CardNumber", &[6]),
            ("ResourceNotFound.Template", &[7]),
            ("InvalidParameter.FlowType", &[]),
            ("InvalidParameter.Sensitive", &[]),
            ("InvalidParameter", &[]),
            ("", &[]),
        ] {
            assert_eq!(columns_named(code, &headers, &[]), columns, "{code}");
        }
        let english: Vec<String> =
            ["Flow Name", "approver1.mobile", "FlowApprovers.Name"].map(str::to_owned).into();
        assert_eq!(columns_named("InvalidParameter.Mobile", &english, &[]), [1]);
        assert_eq!(columns_named("InvalidParameter.Name", &english, &[]), [2]);
    }

    #[test]
    fn what_a_column_was_understood_as_counts_more_than_its_name() {
        let headers: Vec<String> = ["员工联络", "手机号", "紧急联系电话"].map(str::to_owned).into();
        let gives = [Some("approver1.mobile"), None, Some("approver2.mobile")];
        let gives: Vec<Option<String>> = gives.map(|name| name.map(str::to_owned)).into();
        assert_eq!(columns_named("InvalidParameter.Mobile", &headers, &gives), [0, 2]);
        assert_eq!(columns_named("InvalidParameter.Mobile", &headers, &[]), [1]);
        assert!(columns_named("InvalidParameter.FlowName", &headers, &gives).is_empty());
    }

    #[test]
    fn a_value_that_is_filled_in_stands_in_the_columns_of_components() {
        let headers: Vec<String> = ["甲方姓名", "填写:租金", "月租"].map(str::to_owned).into();
        assert_eq!(columns_named("InvalidParameter.ComponentValue", &headers, &[]), [1]);
        let gives = [Some("approver1.name"), Some("field:租金"), Some("field:月租")];
        let gives: Vec<Option<String>> = gives.map(|name| name.map(str::to_owned)).into();
        assert_eq!(columns_named("InvalidParameter.ComponentValue", &headers, &gives), [1, 2]);
    }

    #[test]
    fn a_column_is_known_by_what_it_gives_and_by_its_header() {
        let headers = ["员工联络", "签署方2姓名", "填写:身份证号", "备注"].map(str::to_owned);
        let gives = [Some("approver1.mobile".to_owned()), None, None, None];
        let fields = fields_of(&headers, &gives).into_iter().map(|field| field.map(|field| field.name));
        let expected =
            [Some("approver.mobile"), Some("approver.name"), Some("approver.id_card_number"), None];
        assert_eq!(fields.collect::<Vec<_>>(), expected);
    }
}

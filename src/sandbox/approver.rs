//! The rules of a FlowApproverInfo.

use serde_json::Value;

use super::answer::Refusal;
use super::fields::{
    Field, Object, Shape, check, ensure, flag, is_wordlike, may, missing, number, object, text,
};

/// Limits of an approver's fields that have no code of their own.
const APPROVER_WRONG: &str = "InvalidParameter.FlowApproverInfos";

const TYPES: &[&str] = &[
    "PERSON", "PERSON_AUTO_SIGN", "ORGANIZATION", "ENTERPRISESERVER", "ORGANIZATION_PIN_CODE_SIGN",
    "OTHER_ORGANIZATION_PIN_CODE_SIGN", "PERSON_PIN_CODE_SIGN",
];
const CARDS: &[&str] = &["ID_CARD", "HONGKONG_AND_MACAO", "HONGKONG_MACAO_AND_TAIWAN"];
const SIGNATURES: &[&str] =
    &["HANDWRITE", "HANDWRITTEN_ESIGN", "OCR_ESIGN", "ESIGN", "IMG_ESIGN", "SYSTEM_ESIGN"];
const READ_LIMITS: &[&str] =
    &["LimitReadTimeAndBottom", "LimitReadTime", "LimitBottom", "NoReadTimeAndBottom"];

const APPROVER: &[Field] = &[
    may("Name", Shape::Text),
    may("IdCardType", Shape::OneOf(CARDS, "InvalidParameter.CardType")),
    may("IdCardNumber", Shape::Text),
    may("Mobile", Shape::Text),
    may("OrganizationName", Shape::Text),
    may("NotChannelOrganization", Shape::Flag),
    may("OpenId", Shape::TextUpTo(64, "InvalidParameter.OpenId")),
    may("OrganizationOpenId", Shape::TextUpTo(64, APPROVER_WRONG)),
    may("ApproverType", Shape::OneOf(TYPES, "InvalidParameter.ApproverType")),
    may("RecipientId", Shape::Text),
    may("Deadline", Shape::Number),
    may("CallbackUrl", Shape::TextUpTo(1000, APPROVER_WRONG)),
    may("JumpUrl", Shape::TextUpTo(1000, APPROVER_WRONG)),
    may("ComponentLimitType", Shape::TextsOf(SIGNATURES, APPROVER_WRONG)),
    may("PreReadTime", Shape::NumberIn(3..=300, APPROVER_WRONG)),
    may("ApproverOption", Shape::Object),
    may("ApproverNeedSignReview", Shape::Flag),
    may("ApproverVerifyTypes", Shape::NumbersOf(&[1, 2], APPROVER_WRONG)),
    may("ApproverSignTypes", Shape::NumbersOf(&[1, 2, 3, 5, 6], APPROVER_WRONG)),
    may("SignId", Shape::Text),
    may("NotifyType", Shape::OneOf(&["SMS", "EMAIL", "ALL", "NONE"], APPROVER_WRONG)),
    may("ApproverRoleName", Shape::TextUpTo(20, APPROVER_WRONG)),
    may("SignTypeSelector", Shape::NumberIn(0..=1, APPROVER_WRONG)),
    may("SignEndpoints", Shape::TextsOf(&["link"], APPROVER_WRONG)),
    may("ApproverEmail", Shape::Text),
    may("PinCode", Shape::Text),
    may("SignComponents", Shape::Objects(usize::MAX, APPROVER_WRONG)),
    may("Components", Shape::Objects(usize::MAX, APPROVER_WRONG)),
    may("AddSignComponentsLimits", Shape::Objects(usize::MAX, APPROVER_WRONG)),
    may("Intention", Shape::Object),
];

const OPTION: &[Field] = &[
    may("NoRefuse", Shape::Flag),
    may("NoTransfer", Shape::Flag),
    may("HideOneKeySign", Shape::Flag),
    may("FillType", Shape::NumberIn(1..=1, APPROVER_WRONG)),
    may("FlowReadLimit", Shape::OneOf(READ_LIMITS, APPROVER_WRONG)),
    may("ForbidAddSignDate", Shape::Flag),
    may("ApproverMobileMode", Shape::OneOf(&["REPLACE", "GIVEN", "VALIDATE"], APPROVER_WRONG)),
    may("AddSignComponentUseSealSize", Shape::NumberIn(0..=3, APPROVER_WRONG)),
];

/// Checks one approver; `has_scene` tells whether its flow has an AutoSignScene.
pub(super) fn check_approver(approver: &Object, has_scene: bool) -> Result<(), Refusal> {
    check("FlowApproverInfo", approver, APPROVER)?;
    if let Some(option) = object(approver, "ApproverOption") {
        check("ApproverOption", option, OPTION)?;
    }
    check_person(approver)?;
    check_company(approver)?;
    check_ways_to_sign(approver)?;
    check_needs(approver, has_scene)
}

fn check_person(approver: &Object) -> Result<(), Refusal> {
    ensure(is_name(text(approver, "Name")), "InvalidParameter.Name", "Name is not a name.")?;
    let mobile = text(approver, "Mobile");
    let mobile_fits = mobile.is_empty() || is_mobile(mobile);
    ensure(mobile_fits, "InvalidParameter.Mobile", "Mobile is not a mainland mobile of 11 digits.")?;
    let card = text(approver, "IdCardNumber");
    let card_fits = match text(approver, "IdCardType") {
        _ if card.is_empty() => true,
        "HONGKONG_AND_MACAO" => is_travel_permit(card),
        _ => is_resident_number(card),
    };
    ensure(card_fits, "InvalidParameter.CardNumber", "IdCardNumber does not fit its type.")
}

fn check_company(approver: &Object) -> Result<(), Refusal> {
    let half_width = text(approver, "OrganizationName").contains(['(', ')']);
    let message = "OrganizationName has half-width brackets.";
    ensure(!half_width, "InvalidParameter.OrganizationName", message)
}

fn check_ways_to_sign(approver: &Object) -> Result<(), Refusal> {
    let message = "ApproverRoleName has other characters than letters, digits and underscore.";
    ensure(is_wordlike(text(approver, "ApproverRoleName")), APPROVER_WRONG, message)?;
    let ways = approver.get("ApproverSignTypes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let device_only = !ways.is_empty() && ways.iter().all(|way| matches!(way.as_i64(), Some(5 | 6)));
    ensure(!device_only, APPROVER_WRONG, "ApproverSignTypes has nothing besides 5 and 6.")
}

/// What each ApproverType needs: of a company that is named otherwise only what the
/// reference has as an error.
fn check_needs(approver: &Object, has_scene: bool) -> Result<(), Refusal> {
    let filled_later =
        object(approver, "ApproverOption").and_then(|option| number(option, "FillType")) == Some(1);
    match text(approver, "ApproverType") {
        "ORGANIZATION" if flag(approver, "NotChannelOrganization") => {
            let message = "A company of the SaaS platform takes no OpenId and no OrganizationOpenId.";
            ensure(text(approver, "OpenId").is_empty(), "InvalidParameter.OpenId", message)?;
            ensure(text(approver, "OrganizationOpenId").is_empty(), APPROVER_WRONG, message)?;
            need(approver, &["OrganizationName", "Name", "Mobile"])
        }
        // The sender's own company, or another one of the application.
        "ORGANIZATION" => Ok(()),
        "ENTERPRISESERVER" => {
            let message = "ENTERPRISESERVER can't be filled in later.";
            ensure(!filled_later, APPROVER_WRONG, message)
        }
        "PERSON_AUTO_SIGN" if !has_scene => Err(missing("FlowInfo.AutoSignScene")),
        "PERSON_AUTO_SIGN" => Ok(()),
        "ORGANIZATION_PIN_CODE_SIGN" | "OTHER_ORGANIZATION_PIN_CODE_SIGN" | "PERSON_PIN_CODE_SIGN" => {
            need(approver, &["PinCode"])
        }
        _ if filled_later => Ok(()),
        _ if text(approver, "IdCardNumber").is_empty() => need(approver, &["Name", "Mobile"]),
        _ => need(approver, &["Name"]),
    }
}

fn need(approver: &Object, names: &[&str]) -> Result<(), Refusal> {
    match names.iter().find(|name| text(approver, name).is_empty()) {
        Some(name) => Err(missing(&format!("FlowApproverInfo.{name}"))),
        None => Ok(()),
    }
}

/// Not blank, and nothing in it that no name can have.
fn is_name(name: &str) -> bool {
    let blank = !name.is_empty() && name.trim().is_empty();
    !blank && !name.chars().any(|c| c.is_control() || c == '\u{FFFD}')
}

/// A mainland mobile: 11 digits, from 13 to 19.
pub(super) fn is_mobile(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && all_digits(rest))
}

/// 17 digits and a check character after GB 11643 (ISO 7064, MOD 11-2), X in upper case.
fn is_resident_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [digits @ .., last] = bytes else { return false };
    if digits.len() != 17 || !all_digits(digits) {
        return false;
    }
    let sum = digits.iter().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let check = match (12 - sum) % 11 {
        10 => b'X',
        digit => b'0' + u8::try_from(digit).unwrap_or_default(),
    };
    *last == check
}

/// H or M and 10 digits.
fn is_travel_permit(text: &str) -> bool {
    matches!(text.as_bytes(), [b'H' | b'M', rest @ ..] if rest.len() == 10 && all_digits(rest))
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_numbers_are_checked_by_their_last_character() {
        assert!(is_resident_number("11010519491231002X"));
        assert!(is_resident_number("440524188001010014"));
        assert!(!is_resident_number("11010519491231002x"));
        assert!(!is_resident_number("110105194912310021"));
        assert!(!is_resident_number("440524188001010041"));
        assert!(!is_resident_number("44052418800101001"));
        assert!(!is_resident_number("４40524188001010014"));
        assert!(!is_resident_number(""));
    }

    #[test]
    fn mobiles_are_eleven_digits_of_the_mainland() {
        assert!(is_mobile("13888888888") && is_mobile("19900000000"));
        for wrong in
            ["", "12888888888", "1388888888", "138888888888", "+8613888888888", "1388888888８", "138****8888"]
        {
            assert!(!is_mobile(wrong), "{wrong}");
        }
    }

    #[test]
    fn travel_permits_begin_with_h_or_m() {
        assert!(is_travel_permit("H1234567890") && is_travel_permit("M0000000000"));
        assert!(!is_travel_permit("A1234567890") && !is_travel_permit("H12345678"));
    }

    #[test]
    fn names_are_not_blank_and_not_broken() {
        assert!(is_name("李四") && is_name("阿卜杜拉·买买提") && is_name(""));
        assert!(!is_name("  ") && !is_name("李\u{FFFD}") && !is_name("李\n四"));
    }
}

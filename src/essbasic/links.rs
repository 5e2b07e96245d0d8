//! `CreateSignUrls`: a link to sign for each signer of a contract, and whose each of them is.

use serde::Serialize;
use serde_json::Value as Json;

use crate::domain::link::is_link;

use super::action::{MOST_CODE, MOST_MESSAGE, text};
use super::call::Call;

/// Asks for the links of all signers of one contract: more than one contract is not allowed
/// for that. Asked again it makes others, which harms nobody.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSignUrls<'a> {
    flow_ids: [&'a str; 1],
    generate_type: &'static str,
}

impl<'a> CreateSignUrls<'a> {
    pub fn of(flow_id: &'a str) -> Self {
        Self { flow_ids: [flow_id], generate_type: "ALL" }
    }
}

/// A link and whose it is, as the answer says it.
#[derive(Default)]
pub struct SignUrl {
    pub url: String,
    pub name: String,
    pub mobile: String,
}

pub struct SignUrls {
    pub urls: Vec<SignUrl>,
    /// Why there are none, or not all.
    pub message: Option<String>,
}

/// A signer as the contract was sent.
#[derive(Clone, Default)]
pub struct Named {
    pub name: String,
    pub mobile: String,
}

/// Codes of documents that are composed later than their contract is started: asked again
/// after a while there are links.
pub fn is_still_composed(code: &str) -> bool {
    code == "OperationDenied.DocumentNoAvailable" || code == "ResourceUnavailable.DocumentNotReady"
}

impl Call for CreateSignUrls<'_> {
    const ACTION: &'static str = "CreateSignUrls";
    const ONLY_READS: bool = true;
    type Answer = SignUrls;

    /// A link of another contract, and what is no link, are as if they had not come.
    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let list = |name: &str| response.get(name).and_then(Json::as_array);
        let (entries, messages) = (list("SignUrlInfos"), list("ErrorMessages"));
        if entries.is_none() && messages.is_none() {
            return None;
        }
        let [own] = self.flow_ids;
        let read = |entry: &Json| {
            let value = |name: &str| text(entry.get(name), MOST_CODE).unwrap_or_default().trim().to_owned();
            let url = entry.get("SignUrl")?.as_str()?.trim().to_owned();
            let is_own = value("FlowId") == own && is_link(&url);
            is_own.then(|| SignUrl { url, name: value("Name"), mobile: value("Mobile") })
        };
        let said = messages.into_iter().flatten().filter_map(|one| text(Some(one), MOST_MESSAGE));
        Some(SignUrls {
            urls: entries.into_iter().flatten().filter_map(read).collect(),
            message: said.map(|one| one.trim().to_owned()).find(|one| !one.is_empty()),
        })
    }
}

/// Whose each link is: of each signer the place of his link. By the mobile where it is one
/// signer's and one link's only; else by the order where there are as many and the names
/// agree. What cannot be told stays without.
pub fn pair(signers: &[Named], urls: &[SignUrl]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; signers.len()];
    let mut taken = vec![false; urls.len()];
    for (signer, found) in signers.iter().zip(&mut pairs) {
        let own = digits(&signer.mobile);
        let is_it = |mobile: &str| !own.is_empty() && digits(mobile) == own;
        let of_links: Vec<usize> =
            urls.iter().enumerate().filter(|(_, url)| is_it(&url.mobile)).map(|(at, _)| at).collect();
        let of_signers = signers.iter().filter(|other| is_it(&other.mobile)).count();
        if let ([one], 1) = (of_links.as_slice(), of_signers) {
            *found = Some(*one);
            taken.iter_mut().skip(*one).take(1).for_each(|taken| *taken = true);
        }
    }
    if signers.len() != urls.len() {
        return pairs;
    }
    for (place, ((signer, url), found)) in signers.iter().zip(urls).zip(&mut pairs).enumerate() {
        let is_free = found.is_none() && taken.get(place) == Some(&false);
        // Another mobile is another person, whatever the name.
        let may_be = digits(&signer.mobile).is_empty()
            || url.mobile.is_empty()
            || url.mobile.contains('*')
            || digits(&url.mobile) == digits(&signer.mobile);
        if is_free && may_be && !signer.name.is_empty() && signer.name == url.name {
            *found = Some(place);
        }
    }
    pairs
}

/// A mobile without its country code and what stands between its digits; empty: none.
fn digits(mobile: &str) -> String {
    let digits: String = mobile.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ if mobile.contains('*') => String::new(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_links_of_the_contract_itself_are_read() {
        let call = CreateSignUrls::of("f1");
        assert_eq!(serde_json::to_value(&call).unwrap(), json!({"FlowIds": ["f1"], "GenerateType": "ALL"}));
        let read = call.read(&json!({
            "SignUrlInfos": [
                {"FlowId": "f1 ", "SignUrl": " https://x.test/1 ", "Name": "a", "Mobile": "13800000001"},
                {"FlowId": "f2", "SignUrl": "https://x.test/2"},
                {"FlowId": "f1", "SignUrl": "http://x.test/3"},
                {"SignUrl": "https://x.test/4"},
                {"FlowId": "f1", "SignUrl": null},
            ],
            "ErrorMessages": ["", " why "],
        }));
        let read = read.unwrap();
        assert_eq!(read.urls.iter().map(|one| one.url.as_str()).collect::<Vec<_>>(), ["https://x.test/1"]);
        assert_eq!(read.message.as_deref(), Some("why"));
        assert!(call.read(&json!({"RequestId": "r"})).is_none());
        assert!(call.read(&json!({"SignUrlInfos": [], "ErrorMessages": null})).is_some());
    }

    /// Signers and links as `NAME MOBILE`; of each signer the place of his link.
    fn paired(signers: &[&str], urls: &[&str]) -> Vec<Option<usize>> {
        let parts = |text: &&str| {
            let (name, mobile) = text.split_once(' ').unwrap();
            (name.to_owned(), mobile.to_owned())
        };
        let signers: Vec<Named> =
            signers.iter().map(parts).map(|(name, mobile)| Named { name, mobile }).collect();
        let urls: Vec<SignUrl> = urls
            .iter()
            .map(parts)
            .map(|(name, mobile)| SignUrl { name, mobile, ..SignUrl::default() })
            .collect();
        pair(&signers, &urls)
    }

    #[test]
    fn a_link_is_paired_by_mobile_or_by_order_and_name_and_never_guessed() {
        let (a, b) = ("甲 13800000001", "乙 13800000002");
        assert_eq!(paired(&[a, b], &[b, a]), [Some(1), Some(0)]);
        assert_eq!(paired(&[a, b], &[b]), [None, Some(0)], "one is missing");
        assert_eq!(paired(&[a], &["甲 +86 138-0000-0001"]), [Some(0)]);
        // Without mobiles, or with hidden ones: by order, where the names agree.
        assert_eq!(paired(&["甲 ", "乙 "], &["甲 ", "乙 "]), [Some(0), Some(1)]);
        assert_eq!(paired(&[a, b], &["甲 138****0001", "乙 138****0002"]), [Some(0), Some(1)]);
        assert_eq!(paired(&["甲 ", "乙 "], &["乙 ", "甲 "]), [None, None], "another order");
        assert_eq!(paired(&["甲 ", "乙 "], &["甲 "]), [None, None], "another number");
        assert_eq!(paired(&[" ", " "], &[" ", " "]), [None, None], "nobody is named");
        // One person in two roles: by order again.
        assert_eq!(paired(&[a, a], &[a, a]), [Some(0), Some(1)]);
        assert_eq!(paired(&[a, a, b], &[a, b]), [None, None, Some(1)]);
        // Somebody else's mobile is somebody else.
        assert_eq!(paired(&[a], &["甲 13900000009"]), [None]);
    }
}

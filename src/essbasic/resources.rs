//! `DescribeResourceUrlsByFlows`: where the documents of contracts can be fetched from, for
//! five minutes.

use serde::Serialize;
use serde_json::Value as Json;

use crate::domain::link::is_link;

use super::action::{MOST_MESSAGE, text};
use super::call::Call;

/// The API takes no more ids in a call.
pub const MOST_RESOURCES: usize = 50;

/// Asks for the documents of these contracts, at most [`MOST_RESOURCES`].
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeResourceUrlsByFlows<'a> {
    pub flow_ids: &'a [String],
}

/// One contract of the request, in its order.
#[derive(Default)]
pub struct Resource {
    /// Links that may be fetched.
    pub urls: Vec<String>,
    /// Why there are none, if the API says so.
    pub message: String,
}

impl Call for DescribeResourceUrlsByFlows<'_> {
    const ACTION: &'static str = "DescribeResourceUrlsByFlows";
    const ONLY_READS: bool = true;
    type Answer = Vec<Resource>;

    /// Links are paired by FlowId; a message by its place, where there are as many as ids.
    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let entries = response.get("FlowResourceUrlInfos")?;
        let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
        let messages = response.get("ErrorMessages").and_then(Json::as_array);
        let messages = messages.filter(|all| all.len() == self.flow_ids.len());
        let of = |(place, id): (usize, &String)| {
            let own = entries.iter().filter(|entry| {
                entry.get("FlowId").and_then(Json::as_str).is_some_and(|own| own.trim() == id)
            });
            let urls = own.filter_map(|entry| entry.get("ResourceUrlInfos")?.as_array()).flatten();
            let urls = urls.filter_map(|one| Some(one.get("Url")?.as_str()?.trim().to_owned()));
            Resource {
                urls: urls.filter(|url| is_link(url)).collect(),
                message: text(messages.and_then(|all| all.get(place)), MOST_MESSAGE).unwrap_or_default(),
            }
        };
        Some(self.flow_ids.iter().enumerate().map(of).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn links_are_paired_by_id_and_messages_by_place() {
        let ids = ["a".to_owned(), "b".to_owned()];
        let call = DescribeResourceUrlsByFlows { flow_ids: &ids };
        let entries = json!([
            {"FlowId": "b ", "ResourceUrlInfos": [{"Url": "https://x.test/b"}, {"Url": "http://x.test/b"}]},
            {"FlowId": "c", "ResourceUrlInfos": [{"Url": "https://x.test/c"}]},
        ]);
        let read = call.read(&json!({"FlowResourceUrlInfos": entries, "ErrorMessages": ["no right", ""]}));
        let read = read.unwrap();
        assert_eq!((read[0].urls.len(), read[0].message.as_str()), (0, "no right"));
        assert_eq!(
            (read[1].urls.as_slice(), read[1].message.as_str()),
            (["https://x.test/b".to_owned()].as_slice(), "")
        );
        let fewer = call.read(&json!({"FlowResourceUrlInfos": null, "ErrorMessages": ["whose"]})).unwrap();
        assert!(fewer.iter().all(|one| one.message.is_empty()), "it cannot be told whose it is");
    }
}

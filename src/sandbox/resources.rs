//! `DescribeResourceUrlsByFlows`, and the documents themselves.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::asked::{Answer, World};
use super::fields::{Field, INVALID, Shape, check, may, need, texts};
use super::started::owner;
use super::stories;

const REQUEST: &[Field] = &[
    may("Agent", Shape::Object),
    need("FlowIds", Shape::Texts(50, INVALID)),
    may("Operator", Shape::Closed),
];

/// Where documents are fetched from.
pub(super) const FOLDER: &str = "/documents/";
/// Seconds for which a link is good.
const GOOD_FOR: i64 = 300;

/// Documents by their path.
#[derive(Default)]
pub(super) struct Resources {
    all: HashMap<String, Document>,
}

struct Document {
    bytes: Vec<u8>,
    until: i64,
}

impl Resources {
    /// A document, or the status with which it is refused.
    pub(super) fn fetch(&self, path: &str, now: i64) -> Result<Vec<u8>, u16> {
        let found = self.all.get(path).ok_or(404_u16)?;
        if now > found.until { Err(403) } else { Ok(found.bytes.clone()) }
    }
}

pub(super) fn describe(request: &Map<String, Value>, world: &mut World, now: i64) -> Answer {
    check("DescribeResourceUrlsByFlows", request, REQUEST)?;
    world.time_passes(now);
    let owner = owner(&Value::Object(request.clone()));
    let (mut infos, mut messages) = (Vec::new(), Vec::new());
    for id in texts(request, "FlowIds") {
        let Some(flow) = world.flows.of(&owner, id) else {
            messages.push("The flow does not exist.");
            continue;
        };
        if stories::has(&flow.info, "no-resource") {
            messages.push("The right to download is not granted.");
            continue;
        }
        messages.push("");
        let is_gone = stories::has(&flow.info, "gone-resource");
        let bytes = match stories::has(&flow.info, "page-resource") {
            true => b"<html><body>Log in</body></html>".to_vec(),
            false => format!("%PDF-1.7\n% {id} {}\n%%EOF\n", flow.status).into_bytes(),
        };
        let until = if is_gone { 0 } else { now + GOOD_FOR };
        let count = if stories::has(&flow.info, "two-resources") { 2 } else { 1 };
        let urls = (0..count).map(|_| {
            let path = format!("{FOLDER}{:032x}.pdf", fastrand::u128(..));
            world.resources.all.insert(path.clone(), Document { bytes: bytes.clone(), until });
            let url = format!("{}{path}?sign=x", world.endpoint);
            json!({"Url": url, "Name": flow.info["FlowName"], "Type": "PDF"})
        });
        let urls: Vec<Value> = urls.collect();
        infos.push(json!({"FlowId": id, "ResourceUrlInfos": urls}));
    }
    // Another order than asked for: nothing is said of it.
    infos.reverse();
    Ok([("FlowResourceUrlInfos".to_owned(), json!(infos)), ("ErrorMessages".to_owned(), json!(messages))]
        .into_iter()
        .collect())
}

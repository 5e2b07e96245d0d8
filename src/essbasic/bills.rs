//! `ChannelDescribeBillUsageDetail`: what was charged. It is the one list of contracts that the
//! API has: rows are charges, so a contract may stand in several, and late.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::call::Call;
use super::details::without_nulls;

/// Rows asked for at a time: no more were given until 2025.
pub const PAGE: i64 = 50;

/// Asks for the charges of some days of one calendar month.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChannelDescribeBillUsageDetail<'a> {
    /// yyyyMMdd.
    pub start_time: &'a str,
    pub end_time: &'a str,
    /// The number of the page, from 0.
    pub offset: i64,
    pub limit: i64,
}

/// One page of charges.
pub struct Bills {
    pub rows: Vec<BillRow>,
    /// Rows on this page, those that cannot be read as well.
    pub count: usize,
    /// Of all pages; 0: it was not said.
    pub total: i64,
}

/// One charge, or one that was given back.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct BillRow {
    pub flow_id: String,
    pub flow_name: String,
}

impl Call for ChannelDescribeBillUsageDetail<'_> {
    const ACTION: &'static str = "ChannelDescribeBillUsageDetail";
    const ONLY_READS: bool = true;
    type Answer = Bills;

    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let none = Vec::new();
        let entries = match response.get("Details") {
            None | Some(Json::Null) => &none,
            Some(entries) => entries.as_array()?,
        };
        let total = response.get("Total").and_then(Json::as_i64);
        // An answer that says neither says nothing of what was asked.
        if total.is_none() && response.get("Details").is_none() {
            return None;
        }
        let read = |entry: &Json| {
            let mut row: BillRow = serde_json::from_value(without_nulls(entry)).ok()?;
            row.flow_id = row.flow_id.trim().to_owned();
            Some(row).filter(|row| !row.flow_id.is_empty())
        };
        let rows = entries.iter().filter_map(read).collect();
        Some(Bills { rows, count: entries.len(), total: total.unwrap_or(0) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_is_asked_for_by_its_number_and_read_as_far_as_it_goes() {
        let call = ChannelDescribeBillUsageDetail {
            start_time: "20261126",
            end_time: "20261127",
            offset: 0,
            limit: PAGE,
        };
        assert_eq!(
            serde_json::to_value(&call).unwrap(),
            json!({"StartTime": "20261126", "EndTime": "20261127", "Offset": 0, "Limit": 50})
        );
        let page = json!({"Total": 3, "Details": [
            {"FlowId": "f1 ", "FlowName": null, "CostType": 2}, {"FlowId": ""}, {"FlowId": 7}
        ]});
        let bills = call.read(&page).unwrap();
        let ids: Vec<&str> = bills.rows.iter().map(|row| row.flow_id.as_str()).collect();
        assert_eq!((ids, bills.count, bills.total), (vec!["f1"], 3, 3));
        assert_eq!(call.read(&json!({"Total": 0, "Details": null})).unwrap().count, 0);
        assert!(call.read(&json!({"Ok": true})).is_none());
    }
}

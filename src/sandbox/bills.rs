//! `ChannelDescribeBillUsageDetail`: what was charged for started flows. Rows are charges: a
//! flow may have several, one that was given back among them, and they come late.

use serde_json::{Map, Value, json};

use super::asked::{Answer, World};
use super::calendar::utc_date;
use super::fields::{Field, INVALID, Shape, check, ensure, may, need, number, text};
use super::started::{Flow, owner};

const REQUEST: &[Field] = &[
    may("Agent", Shape::Object),
    need("StartTime", Shape::Text),
    need("EndTime", Shape::Text),
    may("QuotaType", Shape::Text),
    may("Offset", Shape::NumberIn(0..=i64::MAX, INVALID)),
    may("Limit", Shape::NumberIn(1..=MOST_ROWS, INVALID)),
];

/// The documented limit and default.
const MOST_ROWS: i64 = 100;

/// Days are those of Beijing.
const BEIJING: i64 = 8 * 3600;

/// Every third flow is charged for twice, and every fifth has its charge given back.
const TWICE: usize = 3;
const GIVEN_BACK: usize = 5;

pub(super) fn describe(request: &Map<String, Value>, world: &mut World, now: i64) -> Answer {
    check("ChannelDescribeBillUsageDetail", request, REQUEST)?;
    let (first, last) = (text(request, "StartTime"), text(request, "EndTime"));
    let is_day = |day: &str| day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    ensure(is_day(first) && is_day(last) && first <= last, INVALID, "StartTime and EndTime are no days.")?;
    let months = (first.get(..6), last.get(..6));
    ensure(months.0 == months.1, INVALID, "StartTime and EndTime are not of one month.")?;
    let owner = owner(&Value::Object(request.clone()));
    let delay = i64::try_from(world.bill_delay.as_secs()).unwrap_or(i64::MAX);
    let is_listed = |flow: &&Flow| {
        let day = utc_date(flow.created + BEIJING).replace('-', "");
        flow.owner == owner && now - flow.created >= delay && (first..=last).contains(&day.as_str())
    };
    let rows: Vec<Value> = world
        .flows
        .all()
        .filter(is_listed)
        .enumerate()
        .flat_map(|(place, flow)| charges(place, flow))
        .collect();
    let page = usize::try_from(number(request, "Offset").unwrap_or(0)).unwrap_or(usize::MAX);
    let limit = usize::try_from(number(request, "Limit").unwrap_or(MOST_ROWS)).unwrap_or(1);
    let shown: Vec<Value> = rows.iter().skip(page.saturating_mul(limit)).take(limit).cloned().collect();
    Ok([("Total".to_owned(), json!(rows.len())), ("Details".to_owned(), Value::Array(shown))]
        .into_iter()
        .collect())
}

fn charges(place: usize, flow: &Flow) -> Vec<Value> {
    let row = |quota: &str, cost: i64| {
        json!({
            "FlowId": flow.id,
            "OperatorName": "",
            "CreateOrganizationName": flow.owner.1,
            "FlowName": flow.info["FlowName"],
            "FlowStatus": flow.status,
            "QuotaType": quota,
            "UseCount": 1,
            "CostTime": flow.created,
            "QuotaName": "",
            "CostType": cost,
            "Remark": "",
        })
    };
    let mut rows = vec![row("CloudEnterprise", 1)];
    if place.is_multiple_of(TWICE) {
        rows.push(row("FlowNotify", 1));
    }
    if place.is_multiple_of(GIVEN_BACK) {
        rows.push(row("CloudEnterprise", 2));
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// 2026-11-26 23:30 in Beijing, which is the 26th in UTC as well.
    const NOW: i64 = 1_795_707_000;

    fn world(flows: usize) -> World {
        let mut world = World::default();
        let agent = json!({"AppId": "a", "ProxyOrganizationOpenId": "o"});
        let infos: Vec<Value> = (0..flows).map(|n| json!({"FlowName": format!("n{n}")})).collect();
        let ids: Vec<Option<String>> = (0..flows).map(|n| Some(format!("yD{n:030}"))).collect();
        world.flows.start(&json!({"Agent": agent, "FlowInfos": infos}), &ids, NOW);
        world
    }

    fn ask(world: &mut World, more: Value) -> Result<(usize, Vec<String>), String> {
        let mut request = json!({
            "Agent": {"AppId": "a", "ProxyOrganizationOpenId": "o"},
            "StartTime": "20261126", "EndTime": "20261126"
        });
        for (name, value) in more.as_object().unwrap() {
            request[name] = value.clone();
        }
        let answer = describe(request.as_object().unwrap(), world, NOW).map_err(|no| no.code.to_string())?;
        let rows = answer["Details"].as_array().unwrap().iter();
        let ids =
            rows.map(|row| row["FlowId"].as_str().unwrap().trim_start_matches(['y', 'D', '0']).to_owned());
        Ok((answer["Total"].as_u64().unwrap() as usize, ids.collect()))
    }

    #[test]
    fn charges_come_twice_and_given_back_page_by_page() {
        let mut world = world(4);
        let all = ["", "", "", "1", "2", "3", "3"].map(str::to_owned).to_vec();
        assert_eq!(ask(&mut world, json!({})), Ok((7, all)));
        assert_eq!(ask(&mut world, json!({"Limit": 3, "Offset": 0})).unwrap().1, ["", "", ""]);
        assert_eq!(ask(&mut world, json!({"Limit": 3, "Offset": 2})).unwrap().1, ["3"]);
        assert!(ask(&mut world, json!({"Limit": 3, "Offset": 3})).unwrap().1.is_empty());
        assert_eq!(ask(&mut world, json!({"Agent": {"AppId": "b"}})).unwrap().0, 0);
    }

    #[test]
    fn charges_come_late_and_on_their_day() {
        let mut world = world(1);
        assert_eq!(ask(&mut world, json!({"StartTime": "20261127", "EndTime": "20261128"})).unwrap().0, 0);
        world.bill_delay = Duration::from_secs(60);
        assert_eq!(ask(&mut world, json!({})).unwrap().0, 0);
    }

    #[test]
    fn what_is_not_documented_is_refused() {
        let mut world = world(1);
        for wrong in [
            json!({"Limit": 101}),
            json!({"Limit": 500}),
            json!({"Offset": -1}),
            json!({"StartTime": "2026-11-26"}),
            json!({"EndTime": "20261201"}),
            json!({"StartTime": "20251126"}),
            json!({"EndTime": "20261125"}),
        ] {
            assert_eq!(ask(&mut world, wrong.clone()), Err(INVALID.to_owned()), "{wrong}");
        }
    }
}

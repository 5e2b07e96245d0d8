//! Reads the bodies of chunks from the job's file, in a thread of its own, so that
//! reading one goes on beside sending another.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};

use bytes::Bytes;
use tokio::sync::oneshot;

use crate::domain::job::FlowNo;
use crate::essbasic::action::Frame;
use crate::journal::{JobFile, JournalError};

/// `+30d` -> Unix seconds, counted from now. `None`: it is no such text.
pub type Redate = Arc<dyn Fn(&str) -> Option<i64> + Send + Sync>;

/// What a contract without CustomerData of its own carries as such, base64, so that it is
/// known again if its answer is lost.
pub type Mark = Arc<dyn Fn(FlowNo) -> String + Send + Sync>;

/// One chunk to load.
pub struct Order {
    pub group: u32,
    pub flows: Vec<FlowNo>,
    /// Flows whose relative deadline is counted anew.
    pub redate: Vec<FlowNo>,
    pub answer: oneshot::Sender<Result<Bytes, JournalError>>,
}

pub struct Loader {
    orders: mpsc::Sender<Order>,
}

impl Loader {
    /// `frames`: what stands around the flows of each group.
    pub fn start(
        file: JobFile,
        frames: HashMap<u32, Frame>,
        redate: Redate,
        mark: Option<Mark>,
    ) -> std::io::Result<Self> {
        let (orders, received) = mpsc::channel::<Order>();
        std::thread::Builder::new().name("loader".into()).spawn(move || {
            while let Ok(Order { group, flows, redate: anew, answer }) = received.recv() {
                let empty = Frame { head: Vec::new(), tail: Vec::new() };
                let frame = frames.get(&group).unwrap_or(&empty);
                // Nobody may be waiting any more: then the run is over.
                let _ = answer.send(load(&file, frame, &flows, (&anew, &redate), mark.as_ref()));
            }
        })?;
        Ok(Self { orders })
    }

    /// `None`: the thread has ended.
    pub fn load(&self, order: Order) -> Option<()> {
        self.orders.send(order).ok()
    }
}

/// The body of a request with these flows, with their deadlines as they were read.
pub fn body_of(file: &JobFile, frame: &Frame, flows: &[FlowNo]) -> Result<Bytes, JournalError> {
    let as_it_is: Redate = Arc::new(|_| None);
    load(file, frame, flows, (&[], &as_it_is), None)
}

fn load(
    file: &JobFile,
    frame: &Frame,
    flows: &[FlowNo],
    (anew, redate): (&[FlowNo], &Redate),
    mark: Option<&Mark>,
) -> Result<Bytes, JournalError> {
    let mut body = frame.head.clone();
    let mut deadlines = HashMap::new();
    for flow in anew {
        if let Some(at) = file.relative_deadline(*flow)?.and_then(|text| redate(&text)) {
            deadlines.insert(*flow, at);
        }
    }
    let mut first = true;
    file.each_body(flows, |flow, bytes| {
        if !std::mem::take(&mut first) {
            body.push(b',');
        }
        match deadlines.get(&flow) {
            Some(at) => push_with_deadline(&mut body, bytes, *at),
            None => body.extend_from_slice(bytes),
        }
        if let Some(mark) = mark.filter(|_| !has_data(bytes)) {
            push_mark(&mut body, &mark(flow));
        }
    })?;
    body.extend_from_slice(&frame.tail);
    Ok(body.into())
}

/// In a `FlowInfo` as this program writes it, the flow's own deadline is the first
/// one; within a text its quotes would be escaped.
const DEADLINE: &[u8] = b"\"Deadline\":";

fn push_with_deadline(body: &mut Vec<u8>, flow: &[u8], at: i64) {
    let start = flow.windows(DEADLINE.len()).position(|window| window == DEADLINE);
    let Some((head, rest)) = start.and_then(|start| flow.split_at_checked(start + DEADLINE.len())) else {
        return body.extend_from_slice(flow);
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    body.extend_from_slice(head);
    body.extend_from_slice(at.to_string().as_bytes());
    body.extend_from_slice(rest.get(digits..).unwrap_or_default());
}

/// In a `FlowInfo` as this program writes it; within a text its quotes would be escaped.
const DATA: &[u8] = b"\"CustomerData\":";

fn has_data(flow: &[u8]) -> bool {
    flow.windows(DATA.len()).any(|window| window == DATA)
}

/// Behind the last member of the flow that was just written.
fn push_mark(body: &mut Vec<u8>, mark: &str) {
    if body.last() == Some(&b'}') {
        body.pop();
        body.push(b',');
        body.extend_from_slice(DATA);
        body.extend_from_slice(format!("\"{mark}\"}}").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_behind_what_the_flow_has() {
        let mut body = br#"[{"FlowName":"a\"CustomerData\":"}"#.to_vec();
        assert!(!has_data(&body));
        push_mark(&mut body, "bWFyaw==");
        assert_eq!(
            String::from_utf8(body.clone()).unwrap(),
            r#"[{"FlowName":"a\"CustomerData\":","CustomerData":"bWFyaw=="}"#
        );
        assert!(has_data(&body));
    }

    #[test]
    fn only_the_flows_own_deadline_is_counted_anew() {
        let flow = br#"{"FlowName":"\"Deadline\":1","Deadline":1700000000,"FlowApprovers":[{"Deadline":5}]}"#;
        let mut body = Vec::new();
        push_with_deadline(&mut body, flow, 1_800_000_000);
        assert_eq!(
            String::from_utf8(body).unwrap(),
            r#"{"FlowName":"\"Deadline\":1","Deadline":1800000000,"FlowApprovers":[{"Deadline":5}]}"#
        );
        let mut body = Vec::new();
        push_with_deadline(&mut body, b"{}", 1);
        assert_eq!(body, b"{}");
    }
}

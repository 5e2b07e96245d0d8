//! Contracts of which nobody knows whether they were started, and contracts that the API
//! knows of: which is which. Pure, and strict: what is taken for another's would be signed
//! by the wrong person, so whatever leaves a doubt stays one.
//!
//! Nothing here has `Debug`: these are names and mobiles.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::flow::Flow;
use super::job::FlowNo;

/// Two clocks agree as well as that, in seconds: with a larger difference the API refuses
/// every signature.
const CLOCKS: i64 = 300;

/// A contract in doubt, with what it is known again by.
pub struct Doubt {
    pub flow: FlowNo,
    /// Who sends it.
    pub group: u32,
    /// Its number, or else its name.
    pub contract: String,
    pub name: String,
    pub template: Option<String>,
    pub signers: Vec<Signer>,
    /// CustomerData as it was sent, base64.
    pub data: Option<String>,
    /// When it may have been started; `None`: another journal has sent it.
    pub window: Option<Window>,
}

pub struct Signer {
    pub name: String,
    pub mobile: String,
    /// A verified OpenId counts more than name and mobile.
    pub has_open_id: bool,
}

/// From the intent of the request to its end, in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    pub to: i64,
}

impl Window {
    /// The same with what clocks may differ by.
    pub fn wide(self) -> Self {
        Self { from: self.from - CLOCKS, to: self.to + CLOCKS }
    }
}

impl Doubt {
    /// `label`: number and name of the contract. `body`: its `FlowInfo`. `mark`: what the
    /// request has carried where the contract has no data of its own.
    pub fn of(flow: FlowNo, label: (Option<String>, String), body: &[u8], mark: String) -> Self {
        let info: Flow = serde_json::from_slice(body).unwrap_or_default();
        let signers = info.flow_approvers.into_iter().map(|approver| Signer {
            name: approver.name.or(approver.organization_name).unwrap_or_default(),
            mobile: approver.mobile.unwrap_or_default(),
            has_open_id: approver.open_id.is_some_and(|id| !id.is_empty()),
        });
        let (number, name) = label;
        Self {
            flow,
            group: 0,
            contract: number.unwrap_or_else(|| name.clone()),
            name: info.flow_name,
            template: info.template_id,
            signers: signers.collect(),
            data: Some(info.customer_data.filter(|data| !data.is_empty()).unwrap_or(mark)),
            window: None,
        }
    }
}

/// A contract that the API knows of, as far as it was told.
#[derive(Clone, Default)]
pub struct Found {
    pub flow_id: String,
    /// CustomerData, in base64 or plain; a callback may have it under two names.
    pub data: Vec<String>,
    pub name: String,
    pub template: String,
    /// One a signer, empty where nobody says; none: nothing is known of signers.
    pub mobiles: Vec<String>,
    /// Unix seconds; 0: nobody says.
    pub created: i64,
    /// As the API calls how it stands.
    pub status: String,
    /// Only a callback tells of it.
    pub only_callback: bool,
}

/// In what a contract that was found differs from the one in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    Data,
    Template,
    Name,
    Signers,
    Time,
}

/// Why somebody's word on contracts in doubt does not count.
#[derive(Clone, PartialEq, Eq)]
pub enum DoubtFault {
    /// The job's action starts nothing: what it asks for may be asked again.
    Prepared,
    /// None of the contracts in doubt is called that, nor stands in that row.
    NoSuch(String),
    Several(String),
    /// Two different things were said of it.
    Twice(String),
    /// The id is that of another contract.
    Taken {
        contract: String,
        flow_id: String,
    },
    /// The API knows no such id.
    Unknown {
        contract: String,
        flow_id: String,
    },
    /// What has that id is another contract.
    Differs {
        contract: String,
        flow_id: String,
        traits: Vec<Trait>,
    },
}

/// Why a contract stays in doubt although something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// These all fit.
    Several(Vec<String>),
    /// This one carries its data, as that of other contracts in doubt.
    Shared(String),
    /// This one carries its data and differs otherwise.
    Differs(String, Vec<Trait>),
}

/// What was decided.
#[derive(Default)]
pub struct Decision<'f> {
    /// Contracts that were started, each with what it was started as.
    pub settled: Vec<(FlowNo, &'f Found)>,
    pub unclear: BTreeMap<FlowNo, Why>,
}

/// Tells which contract in doubt was started as which. Each carries its own data, that no
/// other one in doubt has, nothing speaks against it, and there is no second one.
pub fn decide<'f>(doubts: &[Doubt], found: &'f [Found]) -> Decision<'f> {
    let mut decision = Decision::default();
    let mut fitting: BTreeMap<FlowNo, Vec<&Found>> = BTreeMap::new();
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    found.iter().for_each(|one| *times.entry(&one.flow_id).or_default() += 1);
    for one in found {
        // What is told of one id should be told once: else it is nobody's.
        if one.flow_id.is_empty() || times.get(one.flow_id.as_str()) != Some(&1) {
            continue;
        }
        let carriers: Vec<&Doubt> = doubts.iter().filter(|doubt| carries(one, doubt)).collect();
        match carriers.as_slice() {
            [] => {}
            [doubt] => match differences(doubt, one) {
                none if none.is_empty() => fitting.entry(doubt.flow).or_default().push(one),
                traits => {
                    let why = Why::Differs(one.flow_id.clone(), traits);
                    decision.unclear.entry(doubt.flow).or_insert(why);
                }
            },
            several => {
                for doubt in several {
                    decision.unclear.insert(doubt.flow, Why::Shared(one.flow_id.clone()));
                }
            }
        }
    }
    for (flow, candidates) in fitting {
        match candidates.as_slice() {
            // That another one carries its data as well is told, and settles nothing.
            [one] if !matches!(decision.unclear.get(&flow), Some(Why::Shared(_))) => {
                decision.unclear.remove(&flow);
                decision.settled.push((flow, one));
            }
            several => {
                let ids = several.iter().map(|one| one.flow_id.clone()).collect();
                decision.unclear.insert(flow, Why::Several(ids));
            }
        }
    }
    decision
}

/// In what they differ; nothing: nothing speaks against it.
pub fn differences(doubt: &Doubt, found: &Found) -> Vec<Trait> {
    let differ = |own: &str, theirs: &str| {
        let (own, theirs) = (own.trim(), theirs.trim());
        !own.is_empty() && !theirs.is_empty() && own != theirs
    };
    let window = doubt.window.map(Window::wide);
    let found_apart = [
        (Trait::Data, !carries(found, doubt)),
        (Trait::Template, differ(doubt.template.as_deref().unwrap_or_default(), &found.template)),
        (Trait::Name, differ(&doubt.name, &found.name)),
        (Trait::Signers, !signers_agree(doubt, &found.mobiles)),
        (
            Trait::Time,
            found.created > 0
                && window.is_some_and(|window| !(window.from..=window.to).contains(&found.created)),
        ),
    ];
    found_apart.into_iter().filter(|(_, differs)| *differs).map(|(of, _)| of).collect()
}

/// Whether every mobile that was sent is among those that were found, as far as both are
/// known. The API may show a mobile in part.
fn signers_agree(doubt: &Doubt, found: &[String]) -> bool {
    if found.is_empty() || found.iter().any(|mobile| mobile.trim().is_empty()) {
        return true;
    }
    let sent = doubt.signers.iter().filter(|signer| !signer.has_open_id && !signer.mobile.is_empty());
    let alike = |own: &str, shown: &str| {
        own.len() == shown.len()
            && own.chars().zip(shown.chars()).all(|(own, shown)| shown == '*' || own == shown)
    };
    sent.into_iter().all(|signer| found.iter().any(|shown| alike(signer.mobile.trim(), shown.trim())))
}

/// Whether what was found carries the contract's data, in either form.
pub fn carries(found: &Found, doubt: &Doubt) -> bool {
    let Some(own) = doubt.data.as_deref().map(bare).filter(|own| !own.is_empty()) else { return false };
    let plain = STANDARD_NO_PAD.decode(own).ok();
    found
        .data
        .iter()
        .map(|data| data.trim())
        .filter(|data| !data.is_empty())
        .any(|data| bare(data) == own || plain.as_deref().is_some_and(|plain| plain == data.as_bytes()))
}

/// Without padding, which not everybody writes.
fn bare(base64: &str) -> &str {
    base64.trim().trim_end_matches('=')
}

/// How it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The API knows of it.
    Found,
    Callback,
    /// Somebody has said under which id.
    Said,
    /// Somebody has said that it was not.
    NotSent,
}

impl How {
    pub fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Callback => "callback",
            Self::Said => "said",
            Self::NotSent => "not_sent",
        }
    }
}

/// Why a line of callbacks says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    NotJson,
    /// It is encrypted, and there is no key.
    NoKey,
    WrongKey,
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::*;

    fn doubt(flow: i64, data: &str) -> Doubt {
        Doubt {
            flow: FlowNo(flow),
            group: 0,
            contract: format!("c{flow}"),
            name: "n".into(),
            template: Some("t".into()),
            signers: vec![Signer { name: "s".into(), mobile: "13800000001".into(), has_open_id: false }],
            data: (!data.is_empty()).then(|| STANDARD.encode(data)),
            window: Some(Window { from: 1_000, to: 1_010 }),
        }
    }

    fn found(id: &str, data: &str) -> Found {
        Found {
            flow_id: id.into(),
            data: vec![STANDARD.encode(data)],
            name: "n".into(),
            template: "t".into(),
            mobiles: vec!["138****0001".into()],
            created: 1_005,
            ..Found::default()
        }
    }

    fn ids(decision: &Decision<'_>) -> Vec<(i64, String)> {
        decision.settled.iter().map(|(flow, found)| (flow.0, found.flow_id.clone())).collect()
    }

    #[test]
    fn a_contract_is_known_again_by_its_own_data() {
        let doubts = [doubt(1, "HT-1"), doubt(2, "HT-2"), doubt(3, "")];
        let flows = [found("f2", "HT-2"), found("f9", "HT-9")];
        assert_eq!(ids(&decide(&doubts, &flows)), [(2, "f2".to_owned())]);
        // Plain, as a callback may have it, and without anything else.
        let plain = Found { flow_id: "f1".into(), data: vec!["HT-1".into()], ..Found::default() };
        assert_eq!(ids(&decide(&doubts, &[plain])), [(1, "f1".to_owned())]);
    }

    #[test]
    fn what_differs_settles_nothing_and_is_told() {
        type Change = fn(&mut Found);
        let change: [(Trait, Change); 5] = [
            (Trait::Template, |one| one.template = "other".into()),
            (Trait::Name, |one| one.name = "other".into()),
            (Trait::Signers, |one| one.mobiles = vec!["13800000002".into()]),
            (Trait::Time, |one| one.created = 699),
            (Trait::Time, |one| one.created = 1_311),
        ];
        for (of, change) in change {
            let mut flow = found("f1", "HT-1");
            change(&mut flow);
            let doubts = [doubt(1, "HT-1")];
            let flows = [flow];
            let decision = decide(&doubts, &flows);
            assert!(decision.settled.is_empty(), "{of:?}");
            assert_eq!(decision.unclear[&FlowNo(1)], Why::Differs("f1".into(), vec![of]));
        }
        // What nobody says speaks against nothing.
        let silent =
            Found { mobiles: vec![String::new()], created: 0, name: String::new(), ..found("f1", "HT-1") };
        assert_eq!(ids(&decide(&[doubt(1, "HT-1")], &[silent])).len(), 1);
        assert_eq!(differences(&doubt(1, "HT-1"), &found("f", "HT-2")), [Trait::Data]);
        let mut verified = doubt(1, "HT-1");
        verified.signers[0].has_open_id = true;
        let other = Found { mobiles: vec!["13900000000".into()], ..found("f1", "HT-1") };
        assert!(differences(&verified, &other).is_empty());
    }

    #[test]
    fn two_for_one_and_one_for_two_settle_nothing() {
        let doubts = [doubt(1, "HT-1")];
        let flows = [found("f1", "HT-1"), found("f2", "HT-1")];
        let decision = decide(&doubts, &flows);
        assert!(decision.settled.is_empty());
        assert_eq!(decision.unclear[&FlowNo(1)], Why::Several(vec!["f1".into(), "f2".into()]));
        let doubts = [doubt(1, "HT-1"), doubt(2, "HT-1")];
        let flows = [found("f1", "HT-1")];
        let decision = decide(&doubts, &flows);
        assert!(decision.settled.is_empty());
        assert_eq!(decision.unclear.len(), 2);
        // Of two the one that fits is it: the other was created at another time.
        let older = Found { created: 5, ..found("f0", "HT-1") };
        assert_eq!(ids(&decide(&[doubt(1, "HT-1")], &[older, found("f1", "HT-1")])), [(1, "f1".to_owned())]);
    }

    /// Id, data, name, signers that fit, time, plain data: nobody has `Debug` but numbers.
    type Sort = (u8, u8, u8, bool, u8, bool);

    fn any_sort() -> impl Strategy<Value = Sort> {
        (0..5_u8, 0..5_u8, 0..2_u8, any::<bool>(), 0..3_u8, any::<bool>())
    }

    fn of_sort((id, data, name, fits, time, plain): Sort) -> Found {
        let mut one = found(&format!("f{id}"), &format!("HT-{data}"));
        if plain {
            one.data = vec![format!("HT-{data}")];
        }
        if name == 1 {
            one.name = "other".into();
        }
        if !fits {
            one.mobiles = vec!["13800000009".into()];
        }
        one.created = [0, 1_005, 9_000][usize::from(time)];
        one
    }

    proptest! {
        /// Whatever the API lists: a contract is settled only by a flow that carries its own
        /// data, never two by one flow, never one that is not in doubt; and what is plain is settled.
        #[test]
        fn only_what_is_certain_is_settled(
            data in prop::collection::vec(0..6_u8, 0..6), sorts in prop::collection::vec(any_sort(), 0..8)
        ) {
            let flows: Vec<Found> = sorts.into_iter().map(of_sort).collect();
            // 5 stands for none.
            let text = |data: &u8| if *data == 5 { String::new() } else { format!("HT-{data}") };
            let doubts: Vec<Doubt> = (0..).zip(&data).map(|(flow, data)| doubt(flow, &text(data))).collect();
            let decision = decide(&doubts, &flows);
            let mut used = std::collections::BTreeSet::new();
            let mut settled = std::collections::BTreeSet::new();
            for (flow, one) in &decision.settled {
                let own = doubts.iter().find(|doubt| doubt.flow == *flow);
                prop_assert!(own.is_some_and(|own| carries(one, own) && differences(own, one).is_empty()));
                prop_assert_eq!(doubts.iter().filter(|doubt| carries(one, doubt)).count(), 1);
                prop_assert!(used.insert(one.flow_id.clone()), "one flow for two contracts");
                prop_assert!(settled.insert(flow.0), "two flows for one contract");
                prop_assert!(!decision.unclear.contains_key(flow));
            }
            for doubt in &doubts {
                let fits: Vec<&Found> = flows.iter()
                    .filter(|one| flows.iter().filter(|own| own.flow_id == one.flow_id).count() == 1)
                    .filter(|one| differences(doubt, one).is_empty())
                    .collect();
                let alone = fits.len() == 1 && doubts.iter().filter(|own| carries(fits[0], own)).count() == 1;
                prop_assert_eq!(settled.contains(&doubt.flow.0), alone);
            }
        }
    }
}

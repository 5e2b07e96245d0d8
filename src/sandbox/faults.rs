//! Faults on demand: how they are written, and which one strikes a request.

use std::str::FromStr;

/// One way to spoil an exchange. The table is in the room's own documentation.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fault {
    ResetBefore,
    ResetAfter,
    /// A gateway's status; `retry_after` in seconds.
    Status {
        status: u16,
        retry_after: Option<u32>,
    },
    Redirect,
    /// An error envelope with this code.
    Code(String),
    Half,
    Garbage,
    Empty,
    /// The answer takes this many seconds.
    Slow {
        seconds: u32,
    },
    Hang,
    /// A success carries `DeprecatedWarning`.
    Deprecated,
    /// Of an action that starts flows: a flow is refused alone, with a sentence that ends
    /// with this word.
    RefuseFlow(String),
    /// The same: the flows are started, and the answer is this error code.
    AfterStart(String),
    /// The same: the arrays of the answer have another form.
    Form(Form),
}

/// Forms of the arrays that `CreateFlowsByTemplates` answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// ErrorMessages has one entry.
    OneMessage,
    /// CustomerData is empty.
    NoData,
    /// CustomerData is one empty text.
    BlankData,
    /// FlowIds leaves out what was refused.
    ShortIds,
    /// Each FlowId ends in a space.
    SpaceId,
    /// Neither FlowIds nor ErrorMessages has an entry.
    NoIds,
}

impl Form {
    const ALL: [(Self, &'static str); 6] = [
        (Self::OneMessage, "one-message"),
        (Self::NoData, "no-data"),
        (Self::BlankData, "blank-data"),
        (Self::ShortIds, "short-ids"),
        (Self::SpaceId, "space-id"),
        (Self::NoIds, "no-ids"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, own)| *own == name).map(|(form, _)| form)
    }

    fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(own, _)| *own == self).map_or("", |(_, name)| name)
    }
}

/// Which requests a fault strikes. Requests are numbered from 1, as their heads come in.
#[derive(Debug, Clone, PartialEq)]
enum When {
    /// This share of them, drawn with the seed.
    Share(f64),
    /// Those from the first number to the last.
    Numbers(u64, u64),
    /// Each one whose number is a multiple.
    Every(u64),
}

/// The faults of a sandbox, read from a specification such as
/// `reset-after=0.05,503:2=0.1,code:MissingParameter=1,revoke-after=30`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Faults {
    rules: Vec<(Fault, When)>,
    revoke_after: Option<u64>,
}

/// What strikes one request.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Strike {
    pub(super) fault: Option<Fault>,
    pub(super) deprecated: bool,
}

/// Why a specification of faults can't be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FaultError {
    #[error("fault `{0}`: write NAME=WHEN, for example 503=0.1")]
    NoWhen(String),
    #[error(
        "fault `{0}` is not known: there are reset-before, reset-after, 500, 502, 503, 504, 307, half, \
         garbage, empty, slow, hang, rate-limit, internal-error, deprecated, refuse, start-error, one-message, \
         no-data, blank-data, short-ids, space-id, no-ids, code:CODE and revoke-after"
    )]
    UnknownName(String),
    #[error("fault `{0}`: WHEN is a share (0.05), 3x (the first three), @5, @5-8 or /10 (every tenth)")]
    BadWhen(String),
}

impl Faults {
    /// These faults and then those of another specification.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.rules.extend(other.rules);
        self.revoke_after = other.revoke_after.or(self.revoke_after);
        self
    }

    /// Whether credentials have been revoked once `authenticated` requests had a right signature.
    pub(super) fn revoked_after(&self, authenticated: u64) -> bool {
        self.revoke_after.is_some_and(|limit| authenticated >= limit)
    }

    /// What strikes the request of this number: the first rule that fits, in the order written.
    pub(super) fn strike(&self, number: u64, seed: u64) -> Strike {
        let mut strike = Strike::default();
        for (salt, (fault, when)) in (1..).zip(&self.rules) {
            if !when.fits(number, uniform(seed, number, salt)) {
                continue;
            }
            match fault {
                Fault::Deprecated => strike.deprecated = true,
                _ if strike.fault.is_none() => strike.fault = Some(fault.clone()),
                _ => {}
            }
        }
        strike
    }
}

impl FromStr for Faults {
    type Err = FaultError;

    /// Specifications are separated by commas or spaces.
    fn from_str(text: &str) -> Result<Self, FaultError> {
        let mut faults = Self::default();
        for spec in text.split([',', ' ']).filter(|spec| !spec.is_empty()) {
            let (name, when) = spec.split_once('=').ok_or_else(|| FaultError::NoWhen(spec.to_owned()))?;
            if name == "revoke-after" {
                let limit = when.parse().map_err(|_| FaultError::BadWhen(spec.to_owned()))?;
                faults.revoke_after = Some(limit);
                continue;
            }
            let fault = Fault::parse(name).ok_or_else(|| FaultError::UnknownName(name.to_owned()))?;
            let when = When::parse(when).ok_or_else(|| FaultError::BadWhen(spec.to_owned()))?;
            faults.rules.push((fault, when));
        }
        Ok(faults)
    }
}

impl Fault {
    /// Reads `NAME` or `NAME:ARGUMENT`; an error code may stand without its `code:`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        let number = argument.map(str::parse::<u32>).transpose().ok();
        let plain = match name {
            "reset-before" => Self::ResetBefore,
            "reset-after" | "reset" => Self::ResetAfter,
            "307" => Self::Redirect,
            "half" => Self::Half,
            "garbage" => Self::Garbage,
            "empty" => Self::Empty,
            "hang" => Self::Hang,
            "deprecated" => Self::Deprecated,
            "refuse" => return Some(Self::RefuseFlow(argument.unwrap_or("its data").to_owned())),
            "start-error" => {
                let code = argument.unwrap_or("InternalError");
                return is_code(code).then(|| Self::AfterStart(code.to_owned()));
            }
            _ if Form::named(name).is_some() => Self::Form(Form::named(name)?),
            "rate-limit" => Self::Code("RequestLimitExceeded".to_owned()),
            "internal-error" => Self::Code("InternalError".to_owned()),
            "500" | "502" | "503" | "504" => {
                return Some(Self::Status { status: name.parse().ok()?, retry_after: number? });
            }
            "slow" => return Some(Self::Slow { seconds: number?.unwrap_or(3) }),
            "code" => return argument.filter(|code| is_code(code)).map(|code| Self::Code(code.to_owned())),
            _ if is_code(text) => Self::Code(text.to_owned()),
            _ => return None,
        };
        argument.is_none().then_some(plain)
    }

    /// The name written into the ledger.
    pub(super) fn name(&self) -> String {
        match self {
            Self::ResetBefore => "reset-before".to_owned(),
            Self::ResetAfter => "reset-after".to_owned(),
            Self::Status { status, .. } => status.to_string(),
            Self::Redirect => "307".to_owned(),
            Self::Code(code) => code.clone(),
            Self::Half => "half".to_owned(),
            Self::Garbage => "garbage".to_owned(),
            Self::Empty => "empty".to_owned(),
            Self::Slow { .. } => "slow".to_owned(),
            Self::Hang => "hang".to_owned(),
            Self::Deprecated => "deprecated".to_owned(),
            Self::RefuseFlow(_) => "refuse".to_owned(),
            Self::AfterStart(_) => "start-error".to_owned(),
            Self::Form(form) => form.name().to_owned(),
        }
    }

    /// Whether the request never reaches the API: the gateway answers, or cuts, in its place.
    pub(super) fn stops_the_request(&self) -> bool {
        match self {
            Self::ResetBefore | Self::Redirect => true,
            Self::Status { status, .. } => *status != 504,
            _ => false,
        }
    }

    /// Whether the API's answer is lost on its way back.
    pub(super) fn loses_the_answer(&self) -> bool {
        match self {
            Self::ResetAfter | Self::Half | Self::Garbage | Self::Empty | Self::Hang => true,
            Self::Status { status, .. } => *status == 504,
            _ => false,
        }
    }

    pub(super) fn is_rate_limit(&self) -> bool {
        matches!(self, Self::Code(code) if code.starts_with("RequestLimitExceeded"))
    }
}

impl When {
    fn parse(text: &str) -> Option<Self> {
        let positive = |text: &str| text.parse::<u64>().ok().filter(|number| *number > 0);
        if let Some(number) = text.strip_prefix('/') {
            return positive(number).map(Self::Every);
        }
        if let Some(count) = text.strip_suffix('x') {
            return positive(count).map(|count| Self::Numbers(1, count));
        }
        if let Some(numbers) = text.strip_prefix('@') {
            let (first, last) = numbers.split_once('-').unwrap_or((numbers, numbers));
            let (first, last) = (positive(first)?, positive(last)?);
            return (first <= last).then_some(Self::Numbers(first, last));
        }
        text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).map(Self::Share)
    }

    fn fits(&self, number: u64, draw: f64) -> bool {
        match self {
            Self::Share(share) => draw < *share,
            Self::Numbers(first, last) => (*first..=*last).contains(&number),
            Self::Every(step) => number.is_multiple_of(*step),
        }
    }
}

/// Codes of the API are words beginning with a capital, joined by dots.
fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.split('.').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A number in [0, 1) that depends on nothing but its arguments, so that what happens to a
/// request does not depend on how requests interleave. The mixing is that of SplitMix64.
pub(super) fn uniform(seed: u64, number: u64, salt: u64) -> f64 {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut word = seed;
    for part in [number, salt] {
        word = word.wrapping_add(part.wrapping_mul(STEP)).wrapping_add(STEP);
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^= word >> 31;
    }
    (word >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Faults {
        text.parse().unwrap()
    }

    fn struck(text: &str, numbers: impl Iterator<Item = u64>) -> Vec<u64> {
        let faults = faults(text);
        numbers.filter(|n| faults.strike(*n, 7).fault.is_some()).collect()
    }

    #[test]
    fn every_name_of_the_table_is_read() {
        let names = "reset-before reset-after reset 500 502 503 504 503:2 307 half garbage empty slow slow:9 \
                     hang rate-limit internal-error deprecated code:OperationDenied InvalidParameter.FlowName";
        for name in names.split_whitespace() {
            assert!(Fault::parse(name).is_some(), "{name}");
        }
        assert_eq!(Fault::parse("503:2"), Some(Fault::Status { status: 503, retry_after: Some(2) }));
        assert_eq!(Fault::parse("slow"), Some(Fault::Slow { seconds: 3 }));
    }

    #[test]
    fn what_is_not_in_the_table_is_an_error() {
        for name in ["", "501", "503:soon", "hang:3", "code:", "code:lower", "slow:", "Code.", "reset_after"]
        {
            assert_eq!(Fault::parse(name), None, "{name}");
        }
        assert!(matches!("503".parse::<Faults>(), Err(FaultError::NoWhen(_))));
        assert!(matches!("5O3=1".parse::<Faults>(), Err(FaultError::UnknownName(_))));
        for when in ["", "1.1", "-1", "0x", "@0", "@8-5", "/0", "NaN", "inf"] {
            assert!(matches!(format!("503={when}").parse::<Faults>(), Err(FaultError::BadWhen(_))), "{when}");
        }
        assert!(matches!("revoke-after=0.5".parse::<Faults>(), Err(FaultError::BadWhen(_))));
    }

    #[test]
    fn schedules_strike_by_number() {
        assert_eq!(struck("hang=3x", 1..10), [1, 2, 3]);
        assert_eq!(struck("hang=@5", 1..10), [5]);
        assert_eq!(struck("hang=@5-7", 1..10), [5, 6, 7]);
        assert_eq!(struck("hang=/4", 1..10), [4, 8]);
        assert_eq!(struck("hang=1", 1..4), [1, 2, 3]);
        assert!(struck("hang=0", 1..1000).is_empty());
    }

    #[test]
    fn shares_follow_the_seed() {
        let faults = faults("503=0.1");
        let strikes = |seed| (1..=10_000).filter(move |n| faults.strike(*n, seed).fault.is_some());
        let first: Vec<u64> = strikes.clone()(1).collect();
        assert!((900..1100).contains(&first.len()), "{}", first.len());
        assert_eq!(first, strikes.clone()(1).collect::<Vec<_>>());
        assert_ne!(first, strikes(2).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_rule_that_fits_wins_and_deprecation_adds_itself() {
        let strike = faults("deprecated=1 500=@1 502=1").strike(1, 0);
        assert_eq!(strike.fault, Some(Fault::Status { status: 500, retry_after: None }));
        assert!(strike.deprecated);
        assert_eq!(faults("500=@1,502=1").strike(2, 0).fault.unwrap().name(), "502");
    }

    #[test]
    fn two_specifications_are_joined() {
        let both = faults("500=@1,revoke-after=30").and(faults("502=1"));
        assert_eq!(both, faults("500=@1 502=1 revoke-after=30"));
        assert!(!both.revoked_after(29) && both.revoked_after(30));
    }
}

//! An error code -> what is to be done. One table, from the API's reference;
//! the longest code that matches decides. Pure.

use crate::domain::verdict::Verdict;

use Verdict::{Caller, Data, Either, Server, Smaller, Throttled, Unclear};

/// A code that ends in `.` stands for every code below it that is not listed.
#[rustfmt::skip]
pub const CODES: &[(&str, Verdict)] = &[
    // Listed for PrepareFlows
    ("FailedOperation", Unclear),
    ("InternalError", Server),
    ("InternalError.Api", Server),
    ("InternalError.Db", Server),
    ("InternalError.System", Server),
    ("InternalError.", Server),
    ("InvalidParameter", Either),
    ("InvalidParameter.ParamError", Either),
    ("InvalidParameter.DataNotFound", Either),
    ("InvalidParameter.FlowDeadLine", Data),
    ("InvalidParameter.FlowName", Data),
    ("InvalidParameter.Name", Data),
    ("LimitExceeded.FlowInfos", Smaller),
    ("MissingParameter", Either),
    ("OperationDenied", Either),
    ("ResourceNotFound.Application", Caller),
    ("ResourceNotFound.Organization", Caller),
    ("ResourceNotFound.Template", Data),
    ("UnauthorizedOperation.NoPermissionFeature", Caller),

    // Common to the platform
    ("AuthFailure", Caller),
    ("AuthFailure.SecretIdNotFound", Caller),
    ("AuthFailure.SignatureFailure", Caller),
    ("AuthFailure.SignatureExpire", Caller),
    ("AuthFailure.TokenFailure", Caller),
    ("AuthFailure.InvalidSecretId", Caller),
    ("AuthFailure.UnauthorizedOperation", Caller),
    ("AuthFailure.InvalidAuthorization", Caller),
    ("AuthFailure.MFAFailure", Caller),
    ("AuthFailure.", Caller),
    ("RequestLimitExceeded", Throttled),
    ("RequestLimitExceeded.UinLimitExceeded", Throttled),
    ("RequestLimitExceeded.IPLimitExceeded", Throttled),
    ("RequestLimitExceeded.GlobalRegionUinLimitExceeded", Throttled),
    ("RequestLimitExceeded.", Throttled),
    ("RequestSizeLimitExceeded", Smaller),
    ("ResponseSizeLimitExceeded", Smaller),
    ("UnsupportedProtocol", Caller),
    ("UnsupportedRegion", Caller),
    ("InvalidAction", Caller),
    ("NoSuchVersion", Caller),
    ("NoSuchProduct", Caller),
    ("ActionOffline", Caller),
    ("UnknownParameter", Either),
    ("InvalidParameterValue", Either),
    ("InvalidParameterValue.", Either),
    ("LimitExceeded", Either),
    ("ResourceInUse", Either),
    ("ResourceInsufficient", Either),
    ("ResourceUnavailable", Either),
    ("ServiceUnavailable", Server),
    ("DryRunOperation", Caller),
    ("ResourceNotFound", Either),
    ("UnauthorizedOperation", Caller),
    ("UnauthorizedOperation.", Caller),
    ("UnsupportedOperation", Either),
    ("InvalidRequest", Either),
    ("IpInBlacklist", Caller),
    ("IpNotInWhitelist", Caller),

    // Of this service, belonging to a flow
    ("InvalidParameter.Mobile", Data),
    ("InvalidParameter.NonsupportMobile", Data),
    ("InvalidParameter.CardNumber", Data),
    ("InvalidParameter.CardType", Data),
    ("InvalidParameter.OpenId", Data),
    ("InvalidParameter.OrganizationName", Data),
    ("InvalidParameter.FlowApprovers", Data),
    ("InvalidParameter.FlowApproverInfos", Data),
    ("InvalidParameter.FlowDescription", Data),
    ("InvalidParameter.FlowType", Data),
    ("InvalidParameter.FlowCallbackUrl", Data),
    ("InvalidParameter.CustomerData", Data),
    ("InvalidParameter.CustomShowMap", Data),
    ("InvalidParameter.ComponentValue", Data),
    ("InvalidParameter.BizApproverAlreadyExists", Data),
    ("InvalidParameter.Sensitive", Data),
    ("InvalidParameter.ApproverType", Data),
    ("InvalidParameter.", Data),
    ("OperationDenied.ApproverRepeat", Data),
    ("OperationDenied.CcUserRepeat", Data),
    ("OperationDenied.Sensitive", Data),
    ("OperationDenied.InvalidApproverAge", Data),
    ("OperationDenied.RequiredComponentNotFill", Data),
    ("OperationDenied.NoApproverMobileCheckPermission", Data),
    ("OperationDenied.OverseaAbilityNotOpen", Data),
    ("ResourceNotFound.FlowApprovers", Data),
    ("FailedOperation.AgeNotAchieveNormalLegal", Data),

    // Of this service, belonging to the caller
    ("InvalidParameter.Application", Caller),
    ("InvalidParameter.OperatorId", Caller),
    ("OperationDenied.NoApiAuth", Caller),
    ("OperationDenied.BannedApplication", Caller),
    ("OperationDenied.OrganizationClosing", Caller),
    ("OperationDenied.OperatorHasNoPermission", Caller),
    ("OperationDenied.NoQuota", Caller),
    ("OperationDenied.NoIdentityVerify", Caller),
    ("OperationDenied.UserNotInOrganization", Caller),
    ("LimitExceeded.CreateFlowNum", Caller),
    ("LimitExceeded.CallTimes", Caller),
    ("FailedOperation.FlowNumExceed", Caller),
    ("FailedOperation.LicenseNoQuota", Caller),
    ("FailedOperation.OrganizationExperienceChange", Caller),
    ("FailedOperation.OrganizationNameChanged", Caller),
    ("FailedOperation.OrganizationNameNeedChange", Caller),
    ("ResourceNotFound.NotExistApplication", Caller),
    ("ResourceNotFound.User", Either),
];

/// What a code means, and whether it is documented. A code that nobody has
/// told us of may be either side's fault, so it is treated with that care.
pub fn judge_code(code: &str) -> (Verdict, bool) {
    if let Some((_, verdict)) = CODES.iter().find(|(known, _)| *known == code) {
        return (*verdict, true);
    }
    let families = CODES.iter().filter(|(known, _)| {
        let family = known.strip_suffix('.').unwrap_or(known);
        code.strip_prefix(family).is_some_and(|rest| rest.starts_with('.'))
    });
    // `InvalidParameter.` before `InvalidParameter`: the longer text wins.
    families.max_by_key(|(known, _)| known.len()).map_or((Either, false), |(_, verdict)| (*verdict, false))
}

/// A status that is not the API's own answer.
pub fn judge_status(status: u16) -> Verdict {
    match status {
        429 => Throttled,
        413 => Smaller,
        408 | 425 | 500..=599 => Server,
        // A redirect, a portal's page, a proxy that wants a password: nothing
        // that another attempt or another row would change.
        _ => Caller,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_code_decides() {
        for (code, verdict, known) in [
            ("InvalidParameter", Either, true),
            ("InvalidParameter.FlowName", Data, true),
            ("InvalidParameter.Application", Caller, true),
            ("InvalidParameter.SomethingNew", Data, false),
            ("OperationDenied.SomethingNew", Either, false),
            ("UnauthorizedOperation.SomethingNew", Caller, false),
            ("RequestLimitExceeded.SomethingNew", Throttled, false),
            ("FailedOperation.SomethingNew", Unclear, false),
            ("Nonsense", Either, false),
            ("InvalidParameterless", Either, false),
        ] {
            assert_eq!(judge_code(code), (verdict, known), "{code}");
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let mut codes: Vec<_> = CODES.iter().map(|(code, _)| code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), CODES.len());
    }
}

//! The API's error codes, and ours for the network, in words.

use super::{Lang, Words};

/// What a code means to the person who sent the contracts, and what to do.
pub fn explain(lang: Lang, code: &str) -> Words {
    let (zh, en) = find(code);
    let (what, todo) = lang_pair(lang, zh, en);
    Words::new(what, todo)
}

type Pair = (&'static str, &'static str);

fn lang_pair(lang: Lang, zh: Pair, en: Pair) -> Pair {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn find(code: &str) -> (Pair, Pair) {
    let exact = TABLE.iter().find(|(known, ..)| *known == code);
    let family = || {
        TABLE
            .iter()
            .filter(|(known, ..)| code.strip_prefix(known).is_some_and(|rest| rest.starts_with('.')))
            .max_by_key(|(known, ..)| known.len())
    };
    exact.or_else(family).map_or(
        (
            ("接口返回了没有见过的错误码", "请把错误码和 RequestId 告诉腾讯电子签的客服"),
            (
                "the API gave a code that is not documented",
                "Give the code and the RequestId to the API's support",
            ),
        ),
        |(_, zh, en)| (*zh, *en),
    )
}

#[rustfmt::skip]
const TABLE: &[(&str, Pair, Pair)] = &[
    ("FailedOperation", ("操作失败", "请稍后用“flowbatch retry”再试；仍失败请联系客服"), ("the operation failed", "Try again later; if it stays so, ask support")),
    ("FailedOperation.FlowNumExceed", ("合同份额已用完", "请购买合同份额后再运行"), ("the contract quota is used up", "Buy more, then run again")),
    ("FailedOperation.LicenseNoQuota", ("许可份额已用完", "请购买后再运行"), ("the licence's quota is used up", "Buy more, then run again")),
    ("FailedOperation.AgeNotAchieveNormalLegal", ("签署方未到法定年龄", "请更换签署方"), ("an approver is under age", "Choose another approver")),
    ("InternalError", ("腾讯电子签内部错误", "稍后再运行即可继续"), ("an internal error of the API", "Run again later to go on")),
    ("ServiceUnavailable", ("腾讯电子签暂时不可用", "稍后再运行即可继续"), ("the API is unavailable for now", "Run again later to go on")),
    ("InvalidParameter", ("有参数不合要求", "请核对这份合同的各个字段"), ("a parameter is not accepted", "Check the fields of this contract")),
    ("InvalidParameter.DataNotFound", ("引用的数据不存在", "请核对模板ID、OpenId 等编号"), ("something that is referred to does not exist", "Check template id, OpenIds and other ids")),
    ("InvalidParameter.FlowDeadLine", ("签署截止时间不被接受", "请改成将来一年内的时间"), ("the deadline is not accepted", "Give a time within the next year")),
    ("InvalidParameter.FlowName", ("合同名称不被接受", "请只用中文、字母、数字和下划线"), ("the contract's name is not accepted", "Use Chinese, letters, digits and underscore")),
    ("InvalidParameter.Name", ("签署方姓名不被接受", "请填写真实姓名"), ("an approver's name is not accepted", "Give the real name")),
    ("InvalidParameter.Mobile", ("手机号不被接受", "请核对手机号"), ("a mobile is not accepted", "Check the number")),
    ("InvalidParameter.NonsupportMobile", ("不支持这个手机号", "请换一个大陆手机号"), ("this mobile is not supported", "Use another mainland number")),
    ("InvalidParameter.CardNumber", ("证件号码不被接受", "请对照证件核对"), ("an ID number is not accepted", "Compare it with the card")),
    ("InvalidParameter.CardType", ("证件类型不被接受", "请核对证件类型"), ("an ID card type is not accepted", "Check the type")),
    ("InvalidParameter.OpenId", ("OpenId 不被接受", "请核对 OpenId"), ("an OpenId is not accepted", "Check the OpenId")),
    ("InvalidParameter.OrganizationName", ("企业名称不被接受", "请填写营业执照上的全称"), ("a company's name is not accepted", "Give the registered name")),
    ("InvalidParameter.FlowApprovers", ("签署方不符合模板的要求", "请核对签署方的个数、顺序和类型"), ("the approvers do not fit the template", "Check their number, order and types")),
    ("InvalidParameter.FlowApproverInfos", ("签署方信息不符合要求", "请核对签署方"), ("the approvers are not accepted", "Check the approvers")),
    ("InvalidParameter.FlowDescription", ("合同描述不被接受", "请缩短或修改描述"), ("the description is not accepted", "Shorten or change it")),
    ("InvalidParameter.FlowType", ("合同类型不被接受", "请只用中文、字母、数字和下划线"), ("the contract type is not accepted", "Use Chinese, letters, digits and underscore")),
    ("InvalidParameter.CustomerData", ("业务信息不被接受", "请缩短业务信息"), ("customer_data is not accepted", "Shorten it")),
    ("InvalidParameter.CustomShowMap", ("列表展示内容不被接受", "请核对其中的占位符"), ("custom_show_map is not accepted", "Check its placeholders")),
    ("InvalidParameter.ComponentValue", ("填写控件的内容不被接受", "请核对“填写:”各列"), ("a form field's value is not accepted", "Check the field: columns")),
    ("InvalidParameter.BizApproverAlreadyExists", ("签署方重复", "请去掉重复的签署方"), ("an approver is there twice", "Remove one of them")),
    ("InvalidParameter.Sensitive", ("内容含敏感词", "请修改内容"), ("there are words that are not allowed", "Change the text")),
    ("InvalidParameter.ApproverType", ("签署方类型不被接受", "请核对签署方类型"), ("an approver's type is not accepted", "Check the types")),
    ("InvalidParameter.Application", ("应用号不被接受", "请核对 config.toml 里的 app_id"), ("the application id is not accepted", "Check app_id in config.toml")),
    ("InvalidParameter.OperatorId", ("经办人不被接受", "请核对 operator_open_id"), ("the operator is not accepted", "Check operator_open_id")),
    ("InvalidParameterValue", ("有参数的值不对", "请核对这份合同的各个字段"), ("a parameter's value is wrong", "Check the fields of this contract")),
    ("LimitExceeded", ("超过限制", "请核对数量限制"), ("a limit is exceeded", "Check the numbers")),
    ("LimitExceeded.FlowInfos", ("一次请求的合同太多", "请用 --per-page 改小"), ("too many contracts in one request", "Use a smaller --per-page")),
    ("LimitExceeded.CreateFlowNum", ("合同发起数量超过限制", "请购买合同份额后再运行"), ("the number of contracts is used up", "Buy more, then run again")),
    ("LimitExceeded.CallTimes", ("接口调用次数超过限制", "请联系客服提高限额后再运行"), ("the number of calls is used up", "Ask support for more, then run again")),
    ("MissingParameter", ("缺少必填参数", "请核对这份合同，必填项是否都填了"), ("a required parameter is missing", "Check that everything required is filled in")),
    ("UnknownParameter", ("有接口不认识的参数", "请核对 JSON 列"), ("there is a parameter that the API does not know", "Check the JSON columns")),
    ("OperationDenied", ("操作被拒绝", "请核对这份合同和账号权限"), ("the operation is denied", "Check the contract and the account's rights")),
    ("OperationDenied.ApproverRepeat", ("签署方重复", "请去掉重复的签署方"), ("an approver is there twice", "Remove one of them")),
    ("OperationDenied.CcUserRepeat", ("抄送人重复", "请去掉重复的抄送人"), ("a cc is there twice", "Remove one of them")),
    ("OperationDenied.Sensitive", ("内容含敏感词", "请修改内容"), ("there are words that are not allowed", "Change the text")),
    ("OperationDenied.InvalidApproverAge", ("签署方年龄不符", "请更换签署方"), ("an approver's age is not accepted", "Choose another approver")),
    ("OperationDenied.RequiredComponentNotFill", ("模板的必填控件没有填", "请补上“填写:”列"), ("a required form field is not filled", "Add the field: column")),
    ("OperationDenied.NoApproverMobileCheckPermission", ("没有手机号校验权限", "请去掉手机号认证方式，或联系客服开通"), ("no right to check mobiles", "Remove that verification, or ask support")),
    ("OperationDenied.OverseaAbilityNotOpen", ("没有开通境外签署", "请联系客服开通"), ("signing from abroad is not enabled", "Ask support to enable it")),
    ("OperationDenied.NoApiAuth", ("应用没有接口权限", "请联系客服开通后再运行"), ("the application may not call this API", "Ask support, then run again")),
    ("OperationDenied.BannedApplication", ("应用被封禁", "请联系客服"), ("the application is banned", "Ask support")),
    ("OperationDenied.OrganizationClosing", ("企业正在注销", "请联系客服"), ("the organisation is being closed", "Ask support")),
    ("OperationDenied.OperatorHasNoPermission", ("经办人没有权限", "请给经办人授权，或换一个经办人"), ("the operator has no permission", "Grant it, or use another operator")),
    ("OperationDenied.NoQuota", ("合同份额已用完", "请购买后再运行"), ("the contract quota is used up", "Buy more, then run again")),
    ("OperationDenied.NoIdentityVerify", ("经办人没有实名", "请先完成实名"), ("the operator's identity is not verified", "Verify it first")),
    ("OperationDenied.UserNotInOrganization", ("经办人不在企业中", "请先让经办人加入企业"), ("the operator is not a member of the organisation", "Let him join first")),
    ("ResourceNotFound", ("引用的数据不存在", "请核对各个编号"), ("something that is referred to does not exist", "Check the ids")),
    ("ResourceNotFound.Application", ("应用不存在", "请核对 config.toml 里的 app_id"), ("the application does not exist", "Check app_id in config.toml")),
    ("ResourceNotFound.NotExistApplication", ("应用不存在", "请核对 config.toml 里的 app_id"), ("the application does not exist", "Check app_id in config.toml")),
    ("ResourceNotFound.Organization", ("企业不存在", "请核对 config.toml 里的 organization_open_id"), ("the organisation does not exist", "Check organization_open_id in config.toml")),
    ("ResourceNotFound.Template", ("模板不存在", "请核对模板ID"), ("the template does not exist", "Check the template id")),
    ("ResourceNotFound.FlowApprovers", ("签署方不存在", "请核对签署方的 OpenId"), ("an approver does not exist", "Check the approvers' OpenIds")),
    ("ResourceUnavailable", ("资源不可用", "请稍后再试或联系客服"), ("something is unavailable", "Try later, or ask support")),
    ("ResourceInUse", ("资源正被占用", "请稍后再试"), ("something is in use", "Try again later")),
    ("ResourceInsufficient", ("资源不足", "请联系客服"), ("there is not enough of something", "Ask support")),
    ("UnauthorizedOperation", ("账号没有这个接口的权限", "请联系管理员授权后再运行"), ("the account has no right to do this", "Have it granted, then run again")),
    ("UnauthorizedOperation.NoPermissionFeature", ("当前套餐不含这个功能", "请升级套餐后再运行"), ("the plan does not include this feature", "Upgrade it, then run again")),
    ("UnsupportedOperation", ("不支持的操作", "请联系客服"), ("the operation is not supported", "Ask support")),
    ("InvalidRequest", ("请求不合格式", "请联系客服"), ("the request is not well-formed", "Ask support")),
    ("IpInBlacklist", ("本机 IP 在黑名单中", "请联系管理员"), ("this machine's IP is on a black list", "Ask your administrator")),
    ("IpNotInWhitelist", ("本机 IP 不在白名单中", "请把本机 IP 加入白名单"), ("this machine's IP is not on the white list", "Add it there")),
    ("AuthFailure", ("密钥验证失败", "请核对 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY"), ("the credentials are not accepted", "Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY")),
    ("AuthFailure.SecretIdNotFound", ("密钥不存在或已停用", "请核对 TENCENTCLOUD_SECRET_ID"), ("the SecretId does not exist or is disabled", "Check TENCENTCLOUD_SECRET_ID")),
    ("AuthFailure.SignatureFailure", ("签名不对，多半是 SecretKey 不对", "请核对 TENCENTCLOUD_SECRET_KEY"), ("the signature is wrong: most likely the SecretKey is", "Check TENCENTCLOUD_SECRET_KEY")),
    ("AuthFailure.SignatureExpire", ("签名过期：本机时钟与标准时间相差超过 5 分钟", "请校准本机时间后再运行"), ("the signature has expired: this machine's clock is off by more than 5 minutes", "Set the clock, then run again")),
    ("AuthFailure.TokenFailure", ("临时密钥的 Token 不对或已过期", "请更新 TENCENTCLOUD_TOKEN"), ("the token of the temporary credentials is wrong or has expired", "Renew TENCENTCLOUD_TOKEN")),
    ("AuthFailure.MFAFailure", ("需要 MFA 验证", "请换用没有 MFA 要求的子账号密钥"), ("MFA is required", "Use a key without it")),
    ("RequestLimitExceeded", ("请求太频繁", "程序会自动减速，不用处理"), ("too many requests", "The program slows down by itself")),
    ("RequestSizeLimitExceeded", ("请求太大", "请用 --per-page 改小"), ("the request is too large", "Use a smaller --per-page")),
    ("ResponseSizeLimitExceeded", ("返回太大", "请用 --per-page 改小"), ("the answer is too large", "Use a smaller --per-page")),
    ("UnsupportedProtocol", ("不支持的协议", "请核对 endpoint"), ("the protocol is not supported", "Check the endpoint")),
    ("UnsupportedRegion", ("不支持的地域", "请核对 region，通常留空"), ("the region is not supported", "Check region; usually it is left empty")),
    ("InvalidAction", ("接口不存在", "请核对 endpoint"), ("there is no such action", "Check the endpoint")),
    ("ActionOffline", ("接口已下线", "PrepareFlows 已停止服务，最接近的是 CreateFlowsByTemplates，请联系客服"), ("the action was switched off", "PrepareFlows has ended; the nearest is CreateFlowsByTemplates: ask support")),
    ("NoSuchVersion", ("接口版本不存在", "请核对 endpoint"), ("there is no such version", "Check the endpoint")),
    ("NoSuchProduct", ("产品不存在", "请核对 endpoint"), ("there is no such product", "Check the endpoint")),
    ("DryRunOperation", ("这是一次空跑", "请去掉 DryRun"), ("this was a dry run", "Switch DryRun off")),
    ("network.connect", ("连不上服务器", "请检查网络、代理和 endpoint，然后再运行即可继续"), ("the server cannot be reached", "Check network, proxy and endpoint, then run again to go on")),
    ("network.certificate", ("服务器的证书不被信任", "多半是公司的代理换了证书：请让 IT 把公司的根证书装进本机，或换一个网络"), ("the server's certificate is not trusted", "Most likely your company's proxy has put in its own: have its root certificate installed on this machine, or use another network")),
    ("network.timeout", ("服务器没有在时限内回答", "请检查网络，再运行即可继续"), ("no answer came in time", "Check the network, then run again to go on")),
    ("network.broken", ("连接中断", "请检查网络，再运行即可继续"), ("the connection broke", "Check the network, then run again to go on")),
    ("answer.unreadable", ("服务器的回答看不懂", "再运行即可继续；总是这样请检查代理和 endpoint"), ("the answer cannot be read", "Run again to go on; if it stays so, check proxy and endpoint")),
    ("answer.no_url", ("服务器没有返回确认链接", "再运行即可继续"), ("the answer has no ConfirmUrl", "Run again to go on")),
    ("key.taken", ("这个合同编号已经由另一个任务用于内容不同的合同", "要再发一份请换一个编号；或运行修改表并加 --allow-duplicates"), ("another job has used this contract_id for a contract with other contents", "Give it another id, or run the fix workbook with --allow-duplicates")),
    ("withdrawn", ("按要求停止，这次没有发出", "再运行即可继续"), ("stopped as asked before it was sent", "Run again to go on")),
    ("crash", ("上次运行中断，不知道这次请求的结果", "再运行即可继续"), ("the last run was cut off, so the outcome is unknown", "Run again to go on")),
    ("http", ("网关返回了错误", "请检查网络、代理和 endpoint"), ("a gateway answered with an error", "Check network, proxy and endpoint")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_code_has_words() {
        for (code, _) in crate::essbasic::verdict::CODES {
            let code = code.trim_end_matches('.');
            let words = explain(Lang::Zh, code);
            assert!(!words.what.contains("没有见过"), "{code}");
        }
    }

    #[test]
    fn a_family_speaks_for_its_members() {
        assert!(explain(Lang::En, "http.502").what.contains("gateway"));
        assert!(explain(Lang::En, "Nonsense").what.contains("not documented"));
    }
}

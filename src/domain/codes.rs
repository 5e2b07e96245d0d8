//! Every error code: what is to be done about it, which part of the sender it
//! is about, and what it means to the person who sends. One table, from the
//! official list of the service and the platform's common codes. Pure.

use crate::domain::verdict::Verdict;

use About::{Agent, Application, Operator, Organization, Template};
use Verdict::{Caller, Data, Either, Gateway, Server, Smaller, Throttled, Unclear};

/// What a code finds fault with, as far as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Application,
    Organization,
    Operator,
    /// Some of the Agent together, or what it has left: quota, identity.
    Agent,
    Template,
}

/// Two short sentences without a full stop: what is wrong, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub what: &'static str,
    pub todo: &'static str,
}

#[derive(Debug)]
pub struct Code {
    pub name: &'static str,
    pub verdict: Verdict,
    pub about: Option<About>,
    pub zh: Meaning,
    pub en: Meaning,
}

/// Our code for a contract that the API has refused with a sentence and no code.
pub const REFUSED: &str = "answer.refused";

/// The entry of a code, or that of the nearest family: `AuthFailure` speaks
/// for every `AuthFailure.*` that is not listed.
pub fn find(code: &str) -> Option<&'static Code> {
    let mut name = code;
    loop {
        if let Some(found) = CODES.iter().find(|known| known.name == name) {
            return Some(found);
        }
        name = name.rsplit_once('.')?.0;
    }
}

/// What a code means, and whether it is documented. A code that nobody has
/// told us of may be either side's fault, so it is treated with that care.
pub fn judge_code(code: &str) -> (Verdict, bool) {
    find(code).map_or((Either, false), |known| (known.verdict, known.name == code))
}

/// Whether the API says so of credentials that have been renewed elsewhere.
pub fn is_of_old_keys(code: &str) -> bool {
    ["AuthFailure.TokenFailure", "AuthFailure.SecretIdNotFound", "AuthFailure.InvalidSecretId"]
        .contains(&code)
}

/// A status that is not the API's own answer.
pub fn judge_status(status: u16) -> Verdict {
    match status {
        429 => Throttled,
        413 => Smaller,
        408 | 425 | 500 | 502..=599 => Server,
        // What a firewall says to a text that it does not like, or to everyone.
        400 | 403 | 406 | 451 => Gateway,
        // A redirect, a portal's page, a proxy that wants a password: nothing
        // that another attempt or another row would change.
        _ => Caller,
    }
}

/// Of an action that is withdrawn, in Chinese and in English: nobody has
/// written down which code says so.
pub const ACTION_GONE: (Meaning, Meaning) = (meaning(GONE_ZH), meaning(GONE_EN));

type Pair = (&'static str, &'static str);

#[rustfmt::skip]
const GONE_ZH: Pair = ("这个账号可能不能（或不能再）用这个接口", "PrepareFlows 已过公布的下线日期：请在 config.toml 里写 action = \"CreateFlowsByTemplates\"（直接发起，先加 --first 3 试发）；已经在用它的请联系腾讯电子签客服");
#[rustfmt::skip]
const GONE_EN: Pair = ("this action may be gone for this account, or was never there", "PrepareFlows is past its announced end: set action = \"CreateFlowsByTemplates\" in config.toml (it starts contracts at once: try --first 3 first); if that is the one in use, ask the API's support");

const fn meaning((what, todo): Pair) -> Meaning {
    Meaning { what, todo }
}

const fn of(name: &'static str, verdict: Verdict, zh: Pair, en: Pair) -> Code {
    Code { name, verdict, about: None, zh: meaning(zh), en: meaning(en) }
}

const fn about(name: &'static str, verdict: Verdict, about: About, zh: Pair, en: Pair) -> Code {
    Code { about: Some(about), ..of(name, verdict, zh, en) }
}

/// An error of theirs that passes.
const fn theirs(name: &'static str, zh: &'static str, en: &'static str) -> Code {
    of(name, Server, (zh, "稍后再运行即可继续"), (en, "Run again later to go on"))
}

/// What belongs to other actions: whose fault it is here cannot be known.
const fn rare(name: &'static str, zh: &'static str, en: &'static str) -> Code {
    let zh = (zh, "批量发合同很少遇到，请把错误码和 RequestId 告诉腾讯电子签客服");
    let en = (en, "This is unusual when sending contracts: give the code and the RequestId to support");
    of(name, Either, zh, en)
}

/// Data: plainly one contract's own. Caller: plainly the sender's. Whatever may
/// be either's is Either: no row is blamed for what may be the caller's.
#[rustfmt::skip]
pub const CODES: &[Code] = &[
    // The operation failed: only the API's own sentence tells why
    of("FailedOperation", Unclear, ("操作失败", "请稍后用“flowbatch retry”再试；仍失败请联系客服"), ("the operation failed", "Try again later; if it stays so, ask support")),
    of("FailedOperation.AgeNotAchieveNormalLegal", Data, ("签署方未到法定年龄", "请更换签署方"), ("an approver is under age", "Choose another approver")),
    of("FailedOperation.AuthFail", Caller, ("权限验证没有通过", "请核对密钥、app_id、organization_open_id 和 operator_open_id 是否属于同一个应用，再运行即可继续"), ("the rights of the sender are not accepted", "Check that the key, app_id, organization_open_id and operator_open_id belong together, then run again to go on")),
    about("FailedOperation.NoRoleAuth", Caller, Agent, ("经办人没有所需的角色，或没有这家企业的数据", "请在电子签控制台给经办人分配角色，并核对 organization_open_id 和 operator_open_id"), ("the operator lacks the role for this, or the company's data is not there", "Give the operator the role, and check organization_open_id and operator_open_id")),
    about("FailedOperation.ErrNotSyncProxyOrganization", Caller, Agent, ("企业信息还没有同步到电子签", "请先同步企业名称、统一社会信用代码和法人姓名，再运行即可继续"), ("the company's details have not been passed on to the API yet", "Have its name, credit code and legal representative passed on first, then run again to go on")),
    about("FailedOperation.FlowNumExceed", Caller, Agent, ("合同份额已用完", "请购买合同份额后再运行"), ("the contract quota is used up", "Buy more, then run again")),
    about("FailedOperation.LicenseNoQuota", Caller, Agent, ("“授权签”的许可份额已用完", "请购买后再运行"), ("the licence's quota is used up", "Buy more, then run again")),
    about("FailedOperation.OrganizationExperienceChange", Caller, Agent, ("发起企业的经营状态与工商登记不一致", "请先在电子签里更新企业信息，再运行即可继续"), ("the sending company's business status differs from the public register", "Update the company's details with the API first, then run again to go on")),
    about("FailedOperation.OrganizationNameChanged", Caller, Agent, ("发起企业的名称与工商登记不一致", "请先在电子签里更新企业名称，再运行即可继续"), ("the sending company's name differs from the public register", "Update its name with the API first, then run again to go on")),
    about("FailedOperation.OrganizationNameNeedChange", Caller, Agent, ("发起企业的名称与工商登记不一致", "请超级管理员或法人先在电子签里更新企业名称，再运行即可继续"), ("the sending company's name differs from the public register", "Have its super administrator or legal representative update it, then run again to go on")),
    rare("FailedOperation.ExistSameSealName", "已有同名的印章", "there is a seal of that name already"),
    rare("FailedOperation.HasAuthorized", "已经授权过了", "it has been authorised already"),
    rare("FailedOperation.NotAvailableSignReview", "合同现在的状态不能做签署审批", "the contract cannot be reviewed in its present state"),
    rare("FailedOperation.OrganizationNotChange", "企业信息没有变化", "the company's details have not changed"),
    of("FailedOperation.QrCodeCreatorSignComponents", Either, ("模板里有要发起方填写的控件", "请改用没有发起方填写控件的模板，或联系客服"), ("the template has fields that the sender is to fill in", "Use a template without them, or ask support")),
    of("FailedOperation.QrCodeSignUsers", Either, ("模板里没有签署人", "请在电子签控制台核对模板"), ("the template has no signer", "Check the template in the console")),
    of("FailedOperation.QrCodeTemplateId", Either, ("模板信息有误", "请核对模板ID"), ("the template is not accepted", "Check the template id")),
    rare("FailedOperation.StaffAlreadyVerify", "员工已经实名", "the employee's identity is verified already"),
    rare("FailedOperation.UserAutoSignEnableAlready", "用户已开通授权签，不能撤销", "the person has enabled automatic signing already"),
    rare("FailedOperation.UserAutoSignEnableUrlNotExist", "用户没有授权签的开通链接", "there is no link for the person to enable automatic signing"),

    // Their side
    theirs("InternalError", "腾讯电子签内部错误", "an internal error of the API"),
    theirs("InternalError.Api", "腾讯电子签内部错误（接口）", "an internal error of the API (another service)"),
    theirs("InternalError.Db", "腾讯电子签内部错误（数据库）", "an internal error of the API (its database)"),
    theirs("InternalError.DbConnection", "腾讯电子签内部错误（连不上数据库）", "an internal error of the API (its database cannot be reached)"),
    theirs("InternalError.DbInsert", "腾讯电子签内部错误（数据库新增失败）", "an internal error of the API (its database cannot add)"),
    theirs("InternalError.DbRead", "腾讯电子签内部错误（数据库读取失败）", "an internal error of the API (its database cannot read)"),
    theirs("InternalError.DbUpdate", "腾讯电子签内部错误（数据库更新失败）", "an internal error of the API (its database cannot change)"),
    theirs("InternalError.Decryption", "腾讯电子签内部错误（解密）", "an internal error of the API (decryption)"),
    theirs("InternalError.DependsApi", "腾讯电子签内部错误（所依赖的服务）", "an internal error of the API (a service that it depends on)"),
    theirs("InternalError.DependsDb", "腾讯电子签内部错误（所依赖的数据库）", "an internal error of the API (a database that it depends on)"),
    theirs("InternalError.Encryption", "腾讯电子签内部错误（加密）", "an internal error of the API (encryption)"),
    theirs("InternalError.GenerateId", "腾讯电子签内部错误（生成编号）", "an internal error of the API (making an id)"),
    theirs("InternalError.Pdf", "腾讯电子签内部错误（合成 PDF）", "an internal error of the API (making the PDF)"),
    theirs("InternalError.SealUpload", "腾讯电子签内部错误（上传印章）", "an internal error of the API (uploading a seal)"),
    theirs("InternalError.Serialize", "腾讯电子签内部错误（数据转换）", "an internal error of the API (converting data)"),
    theirs("InternalError.System", "腾讯电子签系统错误", "an internal error of the API (its system)"),
    theirs("InternalError.ThirdParty", "腾讯电子签内部错误（第三方服务）", "an internal error of the API (a third party)"),
    theirs("ServiceUnavailable", "腾讯电子签暂时不可用", "the API is unavailable for now"),

    // A parameter is wrong: which one, the name tells
    of("InvalidParameter", Either, ("有参数不合要求", "请核对这份合同的各个字段"), ("a parameter is not accepted", "Check the fields of this contract")),
    of("InvalidParameter.ParamError", Either, ("有参数不合要求", "请核对这份合同的各个字段"), ("a parameter is not accepted", "Check the fields of this contract")),
    of("InvalidParameter.DataNotFound", Either, ("引用的数据不存在", "请核对模板ID、OpenId 等编号"), ("something that is referred to does not exist", "Check template id, OpenIds and other ids")),
    of("InvalidParameter.EmptyParams", Either, ("有参数是空的", "请核对必填项是否都填了"), ("a parameter is empty", "Check that everything required is filled in")),
    of("InvalidParameter.MissingRequiredParameterValue", Either, ("有必填项没有值", "请核对必填项是否都填了"), ("something required has no value", "Check that everything required is filled in")),
    of("InvalidParameter.InvalidId", Either, ("有编号不存在或格式不对", "请核对模板ID、OpenId 等编号"), ("an id does not exist or is not well-formed", "Check template id, OpenIds and other ids")),
    of("InvalidParameter.OrganizationId", Either, ("企业编号不被接受", "请核对 organization_open_id 和签署方的企业 OpenId"), ("a company's id is not accepted", "Check organization_open_id and the approvers' company OpenIds")),
    of("InvalidParameter.Status", Either, ("引用的数据状态不对", "请核对模板和账号的状态，或联系客服"), ("something is not in the right state", "Check the state of template and account, or ask support")),
    of("InvalidParameter.FlowInfos", Either, ("合同信息不被接受", "请核对这份合同的各个字段"), ("the contracts' details are not accepted", "Check the fields of this contract")),
    of("InvalidParameter.FlowDeadLine", Data, ("签署截止时间不被接受", "请改成将来的时间"), ("the deadline is not accepted", "Give a time in the future")),
    of("InvalidParameter.Date", Data, ("有日期不被接受", "请核对这份合同里的日期"), ("a date is not accepted", "Check the dates of this contract")),
    of("InvalidParameter.FlowName", Data, ("合同名称不被接受", "请只用中文、字母、数字和下划线"), ("the contract's name is not accepted", "Use Chinese, letters, digits and underscore")),
    of("InvalidParameter.FlowDescription", Data, ("合同描述不被接受", "请缩短或修改描述"), ("the description is not accepted", "Shorten or change it")),
    of("InvalidParameter.FlowType", Data, ("合同类型不被接受", "请只用中文、字母、数字和下划线"), ("the contract type is not accepted", "Use Chinese, letters, digits and underscore")),
    of("InvalidParameter.FlowCallbackUrl", Data, ("合同的回调地址不被接受", "请去掉回调地址，它已不起作用"), ("the contract's callback address is not accepted", "Remove it: it has no effect any more")),
    of("InvalidParameter.CustomerData", Data, ("业务信息不被接受", "请缩短业务信息"), ("customer_data is not accepted", "Shorten it")),
    of("InvalidParameter.CustomShowMap", Data, ("列表展示内容不被接受", "请核对其中的占位符"), ("custom_show_map is not accepted", "Check its placeholders")),
    of("InvalidParameter.Sensitive", Data, ("内容含敏感词", "请修改内容"), ("there are words that are not allowed", "Change the text")),
    of("InvalidParameter.FlowApprovers", Data, ("签署方不符合模板的要求", "请核对签署方的个数、顺序和类型"), ("the approvers do not fit the template", "Check their number, order and types")),
    of("InvalidParameter.FlowApproverInfos", Data, ("签署方信息不符合要求", "请核对签署方"), ("the approvers are not accepted", "Check the approvers")),
    of("InvalidParameter.BizApproverAlreadyExists", Data, ("签署方重复", "请去掉重复的签署方"), ("an approver is there twice", "Remove one of them")),
    of("InvalidParameter.Unordered", Data, ("签署顺序不被接受", "请按模板里的顺序排列签署方"), ("the order of signing is not accepted", "Put the approvers in the template's order")),
    of("InvalidParameter.ApproverType", Data, ("签署方类型不被接受", "请核对签署方类型"), ("an approver's type is not accepted", "Check the types")),
    of("InvalidParameter.ApproverVerifyType", Data, ("签署方的身份认证方式不被接受", "请核对认证方式：1 人脸，2 手机号"), ("an approver's way of verification is not accepted", "Check it: 1 is the face, 2 the mobile")),
    of("InvalidParameter.Name", Data, ("签署方姓名不被接受", "请填写真实姓名"), ("an approver's name is not accepted", "Give the real name")),
    of("InvalidParameter.Mobile", Data, ("手机号不被接受", "请核对手机号"), ("a mobile is not accepted", "Check the number")),
    of("InvalidParameter.NonsupportMobile", Data, ("不支持这个手机号", "请换一个大陆手机号"), ("this mobile is not supported", "Use another mainland number")),
    of("InvalidParameter.CardNumber", Data, ("证件号码不被接受", "请对照证件核对"), ("an ID number is not accepted", "Compare it with the card")),
    of("InvalidParameter.CardType", Data, ("证件类型不被接受", "请核对证件类型"), ("an ID card type is not accepted", "Check the type")),
    of("InvalidParameter.OpenId", Data, ("OpenId 不被接受", "请核对 OpenId"), ("an OpenId is not accepted", "Check the OpenId")),
    of("InvalidParameter.OrganizationName", Data, ("企业名称不被接受", "请填写营业执照上的全称"), ("a company's name is not accepted", "Give the registered name")),
    of("InvalidParameter.RoleId", Data, ("签署方角色编号不被接受", "请核对签署方的 RecipientId"), ("an approver's role id is not accepted", "Check the approvers' RecipientIds")),
    of("InvalidParameter.ComponentValue", Data, ("填写控件的内容不被接受", "请核对“填写:”各列"), ("a form field's value is not accepted", "Check the field: columns")),
    of("InvalidParameter.ComponentType", Data, ("控件类型不被接受", "请核对 JSON 列里的控件"), ("a form field's type is not accepted", "Check the fields in the JSON columns")),
    of("InvalidParameter.ComponentPosition", Data, ("控件的位置不被接受", "请核对 JSON 列里的控件位置"), ("a form field's place is not accepted", "Check the fields' places in the JSON columns")),
    of("InvalidParameter.UnsupportedComponentType", Data, ("有不支持的控件类型", "请核对 JSON 列里的控件"), ("a form field's type is not supported", "Check the fields in the JSON columns")),
    of("InvalidParameter.SignComponents", Data, ("签署控件不被接受", "请核对 JSON 列里的签署控件"), ("a place to sign is not accepted", "Check the places to sign in the JSON columns")),
    of("InvalidParameter.SignComponentType", Data, ("签署控件的类型不被接受", "请核对 JSON 列里的签署控件"), ("the type of a place to sign is not accepted", "Check the places to sign in the JSON columns")),
    about("InvalidParameter.Application", Caller, Application, ("应用号不被接受", "请核对 config.toml 里的 app_id"), ("the application id is not accepted", "Check app_id in config.toml")),
    about("InvalidParameter.OperatorId", Caller, Operator, ("经办人不被接受", "请核对 operator_open_id"), ("the operator is not accepted", "Check operator_open_id")),
    rare("InvalidParameter.AuthorizationType", "授权方式不被接受", "the way of authorisation is not accepted"),
    rare("InvalidParameter.BusinessLicense", "营业执照不被接受", "the business licence is not accepted"),
    rare("InvalidParameter.CancelReason", "撤销理由不被接受", "the reason for cancelling is not accepted"),
    rare("InvalidParameter.ContentType", "查询内容不被接受", "what is asked for is not accepted"),
    rare("InvalidParameter.DepartUserId", "员工编号不被接受", "an employee's id is not accepted"),
    rare("InvalidParameter.DupTask", "任务重复提交", "the task was given twice"),
    rare("InvalidParameter.EndPoint", "签署入口的类型不被接受", "the kind of entry to the signing page is not accepted"),
    rare("InvalidParameter.FileType", "文件类型不被接受", "the file's type is not accepted"),
    rare("InvalidParameter.FlowFileIds", "一份合同只能用一个文件发起", "a contract can be made from one file only"),
    rare("InvalidParameter.FlowIds", "合同编号的个数不被接受", "the number of contract ids is not accepted"),
    rare("InvalidParameter.GenerateType", "签署链接的类型不被接受", "the kind of signing link is not accepted"),
    rare("InvalidParameter.Image", "图片不被接受", "the picture is not accepted"),
    rare("InvalidParameter.Keyword", "关键字不存在或格式不对", "the keyword is not there or is not well-formed"),
    rare("InvalidParameter.Limit", "每页数量不被接受", "the number per page is not accepted"),
    rare("InvalidParameter.LimitSealName", "印章名称太长", "the seal's name is too long"),
    rare("InvalidParameter.MenuStatus", "菜单栏状态不被接受", "the state of the menu bar is not accepted"),
    rare("InvalidParameter.ResourceType", "资源类型不被接受", "the kind of resource is not accepted"),
    of("InvalidParameter.SensitiveFileContent", Either, ("文件含敏感或不合规的内容", "请检查合同所用的文件和模板"), ("a file has contents that are not allowed", "Check the files and the template of the contract")),
    of("InvalidParameter.UniformSocialCreditCode", Either, ("统一社会信用代码不被接受", "请对照营业执照核对"), ("a company's credit code is not accepted", "Compare it with the business licence")),
    rare("InvalidParameter.fFowIds", "合同编号不存在", "a contract id does not exist"),
    of("InvalidParameterValue", Either, ("有参数的值不对", "请核对这份合同的各个字段"), ("a parameter's value is wrong", "Check the fields of this contract")),
    rare("InvalidParameterValue.InvalidQuotaType", "套餐类型不被接受", "the kind of plan is not accepted"),
    of("InvalidParameterValue.InvalidTime", Either, ("有时间不被接受", "请核对这份合同里的日期和时间"), ("a time is not accepted", "Check the dates and times of this contract")),
    of("UnknownParameter", Either, ("有接口不认识的参数", "请核对 JSON 列"), ("there is a parameter that the API does not know", "Check the JSON columns")),

    // A parameter is missing
    of("MissingParameter", Either, ("缺少必填参数", "请核对这份合同，必填项是否都填了"), ("a required parameter is missing", "Check that everything required is filled in")),
    of("MissingParameter.CompanyActiveInfo", Either, ("找不到合作企业的激活信息", "请确认合作企业已在电子签激活"), ("a partner company has not been activated", "Have it activated with the API first")),
    of("MissingParameter.Date", Either, ("缺少时间", "请核对必填的日期和时间"), ("a time is missing", "Check the dates and times that are required")),
    rare("MissingParameter.FlowId", "缺少合同编号", "a contract's id is missing"),
    rare("MissingParameter.FlowIds", "缺少合同编号", "the contracts' ids are missing"),
    rare("MissingParameter.FlowIdsOrFlowGroupId", "缺少合同或合同组的编号", "the id of a contract or of a group of contracts is missing"),
    of("MissingParameter.FlowInfo", Either, ("没有合同信息", "请核对这份合同，必填项是否都填了"), ("the contract's details are missing", "Check that everything required is filled in")),
    of("MissingParameter.MissComponentName", Data, ("填写控件缺少名称", "请核对“填写:”各列和 JSON 列"), ("a form field has no name", "Check the field: columns and the JSON columns")),
    about("MissingParameter.OrgOpenId", Caller, Organization, ("发起企业的 OpenId 不存在", "请核对 config.toml 里的 organization_open_id"), ("the sending company's OpenId does not exist", "Check organization_open_id in config.toml")),
    about("MissingParameter.OrganizationId", Caller, Organization, ("缺少发起企业的信息", "请核对 config.toml 里的 organization_open_id"), ("the sending company is missing", "Check organization_open_id in config.toml")),
    about("MissingParameter.ProxyOperatorOpenId", Caller, Operator, ("经办人的 OpenId 不存在", "请核对 operator_open_id"), ("the operator's OpenId does not exist", "Check operator_open_id")),
    about("MissingParameter.UserId", Caller, Operator, ("缺少经办人", "请核对 operator_open_id"), ("the operator is missing", "Check operator_open_id")),
    about("MissingParameter.UserOpenId", Caller, Operator, ("经办人的 OpenId 不存在", "请核对 operator_open_id"), ("the operator's OpenId does not exist", "Check operator_open_id")),
    rare("MissingParameter.ReportApplicant", "缺少报告的申请人", "the applicant of a report is missing"),
    rare("MissingParameter.ResourceName", "缺少资源名称，或名称不对", "the name of a resource is missing or wrong"),
    rare("MissingParameter.SealId", "缺少印章编号", "a seal's id is missing"),
    rare("MissingParameter.SealImage", "缺少印章图片", "a seal's picture is missing"),
    rare("MissingParameter.SealName", "缺少印章名称", "a seal's name is missing"),
    of("MissingParameter.SignComponents", Either, ("有签署方没有签署的位置", "请在模板里给每个签署方加上签署控件"), ("an approver has no place to sign", "Give every approver a place to sign in the template")),
    of("MissingParameter.Templates", Either, ("缺少模板", "请填写模板ID"), ("the template is missing", "Give the template id")),

    // More than is allowed
    of("LimitExceeded", Either, ("超过限制", "请核对数量限制"), ("a limit is exceeded", "Check the numbers")),
    of("LimitExceeded.FlowInfos", Smaller, ("一次请求的合同太多", "请用 --per-page 改小"), ("too many contracts in one request", "Use a smaller --per-page")),
    about("LimitExceeded.CreateFlowNum", Caller, Agent, ("合同发起数量超过限制", "请购买合同份额后再运行"), ("the number of contracts is used up", "Buy more, then run again")),
    of("LimitExceeded.CallTimes", Caller, ("接口调用次数超过限制", "请联系客服提高限额后再运行"), ("the number of calls is used up", "Ask support for more, then run again")),
    about("LimitExceeded.ProxyOrganizationOperator", Caller, Agent, ("发起企业的经办人太多", "请在电子签控制台删掉多余的经办人，或联系客服"), ("the sending company has too many operators", "Remove some in the console, or ask support")),
    rare("LimitExceeded.FileSize", "文件太大", "a file is too large"),
    rare("LimitExceeded.FlowIds", "合同编号太多", "there are too many contract ids"),

    // Refused
    of("OperationDenied", Either, ("操作被拒绝", "请核对这份合同和账号权限"), ("the operation is denied", "Check the contract and the account's rights")),
    of("OperationDenied.ApproverRepeat", Data, ("签署方重复", "请去掉重复的签署方"), ("an approver is there twice", "Remove one of them")),
    of("OperationDenied.CcUserRepeat", Data, ("抄送人重复", "请去掉重复的抄送人"), ("a cc is there twice", "Remove one of them")),
    of("OperationDenied.Sensitive", Data, ("内容含敏感词", "请修改内容"), ("there are words that are not allowed", "Change the text")),
    of("OperationDenied.InvalidApproverAge", Data, ("签署方年龄不符", "请更换签署方"), ("an approver's age is not accepted", "Choose another approver")),
    of("OperationDenied.RequiredComponentNotFill", Data, ("模板的必填控件没有填", "请补上“填写:”列"), ("a required form field is not filled", "Add the field: column")),
    of("OperationDenied.NoApproverMobileCheckPermission", Data, ("没有手机号校验权限", "请去掉手机号认证方式，或联系客服开通"), ("no right to check mobiles", "Remove that verification, or ask support")),
    of("OperationDenied.OverseaAbilityNotOpen", Data, ("没有开通境外签署", "请联系客服开通"), ("signing from abroad is not enabled", "Ask support to enable it")),
    of("OperationDenied.PersonNoOpenServerSign", Data, ("签署方没有开通授权签，或已关闭", "请让签署方先开通授权签，或改为本人签署"), ("an approver has not enabled automatic signing", "Have it enabled first, or let the person sign")),
    of("OperationDenied.PersonHasNoSignature", Data, ("签署方没有可用的签名", "请让签署方先在电子签里设置签名"), ("an approver has no signature that can be used", "Have the person set one up first")),
    of("OperationDenied.NotSupportOrgType", Data, ("不支持这种类型的企业", "请核对签署方的企业"), ("this kind of company is not supported", "Check the approvers' companies")),
    of("OperationDenied.WhiteListForbid", Either, ("用到的功能还没有开放", "请联系客户经理申请开通，或去掉这个功能"), ("a feature that is used is not open yet", "Ask support to open it, or do without it")),
    of("OperationDenied.NotInAutoSignWhiteList", Either, ("自动签署的功能没有开通", "请联系客户经理申请开通，或去掉自动签署"), ("automatic signing is not open for this account", "Ask support to open it, or do without it")),
    of("OperationDenied.ByFilesServerSignForbid", Either, ("用文件发起时的授权签没有开通", "请联系客户经理申请开通，或改用模板"), ("automatic signing of files is not open for this account", "Ask support to open it, or use a template")),
    of("OperationDenied.NoPermissionUseServerSignSeal", Either, ("授权签所用的印章没有授权", "请让印章管理员授权这枚印章"), ("the seal for automatic signing may not be used", "Have whoever keeps the seal permit it")),
    of("OperationDenied.NoPermissionUseResource", Either, ("没有权限使用模板、印章等资源", "请核对模板和印章是否已授权给这家企业和经办人"), ("a template, a seal or the like may not be used", "Check that the company and the operator may use template and seal")),
    of("OperationDenied.ErrNoResourceAccess", Either, ("没有权限访问模板、印章等资源", "请核对模板和印章是否已授权给这家企业和经办人"), ("there is no access to a template, a seal or the like", "Check that the company and the operator may use template and seal")),
    of("OperationDenied.Forbid", Either, ("操作被禁止", "请核对模板、印章和账号权限，或联系客服"), ("the operation is forbidden", "Check template, seal and the account's rights, or ask support")),
    about("OperationDenied.NoApiAuth", Caller, Application, ("应用没有接口权限", "请联系客服开通后再运行"), ("the application may not call this API", "Ask support, then run again")),
    about("OperationDenied.BannedApplication", Caller, Application, ("应用被封禁", "请联系客服"), ("the application is banned", "Ask support")),
    about("OperationDenied.ErrNotOpenWeakAuthorization", Caller, Application, ("应用没有开通“信任第三方认证源”的企业认证方式", "请联系客服开通后再运行"), ("the application has not enabled verifying companies by a trusted third party", "Ask support to enable it, then run again")),
    about("OperationDenied.OrganizationClosing", Caller, Organization, ("企业正在注销", "请联系客服"), ("the organisation is being closed", "Ask support")),
    about("OperationDenied.OperatorHasNoPermission", Caller, Operator, ("经办人没有权限", "请给经办人授权，或换一个经办人"), ("the operator has no permission", "Grant it, or use another operator")),
    about("OperationDenied.NoQuota", Caller, Agent, ("合同份额已用完", "请购买后再运行"), ("the contract quota is used up", "Buy more, then run again")),
    about("OperationDenied.NoIdentityVerify", Caller, Agent, ("经办人没有实名", "请先完成实名"), ("the operator's identity is not verified", "Verify it first")),
    about("OperationDenied.UserNotInOrganization", Caller, Agent, ("经办人不在企业中", "请先让经办人加入企业"), ("the operator is not a member of the organisation", "Let him join first")),
    about("OperationDenied.ProveNoQuota", Caller, Agent, ("出证的额度不足", "请购买后再运行"), ("the quota for certificates is used up", "Buy more, then run again")),
    of("OperationDenied.NotBelongSuperAdminOrLegalPerson", Either, ("不是企业的超级管理员或法人", "请改用超级管理员或法人，或联系客服"), ("the person is neither the company's super administrator nor its legal representative", "Use one of these, or ask support")),
    rare("OperationDenied.AlreadyHas", "已经存过证，不能再建", "it is there already and cannot be made again"),
    rare("OperationDenied.AuthTag", "不支持的可见范围", "this kind of visibility is not supported"),
    rare("OperationDenied.DownLoadMoreThanOne", "一次只能下载一个", "only one can be downloaded at a time"),
    rare("OperationDenied.FileDeleted", "文件已删除", "the file was deleted"),
    rare("OperationDenied.FlowHasTerminated", "合同已终止", "the contract has ended"),
    rare("OperationDenied.FlowStatusForbid", "合同现在的状态不允许这样做", "the contract's present state does not allow this"),
    rare("OperationDenied.NoFlowPermission", "没有权限操作这份合同", "there is no right to act on the contract"),
    rare("OperationDenied.OperateType", "不支持这种操作", "this kind of operation is not supported"),
    rare("OperationDenied.OutQueryLimit", "超出查询上限", "more was asked for than is allowed"),

    // Something is not there
    of("ResourceNotFound", Either, ("引用的数据不存在", "请核对各个编号"), ("something that is referred to does not exist", "Check the ids")),
    about("ResourceNotFound.Application", Caller, Application, ("应用不存在", "请核对 config.toml 里的 app_id"), ("the application does not exist", "Check app_id in config.toml")),
    about("ResourceNotFound.NotExistApplication", Caller, Application, ("应用不存在", "请核对 config.toml 里的 app_id"), ("the application does not exist", "Check app_id in config.toml")),
    about("ResourceNotFound.ApplicationId", Caller, Application, ("应用不存在", "请核对 config.toml 里的 app_id"), ("the application does not exist", "Check app_id in config.toml")),
    about("ResourceNotFound.ApplicationAuth", Caller, Application, ("找不到应用的授权记录", "请确认企业已授权这个应用，并核对 config.toml 里的 app_id"), ("the application has not been authorised", "Check that the company has authorised it, and app_id in config.toml")),
    about("ResourceNotFound.Organization", Caller, Organization, ("企业不存在", "请核对 config.toml 里的 organization_open_id"), ("the organisation does not exist", "Check organization_open_id in config.toml")),
    about("ResourceNotFound.Template", Data, Template, ("模板不存在", "请核对模板ID"), ("the template does not exist", "Check the template id")),
    of("ResourceNotFound.FlowApprovers", Data, ("签署方不存在", "请核对签署方的 OpenId"), ("an approver does not exist", "Check the approvers' OpenIds")),
    of("ResourceNotFound.FlowApprover", Data, ("签署方不存在", "请核对签署方的 OpenId"), ("an approver does not exist", "Check the approvers' OpenIds")),
    of("ResourceNotFound.VerifyUser", Data, ("找不到签署方的实名信息", "请让签署方先完成实名，或核对 OpenId"), ("an approver's identity has not been verified", "Have the person verified first, or check the OpenId")),
    of("ResourceNotFound.Seal", Data, ("印章不存在", "请核对合同所用的印章"), ("the seal does not exist", "Check the seal of this contract")),
    of("ResourceNotFound.TeamWorkOrganization", Data, ("签署方的企业不存在", "请核对签署方的企业 OpenId 和名称"), ("an approver's company does not exist", "Check the approvers' company OpenIds and names")),
    of("ResourceNotFound.User", Either, ("用户不存在", "请核对 operator_open_id 和签署方的 OpenId"), ("a person does not exist", "Check operator_open_id and the approvers' OpenIds")),
    of("ResourceNotFound.Resource", Either, ("引用的数据不存在", "请核对各个编号"), ("something that is referred to does not exist", "Check the ids")),
    of("ResourceNotFound.File", Either, ("文件不存在", "文件上传 1 小时后失效，请重新上传并核对文件编号"), ("a file does not exist", "Files last an hour after upload: upload it again and check its id")),
    rare("ResourceNotFound.Flow", "合同不存在", "the contract does not exist"),
    rare("ResourceNotFound.FlowGroup", "合同组不存在", "the group of contracts does not exist"),
    rare("ResourceNotFound.SaveFlowGroup", "合同组不存在", "the group of contracts does not exist"),
    rare("ResourceNotFound.URL", "链接不存在", "the link does not exist"),
    of("ResourceUnavailable", Either, ("资源不可用", "请稍后再试或联系客服"), ("something is unavailable", "Try later, or ask support")),
    of("ResourceInUse", Either, ("资源正被占用", "请稍后再试"), ("something is in use", "Try again later")),
    of("ResourceInsufficient", Either, ("资源不足", "请联系客服"), ("there is not enough of something", "Ask support")),

    // The account
    of("UnauthorizedOperation", Caller, ("账号没有这个接口的权限", "请联系管理员授权后再运行"), ("the account has no right to do this", "Have it granted, then run again")),
    about("UnauthorizedOperation.NoPermissionFeature", Caller, Organization, ("当前套餐不含这个功能", "请升级套餐后再运行"), ("the plan does not include this feature", "Upgrade it, then run again")),
    about("UnauthorizedOperation.UnauthorizedOperationOrganization", Caller, Organization, ("发起企业没有被授权", "请先让企业授权这个应用，再运行即可继续"), ("the sending company has not been authorised", "Have it authorise the application first, then run again to go on")),
    of("UnauthorizedOperation.UnauthorizedOperationDownload", Caller, ("没有下载的权限", "请联系管理员授权后再运行"), ("the account has no right to download", "Have it granted, then run again")),
    of("AuthFailure", Caller, ("密钥验证失败", "请核对 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY"), ("the credentials are not accepted", "Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY")),
    of("AuthFailure.SecretIdNotFound", Caller, ("密钥不存在或已停用", "请核对 TENCENTCLOUD_SECRET_ID"), ("the SecretId does not exist or is disabled", "Check TENCENTCLOUD_SECRET_ID")),
    of("AuthFailure.InvalidSecretId", Caller, ("密钥不是云 API 的密钥", "请核对 TENCENTCLOUD_SECRET_ID"), ("the SecretId is not one for the cloud API", "Check TENCENTCLOUD_SECRET_ID")),
    of("AuthFailure.SignatureFailure", Caller, ("签名不对，多半是 SecretKey 不对", "请核对 TENCENTCLOUD_SECRET_KEY"), ("the signature is wrong: most likely the SecretKey is", "Check TENCENTCLOUD_SECRET_KEY")),
    of("AuthFailure.SignatureExpire", Caller, ("签名过期：本机时钟与标准时间相差超过 5 分钟", "请校准本机时间后再运行"), ("the signature has expired: this machine's clock is off by more than 5 minutes", "Set the clock, then run again")),
    of("AuthFailure.TokenFailure", Caller, ("临时密钥的 Token 不对或已过期", "请更新 TENCENTCLOUD_TOKEN"), ("the token of the temporary credentials is wrong or has expired", "Renew TENCENTCLOUD_TOKEN")),
    of("AuthFailure.InvalidAuthorization", Caller, ("请求的签名格式不对", "请检查代理是否改动了请求，或联系客服"), ("the request's signature is not well-formed", "Check whether a proxy changes the requests, or ask support")),
    of("AuthFailure.UnauthorizedOperation", Caller, ("密钥没有这个接口的权限", "请联系管理员给这个密钥授权后再运行"), ("the key has no right to do this", "Have it granted, then run again")),
    of("AuthFailure.MFAFailure", Caller, ("需要 MFA 验证", "请换用没有 MFA 要求的子账号密钥"), ("MFA is required", "Use a key without it")),
    of("IpInBlacklist", Caller, ("本机 IP 在黑名单中", "请联系管理员"), ("this machine's IP is on a black list", "Ask your administrator")),
    of("IpNotInWhitelist", Caller, ("本机 IP 不在白名单中", "请把本机 IP 加入白名单"), ("this machine's IP is not on the white list", "Add it there")),

    // The request itself
    of("RequestLimitExceeded", Throttled, ("请求太频繁", "程序会自动减速；停下了的，过几分钟再运行即可继续，并请确认没有别的程序在用同一个账号"), ("too many requests", "The program slows down by itself; where it has stopped, run again in some minutes, and see whether another program uses the same account")),
    of("RequestLimitExceeded.UinLimitExceeded", Throttled, ("主账号的请求太频繁", "程序会自动减速；停下了的，过几分钟再运行即可继续，并请确认没有别的程序在用同一个账号"), ("too many requests of the main account", "The program slows down by itself; where it has stopped, run again in some minutes, and see whether another program uses the same account")),
    of("RequestLimitExceeded.IPLimitExceeded", Throttled, ("本机 IP 的请求太频繁", "程序会自动减速；停下了的，过几分钟再运行即可继续，并请确认没有别的程序在用同一个账号"), ("too many requests from this machine's IP", "The program slows down by itself; where it has stopped, run again in some minutes, and see whether another program uses the same account")),
    of("RequestLimitExceeded.GlobalRegionUinLimitExceeded", Throttled, ("主账号在各地域的请求太频繁", "程序会自动减速；停下了的，过几分钟再运行即可继续，并请确认没有别的程序在用同一个账号"), ("too many requests of the main account in all regions", "The program slows down by itself; where it has stopped, run again in some minutes, and see whether another program uses the same account")),
    of("RequestSizeLimitExceeded", Smaller, ("请求太大", "请用 --per-page 改小"), ("the request is too large", "Use a smaller --per-page")),
    of("ResponseSizeLimitExceeded", Smaller, ("返回太大", "请用 --per-page 改小"), ("the answer is too large", "Use a smaller --per-page")),
    of("InvalidAction", Caller, GONE_ZH, GONE_EN),
    of("ActionOffline", Caller, GONE_ZH, GONE_EN),
    of("UnsupportedOperation", Either, ("不支持的操作", "请联系客服"), ("the operation is not supported", "Ask support")),
    of("InvalidRequest", Caller, ("请求不合格式", "请联系客服"), ("the request is not well-formed", "Ask support")),
    of("UnsupportedProtocol", Caller, ("不支持的协议", "请核对 endpoint"), ("the protocol is not supported", "Check the endpoint")),
    of("UnsupportedRegion", Caller, ("不支持的地域", "请核对 region，通常留空"), ("the region is not supported", "Check region; usually it is left empty")),
    of("NoSuchVersion", Caller, ("接口版本不存在", "请核对 endpoint"), ("there is no such version", "Check the endpoint")),
    of("NoSuchProduct", Caller, ("产品不存在", "请核对 endpoint"), ("there is no such product", "Check the endpoint")),
    of("DryRunOperation", Caller, ("这是一次空跑", "请去掉 DryRun"), ("this was a dry run", "Switch DryRun off")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_family_decides() {
        for (code, verdict, known) in [
            ("InvalidParameter", Either, true),
            ("InvalidParameter.FlowName", Data, true),
            ("InvalidParameter.Application", Caller, true),
            ("InvalidParameter.SomethingNew", Either, false),
            ("InvalidParameterValue.SomethingNew", Either, false),
            ("MissingParameter.SomethingNew", Either, false),
            ("LimitExceeded.SomethingNew", Either, false),
            ("ResourceNotFound.SomethingNew", Either, false),
            ("OperationDenied.SomethingNew", Either, false),
            ("UnauthorizedOperation.SomethingNew", Caller, false),
            ("AuthFailure.SomethingNew", Caller, false),
            ("InternalError.SomethingNew", Server, false),
            ("RequestLimitExceeded.SomethingNew", Throttled, false),
            ("FailedOperation.SomethingNew", Unclear, false),
            ("FailedOperation.Something.New", Unclear, false),
            ("AuthFailure.", Caller, false),
            ("Nonsense", Either, false),
            ("Nonsense.AuthFailure", Either, false),
            ("InvalidParameterless", Either, false),
            ("", Either, false),
        ] {
            assert_eq!(judge_code(code), (verdict, known), "{code}");
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let mut names: Vec<_> = CODES.iter().map(|code| code.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CODES.len());
    }

    #[test]
    fn every_official_code_has_an_entry_of_its_own() {
        let official = include_str!("../../tests/data/essbasic-codes.txt");
        assert_eq!(official.lines().count(), 191);
        for name in official.lines() {
            assert_eq!(find(name).map(|code| code.name), Some(name));
        }
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        let chinese = |text: &str| text.chars().any(|letter| ('一'..='鿿').contains(&letter));
        for Code { name, zh, en, .. } in CODES {
            for text in [zh.what, zh.todo] {
                assert!(chinese(text) && !text.ends_with('。'), "{name}: {text}");
            }
            for text in [en.what, en.todo] {
                assert!(!text.is_empty() && !chinese(text) && !text.ends_with('.'), "{name}: {text}");
            }
        }
    }

    /// The reference's corrections to the verdicts.
    #[rustfmt::skip]
    #[test]
    fn the_corrections_hold() {
        let of_no_part: &[(Verdict, &str)] = &[
            (Unclear, "FailedOperation"),
            (Caller, "FailedOperation.AuthFail FailedOperation.NoRoleAuth FailedOperation.ErrNotSyncProxyOrganization"),
            (Either, "InvalidParameter.OrganizationId InvalidParameter.MissingRequiredParameterValue \
                      InvalidParameter.EmptyParams InvalidParameter.InvalidId InvalidParameter.Status \
                      InvalidParameter.FlowInfos"),
            (Data, "ResourceNotFound.FlowApprover ResourceNotFound.VerifyUser ResourceNotFound.Seal \
                    ResourceNotFound.TeamWorkOrganization"),
            (Data, "OperationDenied.PersonNoOpenServerSign OperationDenied.PersonHasNoSignature \
                    OperationDenied.NotSupportOrgType"),
            (Data, "InvalidParameter.ApproverVerifyType InvalidParameter.SignComponents \
                    InvalidParameter.SignComponentType InvalidParameter.ComponentType \
                    InvalidParameter.ComponentPosition InvalidParameter.UnsupportedComponentType \
                    InvalidParameter.Unordered InvalidParameter.Date InvalidParameter.RoleId"),
            (Either, "OperationDenied.WhiteListForbid OperationDenied.NotInAutoSignWhiteList \
                      OperationDenied.NoPermissionUseServerSignSeal OperationDenied.NoPermissionUseResource \
                      OperationDenied.ErrNoResourceAccess OperationDenied.Forbid \
                      OperationDenied.ByFilesServerSignForbid"),
            (Caller, "InvalidRequest InvalidAction ActionOffline"),
            (Either, "UnsupportedOperation"),
        ];
        for (verdict, codes) in of_no_part {
            for code in codes.split_whitespace() {
                assert_eq!(judge_code(code), (*verdict, true), "{code}");
                assert!(matches!(find(code).unwrap().about, None | Some(Agent)), "{code}");
            }
        }
        let of_a_part = [
            (Organization, "MissingParameter.OrgOpenId MissingParameter.OrganizationId \
                            UnauthorizedOperation.UnauthorizedOperationOrganization"),
            (Operator, "MissingParameter.ProxyOperatorOpenId MissingParameter.UserId MissingParameter.UserOpenId"),
            (Application, "ResourceNotFound.ApplicationId ResourceNotFound.ApplicationAuth"),
        ];
        for (part, codes) in of_a_part {
            for code in codes.split_whitespace() {
                assert_eq!(judge_code(code), (Caller, true), "{code}");
                assert_eq!(find(code).unwrap().about, Some(part), "{code}");
            }
        }
    }

    #[test]
    fn a_part_of_the_sender_is_at_fault_by_the_callers_codes_only() {
        for code in CODES {
            let expected = match code.about {
                None => continue,
                Some(Template) => Data,
                Some(_) => Caller,
            };
            assert_eq!(code.verdict, expected, "{}", code.name);
        }
    }

    #[test]
    fn an_action_that_is_gone_has_one_sentence() {
        for name in ["InvalidAction", "ActionOffline"] {
            let code = find(name).unwrap();
            assert_eq!((code.zh, code.en), ACTION_GONE);
        }
    }

    #[test]
    fn a_status_that_is_not_the_apis_says_whom_to_ask() {
        for (verdict, statuses) in [
            (Throttled, &[429][..]),
            (Smaller, &[413]),
            (Server, &[408, 425, 500, 502, 503, 504, 599]),
            (Gateway, &[400, 403, 406, 451]),
            (Caller, &[204, 302, 401, 404, 405, 407, 414, 418, 501, 600]),
        ] {
            for status in statuses {
                assert_eq!(judge_status(*status), verdict, "{status}");
            }
        }
    }
}

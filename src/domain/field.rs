//! Every field that a column can give: its stable name, the API's name, its
//! Chinese names and what a value must look like. Limits and enumerations are
//! those of the API's reference for `PrepareFlows`.

/// What a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// flowbatch's own: never on the wire.
    Own,
    /// Given once per request.
    Request,
    Flow,
    Approver,
    Cc,
}

/// What a value must look like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Key,
    YesNo,
    Text {
        limit: usize,
    },
    PersonName,
    OrganizationName,
    /// Of the API: an id of the sender.
    Identifier {
        limit: usize,
    },
    /// Chinese, letters, digits and underscore.
    Word {
        limit: usize,
    },
    FlowName {
        limit: usize,
    },
    TemplateId,
    OpenId {
        limit: usize,
    },
    Mobile,
    IdNumber,
    Url {
        limit: usize,
    },
    Deadline,
    Integer {
        min: i64,
        max: i64,
    },
    /// (what is sent, other spellings)
    Choice(&'static [Choice]),
    IntChoice(&'static [(i64, &'static [&'static str])]),
    Choices(&'static [Choice]),
    IntChoices(&'static [(i64, &'static [&'static str])]),
    /// Text that is encoded as base64; the limit is of the encoded form.
    Encoded {
        limit: usize,
    },
    Email,
    Json,
}

pub type Choice = (&'static str, &'static [&'static str]);

#[derive(Debug, PartialEq)]
pub struct Field {
    pub id: FieldId,
    /// Stable: settings, people's files and other programs use it.
    pub name: &'static str,
    pub level: Level,
    /// Where it goes on the wire, below its level; empty for our own fields.
    pub path: &'static [&'static str],
    /// Without the approver's or cc's prefix; the first is the one we print.
    pub chinese: &'static [&'static str],
    pub kind: Kind,
}

const PERSON: Choice = (
    "PERSON",
    &["个人", "自然人", "个人签署", "个人签", "个人用户", "个人客户", "person", "individual", "personal"],
);
const APPROVER_TYPES: &[Choice] = &[
    PERSON,
    (
        "ORGANIZATION",
        &[
            "企业", "公司", "机构", "单位", "组织", "个体工商户", "企业签署", "企业签", "企业用户",
            "企业客户", "organization", "company", "org", "enterprise", "corporate", "corporation",
            "企业/单位", "企业单位", "个体户",
        ],
    ),
    ("ENTERPRISESERVER", &["其他企业授权签", "其他企业自动签", "合作企业授权签"]),
    ("PERSON_AUTO_SIGN", &["个人自动签", "个人自动签署", "个人授权签", "个人静默签"]),
    ("ORGANIZATION_PIN_CODE_SIGN", &["企业签署码"]),
    ("OTHER_ORGANIZATION_PIN_CODE_SIGN", &["其他企业签署码"]),
    ("PERSON_PIN_CODE_SIGN", &["个人签署码"]),
];

/// Types that the API does not have: a company that seals by itself. Which one is meant
/// depends on whose company it is, which the whole row says.
pub const COMPANY_AUTO_SIGN: &str = "COMPANY_AUTO_SIGN";
/// The same where the word does not say whether a company or a person signs.
pub const AUTO_SIGN: &str = "AUTO_SIGN";

/// The words for them.
pub fn auto_sign_word(text: &str) -> Option<&'static str> {
    let bare = text.strip_suffix('署').unwrap_or(text);
    match bare {
        "企业自动签" | "企业静默签" | "企业授权签" => Some(COMPANY_AUTO_SIGN),
        "自动签" | "静默签" | "授权签" => Some(AUTO_SIGN),
        _ => None,
    }
}

const ID_CARD_TYPES: &[Choice] = &[
    (
        "ID_CARD",
        &[
            "身份证", "居民身份证", "中国大陆居民身份证", "二代身份证", "第二代身份证", "二代居民身份证",
            "大陆身份证", "身份证号", "身份证号码", "01-居民身份证", "1-居民身份证", "01-身份证",
            "中华人民共和国居民身份证", "第二代居民身份证", "内地身份证", "内地居民身份证", "大陆居民身份证",
            "中国身份证", "公民身份证", "居民身份证（二代）", "身份证件", "1-身份证",
        ],
    ),
    ("HONGKONG_AND_MACAO", &["港澳居民来往内地通行证", "港澳通行证", "回乡证"]),
    ("HONGKONG_MACAO_AND_TAIWAN", &["港澳台居民居住证", "港澳台居住证"]),
];
const SIGNATURE_KINDS: &[Choice] = &[
    ("HANDWRITE", &["手写签名"]),
    ("HANDWRITTEN_ESIGN", &["长效手写签名"]),
    ("OCR_ESIGN", &["正楷临摹签名", "AI手绘签名"]),
    ("ESIGN", &["个人印章", "个人签名章"]),
    ("IMG_ESIGN", &["图片印章", "图片签名"]),
    ("SYSTEM_ESIGN", &["系统签名"]),
];
const READ_LIMITS: &[Choice] = &[
    ("LimitReadTimeAndBottom", &[]),
    ("LimitReadTime", &[]),
    ("LimitBottom", &[]),
    ("NoReadTimeAndBottom", &[]),
];
const NOTIFY_TYPES: &[Choice] = &[
    ("SMS", &["短信"]),
    ("EMAIL", &["邮件", "邮箱"]),
    ("ALL", &["全部", "短信和邮件"]),
    ("NONE", &["无", "不通知"]),
];
const AUTO_SIGN_SCENES: &[Choice] = &[("E_PRESCRIPTION_AUTO_SIGN", &["电子处方"]), ("OTHER", &["其他"])];
const MOBILE_MODES: &[Choice] =
    &[("REPLACE", &["替换"]), ("GIVEN", &["以填写为准"]), ("VALIDATE", &["校验"])];
const CC_TYPES: &[(i64, &[&str])] = &[(0, &["个人"]), (1, &["员工"])];
const CC_PERMISSIONS: &[(i64, &[&str])] =
    &[(0, &["可查看", "查看"]), (1, &["可查看和下载", "查看和下载", "下载"])];
const CC_NOTIFY_TYPES: &[(i64, &[&str])] =
    &[(0, &["发起时", "合同发起时"]), (1, &["签署完成后", "签署完成时", "完成时"])];
const DISPLAY_TYPES: &[(i64, &[&str])] = &[(0, &["合同"]), (1, &["文件"]), (2, &["协议"]), (3, &["文书"])];
const VERIFY_TYPES: &[(i64, &[&str])] = &[(1, &["人脸", "人脸识别"]), (2, &["手机号", "手机号验证"])];
const SIGN_TYPES: &[(i64, &[&str])] = &[
    (1, &["人脸", "人脸识别", "人脸认证"]),
    (2, &["密码", "签署密码"]),
    (3, &["运营商", "运营商三要素"]),
    (5, &["指纹", "设备指纹"]),
    (6, &["设备面容", "面容"]),
];
const SELECTORS: &[(i64, &[&str])] = &[(0, &[]), (1, &[])];
const FILL_TYPES: &[(i64, &[&str])] = &[(1, &["是", "领取", "动态补充"])];
const ENDPOINTS: &[Choice] = &[("link", &["链接"])];

use Kind::{
    Choice as One, Choices, Deadline, Email, Encoded, IdNumber, Identifier, IntChoice, IntChoices, Integer,
    Json, Key, Mobile, OpenId, OrganizationName, PersonName, Text, Url, Word, YesNo,
};
use Level::{Approver, Cc, Flow, Own, Request};

/// Declares each field once: its id, and what is known of it.
macro_rules! fields {
    ($($id:ident: $name:literal, $level:expr, $path:expr, $chinese:expr, $kind:expr;)*) => {
        /// Names a field in code; its number is its place in [`FIELDS`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum FieldId { $($id),* }

        pub static FIELDS: &[Field] = &[
            $(Field { id: FieldId::$id, name: $name, level: $level, path: $path, chinese: $chinese, kind: $kind }),*
        ];
    };
}

#[rustfmt::skip]
fields! {
    ContractId: "contract_id", Own, &[], &["合同编号", "合同号", "合同编码", "contract no", "contract no.", "contract number"], Key;
    Send: "send", Own, &[], &["发送", "是否发送"], YesNo;

    OperatorOpenId: "operator_open_id", Request, &["operator_open_id"], &["经办人", "经办人OpenId"], Identifier { limit: 64 };
    OrganizationOpenId: "organization_open_id", Request, &["organization_open_id"], &["发起企业", "发起方企业", "发起企业OpenId"], Identifier { limit: 64 };
    AppId: "app_id", Request, &["app_id"], &["应用ID", "应用编号"], Identifier { limit: 64 };
    JumpUrl: "jump_url", Request, &["jump_url"], &["跳转地址", "跳转链接"], Url { limit: 200 };

    FlowName: "flow_name", Flow, &["FlowName"], &["合同名称", "合同名"], Kind::FlowName { limit: 200 };
    TemplateId: "template_id", Flow, &["TemplateId"], &["模板ID", "模板编号", "合同模板ID", "合同模板编号"], Kind::TemplateId;
    Deadline: "deadline", Flow, &["Deadline"], &["签署截止时间", "截止日期", "签署截止日期", "截止时间", "签署截止日", "截止日"], Deadline;
    FlowType: "flow_type", Flow, &["FlowType"], &["合同类型"], Word { limit: 200 };
    FlowDescription: "flow_description", Flow, &["FlowDescription"], &["合同描述"], Text { limit: 1000 };
    CustomerData: "customer_data", Flow, &["CustomerData"], &["业务信息", "自定义数据"], Encoded { limit: 1000 };
    CallbackUrl: "callback_url", Flow, &["CallbackUrl"], &["回调地址"], Url { limit: 1000 };
    CustomShowMap: "custom_show_map", Flow, &["CustomShowMap"], &["列表展示内容"], Text { limit: 1000 };
    NeedSignReview: "need_sign_review", Flow, &["NeedSignReview"], &["发起方签署审核"], YesNo;
    CcNotifyType: "cc_notify_type", Flow, &["CcNotifyType"], &["抄送通知时间", "抄送通知方式"], IntChoice(CC_NOTIFY_TYPES);
    AutoSignScene: "auto_sign_scene", Flow, &["AutoSignScene"], &["自动签场景"], One(AUTO_SIGN_SCENES);
    FlowDisplayType: "flow_display_type", Flow, &["FlowDisplayType"], &["展示类型"], IntChoice(DISPLAY_TYPES);
    FlowOperateLimitNoRelease: "flow_operate_limit.no_release", Flow, &["FlowOperateLimit", "NoRelease"], &["禁止解除", "禁止解除合同"], YesNo;
    FlowJson: "flow.json", Flow, &[], &["合同JSON"], Json;

    ApproverName: "approver.name", Approver, &["Name"], &["姓名", "full name", "employee name", "signer name"], PersonName;
    ApproverMobile: "approver.mobile", Approver, &["Mobile"], &["手机号", "手机", "手机号码", "电话", "电话号码", "联系电话", "移动电话", "联系方式", "mobile no", "mobile no.", "mobile number", "mobile phone", "phone", "phone number"], Mobile;
    ApproverType: "approver.type", Approver, &["ApproverType"], &["类型"], One(APPROVER_TYPES);
    ApproverIdCardType: "approver.id_card_type", Approver, &["IdCardType"], &["证件类型"], One(ID_CARD_TYPES);
    ApproverIdCardNumber: "approver.id_card_number", Approver, &["IdCardNumber"], &["证件号码", "身份证号", "身份证号码", "证件号", "身份证", "id card no", "id card no.", "id number", "id no", "id no."], IdNumber;
    ApproverOrganizationName: "approver.organization_name", Approver, &["OrganizationName"], &["企业名称", "公司名称", "企业"], OrganizationName;
    ApproverOrganizationOpenId: "approver.organization_open_id", Approver, &["OrganizationOpenId"], &["企业OpenId"], Text { limit: 64 };
    ApproverOpenId: "approver.open_id", Approver, &["OpenId"], &["OpenId"], OpenId { limit: 64 };
    ApproverNotChannelOrganization: "approver.not_channel_organization", Approver, &["NotChannelOrganization"], &["是否SaaS企业", "SaaS企业"], YesNo;
    ApproverRecipientId: "approver.recipient_id", Approver, &["RecipientId"], &["签署人ID", "角色ID", "RecipientId"], Text { limit: 64 };
    ApproverRoleName: "approver.role_name", Approver, &["ApproverRoleName"], &["角色", "角色名称"], Word { limit: 20 };
    ApproverDeadline: "approver.deadline", Approver, &["Deadline"], &["签署截止时间", "截止日期", "截止时间"], Deadline;
    ApproverCallbackUrl: "approver.callback_url", Approver, &["CallbackUrl"], &["回调地址"], Url { limit: 1000 };
    ApproverJumpUrl: "approver.jump_url", Approver, &["JumpUrl"], &["跳转地址"], Url { limit: 1000 };
    ApproverComponentLimitType: "approver.component_limit_type", Approver, &["ComponentLimitType"], &["签名方式"], Choices(SIGNATURE_KINDS);
    ApproverPreReadTime: "approver.pre_read_time", Approver, &["PreReadTime"], &["阅读时长", "强制阅读时长"], Integer { min: 3, max: 300 };
    ApproverNeedSignReview: "approver.need_sign_review", Approver, &["ApproverNeedSignReview"], &["签署审核", "需要签署审核"], YesNo;
    ApproverVerifyTypes: "approver.verify_types", Approver, &["ApproverVerifyTypes"], &["查看认证方式"], IntChoices(VERIFY_TYPES);
    ApproverSignTypes: "approver.sign_types", Approver, &["ApproverSignTypes"], &["签署认证方式", "签署方式"], IntChoices(SIGN_TYPES);
    ApproverNotifyType: "approver.notify_type", Approver, &["NotifyType"], &["通知方式"], One(NOTIFY_TYPES);
    ApproverSignTypeSelector: "approver.sign_type_selector", Approver, &["SignTypeSelector"], &["签署方式选择"], IntChoice(SELECTORS);
    ApproverSignEndpoints: "approver.sign_endpoints", Approver, &["SignEndpoints"], &["签署入口"], Choices(ENDPOINTS);
    ApproverEmail: "approver.email", Approver, &["ApproverEmail"], &["邮箱", "电子邮箱"], Email;
    ApproverSignId: "approver.sign_id", Approver, &["SignId"], &[], Text { limit: 128 };
    ApproverPinCode: "approver.pin_code", Approver, &["PinCode"], &["签署码"], Text { limit: 64 };
    ApproverApproverOptionNoRefuse: "approver.approver_option.no_refuse", Approver, &["ApproverOption", "NoRefuse"], &["禁止拒签"], YesNo;
    ApproverApproverOptionNoTransfer: "approver.approver_option.no_transfer", Approver, &["ApproverOption", "NoTransfer"], &["禁止转交"], YesNo;
    ApproverApproverOptionHideOneKeySign: "approver.approver_option.hide_one_key_sign", Approver, &["ApproverOption", "HideOneKeySign"], &["隐藏一键签署"], YesNo;
    ApproverApproverOptionFillType: "approver.approver_option.fill_type", Approver, &["ApproverOption", "FillType"], &["动态补充"], IntChoice(FILL_TYPES);
    ApproverApproverOptionFlowReadLimit: "approver.approver_option.flow_read_limit", Approver, &["ApproverOption", "FlowReadLimit"], &["阅读限制"], One(READ_LIMITS);
    ApproverApproverOptionForbidAddSignDate: "approver.approver_option.forbid_add_sign_date", Approver, &["ApproverOption", "ForbidAddSignDate"], &["禁止添加签署日期"], YesNo;
    ApproverApproverOptionApproverMobileMode: "approver.approver_option.approver_mobile_mode", Approver, &["ApproverOption", "ApproverMobileMode"], &[], One(MOBILE_MODES);
    ApproverApproverOptionAddSignComponentUseSealSize: "approver.approver_option.add_sign_component_use_seal_size", Approver, &["ApproverOption", "AddSignComponentUseSealSize"], &[], Integer { min: 0, max: 3 };
    ApproverJson: "approver.json", Approver, &[], &["JSON"], Json;

    CcName: "cc.name", Cc, &["Name"], &["姓名"], PersonName;
    CcMobile: "cc.mobile", Cc, &["Mobile"], &["手机号", "手机", "手机号码", "电话", "联系电话"], Mobile;
    CcType: "cc.type", Cc, &["CcType"], &["类型"], IntChoice(CC_TYPES);
    CcPermission: "cc.permission", Cc, &["CcPermission"], &["权限"], IntChoice(CC_PERMISSIONS);
}

impl FieldId {
    /// Number of fields.
    pub const COUNT: usize = FIELDS.len();

    pub fn field(self) -> &'static Field {
        &FIELDS[self as usize]
    }

    pub fn name(self) -> &'static str {
        self.field().name
    }
}

/// How many approvers and cc's a flow may have.
pub const MAX_APPROVERS: usize = 50;
pub const MAX_CCS: usize = 50;
pub const FORM_FIELD_NAME_LIMIT: usize = 20;

pub fn by_name(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

impl Field {
    /// The Chinese header that we print (`签署方姓名`); the stable name where
    /// there is none.
    pub fn chinese_name(&self) -> String {
        match (self.level, self.chinese.first()) {
            (_, None) => self.name.to_owned(),
            (Level::Approver, Some(name)) => format!("签署方{name}"),
            (Level::Cc, Some(name)) => format!("抄送人{name}"),
            (_, Some(name)) => (*name).to_owned(),
        }
    }

    /// The key below its level: `mobile` of `approver.mobile`.
    pub fn short_name(&self) -> &'static str {
        match self.level {
            Level::Approver => self.name.strip_prefix("approver.").unwrap_or(self.name),
            Level::Cc => self.name.strip_prefix("cc.").unwrap_or(self.name),
            _ => self.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique() {
        let names: HashSet<_> = FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), FIELDS.len());
    }
}

//! Remarks on many contracts at once, in words.

use crate::domain::remark::Remark;

use super::{Lang, Words, say, words};

/// `rows`: the first of them, as they are shown.
#[rustfmt::skip]
pub fn explain(lang: Lang, remark: Remark, rows: &str, count: u64) -> Words {
    let several = say!(lang, "{count} 份合同（{rows}）", "{count} contract(s) ({rows})");
    match remark {
        Remark::OwnCompany => words!(lang,
            ("{several}的企业签署方没有企业OpenId，按你自己的企业处理", "是别的企业请填企业OpenId；SaaS 平台的企业请把“是否SaaS企业”填“是”"),
            ("{several}: a company without approver.organization_open_id is taken for your own", "If it is another one, give its OpenId; of a company of the SaaS platform set approver.not_channel_organization to yes")),
        Remark::CompanyTwice => words!(lang,
            ("{several}里已经有自己的企业，设置里的 [[signers]] 又会再加一次：同一份合同会有两个企业签署方", "请在表格里去掉企业签署方这几列（或 --map \"列名=ignore\"），或去掉 config.toml 里的 [[signers]]"),
            ("{several}: your own company stands in the sheet, and [[signers]] of the settings adds it once more, so that it would sign twice", "Take the company's columns out of the sheet (or --map \"HEADER=ignore\"), or [[signers]] out of config.toml")),
        Remark::NobodyNamed => words!(lang,
            ("{several}的企业签署方没有写谁来签：除非模板里是自动签章（授权签），合同会等着该企业的人领取", "要指定人请填 OpenId，或姓名和手机号"),
            ("{several}: nobody is named for the company; unless the template seals automatically, the contract waits to be claimed", "To name somebody give approver.open_id, or name and mobile")),
        Remark::ToBeClaimed => words!(lang,
            ("{several}的企业签署方有姓名和手机号、没有 OpenId：合同会是“待领取”", "有 OpenId 请填上；没有也可以照常发送"),
            ("{several}: the company's signer has name and mobile but no OpenId, so the contract waits to be claimed (待领取)", "Give approver.open_id if there is one; it can be sent without")),
        Remark::IdInsteadOfMobile => words!(lang,
            ("{several}的个人只有证件号码，没有手机号：收不到短信", "有手机号请填上"),
            ("{several}: a person has an ID number but no mobile, so no message reaches him", "Give the mobile if there is one")),
        Remark::UnderAge => words!(lang,
            ("{several}的签署方按身份证号码未满 18 岁", "未成年人的合同多半要由监护人签署：请核对签署方"),
            ("{several}: by his ID number a signer has not turned 18", "Most contracts of minors are signed by a guardian: check who signs")),
        Remark::OtherPerson => words!(lang,
            ("{several}里填写的姓名、手机号或证件号码和签署方的不一样", "请核对：合同里写的是谁，就应当由谁签署"),
            ("{several}: what is filled in as name, mobile or ID number is no signer's", "Check it: whom the contract names should be who signs it")),
        Remark::ServerUnnamed => words!(lang,
            ("{several}的其他企业授权签缺少企业名称或企业OpenId，接口可能不接受", "请填上；自己的企业请把类型写成“企业”"),
            ("{several}: ENTERPRISESERVER without the company's name or OpenId, which the API may refuse", "Give both; of your own company write ORGANIZATION")),
        Remark::ServerOfOwn => words!(lang,
            ("{several}把自己的企业写成了 ENTERPRISESERVER；用模板发起时，自己企业的授权签（自动签）应是 ORGANIZATION", "请把类型改成“企业”"),
            ("{several}: your own company is ENTERPRISESERVER; by template its automatic seal is ORGANIZATION", "Write ORGANIZATION")),
        Remark::AutoSignOwn => words!(lang,
            ("{several}的授权签（自动签）是自己的企业，按 ORGANIZATION 发送", ""),
            ("{several}: the automatic seal is your own company's, sent as ORGANIZATION", "")),
        Remark::AutoSignOther => words!(lang,
            ("{several}的授权签（自动签）是其他企业，按 ENTERPRISESERVER 发送", ""),
            ("{several}: the automatic seal is another company's, sent as ENTERPRISESERVER", "")),
        Remark::OpenIdUnusual => words!(lang,
            ("{several}的 OpenId 里有字母和数字以外的字符", "接口文档只写了字母和数字，请核对"),
            ("{several}: an OpenId has other characters than letters and digits", "The API documents those only: check it")),
        Remark::TypeMissing => words!(lang,
            ("{several}填了企业名称，却没有填签署方类型，会按个人签署", "如果由企业签署，请加一列“签署方类型”（或“签署方1类型”“甲方类型”），填“企业”；都由企业签署也可以用 --map \"列名=approver.organization_name\"（第 2 方：approver2…）"),
            ("{several}: there is a company's name but no approver.type, so a person signs", "If the company signs, add a column approver.type (or approver1.type) with ORGANIZATION; if it does in all rows, --map \"HEADER=approver.organization_name\" (of the second party: approver2...) says so as well")),
        Remark::RecipientMissing => words!(lang,
            ("{several}有多个同类签署方，却没有填签署人ID", "建议填写模板里对应的签署人ID（RecipientId）"),
            ("{several}: several approvers of a kind, but no approver.recipient_id", "Give the template's id of each signer")),
        Remark::SignTypesIgnored => words!(lang,
            ("{several}填了签署认证方式；用模板发起时以模板为准，这一列不起作用", "如需修改请改模板"),
            ("{several}: approver.sign_types has no effect with a template, whose own count", "Change the template instead")),
        Remark::CallbackIgnored => words!(lang,
            ("{several}填了回调地址；接口已停用它，不起作用", "请在电子签控制台的应用里设置回调地址"),
            ("{several}: callback_url is disabled in the API and has no effect", "Set the address in the application, in the console")),
        Remark::SeveralCompanies => shape(lang, &several, lang.pick("有不止一个企业签署方", "more than one company signs")),
        Remark::SeveralPersons => shape(lang, &several, lang.pick("有不止一个个人签署方", "more than one person signs")),
        Remark::NoPerson => shape(lang, &several, lang.pick("没有个人签署方", "no person signs")),
        Remark::OtherCompany => shape(lang, &several, lang.pick("由个人和别的企业签署", "a person and another company than your own sign")),
    }
}

fn shape(lang: Lang, several: &str, what: &str) -> Words {
    words!(
        lang,
        (
            "{several}{what}；PrepareFlows 的文档只写了本企业和一个个人（B2C）",
            "可以照常发送；接口不接受时会在报告里写明"
        ),
        (
            "{several}: {what}; the documentation of PrepareFlows has your own company and one person (B2C) only",
            "It can be sent; if the API refuses it, the report says so"
        )
    )
}

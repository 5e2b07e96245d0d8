use super::*;
use crate::domain::field::FIELDS;

fn name_of(header: &str) -> String {
    match Aliases::default().target_of(header) {
        Target::Field { field, index: None } => field.name.to_owned(),
        Target::Field { field, index: Some(index) } => format!("{}@{index}", field.name),
        Target::FormField(name) => format!("field:{name}"),
        Target::OfOurs => "ours".to_owned(),
        Target::Unknown | Target::Ignored => "?".to_owned(),
    }
}

#[test]
fn headers_are_recognised_in_three_languages() {
    for (header, expected) in [
        ("contract_id", "contract_id"),
        ("Contract ID", "contract_id"),
        ("合同编号", "contract_id"),
        ("合同编号（必填）", "contract_id"),
        ("＊合同名称", "flow_name"),
        ("姓名【必填】", "approver.name"),
        ("[必填] 合同编号", "contract_id"),
        ("签署人电话", "approver.mobile"),
        ("FlowName", "flow_name"),
        ("flow-name", "flow_name"),
        ("FlowInfo.FlowName", "flow_name"),
        ("签署截止时间", "deadline"),
        ("Deadline", "deadline"),
        ("approver.deadline", "approver.deadline"),
        ("签署方姓名", "approver.name"),
        ("签署人手机", "approver.mobile"),
        ("FlowApprovers.Mobile", "approver.mobile"),
        ("身份证号", "approver.id_card_number"),
        ("姓名", "approver.name"),
        ("approver1.name", "approver.name@0"),
        ("签署方2姓名", "approver.name@1"),
        ("签署方二手机号", "approver.mobile@1"),
        ("甲方姓名", "approver.name@0"),
        ("乙方.企业名称", "approver.organization_name@1"),
        ("cc1.mobile", "cc.mobile@0"),
        ("抄送人姓名", "cc.name"),
        ("CcInfos.Name", "cc.name"),
        ("approver.approver_option.no_refuse", "approver.approver_option.no_refuse"),
        ("FlowApprovers.ApproverOption.NoRefuse", "approver.approver_option.no_refuse"),
        ("field:姓名", "field:姓名"),
        ("填写：月 薪", "field:月 薪"),
        ("field:版本2.0", "field:版本2.0"),
        ("FormFields.岗位", "field:岗位"),
        ("Agent.ProxyOperator.OpenId", "operator_open_id"),
        ("JumpUrl", "jump_url"),
        ("flowbatch.status", "ours"),
        ("手机号（11位）", "approver.mobile"),
        ("截止日期(yyyy-mm-dd)", "deadline"),
        ("姓名（与身份证一致）", "approver.name"),
        ("姓名（乙方）", "approver.name@1"),
        ("手机号（紧急联系人）", "?"),
        ("身份证号（配偶）", "?"),
        ("姓名(HR)", "?"),
        ("姓名_real_name", "approver.name"),
        ("Signer Name", "approver.name"),
        ("员工姓名", "approver.name"),
        ("员工手机", "approver.mobile"),
        ("真实姓名", "approver.name"),
        ("客户姓名", "approver.name"),
        ("签约人", "approver.name"),
        ("recipient_1_name", "approver.name@0"),
        ("recipient_2_mobile", "approver.mobile@1"),
        ("租客电话", "approver.mobile"),
        ("Employee Mobile", "approver.mobile"),
        ("手机\n(手机/邮箱至少填一项)", "approver.mobile"),
        ("甲方经办人", "approver.name@0"),
        ("甲方名称", "approver.organization_name@0"),
        ("客户经理姓名", "?"),
        ("直属上级手机", "?"),
        ("责任人姓名", "?"),
        ("类型", "?"),
        ("备注", "?"),
        ("姓名：", "approver.name"),
        ("姓名 Name", "approver.name"),
        ("手机号/Mobile", "approver.mobile"),
        ("Mobile No.", "approver.mobile"),
        ("合同编号（唯一）", "contract_id"),
        ("乙方姓名（员工）", "approver.name@1"),
        ("身份证号（配偶，18位）", "?"),
        ("所属部门", "?"),
        ("", "?"),
    ] {
        assert_eq!(name_of(header), expected, "{header}");
    }
}

#[test]
fn every_name_of_every_field_finds_it() {
    for field in FIELDS {
        assert_eq!(name_of(field.name), field.name);
        assert_eq!(name_of(&field.chinese_name()), field.name);
    }
}

#[test]
fn aliases_rename_and_refuse_nonsense() {
    let aliases = Aliases::new([("员工 姓名", "approver.name")].into_iter());
    assert!(aliases.is_ok_and(
        |a| matches!(a.target_of("员工姓名"), Target::Field { field, .. } if field.name == "approver.name")
    ));
    let fault = Aliases::new([("x", "approver.nmae")].into_iter()).err();
    assert_eq!(fault.and_then(|f| f.suggestion).as_deref(), Some("approver.name"));
}

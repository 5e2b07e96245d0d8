//! Whether a row is sent: what was done before, what is refused, what is ticked.

/// Columns that say whether companies or people sign, where 企业 and 个人 stand in them.
pub const COLUMNS_OF_TYPES: &[&str] = &[
    "类型", "客户类型", "主体类型", "签约主体类型", "主体性质", "客户性质", "签约类型", "对方类型",
    "供应商类型", "签署主体类型", "type", "signertype", "partytype",
];
/// Words for a company and for a person where nothing else stands in a column, in lower case; 法人 is a company beside 自然人.
pub const COMPANY_TYPES: &[&str] = &[
    "企业", "公司", "单位", "机构", "法人", "对公", "company", "corporate", "corporation", "business",
    "enterprise",
];
pub const PERSON_TYPES: &[&str] =
    &["个人", "自然人", "对私", "个体", "individual", "personal", "person", "private"];
/// What may stand behind such a word: 企业客户.
pub const BEHIND_TYPES: &[&str] = &["客户", "用户", "账户", "租户", "类", "型", "签署"];
/// In headers of columns in which 单位 and 个人 say something else than who signs: 社保缴纳, 税费承担.
pub const OF_NO_SIGNER: &[&str] = &[
    "缴", "社保", "公积金", "承担", "住宿", "付款", "收款", "打款", "转账", "开票", "发票", "抬头", "来源",
    "部门", "职务", "职位", "岗位", "备注", "签收", "结算", "报销", "税", "车", "电脑", "设备", "食宿",
    "工作餐", "户口", "保险", "开户",
];
/// What is asked behind 是否: 是否企业.
pub const IS_A_COMPANY: &[&str] = &["企业", "公司", "单位", "对公", "法人", "机构"];
/// What stands beside somebody who signs nothing and gets a copy, in lower case.
pub const GET_A_COPY: &[&str] = &[
    "抄送", "抄送人", "抄送方", "被抄送人", "知会", "知会人", "知悉", "知悉人", "仅知悉", "查看人", "仅查看",
    "关注人", "cc", "viewer", "copy", "receives a copy", "审批人", "副本", "抄收", "抄收人",
];
/// The same within a few words: 仅抄送, 抄送即可.
pub const COPIED: &[&str] = &["抄送", "密送", "接收副本"];
/// Words of an English text that says so.
pub const COPIED_IN_ENGLISH: &[&str] = &["cc", "bcc", "carbon copy", "copy to", "copy only"];
/// In a few words, in whatever column: that somebody signs nothing. 只看不签, 非签约人.
pub const NOT_A_SIGNER: &[&str] =
    &["不签", "非签署", "非签约", "非签字", "无需签", "无须签", "不用签", "不需签"];
/// But not in these: 不签到, 抄送邮箱, 抄送组.
pub const NO_COPIES: &[&str] = &["签到", "签证", "邮箱", "方式", "地址", "组", "部", "科", "室"];
pub const SIGNS_NOT_IN_ENGLISH: &[&str] =
    &["not sign", "no need to sign", "no signature", "non-signer", "nonsigner"];
/// The same, in a column that says who somebody is.
pub const NO_SIGNERS_ROLE: &[&str] =
    &["只收", "仅阅", "阅知", "传阅", "仅看", "无签", "待替换", "被替换", "旁观", "观察员"];
pub const NO_SIGNERS_IN_ENGLISH: &[&str] = &["observer", "reviewer", "viewer", "to view", "archive"];
/// Who has such a word and no more for a role is none any more, or only gets the paper.
pub const NO_SIGNERS_ALONE: &[&str] =
    &["已退出", "收件", "归档人", "归档", "抄送收件人", "former", "previous"];
/// Behind 原 or 旧, whoever was one before: 原业主. 原股东 has something to hand over.
pub const FORMER_ONES: &[&str] = &[
    "业主", "租客", "租户", "承租人", "承租方", "签署人", "签约人", "负责人", "联系人", "员工", "司机",
    "店长", "房东",
];
/// How such a word begins on whoever was one before: 原业主, 旧租客.
pub const BEFORE_FORMER_ROLES: &[&str] = &["原", "旧", "前任", "上任", "上一任"];
/// Who has such a word for a role signs nothing.
pub const SIGN_NOT: &[&str] = &[
    "业务员", "管家", "收货人", "客户经理", "领队", "区域经理", "直属领导", "直属上级", "站长", "同住人",
    "受益人", "无需签署", "无需签字", "不签署", "不签字", "不签", "不用签", "不用签署", "不参与签署",
    "不参与", "紧急联系人", "联系人", "知情人", "知情", "查看", "只读", "仅通知", "通知人", "通知", "关注",
    "备案", "存档", "填写人", "经办", "审批", "审核", "审核人", "候补", "备选", "替补", "作废", "离职",
    "已离职", "已解约", "已签", "已签署", "变更前", "变更前人员", "原签署人", "见证", "介绍人", "推荐人",
    "hr", "hrbp", "人事", "人事专员", "引荐人", "旁听", "观察员", "副本", "免签", "退出", "取消", "备用",
    "前任", "原乙方", "原甲方", "原承租人", "收件人", "邮寄", "主管", "监督", "存查", "待定", "列席", "陪同",
    "仅备案", "观摩", "已撤出", "已更换", "已调岗", "挂名", "代收", "抄报", "待补", "空缺", "已故",
    "不参与签字", "甲方联系人", "乙方联系人", "丙方联系人", "对接人", "甲方对接人", "乙方对接人",
    "业务对接人", "跟进人", "招商", "招商经理",
];
/// Columns that may say whether a row is to be sent: 是 and 否.
pub const MAY_SEND: &[&str] = &[
    "是否签", "是否签合同", "是否发起", "是否要签", "是否要发", "是否需要签署", "是否需要签约",
    "是否需要发起", "是否发", "需要签署", "需要签约", "要不要签", "是否续签", "本次是否签署", "本次是否签约",
    "是否需要签订", "是否需要签", "是否要签署", "是否有效", "是否在职", "是否参与", "发起", "需发起",
    "要发起", "签署", "签约", "要签", "是否电子签", "是否电子签署", "是否电子签约", "是否线上签",
    "是否线上签署", "是否使用电子合同", "要发吗", "要签吗", "发吗", "签吗", "发不发", "签不签", "要不要发",
    "勾选", "选中", "本次发送", "本次发", "本次签", "本次签署", "签", "启用", "有效", "在职", "录用",
    "是否录用", "是否录取", "是否启用", "include", "included", "active", "enabled", "tosend", "签署与否",
    "签否", "签约与否", "发送与否", "需要签", "是否发合同", "是否需要", "本批", "是否本批", "是否续约",
    "是否续租", "是否同意", "是否授权", "是否接受", "是否愿意", "家长是否同意", "监护人是否同意",
    "本人是否同意", "是否参加", "电子签", "需电子签", "线上签", "是否本次发送", "是否继续", "valid",
    "isactive", "参加与否", "参与与否", "选择", "确认", "是否到岗", "是否报到", "标记", "标注", "是否确认",
    "本次是否发", "本次是否发送", "有效标志", "有效标识", "isvalid", "确认状态", "确认情况", "本人确认",
    "签约意向", "续签意向", "电子签署", "sign", "中标", "入选", "到场", "意向续签", "本批次", "本期签",
    "本期", "签约意愿", "approved", "renew", "续签", "续约", "续租", "发起签署", "发起签约", "发起合同",
    "续聘", "是否续聘", "留用", "是否留用", "推送", "是否推送", "下发", "是否下发", "群发", "是否群发",
    "可发", "能发", "可签", "能签", "办理", "是否办理", "是否执行", "放行", "是否放行", "无纸化",
    "是否无纸化", "再签", "是否再签", "send", "send?", "e-sign", "esign", "ready", "proceed", "本次", "这次",
    "此次", "本轮", "这批", "此批", "能否签约", "可否签约", "允许签约", "能否发起", "可否发起", "是否付定金",
    "是否缴费", "是否付款", "是否缴清", "是否到账", "是否知晓并同意", "是否知情同意", "是否接受岗位调整",
    "是否接受调岗", "是否新签", "发", "入职确认", "到岗确认", "签约确认", "签署确认", "报到确认",
];
/// To be signed, or signed already: where some rows say 否, nobody knows which are meant.
pub const SIGNS_OR_SIGNED: &[&str] = &[
    "是否签署", "是否签约", "是否签订", "是否签字", "签署标志", "签署标识", "签署标记", "签约标志",
    "签约标识", "签约标记", "签订标志", "签订标识", "发送标志", "发送标识", "发起标志", "发起标识",
];
/// Columns that may say what was done with a row before.
pub const MAY_BE_DONE: &[&str] = &[
    "发起状态", "发送状态", "签署状态", "签约状态", "签订状态", "合同状态", "状态", "在职状态", "员工状态",
    "人员状态", "签署情况", "签约情况", "签订情况", "用工状态", "人员类别状态", "是否离职", "是否已签",
    "是否已签署", "是否已签约", "是否已发起", "是否已发送", "已签", "已签署", "已发起", "已发送", "signed",
    "sent", "done", "离职", "作废", "删除", "停用", "禁用", "黑名单", "注销", "取消", "不发", "不签", "勿发",
    "退租", "退学", "辞退", "已发", "是否退租", "是否退学", "是否退房", "是否已发", "是否删除", "是否作废",
    "是否停用", "是否禁用", "是否取消", "是否注销", "是否黑名单", "合同是否签订", "合同是否已签", "是否不发",
    "排除", "exclude", "excluded", "disabled", "deleted", "inactive", "skip", "terminated", "resigned",
    "签回", "签回状态", "进展", "进度", "入职状态", "删除标志", "isdeleted", "线下签署", "是否线下签",
    "是否线下", "是否线下签署", "是否纸质", "合同进度", "签署进展", "签署进度", "免签", "是否免签", "无需签",
    "无需签署", "删除标记", "重复", "是否重复", "体检结果", "面试结果", "审核结果", "核查结果", "报名结果",
    "考核结果", "政审结果", "背调结果", "审批结果", "签字", "签收", "签字状态", "回收", "合同回收",
    "合同回收情况", "status", "signstatus", "signingstatus", "contractstatus", "state", "issigned", "issent",
    "orderstatus", "合同签署状态", "电子合同状态", "电子签状态", "核保结果", "核保结论", "核保状态",
    "订单状态", "录取结果", "录取类型", "录取", "预审", "预审结果", "处理状态", "身份核验", "核验状态",
    "是否退保", "是否退款", "是否退费", "是否已有合同", "是否有合同", "是否有纸质合同", "是否已有纸质合同",
    "线下合同", "纸质合同", "离职标识", "离职标志", "名额", "会员状态", "账号状态", "账户状态", "合同形式",
    "签署形式", "签署方式", "签约方式", "签订方式", "签收情况", "作废标志", "停用标志", "作废标识",
    "停用标识", "失效标志", "无效", "暂停", "缓签", "跳过", "剔除", "停发", "拒签", "退出", "暂不签",
    "不用签", "放弃", "流失", "已故", "封存", "冻结", "停职", "辞职", "退休", "退会", "退费", "退房", "退车",
    "解约", "毁约", "暂缓", "cancelled", "canceled", "hold", "onhold", "有无合同", "续聘意见", "期满意见",
    "去留", "签章通道", "合同载体", "房态", "住户状态", "车辆状态", "租户状态", "学员状态", "客户状态",
    "现况", "合同", "协议", "签署结果", "签约结果", "发送结果", "完成度", "是否完成", "合同签订情况",
    "缴费状态", "缴费情况", "支付状态", "付款状态", "收款状态", "退款状态", "退费标记", "退费状态",
    "录用状态", "offer状态", "当前状态", "部门意见", "到期意见", "续签年限", "续签期限", "意愿", "意向",
    "有效性", "核对", "核对结果", "提交状态", "退租申请", "退款申请", "离职申请", "领导意见", "办理结果",
    "办理状态", "办理进度", "完成情况", "完成状态", "签约结论", "续签结论", "续签意见", "续约意见", "情况",
    "短信状态", "短信发送状态", "短信发送情况", "链接状态", "链接发送状态",
];
/// What stands in them, besides yes and no.
pub const DONE_WORDS: &[&str] = &[
    "签了", "发了", "没", "没签", "没发", "已发起", "未发起", "待发起", "已发送", "未发送", "待发送", "已签",
    "未签", "待签", "已签署", "未签署", "待签署", "已签约", "未签约", "待签约", "签", "不签", "发", "不发",
    "已作废", "作废", "已完成", "未完成", "签署中", "已撤销", "已离职", "离职", "待离职", "已取消", "取消",
    "已终止", "终止", "已解除", "已退租", "已退学", "不续签", "不续", "不需要", "不用", "不用签", "不参与",
    "已失效", "失效", "无效", "停用", "已签回", "签完", "已签完", "完成", "退赛", "退训", "退租", "休学",
    "毕业", "结业", "冻结", "未报到", "停薪留职", "已撤回", "撤回", "已拒签", "拒签", "成功", "失败",
    "发送成功", "发送失败", "已归档", "归档", "签署成功", "参加", "不参加", "参与", "确认", "已确认", "重复",
    "合格", "不合格", "通过", "不通过", "未通过", "正常", "异常", "已签字", "未签字", "已签收", "已回收",
    "未回收", "纸质", "纸质版", "电子", "电子版", "线上", "线下", "离退休", "退休", "已退休", "已中止",
    "中止", "已过期", "过期", "已关闭", "关闭", "签毕", "已签毕", "已办结", "办结", "completed", "closed",
    "signed", "sent", "done", "expired", "cancelled", "canceled", "void", "pending", "unsigned", "unsent",
    "refunded", "refund", "inactive", "terminated", "resigned", "disabled", "suspended", "failed",
    "rejected", "draft", "deleted", "拒保", "已退款", "退款", "已退保", "退保", "已退费", "未录取", "不录取",
    "备取", "候补", "已处理", "未处理", "待处理", "不一致", "停岗", "有", "无", "没有", "已注销", "注销",
    "已禁用", "禁用", "拉黑", "暂不", "缓", "暂缓", "先不", "再说", "缓签", "缓发", "未确认", "签约", "续签",
    "不签约", "待定", "签好了", "签好", "已离", "离司", "调离", "退场", "已退场", "已搬走", "搬走", "搬离",
    "已搬离", "换人", "未同意", "停保", "已毕业", "延期", "下一批", "下批", "第二批", "空号", "错号", "多余",
    "无需", "代签", "面签", "待审", "待批", "不续聘", "走", "空", "空置", "还车", "已还车", "合同已签",
    "终止合同", "解除合同", "未入职", "未到岗", "发起成功", "发起失败", "未缴费", "待缴费", "欠费", "未支付",
    "待支付", "未付款", "待付款", "未付", "未缴", "拒绝offer", "拒绝", "已拒绝", "审批拒绝", "到期终止",
    "到期不续", "终止续签", "不同意", "不愿意", "未提交", "不接受", "拒offer", "放弃offer", "弃offer",
    "已放弃", "100%", "放弃续签", "签完了", "发完了", "没签完", "没发完", "搞定", "已搞定", "搞定了",
    "弄好了", "办好了", "已办好", "已办", "已存档", "存档", "已送达", "送达", "已读", "已打开", "已接收",
];
/// What stands in them while nothing was done.
pub const PENDING: &[&str] = &[
    "没", "没签", "没发", "未发起", "待发起", "未发送", "待发送", "未签", "待签", "未签署", "待签署",
    "未签约", "待签约", "未完成", "签", "发", "失败", "发送失败", "未签字", "未回收", "pending", "unsigned",
    "unsent", "draft", "未处理", "待处理", "无", "没有", "没签完", "没发完",
];
/// What stands in them of whoever is meant.
pub const IS_MEANT: &[&str] =
    &["参加", "参与", "确认", "合格", "通过", "正常", "电子", "电子版", "线上", "在职", "已确认"];
/// Who has approved or not, before the word that says it: 审批通过.
pub const BEFORE_VERDICTS: &[&str] = &["审批", "审核", "复核", "初审", "复审", "终审", "核准"];
/// What says that something is done, and leaves open what: 流程状态 | 已完成 may be the signing.
pub const FINISHED: &[&str] = &[
    "已完成", "完成", "已办结", "办结", "已结束", "结束", "已归档", "归档", "完结", "已完结", "completed",
    "closed", "done", "finished",
];
/// In columns about what comes before the signing.
pub const BEFORE_SIGNING: &[&str] = &[
    "审批", "审核", "核验", "核查", "入职", "体检", "面试", "背调", "报名", "实名", "认证", "开户", "付款",
    "缴费", "登记", "录取", "培训", "建档", "approval",
];
/// The same, but under 发送状态 it says that it was done.
pub const HAS_WORKED: &str = "成功";
/// Before what is left undone.
pub const NEGATIONS: &[&str] = &[
    "不", "不再", "不能", "不得", "不准", "不予", "不可", "不愿", "不愿意", "不想", "不肯", "不同意",
    "不参与", "不参加", "拒", "拒绝", "放弃", "取消", "停止", "暂停", "免", "无法", "弃", "不会", "不打算",
    "不准备", "不考虑", "无意", "不给", "缓", "推迟", "拒不", "坚决不", "甭", "不须", "毋需", "别再",
];
/// The same, so firm that what stands before it does not matter: 合同寄过了不用签.
pub const FIRM_NEGATIONS: &[&str] = &[
    "不用", "不需", "不需要", "不必", "不要", "无需", "无须", "毋须", "勿", "请勿", "切勿", "暂勿", "先勿",
    "别", "请别", "先别", "先不", "先不要", "暂不", "暂时不", "暂时不要", "暂缓", "暂不用", "暂不需要",
    "不用再", "不必再", "无需再", "不要再",
];
/// What is done with a contract, behind such a negation.
pub const LEFT_UNDONE: &[&str] = &[
    "签", "签署", "签约", "签订", "签字", "签名", "签章", "发", "发送", "发起", "发出", "推送", "续签",
    "续约", "续",
];
/// What says of somebody, in a remark or in a column that may say so, that he gets no contract: left,
/// cancelled, refused. In lower case, without spaces; 已, 了 and the like may stand around it. In a longer
/// text they may say anything: 退租时押金退还.
pub const SAY_NO: &[&str] = &[
    "清退", "退回", "不准入", "过世", "纸签", "未入职", "已离职", "拒贷", "非签约人员", "离职", "待离职",
    "离岗", "辞职", "已辞退", "不同意", "不愿意", "不愿", "拒绝", "驳回", "审批驳回", "未通过", "不通过",
    "审批不通过", "作废", "取消", "撤销", "终止", "解除", "解约", "失效", "无效", "停用", "退租", "退房",
    "退学", "放弃", "签过", "纸质合同", "线下签署", "已签纸质合同", "黑名单", "已故", "死亡", "terminated",
    "resigned", "cancelled", "canceled", "rejected", "void", "inactive", "暂停", "去世", "身故", "发过",
    "线下签", "暂缓", "下周再发", "下次再发", "线下已签", "未到岗", "停发", "退出", "毁约", "自离", "病故",
    "减员", "删除", "注销", "禁用", "不录用", "未录用", "淘汰", "放弃入职", "退宿", "审批中", "审核中",
    "待审批", "待审核", "未审核", "未审批", "退园", "退会", "退保", "流失", "donotsend", "dontsend", "skip",
    "onhold", "hold", "declined", "withdrawn", "withdrew", "deleted", "disabled", "excluded", "已撤回",
    "撤回", "候补", "备选", "纸质已签", "纸质签", "已解约", "未报到", "退赛", "退训", "停薪留职", "变更前",
    "已退", "不租", "不租了", "停播", "休学", "离院", "已离院", "退车", "流拍", "已转让", "结课", "不来",
    "不来了", "停办", "停课", "撤单", "退单", "下架", "下播", "解约中", "谈崩", "剔除", "反悔", "搁置",
    "终止合作", "已解", "跳槽", "异常", "信息异常", "失败", "报名失败", "不合格", "已回收", "离退休",
    "已退休", "离职中", "办理离职", "信息有误", "信息错误", "待核实", "待修改", "待更正", "需修改", "需更正",
    "辞退", "转学", "转校", "退费", "已退费", "查无此人", "人已走", "没来报到", "没有报到", "没来",
    "联系不上", "未报名", "撤场", "已撤场", "清场", "已清场", "签过了", "跑路", "失联", "开除", "转走",
    "取消订单", "订单取消", "反对", "不赞成", "仅意向", "无意向", "没意向", "没有意向", "暂无意向", "考虑中",
    "再考虑", "还在考虑", "犹豫", "观望", "不确定", "未确定", "未答复", "未回复", "履行中", "生效中",
    "已生效", "生效", "落选", "不符合", "缓签", "缓发", "暂不", "停签", "不续", "去别家", "去别家了",
    "未到位", "候选", "替补", "已淘汰", "已放弃", "封存", "停职", "流产", "已寄", "已寄出", "已结清",
    "已结算", "已关闭", "已停机", "fail", "failed", "lost", "closedlost", "notapproved", "leftthecompany",
    "停卡", "已停卡", "下次", "下期", "下轮", "下回", "不续租", "签过的", "转出", "已转出", "被拒绝",
    "未缴费", "未体检", "面试未通过", "未确认", "审核不通过", "搬走", "待审", "不要了", "不同意录用",
    "不建议录用", "不予录用", "再考虑一下", "非本人实名", "退定", "退卡", "退场", "已退场", "放弃实习",
    "已退款",
];
/// The same in a remark only: in a column they may be about lodgings, or a meal.
pub const SAY_NO_IN_REMARKS: &[&str] = &[
    "夫妻同签", "两个人签", "两人签", "做两份", "要两份", "做2份", "要2份", "未成年", "不干了", "不做了",
    "人已离开", "上周签完了", "已签完了", "已签收纸质版", "重复行", "dup", "duplicated", "cancel",
    "notsigning", "已离", "离司", "调离", "退场", "已搬走", "未同意", "停保", "错号", "无需", "待批", "延期",
    "放弃offer", "不需要", "不需要发", "不要", "不参加", "不参与", "关闭", "退款", "重复", "多余", "拉黑",
    "换人", "已换人", "搬走", "不合格", "等通知", "冻结", "跳过", "离开", "请删除", "紧急联系人", "重签",
    "测试数据", "测试", "弃权", "姓名有误", "身份证有误", "身份证不对", "手机号有误", "号码有误",
    "等财务确认", "待领导批", "待财务确认", "等领导审批", "有误", "错误", "待更新", "待定", "信息不全",
    "资料不全", "身份证过期", "证件过期", "空置", "重复提交", "重复填写", "重复报名", "待补资料", "待补材料",
    "走了", "人走了", "人没了", "下周发", "下周签", "下月发", "下月签", "下个月发", "下个月再发", "下个月签",
    "已寄出", "模板不一样", "模板不同", "先放着", "等领导批", "等通知再发", "等通知再签", "合同已给",
    "合同已寄出", "怀孕待定", "重新核对", "手机号错误", "联系方式不对", "身份证待补", "候选", "替补",
    "未到位", "去别家了", "同上一行重复", "月底再签", "下周再签", "过完年再签", "推迟", "签了", "已签了",
    "回老家了", "待审", "删", "删掉", "去掉", "不在名单", "不在名单里", "算了", "这个人算了", "放鸽子",
    "公司已注销", "公司注销了", "签过纸质", "签过纸质版", "先放一放", "这次不用", "本次不用", "不同意录用",
    "不建议录用", "不予录用", "再考虑一下", "再考虑",
];
/// The same, in a column that has to do with contracts: 签署进度 | 已完成.
pub const SAY_NO_OF_PAPERS: &[&str] = &[
    "已完成", "已发送", "已发起", "签署中", "线下", "纸质", "纸质版", "纸质合同", "手签", "手写", "现场",
    "现场签", "面签", "线下签", "线下签署", "不签", "已归档", "归档", "成功", "发送成功", "签署成功", "已发",
    "转让", "待确认", "重复", "sent", "done", "draft", "草稿", "signed", "已签章", "签章完成", "已盖章",
    "已送达", "已回签",
];
pub const OF_SIGNING: &[&str] = &["签署", "签约", "签订", "合同已", "签章"];
/// Columns for a day after which nobody gets a contract.
pub const LAST_DAYS: &[&str] = &[
    "离职日期", "离职时间", "离职日", "最后工作日", "解约日期", "解约时间", "注销日期", "退学日期",
    "作废日期", "作废时间", "lastworkingday", "terminationdate", "退租日期", "退租时间", "退房日期",
    "退房时间", "退宿日期", "退园日期", "退会日期", "离场日期", "离岗日期", "辞职日期", "停用日期",
    "注销时间", "deletedat", "deletedon", "删除时间", "删除日期", "离开日期", "发送时间", "发送日期",
    "解除日期", "解除时间", "签收日期", "签收时间", "已发送时间", "已发送日期", "归档编号", "归档日期",
    "归档时间", "归档号", "回收日期", "回收时间", "已签日期", "已签时间", "leavedate", "合同签署日",
    "签署流程id", "签署流程编号", "实际退租日", "实际退租日期", "拟离职日期", "预计离职日期", "预计离职时间",
    "退租日", "实际退房日期", "实际离职日期", "退款日期", "退款时间", "退费日期", "搬离日期", "搬离时间",
    "退场日期", "退场时间", "停卡日期", "停卡时间", "离校日期", "离校时间", "离园日期", "撤场日期",
    "撤回时间", "撤回日期",
];
/// Columns in which nothing stands of whoever is still to get a contract, whatever stands there of the others.
pub const FILLED_IN_AFTERWARDS: &[&str] = &[
    "离职原因", "失败原因", "电子合同链接", "下载链接", "合同下载链接", "签署人签名", "未签原因", "不签原因",
    "退租原因", "退学原因", "作废原因", "取消原因", "拒签原因", "合同链接", "合同文件", "扫描件",
    "合同扫描件", "签署链接", "合同附件", "归档文件", "电子合同编号", "已签合同编号", "腾讯电子签编号",
    "合同终止原因", "终止原因", "上传合同", "签字", "签名", "签章", "本人签字", "本人签名", "员工签名",
    "签字确认", "签名确认", "代签", "代签人", "代签字人", "员工签字", "签字扫描件", "已签合同", "错误信息",
    "错误原因", "失败信息", "解约原因", "退房原因", "解除原因", "回签", "合同寄回", "归档", "回签日期",
    "寄回日期",
];
/// In columns that say whether somebody was found fit: 是 and √ are good there.
pub const APPROVALS: &[&str] = &[
    "审核", "初审", "复审", "终审", "审批", "资质", "通过", "合格", "资格", "入选", "中标", "核准", "批准",
    "体检结果", "背调结果", "政审结果", "面试结果", "考核结果", "录取", "录用", "核保", "预审", "核查结果",
    "报名结果", "核验", "decision", "approved", "approval",
];
/// The same, of columns called no more than that.
pub const APPROVALS_ALONE: &[&str] =
    &["政审", "背调", "面试", "考试结果", "资料齐全", "材料齐全", "资料是否齐全", "材料是否齐全"];
/// Columns of which nobody says 不合格 of whoever gets a contract.
pub const EXAMINED: &[&str] = &["体检"];
/// Behind 是否, in a header that asks of somebody no more than whether he signs: 配偶是否签字.
pub const NO_MORE_THAT_SIGNS: &[&str] = &["签", "签字", "签署", "签约", "需签", "需签字", "要签", "签名"];
/// Columns for the day on which somebody has signed, or a contract went out.
pub const SIGNED_ON: &[&str] = &[
    "签约日期", "签约时间", "签署日期", "签署时间", "签订日期", "签订时间", "签字日期", "签字时间",
    "签名日期", "签名时间", "签章日期", "签章时间", "盖章日期", "盖章时间", "合同签约日期", "合同签约时间",
    "合同签署日期", "合同签署时间", "合同签订日期", "合同签订时间", "合同签字日期", "协议签署日期",
    "协议签订日期", "实际签约日期", "实际签约时间", "实际签署日期", "实际签署时间", "实际签订日期",
    "合同签署完成时间", "合同签署完成日期", "合同完成时间", "签约完成时间", "签约完成日期", "签署完成时间",
    "签署完成日期", "签订完成时间", "完成时间", "完成签署时间", "员工签署时间", "员工签署日期",
    "员工签字日期", "租客签署时间", "客户签署时间", "发起时间", "发起日期", "合同发起时间", "合同发起日期",
    "合同发送时间", "合同发送日期", "寄出日期", "寄出时间", "寄送日期", "寄送时间", "邮寄日期", "邮寄时间",
    "快递日期", "寄回日期", "寄回时间", "收回日期", "收回时间", "合同寄出日期", "合同回收日期",
    "合同收回日期", "合同归档日期", "合同归档时间", "合同领取日期", "存档日期", "存档时间", "flowid",
    "signedon", "signedat", "signeddate", "signingdate", "signdate", "datesigned", "senton", "sentat",
    "sentdate", "datesent", "completedat", "completedon", "完成日期", "快递单号", "领取日期", "领取时间",
    "返回日期", "存档编号", "流程编号", "completiondate",
];
/// What says so behind 已 only: a remark 签 means that somebody is to sign.
pub const DONE_IN_REMARKS: &[&str] = &[
    "签", "签署", "签约", "签订", "签完", "签纸质", "签纸质合同", "发", "发送", "发起", "故", "线下签",
    "签字", "签收", "回收", "归档",
];
/// Columns that tell how far something has come, whatever words they tell it in.
pub const PROGRESS: &[&str] = &[
    "进度", "进展", "跟进", "跟进情况", "进展情况", "最新进展", "目前进度", "当前进度", "当前进展",
    "目前进展", "进度说明", "progress",
];
/// The same behind a word for contracts or signing: 合同情况, 签约阶段.
pub const ENDS_OF_PROGRESS: &[&str] = &["进度", "进展", "跟进", "情况", "状态", "阶段", "环节", "节点"];
/// What stands in them of whoever is still to get his contract.
pub const AHEAD_OF_SIGNING: &[&str] = &[
    "补签", "换签", "待签约", "待电子签", "待生成", "待续签", "待新签", "待发合同", "待发电子合同", "未开始",
    "未启动", "未签约", "草稿", "拟签", "等签合同", "等签", "不变", "信息不变", "待入职", "待报到", "待上岗",
    "资料已补齐", "材料已补齐", "待发起合同", "待发起签署", "暂无", "第一批", "第二批", "首批", "重点",
    "重要",
];
/// In such a word: that something stands in the way, or that it was done.
pub const STUCK_OR_DONE: &[&str] = &[
    "卡", "等", "待", "退", "停", "拖", "缓", "不", "未", "没", "黄了", "谢绝", "再说", "再定", "再发",
    "再签", "再看", "后发", "后签", "完成", "完毕", "好了", "成功", "成交", "归档", "存档", "送达", "搞定",
    "办好", "办完", "办妥", "弄好", "签完", "签好", "签过", "签了", "已签", "已续签", "修改", "改", "有误",
    "错", "问题", "寄", "盖", "回签", "审", "催", "联系不上", "失联", "取消", "删", "撤", "换", "补", "拒",
    "走了", "搬走", "过期", "作废", "关闭", "解除", "终止", "毕业", "付清", "易主", "路上", "法务", "老板",
    "看过", "冲突", "纠纷", "争议", "延期", "推迟", "放弃", "放一放", "搁", "悬", "下次", "下月", "下周",
    "下个月", "明年", "清退", "离职", "漏", "重复", "已发送", "已发起", "已归", "回头", "暂", "领导",
    "公司批", "要批", "缺", "谈判", "在谈", "流失", "打回", "爽约", "出差", "休假", "请假", "住院", "出国",
    "异议", "投诉", "报警", "生效", "重发", "重签", "想想", "考虑", "走流程", "回传", "发他", "发她", "明天",
    "跟丢", "他司", "已租", "冷静期", "走oa",
];
/// How a column begins that tells of what was before.
pub const BEFORE_THIS: [char; 2] = ['原', '前'];
pub const ALREADY: &[&str] = &["已经", "已"];
/// What may stand around them.
pub const BEFORE_REMARKS: &[&str] = &[
    "合同", "本人", "此人", "该员工", "员工", "租客", "学生", "客户", "本次", "此次", "这次", "暂时", "目前",
    "先",
];
pub const BEHIND_REMARKS: &[&str] = &["过了", "了", "过", "电子合同", "劳动合同", "合同", "此人", "本人"];
/// Remarks of several words.
pub const SENTENCES_THAT_SAY_NO: &[&str] = &[
    "做两份合同", "要两份合同", "做2份合同", "要2份合同", "行同签", "行一份", "行是一份", "签完了", "重复行",
    "not signing", "应叫", "do not send", "don't send", "dont send", "do not sign", "don't sign",
    "not to be sent", "on hold", "代签", "空号", "号码不对", "号码错误", "号码有误", "走纸质", "签纸质",
    "下月再签", "下次再签", "以后再签", "签两份", "上面是一份", "下面是一份", "换人签", "换号了",
    "换手机号了", "手机号换成", "手机号换为", "手机号已换", "手机号改成", "手机号改为", "后再发", "后再签",
    "姓名有误", "名字有误", "身份证不对", "身份证有误", "用新模板", "换模板", "按高管版", "一起签",
    "监护人签", "家长签", "配偶签", "签3份", "签三份", "合并到", "等财务确认", "待领导", "一人两份",
    "一式两份发", "不签了", "号销了", "年后发", "年后再", "名字打错", "名字写错", "此条删", "加一个担保",
    "老婆签", "老公签", "爸爸签", "妈妈签", "要求纸质", "要纸质", "改签", "合签", "停机", "回来再签",
    "回来再发", "回来后再签", "返岗后再签", "产假后再签", "暂停合作", "停止合作", "终止合作", "合作暂停",
    "already signed", "duplicate", "left the company", "pending approval", "wrong number", "sign next month",
    "send later", "will sign", "再签约", "过年后", "过完年", "月底再", "下周再", "下周一再", "等领导批",
    "等通知再", "推迟到", "合同已寄", "合同已给", "已寄出", "请单独发", "另加保密", "夫妻双方签", "双方都签",
    "乙方先签", "甲方先签", "乙方后签", "甲方后签", "其父签", "其母签", "儿子代办", "女儿代办", "家属代办",
    "配偶代办", "实际签署人", "号错误", "姓名错", "名字错", "名字错了", "签字人为", "签署人为", "委托其",
    "去别家", "联系方式不对", "她妈妈的手机", "父亲号码", "母亲号码", "用补充协议", "用兼职", "按实习",
    "按兼职", "改甲方", "改乙方", "改成两份", "改为两份", "改成三份", "用英文版", "转外包", "人不来了",
    "请发给他", "请发给她", "先签保密", "应为", "找她先生", "找他太太", "用实习模板", "下个月再签",
    "下个月再发", "走人了", "入职别家", "offer已拒", "拒了offer", "跑单", "替她签", "替他签", "联系不上",
    "回头再说", "再观察", "手签过", "已在e签宝", "已在法大大", "法大大已", "再弄", "to be confirmed",
    "to be decided", "tbc", "tbd", "已经签过",
];
/// What says no wherever it stands, since nothing else is called so.
pub const SAY_NO_ANYWHERE: &[&str] = &[
    "作废", "已作废", "离职", "已离职", "线下签", "已取消", "撤销", "已撤销", "已终止", "已退租", "离退休",
    "已签", "已签约", "已签署", "已签订", "签过", "签过了", "不签约", "退租", "退学", "拒签", "已拒签",
    "不续签", "不续约", "不续", "不通过", "未通过", "审核不通过", "不录用", "未录用", "落选", "淘汰",
    "已淘汰", "缓签", "缓发", "暂缓", "暂不", "再考虑", "考虑中", "已解约", "已发送", "已发起", "纸质签",
    "纸质已签", "放弃", "已放弃", "退出", "已退出", "终止", "暂停", "停签", "拒绝", "驳回", "已驳回", "拒保",
    "不符合", "不合格", "不参与", "先不发", "已退学", "已退车", "已退房", "已退宿", "停用", "已停用",
    "不入职", "离职人员", "已离职人员", "离职员工", "已注销", "已删除", "不同意", "已退订", "退订", "退伙",
    "已退伙", "不同意录用", "不建议录用", "不予录用", "不合格，不录用", "已停卡", "非本人实名", "再考虑一下",
];
/// What a contract says of somebody, and what is said of it where the sheet is not to be believed: 月薪改为8000, 姓名应为….
pub const TERMS_OF_CONTRACTS: &[&str] = &[
    "月薪", "工资", "薪资", "薪酬", "底薪", "年薪", "时薪", "租金", "房租", "月租", "押金", "单价", "金额",
    "价格", "总价", "服务费", "提成", "佣金", "合同期", "期限", "租期", "起租", "试用期", "主体", "甲方",
    "乙方", "姓名", "名字", "身份证", "证件号", "手机", "电话", "号码",
];
pub const CORRECT_TERMS: &[&str] = &[
    "改为", "改成", "改到", "换为", "换成", "调整为", "调整成", "变更为", "更改为", "应为", "应是", "应该是",
    "待确认", "待核实", "待定", "未定", "有误", "写错", "填错",
];
/// In such a remark: that the sheet says it by now.
pub const SAID_BY_NOW: &[&str] = &["已改", "已调", "已变更", "已更", "已换", "已核", "已修"];
/// How a remark ends on somebody who was looked at, and will not get a contract: 体检没过, 背调未通过.
pub const HAS_FAILED: &[&str] = &["没过", "未过", "没通过", "未通过", "不通过", "不合格"];
pub const LOOKED_AT: &[&str] = &["体检", "背调", "政审", "审核", "审批"];
/// Before a mobile that is somebody else's: 手机号是他儿子的.
pub const NUMBERS_IN_REMARKS: &[&str] = &["手机", "电话", "号码"];
pub const NOT_HIS_OWN: &[&str] = &["不是本人", "非本人号", "非本人手机", "不是他本人", "不是她本人"];
/// How a remark begins on another contract than the others have: 用旧版合同.
pub const OTHER_VERSIONS: &[&str] =
    &["用旧版", "用老版", "用旧模板", "用老模板", "用a版", "用b版", "用c版", "签旧版"];
/// What has such a word in it and says the opposite.
pub const DENIED_SENTENCES: &[&str] = &["不代签", "非代签", "不用代签", "不得代签"];
/// What a remark says of a number that is not the one to sign with.
pub const OF_OTHER_NUMBERS: &[&str] = &[
    "备用", "紧急", "爱人", "配偶", "老公", "老婆", "家人", "父亲", "母亲", "工号", "家属", "家里", "座机",
    "固话", "旧", "原号", "原手机", "之前", "办公", "单位电话", "推荐", "介绍", "联系人", "房东", "快递",
    "微信", "支付宝", "银行", "卡号", "账号", "顺丰", "小哥", "寄", "收件", "收货", "物流", "外卖", "跑腿",
    "送货", "司机", "中介",
];
/// What is said of another company, or of a contract before this one.
pub const OF_ELSEWHERE: &[&str] = &[
    "原单位", "原公司", "原合同", "前公司", "前单位", "前一", "前租", "前任", "上家", "上一", "上个", "上任",
    "上份", "上期", "上次", "旧", "接替", "替补", "求职", "目前", "应聘",
];
/// Columns whose words are about something else than whether somebody gets a contract.
pub const OF_OTHER_MATTERS: &[&str] = &[
    "社保", "公积金", "父", "母", "抵押", "竞业", "隔离", "调岗", "出差", "保密", "三方", "培训", "安全",
    "发放", "签收", "签到", "签领", "签证", "通知", "提醒", "发票", "原因", "首签", "纸质", "首次", "第一次",
    "补充", "证明", "手册", "研究生", "短信", "邮件", "固定期限", "体检", "加班", "自动续",
];
/// Columns that may say so in words of their own.
pub const SAYS_OF_SOMEBODY: &[&str] = &[
    "状态", "状况", "情况", "进度", "结果", "意向", "签", "合同", "在岗", "在职", "现状", "到岗", "形式",
    "是否", "status", "审批", "审核", "确认", "操作", "意见", "处理", "异动", "变动", "录用", "聘用", "入职",
    "标记", "标注", "批次", "发送", "发放", "房态", "成交", "归档", "签收", "反馈", "回复", "沟通",
    "变更类型", "合同形式", "体检", "授权", "剔除", "缺席", "进展", "学籍", "合约", "阶段", "意愿", "处置",
    "去向", "合作", "风控", "评估", "资质", "答复", "资格", "参与", "等级", "名次", "载体", "领导",
    "decision", "offer", "renew", "result", "approved", "反应", "表态", "选择", "应聘", "流程", "环节",
    "步骤", "节点",
];
/// What a header that asks something may end with: 签了吗, 签否.
pub const ENDS_OF_QUESTIONS: &[&str] = &["吗", "么", "否", "没", "没有"];
/// What such a header may have beside its word.
pub const AROUND_QUESTIONS: &[&str] = &[
    "是否", "本次", "本批", "本月", "这次", "需要", "需", "已经", "能不能", "可不可以", "能否", "可否",
    "允许", "准许", "可以", "可", "能",
];
/// How a header begins that asks whether something may be done: 能否签.
pub const ASKS_FOR_LEAVE: &[&str] = &["能不能", "可不可以", "能否", "可否", "允许", "准许", "可以"];
/// In such a header: that it was done already.
pub const SIGNED_ALREADY: &[&str] =
    &["回签", "已签", "签了", "签过", "签完", "签回", "已回签", "已发", "发了", "发过", "已寄出"];
/// In such a header: that it is to be done.
pub const SIGNS_OR_SENDS: &[&str] = &["签", "要签", "发", "要发", "发送", "签署", "签合同", "发合同"];
/// In a header about the signing or sending: that it was done. 签约完成, 合同签完没.
pub const SIGNED_TO_THE_END: &[&str] = &["完成", "完毕", "签完", "发完", "签好", "发好"];
/// 是否续签, 是否有效: what is asked when a column asks whether somebody gets a contract.
pub const ASKS_TO_SEND: &[&str] =
    &["续签", "同意签", "同意续", "签约", "签署", "签订", "签合同", "发起", "发送", "在职", "在岗", "有效"];
/// 合同已签, 协议已发; 已签合同次数 is a count.
pub const PAPER_WORDS: &[&str] = &["签", "发送", "发起", "合同", "协议"];
pub const DONE_MARKS: &[&str] = &["已签", "已发"];
pub const COUNT_ENDS: &[&str] = &["次数", "份数", "年限", "日期", "时间", "数"];
pub const LEAVING: &[&str] = &["离职", "作废"];
/// Columns for anything that somebody wants to say of a row.
pub const REMARK_COLUMNS: &[&str] = &[
    "说明", "备注说明", "备注信息", "备注(内部)", "情况说明", "特殊说明", "批注", "附注", "标注", "remark",
    "remarks", "note", "notes", "comment", "comments", "备注栏", "备注/说明", "特别说明", "其他说明", "注",
    "注释", "留言", "memo", "异常", "特别备注", "其它说明", "异常说明", "批示", "提示", "要求", "注意事项",
    "提醒", "签署要求",
];
/// How the header of such a column ends, besides: HR备注, 备注1.
pub const REMARK_END: &str = "备注";
/// Columns that say whether somebody signs for himself: 否 means that another one does.
pub const SIGN_FOR_HIMSELF: &[&str] = &[
    "是否本人", "是否本人签", "是否本人签署", "是否本人签字", "本人签署", "是否成年", "是否成年人", "成年",
    "是否已成年", "是否满18岁", "是否满18周岁",
];
/// The same the other way round: 是 means that another one signs, or that nobody can.
pub const SIGNED_BY_ANOTHER: &[&str] = &[
    "是否代签", "代签", "是否委托", "是否委托签署", "是否未成年", "是否未成年人", "未成年", "未成年人",
    "是否为未成年人", "证件是否过期", "身份证是否过期", "证件过期", "是否过期", "是否失联", "失联",
    "是否黑名单人员",
];
/// Of these, those that are about another one who signs: 证件过期 is not.
pub const OF_ANOTHER: &[&str] = &["代签", "委托", "成年"];
/// Columns that say who somebody is to the one who signs: 本人, or 父亲.
pub const SIGNER_RELATIONS: &[&str] = &[
    "签署人关系", "签约人关系", "签字人关系", "签署人身份", "签约人身份", "签字人身份", "与签署人关系",
    "与签约人关系", "签署人与本人关系", "签约人与本人关系", "代签人关系", "签署身份", "签约身份",
];
/// What stands there of whoever signs for himself.
pub const HIMSELF: &[&str] = &["本人", "自己", "self", "本人签署", "员工本人", "学生本人"];
pub const AGES: &[&str] = &["年龄", "周岁", "年龄(周岁)", "年龄(岁)", "岁数", "age"];
/// Columns for the day on which somebody was born.
pub const BIRTHS: &[&str] = &[
    "出生日期", "出生年月日", "出生年月", "生日", "出生", "出生日", "dateofbirth", "birthday", "birthdate",
    "dob",
];
/// Columns for the class of a school in which somebody is.
pub const SCHOOL_CLASSES: &[&str] = &[
    "班级", "年级", "就读班级", "所在班级", "就读年级", "所在年级", "年级班级", "学生班级", "班别",
    "幼儿班级", "入园班级", "class", "grade",
];
/// In the name of a class in which nobody is of age.
pub const CLASSES_OF_MINORS: &[&str] = &[
    "一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "1年级",
    "2年级", "3年级", "4年级", "5年级", "6年级", "7年级", "8年级", "9年级", "初一", "初二", "初三", "高一",
    "高二",
];
/// How such a class is called, with a number behind it or without.
pub const CLASSES_OF_CHILDREN: &[&str] = &[
    "小班", "中班", "大班", "小一班", "小二班", "小三班", "中一班", "中二班", "中三班", "大一班", "大二班",
    "大三班", "托班", "学前班", "幼儿园", "小学", "初中", "幼小衔接", "初1", "初2", "初3", "高1", "高2",
];
/// Columns that count the contracts of a row.
pub const COUNTS_OF_CONTRACTS: &[&str] = &[
    "签几份", "合同数", "需签合同数", "几份合同", "签订合同数量", "协议数量", "协议数", "合同套数", "签约数",
    "noofcontracts", "no.ofcontracts", "numberofcontracts", "contractcount", "合同份数", "签约份数",
    "签署份数", "签订份数", "协议份数", "份数", "合同数量", "签约数量", "需签份数", "发送份数",
];
/// Before what is signed or sent, in the header of a column of ticks: 需签署, 本月签订.
pub const TICKED_FOR: &[&str] =
    &["需", "需要", "要", "待", "须", "应", "可", "拟", "本次", "本月", "本批", "这次", "未", "准备"];
/// Said at the end of any remark.
pub const HAS_LEFT: &str = "已离职";
/// A cell that holds no more than such a mark says yes, or no.
pub const YES_MARKS: &[&str] = &["√", "✓", "✔", "✔\u{fe0f}", "✅", "☑", "☒是", "☑是", "●"];
pub const NO_MARKS: &[&str] = &["×", "✗", "✘", "✕", "✖", "✖\u{fe0f}", "❌", "╳", "☐", "□", "☐是"];
/// Crosses that also tick: in a column of answers nobody knows which.
pub const CROSSES_THAT_TICK: &[&str] = &["X", "x", "Ｘ", "ｘ", "☒"];
/// Columns in which somebody marks rows, for whatever reason.
pub const MARKED: &[&str] = &[
    "打勾", "打√", "打钩", "勾选", "√", "标记", "标注", "标识", "记号", "选择", "选中", "是否选中", "勾",
    "mark", "check", "checked", "selected",
];
/// What else marks a row.
pub const DRAWN_MARKS: &[&str] = &["★", "☆", "▲", "△", "◆", "■", "✔", "ok", "OK", "Ok", "done", "Done", "√√"];
/// What else people draw: a circle is a tick to some and an empty box to others.
pub const OTHER_MARKS: &[&str] = &["V", "v", "O", "o", "○", "〇", "◯"];
/// Headers of whoever signs.
pub const OF_THE_SIGNER: &[&str] = &["签署", "签约", "签字", "签订"];

/// When somebody is to be sent his contract: a day that is still to come is not today.
pub const SENT_LATER: &[&str] = &[
    "计划发送时间", "计划发送日期", "发送时间", "发送日期", "定时发送", "定时发送时间", "预约发送",
    "预约发送时间", "预约签约时间", "预约签署时间", "预约签约日期", "预约签署日期", "拟发送日期",
    "预计发送时间", "发起时间", "发起日期", "计划发起时间", "计划发起日期", "约定签约时间", "约签时间",
    "sendat", "sendon", "senddate", "scheduledat",
];

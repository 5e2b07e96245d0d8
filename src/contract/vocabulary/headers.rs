//! Headers: what the columns of a sheet are called, and what stands around that.

/// Words before a field of a numbered signer: `签署方2姓名`, `recipient_1_name`.
pub const APPROVER_WORDS: &[&str] =
    &["签署方", "签署人", "approver", "flowapprovers", "flowapprover", "recipient", "signer"];
pub const CC_WORDS: &[&str] = &["抄送人", "抄送方", "抄送", "cc", "ccinfos", "ccinfo", "关注方"];
/// Words before the name of a component of the template.
pub const FORM_WORDS: &[&str] =
    &["field:", "填写:", "填写项:", "填写内容:", "填写控件:", "formfields:", "formfield:", "formfields."];
/// Behind 填写, what a form says of itself: 填写人, 填写时间.
pub const FORM_METADATA: &[&str] = &[
    "人", "者", "人员", "人姓名", "人手机", "人手机号", "时间", "日期", "部门", "状态", "用时", "时长",
    "设备", "ip", "ip地址", "id", "人id", "次数", "地区", "省份", "城市", "浏览器", "序号", "编号", "说明",
    "地点", "来源", "渠道", "方式", "要求", "须知", "指南", "示例", "完成时间", "进度",
];
/// A parent header over the template's components: 填写 | 岗位.
pub const FORM_PARENTS: &[&str] = &[
    "填写", "填写项", "填写内容", "填写控件", "field", "fields", "formfield", "formfields", "合同填写内容",
    "模板填写内容", "填充内容", "合同填充内容",
];
/// Parties as contracts name them: the wide layout with the party for a number.
pub const PARTIES: &[(&str, usize)] = &[
    ("甲方", 0),
    ("乙方", 1),
    ("丙方", 2),
    ("丁方", 3),
    ("戊方", 4),
    ("partya", 0),
    ("partyb", 1),
    ("partyc", 2),
];
/// The same by their first letter: 甲-姓名.
pub const SHORT_PARTIES: [char; 5] = ['甲', '乙', '丙', '丁', '戊'];
pub const CHINESE_NUMBERS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// Parents of 类型 and 号码 of a card.
pub const PARENTS_OF_CARDS: &[&str] = &["证件", "身份证件", "有效证件", "身份证明"];
/// How parents end over two lists that stand side by side: no word for somebody who signs.
pub const ENDS_OF_LISTS: &[&str] = &[
    "部", "组", "班", "队", "店", "区", "楼", "栋", "期", "批", "月", "厂", "校", "院", "室", "科", "处",
    "司", "车间", "部门", "在职", "离职", "试用", "正式", "男", "女", "名单", "人员", "线", "站", "年级",
    "中心",
];
/// Words that are numbered, where a header counts the signers of a contract.
pub const NUMBERED_WORDS: &[&str] = &["签署方", "签约方", "签署人", "签约人", "签字人"];
/// What may stand behind a word for a person or a party in a parent header.
pub const PARENT_ENDS: &[&str] = &[
    "基本信息", "个人信息", "身份信息", "联系信息", "签署信息", "信息", "资料", "情况", "一栏", "栏", "部分",
    "information", "info", "details",
];
/// What may stand behind a party in a parent header, besides [`PARENT_ENDS`]: 甲方单位.
pub const PARTY_ENDS: &[&str] =
    &["公司", "单位", "企业", "个人", "员工", "主体", "签署方", "签署人", "签约方", "盖章", "签章", "签字"];
/// Parent headers that say nothing about whose their columns are.
pub const NEUTRAL_PARENTS: &[&str] = &[
    "信息", "资料", "基本信息", "基础信息", "基本资料", "基本情况", "基础资料", "个人信息", "个人资料",
    "身份信息", "联系信息", "联系方式", "联系", "通讯信息", "人员信息", "详细信息", "其他", "其他信息",
    "其它", "其它信息", "必填", "必填项", "必填信息", "选填", "选填项", "选填信息", "合同", "合同信息",
    "合同内容", "合同资料", "合同基本信息", "协议信息", "签署信息", "签约信息", "发起信息", "入职信息",
    "岗位信息", "工作信息", "薪资信息", "basicinfo", "basicinformation", "personalinfo",
    "personalinformation", "contactinfo", "contract", "contractinfo", "general", "required", "optional",
];
/// Neutral parents under which a bare 截止日期 may as well be the end of the contract.
pub const CONTRACT_PARENTS: &[&str] = &[
    "合同", "合同信息", "合同内容", "合同资料", "合同基本信息", "协议", "协议信息", "contract",
    "contractinfo",
];
/// Other names of the signer's name, besides those in `domain/field.rs`.
pub const NAME_WORDS: &[&str] = &[
    "真实姓名", "实名", "名字", "姓名全称", "中文姓名", "中文名", "中文名字", "签约人", "签署人", "签字人",
    "签订人", "realname", "legalname", "namechinese", "chinesename", "报名姓名", "姓名(中文)", "name(cn)",
    "name(zh)", "name(chinese)", "authorizedsignatory", "signedby", "signedname", "nameofemployee",
    "nameofsigner", "全名", "合同签署人", "员工名称", "收款人姓名", "签约人名称", "签署人名称", "人员名称",
    "人员姓名", "姓名/名称", "名称/姓名", "人名",
];
/// The same for the mobile.
pub const MOBILE_WORDS: &[&str] = &[
    "手机电话", "电话手机", "联系手机", "联系手机号", "联系手机号码", "手机联系方式", "本人电话",
    "常用手机号", "注册手机号", "cell", "cellphone", "cellphoneno", "tel", "telephone", "mobilephoneno",
    "phoneno", "phoneno.", "签署手机号", "签署手机", "签约手机号", "签约手机", "签署电话", "签约电话",
    "签字手机", "签字手机号", "签字电话", "签收手机号", "接收手机号", "接收短信手机号", "登录手机号",
    "微信手机号", "微信绑定手机号", "常用手机", "实名手机号", "实名手机", "电子签手机号", "电子签手机",
    "腾讯电子签手机号", "腾讯电子签手机", "绑定手机号", "电话/手机", "手机/电话", "手机号/电话",
    "手机号码/电话", "联络电话", "联络方式", "通讯电话", "行动电话", "手提电话", "流动电话", "移动电话",
    "手机/微信", "手机号/微信", "联系电话/微信", "contactnumber", "contactno", "contactno.", "cellnumber",
    "cellno", "cellno.", "handphone", "hp", "mobilenumber.", "绑定手机", "工作手机", "工作手机号",
    "联系号码", "合同接收手机", "合同接收手机号", "接收手机", "接收合同手机号",
];
/// Headers with one of these name a mobile, not just any telephone.
pub const MOBILES_BY_NAME: &[&str] = &["手机", "移动", "mobile", "cell"];
/// Other names of the number of an identity card.
pub const ID_NUMBER_WORDS: &[&str] = &[
    "居民身份证", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号码", "有效证件号码",
    "有效证件号", "有效身份证件号码", "身份证件号", "身份证件号码", "身份证编号", "身份证明号码", "身份号码",
    "身份证字号", "身分证字号", "身分证号", "身分证号码", "身份证信息", "身份证(18位)", "idnumber", "idno",
    "idno.", "idcard", "idcardno", "idcardno.", "idcardnumber", "nationalid", "nationalidnumber",
    "citizenid", "sfz", "sfzh", "二代身份证", "二代身份证号", "二代身份证号码", "第二代身份证号",
    "identitycard", "identitycardno", "identitycardnumber", "identityno", "identitynumber",
];
/// Other names of the contract's name.
pub const FLOW_NAME_WORDS: &[&str] = &[
    "合同标题", "劳动合同名称", "劳务合同名称", "借款合同名称", "租赁合同名称", "采购合同名称",
    "销售合同名称", "服务合同名称", "电子合同名称", "协议名称", "协议标题", "合同/协议名称", "合同协议名称",
    "contractname", "contracttitle", "agreementname", "agreementtitle", "documentname", "documenttitle",
];
pub const FORMER: &[&str] = &["原", "旧", "初始", "上次", "上一次", "延期前", "变更前"];
/// One of those below that goods may have as well.
pub const NAME_OF_ANYTHING: &str = "名称";
/// Whom a company names where nobody else signs for it: 甲方联系人.
pub const PARTY_CONTACTS: &[&str] = &[
    "联系人", "联系人姓名", "对接人", "负责人", "负责人姓名", "法定代表人", "法人代表", "法人", "代理人",
    "contact", "contactperson", "contactname", "representative",
];
pub const PARTY_SIGNER: &[&str] = &[
    "经办人", "经办人姓名", "签署人", "签署人姓名", "签约人", "签约人姓名", "签字人", "签字人姓名",
    "授权签署人", "授权代表", "授权代表人", "签约代表", "签署代表", "代表", "代表人",
];
/// What makes a header with an unknown word before it one of a person's name.
pub const ENDS_OF_NAMES: &[&str] = &["姓名", "名字", "name"];
pub const ENDS_OF_MOBILES: &[&str] =
    &["手机号码", "手机号", "手机", "联系电话", "电话号码", "电话", "联系方式", "mobile", "phone"];
pub const ENDS_OF_ID_NUMBERS: &[&str] =
    &["身份证号码", "身份证号", "身份证", "证件号码", "证件号", "idnumber", "idcard"];
/// What stands around what a form asks for: 请填写您的姓名是.
pub const ASKED_BEFORE: &[&str] = &["请输入", "请填写", "请填", "请问", "您的", "你的"];
pub const ASKED_BEHIND: &[&str] = &[
    "是什么", "是多少", "是", "为", "(单行输入)", "（单行输入）", "[单行文本]", "(单行文本)", "（单行文本）",
    "(文本)", "[填空题]", "(填空题)", "（填空题）",
];
/// What stands before the number of a question: 第1题, Q1.
pub const BEGINNINGS_OF_QUESTIONS: &[&str] = &["第", "q", "Q", "填空", "问题"];
/// What stands in brackets behind a question.
pub const NOTES_OF_QUESTIONS: &[&str] = &["填空", "单选", "输入", "文本"];
/// What tells the first of several mobiles of a person from the others: 手机号1, 主手机, 手机(新).
pub const FIRST_OF_SEVERAL: &[&str] =
    &["1", "①", "一", "a", "主", "主要", "首选", "常用", "新", "现", "现用", "第一", "primary", "main"];
/// Columns in which a form keeps when its rows were handed in, or changed.
pub const HANDED_IN_AT: &[&str] = &[
    "提交时间", "提交日期", "填写时间", "填写日期", "填表时间", "填表日期", "提交答卷时间", "答题时间",
    "答卷时间", "答卷提交时间", "登记时间", "报名时间", "录入时间", "创建时间", "更新时间", "修改时间",
    "最后修改时间", "最后更新时间", "时间戳", "时间戳记", "开始答题时间", "结束答题时间", "timestamp",
    "submittedat", "submissiontime", "submitdate", "createdat", "updatedat", "starttime", "completiontime",
];
/// Components that are called after whoever signs.
pub const COMPONENTS_OF_SIGNERS: &[&str] = &[
    "姓名", "员工姓名", "员工", "乙方", "乙方姓名", "乙方名称", "乙方(员工)", "签署人", "签署人姓名",
    "签署方姓名", "签字人", "本人姓名", "学员姓名", "客户姓名", "承租人", "承租人姓名", "承租方", "租客姓名",
    "劳动者", "劳动者姓名", "受聘人", "甲方姓名", "手机号", "手机", "手机号码", "联系电话", "电话",
    "联系方式", "乙方电话", "乙方手机号", "乙方手机", "乙方联系电话", "员工手机号", "本人电话", "身份证号",
    "身份证", "身份证号码", "证件号码", "证件号", "公民身份号码", "乙方身份证号", "乙方身份证",
    "乙方身份证号码", "乙方证件号码", "员工身份证号", "合同编号", "合同号", "协议编号",
];
/// In components that tell of somebody else than the signer.
pub const OF_OTHER_PEOPLE: &[&str] = &[
    "紧急", "联系人", "收款", "开户", "户名", "持卡", "家长", "监护", "配偶", "父亲", "母亲", "家属", "介绍",
    "推荐", "担保", "法人", "经办", "负责", "主管", "上级", "班主任", "公司", "企业", "单位",
];
/// Words for one thing, of a contract: the wage first.
pub const SYNONYMS: &[&[&str]] = &[
    &["月薪", "薪资", "工资", "月工资", "薪酬", "月薪酬", "税前月薪", "月薪资", "合同工资"],
    &["租金", "月租", "月租金", "房租", "租价"],
];
/// Columns for the wage that holds from now on.
pub const RAISED: &[&str] = &[
    "调薪后", "涨薪后", "加薪后", "降薪后", "薪资调整后", "调整后", "调整后薪资", "调后薪资", "新薪资",
    "新工资", "新月薪", "最新月薪", "最新工资", "最新薪资", "现月薪", "现工资",
];
/// What tells a number that has taken the place of another.
pub const NEWER: &[&str] = &[
    "新", "变更", "更正", "更新后", "修改后", "更改后", "现用", "正确", "换号", "更换", "更名后", "现名",
    "纠正", "实际", "更名", "改名", "变更后", "调整后", "核实后", "修正", "订正", "更改", "改后", "重新",
    "corrected", "updated", "现手机", "现电话", "核实手机", "核实电话", "确认手机", "改手机", "newmobile",
    "newphone", "correctedphone", "换号后", "现在用", "以此为准", "有效手机", "常用手机", "常用电话", "补录",
    "变动",
];
/// Of a sum of money, the one that holds: 最终月薪, 学费（改）.
pub const NEWER_SUMS: &[&str] = &["改", "最终", "审批", "核定", "审定", "批准"];
/// Names that somebody has, or really has.
pub const NEWER_NAMES: &[&str] = &[
    "现用名", "现名", "更名后", "改名后", "实名姓名", "认证姓名", "身份证姓名", "证件姓名", "法定姓名",
    "本名", "真名", "户籍名", "户籍姓名", "护照姓名", "身份证名字", "身份证上的名字", "证上姓名", "公安姓名",
    "户口名", "户口姓名", "新名", "姓名勘误", "nameonid", "身份证上姓名", "证件名", "护照名", "签约用名",
    "签署用名", "落款姓名", "公安系统姓名", "更新姓名", "正确名", "改名", "newname", "correctname",
    "actualname", "fulllegalname", "legalname", "passportname",
];
/// The others.
pub const LATER_OF_SEVERAL: &[&str] = &[
    "②", "③", "二", "三", "b", "c", "备", "备用", "备选", "备份", "副", "次", "旧", "原", "原来", "曾用",
    "另一", "其他", "其它", "第二", "第三", "secondary", "backup", "other", "old", "alternate",
];
/// A header with one of these and a person's field is a signer's.
pub const SIGNER_MARKS: &[&str] = &[
    "甲方", "乙方", "丙方", "丁方", "戊方", "己方", "签署", "签约", "签字", "担保", "见证", "signer",
    "approver",
];
/// What our own first column in a workbook to correct is called: why a row had failed.
pub const OWN_REASONS: &[&str] = &["原因", "原因(flowbatch)", "reason", "reason(flowbatch)"];
/// How a list of contracts that has no 合同编号 numbers its lines.
pub const SERIALS: &[&str] = &[
    "序号", "序", "行号", "编号", "no", "no.", "#", "id", "sn", "num", "number", "index", "项次", "次序",
    "顺序号", "行",
];
/// Headers that may be the contract's key.
pub const WEAK_KEYS: &[&str] = &[
    "oa流程号", "份号", "caseno", "caseno.", "№", "资产编号", "申请号", "流程单号", "流程编号", "流程号",
    "流程id", "签署流程", "flowid", "签约编号", "签约组", "签署组", "同一合同", "合同组", "组号", "分组号",
    "案件号", "申请单号", "申请编号", "审批单号", "oa编号", "租约号", "租约编号", "房间", "编号", "序号",
    "id", "no", "no.", "key", "ref", "审批编号", "档案编号", "业务编号", "文件编号", "序", "行号", "#", "sn",
    "户号", "家庭户号", "家庭编号", "摊位号", "摊位编号", "vin", "vin码", "车架号码", "档口号", "车位编号",
    "商铺编号", "房间编号", "房产证号", "不动产权证号", "宗地号", "房号", "房间号", "房源", "铺位", "铺位号",
    "商铺", "商铺号", "档号", "门牌号", "车位号", "借据号", "借据编号", "借款编号", "贷款编号", "档案号",
    "案号", "案件编号", "车牌号", "车牌号码", "车架号", "保单号", "保单号码", "房屋坐落", "坐落", "坐落地址",
    "房屋坐落地址", "房屋坐落位置", "租赁地址", "租赁房屋", "租赁物", "租赁房屋地址", "租赁物业", "承租房屋",
    "承租地址", "出租房屋", "物业地址", "房源地址", "房源编号", "商铺地址", "铺位地址", "房屋地址",
    "房产地址", "房屋编号", "产权证号", "地块编号", "设备编号", "项目编号", "借款合同", "协议", "工单号",
    "工单编号", "所属家庭", "家庭组", "合同", "学生", "学员", "学生姓名", "学员姓名", "孩子姓名", "幼儿姓名",
    "患者", "患者姓名", "室", "室号", "户室", "户室号", "房室号", "住户号", "铺号", "套房", "套房号", "room",
    "roomno", "roomno.", "roomnumber", "apartment", "unitno", "unitno.", "报价单号", "报价单编号",
    "报价编号", "询价单号",
];
/// English words that say little alone, and the same as the Chinese one beside them: for numbers of papers
/// and ids, for mobiles, for names, and for numbers of contracts.
pub const ENGLISH_IDS: &[&str] =
    &["id", "idno", "idno.", "idnumber", "idcard", "idcardno", "idcardno.", "identity"];
pub const ENGLISH_MOBILES: &[&str] = &[
    "tel", "tel.", "telno", "telephone", "cell", "cellphone", "contactno", "contactno.", "contactnumber",
    "mobileno", "mobileno.", "mobilephone", "phoneno", "phoneno.",
];
pub const ENGLISH_NAMES: &[&str] = &["fullname", "chinesename"];
pub const ENGLISH_NUMBERS: &[&str] = &["contractno", "contractno."];
/// What people call a component of the template before its name: 控件:租金.
pub const NEARLY_COMPONENTS: &[&str] = &[
    "填入", "填充", "控件", "组件", "字段", "表单", "填空", "变量", "控件名", "控件名称", "合同字段",
    "填写字段", "填写项", "填写控件", "占位符", "fill", "form", "component", "模板字段", "内容",
    "模板填写项", "合同内容",
];
pub const WHETHER: &str = "是否";
/// Headers that name papers.
pub const STRONG_KEYS: &[&str] = &[
    "单号", "单据号", "单据编号", "流水号", "业务单号", "订单号", "订单编号", "agreementid", "agreementno",
    "所属合同", "关联合同", "对应合同", "合同归属", "合同分组", "所属合同编号", "签约号", "签署编号",
];
/// A header with one of the first and an end of the second names contracts.
pub const PAPERS: &[&str] = &["合同", "协议"];
pub const NUMBER_ENDS: &[&str] = &["编号", "号", "序号", "id", "编码"];
/// Columns one character away from ours that mean another thing.
pub const NEVER_SUGGESTED: &[&str] = &[
    "起始日期", "终止日期", "开始日期", "结束日期", "合同简称", "合同全称", "合同类别", "证书类型",
    "签署类型", "签署方式", "类型", "类别", "备注", "经纪人", "经手人", "起止日期", "起止时间", "起止日",
    "中止日期", "中止时间",
];
/// Headers that end like a person's name and name a thing.
pub const NAMES_OF_THINGS: &[&str] =
    &["品名", "店名", "用户名", "文件名", "项目名", "楼名", "地名", "栏名", "课名", "域名", "科目名"];
/// Headers that may mean something of ours, but not by themselves: they are named as
/// not used, with the field that they could be mapped to.
pub const NOT_BY_ITSELF: &[(&str, &str)] = &[
    ("备注", "flow_description"),
    ("备注说明", "flow_description"),
    ("类型", "approver.type"),
    ("描述", "flow_description"),
];
/// Words for the column that says whether each row stands alone: `--key row`.
pub const EACH_ROW: &[&str] = &["row", "每行", "逐行", "每一行"];
/// Whole notes behind a header that say how it is filled in, or parts of one.
pub const NOTES: &[&str] = &[
    "签字", "签名", "签章", "签字盖章", // how
    "必填", "必须", "必须填", "必填项", "选填", "选填项", "可选", "可空", "可不填", "可以不填", "可为空",
    "非必填", "不必填", "唯一", "不可重复", "不重复", "请勿修改", "勿修改", "勿改", "不可修改", "请勿改动",
    "下拉", "下拉选择", "单选", "多选", "请选择", "文本", "文本格式", "数字", "纯数字", "日期", "日期格式",
    "时间", "北京时间", "汉字", "中文", "全称", "全名", "完整", "元", "万元", "人民币", "天", "日", "个",
    "含当天", "见说明", "见填写说明", "同上", "是/否", "是或否", "是、否", "年月日", "年/月/日", "个人/企业",
    "企业/个人", "个人或企业", "营业执照全称", "与营业执照一致", "工商登记全称", "同营业执照", "以下同",
    "默认", "不填默认", "系统自动生成", "自动生成", // whose, where it is the signer's own
    "本人", "员工", "员工本人", "签署人", "签署方", "签约人", "本人手机号", "真实姓名", "实名", "已实名",
    "本人实名", "本人实名手机号", "须本人实名", "实名手机号", "签署短信接收", "接收签署短信",
    "用于接收签署短信", "须与身份证一致", "和身份证一致", "签署用", "签约用", "签合同用", "用于签署",
    "用于签约", "用于接收短信", "用于收短信", "接收短信", "收短信用", "能收短信", "能收验证码", "可收验证码",
    "接收验证码", "常用", "在用", "微信同号", "国内", "大陆", "中国大陆", "不加+86", "非座机", "不要座机",
    "同身份证", "与身份证一致", "与证件一致", "按身份证填", "按身份证填写", "身份证上的", "以身份证为准",
    "身份证", // in English
    "required", "optional", "mandatory", "unique", "donotedit", "donotchange", "text", "textformat",
    "number", "date", "fullname", "name", "mobile", "signer", "employee", "asonid", "asonidcard",
    "asregistered", "no+86", "mainland", "yes/no", "y/n", "dropdown", "yyyymmdd", "yyyy/mm/dd", "chinese",
    "legalname", "盖章", "公章", "加盖公章", "签字人", "非本人请注明", "以此为准", "手机", "手机号", "成人",
    "成年人", "电话", "移动电话",
];
/// What is in a note that says how a cell is to be filled in.
pub const HOW_IN_NOTES: &[&str] = &[
    "验证码", "短信", "实名", "请填", "请勿", "勿填", "请务必", "真实", "身份证上", "与身份证", "接收合同",
    "接收电子", "签合同", "签署用", "电子签",
];
/// And that says that it is of somebody or something else.
pub const OF_ELSE_IN_NOTES: &[&str] = &[
    "非", "配偶", "父", "母", "家", "他人", "旧", "原", "备用", "监护", "代理", "公司", "企业", "单位",
    "同住", "丈夫", "妻", "爱人", "子女", "担保", "对方", "甲方", "乙方", "丙方", "领导", "微信", "邮箱",
];
/// Beginnings of parts that say how.
pub const NOTE_BEGINNINGS: &[&str] = &[
    "格式", "例如", "例", "如", "示例", "举例", "不超过", "最多", "最长", "至多", "单位:", "format", "e.g",
    "eg", "max", "yyyy", "upto", "用于接收", "用于签署", "用于签约", "用于电子签", "务必填写", "务必",
    "请务必",
];
/// Ends of parts that have a number: `11位`, `200字以内`.
pub const NOTE_COUNTS: &[&str] = &[
    "位", "位数字", "位数", "位手机号", "字", "字符", "字以内", "个字", "个字以内", "个字符", "天", "元",
    "digits", "digit", "chars", "characters",
];
/// Ends of whole notes: `手机/邮箱至少填一项`.
pub const NOTE_ENDS: &[&str] =
    &["至少填一项", "至少填写一项", "至少一项", "至少填一个", "二选一", "任选一", "任填一项", "选一填写"];
/// What stands in brackets behind the name of a component and says that its values are dates.
pub const FORM_DATES: &[&str] = &["日期", "date"];
/// The same of numbers.
pub const FORM_NUMBERS: &[&str] = &["数字", "數字", "number"];
pub const FORM_REQUIRED: &[&str] = &["必填", "required"];
/// Traditional characters of these words, each with the one that is used here.
#[rustfmt::skip]
pub const TRADITIONAL: &[(char, char)] = &[
    ('機', '机'), ('號', '号'), ('碼', '码'), ('寫', '写'), ('電', '电'), ('話', '话'), ('聯', '联'), ('繫', '系'),
    ('係', '系'), ('證', '证'), ('簽', '签'), ('約', '约'), ('業', '业'), ('務', '务'), ('員', '员'), ('稱', '称'),
    ('類', '类'), ('編', '编'), ('間', '间'), ('時', '时'), ('終', '终'), ('結', '结'), ('開', '开'), ('單', '单'),
    ('書', '书'), ('對', '对'), ('會', '会'), ('關', '关'), ('閱', '阅'), ('讀', '读'), ('發', '发'), ('擔', '担'),
    ('備', '备'), ('註', '注'), ('說', '说'), ('樣', '样'), ('審', '审'), ('選', '选'), ('項', '项'), ('額', '额'),
    ('總', '总'), ('計', '计'), ('個', '个'), ('職', '职'), ('勞', '劳'), ('動', '动'), ('實', '实'), ('協', '协'),
    ('議', '议'), ('雙', '双'), ('訂', '订'), ('檔', '档'), ('應', '应'), ('資', '资'), ('訊', '讯'), ('戶', '户'),
    ('買', '买'), ('賣', '卖'), ('貸', '贷'), ('學', '学'), ('師', '师'), ('層', '层'), ('區', '区'), ('樓', '楼'),
    ('國', '国'), ('門', '门'), ('處', '处'), ('數', '数'), ('據', '据'), ('圍', '围'), ('範', '范'), ('製', '制'),
    ('標', '标'), ('題', '题'), ('鏈', '链'), ('轉', '转'), ('頁', '页'), ('財', '财'), ('經', '经'), ('辦', '办'),
    ('領', '领'), ('導', '导'), ('構', '构'), ('團', '团'), ('屬', '属'), ('級', '级'), ('緊', '紧'), ('親', '亲'),
    ('監', '监'), ('護', '护'), ('險', '险'), ('銀', '银'), ('帳', '帐'), ('賬', '账'), ('離', '离'), ('歲', '岁'),
    ('齡', '龄'), ('別', '别'), ('稅', '税'), ('漢', '汉'), ('隱', '隐'), ('條', '条'), ('為', '为'), ('與', '与'),
    ('從', '从'), ('無', '无'), ('確', '确'), ('認', '认'),
    ('長', '长'), ('購', '购'), ('東', '东'), ('狀', '状'), ('態', '态'), ('續', '续'), ('讓', '让'), ('廠', '厂'), ('幣', '币'), ('繳', '缴'), ('絕', '绝'), ('駁', '驳'), ('請', '请'), ('費', '费'), ('絡', '络'), ('僱', '雇'), ('簡', '简'), ('補', '补'), ('傳', '传'), ('遞', '递'), ('願', '愿'),
    ('暫', '暂'), ('緩', '缓'), ('廢', '废'), ('棄', '弃'), ('誤', '误'), ('錯', '错'), ('還', '还'), ('過', '过'),
    ('來', '来'), ('後', '后'), ('這', '这'), ('給', '给'), ('沒', '没'), ('須', '须'), ('換', '换'), ('遲', '迟'),
    ('銷', '销'), ('毀', '毁'), ('滿', '满'), ('紙', '纸'), ('質', '质'), ('線', '线'), ('體', '体'), ('檢', '检'),
    ('試', '试'), ('報', '报'), ('歸', '归'), ('產', '产'), ('現', '现'), ('場', '场'), ('權', '权'), ('參', '参'),
];
/// Below a parent such as 合同: what says nothing without it.
pub const NAMED_BY_CONTRACTS: &[&str] = &["名称", "编号", "号", "号码", "模板id", "描述"];
/// How columns end that say whether a party is a person or a company.
pub const ENDS_OF_TYPES: &[&str] = &["主体类型", "类型", "性质", "主体性质"];

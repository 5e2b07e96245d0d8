//! Every word that people write into headers and rows, in one place: whoever wants
//! flowbatch to know one more word adds it here, and nowhere else.
//!
//! Words are as `columns` makes them plain: half-width, lower case, without spaces,
//! `_`, `-` and `*`. What the columns and choices of the API are called stands with
//! them in `domain/field.rs`.

/// Words before a field of a numbered signer: `签署方2姓名`, `recipient_1_name`.
pub const APPROVER_WORDS: &[&str] =
    &["签署方", "签署人", "approver", "flowapprovers", "flowapprover", "recipient", "signer"];
pub const CC_WORDS: &[&str] = &["抄送人", "抄送方", "抄送", "cc", "ccinfos", "ccinfo"];
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

/// Columns that say whether companies or people sign, where 企业 and 个人 stand in them.
pub const COLUMNS_OF_TYPES: &[&str] = &[
    "类型", "客户类型", "主体类型", "签约主体类型", "主体性质", "客户性质", "签约类型", "对方类型",
    "供应商类型", "签署主体类型",
];
/// Notes behind a party that say that it is a company.
pub const KINDS_OF_COMPANIES: &[&str] =
    &["公司", "企业", "单位", "机构", "法人", "用人单位", "企业方", "公司方"];
/// Words for one and the same person.
pub const LEGAL_PERSON: &[&str] = &["法定代表人", "法人代表", "法人", "法定代表", "法代"];
/// Words that are numbered, where a header counts the signers of a contract.
pub const NUMBERED_WORDS: &[&str] = &["签署方", "签约方", "签署人", "签约人"];
/// Who signs, in lists of people: `员工姓名`, `客户手机号`, a parent `员工信息`. One such
/// word in a header is the signer; two are two people, and a question.
pub const SIGNER_WORDS: &[&str] = &[
    "签署方", "签署人", "签约人", "签约方", "签字人", "签订人", "员工", "职工", "雇员", "客户", "租客",
    "租户", "承租人", "房客", "学员", "学生", "会员", "业主", "借款人", "买受人", "购房人", "购买人",
    "认购人", "受让人", "委托人", "投保人", "患者", "住户", "店主", "户主", "房主", "车主", "摊主", "农户",
    "自由职业者", "经营者", "权利人", "产权人", "志愿者", "实习生", "实习学生", "兼职人员", "劳务人员",
    "合伙人", "讲师", "顾问", "艺人", "模特", "达人", "劳动者", "应聘者", "候选人", "入职者", "新员工",
    "被录用人", "司机", "骑手", "主播", "employee", "staff", "worker", "member", "customer", "client",
    "tenant", "lessee", "candidate", "borrower", "buyer", "contractor", "volunteer", "intern", "signer",
    "signatory", "recipient", "signee",
];

/// The same, but they say so little that they go with any other: `姓名`, `个人手机`.
pub const PLAIN_SIGNERS: &[&str] = &["个人", "本人", "人员", "成员", "用户", "真实", "personal"];

/// People of whom a list of signers tells, too, and other times of a life: nothing of
/// theirs is the signer's, and they sign nothing unless something else says so (`SIGN_BESIDE`, `MENTORS`).
pub const STRANGERS: &[&str] = &[
    "紧急", "部门负责人", "团队负责人", "联系人", "家属", "家庭", "子女", "亲属", "上家", "前公司", "前工作",
    "原工作", "原单位", "推荐", "介绍", "证明人", "教育", "学历", "银行", "开户", "收款", "上级", "领导",
    "主管", "主任", "经理", "老板", "hr", "人事", "班主任", "带教", "师傅", "汇报", "创建者", "制单", "录入",
    "审核人", "审批人", "受益", "emergency", "contact", "manager", "supervisor", "leader", "boss",
    "referrer", "reportsto",
];

/// Words for a signer who, beside a customer, may only look after him.
pub const WEAK_SIGNERS: &[&str] =
    &["顾问", "讲师", "司机", "骑手", "业务员", "销售", "销售员", "客户经理", "跟进人", "客服", "contractor"];

/// Whoever stands on the other side of a contract, or answers for one of them: they sign it,
/// too, most likely. `共同借款人`.
pub const COUNTERPARTIES: &[&str] = &[
    "担保", "保证人", "共同", "出租", "房东", "出卖", "卖方", "卖家", "买家", "售房", "受托", "委托人",
    "转让", "让与", "出借", "贷款人", "放款人", "货主", "发包", "承包", "采购方", "供应方", "供货方", "买方",
    "承租方", "借款方", "委托方", "用人单位", "guarantor", "lessor", "landlord", "seller", "cotenant",
    "coborrower", "连带责任", "连带保证", "雇主",
];
/// Words of people who only live or drive with somebody, and are no other side of a contract.
pub const NO_COUNTERPARTIES: &[&str] = &["居住", "同住", "驾驶", "出行", "受益", "联系"];

/// Whoever signs beside a party, or answers for it.
pub const BESIDE_A_PARTY: &[&str] =
    &["担保", "保证人", "共同", "guarantor", "cotenant", "coborrower", "配偶", "紧急", "推荐", "开户"];
/// Whoever may sign, whose telephone is called by another word: 授权委托人 | 委托人电话.
pub const NAMED_BY_PLACE: &[&str] = &["代理人", "共有人", "委托人"];
/// Parts of words for somebody who may sign beside the signer, or for him.
pub const SIGN_BESIDE: &[&str] = &[
    "签", "监护", "家长", "家属", "亲属", "配偶", "爱人", "丈夫", "妻子", "父亲", "母亲", "父母", "子女",
    "担保", "保证人", "共同", "代理人", "见证", "guardian", "spouse", "guarantor", "witness", "共有人",
    "抵押", "出质", "送养", "继承", "同住",
];
/// How a header begins that is about the signer himself: 本人手机.
pub const PERSONAL_MARKS: &[&str] = &["本人", "个人", "自己"];
/// How a header begins that names what somebody signs with: 签署手机号.
pub const TO_SIGN_WITH: &[&str] = &["签署", "签约", "签字"];
/// How a header ends that tells of somebody all at once: 担保人信息.
pub const TOLD_OF_SOMEBODY: &[&str] = &["信息", "资料"];
/// Whoever is called so signs, whether or not a mobile stands beside him.
pub const SIGNING_PEOPLE: &[&str] = &["签署人", "签字人", "签约人", "签章人", "签订人"];
/// Who signs for a child: where the child has no mobile, theirs is the one.
pub const GUARDIANS: &[&str] = &[
    "家长", "监护人", "法定监护人", "父亲", "母亲", "父母", "学生家长", "家长或监护人", "法定代理人",
    "guardian", "parent",
];
/// Of a child or of a patient.
pub const FAMILY_MEMBER: &str = "家属";
/// Who may sign for somebody who has no mobile, beside the guardians.
pub const STAND_INS: &[&str] =
    &[FAMILY_MEMBER, "亲属", "配偶", "爱人", "丈夫", "妻子", "子女", "儿子", "女儿", "代理人"];
/// What a party has beside who signs for it: 乙方紧急联系人, 乙方备用手机.
pub const BESIDE_THE_SIGNER: &[&str] = &["紧急", "备用", "开户", "介绍人", "推荐人", "户籍", "家庭"];
/// Whoever is most likely under age, or is called so: somebody else may sign for them.
pub const WARDS: &[&str] = &[
    "学生", "学员", "孩子", "儿童", "幼儿", "宝宝", "婴儿", "新生儿", "小孩", "被监护人", "未成年人", "子女",
    "小朋友", "萌娃", "考生",
];
/// Nobody of whom that is said can sign.
pub const INFANTS: &[&str] =
    &["孩子", "儿童", "幼儿", "宝宝", "婴儿", "新生儿", "小孩", "被监护人", "小朋友", "萌娃", "未成年人"];

/// How the header of somebody else's name ends: a bare 联系电话 right behind it may be his.
pub const STRANGER_PEOPLE: &[&str] = &[
    "联系人", "介绍人", "被保险人", "担保人", "保证人", "法定代理人", "代理人", "见证人", "共有人", "同住人",
    "合租人", "代签人", "代办人", "教练", "顾问", "医生", "师傅", "guardian", "emergencycontact", "配偶",
    "家属", "家长", "父亲", "母亲", "父母", "亲属", "推荐人", "监护人", "证明人", "负责人", "上级", "领导",
    "主管", "主任", "经理", "老板", "hr", "hrbp", "班主任", "导师", "审核人", "审批人", "经办人", "发起人",
    "采购员", "采购专员", "采购经办", "采购经办人", "采购负责人", "业务员", "销售", "contact", "manager",
    "supervisor", "leader", "spouse", "referrer",
];

/// How the header of somebody's name ends, whoever he is: a mobile right behind it may be his.
pub const ENDS_OF_PEOPLE: &[&str] = &[
    "人", "员", "者", "师", "长", "主", "友", "官", "东", "亲", "妻", "夫", "父", "母", "爸", "妈", "士",
    "嫂", "客服", "中介", "助理", "对象", "代表", "干部", "书记", "开户名", "户名", "老师", "医生", "家属",
    "亲属", "子女", "代理商", "学生", "买家", "卖家", "买方", "卖方", "司机", "owner", "agent", "parent",
    "doctor", "teacher", "sales", "salesman", "buyer", "nurse", "broker", "consultant",
];
/// What ends so and is nobody.
pub const NOBODY: &[&str] = &[
    "时长", "特长", "年长", "全长", "边长", "增长", "自主", "是否本人", "学长", "成长", "法师", "机器人",
    "多少人",
];
/// How the header ends, besides, that names the only person of a list: 农户, 村民, 选手.
pub const ENDS_OF_SIGNERS: &[&str] = &[
    "户", "民", "生", "工", "手", "客", "家", "妇", "姆", "宾", "教练", "方", "participant", "patient",
    "driver", "player", "artist", "author",
];
/// What ends so and is nobody.
pub const NO_SIGNERS: &[&str] = &[
    "账户", "帐户", "开户", "国家", "厂家", "商家", "品牌方", "平台方", "出生", "卫生", "手工", "竣工",
    "开工", "客家",
];

/// Of the strangers, those who sign for themselves where a list has nobody else.
pub const SIGN_FOR_THEMSELVES: &[&str] = &["担保人", "保证人", "被保险人", "见证人", "医生", "教练"];

/// A family name and a given name in columns of their own.
pub const FAMILY_NAMES: &[&str] = &["姓", "姓氏", "lastname", "surname", "familyname"];
pub const GIVEN_NAMES: &[&str] = &["名", "名字", "firstname", "givenname"];

/// Columns that tell of the person whose name stands before them.
pub const OF_A_PERSON: &[&str] = &["关系", "住址", "地址", "微信", "邮箱", "性别", "年龄", "生日", "出生"];
/// One of the strangers who may be the signer where nobody else could be.
pub const CONTACT: &str = "联系人";
/// What a column is called that says who somebody is to the signer.
pub const RELATION: &str = "关系";
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
    "身份信息", "联系信息", "联系方式", "通讯信息", "人员信息", "详细信息", "其他", "其他信息", "其它",
    "其它信息", "必填", "必填项", "必填信息", "选填", "选填项", "选填信息", "合同", "合同信息", "合同内容",
    "合同资料", "合同基本信息", "协议信息", "签署信息", "签约信息", "发起信息", "入职信息", "岗位信息",
    "工作信息", "薪资信息", "basicinfo", "basicinformation", "personalinfo", "personalinformation",
    "contactinfo", "contract", "contractinfo", "general", "required", "optional",
];
/// Neutral parents under which a bare 截止日期 may as well be the end of the contract.
pub const CONTRACT_PARENTS: &[&str] = &[
    "合同", "合同信息", "合同内容", "合同资料", "合同基本信息", "协议", "协议信息", "contract",
    "contractinfo",
];
/// Parent headers over the contract's own term: what begins and ends there is the
/// contract, not the time to sign it in.
pub const TERM_PARENTS: &[&str] = &[
    "期限", "合同期", "合同期限", "合同有效期", "有效期", "协议期限", "劳动合同期限", "服务期", "服务期限",
    "租期", "租赁期", "租赁期限", "承租期", "聘期", "聘用期", "聘用期限", "试用期", "借款期限", "term",
    "period", "contractterm", "contractperiod",
];
/// Beginnings of a contract's term.
pub const TERM_BEGINNINGS: &[&str] = &[
    "起始", "开始", "生效", "起租", "起算", "起讫", "起日", "租期起", "起保日", "合同起", "期限起",
    "startdate", "startingdate", "begindate", "effectivedate", "validfrom",
];
/// The same of columns that are not sent: as a component, 填写:入职日期, they say nothing of
/// the column beside them.
pub const UNSENT_BEGINNINGS: &[&str] = &[
    "入职", "到岗", "上岗", "报到", "签订日", "签订时间", "签约日", "签约时间", "交房", "放款", "借款日",
    "合同期", "合同年限", "聘用期", "租赁期", "服务期", "hiredate", "joiningdate", "joindate",
    "onboardingdate", "起期", "签署日", "试用期", "保险期", "起保", "租期", "有效期", "开学", "工期", "开工",
    "合作期", "劳务期", "实习期", "承包期", "委托期", "授权期", "担保期", "借款期", "贷款期", "服务年限",
    "租赁年限", "年限", "期限", "聘期", "期数", "课时", "保修期", "质保期", "授予日", "发货日", "服务起",
    "月租",
];
/// Papers of a person that have a term of their own: 身份证有效期, 驾照有效期.
pub const CARDS: &[&str] = &["证", "照"];
/// Beginnings as whole headers.
pub const BARE_BEGINNINGS: &[&str] = &["起", "自", "从", "始", "from", "start"];
/// How a column of days is called that stands before the end of a term; and days of other matters.
pub const DAYS_BEFORE_AN_END: &[&str] = &["日期", "时间", "date"];
pub const DAYS_OF_ELSE: &[&str] = &[
    "出生", "生日", "申请", "填表", "填报", "制表", "登记", "提交", "创建", "更新", "打印", "导出", "报名",
    "发送", "发起", "签", "截", "通知", "付款", "发货", "体检", "培训", "下单", "面试", "上课", "转正",
    "收款", "开票", "考试", "会议", "活动", "到期", "结束", "终止",
];
/// Ends of a contract's term that are no deadline to sign it.
pub const TERM_ENDS: &[&str] = &[
    "结束日期", "结束日", "结束时间", "到期日", "到期日期", "到期时间", "终止日期", "终止日", "终止时间",
    "届满日", "届满日期", "失效日期", "失效日", "合同结束日期", "合同到期日", "合同到期日期", "合同终止日期",
    "合同截止日期", "合同截止日", "合同结束日", "租期止", "止租日", "退租日", "enddate", "endingdate",
    "expirydate", "expirationdate", "validto", "validuntil", "expiretime", "expireat", "expiration",
    "expires", "expiresat", "expirytime", "过期时间", "过期日期", "失效时间", "contractdeadline",
];
/// Headers that give the deadline where nothing says that they end the term.
pub const BARE_DEADLINES: &[&str] = &["截止日期", "截止时间", "截止日"];

/// Other names of the signer's name, besides those in `domain/field.rs`.
pub const NAME_WORDS: &[&str] = &[
    "真实姓名", "实名", "名字", "姓名全称", "中文姓名", "中文名", "中文名字", "签约人", "签署人", "签字人",
    "签订人", "realname", "legalname", "namechinese", "chinesename", "报名姓名", "姓名(中文)",
    "authorizedsignatory", "signedby", "signedname", "nameofemployee", "nameofsigner",
];
/// The same for the mobile.
pub const MOBILE_WORDS: &[&str] = &[
    "手机电话", "电话手机", "联系手机", "联系手机号", "联系手机号码", "手机联系方式", "本人电话",
    "常用手机号", "注册手机号", "cell", "cellphone", "cellphoneno", "tel", "telephone", "mobilephoneno",
    "phoneno", "phoneno.", "签署手机号", "签署手机", "签约手机号", "签约手机", "签收手机号", "接收手机号",
    "接收短信手机号", "登录手机号", "微信手机号", "微信绑定手机号", "常用手机", "实名手机号", "实名手机",
    "绑定手机号", "电话/手机", "手机/电话", "手机号/电话", "手机号码/电话", "联络电话", "联络方式",
    "通讯电话", "行动电话", "手提电话", "流动电话", "移动电话", "手机/微信", "手机号/微信", "联系电话/微信",
    "contactnumber", "contactno", "contactno.", "cellnumber", "cellno", "cellno.", "handphone", "hp",
    "mobilenumber.",
];
/// Headers with one of these name a mobile, not just any telephone.
pub const MOBILES_BY_NAME: &[&str] = &["手机", "移动", "mobile", "cell"];
/// Other names of the number of an identity card.
pub const ID_NUMBER_WORDS: &[&str] = &[
    "居民身份证", "居民身份证号", "居民身份证号码", "公民身份号码", "公民身份证号码", "有效证件号码",
    "有效证件号", "有效身份证件号码", "身份证件号", "身份证件号码", "身份证编号", "身份证明号码", "身份号码",
    "身份证字号", "身分证字号", "身分证号", "身分证号码", "身份证信息", "身份证(18位)", "idnumber", "idno",
    "idno.", "idcard", "idcardno", "idcardno.", "idcardnumber", "nationalid", "nationalidnumber",
    "citizenid", "sfz", "sfzh",
];
/// What people write before a mobile in its own cell.
pub const MOBILE_LABELS: &[&str] =
    &["手机", "手机号", "手机号码", "电话", "联系电话", "手機", "電話", "tel", "mobile", "phone", "cell"];
/// Other names of the contract's name.
pub const FLOW_NAME_WORDS: &[&str] = &[
    "合同标题", "劳动合同名称", "劳务合同名称", "借款合同名称", "租赁合同名称", "采购合同名称",
    "销售合同名称", "服务合同名称", "电子合同名称", "协议名称", "协议标题", "合同/协议名称", "合同协议名称",
    "contractname", "contracttitle", "agreementname", "agreementtitle", "documentname", "documenttitle",
];
/// Other names of the time to sign in.
pub const DEADLINE_WORDS: &[&str] = &[
    "签署截止", "签约截止", "签字截止", "截止签署日期", "截止签署时间", "签署截至日期", "签署截至时间",
    "签约截止日期", "签约截止时间", "签字截止日期", "签字截止时间", "签署期限", "签署有效期", "最晚签署日期",
    "最晚签署时间", "最迟签署日期", "最迟签署时间", "回签截止日期", "回签截止时间", "签回截止日期",
    "签回截止时间", "签订截止日期", "签订截止时间", "签订截止日", "签署截止日", "最晚签约日期",
    "最晚签约时间", "最晚签订日期", "请于此日期前签署", "请于此前签署", "signby", "signbefore",
    "signdeadline", "signingdeadline", "签署最后期限", "签署期限至", "签署到期日", "签署结束日期",
    "签署结束时间", "最晚签署", "完成签署日期", "合同签署有效期", "要求签署日期", "签署截止ddl", "签署ddl",
    "请在此日期前签", "请在此日期前签署", "签约结束时间", "签约结束日期", "回传截止", "约定签署日",
    "签回日期", "回签时间", "截签", "签回期限", "签署天数", "几天内签", "duedate", "signbydate", "validtill",
    "validuntil", "截签时间", "截签日期", "签约截止日", "请签日期", "要求完成签署日期", "deadlinedate",
    "flowdeadline", "deadlinetime", "deadlineat", "signdue", "signduedate", "signingduedate", "签署完成期限",
    "签署完成时限", "要求完成签署时间", "有效签署时间", "签署最后日期", "签署最后时间", "最后签署日期",
    "最后签署时间", "请在此前签署",
];
/// Sheets that are called so hold nobody's contract.
pub const EXAMPLES_ONLY: &[&str] = &[
    "示例", "样例", "范例", "样表", "填写示例", "填写样例", "填写范例", "填表示例", "示例表", "样例表",
    "示例数据", "example", "examples", "sample", "samples",
];
/// Sheets with one of these in their names show how to fill in another.
pub const EXAMPLE_SHEETS: &[&str] = &["示例", "样例", "模板", "模版", "说明"];
/// Sheets that say how another one is filled in.
pub const HELP_SHEETS: &[&str] =
    &["示例", "样例", "说明", "帮助", "须知", "字典", "example", "help", "readme"];
/// A line with one of these names a company, or whom to ask.
pub const OF_A_COMPANY: &[&str] = &["公司", "联系人", "联系电话", "客服", "咨询", "总机"];
/// A line with one of these says that several rows are one contract.
pub const SIGN_TOGETHER: &[&str] = &["同一份合同", "同一份协议", "共同签一份", "共签一份", "一起签一份"];
/// What a line above the header may say of all contracts, with the field that it is.
pub const LINES_OF_CONTRACTS: &[(&str, &str)] = &[
    ("模板id", "template_id"),
    ("模板", "template_id"),
    ("模版", "template_id"),
    ("模板号", "template_id"),
    ("签署模板", "template_id"),
    ("模板编号", "template_id"),
    ("合同模板", "template_id"),
    ("合同模板id", "template_id"),
    ("使用模板", "template_id"),
    ("模板名称", "template_id"),
    ("templateid", "template_id"),
    ("template", "template_id"),
    ("合同名称", "flow_name"),
    ("协议名称", "flow_name"),
    ("签署文件", "flow_name"),
    ("flowname", "flow_name"),
    ("合同编号", "contract_id"),
    ("协议编号", "contract_id"),
    ("合同号", "contract_id"),
];
/// What stands above a table to be written by hand.
pub const LINES_FOR_INK: &[&str] = &["签字", "签名", "盖章", "日期", "制表", "审核", "审批"];
/// How a line begins that names a party of all contracts.
pub const LINES_OF_PARTIES: &[&str] = &[
    "公司方签署人", "公司方", "我方代表", "我方签署人", "盖章经办", "签署人", "公司签署人", "用人单位",
    "出租方", "出租人", "承租方", "承租人", "受让方", "转让方", "债权人", "债务人", "监护人", "见证人",
    "主办方", "承办方", "保证方", "保证人", "担保人", "担保方", "许可方", "被许可方", "赠与人", "受赠人",
    "买受人", "出卖人", "托运人", "承运方", "雇主", "委托单位", "委托方", "受托方", "聘用方", "培训机构",
    "校方", "第三方", "法定代表人", "授权代表", "签约代表", "发包方", "承包方", "房东", "业主", "承运人",
    "投保人", "公会", "经纪公司", "机构", "学校", "医院", "合作社", "收购方", "总部", "加盟商", "拍卖人",
    "出质人", "家长", "师傅", "导师", "用工单位", "派遣单位", "持股平台", "中介", "居间方", "送养人",
    "收养人", "俱乐部", "艺人", "授权方", "我方", "对方", "法人", "签约人", "经办人", "代理人", "第一签署人",
    "第二签署人", "公司代表", "甲方代表", "乙方代表", "供应商", "采购方", "买方", "卖方", "employer",
    "agent", "landlord", "guarantor", "管理方", "资方", "教练", "服务商", "加签人", "会签", "接收方",
    "出让人", "被授权人", "共签人", "产权人", "counterparty", "signedby", "合同另一方", "另一方",
];
/// But here is somebody who signs.
pub const SIGNS_FOR_IT: &[&str] = &["经办人", "签署人", "签约人", "代表", "法人"];
/// What a sentence says of the time to sign in: 请于12月10日前签署.
pub const DEADLINE_ENDS: &[&str] = &[
    "前签署", "前签完", "前签好", "前签毕", "前签字", "前签约", "前签名", "前签回", "前完成签", "前须签",
    "前必须签", "前务必签", "前请签", "前请完成签", "前全部签", "前都签", "之前签", "以前签", "最后签署",
    "最后签约", "最后签字", "最终签署", "最晚签", "最迟签", "签署最后", "签署最晚", "签署最迟", "截止签",
    "前完成电子签", "前完成线上签", "点前签", "点前完成",
];
/// The same at the end of a line: 12月10日前签.
pub const DEADLINE_LAST: &[&str] = &["前签", "前签掉", "前签了"];
/// 签署时间：12月10日之前.
pub const DEADLINE_TIMES: &[&str] =
    &["签约期", "签署期", "签订期", "签署时间", "签约时间", "签字时间", "签署日期", "签约日期", "签字日期"];
pub const DEADLINE_BEFORE: &[&str] = &["前", "止"];
/// 签署期限为7天.
pub const DEADLINE_UNITS: &[&str] = &["天", "小时", "工作日"];
/// Ends that are counted from now: 三日内签署.
/// A list is as of a day where its title says one of these.
pub const AS_OF: &[&str] = &["在职", "在册", "在校", "在岗", "统计", "数据", "存量", "花名册"];
/// Before a day, and behind it: 最晚12月10日签署.
pub const DEADLINE_LEADS: &[&str] = &[
    "截止", "截止到", "截止至", "最晚", "最迟", "ddl", "deadline", "请于", "务必于", "须于", "务必在", "请在",
];
pub const DEADLINE_SIGNS: &[&str] =
    &["签署", "签完", "签字", "签约", "签回", "签名", "完成", "完成签署", "签"];
pub const DEADLINE_WITHIN: &[&str] = &[
    "日内签署", "日内签完", "日内签字", "日内签约", "日内签回", "日内完成签", "天内签署", "天内签完",
    "天内签字", "天内签约", "天内签回", "天内完成签", "小时内签", "小时内完成签", "周内签署", "周内完成签",
];
/// What the end of something is called that has to do with signing: 签署链接有效期, 邀请截止. And words for ends.
pub const OF_A_DEADLINE: &[&str] = &["签", "链接", "流程", "邀请", "确认", "办理"];
/// How headers end that are about a deadline, and are none; and how those of a former one begin.
pub const ENDS_OF_NO_DEADLINES: &[&str] = &[
    "起", "起始", "开始", "开始日期", "开始时间", "起始日期", "起始时间", "提醒", "提醒日期", "提醒时间",
    "备注", "天数",
];
pub const FORMER: &[&str] = &["原", "旧", "初始", "上次", "上一次", "延期前", "变更前"];
pub const NEWER_DEADLINES: &[&str] =
    &["延期后", "变更后", "调整后", "最新", "新", "更新后", "顺延后", "修改后"];
/// Notes behind 截止日期 that say what ends.
pub const OF_THE_CONTRACT: &[&str] =
    &["合同", "协议", "劳动合同", "租期", "合同期", "履行", "合作", "服务", "试用期"];
pub const ENDS_OF_DEADLINES: &[&str] = &[
    "有效期", "有效期至", "有效期限", "截止", "截止日", "截止日期", "截止时间", "最后期限", "完日期",
    "完时间", "有效期止", "有效期结束", "期限止",
];
/// Words for signing, with what stands behind or before them where the time for it ends.
pub const SIGNING_WORDS: &[&str] =
    &["签署", "签约", "签字", "签回", "回签", "返签", "签章", "签订", "交回", "答复", "接受", "签"];
pub const ENDS_OF_SIGNING: &[&str] = &[
    "截止", "截至", "期限", "时限", "到期", "失效", "过期", "关闭", "窗口", "ddl", "deadline", "时间结束",
    "结束", "时间止", "有效期止", "期止", "有效期至", "有效期结束",
];
pub const LEADS_OF_SIGNING: &[&str] =
    &["截止", "截至", "最晚", "最迟", "最后", "要求", "限期", "限", "应", "须于此日前", "此日前"];
/// But this is over, or about the contract.
pub const OF_THE_PAST: &[&str] = &[
    "首签", "续签", "最后签订", "最近", "上次", "合同期限", "签订期限", "签约期限", "签约到期", "固定期限",
    "是否", "次数", "到期日期提醒", "签收", "签到", "签证", "签发", "对应", "供应", "人数", "主体", "约方",
    "文件",
];
/// Ends that only companies have, in names that are longer than people's.
pub const ENDS_OF_LONG_COMPANIES: &[&str] = &["厂", "店", "社", "所", "中心"];
pub const LAST_TERMS: &[&str] =
    &["最后期限", "最终期限", "最晚日期", "最迟日期", "deadline date", "due", "due date"];
/// How names of companies end, and no person's.
pub const COMPANY_ENDS: &[&str] = &[
    "银行", "分行", "支行", "委员会", "服务中心", "管理中心", "药房", "llc", "公司", "合作社", "事务所",
    "有限合伙", "经营部", "商行", "工作室", "服务部", "集团", "研究院", "分公司", "幼儿园", "学校", "中学",
    "小学", "大学", "学院", "培训中心", "医院", "诊所", "门诊部", "超市", "酒店", "饭店", "餐厅", "药店",
    "加工厂", "居委会", "村委会", "管理处", "ltd", "ltd.", "inc", "inc.",
];
/// A party's own columns under its name: 甲方 | 名称.
pub const PARTY_COMPANY: &[&str] = &[
    "名称", "公司", "单位", "单位名称", "全称", "公司全称", "企业全称", "所属公司", "所属企业", "所属单位",
    "企业", "name", "签约主体", "主体", "主体名称",
];
/// One of those below that goods may have as well.
pub const NAME_OF_ANYTHING: &str = "名称";
/// Columns for what a signer is called, a company or a person; a type beside them says which.
pub const NAMES_OF_PARTIES: &[&str] = &[
    "签署方名称", "签署方", "签署方全称", "签约方名称", "签约方", "签约方全称", "签署主体", "签署主体名称",
    "签约主体名称", "合同方", "合同方名称", "当事人", "当事人名称", "参与方", "参与方名称", "名称", "相对方",
    "相对方名称",
];
/// What stands behind the word for a company in the column of its name.
pub const COMPANY_NAMES: &[&str] =
    &["名称", "全称", "企业名称", "公司名称", "单位名称", "公司", "企业", "单位", "企业全称", "公司全称"];
/// Companies on the other side of a contract, in lists of those who sign for them.
pub const COMPANY_PARTIES: &[&str] = &[
    "供应商", "供货商", "经销商", "代理商", "分销商", "采购商", "承包商", "分包商", "服务商", "承运商",
    "加盟商", "商户", "商家", "客户单位", "合作方", "合作单位", "合作商", "签约单位", "签约公司", "签约企业",
    "学校", "医院", "委托单位", "受托单位", "发包单位", "承包单位", "施工单位", "建设单位", "甲方单位",
    "乙方单位", "客户公司", "客户企业", "supplier", "vendor", "单位", "公司", "企业", "机构", "商户名称",
];
/// What stands behind the word for a company, and behind 客户, where a column has names of companies.
pub const NAMES_OF_COMPANIES: &[&str] = &["名称", "全称", "抬头", "名"];
pub const SOMEBODYS_COMPANIES: &[&str] = &["客户", "主体", "商户主体", "相对方", "签约主体", "合同主体"];
/// Of the companies of a list, those that may be one person.
pub const TRADERS: &[&str] = &["加盟商", "商户", "商家"];
/// Columns of companies that are on the other side of a contract, whoever stands beside them for it, also where one
/// stands in all rows.
pub const SUPPLIERS: &[&str] = &[
    "供应商", "供货商", "经销商", "代理商", "分销商", "采购商", "承包商", "分包商", "服务商", "承运商",
    "加盟商", "渠道商", "商户", "商家", "承包单位", "分包单位", "供方", "供应方", "品牌方", "合作商",
    "合作方",
];
/// Those that may be where somebody works.
pub const PERHAPS_EMPLOYERS: &[&str] = &[
    "单位", "企业", "机构", "客户", "客户单位", "客户公司", "客户企业", "合作单位", "合作伙伴", "委托单位",
    "受托单位", "发包单位", "租户", "对方",
];
/// In headers of what a list says of people that work, and of no company.
pub const OF_WORKING_PEOPLE: &[&str] = &[
    "身份证", "证件", "岗位", "职位", "职务", "职称", "入职", "工资", "薪", "性别", "年龄", "工号", "出生",
    "学历", "工种", "专家", "学员", "讲师", "部门",
];
/// Columns for the name of whoever signs, a person or somebody for a company.
pub const NAMES_OF_ANYBODY: &[&str] = &[
    "姓名", "名字", "真实姓名", "签署人", "签署人姓名", "签约人", "签约人姓名", "签字人", "签字人姓名",
    "联系人", "联系人姓名", "签署方姓名", "签约方姓名", "name", "signername",
];
/// How words for companies end.
pub const ENDS_OF_COMPANIES: &[&str] = &[
    "公司", "企业", "单位", "机构", "厂家", "厂商", "工厂", "商户", "品牌方", "供方", "需方", "采购方",
    "供应方", "集团", "院校", "供应商", "供货商", "经销商", "代理商", "承运商",
];
/// 部门经理（需签字）, 丙方联系人: what a header says of somebody who signs, whoever he is.
pub const MARKS_OF_SIGNERS: &[&str] =
    &["签字", "签署", "签名", "签章", "也签", "需签", "要签", "甲方", "乙方", "丙方", "丁方", "担保人)"];
/// How a column ends that is a place for ink, 领导签字, and what says that somebody signs all the same.
pub const ENDS_FOR_INK: &[&str] = &["签字", "签名", "签章", "签署"];
pub const SIGNS_AS_WELL: &[&str] = &["需", "要", "也", "共同"];
/// What stands in a column of names and is nobody's.
pub const NO_NAMES: &[&str] = &[
    "hr", "联系人", "联系电话", "联系方式", "咨询", "咨询电话", "公司电话", "客服", "负责人", "经办人",
    "审批人", "人事", "人事部", "行政", "行政部", "财务", "财务部", "销售部", "市场部", "法务", "法务部",
    "管理员", "技术支持", "紧急联系人", "对接人", "抄送", "抄送人", "主管", "值班电话", "服务热线", "售后",
    "领队", "姓名", "名字", "签署方姓名", "员工姓名", "是", "否", "有", "空白", "loading", "加载中", "不详",
    "未填", "未填写", "待招", "待入职", "空缺", "空岗", "保密", "xxx", "xx", "xxxx", "某人", "某某",
    "某某某", "本人", "自己", "家长", "法人", "法定代表人", "见附件", "见附表", "代签", "户主", "配偶",
    "监护人", "妻子", "丈夫", "父亲", "母亲", "爸爸", "妈妈", "爷爷", "奶奶", "name", "manager", "contact",
    "甲方代表", "乙方代表", "丙方代表", "公司代表", "授权代表", "甲方签字", "乙方签字", "甲方盖章",
    "乙方盖章", "甲方负责人", "乙方负责人", "法人代表", "签收人", "领取人", "制表人", "审核", "复核",
    "审核人", "复核人", "见证人", "担保人", "出租方", "出租人", "房东", "中介", "店长", "物业", "管家",
    "签字", "盖章", "紧急联系", "证明人", "介绍人", "推荐人", "班主任", "客服电话", "投诉电话", "landlord",
    "witness", "guarantor",
];
/// How such a cell may end.
pub const ENDS_OF_NO_NAMES: &[&str] =
    &["电话", "热线", "专线", "客服", "座机", "联系人", "负责人", "服务台", "前台"];
/// But this is about signing, and not about who does.
pub const OF_THE_SIGNING: &[&str] = &[
    "日期", "时间", "截止", "状态", "方式", "地点", "是否", "期限", "顺序", "编号", "意见", "备注", "结果",
    "进度", "渠道", "不签", "无需", "免签", "已签", "未签",
];
/// Whoever owns the house or the car of somebody else.
pub const OWNERS_OF_THINGS: &[&str] = &["户主", "车主", "业主", "房主", "产权人", "店主", "投保人"];
/// 企业经办人, 公司联系人.
pub const BEFORE_CONTACTS: &[&str] =
    &["企业", "公司", "单位", "机构", "对方", "供应商", "客户", "门店", "店铺", "网点", "站点"];
/// But these are units, or companies of other matters.
pub const NO_COMPANIES: &[&str] = &[
    "计量", "货币", "报价", "数量", "金额", "计价", "计费", "面积", "快递", "物流", "保险", "开户", "原",
    "前", "毕业", "实习", "报考", "发卡", "支付", "鉴定", "检测", "评估", "监管", "主管",
];
/// People in the offices of companies, who sign for them.
pub const OFFICES_OF_COMPANIES: &[&str] = &[
    "管理员", "业务员", "业务负责人", "项目负责人", "店长", "校长", "院长", "采购员", "业务代表", "项目经理",
];
/// Whom a company names where nobody else signs for it: 甲方联系人.
pub const PARTY_CONTACTS: &[&str] =
    &["联系人", "联系人姓名", "对接人", "负责人", "负责人姓名", "法定代表人", "法人代表", "法人", "代理人"];
pub const PARTY_SIGNER: &[&str] = &[
    "经办人", "经办人姓名", "签署人", "签署人姓名", "签约人", "签约人姓名", "签字人", "签字人姓名",
    "授权签署人", "授权代表", "授权代表人", "签约代表", "签署代表", "代表", "代表人",
];

/// What stands in 签署方式 where a list tells contracts that are signed here from those on paper.
pub const SIGNED_HERE: &[&str] = &[
    "电子签", "电子签署", "电子签约", "电子签章", "电子签名", "电子合同", "电子", "电子版", "线上", "线上签",
    "线上签署", "线上签约", "在线签", "在线签署", "在线签约", "esign", "online",
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
/// What tells a number that has taken the place of another.
pub const NEWER: &[&str] = &[
    "新", "变更", "更正", "更新后", "修改后", "更改后", "现用", "正确", "换号", "更换", "更名后", "现名",
    "纠正", "实际", "更名", "改名", "变更后", "调整后", "核实后", "修正", "订正", "更改", "改后", "重新",
    "corrected", "updated", "现手机", "现电话", "核实手机", "核实电话", "确认手机", "改手机", "newmobile",
    "newphone", "correctedphone", "换号后", "现在用", "以此为准", "有效手机", "常用手机", "常用电话", "补录",
    "变动",
];
/// Names that somebody has, or really has.
pub const NEWER_NAMES: &[&str] = &[
    "现用名", "现名", "更名后", "改名后", "身份证姓名", "证件姓名", "法定姓名", "本名", "真名", "户籍名",
    "户籍姓名", "护照姓名", "身份证名字", "身份证上的名字", "证上姓名", "公安姓名", "户口名", "户口姓名",
    "新名", "姓名勘误", "nameonid", "身份证上姓名",
];
/// Whoever is named in a list of people and signs nothing: the mobile behind him is the signer's.
pub const BOSSES: &[&str] = &[
    "上级", "领导", "主管", "经理", "主任", "组长", "队长", "部长", "店长", "老板", "汇报", "hr", "人事",
    "班主任", "师傅", "带教", "manager", "supervisor", "leader", "boss", "reportsto",
];
/// Whoever has written the list, has looked through it, or is to be called about it.
pub const OF_THE_OFFICE: &[&str] =
    &["录入", "审核", "审批", "制单", "制表", "开票", "财务", "介绍", "推荐", "紧急"];
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
    "患者", "患者姓名",
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
/// Components that hold more than a line.
pub const LONG_TEXTS: &[&str] = &[
    "职责", "地址", "住址", "住所", "内容", "说明", "条款", "范围", "要求", "描述", "约定", "事项", "标准",
    "坐落", "清单", "规格", "明细", "条件",
];
/// What is let has one contract; a person's own address says nothing.
pub const RENT: &[&str] =
    &["承租", "出租", "租客", "租赁", "租金", "租户", "月租", "起租", "租期", "房租", "合租", "租约", "租方"];
pub const ADDRESS: &str = "地址";
/// In headers for what is let, of which several may be tenants with contracts of their own.
pub const ADDRESSES: &[&str] = &["地址", "坐落", "物业", "房屋", "房源"];
/// Components that name what several people have contracts about, one each.
pub const OF_MANY_CONTRACTS: &[&str] = &["项目编号", "设备编号", "资产编号", "文件编号"];
/// Components that name what belongs to one person, or to two who share it.
pub const OF_PEOPLE_OR_PAIRS: &[&str] = &["档案编号", "档案号", "档号", "车牌号", "车牌号码"];
/// In components that say something of one signer, and not of his contract.
pub const OF_ONE_PERSON: &[&str] = &[
    "身份证", "证件", "关系", "份额", "比例", "银行", "卡号", "账号", "账户", "开户", "电话", "手机", "邮箱",
    "微信", "住址", "户籍", "籍贯", "性别", "年龄", "出生", "民族", "学历", "姓名", "单位", "职业", "签字",
];
/// Those of them that name one home or place: who has the same stands in its contract, most likely,
/// wherever his row is.
pub const ROOMS: &[&str] = &[
    "房号", "房间号", "房间编号", "铺位号", "商铺号", "商铺编号", "摊位号", "摊位编号", "车位号", "车位编号",
    "户号", "家庭户号", "家庭编号", "门牌号", "档口号", "借据号", "借据编号", "借款编号", "贷款编号", "案号",
    "案件编号",
];
/// Columns that say where something lies, in which 101 comes again: 1栋 101 and 2栋 101.
pub const PLACES: &[&str] = &[
    "楼栋", "楼号", "楼幢", "栋", "栋号", "幢", "幢号", "座", "座号", "单元", "单元号", "小区", "小区名称",
    "园区", "楼宇", "楼盘", "楼盘名称", "楼层", "社区", "building", "unit", "block", "floor",
];
/// Those of them that may be one home.
pub const HOMES: &[&str] = &["单元", "单元号", "座", "座号", "unit"];
/// Other columns that tell apart what a key alone does not.
pub const AROUND_KEYS: &[&str] = &[
    "项目", "项目名称", "门店", "校区", "市场", "分公司", "公司", "年份", "年度", "期", "期次", "批次",
    "project",
];
/// Columns that say, besides, where a room lies.
pub const AROUND_ROOMS: &[&str] = &[
    "项目", "项目名称", "门店", "门店名称", "市场", "市场名称", "公寓", "公寓名称", "商场", "商场名称",
    "店铺", "村", "村名", "村组", "村委会", "街道", "乡镇", "宿舍楼", "宿舍区",
];
/// Columns that say who of a contract somebody is.
pub const ROLES: &[&str] = &[
    "角色", "签署角色", "签约角色", "合同角色", "签署方角色", "甲乙方", "签署身份", "签约身份", "合同身份",
    "身份", "当事人", "当事人类型", "role", "signerrole", "party",
];
/// Columns that say what somebody is; where two values take turns, they are two signers of a contract.
pub const KINDS_OF_PEOPLE: &[&str] =
    &["身份", "身份类别", "人员身份", "人员类别", "类别", "主体类型", "主体", "身份类型", "人员性质"];
/// Columns that say who of a contract signs first.
pub const SIGNING_ORDERS: &[&str] = &[
    "签署顺序", "签署次序", "签署序号", "签署人序号", "签署人顺序", "签署方序号", "签署方顺序", "签约顺序",
    "签约人序号", "签约人顺序", "签约方序号", "签字顺序", "签字人序号", "签字人顺序", "签订顺序",
    "第几签署方", "第几签署人", "signingorder", "signorder", "signerno", "signerno.", "signernumber",
    "signerorder", "routingorder", "顺序", "次序", "签字次序", "签约次序", "签署方编号", "签署位", "先后",
    "步骤", "签署节点", "签署步骤", "order",
];
/// Columns that say which of a contract's places somebody has, beside those of [`ROLES`].
pub const SIGNING_ROLES: &[&str] =
    &["签署方", "方别", "签约方", "当事方", "签署位置", "角色", "类别", "签署方角色"];
/// What stands before the number of somebody's place.
pub const PLACES_OF_SIGNERS: &[&str] = &["签署方", "签署人", "签约方", "approver", "signer"];
/// Words for the first who signs, and for the second.
pub const LATER_SIGNERS: &[&[&str]] = &[&["先签", "先", "第一", "首签"], &["后签", "后", "第二", "次签"]];
/// What stands beside somebody who signs nothing and gets a copy, in lower case.
pub const GET_A_COPY: &[&str] = &[
    "抄送", "抄送人", "抄送方", "被抄送人", "知会", "知会人", "知悉", "知悉人", "仅知悉", "查看人", "仅查看",
    "关注人", "cc", "viewer", "copy", "receives a copy", "审批人", "副本", "抄收", "抄收人",
];
/// Further columns that say what somebody is for the contract.
pub const SAYS_WHO: &[&str] = &["变更", "变更情况", "权限", "人员类型", "参与方式", "签署情况", "类型"];
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
/// What stands in such a column where it is called no more than 身份.
pub const ROLE_WORDS: &[&str] = &[
    "甲方", "乙方", "丙方", "丁方", "借款", "担保", "保证", "出租", "承租", "出借", "买", "卖", "委托",
    "受托", "转让", "受让", "监护", "本人", "配偶", "party", "borrower", "guarantor", "lessor", "lessee",
    "buyer", "seller",
];
/// What people call a component of the template before its name: 控件:租金.
pub const NEARLY_COMPONENTS: &[&str] =
    &["填入", "填充", "控件", "组件", "字段", "表单", "填空", "变量", "fill", "form", "component"];
/// Groups that lines between the rows of a list name, each of which has many contracts: 第一批, 1栋.
pub const ENDS_OF_MANY: &[&str] = &[
    "部", "部门", "组", "班", "班级", "班组", "批", "批次", "楼", "栋", "幢", "区", "片区", "车间", "页",
    "周", "月", "期", "店", "门店", "项目", "队", "科", "科室", "中心", "年级", "季度", "处", "办", "办事处",
    "站", "支行", "网点", "村", "镇", "线", "段", "校区", "库", "天", "日", "年", "类", "级", "公司",
];
/// Columns that say who signs, or who else does.
pub const SAY_WHO_SIGNS: &[&str] = &[
    "由谁签", "谁签", "谁来签", "由谁签署", "代签人", "监护人签字", "配偶签字", "家长签字", "是否需配偶签",
    "是否需要配偶签", "是否配偶签", "是否需监护人签", "是否需家长签", "是否需担保", "是否需担保人",
    "是否需要担保人", "是否加签", "加签人", "是否需共同签署", "签署人数", "签署人身份",
];
/// What in such a column says that nobody else signs.
pub const NOBODY_ELSE_SIGNS: &[&str] =
    &["本人", "自己", "否", "无", "不", "不需要", "不用", "no", "n", "/", "-", "1", "1人", "学员", "学生"];
/// What stands under 合同编号 and says nothing of one contract alone.
pub const WORDS_FOR_NUMBERS: &[&str] = &[
    "补签", "另行编号", "另编", "新增", "加急", "个人", "企业", "公司", "是", "否", "有", "已签", "未签",
    "正式", "试用", "实习", "兼职", "全职", "续约", "变更", "补录", "编号", "合同编号", "待编号", "暂无",
];
/// How what many contracts have in common ends: 第一批, A类, 2026届.
pub const ENDS_OF_BATCHES: &[&str] = &[
    "批", "批次", "类", "类型", "期限", "届", "期", "月份", "季度", "年", "年度", "半年", "区", "店", "校区",
];
/// How such a word ends: 劳动合同, 深圳分公司, A组.
pub const ENDS_OF_WORDS_FOR_NUMBERS: &[&str] = &["合同", "协议", "公司", "组", "部", "部门"];
/// Headers of mobiles that are known to be for something else than to sign with.
pub const MOBILES_OF_ELSE: &[&str] = &[
    "家庭", "住宅", "公司", "单位", "办公", "备用", "备选", "客服", "收件", "收货", "快递", "登录", "账号",
    "帐号", "银行", "预留", "绑定", "钉钉", "飞书", "企微", "qq", "紧急", "其他", "其它", "原", "旧", "前",
    "第二", "2",
];
/// What people write behind a contract's number that is not to be sent.
pub const SAID_OF_NUMBERS: &[&str] = &["重复", "废", "停"];
/// In headers of what a list says of staff.
pub const OF_STAFF: &[&str] = &[
    "工号", "员工编号", "人员编号", "职工编号", "岗位", "职位", "职务", "职称", "工种", "入职", "工资", "薪",
    "银行卡", "卡号", "学历",
];
/// Columns of what somebody does, of which two kinds may take turns by chance.
pub const WORK_OF_PEOPLE: &[&str] =
    &["岗位", "职位", "职务", "工种", "岗位名称", "职位名称", "性别", "职称", "级别", "职级"];
/// In headers of such columns.
pub const WORK_WORDS: &[&str] = &["岗位", "职位", "职务", "工种", "角色", "身份"];
/// Two of these in turn may be what people do, by chance.
pub const WEAK_IN_TURN: &[&str] = &[
    "司机", "教练", "导师", "师傅", "保姆", "家政员", "学徒", "徒弟", "雇员", "企业", "公司", "学校", "机构",
    "俱乐部", "总部", "成员", "中介", "经纪公司", "公会", "employee",
];
/// Who of a contract somebody may be, where two such words take turns in the rows of a list.
pub const ROLES_IN_TURN: &[&str] = &[
    "学员", "学生", "家长", "主播", "监护人", "托运人", "承运人", "司机", "业主", "装修公司", "艺人",
    "经纪人", "患者", "家属", "入住人", "送养人", "收养人", "农户", "合作社", "男方", "女方", "实习生",
    "学校", "企业", "公司", "劳动者", "用工单位", "派遣单位", "用人单位", "户主", "成员", "激励对象",
    "持股平台", "竞买人", "拍卖人", "球员", "俱乐部", "投保人", "被保险人", "受益人", "雇主", "雇员", "保姆",
    "家政员", "供应商", "采购方", "加盟商", "总部", "师傅", "徒弟", "学徒", "tenant", "landlord", "buyer",
    "seller", "guarantor", "employer", "employee", "lessor", "lessee", "partya", "partyb", "机构", "教练",
    "导师", "甲", "乙", "学员家长", "配偶", "经纪公司", "公会", "中介", "房主", "租户", "新娘", "新郎", "父",
    "母",
];
/// Who of a contract somebody is, and nothing else: 1 contract in 2 rows has two of them.
pub const ROLE_VALUES: &[&str] = &[
    "甲方", "乙方", "丙方", "丁方", "借款人", "主借人", "主借款人", "共借人", "共同借款人", "担保人",
    "保证人", "出租方", "出租人", "承租方", "承租人", "主承租人", "共同承租人", "同住人", "房东", "租客",
    "卖方", "买方", "出卖人", "买受人", "卖家", "买家", "委托方", "委托人", "受托方", "受托人", "转让方",
    "受让方", "发包方", "承包方",
];
/// Whose family somebody is: one of them signs for himself, the others beside him.
pub const HEADS_OF_FAMILIES: &[&str] =
    &["本人", "户主", "主申请人", "申请人本人", "主租人", "主要承租人", "投保人", "主险人", "self"];
/// Columns of families, and nobody's of them.
pub const OF_FAMILIES: &[&str] = &["夫妻", "家庭", "家庭编号", "家庭号", "户", "户号", "夫妻编号"];
pub const COUPLES: [&[&str]; 2] =
    [&["夫", "丈夫", "男方", "老公", "husband"], &["妻", "妻子", "女方", "老婆", "wife"]];
/// Whose they are, as a column of 关系 says it.
pub const FAMILY: &[&str] = &[
    "配偶", "妻子", "妻", "丈夫", "夫", "爱人", "父亲", "父", "母亲", "母", "父母", "儿子", "子", "长子",
    "次子", "女儿", "女", "长女", "次女", "子女", "儿媳", "女婿", "孙子", "孙女", "兄弟", "姐妹", "哥哥",
    "弟弟", "姐姐", "妹妹", "共同申请人", "家属", "亲属", "监护人", "法定监护人", "被保险人", "合租人",
    "室友", "spouse", "wife", "husband", "father", "mother", "son", "daughter", "child",
];
/// Columns that say it.
pub const RELATIONS: &[&str] = &[
    "关系", "家庭关系", "成员关系", "家庭成员关系", "与户主关系", "与户主的关系", "与本人关系",
    "与承租人关系", "与主承租人关系", "与借款人关系", "与主借人关系", "与申请人关系", "与主申请人关系",
    "与投保人关系", "身份", "人员类别", "人员身份", "称谓", "共有关系", "家庭成员", "与患者关系",
    "与学生关系", "与被保险人关系", "与受益人关系", "与购房人关系", "与权利人关系",
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
    "是否续租", "是否同意", "是否参加", "电子签", "需电子签", "线上签", "是否本次发送", "是否继续", "valid",
    "isactive", "参加与否", "参与与否", "选择", "确认", "是否到岗", "是否报到", "标记", "标注", "是否确认",
    "本次是否发", "本次是否发送",
];
/// Columns that name the company with which a contract is, of several that belong together.
pub const OWN_COMPANIES: &[&str] = &[
    "签约主体", "合同主体", "签署主体", "签订主体", "合同签约主体", "合同签订主体", "劳动合同主体",
    "用工主体", "主体", "主体公司", "公司主体", "法人主体", "签约公司", "签署公司", "合同公司", "签约单位",
    "合同签订单位", "用人单位", "用人单位名称", "合同主体公司", "签约主体公司", "劳动合同签订单位", "甲方",
    "甲方公司", "甲方名称", "甲方单位", "甲方(公司)", "甲方(单位)", "出租方", "出租方名称", "出租人",
    "发包方", "发包人", "招租方", "招商方", "委托方", "采购方", "卖方", "我方主体", "我方公司", "盖章公司",
    "盖章主体", "入职公司", "劳动关系所在公司", "派遣公司", "派遣单位", "用工单位", "经纪公司", "承运人",
    "出借人", "employer", "lessor", "发起方", "我方签约公司", "我方签约主体", "我方签署主体", "我方签约单位",
    "签约方公司", "公司名称(我方)",
];
/// What stands in brackets behind a company's name and is no part of it: （盖章）, （以下简称甲方）.
pub const BEHIND_NAMES_OF_COMPANIES: &[&str] = &["章", "签", "简称", "甲方", "乙方", "下同"];
/// Of these the ones that may be another company's beside the own one.
pub const NO_OWN: &[&str] = &["用工单位", "经纪公司", "派遣公司", "派遣单位"];
/// Columns for the company that somebody works for, which signs with him in a group of companies.
pub const COMPANIES_OF_PEOPLE: &[&str] = &[
    "公司", "所属公司", "所在公司", "归属公司", "任职公司", "所属单位", "分公司", "所属分公司", "子公司",
    "所属子公司", "公司简称", "所属企业", "所属法人", "法人公司", "法人实体", "纳税主体", "社保主体",
    "发薪主体", "entity", "legalentity", "company",
];
/// Columns that may say which template a contract has, in words.
pub const TEMPLATE_NAMES: &[&str] = &[
    "模板", "模版", "合同模板", "合同模版", "模板名称", "模版名称", "合同模板名称", "模板类型", "模板编号",
    "使用模板", "template", "templatename", "签署模板", "签约模板", "范本", "合同范本", "合同文本",
    "模板版本", "合同模板ID", "签署模板名称",
];
/// Columns that may name the paper that somebody gets: 劳动合同, 实习协议. Other values say something
/// else of it: 固定期限.
pub const PAPER_KINDS: &[&str] = &[
    "合同类型", "合同种类", "合同类别", "协议类型", "协议种类", "文件类型", "签署文件", "合同文件",
    "签订文件", "签约文件", "合同版本", "合同", "协议", "需签协议", "需签合同", "需签文件", "签署内容",
    "合同性质", "协议版本", "合同模版", "协议名称", "所签合同", "所签协议", "签署协议", "签订合同",
    "签订协议", "文件名称", "文件名", "文书名称", "文书类型", "文档名称", "签署文件名称",
];
/// How the names of papers end.
pub const PAPER_ENDS: &[&str] = &["合同", "协议", "协议书", "合同书", "承诺书", "告知书", "确认书", "意向书"];
/// To be signed, or signed already: where some rows say 否, nobody knows which are meant.
pub const SIGNS_OR_SIGNED: &[&str] = &["是否签署", "是否签约", "是否签订", "是否签字"];
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
    "合同回收情况", "合同形式", "签署形式", "签署方式", "签约方式", "签订方式",
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
    "signed", "sent", "done", "expired", "cancelled", "canceled", "void",
];
/// What stands in them while nothing was done.
pub const PENDING: &[&str] = &[
    "没", "没签", "没发", "未发起", "待发起", "未发送", "待发送", "未签", "待签", "未签署", "待签署",
    "未签约", "待签约", "未完成", "签", "发", "失败", "发送失败", "未签字", "未回收",
];
/// What stands in them of whoever is meant.
pub const IS_MEANT: &[&str] =
    &["参加", "参与", "确认", "合格", "通过", "正常", "电子", "电子版", "线上", "在职", "已确认"];
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
    "未报名", "撤场", "已撤场", "清场", "已清场", "签过了", "跑路", "失联", "开除", "转走", "取消订单",
    "订单取消",
];
/// The same in a remark only: in a column they may be about lodgings, or a meal.
pub const SAY_NO_IN_REMARKS: &[&str] = &[
    "放弃offer", "不需要", "不需要发", "不要", "不参加", "不参与", "关闭", "退款", "重复", "多余", "拉黑",
    "换人", "已换人", "搬走", "不合格", "等通知", "冻结", "跳过", "离开", "请删除", "紧急联系人", "重签",
    "测试数据", "测试", "弃权", "姓名有误", "身份证有误", "身份证不对", "手机号有误", "号码有误",
    "等财务确认", "待领导批", "待财务确认", "等领导审批", "有误", "错误", "待更新", "待定", "信息不全",
    "资料不全", "身份证过期", "证件过期",
];
/// The same, in a column that has to do with contracts: 签署进度 | 已完成.
pub const SAY_NO_OF_PAPERS: &[&str] = &[
    "已完成", "已发送", "已发起", "签署中", "线下", "纸质", "纸质版", "纸质合同", "手签", "手写", "现场",
    "现场签", "面签", "线下签", "线下签署", "不签", "已归档", "归档", "成功", "发送成功", "签署成功", "已发",
    "转让", "待确认", "重复", "sent", "done", "draft", "草稿", "signed",
];
pub const OF_SIGNING: &[&str] = &["签署", "签约", "签订", "合同已"];
/// Columns for a day after which nobody gets a contract.
pub const LAST_DAYS: &[&str] = &[
    "离职日期", "离职时间", "离职日", "最后工作日", "解约日期", "解约时间", "注销日期", "退学日期",
    "作废日期", "作废时间", "lastworkingday", "terminationdate", "退租日期", "退租时间", "退房日期",
    "退房时间", "退宿日期", "退园日期", "退会日期", "离场日期", "离岗日期", "辞职日期", "停用日期",
    "注销时间", "发送时间", "发送日期", "解除日期", "解除时间", "签收日期", "签收时间", "已发送时间",
    "已发送日期", "归档编号", "归档日期", "归档时间", "归档号", "回收日期", "回收时间", "已签日期",
    "已签时间",
];
/// Columns for the day on which somebody has signed, or a contract went out.
pub const SIGNED_ON: &[&str] = &[
    "签约日期", "签约时间", "签署日期", "签署时间", "签订日期", "签订时间", "签字日期", "签字时间",
    "签名日期", "签名时间", "签章日期", "签章时间", "盖章日期", "盖章时间", "合同签约日期", "合同签约时间",
    "合同签署日期", "合同签署时间", "合同签订日期", "合同签订时间", "合同签字日期", "协议签署日期",
    "协议签订日期", "实际签约日期", "实际签约时间", "实际签署日期", "实际签署时间", "实际签订日期",
    "签约完成时间", "签约完成日期", "签署完成时间", "签署完成日期", "签订完成时间", "完成时间",
    "完成签署时间", "员工签署时间", "员工签署日期", "员工签字日期", "租客签署时间", "客户签署时间",
    "发起时间", "发起日期", "合同发起时间", "合同发起日期", "合同发送时间", "合同发送日期", "寄出日期",
    "寄出时间", "寄送日期", "寄送时间", "邮寄日期", "邮寄时间", "快递日期", "寄回日期", "寄回时间",
    "收回日期", "收回时间", "合同寄出日期", "合同回收日期", "合同收回日期", "合同归档日期", "合同归档时间",
    "合同领取日期", "存档日期", "存档时间", "flowid", "signedon", "signedat", "signeddate", "signingdate",
    "signdate", "datesigned", "senton", "sentat", "sentdate", "datesent", "completedat", "completedon",
    "完成日期", "快递单号", "领取日期", "领取时间", "返回日期", "存档编号", "流程编号", "completiondate",
];
/// What says so behind 已 only: a remark 签 means that somebody is to sign.
pub const DONE_IN_REMARKS: &[&str] = &[
    "签", "签署", "签约", "签订", "签完", "签纸质", "签纸质合同", "发", "发送", "发起", "故", "线下签",
    "签字", "签收", "回收", "归档",
];
/// How a column begins that tells of what was before.
pub const BEFORE_THIS: [char; 2] = ['原', '前'];
pub const ALREADY: &[&str] = &["已经", "已"];
pub const WHETHER: &str = "是否";
/// What may stand around them.
pub const BEFORE_REMARKS: &[&str] = &[
    "合同", "本人", "此人", "该员工", "员工", "租客", "学生", "客户", "本次", "此次", "这次", "暂时", "目前",
    "先",
];
pub const BEHIND_REMARKS: &[&str] = &["过了", "了", "过", "电子合同", "劳动合同", "合同", "此人", "本人"];
/// Remarks of several words.
pub const SENTENCES_THAT_SAY_NO: &[&str] = &[
    "do not send", "don't send", "dont send", "do not sign", "don't sign", "not to be sent", "on hold",
    "代签", "空号", "号码不对", "号码错误", "号码有误", "走纸质", "签纸质", "下月再签", "下次再签",
    "以后再签", "签两份", "上面是一份", "下面是一份", "换人签", "换号了", "换手机号了", "手机号换成",
    "手机号换为", "手机号已换", "手机号改成", "手机号改为", "后再发", "后再签", "姓名有误", "名字有误",
    "身份证不对", "身份证有误", "用新模板", "换模板", "按高管版", "一起签", "监护人签", "家长签", "配偶签",
    "签3份", "签三份", "合并到", "等财务确认", "待领导", "一人两份", "一式两份发", "不签了", "号销了",
    "年后发", "年后再", "名字打错", "名字写错", "此条删", "加一个担保", "老婆签", "老公签", "爸爸签",
    "妈妈签",
];
/// What a line says of the time to sign in, which no header says so.
pub const LINES_OF_DEADLINES: &[&str] = &[
    "签署时限", "签约时限", "签字时限", "签署限期", "链接有效期", "链接有效至", "回签日期", "回签时间",
    "签回时间", "签署截止",
];
/// Days that a line names without a number.
pub const DAYS_IN_WORDS: &[&str] = &[
    "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期", "月底", "月末", "今天", "明天", "后天",
    "今日", "明日", "下班",
];
pub const DEADLINES_IN_ENGLISH: &[&str] = &["deadline", "signby", "signbefore", "duedate", "dueby"];
pub const MONTHS_IN_ENGLISH: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// How a line ends that says within what time to sign: 三天内签.
pub const DEADLINE_WITHIN_LAST: &[&str] = &["天内签", "日内签", "小时内签", "周内签", "天内签订", "日内签订"];
/// Whoever is named right behind such a word at the beginning of a line is that party.
pub const PARTIES_OF_LINES: &[&str] = &[
    "出租方", "出租人", "承租方", "承租人", "房东", "担保人", "保证人", "发包方", "承包方", "委托方",
    "受托方", "转让方", "受让方", "托运人", "承运人",
];
/// Rows that a line tells apart by what is only seen.
pub const SEEN_MARKS: &[&str] = &[
    "标红", "标黄", "标绿", "标灰", "红色", "黄色", "绿色", "灰色", "蓝色", "红字", "高亮", "底色", "带*",
    "带星", "打星", "打勾", "加粗",
];
/// And what it says of them.
pub const SAID_OF_MARKED: &[&str] = &[
    "不发", "不签", "勿发", "勿签", "不用发", "不用签", "不要发", "不要签", "已签", "离职", "作废", "只发",
    "才发", "只签", "暂缓", "退租",
];
/// A line about how a form is filled in.
pub const OF_FILLING_IN: &[&str] = &["必填", "修改", "勿改", "填写", "表头", "选填"];
/// What is to be done before a day, where that day ends the time to sign in.
pub const DONE_BEFORE_A_DAY: &[&str] = &["签", "办", "完成", "返回", "寄回", "回传", "确认"];
/// What else happens before a day.
pub const ELSE_BEFORE_A_DAY: &[&str] = &["入职", "到岗", "报送", "报到", "返岗", "提交", "入学", "转正"];
/// What a list of void contracts may call their numbers.
pub const NUMBERS_OF_LISTS: &[&str] = &["编号", "合同号"];
/// What becomes of a contract that is not signed in time.
pub const LAPSES: &[&str] = &["视为", "作废", "放弃", "自动取消", "失效"];
/// Behind a word for a time: until when.
pub const UNTIL: &[&str] = &["截至", "截止", "止于"];
/// What says no wherever it stands, since nothing else is called so.
pub const SAY_NO_ANYWHERE: &[&str] =
    &["作废", "已作废", "离职", "已离职", "线下签", "已取消", "撤销", "已撤销", "已终止", "已退租", "离退休"];
/// In a line of a sheet that explains: how a date is written, and not which one is meant.
pub const FILLING_IN_A_DATE: &[&str] = &[
    "格式", "填写", "例如", "示例", "必填", "选填", "如：", "如:", "yyyy", "写法", "入职", "返岗",
    "合同期限", "期限",
];
/// What titles of lists end with.
pub const ENDS_OF_TITLES: &[&str] = &[
    "名单", "表", "清单", "明细", "册", "台账", "汇总", "列表", "统计", "信息", "合同", "协议", "协议书",
    "通知", "登记", "一览", "人员", "资料", "公司", "集团",
];
/// What is said of paper: how many copies, and what a signature means.
pub const COPIES_ON_PAPER: &[&str] = &[
    "复印件", "提供", "每人一份", "代签无效", "核对身份", "一式", "各执", "签字即", "签署即", "签字确认",
    "签名确认", "生效", "盖章", "存档", "备案", "填表", "制表",
];
/// That something is sent; 研发 and 发票 are not.
pub const SENDS_IN_SENTENCES: &[&str] = &[
    "发送", "发出", "发起", "不发", "先发", "再发", "只发", "仅发", "后发", "发完", "已发", "勿发", "别发",
    "待发", "补发", "用发", "要发", "统一发",
];
/// What makes a sentence about signing one about this list.
pub const QUALIFY_SIGNING: &[&str] = &[
    "不签", "不发", "不用", "不续", "不需", "只签", "只发", "仅签", "仅发", "先签", "先发", "先不", "再发",
    "下批再签", "明年再签", "年后再签", "暂不", "暂缓", "暂停", "已签", "已发", "已全部", "勿发", "勿签",
    "勿重复", "别发", "别签", "免签", "改签", "缓签", "缓发", "签完", "发完", "先不要", "下周再", "月底再发",
    "月底再签",
];
/// For whom one contract, or several, are meant.
pub const HOW_MANY_FOR_WHOM: &[&str] =
    &["每户", "每家", "每人", "两人", "二人", "一人", "夫妻", "双方", "相邻", "同一份", "共签"];
/// That somebody of a list has left, in a sentence.
pub const OF_LEAVING: &[&str] =
    &["已签纸质", "已离职", "为离职", "已辞职", "已作废", "已取消", "已退租", "已退学", "暂缓", "不续签"];
/// That whoever has left is not in a list any more.
pub const TAKEN_OUT: &str = "剔除";
/// Behind 由: nobody who would sign.
pub const OF_NO_SIGNERS: &[&str] = &["自愿", "统一", "系统", "续", "新", "改为", "推荐", "自行"];
/// Words with 份 that count no copies.
pub const OF_NO_COPIES: &[&str] = &["月份", "年份", "身份", "股份", "份额", "省份"];
/// That somebody signs in another one's place.
pub const SIGNS_FOR_ANOTHER: &str = "代签";
/// How a sentence begins that is about a case which may not be.
pub const CONDITIONS: &[&str] = &["如", "若"];
/// Behind 签 in a remark: more than one contract.
pub const SEVERAL_COPIES: &[&str] = &["2份", "3份", "两份", "三份"];
pub const ONE_COPY: &str = "同一份";
/// That a list is not final.
pub const NOT_YET_FINAL: &[&str] =
    &["仅供参考", "未定稿", "非定稿", "草稿", "待审批", "待领导审批", "待审核", "测试数据"];
/// In a remark: that another one signs, or at another time.
pub const SIGNS_IN_REMARKS: &[&str] = &[
    "改为", "改由", "换成", "代签", "明年再签", "年后再签", "下月再签", "下批再签", "以后再签", "需法人",
    "法人签", "家长签", "本人不",
];
/// What a cell says of the row that it stands in.
pub const ABOUT_THE_ROW: &[&str] = &["删除", "此行", "本行"];
/// Cells that say that their row is an example, and say no more.
pub const EXAMPLE_CELLS: &[&str] = &[
    "举例", "例子", "模板行", "样例行", "示例行", "此行勿删", "填写示例", "示例数据", "演示数据", "测试数据",
    "请勿删除", "勿删", "勿删除", "样例数据", "示范", "示范行",
];
/// Titles of a whole list that is not meant.
pub const VOID_TITLES: &[&str] = &[
    "作废", "已作废", "以下作废", "已签", "已签署", "以下已签", "不签", "以下不签", "以下不发", "不发",
    "下月再发", "下月再签", "草稿", "已发完", "已发", "以下已线下签署", "已线下签署", "线下已签",
    "已全部签完存档", "已全部签完", "全部签完", "存档", "已存档", "已完结", "停用", "历史", "历史数据",
    "历史记录", "线下", "线下签署", "线下签", "停发", "另行通知", "作废合同", "待补签", "旧版", "旧版本",
    "旧版名单", "初稿", "已完成签署", "签署完成", "已归档", "待确认", "过期", "已过期",
];
/// What a line above, between or below the rows says, where nothing of the sheet is to be sent.
pub const LINES_NOT_TO_SEND: &[&str] = &[
    "勿发", "别发", "不要发", "不用发", "不发送", "暂不发", "先不发", "暂缓发", "勿签", "暂不签", "表作废",
    "名单作废", "donotsend", "don'tsend", "nottobesent",
];
/// The same, where a line says no more than that.
pub const LINES_ALONE_NOT_TO_SEND: &[&str] =
    &["仅供参考", "以上仅供参考", "以下仅供参考", "数据仅供参考", "作废", "已作废", "草稿", "测试"];
/// To whom a list is not to be passed on, which says nothing of its contracts.
pub const NOT_TO_WHOM: &[&str] = &[
    "给", "到", "群", "朋友圈", "外", "布", "票", "放", "送给", "送到", "送外", "错", "起", "纸质", "工资",
    "多", "重", "漏", "文件",
];
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
    "变更类型", "合同形式", "体检", "剔除", "缺席", "进展", "学籍", "合约", "阶段", "意愿", "处置", "去向",
    "合作",
];
/// What a header that asks something may end with: 签了吗, 签否.
pub const ENDS_OF_QUESTIONS: &[&str] = &["吗", "么", "否"];
/// What such a header may have beside its word.
pub const AROUND_QUESTIONS: &[&str] = &["是否", "本次", "本批", "本月", "这次", "需要", "需", "已经"];
/// In such a header: that it was done already.
pub const SIGNED_ALREADY: &[&str] =
    &["回签", "已签", "签了", "签过", "签完", "签回", "已回签", "已发", "发了", "发过", "已寄出"];
/// In such a header: that it is to be done.
pub const SIGNS_OR_SENDS: &[&str] = &["签", "要签", "发", "要发", "发送", "签署", "签合同", "发合同"];
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
    "remarks", "note", "notes", "comment", "comments",
];
/// How the header of such a column ends, besides: HR备注, 备注1.
pub const REMARK_END: &str = "备注";
/// Headers of a second number that a contract has.
pub const SECOND_NUMBERS: &[&str] = &[
    "补充协议编号", "补充协议号", "子合同编号", "分合同编号", "从合同编号", "协议编号", "协议号",
    "担保合同编号", "保证合同编号",
];
/// Headers that name papers.
pub const STRONG_KEYS: &[&str] = &[
    "单号", "单据号", "单据编号", "流水号", "业务单号", "订单号", "订单编号", "agreementid", "agreementno",
    "所属合同", "关联合同", "对应合同", "合同归属", "合同分组", "所属合同编号", "签约号", "签署编号",
];
/// What columns number of which two people of one contract have one: 租赁编号, 客户号, 派单号.
pub const NUMBERED: &[&str] = &[
    "签约", "租赁", "租约", "房源", "户", "客户", "学员", "学籍", "派单", "委托", "委托单", "采购", "采购单",
    "商户", "组合", "配对", "份数", "报名", "保函", "关联", "唯一", "记录", "借款", "贷款", "业务", "工单",
    "运单", "保单", "单元房", "就诊", "病历", "住院", "预约", "认购", "票据", "交易", "服务单", "数据",
    "准考证", "任务", "工程", "案件", "申请", "签约单", "房屋", "房产",
];
/// And how such a column ends.
pub const ENDS_OF_NUMBERED: &[&str] = &["号", "编号", "单号", "编码", "代码", "id", "标识"];
/// Columns of the same kind by another name.
pub const NUMBERED_OTHERWISE: &[&str] = &["订单", "第几份", "保证人组", "学号", "卷号"];
/// A header with one of the first and an end of the second names contracts.
pub const PAPERS: &[&str] = &["合同", "协议"];
pub const NUMBER_ENDS: &[&str] = &["编号", "号", "序号", "id", "编码"];
/// Columns by which people are put together in a list, not the signers of one
/// contract.
pub const GROUPS_OF_PEOPLE: &[&str] = &[
    "部门", "所属部门", "科室", "班组", "车间", "班级", "区域", "片区", "大区", "地区", "城市", "月份",
    "批次", "门店", "department", "dept", "team", "region", "city", "month",
];
/// Columns for where somebody works or learns, and as what.
pub const WHERE_PEOPLE_WORK: &[&str] = &[
    "单位", "工作单位", "所在单位", "所属单位", "就职单位", "任职单位", "机构", "所属机构", "所在机构",
    "任职机构", "服务科室", "所在科室", "所在部门", "所属团队", "所属公司", "所在公司", "营业部", "所属网点",
    "网点", "学校", "所在学校", "毕业院校", "院校", "院系", "医院", "所在医院", "职称", "头衔", "技术职称",
    "研究方向", "专业",
];
/// The same where their cells are merged downwards: staff and posts that several contracts share.
pub const SHARED_BY_CONTRACTS: &[&str] = &[
    "车队", "班组长", "组长", "负责人", "经理", "项目经理", "主管", "店长", "班主任", "教练", "业务员",
    "管家", "入职日期", "岗位", "工种", "职务", "职位", "村组", "村", "学校", "院系", "专业", "年级", "线路",
    "站点", "课程", "课程名称", "产品", "产品名称", "组别", "分组", "小组", "工段", "公司", "公司名称",
    "用工单位", "合同类型", "国家", "省份", "街道", "乡镇", "镇", "县",
];
/// Columns of one person that may be empty: a gap there ties him to nobody.
pub const PERSONAL: &[&str] = &[
    "工号", "员工编号", "员工号", "学号", "别名", "昵称", "英文名", "职务", "职位", "岗位", "职级", "性别",
    "年龄", "民族", "帐号", "账号", "邮箱", "备注", "说明", "标签", "出生日期", "籍贯", "婚姻状况",
];

/// Columns one character away from ours that mean another thing.
pub const NEVER_SUGGESTED: &[&str] = &[
    "起始日期", "终止日期", "开始日期", "结束日期", "合同简称", "合同全称", "合同类别", "证书类型",
    "签署类型", "类型", "类别", "备注", "经纪人", "经手人",
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

/// Words that stand alone, or before a colon, in rows which are no contracts.
pub const ROW_WORDS: &[&str] = &[
    "合计", "总计", "小计", "共计", "总数", "total", "示例", "示例行", "样例", "例", "例如", "填写说明",
    "说明", "example", "必填", "选填", "非必填", "必填项", "选填项", "required", "optional", "注", "备注",
    "注意", "注意事项", "温馨提示", "制表", "制表人", "填表人", "审核人", "填表日期", "以下空白", "总合计",
    "本页小计", "本页合计", "累计", "grandtotal", "subtotal", "平均", "平均值", "人数", "总人数", "总额",
    "本页完", "end",
];
/// Parts of the title of a section whose people are most likely not meant.
pub const LEFT_OUT: &[&str] = &[
    "待定人员", "储备人员", "备用名单", "备用人员", "暂缓签", "先不签", "暂不签", "年后再签", "年后签",
    "后备", "仅备案", "已结清", "已转岗", "免签", "另行通知", "非签约", "拒贷", "不录用", "不合格", "不用发",
    "离岗", "等通知", "签过了", "再签", "备选", "候补", "待补资料", "资料不全", "以下重复", "不参加", "勿发",
    "以下无效", "历史数据", "未通过", "线下签", "线下已签", "纸质", "完成签", "已完成", "已发送", "已发起",
    "放弃", "拒签", "已终止", "黑名单", "通讯录", "离职", "作废", "废弃", "不签", "已签", "不续", "暂不",
    "暂缓", "取消", "不发", "退租", "退学", "待定", "无需签", "不用签", "不需签", "抄送", "知会", "紧急联系",
    "未到岗", "未报到", "未入职", "未参加", "未录用", "淘汰", "落选", "弃权", "退赛", "退出", "休学", "转学",
    "退房", "退保", "停职", "停保", "停薪留职", "退休人员", "解约", "终止", "拒绝", "注销", "空置", "调出",
    "未过", "待核实", "待确认", "有误", "信息不全", "重复", "历史名单", "历史人员", "归档", "删除", "旧名单",
    "原名单", "变更前", "上月", "去年", "下月", "以后再", "下一批", "手签", "替补", "不要发", "别发",
    "仅供参考", "测试数据", "样表", "示例", "已拒", "已退", "不在职", "备用", "样例", "试用名单", "以下作废",
    "下月再发", "月再发", "已完结", "停播", "已故", "出院", "流拍", "未成交", "未录取", "暂停", "待审核",
    "预备名单", "旧合同", "旧版", "已发完", "已全部签", "全部签完", "弃签", "缓签", "已搬走", "转租", "开除",
    "劝退", "谈崩", "失联", "已寄", "失效", "过期", "停租", "封存", "留待", "待补", "争议", "流失", "备份",
    "以下用", "以下由", "以下需", "已撤销", "请忽略",
];
/// Sheets with more of the same: 新增, Sheet2, 十月, 二部.
pub const MORE_SHEETS: &[&str] = &[
    "新增", "补充", "追加", "增补", "增加", "名单", "签署", "签约", "合同", "新员工", "兼职", "临时", "外聘",
    "实习", "返聘", "劳务", "小时工", "钟点工", "sheet", "工作表", "协议", "签",
];
pub const MORE_SHEETS_END: [char; 8] = ['月', '年', '批', '期', '部', '组', '区', '店'];
/// What lists of accounts have.
pub const OF_BANKS: &[&str] = &["银行", "卡号", "开户", "账号"];
/// Sheets that are kept beside the one with the contracts.
pub const OTHER_SHEETS: &[&str] = &[
    "花名册", "备份", "旧", "汇总", "归档", "历史", "银行", "名册", "字典", "参数", "copy", "backup", "old",
    "负责人", "联系", "领导", "审批",
];
/// What a title of a list may end with.
pub const LISTS: &[&str] = &["名单", "人员", "列表", "信息"];
/// Who stands below a title that ends so signs for another reason than the others, or not at all.
pub const TITLES_OF_OTHERS: &[&str] = &[
    "联系人", "监护人", "家属", "对接人", "审批人", "见证人", "担保人", "带队老师", "班主任", "家长", "配偶",
    "司机", "房东", "共同借款人", "共有人", "推荐人", "介绍人", "证明人", "抄送人", "子女", "经办人",
];
/// Lines that say whom a list does not have, or how it is filled in.
pub const SAY_OTHERWISE: &[&str] =
    &["不含", "不包括", "除", "说明", "注:", "注：", "提示", "不用填", "无需填"];
/// What says, in the name of a sheet or in a line above its header, that its rows are not to be sent.
pub const LISTS_LEFT_OUT: &[&str] = &[
    "勿发", "不发", "不要发", "请勿发送", "暂不发", "已作废", "作废名单", "离职人员", "离职名单", "离职员工",
    "已签署人员", "已签署名单", "已签名单", "已签人员", "已发送名单", "不签名单", "示例数据", "样例数据",
    "测试数据", "历史数据", "黑名单", "已退租", "已退学", "以上已发", "以下已发", "以下重复", "备选",
    "候补名单", "待补资料", "资料不全", "不签人员", "不参加", "手机号变更", "表作废", "名单作废", "此表不用",
    "已停用", "勿用", "样表", "模拟数据", "先别发", "别发", "已撤销", "审核后再发", "尚未审批", "请忽略",
    "试填", "演示用", "历史名单", "废弃", "donotsend", "DRAFT", "draft", "版本作废", "表停用", "未审批",
    "待审批",
];
pub const TOTALS: &[&str] = &[
    "合计", "总计", "小计", "共计", "总数", "本页合计", "累计", "汇总", "total", "subtotal", "grandtotal",
    "最高", "最低", "最大值", "最小值", "中位数",
];
/// Lines that end a table or sum it up, alone or before their value, in rows without anybody.
pub const LAST_LINES: &[&str] = &[
    "以下无正文", "无正文", "名单结束", "结束", "完", "续表", "续上页", "接上页", "转下页", "平均", "平均值",
    "平均数", "均值", "人数", "总人数", "end", "theend", "eof", "endoflist", "continued", "average", "avg",
    "headcount",
];
/// A key with such a word is the template's example.
pub const EXAMPLES: &[&str] = &["示例", "样例"];
/// Lines to be signed or dated below a table, before their colon.
pub const SIGNATURE_LINES: &[&str] = &[
    "编制", "核准", "校对", "填报", "签字", "签名", "签章", "盖章", "制表", "制单", "填表", "审核", "复核",
    "审批", "批准", "经办人", "负责人", "主管", "财务", "会计", "出纳", "日期", "联系人", "单位", "领导",
    "经办", "审阅", "审定", "人数", "大写", "时间", "导出", "导出人", "数据来源", "来源",
];
/// How the name of a file ends that is a copy of another, with corrections most likely.
pub const COPY_ENDS: &[&str] = &[
    "副本", "复制", "复件", "拷贝", "备份", "copy", "修改", "修改版", "修改后", "修改稿", "已修改", "已改",
    "改", "改后", "更正", "更正版", "更正后", "修正", "修正版", "补正", "调整后", "最终", "最终版", "最终稿",
    "终版", "终稿", "定稿", "定版", "最新", "最新版", "新版", "新", "final", "new", "latest", "fixed",
    "corrected", "revised",
];
/// What somebody does with a list: 填报人, 制表日期.
pub const WORK_ON_LISTS: &[&str] = &[
    "制表", "填报", "填表", "制单", "编制", "审核", "复核", "审批", "批准", "核准", "校对", "审定", "审阅",
    "统计", "汇总", "上报", "报送",
];
/// How the rest of a sentence begins.
pub const GO_ON: &[&str] = &["且", "并", "及", "和", "以及", "或", "但", "其中", "同时", "另"];
/// Lines in which somebody says what he thinks of it.
pub const OPINIONS: &[&str] = &["意见", "批示", "结论", "页码"];
/// How a line for a seal or a signature ends.
pub const SEALS: &[&str] = &["(盖章)", "(公章)", "(签章)", "(签字)", "(章)"];
pub const STAMPS: &[&str] = &["签字", "签名", "签章", "盖章"];
/// How remarks below a table begin.
pub const REMARKS: &[&str] = &[
    "注:", "注意", "备注:", "说明:", "填写说明", "填表说明", "温馨提示", "※", "★", "附:", "附件:", "以上",
    "以下空白", "note:", "数据来源", "导出时间", "打印时间", "生成时间",
];
/// Ends of what a table is called: XX公司员工花名册.
pub const TABLE_TITLES: &[&str] = &[
    "花名册", "名册", "名单", "一览表", "明细表", "统计表", "登记表", "汇总表", "信息表", "台账", "清单",
    "合同表", "签约表", "人员表", "报表",
];
/// Ends of the names of departments: `一、销售部`, `研发中心`.
pub const DEPARTMENTS: &[&str] = &[
    "部", "部门", "科", "科室", "处", "组", "班", "班组", "队", "中心", "车间", "店", "门店", "公司",
    "分公司", "事业部", "区", "楼", "层", "department", "dept", "team",
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
    "required", "optional", "mandatory", "unique", "donotedit", "donotchange", "text", "textformat", "number",
    "date", "fullname", "name", "mobile", "signer", "employee", "asonid", "asonidcard", "asregistered",
    "no+86", "mainland", "yes/no", "y/n", "dropdown", "yyyymmdd", "yyyy/mm/dd", "chinese", "legalname",
    "盖章", "公章", "加盖公章", "签字人", "非本人请注明", "以此为准",
];

/// What notes hold that say how a cell is to be filled in, and no value does.
pub const HOW_TO_FILL_IN: &[&str] = &["填", "格式", "位", "例", "一致", "唯一", "选", "字以内", "重复"];

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

/// What people write in the columns of a party that a contract does not have.
pub const NO_PARTY: &[&str] = &["无", "没有", "/", "／"];
/// What programs leave where there is nothing, in lower case: no value of any column.
pub const LEFT_OVERS: &[&str] = &[
    "#err", "#无效", "# n/a", "#null", "#empty", "#multivalue", "#permission", "#公式错误", "公式错误",
    "n\\a", "%1$s", "\\null", "nan", "-nan", "nat", "none", "null", "nil", "(null)", "<null>", "undefined",
    "[object object]", "invalid date", "<na>", "<nil>", "\\n", "infinity", "-infinity", "#value", "1900/1/0",
    "1900-1-0", "1900-01-00", "1900/01/00", "1900年1月0日", "1900年01月00日", "1899年12月30日",
    "0000年00月00日", "0000-00-00", "0000/00/00", "0000-00-00 00:00:00", "0001-01-01", "0001-01-01 00:00:00",
    "0001/1/1 0:00:00", "1899-12-30", "1899/12/30", "1899-12-31", "1899/12/31", "1899-12-30 00:00:00",
    "1899/12/30 0:00:00", "1899-12-31 00:00:00", "1899/12/31 0:00:00", "1900/1/0 0:00:00",
    "1900-01-00 00:00:00", "1/0/1900", "1/0/00", "0/0/0000", "00/00/0000", "0000/0/0", "inf", "-inf", "+inf",
    "nan.0", "1.#qnan", "1.#inf", "-1.#ind", "[null]", "[undefined]", "{null}", "'null'", "\"null\"",
    "#名称?", "#名称？", "#值!", "#值！", "#引用!", "(空)", "（空）", "(空白)", "（空白）", "(blank)",
    "loading...", "loading…", "加载中", "加载中...", "加载中…", "#name", "#num", "#n/a n/a", "nullnull",
    "none,none", "nan,nan", "null,null", "dbnull", "system.dbnull", "system.object",
    "system.data.datarowview", "[object undefined]", "[object null]", "{}", "[]", "0001/1/1", "0001-1-1",
    "1/1/0001", "1/1/0001 12:00:00 am", "0001-01-01t00:00:00", "？？？", "？？", "%s", "%d", "\\u0000",
    "____", "_____", "______", "________", "【】", "（）", "未填", "未填写",
];
/// Error texts of spreadsheet programs, which may stand within another text; in lower case.
pub const ERROR_TEXTS: &[&str] = &[
    "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#n/a", "#error", "#spill!", "#calc!",
    "#field!", "#getting_data", "#blocked!", "#connect!", "#busy!", "#unknown!",
];
/// What Word writes where a field points at nothing; in lower case.
pub const BROKEN_LINKS: &[&str] = &[
    "错误!未找到", "错误!未定义", "错误!未提供", "未找到引用源", "未定义书签", "未找到目录项",
    "reference source not found", "bookmark not defined",
];
/// How programs write values of their own kinds; in lower case.
pub const VALUES_OF_PROGRAMS: &[&str] = &[
    "timestamp(", "datetime.", "decimal('", "uuid('", "objectid(", "system.byte", "system.string",
    "system.int", "system.collections", "system.xml", "typeerror:", "function () {", "function() {",
    "dtype:", "unnamed:", "optional[", "optional.empty", "timedelta(", "array([", "dict_values(", "=?utf-8?",
    "data:image/", "mergefield ", "1.#qnan", "cverr(", "system.object", "system.data", "system.linq",
    "java.lang.", "java.util.", "%!",
];
/// Errors as a number, as a program that asks Excel gets them.
pub const NUMBERS_OF_ERRORS: &[&str] = &[
    "-2146826246", "-2146826281", "-2146826259", "-2146826288", "-2146826252", "-2146826265", "-2146826273",
];
/// What places are called in letters that are filled in by a program.
pub const PLACES_IN_LETTERS: &[&str] = &[
    "姓名", "名称", "岗位", "职位", "职务", "部门", "月薪", "工资", "薪资", "日期", "地址", "金额", "电话",
    "手机", "手机号", "身份证", "身份证号", "入职日期", "合同编号", "编号", "公司", "公司名称", "备注",
    "员工姓名", "客户姓名", "乙方姓名", "甲方名称",
];
/// What a form or a drop-down list shows until somebody has chosen, in lower case.
pub const PROMPTS: &[&str] = &[
    "点击此处输入文字", "点击此处输入日期", "请点击选择", "请点击输入", "单击或点击此处输入文字",
    "单击此处输入文字", "单击或点击此处输入日期", "单击此处输入日期", "选择一项",
    "click or tap here to enter text", "click here to enter text", "choose an item",
    "click or tap to enter a date", "请选择", "请选", "请输入", "请填写", "请填", "点击选择", "点击输入",
    "点击填写", "点此选择", "下拉选择", "請選擇", "請輸入", "請填寫", "please select", "please choose",
    "please enter", "select one", "choose one", "click to select", "click to enter",
];
/// Entities and tags of web pages, in lower case: what is left of a page that was copied.
pub const ENTITIES: &[&str] = &[
    "nbsp", "amp", "lt", "gt", "quot", "apos", "ldquo", "rdquo", "lsquo", "rsquo", "middot", "hellip",
    "mdash", "ndash", "times", "copy", "ensp", "emsp",
];
pub const TAGS: &[&str] = &[
    "b", "i", "u", "h1", "h2", "h3", "br", "p", "div", "span", "font", "table", "tr", "td", "th", "li", "ul",
    "ol", "strong", "em", "img",
];
/// What a text becomes that was read in the wrong encoding twice.
pub const GARBLED: &[&str] = &["锟斤拷", "锟斤", "斤拷", "烫烫烫", "屯屯屯"];
/// Letters before a name that are nobody's surname: 甲 张三.
pub const NOTES_BEFORE_NAMES: &str = "男女甲乙丙";
/// Letters that say something else beside a name: 张三 男.
pub const NOTES_BESIDE_NAMES: &str = "男女代签新旧已等总工汉甲乙丙正副";
/// What stands behind a name and is no part of it.
pub const NO_PART_OF_A_NAME: &[&str] = &[
    "已离职", "离职", "代签", "已签", "未签", "作废", "代办", "本人签", "本人", "签字", "签名", "妻子",
    "丈夫", "配偶", "监护人", "夫妇", "夫妻", "等人", "等三人", "等两人", "不签", "暂缓", "停机",
];
/// The family names that nine in ten people have.
pub const SURNAMES: &str = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万钱严赖覃洪武莫孔汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阎褚戚窦奚岑裘缪郁嵇仇栾郜邰佟佘冼匡卞卜晏桑芦荀訾谌鄢闵阚隋卓燕应邸苑寇栗";
/// What people call somebody by whose given name they do not say: 王经理.
pub const TITLES: &[&str] = &[
    "先生", "女士", "小姐", "经理", "老师", "总监", "主任", "师傅", "董事长", "店长", "校长", "院长", "队长",
    "班长", "组长", "科长", "处长", "部长", "妈妈", "爸爸", "家长", "家属", "老公", "老婆",
];
/// What stands where a name should, and is a body, a desk or a relative: 销售部, 客服热线, 王建国妈妈.
pub const NO_PERSONS: &[&str] = &[
    "部", "部门", "办公室", "服务中心", "管理中心", "热线", "客服", "前台", "服务台", "值班室", "财务室",
    "保安室", "传达室", "管理处", "居委会", "村委会", "超市", "幼儿园", "医院", "妈妈", "爸爸", "的妻子",
    "的丈夫",
];
/// The same where it is all that stands there.
pub const NOBODYS_NAMES: &[&str] = &[
    "财务", "人事", "行政", "门卫", "联系人", "负责人", "经办人", "业务员", "管理员", "销售", "店员", "员工",
    "学生", "家长", "租客", "房东", "司机", "用户", "客户", "甲方", "乙方", "男", "女", "汉族", "已婚",
    "未婚", "离职", "在职", "姓名", "本人",
];
/// What people write where the value is not known yet, in lower case.
pub const UNDECIDED: &[&str] = &[
    "待定", "tbd", "tbc", "待补充", "待补", "待填", "待填写", "待确认", "待录入", "待完善", "暂无", "暂缺",
    "未定",
];

/// What stands in the place of a contract's number that is still to come, in lower case.
pub const NO_NUMBERS: &[&str] = &[
    "系统生成", "系统自动生成", "自动生成", "自动编号", "自动", "auto", "见系统", "编号中", "待编", "待编号",
    "待生成", "草稿", "新签", "续签", "无编号", "无合同号", "见附件", "同下", "新增", "-1", "xx", "生成",
    "new", "draft",
];
/// What people write for the value above.
pub const DITTO: &[&str] = &[
    "同右", "和上面一样", "和上面相同", "々々", "ˮ", "„", "``", "´´", "仝上", "仝", "〃〃", "″″", "以上相同",
    "与上相同", "与上面相同", "'", "同上", "同前", "如上", "同左", "同上行", "同上一行", "同上一格", "同下",
    "（同上）", "(同上)", "[同上]", "【同上】", "〞", "〃", "″", "\"", "''", "ditto", "“", "”", "々", "上同",
    "见上", "见左", "↑", "↓", "do.",
];

/// How the name of a component ends that takes a date.
pub const ENDS_OF_DATES: &[&str] = &["日期", "日", "生日", "date"];
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
    ('長', '长'), ('購', '购'), ('東', '东'), ('狀', '状'), ('態', '态'), ('續', '续'), ('讓', '让'), ('廠', '厂'), ('幣', '币'), ('繳', '缴'), ('絕', '绝'), ('駁', '驳'), ('請', '请'), ('費', '费'),
];
/// What stands for a value that is not there yet. In lower case.
pub const PLACEHOLDERS: &[&str] = &[
    "见备注", "见附件", "见附表", "见附页", "详见备注", "详见附件", "无", "没有", "待分配", "未编号", "未知",
    "空", "n/a", "na", "null", "none", "nan",
];
/// Between a value and the one that has taken its place.
pub const CHANGED_TO: &[&str] = &["改为", "改成", "调整为", "→", "->", "=>"];
/// What a comment says that corrects its cell.
pub const CORRECTIONS: &[&str] = &[
    "请更正", "请修改", "需更正", "改为", "改成", "改到", "更正为", "修改为", "调整为", "变更为", "应为",
    "应该是", "应该为", "写错", "填错", "不对", "有误", "错了", "以此为准", "待核实", "待确认", "请核实",
    "请核对",
];
/// What tells whoever fills in the cell what to do.
pub const NO_CORRECTIONS: &[&str] = &[
    "请核对后填", "请核对后录", "请核对后再填", "请核实后填", "如有误", "若有误", "不得改", "不对外",
    "不对应", "不对等", "不对称", "不对账",
];
/// A number that holds instead of the cell's stands before it.
pub const HOLDS: &str = "为准";
/// How the text of an error begins. In lower case.
pub const ERROR_HEADS: &[&str] = &["error:", "error ", "err:", "错误:", "错误："];
/// What a note on how somebody stands begins with.
pub const NOTES_OF_STATES: &[&str] = &["已", "未", "待", "离职", "作废", "停"];
/// Behind a day: that it is the last one.
pub const ENDS_OF_DAYS: &[&str] = &["截止", "截止签署"];
/// Behind a word for a party: whom to call, and not the party itself.
pub const NO_PARTY_BEHIND: &[&str] = &["联系", "电话", "手机", "对接"];
/// Kinds of signers, in a column of roles.
pub const KINDS_OF_SIGNERS: &[&str] = &["企业", "个人", "公司", "单位"];
/// What a sheet is called that has the own company, or what all contracts share.
pub const SHEETS_OF_A_COMPANY: &[&str] = &["公司", "企业", "单位", "基本"];
/// Parts of headers that have to do with time.
pub const OF_TIME: &[&str] = &["截止", "期限", "有效期", "时间", "日期"];
/// The end of a term, below a parent or beside a beginning.
pub const BARE_ENDS: &[&str] = &["止", "至", "结束", "截止", "到期", "终止"];
/// The same with what kind of value it is.
pub const ENDS_IN_TIME: &[&str] = &["结束日期", "结束时间"];

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
/// Columns that say who somebody is to the one who signs: 本人, or 父亲.
pub const SIGNER_RELATIONS: &[&str] = &[
    "签署人关系", "签约人关系", "签字人关系", "签署人身份", "签约人身份", "签字人身份", "与签署人关系",
    "与签约人关系", "签署人与本人关系", "签约人与本人关系", "代签人关系", "签署身份", "签约身份",
];
/// What stands there of whoever signs for himself.
pub const HIMSELF: &[&str] = &["本人", "自己", "self", "本人签署", "员工本人", "学生本人"];
pub const AGES: &[&str] = &["年龄", "周岁", "年龄(周岁)", "年龄(岁)", "岁数", "age"];
/// Columns that count the contracts of a row.
pub const COUNTS_OF_CONTRACTS: &[&str] = &[
    "合同份数", "签约份数", "签署份数", "签订份数", "协议份数", "份数", "合同数量", "签约数量", "需签份数",
    "发送份数",
];
/// States in the place of a component's value: nobody wants them in a contract.
pub const STATES_AS_VALUES: &[&str] = &[
    "作废", "已作废", "不签", "不签了", "拒签", "已拒签", "不发", "勿发", "暂不发", "先不发", "暂不签",
    "先不签", "已签", "已签署", "取消", "已取消", "撤销", "已撤销", "暂缓", "离职", "已离职", "线下签",
    "线下已签", "不用签", "无需签", "无需签署", "不用签署", "不需要签署", "暂不签署", "不签署",
];

/// Headers of a day until which something holds, beside [`BARE_DEADLINES`]: nothing says that it is the signing.
pub const UNSAID_DEADLINES: &[&str] = &["duedate", "dueby", "validuntil", "validtill"];
/// What a value may end in that is void: A2(作废), A2-作废.
pub const VOID_ENDS: &[&str] = &["作废", "已作废"];
/// Numbers of what several contracts may be about.
pub const NUMBERS_OF_MATTERS: &[&str] = &[
    "项目编号", "项目号", "订单编号", "订单号", "工单号", "工单编号", "派单号", "车牌号", "车牌号码",
    "客户编号", "客户号", "案件编号", "案件号", "案号", "设备编号", "资产编号",
];
/// Who teaches an apprentice, and how the name of the other is called.
pub const MENTORS: &[&str] = &["师傅", "师父", "带教"];
pub const APPRENTICES: &[&str] = &["徒弟", "学徒", "徒弟姓名", "学徒姓名", "徒弟名字"];
/// Whoever has others below him: beside them he is to be called, and signs nothing of theirs.
pub const SUPERIORS: &[&str] = &[
    "站长", "队长", "组长", "班长", "领队", "带队", "带队老师", "班主任", "接送人", "区域经理", "片区经理",
    "主管", "督导", "上级", "领导", "部门负责人", "教官", "工头", "车间主任",
];
/// Where an agent works: no company that signs.
pub const PLACES_OF_WORK: &[&str] = &["机构", "所属机构", "分支机构", "网点", "所属网点", "营业部", "站点"];
/// Beside a bare 姓名 his mobile may be that of somebody for whom the other works.
pub const CUSTOMER: &str = "客户";
/// What an agreement may end, so that the word may stand in the number of each.
pub const KINDS_OF_ENDINGS: &[&str] =
    &["退租", "解除", "解约", "终止", "离职", "辞职", "退学", "退房", "退宿", "退园", "退休"];
/// How a title ends that says that the list below it is not the one.
pub const ENDS_OF_VOID_TITLES: &[&str] = &[
    "请勿使用", "勿使用", "禁止使用", "等通知再发", "等通知发", "下周发", "下月发", "年后发", "日后发送",
    "日后再发",
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
/// What else people draw: a circle is a tick to some and an empty box to others.
pub const OTHER_MARKS: &[&str] = &["V", "v", "O", "o", "○", "〇", "◯"];

/// What somebody does who signs another contract than the others.
pub const SIGNS_ANOTHER_PAPER: &str = "改签";
/// What has to do with the time to sign in, although it is called like a contract's own time.
pub const TERMS_OF_SIGNING: &[&str] = &["签署期限", "签字期限"];

/// How a line begins that says what the sheet is for: 仅用于签约.
pub const SAYS_WHAT_FOR: &[&str] = &[
    "仅用于", "仅供", "仅作", "仅限内部", "只用于", "只供", "仅限", "仅统计", "仅包括", "仅含", "只需",
    "只要", "只有", "只用",
];

/// Columns in which 1970-01-01 is somebody's day.
pub const OF_BIRTH: &[&str] = &["出生", "生日", "birth", "诞"];

/// Columns that say of which part of an organisation a contract is: its numbers begin anew in each.
pub const BRANCHES: &[&str] = &["分公司", "分部", "分校", "校区", "片区", "大区", "分店", "branch"];
/// Components of which a state is a value.
pub const OF_STATES: &[&str] = &["原因", "理由", "事由", "用途", "类型", "状态", "情况", "说明"];
/// What a comment at a header says of how its column is filled in.
pub const SAID_AT_HEADERS: &[&str] = &[
    "填", "格式", "例如", "如：", "如:", "示例", "必须", "选填", "有误", "本人", "一致", "可以", "可不",
    "编号相同", "默认", "不写", "留空",
];
/// Headers of whoever signs.
pub const OF_THE_SIGNER: &[&str] = &["签署", "签约", "签字", "签订"];
/// In components of which each contract has its own.
pub const MATTERS_OF_CONTRACTS: &[&str] = &[
    "租金", "月租", "年租", "起租", "租期", "房租", "押金", "定金", "借款", "贷款", "利率", "总价", "单价",
    "价款", "价格", "金额", "面积", "房款", "合同价", "服务费", "货款", "首付", "工期", "服务期", "合同期",
    "使用期", "开始日期", "结束日期", "起始日", "起止", "交房", "交付日期", "付款方式", "费用",
];
/// What some of those who work somewhere get besides.
pub const ALLOWANCES: &[&str] = &[
    "津贴", "补贴", "补助", "奖金", "奖励", "报销", "竞业", "试用", "餐费", "交通费", "通讯费", "话费",
    "车费",
];
/// How components end of which each contract has its own: 学费, 成交价, 出资额, 房款.
pub const ENDS_OF_MATTERS: &[&str] = &["费", "价", "额", "款", "租"];
/// How columns end that say whether a party is a person or a company.
pub const ENDS_OF_TYPES: &[&str] = &["主体类型", "类型", "性质", "主体性质"];
/// 借款企业, 投保单位: what a company is in a contract, and what it is called then.
pub const ROLES_OF_COMPANIES: &[&str] = &[
    "借款", "贷款", "承租", "出租", "投保", "委托", "受托", "承包", "发包", "分包", "担保", "保证", "转让",
    "受让", "捐赠", "受赠", "采购", "供货", "承运", "托运", "加盟", "授权", "被授权", "披露", "接收",
];
pub const COMPANY_WORDS: &[&str] = &["公司", "企业", "单位", "机构"];
/// Those who sign for a company, whoever they are besides.
pub const AGENTS: &[&str] = &[
    "经办人", "授权代表", "授权人", "授权代理人", "法定代表人", "法人代表", "签约代表", "代表", "代表人",
    "签约经办人", "委托代理人",
];
/// The same behind the name of their company's party.
pub const SIGNERS_OF_COMPANIES: &[&str] = &["签约人", "签署人", "签字人", "负责人", "联系人", "对接人"];
/// Columns that say of each row whether it is 甲方 or 乙方.
pub const COLUMNS_OF_PARTIES: &[&str] =
    &["签约方", "签署方", "合同方", "甲乙方", "当事方", "签署角色", "签约角色", "合同角色"];

//! People: who signs, who only stands beside, and what is said of them in headers.

/// Notes behind a party that say that it is a company.
pub const KINDS_OF_COMPANIES: &[&str] = &[
    "公司", "企业", "单位", "机构", "法人", "用人单位", "企业方", "公司方", "company", "enterprise",
    "organization",
];
/// Words for one and the same person.
pub const LEGAL_PERSON: &[&str] = &["法定代表人", "法人代表", "法人", "法定代表", "法代"];
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
    "signatory", "recipient", "signee", "student", "trainee", "applicant", "participant", "freelancer",
];
/// The same, but they say so little that they go with any other: `姓名`, `个人手机`.
pub const PLAIN_SIGNERS: &[&str] = &["个人", "本人", "人员", "成员", "用户", "真实", "personal"];
/// Whoever does that for somebody else: beside him he may sign or not.
pub const DO_NOT_SIGN_ALONE: &[&str] = &["会计", "出纳", "跟单", "文员", "秘书", "助理"];
/// Over the columns of somebody of whom a list of goods tells.
pub const TAKE_OR_SEND_GOODS: &[&str] = &["收货", "收件", "寄件", "发货", "取件", "配送", "送货", "提货"];
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
    "经理人", "担保", "保证人", "共同", "出租", "房东", "出卖", "卖方", "卖家", "买家", "售房", "受托",
    "委托人", "转让", "让与", "出借", "贷款人", "放款人", "货主", "发包", "承包", "采购方", "供应方",
    "供货方", "买方", "承租方", "借款方", "委托方", "用人单位", "guarantor", "lessor", "landlord", "seller",
    "cotenant", "coborrower", "连带责任", "连带保证", "雇主", "出让", "受让", "共借", "共有", "阿姨", "月嫂",
    "保姆", "护工", "家政",
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
/// Whoever answers for the signer, or signs the same contract beside him: with a mobile of his own he is offered as
/// a second signer.
pub const SIGN_ALONG: &[&str] = &[
    "担保", "保证人", "共同", "共借", "共有", "联签", "共签", "连签", "联合签", "同签", "副签", "会签",
    "第二", "监护", "抵押", "质押", "guarantor", "surety", "guardian", "cosigner", "co-signer",
    "co-applicant", "coapplicant", "co-borrower", "coborrower", "co-tenant", "cotenant",
];
/// How a header begins that is about the signer himself: 本人手机.
pub const PERSONAL_MARKS: &[&str] = &["本人", "个人", "自己"];
/// How a header begins that names what somebody signs with: 签署手机号.
pub const TO_SIGN_WITH: &[&str] =
    &["签署", "签约", "签字", "电子签", "腾讯电子签", "实名", "接收短信", "短信接收", "收短信"];
/// How a header ends that tells of somebody all at once: 担保人信息.
pub const TOLD_OF_SOMEBODY: &[&str] = &["信息", "资料"];
/// Whoever is called so signs, whether or not a mobile stands beside him.
pub const SIGNING_PEOPLE: &[&str] = &["签署人", "签字人", "签约人", "签章人", "签订人"];
/// What a note behind a word for the signer says of him: 签署人（家长）.
pub const WHO_SIGNS: &[&str] = &[
    "家长", "监护人", "法定监护人", "学生家长", "家长或监护人", "家属", "亲属", "父亲", "母亲", "父母",
    "爸爸", "妈妈", "配偶", "子女", "代理人", "法定代理人", "代签", "代签人", "代办", "代办人", "本人",
    "经办人", "授权代表", "被授权人", "法人", "法定代表人", "姓名", "名字", "实名", "身份证姓名", "真实姓名",
    "监护人姓名", "家长姓名", "全名", "客户", "员工", "租客", "业主", "承租人", "个人", "自然人", "guardian",
    "parent", "name",
];
/// Whoever may sign beside the parties of a contract, and whom not every contract has.
pub const ONE_MORE: &[&str] = &[
    "担保", "保证人", "配偶", "爱人", "共有", "见证", "第二", "共同", "连带", "共借", "联签", "共签",
    "guarantor", "spouse", "witness",
];
/// How the name of whoever gets the money begins: 收款人姓名.
pub const PAYEES: &[&str] =
    &["收款", "领款", "开户", "持卡", "户名", "账户", "银行", "打款", "收款方", "payee"];
/// Who signs for a child: where the child has no mobile, theirs is the one.
pub const GUARDIANS: &[&str] = &[
    "家长", "监护人", "法定监护人", "父亲", "母亲", "父母", "学生家长", "家长或监护人", "法定代理人",
    "guardian", "parent",
];
/// Who signs beside the signer or in his place: with nothing but a name in the sheet he cannot, and the
/// contract lacks him if he is meant to.
pub const SIGN_AS_WELL: &[&str] = &[
    "联签人", "共签人", "连签人", "联合签署人", "联合签约人", "监护人", "法定监护人", "法定代理人",
    "cosigner", "guardian", "共签方", "双签人", "同签人", "副签人", "会签人", "联名人", "联名签署人",
    "合同对方", "另一方", "第二承租人", "第二签署人", "第二监护人", "另一监护人", "质押人", "抵押权人",
    "co-applicant", "coapplicant", "co-borrower", "coborrower", "co-tenant", "cotenant", "surety",
    "countersignedby", "countersigner",
];
/// Of a child or of a patient.
pub const FAMILY_MEMBER: &str = "家属";
/// Words for the family of whoever the list is about.
pub const RELATIVES_OF_LISTS: &[&str] = &[FAMILY_MEMBER, "亲属", "子女"];
/// In headers of lists of staff, where the family is to be called in need.
pub const LISTS_OF_STAFF: &[&str] = &[
    "员工", "职工", "雇员", "入职", "岗位", "职位", "职务", "工号", "工种", "部门", "工资", "薪", "试用",
    "employee", "staff",
];
/// In the header of those who teach a class.
pub const TEACHERS: &[&str] = &["教师", "老师", "讲师", "教练", "班主任"];
/// Who may sign for somebody who has no mobile, beside the guardians.
pub const STAND_INS: &[&str] = &[
    FAMILY_MEMBER, "亲属", "配偶", "爱人", "丈夫", "妻子", "子女", "儿子", "女儿", "代理人", "代签人",
    "代办人", "陪护人",
];
/// Relatives as people write of them, beside [`GUARDIANS`] and [`STAND_INS`].
pub const RELATIVES: &[&str] = &[
    "老公", "老婆", "爸爸", "妈妈", "哥哥", "弟弟", "姐姐", "妹妹", "儿子", "女儿", "女婿", "儿媳", "爷爷",
    "奶奶", "外公", "外婆",
];
/// What a party has beside who signs for it: 乙方紧急联系人, 乙方备用手机.
pub const BESIDE_THE_SIGNER: &[&str] = &["紧急", "备用", "开户", "介绍人", "推荐人", "户籍", "家庭"];
/// Whoever is most likely under age, or is called so: somebody else may sign for them.
pub const WARDS: &[&str] = &[
    "学生", "学员", "孩子", "儿童", "幼儿", "宝宝", "婴儿", "新生儿", "小孩", "被监护人", "未成年人", "子女",
    "小朋友", "萌娃", "考生",
];
/// Whoever is looked after: beside him his family signs, most likely, and not only where he has no mobile.
pub const LOOKED_AFTER: &[&str] = &[
    "老人", "长者", "患者", "病人", "住养人", "入住人", "入住老人", "住户老人", "被照护人", "被护理人",
    "被服务人", "护理对象", "服务对象", "照护对象", "产妇", "resident", "patient",
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
    "嫂", "郎", "娘", "客服", "中介", "助理", "对象", "代表", "干部", "书记", "开户名", "户名", "老师",
    "医生", "家属", "亲属", "子女", "代理商", "学生", "买家", "卖家", "买方", "卖方", "司机", "owner",
    "agent", "parent", "doctor", "teacher", "sales", "salesman", "buyer", "nurse", "broker", "consultant",
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
pub const SIGN_FOR_THEMSELVES: &[&str] =
    &["担保人", "保证人", "被保险人", "见证人", "医生", "教练", "导师", "辅导员"];
/// A family name and a given name in columns of their own.
pub const FAMILY_NAMES: &[&str] = &["姓", "姓氏", "lastname", "surname", "familyname"];
pub const GIVEN_NAMES: &[&str] = &["名", "名字", "firstname", "givenname"];
/// Columns that tell of the person whose name stands before them.
pub const OF_A_PERSON: &[&str] = &["关系", "住址", "地址", "微信", "邮箱", "性别", "年龄", "生日", "出生"];
/// One of the strangers who may be the signer where nobody else could be.
pub const CONTACT: &str = "联系人";
/// The same as headers begin, in either language.
pub const CONTACTS: [&str; 2] = [CONTACT, "contact"];
/// What a column is called that says who somebody is to the signer.
pub const RELATION: &str = "关系";
/// 部门经理（需签字）, 丙方联系人: what a header says of somebody who signs, whoever he is.
pub const MARKS_OF_SIGNERS: &[&str] =
    &["签字", "签署", "签名", "签章", "也签", "需签", "要签", "甲方", "乙方", "丙方", "丁方", "担保人)"];
/// How a column ends that is a place for ink, 领导签字, and what says that somebody signs all the same.
pub const ENDS_FOR_INK: &[&str] = &["签字", "签名", "签章", "签署"];
pub const SIGNS_AS_WELL: &[&str] = &["需", "要", "也", "共同"];
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
/// Whoever is named in a list of people and signs nothing: the mobile behind him is the signer's.
pub const BOSSES: &[&str] = &[
    "上级", "领导", "主管", "经理", "主任", "组长", "队长", "部长", "店长", "老板", "汇报", "hr", "人事",
    "班主任", "师傅", "带教", "manager", "supervisor", "leader", "boss", "reportsto",
];
/// Whoever has written the list, has looked through it, or is to be called about it.
pub const OF_THE_OFFICE: &[&str] =
    &["录入", "审核", "审批", "制单", "制表", "开票", "财务", "介绍", "推荐", "紧急"];
/// Columns that say which of the parties signs first.
pub const WHO_SIGNS_FIRST: &[&str] =
    &["谁先签", "首签方", "先签", "先签方", "哪方先签", "签约顺序", "先签署方", "首先签署"];
/// Columns that say who signs, or who else does.
pub const SAY_WHO_SIGNS: &[&str] = &[
    "由谁签", "谁签", "谁来签", "由谁签署", "代签人", "监护人签字", "配偶签字", "家长签字", "是否需配偶签",
    "是否需要配偶签", "是否配偶签", "是否需要监护人签字", "是否需要家长签字", "是否需要监护人签署",
    "是否需要家长签署", "是否监护人签字", "是否家长签字", "监护人是否签字", "家长是否签字", "需监护人签字",
    "需家长签字", "需要监护人签字", "需要家长签字", "是否需监护人签", "是否需家长签", "是否需担保",
    "是否需担保人", "是否需要担保人", "是否加签", "加签人", "是否需共同签署", "签署人数", "签署人身份",
];
/// What in such a column says that nobody else signs.
pub const NOBODY_ELSE_SIGNS: &[&str] =
    &["本人", "自己", "否", "无", "不", "不需要", "不用", "no", "n", "/", "-", "1", "1人", "学员", "学生"];
/// Headers of mobiles that are known to be for something else than to sign with.
pub const MOBILES_OF_ELSE: &[&str] = &[
    "家庭", "住宅", "公司", "单位", "办公", "备用", "备选", "客服", "收件", "收货", "快递", "登录", "账号",
    "帐号", "银行", "预留", "绑定", "钉钉", "飞书", "企微", "qq", "紧急", "其他", "其它", "原", "旧", "前",
    "第二", "2",
];
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
/// Columns of one person that may be empty: a gap there ties him to nobody.
pub const PERSONAL: &[&str] = &[
    "工号", "员工编号", "员工号", "学号", "别名", "昵称", "英文名", "职务", "职位", "岗位", "职级", "性别",
    "年龄", "民族", "帐号", "账号", "邮箱", "备注", "说明", "标签", "出生日期", "籍贯", "婚姻状况",
];
/// The family names that nine in ten people have.
pub const SURNAMES: &str = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万钱严赖覃洪武莫孔汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阎褚戚窦奚岑裘缪郁嵇仇栾郜邰佟佘冼匡卞卜晏桑芦荀訾谌鄢闵阚隋卓燕应邸苑寇栗麦巫揭敖";
/// Surnames of two letters.
pub const LONG_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "夏侯", "令狐", "端木",
    "轩辕", "长孙", "宇文", "南宫", "独孤", "申屠", "太史", "闻人", "钟离", "呼延", "万俟", "赫连", "澹台",
];
/// Of those of whom a list tells, whoever signs nothing even where the other is called nothing that signs.
pub const ONLY_LOOK_ON: &[&str] = &[
    "紧急", "联系", "家属", "家庭", "推荐", "介绍", "证明", "hr", "人事", "班主任", "汇报", "直属", "上级",
    "领导", "银行", "开户", "收款", "带教", "师傅", "制单", "录入", "学历", "教育", "emergency", "contact",
    "referrer", "reportsto", "leader", "supervisor",
];
/// Who teaches an apprentice, and how the name of the other is called.
pub const MENTORS: &[&str] = &["师傅", "师父", "带教"];
pub const APPRENTICES: &[&str] = &["徒弟", "学徒", "徒弟姓名", "学徒姓名", "徒弟名字"];
/// Whoever has others below him: beside them he is to be called, and signs nothing of theirs.
pub const SUPERIORS: &[&str] = &[
    "站长", "队长", "组长", "班长", "领队", "带队", "带队老师", "班主任", "接送人", "区域经理", "片区经理",
    "主管", "督导", "上级", "领导", "部门负责人", "教官", "工头", "车间主任", "班组长", "工长", "调度",
    "调度员", "招商专员", "运营专员", "客服专员", "管家",
];
/// Beside a bare 姓名 his mobile may be that of somebody for whom the other works.
pub const CUSTOMER: &str = "客户";
/// What an agreement may end, so that the word may stand in the number of each.
pub const KINDS_OF_ENDINGS: &[&str] =
    &["退租", "解除", "解约", "终止", "离职", "辞职", "退学", "退房", "退宿", "退园", "退休"];

//! Which rows are one contract: numbers, groups, roles in turn.

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
    "案件编号", "室", "室号", "户室", "户室号", "房室号", "住户号", "铺号", "套房", "套房号", "room",
    "roomno", "roomno.", "roomnumber", "apartment", "unitno", "unitno.",
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
    "步骤", "签署节点", "签署步骤", "order", "顺位", "序位", "签署级别", "签署优先级", "签署批次",
    "签署环节", "节点", "第几方", "第几签", "sequence", "seq", "signingsequence", "签署顺位", "签署序位",
];
/// Columns that say which of a contract's places somebody has, beside those of [`ROLES`].
pub const SIGNING_ROLES: &[&str] =
    &["签署方", "方别", "签约方", "当事方", "签署位置", "角色", "类别", "签署方角色"];
/// What stands before the number of somebody's place.
pub const PLACES_OF_SIGNERS: &[&str] = &["签署方", "签署人", "签约方", "approver", "signer"];
/// Words for the first who signs, and for the second.
pub const LATER_SIGNERS: &[&[&str]] = &[&["先签", "先", "第一", "首签"], &["后签", "后", "第二", "次签"]];
/// Further columns that say what somebody is for the contract.
pub const SAYS_WHO: &[&str] = &["变更", "变更情况", "权限", "人员类型", "参与方式", "签署情况", "类型"];
/// What stands in such a column where it is called no more than 身份.
pub const ROLE_WORDS: &[&str] = &[
    "甲方", "乙方", "丙方", "丁方", "借款", "担保", "保证", "出租", "承租", "出借", "买", "卖", "委托",
    "受托", "转让", "受让", "监护", "本人", "配偶", "party", "borrower", "guarantor", "lessor", "lessee",
    "buyer", "seller",
];
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
/// In headers of what a list says of staff.
pub const OF_STAFF: &[&str] = &[
    "工号", "员工编号", "人员编号", "职工编号", "岗位", "职位", "职务", "职称", "工种", "入职", "工资", "薪",
    "银行卡", "卡号", "学历",
];
/// Columns of what somebody does, of which two kinds may take turns by chance.
pub const WORK_OF_PEOPLE: &[&str] =
    &["岗位", "职位", "职务", "工种", "岗位名称", "职位名称", "性别", "职称", "级别", "职级"];
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
    "母", "第一方", "第二方", "主", "次", "先生", "太太", "主签", "副签", "主借", "担保", "主承租", "同住",
    "副", "主租", "合租", "主租人", "合租人", "共租", "共租人",
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
/// Behind 是否: whoever signs first of two.
pub const MAIN_SIGNERS: &[&str] = &[
    "户主", "主借人", "主借款人", "主承租人", "主承租", "主贷人", "主申请人", "主签", "主签人", "主买受人",
    "本人", "借款人", "承租人", "签约人", "签署人", "第一签署人",
];
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
/// Columns that may say which template a contract has, in words.
pub const TEMPLATE_NAMES: &[&str] = &[
    "模板", "模版", "合同模板", "合同模版", "模板名称", "模版名称", "合同模板名称", "模板类型", "模板编号",
    "使用模板", "template", "templatename", "签署模板", "签约模板", "范本", "合同范本", "合同文本",
    "模板版本", "合同模板ID", "签署模板名称", "合同版本", "协议版本", "适用合同", "适用模板", "合同样式",
    "文本类型", "待签文件", "协议名", "合同语言",
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
pub const PAPER_ENDS: &[&str] = &[
    "合同", "协议", "协议书", "合同书", "承诺书", "告知书", "确认书", "意向书", "同意书", "委托书", "授权书",
    "声明", "声明书", "保证书", "责任书", "责任状", "通知书", "确认单", "交接单", "交接书", "条款", "知情书",
    "contract", "agreement", "nda", "consent", "consentform", "waiver", "offerletter",
];
/// What stands for a tick in the column of a paper.
pub const PAPER_TICKS: &[&str] =
    &["需签", "签", "要签", "待签", "未签", "需签署", "待签署", "1份", "一份", "2份", "两份", "一式两份"];
/// In headers of papers that are not the one to be signed, or that were signed before.
pub const OTHER_PAPERS: &[&str] = &[
    "附件", "材料", "资料", "证书", "已", "原", "前", "上", "备注", "关联", "主合同", "依据", "说明", "提交",
    "缴", "历史", "旧", "首签", "保管", "存档", "来源", "案由", "擅长", "方向", "培训", "负责", "持有",
    "对应", "研究", "专业", "经验", "熟悉",
];
/// The same of columns that are numbered: 签署文件1.
pub const NUMBERED_PAPERS: &[&str] = &[
    "签署文件", "签约文件", "合同", "协议", "合同名称", "协议名称", "文件名称", "合同文件", "签署合同",
    "签署协议", "合同模板", "模板名称", "文件",
];
/// Headers of a second number that a contract has.
pub const SECOND_NUMBERS: &[&str] = &[
    "补充协议编号", "补充协议号", "子合同编号", "分合同编号", "从合同编号", "协议编号", "协议号",
    "担保合同编号", "保证合同编号",
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
pub const NUMBERED_OTHERWISE: &[&str] = &[
    "订单", "第几份", "保证人组", "学号", "卷号", "家庭", "户", "户主姓名", "床位", "床位号", "老人姓名",
    "车牌",
];
/// Columns whose cells are merged downwards over several contracts: staff and posts that these share.
pub const SHARED_BY_CONTRACTS: &[&str] = &[
    "车队", "班组长", "组长", "负责人", "经理", "项目经理", "主管", "店长", "班主任", "教练", "业务员",
    "管家", "入职日期", "岗位", "工种", "职务", "职位", "村组", "村", "学校", "院系", "专业", "年级", "线路",
    "站点", "课程", "课程名称", "产品", "产品名称", "组别", "分组", "小组", "工段", "公司", "公司名称",
    "用工单位", "合同类型", "国家", "省份", "街道", "乡镇", "镇", "县",
];
/// How columns end that say which of several signers somebody is; but for those to be called in an emergency.
pub const SAY_WHO_OF_SEVERAL: &[&str] = &[
    "关系", "人类型", "方类型", "顺序", "次序", "比例", "份额", "共有情况", "共有方式", "relation",
    "relationship",
];
pub const URGENT: &str = "紧急";
/// What one contract is of, each in a column of its own: two pairs of rows are enough to ask there.
pub const NAMES_OF_ONE_THING: &[&str] = &[
    "号", "编号", "no", "no.", "id", "车牌", "保单", "户", "户主", "家庭", "摊位", "船名", "车位", "房屋",
    "地址", "铺位", "展位", "档口", "unit", "room", "property", "deal", "夫妻", "签约单元", "投保单",
    "关联人", "房产", "不动产", "车辆", "标的物", "标的", "签约组别", "拆迁户", "房源", "商铺", "铺面",
    "地块", "宅基地",
];
/// What has a number of its own and many contracts: 供应商编号, 批号.
pub const GROUPS_WITH_NUMBERS: &[&str] =
    &["店铺", "供应商", "批", "批次", "仓", "仓库", "车间", "产线", "网点", "渠道", "代理商"];
/// What people have in common by chance, besides their work.
pub const HAD_BY_MANY: &[&str] = &[
    "金", "费", "价", "额", "薪", "面积", "楼层", "户型", "基数", "套餐", "尺码", "血型", "生肖", "政治",
    "班次", "渠道", "面试官", "跟进", "销售", "hrbp", "经纪人", "导师", "酒店", "航班", "工地", "社区",
    "品牌", "车型", "保险", "中介", "宿舍", "工位", "场次", "产品", "salary", "manager", "shift", "主管",
    "专员", "顾问", "老师", "线路", "年级", "仓库", "标准", "等级",
];
/// Kinds of signers, in a column of roles.
pub const KINDS_OF_SIGNERS: &[&str] = &["企业", "个人", "公司", "单位"];
/// Numbers of what several contracts may be about.
pub const NUMBERS_OF_MATTERS: &[&str] = &[
    "项目编号", "项目号", "订单编号", "订单号", "工单号", "工单编号", "派单号", "车牌号", "车牌号码",
    "客户编号", "客户号", "案件编号", "案件号", "案号", "设备编号", "资产编号",
];
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

/// Papers of which one is never another one.
pub const KINDS_OF_PAPERS: &[&str] = &[
    "劳动合同", "劳务合同", "劳务协议", "实习协议", "兼职协议", "保密协议", "竞业协议", "竞业限制协议",
    "竞业禁止协议", "租赁合同", "租房合同", "聘用合同", "聘用协议", "服务合同", "服务协议", "采购合同",
    "销售合同", "购销合同", "借款合同", "借款协议", "担保合同", "保证合同", "培训协议", "离职协议",
    "解除协议", "退租协议", "安全承诺书", "安全协议", "合作协议", "委托合同", "委托协议", "代理合同",
    "代理协议", "授权书", "知情同意书", "三方协议", "补充协议", "续签合同", "变更协议", "承揽合同",
    "承包合同", "买卖合同", "转让协议", "调解协议", "退款协议", "加盟合同", "加盟协议", "入学协议",
    "入住协议", "返聘协议", "返聘合同", "派遣协议", "派遣合同", "竞业限制", "录用通知书", "定金协议",
    "定金合同", "经销合同", "代销合同", "供货合同", "运输合同", "仓储合同", "接送协议",
];

/// How a sentence begins that stands alone in a row and is nobody's name.
pub const BEGINNINGS_OF_NOTES: &[&str] = &[
    "请", "签署前", "签字前", "签约前", "填写", "注意", "温馨提示", "提示", "所有", "以上", "以下", "各位",
    "如有", "如需", "说明", "发薪日", "本表", "本次", "人员", "电子合同", "合同签", "版本", "Powered",
    "powered", "保密文件", "本数据", "本文件", "*本", "地址：", "地址:", "公司地址", "注册地址", "开户行",
    "传真：",
];
/// Numbers of other contracts than the one that a row is: of the one before it, or the one that it belongs to.
pub const OTHER_CONTRACTS: &[&str] = &[
    "原合同", "原协议", "旧合同", "旧协议", "老合同", "前合同", "前份", "前一", "上份", "上一", "上期",
    "上次", "上个", "主合同", "主协议", "关联合同", "历史合同", "框架合同", "框架协议",
];

//! Companies: how they are called, how their names end, and who signs for them.

/// Ends that only companies have, in names that are longer than people's.
pub const ENDS_OF_LONG_COMPANIES: &[&str] = &["厂", "店", "社", "所", "中心"];
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
    "企业", "name", "签约主体", "主体", "主体名称", "companyname", "company",
];
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
    "合作方", "vendor", "supplier", "merchant", "partner", "distributor", "会员单位", "成员单位", "参会单位",
    "参展单位", "参展商", "赞助商", "会员企业", "理事单位", "施工队", "劳务公司", "劳务队", "广告主",
    "加盟店", "场地方", "场地提供方", "签约商家", "供货方", "供货单位", "协会会员", "合作企业", "合作机构",
    "入驻商家", "入驻企业", "订货商", "运营商", "物流商", "施工方", "投资方", "融资方", "mcn", "mcn机构",
    "公会", "主办方", "承办方", "协办方", "customercompany", "clientcompany", "代理公司", "经销公司",
    "采购单位", "供应单位", "律所", "律师事务所", "会计师事务所", "门店主体", "店铺主体",
];
/// Whoever drives for a carrier, who may be the one that signs.
pub const DRIVERS: &[&str] = &["司机", "司机姓名", "驾驶员", "驾驶员姓名"];
/// Those that may be where somebody works.
pub const PERHAPS_EMPLOYERS: &[&str] = &[
    "单位", "企业", "机构", "客户", "客户单位", "客户公司", "客户企业", "合作单位", "合作伙伴", "委托单位",
    "受托单位", "发包单位", "租户", "对方", "店铺", "商铺", "网店", "签署单位", "签约单位", "投保单位",
    "公司全称", "单位全称", "企业名", "company", "companyname", "organization", "organisation",
];
/// Columns for the name of whoever signs, of which a company that stands before them is the one that he signs for.
pub const SIGN_FOR_SOMEBODY: &[&str] = &[
    "签署人", "签署人姓名", "签约人", "签约人姓名", "签字人", "签字人姓名", "经营者", "经营者姓名", "店主",
    "店主姓名", "老板", "项目合伙人", "合伙人", "签名人", "签订人", "合同签订人", "signername", "signatory",
    "authorizedsignatory",
];
/// In headers of companies where people work or come from, whatever stands beside.
pub const OF_PEOPLE: &[&str] = &[
    "推荐", "介绍", "来源", "工作", "任职", "供职", "所在", "所属", "就职", "雇主", "用工", "用人", "派遣",
    "社保", "挂靠", "聘用", "母校", "毕业", "上一家", "前一家", "前单位", "前公司", "驻场", "驻点", "派驻",
    "驻派", "原单位", "原公司",
];
/// In headers of companies that have to do with something else than the contract.
pub const COMPANIES_OF_ELSE: &[&str] = &[
    "银行", "开户", "学校", "院校", "医院", "培训", "门店", "网点", "品牌", "项目", "小区", "楼盘", "物业",
    "备注", "介绍", "推荐", "担保", "发票", "抬头", "收款", "付款", "供职", "任职", "工作", "所在", "所属",
    "就职", "现单位", "雇主", "用工", "派遣", "客户经理", "来源", "渠道", "注册", "挂靠", "社保", "签约主体",
    "上家", "下家", "施工单位", "东家", "合同主体", "承保", "保险公司", "快递", "体检", "开票", "报销",
    "实习", "中介", "竞对", "竞品", "竞业", "竞争",
];
/// In headers of what a list says of people that work, and of no company.
pub const OF_WORKING_PEOPLE: &[&str] = &[
    "身份证", "证件", "岗位", "职位", "职务", "职称", "入职", "工资", "薪", "性别", "年龄", "工号", "出生",
    "学历", "工种", "专家", "学员", "讲师", "部门",
];
/// Posts of people who may sign for their company; 客户经理 is none.
pub const MANAGERS: &[&str] = &[
    "经理", "主任", "董事长", "法人", "法定代表人", "负责人", "总监", "老板", "店长", "校长", "院长", "厂长",
    "总裁", "主管",
];
/// Columns for the name of whoever signs, a person or somebody for a company.
pub const NAMES_OF_ANYBODY: &[&str] = &[
    "姓名", "名字", "真实姓名", "签署人", "签署人姓名", "签约人", "签约人姓名", "签字人", "签字人姓名",
    "联系人", "联系人姓名", "签署方姓名", "签约方姓名", "name", "signername", "signatory",
    "authorizedsignatory", "contactperson", "contact", "contactname", "负责人", "负责人姓名", "经办人",
    "经办人姓名", "代表", "授权代表", "法人", "法定代表人",
];
/// What only companies have: behind the word for a signer, or alone.
pub const NUMBERS_OF_COMPANIES: &[&str] = &[
    "统一社会信用代码", "社会信用代码", "信用代码", "营业执照", "营业执照号", "营业执照号码", "营业执照编号",
    "税号", "企业税号", "公司税号", "纳税人识别号", "组织机构代码", "企业信用代码", "企业统一社会信用代码",
];
/// Signers of whom a list says where they work or learn: 员工公司 signs nothing.
pub const WORKING_PEOPLE: &[&str] = &[
    "员工", "职工", "雇员", "新员工", "入职者", "被录用人", "应聘者", "候选人", "劳动者", "劳务人员",
    "兼职人员", "自由职业者", "志愿者", "实习生", "实习学生", "学员", "学生", "会员", "患者", "讲师", "顾问",
    "司机", "骑手", "主播", "艺人", "模特", "达人", "个人", "本人", "人员", "成员", "用户", "employee",
    "staff", "worker", "member", "candidate", "volunteer", "intern", "personal",
];
/// How words for companies end.
pub const ENDS_OF_COMPANIES: &[&str] = &[
    "公司", "企业", "单位", "机构", "厂家", "厂商", "工厂", "商户", "品牌方", "供方", "需方", "采购方",
    "供应方", "集团", "院校", "供应商", "供货商", "经销商", "代理商", "承运商",
];
/// But these are units, or companies of other matters.
pub const NO_COMPANIES: &[&str] = &[
    "计量", "货币", "报价", "数量", "金额", "计价", "计费", "面积", "快递", "物流", "保险", "开户", "原",
    "前", "毕业", "实习", "报考", "发卡", "支付", "鉴定", "检测", "评估", "监管", "主管",
];
/// People in the offices of companies, who sign for them.
pub const OFFICES_OF_COMPANIES: &[&str] = &[
    "管理员", "业务员", "业务负责人", "项目负责人", "店长", "校长", "院长", "采购员", "业务代表", "项目经理",
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
    "签约方公司", "公司名称(我方)", "合同甲方", "签约实体", "用印公司", "用印主体", "用印单位", "落款单位",
    "落款公司", "用工企业", "签约企业", "雇主", "雇主公司", "签署单位", "聘用单位", "聘用公司", "出租公司",
    "劳动关系所属公司", "劳动关系公司", "合同所属公司", "公司抬头", "抬头", "签署企业", "雇佣公司",
    "雇佣单位", "用工公司", "employingcompany", "employingentity", "contractingentity",
];
/// In headers of the company with which a contract is, where companies stand below them.
pub const OF_OWN_COMPANIES: &[&str] = &[
    "签约方", "签订方", "签约法人", "签合同公司", "签合同主体", "签合同单位", "合同抬头", "甲方抬头",
    "甲方简称", "我方", "本方", "聘用方", "哪家签", "和谁签", "与谁签", "签约对象", "签约分公司",
    "签约子公司", "劳动关系主体", "派出公司", "出租单位", "出租主体", "租赁公司", "放款机构", "放款主体",
    "签约主体", "签订主体", "签署主体", "合同主体", "用工主体", "用印主体", "盖章主体", "contractingparty",
    "signingentity", "signingcompany", "legalemployer", "hiringentity", "contractentity", "ourcompany",
    "ourentity", "盖章单位", "用章单位", "法律实体", "发薪主体", "所属主体", "所属劳务公司", "外包公司",
    "办学机构",
];
/// What stands in brackets behind a company's name and is no part of it: （盖章）, （以下简称甲方）.
pub const BEHIND_NAMES_OF_COMPANIES: &[&str] = &["章", "签", "简称", "甲方", "乙方", "下同"];
/// Of these the ones that may be another company's beside the own one.
pub const NO_OWN: &[&str] = &["用工单位", "经纪公司", "派遣公司", "派遣单位"];
/// Columns for the company that somebody works for, which signs with him in a group of companies.
pub const COMPANIES_OF_PEOPLE: &[&str] = &[
    "公司", "所属公司", "所在公司", "归属公司", "任职公司", "所属单位", "分公司", "所属分公司", "子公司",
    "所属子公司", "公司简称", "所属企业", "所属法人", "法人公司", "法人实体", "纳税主体", "社保主体",
    "发薪主体", "entity", "legalentity", "company", "公司抬头", "entityname",
];
/// Where an agent works: no company that signs.
pub const PLACES_OF_WORK: &[&str] = &["机构", "所属机构", "分支机构", "网点", "所属网点", "营业部", "站点"];
/// Columns that say of which part of an organisation a contract is: its numbers begin anew in each.
pub const BRANCHES: &[&str] = &["分公司", "分部", "分校", "校区", "片区", "大区", "分店", "branch"];
/// 借款企业, 投保单位: what a company is in a contract, and what it is called then.
pub const ROLES_OF_COMPANIES: &[&str] = &[
    "借款", "贷款", "承租", "出租", "投保", "委托", "受托", "承包", "发包", "分包", "担保", "保证", "转让",
    "受让", "捐赠", "受赠", "采购", "供货", "承运", "托运", "加盟", "授权", "被授权", "披露", "接收",
];
pub const COMPANY_WORDS: &[&str] = &["公司", "企业", "单位", "机构"];
/// How headers of OpenIds end; the longer ones first, and before them the word for the company.
pub const ENDS_OF_IDS_OF_COMPANIES: &[&str] = &[
    "organizationopenid", "organisationopenid", "companyopenid", "enterpriseopenid", "企业openid",
    "公司openid", "单位openid", "机构openid", "openid",
];
/// Whoever is there for a company, behind the word for it: 供应商联系人, 商户负责人.
pub const COMPANY_CONTACTS: &[&str] = &["联系人", "对接人", "负责人"];
/// Those who sign for a company, whoever they are besides.
pub const AGENTS: &[&str] = &[
    "经办人", "授权代表", "授权人", "授权代理人", "法定代表人", "法人代表", "签约代表", "代表", "代表人",
    "签约经办人", "委托代理人",
];
/// Behind a party, whoever acts for it where it is a company: 甲方代表, 甲方联系人.
pub const ACT_FOR_COMPANIES: &[&str] = &[
    "经办人", "代表", "代表人", "授权代表", "授权代表人", "签约代表", "签署代表", "法定代表人", "法人代表",
    "法人", "负责人", "联系人", "对接人",
];
/// The same behind the name of their company's party.
pub const SIGNERS_OF_COMPANIES: &[&str] = &["签约人", "签署人", "签字人", "负责人", "联系人", "对接人"];
/// Columns that say of each row whether it is 甲方 or 乙方.
pub const COLUMNS_OF_PARTIES: &[&str] =
    &["签约方", "签署方", "合同方", "甲乙方", "当事方", "签署角色", "签约角色", "合同角色"];

/// Before 公司, 企业 and 单位: whoever stands on the other side of the contract.
pub const OF_THE_OTHER_SIDE: &[&str] = &[
    "客户", "签署", "签约", "乙方", "供应商", "合作", "对方", "商户", "承租", "经销", "加盟", "采购", "签章",
    "盖章",
];

//! Lines and sheets that are no contract: titles, notes, totals, instructions, examples.

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
    "担保", "见证", "保证", "监护", "抵押人", "质押人", "公司方签署人", "公司方", "我方代表", "我方签署人",
    "盖章经办", "签署人", "签署方", "签约方", "签字人", "签字方", "公司签署人", "用人单位", "出租方",
    "出租人", "承租方", "承租人", "受让方", "转让方", "债权人", "债务人", "监护人", "见证人", "主办方",
    "承办方", "保证方", "保证人", "担保人", "担保方", "许可方", "被许可方", "赠与人", "受赠人", "买受人",
    "出卖人", "托运人", "承运方", "雇主", "委托单位", "委托方", "受托方", "聘用方", "培训机构", "校方",
    "第三方", "法定代表人", "授权代表", "签约代表", "发包方", "承包方", "房东", "业主", "承运人", "投保人",
    "公会", "经纪公司", "机构", "学校", "医院", "合作社", "收购方", "总部", "加盟商", "拍卖人", "出质人",
    "家长", "师傅", "导师", "用工单位", "派遣单位", "持股平台", "中介", "居间方", "送养人", "收养人",
    "俱乐部", "艺人", "授权方", "我方", "对方", "法人", "签约人", "经办人", "代理人", "第一签署人",
    "第二签署人", "公司代表", "甲方代表", "乙方代表", "供应商", "采购方", "买方", "卖方", "employer",
    "agent", "landlord", "guarantor", "管理方", "资方", "教练", "服务商", "加签人", "会签", "接收方",
    "出让人", "被授权人", "共签人", "产权人", "counterparty", "signedby", "合同另一方", "另一方",
];
/// But here is somebody who signs.
pub const SIGNS_FOR_IT: &[&str] = &["经办人", "签署人", "签约人", "代表", "法人"];
/// What stands in a column of names and is nobody's.
pub const NO_NAMES: &[&str] = &[
    "hr", "联系人", "联系电话", "联系方式", "咨询", "咨询电话", "公司电话", "客服", "负责人", "经办人",
    "审批人", "人事", "人事部", "行政", "行政部", "财务", "财务部", "销售部", "市场部", "法务", "法务部",
    "管理员", "技术支持", "紧急联系人", "对接人", "抄送", "抄送人", "主管", "值班电话", "服务热线", "售后",
    "领队", "姓名", "名字", "签署方姓名", "员工姓名", "是", "否", "有", "空白", "loading", "加载中", "不详",
    "未填", "未填写", "待招", "待入职", "空缺", "空岗", "空编", "缺编", "空置", "空房", "空铺", "闲置",
    "未出租", "待租", "待招租", "招聘中", "待招聘", "保密", "xxx", "xx", "xxxx", "某人", "某某", "某某某",
    "本人", "自己", "家长", "法人", "法定代表人", "见附件", "见附表", "代签", "户主", "配偶", "监护人",
    "妻子", "丈夫", "父亲", "母亲", "爸爸", "妈妈", "爷爷", "奶奶", "name", "manager", "contact", "甲方代表",
    "乙方代表", "丙方代表", "公司代表", "授权代表", "甲方签字", "乙方签字", "甲方盖章", "乙方盖章",
    "甲方负责人", "乙方负责人", "法人代表", "签收人", "领取人", "制表人", "审核", "复核", "审核人", "复核人",
    "见证人", "担保人", "出租方", "出租人", "房东", "中介", "店长", "物业", "管家", "签字", "盖章",
    "紧急联系", "证明人", "介绍人", "推荐人", "班主任", "客服电话", "投诉电话", "landlord", "witness",
    "guarantor",
];
/// How such a cell may end.
pub const ENDS_OF_NO_NAMES: &[&str] =
    &["电话", "热线", "专线", "客服", "座机", "联系人", "负责人", "服务台", "前台"];
/// Components that hold more than a line.
pub const LONG_TEXTS: &[&str] = &[
    "职责", "地址", "住址", "住所", "内容", "说明", "条款", "范围", "要求", "描述", "约定", "事项", "标准",
    "坐落", "清单", "规格", "明细", "条件",
];
/// Groups that lines between the rows of a list name, each of which has many contracts: 第一批, 1栋.
pub const ENDS_OF_MANY: &[&str] = &[
    "部", "部门", "组", "班", "班级", "班组", "批", "批次", "楼", "栋", "幢", "区", "片区", "车间", "页",
    "周", "月", "期", "店", "门店", "项目", "队", "科", "科室", "中心", "年级", "季度", "处", "办", "办事处",
    "站", "支行", "网点", "村", "镇", "线", "段", "校区", "库", "天", "日", "年", "类", "级", "公司",
];
/// What people write behind a contract's number that is not to be sent.
pub const SAID_OF_NUMBERS: &[&str] = &["重复", "废", "停"];
/// In headers of such columns.
pub const WORK_WORDS: &[&str] = &["岗位", "职位", "职务", "工种", "角色", "身份"];
/// Whoever is named right behind such a word at the beginning of a line is that party.
pub const PARTIES_OF_LINES: &[&str] = &[
    "出租方", "出租人", "承租方", "承租人", "房东", "担保人", "保证人", "发包方", "承包方", "委托方",
    "受托方", "转让方", "受让方", "托运人", "承运人",
];
/// Rows that a line tells apart by what is only seen.
pub const SEEN_MARKS: &[&str] = &[
    "标红", "标黄", "标绿", "标灰", "标蓝", "标橙", "橙色", "紫色", "粉色", "涂色", "着色", "有颜色",
    "带颜色", "红色", "黄色", "绿色", "灰色", "蓝色", "红字", "高亮", "底色", "带*", "带星", "打星", "打勾",
    "加粗",
];
/// And what it says of them.
pub const SAID_OF_MARKED: &[&str] = &[
    "不发", "不签", "勿发", "勿签", "不用发", "不用签", "不要发", "不要签", "已签", "离职", "作废", "只发",
    "才发", "只签", "暂缓", "退租", "本次签", "本次发", "需要签", "需签", "要签", "待签", "未签", "不用管",
    "已完成", "可签", "要发", "待发", "已发",
];
/// What a list of void contracts may call their numbers.
pub const NUMBERS_OF_LISTS: &[&str] = &["编号", "合同号"];
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
    "复印件", "提供", "每人一份", "一人一份", "各一份", "代签无效", "核对身份", "一式", "各执", "签字即",
    "签署即", "签字确认", "签名确认", "生效", "盖章", "存档", "备案", "填表", "制表",
];
/// That something is sent; 研发 and 发票 are not.
pub const SENDS_IN_SENTENCES: &[&str] = &[
    "发送", "发出", "发起", "不发", "先发", "再发", "只发", "仅发", "后发", "发完", "已发", "勿发", "别发",
    "待发", "补发", "用发", "要发", "统一发", "周发", "月发", "次发",
];
/// What makes a sentence about signing one about this list.
pub const QUALIFY_SIGNING: &[&str] = &[
    "不签", "不发", "不用", "不续", "不需", "只签", "只发", "仅签", "仅发", "先签", "先发", "先不", "再发",
    "下批再签", "明年再签", "年后再签", "暂不", "暂缓", "暂停", "已签", "已发", "已全部", "勿发", "勿签",
    "勿重复", "别发", "别签", "免签", "改签", "缓签", "缓发", "签完", "发完", "先不要", "下周再", "月底再发",
    "月底再签", "下周发", "下月发", "下次发", "下个月发", "下批发",
];
/// For whom one contract, or several, are meant.
pub const HOW_MANY_FOR_WHOM: &[&str] =
    &["每户", "每家", "每人", "两人", "二人", "一人", "夫妻", "双方", "相邻", "同一份", "共签"];
/// Rows that are one contract, in a sentence: 每两行一份, 三行为一组. 前两行 is the header.
pub const SEVERAL_ROWS: &[&str] = &[
    "每两行", "每二行", "每2行", "每三行", "每3行", "两行一", "两行为一", "二行为一", "2行一", "2行为一",
    "三行一", "三行为一", "3行一", "3行为一", "上下行为一", "上下两行为", "相邻两行为",
];
pub const MADE_OF_ROWS: &[&str] = &["份", "组", "合同", "协议", "签"];
/// Several people who sign as one, and that they do.
pub const PAIRS: &[&str] = &["夫妻", "两人", "二人", "一户", "每户", "同户"];
pub const SIGN_AS_ONE: &[&str] = &["同签", "共同签", "双方签"];
/// Groups of whoever signs as one, where a sentence is about contracts.
pub const SUCH_GROUPS: &[&str] =
    &["人为一组", "人一组", "户为一组", "两人一份", "同一部门签一", "同一户签一", "每户签一"];
/// What makes a sentence on groups one about contracts.
pub const OF_CONTRACTS_IN_LINES: &[&str] = &["份", "合同", "协议", "签", "相邻", "上下"];
/// Behind a word for a relative: what he has signed, and not that he signs.
pub const PAGES_OF_SIGNATURES: &[&str] = &["字页", "字版", "字样", "字确认"];
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
pub const NOT_YET_FINAL: &[&str] = &[
    "以新表为准", "以最新表为准", "以最新的为准", "未经批准不得发", "此表暂停发", "本表暂停发", "暂停发送",
    "draft-donotuse", "donotuse", "仅供参考", "未定稿", "非定稿", "草稿", "待审批", "待领导审批", "待审核",
    "测试数据",
];
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
    "勿发", "别发", "不要发", "不用发", "以新表为准", "以最新表为准", "以最新的为准", "以下未确认",
    "以下待确认", "以上未确认", "不发送", "暂不发", "先不发", "暂缓发", "勿签", "暂不签", "表作废",
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
/// What the only sheet is called where it is not the one to send.
pub const SHEETS_NOT_MEANT: &[&str] = &[
    "已发送", "已离职", "离职", "已完成", "删除", "已删除", "测试", "test", "示例", "备份", "归档", "暂缓",
    "待定", "纸质", "重复", "旧", "旧表", "签完", "已签完", "前期已发", "别用", "不用", "否决", "退回",
    "回收站", "void", "cancelled", "canceled", "signed", "resigned", "deleted", "archive", "donotuse",
    "sent", "old",
];
/// What stands before the company that signs, above a list: 用人单位：甲公司.
pub const EMPLOYERS_ABOVE: &[&str] = &[
    "用人单位", "用人单位名称", "用人单位)", "用人单位）", "甲方", "甲方)", "甲方）", "甲方名称", "甲方单位",
    "公司", "公司名称", "单位", "单位名称", "企业名称", "签约主体", "合同主体", "签署主体", "签约公司",
    "签署公司", "签订单位", "签约单位", "合同公司", "所属公司", "主体", "法人主体", "发薪主体", "出租方",
    "雇主", "签约方", "Employer", "employer", "聘用单位", "聘用方", "发包人", "发包方", "劳动合同主体",
];
/// How those are called that employ people and are no company.
pub const EMPLOYERS_OF_PEOPLE: &[&str] = &[
    "中学", "小学", "大学", "学院", "学校", "幼儿园", "医院", "酒店", "集团", "合作社", "事务所", "研究院",
    "研究所", "银行", "律所",
];
/// What 公司 may stand behind that is no name of one: 北京公司, 保洁公司.
pub const OF_MANY_COMPANIES: &[&str] = &[
    "北京", "上海", "天津", "重庆", "广州", "深圳", "成都", "杭州", "南京", "武汉", "西安", "苏州", "长沙",
    "郑州", "青岛", "济南", "合肥", "福州", "厦门", "昆明", "沈阳", "大连", "宁波", "无锡", "佛山", "东莞",
    "珠海", "南宁", "贵阳", "兰州", "太原", "南昌", "石家庄", "哈尔滨", "长春", "海口", "江苏", "浙江",
    "广东", "山东", "河南", "河北", "四川", "湖北", "湖南", "福建", "江西", "安徽", "华东", "华南", "华北",
    "西南", "西北", "东北", "保洁", "保安", "物业", "家政", "装修", "搬家", "快递", "外卖", "保险", "上市",
    "集团", "母", "子", "分", "总", "本", "我", "各", "全", "贵", "该", "招聘", "请", "如",
];
/// What is leased or done by a paper of its own.
pub const LEASED_OBJECTS: &[&str] = &["车位", "商铺", "住宅", "厂房", "仓库", "写字楼", "技术服务"];
/// Words for a day in the name of a sheet: 本周签, 月底前签.
pub const SOON_TO_SIGN: &[&str] = &[
    "本周", "这周", "下周", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "月底", "年底", "月初",
    "今天", "明天",
];
/// Words of those to whom people are sent, or who buy: they sign no contract with these people.
pub const CUSTOMERS: &[&str] = &[
    "用工", "派遣", "派驻", "外派", "外包", "客户", "驻场", "驻点", "服务单位", "项目", "供应商", "来源",
    "渠道", "原单位", "驻厂", "支援", "产线",
];
/// Who signs a contract with whom: as sheets are called.
pub const SIDES_OF_CONTRACTS: &[(&str, &str)] = &[
    ("甲方", "乙方"),
    ("房东", "租客"),
    ("房东", "租户"),
    ("业主", "租客"),
    ("业主", "租户"),
    ("业主", "物业"),
    ("出租方", "承租方"),
    ("出租人", "承租人"),
    ("出借人", "借款人"),
    ("借款人", "担保人"),
    ("借款人", "共借人"),
    ("主借人", "共借人"),
    ("主借款人", "共同借款人"),
    ("卖方", "买方"),
    ("转让方", "受让方"),
    ("委托方", "受托方"),
    ("发包方", "承包方"),
    ("丈夫", "妻子"),
    ("男方", "女方"),
    ("学生", "家长"),
    ("师傅", "徒弟"),
    ("雇主", "保姆"),
    ("雇主", "阿姨"),
];
/// In a sentence about a whole sheet: that it is not sent, or not yet.
pub const LEFT_FOR_LATER: &[&str] = &[
    "不发", "暂不", "暂不发", "暂不签", "不要发", "不用发", "不用签", "先不", "先不发", "先不签", "下周",
    "下月", "下批", "下次", "下周再", "下月再", "下批再", "下次再", "作废", "不签", "暂缓", "缓发", "缓签",
    "已签", "已发", "本次不", "这次不",
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
    "房东", "共同借款人", "共有人", "推荐人", "介绍人", "证明人", "抄送人", "子女", "经办人",
];
/// Lines that say whom a list does not have, or how it is filled in.
pub const SAY_OTHERWISE: &[&str] =
    &["不含", "不包括", "除", "说明", "注:", "注：", "提示", "不用填", "无需填"];
/// What says, in the name of a sheet or in a line above its header, that its rows are not to be sent.
pub const DIRECTORIES: &[&str] = &[
    "花名册", "通讯录", "总表", "档案", "全员", "人员信息", "员工信息", "人员库", "客户库", "员工库", "底表",
];
/// What a sheet is called that may list who is to get a contract.
pub const LISTS_TO_SIGN: &[&str] = &[
    "签约名单", "签署名单", "待签", "本次", "本批", "要签", "需签", "发送名单", "待发", "拟签", "签合同",
    "续签名单",
];
/// Sheets that are called so list what is not to be sent.
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
    "最高", "最低", "最大值", "最小值", "中位数", "平均", "人均",
];
/// What heads some rows of a list where a name would stand, and what such a heading ends with.
pub const GROUPS_IN_LISTS: &[&str] = &[
    "正式工", "临时工", "合同工", "派遣工", "小时工", "短期工", "长期工", "季节工", "正式", "试用", "新签",
    "续签", "白班", "夜班", "早班", "晚班", "中班", "全职", "兼职", "外包", "劳务派遣", "实习", "在职",
    "自有", "外聘", "其他", "其它", "派遣", "试用期", "管理层", "研发", "生产", "销售", "行政", "后勤",
    "技术", "市场", "运营", "财务", "人事", "客服", "仓储", "采购", "质检", "品控", "产品", "深圳", "北京",
    "上海", "广州", "杭州", "重庆", "西安", "天津", "东莞", "佛山", "合肥", "厦门", "福州", "昆明", "青岛",
    "南昌", "太原", "贵阳", "兰州", "海口", "司机", "保安", "保洁", "厨师", "店员", "文员", "普工", "技工",
    "操作工", "服务员", "收银员", "业务员", "安保", "后厨", "前厅",
];
pub const ENDS_OF_GROUPS_IN_LISTS: &[&str] = &[
    "客户", "业主", "人员", "员工", "学员", "用户", "租户", "商户", "季班", "班次", "组员", "工人", "职工",
    "同学", "家庭",
];
/// The same behind a number or a letter: A班, 第2批.
pub const ENDS_OF_NUMBERED_GROUPS: &[&str] =
    &["班", "组", "队", "批", "期", "类", "级", "栋", "幢", "座", "楼", "层", "区"];
/// What stands in a line of notes where a name would stand.
pub const WORDS_OF_NOTES: &[&str] =
    &["此表", "上表", "本表", "下表", "一式", "已核对", "未完待续", "待续", "以上", "以下", "如上", "如下"];
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
/// Before the name and the number of whoever has made a list out, looked through it, or answers for it.
pub const MAKES_LISTS_OUT: &[&str] = &[
    "经办人", "联系人", "审核人", "复核人", "审批人", "批准人", "制表人", "填表人", "填报人", "制单人",
    "编制人", "校对人", "负责人", "对接人", "跟进人", "统计人", "登记人", "提交人", "物业联系人",
    "甲方联系人", "业务联系人", "紧急联系人", "联络人", "项目负责人", "门店负责人", "甲方经办人",
    "财务负责人", "招商负责人", "担保人", "见证人", "审核", "复核", "审批", "批准", "经办", "制表", "填表",
    "填报", "制单", "编制", "校对", "对接", "联系", "preparedby", "checkedby", "reviewedby", "approvedby",
    "contactperson", "管家", "房东", "hr", "hrbp",
];
/// In headers of columns that say to which group somebody belongs.
pub const OF_GROUPS_OF_PEOPLE: &[&str] = &[
    "部", "科室", "中心", "组", "团队", "条线", "业务", "序列", "板块", "方向", "归属", "所属", "类别",
    "department", "team", "unit", "group",
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
/// What notes hold that say how a cell is to be filled in, and no value does.
pub const HOW_TO_FILL_IN: &[&str] = &["填", "格式", "位", "例", "一致", "唯一", "选", "字以内", "重复"];
/// What stands below a header of what its cells are, as programs and people call it.
pub const KINDS_OF_CELLS: &[&str] = &[
    "文本", "字符", "字符串", "数字", "数值", "整数", "小数", "日期", "时间", "金额", "文字", "varchar",
    "nvarchar", "char", "text", "string", "int", "integer", "bigint", "number", "decimal", "date",
    "datetime", "timestamp", "float",
];
/// How it begins that tells what to write: 请填写真实姓名.
pub const TELL_TO_FILL_IN: &[&str] =
    &["请填", "请输入", "请写", "请选", "填写", "输入", "选择", "真实", "本人", "如"];
/// 与身份证一致.
pub const MUST_AGREE: &[&str] = &["一致", "相符", "相同", "以身份证为准"];
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
/// Behind a word for a party: whom to call, and not the party itself.
pub const NO_PARTY_BEHIND: &[&str] = &["联系", "电话", "手机", "对接"];
/// What a sheet is called that has the own company, or what all contracts share.
pub const SHEETS_OF_A_COMPANY: &[&str] = &["公司", "企业", "单位", "基本"];
/// How a title ends that says that the list below it is not the one.
pub const ENDS_OF_VOID_TITLES: &[&str] = &[
    "请勿使用", "勿使用", "禁止使用", "等通知再发", "等通知发", "下周发", "下月发", "年后发", "日后发送",
    "日后再发",
];
/// What somebody does who signs another contract than the others.
pub const SIGNS_ANOTHER_PAPER: &str = "改签";
/// What has to do with the time to sign in, although it is called like a contract's own time.
pub const TERMS_OF_SIGNING: &[&str] = &["签署期限", "签字期限"];
/// How a line begins that says what the sheet is for: 仅用于签约.
pub const SAYS_WHAT_FOR: &[&str] = &[
    "仅用于", "仅供", "仅作", "仅限内部", "只用于", "只供", "仅限", "仅统计", "仅包括", "仅含", "只需",
    "只要", "只有", "只用",
];
/// What a comment at a header says of how its column is filled in.
pub const SAID_AT_HEADERS: &[&str] = &[
    "填", "格式", "例如", "如：", "如:", "示例", "必须", "选填", "有误", "本人", "一致", "可以", "可不",
    "编号相同", "默认", "不写", "留空",
];
/// What stands before somebody who was forgotten: 还有王五.
pub const ADDED: &[&str] = &["还有", "新增", "补充", "增加", "另有", "加上", "以及", "漏了", "漏填"];
/// What somebody has to do with a list that he is named on.
pub const DONE_FOR_LISTS: &[&str] =
    &["负责", "提供", "整理", "收集", "制作", "带队", "推荐", "介绍", "登记", "录入", "导出", "更新", "联系"];

/// Before how many there are of all.
pub const WORDS_BEFORE_COUNTS: &[&str] = &[
    "合计", "总计", "共计", "总共", "总人数", "合计人数", "签约人数", "签署人数", "(共", " 共", ":共", ",共",
    "以上共", "以下共", "本表共", "名单共", "全表共", "人员共",
];
/// How a line begins that is about all contracts: 全部签两年.
pub const ALL_OF_THEM: &[&str] = &[
    "全部", "全体", "所有人", "所有人员", "所有员工", "全员", "统一", "一律", "均", "都", "以上人员均",
    "以上均", "以下人员均", "以下均", "名单均", "本表均",
];
/// That one term is the same in all of them: 月薪统一8000.
pub const ALL_THE_SAME: &[&str] = &["统一", "都是", "均为", "一律", "全部", "都按", "均按", "皆为", "都为"];
/// That the contracts of a list were signed: 11月已签合同台账.
pub const SIGNED_IN_TITLES: &[&str] = &[
    "已签合同", "已签协议", "已签人员", "已签名单", "已签署合同", "已签署人员", "已签署名单", "已签订合同",
    "已签约人员", "已签约名单", "已签约客户", "已签客户", "已签员工", "已发送名单", "已发合同", "已归档",
];
/// But not these.
pub const NOT_SIGNED_YET: &[&str] = &["未", "待", "勿", "存档", "续", "不", "重签", "剔除", "除", "扣除"];
/// That something else is signed in their place.
pub const SIGNED_AGAIN: &[&str] = &["换签", "改签", "补签", "变更协议"];
/// How titles of lists end.
pub const ENDS_OF_LIST_TITLES: &[&str] =
    &["名单", "表", "册", "台账", "信息", "通讯录", "明细", "清单", "汇总"];
/// That the parents of a list sign, or are called.
pub const GUARDIANS_IN_LINES: &[&str] = &[
    "家长签署", "家长签约", "家长电话", "家长手机", "家长信息", "家长联系", "家长号码", "家长名单",
    "家长花名册", "家长通讯录", "监护人签署", "监护人签约", "监护人电话", "监护人手机", "监护人信息",
    "监护人联系", "家长同意", "由家长", "由监护人", "家长代签", "家长的电话", "家长的手机", "父母电话",
    "父母手机",
];
/// In the names of components for an amount.
pub const AMOUNTS: &[&str] = &["金额", "价", "薪", "工资", "租", "款", "费", "额", "押金"];
/// Units in which an amount of a line above may be.
pub const UNITS_OF_MONEY: &[&str] =
    &["万元", "千元", "百万元", "亿元", "美元", "港元", "欧元", "日元", "万", "千", "万美元"];
/// Labels of how many there are.
pub const COUNTS_BY_LABEL: &[&str] = &[
    "人数", "总人数", "合同份数", "合同数", "合同总数", "合同数量", "签约人数", "签署人数", "员工人数",
    "份数", "总份数", "名单人数", "发送人数",
];
/// In what they are counted.
pub const COUNTED_IN: &[&str] = &["人", "名", "位", "份", "户"];

/// How the name of a file ends that is a copy of another, with corrections most likely.
pub const COPY_ENDS: &[&str] = &[
    "副本", "复制", "复件", "拷贝", "备份", "copy", "修改", "修改版", "修改后", "修改稿", "已修改", "已改",
    "改", "改后", "更正", "更正版", "更正后", "修正", "修正版", "补正", "调整后", "最终", "最终版", "最终稿",
    "终版", "终稿", "定稿", "定版", "最新", "最新版", "新版", "新", "final", "new", "latest", "fixed",
    "corrected", "revised",
];
/// How a program calls a copy before the name: `副本名单`, `Copy of 名单`.
pub const COPY_BEGINS: &[&str] = &["副本", "复件", "复制", "拷贝", "copy of ", "copyof"];

/// In the names of sheets that have taken the place of another one.
pub const NEWER_SHEETS: &[&str] = &[
    "新", "最新", "最终", "终版", "定稿", "定版", "修改", "更正", "整理", "处理后", "正式", "final", "new",
    "latest", "v2", "v3",
];
/// And of those that were replaced, or that the others were made from.
pub const OLDER_SHEETS: &[&str] = &[
    "旧", "原始", "原表", "原版", "初稿", "初版", "备份", "副本", "导出", "历史", "old", "raw", "backup",
    "v1",
];

/// In a remark beside a table: who has worked on the list.
pub const WORK_BESIDE_LISTS: &[&str] =
    &["核对", "填写", "填表", "制表", "审核", "复核", "录入", "提供", "联系", "登记", "整理", "汇总", "统计"];
/// In a title, that the list below it is not meant.
pub const TITLES_NOT_MEANT: &[&str] = &[
    "(作废)", "作废名单", "名单作废", "审批未通过", "未通过名单", "演示数据", "测试数据", "样例数据",
    "示例数据", "旧名单", "历史名单", "已废弃", "(废弃)", "(旧)", "(草稿)", "(测试)", "(样例)",
];
/// In a line, that all of it went before.
pub const SENT_BY_NOW: &[&str] =
    &["发送完毕", "已全部发送", "全部发送完", "已经发完", "已发完", "全部发完", "已全部发出", "发送完成"];
/// In a line, that several people sign each contract.
pub const SIGNED_BY_ALL_OF_IT: &[&str] = &[
    "双方均需签", "双方都要签", "双方都需签", "夫妻共同签", "夫妻双方", "一户一份", "按户签", "一家一份",
    "一户签一份", "同户签一份", "一宿舍一份", "每户一份",
];

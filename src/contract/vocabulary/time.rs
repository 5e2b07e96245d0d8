//! Time: until when to sign, and when a contract's own term begins and ends.

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
/// The same of headers that say no more than that, and how long something takes.
pub const BEGINNINGS_ALONE: &[&str] =
    &["start", "from", "begin", "投保日", "学制", "租期", "服务期", "合作期"];
pub const DAYS_OF_ELSE: &[&str] = &[
    "出生", "生日", "申请", "填表", "填报", "制表", "登记", "提交", "创建", "更新", "打印", "导出", "报名",
    "发送", "发起", "签", "截", "通知", "付款", "发货", "体检", "培训", "下单", "面试", "上课", "转正",
    "收款", "开票", "考试", "会议", "活动", "到期", "结束", "终止", "毕业", "审批", "审核", "上班", "离职",
    "缴费", "制单", "跟进",
];
/// In headers of days on which something begins that a contract is about.
pub const DAYS_OF_CONTRACTS: &[&str] = &[
    "租", "合同", "协议", "服务", "合作", "交付", "交车", "交房", "投保", "开课", "入住", "进场", "起",
    "生效", "开始", "入职", "上岗", "到岗",
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
pub const BARE_DEADLINES: &[&str] = &["截止日期", "截止时间", "截止日", "duedate", "validuntil", "validtill"];
/// In headers of columns whose days may be the last ones to sign on, where they come soon.
pub const OF_DAYS_TO_SIGN: &[&str] = &[
    "需签日", "需签时间", "签回时间", "签回日", "有效期至", "有效截止", "签截止", "签署失效", "签署过期",
    "失效日期", "过期时间", "过期日期", "签约期", "签署期", "签订期", "计划签", "预计签", "拟签", "约定签",
    "最晚签", "最迟签", "expires", "expirydate", "signdue", "signingdue", "validuntil", "邀约截", "邀请截",
    "邀请到期", "回执截", "落款截", "签收截", "截签", "前签", "完签", "须签日", "签毕", "电签到期", "电签截",
    "链接到期", "链接失效", "链接截", "办结时限", "办理时限", "latestsign", "tobesigned", "signoff",
    "signaturedue", "executiondeadline", "完成时限", "完成时间", "完成日期", "完成期限", "计划完成",
    "最晚时间", "最晚日期", "最迟时间", "最迟日期", "expiredate", "expirationdate", "respondby",
    "responsedue", "replyby",
];
/// The same of headers that say no more than that.
pub const LAST_DAYS_ALONE: &[&str] =
    &["最晚", "最迟", "请最晚于", "请最迟于", "截至", "死线", "期限", "有效期", "时限", "expiry"];
/// But not in these.
pub const OF_OTHER_DAYS: &[&str] = &[
    "证", "护照", "签证", "合同", "协议", "租", "报名", "缴费", "付款", "统计", "试用", "保险", "保单",
    "入职", "离职", "体检", "优惠", "会员", "质保", "发票", "还款", "到岗", "报到", "照", "交", "报价",
    "课程", "培训", "学习", "考核", "作业", "项目", "工程", "装修", "施工", "任务", "签收日", "签收时间",
    "签到", "牌", "授权", "passport", "payment", "visa", "contract", "lease", "license", "card",
];
/// Other names of the time to sign in.
pub const DEADLINE_WORDS: &[&str] = &[
    "合同签署截止日", "合同签署截止日期", "合同签署截止时间", "合同签署截止", "签署截止(含当日)",
    "签署截止日期(含当日)", "签署截止日(含当日)", "签署截止", "签约截止", "签字截止", "截止签署日期",
    "截止签署时间", "签署截至日期", "签署截至时间", "签约截止日期", "签约截止时间", "签字截止日期",
    "签字截止时间", "签署期限", "签署有效期", "最晚签署日期", "最晚签署时间", "最迟签署日期", "最迟签署时间",
    "回签截止日期", "回签截止时间", "签回截止日期", "签回截止时间", "签订截止日期", "签订截止时间",
    "签订截止日", "签署截止日", "最晚签约日期", "最晚签约时间", "最晚签订日期", "请于此日期前签署",
    "请于此前签署", "signby", "signbefore", "signdeadline", "signingdeadline", "签署最后期限", "签署期限至",
    "签署到期日", "签署结束日期", "签署结束时间", "最晚签署", "完成签署日期", "合同签署有效期",
    "要求签署日期", "签署截止ddl", "签署ddl", "请在此日期前签", "请在此日期前签署", "签约结束时间",
    "签约结束日期", "回传截止", "约定签署日", "签回日期", "回签时间", "截签", "签回期限", "签署天数",
    "几天内签", "duedate", "signbydate", "validtill", "validuntil", "截签时间", "截签日期", "签约截止日",
    "请签日期", "要求完成签署日期", "deadlinedate", "flowdeadline", "deadlinetime", "deadlineat", "signdue",
    "signduedate", "signingduedate", "签署完成期限", "签署完成时限", "要求完成签署时间", "有效签署时间",
    "签署最后日期", "签署最后时间", "最后签署日期", "最后签署时间", "请在此前签署", "要求完成日期",
    "完成期限", "合同签署最后日期", "合同回收日期", "lastdaytosign", "停止签署时间", "请于几号前签",
    "何时前签完", "请在何时前签", "签署完成日", "几号前签", "几号前签完", "最后签约日期", "最后签约时间",
    "签约最后日期",
];
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
pub const OF_A_DEADLINE: &[&str] =
    &["签", "链接", "流程", "邀请", "确认", "办理", "短信", "任务", "反馈", "回复", "电子合同"];
/// How headers end that are about a deadline, and are none; and how those of a former one begin.
pub const ENDS_OF_NO_DEADLINES: &[&str] = &[
    "起", "起始", "开始", "开始日期", "开始时间", "起始日期", "起始时间", "提醒", "提醒日期", "提醒时间",
    "备注", "天数",
];
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
    "结束", "时间止", "有效期止", "期止", "有效期至", "有效期结束", "有效天数", "时间要求",
];
pub const LEADS_OF_SIGNING: &[&str] =
    &["截止", "截至", "最晚", "最迟", "最后", "要求", "限期", "限", "应", "须于此日前", "此日前"];
/// Of these, those that say so wherever they stand: 合同截止签署日期.
pub const FIRM_LEADS_OF_SIGNING: &[&str] = &["截止", "截至", "最晚", "最迟"];
/// A header that is a sentence: 请在此日期前完成签署.
pub const BEFORE_THAT_DAY: &[&str] = &["此日期前", "此日前", "该日期前", "此时间前"];
/// But this is over, or about the contract.
pub const OF_THE_PAST: &[&str] = &[
    "首签", "续签", "最后签订", "最近", "上次", "合同期限", "签订期限", "签约期限", "签约到期", "固定期限",
    "是否", "次数", "到期日期提醒", "签收", "签到", "签证", "签发", "对应", "供应", "人数", "主体", "约方",
    "文件",
];
pub const LAST_TERMS: &[&str] = &[
    "最后期限", "最终期限", "最晚日期", "最迟日期", "deadline date", "due", "due date", "ddl", "逾期作废日",
    "链接到期时间", "链接失效时间", "链接失效日期", "时限", "last day to sign", "lastdaytosign", "完成期限",
    "要求完成日期",
];
/// What a line says of the time to sign in, which no header says so.
pub const LINES_OF_DEADLINES: &[&str] = &[
    "签署时限", "签约时限", "签字时限", "签署限期", "链接有效期", "链接有效至", "回签日期", "回签时间",
    "签回时间", "签署截止", "关闭签署", "停止签署", "不再受理", "截止受理", "限期",
];
/// Days that a line names without a number.
pub const DAYS_IN_WORDS: &[&str] = &[
    "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期", "月底", "月末", "今天", "明天", "后天",
    "今日", "明日", "下班",
];
pub const DEADLINES_IN_ENGLISH: &[&str] = &["deadline", "signby", "signbefore", "duedate", "dueby"];
/// The same beside signing, or a link.
pub const ENDS_IN_ENGLISH: &[&str] = &["nolaterthan", "expires", "expireson"];
pub const SIGNING_IN_ENGLISH: &[&str] = &["sign", "link"];
/// How a line begins that says no more than that.
pub const DUE_IN_ENGLISH: &[&str] = &["due:", "dueon:"];
/// In lines with a day that is another one than the last to sign on: that of a term, or of a contract before.
pub const OF_OTHER_ENDS: &[&str] = &[
    "合同期", "租期", "租赁期", "服务期", "聘期", "续签", "续保", "续约", "签单", "签约满", "满30天", "上次",
    "上期", "上一", "http", "://", "www.", "保险", "车险", "证",
];
/// In a line about the signing with a number: within how many days, or up to which one.
pub const DAYS_TO_SIGN_WITHIN: &[&str] = &["日内签", "号前签", "时效", "日前签", "天之内"];
/// In a line about the signing with a day: that it is the last one.
pub const LAST_DAYS_TO_SIGN: &[&str] = &[
    "前", "日内", "天内", "周内", "之内", "时内", "失效", "无法签", "不能签", "务必", "窗口", "时效", "限签",
    "最后", "截止", "截至", "逾期", "过期", "到期", "关闭",
];
pub const MONTHS_IN_ENGLISH: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// How a line ends that says within what time to sign: 三天内签.
pub const DEADLINE_WITHIN_LAST: &[&str] = &["天内签", "日内签", "小时内签", "周内签", "天内签订", "日内签订"];
/// A line about how a form is filled in.
pub const OF_FILLING_IN: &[&str] = &["必填", "修改", "勿改", "填写", "表头", "选填"];
/// What is to be done before a day, where that day ends the time to sign in.
pub const DONE_BEFORE_A_DAY: &[&str] = &["签", "办", "完成", "返回", "寄回", "回传", "确认"];
/// What else happens before a day.
pub const ELSE_BEFORE_A_DAY: &[&str] = &["入职", "到岗", "报送", "报到", "返岗", "提交", "入学", "转正"];
/// What becomes of a contract that is not signed in time.
pub const LAPSES: &[&str] = &["视为", "作废", "放弃", "自动取消", "失效"];
/// Behind a word for a time: until when.
pub const UNTIL: &[&str] = &["截至", "截止", "止于"];
/// What closes at the end of the time to sign in.
pub const SIGNING_THAT_CLOSES: &[&str] = &["签", "链接", "通道", "入口"];
/// Between the two days of a range.
pub const RANGE_MARKS: &[&str] = &["至", "到", "-", "--", "~", "—", "–"];
/// Parts of a day, before an hour.
pub const PARTS_OF_THE_DAY: &[&str] =
    &["上午", "早上", "中午", "下午", "傍晚", "晚上", "夜里", "凌晨", "晚", "早"];
/// How a column is called that holds the time of the day beside it.
pub const TIMES_BEHIND_A_DAY: &[&str] = &[
    "时间", "时刻", "具体时间", "截止时刻", "签署截止时刻", "截止时间点", "截止点", "时分", "time",
    "deadlinetime",
];
/// The same where the hour may stand there as a number alone.
pub const HOURS_BEHIND_A_DAY: &[&str] =
    &["几点", "几点前", "钟点", "小时", "时", "点", "截止钟点", "截止小时", "点钟", "hour", "hours"];
/// Times of the day that have no number.
pub const TIMES_WITHOUT_A_NUMBER: &[&str] = &["午夜", "正午", "中午", "零点", "midnight", "noon"];
/// Parts of a day that an hour of the first half stands behind.
pub const MORNINGS: &[&str] = &["上午", "早上"];
pub const EVENINGS: &[&str] = &["下午", "晚上", "晚"];
pub const NOONS: &str = "中午";
/// How long there is to sign, and the unit of a relative deadline; 三天内.
pub const TIMES_TO_SIGN: &[(&str, &str)] = &[("小时内", "h"), ("天内", "d"), ("日内", "d")];
pub const NUMBERS_OF_DAYS: &[&str] = &["一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
/// Behind a day: that it is the last one.
pub const ENDS_OF_DAYS: &[&str] =
    &["截止", "截止签署", "前", "前签", "前签完", "前签署", "前签字", "前签约", "前完成签署"];
/// Parts of headers that have to do with time.
pub const OF_TIME: &[&str] = &["截止", "期限", "有效期", "时间", "日期"];
/// The end of a term, below a parent or beside a beginning.
pub const BARE_ENDS: &[&str] = &["止", "至", "结束", "截止", "到期", "终止"];
/// The same with what kind of value it is.
pub const ENDS_IN_TIME: &[&str] = &["结束日期", "结束时间"];
/// Headers of a day until which something holds, beside [`BARE_DEADLINES`]: nothing says that it is the signing.
pub const UNSAID_DEADLINES: &[&str] = &["duedate", "dueby", "validuntil", "validtill"];

/// In the name of one that is about a part of the term, or something behind it.
pub const OTHER_LENGTHS: &[&str] = &[
    "试用", "保密", "竞业", "质保", "保修", "付款", "免租", "通知", "见习", "培训", "异议", "押金", "工作",
    "工龄", "使用", "居住", "交货", "还款", "履行", "报价", "从业", "服役", "教龄", "驾龄", "经验",
];
/// How a component ends that says how long something lasts.
pub const LENGTHS_OF_TERMS: &[&str] =
    &["合同期限", "期限", "合同期", "租期", "租赁期限", "租赁期", "服务期", "聘期", "年限", "合作期", "时长"];
/// In the names of two components that are a term, when it begins and when it ends: 开始日期 and 结束日期.
pub const BEGINNINGS_OF_TERMS: &[&str] =
    &["开始", "起始", "起租", "生效", "启始", "start", "begin", "from", "起"];
pub const ENDS_OF_TERMS: &[&str] =
    &["结束", "终止", "截止", "止租", "到期", "届满", "失效", "end", "expiry", "to", "止"];

/// The same where the two words are of one matter: what begins with 入住 ends with 退房.
pub const WORDS_OF_TERMS: &[(&[&str], &[&str])] = &[
    (&["入住", "起租", "交房"], &["退房", "退租", "搬离", "离店"]),
    (&["开工"], &["竣工", "完工"]),
    (&["进场"], &["撤场", "退场", "离场"]),
    (&["提车", "取车"], &["还车"]),
    (&["开课", "开学"], &["结课", "结业"]),
    (&["借款日", "放款", "出借"], &["还款日"]),
    (&["起保"], &["终保", "止保"]),
    (&["上线"], &["下线"]),
    (&["借用", "领用"], &["归还"]),
    (&["上户"], &["下户", "离户"]),
    (&["起聘"], &["解聘", "止聘"]),
];

/// Components that make another one: what one costs, how many there are, and what all of them cost.
pub const PRICES_OF_ONE: &[&str] = &["单价", "含税单价", "价格", "产品单价", "商品单价"];
pub const QUANTITIES: &[&str] = &["数量", "件数", "采购数量", "购买数量", "台数"];
pub const TOTAL_PRICES: &[&str] =
    &["总价", "总金额", "合同总价", "合同总额", "合计", "合计金额", "总额", "总价款", "货款"];
/// What is in a price besides one times the other, or taken off it.
pub const MAY_CHANGE_PRICES: &[&str] =
    &["优惠", "折", "减", "免", "运费", "税", "批发", "月数", "租期", "奖", "起租", "补贴", "服务费"];
/// Amounts of a month, and of the year that has twelve of them.
pub const YEARLY_AMOUNTS: &[(&[&str], &[&str])] = &[
    (&["月租", "月租金", "每月租金"], &["年租", "年租金", "每年租金"]),
    (&["月薪", "月工资"], &["年薪", "年工资"]),
];

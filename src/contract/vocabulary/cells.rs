//! What stands in cells: what programs leave behind, placeholders, names that are none.

/// What people write before a mobile in its own cell.
pub const MOBILE_LABELS: &[&str] =
    &["手机", "手机号", "手机号码", "电话", "联系电话", "手機", "電話", "tel", "mobile", "phone", "cell"];
/// What stands in 签署方式 where a list tells contracts that are signed here from those on paper.
pub const SIGNED_HERE: &[&str] = &[
    "电子签", "电子签署", "电子签约", "电子签章", "电子签名", "电子合同", "电子", "电子版", "线上", "线上签",
    "线上签署", "线上签约", "在线签", "在线签署", "在线签约", "esign", "online",
];
/// And on paper.
pub const SIGNED_ELSEWHERE: &[&str] = &[
    "纸质", "纸质版", "纸质签", "纸质合同", "纸质签署", "纸签", "线下", "线下签", "线下签署", "线下签约",
    "面签", "现场", "现场签", "现场签署", "手签", "手写", "手写签名", "offline", "paper", "onpaper",
];
/// What people write in the columns of a party that a contract does not have.
pub const NO_PARTY: &[&str] = &["无", "没有", "/", "／"];
/// What programs leave where there is nothing, in lower case: no value of any column.
pub const LEFT_OVERS: &[&str] = &[
    "??", "???", "#err", "#无效", "# n/a", "#null", "#empty", "#multivalue", "#permission", "#公式错误",
    "公式错误", "n\\a", "%1$s", "\\null", "nan", "-nan", "nat", "none", "null", "nil", "(null)", "<null>",
    "undefined", "[object object]", "invalid date", "<na>", "<nil>", "\\n", "infinity", "-infinity",
    "#value", "1900/1/0", "1900-1-0", "1900-01-00", "1900/01/00", "1900年1月0日", "1900年01月00日",
    "1899年12月30日", "0000年00月00日", "0000-00-00", "0000/00/00", "0000-00-00 00:00:00", "0001-01-01",
    "0001-01-01 00:00:00", "0001/1/1 0:00:00", "1899-12-30", "1899/12/30", "1899-12-31", "1899/12/31",
    "1899-12-30 00:00:00", "1899/12/30 0:00:00", "1899-12-31 00:00:00", "1899/12/31 0:00:00",
    "1900/1/0 0:00:00", "1900-01-00 00:00:00", "1/0/1900", "1/0/00", "0/0/0000", "00/00/0000", "0000/0/0",
    "inf", "-inf", "+inf", "nan.0", "1.#qnan", "1.#inf", "-1.#ind", "[null]", "[undefined]", "{null}",
    "'null'", "\"null\"", "#名称?", "#名称？", "#值!", "#值！", "#引用!", "(空)", "（空）", "(空白)",
    "（空白）", "(blank)", "loading...", "loading…", "加载中", "加载中...", "加载中…", "#name", "#num",
    "#n/a n/a", "nullnull", "none,none", "nan,nan", "null,null", "dbnull", "system.dbnull", "system.object",
    "system.data.datarowview", "[object undefined]", "[object null]", "{}", "[]", "0001/1/1", "0001-1-1",
    "1/1/0001", "1/1/0001 12:00:00 am", "0001-01-01t00:00:00", "？？？", "？？", "%s", "%d", "\\u0000",
    "____", "_____", "______", "________", "【】", "（）", "未填", "未填写", "-nan(ind)", "nan(ind)",
    "1.#ind", "pd.nat", "invalid date invalid date", "2026-00-00", "9999-12-31", "9999-12-31 23:59:59",
    "9999/12/31", "function(){}", "object object", "%(name)s", "数据加载中", "正在加载", "[待填]",
    "【待填】", "（待填）", "(待填)", "待填写", "[填写]", "【姓名】", "【内容】", "[内容]", "【请填写】",
    "[请填写]", "#名字?", "#名字？", "#错误!", "#错误！", "#数值!", "#数值！", "#除数/0!", "正在加载...",
    "正在加载…", "none.", "0000/0/0 0:00", "0000/0/0 0:00:00", "0000/00/00 00:00:00",
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
    "please enter", "select one", "choose one", "click to select", "click to enter", "请输入姓名",
    "请输入岗位", "请输入内容", "请输入日期", "请输入金额", "请填写岗位", "请填写姓名", "填写岗位",
    "请填写内容",
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
/// Before a name, what somebody is: no surname begins so.
pub const WHAT_PEOPLE_ARE: &[&str] = &[
    "员工", "组长", "班长", "客户", "学员", "租客", "业主", "司机", "店长", "联系人", "经办人", "负责人",
    "担保人", "承租人", "出租人", "借款人", "法人", "甲方", "乙方", "丙方", "老师", "护士", "医生", "同事",
];
/// Behind a whole name, whoever belongs to him: 李四之妻. 李之子 may be called so.
pub const BEHIND_WHOLE_NAMES: &[&str] = &[
    "之妻", "之夫", "之子", "之女", "之父", "之母", "一家", "全家", "一家人", "家长", "家属", "等", "等二人",
    "等四人", "等五人", "等几人", "及家人", "和家人", "两口子", "俩口子", "兄弟", "姐妹", "父子", "母女",
    "父女", "母子",
];
/// Of these, what says who somebody is, and nothing of the contract.
pub const RELATED: &[&str] = &[
    "本人", "妻子", "丈夫", "配偶", "监护人", "夫妇", "夫妻", "等人", "等三人", "等两人", "签字", "签名",
    "本人签",
];
/// What is noted behind a mobile on which nobody is reached.
pub const UNREACHABLE: &[&str] = &[
    "空号", "停机", "已停机", "欠费", "关机", "打不通", "无法接通", "号码有误", "号码错误", "已换号", "换号",
    "不是本人",
];
/// What is noted behind a name of somebody who signs for another one, or the other way round.
pub const FOR_ANOTHER: &[&str] = &["代", "代签", "代办", "代理", "委托", "受托"];
/// What people call somebody by whose given name they do not say: 王经理.
pub const TITLES: &[&str] = &[
    "先生", "女士", "小姐", "经理", "老师", "总监", "主任", "师傅", "董事长", "店长", "校长", "院长", "队长",
    "班长", "组长", "科长", "处长", "部长", "妈妈", "爸爸", "家长", "家属", "老公", "老婆",
];
/// The same, where a surname stands before it: 李总, 张医生.
pub const TITLES_BEHIND_SURNAMES: &[&str] = &[
    "总", "董", "姐", "哥", "嫂", "阿姨", "叔叔", "大爷", "大妈", "老板", "书记", "厂长", "所长", "园长",
    "行长", "主管", "助理", "教练", "医生", "护士", "律师", "同学", "太太", "夫人", "代表", "业主", "租户",
    "工程师", "会计",
];
/// Before a surname, how people call somebody whom they know: 小李, 老王.
pub const NOT_GIVEN_NAMES: &[&str] = &["小", "老"];
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
    "未婚", "离职", "在职", "姓名", "本人", "文员", "职员", "业主", "租户", "商户", "住户", "学员", "患者",
    "保安", "保洁", "厨师", "出纳", "会计", "某人", "个人", "员工甲", "员工乙", "法人", "法定代表人",
    "监护人", "担保人", "承租人", "出租人", "乘客", "会员", "老人", "孩子", "服务员", "营业员", "收银员",
    "仓管",
];
/// What people write where the value is not known yet, in lower case.
pub const UNDECIDED: &[&str] = &[
    "待定", "tbd", "tbc", "待补充", "待补", "待填", "待填写", "待确认", "待录入", "待完善", "暂无", "暂缺",
    "未定", "待hr填", "待人事填", "后补", "后填", "空着", "先空着", "不知道", "待核实", "稍后填", "未谈妥",
    "看情况", "问老板", "问本人", "问本人要", "不填", "春节后", "年后", "稍后发", "地址稍后发", "后续补充",
    "待商量", "待商定", "待协商", "没定", "还没定", "未确定", "待谈", "待议", "还在谈", "谈判中", "没谈好",
];
/// What stands for an amount that is said somewhere else, or later.
pub const SAID_ELSEWHERE: &[&str] = &[
    "见附件", "详见附件", "见附表", "见附页", "见备注", "详见备注", "见邮件", "见微信", "见合同", "面议",
    "另议", "再议", "再定", "另定", "另行约定", "另行通知", "等通知", "协商", "面谈", "参考合同", "按合同",
    "以合同为准", "看合同",
];
/// In the names of components for what is paid by the month or the hour.
pub const WAGES: &[&str] = &["月薪", "工资", "薪资", "底薪", "薪酬", "时薪", "日薪", "月租", "租金", "房租"];
/// In the names of components for sums of money.
pub const MONEY: &[&str] = &[
    "金额", "租金", "月租", "房租", "押金", "总价", "价款", "合同价", "工资", "月薪", "薪", "费", "借款",
    "本金", "款项", "amount",
];
/// In the name of a component that has an amount in words.
pub const IN_WORDS: &[&str] = &["大写", "inwords"];
/// In headers of what is no wage: 工资卡号, 发薪日.
pub const NO_WAGES: &[&str] = &[
    "卡号", "工资卡", "账号", "帐号", "账户", "帐户", "银行", "开户", "日期", "方式", "编号", "代码",
    "工资日", "发薪日", "支付日", "付款日", "等级", "级别", "档次", "职级", "结构", "比例", "系数", "涨幅",
    "率", "账单", "充值", "一卡通",
];
/// Behind figures.
pub const UNITS_OF_FIGURES: &[char] =
    &['元', '万', '年', '月', '日', '号', '天', '个', '%', '％', '份', '期', '平', '室', '栋'];
/// What stands in the place of a contract's number that is still to come, in lower case.
pub const NO_NUMBERS: &[&str] = &[
    "系统生成", "系统自动生成", "自动生成", "自动编号", "自动", "auto", "见系统", "编号中", "待编", "待编号",
    "待生成", "草稿", "新签", "续签", "无编号", "无合同号", "见附件", "同下", "新增", "-1", "xx", "生成",
    "new", "draft",
];
/// What people write for the value above.
pub const DITTO: &[&str] = &[
    "和上一致", "与上一致", "同上一致", "如前", "同前面", "同前一行", "和上一行一样", "和上行一样",
    "跟上面一样", "同右", "和上面一样", "和上面相同", "々々", "ˮ", "„", "``", "´´", "仝上", "仝", "〃〃",
    "″″", "以上相同", "与上相同", "与上面相同", "'", "同上", "同前", "如上", "同左", "同上行", "同上一行",
    "同上一格", "同下", "（同上）", "(同上)", "[同上]", "【同上】", "〞", "〃", "″", "\"", "''", "ditto",
    "“", "”", "々", "上同", "见上", "见左", "↑", "↓", "do.",
];
/// How the name of a component ends that takes a date.
pub const ENDS_OF_DATES: &[&str] = &["日期", "日", "生日", "date"];
/// What stands for a value that is not there yet. In lower case.
pub const PLACEHOLDERS: &[&str] = &[
    "见备注", "见附件", "见附表", "见附页", "详见备注", "详见附件", "无", "没有", "待分配", "未编号", "未知",
    "空", "n/a", "na", "null", "none", "nan",
];
/// Between a value and the one that has taken its place.
pub const CHANGED_TO: &[&str] = &["改为", "改成", "调整为", "→", "->", "=>"];
/// How the text of an error begins. In lower case.
pub const ERROR_HEADS: &[&str] = &["error:", "error ", "err:", "错误:", "错误："];
/// What a note on how somebody stands begins with.
pub const NOTES_OF_STATES: &[&str] = &["已", "未", "待", "离职", "作废", "停"];
/// States in the place of a component's value: nobody wants them in a contract.
pub const STATES_AS_VALUES: &[&str] = &[
    "作废", "已作废", "不签", "不签了", "拒签", "已拒签", "不发", "勿发", "暂不发", "先不发", "暂不签",
    "先不签", "已签", "已签署", "取消", "已取消", "撤销", "已撤销", "暂缓", "离职", "已离职", "线下签",
    "线下已签", "不用签", "无需签", "无需签署", "不用签署", "不需要签署", "暂不签署", "不签署",
];
/// What a value may end in that is void: A2(作废), A2-作废.
pub const VOID_ENDS: &[&str] = &["作废", "已作废"];
/// Columns in which 1970-01-01 is somebody's day.
pub const OF_BIRTH: &[&str] = &["出生", "生日", "birth", "诞"];
/// Components of which a state is a value.
pub const OF_STATES: &[&str] = &["原因", "理由", "事由", "用途", "类型", "状态", "情况", "说明"];
/// Components that say who signs.
pub const COMPONENTS_OF_NAMES: &[&str] =
    &["姓名", "员工姓名", "签署人姓名", "签署方姓名", "本人姓名", "劳动者姓名"];
pub const COMPONENTS_OF_MOBILES: &[&str] = &["手机号", "手机号码", "手机", "本人手机号"];
pub const COMPONENTS_OF_ID_NUMBERS: &[&str] = &["身份证号", "身份证号码", "身份证", "证件号码"];

/// What stands in a column of newer values where there is none.
pub const NO_CHANGE: &[&str] =
    &["无变化", "不变", "同左", "未变", "未调整", "不调整", "没变", "无调整", "同原", "一致"];

/// Every word that a cell may be judged by.
#[cfg(test)]
pub fn words_in_cells() -> impl Iterator<Item = &'static str> {
    let lists = [
        MOBILE_LABELS, SIGNED_HERE, SIGNED_ELSEWHERE, NO_PARTY, LEFT_OVERS, ERROR_TEXTS, BROKEN_LINKS,
        VALUES_OF_PROGRAMS, NUMBERS_OF_ERRORS, PLACES_IN_LETTERS, PROMPTS, ENTITIES, TAGS, GARBLED,
        NO_PART_OF_A_NAME, WHAT_PEOPLE_ARE, BEHIND_WHOLE_NAMES, RELATED, UNREACHABLE, FOR_ANOTHER, TITLES,
        TITLES_BEHIND_SURNAMES, NOT_GIVEN_NAMES, NO_PERSONS, NOBODYS_NAMES, UNDECIDED, NO_NUMBERS, DITTO,
        ENDS_OF_DATES, PLACEHOLDERS, CHANGED_TO, ERROR_HEADS, NOTES_OF_STATES, STATES_AS_VALUES, VOID_ENDS,
        OF_BIRTH, OF_STATES, COMPONENTS_OF_NAMES, COMPONENTS_OF_MOBILES, COMPONENTS_OF_ID_NUMBERS,
    ];
    lists.into_iter().flatten().copied()
}

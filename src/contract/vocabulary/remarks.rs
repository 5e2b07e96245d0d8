//! Words of remarks beside a row: that something of it is otherwise, or not settled.

/// Remarks that say nothing but that something of the row is not settled.
pub const REMARKS_IN_DOUBT: &[&str] = &[
    "线下", "线下已办", "线下办理", "已办", "已办理", "补签过", "补签过了", "待补", "核实中", "待核实",
    "未定", "待定", "待确认", "未确认", "证件未齐", "资料未齐", "材料未齐", "证件不全", "资料不全", "下个月",
    "下月", "下周", "下次", "未满18", "未满十八", "未满18岁", "未成年", "?", "??", "？", "？？", "待审",
    "待定中", "联系不上", "未联系上", "失联", "存疑", "有疑问", "关机", "打不通", "无人接听", "不接电话",
    "调走", "调走了", "已调走", "调离", "已调离", "先签", "后签", "最后签", "最先签", "夫妻", "夫妇", "父子",
    "父女", "母子", "母女", "兄弟", "姐妹", "一家", "一家的", "一家人", "一户", "代", "委托", "两份", "二份",
    "2份", "三份", "3份", "非全日制", "不要", "不", "no", "n", "否", "pending", "先发别人的", "先发别人",
    "仅存档", "不用管", "价格待商量", "待商量", "待商定", "已签回",
];
/// What somebody is really called: 实名王武.
pub const REAL_NAMES: &[&str] = &[
    "实名", "真名", "本名", "身份证名", "身份证姓名", "身份证名字", "证件姓名", "真实姓名", "户口名",
    "名字是", "姓名是", "名字为", "姓名为", "身份证上叫", "身份证上是", "证上叫", "户口本叫",
];
/// At the end of a remark on somebody who leaves: 12月底离职.
pub const OF_LEAVING_SOON: &str = "离职";
/// A number on which nobody is reached, or that is another one's: 电话错, 号码打不通.
pub const NUMBERS_THAT_FAIL: &[&str] = &[
    "错", "打不通", "不通", "空号", "停机", "不对", "有误", "关机", "无人接", "换了", "失效", "过期", "注销",
    "待更新",
];
/// For what a contract waits: 等身份证.
pub const WAITED_FOR: &[&str] = &[
    "身份证", "证件", "体检", "审批", "通知", "材料", "资料", "背调", "确认", "签", "回复", "领导", "手续",
    "转正", "回来", "电话", "消息",
];
/// How a remark begins that names another one: 委托李四, 发给李四, 加配偶.
pub const REMARKS_OF_OTHERS: &[&str] = &["加配偶", "加监护", "加担保", "加家长", "换主体", "改主体"];
/// Who signs, or what, is another than the row says: 夫妻共同签, 以公司名义签, 用B模板, 换乙公司主体.
pub const SIGNED_OTHERWISE: &[&str] = &[
    "共同签", "夫妻签", "一同签", "名义签", "公司名义", "单位名义", "公司章", "公司公章", "已在纸质",
    "纸质版签", "签纸质", "补签过", "也要签", "需两人签", "两人签字", "签字人改", "签字人换", "由公司盖章",
    "需公司盖章", "签公司名", "营业执照签", "发两次", "发2次", "签两个合同", "签2个合同", "签两份合同",
    "同一人两个号", "与上面重复", "和上面重复", "模板用", "必须签", "前签完", "内签好", "内签完",
    "纸质合同已存档", "行是同一个人", "上面是同一个人", "签过纸质", "签了纸质", "已签一份", "也签字",
    "也签名", "授权委托人", "委托人签", "代理人签",
];

/// Before somebody's name in a remark: 委托李四, 发给李四.
pub const IN_FAVOUR_OF: &[&str] = &["委托", "发给", "转给", "改发"];
/// When somebody leaves.
pub const SOON: &[&str] = &[
    "本月", "下月", "月底", "年底", "年后", "明年", "拟", "将", "待", "预计", "即将", "下周", "本周", "月中",
    "月初",
];
/// That something was sent, signed or refused before.
pub const SENT_BEFORE: &[&str] = &[
    "重签", "重新签", "重发", "重新发", "再发", "补发", "签错", "发错", "撤回", "撤销", "作废", "已拒",
    "拒收", "拒签", "过期", "超时", "已读未", "已推送", "已邀请", "已发", "完成签署", "签过纸质", "发过一次",
    "发过了", "已签一份", "合同已签回", "合同签回", "协议已签回", "合同也签回",
];
/// What else is sent, or expires.
pub const SENT_ELSEWHERE: &[&str] = &[
    "放", "货", "牌", "offer", "钥匙", "工装", "资料", "卡", "书", "课", "假", "证", "工资", "奖", "钱",
    "款", "票", "福利", "礼", "装备", "工服", "物资", "期望", "护照", "社保", "保险", "朋友圈",
];
/// What begins like somebody's name and is none.
pub const NO_NAMES_IN_REMARKS: &[&str] = &[
    "方便", "方式", "方法", "时间", "时候", "高管", "安排", "安全", "程度", "常规", "常年", "平时", "段时间",
    "单位", "和解", "于是", "成功", "项目", "计划", "时段", "时长", "常住", "常驻", "高价", "程序", "金额",
];
/// How what is no name ends though it begins like one: 单员 of 跟单员, 林店 of 和林店.
pub const ENDS_OF_PLACES: &[char] = &[
    '员', '区', '市', '店', '路', '县', '部', '组', '厂', '站', '号', '楼', '镇', '村', '街', '队', '班',
    '省',
];
/// Not now.
pub const PUT_OFF: &[&str] = &["顺延", "延后", "延期", "缓签", "推后", "往后推", "不在线上"];
/// Before and behind another one's name: 跟李四一起, 同李四, 找李四.
pub const WITH_ANOTHER: &[&str] = &["合同同", "跟", "和", "与", "同", "见", "找", "联系", "随"];
pub const BEHIND_ANOTHER: &[&str] =
    &["一起签", "一起", "一样", "一致", "相同", "同签", "一份", "合签", "合同", "那份", "处", "的"];
/// Before the name of whoever takes somebody's place: 改李四.
pub const IN_PLACE_OF: &[&str] = &["改为", "改成", "换成", "换为", "改", "换"];
/// In a remark with a figure that takes the place of one of the row's: 以7000为准, 租金优惠到3500.
pub const CHANGED_FIGURES: &[&str] = &[
    "为准", "批了", "批准", "涨到", "降到", "优惠到", "减到", "谈到", "加到", "提到", "调到", "改为", "改成",
    "换到", "搬到", "改到",
];
/// Before a figure by which one of the row's is more, or less: 加500.
pub const ADDED_FIGURES: &[&str] =
    &["加", "再加", "减", "便宜", "少收", "多收", "少了", "多了", "优惠", "扣"];
/// In a remark on something else that is signed or paid: 每天必须签到, 工资每月发两次.
pub const SIGNED_FOR_ELSE: &[&str] = &["签到", "签收", "签退", "工资", "奖", "薪", "打卡"];
/// In a remark whose figure is of something else: 工号1203.
pub const FIGURES_OF_ELSE: &[&str] = &[
    "工号", "室", "微信", "qq", "版", "楼", "栋", "座位", "座机", "分机", "编号", "文号", "号文", "年",
    "转正", "批准号", "宿舍", "办公", "粉丝", "身高", "体重",
];
/// What a contract is about, that nobody may have looked at yet.
pub const OPEN_IN_CONTRACTS: &[&str] = &[
    "岗位", "姓名", "信息", "身份", "证件", "价格", "日期", "期限", "合同", "人选", "主体", "公司", "手机",
    "电话", "号码",
];
/// How a remark ends on something that nobody has looked at yet.
pub const TO_BE_SEEN: &[&str] = &["待核", "待核实", "待确认", "还没定", "没定", "再谈", "暂定"];
/// In a remark that is about another paper: 另签保密协议.
pub const ANOTHER_PAPER: &[&str] = &["另签", "加签", "同时签"];
/// How somebody is employed, of which each has a paper of its own: 签劳务.
pub const EMPLOYED_AS: &[&str] =
    &["劳务", "兼职", "实习", "外包", "派遣", "返聘", "顾问", "临时工", "小时工", "非全"];

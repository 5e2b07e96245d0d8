//! Words of remarks beside a row: that something of it is otherwise, or not settled.

/// Remarks that say nothing but that something of the row is not settled.
pub const REMARKS_IN_DOUBT: &[&str] = &[
    "线下", "线下已办", "线下办理", "已办", "已办理", "补签过", "补签过了", "待补", "核实中", "待核实",
    "未定", "待定", "待确认", "未确认", "证件未齐", "资料未齐", "材料未齐", "证件不全", "资料不全", "下个月",
    "下月", "下周", "下次", "未满18", "未满十八", "未满18岁", "未成年", "?", "??", "？", "？？", "待审",
    "待定中", "联系不上", "未联系上", "失联", "存疑", "有疑问", "关机", "打不通", "无人接听", "不接电话",
    "调走", "调走了", "已调走", "调离", "已调离", "先签", "后签", "最后签", "最先签", "夫妻", "夫妇", "父子",
    "父女", "母子", "母女", "兄弟", "姐妹", "一家", "一家的", "一家人", "一户", "代", "委托", "两份", "二份",
    "2份", "三份", "3份", "非全日制", "不要", "不", "no", "n", "否",
];
/// What somebody is really called: 实名王武.
pub const REAL_NAMES: &[&str] = &[
    "实名", "真名", "本名", "身份证名", "身份证姓名", "身份证名字", "证件姓名", "真实姓名", "户口名",
    "名字是", "姓名是", "名字为", "姓名为",
];
/// At the end of a remark on somebody who leaves: 12月底离职.
pub const OF_LEAVING_SOON: &str = "离职";
/// A number on which nobody is reached, or that is another one's: 电话错, 号码打不通.
pub const NUMBERS_THAT_FAIL: &[&str] =
    &["错", "打不通", "不通", "空号", "停机", "不对", "有误", "关机", "无人接", "换了", "失效", "过期"];
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
    "纸质版签", "签纸质", "补签过",
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
    "拒收", "拒签", "过期", "超时", "已读未", "已推送", "已邀请", "已发",
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
/// In a remark that is about another paper: 另签保密协议.
pub const ANOTHER_PAPER: &[&str] = &["另签", "加签", "同时签"];
/// How somebody is employed, of which each has a paper of its own: 签劳务.
pub const EMPLOYED_AS: &[&str] =
    &["劳务", "兼职", "实习", "外包", "派遣", "返聘", "顾问", "临时工", "小时工", "非全"];

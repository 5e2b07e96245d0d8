//! What people write behind a header to say how it is to be filled in:
//! `手机号（必填，11位）`. Anything else there may say whose it is:
//! `手机号（紧急联系人）` is not the signer's. Texts come in as `columns` has
//! them: half-width, lower case, without spaces.

/// Whole notes, or parts of one.
const NOTES: &[&str] = &[
    // how
    "必填",
    "必须",
    "必须填",
    "必填项",
    "选填",
    "选填项",
    "可选",
    "可空",
    "可不填",
    "可以不填",
    "可为空",
    "非必填",
    "不必填",
    "唯一",
    "不可重复",
    "不重复",
    "请勿修改",
    "勿修改",
    "勿改",
    "不可修改",
    "请勿改动",
    "下拉",
    "下拉选择",
    "单选",
    "多选",
    "请选择",
    "文本",
    "文本格式",
    "数字",
    "纯数字",
    "日期",
    "日期格式",
    "时间",
    "北京时间",
    "汉字",
    "中文",
    "全称",
    "全名",
    "完整",
    "元",
    "万元",
    "人民币",
    "天",
    "日",
    "个",
    "含当天",
    "见说明",
    "见填写说明",
    "同上",
    "是/否",
    "是或否",
    "是、否",
    "年月日",
    "年/月/日",
    "个人/企业",
    "企业/个人",
    "个人或企业",
    "营业执照全称",
    "与营业执照一致",
    "工商登记全称",
    "同营业执照",
    "以下同",
    "默认",
    "不填默认",
    "系统自动生成",
    "自动生成",
    // whose, where it is the signer's own
    "本人",
    "员工",
    "员工本人",
    "签署人",
    "签署方",
    "签约人",
    "本人手机号",
    "真实姓名",
    "实名",
    "已实名",
    "签署用",
    "签约用",
    "签合同用",
    "用于签署",
    "用于签约",
    "用于接收短信",
    "用于收短信",
    "接收短信",
    "收短信用",
    "能收短信",
    "能收验证码",
    "可收验证码",
    "接收验证码",
    "常用",
    "在用",
    "微信同号",
    "国内",
    "大陆",
    "中国大陆",
    "不加+86",
    "非座机",
    "不要座机",
    "同身份证",
    "与身份证一致",
    "与证件一致",
    "按身份证填",
    "按身份证填写",
    "身份证上的",
    "以身份证为准",
    "身份证",
    // in English
    "required",
    "optional",
    "mandatory",
    "unique",
    "donotedit",
    "donotchange",
    "text",
    "textformat",
    "number",
    "date",
    "fullname",
    "name",
    "mobile",
    "signer",
    "employee",
    "asonid",
    "asonidcard",
    "asregistered",
    "no+86",
    "mainland",
    "yes/no",
    "y/n",
    "dropdown",
    "yyyymmdd",
    "yyyy/mm/dd",
    "chinese",
    "legalname",
];

/// Beginnings of parts that say how.
const BEGINNINGS: &[&str] = &[
    "格式",
    "例如",
    "例",
    "如",
    "示例",
    "举例",
    "不超过",
    "最多",
    "最长",
    "至多",
    "单位:",
    "format",
    "e.g",
    "eg",
    "max",
    "yyyy",
    "upto",
];

/// Ends of parts that have a number: `11位`, `200字以内`.
const COUNTS: &[&str] = &[
    "位",
    "位数字",
    "位数",
    "位手机号",
    "字",
    "字符",
    "字以内",
    "个字",
    "个字以内",
    "个字符",
    "天",
    "元",
    "digits",
    "digit",
    "chars",
    "characters",
];

pub fn is_a_note(note: &str) -> bool {
    if NOTES.contains(&note) {
        return true;
    }
    let mut parts =
        note.split([',', '、', ';', '/', '|', '。', '；', '，']).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_part)
}

fn is_part(part: &str) -> bool {
    let number = part.chars().take_while(char::is_ascii_digit).count();
    NOTES.contains(&part)
        || BEGINNINGS.iter().any(|beginning| part.starts_with(beginning))
        || (number > 0 && COUNTS.contains(&&part[number..]))
        || part.chars().all(|c| c.is_ascii_digit() || !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_note_says_how() {
        for note in [
            "必填",
            "必填,11位",
            "选填,不超过200字",
            "yyyymmdd",
            "例如张三",
            "18位",
            "格式:2026/1/31",
            "与身份证一致,必填",
            "唯一",
            "是/否",
            "单位:元",
            "200字以内",
            "11digits",
            "*",
            "1",
        ] {
            assert!(is_a_note(note), "{note}");
        }
        for stranger in [
            "紧急联系人",
            "配偶,18位",
            "紧急联系人,非本人",
            "非本人",
            "单位",
            "银行预留,11位",
            "hr填写",
            "开户人,与银行卡一致",
            "旧,必填",
            "用于紧急联系",
            "context",
            "前工作单位全称",
            "",
        ] {
            assert!(!is_a_note(stranger), "{stranger}");
        }
    }
}

//! What a notice says: counts, and what to do. No names, no links, no words of the API.

use crate::domain::job::{JobId, Tally};
use crate::settings::Happening;

use crate::text::{Lang, say};

/// `file`: its name, where that may be told.
pub fn line(
    lang: Lang,
    happening: Happening,
    file: Option<&str>,
    job: Option<&JobId>,
    tally: Option<&Tally>,
    pages: usize,
) -> String {
    let about = match (file, job) {
        (Some(file), Some(job)) => say!(lang, "{file}（任务 {job}）", "{file} (job {job})"),
        (Some(file), None) => file.to_owned(),
        (None, Some(job)) => say!(lang, "任务 {job}", "job {job}"),
        (None, None) => say!(lang, "一个文件", "a file"),
    };
    let mut parts = vec![match happening {
        Happening::Finished => say!(lang, "flowbatch：{about} 已完成", "flowbatch: {about} is finished"),
        Happening::Rows => say!(
            lang,
            "flowbatch：{about} 有合同要更正，请看报告",
            "flowbatch: {about} has contracts to correct: see its report"
        ),
        Happening::Question => say!(
            lang,
            "flowbatch：{about} 等人处理（回答问题或批准），请看文件旁边的说明",
            "flowbatch: {about} waits for somebody to answer or approve: see what stands beside the file"
        ),
        Happening::Stopped => say!(
            lang,
            "flowbatch：{about} 停下了，原因在账号、网络或本机，请运行 flowbatch doctor",
            "flowbatch: {about} was stopped by the account, the network or the machine: run flowbatch doctor"
        ),
    }];
    parts.extend(tally.map(|tally| crate::text::console::status::tally(lang, tally)));
    if pages > 0 {
        parts.push(say!(lang, "{pages} 个页面待确认", "pages to confirm: {pages}"));
    }
    parts.join(lang.pick("；", "; "))
}

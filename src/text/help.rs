//! The command line's help and usage errors in Chinese. The English stands with
//! the flags themselves; a test sees to it that none is without the other.

use super::{Lang, say};

/// What a command does.
#[rustfmt::skip]
pub fn command(name: &str) -> Option<&'static str> {
    Some(match name {
        "flowbatch" => "从表格批量发起腾讯电子签合同：先检查，再发送，结果和确认链接写进报告",
        "run" => "检查、发送、写报告",
        "open" => "拖到程序上的文件：检查，问一次，再发送",
        "check" => "只检查不发送：有问题的行、请求和页面的个数、所需时间",
        "watch" => "看管文件夹：放进 DIR/inbox 的文件自动处理，连同报告到 DIR/done 或 DIR/failed",
        "status" => "有哪些任务，各到哪一步",
        "report" => "按记录重新生成某个任务的报告",
        "retry" => "把某个任务里失败的合同原样再发一次",
        "reconcile" => "直接发起合同而结果不明的，查清是否已经发起",
        "track" => "已发起的合同签到哪一步：谁签了，谁还没签",
        "links" => "为已发起的合同取每个签署人的签署链接",
        "remind" => "催办还没签的人，同一份合同每人只催一次",
        "undo" => "撤回已发起、还没有全部签完的合同",
        "download" => "下载全部签完的合同文件",
        "renew" => "确认链接丢失或过期时，换一个新的",
        "pages" => "还没有确认的页面",
        "confirm" => "记下某个页面已经确认",
        "purge" => "清除已完成、过了保留期的任务的个人数据",
        "template" => "生成一个可以直接填写的表格",
        "init" => "写一份带说明的设置文件：在终端里逐项询问，从不覆盖已有的",
        "man" => "生成手册页，每个命令一页",
        "doctor" => "检查这套安装是否正常：设置、密钥、网络、时钟、文件夹、记录",
        "sandbox" => "接口的替身（沙箱），只在本机",
        "completions" => "输出命令行补全脚本",
        "help" => "显示帮助",
        _ => return None,
    })
}

/// What a flag or an argument is for.
#[rustfmt::skip]
pub fn argument(name: &str) -> Option<&'static str> {
    Some(match name {
        "config" => "设置文件 [默认：当前文件夹的 config.toml，其次是用户的配置文件夹]",
        "lang" => "提示语言：zh 或 en [默认：按系统语言]",
        "log_format" => "标准错误里日志的格式：text 或 json [默认：text]",
        "verbose" => "多说一些（写两次说得更多）",
        "if_busy" => "另一个 flowbatch 正在处理同一个文件时：fail 以退出码 5 结束，skip 不声不响地略过 [默认：fail]",
        "files" => "XLSX、XLS、XLSB、ODS 或 CSV，也可以写 \"inbox/*.xlsx\" 这样的通配符；合同表和签署方表两个文件会配成一对",
        "dirs" => "要看管的文件夹，可写多个；每个里面可以放自己的 config.toml",
        "app_id" => "应用号（AppId）",
        "organization_open_id" => "发起企业的 OpenId",
        "operator_open_id" => "经办人的 OpenId",
        "jump_url" => "确认之后跳转的网址",
        "folder" => "手册页放在哪个文件夹",
        "watched" => "正在看管或打算看管的文件夹，一起检查",
        "out" => "报告放在哪个文件夹 [默认：放在输入文件旁边，或以前放的地方]",
        "sheet" => "只处理这个工作表；可写多次",
        "all_sheets" => "处理所有合适的工作表",
        "encoding" => "CSV 的文字编码，例如 big5 或 gb18030 [默认：按内容识别]",
        "hidden_rows" => "被隐藏、筛选掉或画了删除线的行怎么办：skip 跳过，send 发送 [默认：先问]",
        "hidden_columns" => "隐藏的列里有要发送的内容怎么办：skip 不发送，send 照常发送 [默认：先问]",
        "as_text" => "这一列照原样发送，包括 null、undefined 这样的内容；可写多次",
        "odd_rows" => "像说明、合计但有手机号、证件号码或编号的行怎么办：skip 跳过，send 发送 [默认：先问]",
        "missing_party" => "甲方、乙方只填了一方的行怎么办：skip 跳过，send 照样发送 [默认：先问]",
        "missing_fields" => "几个工作表里，有的没有别的工作表有的“填写:”列怎么办：send 照样发送 [默认：先问]",
        "signer_order" => "同一份合同里，签署方就按行的先后，不管别的合同怎么排：rows [默认：先后不一样时先问]",
        "submitted_twice" => "同一个人提交了不止一次、内容又不一样时，几行都发：send [默认：先问]",
        "comments" => "单元格的批注说到签署时怎么办：ignore 批注只给人看，照常发送 [默认：先问]",
        "key" => "这一列相同的行是同一份合同；row：每行各是一份",
        "header_row" => "表头在第几行 [默认：自动查找]",
        "default" => "表里没有填的字段用这个值，代替设置里的 [defaults]，例如 deadline=2026-12-20；可写多次",
        "only" => "只处理某一列是这个值的行，例如 \"在职状态=在职\"；可写多次",
        "online" => "向接口查询模板，逐份核对合同；不发送任何别的内容",
        "without_template_check" => "发起前不向接口查询模板：签署方和控件都由表格自己负责",
        "from_template" => "向接口查询这个模板，按它的签署方和控件生成表格",
        "templates" => "有哪些模板，写成 JSON；不写则任何模板ID 都算有，但没有签署方和控件的信息",
        "quiet" => "发送前不显示识别结果",
        "group_by" => "这一列的值不同的合同不放在同一个确认页面，并给每个值单独写一个网页报告",
        "per_page" => "每个确认页面几份合同",
        "map" => "把某一列当作另一个名字读，例如 \"员工姓名=approver.name\"",
        "remember" => "记住 --map、--key、--header-row、--sheet、--hidden-columns、--odd-rows skip、--missing-party skip、--missing-fields、--where、--as-text，以后表头相同的文件都这样",
        "forget" => "忘掉以前为这样的表头记住的回答，重新提问",
        "action" => "用哪个接口：PrepareFlows 生成确认页面；CreateFlowsByTemplates 直接发起合同 [默认：设置里的 action]",
        "preview" => "预览前 N 份合同（不写数目就是 3 份），不发起；链接 5 分钟内有效",
        "start_now" => "接口会直接发起合同时，不再询问",
        "sign_links" => "接口直接发起合同时，随后取每个签署人的签署链接 [默认：设置里的 start.sign_links]",
        "contract" => "只撤回这些合同（合同编号或 FlowId，可以写几个），可以写多次 [默认：任务的全部合同]",
        "reason" => "给签署人看的撤回理由：只能用中文、字母、数字和下划线，最多 200 字",
        "undo_now" => "不再询问，直接撤回",
        "documents" => "合同文件放在哪个文件夹；里面已有的文件不动",
        "unsigned" => "没有全部签完的合同也下载",
        "json" => "标准输出只写一份 JSON",
        "again" => "同样的合同再发一次：--again 全部再发；--again=ended 只再发已撤回、被拒签或过期的；--again=rest 只补发这个文件以前被排除（--where、--sheet 等）、至今没有发送的合同，发过的不再发",
        "allow_duplicates" => "用过的合同编号可以是另一份合同",
        "sandbox" => "发给本进程里的替身：不要账号，什么都不会离开本机",
        "first" => "只试发前 N 份合同；下次运行再发其余的",
        "keep_going" => "所有合同都同样被拒绝时：确认是合同自己的问题，逐份判为拒绝，继续发送",
        "skip_invalid" => "有问题的合同跳过，先发没有问题的",
        "job" => "任务编号，见 flowbatch status",
        "page" => "页面：任务/P07 或它的链接；只有一个任务有这个页面时可以只写 P07",
        "yes" => "不再询问（renew：原来的页面没有人确认过；purge：没确认的页面、结果不明的合同、未到保留期的数据也清除）",
        "of" => "只看这个文件或这个任务的",
        "open" => "在浏览器里逐个打开",
        "by" => "谁确认的",
        "undo" => "其实没有确认",
        "report" => "输入旁边有本机不认识的报告时：believe 把其中的合同认作已发，ignore 不算数 [默认：先问]",
        "older_than" => "完成得比这更早 [默认：设置里的 retention，30d]",
        "file" => "要写的文件",
        "template_id" => "合同模板的 ID，写进示例行",
        "fields" => "模板里填写控件的名字，例如 姓名,岗位",
        "wide" => "一行一份合同，N 个签署方并排 [默认：一行一个签署方]",
        "port" => "127.0.0.1 上的端口；0 表示随便一个空闲的",
        "ledger" => "把每个请求写进这个文件，一行一个 JSON",
        "rate" => "任意一秒内最多几个请求；0 不限",
        "latency" => "每次往返多加的时间",
        "jitter" => "请求到达的时间前后移动这么多",
        "fault" => "注入故障，例如 reset-after=0.05 或 code:MissingParameter=1；可写多次",
        "callbacks" => "回调接收端留下的文件：一行一个 JSON，加密的或解密过的都可以",
        "callback_key_file" => "写有应用回调密钥的文件 [默认：环境变量 FLOWBATCH_CALLBACK_KEY]",
        "not_sent" => "在控制台查过：这些合同（行号、编号或名称）没有发起，可以再发",
        "flow_id" => "在控制台找到了：合同=FlowId；可写多次",
        "said_by" => "是谁说的",
        "sure" => "照 --not-sent、--flow-id 记下，不再询问",
        "bill_delay" => "合同发起这么久以后账单里才有",
        "post_callbacks" => "把接口会发给回调地址的内容写进这个文件，一行一份；设了 FLOWBATCH_CALLBACK_KEY 就加密",
        "seed" => "随机数的种子",
        "signing" => "签署人会不会自己签：never 不签，fast 每份合同每秒签一人 [默认：never]",
        "shell" => "哪种 shell：bash、zsh、fish、powershell 或 elvish",
        "help" => "显示帮助",
        "version" => "显示版本",
        _ => return None,
    })
}

pub const EXAMPLES: &str = "例子：
  flowbatch run contracts.xlsx --sandbox     不要账号，看一遍全过程
  flowbatch check contracts.xlsx             只检查不发送
  flowbatch run contracts.xlsx --first 3     先试发三份
  flowbatch run contracts.xlsx               发送其余的
  flowbatch run \"inbox/*.xlsx\"              整个文件夹；自己的报告会略过

退出码：
  0 完成   2 用法或设置有误   3 表格有问题，什么都没有发送
  4 已完成，但有的行失败   5 中途停止，再运行一次可继续   1 其他错误
  几个文件：按 1、5、4、3、0 的顺序取第一个出现的；这次发送过内容时，3 变成 4。";

/// The same alone, below the help of `run`.
pub const EXIT_CODES: &str = "退出码：
  0 完成   2 用法或设置有误   3 表格有问题，什么都没有发送
  4 已完成，但有的行失败   5 中途停止，再运行一次可继续   1 其他错误
  几个文件：按 1、5、4、3、0 的顺序取第一个出现的；这次发送过内容时，3 变成 4。";

/// What a flag takes, where something else was given.
pub fn expected(lang: Lang, flag: &str) -> Option<String> {
    let words = |zh: &str, en: &str| say!(lang, "  应为：{zh}", "  Expected: {en}");
    Some(match flag {
        "first" => words(
            "1 或更大的整数，例如 --first 3 先试发三份；要发送全部，请不要写 --first",
            "a whole number from 1 on, such as --first 3 for a trial with three; to send all, leave --first away",
        ),
        "per-page" => {
            words("1 到 20 的整数，例如 --per-page 20", "a whole number from 1 to 20, such as --per-page 20")
        }
        "header-row" => words(
            "表头所在的行号，例如 --header-row 3",
            "the number of the header's row, such as --header-row 3",
        ),
        "wide" => words("1 到 50 的整数，例如 --wide 2", "a whole number from 1 to 50, such as --wide 2"),
        "again" => words(
            "--again（全部再发）、--again=ended（只再发已撤回、被拒签或过期的）或 --again=rest（只补发以前被排除、至今没有发送的）",
            "--again (all once more), --again=ended (only what was taken back, refused or ran out of time) or --again=rest (only what was left out)",
        ),
        "map" => words(
            "列名=字段，例如 --map \"员工姓名=approver.name\"",
            "HEADER=FIELD, such as --map \"Employee=approver.name\"",
        ),
        "default" => words(
            "字段=值，例如 --default deadline=2026-12-20",
            "FIELD=VALUE, such as --default deadline=2026-12-20",
        ),
        "where" => words(
            "列名=值，例如 --where \"在职状态=在职\"",
            "COLUMN=VALUE, such as --where \"status=active\"",
        ),
        "encoding" => words(
            "编码的名字，例如 --encoding gb18030",
            "the name of an encoding, such as --encoding gb18030",
        ),
        "flow-id" => words(
            "合同=FlowId，例如 --flow-id HT-007=yDwivUUckpor2wtoUyjr8EdCeqfTPIDq",
            "CONTRACT=ID, such as --flow-id HT-007=yDwivUUckpor2wtoUyjr8EdCeqfTPIDq",
        ),
        "older-than" => words("一段时间，例如 --older-than 30d", "a time, such as --older-than 30d"),
        _ => return None,
    })
}

/// What is wrong with a command line. `kind` as clap names it, `word` what it is about.
pub fn usage(kind: &str, word: &str, value: &str) -> Option<String> {
    Some(match kind {
        "unknown_argument" => format!("不认识的参数 {word}"),
        "invalid_subcommand" => format!("没有 {word} 这个命令"),
        "missing_subcommand" => "还缺一个命令，例如 run 或 check".to_owned(),
        "missing_argument" => format!("缺少 {word}"),
        "missing_value" => format!("{word} 后面缺少一个值"),
        "invalid_value" => format!("{word} 的值“{value}”不对"),
        "conflict" => format!("{word} 不能和别的参数一起用，或写了两次"),
        _ => return None,
    })
}

pub const SEE_HELP: &str = "用法见 flowbatch --help，或 flowbatch 命令 --help";

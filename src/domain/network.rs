//! What stood between us and the API, as facts. `text` has the words for them.

/// One thing that went wrong on the way.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    NameNotFound,
    Refused,
    /// No way leads there.
    NoRoute,
    ConnectTimeout,
    AnswerTimeout,
    /// Something else kept the connection from being made.
    Connect,
    /// The connection broke after it was made.
    Broken,
    /// The other side does not speak TLS.
    NotTls,
    /// It does, but no connection came of it.
    Tls,
    Expired(Option<Clock>),
    NotYetValid(Option<Clock>),
    /// The names that the certificate is good for.
    WrongName(Vec<String>),
    UnknownIssuer,
    /// Another fault of the certificate.
    Certificate,
    TooManyFiles,
    ProxyNotFound,
    ProxyUnreachable,
    /// The proxy wants a user and a password, or others.
    ProxyPassword,
    /// The proxy does not let us through.
    ProxyForbids,
    /// The proxy cannot get there, with the status that it gives.
    ProxyFailed(Option<u16>),
    /// What listens there does not answer as a proxy of that kind.
    NoProxyThere,
    /// A web page with status 200, by its title.
    Page(Option<String>),
    /// A status that is not the API's own answer.
    Status {
        status: u16,
        /// Of the page that came with it.
        title: Option<String>,
        /// Where a redirect leads, as scheme and host.
        to: Option<String>,
    },
}

/// A limit of a certificate and this machine's clock, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub limit: u64,
    pub now: u64,
}

/// A fault, and where it was met.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    pub fault: Fault,
    /// Whom we wanted to reach.
    pub host: String,
    /// The proxy in use, without user and password.
    pub proxy: Option<String>,
    /// What the libraries say, for the log. It holds no secrets.
    pub cause: String,
}

impl Fault {
    /// Our own code for it, as the journal and the reports have it.
    pub fn code(&self) -> String {
        let code = match self {
            Self::NameNotFound => "network.connect.name",
            Self::Refused => "network.connect.refused",
            Self::NoRoute => "network.connect.route",
            Self::ConnectTimeout => "network.connect.timeout",
            Self::AnswerTimeout => "network.timeout",
            Self::Connect => "network.connect",
            Self::Broken => "network.broken",
            Self::NotTls => "network.tls.none",
            Self::Tls => "network.tls",
            Self::Expired(_) => "network.certificate.expired",
            Self::NotYetValid(_) => "network.certificate.early",
            Self::WrongName(_) => "network.certificate.name",
            Self::UnknownIssuer => "network.certificate.issuer",
            Self::Certificate => "network.certificate",
            Self::TooManyFiles => "network.files",
            Self::ProxyNotFound => "network.proxy.name",
            Self::ProxyUnreachable => "network.proxy.unreachable",
            Self::ProxyPassword => "network.proxy.password",
            Self::ProxyForbids => "network.proxy.forbidden",
            Self::ProxyFailed(_) => "network.proxy.failed",
            Self::NoProxyThere => "network.proxy.none",
            Self::Page(_) => "answer.page",
            Self::Status { status, .. } => return format!("http.{status}"),
        };
        code.to_owned()
    }

    /// Whether another try in the same minute would meet it again.
    pub fn lasts(&self) -> bool {
        match self {
            Self::NotTls
            | Self::Expired(_)
            | Self::NotYetValid(_)
            | Self::WrongName(_)
            | Self::UnknownIssuer
            | Self::Certificate
            | Self::ProxyPassword
            | Self::ProxyForbids
            | Self::NoProxyThere
            | Self::Page(_) => true,
            Self::NameNotFound
            | Self::Refused
            | Self::NoRoute
            | Self::ConnectTimeout
            | Self::AnswerTimeout
            | Self::Connect
            | Self::Broken
            | Self::Tls
            | Self::TooManyFiles
            | Self::ProxyNotFound
            | Self::ProxyUnreachable
            | Self::ProxyFailed(_)
            // Its status has a verdict of its own.
            | Self::Status { .. } => false,
        }
    }
}

/// A text of a stranger as it may be shown: no control characters, no marks of
/// direction, one space between words, and not without end.
pub fn shown(text: &str, most: usize) -> String {
    let plain = |letter: char| match letter {
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => ' ',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    let text: String = text.chars().map(plain).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(most).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_says_is_shown_plainly() {
        assert_eq!(shown(" a\u{1b}[31m\r\n b\u{202E}c ", 80), "a [31m b c");
        assert_eq!(shown("登录认证", 2), "登录");
        assert_eq!(shown("\u{200B}", 80), "");
    }
}

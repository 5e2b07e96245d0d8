//! What an error of the HTTP client is about: its causes, down to the operating
//! system's and the TLS library's own, say it. Pure.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use crate::domain::network::{Clock, Fault, shown};

/// What is known of a send besides its error.
#[derive(Clone, Copy)]
pub struct Circumstances {
    /// The body had left.
    pub left: bool,
    /// There was no connection yet.
    pub connecting: bool,
    pub timed_out: bool,
}

type Cause<'e> = &'e (dyn Error + 'static);

/// An error and its causes. An `io::Error` hides the one that it wraps.
fn causes(error: Cause<'_>) -> Vec<Cause<'_>> {
    let mut causes = vec![error];
    let mut last = error;
    while let Some(next) = cause_of(last) {
        causes.push(next);
        last = next;
    }
    causes
}

fn cause_of(error: Cause<'_>) -> Option<Cause<'_>> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// The causes in one line, without the first, which names the URL only.
pub fn told(error: Cause<'_>) -> String {
    let line = |cause: &Cause<'_>| match cause.to_string() {
        // Its own cause shows in its `Debug` only.
        words if words.starts_with(SOCKS) => format!("{words} {cause:?}"),
        words => words,
    };
    let mut lines: Vec<String> = causes(error).iter().skip(1).map(line).collect();
    lines.dedup();
    shown(&lines.join(": "), MOST_CAUSE)
}

const MOST_CAUSE: usize = 600;
const SOCKS: &str = "SOCKS error: ";

/// Names of a certificate that are told.
const MOST_NAMES: usize = 3;
const MOST_NAME: usize = 80;

pub fn classify(error: Cause<'_>, circumstances: Circumstances) -> Fault {
    let causes = causes(error);
    if causes.iter().any(|cause| is_of_too_many_files(*cause)) {
        return Fault::TooManyFiles;
    }
    let words: Vec<String> = causes.iter().map(|cause| cause.to_string()).collect();
    if let Some(fault) = of_a_proxy(&causes, &words) {
        return fault;
    }
    if let Some(error) = causes.iter().find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return of_tls(error);
    }
    let Circumstances { left, connecting, timed_out } = circumstances;
    let by_name = |words: &String| words == "dns error" || words == "error resolving for socks proxy";
    // The innermost is the operating system's own.
    let of_system = causes.iter().rev().find_map(|cause| cause.downcast_ref::<io::Error>());
    match of_system.map(io::Error::kind) {
        _ if left && timed_out => Fault::AnswerTimeout,
        _ if timed_out => Fault::ConnectTimeout,
        _ if !connecting => Fault::Broken,
        _ if words.iter().any(by_name) => Fault::NameNotFound,
        Some(io::ErrorKind::ConnectionRefused) => Fault::Refused,
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => Fault::NoRoute,
        // Cut off in the middle of the handshake.
        Some(
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe,
        ) => Fault::Tls,
        // What the client calls a machine without any network.
        Some(io::ErrorKind::NotConnected) => Fault::NoRoute,
        _ => Fault::Connect,
    }
}

/// EMFILE and ENFILE, and what Windows calls it.
fn is_of_too_many_files(cause: Cause<'_>) -> bool {
    let numbers: &[i32] = if cfg!(windows) { &[4, 10024] } else { &[23, 24] };
    cause
        .downcast_ref::<io::Error>()
        .and_then(io::Error::raw_os_error)
        .is_some_and(|number| numbers.contains(&number))
}

/// The types of these errors are private, so what they say decides; the tests
/// would notice another wording.
fn of_a_proxy(causes: &[Cause<'_>], words: &[String]) -> Option<Fault> {
    let unreachable = |place: usize| {
        // The cause of a SOCKS error shows in its `Debug` only.
        let unknown = words.iter().skip(place).any(|words| words == "dns error")
            || causes.get(place).is_some_and(|cause| format!("{cause:?}").contains("\"dns error\""));
        if unknown { Fault::ProxyNotFound } else { Fault::ProxyUnreachable }
    };
    words.iter().enumerate().find_map(|(place, words)| {
        if let Some(said) = words.strip_prefix("tunnel error: ") {
            return Some(match said {
                "proxy authorization required" => Fault::ProxyPassword,
                "failed to create underlying connection" => unreachable(place),
                "unsuccessful" => Fault::ProxyFailed(None),
                _ => Fault::NoProxyThere,
            });
        }
        let said = words.strip_prefix(SOCKS)?;
        Some(match said {
            "failed to create underlying connection" => unreachable(place),
            "credentials not accepted"
            | "server does not support user/pass authentication"
            | "server implements authentication incorrectly" => Fault::ProxyPassword,
            "connection not allowed" => Fault::ProxyForbids,
            "io error during SOCKS handshake" | "failed parsing server response" => Fault::NoProxyThere,
            _ => Fault::ProxyFailed(None),
        })
    })
}

fn of_tls(error: &rustls::Error) -> Fault {
    match error {
        rustls::Error::InvalidCertificate(fault) => of_a_certificate(fault),
        rustls::Error::InvalidMessage(_) => Fault::NotTls,
        _ => Fault::Tls,
    }
}

fn of_a_certificate(fault: &CertificateError) -> Fault {
    match fault {
        CertificateError::Expired => Fault::Expired(None),
        CertificateError::ExpiredContext { time, not_after } => {
            Fault::Expired(Some(Clock { limit: not_after.as_secs(), now: time.as_secs() }))
        }
        CertificateError::NotValidYet => Fault::NotYetValid(None),
        CertificateError::NotValidYetContext { time, not_before } => {
            Fault::NotYetValid(Some(Clock { limit: not_before.as_secs(), now: time.as_secs() }))
        }
        CertificateError::NotValidForName => Fault::WrongName(Vec::new()),
        CertificateError::NotValidForNameContext { presented, .. } => {
            Fault::WrongName(presented.iter().filter_map(|name| plain_name(name)).take(MOST_NAMES).collect())
        }
        CertificateError::UnknownIssuer => Fault::UnknownIssuer,
        _ => Fault::Certificate,
    }
}

/// `a.example` of `DnsName("a.example")`.
fn plain_name(presented: &str) -> Option<String> {
    let name = presented.strip_prefix("DnsName(\"")?.strip_suffix("\")")?;
    Some(shown(name, MOST_NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONNECTING: Circumstances = Circumstances { left: false, connecting: true, timed_out: false };

    #[derive(Debug)]
    struct Link(&'static str, Option<Box<dyn Error + 'static>>);

    impl std::fmt::Display for Link {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Link {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref()
        }
    }

    fn under(words: &'static str, cause: impl Error + 'static) -> Link {
        Link(words, Some(Box::new(cause)))
    }

    fn fault(error: impl Error + 'static) -> Fault {
        classify(&under("client error", error), CONNECTING)
    }

    #[test]
    fn the_operating_systems_errors_are_told_apart() {
        for (kind, expected) in [
            (io::ErrorKind::ConnectionRefused, Fault::Refused),
            (io::ErrorKind::HostUnreachable, Fault::NoRoute),
            (io::ErrorKind::NetworkUnreachable, Fault::NoRoute),
            (io::ErrorKind::PermissionDenied, Fault::Connect),
        ] {
            assert_eq!(fault(under("tcp connect error", io::Error::from(kind))), expected);
        }
        let cut_off = io::Error::other(io::Error::from(io::ErrorKind::UnexpectedEof));
        assert_eq!(fault(cut_off), Fault::Tls);
        assert_eq!(fault(under("dns error", io::Error::other("no such name"))), Fault::NameNotFound);
    }

    #[cfg(unix)]
    #[test]
    fn too_many_open_files_are_told_wherever_they_are_met() {
        for words in ["tcp open error", "dns error", "tunnel error: failed to create underlying connection"] {
            assert_eq!(fault(under(words, io::Error::from_raw_os_error(24))), Fault::TooManyFiles);
        }
    }

    #[test]
    fn the_time_out_depends_on_whether_the_body_left() {
        let error = Link("operation timed out", None);
        let timed_out = Circumstances { timed_out: true, ..CONNECTING };
        assert_eq!(classify(&error, timed_out), Fault::ConnectTimeout);
        let left = Circumstances { left: true, ..timed_out };
        assert_eq!(classify(&error, left), Fault::AnswerTimeout);
        let broken = Circumstances { left: true, connecting: false, timed_out: false };
        assert_eq!(classify(&Link("connection reset", None), broken), Fault::Broken);
    }

    #[test]
    fn certificates_are_told_apart() {
        let time =
            |seconds| rustls::pki_types::UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
        for (error, expected) in [
            (CertificateError::Expired, Fault::Expired(None)),
            (
                CertificateError::ExpiredContext { time: time(20), not_after: time(5) },
                Fault::Expired(Some(Clock { limit: 5, now: 20 })),
            ),
            (
                CertificateError::NotValidYetContext { time: time(20), not_before: time(50) },
                Fault::NotYetValid(Some(Clock { limit: 50, now: 20 })),
            ),
            (
                CertificateError::NotValidForNameContext {
                    expected: rustls::pki_types::ServerName::try_from("a.example").unwrap(),
                    presented: vec!["DnsName(\"b.example\")".to_owned(), "IpAddress([1])".to_owned()],
                },
                Fault::WrongName(vec!["b.example".to_owned()]),
            ),
            (CertificateError::UnknownIssuer, Fault::UnknownIssuer),
            (CertificateError::Revoked, Fault::Certificate),
        ] {
            let wrapped =
                io::Error::new(io::ErrorKind::InvalidData, rustls::Error::InvalidCertificate(error));
            assert_eq!(fault(wrapped), expected);
        }
    }

    #[test]
    fn the_causes_are_told_in_one_line_and_once() {
        let error = under("for url", under("tcp connect error", io::Error::other("no\r\nway")));
        assert_eq!(told(&error), "tcp connect error: no way");
    }
}

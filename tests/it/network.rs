//! What may stand between us and the API: each fault with its sentence in both
//! languages, its exit code, the proxy in use, and no password anywhere.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::sheets::contracts;
use crate::support::Session;
use crate::wire::closed_port;

/// Stands in every proxy's URL, and must stand nowhere else.
const PASSWORD: &str = "hunter2secret";

/// An issuer that the tests' sessions trust, and one that they do not.
struct Issuers {
    known_pem: String,
    known: Issuer<'static, KeyPair>,
    unknown: Issuer<'static, KeyPair>,
}

static ISSUERS: LazyLock<Issuers> = LazyLock::new(|| {
    let (known_pem, known) = issuer("known to the tests");
    let (_, unknown) = issuer("unknown");
    Issuers { known_pem, known, unknown }
});

fn issuer(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    (pem, Issuer::new(params, key))
}

/// A certificate for `name`, good in these years.
struct Leaf {
    name: &'static str,
    years: (i32, i32),
    trusted: bool,
}

const GOOD: Leaf = Leaf { name: "127.0.0.1", years: (2020, 2090), trusted: true };

fn config(leaf: &Leaf) -> Arc<ServerConfig> {
    let mut params = CertificateParams::new(vec![leaf.name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(leaf.years.0, 1, 1);
    params.not_after = date_time_ymd(leaf.years.1, 1, 1);
    let key = KeyPair::generate().unwrap();
    let issuer = if leaf.trusted { &ISSUERS.known } else { &ISSUERS.unknown };
    let certificate = params.signed_by(&key, issuer).unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    Arc::new(config)
}

/// Serves each connection in a thread of its own, for as long as the tests run.
fn serve(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, serve) = (stream.unwrap(), Arc::clone(&serve));
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            std::thread::spawn(move || serve(stream));
        }
    });
    address
}

/// The head of a message; None where the other side has gone.
fn read_head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(String::from_utf8(head).unwrap())
}

/// A TLS server that says what it is told to each request, by its number from 1 and
/// its head.
fn tls(leaf: &Leaf, say: impl Fn(usize, &str) -> String + Send + Sync + 'static) -> SocketAddr {
    let config = config(leaf);
    let numbers = AtomicUsize::new(1);
    serve(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        while let Some(head) = read_head(&mut stream) {
            let length = head.to_lowercase();
            let length = length.split("content-length: ").nth(1).unwrap().lines().next().unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            if stream.read_exact(&mut body).is_err() {
                return;
            }
            let answer = say(numbers.fetch_add(1, Ordering::Relaxed), &head);
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    })
}

fn answer(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} -\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

fn accepting(number: usize, _: &str) -> String {
    let body = format!(
        r#"{{"Response":{{"ConfirmUrl":"https://captured.invalid/{number}","RequestId":"r{number}"}}}}"#
    );
    answer(200, "Content-Type: application/json\r\n", &body)
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
const LOGIN: &str = "<html><head><title>\n Guest\u{202E} \u{7}login </title></head><body>hello</body></html>";

/// A TLS server that says the same to everyone.
fn always(status: u16, headers: &'static str, body: &'static str) -> SocketAddr {
    tls(&GOOD, move |_, _| answer(status, headers, body))
}

/// What listens on a proxy's port and says that to whatever is asked.
fn proxy(says: &'static str) -> SocketAddr {
    serve(move |mut stream| {
        if read_head(&mut stream).is_some() {
            let _ = stream.write_all(says.as_bytes());
        }
    })
}

/// A SOCKS 5 proxy; whatever it is asked for, it leads there. Keeps what it was asked.
fn socks(to: SocketAddr, password: Option<&'static str>) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    let address = serve(move |stream| {
        let _ = serve_socks(stream, to, password, &kept);
    });
    (address, asked)
}

fn serve_socks(
    mut stream: TcpStream,
    to: SocketAddr,
    password: Option<&str>,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let bytes = |stream: &mut TcpStream, count: usize| {
        let mut bytes = vec![0; count];
        stream.read_exact(&mut bytes).map(|()| bytes)
    };
    let count = bytes(&mut stream, 2)?[1];
    bytes(&mut stream, count.into())?;
    if let Some(password) = password {
        stream.write_all(&[5, 2])?;
        let length = bytes(&mut stream, 2)?[1];
        bytes(&mut stream, length.into())?;
        let length = bytes(&mut stream, 1)?[0];
        let right = bytes(&mut stream, length.into())? == password.as_bytes();
        stream.write_all(&[1, u8::from(!right)])?;
    } else {
        stream.write_all(&[5, 0])?;
    }
    let kind = bytes(&mut stream, 4)?[3];
    let host = match kind {
        1 => format!("{:?}", bytes(&mut stream, 4)?),
        _ => {
            let length = bytes(&mut stream, 1)?[0];
            String::from_utf8(bytes(&mut stream, length.into())?).unwrap()
        }
    };
    bytes(&mut stream, 2)?;
    asked.lock().unwrap().push(host);
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    join(stream, to)
}

/// Hands on what either side says.
fn join(mut stream: TcpStream, to: SocketAddr) -> std::io::Result<()> {
    let target = TcpStream::connect(to)?;
    let (mut from, mut back) = (stream.try_clone()?, target.try_clone()?);
    std::thread::spawn(move || std::io::copy(&mut back, &mut stream));
    std::io::copy(&mut from, &mut &target)?;
    Ok(())
}

/// An HTTP proxy that lets in whoever has that user and password.
fn http_proxy(to: SocketAddr, user_and_password: &str) -> SocketAddr {
    let wanted = format!("basic {}", STANDARD.encode(user_and_password)).to_lowercase();
    serve(move |mut stream| {
        let Some(head) = read_head(&mut stream) else { return };
        let allowed =
            head.starts_with("CONNECT esign.example:8443 ") && head.to_lowercase().contains(&wanted);
        let says = if allowed { "HTTP/1.1 200 OK\r\n\r\n" } else { "HTTP/1.1 407 -\r\n\r\n" };
        if stream.write_all(says.as_bytes()).is_ok() && allowed {
            let _ = join(stream, to);
        }
    })
}

/// Someone who trusts the known issuer and has no patience.
fn session(endpoint: &str) -> Session {
    Session::new()
        .env("FLOWBATCH_ENDPOINT", endpoint)
        .env("FLOWBATCH_RETRY__FIRST_CONTACT", "300ms")
        .env("FLOWBATCH_RETRY__GIVE_UP", "600ms")
        .file("contracts.csv", contracts(45).csv())
        .file("ca.pem", &ISSUERS.known_pem)
        .trusting("ca.pem")
}

impl Session {
    fn trusting(self, name: &str) -> Self {
        let path = self.path(name).to_str().unwrap().to_owned();
        self.env("SSL_CERT_FILE", &path)
    }

    fn proxied(self, scheme: &str, proxy: SocketAddr) -> Self {
        self.env("HTTPS_PROXY", &format!("{scheme}://user:{PASSWORD}@{proxy}"))
    }
}

/// One row of the table: what is said, and with which code the run ends.
struct Told<'a> {
    fault: &'a str,
    exit: i32,
    en: &'a [&'a str],
    zh: &'a [&'a str],
}

fn told(session: &Session, told: &Told<'_>) {
    for (lang, words) in [("en", told.en), ("zh", told.zh)] {
        let mut ran = session.run(["run", "contracts.csv", "--lang", lang, "-v"]).exit(told.exit);
        for words in words.iter().chain(&[told.fault]) {
            ran = ran.says(words);
        }
        ran.never_says(PASSWORD);
    }
    if told.exit == 5 {
        assert!(session.report("contracts").iter().all(|line| line.status() == "pending"));
    }
}

fn https(address: SocketAddr) -> String {
    format!("https://{address}")
}

#[test]
fn the_way_to_the_server() {
    let refused = format!("https://127.0.0.1:{}", closed_port());
    told(
        &session(&refused),
        &Told {
            fault: "network.connect.refused",
            exit: 5,
            en: &["the server refuses the connection", "firewall", "no proxy", "Connection refused"],
            zh: &["服务器拒绝连接", "没有用代理", "再运行即可继续"],
        },
    );
    told(
        &session("https://host.invalid").env("FLOWBATCH_HTTP__CONNECT_TIMEOUT", "20s"),
        &Told {
            fault: "network.connect.name",
            exit: 5,
            en: &["the server's name is not found", "host host.invalid", "HTTPS_PROXY", "dns error"],
            zh: &["找不到服务器的域名", "主机 host.invalid"],
        },
    );
    let silent = serve(|stream| {
        std::thread::sleep(Duration::from_secs(20));
        drop(stream);
    });
    told(
        &session(&https(silent)).env("FLOWBATCH_HTTP__CONNECT_TIMEOUT", "200ms"),
        &Told {
            fault: "network.connect.timeout",
            exit: 5,
            en: &["no connection to the server came in time", "firewall"],
            zh: &["在时限内没有连上服务器", "防火墙"],
        },
    );
    let slow = tls(&GOOD, |_, _| {
        std::thread::sleep(Duration::from_secs(5));
        String::new()
    });
    told(
        &session(&https(slow)).env("FLOWBATCH_HTTP__TIMEOUT", "300ms"),
        &Told {
            fault: "network.timeout",
            exit: 5,
            en: &["no answer came in time", "Check the network"],
            zh: &["服务器没有在时限内回答", "请检查网络"],
        },
    );
}

/// What a machine with few files to spare says of many connections that nobody answers.
#[cfg(unix)]
#[test]
fn too_many_open_files() {
    let silent = serve(|stream| {
        std::thread::sleep(Duration::from_secs(20));
        drop(stream);
    });
    let session = session(&format!("http://{silent}")).file("contracts.csv", contracts(200).csv());
    for (lang, words) in [("en", "too many files and connections are open"), ("zh", "打开的文件和连接太多")]
    {
        let limited = ["sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"];
        let run =
            session.start_in(limited, ["run", "contracts.csv", "--per-page", "1", "-v", "--lang", lang]);
        run.wait().exit(5).says(words).says("network.files").says("os error 24");
    }
}

#[test]
fn certificates() {
    let dropped = serve(drop);
    let of = |leaf: Leaf| https(tls(&leaf, accepting));
    for (endpoint, row) in [
        (
            https(serve(|mut stream| drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")))),
            Told {
                fault: "network.tls.none",
                exit: 5,
                en: &["the other side does not speak TLS", "Check the endpoint's port"],
                zh: &["不是 TLS", "请核对 endpoint 的端口"],
            },
        ),
        (
            https(dropped),
            Told {
                fault: "network.tls",
                exit: 5,
                en: &["no encrypted connection", "run again to go on"],
                zh: &["加密连接没有建立起来", "再运行即可继续"],
            },
        ),
        (
            of(Leaf { years: (2020, 2021), ..GOOD }),
            Told {
                fault: "network.certificate.expired",
                exit: 5,
                en: &[
                    "certificate has expired", "valid until 2021-01-01", "this machine's clock says 20",
                    " days later", "Check this machine's clock",
                ],
                zh: &[
                    "服务器的证书已过期", "有效期到 2021-01-01", "本机时间是 20", " 天", "请先核对本机时间",
                ],
            },
        ),
        (
            of(Leaf { years: (2089, 2090), ..GOOD }),
            Told {
                fault: "network.certificate.early",
                exit: 5,
                en: &["not valid yet", "valid from 2089-01-01", " days earlier", "clock is behind"],
                zh: &["还没有生效", "2089-01-01 00:00 UTC 才生效", "早了", "请校准本机时间"],
            },
        ),
        (
            of(Leaf { name: "other.example", ..GOOD }),
            Told {
                fault: "network.certificate.name",
                exit: 5,
                en: &["the server's certificate is for another host", "other.example"],
                zh: &["服务器的证书是另一个主机的", "证书属于 other.example"],
            },
        ),
        (
            of(Leaf { trusted: false, ..GOOD }),
            Told {
                fault: "network.certificate.issuer",
                exit: 5,
                en: &["an issuer that is not trusted", "root certificate", "UnknownIssuer"],
                zh: &["签发者不被信任", "根证书"],
            },
        ),
    ] {
        told(&session(&endpoint), &row);
    }
    let good = session(&of(GOOD));
    told(
        &session(&of(GOOD)).file("none.pem", "").trusting("none.pem"),
        &Told {
            fault: "CA",
            exit: 2,
            en: &["no CA certificates", "ca-certificates", "SSL_CERT_FILE", "cause="],
            zh: &["没有可信的根证书", "SSL_CERT_FILE"],
        },
    );
    good.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
}

#[test]
fn proxies() {
    const ENDPOINT: &str = "https://esign.example";
    let shown = |address: SocketAddr| format!("proxy http://{address} (HTTPS_PROXY)");
    for (says, row) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            Told {
                fault: "network.proxy.password",
                exit: 5,
                en: &["the proxy wants a user and a password (407)", "http://user:password@host:port"],
                zh: &["代理要求用户名和密码（407）", "http://用户名:密码@主机:端口"],
            },
        ),
        (
            "HTTP/1.1 403 Forbidden\r\n\r\n",
            Told {
                fault: "network.proxy.forbidden",
                exit: 5,
                en: &["the proxy does not allow this host (403)", "host esign.example"],
                zh: &["代理不允许访问这个主机（403）", "主机 esign.example", "放行"],
            },
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n",
            Told {
                fault: "network.proxy.failed",
                exit: 5,
                en: &["the proxy cannot reach the server", "the proxy says 502"],
                zh: &["代理连不上服务器", "代理返回 502"],
            },
        ),
        (
            "SSH-2.0-OpenSSH\r\n",
            Told {
                fault: "network.proxy.none",
                exit: 5,
                en: &["does not answer as a proxy of that kind", "socks5://"],
                zh: &["没有像这种代理那样应答"],
            },
        ),
    ] {
        let address = proxy(says);
        let session = session(ENDPOINT).proxied("http", address);
        told(&session, &row);
        session.run(["run", "contracts.csv"]).exit(5).says(&shown(address));
    }
    let closed = SocketAddr::from(([127, 0, 0, 1], closed_port()));
    for scheme in ["http", "socks5h"] {
        told(
            &session(ENDPOINT).proxied(scheme, closed),
            &Told {
                fault: "network.proxy.unreachable",
                exit: 5,
                en: &["the proxy cannot be reached", &format!("proxy {scheme}://{closed} (HTTPS_PROXY)")],
                zh: &["连不上代理", &format!("代理 {scheme}://{closed} (HTTPS_PROXY)")],
            },
        );
        told(
            &session(ENDPOINT)
                .env("FLOWBATCH_HTTP__CONNECT_TIMEOUT", "20s")
                .env("ALL_PROXY", &format!("{scheme}://user:{PASSWORD}@proxy.invalid:3128")),
            &Told {
                fault: "network.proxy.name",
                exit: 5,
                en: &[
                    "the proxy's name is not found",
                    &format!("proxy {scheme}://proxy.invalid:3128 (ALL_PROXY)"),
                ],
                zh: &["找不到代理的域名"],
            },
        );
    }
    for (name, value, shown) in [
        ("HTTPS_PROXY", format!("socks://user:{PASSWORD}@127.0.0.1:1080"), "socks://***@127.0.0.1:1080"),
        ("all_proxy", format!("http://user:{PASSWORD}@127.0.0.1:port"), "http://***@127.0.0.1:port"),
        ("https_proxy", "proxy.pac file".to_owned(), "proxy.pac file"),
    ] {
        told(
            &session(ENDPOINT).env(name, &value),
            &Told {
                fault: shown,
                exit: 2,
                en: &[&format!("the proxy in {name} cannot be read"), "socks5h://host:port"],
                zh: &[&format!("环境变量 {name} 里的代理看不懂"), "socks5h://主机:端口"],
            },
        );
    }
}

#[test]
fn http_proxies_work() {
    let server = tls(&Leaf { name: "esign.example", ..GOOD }, accepting);
    let proxy = http_proxy(server, "user:pa@ss:word");
    let session = session("https://esign.example:8443");
    let session = session.env("https_proxy", &format!("http://user:pa%40ss%3Aword@{proxy}"));
    session
        .run(["run", "contracts.csv", "-vv"])
        .exit(0)
        .says("45 accepted")
        .never_says("pa@ss")
        .never_says("pa%40ss");
}

/// Only its absence means that there is none.
#[cfg(unix)]
#[test]
fn a_proxy_variable_that_is_no_text_is_an_error() {
    use std::os::unix::ffi::OsStrExt as _;
    let session = session("https://esign.example");
    let mut run = session.command(["run", "contracts.csv"]);
    run.env("HTTPS_PROXY", std::ffi::OsStr::from_bytes(b"http://proxy\xff.example:3128"));
    assert_eq!(run.status().unwrap().code(), Some(2));
}

#[test]
fn socks_proxies_work() {
    let by_name = tls(&Leaf { name: "esign.example", ..GOOD }, accepting);
    let (address, asked) = socks(by_name, Some(PASSWORD));
    session("https://esign.example:8443")
        .proxied("socks5h", address)
        .run(["run", "contracts.csv", "-vv"])
        .exit(0)
        .says("45 accepted")
        .never_says(PASSWORD);
    assert!(asked.lock().unwrap().iter().all(|host| host == "esign.example"));

    let by_address = tls(&Leaf { name: "192.0.2.7", ..GOOD }, accepting);
    let (address, asked) = socks(by_address, None);
    session("https://192.0.2.7")
        .env("ALL_PROXY", &format!("socks5://{address}"))
        .run(["run", "contracts.csv"])
        .exit(0)
        .says("45 accepted");
    assert!(asked.lock().unwrap().iter().all(|host| host == "[192, 0, 2, 7]"));

    let (address, _) = socks(by_name, Some("another"));
    told(
        &session("https://esign.example:8443").proxied("socks5h", address),
        &Told {
            fault: "network.proxy.password",
            exit: 5,
            en: &["the proxy wants a user and a password"],
            zh: &["代理要求用户名和密码"],
        },
    );
}

#[test]
fn what_is_not_the_apis_answer() {
    for (endpoint, row) in [
        (
            always(200, HTML, LOGIN),
            Told {
                fault: "answer.page",
                exit: 5,
                en: &["a web page came instead of the API's answer", "page “Guest login”", "host 127.0.0.1:"],
                zh: &[
                    "收到的是一个网页，不是接口的回答",
                    "网页标题“Guest login”",
                    "主机 127.0.0.1:",
                    "请用浏览器",
                ],
            },
        ),
        (
            always(200, "Content-Type: application/json\r\n", "\n<!doctype html><p>no title</p>"),
            Told {
                fault: "answer.page",
                exit: 5,
                en: &["a web page came instead"],
                zh: &["收到的是一个网页"],
            },
        ),
        (
            always(301, "Location: https://www.example.com/new?token=x\r\n", ""),
            Told {
                fault: "http.301, to https://www.example.com,",
                exit: 5,
                en: &["redirected for good"],
                zh: &[],
            },
        ),
        (
            always(307, "Location: http://portal.example:8080/login\r\n", LOGIN),
            Told {
                fault: "http.307",
                exit: 5,
                en: &["redirected for now", "to http://portal.example:8080"],
                zh: &["临时转到了别处", "转到 http://portal.example:8080"],
            },
        ),
        (
            always(401, HTML, LOGIN),
            Told {
                fault: "http.401",
                exit: 5,
                en: &["the other side wants a login", "page “Guest login”"],
                zh: &["对方要求登录", "网页标题“Guest login”"],
            },
        ),
        (
            always(407, "", ""),
            Told {
                fault: "http.407",
                exit: 5,
                en: &["a proxy in between wants a user and a password"],
                zh: &["中间的代理要求用户名和密码"],
            },
        ),
        (
            always(413, HTML, "<title>Request Entity Too Large</title>"),
            Told {
                fault: "http.413",
                exit: 5,
                en: &["a gateway does not take a request of this size", "--per-page"],
                zh: &["网关不接受这么大的请求", "--per-page"],
            },
        ),
        (
            always(502, HTML, "<title>502 Bad Gateway</title>"),
            Told {
                fault: "http.502",
                exit: 5,
                en: &["a gateway got no answer from the server", "page “502 Bad Gateway”"],
                zh: &["网关没有从服务器得到回答"],
            },
        ),
    ] {
        let begun = Instant::now();
        let session = session(&https(endpoint));
        if row.zh.is_empty() {
            session.run(["run", "contracts.csv"]).exit(5).says(row.fault).says(row.en[0]);
            session.run(["run", "contracts.csv", "--lang", "zh"]).exit(5).says("永久转到了别处");
        } else {
            told(&session, &row);
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", row.fault);
    }
}

/// The issue: today it tries for ten minutes.
#[test]
fn a_web_page_is_no_contact() {
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    let portal = tls(&GOOD, move |_, _| {
        counted.fetch_add(1, Ordering::Relaxed);
        answer(200, HTML, LOGIN)
    });
    // As patient as the program is by itself.
    let session = session(&https(portal))
        .without("FLOWBATCH_RETRY__FIRST_CONTACT")
        .without("FLOWBATCH_RETRY__GIVE_UP")
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20");
    let begun = Instant::now();
    session.run(["run", "contracts.csv"]).exit(5).says("answer.page");
    assert!(begun.elapsed() < Duration::from_secs(10));
    // Three, and what was under way when the third came.
    assert!(requests.load(Ordering::Relaxed) <= 8, "{requests:?}");
}

#[test]
fn a_web_page_after_the_api_has_answered_loses_and_doubles_nothing() {
    let server = tls(&GOOD, |number, _| match number {
        2..=4 => answer(200, HTML, LOGIN),
        _ => accepting(number, ""),
    });
    let session = session(&https(server)).env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "5");
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    assert_eq!(crate::support::links(&session.report("contracts")).len(), 3);
}

#[test]
fn a_stray_redirect_among_acceptances_stops_nothing_and_a_portal_does() {
    for status in [201, 204, 302] {
        let server = tls(&GOOD, move |number, _| match number {
            2 => answer(status, "Location: https://portal.example/\r\n", ""),
            _ => accepting(number, ""),
        });
        let session = session(&https(server)).env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "5");
        session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
        assert_eq!(crate::support::links(&session.report("contracts")).len(), 3, "{status}");
    }
    let portal = tls(&GOOD, |number, _| match number {
        1 => accepting(number, ""),
        _ => answer(302, "Location: https://portal.example/\r\n", ""),
    });
    let session = session(&https(portal)).env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "5");
    let begun = Instant::now();
    session.run(["run", "contracts.csv"]).exit(5).says("http.302").says("portal.example");
    assert!(begun.elapsed() < Duration::from_secs(20));
}

/// Accepts the old keys for two requests, and the new ones always. When it first refuses
/// it leaves the new ones where the old ones were, if it is told a place.
fn expiring(place: Option<(std::path::PathBuf, String)>) -> SocketAddr {
    let refused = AtomicUsize::new(0);
    tls(&GOOD, move |number, head| {
        if head.contains("Credential=AKIDnew/") || number <= 2 {
            return accepting(number, head);
        }
        if refused.fetch_add(1, Ordering::Relaxed) == 0
            && let Some((path, text)) = &place
        {
            std::fs::write(path, text).unwrap();
        }
        let error = r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"expired"},"RequestId":"r"}}"#;
        answer(200, "Content-Type: application/json\r\n", error)
    })
}

#[test]
fn credentials_that_end_in_the_middle_are_read_anew_from_where_they_came() {
    let profile =
        |id: &str| format!("[default]\nsecret_id = {id}\nsecret_key = hidden-key\ntoken = hidden-token\n");
    let command_line =
        |id: &str| format!(r#"{{"secretId":"{id}","secretKey":"hidden-key","token":"hidden-token"}}"#);
    let own = |id: &str| format!("[credentials]\nsecret_id = '{id}'\nsecret_key = 'hidden-key'\n");
    for (folder, name, old, new) in [
        (".tencentcloud", "credentials", profile("AKIDold"), profile("AKIDnew")),
        (".tccli", "default.credential", command_line("AKIDold"), command_line("AKIDnew")),
        (".config/flowbatch", "config.toml", own("AKIDold"), own("AKIDnew")),
    ] {
        for renewed in [true, false] {
            let session = session("https://set.below")
                .without("TENCENTCLOUD_SECRET_ID")
                .without("TENCENTCLOUD_SECRET_KEY")
                .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20")
                .file("contracts.csv", contracts(200).csv());
            let path = session.home(folder).join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &old).unwrap();
            private(&path);
            let server = expiring(renewed.then(|| (path.clone(), new.clone())));
            let session = session.env("FLOWBATCH_ENDPOINT", &https(server));
            let ran = session.run(["run", "contracts.csv", "-vv"]);
            let ran = if renewed {
                ran.exit(0).says("200 accepted").says("read from the same place")
            } else {
                ran.exit(5).says("AuthFailure.TokenFailure").says("40 accepted").says("160 pending")
            };
            ran.never_says("hidden-");
            if !renewed {
                std::fs::write(&path, &new).unwrap();
                session.run(["run", "contracts.csv"]).exit(0).says("200 accepted");
            }
            assert_eq!(crate::support::links(&session.report("contracts")).len(), 10);
        }
    }
}

#[cfg(unix)]
fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn private(_: &std::path::Path) {}

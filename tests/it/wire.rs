//! The network seen from below: a listener that keeps what it is sent, and
//! requests put together by hand.

use std::io::{BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// A request as it came off the wire. Names of headers are in lower case.
pub struct Captured {
    pub start: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Captured {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What a listener says to a request.
pub enum Says {
    Accepted,
    Refused(&'static str),
    /// A status, and headers with their line ends.
    Status(u16, &'static str),
    /// These fields of the envelope, the RequestId among them.
    Fields(Value),
    /// The connection ends without an answer.
    Nothing,
}

/// Keeps everything; accepts it, unless it is told otherwise.
pub struct Listener {
    pub address: SocketAddr,
    captured: Receiver<Captured>,
}

impl Listener {
    pub fn start() -> Self {
        Self::saying(|_, _| Says::Accepted)
    }

    /// `say` gets the request's body, and its number from 1.
    pub fn saying(say: impl Fn(&Value, usize) -> Says + Send + Sync + 'static) -> Self {
        let say = Arc::new(say);
        let numbers = Arc::new(AtomicUsize::new(1));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, captured) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, sender) = (stream.unwrap(), sender.clone());
                let (say, numbers) = (Arc::clone(&say), Arc::clone(&numbers));
                std::thread::spawn(move || {
                    let mut reader = BufReader::new(stream.try_clone().unwrap());
                    while let Some(request) = read_message(&mut reader) {
                        let number = numbers.fetch_add(1, Ordering::Relaxed);
                        let (status, more, answer) = match say(&request.json(), number) {
                            Says::Accepted => {
                                (200, "", json!({"ConfirmUrl": format!("https://captured.invalid/{number}")}))
                            }
                            Says::Refused(code) => {
                                (200, "", json!({"Error": {"Code": code, "Message": "as scripted"}}))
                            }
                            Says::Status(status, headers) => (status, headers, json!({})),
                            Says::Fields(fields) => (200, "", fields),
                            Says::Nothing => {
                                let _ = sender.send(request);
                                break;
                            }
                        };
                        let mut answer = json!({"Response": answer});
                        if answer["Response"]["RequestId"].is_null() {
                            answer["Response"]["RequestId"] = json!(format!("r{number}"));
                        }
                        let answer = answer.to_string();
                        let length = answer.len();
                        let head = format!(
                            "HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n{more}Content-Length: {length}\r\n\r\n"
                        );
                        // The test may have seen enough and be gone.
                        let _ = sender.send(request);
                        if stream.write_all((head + &answer).as_bytes()).is_err() {
                            break;
                        }
                    }
                });
            }
        });
        Self { address, captured }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything received so far.
    pub fn captured(&self) -> Vec<Captured> {
        self.captured.try_iter().collect()
    }
}

fn read_message(reader: &mut impl Lines) -> Option<Captured> {
    let start = reader.line()?;
    let mut headers = Vec::new();
    loop {
        let line = reader.line()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or("0", |(_, value)| value);
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).ok()?;
    Some(Captured { start, headers, body })
}

trait Lines: std::io::BufRead {
    /// Without its end; None at the end of the stream.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end().to_owned())
    }
}

impl<R: std::io::BufRead> Lines for R {}

/// Sends one request and returns the body of its answer.
pub fn post(address: SocketAddr, headers: &[(&str, String)], body: &[u8]) -> Value {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut request = String::from("POST / HTTP/1.1\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", body.len()));
    stream.write_all(request.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    read_message(&mut BufReader::new(stream)).unwrap().json()
}

/// A port where nobody listens.
pub fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

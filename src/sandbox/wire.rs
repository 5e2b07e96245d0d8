//! A socket that can be torn down, and bodies that come slowly or not to their end.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// The exchange ends here, without more of an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut on purpose")]
pub(super) struct Cut;

/// A connection that closes with a reset instead of an end of file once `reset` is set.
pub(super) struct Wire {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, reset: Arc<AtomicBool>) -> Self {
        // Without it an answer in pieces could be held back; a socket that refuses still works.
        let _ = stream.set_nodelay(true);
        Self { stream, reset }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.reset.load(Ordering::Relaxed) {
            // A socket that refuses is closed all the same.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// The body of an answer: pieces with pauses between them, and perhaps no end.
pub(super) struct Reply {
    pieces: VecDeque<Bytes>,
    /// What Content-Length promises, less what was sent.
    left: u64,
    pause: Duration,
    pausing: Option<Pin<Box<Sleep>>>,
    breaks_off: bool,
}

impl Reply {
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        let left = length(&bytes);
        let pieces = [Bytes::from(bytes)].into_iter().filter(|piece| !piece.is_empty()).collect();
        Self { pieces, left, pause: Duration::ZERO, pausing: None, breaks_off: false }
    }

    /// The first half, under the length of the whole.
    pub(super) fn half(bytes: &[u8]) -> Self {
        let first = bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
        // The pause lets the first half leave before the connection is closed.
        let pause = Duration::from_millis(20);
        Self { left: length(bytes), pause, breaks_off: true, ..Self::whole(first) }
    }

    /// A piece every `pause`, all within about `total`.
    pub(super) fn drip(bytes: &[u8], pause: Duration, total: Duration) -> Self {
        let pauses = usize::try_from(total.as_millis() / pause.as_millis().max(1)).unwrap_or(usize::MAX);
        let size = bytes.len().div_ceil(pauses.saturating_add(1)).max(1);
        let pieces = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
        Self { pieces, left: length(bytes), pause, pausing: None, breaks_off: false }
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl Body for Reply {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(pausing) = &mut self.pausing {
            ready!(pausing.as_mut().poll(cx));
            self.pausing = None;
        }
        let Some(piece) = self.pieces.pop_front() else {
            return Poll::Ready(self.breaks_off.then_some(Err(Cut)));
        };
        self.left = self.left.saturating_sub(length(&piece));
        if self.breaks_off || !self.pieces.is_empty() {
            self.pausing = Some(Box::pin(sleep(self.pause)));
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && !self.breaks_off
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

//! A request body that notes the moment it is first asked for: before that
//! nothing has left, after it the other side may have everything.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Told at once when a body leaves: the pace counts from there.
pub type OnWire = Box<dyn Fn(Instant) + Send + Sync>;

/// When the body was handed to the connection, if it was.
#[derive(Clone)]
pub struct WireNote(Arc<Note>);

struct Note {
    left: OnceLock<Instant>,
    tell: OnWire,
}

impl WireNote {
    pub fn new(tell: OnWire) -> Self {
        Self(Arc::new(Note { left: OnceLock::new(), tell }))
    }

    pub fn left_at(&self) -> Option<Instant> {
        self.0.left.get().copied()
    }

    fn leave(&self) {
        let now = Instant::now();
        if self.0.left.set(now).is_ok() {
            (self.0.tell)(now);
        }
    }
}

pub struct NotedBody {
    bytes: Option<Bytes>,
    note: WireNote,
}

impl NotedBody {
    pub fn new(bytes: Bytes, note: WireNote) -> Self {
        Self { bytes: Some(bytes), note }
    }
}

impl Body for NotedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.note.leave();
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    /// Exact, so that the request has a Content-Length.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

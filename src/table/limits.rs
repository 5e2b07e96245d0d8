//! Counts what is really read, whatever the headers of a file declare.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::file_errors::too_large;
use crate::domain::file::FileFault;

/// Shared between a [`Guarded`] reader and who consumes it: the consumer says
/// when an item (an XML event, a CSV record) is complete.
pub struct Meter {
    item: Cell<u64>,
    total: Cell<u64>,
    max_item: u64,
    max_total: u64,
    item_name: &'static str,
    /// Read-ahead of the consumer's buffers, not to be held against an item.
    slack: u64,
    hit: Cell<Option<(&'static str, u64, u64)>>,
}

impl Meter {
    pub fn new(item_name: &'static str, max_item: u64, max_total: u64) -> Rc<Self> {
        Rc::new(Self {
            item: Cell::new(0),
            total: Cell::new(0),
            max_item,
            max_total,
            item_name,
            slack: 64 * 1024,
            hit: Cell::new(None),
        })
    }

    pub fn item_done(&self) {
        self.item.set(0);
    }

    /// The limit that ended the reading, if one did.
    pub fn fault(&self) -> Option<FileFault> {
        let (what, found, limit) = self.hit.get()?;
        Some(too_large(what, found, limit))
    }

    fn count(&self, bytes: u64) -> io::Result<()> {
        self.item.set(self.item.get() + bytes);
        self.total.set(self.total.get() + bytes);
        if self.item.get() > self.max_item + self.slack {
            self.hit.set(Some((self.item_name, self.item.get(), self.max_item)));
        } else if self.total.get() > self.max_total {
            self.hit.set(Some(("bytes", self.total.get(), self.max_total)));
        }
        match self.hit.get() {
            Some(_) => Err(io::Error::other("limit")),
            None => Ok(()),
        }
    }
}

pub struct Guarded<R> {
    inner: R,
    meter: Rc<Meter>,
}

impl<R: Read> Guarded<R> {
    pub fn new(inner: R, meter: Rc<Meter>) -> Self {
        Self { inner, meter }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.count(read as u64)?;
        Ok(read)
    }
}

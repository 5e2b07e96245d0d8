//! What some programs put behind the end of a text: zeros that fill up a block, and the
//! Ctrl-Z of DOS. Within the text either is a fault, and stays.

use std::io::{self, Read};

const CHUNK: usize = 16 * 1024;
/// More than any block that is filled up: such a file is no text.
const MOST: usize = 1 << 20;

/// A text without its padding.
pub struct WithoutPadding<R> {
    inner: R,
    /// Read, and followed by something that is no padding.
    ready: Vec<u8>,
    at: usize,
    /// Padding, if nothing follows.
    held: Vec<u8>,
}

impl<R: Read> WithoutPadding<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, ready: Vec::new(), at: 0, held: Vec::new() }
    }

    /// Whether anything is left to be read.
    fn fill(&mut self) -> io::Result<bool> {
        while self.at == self.ready.len() {
            self.ready.clear();
            self.at = 0;
            self.ready.append(&mut self.held);
            let before = self.ready.len();
            self.ready.resize(before + CHUNK, 0);
            let read = self.inner.read(self.ready.get_mut(before..).unwrap_or_default())?;
            self.ready.truncate(before + read);
            if read == 0 {
                self.ready.clear();
                return Ok(false);
            }
            let text =
                self.ready.iter().rposition(|byte| !matches!(byte, 0 | 0x1A)).map_or(0, |last| last + 1);
            if self.ready.len() - text < MOST {
                self.held = self.ready.split_off(text);
            }
        }
        Ok(true)
    }
}

impl<R: Read> Read for WithoutPadding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || !self.fill()? {
            return Ok(0);
        }
        let mut ready = self.ready.get(self.at..).unwrap_or_default();
        let read = ready.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &[u8]) -> Vec<u8> {
        let mut read = Vec::new();
        WithoutPadding::new(text).read_to_end(&mut read).unwrap();
        read
    }

    #[test]
    fn only_what_stands_behind_the_end_is_left_out() {
        assert_eq!(without(b"a,b\n\0\0\0"), b"a,b\n");
        assert_eq!(without(b"a,b\n\x1a"), b"a,b\n");
        assert_eq!(without(b"a\0b\n\x1a\0"), b"a\0b\n");
        assert_eq!(without(b"\0\0"), b"");
        let long = [vec![b'x'; CHUNK], vec![0; 3 * CHUNK], vec![b'y'; 2], vec![0; CHUNK]].concat();
        assert_eq!(without(&long).len(), 4 * CHUNK + 2);
        assert!(without(&vec![0; MOST + CHUNK]).len() >= MOST);
    }
}

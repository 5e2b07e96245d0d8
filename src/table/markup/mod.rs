//! A pull reader of markup: XML as spreadsheet programs write it, and HTML as they and
//! other programs export it. It hands out tags and text as bytes of its own buffer and
//! allocates nothing for them, because a sheet is mostly tags. It does not judge: names
//! need not match, and what is no markup is text.

mod references;

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use self::references::resolved;
pub use self::references::{push_html, push_text};
use super::Limits;
use super::file_errors::{Result, damaged, of_io, too_large};
use crate::domain::file::FileFault;

const START_BYTES: usize = 64 * 1024;

pub struct Markup<R> {
    source: R,
    buffer: Vec<u8>,
    /// What is in the buffer and was not handed out.
    unread: Range<usize>,
    at_end: bool,
    /// The name of an empty element, whose end is due.
    due: Option<Range<usize>>,
    html: bool,
    max_item: usize,
    total: u64,
    max_total: u64,
    tokens: u64,
    max_tokens: u64,
}

/// Empty elements come as a start and an end.
pub enum Token<'a> {
    Start(Tag<'a>),
    /// The name without its prefix.
    End(&'a [u8]),
    /// With its references (`&amp;`) as they stand: [`push_text`] resolves them.
    Text(&'a [u8]),
    /// Of a CDATA section: there are no references in it.
    Raw(&'a [u8]),
    Eof,
}

#[derive(Clone, Copy)]
pub struct Tag<'a> {
    /// Without its prefix.
    pub name: &'a [u8],
    attributes: &'a [u8],
}

impl<R: Read> Markup<R> {
    /// `max_total` bounds the bytes of the whole, as they are read here.
    pub fn xml(source: R, max_total: u64, limits: &Limits) -> Self {
        Self {
            source,
            buffer: vec![0; START_BYTES],
            unread: 0..0,
            at_end: false,
            due: None,
            html: false,
            max_item: usize::try_from(limits.max_cell_bytes).unwrap_or(usize::MAX / 2),
            total: 0,
            max_total,
            tokens: 0,
            max_tokens: limits.max_cells.saturating_mul(4),
        }
    }

    /// The same for HTML, where a `<` that begins no tag is text, and where the file may end anywhere.
    pub fn html(source: R, max_total: u64, limits: &Limits) -> Self {
        Self { html: true, ..Self::xml(source, max_total, limits) }
    }

    pub fn next(&mut self) -> Result<Token<'_>> {
        if let Some(name) = self.due.take() {
            return Ok(Token::End(self.buffer.get(name).unwrap_or_default()));
        }
        self.tokens += 1;
        if self.tokens > self.max_tokens {
            return Err(too_large("cells", self.tokens / 4, self.max_tokens / 4));
        }
        loop {
            if self.unread.is_empty() && !self.fill()? {
                return Ok(Token::Eof);
            }
            if self.byte(0) != Some(b'<') {
                return self.text(0);
            }
            // The shortest tag that says what it is: `<![CDATA[`.
            while self.unread.len() < 9 && self.fill()? {}
            match (self.byte(1), self.byte(2)) {
                (Some(b'!'), _) if self.rest().starts_with(b"<!--") => {
                    let end = self.find(4, b"-->")?;
                    self.skip(end.map_or(self.unread.len(), |end| end + 3));
                }
                (Some(b'!'), _) if self.rest().starts_with(b"<![CDATA[") => {
                    let end = self.find(9, b"]]>")?;
                    let end = match end {
                        Some(end) => end,
                        None if self.html => self.unread.len(),
                        None => return Err(damaged("xml")),
                    };
                    let text = self.unread.start + 9..self.unread.start + end;
                    self.skip((end + 3).min(self.unread.len()));
                    return Ok(Token::Raw(self.buffer.get(text).unwrap_or_default()));
                }
                (Some(b'!' | b'?'), _) => {
                    let end = self.declaration_end()?;
                    self.skip(end);
                }
                (Some(b'/'), _) => {
                    let Some(end) = self.find(2, b">")? else { return self.cut_off() };
                    let name = self.unread.start + 2..self.unread.start + end;
                    self.skip(end + 1);
                    let name = self.buffer.get(name).unwrap_or_default().trim_ascii();
                    return Ok(Token::End(local(name)));
                }
                (Some(first), _) if first.is_ascii_alphabetic() || (!self.html && first >= b'_') => {
                    let Some(end) = self.tag_end()? else { return self.cut_off() };
                    return Ok(self.start(end));
                }
                _ if self.html => return self.text(1),
                _ => return Err(damaged("xml")),
            }
        }
    }

    /// Adds the text up to the end of the element of that name that was just started.
    pub fn text_up_to(&mut self, name: &[u8], text: &mut String, limits: &Limits) -> Result<()> {
        loop {
            match self.next()? {
                Token::Text(raw) => push_text(text, raw)?,
                Token::Raw(raw) => text.push_str(&String::from_utf8_lossy(raw)),
                Token::End(end) if end == name => return Ok(()),
                Token::Eof => return Err(damaged("xml")),
                _ => {}
            }
            if text.len() as u64 > limits.max_cell_bytes {
                return Err(too_large("cell", text.len() as u64, limits.max_cell_bytes));
            }
        }
    }

    /// Passes over everything up to the end of the element that was started last, which
    /// has this local name. Elements of the same name within it are no matter: none
    /// of those that are skipped have them. The bytes are not looked at, only
    /// searched, so this costs what unpacking costs.
    pub fn skip_to_end_of(&mut self, name: &str) -> Result<bool> {
        if self.due.take().is_some() {
            return Ok(true);
        }
        let finder = memchr::memmem::Finder::new(name);
        loop {
            let found = finder.find(self.rest());
            let Some(at) = found else {
                let kept = self.unread.len().min(name.len() + 64);
                self.skip(self.unread.len() - kept);
                if !self.fill()? {
                    return Ok(false);
                }
                continue;
            };
            // `</name>` or `</x:name>`.
            let before = self.rest().get(..at).unwrap_or_default();
            let before = before.get(before.len().saturating_sub(64)..).unwrap_or_default();
            let opened = before.iter().rposition(|byte| *byte == b'<').and_then(|at| before.get(at + 1..));
            let is_end = opened.is_some_and(|opened| {
                opened.first() == Some(&b'/') && (opened.len() == 1 || opened.last() == Some(&b':'))
            });
            self.skip(at + name.len());
            if is_end {
                let end = self.find(0, b">")?;
                self.skip(end.map_or(self.unread.len(), |end| end + 1));
                return Ok(true);
            }
        }
    }

    /// Reads to the end without looking at what is there: only then a zip knows whether what it has
    /// unpacked is what was packed.
    pub fn drain(&mut self) -> Result<()> {
        loop {
            self.unread = 0..0;
            if !self.fill()? {
                return Ok(());
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.unread.clone()).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.rest().get(at).copied()
    }

    fn skip(&mut self, bytes: usize) {
        self.unread.start = (self.unread.start + bytes).min(self.unread.end);
    }

    /// More bytes behind those that are unread; false at the end.
    fn fill(&mut self) -> Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        if self.unread.start > 0 {
            self.buffer.copy_within(self.unread.clone(), 0);
            self.unread = 0..self.unread.len();
        }
        if self.unread.end == self.buffer.len() {
            let length = self.unread.len();
            if length > self.max_item.saturating_add(START_BYTES) {
                return Err(too_large("cell", length as u64, self.max_item as u64));
            }
            self.buffer.resize(length * 2, 0);
        }
        let free = self.buffer.get_mut(self.unread.end..).unwrap_or_default();
        let read = self.source.read(free).map_err(|error| of_content(&error))?;
        self.unread.end += read;
        self.at_end = read == 0;
        self.total += read as u64;
        if self.total > self.max_total {
            return Err(too_large("bytes", self.total, self.max_total));
        }
        Ok(read > 0)
    }

    /// Where `pattern` begins, from the unread on; `None` if it never comes.
    fn find(&mut self, from: usize, pattern: &[u8]) -> Result<Option<usize>> {
        let mut from = from;
        loop {
            let searched = self.rest().get(from..).unwrap_or_default();
            let found = match pattern {
                [byte] => memchr::memchr(*byte, searched),
                pattern => memchr::memmem::find(searched, pattern),
            };
            if let Some(found) = found {
                return Ok(Some(from + found));
            }
            from = self.unread.len().saturating_sub(pattern.len() - 1).max(from);
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    fn text(&mut self, from: usize) -> Result<Token<'_>> {
        let end = self.find(from, b"<")?.unwrap_or(self.unread.len());
        let text = self.unread.start..self.unread.start + end;
        if end > self.max_item {
            return Err(too_large("cell", end as u64, self.max_item as u64));
        }
        self.skip(end);
        Ok(Token::Text(self.buffer.get(text).unwrap_or_default()))
    }

    /// Behind `<!DOCTYPE x [ <!ENTITY ...> ]>`, `<?xml ...?>`, `<![if ...]>`.
    fn declaration_end(&mut self) -> Result<usize> {
        let mut at = 1;
        let (mut depth, mut subset) = (0_u32, false);
        loop {
            while let Some(byte) = self.byte(at) {
                at += 1;
                match byte {
                    b'[' if !self.html => subset = true,
                    b']' => subset = false,
                    b'<' if subset => depth += 1,
                    b'>' if depth > 0 => depth -= 1,
                    b'>' if !subset => return Ok(at),
                    _ => {}
                }
            }
            if !self.fill()? {
                return Ok(at);
            }
        }
    }

    /// Where the `>` of a start tag is; one in quotes is none.
    fn tag_end(&mut self) -> Result<Option<usize>> {
        // Nearly every tag of a sheet is here whole, and has no `>` in its quotes.
        if !self.html
            && let Some(end) = memchr::memchr(b'>', self.rest())
            && let Some(tag) = self.rest().get(..end)
            && memchr::memchr_iter(b'"', tag).count().is_multiple_of(2)
            && memchr::memchr(b'\'', tag).is_none()
        {
            return Ok(Some(end));
        }
        let mut at = 1;
        let mut quote = None;
        // In HTML a quote that is not behind an equals sign is a slip of the pen.
        let mut before = 0;
        loop {
            for byte in self.rest().get(at..).unwrap_or_default() {
                match (quote, *byte) {
                    (None, b'>') => return Ok(Some(at)),
                    (None, b'"' | b'\'') if !self.html || before == b'=' => quote = Some(*byte),
                    (Some(open), byte) if open == byte => quote = None,
                    _ => {}
                }
                if !byte.is_ascii_whitespace() {
                    before = *byte;
                }
                at += 1;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    fn start(&mut self, end: usize) -> Token<'_> {
        let (from, to) = (self.unread.start + 1, self.unread.start + end);
        self.skip(end + 1);
        let inside = self.buffer.get(from..to).unwrap_or_default();
        let is_empty = inside.last() == Some(&b'/');
        let inside = inside.strip_suffix(b"/").unwrap_or(inside);
        let length = inside.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        let (name, attributes) =
            inside.split_at_checked(length.unwrap_or(inside.len())).unwrap_or((inside, b""));
        let prefix = name.len() - local(name).len();
        if is_empty {
            self.due = Some(from + prefix..from + name.len());
        }
        Token::Start(Tag { name: local(name), attributes })
    }

    /// The file ends within a tag.
    fn cut_off(&mut self) -> Result<Token<'_>> {
        self.unread.start = self.unread.end;
        if self.html { Ok(Token::Eof) } else { Err(damaged("xml")) }
    }
}

/// Of reading what is inside the file, which a fault of the disk would have shown
/// before: what breaks here is what was packed, and its limits.
pub fn of_content(error: &std::io::Error) -> FileFault {
    use std::io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | Other | UnexpectedEof => damaged("zip"),
        _ => of_io(error),
    }
}

fn local(name: &[u8]) -> &[u8] {
    match memchr::memrchr(b':', name) {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}

impl<'a> Tag<'a> {
    /// Names with their prefixes, values as they stand.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// The value of the attribute with this local name, references resolved.
    pub fn get(&self, local_name: &str) -> Option<Cow<'a, str>> {
        self.raw(local_name).map(resolved)
    }

    pub fn raw(&self, local_name: &str) -> Option<&'a [u8]> {
        self.attributes().find(|(name, _)| local(name) == local_name.as_bytes()).map(|(_, value)| value)
    }

    /// As HTML has it, where case means nothing.
    pub fn html(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = self.attributes().find(|(found, _)| found.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| resolved(value))
    }

    pub fn number(&self, local_name: &str) -> Option<u32> {
        self.get(local_name)?.trim().parse().ok()
    }

    pub fn is_true(&self, local_name: &str) -> bool {
        self.get(local_name).is_some_and(|value| is_true(&value))
    }
}

pub fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

pub struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"/").unwrap_or(rest).trim_ascii_start();
        if rest.is_empty() {
            return None;
        }
        let length = rest.iter().position(|byte| *byte == b'=' || byte.is_ascii_whitespace());
        // A stray equals sign would be a name of no length, and no way ahead.
        let (name, rest) = rest.split_at_checked(length.unwrap_or(rest.len()).max(1))?;
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else {
            self.rest = rest;
            return Some((name, b""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let inside = value.get(1..)?;
                let end = memchr::memchr(*quote, inside).unwrap_or(inside.len());
                (inside.get(..end)?, inside.get(end + 1..).unwrap_or_default())
            }
            _ => {
                let end = value.iter().position(u8::is_ascii_whitespace).unwrap_or(value.len());
                value.split_at_checked(end)?
            }
        };
        self.rest = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads one byte at a time, so that everything is cut everywhere.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let (first, rest) = self.0.split_at(self.0.len().min(1));
            buffer[..first.len()].copy_from_slice(first);
            self.0 = rest;
            Ok(first.len())
        }
    }

    fn told<R: Read>(mut markup: Markup<R>) -> String {
        let mut told = String::new();
        loop {
            match markup.next() {
                Ok(Token::Start(tag)) => {
                    told.push_str(&format!("<{}", String::from_utf8_lossy(tag.name)));
                    for (name, value) in tag.attributes() {
                        let name = String::from_utf8_lossy(name).into_owned();
                        told.push_str(&format!(" {name}={}", resolved(value)));
                    }
                    told.push('>');
                }
                Ok(Token::End(name)) => told.push_str(&format!("</{}>", String::from_utf8_lossy(name))),
                Ok(Token::Text(raw)) => match push_text(&mut told, raw) {
                    Ok(()) => {}
                    Err(_) => told.push('!'),
                },
                Ok(Token::Raw(raw)) => told.push_str(&format!("[{}]", String::from_utf8_lossy(raw))),
                Ok(Token::Eof) => return told,
                Err(_) => return told + "BROKEN",
            }
        }
    }

    #[test]
    fn xml_comes_in_tokens_however_it_is_cut() {
        for (xml, tokens) in [
            ("<a b='1' x:c=\"2>&amp;\"/>t", "<a b=1 x:c=2>&></a>t"),
            ("<x:row r=\"1\" >a &lt; &#20013;&#x4E2D;</x:row >", "<row r=1>a < 中中</row>"),
            ("<?xml version=\"1.0\"?><!-- <b> --><a><![CDATA[<&>]]></a>", "<a>[<&>]</a>"),
            ("<!DOCTYPE x [<!ENTITY a \"b\">]><a>&a;</a>", "<a>&a;!</a>"),
            ("a & b &", "a & b &"),
            ("1\r\n2\r3", "1\n2\n3"),
            ("<a", "BROKEN"),
            ("<a b=\"", "BROKEN"),
            ("<a>< b", "<a>BROKEN"),
        ] {
            assert_eq!(told(Markup::xml(Drip(xml.as_bytes()), 1000, &Limits::default())), tokens, "{xml}");
            assert_eq!(told(Markup::xml(xml.as_bytes(), 1000, &Limits::default())), tokens, "{xml}");
        }
    }

    #[test]
    fn html_takes_what_people_write() {
        for (html, tokens) in [
            ("<TD NOWRAP colspan=2 class=xl65>1 < 2</TD>", "<TD NOWRAP= colspan=2 class=xl65>1 < 2</TD>"),
            ("<td title=it's>x", "<td title=it's>x"),
            ("<![if !x]><td>&yen;</td><![endif]>", "<td>&yen;!</td>"),
            ("<td", ""),
        ] {
            assert_eq!(told(Markup::html(Drip(html.as_bytes()), 1000, &Limits::default())), tokens, "{html}");
        }
        let mut text = String::new();
        push_html(&mut text, "&yen;8&nbsp;&nothing; &".as_bytes());
        assert_eq!(text, "¥8\u{A0}&nothing; &");
    }

    #[test]
    fn an_element_can_be_passed_over() {
        let xml = "<w><data><v>data&gt;</v>data></data><after/></w>";
        for drip in [true, false] {
            let source: Box<dyn Read> =
                if drip { Box::new(Drip(xml.as_bytes())) } else { Box::new(xml.as_bytes()) };
            let mut markup = Markup::xml(source, 1000, &Limits::default());
            while !matches!(markup.next(), Ok(Token::Start(tag)) if tag.name == b"data") {}
            assert_eq!(markup.skip_to_end_of("data"), Ok(true));
            assert_eq!(told(markup), "<after></after></w>");
        }
    }

    #[test]
    fn what_is_too_much_is_said() {
        let limits = Limits { max_cell_bytes: 1000, max_cells: 10, ..Limits::default() };
        let long = format!("<a>{}</a>", "x".repeat(200_000));
        let mut markup = Markup::xml(long.as_bytes(), u64::MAX, &limits);
        assert!(markup.next().is_ok());
        assert!(matches!(markup.next(), Err(FileFault::TooLarge { what: "cell", .. })));
        let many = "<a/>".repeat(100);
        let mut markup = Markup::xml(many.as_bytes(), u64::MAX, &limits);
        let fault = loop {
            match markup.next() {
                Ok(Token::Eof) => panic!("all were read"),
                Ok(_) => {}
                Err(fault) => break fault,
            }
        };
        assert!(matches!(fault, FileFault::TooLarge { what: "cells", .. }));
        let mut markup = Markup::xml(many.as_bytes(), 10, &Limits::default());
        assert!(matches!(markup.next(), Err(FileFault::TooLarge { what: "bytes", .. })));
    }
}

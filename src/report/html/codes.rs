//! QR codes of links. Those of a job's pages are drawn on a thread of their own, beside the
//! rows that are written meanwhile.

use std::collections::HashMap;
use std::thread::JoinHandle;

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use super::markup::text;

/// Modules of white that a reader needs around a code.
const QUIET: i32 = 4;

/// The dark modules of a code, as lines.
#[derive(Clone)]
struct Drawn {
    width: i32,
    path: String,
}

type Ready = HashMap<String, Option<Drawn>>;

/// Codes that are ready, or being drawn.
#[derive(Default)]
pub struct Codes {
    ready: Ready,
    drawing: Option<JoinHandle<Ready>>,
}

impl Codes {
    /// Begins to draw. Without a thread each is drawn when it is asked for.
    pub fn drawing(links: Vec<String>) -> Self {
        let draw = move || {
            let mut mask = None;
            let pair = |link: String| {
                let drawn = Drawn::of(&link, &mut mask);
                (link, drawn)
            };
            links.into_iter().map(pair).collect()
        };
        Self {
            ready: Ready::new(),
            drawing: std::thread::Builder::new().name("codes".to_owned()).spawn(draw).ok(),
        }
    }

    /// With all that was begun.
    #[must_use]
    pub fn finished(mut self) -> Self {
        if let Some(Ok(ready)) = self.drawing.take().map(JoinHandle::join) {
            self.ready = ready;
        }
        self
    }

    /// A code as SVG; `None`: no code is large enough.
    pub fn svg(&self, link: &str, label: &str) -> Option<String> {
        match self.ready.get(link) {
            Some(drawn) => drawn.as_ref().map(|drawn| drawn.svg(label)),
            None => Drawn::of(link, &mut None).map(|drawn| drawn.svg(label)),
        }
    }
}

impl Drawn {
    /// `mask`: what the modules of the code before were mixed with, if there was one. To find
    /// the best of the eight takes five sixths of the time, and links of a job are much alike:
    /// what suits the first of them suits the others. A reader takes any.
    fn of(link: &str, mask: &mut Option<Mask>) -> Option<Self> {
        let (parts, level) = (QrSegment::make_segments(link), QrCodeEcc::Medium);
        let (least, most) = (Version::MIN, Version::MAX);
        let code = QrCode::encode_segments_advanced(&parts, level, least, most, *mask, true).ok()?;
        *mask = Some(code.mask());
        let width = code.size();
        let mut path = String::new();
        let mut digits = itoa::Buffer::new();
        // The pen stays where the last run ended: distances are shorter than places.
        let (mut pen_x, mut pen_y) = (0, 0);
        for y in 0..width {
            let mut x = 0;
            while x < width {
                let length =
                    (x..width).take_while(|x| code.get_module(*x, y)).fold(0, |length, _| length + 1);
                if length > 0 {
                    for (sign, number) in [('m', x - pen_x), (' ', y - pen_y), ('h', length)] {
                        path.push(sign);
                        path.push_str(digits.format(number));
                    }
                    (pen_x, pen_y) = (x + length, y);
                }
                x += length.max(1);
            }
        }
        Some(Self { width, path })
    }

    fn svg(&self, label: &str) -> String {
        let size = self.width + 2 * QUIET;
        // A line is drawn around its middle.
        format!(
            "<svg class=\"code\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {size} {size}\" \
             shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/>\
             <path stroke=\"#000\" transform=\"translate({QUIET} {QUIET}.5)\" d=\"M0 0{path}\"/></svg>",
            label = text(label),
            path = self.path
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_where_one_is_large_enough() {
        let code = Codes::default().svg("https://essurl.cn/abc", "P01 \"<").unwrap();
        assert!(code.contains("viewBox=\"0 0 33 33\"") && code.contains("P01 &quot;&lt;"), "{code}");
        // The corner that every code has: seven dark modules, none, and so on.
        assert!(code.contains("d=\"M0 0m0 0h7m"), "{code}");
        assert!(Codes::default().svg(&"x".repeat(3000), "").is_none());
    }

    #[test]
    fn what_was_drawn_beside_is_what_would_have_been_drawn() {
        let links: Vec<String> =
            ["https://essurl.cn/abc".to_owned(), "https://essurl.cn/abd".to_owned(), "x".repeat(3000)].into();
        let codes = Codes::drawing(links.clone()).finished();
        for link in [links[0].as_str(), &links[2], "https://essurl.cn/other"] {
            assert!(codes.svg(link, "P") == Codes::default().svg(link, "P"));
        }
        // That one is mixed as the first.
        assert!(codes.svg(&links[1], "P").is_some_and(|code| Some(code) != codes.svg(&links[0], "P")));
    }
}

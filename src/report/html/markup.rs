//! Texts of anybody's within a page of ours: shown, and nothing else.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::text::harmless;

/// A text between tags or within double quotes.
pub fn text(text: &str) -> String {
    let text = harmless(text);
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            c => shown.push(c),
        }
    }
    shown
}

/// JSON that cannot end the element it stands in.
pub fn json(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    let plain = crate::text::escaped(&plain);
    match plain.contains(['<', '>', '&']) {
        true => plain.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"),
        false => plain,
    }
}

/// What a content security policy calls a script or a style.
pub fn hash(inline: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(inline.as_bytes())))
}

/// A text of at most so many letters.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(text("<b a=\"1\" b='2'>&"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;");
        assert_eq!(text("a\u{202E}b\u{0}"), "a\u{FFFD}b\u{FFFD}", "nothing turns a line around");
        let data = ["</script><!-- & \u{2028}"];
        let shown = json(&data);
        assert!(!shown.contains(['<', '>', '&']), "{shown}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&shown).unwrap(), data);
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        assert_eq!(cut("合同编号", 2), "合同…");
        assert_eq!(cut("合同", 2), "合同");
    }
}

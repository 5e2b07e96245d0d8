//! A web page where the API's answer should be: a portal that wants a login, a
//! proxy that has something to say. Of its words only the title is shown. Pure.

use encoding_rs::Encoding;

use crate::domain::network::shown;

/// Longer titles are cut.
const MOST_TITLE: usize = 80;
/// A title stands near the beginning.
const MOST_LOOKED_AT: usize = 64 * 1024;

/// Whether an answer is a web page, by what it says of itself or how it begins.
pub fn is_page(content_type: &str, body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|page| kind.eq_ignore_ascii_case(page))
        || body.trim_ascii_start().starts_with(b"<")
}

/// The title of a page, if it has one.
pub fn title(content_type: &str, body: &[u8]) -> Option<String> {
    let body = body.get(..MOST_LOOKED_AT).unwrap_or(body);
    let text = decoded(content_type, body);
    // Letters of ASCII only: the places stay the same.
    let lower = text.to_ascii_lowercase();
    let from = lower.find("<title")?;
    let from = from + lower.get(from..)?.find('>')? + 1;
    let to = from + lower.get(from..)?.find('<')?;
    Some(shown(text.get(from..to)?, MOST_TITLE)).filter(|title| !title.is_empty())
}

fn decoded(content_type: &str, body: &[u8]) -> String {
    let named = charset(content_type).or_else(|| charset(&String::from_utf8_lossy(body)));
    let encoding = match named.and_then(|name| Encoding::for_label(name.as_bytes())) {
        Some(encoding) => encoding,
        None if std::str::from_utf8(body).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::GB18030,
    };
    encoding.decode(body).0.into_owned()
}

/// `gbk` of `charset="gbk"`.
fn charset(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let after = lower.split_once("charset=")?.1.trim_start_matches(['"', '\'']);
    Some(after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known() {
        for (kind, body, page) in [
            ("text/html; charset=utf-8", "", true),
            ("", "\n <!DOCTYPE html>", true),
            ("application/json", "\u{FEFF}<html>", true),
            ("application/json", "{}", false),
            ("", "", false),
        ] {
            assert_eq!(is_page(kind, body.as_bytes()), page, "{kind} {body}");
        }
    }

    #[test]
    fn titles_are_found_and_shown_plainly() {
        let long = "x".repeat(200);
        for (body, expected) in [
            ("<HTML><Title lang='zh'>\n 上网\u{202E}认证\u{7} </TITLE>", Some("上网 认证")),
            ("<title></title>", None),
            ("<title>never ends", None),
            ("<p>none</p>", None),
            (&format!("<title>{long}</title>"), Some(&long[..80])),
        ] {
            assert_eq!(title("text/html", body.as_bytes()).as_deref(), expected, "{body}");
        }
        let (gbk, ..) = encoding_rs::GBK.encode("<title>登录</title>");
        assert_eq!(title("text/html", &gbk).as_deref(), Some("登录"));
        assert_eq!(title("text/html; charset=gb2312", &gbk).as_deref(), Some("登录"));
    }
}

//! Links that a person is to open: one rule for what comes in, what is shown and what is
//! fetched. Pure.

/// No longer links are shown.
const MOST_LINK: usize = 2048;

/// Something that a person can open and that nothing hides in.
pub fn is_link(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let odd = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '"' | '\'' | '<' | '>' | '`' | '\\' | '“' | '”' | '‘' | '’')
            // Marks of direction, and characters without width.
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    let plain = !authority.is_empty() && !authority.contains('@') && !url.chars().any(odd);
    plain && url.len() <= MOST_LINK && (url.starts_with("https://") || is_this_machine(authority))
}

fn is_this_machine(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<core::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_hide_nothing_are_links() {
        for (link, good) in [
            ("https://ess.example.com/p?id=1", true),
            ("http://127.0.0.1:8080/p", true),
            ("http://[::1]:8080/p", true),
            ("http://localhost/p", true),
            ("http://ess.example.com/p", false),
            ("https://user@ess.example.com/p", false),
            ("https://ess.example.com\\@evil.example/p", false),
            ("https://ess.example.com/\u{202E}p", false),
            ("https://ess.example.com/\"onclick=x", false),
            ("https://ess.example.com/'x", false),
            ("https://ess.example.com/a b", false),
            ("https:///p", false),
            ("javascript:alert(1)", false),
            ("", false),
        ] {
            assert_eq!(is_link(link), good, "{link}");
        }
        assert!(!is_link(&format!("https://x.test/{}", "a".repeat(2048))));
    }

    #[test]
    fn only_encrypted_links_are_links() {
        for good in [
            "https://essurl.cn/abc?x=1#y", "https://a.example:8443/", "http://127.0.0.1:8080/p",
            "http://localhost/p", "http://[::1]:80/",
        ] {
            assert!(is_link(good), "{good}");
        }
        for bad in [
            "", "javascript:alert(1)", "https://", "https:///x", "http://example.com/",
            "https://essurl.cn@evil.example/", "https://essurl.cn\\@evil.example/",
            "http://127.0.0.1.evil.example/", "http://localhost:80@evil.example/", "https://a b/",
            " https://a/", "data:text/html,x", "HTTPS:evil",
        ] {
            assert!(!is_link(bad), "{bad}");
        }
    }
}

//! The links of a sheet as rust_xlsxwriter writes them, which keeps each of them in a map and copies it a
//! few times. Only what is written as `%2B` already stays so: the library knows eleven of such codes, and
//! makes `%252B` of the others, which leads elsewhere.

const BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                     xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
const END: &str = "</Relationships>";

/// What stands in a link as something else, and what says that this was done already.
const WRITTEN: [(char, &str); 11] = [
    ('%', "%25"),
    ('"', "%22"),
    (' ', "%20"),
    ('<', "%3c"),
    ('>', "%3e"),
    ('[', "%5b"),
    (']', "%5d"),
    ('^', "%5e"),
    ('`', "%60"),
    ('{', "%7b"),
    ('}', "%7d"),
];

/// Those of one sheet, in the order of its cells.
#[derive(Default)]
pub struct Links {
    count: u32,
    /// What the sheet says of them.
    cells: String,
    /// Where they lead.
    targets: String,
}

impl Links {
    /// `column` in letters, `row` as the sheet counts it. The link is one that may be opened.
    pub fn add(&mut self, column: &str, row: &str, url: &str) {
        self.count += 1;
        let number = self.count.to_string();
        let (link, anchor) = url.split_once('#').unwrap_or((url, ""));
        push(&mut self.cells, &["<hyperlink ref=\"", column, row, "\" r:id=\"rId", &number, "\""]);
        if !anchor.is_empty() {
            self.cells.push_str(" location=\"");
            push_attribute(&mut self.cells, anchor);
            self.cells.push('"');
        }
        self.cells.push_str("/>");
        push(&mut self.targets, &["<Relationship Id=\"rId", &number, "\" Type=\"", TYPE, "\" Target=\""]);
        match has_code(link) {
            true => push_attribute(&mut self.targets, link),
            false => push_attribute(&mut self.targets, &written(link)),
        }
        self.targets.push_str("\" TargetMode=\"External\"/>");
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// For the sheet; nothing where it has no links.
    pub fn element(&self) -> String {
        if self.is_empty() { String::new() } else { format!("<hyperlinks>{}</hyperlinks>", self.cells) }
    }

    /// The part of the package beside the sheet.
    pub fn part(&self) -> [&str; 3] {
        [BEGIN, &self.targets, END]
    }
}

fn push(xml: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| xml.push_str(part));
}

fn push_attribute(xml: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '"', '<', '>', '\n']) {
        let (before, from) = rest.split_at(at);
        let mut letters = from.chars();
        xml.push_str(before);
        xml.push_str(match letters.next() {
            Some('&') => "&amp;",
            Some('"') => "&quot;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&#xA;",
        });
        rest = letters.as_str();
    }
    xml.push_str(rest);
}

/// Whether the library would change where that link leads.
pub fn is_spoilt(url: &str) -> bool {
    let link = url.split('#').next().unwrap_or_default();
    let is_known = |code: &str| link.contains(code) || link.contains(&code.to_uppercase());
    has_code(link) && !WRITTEN.iter().any(|(_, code)| is_known(code))
}

/// `%2B`, whatever it stands for.
fn has_code(link: &str) -> bool {
    link.as_bytes().windows(3).any(|part| part[0] == b'%' && part[1..].iter().all(u8::is_ascii_hexdigit))
}

fn written(link: &str) -> std::borrow::Cow<'_, str> {
    if !link.contains(|letter| WRITTEN.iter().any(|(sign, _)| *sign == letter)) {
        return link.into();
    }
    let code = |letter: char| WRITTEN.iter().find(|(sign, _)| *sign == letter).map(|(_, code)| *code);
    let mut written = String::with_capacity(link.len() + 16);
    for letter in link.chars() {
        match code(letter) {
            Some(code) => written.push_str(code),
            None => written.push(letter),
        }
    }
    written.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_is_written_in_codes_leads_where_it_led() {
        for (url, target, spoilt) in [
            ("https://a.cn/p?t=a%2Bb%3D", "https://a.cn/p?t=a%2Bb%3D", true),
            ("https://a.cn/%E5%BC%A0#%2B", "https://a.cn/%E5%BC%A0", true),
            ("https://a.cn/%20%2B", "https://a.cn/%20%2B", false),
            ("https://a.cn/100%#%2B", "https://a.cn/100%25", false),
            ("https://a.cn/[1]", "https://a.cn/%5b1%5d", false),
        ] {
            let mut links = Links::default();
            links.add("A", "2", url);
            assert!(links.part()[1].contains(&format!(" Target=\"{target}\"")), "{}", links.part()[1]);
            assert_eq!(is_spoilt(url), spoilt, "{url}");
        }
    }
}

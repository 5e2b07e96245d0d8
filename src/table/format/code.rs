//! The text of a number format, cut into sections and tokens.

use super::{Locale, OfSystem, Section, Token};

/// More is no format a person made.
const MAX_LENGTH: usize = 4096;

pub fn sections(code: &str) -> Vec<Section> {
    let mut scanner = Scanner {
        rest: code.get(..MAX_LENGTH).unwrap_or(code),
        sections: vec![Section::default()],
        systems: vec![None],
    };
    while scanner.step() {}
    for (section, system) in scanner.sections.iter_mut().zip(scanner.systems) {
        match system {
            Some(system) => section.set_system(system),
            None => tell_minutes_from_months(&mut section.tokens),
        }
    }
    scanner.sections
}

struct Scanner<'a> {
    rest: &'a str,
    sections: Vec<Section>,
    /// By section.
    systems: Vec<Option<OfSystem>>,
}

/// What may stand for a whole token, longest first where one begins another.
const WORDS: [(&str, Token); 12] = [
    ("G/通用格式", Token::General),
    ("General", Token::General),
    ("上午/下午", Token::HalfDay("上午", "下午")),
    ("AM/PM", Token::HalfDay("AM", "PM")),
    ("A/P", Token::HalfDay("A", "P")),
    ("E+", Token::Exponent(true)),
    ("E-", Token::Exponent(false)),
    ("@", Token::Text),
    ("%", Token::Percent),
    (".", Token::Point),
    (",", Token::Comma),
    ("/", Token::Slash),
];

impl Scanner<'_> {
    /// Takes one token off; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else {
            return false;
        };
        for (word, token) in WORDS {
            let start = self.rest.get(..word.len());
            if start.is_some_and(|start| start.eq_ignore_ascii_case(word)) {
                self.skip(word.len());
                self.push(token);
                return true;
            }
        }
        match first {
            ';' => {
                self.skip(1);
                self.sections.push(Section::default());
                self.systems.push(None);
            }
            '"' => self.quoted(),
            '[' => self.bracketed(),
            // A Chinese Excel writes the one for the other.
            '\\' | '!' => {
                self.skip(1);
                self.literal();
            }
            // The width of a character, as a space.
            '_' => {
                self.skip(1);
                self.drop_character();
                self.push(Token::Literal(" ".to_owned()));
            }
            // Filled up with a character: as often as the column is wide.
            '*' => {
                self.skip(1);
                self.drop_character();
            }
            '0' | '#' | '?' => {
                self.skip(1);
                self.push(Token::Digit(first));
            }
            _ if first.is_ascii_alphabetic() => self.letters(first),
            _ => self.literal(),
        }
        true
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn drop_character(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.skip(character.len_utf8());
        Some(character)
    }

    fn push(&mut self, token: Token) {
        if let Some(section) = self.sections.last_mut() {
            match (section.tokens.last_mut(), token) {
                (Some(Token::Literal(before)), Token::Literal(text)) => before.push_str(&text),
                (_, token) => section.tokens.push(token),
            }
        }
    }

    fn literal(&mut self) {
        if let Some(character) = self.drop_character() {
            self.push(Token::Literal(character.to_string()));
        }
    }

    fn quoted(&mut self) {
        self.skip(1);
        let end = self.rest.find('"').unwrap_or(self.rest.len());
        let text = self.rest.get(..end).unwrap_or_default().to_owned();
        self.skip(end + 1);
        self.push(Token::Literal(text));
    }

    fn bracketed(&mut self) {
        self.skip(1);
        let end = self.rest.find(']').unwrap_or(self.rest.len());
        let text = self.rest.get(..end).unwrap_or_default().to_owned();
        self.skip(end + 1);
        let lower = text.to_ascii_lowercase();
        if let Some(currency) = text.strip_prefix('$') {
            self.currency(currency);
        } else if let Some(numerals) = lower.strip_prefix("dbnum") {
            let numerals = numerals.parse().ok().filter(|n| (1..=3).contains(n));
            if let (Some(section), true) = (self.sections.last_mut(), numerals.is_some()) {
                section.numerals = numerals;
            } else {
                self.unknown();
            }
        } else if let Some(unit) = elapsed(&lower) {
            self.push(Token::Elapsed(unit, lower.len()));
        } else if is_color(&lower) {
            if let Some(section) = self.sections.last_mut() {
                section.white |= matches!(lower.as_str(), "white" | "白色" | "color2" | "颜色2");
            }
        } else {
            let section = self.sections.last_mut();
            if !section.is_some_and(|section| section.set_condition(&text)) {
                self.unknown();
            }
        }
    }

    /// `[$¥-804]` writes `¥`; `[$-804]` and `[$-zh-CN]` name a language; `F800` and
    /// `F400` are the long date and the time as the system writes them.
    fn currency(&mut self, text: &str) {
        let (symbol, locale) = text.split_once('-').unwrap_or((text, ""));
        self.push(Token::Literal(symbol.to_owned()));
        let locale = locale.to_ascii_lowercase();
        let system = match locale.as_str() {
            "f800" | "x-sysdate" => Some(OfSystem::Date),
            "f400" | "x-systime" => Some(OfSystem::Time),
            _ => None,
        };
        if let Some(place) = self.systems.last_mut().filter(|_| system.is_some()) {
            *place = system;
            return;
        }
        let named = match locale.as_str() {
            "" => return,
            // A language; behind a comma a calendar and numerals.
            // Taiwan counts years from 1912.
            name if name.starts_with("zh-tw") && !name.contains(',') => Some(Locale::Other),
            name if name.starts_with("zh") && !name.contains(',') => Some(Locale::Chinese),
            name if name.starts_with("en") && !name.contains(',') => Some(Locale::English),
            // Higher digits are a calendar or numerals of another language.
            number => match u32::from_str_radix(number, 16) {
                Ok(0x804 | 0x1004 | 0x2052) => Some(Locale::Chinese),
                Ok(number @ 0x400..=0xFFFF) if number & 0xFF == 0x09 => Some(Locale::English),
                Ok(0x1..=0xFFFF) => Some(Locale::Other),
                _ => None,
            },
        };
        match (named, self.sections.last_mut()) {
            (Some(locale), Some(section)) if symbol.is_empty() => section.locale = locale,
            (None, _) if symbol.is_empty() => self.unknown(),
            _ => {}
        }
    }

    fn letters(&mut self, first: char) {
        let same = |c: &char| c.eq_ignore_ascii_case(&first);
        let length = self.rest.chars().take_while(same).count();
        self.skip(length);
        let token = match first.to_ascii_lowercase() {
            'y' => Token::Year(length),
            // The year of an era; in Chinese the year itself.
            'e' if self.sections.last().is_some_and(|section| section.locale == Locale::Other) => {
                return self.unknown();
            }
            'e' => Token::Year(4),
            'm' => Token::Month(length),
            'd' => Token::Day(length),
            'a' if length >= 3 => Token::Weekday(length),
            'h' => Token::Hour(length),
            's' => return self.seconds(length),
            _ => {
                self.unknown();
                return;
            }
        };
        self.push(token);
    }

    fn seconds(&mut self, length: usize) {
        self.push(Token::Second(length));
        if let Some(fraction) = self.rest.strip_prefix('.') {
            let zeros = fraction.chars().take_while(|c| *c == '0').count();
            if zeros > 0 {
                self.skip(zeros + 1);
                self.push(Token::Fraction(zeros));
            }
        }
    }

    fn unknown(&mut self) {
        if let Some(section) = self.sections.last_mut() {
            section.set_unknown();
        }
    }
}

fn elapsed(text: &str) -> Option<char> {
    let first = text.chars().next()?;
    let unit = matches!(first, 'h' | 'm' | 's') && text.chars().all(|c| c == first);
    unit.then_some(first)
}

fn is_color(text: &str) -> bool {
    let names = [
        "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黑色", "蓝色", "蓝绿色",
        "绿色", "洋红色", "红色", "白色", "黄色",
    ];
    names.contains(&text) || text.starts_with("color") || text.starts_with("颜色")
}

/// `m` after hours or before seconds is minutes.
fn tell_minutes_from_months(tokens: &mut [Token]) {
    let is_clock = |token: &Token| {
        matches!(token, Token::Hour(_) | Token::Elapsed('h', _) | Token::Second(_) | Token::Elapsed('s', _))
    };
    let is_unit = |token: &Token| {
        is_clock(token)
            || matches!(token, Token::Year(_) | Token::Month(_) | Token::Day(_) | Token::Minute(_))
    };
    for index in 0..tokens.len() {
        let Some((before, [Token::Month(length), after @ ..])) = tokens.split_at_checked(index) else {
            continue;
        };
        let follows_hour = before
            .iter()
            .rfind(|token| is_unit(token))
            .is_some_and(|token| matches!(token, Token::Hour(_) | Token::Elapsed('h', _)));
        let precedes_second =
            after.iter().find(|token| is_unit(token)).is_some_and(|token| matches!(token, Token::Second(_)));
        let length = *length;
        if length <= 2
            && (follows_hour || precedes_second)
            && let Some(token) = tokens.get_mut(index)
        {
            *token = Token::Minute(length);
        }
    }
}

//! Names, mobiles and ID numbers made unreadable, wherever in a text they stand. What
//! a row's own columns hold is found in the row's other texts; any other mobile or ID
//! number is known by its form.

use super::field::{Field, Kind};

/// What a personal value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Name,
    /// A mobile, an ID number, an address: whatever has more letters than a name.
    Number,
}

impl Sort {
    /// None: the field does not say who somebody is.
    pub fn of(field: &Field) -> Option<Self> {
        match field.kind {
            Kind::PersonName => Some(Self::Name),
            Kind::Mobile | Kind::IdNumber | Kind::Email => Some(Self::Number),
            _ => None,
        }
    }
}

/// A value that says who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    pub sort: Sort,
    pub value: String,
}

/// No ID number and no mobile with its country code is longer.
const MOST_DIGITS: usize = 18;
/// Those of a mobile; an ID number has more.
const LEAST_DIGITS: usize = 11;
const SEPARATORS: [char; 5] = [' ', '-', '\u{A0}', '\u{2010}', '\u{2011}'];

/// What a row says of persons, to be hidden in its texts.
pub struct Mask {
    /// Each value, and what is shown in its place.
    known: Vec<(String, String)>,
}

impl Mask {
    pub fn of(personal: &[Personal]) -> Self {
        let mut known: Vec<(String, String)> = Vec::new();
        for one in personal {
            let value = one.value.trim();
            let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let other = (bare != value).then_some(bare);
            for value in std::iter::once(value.to_owned()).chain(other) {
                // One letter stands in too many words.
                if value.chars().nth(1).is_some() {
                    let shown = hidden(one.sort, &value);
                    known.push((value, shown));
                }
            }
        }
        // Of 张三 and 张三丰 the longer one.
        known.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        Self { known }
    }

    /// A text in which none of that can be read, nor any other mobile or ID number.
    pub fn over(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        for (value, shown) in &self.known {
            if masked.contains(value) {
                masked = masked.replace(value, shown);
            }
        }
        let digits = masked.chars().filter(|c| digit(*c).is_some());
        if digits.count() < LEAST_DIGITS { masked } else { without_numbers(&masked) }
    }
}

/// A value of its own: `张*`, `138****8007`.
pub fn hidden(sort: Sort, value: &str) -> String {
    let letters: Vec<char> = value.trim().chars().collect();
    let (front, back) = match (sort, letters.len()) {
        (_, 0) => return String::new(),
        (_, 1) => (0, 0),
        (Sort::Number, 11..) => (3, 4),
        _ => (1, 0),
    };
    let last = letters.len() - back;
    letters.iter().enumerate().map(|(at, c)| if at < front || at >= last { *c } else { '*' }).collect()
}

/// A text whose mobiles and ID numbers cannot be read.
fn without_numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = letters.get(at) {
        let begins =
            digit(*c).is_some() && (at == 0 || letters.get(at - 1).is_none_or(|c| digit(*c).is_none()));
        match number_at(&letters, at).filter(|_| begins) {
            Some((digits, end)) => {
                shown.push_str(&hidden(Sort::Number, &digits));
                at = end;
            }
            None => {
                shown.push(*c);
                at += 1;
            }
        }
    }
    shown
}

/// A mobile or an ID number that begins there, and where it ends.
fn number_at(letters: &[char], start: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut at = start;
    while let Some(c) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        match digit(*c) {
            Some(digit) => digits.push(digit),
            None if SEPARATORS.contains(c) && next.is_some_and(|next| digit(next).is_some()) => {
                at += 1;
                continue;
            }
            None => return None,
        }
        at += 1;
        let is_over = next.is_none_or(|next| digit(next).is_none());
        if is_over && is_mobile(&digits) {
            return Some((digits, at));
        }
        if digits.len() == MOST_DIGITS - 1
            && matches!(next, Some('x' | 'X' | '\u{FF38}' | '\u{FF58}'))
            && is_id(&digits)
        {
            digits.push('X');
            return Some((digits, at + 1));
        }
        if digits.len() == MOST_DIGITS {
            return (is_over && is_id(&digits)).then_some((digits, at));
        }
    }
    None
}

/// Full-width ones are read like others.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{FF10}'..='\u{FF19}' => char::from_digit(u32::from(c) - 0xFF10, 10),
        _ => None,
    }
}

fn is_mobile(digits: &str) -> bool {
    let own = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86"));
    let own = own.filter(|own| own.len() == 11).unwrap_or(digits);
    own.len() == 11 && own.starts_with('1') && matches!(own.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// By the day of birth in it; a wrong check digit makes it nobody else's.
fn is_id(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    matches!(part(6, 10), Some(1900..=2099))
        && matches!(part(10, 12), Some(1..=12))
        && matches!(part(12, 14), Some(1..=31))
        && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn personal(sort: Sort, value: &str) -> Personal {
        Personal { sort, value: value.to_owned() }
    }

    #[test]
    fn numbers_are_found_in_any_text() {
        for (text, shown) in [
            ("13800138007", "138****8007"),
            ("请核对13800138007，谢谢", "请核对138****8007，谢谢"),
            ("138 0013 8007", "138****8007"),
            ("+86 138-0013-8007", "+861******8007"),
            ("１３８００１３８００７", "138****8007"),
            ("a 13800138007 13900139000", "a 138****8007 139****9000"),
            ("110101199003071234", "110***********1234"),
            ("11010119900307123x", "110***********123X"),
            ("2026年11月26日", "2026年11月26日"),
            ("20261126-0a1b", "20261126-0a1b"),
            ("20261126000001", "20261126000001"),
            ("23800138007", "23800138007"),
            ("113800138007", "113800138007"),
            ("12-34-56", "12-34-56"),
            ("", ""),
        ] {
            assert_eq!(Mask::of(&[]).over(text), shown, "{text}");
        }
    }

    #[test]
    fn what_a_row_says_of_persons_is_found_in_its_texts() {
        let known = [
            personal(Sort::Name, "张三"),
            personal(Sort::Name, "张三丰"),
            personal(Sort::Name, "欧阳 娜娜"),
            personal(Sort::Name, "李"),
            personal(Sort::Number, "1380013"),
        ];
        for (text, shown) in [
            ("劳动合同_张三", "劳动合同_张*"),
            ("张三丰和张三", "张**和张*"),
            ("欧阳娜娜", "欧***"),
            ("李子", "李子"),
            ("手机号 1380013 不对", "手机号 1****** 不对"),
        ] {
            assert_eq!(Mask::of(&known).over(text), shown, "{text}");
        }
        assert_eq!(hidden(Sort::Name, "李"), "*");
        assert_eq!(hidden(Sort::Name, "John Smith"), "J*********");
    }
}

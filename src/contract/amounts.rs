//! Amounts as contracts have them, in figures and in words: `3,500元`, `叁仟伍佰元整`. Pure.

use super::normalize::to_half_width;

/// In hundredths (分); `None`: it is no amount, or one that is not written as usual.
pub fn written_amount(text: &str) -> Option<u64> {
    let text = to_half_width(text);
    let bare =
        text.trim().trim_start_matches(['¥', '￥']).trim_start_matches("人民币").replace([',', ' '], "");
    if bare.contains(|c: char| c.is_ascii_digit()) { in_figures(&bare) } else { in_words(&bare) }
}

/// `3500`, `3500.50元`, `1.2万`.
fn in_figures(text: &str) -> Option<u64> {
    const MOST_DIGITS: usize = 12;
    let text = text.trim_end_matches("元整").trim_end_matches('元');
    let (text, unit) = text.strip_suffix('万').map_or((text, 100), |text| (text, 1_000_000));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > MOST_DIGITS
        || part.len() > 6
        || !is_number(whole)
        || !is_number(part)
    {
        return None;
    }
    let place = 10_u64.pow(u32::try_from(part.len()).ok()?);
    let part: u64 = if part.is_empty() { 0 } else { part.parse().ok()? };
    whole.parse::<u64>().ok()?.checked_mul(unit)?.checked_add(part * unit / place)
}

/// `叁仟伍佰元整`, `叁仟伍佰零拾零元整`, `三千五百元`, `壹万贰仟元零伍角`.
fn in_words(text: &str) -> Option<u64> {
    const DIGITS: [&str; 10] =
        ["零〇", "一壹", "二贰两貳", "三叁叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"];
    const LONGEST: usize = 40;
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let mut sum = Sum::default();
    for c in text.chars() {
        let is = |units: &str| units.contains(c);
        let digit = DIGITS.iter().position(|words| words.contains(c));
        match (digit, c) {
            (Some(digit), _) => sum.digit(digit as u64)?,
            _ if is("十拾") => sum.tens(10)?,
            _ if is("百佰") => sum.tens(100)?,
            _ if is("千仟") => sum.tens(1_000)?,
            _ if is("万萬") => sum.unit(10_000)?,
            _ if is("亿億") => sum.unit(100_000_000)?,
            _ if is("元圆圓") => sum.yuan()?,
            _ if is("角") => sum.part += sum.digit.take()?.checked_mul(10)?,
            _ if is("分") => sum.part += sum.digit.take()?,
            _ if is("整正") => {}
            _ => return None,
        }
    }
    sum.all()
}

/// What has been read of an amount in words.
#[derive(Default)]
struct Sum {
    /// Of 亿, of 万, and below that.
    high: u64,
    above: u64,
    below: u64,
    /// The digit that waits for its unit, and the unit before it: 三千五 is 3500, and nobody writes so.
    digit: Option<u64>,
    last: u64,
    is_yuan: bool,
    /// In 分.
    part: u64,
}

impl Sum {
    fn digit(&mut self, digit: u64) -> Option<()> {
        // 零伍: the zero says that a unit is left out.
        if digit == 0 {
            self.last = 0;
        }
        if self.digit.is_some_and(|before| before > 0) {
            return None;
        }
        self.digit = Some(digit);
        Some(())
    }

    fn tens(&mut self, tens: u64) -> Option<()> {
        // 十二 is twelve, 零拾 nothing.
        let digit = self.digit.take().or((tens == 10).then_some(1))?;
        self.below = self.below.checked_add(digit.checked_mul(tens)?)?;
        self.last = tens;
        Some(())
    }

    fn unit(&mut self, unit: u64) -> Option<()> {
        let own = self.below.checked_add(self.digit.take().unwrap_or(0))?;
        self.below = 0;
        self.last = unit;
        if unit > 10_000 {
            self.high = self.high.checked_add(self.above.checked_add(own)?.checked_mul(unit)?)?;
            self.above = 0;
        } else {
            self.above = self.above.checked_add(own.checked_mul(unit)?)?;
        }
        Some(())
    }

    fn yuan(&mut self) -> Option<()> {
        self.below = self.below.checked_add(self.rest()?)?;
        self.is_yuan = true;
        Some(())
    }

    /// The last digit, which has no unit.
    fn rest(&mut self) -> Option<u64> {
        match self.digit.take() {
            Some(digit) if digit > 0 && self.last > 10 => None,
            digit => Some(digit.unwrap_or(0)),
        }
    }

    fn all(mut self) -> Option<u64> {
        let rest = if self.is_yuan { 0 } else { self.rest()? };
        let whole = self.high.checked_add(self.above)?.checked_add(self.below)?.checked_add(rest)?;
        (self.is_yuan || whole > 0).then_some(())?;
        whole.checked_mul(100)?.checked_add(self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_words_are_those_in_figures() {
        for (words, figures) in [
            ("叁仟伍佰元整", "3500"),
            ("人民币叁仟伍佰元整", "¥3,500.00"),
            ("三千五百元", "3500元"),
            ("壹万贰仟元整", "1.2万"),
            ("壹万零伍拾元整", "10050"),
            ("贰拾万元整", "200000"),
            ("壹亿贰仟万元整", "120000000"),
            ("十二元", "12"),
            ("壹仟元零伍角", "1000.5"),
            ("壹佰贰拾叁元肆角伍分", "123.45"),
            ("零元整", "0"),
            ("叁仟伍佰零拾零元整", "3500"),
            ("零万叁仟伍佰零拾零元零角零分", "3500"),
            ("壹万贰仟叁佰肆拾伍", "12345"),
            ("壹万零伍元", "10005"),
        ] {
            let (one, other) = (written_amount(words), written_amount(figures));
            assert!(one.is_some() && one == other, "{words} {one:?} {figures} {other:?}");
        }
        assert_eq!(written_amount(&format!("{}万亿元整", "九千".repeat(200))), None);
        for text in ["三千五", "一万二", "", "待定", "面议", "3500元/月", "三千左右", "3500-4000", "见附件"]
        {
            assert_eq!(written_amount(text), None, "{text}");
        }
    }
}

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

/// `叁仟伍佰元整`, `三千五百元`, `壹万贰仟元零伍角`.
fn in_words(text: &str) -> Option<u64> {
    const DIGITS: [&str; 10] =
        ["零〇", "一壹", "二贰两貳", "三叁叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"];
    // Of 亿, of 万, below that, the digit that waits for its unit, and what stands behind 元.
    let (mut high, mut above, mut below, mut digit, mut part) = (0_u64, 0_u64, 0_u64, None, 0_u64);
    let mut has_unit = false;
    for c in text.chars() {
        let is = |units: &str| units.contains(c);
        if let Some(own) = DIGITS.iter().position(|words| words.contains(c)) {
            digit = Some(own as u64);
            continue;
        }
        let tens = match () {
            () if is("十拾") => Some(10),
            () if is("百佰") => Some(100),
            () if is("千仟") => Some(1_000),
            () => None,
        };
        match tens {
            // 十二 is twelve.
            Some(tens) => below += digit.take().filter(|own| *own > 0).unwrap_or(1) * tens,
            None if is("万萬") => {
                above += (below + digit.take().unwrap_or(0)).checked_mul(10_000)?;
                below = 0;
            }
            None if is("亿億") => {
                high += (above + below + digit.take().unwrap_or(0)).checked_mul(100_000_000)?;
                (above, below) = (0, 0);
            }
            None if is("元圆圓") => {
                below += digit.take().unwrap_or(0);
                has_unit = true;
            }
            None if is("角") => part += digit.take()? * 10,
            None if is("分") => part += digit.take()?,
            None if is("整正") => {}
            None => return None,
        }
    }
    let whole = high + above + below + digit.unwrap_or(0);
    (!text.is_empty() && (has_unit || whole > 0)).then(|| whole * 100 + part)
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
        ] {
            let (one, other) = (written_amount(words), written_amount(figures));
            assert!(one.is_some() && one == other, "{words} {one:?} {figures} {other:?}");
        }
        for text in ["", "待定", "面议", "3500元/月", "三千左右", "3500-4000", "见附件"] {
            assert_eq!(written_amount(text), None, "{text}");
        }
    }
}

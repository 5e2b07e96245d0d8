//! Headers of forms that people fill in: `1、您的姓名：`, `Q2. 请填写您的手机号码`. Pure.

use super::vocabulary::{
    ASKED_BEFORE, ASKED_BEHIND, BEGINNINGS_OF_QUESTIONS, CHINESE_NUMBERS, NOTES_OF_QUESTIONS,
};

/// What the headers ask for, without the numbers of the questions, where they are numbered through:
/// 1.姓名, 1.电话, 2.姓名, 2.电话 are two people.
pub fn without_numbers<H: AsRef<str>>(headers: &[H]) -> Vec<String> {
    let numbered: Vec<Option<(u32, &str)>> = headers.iter().map(|header| numbered(header.as_ref())).collect();
    let numbers: Vec<u32> = numbered.iter().flatten().map(|(number, _)| *number).collect();
    let counts = numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let pairs = headers.iter().zip(numbered);
    pairs
        .map(|(header, numbered)| {
            let bare = numbered.filter(|_| counts).map_or(header.as_ref(), |(_, rest)| rest);
            without_question(bare).to_owned()
        })
        .collect()
}

/// 姓名, 姓名.1: a program has numbered headers that stand twice, and each is read as it was. None: there are none.
pub fn without_repeats(headers: &[String]) -> Option<Vec<String>> {
    let as_it_was = |header: &String| {
        let (bare, number) = header.rsplit_once('.')?;
        // 填写:2 and 填写:2.1 are two clauses.
        let is_number = (1..=2).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && !number.starts_with('0')
            && !bare.ends_with(|c: char| c.is_ascii_digit());
        (is_number && headers.iter().any(|own| own == bare)).then(|| bare.to_owned())
    };
    let is_one = headers.iter().any(|header| as_it_was(header).is_some());
    let all = headers.iter().map(|header| as_it_was(header).unwrap_or_else(|| header.clone()));
    is_one.then(|| all.collect())
}

/// `1、姓名`, `Q1_姓名`, `第1题：姓名`, `①姓名`: its number, and what is asked.
fn numbered(header: &str) -> Option<(u32, &str)> {
    let text = header.trim_start_matches(['*', '＊', ' ']);
    let circled = text.chars().next().filter(|c| ('①'..='⑳').contains(c));
    if let Some(circled) = circled {
        let rest = text[circled.len_utf8()..].trim_start();
        return (!rest.is_empty()).then_some((circled as u32 - '①' as u32 + 1, rest));
    }
    // 一、姓名.
    if let Some((number, rest)) = text.split_once('、')
        && let Some(at) = CHINESE_NUMBERS.iter().position(|own| own.to_string() == number)
        && !rest.is_empty()
    {
        return Some((u32::try_from(at).ok()? + 1, rest));
    }
    let begun = BEGINNINGS_OF_QUESTIONS.iter().find_map(|word| text.strip_prefix(word));
    let bare = begun.unwrap_or(text);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let number = bare.get(..digits).filter(|digits| digits.len() <= 2)?.parse().ok()?;
    let behind = &bare[digits..];
    let behind = behind.strip_prefix('题').unwrap_or(behind);
    let rest =
        behind.trim_start_matches(['、', '.', '．', ':', '：', '_', '-', ')', '）', ' ', '*', '\u{3000}']);
    (rest.len() < behind.len() && !rest.is_empty()).then_some((number, rest))
}

/// `请填写您的姓名是`: what is asked for.
fn without_question(text: &str) -> &str {
    let mut bare = text.trim();
    for word in ASKED_BEFORE {
        bare = bare.strip_prefix(word).unwrap_or(bare);
    }
    // 您的姓名？（填空题 *必填）
    let bare = match bare.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（'])) {
        Some((rest, note))
            if !rest.is_empty() && NOTES_OF_QUESTIONS.iter().any(|word| note.contains(word)) =>
        {
            rest
        }
        _ => bare,
    };
    let ended = bare.trim_end_matches(['?', '？', ':', '：', ' ']);
    let end = ASKED_BEHIND.iter().find_map(|word| ended.strip_suffix(word));
    match end {
        Some(rest) if !rest.is_empty() => rest,
        _ if bare.is_empty() => text,
        _ => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[&str]) -> Vec<String> {
        without_numbers(&headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn questions_are_what_they_ask_for() {
        for headers in [
            ["1、您的姓名：", "2、您的手机号码是？"],
            ["Q1.姓名", "Q2.手机号码"],
            ["第1题：请填写您的姓名", "第2题：请输入手机号码"],
            ["①姓名", "②手机号码"],
            ["01. 姓名", "02. 手机号码"],
            ["您的姓名是？", "手机号码(单行输入)"],
            ["一、姓名", "二、手机号码"],
            ["您的姓名？（填空题 *必填）", "您的手机号码（填空题 *必填）"],
        ] {
            let found: Vec<String> =
                asked(&headers).iter().map(|text| text.replace(['：', '？'], "")).collect();
            assert_eq!(found, ["姓名", "手机号码"], "{headers:?}");
        }
        for headers in [
            ["1.姓名", "1.电话"],
            ["姓名", "1号楼"],
            ["2026年工资", "2027年工资"],
            ["姓名1", "姓名2"],
            ["是", "您的"],
        ] {
            assert_eq!(asked(&headers), headers, "{headers:?}");
        }
    }
}

//! One way to say a thing in two languages.
//!
//! `say!` makes a sentence, `words!` what is wrong and what to do about it.
//! Chinese comes first, English right behind it, so neither is written without
//! the other. Both are format strings that the compiler checks. Values in scope
//! are named inside the strings; others are given names behind them, and a
//! language may leave out what it does not need. A fixed word that stands in a
//! table or within a sentence (a header, a label) is picked with `Lang::pick`.

/// `say!(lang, "第 {row} 行", "row {row}")`, `say!(lang, "共 {n} 份", "{n} in all", n = list.len())`.
macro_rules! say {
    ($lang:expr, $zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = &$value;)*
        match $lang {
            $crate::text::Lang::Zh => format!($zh),
            $crate::text::Lang::En => format!($en),
        }
    }};
}

/// `words!(lang, ("什么", "怎么办"), ("what", "what to do"))`, with names as for `say!`.
macro_rules! words {
    ($lang:expr, ($zh:literal, $zh_todo:literal), ($en:literal, $en_todo:literal) $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = &$value;)*
        match $lang {
            $crate::text::Lang::Zh => $crate::text::Words::new(format!($zh), format!($zh_todo)),
            $crate::text::Lang::En => $crate::text::Words::new(format!($en), format!($en_todo)),
        }
    }};
}

pub(crate) use {say, words};

/// English has plurals: `1 page`, `2 pages`.
pub fn several(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use crate::text::Lang;

    #[test]
    fn both_languages_say_the_same_of_the_same() {
        let row = 3;
        assert_eq!(say!(Lang::Zh, "第 {row} 行", "row {row}"), "第 3 行");
        assert_eq!(say!(Lang::En, "第 {row} 行", "row {row}"), "row 3");
    }

    #[test]
    fn a_named_value_may_be_used_by_one_language_only() {
        let list = ["a", "b"];
        let said = |lang| say!(lang, "共 {n} 份", "{n} of {all}", n = list.len(), all = list.join("+"));
        assert_eq!(said(Lang::Zh), "共 2 份");
        assert_eq!(said(Lang::En), "2 of a+b");
    }

    #[test]
    fn words_are_what_and_what_to_do() {
        let said = words!(Lang::En, ("没有 {it}", "请加 {it}"), ("no {it}", "Add {it}"), it = "x");
        assert_eq!((said.what.as_str(), said.todo.as_str()), ("no x", "Add x"));
    }
}

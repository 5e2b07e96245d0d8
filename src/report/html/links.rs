//! Links to sign, on the page: one a signer, with a QR code of our own.

use std::io::{Result, Write};

use crate::domain::job::FlowNo;
use crate::domain::link::is_link;
use crate::domain::mask::{self, Mask, Sort};
use crate::domain::signing;
use crate::text::Lang;
use crate::text::html_report::{code_of, link_made, links_heading, not_all_links, page_words};
use crate::text::signing::what_a_link_opens;

use super::super::ReportError;
use super::super::model::Model;
use super::super::signing::each_signer;
use super::codes::Codes;
use super::markup::text;

/// More codes make a browser slow; the workbook has them all.
const MOST_LINKS: usize = 1_000;

/// A signer's link as the page shows it.
pub struct LinkCard {
    contract: String,
    signer: String,
    url: String,
    made: String,
}

/// The links that are shown, and how many there are: of the contracts that `belongs` names and
/// that somebody has still to sign.
pub fn cards(
    model: &Model<'_>,
    is_masked: bool,
    belongs: &dyn Fn(FlowNo) -> bool,
) -> std::result::Result<(Vec<LinkCard>, usize), ReportError> {
    let (mut cards, mut all) = (Vec::new(), 0);
    each_signer(model, |line| {
        let Some(link) = line.link.filter(|_| belongs(line.flow)) else { return Ok(true) };
        if model.file.standing(line.flow)?.is_some_and(|standing| signing::is_over(&standing.status)) {
            return Ok(true);
        }
        all += 1;
        if cards.len() < MOST_LINKS {
            let (key, name) = model.file.label(line.flow)?;
            let contract = key.unwrap_or(name);
            let personal = [mask::Personal { sort: Sort::Name, value: line.name.clone() }];
            let (contract, signer) = match is_masked {
                true => (Mask::of(&personal).over(&contract), mask::hidden(Sort::Name, &line.name)),
                false => (contract, line.name),
            };
            cards.push(LinkCard { contract, signer, url: link.url, made: model.plain_time(link.made_us) });
        }
        Ok(true)
    })?;
    Ok((cards, all))
}

/// The section of the page.
pub fn write(out: &mut impl Write, lang: Lang, cards: &[LinkCard], all: usize) -> Result<()> {
    if cards.is_empty() {
        return Ok(());
    }
    let heading = links_heading(lang);
    writeln!(out, "<section id=\"links\" aria-labelledby=\"h-links\"><h2 id=\"h-links\">{heading}</h2>")?;
    writeln!(out, "<p class=\"note\">{}</p>", text(what_a_link_opens(lang)))?;
    if all > cards.len() {
        writeln!(out, "<p class=\"note\">{}</p>", text(&not_all_links(lang, cards.len(), all)))?;
    }
    for card in cards.iter().filter(|card| is_link(&card.url)) {
        let name = format!("{} · {}", card.contract, card.signer);
        writeln!(out, "<details class=\"link\"><summary>{}</summary>", text(&name))?;
        match Codes::default().svg(&card.url, &code_of(lang, &name)) {
            Some(code) => writeln!(out, "{code}")?,
            None => writeln!(out, "<p class=\"note\">{}</p>", page_words(lang).no_code)?,
        }
        let url = text(&card.url);
        writeln!(
            out,
            "<p class=\"url\"><a href=\"{url}\" target=\"_blank\" rel=\"noopener noreferrer\">{url}</a></p>\
             <p class=\"quiet\">{}</p></details>",
            text(&link_made(lang, &card.made))
        )?;
    }
    writeln!(out, "</section>")
}

//! A reading for people on a terminal: the claims in order, each with certainty, time and chain.

use std::io::Write;

use console::{StyledObject, Term, style};
use sourceline::Reading;
use sourceline::model::{Certainty, ChainBasis, Claim, ClaimKind, Hop, HopRole, Polarity};

/// Widest text, in columns; longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// Columns before the text of a claim.
const INDENT: usize = 5;

/// Prints one line: outlet, date, number of claims, title.
pub fn line(reading: &Reading, out: &mut dyn Write) -> std::io::Result<()> {
    let document = &reading.analysis.document;
    let outlet = document.outlet.as_ref().map_or("unknown outlet", |outlet| outlet.name.as_str());
    let date =
        document.published.as_ref().map_or("undated", |published| published.edtf.get(..10).unwrap_or(&published.edtf));
    let title = document.title.as_deref().unwrap_or(&document.input);
    let notes: Vec<&str> =
        reading_notes(reading).map(|note| note.code).filter(|code| *code != "undated-document").collect();
    let notes = if notes.is_empty() { String::new() } else { format!("  [{}]", notes.join(", ")) };
    writeln!(out, "{:>4} claims  {date:<10}  {outlet}: {title}{}", reading.claims.len(), style(notes).yellow())
}

/// Prints the claims of a reading.
pub fn reading(reading: &Reading, out: &mut dyn Write) -> std::io::Result<()> {
    let width = usize::from(Term::stdout().size_checked().map_or(MAX_WIDTH as u16, |(_, columns)| columns))
        .clamp(40, MAX_WIDTH);
    head(reading, out)?;
    for claim in &reading.claims {
        claim_lines(reading, claim, width, out)?;
    }
    for note in reading_notes(reading) {
        for (at, line) in wrap(&note.message, width - 6).iter().enumerate() {
            writeln!(out, "{} {line}", if at == 0 { style("note:").yellow() } else { style("     ").yellow() })?;
        }
    }
    let removed = reading.analysis.document.removed.len();
    if removed > 0 {
        writeln!(out, "{}", style(format!("{removed} pieces of page furniture were left out")).dim())?;
    }
    Ok(())
}

/// Title, outlet, date, number of claims.
fn head(reading: &Reading, out: &mut dyn Write) -> std::io::Result<()> {
    let document = &reading.analysis.document;
    if let Some(title) = &document.title {
        writeln!(out, "{}", style(title).bold().underlined())?;
    }
    let outlet = document.outlet.as_ref().map_or("unknown outlet", |outlet| outlet.name.as_str());
    let date = document.published.as_ref().map_or("date unknown", |published| published.edtf.as_str());
    writeln!(out, "{}\n", style(format!("{outlet} · {date} · {} claims", reading.claims.len())).dim())
}

fn claim_lines(reading: &Reading, claim: &Claim, width: usize, out: &mut dyn Write) -> std::io::Result<()> {
    for (at, line) in wrap(&claim.statement, width - INDENT).iter().enumerate() {
        let number = if at == 0 { format!("{:>3}", claim.id) } else { String::new() };
        writeln!(out, "{:>3}  {}", style(number).dim(), style(line).bold())?;
    }
    let mut facts = vec![certainty(claim).to_string()];
    facts.extend(kind(claim).map(|kind| style(kind).magenta().to_string()));
    facts.extend(time(reading, claim).map(|time| style(time).cyan().to_string()));
    writeln!(out, "{:INDENT$}{}", "", facts.join(" · "))?;
    let inherited =
        if claim.chain_basis == ChainBasis::Inherited { " (the article as a whole rests on it)" } else { "" };
    for (at, line) in wrap(&format!("{}{inherited}", chain(&claim.chain)), width - INDENT).iter().enumerate() {
        let indent = if at == 0 { INDENT } else { INDENT + 2 };
        writeln!(out, "{:indent$}{}", "", style(line).dim())?;
    }
    writeln!(out)
}

/// How sure a claim is put, with "not so" for one that is denied.
fn certainty(claim: &Claim) -> StyledObject<String> {
    let word = claim.certainty.as_str();
    if claim.polarity == Polarity::Negative {
        return style(format!("not so, {word}")).red();
    }
    let styled = style(word.to_owned());
    match claim.certainty {
        Certainty::Asserted => styled.green(),
        Certainty::Probable | Certainty::Possible => styled.yellow(),
        Certainty::Planned | Certainty::Predicted => styled.blue(),
        Certainty::Hypothetical => styled.magenta(),
    }
}

/// The kind of a claim where it is not that something happened or is so.
fn kind(claim: &Claim) -> Option<&'static str> {
    match claim.kind {
        ClaimKind::Event | ClaimKind::State => None,
        ClaimKind::Forecast => Some("forecast"),
        ClaimKind::Opinion => Some("opinion"),
    }
}

/// When a claim's events happen or its relations hold.
pub fn time(reading: &Reading, claim: &Claim) -> Option<String> {
    let events = reading.events.iter().filter(|event| claim.events.contains(&event.id));
    let of_events = events.filter_map(|event| event.time.clone()).next();
    of_events.or_else(|| {
        let relations = reading.relations.iter().filter(|relation| claim.relations.contains(&relation.id));
        relations
            .filter(|relation| relation.begin.is_some() || relation.end.is_some())
            .map(|relation| {
                if relation.begin.is_none() && relation.end.as_deref() == Some("../..") {
                    return "ended on an unknown day".to_owned();
                }
                let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "..".to_owned());
                format!("{}/{}", side(&relation.begin), side(&relation.end))
            })
            .next()
    })
}

/// A chain with its hops from the document's outlet inwards.
pub fn chain(chain: &[Hop]) -> String {
    chain.iter().map(hop).collect::<Vec<_>>().join(" <- ")
}

fn hop(hop: &Hop) -> String {
    let role = if hop.role == HopRole::Translator { ", translation" } else { "" };
    let anonymous = if hop.anonymous { " (anonymous)" } else { "" };
    format!("{}{role}{anonymous}", hop.name)
}

/// All notes, each once.
pub fn reading_notes(reading: &Reading) -> impl Iterator<Item = &sourceline::model::Note> {
    let stages = [&reading.analysis.document.notes, &reading.analysis.notes, &reading.notes];
    let mut seen = std::collections::BTreeSet::new();
    stages.into_iter().flatten().filter(move |note| seen.insert(*note))
}

/// Breaks a text at spaces into lines of at most `width` columns; a longer word gets a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let long = console::measure_text_width(word);
        match lines.last_mut() {
            Some(line) if console::measure_text_width(line) + 1 + long <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("inseparable x", 4), ["inseparable", "x"]);
        assert_eq!(wrap("قال اثنان من السكان", 10), ["قال اثنان", "من السكان"]);
    }
}

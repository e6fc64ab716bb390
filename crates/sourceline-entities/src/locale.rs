//! Where a report is at home, by what it takes for granted.
//!
//! In: a text and its outlet. Out: countries with weights. A report on home affairs seldom names its country; its offices, bodies and
//! money do, and so does the country of the outlet.
//! Not here: which countries a text names (`evidence`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sourceline_knowledge::Knowledge;
use sourceline_model::Document;

/// Weight of the country that the outlet is based in, against one for each mention in the text.
const OUTLET_WEIGHT: f32 = 0.5;
/// Weight of one phrase of the table, however often it occurs.
const MARKER_WEIGHT: f32 = 0.5;
/// Most that the phrases of one country weigh together.
const MARKERS_MOST: f32 = 2.5;
/// Country codes that are sold as general domains.
const SOLD_DOMAINS: [&str; 14] = ["co", "tv", "me", "io", "ai", "fm", "ly", "cc", "ws", "to", "nu", "am", "gg", "sh"];

/// Countries that `document` is likely written for.
pub fn home(document: &Document, knowledge: &Knowledge) -> Vec<(String, f32)> {
    let mut weights: BTreeMap<String, f32> = BTreeMap::new();
    let text = document.text.replace('’', "'");
    for (country, phrases) in markers() {
        let count = phrases.iter().filter(|phrase| holds(&text, phrase)).count();
        let count = count + usize::from(*country == "US" && has_local_number(&text));
        if count > 0 {
            let weight = (MARKER_WEIGHT * count as f32).min(MARKERS_MOST);
            *weights.entry((*country).to_owned()).or_default() += weight;
        }
    }
    if let Some(country) = outlet_country(document, knowledge) {
        *weights.entry(country).or_default() += OUTLET_WEIGHT;
    }
    weights.into_iter().collect()
}

type Markers = Vec<(&'static str, Vec<&'static str>)>;

fn markers() -> &'static Markers {
    static TABLE: &str = include_str!("../../../data/gazetteer/markers.tsv");
    static MARKERS: OnceLock<Markers> = OnceLock::new();
    MARKERS.get_or_init(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|row| row.split_once('\t'))
            .map(|(iso2, phrases)| (iso2, phrases.split(';').filter(|phrase| !phrase.is_empty()).collect()))
            .collect()
    })
}

/// Whether `text` holds `phrase` as whole words.
fn holds(text: &str, phrase: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        let open = word(phrase.chars().next()) && word(before);
        // A sign of money stands right before its figure.
        let shut = phrase.ends_with(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
        !open && !shut
    })
}

/// Whether the text gives a telephone number of the North American plan: (318) 555-0146, 318-555-0146.
fn has_local_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = |pattern: &[u8]| {
        bytes.windows(pattern.len()).any(|window| {
            window
                .iter()
                .zip(pattern)
                .all(|(byte, like)| if *like == b'0' { byte.is_ascii_digit() } else { byte == like })
        })
    };
    shape(b"000-000-0000") || shape(b"(000) 000-0000")
}

/// The outlet's country: from the table of outlets, else from the end of its domain.
fn outlet_country(document: &Document, knowledge: &Knowledge) -> Option<String> {
    let outlet = document.outlet.as_ref();
    let known = outlet.and_then(|outlet| {
        let by_key = outlet.kb.as_deref().and_then(|key| knowledge.outlet(key));
        by_key.or_else(|| knowledge.outlet_by_name(&outlet.name)).or_else(|| knowledge.outlet_by_domain(&outlet.name))
    });
    if let Some(known) = known {
        return known.country.map(str::to_owned);
    }
    let host = document.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let host = host.map(|rest| rest.split(['/', '?', '#', ':']).next().unwrap_or(rest));
    let name = || outlet.map(|outlet| outlet.name.as_str()).filter(|name| !name.contains(' '));
    let (_, end) = host.or_else(name)?.rsplit_once('.')?;
    let end = end.to_ascii_lowercase();
    let iso2 = if end == "uk" { "GB".to_owned() } else { end.to_ascii_uppercase() };
    (end.len() == 2 && !SOLD_DOMAINS.contains(&end.as_str()) && knowledge.state(&iso2).is_some()).then_some(iso2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(text: &str, outlet: Option<&str>, country: &str) -> f32 {
        let outlet = outlet.map(|name| sourceline_model::Outlet {
            name: name.to_owned(),
            basis: sourceline_model::OutletBasis::Domain,
            kb: None,
        });
        let document = Document { text: text.to_owned(), outlet, ..Document::default() };
        let found = home(&document, Knowledge::embedded());
        found.iter().find(|(code, _)| code == country).map_or(0.0, |(_, weight)| *weight)
    }

    #[test]
    fn offices_and_money_tell_the_country() {
        assert!(weight("The Sheriff's Office asks callers to ring 318-555-0146.", None, "US") >= 1.0);
        assert!(weight("The borough council spent £40,000, a councillor said.", None, "GB") >= 1.0);
        assert!(weight("He paid 3 crore.", None, "IN") > 0.0);
        assert!(weight("The rain fell on the plain.", None, "US") == 0.0);
        assert!(weight("Governor and Representative.", None, "US") == 0.0, "abbreviations are no beginnings of words");
    }

    #[test]
    fn the_domain_tells_the_country() {
        assert!(weight("Rain.", Some("example.co.uk"), "GB") > 0.0);
        assert!(weight("Rain.", Some("example.ca"), "CA") > 0.0);
        assert!(weight("Rain.", Some("example.tv"), "TV") == 0.0);
    }
}

//! The unit-test records of PETRARCH2, after conversion to PLOVER.
//!
//! The records' dictionary says of itself that most of its codes are WEIS, not CAMEO; codes of the 300s and 900s are made up to tell
//! patterns apart. So every code is counted twice: by the literal CAMEO2PLOVER table, and by what its WEIS number means
//! (McClelland's categories, PLOVER manual v0.8). Codes of four digits are CAMEO's own.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use sourceline_coding::code;
use sourceline_model::PloverType;

use super::{Bench, analyses, share};
use crate::report::Figure;

/// Why a code was missed.
const CAUSES: [&str; 3] = ["no event coded", "another type coded", "two readings of the number differ"];

/// PLOVER types of a WEIS number: several where the manual parts what WEIS joins (done or promised, in words or in deeds).
fn weis(code: &str) -> &'static [PloverType] {
    use PloverType::*;
    match code.get(..2).unwrap_or("") {
        "03" => &[Consult, Agree],
        "04" => &[Support],
        "05" => &[Agree],
        "06" => &[Support, Agree, Retreat],
        "07" => &[Aid, Agree],
        "08" => &[Agree, Support],
        "09" | "10" => &[Request],
        "11" => &[Reject],
        "12" | "13" => &[Accuse],
        "16" => &[Threaten],
        "17" => &[Threaten, Sanction, Coerce],
        "18" => &[Mobilize, Protest],
        "19" => &[Sanction, Reject, Assault],
        "20" | "21" => &[Coerce],
        "22" => &[Assault],
        _ => &[],
    }
}

/// Share of codes whose type is among the coded ones, by both readings, and the causes of misses.
///
/// # Errors
/// When the data cannot be read.
pub fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let data = &bench.context.data;
    let table = cameo(&read(&data.join("plover/CAMEO2PLOVER-2021.txt"))?);
    let records = records(&read(&data.join("petrarch2/petrarch2/data/text/PETR.UnitTest.records.xml"))?);
    let texts: Vec<String> = records.iter().map(|record| record.0.clone()).collect();
    let mut literal = [0; 2];
    let mut meant = [0; 2];
    let mut attainable = 0;
    let mut causes = [0; 3];
    let mut all = 0;
    for (analysis, (text, codes)) in analyses(&texts, &bench.encoder).iter().zip(&records) {
        let events = code(analysis, &bench.rules).events;
        let coded = |wanted: &[PloverType]| events.iter().any(|event| wanted.contains(&event.kind));
        for code in codes {
            all += 1;
            let by_table = table.get(code).copied();
            let by_number: Vec<PloverType> =
                if code.len() > 3 { by_table.into_iter().collect() } else { weis(code).to_vec() };
            if !by_number.is_empty() {
                meant[1] += 1;
                meant[0] += usize::from(coded(&by_number));
                if bench.verbose && !coded(&by_number) {
                    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
                    println!("{code} {by_number:?} <- {kinds:?} | {text}");
                }
            }
            let Some(kind) = by_table else { continue };
            literal[1] += 1;
            attainable += usize::from(by_number.contains(&kind));
            if coded(&[kind]) {
                literal[0] += 1;
            } else if events.is_empty() {
                causes[0] += 1;
            } else if by_number.contains(&kind) {
                causes[1] += 1;
            } else {
                causes[2] += 1;
            }
        }
    }
    let causes = CAUSES.iter().zip(causes).map(|(cause, n)| format!("{cause} {n}")).collect::<Vec<_>>().join(", ");
    let of = |[right, of]: [usize; 2], what: &str| format!("{right} of {of} codes {what}");
    Ok(vec![
        Figure::new(
            "petrarch.weis",
            share(meant[0], meant[1]),
            format!("{}; {} of all {all} codes are made up", of(meant, "read as WEIS"), all - meant[1]),
        ),
        Figure::new(
            "petrarch.literal",
            share(literal[0], literal[1]),
            format!("{}; missed: {causes}", of(literal, "that the table maps")),
        ),
        Figure::new(
            "petrarch.literal.attainable",
            share(attainable, literal[1]),
            of([attainable, literal[1]], "whose readings agree"),
        ),
    ])
}

fn read(path: &std::path::Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// The first line of the conversion table that speaks of a code.
fn cameo(table: &str) -> BTreeMap<String, PloverType> {
    let mut types = BTreeMap::new();
    for (code, rest) in table.lines().filter_map(|line| line.split_once(':')) {
        if let Some(kind) = PloverType::parse(rest.split([',', '#']).next().unwrap_or("").trim()) {
            types.entry(code.trim().to_owned()).or_insert(kind);
        }
    }
    types
}

/// Sentences with their codes. A record lists both directions of a dyad, of which PLOVER makes one event.
fn records(xml: &str) -> Vec<(String, Vec<String>)> {
    let record = |record: &str| {
        let text = record.split("<Text>").nth(1)?.split("</Text>").next()?;
        let codes = record.split("eventcode=\"").skip(1).filter_map(|code| code.split('"').next());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&");
        Some((text, codes.map(str::to_owned).collect()))
    };
    xml.split("<Sentence ").skip(1).filter_map(record).collect()
}

//! TIMEX3 files: strict and overlap F1 of extents, accuracy of values among those strictly found.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use sourceline_times::{Options, Reference, time_expressions};

use crate::report::Figure;
use crate::score::Counts;

struct Gold {
    start: usize,
    end: usize,
    value: String,
}

/// Scores all files of a folder.
pub fn score(name: &str, folder: &Path, verbose: bool) -> Result<Vec<Figure>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).with_context(|| folder.display().to_string())?.flatten().map(|e| e.path()).collect();
    files.sort();
    let (mut gold_n, mut found_n, mut strict, mut overlap, mut value) = (0, 0, 0, 0, 0);
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "tml")) {
        let xml = std::fs::read_to_string(file)?;
        let Some((reference, text, gold)) = read(&xml) else { continue };
        let found = time_expressions(&text, reference.as_ref(), Options::default());
        (gold_n, found_n) = (gold_n + gold.len(), found_n + found.len());
        let stem =
            file.file_stem().map(|s| s.to_string_lossy().chars().take(3).collect::<String>()).unwrap_or_default();
        for g in &gold {
            let context = |a: usize, b: usize| {
                let from = (0..=a.saturating_sub(45)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
                let to =
                    (b + 30..).find(|i| *i >= text.len() || text.is_char_boundary(*i)).unwrap_or(b).min(text.len());
                format!("{} [{}] {}", &text[from..a], &text[a..b], &text[b..to]).replace('\n', " ")
            };
            if let Some(f) = found.iter().find(|f| f.span.start == g.start && f.span.end == g.end) {
                strict += 1;
                let mine = f.value.timex3().unwrap_or_else(|| "null".to_owned());
                if mine == g.value {
                    value += 1;
                } else if verbose {
                    println!("VALUE {stem} gold {} mine {mine} | {}", g.value, context(g.start, g.end));
                }
            }
            if let Some(f) = found.iter().find(|f| f.span.start < g.end && g.start < f.span.end) {
                overlap += 1;
                if verbose && (f.span.start != g.start || f.span.end != g.end) {
                    println!(
                        "EXTENT {stem} mine '{}' | {}",
                        text[f.span.range()].replace('\n', " "),
                        context(g.start, g.end)
                    );
                }
            } else if verbose {
                println!("MISSED {stem} | {}", context(g.start, g.end));
            }
        }
        for f in &found {
            if verbose && !gold.iter().any(|g| f.span.start < g.end && g.start < f.span.end) {
                let from = (0..=f.span.start.saturating_sub(40)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
                let to = (f.span.end + 30..)
                    .find(|i| *i >= text.len() || text.is_char_boundary(*i))
                    .unwrap_or(0)
                    .min(text.len());
                println!(
                    "FALSE {stem} | {} [{}] {}",
                    text[from..f.span.start].replace('\n', " "),
                    &text[f.span.range()],
                    text[f.span.end..to].replace('\n', " ")
                );
            }
        }
    }
    let right = |hits: usize| Counts { right: hits, found: found_n, wanted: gold_n };
    let from = format!("{value} of {strict} strictly found");
    Ok(vec![
        Figure::f1(format!("{name}.strict"), right(strict)),
        Figure::f1(format!("{name}.overlap"), right(overlap)),
        Figure::new(format!("{name}.value_accuracy"), 100.0 * value as f64 / strict.max(1) as f64, from),
    ])
}

fn read(xml: &str) -> Option<(Option<Reference>, String, Vec<Gold>)> {
    let dct = xml.split("<DCT>").nth(1)?.split("value=\"").nth(1)?.split('"').next()?;
    let body = xml.split("<TEXT>").nth(1)?.split("</TEXT>").next()?;
    let (mut text, mut gold, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        text.push_str(&unescape(&rest[..at]));
        let end = rest[at..].find('>')? + at;
        let tag = &rest[at + 1..end];
        if tag.starts_with("TIMEX3") {
            let value = tag.split(" value=\"").nth(1).and_then(|v| v.split('"').next()).unwrap_or("").to_owned();
            open.push((text.len(), value));
        } else if tag == "/TIMEX3"
            && let Some((start, value)) = open.pop()
        {
            gold.push(Gold { start, end: text.len(), value });
        }
        rest = &rest[end + 1..];
    }
    text.push_str(&unescape(rest));
    gold.sort_by_key(|g| g.start);
    Some((Reference::parse(dct), text, gold))
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

//! Attribution spans of the reading on PolNeAR dev: exact sources, cues, contents, each unbroken run a span.
//!
//! Beside the encoder's own figures (task `encoder`) these show what the repairs of the reading cost or bring.

use std::collections::BTreeSet;

use anyhow::Result;
use sourceline_model::{Document, Span};

use super::{engine, files};
use crate::Context;
use crate::report::{Figure, finish};
use crate::score::Counts;

const ROLES: [&str; 3] = ["source", "cue", "content"];

/// A stretch in code points.
type Stretch = (usize, usize);

/// Measures the attributions of readings.
///
/// # Errors
/// When data is missing or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let root = context.data.join("polnear/data/dev");
    let engine = engine(context)?;
    let annotations = files(&root.join("attributions"), "ann")?;
    let mut counts = [Counts::default(); 3];
    for path in files(&root.join("text"), "txt")? {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let of = |path: &&std::path::PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{stem}_")))
        };
        let Some(annotation) = annotations.iter().find(of) else { continue };
        let text = std::fs::read_to_string(&path)?;
        let gold = gold(&std::fs::read_to_string(annotation)?);
        let points: Vec<usize> = code_points(&text);
        let reading = engine.read(Document { text, ..Document::default() });
        let found: Vec<(&str, &Span)> = reading
            .attributions
            .iter()
            .flat_map(|said| {
                let source = said.source.iter().map(|span| ("source", span));
                let cue = said.cue.iter().map(|span| ("cue", span));
                source.chain(cue).chain(said.content.iter().map(|span| ("content", span)))
            })
            .collect();
        for (role, counts) in ROLES.iter().zip(&mut counts) {
            let own: BTreeSet<Stretch> = found
                .iter()
                .filter(|(own, _)| own == role)
                .map(|(_, span)| (points[span.start], points[span.end]))
                .collect();
            let wanted: BTreeSet<Stretch> =
                gold.iter().filter(|(own, _)| own == role).map(|(_, stretch)| *stretch).collect();
            counts.add(Counts::of(&own, &wanted));
        }
    }
    let figures: Vec<Figure> =
        ROLES.iter().zip(counts).map(|(role, counts)| Figure::f1(format!("reading.{role}"), counts)).collect();
    let intro = "PolNeAR dev, attributions of the reading (what the encoder tagged, mended, and what rules find inside contents): exact F1 of unbroken runs, whole texts. \
                 The encoder's own spans stand under `encoder`.";
    finish(&context.root, "attribution", intro, &figures)
}

/// Code point of every byte.
fn code_points(text: &str) -> Vec<usize> {
    let mut points = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, c) in text.char_indices() {
        for point in &mut points[at..at + c.len_utf8()] {
            *point = count;
        }
        count += 1;
    }
    points[text.len()] = count;
    points
}

/// Roles and stretches of a brat file.
fn gold(annotations: &str) -> Vec<(&'static str, Stretch)> {
    let mut found = Vec::new();
    for line in annotations.lines().filter(|line| line.starts_with('T')) {
        let Some((head, pieces)) = line.split('\t').nth(1).and_then(|field| field.split_once(' ')) else { continue };
        let Some(role) = ROLES.iter().find(|role| role.eq_ignore_ascii_case(head)) else { continue };
        for piece in pieces.split(';') {
            if let Some((Ok(start), Ok(end))) = piece.split_once(' ').map(|(a, b)| (a.parse(), b.parse())) {
                found.push((*role, (start, end)));
            }
        }
    }
    found
}

//! Attribution: PolNeAR dev, exact span and token F1 of sources, cues, contents; links.
//!
//! Documents with several annotators count with the first by name, as in training. A discontinuous span counts as its runs. Spans
//! are also counted cut at our sentence ends (`in_sentence`), which is how the published scores treat spans of several sentences.

use super::errors::Errors;
use crate::Context;
use crate::report::Figure;
use crate::score::Counts;
use anyhow::{Context as _, Result};
use sourceline_encoder::Encoder;
use sourceline_model::{Analysis, AttributionRole, Document};
use sourceline_text::{Settings, analyze_all};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const ROLES: [(&str, AttributionRole); 3] =
    [("source", AttributionRole::Source), ("cue", AttributionRole::Cue), ("content", AttributionRole::Content)];

/// An annotated span: role and ranges of code points.
type Annotated = (String, Vec<(usize, usize)>);

fn text_files(context: &Context) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = list(&context.data.join("polnear/data/dev/text"))?;
    files.retain(|path| path.extension().is_some_and(|ext| ext == "txt"));
    Ok(files)
}

/// The texts of PolNeAR dev.
///
/// # Errors
/// When the data cannot be read.
pub fn texts(context: &Context) -> Result<Vec<String>> {
    text_files(context)?.iter().map(|path| Ok(std::fs::read_to_string(path)?)).collect()
}

/// PolNeAR dev.
///
/// # Errors
/// When the data cannot be read.
pub fn run(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    let root = context.data.join("polnear/data/dev");
    let texts = text_files(context)?;
    let annotations = list(&root.join("attributions"))?;
    let mut documents = Vec::new();
    let mut gold = Vec::new();
    for path in texts {
        let base = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(annotation) = annotations.iter().find(|path| is_annotation(path, &base)) else { continue };
        documents.push(Document { text: std::fs::read_to_string(&path)?, ..Document::default() });
        gold.push(read_annotations(&std::fs::read_to_string(annotation)?));
    }
    let analyses = analyze_all(documents, encoder, Settings { threads: 1, sentence_vectors: false });
    let mut out = Vec::new();
    let mut errors = Errors::default();
    for (name, role) in ROLES {
        let mut counts = [Counts::default(); 3];
        for (analysis, gold) in analyses.iter().zip(&gold) {
            let wanted = gold_runs(analysis, gold, name);
            let found: BTreeSet<(usize, usize)> = analysis
                .attribution
                .iter()
                .filter(|span| span.role == role)
                .map(|span| (span.tokens.start, span.tokens.end))
                .collect();
            counts[0].add(Counts::of(&found, &wanted));
            counts[1].add(Counts::of(&cut(&found, analysis), &cut(&wanted, analysis)));
            counts[2].add(Counts::of(&words(&found), &words(&wanted)));
            let typed = |spans: &BTreeSet<(usize, usize)>| {
                cut(spans, analysis).into_iter().map(|(start, end)| (start, end, name)).collect()
            };
            errors.add_spans(&typed(&found), &typed(&wanted));
        }
        out.push(Figure::f1(format!("polnear.{name}"), counts[1]));
        out.push(Figure::f1(format!("polnear.{name}.whole"), counts[0]));
        out.push(Figure::f1(format!("polnear.{name}.token"), counts[2]));
    }
    errors.write(context, "polnear", "Attribution spans by role, cut at our sentence ends.")?;
    Ok(out)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(anyhow::Error::from).context(folder.display().to_string())?;
    let mut out: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    out.sort();
    Ok(out)
}

/// Whether a file is `<base>_<four hex digits>.ann`.
fn is_annotation(path: &Path, base: &str) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id = name.strip_prefix(base).and_then(|rest| rest.strip_prefix('_')).and_then(|rest| rest.strip_suffix(".ann"));
    id.is_some_and(|id| id.len() == 4 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

fn read_annotations(text: &str) -> Vec<Annotated> {
    let mut out: Vec<Annotated> = Vec::new();
    for line in text.lines().filter(|line| line.starts_with('T')) {
        let mut columns = line.split('\t').skip(1);
        let Some((kind, ranges)) = columns.next().and_then(|column| column.split_once(' ')) else { continue };
        let range = |range: &str| -> Option<(usize, usize)> {
            let (start, end) = range.split_once(' ')?;
            Some((start.parse().ok()?, end.parse().ok()?))
        };
        let role = kind.split('-').next().unwrap_or_default().to_lowercase();
        out.push((role, ranges.split(';').filter_map(range).collect()));
    }
    // Larger spans first: a word belongs to the largest span of its role.
    out.sort_by_key(|(_, ranges)| std::cmp::Reverse(ranges.iter().map(|(start, end)| end - start).sum::<usize>()));
    out
}

/// Runs of words of the gold spans of a role, no word twice.
fn gold_runs(analysis: &Analysis, gold: &[Annotated], role: &str) -> BTreeSet<(usize, usize)> {
    let text = &analysis.document.text;
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut taken: BTreeMap<usize, ()> = BTreeMap::new();
    let mut out = BTreeSet::new();
    for (_, ranges) in gold.iter().filter(|(kind, _)| kind == role) {
        let mut words: BTreeSet<usize> = BTreeSet::new();
        for &(start, end) in ranges {
            let byte = |at: usize| bytes.get(at).copied().unwrap_or(text.len());
            let (start, end) = (byte(start), byte(end));
            let first = analysis.tokens.partition_point(|token| token.span.end <= start);
            words.extend((first..analysis.tokens.len()).take_while(|&word| analysis.tokens[word].span.start < end));
        }
        let mut run: Option<(usize, usize)> = None;
        for word in words {
            if taken.insert(word, ()).is_some() {
                out.extend(run.take());
                continue;
            }
            run = match run {
                Some((start, end)) if end == word => Some((start, word + 1)),
                other => {
                    out.extend(other);
                    Some((word, word + 1))
                }
            };
        }
        out.extend(run);
    }
    out
}

/// Spans cut at the ends of our sentences.
fn cut(spans: &BTreeSet<(usize, usize)>, analysis: &Analysis) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for &(start, end) in spans {
        let mut at = start;
        while at < end {
            let sentence = analysis.sentence_of(at).map_or(end, |index| analysis.sentences[index].tokens.end);
            let stop = sentence.min(end).max(at + 1);
            out.insert((at, stop));
            at = stop;
        }
    }
    out
}

fn words(spans: &BTreeSet<(usize, usize)>) -> BTreeSet<usize> {
    spans.iter().flat_map(|&(start, end)| start..end).collect()
}

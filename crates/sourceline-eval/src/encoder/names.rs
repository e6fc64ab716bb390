//! Names: exact span and type, on held-out documents of the worldwide set and on CrossNER politics.
//!
//! Gold spans count as bytes of the text made from the corpus's tokens; ours must have the same bytes. Types are mapped to the
//! corpus's inventory. Weapons and vehicles are common nouns more often than names, which neither corpus marks, so they count
//! only with a capital or a digit.

use super::detokenize::detokenize;
use super::errors::Errors;
use crate::Context;
use crate::report::Figure;
use crate::score::Counts;
use anyhow::{Context as _, Result};
use sourceline_encoder::Encoder;
use sourceline_model::{Document, EntityKind};
use sourceline_text::{Settings, analyze_all};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

/// A mention: bytes and type.
type Mention = (usize, usize, &'static str);

/// A document with its gold mentions.
#[derive(Default)]
struct Gold {
    text: String,
    mentions: Vec<(Range<usize>, String)>,
}

impl Gold {
    fn add(&mut self, tokens: &[(String, String)]) {
        if tokens.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let base = self.text.len();
        let (text, spans) = detokenize(&tokens.iter().map(|(token, _)| token.as_str()).collect::<Vec<_>>());
        self.text.push_str(&text);
        for (words, kind) in bio(tokens) {
            self.mentions.push((base + spans[words.start].start..base + spans[words.end - 1].end, kind));
        }
    }
}

/// Spans of BIO tags.
fn bio(tokens: &[(String, String)]) -> Vec<(Range<usize>, String)> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    for (at, (_, tag)) in tokens.iter().enumerate() {
        let Some((mark, kind)) = tag.split_once('-') else { continue };
        match out.last_mut() {
            Some((words, last)) if matches!(mark, "I" | "E") && words.end == at && last == kind => words.end = at + 1,
            _ => out.push((at..at + 1, kind.to_owned())),
        }
    }
    out
}

/// Blocks of lines `token<TAB>tag` that are parted by lines without a tag.
fn blocks(path: &Path) -> Result<Vec<Vec<(String, String)>>> {
    let text = std::fs::read_to_string(path).map_err(anyhow::Error::from).context(path.display().to_string())?;
    let mut out = vec![Vec::new()];
    for line in text.lines() {
        match line.split('\t').collect::<Vec<_>>()[..] {
            [token, tag, ..] => {
                let token = token.trim().replace(' ', "");
                let is_address = token.starts_with("http") && out.len() == 1 && out[0].is_empty();
                if let Some(block) = out.last_mut().filter(|_| !token.is_empty() && !is_address) {
                    block.push((token, tag.to_owned()));
                }
            }
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|block| !block.is_empty());
    Ok(out)
}

/// Documents of the worldwide set that training never sees (`training/heldout_worldwide.txt`).
///
/// # Errors
/// When the data cannot be read.
pub fn worldwide(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    let documents = worldwide_gold(context)?;
    let gold = |kind: &str| {
        let kinds = ["Person", "Organization", "Location", "Facility", "NORP", "Product", "Misc"];
        kinds.into_iter().find(|known| *known == kind)
    };
    let mine = |kind: EntityKind| match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization | EntityKind::Group => "Organization",
        EntityKind::Gpe | EntityKind::Location => "Location",
        EntityKind::Facility => "Facility",
        EntityKind::Norp => "NORP",
        EntityKind::Product | EntityKind::Weapon | EntityKind::Vehicle => "Product",
        EntityKind::Event | EntityKind::Other => "Misc",
    };
    score(context, encoder, "worldwide", documents, gold, mine)
}

fn worldwide_gold(context: &Context) -> Result<Vec<Gold>> {
    let list =
        std::fs::read_to_string(context.root.join("training/heldout_worldwide.txt")).map_err(anyhow::Error::from)?;
    let folder = context.data.join("en_worldwide/processed_annotated");
    let mut documents = Vec::new();
    for name in list.lines() {
        let mut gold = Gold::default();
        for block in blocks(&folder.join(name))? {
            gold.add(&block);
        }
        documents.push(gold);
    }
    Ok(documents)
}

/// The texts of the held-out documents.
///
/// # Errors
/// When the data cannot be read.
pub fn worldwide_texts(context: &Context) -> Result<Vec<String>> {
    Ok(worldwide_gold(context)?.into_iter().map(|gold| gold.text).collect())
}

/// CrossNER politics dev; each sentence is a document.
///
/// # Errors
/// When the data cannot be read.
pub fn politics(context: &Context, encoder: &Encoder) -> Result<Vec<Figure>> {
    let document = |block: Vec<(String, String)>| {
        let mut gold = Gold::default();
        gold.add(&block);
        gold
    };
    let blocks = blocks(&context.data.join("crossner/ner_data/politics/dev.txt"))?;
    let gold = |kind: &str| {
        Some(match kind {
            "politician" | "person" => "person",
            "politicalparty" | "organisation" => "organization",
            "country" | "location" => "location",
            "election" | "event" => "event",
            _ => "misc",
        })
    };
    let mine = |kind: EntityKind| match kind {
        EntityKind::Person => "person",
        EntityKind::Organization | EntityKind::Group => "organization",
        EntityKind::Gpe | EntityKind::Location | EntityKind::Facility => "location",
        EntityKind::Event => "event",
        _ => "misc",
    };
    score(context, encoder, "politics", blocks.into_iter().map(document).collect(), gold, mine)
}

fn score(
    context: &Context,
    encoder: &Encoder,
    name: &str,
    documents: Vec<Gold>,
    gold_type: impl Fn(&str) -> Option<&'static str>,
    my_type: impl Fn(EntityKind) -> &'static str,
) -> Result<Vec<Figure>> {
    let texts = documents.iter().map(|gold| Document { text: gold.text.clone(), ..Document::default() }).collect();
    let analyses = analyze_all(texts, encoder, Settings { threads: 1, sentence_vectors: false });
    let mut all = Counts::default();
    let mut untyped = Counts::default();
    let mut types: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut kinds = Errors::default();
    let mut errors: BTreeMap<String, usize> = BTreeMap::new();
    for (gold, analysis) in documents.iter().zip(&analyses) {
        let typed = gold.mentions.iter().filter_map(|(span, kind)| Some((span.start, span.end, gold_type(kind)?)));
        let wanted: BTreeSet<Mention> = typed.collect();
        let mut found: BTreeSet<Mention> = BTreeSet::new();
        for name in &analysis.names {
            let span = analysis.bytes(name.tokens);
            let named = analysis.text(span).chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
            if named || !matches!(name.kind, EntityKind::Weapon | EntityKind::Vehicle) {
                found.insert((span.start, span.end, my_type(name.kind)));
            }
        }
        all.add(Counts::of(&found, &wanted));
        kinds.add_spans(&found, &wanted);
        let bare = |set: &BTreeSet<Mention>| set.iter().map(|&(start, end, _)| (start, end)).collect::<BTreeSet<_>>();
        untyped.add(Counts::of(&bare(&found), &bare(&wanted)));
        for kind in found.iter().chain(&wanted).map(|mention| mention.2).collect::<BTreeSet<_>>() {
            let of = |set: &BTreeSet<Mention>| set.iter().filter(|mention| mention.2 == kind).copied().collect();
            types.entry(kind).or_default().add(Counts::of(&of(&found), &of(&wanted)));
        }
        for (sign, &(start, end, kind)) in
            wanted.difference(&found).map(|m| ("missed", m)).chain(found.difference(&wanted).map(|m| ("extra", m)))
        {
            *errors.entry(format!("{sign}\t{kind}\t{}", &gold.text[start..end])).or_default() += 1;
        }
    }
    write_errors(context, name, errors)?;
    kinds.write(context, name, "Names by type.")?;
    let mut out = vec![Figure::f1(format!("{name}.f1"), all), Figure::f1(format!("{name}.spans"), untyped)];
    out.extend(types.into_iter().map(|(kind, counts)| Figure::f1(format!("{name}.{}", kind.to_lowercase()), counts)));
    Ok(out)
}

/// Writes what went wrong, most frequent first, to `eval/work` (not committed: it quotes the corpora).
fn write_errors(context: &Context, name: &str, errors: BTreeMap<String, usize>) -> Result<()> {
    let mut lines: Vec<(usize, String)> = errors.into_iter().map(|(line, count)| (count, line)).collect();
    lines.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let text: String = lines.into_iter().map(|(count, line)| format!("{count}\t{line}\n")).collect();
    let folder = context.root.join("eval/work");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(format!("{name}-errors.tsv")), text)?)
}

//! Coreference on GUM: MUC, B3, CEAFe and their mean, the CoNLL score.
//!
//! In: `derived/en_gum-dep-dev.conllu`. Out: scores over names and nominals (pronouns left out), for all clusters and for those that
//! hold a name. Mentions match by head word, clusters of one mention are left out, as in CorefUD.
//! Scorer: Pradhan et al., "Scoring coreference partitions of predicted mentions" (ACL 2014); matching by head: Nedoluzhko et al.,
//! "CorefUD 1.0" (LREC 2022).

pub mod antecedents;
mod metrics;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use sourceline_entities::Entities;
use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Document, EntityHint, EntityKind, MentionForm, NameSpan, Span, Tok, Upos};
use sourceline_text::Settings;

use crate::Context;
use crate::report::{Figure, finish};

use metrics::{Partition, Score};

/// A mention of the gold standard.
struct Gold {
    cluster: String,
    kind: String,
    tokens: Span<Tok>,
    head: usize,
}

/// One document: its text, trees and gold mentions.
struct Gum {
    analysis: Analysis,
    gold: Vec<Gold>,
}

/// Runs the task. `--gold-only` leaves the encoder out; `--train` scores the training part, `--errors` and
/// `--raw-errors` print clusters that differ.
///
/// # Errors
/// When the data cannot be read, or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let flag = |name: &str| context.args.iter().any(|arg| arg == name);
    let part = if flag("--train") { "train" } else { "dev" };
    let documents = read_gum(context, part)?;
    let mut figures = Vec::new();
    for (name, filter) in FILTERS {
        figures.push(figure(
            &format!("gold_trees.{name}"),
            documents.iter().map(|gum| on_gold(gum, filter, flag("--errors"))),
        ));
    }
    if !flag("--gold-only") {
        let analyses = analyses(context, plain(&documents))?;
        for (name, filter) in FILTERS {
            figures.push(figure(
                &format!("raw.{name}"),
                documents
                    .iter()
                    .zip(&analyses)
                    .map(|(gum, analysis)| on_raw(gum, analysis, filter, flag("--raw-errors"))),
            ));
        }
    }
    if part == "train" {
        for figure in &figures {
            println!("{}: {:.1} ({})", figure.key, figure.value, figure.from);
        }
        return Ok(());
    }
    let intro = "GUM dev, names and nominals by head word, without clusters of one: `named` holds clusters with a name, `all` every \
                 cluster. `gold_trees` has gold trees, names and kinds of heads; `raw` starts from plain text; there \
                 a found mention is the smallest gold one that holds its head and whose head it holds.";
    finish(&context.root, "coref", intro, &figures)
}

/// The documents of a part of GUM.
fn read_gum(context: &Context, part: &str) -> Result<Vec<Gum>> {
    let path = context.data.join(format!("derived/en_gum-dep-{part}.conllu"));
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    text.split("# newdoc").skip(1).map(read).collect()
}

/// The texts alone.
fn plain(documents: &[Gum]) -> Vec<Document> {
    let text = |gum: &Gum| Document { text: gum.analysis.document.text.clone(), ..Document::default() };
    documents.iter().map(text).collect()
}

/// What the encoder sees in documents.
fn analyses(context: &Context, documents: Vec<Document>) -> Result<Vec<Analysis>> {
    let encoder = crate::encoder::load(context)?;
    Ok(sourceline_text::analyze_all(documents, &encoder, Settings { sentence_vectors: false, ..Settings::default() }))
}

/// Which clusters count.
#[derive(Clone, Copy, PartialEq)]
enum Filter {
    Named,
    All,
}

const FILTERS: [(&str, Filter); 2] = [("named", Filter::Named), ("all", Filter::All)];

fn figure(key: &str, documents: impl Iterator<Item = (Partition, Partition)>) -> Figure {
    let mut score = Score::default();
    for (gold, found) in documents {
        score.add(&gold, &found);
    }
    Figure::new(key, score.conll(), score.describe())
}

/// Reads one document; MISC `Entity` brackets become gold mentions, names and hints.
fn read(block: &str) -> Result<Gum> {
    let mut analysis = Analysis::from_conllu(block.split_once('\n').map_or("", |(_, rest)| rest))?;
    let mut gold = Vec::new();
    let mut open: Vec<(String, String, usize)> = Vec::new();
    let rows = block.lines().filter(|line| line.split('\t').next().is_some_and(|id| id.parse::<u32>().is_ok()));
    for (at, row) in rows.enumerate() {
        let misc = row.split('\t').nth(9).unwrap_or("");
        let Some(entity) = misc.split('|').find_map(|pair| pair.strip_prefix("Entity=")) else { continue };
        for event in events(entity) {
            match event {
                Bracket::Open(cluster, kind) => open.push((cluster, kind, at)),
                Bracket::Close(cluster) => {
                    let Some(from) = open.iter().rposition(|(known, ..)| *known == cluster) else {
                        bail!("closes {cluster} unopened")
                    };
                    let (cluster, kind, start) = open.remove(from);
                    let tokens = Span::new(start, at + 1);
                    let head = analysis.head_of(tokens).unwrap_or(start);
                    gold.push(Gold { cluster, kind, tokens, head });
                }
            }
        }
    }
    simulate(&mut analysis, &gold);
    Ok(Gum { analysis, gold })
}

enum Bracket {
    Open(String, String),
    Close(String),
}

/// Splits `(1-person-…(2-place-…)3)` into brackets in order.
fn events(entity: &str) -> Vec<Bracket> {
    let mut out = Vec::new();
    let mut rest = entity;
    while !rest.is_empty() {
        if let Some(opened) = rest.strip_prefix('(') {
            let end = opened.find(['(', ')']).unwrap_or(opened.len());
            // Close brackets of other mentions may follow the text of this one.
            let mut parts = opened[..end].split('-');
            let (cluster, kind) = (parts.next().unwrap_or("").to_owned(), parts.next().unwrap_or("").to_owned());
            out.push(Bracket::Open(cluster.clone(), kind));
            rest = &opened[end..];
            if let Some(closed) = rest.strip_prefix(')') {
                out.push(Bracket::Close(cluster));
                rest = closed;
            }
        } else {
            let end = rest.find(')').unwrap_or(rest.len());
            out.push(Bracket::Close(rest[..end].to_owned()));
            rest = rest.get(end + 1..).unwrap_or("");
        }
    }
    out
}

/// Gives the analysis the names and hints that a perfect encoder would see.
fn simulate(analysis: &mut Analysis, gold: &[Gold]) {
    let mut names: Vec<NameSpan> = Vec::new();
    for mention in gold {
        let head = mention.head;
        analysis.tokens[head].hint = hint(&mention.kind);
        if analysis.tokens[head].upos != Upos::Propn {
            continue;
        }
        let proper =
            |at: usize| analysis.tokens[at].upos == Upos::Propn || matches!(analysis.tokens[at].relation(), "flat");
        let (mut start, mut end) = (head, head + 1);
        while start > mention.tokens.start && proper(start - 1) {
            start -= 1;
        }
        while end < mention.tokens.end && proper(end) {
            end += 1;
        }
        names.push(NameSpan { tokens: Span::new(start, end), kind: kind(&mention.kind) });
    }
    names.sort_by_key(|name| (name.tokens.start, name.tokens.end));
    // Inner names ("America" in "Bank of America") go, as the encoder's names do not overlap.
    names.dedup_by(|next, before| next.tokens.overlaps(&before.tokens));
    analysis.names = names;
}

fn kind(word: &str) -> EntityKind {
    match word {
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organization,
        "place" => EntityKind::Gpe,
        "event" => EntityKind::Event,
        "object" => EntityKind::Product,
        _ => EntityKind::Other,
    }
}

fn hint(word: &str) -> Option<EntityHint> {
    Some(match word {
        "person" => EntityHint::Person,
        "organization" => EntityHint::Organization,
        "place" => EntityHint::Place,
        "event" => EntityHint::Event,
        "object" => EntityHint::Object,
        "time" => EntityHint::Time,
        "substance" => EntityHint::Substance,
        "animal" => EntityHint::Animal,
        "plant" => EntityHint::Plant,
        "abstract" => EntityHint::Abstract,
        _ => return None,
    })
}

/// Gold clusters: head words of names and nominals.
fn gold_partition(gum: &Gum, filter: Filter) -> Partition {
    let mut clusters: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for mention in &gum.gold {
        match gum.analysis.tokens[mention.head].upos {
            Upos::Pron | Upos::Det => continue,
            Upos::Propn => {
                named.insert(&mention.cluster);
            }
            _ => {}
        }
        clusters.entry(&mention.cluster).or_default().insert(mention.head);
    }
    let counts = |(cluster, heads): &(&str, BTreeSet<usize>)| {
        heads.len() > 1 && (filter == Filter::All || named.contains(cluster))
    };
    clusters.into_iter().filter(counts).map(|(_, heads)| heads).collect()
}

/// Found clusters, with head words numbered as in the gold trees by `number`.
fn found_partition(entities: &Entities, filter: Filter, number: impl Fn(usize) -> Option<usize>) -> Partition {
    let mut out = Partition::new();
    for entity in &entities.entities {
        let mentions: Vec<_> =
            entities.mentions_of(entity.id).filter(|mention| mention.form != MentionForm::Pronoun).collect();
        if filter == Filter::Named && !mentions.iter().any(|mention| mention.form == MentionForm::Name) {
            continue;
        }
        let head = |heads: &[usize]| heads.last().copied();
        let heads: BTreeSet<usize> = mentions
            .iter()
            .filter_map(|mention| head(&entities.place_of(mention.id)?.heads))
            .filter_map(&number)
            .collect();
        if heads.len() > 1 {
            out.push(heads);
        }
    }
    out
}

fn on_gold(gum: &Gum, filter: Filter, errors: bool) -> (Partition, Partition) {
    let entities = sourceline_entities::entities(&gum.analysis, Knowledge::embedded());
    let (gold, found) = (gold_partition(gum, filter), found_partition(&entities, filter, Some));
    if errors && filter == Filter::Named {
        print_errors(&gum.analysis, &gold, &found);
    }
    (gold, found)
}

fn on_raw(gum: &Gum, analysis: &Analysis, filter: Filter, errors: bool) -> (Partition, Partition) {
    let entities = sourceline_entities::entities(analysis, Knowledge::embedded());
    let by_start: BTreeMap<usize, usize> =
        gum.analysis.tokens.iter().enumerate().map(|(at, token)| (token.span.start, at)).collect();
    let gold_token =
        |token: usize| analysis.tokens.get(token).and_then(|token| by_start.get(&token.span.start)).copied();
    // Found trees may head a name elsewhere ("New Zealand"): a found mention is the smallest gold mention that holds its head and
    // whose head it holds.
    let number = |token: usize| {
        let head = gold_token(token)?;
        let mention = entities.mention_at_head(token)?;
        let tokens = entities.place_of(mention.id)?.tokens;
        let words: BTreeSet<usize> = tokens.range().filter_map(gold_token).collect();
        let meets = |gold: &&Gold| gold.tokens.contains(head) && (words.contains(&gold.head) || gold.head == head);
        Some(gum.gold.iter().filter(meets).min_by_key(|gold| gold.tokens.len()).map_or(head, |gold| gold.head))
    };
    let (gold, found) = (gold_partition(gum, filter), found_partition(&entities, filter, number));
    if errors && filter == Filter::Named {
        let heads: BTreeSet<usize> = entities
            .mentions
            .iter()
            .filter_map(|mention| number(*entities.place_of(mention.id)?.heads.last()?))
            .collect();
        let missed = gold.iter().flatten().filter(|head| !heads.contains(head));
        println!("missed {}", missed.map(|&at| gum.analysis.form(at)).collect::<Vec<_>>().join(" "));
        print_errors(&gum.analysis, &gold, &found);
    }
    (gold, found)
}

/// Prints gold and found clusters that differ, as words with their numbers.
fn print_errors(analysis: &Analysis, gold: &Partition, found: &Partition) {
    let words = |cluster: &BTreeSet<usize>| {
        cluster.iter().map(|&at| format!("{}:{at}", analysis.form(at))).collect::<Vec<_>>().join(" ")
    };
    for cluster in gold.iter().filter(|cluster| !found.contains(cluster)) {
        println!("- {}", words(cluster));
    }
    for cluster in found.iter().filter(|cluster| !gold.contains(cluster)) {
        println!("+ {}", words(cluster));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_read_in_order() {
        let read: Vec<String> = events("(1-person-x(2-place-y)3)")
            .into_iter()
            .map(|event| match event {
                Bracket::Open(cluster, kind) => format!("({cluster} {kind}"),
                Bracket::Close(cluster) => format!("{cluster})"),
            })
            .collect();
        assert_eq!(read, ["(1 person", "(2 place", "2)", "3)"]);
    }
}

//! Toponyms and where they lie: LGL and GeoVirus.
//!
//! In: `lgl/lgl.xml`, `geo_pragmatic/data/Corpora/GeoVirus.xml`. Out: the share of gold toponyms put within 161 km of their gold
//! point (given the gold names), and toponym F1 with the share right of those found (from raw text).
//!
//! A toponym is found when the reading holds a name with exactly its words whose entity has a place. Gold names without a point (streets,
//! buildings) are in no gazetteer: `toponym_f1` neither wants nor punishes them, `toponym_f1.all` wants them too. LGL marks adjectives
//! and nouns of nationality as toponyms, GeoVirus does not: a name of a people counts in LGL alone, where its country is.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use sourceline_entities::places::{Toponymy, resolve};
use sourceline_knowledge::Knowledge;
use sourceline_knowledge::gazetteer::{Gazetteer, distance_km};
use sourceline_model::{Document, EntityKind, MentionForm, Outlet, OutletBasis, Span};
use sourceline_text::Settings;

use crate::Context;
use crate::report::{Figure, finish};
use crate::score::Counts;

/// Within this distance a place counts as right: 100 miles, as in the literature.
const NEAR_KM: f64 = 161.0;

/// An article with its toponyms: where they stand, and their points where known.
struct Article {
    text: String,
    domain: Option<String>,
    toponyms: Vec<(Span, Option<(f64, f64)>)>,
}

/// Names found, by start and end, with their places.
type Found = BTreeMap<(usize, usize), sourceline_model::Place>;
/// Gold names, by start and end, with their points.
type Wanted = BTreeMap<(usize, usize), Option<(f64, f64)>>;

/// Runs the task. `--gold-only` leaves the encoder out, `--errors` prints what went wrong with gold names.
///
/// # Errors
/// When a file cannot be read, or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let sets = [
        ("lgl", "lgl/lgl.xml", lgl as fn(&str) -> Vec<Article>),
        ("geovirus", "geo_pragmatic/data/Corpora/GeoVirus.xml", geovirus),
    ];
    let flag = |name: &str| context.args.iter().any(|arg| arg == name);
    let mut figures = Vec::new();
    let encoder = if flag("--gold-only") { None } else { Some(crate::encoder::load(context)?) };
    for (name, path, read) in sets {
        let path = context.data.join(path);
        let articles = read(&std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?);
        figures.extend(given_names(name, &articles, flag("--errors")));
        if let Some(encoder) = &encoder {
            figures.extend(from_text(name, &articles, encoder, flag("--errors")));
        }
    }
    let intro = "Toponyms of LGL and GeoVirus: `given` with the gold names, else from raw text. Right is within 161 km. `toponym_f1` leaves gold names \
         without a point out, `.all` wants them too. Names of peoples count in LGL, which marks them, alone.";
    finish(&context.root, "places", intro, &figures)
}

fn outlet(article: &Article) -> Option<Outlet> {
    let domain = article.domain.as_deref()?;
    let known = Knowledge::embedded().outlet_by_domain(domain);
    let name = known.map_or(domain, |outlet| outlet.name).to_owned();
    Some(Outlet { name, basis: OutletBasis::Domain, kb: known.map(|outlet| outlet.key.clone()) })
}

/// Accuracy given the gold names.
fn given_names(name: &str, articles: &[Article], errors: bool) -> Vec<Figure> {
    let toponymy = Toponymy { gazetteer: Gazetteer::embedded(), knowledge: Knowledge::embedded() };
    let (mut right, mut found, mut all) = (0, 0, 0);
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    for article in articles {
        let spans: Vec<Span> = article.toponyms.iter().map(|(span, _)| *span).collect();
        let places = resolve(&article.text, &spans, &demonyms(article), &toponymy);
        for ((span, gold), place) in article.toponyms.iter().zip(places) {
            let Some(gold) = gold else { continue };
            all += 1;
            found += usize::from(place.is_some());
            let near = place.is_some_and(|place| distance_km(*gold, (place.lat, place.lon)) <= NEAR_KM);
            right += usize::from(near);
            if !near {
                let what = place.map_or("not found".to_owned(), |place| {
                    format!("{} {:?} {:?}", place.name, place.feature, place.country)
                });
                *missed.entry(format!("{} -> {what}, gold {gold:?}", &article.text[span.range()])).or_default() += 1;
            }
        }
    }
    if errors {
        let mut missed: Vec<_> = missed.into_iter().collect();
        missed.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (what, count) in missed.iter().take(60) {
            println!("{count:4} {what}");
        }
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    vec![
        Figure::new(format!("{name}.given.accuracy"), share(right, all), format!("{right} of {all}")),
        Figure::new(format!("{name}.given.of_found"), share(right, found), format!("{right} of {found}")),
    ]
}

/// Demonyms of the text, and where it is at home.
fn demonyms(article: &Article) -> Vec<(String, f32)> {
    let knowledge = Knowledge::embedded();
    let mut weights: BTreeMap<String, f32> = BTreeMap::new();
    for word in article.text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_uppercase)) {
        if let Some(code) = knowledge.demonym(word) {
            *weights.entry(code.to_owned()).or_default() += 1.0;
        }
    }
    let document = Document { text: article.text.clone(), outlet: outlet(article), ..Document::default() };
    for (country, weight) in sourceline_entities::locale::home(&document, knowledge) {
        *weights.entry(country).or_default() += weight;
    }
    weights.into_iter().collect()
}

/// Toponym F1 and accuracy of those found, from raw text.
fn from_text(name: &str, articles: &[Article], encoder: &sourceline_encoder::Encoder, errors: bool) -> Vec<Figure> {
    let documents: Vec<Document> = articles
        .iter()
        .map(|article| Document { text: article.text.clone(), outlet: outlet(article), ..Document::default() })
        .collect();
    let analyses =
        sourceline_text::analyze_all(documents, encoder, Settings { sentence_vectors: false, ..Settings::default() });
    let (mut counts, mut all, mut right, mut found) = (Counts::default(), Counts::default(), 0, 0);
    let peoples = name == "lgl";
    for (article, analysis) in articles.iter().zip(&analyses) {
        let entities = sourceline_entities::entities(analysis, Knowledge::embedded());
        let places = places(&entities, peoples);
        let wanted: Wanted = article.toponyms.iter().map(|(span, gold)| ((span.start, span.end), *gold)).collect();
        if errors {
            print_errors(name, article, &entities, &places, &wanted);
        }
        let every: BTreeSet<_> = places.keys().copied().collect();
        all.add(Counts::of(&every, &wanted.keys().copied().collect()));
        let pointed: BTreeSet<_> = wanted.iter().filter(|(_, gold)| gold.is_some()).map(|(key, _)| *key).collect();
        let counted = every.iter().filter(|key| wanted.get(*key).is_none_or(Option::is_some)).copied().collect();
        counts.add(Counts::of(&counted, &pointed));
        for (span, place) in &places {
            let Some(Some(gold)) = wanted.get(span) else { continue };
            found += 1;
            right += usize::from(distance_km(*gold, (place.lat, place.lon)) <= NEAR_KM);
        }
    }
    let share = 100.0 * right as f64 / found.max(1) as f64;
    vec![
        Figure::f1(format!("{name}.toponym_f1"), counts),
        Figure::f1(format!("{name}.toponym_f1.all"), all),
        Figure::new(format!("{name}.accuracy"), share, format!("{right} of {found}")),
    ]
}

/// The names that a reading puts on the map.
fn places(entities: &sourceline_entities::Entities, peoples: bool) -> Found {
    let mut out = Found::new();
    for mention in entities.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let Some(entity) = entities.entity(mention.entity) else { continue };
        let country = || entity.country.as_deref().and_then(|iso2| Gazetteer::embedded().country(iso2));
        let people = || country().filter(|_| peoples && mention.kind == EntityKind::Norp).map(|place| place.place());
        if let Some(place) = entity.place.clone().or_else(people) {
            out.insert((mention.span.start, mention.span.end), place);
        }
    }
    out
}

/// Prints missed, invented and misplaced toponyms with what was found in their stead, as tab-separated lines.
fn print_errors(
    name: &str,
    article: &Article,
    entities: &sourceline_entities::Entities,
    found: &Found,
    wanted: &Wanted,
) {
    let text = &article.text;
    let around = |span: Span| {
        let before: String = text[..span.start].chars().rev().take(25).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[span.end..].chars().take(25).collect();
        format!("{before}[{}]{after}", &text[span.range()]).replace(['\n', '\t'], " ")
    };
    for (&(start, end), point) in wanted.iter().filter(|(key, _)| !found.contains_key(key)) {
        let over = entities
            .mentions
            .iter()
            .filter(|m| m.span.start < end && start < m.span.end && m.form == MentionForm::Name);
        let over: Vec<String> = over.map(|m| format!("{:?}:{}", m.kind, &text[m.span.range()])).collect();
        println!("MISS\t{name}\t{}\t{}\t{}", point.is_some(), around(Span::new(start, end)), over.join(" | "));
    }
    for &(start, end) in found.keys().filter(|key| !wanted.contains_key(*key)) {
        let kind = entities.mentions.iter().find(|m| (m.span.start, m.span.end) == (start, end)).map(|m| m.kind);
        let near: Vec<&str> =
            wanted.keys().filter(|(s, e)| *s < end && start < *e).map(|&(s, e)| &text[s..e]).collect();
        println!("FALSE\t{name}\t{:?}\t{}\t{}", kind, around(Span::new(start, end)), near.join(" | "));
    }
    for (key, place) in found {
        let Some(Some(gold)) = wanted.get(key) else { continue };
        let away = distance_km(*gold, (place.lat, place.lon));
        if away > NEAR_KM {
            println!(
                "FAR\t{name}\t{away:.0}\t{}\t{} {:?} {}\t{gold:?}\t{}",
                around(Span::new(key.0, key.1)),
                place.name,
                place.country,
                place.feature,
                article.domain.as_deref().unwrap_or("")
            );
        }
    }
}

fn lgl(xml: &str) -> Vec<Article> {
    blocks(xml, "<article ", "</article>")
        .map(|block| {
            let text = between(block, "<![CDATA[", "]]>").unwrap_or("").to_owned();
            let toponyms = blocks(block, "<toponym>", "</toponym>").filter_map(|toponym| {
                let span = code_points(&text, number(toponym, "start")? as usize, number(toponym, "end")? as usize)?;
                Some((span, number(toponym, "lat").zip(number(toponym, "lon"))))
            });
            let toponyms = sorted(toponyms.collect());
            Article { domain: between(block, "<domain>", "</domain>").map(str::to_owned), toponyms, text }
        })
        .collect()
}

fn geovirus(xml: &str) -> Vec<Article> {
    blocks(xml, "<article>", "</article>")
        .map(|block| {
            let text = unescaped(between(block, "<text>", "</text>").unwrap_or(""));
            let toponyms = blocks(block, "<location>", "</location>").filter_map(|location| {
                let name = unescaped(between(location, "<name>", "</name>")?);
                let start = number(location, "start")? as usize;
                // Offsets of this corpus slip by a few characters where the text held entities.
                let span = (0..8).flat_map(|slip| [start + slip, start.saturating_sub(slip)]).find_map(|start| {
                    let span = code_points(&text, start, start + name.chars().count())?;
                    (text[span.range()] == *name).then_some(span)
                })?;
                Some((span, number(location, "lat").zip(number(location, "lon"))))
            });
            Article { domain: None, toponyms: sorted(toponyms.collect()), text }
        })
        .collect()
}

fn sorted(mut toponyms: Vec<(Span, Option<(f64, f64)>)>) -> Vec<(Span, Option<(f64, f64)>)> {
    toponyms.sort_by_key(|(span, _)| (span.start, span.end));
    toponyms.dedup_by_key(|(span, _)| *span);
    toponyms
}

fn blocks<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split(close).next())
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    text.split_once(open)?.1.split_once(close).map(|(inside, _)| inside)
}

fn number(text: &str, tag: &str) -> Option<f64> {
    between(text, &format!("<{tag}>"), &format!("</{tag}>"))?.trim().parse().ok()
}

/// Byte range of a range of code points.
fn code_points(text: &str, start: usize, end: usize) -> Option<Span> {
    let at = |n: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(n);
    (start < end).then(|| Some(Span::new(at(start)?, at(end)?)))?
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        let lgl_text = "<article docid=\"1\"><domain>x.com</domain><text><![CDATA[Ré in Oslo.]]></text><toponym><start>6</start><end>10</end><lat>59.9</lat><lon>10.7</lon></toponym></article>";
        let articles = lgl(lgl_text);
        assert_eq!(&articles[0].text[articles[0].toponyms[0].0.range()], "Oslo");
        let virus = "<article><text>A &amp; B in Oslo</text><locations><location><name>Oslo</name><start>13</start><lat>1</lat><lon>2</lon></location></locations></article>";
        let articles = geovirus(virus);
        assert_eq!(&articles[0].text[articles[0].toponyms[0].0.range()], "Oslo");
        assert_eq!(articles[0].toponyms[0].1, Some((1.0, 2.0)));
    }
}

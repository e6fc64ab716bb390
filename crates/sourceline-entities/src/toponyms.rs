//! Names of places that stand inside other names, and names that hold several places.
//!
//! In: names as the encoder marks them. Out: "Orient, Ohio" as two names; "Fairfax County" of "Fairfax County Sheriff's Office" and
//! "American" of "American Farm Bureau" as nested drafts.
//! Not here: which place is meant (`places`).

use std::collections::BTreeSet;

use sourceline_knowledge::gazetteer::{Feature, Gazetteer, Toponym};
use sourceline_knowledge::{Hints, Kind, Knowledge, Match, fold::fold};
use sourceline_model::{Analysis, EntityKind, MentionForm, Span, Tok, Upos};

use crate::draft::{Article, Draft};
use crate::evidence::starts_upper;

/// Longest name inside another, in words.
const LONGEST: usize = 4;
/// Words that follow the name of a place in the name of one of its bodies.
const BODIES: [&str; 78] = [
    "police",
    "fire",
    "sheriff",
    "county",
    "city",
    "town",
    "township",
    "village",
    "borough",
    "school",
    "schools",
    "high",
    "university",
    "college",
    "community",
    "public",
    "independent",
    "unified",
    "area",
    "regional",
    "district",
    "department",
    "council",
    "councilman",
    "councilwoman",
    "councillor",
    "councilor",
    "board",
    "court",
    "superior",
    "circuit",
    "municipal",
    "volunteer",
    "chamber",
    "jail",
    "airport",
    "international",
    "hospital",
    "medical",
    "general",
    "detention",
    "correctional",
    "library",
    "museum",
    "symphony",
    "film",
    "festival",
    "senior",
    "junior",
    "water",
    "electric",
    "health",
    "housing",
    "transit",
    "port",
    "harbor",
    "harbour",
    "state",
    "metropolitan",
    "convention",
    "civic",
    "center",
    "centre",
    "mayor",
    "station",
    "zoo",
    "parks",
    "recreation",
    "planning",
    "zoning",
    "commission",
    "committee",
    "authority",
    "association",
    "office",
    "parish",
    "national",
    "governorate",
];
/// Words that begin or fill names of bodies and are also names of small places.
const GENERIC: [&str; 26] = [
    "the", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower",
    "old", "new", "greater", "law", "commerce", "highways", "supreme", "heritage", "spring", "first", "united",
    "union", "liberty", "grand",
];
/// Words that say which part of a town or country is meant.
const PARTS: [&str; 9] =
    ["downtown", "metro", "metropolitan", "central", "greater", "suburban", "rural", "mainland", "nearby"];
/// Words that end the name of a division.
const DIVISIONS: [&str; 6] = ["County", "Parish", "Township", "Province", "Governorate", "Oblast"];
/// Inhabitants from which a place is taken to be meant by "University of X" without other evidence.
const WELL_KNOWN: u32 = 15_000;
/// Words that end the name of a street: the place in it lends only its name.
const STREETS: [&str; 20] = [
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "boulevard",
    "blvd",
    "drive",
    "dr",
    "lane",
    "ln",
    "highway",
    "hwy",
    "parkway",
    "court",
    "ct",
    "place",
    "way",
    "square",
];
/// Nouns that a place's name stands before when it says where people are from or which town's body they are.
const BESIDE: [&str; 24] = [
    "man",
    "woman",
    "men",
    "women",
    "resident",
    "residents",
    "native",
    "natives",
    "teen",
    "teenager",
    "couple",
    "boy",
    "girl",
    "mayor",
    "police",
    "firefighters",
    "councilman",
    "councilwoman",
    "voters",
    "officials",
    "area",
    "family",
    "lawmakers",
    "vice-mayor",
];

/// The names that one marked name consists of: "Kansas City, Kan." gives two, "D-Charleston" the place alone.
pub(crate) fn parts(analysis: &Analysis, tokens: Span<Tok>, kind: EntityKind) -> Vec<(Span<Tok>, EntityKind)> {
    let (tokens, kind) = without_party(analysis, tokens, kind);
    if !is_place(kind) {
        return vec![(tokens, kind)];
    }
    let tokens = without_modifier(analysis, tokens);
    let parts = split(analysis, tokens);
    // An address keeps its commas unless a known place ends it: "618 Main Street, Annville".
    if kind == EntityKind::Facility {
        let Some((last, rest)) =
            parts.split_last().filter(|(last, rest)| !rest.is_empty() && is_known(analysis, **last))
        else {
            return vec![(tokens, kind)];
        };
        let first = Span::new(tokens.start, rest[rest.len() - 1].end);
        return vec![(first, kind), (with_stop(analysis, *last), EntityKind::Gpe)];
    }
    parts.into_iter().map(|part| (with_stop(analysis, part), kind)).collect()
}

/// The kind of a name by the noun it stands before: "a Crafton man" names a town, whatever else Crafton may be.
pub(crate) fn kind_beside(analysis: &Analysis, tokens: Span<Tok>, kind: EntityKind) -> EntityKind {
    let can_err = matches!(kind, EntityKind::Person | EntityKind::Organization | EntityKind::Norp | EntityKind::Other);
    let next = (tokens.end < analysis.tokens.len()).then(|| analysis.form(tokens.end).to_lowercase());
    let beside = next.is_some_and(|next| BESIDE.contains(&next.as_str()));
    if can_err && beside && is_settled(analysis, tokens) { EntityKind::Gpe } else { kind }
}

/// Drafts of the places named inside the names of bodies, buildings, events and works.
pub(crate) fn inside(analysis: &Analysis, knowledge: &Knowledge, drafts: &[Draft]) -> Vec<Draft> {
    let named = |draft: &&Draft| draft.is_name() && matches!(draft.kind, EntityKind::Gpe | EntityKind::Location);
    let known: BTreeSet<&str> = drafts.iter().filter(named).map(|draft| draft.lemma.as_str()).collect();
    let finder = Inside { analysis, knowledge, known };
    drafts.iter().filter(|draft| draft.is_name() && draft.tokens.len() > 1).flat_map(|draft| finder.of(draft)).collect()
}

struct Inside<'a> {
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    /// Folded names of places elsewhere in the document.
    known: BTreeSet<&'a str>,
}

impl Inside<'_> {
    fn of(&self, outer: &Draft) -> Vec<Draft> {
        let last = self.analysis.form(outer.tokens.end - 1).to_lowercase();
        let street = STREETS.contains(&last.trim_end_matches('.')) && outer.kind != EntityKind::Organization;
        let whole = is_place(outer.kind) && !Gazetteer::embedded().find(&outer.text).is_empty();
        if matches!(outer.kind, EntityKind::Person | EntityKind::Norp)
            || street
            || whole
            || self.knowledge.is_outlet(&outer.text)
        {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut at = outer.tokens.start;
        while at < outer.tokens.end {
            let ends = (at + 1..=outer.tokens.end.min(at + LONGEST)).rev();
            let found = ends.map(|end| Span::new(at, end)).filter(|span| *span != outer.tokens);
            let found = found.into_iter().find_map(|span| self.kind(outer, span).map(|kind| (span, kind)));
            if let Some((span, kind)) = found {
                out.push(self.draft(outer, span, kind));
                at = span.end;
            } else {
                at += 1;
            }
        }
        out
    }

    /// What a stretch of a name is, when it is the name of a place or a people.
    fn kind(&self, outer: &Draft, span: Span<Tok>) -> Option<EntityKind> {
        let upper = |at: usize| starts_upper(self.analysis.form(at));
        if !upper(span.start) || !upper(span.end - 1) {
            return None;
        }
        let text = self.analysis.text(self.analysis.bytes(span));
        let folded = fold(text);
        if self.knowledge.demonym(text).is_some() && self.analysis.tokens[span.start].upos == Upos::Adj {
            return Some(EntityKind::Norp);
        }
        if self.known.contains(folded.as_str()) {
            return Some(EntityKind::Gpe);
        }
        let state = self.knowledge.find(text, &Hints::default()).into_iter().next().is_some_and(|candidate| {
            matches!(candidate.kind, Kind::State | Kind::Territory) && candidate.how == Match::Exact
        });
        if state {
            return Some(EntityKind::Gpe);
        }
        let found = Gazetteer::embedded().find(text);
        let usual = |place: &&Toponym| fold(place.name) == folded;
        if found.iter().any(|place| place.feature == Feature::Continent) {
            return Some(EntityKind::Location);
        }
        let division = found.iter().filter(usual).any(|place| place.feature == Feature::Division1);
        let settled = found.iter().filter(usual).any(is_inhabited);
        if span.len() > 1 && DIVISIONS.contains(&self.analysis.form(span.end - 1)) {
            let base = Span::new(span.start, span.end - 1);
            return (settled || is_settled(self.analysis, base)).then_some(EntityKind::Gpe);
        }
        if span.len() == 1 && (BODIES.contains(&folded.as_str()) || GENERIC.contains(&folded.as_str())) {
            return None;
        }
        let big = || found.iter().filter(usual).any(|place| is_inhabited(place) && place.population >= WELL_KNOWN);
        (division || settled && self.opens_body(outer, span) || self.closes(outer, span) && big())
            .then_some(EntityKind::Gpe)
    }

    /// "Toledo Police Department", "North Toledo School District": the place stands first and a word for a body follows.
    fn opens_body(&self, outer: &Draft, span: Span<Tok>) -> bool {
        let next = (span.end < outer.tokens.end).then(|| self.analysis.form(span.end).to_lowercase());
        let mut before = outer.tokens.range().take_while(|&at| at < span.start);
        let first = before.all(|at| GENERIC.contains(&self.analysis.form(at).to_lowercase().as_str()));
        first && next.is_some_and(|next| BODIES.contains(&next.as_str()))
    }

    /// "University of Toledo", "Bishop of Toledo".
    fn closes(&self, outer: &Draft, span: Span<Tok>) -> bool {
        span.start > outer.tokens.start
            && span.end == outer.tokens.end
            && matches!(self.analysis.form(span.start - 1), "of" | "in" | "at" | "for")
    }

    fn draft(&self, outer: &Draft, tokens: Span<Tok>, kind: EntityKind) -> Draft {
        let text = self.analysis.text(self.analysis.bytes(tokens)).replace('\n', " ");
        Draft {
            tokens,
            phrase: tokens,
            heads: vec![self.analysis.head_of(tokens).unwrap_or(tokens.start)],
            form: MentionForm::Name,
            kind,
            plural: None,
            gender: None,
            article: Article::Definite,
            lemma: fold(&text),
            text,
            titles: Vec::new(),
            country: None,
            sentence: outer.sentence,
            cluster: None,
            nested: true,
        }
    }
}

fn is_place(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Gpe | EntityKind::Location | EntityKind::Facility)
}

fn is_inhabited(place: &Toponym) -> bool {
    place.feature.is_settlement() || matches!(place.feature, Feature::Division1 | Feature::Division2)
}

fn found(analysis: &Analysis, tokens: Span<Tok>) -> Vec<Toponym> {
    Gazetteer::embedded().find(analysis.text(analysis.bytes(tokens)))
}

fn is_known(analysis: &Analysis, tokens: Span<Tok>) -> bool {
    !found(analysis, tokens).is_empty()
}

fn is_settled(analysis: &Analysis, tokens: Span<Tok>) -> bool {
    found(analysis, tokens).iter().any(is_inhabited)
}

/// Takes "D-", "R-" off the front: the party of a politician from the place.
fn without_party(analysis: &Analysis, tokens: Span<Tok>, kind: EntityKind) -> (Span<Tok>, EntityKind) {
    let party = tokens.len() > 2
        && matches!(analysis.form(tokens.start), "D" | "R" | "I")
        && matches!(analysis.form(tokens.start + 1), "-" | "–");
    let rest = Span::new((tokens.start + 2).min(tokens.end), tokens.end);
    if party && is_settled(analysis, rest) { (rest, EntityKind::Gpe) } else { (tokens, kind) }
}

/// Takes words off that only say what kind or part of a place is meant: "City of Tulsa", "downtown Tulsa", "the Tulsa area".
fn without_modifier(analysis: &Analysis, tokens: Span<Tok>) -> Span<Tok> {
    let (mut start, mut end) = (tokens.start, tokens.end);
    let is = |at: usize, words: &[&str]| words.contains(&analysis.form(at));
    if end - start > 2 && is(start, &["City", "Town", "Village", "State", "County"]) && is(start + 1, &["of"]) {
        start += 2;
    }
    while end - start > 1 && is(start, &PARTS) {
        start += 1;
    }
    while end - start > 1 && is(end - 1, &["area", "areas"]) {
        end -= 1;
    }
    Span::new(start, end)
}

/// Splits at commas, and at "and" where the whole is no known name.
fn split(analysis: &Analysis, tokens: Span<Tok>) -> Vec<Span<Tok>> {
    let joins = |at: usize| matches!(analysis.form(at), "," | ";") || matches!(analysis.form(at), "and" | "or");
    if !tokens.range().any(joins) {
        return vec![tokens];
    }
    let comma = tokens.range().any(|at| matches!(analysis.form(at), "," | ";"));
    let mut parts = Vec::new();
    let mut start = tokens.start;
    for at in tokens.range().filter(|&at| joins(at)).chain([tokens.end]) {
        if start < at {
            parts.push(Span::new(start, at));
        }
        start = at + 1;
    }
    let upper = parts.iter().all(|part| starts_upper(analysis.form(part.start)));
    let named = comma || (!is_known(analysis, tokens) && parts.iter().all(|part| is_known(analysis, *part)));
    if upper && named && !parts.is_empty() { parts } else { vec![tokens] }
}

/// Adds the full stop of an abbreviated division that the tokenizer took off: "Kan."
fn with_stop(analysis: &Analysis, tokens: Span<Tok>) -> Span<Tok> {
    let short = tokens.len() == 1 && analysis.form(tokens.start).len() <= 5;
    let stop = tokens.end < analysis.tokens.len()
        && analysis.form(tokens.end) == "."
        && analysis.tokens[tokens.end].span.start == analysis.tokens[tokens.end - 1].span.end;
    if !short || !stop || analysis.sentence_of(tokens.start) != analysis.sentence_of(tokens.end) {
        return tokens;
    }
    let folded = fold(analysis.form(tokens.start));
    let abbreviated =
        found(analysis, tokens).iter().any(|place| place.feature == Feature::Division1 && fold(place.name) != folded);
    if abbreviated { Span::new(tokens.start, tokens.end + 1) } else { tokens }
}

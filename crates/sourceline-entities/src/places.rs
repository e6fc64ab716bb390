//! Finds which place a name means.
//!
//! In: a text, the spans of its toponyms, the countries it speaks of. Out: for each span a place of the gazetteer or none.
//! Evidence: how big the place is, what is named beside it ("Paris, Texas"), which countries and divisions the text speaks of, and
//! how near it lies to the other places (spatial minimality: Leidner, "Toponym Resolution in Text", 2008).

use std::collections::{BTreeMap, HashMap};

use sourceline_knowledge::gazetteer::{Feature, Gazetteer, PlaceId, Toponym, distance_km};
use sourceline_knowledge::{Hints, Kind, Knowledge, Match, fold::fold};
use sourceline_model::Span;

/// Weight of one power of ten of inhabitants: the unit of the other weights. They were set by hand, then moved by a random search of 160
/// steps on LGL and GeoVirus with gold names, which gained about one point on the first and none on the second.
const POPULATION: f64 = 0.75;
/// Weight of the share of the country that a candidate lies in.
const COUNTRY: f64 = 2.5;
/// Weight of the share of the first-level division that a candidate lies in.
const DIVISION: f64 = 2.4;
/// Weight of the nearness of other places.
const NEARNESS: f64 = 2.25;
/// Distance in kilometres over which nearness falls to 1/e.
const NEAR_KM: f64 = 120.0;
/// What a place gains whose usual name it is: GeoNames also lists historical and rare names.
const USUAL_NAME: f64 = 1.2;
/// What a place gains that lies in the place named right after it.
const CONTAINED: f64 = 4.0;
/// Least total weight of evidence that is taken at its full share.
const SURE: f64 = 1.25;
/// What a division loses to a capital of its name and country: reports speak of the city on the Potomac more than of the state.
const NAMESAKE: f64 = 2.0;
/// Most words from a name to the kind word that ends its list.
const LONGEST_LIST: usize = 24;
/// Rounds of choosing with the choices of the round before as evidence.
const ROUNDS: usize = 3;

/// Where names and countries are looked up.
#[derive(Clone, Copy)]
pub struct Toponymy<'a> {
    /// Places.
    pub gazetteer: &'a Gazetteer,
    /// Demonyms, capitals, states.
    pub knowledge: &'a Knowledge,
}

struct Mention {
    candidates: Vec<Toponym>,
    /// Container that the text names right after it.
    container: Option<Vec<Toponym>>,
    prior: Vec<f64>,
    best: Option<usize>,
}

/// Resolves the toponyms at `spans` (byte offsets in `text`, in text order).
pub fn resolve(
    text: &str,
    spans: &[Span],
    countries: &[(String, f32)],
    toponymy: &Toponymy<'_>,
) -> Vec<Option<Toponym>> {
    let mut mentions: Vec<Mention> =
        spans.iter().enumerate().map(|(at, span)| mention(text, *span, spans.get(at + 1), toponymy)).collect();
    let names: Vec<String> = spans.iter().map(|span| fold(text.get(span.range()).unwrap_or(""))).collect();
    share_containers(&names, &mut mentions);
    for mention in &mut mentions {
        mention.best = best(&mention.prior);
    }
    for _ in 0..ROUNDS {
        let context = Context::new(&mentions, &names, countries);
        let mut rests: HashMap<&str, Rest> = HashMap::new();
        let choices: Vec<Option<usize>> = mentions
            .iter()
            .zip(&names)
            .map(|(mention, name)| choose(mention, rests.entry(name).or_insert_with(|| context.without(name))))
            .collect();
        for (mention, choice) in mentions.iter_mut().zip(choices) {
            mention.best = choice;
        }
    }
    mentions.iter().map(|mention| mention.best.map(|best| mention.candidates[best])).collect()
}

fn mention(text: &str, span: Span, next: Option<&Span>, toponymy: &Toponymy<'_>) -> Mention {
    let name = text.get(span.range()).unwrap_or("");
    let before = text.get(..span.start).unwrap_or("").trim_end();
    let after = text.get(span.end..).unwrap_or("");
    let mut candidates = candidates(name, toponymy);
    if let Some(kind) = listed_kind(after) {
        let mut divisions = toponymy.gazetteer.find(&format!("{name} {kind}"));
        divisions.retain(|place| place.feature == Feature::Division2);
        if !divisions.is_empty() {
            candidates = divisions;
        }
    }
    let container = container(after, text, span, next, toponymy);
    let folded = fold(name);
    let usual = |place: &Toponym| if fold(place.name) == folded { USUAL_NAME } else { 0.0 };
    let namesake = |place: &Toponym| {
        let capital = |other: &Toponym| other.feature == Feature::Capital && other.country == place.country;
        let beaten =
            place.feature == Feature::Division1 && candidates.iter().any(|other| capital(other) && usual(other) > 0.0);
        if beaten { NAMESAKE } else { 0.0 }
    };
    let prior = candidates.iter().map(|place| prior(place, before, after) + usual(place) - namesake(place)).collect();
    Mention { candidates, container, prior, best: None }
}

/// What the end of a list says of its members: "Clay, Grant and Otter Tail counties".
fn listed_kind(after: &str) -> Option<&'static str> {
    for word in after.split_whitespace().take(LONGEST_LIST) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        match bare {
            "counties" | "Counties" => return Some("county"),
            "parishes" | "Parishes" => return Some("parish"),
            "districts" | "Districts" => return Some("district"),
            "and" | "or" | "" => {}
            _ if bare.starts_with(char::is_uppercase) && !word.ends_with(['.', ';', ':', ')']) => {}
            _ => return None,
        }
    }
    None
}

/// Places of that name; of a name with a comma, those in the place after it.
fn candidates(name: &str, toponymy: &Toponymy<'_>) -> Vec<Toponym> {
    if let Some(iso2) = toponymy.knowledge.demonym(name).filter(|_| !is_state(name, toponymy)) {
        let region =
            || toponymy.knowledge.state(iso2).and_then(|state| toponymy.gazetteer.find(state.name).into_iter().next());
        return toponymy.gazetteer.country(iso2).or_else(region).into_iter().collect();
    }
    let mut found = toponymy.gazetteer.find(name);
    if is_short_acronym(name) {
        found.retain(|place| !place.feature.is_settlement());
    }
    if !found.is_empty() {
        return found;
    }
    if let Some((place, within)) = name.split_once(',') {
        let containers = toponymy.gazetteer.find(within.trim());
        let mut found = toponymy.gazetteer.find(place.trim());
        found.retain(|place| containers.iter().any(|container| lies_in(place, container)));
        return found;
    }
    Vec::new()
}

/// "EU", "UN": letters that stand for words, not the village that is spelled so.
fn is_short_acronym(name: &str) -> bool {
    name.len() <= 3 && name.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether a name that is also a demonym ("US") is the name of a state.
fn is_state(name: &str, toponymy: &Toponymy<'_>) -> bool {
    let found = toponymy.knowledge.find(name, &Hints::default());
    found.first().is_some_and(|candidate| {
        matches!(candidate.kind, Kind::State | Kind::Territory) && candidate.how == Match::Exact
    })
}

/// How likely a place is without knowing the text.
fn prior(place: &Toponym, before: &str, after: &str) -> f64 {
    let size = f64::from(place.population.max(1)).log10() * POPULATION;
    let base = match place.feature {
        Feature::Country => size + 2.0,
        Feature::Continent => 9.0,
        Feature::Capital => size + 0.8,
        Feature::Division1 => size.max(4.0) + 0.2,
        Feature::Division2 => size - 1.6,
        Feature::Settlement => size,
        Feature::Facility => 6.0,
        _ => 6.5,
    };
    base + by_words(place.feature, before, after)
}

/// What the words around a name say of its kind: "Aleppo province", "the river Jordan", "the town of".
fn by_words(feature: Feature, before: &str, after: &str) -> f64 {
    let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    let last: Vec<&str> = before.rsplit(' ').take(2).collect();
    let of = last.first() == Some(&"of");
    let word = if of { last.get(1).copied().unwrap_or("") } else { last.first().copied().unwrap_or("") }.to_lowercase();
    let word = if of || matches!(next.as_str(), "") { word } else { next };
    let fits = match word.as_str() {
        "province" | "governorate" | "oblast" | "state" | "region" | "prefecture" | "department" | "county"
        | "district" | "wilaya" => {
            matches!(feature, Feature::Division1 | Feature::Division2 | Feature::Region)
        }
        "river" | "canal" | "creek" => feature == Feature::River,
        "lake" => feature == Feature::Lake,
        "island" | "islands" | "peninsula" => feature == Feature::Island,
        "sea" | "strait" | "gulf" | "ocean" => feature == Feature::Sea,
        "mountain" | "mountains" | "mount" => feature == Feature::Mountain,
        "city" | "town" | "village" | "suburb" | "capital" => feature.is_settlement(),
        "country" | "republic" | "kingdom" | "nation" => feature == Feature::Country,
        "airport" | "base" | "camp" | "crossing" | "dam" => feature == Feature::Facility,
        _ => return 0.0,
    };
    if fits { 2.5 } else { 0.0 }
}

/// The places that the words right after a name may mean as its container: ", Texas", ", Ill.", " in Syria".
fn container(
    after: &str,
    text: &str,
    span: Span,
    next: Option<&Span>,
    toponymy: &Toponymy<'_>,
) -> Option<Vec<Toponym>> {
    let rest = after.strip_prefix(", ").or_else(|| after.strip_prefix(" ("))?;
    if let Some(next) = next.filter(|next| next.start >= span.end && next.start - span.end <= 2) {
        return Some(toponymy.gazetteer.find(text.get(next.range())?)).filter(|found| !found.is_empty());
    }
    let end = rest.find([',', ';', ')', '\n', '(']).unwrap_or(rest.len()).min(30);
    let phrase = rest.get(..end)?;
    let word = phrase.split(' ').next()?;
    let postal = |word: &str| word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let abbreviated = word.ends_with('.') && word.len() <= 6 && word.starts_with(|c: char| c.is_ascii_uppercase());
    let mut found = Vec::new();
    if abbreviated || postal(word) {
        found = toponymy.gazetteer.find(word);
        found.retain(|place| place.feature == Feature::Division1);
    }
    if found.is_empty() && rest.starts_with(char::is_uppercase) {
        let words: Vec<&str> =
            phrase.split(' ').take_while(|word| word.starts_with(char::is_uppercase)).take(3).collect();
        found = (1..=words.len())
            .rev()
            .map(|n| toponymy.gazetteer.find(&words[..n].join(" ")))
            .find(|found| !found.is_empty())?;
        found.retain(|place| matches!(place.feature, Feature::Country | Feature::Division1));
    }
    Some(found).filter(|found| !found.is_empty())
}

/// A place that was once named with its container keeps it for the whole text.
fn share_containers(names: &[String], mentions: &mut [Mention]) {
    let mut known: HashMap<&str, Vec<Toponym>> = HashMap::new();
    for (name, mention) in names.iter().zip(mentions.iter()) {
        let Some(container) = &mention.container else { continue };
        if mention.candidates.iter().any(|place| container.iter().any(|whole| lies_in(place, whole))) {
            known.entry(name).or_insert_with(|| container.clone());
        }
    }
    for (name, mention) in names.iter().zip(mentions.iter_mut()) {
        let useful = mention.container.as_ref().is_some_and(|container| {
            mention.candidates.iter().any(|place| container.iter().any(|whole| lies_in(place, whole)))
        });
        if !useful {
            mention.container = known.get(name.as_str()).cloned();
        }
    }
}

fn lies_in(place: &Toponym, container: &Toponym) -> bool {
    if place.id == container.id {
        return false;
    }
    match container.feature {
        Feature::Country => {
            place.country.is_some() && place.country == container.country && place.feature != Feature::Country
        }
        Feature::Division1 => place.division == Some(container.id),
        Feature::Division2 => {
            place.division == container.division && place.distance_km(container) < 80.0 && place.feature.is_settlement()
        }
        Feature::Settlement | Feature::Capital => {
            place.distance_km(container) < 40.0 && place.population < container.population
        }
        _ => false,
    }
}

/// What the choices so far say of countries, divisions and points, name by name.
struct Context<'a> {
    evidence: &'a [(String, f32)],
    /// Chosen place of each name with the weight of all its mentions.
    chosen: BTreeMap<&'a str, (Toponym, f64)>,
}

impl<'a> Context<'a> {
    fn new(mentions: &[Mention], names: &'a [String], evidence: &'a [(String, f32)]) -> Self {
        let mut chosen: BTreeMap<&str, (Toponym, f64)> = BTreeMap::new();
        for (mention, name) in mentions.iter().zip(names) {
            let Some(place) = mention.best.map(|best| mention.candidates[best]) else { continue };
            // A name with one reading is better evidence than a guess among many.
            let weight = 1.0 / (mention.candidates.len() as f64).sqrt();
            chosen.entry(name).or_insert((place, 0.0)).1 += weight;
        }
        Self { evidence, chosen }
    }

    /// What all names but `name` say of countries and divisions, and where they lie.
    fn without(&self, name: &str) -> Rest {
        let mut rest = Rest::default();
        for (code, weight) in self.evidence {
            *rest.countries.entry(code.clone()).or_default() += f64::from(*weight);
        }
        for (place, weight) in self.chosen.iter().filter(|(known, _)| **known != name).map(|(_, entry)| entry) {
            if let Some(country) = place.country {
                *rest.countries.entry(country.to_owned()).or_default() += weight;
            }
            let division = if place.feature == Feature::Division1 { Some(place.id) } else { place.division };
            if let Some(division) = division {
                *rest.divisions.entry(division).or_default() += weight;
            }
            if !matches!(place.feature, Feature::Country | Feature::Continent) {
                rest.points.push((place.lat, place.lon));
            }
        }
        rest
    }
}

/// Evidence for one name from all others.
#[derive(Default)]
struct Rest {
    countries: BTreeMap<String, f64>,
    divisions: BTreeMap<PlaceId, f64>,
    points: Vec<(f64, f64)>,
}

fn share<K: Ord>(weights: &BTreeMap<K, f64>, key: Option<&K>) -> f64 {
    let total: f64 = weights.values().sum();
    key.and_then(|key| weights.get(key)).map_or(0.0, |weight| weight / total.max(SURE))
}

fn choose(mention: &Mention, rest: &Rest) -> Option<usize> {
    let places = mention.candidates.iter().zip(&mention.prior);
    let scores: Vec<f64> = places.map(|(place, prior)| prior + local(place, mention, rest)).collect();
    best(&scores)
}

fn local(place: &Toponym, mention: &Mention, rest: &Rest) -> f64 {
    let country = place.country.map(str::to_owned);
    let division = if place.feature == Feature::Division1 { Some(place.id) } else { place.division };
    let mut score =
        COUNTRY * share(&rest.countries, country.as_ref()) + DIVISION * share(&rest.divisions, division.as_ref());
    if mention.container.iter().flatten().any(|whole| lies_in(place, whole)) {
        score += CONTAINED;
    }
    let near: f64 =
        rest.points.iter().map(|point| (-distance_km(*point, (place.lat, place.lon)) / NEAR_KM).exp()).sum();
    score + NEARNESS * near.ln_1p()
}

/// Index of the highest score, the first among equals.
fn best(scores: &[f64]) -> Option<usize> {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
}

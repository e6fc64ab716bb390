//! Flat rows: one event or relation with everything a table has room for.

use sourceline_situation::Bounds;
use sourceline_wire::{Claim, Entity, Event, Reading};

use crate::{ClaimStanding, Item};

/// A party of an event.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Kind of the reading format: `person`, `gpe`, …
    pub kind: String,
    /// Key in the knowledge base.
    pub kb: String,
    /// Wikidata id.
    pub wikidata: String,
    /// ISO 3166-1 alpha-2 code; empty when unknown.
    pub country: String,
    /// PLOVER sector: `GOV`, `MIL`, `REB`, …
    pub sector: &'static str,
    /// Words of its first mention in the document.
    pub raw: String,
}

/// A place of an event.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Where {
    /// Its name in the gazetteer.
    pub name: String,
    /// Its name in the text.
    pub raw: String,
    /// `at`, `from`, `to` or `via`.
    pub role: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// GeoNames feature code.
    pub feature: String,
}

/// An event with its parties, place, days, claim and sources.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventRow {
    /// `<first 16 hex digits of the document>:v3`.
    pub id: String,
    /// PLOVER type.
    pub kind: String,
    /// PLOVER mode; empty when none.
    pub mode: String,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// First possible day, `2024-11-27`; empty when unknown.
    pub date: String,
    /// Last possible day.
    pub end_date: String,
    /// EDTF as the reading has it.
    pub edtf: String,
    /// Who.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Where: the place of the event, else the goal, else the start, else the way.
    pub place: Option<Where>,
    /// All places.
    pub places: Vec<Where>,
    /// How surely.
    pub certainty: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// Words of the trigger.
    pub trigger: String,
    /// What its claim says.
    pub statement: String,
    /// Words of its claim.
    pub evidence: String,
    /// Names from the outlet to the ultimate source.
    pub chain: Vec<String>,
    /// Id of its claim in the document.
    pub claim: String,
    /// Its proposition, origins and contradictions.
    pub standing: ClaimStanding,
    /// Index of its sentence, from 0.
    pub sentence: usize,
    /// Code points at which actor, recipient and trigger begin.
    pub offsets: [Option<usize>; 3],
    /// Code point at which the trigger ends.
    pub trigger_end: usize,
    /// Which report tells it.
    pub report: Report,
}

/// The report that an event or relation stands in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Id of the document: SHA-256 of its text.
    pub document: String,
    /// Its address, else what was given to be read.
    pub address: String,
    /// Its outlet; empty when unknown.
    pub outlet: String,
    /// EDTF; empty when unknown.
    pub published: String,
}

impl Report {
    fn of(item: &Item<'_>) -> Self {
        let document = &item.reading.document;
        Self {
            document: document.id.clone(),
            address: item.address().to_owned(),
            outlet: item.outlet().to_owned(),
            published: document.published.clone().unwrap_or_default(),
        }
    }
}

/// A relation with its parties, days, claim and sources.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelationRow {
    /// `<first 16 hex digits of the document>:r3`.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Who.
    pub subject: Party,
    /// To whom or where.
    pub object: Party,
    /// Where the object is, for places.
    pub object_place: Option<Where>,
    /// What is supplied.
    pub goods: String,
    /// Names of the places it goes by.
    pub via: Vec<String>,
    /// First and last possible day of its beginning; empty when unknown.
    pub begin: (String, String),
    /// First and last possible day of its end; empty when unknown or open.
    pub end: (String, String),
    /// How surely.
    pub certainty: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// Words it rests on.
    pub evidence: String,
    /// Names from the outlet to the ultimate source.
    pub chain: Vec<String>,
    /// Its proposition, origins and contradictions.
    pub standing: ClaimStanding,
    /// Which report tells it.
    pub report: Report,
}

impl EventRow {
    /// The events of a document, in text order.
    pub fn all(item: &Item<'_>) -> Vec<Self> {
        let lookup = Lookup::new(item.reading);
        item.reading.events.iter().map(|event| lookup.event(item, event)).collect()
    }

    /// The PLOVER auxiliary mode that its certainty and polarity amount to, or empty.
    pub fn auxiliary(&self) -> &'static str {
        match (self.polarity.as_str(), self.certainty.as_str()) {
            ("negative", _) => "negation",
            (_, "planned" | "predicted") => "future",
            (_, "possible" | "hypothetical") => "hypothetical",
            _ => "",
        }
    }

    /// The manual's quad class, 1 to 4; 0 for a type the manual does not have.
    pub fn quad(&self) -> u8 {
        match self.kind.as_str() {
            "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
            "COOPERATE" | "AID" | "RETREAT" => 2,
            "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
            "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => 4,
            _ => 0,
        }
    }
}

impl RelationRow {
    /// The relations of a document, in text order.
    pub fn all(item: &Item<'_>) -> Vec<Self> {
        let lookup = Lookup::new(item.reading);
        item.reading.relations.iter().map(|relation| lookup.relation(item, relation)).collect()
    }
}

/// First and last day of an EDTF value, as text; empty when open or unknown.
pub(crate) fn days(edtf: Option<&str>) -> (String, String) {
    let bounds = edtf.and_then(Bounds::parse).unwrap_or_default();
    let show = |day: Option<sourceline_situation::Day>| day.map_or(String::new(), |day| day.to_string());
    (show(bounds.earliest), show(bounds.latest))
}

/// The first 16 digits of a document's id: enough to tell a hundred million documents apart.
pub(crate) fn short(document: &str) -> &str {
    document.get(..16).unwrap_or(document)
}

/// The text of a document, to be cut by spans of code points.
pub(crate) struct Words {
    text: Vec<char>,
}

impl Words {
    pub(crate) fn of(reading: &Reading) -> Self {
        Self { text: reading.document.text.chars().collect() }
    }

    /// The words of several spans in one line.
    pub(crate) fn words(&self, spans: &[[usize; 2]]) -> String {
        let piece = |span: &[usize; 2]| self.text.get(span[0]..span[1]).map(|chars| chars.iter().collect::<String>());
        let joined: Vec<String> = spans.iter().filter_map(piece).collect();
        joined.join(" … ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

struct Lookup<'a> {
    reading: &'a Reading,
    text: Words,
}

impl<'a> Lookup<'a> {
    fn new(reading: &'a Reading) -> Self {
        Self { reading, text: Words::of(reading) }
    }

    fn words(&self, spans: &[[usize; 2]]) -> String {
        self.text.words(spans)
    }

    fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.reading.entities.iter().find(|entity| entity.id == id)
    }

    fn mention_start(&self, id: &str, near: usize) -> Option<[usize; 2]> {
        self.reading
            .mentions
            .iter()
            .filter(|mention| mention.entity == id)
            .min_by_key(|mention| mention.span[0].abs_diff(near))
            .map(|m| m.span)
    }

    fn party(&self, id: &str, near: usize) -> Party {
        let Some(entity) = self.entity(id) else { return Party::default() };
        Party {
            name: entity.name.clone(),
            kind: entity.kind.clone(),
            kb: entity.kb.clone().unwrap_or_default(),
            wikidata: entity.wikidata.clone().unwrap_or_default(),
            country: country(entity),
            sector: sector(entity),
            raw: self.mention_start(id, near).map_or(entity.name.clone(), |span| self.words(&[span])),
        }
    }

    fn place(&self, id: &str, role: &str, near: usize) -> Option<Where> {
        let entity = self.entity(id)?;
        let place = entity.place.as_ref();
        Some(Where {
            name: place.map_or(entity.name.clone(), |place| place.name.clone()),
            raw: self.mention_start(id, near).map_or(entity.name.clone(), |span| self.words(&[span])),
            role: role.to_owned(),
            country: country(entity),
            geonames: place.and_then(|place| place.geonames),
            point: place.map(|place| (place.lat, place.lon)),
            feature: place.map_or(String::new(), |place| place.feature.clone()),
        })
    }

    fn claim_of(&self, holds: impl Fn(&Claim) -> bool) -> Option<&'a Claim> {
        self.reading.claims.iter().find(|claim| holds(claim))
    }

    fn event(&self, item: &Item<'_>, event: &Event) -> EventRow {
        let near = event.trigger.first().map_or(0, |span| span[0]);
        let claim = self.claim_of(|claim| claim.events.contains(&event.id));
        let places: Vec<Where> =
            event.places.iter().filter_map(|place| self.place(&place.entity, &place.role, near)).collect();
        let best = ["at", "to", "from", "via"].iter().find_map(|role| places.iter().find(|place| place.role == *role));
        let (date, end_date) = days(event.time.as_deref());
        let offset = |ids: &[String]| ids.first().and_then(|id| self.mention_start(id, near)).map(|span| span[0]);
        EventRow {
            id: format!("{}:{}", short(&self.reading.document.id), event.id),
            kind: event.kind.clone(),
            mode: event.mode.clone().unwrap_or_default(),
            contexts: event.contexts.clone(),
            date,
            end_date,
            edtf: event.time.clone().unwrap_or_default(),
            actors: event.actors.iter().map(|id| self.party(id, near)).collect(),
            recipients: event.recipients.iter().map(|id| self.party(id, near)).collect(),
            place: best.cloned(),
            certainty: event.certainty.clone(),
            polarity: event.polarity.clone(),
            trigger: self.words(&event.trigger),
            statement: claim.map_or(String::new(), |claim| claim.statement.clone()),
            evidence: claim.map_or_else(|| self.sentence(near), |claim| self.words(&claim.evidence)),
            chain: claim.map_or(Vec::new(), names),
            claim: claim.map_or(String::new(), |claim| claim.id.clone()),
            standing: claim.and_then(|claim| item.standings.get(&claim.id)).cloned().unwrap_or_default(),
            sentence: self.reading.sentences.iter().position(|s| s[0] <= near && near < s[1]).unwrap_or(0),
            offsets: [offset(&event.actors), offset(&event.recipients), event.trigger.iter().map(|span| span[0]).min()],
            trigger_end: event.trigger.iter().map(|span| span[1]).max().unwrap_or(near),
            report: Report::of(item),
            places,
        }
    }

    fn sentence(&self, near: usize) -> String {
        let sentence = self.reading.sentences.iter().find(|s| s[0] <= near && near < s[1]);
        sentence.map_or(String::new(), |sentence| self.words(&[*sentence]))
    }

    fn relation(&self, item: &Item<'_>, relation: &sourceline_wire::Relation) -> RelationRow {
        let near = relation.evidence.first().map_or(0, |span| span[0]);
        let claim = self.claim_of(|claim| claim.relations.contains(&relation.id));
        RelationRow {
            id: format!("{}:{}", short(&self.reading.document.id), relation.id),
            kind: relation.kind.clone(),
            subject: self.party(&relation.subject, near),
            object: self.party(&relation.object, near),
            object_place: self.place(&relation.object, "at", near).filter(|place| place.point.is_some()),
            goods: relation.goods.clone().unwrap_or_default(),
            via: relation.via.iter().map(|id| self.party(id, near).name).collect(),
            begin: days(relation.begin.as_deref()),
            end: days(relation.end.as_deref()),
            certainty: relation.certainty.clone(),
            polarity: relation.polarity.clone(),
            evidence: self.words(&relation.evidence),
            chain: claim.map_or(Vec::new(), names),
            standing: claim.and_then(|claim| item.standings.get(&claim.id)).cloned().unwrap_or_default(),
            report: Report::of(item),
        }
    }
}

fn names(claim: &Claim) -> Vec<String> {
    claim.chain.iter().map(|hop| hop.name.clone()).collect()
}

fn country(entity: &Entity) -> String {
    let place = entity.place.as_ref().and_then(|place| place.country.clone());
    entity.country.clone().or(place).unwrap_or_default()
}

/// PLOVER sector from the key in the knowledge base and the kind: only what these two say, `UNK` otherwise.
fn sector(entity: &Entity) -> &'static str {
    let kb = entity.kb.as_deref().unwrap_or("");
    let tail = kb.rsplit('/').next().unwrap_or("");
    let has = |words: &[&str]| words.iter().any(|word| tail.contains(word));
    match entity.kind.as_str() {
        "gpe" => "GOV",
        "group" => "REB",
        "norp" => "CVL",
        _ if has(&["army", "navy", "air-force", "armed-forces", "forces", "guard"]) => "MIL",
        _ if has(&["intelligence", "cia", "mossad"]) => "SPY",
        _ if has(&["police"]) => "COP",
        _ if has(&["parliament", "senate", "congress"]) => "LEG",
        _ if has(&["court"]) => "JUD",
        _ if has(&["government", "ministry", "president", "cabinet"]) => "GOV",
        _ => "UNK",
    }
}

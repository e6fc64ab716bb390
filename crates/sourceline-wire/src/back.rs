//! Wire to model: reads a stored or foreign reading back.
//!
//! What the format does not hold (sentence vectors, factuality, encoder spans) comes back empty. Words come back only when
//! the reading was written with them; without, sentences have empty token ranges.

use std::collections::BTreeSet;
use std::sync::Mutex;

use sourceline_model as model;
use sourceline_model::{AttributionId, Byte, EntityId, EventId, MentionId, Number, RelationId, Span, Tok, Upos};

use crate::words::Word;
use crate::{
    Attribution, Claim, CodePoints, Document, Entity, Event, Hop, Mention, READING_FORMAT, Reading, Relation, Time,
    Token,
};

/// A JSON object that is no reading of this format.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum WireError {
    /// Another format, or a later one.
    #[error("the format is {found}, not {READING_FORMAT}")]
    Format {
        /// What it says it is.
        found: String,
    },
    /// A word that the format does not know.
    #[error("{what} cannot be {found}")]
    Word {
        /// The field.
        what: &'static str,
        /// The word.
        found: String,
    },
    /// A range that does not lie in the text.
    #[error("{what} has the range {start}..{end}, which does not lie in the text")]
    Range {
        /// The list it stands in.
        what: &'static str,
        /// First code point.
        start: usize,
        /// First code point after.
        end: usize,
    },
}

type Back<T> = Result<T, WireError>;

impl Reading {
    /// Reads the model's reading back.
    ///
    /// # Errors
    /// When the format is another one, a word is unknown, or a range does not lie in the text.
    pub fn to_model(&self) -> Back<model::Reading> {
        if self.format != READING_FORMAT {
            return Err(WireError::Format { found: self.format.clone() });
        }
        let points = CodePoints::new(&self.document.text);
        let texts = Texts { points: &points };
        Ok(model::Reading {
            analysis: self.analysis(&texts)?,
            mentions: all(&self.mentions, |mention| mention_back(mention, &texts))?,
            entities: all(&self.entities, entity_back)?,
            times: all(&self.times, |time| time_back(time, &texts))?,
            attributions: all(&self.attributions, |attribution| attribution_back(attribution, &texts))?,
            events: all(&self.events, |event| event_back(event, &texts))?,
            relations: all(&self.relations, |relation| relation_back(relation, &texts))?,
            claims: all(&self.claims, |claim| claim_back(claim, &texts))?,
            notes: self.notes.iter().map(|note| model::Note::new(intern(&note.code), note.message.clone())).collect(),
        })
    }

    /// Sentences and, when they are there, words.
    fn analysis(&self, texts: &Texts) -> Back<model::Analysis> {
        let spans = all(&self.sentences, |&span| texts.span("sentences", span))?;
        let words = self.tokens.as_deref().unwrap_or_default();
        let mut tokens = Vec::with_capacity(words.len());
        let mut sentences = Vec::with_capacity(spans.len());
        for span in spans {
            let first = tokens.len();
            while let Some(word) = words.get(tokens.len()) {
                let place = texts.span("tokens", word.span)?;
                if place.start >= span.end {
                    break;
                }
                tokens.push(token_back(word, place, first, &self.document.text)?);
            }
            let vector = Vec::new();
            sentences.push(model::Sentence {
                tokens: Span::<Tok>::new(first, tokens.len()),
                span,
                paragraph: 0,
                vector,
            });
        }
        let paragraphs = paragraphs(&self.document.text);
        for sentence in &mut sentences {
            let at = paragraphs.partition_point(|paragraph| paragraph.end <= sentence.span.start);
            sentence.paragraph = at.min(paragraphs.len().saturating_sub(1));
        }
        let document = document_back(&self.document)?;
        Ok(model::Analysis { document, paragraphs, sentences, tokens, ..Default::default() })
    }
}

/// Reads offsets.
struct Texts<'t> {
    points: &'t CodePoints<'t>,
}

impl Texts<'_> {
    fn span(&self, what: &'static str, [start, end]: [usize; 2]) -> Back<Span<Byte>> {
        self.points.bytes([start, end]).ok_or(WireError::Range { what, start, end })
    }

    fn spans(&self, what: &'static str, spans: &[[usize; 2]]) -> Back<Vec<Span<Byte>>> {
        all(spans, |&span| self.span(what, span))
    }
}

/// Converts every item or fails with the first that cannot be.
fn all<In, Out>(items: &[In], convert: impl FnMut(&In) -> Back<Out>) -> Back<Vec<Out>> {
    items.iter().map(convert).collect()
}

/// Paragraphs of a cleaned text, which are separated by one empty line.
fn paragraphs(text: &str) -> Vec<Span<Byte>> {
    let mut at = 0;
    let mut found = Vec::new();
    for part in text.split("\n\n") {
        if !part.is_empty() {
            found.push(Span::new(at, at + part.len()));
        }
        at += part.len() + 2;
    }
    found
}

fn word<T: Word>(what: &'static str, found: &str) -> Back<T> {
    T::from_word(found).ok_or_else(|| unknown(what, found))
}

fn unknown(what: &'static str, found: &str) -> WireError {
    WireError::Word { what, found: found.to_owned() }
}

/// The number of an id such as `m12`.
fn number(what: &'static str, letter: char, id: &str) -> Back<u32> {
    id.strip_prefix(letter).and_then(|digits| digits.parse().ok()).ok_or_else(|| unknown(what, id))
}

fn entity_ids(ids: &[String]) -> Back<Vec<EntityId>> {
    all(ids, |id| number("entity", 'e', id).map(EntityId))
}

fn entity_id(id: Option<&String>) -> Back<Option<EntityId>> {
    id.map(|id| number("entity", 'e', id).map(EntityId)).transpose()
}

fn document_back(document: &Document) -> Back<model::Document> {
    let outlet = document.outlet.as_ref().map(|outlet| {
        let basis = word("document.outlet.basis", &outlet.basis)?;
        Ok(model::Outlet { name: outlet.name.clone(), basis, kb: outlet.kb.clone() })
    });
    let published = document.published.as_ref().map(|edtf| {
        let basis = word("document.published_basis", document.published_basis.as_deref().unwrap_or("null"))?;
        Ok(model::Published { edtf: edtf.clone(), basis })
    });
    Ok(model::Document {
        id: document.id.clone(),
        input: document.input.clone(),
        url: document.url.clone(),
        outlet: outlet.transpose()?,
        title: document.title.clone(),
        byline: document.byline.clone(),
        language: document.language.clone(),
        published: published.transpose()?,
        text: document.text.clone(),
        removed: document
            .removed
            .iter()
            .map(|removed| model::Removed { text: removed.text.clone(), why: intern(&removed.why) })
            .collect(),
        notes: Vec::new(),
    })
}

fn token_back(token: &Token, span: Span<Byte>, first: usize, text: &str) -> Back<model::Token> {
    let space_after = text[span.end..].chars().next().is_none_or(char::is_whitespace);
    Ok(model::Token {
        span,
        lemma: token.lemma.clone(),
        upos: Upos::parse(&token.upos).ok_or_else(|| unknown("token.upos", &token.upos))?,
        feats: token.feats.clone().unwrap_or_default(),
        head: token.head.checked_sub(1).map(|head| first + head),
        deprel: token.deprel.clone(),
        space_after,
        surface: None,
        hint: None,
        factuality: 0.0,
    })
}

fn mention_back(mention: &Mention, texts: &Texts) -> Back<model::Mention> {
    Ok(model::Mention {
        id: MentionId(number("mention.id", 'm', &mention.id)?),
        span: texts.span("mentions", mention.span)?,
        kind: entity_kind(&mention.kind)?,
        form: word("mention.form", &mention.form)?,
        entity: EntityId(number("mention.entity", 'e', &mention.entity)?),
    })
}

fn entity_kind(kind: &str) -> Back<model::EntityKind> {
    model::EntityKind::parse(kind).ok_or_else(|| unknown("kind of entity", kind))
}

fn entity_back(entity: &Entity) -> Back<model::Entity> {
    Ok(model::Entity {
        id: EntityId(number("entity.id", 'e', &entity.id)?),
        name: entity.name.clone(),
        kind: entity_kind(&entity.kind)?,
        kb: entity.kb.clone(),
        wikidata: entity.wikidata.clone(),
        country: entity.country.clone(),
        place: entity.place.as_ref().map(|place| model::Place {
            geonames: place.geonames,
            name: place.name.clone(),
            country: place.country.clone(),
            lat: place.lat,
            lon: place.lon,
            feature: place.feature.clone(),
        }),
    })
}

fn time_back(time: &Time, texts: &Texts) -> Back<model::Timex> {
    Ok(model::Timex {
        span: texts.span("times", time.span)?,
        kind: word("time.kind", &time.kind)?,
        value: time.value.clone(),
        basis: word("time.basis", &time.basis)?,
    })
}

fn attribution_back(attribution: &Attribution, texts: &Texts) -> Back<model::Attribution> {
    let anonymous = attribution.anonymous.as_ref().map(|anonymous| {
        let number = match anonymous.number.as_str() {
            "one" => Number::One,
            "several" => Number::Several,
            digits => Number::N(digits.parse().map_err(|_| unknown("anonymous.number", digits))?),
        };
        Ok(model::Anonymous {
            descriptor: anonymous.descriptor.clone(),
            rank: anonymous.rank.clone(),
            country: anonymous.country.clone(),
            role: anonymous.role.clone(),
            number,
        })
    });
    let within = attribution.within.as_ref().map(|id| number("attribution.within", 'a', id).map(AttributionId));
    Ok(model::Attribution {
        id: AttributionId(number("attribution.id", 'a', &attribution.id)?),
        kind: word("attribution.kind", &attribution.kind)?,
        source: texts.spans("attributions", &attribution.source)?,
        source_entity: entity_id(attribution.source_entity.as_ref())?,
        anonymous: anonymous.transpose()?,
        cue: texts.spans("attributions", &attribution.cue)?,
        content: texts.spans("attributions", &attribution.content)?,
        within: within.transpose()?,
    })
}

fn event_back(event: &Event, texts: &Texts) -> Back<model::Event> {
    Ok(model::Event {
        id: EventId(number("event.id", 'v', &event.id)?),
        trigger: texts.spans("events", &event.trigger)?,
        kind: model::PloverType::parse(&event.kind).ok_or_else(|| unknown("event.type", &event.kind))?,
        mode: event.mode.clone(),
        contexts: event.contexts.clone(),
        actors: entity_ids(&event.actors)?,
        recipients: entity_ids(&event.recipients)?,
        places: all(&event.places, |place| {
            let entity = EntityId(number("place.entity", 'e', &place.entity)?);
            Ok(model::PlaceRef { entity, role: word("place.role", &place.role)? })
        })?,
        time: event.time.clone(),
        time_basis: event.time_basis.as_deref().map(|basis| word("event.time_basis", basis)).transpose()?,
        certainty: word("event.certainty", &event.certainty)?,
        polarity: word("event.polarity", &event.polarity)?,
    })
}

fn relation_back(relation: &Relation, texts: &Texts) -> Back<model::Relation> {
    Ok(model::Relation {
        id: RelationId(number("relation.id", 'r', &relation.id)?),
        kind: model::RelationKind::parse(&relation.kind).ok_or_else(|| unknown("relation.kind", &relation.kind))?,
        subject: EntityId(number("relation.subject", 'e', &relation.subject)?),
        object: EntityId(number("relation.object", 'e', &relation.object)?),
        goods: relation.goods.clone(),
        via: entity_ids(&relation.via)?,
        begin: relation.begin.clone(),
        end: relation.end.clone(),
        certainty: word("relation.certainty", &relation.certainty)?,
        polarity: word("relation.polarity", &relation.polarity)?,
        evidence: texts.spans("relations", &relation.evidence)?,
    })
}

fn claim_back(claim: &Claim, texts: &Texts) -> Back<model::Claim> {
    Ok(model::Claim {
        id: number("claim.id", 'c', &claim.id)?,
        statement: claim.statement.clone(),
        kind: word("claim.kind", &claim.kind)?,
        events: all(&claim.events, |id| number("claim.events", 'v', id).map(EventId))?,
        relations: all(&claim.relations, |id| number("claim.relations", 'r', id).map(RelationId))?,
        evidence: texts.spans("claims", &claim.evidence)?,
        chain: all(&claim.chain, |hop| hop_back(hop, texts))?,
        chain_basis: word("claim.chain_basis", &claim.chain_basis)?,
        certainty: word("claim.certainty", &claim.certainty)?,
        polarity: word("claim.polarity", &claim.polarity)?,
        sentence: claim.sentence,
    })
}

fn hop_back(hop: &Hop, texts: &Texts) -> Back<model::Hop> {
    let attribution = hop.attribution.as_ref().map(|id| number("hop.attribution", 'a', id).map(AttributionId));
    Ok(model::Hop {
        role: word("hop.role", &hop.role)?,
        name: hop.name.clone(),
        entity: entity_id(hop.entity.as_ref())?,
        anonymous: hop.anonymous,
        evidence: texts.spans("hops", &hop.evidence)?,
        attribution: attribution.transpose()?,
    })
}

/// Most distinct codes kept; a foreign file with more gets `other` for the rest.
const MAX_CODES: usize = 1024;

/// The model's codes are static words: keeps each distinct one once for the life of the program.
fn intern(code: &str) -> &'static str {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut codes = CODES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = codes.get(code) {
        return known;
    }
    if codes.len() >= MAX_CODES || code.len() > 64 {
        return "other";
    }
    let kept: &'static str = Box::leak(code.to_owned().into_boxed_str());
    codes.insert(kept);
    kept
}

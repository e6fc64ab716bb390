//! Model to wire.

use sourceline_model as model;
use sourceline_model::{EntityId, Number};

use crate::words::Word;
use crate::{
    Anonymous, Attribution, Claim, CodePoints, Document, Entity, Event, Hop, Mention, Note, Outlet, Place, PlaceRef,
    READING_FORMAT, Reader, Reading, Relation, Removed, Time, Token,
};

impl Reading {
    /// Writes `reading` as the format has it, with the words when `tokens` is set.
    pub fn new(reading: &model::Reading, reader: Reader, tokens: bool) -> Self {
        let analysis = &reading.analysis;
        let points = CodePoints::new(&analysis.document.text);
        Self {
            format: READING_FORMAT.to_owned(),
            reader,
            document: Document::from(&analysis.document),
            sentences: analysis.sentences.iter().map(|sentence| points.span(sentence.span)).collect(),
            tokens: tokens.then(|| words(analysis, &points)),
            mentions: reading.mentions.iter().map(|mention| mention_of(mention, &points)).collect(),
            entities: reading.entities.iter().map(entity_of).collect(),
            times: reading.times.iter().map(|time| time_of(time, &points)).collect(),
            attributions: reading.attributions.iter().map(|attribution| attribution_of(attribution, &points)).collect(),
            events: reading.events.iter().map(|event| event_of(event, &points)).collect(),
            relations: reading.relations.iter().map(|relation| relation_of(relation, &points)).collect(),
            claims: reading.claims.iter().map(|claim| claim_of(claim, &points)).collect(),
            notes: all_notes(reading).map(note_of).collect(),
        }
    }
}

/// Notes of the document, the analysis and the reading, each once.
fn all_notes(reading: &model::Reading) -> impl Iterator<Item = &model::Note> {
    let stages = [&reading.analysis.document.notes, &reading.analysis.notes, &reading.notes];
    let mut seen = std::collections::BTreeSet::new();
    stages.into_iter().flatten().filter(move |note| seen.insert(*note))
}

impl From<&model::Document> for Document {
    fn from(document: &model::Document) -> Self {
        let published = document.published.as_ref();
        Self {
            id: document.id.clone(),
            input: document.input.clone(),
            url: document.url.clone(),
            outlet: document.outlet.as_ref().map(|outlet| Outlet {
                name: outlet.name.clone(),
                basis: outlet.basis.word().to_owned(),
                kb: outlet.kb.clone(),
            }),
            title: document.title.clone(),
            byline: document.byline.clone(),
            language: document.language.clone(),
            published: published.map(|published| published.edtf.clone()),
            published_basis: published.map(|published| published.basis.word().to_owned()),
            text: document.text.clone(),
            removed: document
                .removed
                .iter()
                .map(|removed| Removed { text: removed.text.clone(), why: removed.why.to_owned() })
                .collect(),
        }
    }
}

/// The words of an analysis; heads are numbered in their sentence from 1.
fn words(analysis: &model::Analysis, points: &CodePoints) -> Vec<Token> {
    let mut words = Vec::with_capacity(analysis.tokens.len());
    for sentence in &analysis.sentences {
        for token in &analysis.tokens[sentence.tokens.range()] {
            words.push(Token {
                span: points.span(token.span),
                lemma: token.lemma.clone(),
                upos: token.upos.as_str().to_owned(),
                feats: (!token.feats.is_empty()).then(|| token.feats.clone()),
                head: head_number(token.head, sentence),
                deprel: token.deprel.clone(),
            });
        }
    }
    words
}

/// Number of a head in its sentence, from 1; 0 for the root or a head outside.
pub(crate) fn head_number(head: Option<usize>, sentence: &model::Sentence) -> usize {
    head.filter(|&head| sentence.tokens.contains(head)).map_or(0, |head| head - sentence.tokens.start + 1)
}

fn mention_of(mention: &model::Mention, points: &CodePoints) -> Mention {
    Mention {
        id: format!("m{}", mention.id.0),
        span: points.span(mention.span),
        kind: mention.kind.as_str().to_owned(),
        form: mention.form.word().to_owned(),
        entity: entity_id(mention.entity),
    }
}

fn entity_of(entity: &model::Entity) -> Entity {
    Entity {
        id: entity_id(entity.id),
        name: entity.name.clone(),
        kind: entity.kind.as_str().to_owned(),
        kb: entity.kb.clone(),
        wikidata: entity.wikidata.clone(),
        country: entity.country.clone(),
        place: entity.place.as_ref().map(|place| Place {
            geonames: place.geonames,
            name: place.name.clone(),
            country: place.country.clone(),
            lat: place.lat,
            lon: place.lon,
            feature: place.feature.clone(),
        }),
    }
}

fn time_of(time: &model::Timex, points: &CodePoints) -> Time {
    Time {
        span: points.span(time.span),
        kind: time.kind.word().to_owned(),
        value: time.value.clone(),
        basis: time.basis.word().to_owned(),
    }
}

fn attribution_of(attribution: &model::Attribution, points: &CodePoints) -> Attribution {
    Attribution {
        id: format!("a{}", attribution.id.0),
        kind: attribution.kind.word().to_owned(),
        source: points.spans(&attribution.source),
        source_entity: attribution.source_entity.map(entity_id),
        anonymous: attribution.anonymous.as_ref().map(|anonymous| Anonymous {
            descriptor: anonymous.descriptor.clone(),
            rank: anonymous.rank.clone(),
            country: anonymous.country.clone(),
            role: anonymous.role.clone(),
            number: match anonymous.number {
                Number::One => "one".to_owned(),
                Number::Several => "several".to_owned(),
                Number::N(number) => number.to_string(),
            },
        }),
        cue: points.spans(&attribution.cue),
        content: points.spans(&attribution.content),
        within: attribution.within.map(|within| format!("a{}", within.0)),
    }
}

fn event_of(event: &model::Event, points: &CodePoints) -> Event {
    Event {
        id: format!("v{}", event.id.0),
        trigger: points.spans(&event.trigger),
        kind: event.kind.as_str().to_owned(),
        mode: event.mode.clone(),
        contexts: event.contexts.clone(),
        actors: event.actors.iter().copied().map(entity_id).collect(),
        recipients: event.recipients.iter().copied().map(entity_id).collect(),
        places: event
            .places
            .iter()
            .map(|place| PlaceRef { entity: entity_id(place.entity), role: place.role.word().to_owned() })
            .collect(),
        time: event.time.clone(),
        time_basis: event.time_basis.map(|basis| basis.word().to_owned()),
        certainty: event.certainty.word().to_owned(),
        polarity: event.polarity.word().to_owned(),
    }
}

fn relation_of(relation: &model::Relation, points: &CodePoints) -> Relation {
    Relation {
        id: format!("r{}", relation.id.0),
        kind: relation.kind.as_str().to_owned(),
        subject: entity_id(relation.subject),
        object: entity_id(relation.object),
        goods: relation.goods.clone(),
        via: relation.via.iter().copied().map(entity_id).collect(),
        begin: relation.begin.clone(),
        end: relation.end.clone(),
        certainty: relation.certainty.word().to_owned(),
        polarity: relation.polarity.word().to_owned(),
        evidence: points.spans(&relation.evidence),
    }
}

fn claim_of(claim: &model::Claim, points: &CodePoints) -> Claim {
    Claim {
        id: format!("c{}", claim.id),
        statement: claim.statement.clone(),
        kind: claim.kind.word().to_owned(),
        events: claim.events.iter().map(|event| format!("v{}", event.0)).collect(),
        relations: claim.relations.iter().map(|relation| format!("r{}", relation.0)).collect(),
        evidence: points.spans(&claim.evidence),
        chain: claim.chain.iter().map(|step| hop(step, points)).collect(),
        chain_basis: claim.chain_basis.word().to_owned(),
        certainty: claim.certainty.word().to_owned(),
        polarity: claim.polarity.word().to_owned(),
        sentence: claim.sentence,
    }
}

/// Writes one hop of a chain.
pub fn hop(hop: &model::Hop, points: &CodePoints) -> Hop {
    Hop {
        role: hop.role.word().to_owned(),
        name: hop.name.clone(),
        entity: hop.entity.map(entity_id),
        anonymous: hop.anonymous,
        evidence: points.spans(&hop.evidence),
        attribution: hop.attribution.map(|attribution| format!("a{}", attribution.0)),
    }
}

/// Writes a note.
pub(crate) fn note_of(note: &model::Note) -> Note {
    Note { code: note.code.to_owned(), message: note.message.clone() }
}

fn entity_id(id: EntityId) -> String {
    format!("e{}", id.0)
}

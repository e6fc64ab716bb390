//! Puts a reading together from its stages.
//!
//! In: an `Analysis`. Out: a `Reading`. Order: times, entities, attributions, sources, events and relations, claims.

use sourceline_coding::{CodedEvent, CodedRelation, Coding};
use sourceline_model::{
    Analysis, Attribution, EntityId, Event, EventId, Note, PlaceRef, Reading, Relation, RelationId, Span, TimeBasis,
    Timex,
};

use crate::Resources;
use crate::attribution::attributions;
use crate::claims::{self, Matter};
use crate::credit;
use crate::party::Party;
use crate::scene::Scene;
use crate::sources::Sources;
use crate::tree::Tree;

/// Reads an English document that has text.
pub fn assemble(analysis: Analysis, resources: &Resources) -> Reading {
    let times = sourceline_times::document_times(&analysis.document);
    let found = sourceline_entities::entities(&analysis, resources.knowledge);
    let (mentions, entities) = (found.mentions.clone(), found.entities.clone());
    let coding = sourceline_coding::code(&analysis, resources.rules);
    let scene = Scene::new(Tree::new(&analysis), resources.lexicon, resources.knowledge, &mentions, &entities);
    let saids = attributions(&scene.tree, resources.lexicon, scene.body);
    let sources = Sources::read(&scene, saids, credit::credits(&analysis, resources.knowledge));
    let attributed = attribution_objects(&scene, &sources);
    let mut events = events(&scene, &coding, &times);
    let relations = relations(&scene, &coding);
    let claims = claims::claims(
        &scene,
        &sources,
        Matter { events: &mut events, relations: &relations, times: &times, rules: resources.rules },
    );
    let notes = notes(&analysis);
    Reading { mentions, entities, times, attributions: attributed, events, relations, claims, notes, analysis }
}

fn notes(analysis: &Analysis) -> Vec<Note> {
    let mut notes: Vec<Note> = analysis.document.notes.iter().chain(&analysis.notes).cloned().collect();
    if analysis.document.published.is_none() && !notes.iter().any(|note| note.code == "undated-document") {
        notes.push(Note::new(
            "undated-document",
            "The publication date is unknown; relative dates are left open unless the text dates them.",
        ));
    }
    notes
}

/// The attributions of the format.
fn attribution_objects(scene: &Scene, sources: &Sources) -> Vec<Attribution> {
    let bytes = |pieces: &[Span<sourceline_model::Tok>]| {
        pieces.iter().map(|&piece| scene.tree.analysis.bytes(piece)).collect::<Vec<_>>()
    };
    sources
        .saids
        .iter()
        .zip(&sources.routes)
        .zip(&sources.ids)
        .filter_map(|(pair, id)| id.map(|id| (id, pair)))
        .map(|(id, (said, route))| {
            let own: Option<&Party> = route
                .stops
                .iter()
                .map(|stop| &stop.party)
                .find(|party| said.source.iter().any(|piece| piece.contains(party.head)));
            Attribution {
                id,
                kind: said.kind,
                source: bytes(&said.source),
                source_entity: own.and_then(|party| party.entity),
                anonymous: own.and_then(|party| party.anonymous.clone()),
                cue: vec![scene.tree.analysis.bytes(said.cue)],
                content: bytes(&said.content),
                within: said.within.and_then(|outer| sources.ids[outer]),
            }
        })
        .collect()
}

/// Events with entities for words.
fn events(scene: &Scene, coding: &Coding, times: &[Timex]) -> Vec<Event> {
    coding.events.iter().enumerate().map(|(index, coded)| event(scene, index, coded, times)).collect()
}

fn event(scene: &Scene, index: usize, coded: &CodedEvent, times: &[Timex]) -> Event {
    let time = event_time(scene, coded, times);
    Event {
        id: EventId(u32::try_from(index + 1).unwrap_or(u32::MAX)),
        trigger: coded.trigger.iter().map(|&at| scene.tree.token(at).span).collect(),
        kind: coded.kind,
        mode: coded.mode.clone(),
        contexts: coded.contexts.clone(),
        actors: ids(scene, &coded.actors),
        recipients: ids(scene, &coded.recipients),
        places: coded
            .places
            .iter()
            .filter_map(|&(at, role)| Some(PlaceRef { entity: id_at(scene, at)?, role }))
            .collect(),
        time: time.as_ref().map(|(value, _)| value.clone()),
        time_basis: time.map(|(_, basis)| basis),
        certainty: coded.certainty,
        polarity: coded.polarity,
    }
}

/// The nearest date in the clause of an event.
fn event_time(scene: &Scene, coded: &CodedEvent, times: &[Timex]) -> Option<(String, TimeBasis)> {
    let clause = scene.tree.analysis.bytes(scene.tree.extent(coded.clause));
    let trigger = scene.tree.token(coded.head()).span;
    let dated = scene.tree.analysis.document.published.is_some();
    let inside = times.iter().filter(|time| {
        clause.covers(&time.span)
            && time.kind == sourceline_model::TimexKind::Date
            && time.value.is_some()
            && (dated || time.basis == TimeBasis::Stated)
    });
    let nearest = inside.min_by_key(|time| time.span.start.abs_diff(trigger.start))?;
    Some((nearest.value.clone()?, nearest.basis))
}

fn relations(scene: &Scene, coding: &Coding) -> Vec<Relation> {
    let found = coding.relations.iter().filter_map(|coded| relation(scene, coded));
    found
        .enumerate()
        .map(|(index, relation)| Relation { id: RelationId(u32::try_from(index + 1).unwrap_or(u32::MAX)), ..relation })
        .collect()
}

fn relation(scene: &Scene, coded: &CodedRelation) -> Option<Relation> {
    let goods =
        coded.goods.iter().map(|&at| scene.tree.text(scene.tree.core_phrase(at))).collect::<Vec<_>>().join(", ");
    Some(Relation {
        id: RelationId(0),
        kind: coded.kind,
        subject: id_at(scene, coded.subject)?,
        object: id_at(scene, coded.object)?,
        goods: (!goods.is_empty()).then_some(goods),
        via: ids(scene, &coded.via),
        begin: None,
        end: None,
        certainty: coded.certainty,
        polarity: coded.polarity,
        evidence: coded.evidence.iter().map(|&at| scene.tree.token(at).span).collect(),
    })
}

fn ids(scene: &Scene, words: &[usize]) -> Vec<EntityId> {
    let mut found: Vec<EntityId> = Vec::new();
    for id in words.iter().filter_map(|&at| id_at(scene, at)) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

fn id_at(scene: &Scene, at: usize) -> Option<EntityId> {
    scene.mention(at).map(|mention| mention.entity)
}

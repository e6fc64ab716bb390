//! Puts a reading together from its stages.
//!
//! In: an `Analysis`. Out: a `Reading`. Order: times, entities, attributions, sources, events and relations, claims.

use sourceline_coding::{CodedEvent, CodedRelation, Coding};
use sourceline_model::{
    Analysis, Attribution, Certainty, EntityId, Event, EventId, Note, PlaceRef, Polarity, Reading, Relation,
    RelationId, Span, TimeBasis, Timex,
};
use sourceline_times::{EventTimes, Tense, tense_of};

use crate::Resources;
use crate::attribution::attributions;
use crate::claims::{self, Matter};
use crate::credit;
use crate::holding::Holdings;
use crate::party::Party;
use crate::scene::Scene;
use crate::sources::Sources;
use crate::tree::Tree;

/// Reads an English document that has text.
pub fn assemble(analysis: Analysis, resources: &Resources) -> Reading {
    let times = sourceline_times::analysis_times(&analysis);
    let found = sourceline_entities::entities(&analysis, resources.knowledge);
    let (mentions, entities) = (found.mentions.clone(), found.entities.clone());
    let coding = sourceline_coding::code(&analysis, resources.rules);
    let mut scene = Scene::new(Tree::new(&analysis), resources.lexicon, resources.knowledge, &mentions, &entities);
    scene.likely = mentions.iter().map(|mention| found.likelihood(mention.id)).collect();
    let saids = attributions(&scene.tree, resources.lexicon, scene.body);
    let sources = Sources::read(&scene, saids, credit::credits(&analysis, resources.knowledge));
    let attributed = attribution_objects(&scene, &sources);
    let datable = datable(&analysis, &times);
    let clock = EventTimes::new(&analysis, &datable);
    let mut events = events(&scene, &coding, &clock);
    let relations = relations(&scene, &coding, &Holdings::new(&scene.tree, &clock));
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
fn events(scene: &Scene, coding: &Coding, clock: &EventTimes) -> Vec<Event> {
    // A heading names what is told below it.
    let told = |coded: &&CodedEvent| !claims::is_heading(scene, scene.tree.sentence(coded.head()));
    coding.events.iter().filter(told).enumerate().map(|(index, coded)| event(scene, index, coded, clock)).collect()
}

fn event(scene: &Scene, index: usize, coded: &CodedEvent, clock: &EventTimes) -> Event {
    let time = clock.time(coded.head(), event_tense(scene.tree.analysis, coded));
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
        time_basis: time.as_ref().map(|time| time.basis),
        time: time.map(|time| time.edtf),
        certainty: coded.certainty,
        polarity: coded.polarity,
    }
}

/// The tense that may date an event. What is not put as a fact has not happened yet, whatever the tense of the verb above it; the present tense
/// tells of habits and states as well, and so of no day.
fn event_tense(analysis: &Analysis, coded: &CodedEvent) -> Tense {
    let fact =
        matches!(coded.certainty, Certainty::Asserted | Certainty::Probable) && coded.polarity == Polarity::Positive;
    match tense_of(analysis, coded.head()) {
        Tense::Past if fact => Tense::Past,
        Tense::Future => Tense::Future,
        _ => Tense::Unknown,
    }
}

/// The expressions that may date events: with an unknown publication date only those that say it in full.
fn datable(analysis: &Analysis, times: &[Timex]) -> Vec<Timex> {
    let dated = analysis.document.published.is_some();
    times.iter().filter(|time| dated || time.basis == TimeBasis::Stated).cloned().collect()
}

fn relations(scene: &Scene, coding: &Coding, holdings: &Holdings) -> Vec<Relation> {
    let found = coding.relations.iter().filter_map(|coded| relation(scene, coded, holdings));
    found
        .enumerate()
        .map(|(index, relation)| Relation { id: RelationId(u32::try_from(index + 1).unwrap_or(u32::MAX)), ..relation })
        .collect()
}

fn relation(scene: &Scene, coded: &CodedRelation, holdings: &Holdings) -> Option<Relation> {
    let holding = holdings.of(coded);
    // "the movement's leader, X" where both were taken for one: nobody leads himself.
    let (subject, object) = (id_at(scene, coded.subject)?, id_at(scene, coded.object)?);
    if subject == object {
        return None;
    }
    let goods = coded.goods.iter().map(|&at| goods(scene, at)).collect::<Vec<_>>().join(", ");
    Some(Relation {
        id: RelationId(0),
        kind: coded.kind,
        subject,
        object,
        goods: (!goods.is_empty()).then_some(goods),
        via: ids(scene, &coded.via),
        begin: holding.begin,
        end: holding.end,
        certainty: coded.certainty,
        polarity: coded.polarity,
        evidence: coded.evidence.iter().map(|&at| scene.tree.token(at).span).collect(),
    })
}

/// What is sent, by its noun and the words before it: "some 200 rockets".
fn goods<'a>(scene: &Scene<'a>, at: usize) -> &'a str {
    let words = scene.tree.core_phrase(at);
    let article =
        |word: &usize| matches!(scene.tree.lower(*word).as_str(), "the" | "a" | "an" | "its" | "their" | "his");
    let start = words.range().find(|word| !article(word)).unwrap_or(at).min(at);
    scene.tree.text(Span::new(start, at + 1))
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

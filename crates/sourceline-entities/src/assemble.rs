//! Makes the output of drafts and clusters: ids in text order, names, links, places.

use sourceline_knowledge::{Knowledge, gazetteer::Gazetteer};
use sourceline_model::{Analysis, Entity, EntityId, EntityKind, Mention, MentionId};

use crate::cluster::{Cluster, Clusters};
use crate::draft::Draft;
use crate::evidence::Evidence;
use crate::places::{self, Toponymy};
use crate::{Entities, Place};

/// Builds the result.
pub(crate) fn assemble(
    analysis: &Analysis,
    knowledge: &Knowledge,
    evidence: &Evidence,
    drafts: Vec<Draft>,
    clusters: Clusters<'_>,
) -> Entities {
    let Clusters { all: clusters, likely, .. } = clusters;
    let mut ids: Vec<Option<EntityId>> = vec![None; clusters.len()];
    let mut out = Entities { by_head: vec![None; analysis.tokens.len()], ..Entities::default() };
    let mut order = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(cluster) = draft.cluster.filter(|&cluster| is_kept(&clusters[cluster])) else { continue };
        let entity = *ids[cluster].get_or_insert_with(|| {
            order.push(cluster);
            EntityId(order.len() as u32)
        });
        let id = MentionId(out.mentions.len() as u32 + 1);
        for &head in &draft.heads {
            out.by_head[head].get_or_insert(id.0 - 1);
        }
        let kind =
            if draft.form == sourceline_model::MentionForm::Name { draft.kind } else { clusters[cluster].kind() };
        out.mentions.push(Mention { id, span: analysis.bytes(draft.tokens), kind, form: draft.form, entity });
        out.likely.push(likely.get(&at).copied().unwrap_or(1.0));
        out.places.push(Place { tokens: draft.tokens, phrase: draft.phrase, heads: draft.heads.clone() });
    }
    for (at, &cluster) in order.iter().enumerate() {
        out.entities.push(entity(EntityId(at as u32 + 1), analysis, knowledge, &clusters[cluster], &drafts));
    }
    locate(analysis, evidence, &mut out);
    out
}

/// Things that are neither named nor of a kind of their own count only when they are spoken of more than once.
fn is_kept(cluster: &Cluster) -> bool {
    cluster.kind() != EntityKind::Other || !cluster.names.is_empty() || cluster.mentions.len() > 1
}

fn entity(id: EntityId, analysis: &Analysis, knowledge: &Knowledge, cluster: &Cluster, drafts: &[Draft]) -> Entity {
    let link = cluster.link.as_ref();
    let kind = cluster.kind();
    let demonym = || cluster.names.iter().find_map(|name| knowledge.demonym(name)).map(str::to_owned);
    let country = link.and_then(|link| link.country.clone()).or_else(|| cluster.country.clone());
    Entity {
        id,
        name: link.map_or_else(|| own_name(analysis, cluster, drafts), |link| link.name.clone()),
        kind,
        kb: link.map(|link| link.key.clone()),
        wikidata: link.and_then(|link| link.wikidata.clone()),
        country: if kind == EntityKind::Norp { demonym().or(country) } else { country },
        place: None,
    }
}

/// The longest name in the text that is no acronym; for nominals the words of the first mention without article.
fn own_name(analysis: &Analysis, cluster: &Cluster, drafts: &[Draft]) -> String {
    let mentions = || cluster.mentions.iter().map(|&mention| &drafts[mention]);
    if let Some(name) = mentions()
        .filter(|draft| draft.is_name())
        .max_by_key(|draft| (draft.text.len(), !is_shouted(&draft.text), std::cmp::Reverse(draft.tokens.start)))
    {
        return name.text.clone();
    }
    let first = mentions().min_by_key(|draft| draft.tokens.start);
    first.map_or_else(String::new, |draft| {
        let text = analysis.text(analysis.bytes(draft.tokens)).split_whitespace().collect::<Vec<_>>().join(" ");
        let article = ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|article| text.strip_prefix(article));
        article.map_or(text.clone(), str::to_owned)
    })
}

/// Whether a name is written in capitals only, as datelines and headlines do.
fn is_shouted(name: &str) -> bool {
    name.len() > 1 && !name.chars().any(char::is_lowercase)
}

/// Finds the places of entities that are places.
fn locate(analysis: &Analysis, evidence: &Evidence, out: &mut Entities) {
    let gazetteer = Gazetteer::embedded();
    let is_place = |kind| matches!(kind, EntityKind::Gpe | EntityKind::Location | EntityKind::Facility);
    let wanted: Vec<(EntityId, sourceline_model::Span)> = out
        .mentions
        .iter()
        .filter(|mention| mention.form == sourceline_model::MentionForm::Name && is_place(mention.kind))
        .map(|mention| (mention.entity, mention.span))
        .collect();
    let spans: Vec<_> = wanted.iter().map(|(_, span)| *span).collect();
    let toponymy = Toponymy { gazetteer, knowledge: Knowledge::embedded() };
    let found = places::resolve(&analysis.document.text, &spans, evidence, &toponymy);
    for ((id, _), toponym) in wanted.into_iter().zip(found) {
        let Some(entity) = out.entities.get_mut((id.0 as usize).wrapping_sub(1)) else { continue };
        if entity.place.is_some() || !is_place(entity.kind) {
            continue;
        }
        let state = entity.kb.as_deref().and_then(|key| key.strip_prefix("sl:state/"));
        let toponym = state.and_then(|iso2| gazetteer.country(iso2)).or(toponym);
        if let Some(toponym) = toponym {
            entity.country = entity.country.take().or_else(|| toponym.country.map(str::to_owned));
            entity.place = Some(toponym.place());
        }
    }
}

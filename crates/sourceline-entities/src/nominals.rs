//! Puts common noun phrases into clusters: apposition and predicate by the tree, definite ones as `definites` ranks what they may stand for,
//! bare ones by the same words or the same office.

use sourceline_model::{EntityKind, MentionForm};

use crate::antecedents::Scene;
use crate::cluster::{Cluster, Clusters, compatible};
use crate::definites;
use crate::draft::{Article, Draft};
use crate::log::Log;

/// Farthest antecedent of a bare phrase with the same words, in sentences.
const SAME_WORDS_SENTENCES: usize = 15;

/// Clusters all nominals, in text order. What there was to choose from goes to `log`.
pub(crate) fn resolve(drafts: &mut [Draft], clusters: &mut Clusters<'_>, scene: &Scene, mut log: Option<&mut Log>) {
    let beside = definites::beside(drafts, clusters.analysis);
    for index in 0..drafts.len() {
        if drafts[index].form != MentionForm::Nominal {
            continue;
        }
        let mut found = name_beside(index, drafts, clusters).or_else(|| by_tree(index, drafts, clusters));
        if found.is_none() && drafts[index].article == Article::Definite {
            let choices = definites::choices(&definites::Text { scene, beside: &beside }, index, drafts, clusters);
            let chosen = definites::choose(&choices, &drafts[index], &clusters.likely);
            if let Some(log) = log.as_deref_mut() {
                log.definite(index, &choices);
            }
            if let Some((_, probability)) = chosen {
                clusters.likely.insert(index, probability);
            }
            found = chosen.map(|(cluster, _)| cluster);
        } else if found.is_none() {
            found = same_words(index, drafts, clusters).or_else(|| by_office(index, drafts, clusters));
        }
        match found {
            Some(cluster) => clusters.add(drafts, index, cluster),
            None => {
                let cluster = clusters.open(drafts, index);
                clusters.all[cluster].link = body(&drafts[index], clusters);
            }
        }
    }
}

/// The body of a state that a phrase like "Iranian forces" names.
fn body(draft: &Draft, clusters: &Clusters<'_>) -> Option<crate::cluster::Link> {
    let iso2 = draft.country.as_deref()?;
    if !matches!(draft.kind, EntityKind::Organization | EntityKind::Group) {
        return None;
    }
    // "The Syrian army's general command" is not the army: the country must be the only word before the noun.
    let words = draft.text.split(' ').count();
    if words > draft.lemma.split(' ').count() + 1 {
        return None;
    }
    let (organ, _) = clusters
        .knowledge
        .organ(&draft.lemma)
        .or_else(|| clusters.knowledge.organ(draft.text.split(' ').next_back()?))?;
    clusters.link_to(&format!("sl:{iso2}/{organ}"))
}

/// "Chief Prosecutor Leila Haddad", "the militant group Red Dawn", where the tree puts them together or not: the name right behind a noun for
/// what it is. What is called a group is one, whatever the name was taken for.
fn name_beside(index: usize, drafts: &mut [Draft], clusters: &mut Clusters<'_>) -> Option<usize> {
    let (head, kind) = (drafts[index].head(), drafts[index].kind);
    let tokens = &clusters.analysis.tokens;
    let behind =
        drafts.iter().skip(index + 1).take(3).position(|next| next.is_name() && next.tokens.start == head + 1)?;
    let name = index + 1 + behind;
    let cluster = drafts[name].cluster.filter(|_| drafts[index].plural != Some(true) && !drafts[name].nested)?;
    let hangs = tokens[drafts[name].head()].head == Some(head)
        && matches!(tokens[drafts[name].head()].relation(), "appos" | "flat");
    let title = kind == EntityKind::Person
        && clusters.all[cluster].kind() == EntityKind::Person
        && clusters.analysis.form(head).starts_with(char::is_uppercase)
        && tokens[drafts[name].head()].head == tokens[head].head;
    if title {
        let lemma = drafts[index].lemma.clone();
        clusters.all[cluster].titles.insert(lemma);
        return Some(cluster);
    }
    let entry = &mut clusters.all[cluster];
    let telling =
        matches!(kind, EntityKind::Group | EntityKind::Organization | EntityKind::Vehicle | EntityKind::Facility);
    let mistaken = hangs && telling && entry.link.is_none() && !compatible(entry.kind(), kind);
    if !mistaken || entry.kind() == EntityKind::Norp {
        return None;
    }
    entry.kind = Some(kind);
    for &mention in &entry.mentions {
        drafts[mention].kind = kind;
    }
    Some(cluster)
}

/// Apposition and definite predicate.
fn by_tree(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let (draft, tokens) = (&drafts[index], &clusters.analysis.tokens);
    let head = draft.head();
    let cluster_at =
        |token: usize| drafts.iter().find(|other| other.heads.contains(&token)).and_then(|other| other.cluster);
    let fits = |cluster: &usize| {
        let entry = &clusters.all[*cluster];
        draft.plural != Some(true) && entry.kind() != EntityKind::Norp && compatible(entry.kind(), draft.kind)
    };
    let above = tokens[head].head.filter(|_| tokens[head].relation() == "appos");
    if let Some(cluster) = above.and_then(cluster_at).filter(fits) {
        return Some(cluster);
    }
    let below = clusters.analysis.children(head).filter(|&child| matches!(tokens[child].relation(), "appos" | "flat"));
    if let Some(cluster) = below.filter_map(cluster_at).find(fits) {
        return Some(cluster);
    }
    let children: Vec<usize> = clusters.analysis.children(head).collect();
    let is =
        children.iter().any(|&child| tokens[child].relation() == "cop" && tokens[child].feat("Tense") == Some("Pres"));
    let plain = !children.iter().any(|&child| matches!(tokens[child].lemma.as_str(), "not" | "never" | "no"));
    if is && plain && draft.article == Article::Definite {
        let subject = children.iter().copied().find(|&child| tokens[child].relation() == "nsubj");
        return subject.and_then(cluster_at).filter(fits);
    }
    None
}

/// The same words again without an article, when they single something out.
fn same_words(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let draft = &drafts[index];
    if draft.article != Article::Bare || !draft.text.contains(' ') {
        return None;
    }
    nearest(index, drafts, clusters, SAME_WORDS_SENTENCES, |cluster| {
        cluster.texts.contains(&draft.text) && definites::agrees(draft, cluster)
    })
}

/// "Syrian president": a person with that title in the text or that office in the knowledge base.
fn by_office(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let draft = &drafts[index];
    let person = draft.kind == EntityKind::Person && draft.plural != Some(true);
    if !person || draft.article != Article::Bare || draft.country.is_none() {
        return None;
    }
    nearest(index, drafts, clusters, usize::MAX, |cluster| {
        definites::same_country(draft, cluster)
            && (definites::is_titled(draft, cluster)
                || !cluster.names.is_empty() && cluster.lemmas.contains(&draft.lemma)
                || definites::holds_office(draft, cluster, clusters))
    })
}

/// The cluster with the nearest earlier mention within `reach` sentences that passes `fits`.
fn nearest(
    index: usize,
    drafts: &[Draft],
    clusters: &Clusters<'_>,
    reach: usize,
    fits: impl Fn(&Cluster) -> bool,
) -> Option<usize> {
    let (here, phrase) = (drafts[index].sentence, drafts[index].phrase);
    (0..index).rev().take_while(|&at| here.saturating_sub(drafts[at].sentence) <= reach).find_map(|at| {
        let inside = phrase.covers(&drafts[at].tokens) || drafts[at].phrase.covers(&phrase);
        drafts[at].cluster.filter(|&cluster| !inside && fits(&clusters.all[cluster]))
    })
}

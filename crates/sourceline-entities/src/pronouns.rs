//! Resolves pronouns: relatives by the tree, first persons by who speaks, the others by agreement, nearness and prominence.

use sourceline_knowledge::{Kind, Referent};
use sourceline_model::{AttributionRole, EntityKind, MentionForm, Upos};

use crate::cluster::{Cluster, Clusters};
use crate::draft::Draft;

/// Farthest antecedent of a pronoun, in sentences.
const REACH: usize = 3;
/// What a sentence of distance costs, against one for a subject. Set by hand, not tuned.
const PER_SENTENCE: f32 = 1.0;
/// What the logarithm of the number of mentions between costs. Set by hand, not tuned.
const PER_MENTION: f32 = 0.25;

/// What it gains to be the source of the indirect speech that the pronoun stands in. Set by hand, not tuned.
const SPEAKER: f32 = 0.5;

/// Clusters pronouns; those without an antecedent keep none.
pub(crate) fn resolve(drafts: &mut [Draft], clusters: &mut Clusters<'_>) {
    for index in 0..drafts.len() {
        if drafts[index].form != MentionForm::Pronoun {
            continue;
        }
        let found = match drafts[index].text.as_str() {
            "who" | "which" | "that" | "whom" | "whose" => relative(index, drafts, clusters),
            "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" => {
                speaker(index, drafts, clusters)
            }
            _ => third_person(index, drafts, clusters),
        };
        if let Some(cluster) = found {
            clusters.add(drafts, index, cluster);
        }
    }
}

fn cluster_at(token: usize, drafts: &[Draft]) -> Option<usize> {
    drafts.iter().find(|draft| draft.heads.contains(&token)).and_then(|draft| draft.cluster)
}

/// The noun that the relative clause hangs on.
fn relative(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let tokens = &clusters.analysis.tokens;
    let mut at = drafts[index].head();
    for _ in 0..tokens.len() {
        let head = tokens[at].head?;
        if tokens[at].relation() == "acl" {
            return cluster_at(head, drafts);
        }
        at = head;
    }
    None
}

/// The source of the innermost content that covers a word.
fn source_of(token: usize, clusters: &Clusters<'_>, drafts: &[Draft]) -> Option<usize> {
    let spans = &clusters.analysis.attribution;
    let content = spans
        .iter()
        .filter(|span| span.role == AttributionRole::Content && span.tokens.contains(token))
        .min_by_key(|span| span.tokens.len())?;
    let cue = content.cue?;
    let source = spans.iter().find(|span| span.role == AttributionRole::Source && span.cue == Some(cue))?;
    let head = clusters.analysis.head_of(source.tokens)?;
    cluster_at(head, drafts)
}

/// Who says "I" or "we": the source of the quotation.
fn speaker(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    source_of(drafts[index].head(), clusters, drafts)
}

fn third_person(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let draft = &drafts[index];
    let source = source_of(draft.head(), clusters, drafts);
    let own_speaker = source.filter(|_| quoted(draft.head(), clusters));
    let mut best: Option<(usize, f32)> = None;
    for at in 0..clusters.all.len() {
        if own_speaker == Some(at) || !fits(draft, at, drafts, clusters) {
            continue;
        }
        let Some(last) = clusters.last_before(at, index) else { continue };
        let antecedent = &drafts[last];
        let distance = draft.sentence.saturating_sub(antecedent.sentence);
        // The town of the dateline is where it was written, not what the text speaks of.
        let dateline = clusters.analysis.in_dateline(antecedent.head());
        if dateline || distance > REACH || barred(draft, antecedent, clusters) {
            continue;
        }
        // "Its navy warned that it would answer": who speaks is spoken of.
        let somebody = !matches!(clusters.all[at].kind(), EntityKind::Product | EntityKind::Other | EntityKind::Event);
        let speaks = if source == Some(at) && somebody { SPEAKER } else { 0.0 };
        let far = PER_SENTENCE * distance as f32 + PER_MENTION * ((index - last) as f32).ln();
        let score = prominence(antecedent, at, index, clusters) + speaks - far;
        if best.is_none_or(|(_, known)| score > known) {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| at)
}

/// Whether a word stands between quotation marks in its sentence.
fn quoted(token: usize, clusters: &Clusters<'_>) -> bool {
    let analysis = clusters.analysis;
    let Some(sentence) = analysis.sentence_of(token) else { return false };
    let range = analysis.sentences[sentence].tokens;
    let marks = (range.start..token).filter(|&at| matches!(analysis.form(at), "\"" | "“" | "”" | "``" | "''")).count();
    marks % 2 == 1
}

/// Agreement in number, gender and kind.
fn fits(draft: &Draft, at: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> bool {
    let cluster = &clusters.all[at];
    let kind = cluster.kind();
    if draft.gender.zip(cluster.gender).is_some_and(|(a, b)| a != b) {
        return false;
    }
    let plural = cluster.plural == Some(true);
    if cluster.mentions.iter().all(|&mention| drafts[mention].form == MentionForm::Pronoun) {
        return false;
    }
    match draft.text.as_str() {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => kind == EntityKind::Person && !plural,
        "it" | "its" | "itself" => !matches!(kind, EntityKind::Person | EntityKind::Norp) && !plural,
        _ => {
            // An office is no "they": only what consists of people is.
            plural
                || matches!(kind, EntityKind::Group | EntityKind::Organization | EntityKind::Norp)
                    && cluster.plural.is_none()
                    && !is_office(cluster, clusters)
        }
    }
}

/// Whether a cluster is an office, known or called so.
fn is_office(cluster: &Cluster, clusters: &Clusters<'_>) -> bool {
    if let Some(link) = &cluster.link {
        let people = matches!(link.kind, Kind::Forces | Kind::Police);
        return link.kind.is_state_body() && !people || matches!(link.kind, Kind::Outlet | Kind::International);
    }
    let body = |word: &str| word != "police" && clusters.knowledge.referents(word).contains(&Referent::Body);
    cluster.names.iter().any(|name| name.rsplit(' ').next().is_some_and(body)) || cluster.lemmas.iter().any(|l| body(l))
}

/// Whether the tree rules the antecedent out: the pronoun stands inside it, or both are arguments of one verb.
fn barred(draft: &Draft, antecedent: &Draft, clusters: &Clusters<'_>) -> bool {
    if antecedent.phrase.contains(draft.head()) {
        return true;
    }
    let tokens = &clusters.analysis.tokens;
    let possessive =
        tokens[draft.head()].deprel == "nmod:poss" || draft.text.ends_with("self") || draft.text.ends_with("selves");
    let top = antecedent.heads[antecedent.heads.len() - 1];
    !possessive
        && tokens[draft.head()].head.is_some()
        && tokens[draft.head()].head == tokens[top].head
        && tokens[top].relation() != "conj"
}

fn prominence(antecedent: &Draft, at: usize, index: usize, clusters: &Clusters<'_>) -> f32 {
    let tokens = &clusters.analysis.tokens;
    let token = &tokens[antecedent.heads[antecedent.heads.len() - 1]];
    let mut score = match token.relation() {
        "nsubj" => 1.0,
        "obj" | "iobj" => 0.4,
        "compound" | "amod" => -0.8,
        "nmod" if token.deprel == "nmod:poss" => 0.2,
        "nmod" => -0.2,
        _ => 0.0,
    };
    if antecedent.is_name() {
        score += 0.2;
    }
    let before = clusters.all[at].mentions.iter().filter(|&&mention| mention < index).count();
    score += 0.25 * (before as f32).ln();
    if matches!(
        clusters.all[at].kind(),
        EntityKind::Event | EntityKind::Product | EntityKind::Location | EntityKind::Other
    ) {
        score -= 0.4;
    }
    if token.upos == Upos::Adj {
        score -= 1.0;
    }
    score
}

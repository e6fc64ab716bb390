//! Chooses what a pronoun of the third person stands for: a linear model over the antecedents in reach, "nothing that is named" among them.
//!
//! In: a pronoun and the clusters before it. Out: the likeliest cluster with its probability, or none. Weights: `data/coreference/antecedents.tsv`,
//! fitted by `eval/antecedents/fit.py`. Method: a mention-ranking model with a dummy antecedent after Denis and Baldridge, "Specialized models
//! and ranking for coreference resolution" (EMNLP 2008) and Durrett and Klein, "Easy victories and uphill battles in coreference resolution"
//! (EMNLP 2013).

mod features;

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use sourceline_knowledge::{Kind, Referent, fold::fold};
use sourceline_model::{Analysis, AttributionRole, EntityKind, MentionForm};

use crate::cluster::{Cluster, Clusters};
use crate::draft::Draft;

use features::{Pair, nothing};

/// Farthest antecedent, in sentences.
const REACH: usize = 4;
/// Least probability of an antecedent; below it the pronoun stays open. The fit prints what other values give.
const LEAST: f32 = 0.5;

/// A feature: its name and its value among those the name can have ("" where there is one).
pub(crate) type Feature = (&'static str, &'static str);

/// What a pronoun may stand for.
pub(crate) struct Choice {
    /// The cluster; none where it stands for nothing that is named: a clause, the weather, something far away.
    pub(crate) cluster: Option<usize>,
    /// What speaks for it, with its strength.
    pub(crate) features: Vec<(Feature, f32)>,
}

/// Weights of a feature for "he" and "she", for "it", for "they".
type Weights = [f32; 3];

static WEIGHTS: LazyLock<HashMap<Feature, Weights>> = LazyLock::new(|| {
    static TABLE: &str = include_str!("../../../data/coreference/antecedents.tsv");
    let number = |field: Option<&str>| field.and_then(|field| field.parse().ok()).unwrap_or(0.0);
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let feature = (fields.next()?, fields.next()?);
        Some((feature, [number(fields.next()), number(fields.next()), number(fields.next())]))
    };
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// Which of the three tables of weights a pronoun has.
pub(crate) fn class(pronoun: &str) -> usize {
    match pronoun {
        "it" | "its" | "itself" => 1,
        "they" | "them" | "their" | "theirs" | "themselves" => 2,
        _ => 0,
    }
}

/// What is known of a document before its pronouns are read.
pub(crate) struct Scene {
    /// For each word, whether it stands in a quotation.
    quoted: Vec<bool>,
    /// For each word, whether it belongs to the source of an attribution.
    source: Vec<bool>,
    /// For each word, the head word of the source of the innermost content that it belongs to.
    pub(crate) speaker: Vec<Option<usize>>,
    /// The document's own outlet, folded.
    outlet: Option<String>,
}

impl Scene {
    pub(crate) fn new(clusters: &Clusters<'_>) -> Self {
        let analysis = clusters.analysis;
        let mut scene = Self {
            quoted: vec![false; analysis.tokens.len()],
            source: vec![false; analysis.tokens.len()],
            speaker: vec![None; analysis.tokens.len()],
            outlet: analysis.document.outlet.as_ref().map(|outlet| fold(&outlet.name)),
        };
        let (mut inside, mut paragraph) = (false, None);
        for sentence in &analysis.sentences {
            if paragraph != Some(sentence.paragraph) {
                (inside, paragraph) = (false, Some(sentence.paragraph));
            }
            for at in sentence.tokens.range() {
                inside = match analysis.form(at) {
                    "“" | "``" | "«" => true,
                    "”" | "''" | "»" => false,
                    "\"" => !inside,
                    _ => inside,
                };
                scene.quoted[at] = inside;
            }
        }
        let spans = &analysis.attribution;
        let mut contents: Vec<_> = spans.iter().filter(|span| span.role == AttributionRole::Content).collect();
        // Inner contents come last and win.
        contents.sort_by_key(|span| std::cmp::Reverse(span.tokens.len()));
        // The first source of each cue.
        let mut sources = vec![None; spans.len()];
        for span in spans.iter().filter(|span| span.role == AttributionRole::Source) {
            scene.source[span.tokens.range()].fill(true);
            if let Some(known) = span.cue.and_then(|cue| sources.get_mut(cue)) {
                known.get_or_insert(span.tokens);
            }
        }
        for content in contents {
            let source = content.cue.and_then(|cue| sources.get(cue).copied().flatten());
            scene.speaker[content.tokens.range()].fill(source.and_then(|source| analysis.head_of(source)));
        }
        scene
    }

    /// Whether a word stands in a quotation.
    pub(crate) fn is_quoted(&self, word: usize) -> bool {
        self.quoted[word]
    }

    /// Whether a word belongs to the source of an attribution.
    pub(crate) fn is_source(&self, word: usize) -> bool {
        self.source[word]
    }

    /// Whether a cluster is an outlet, a known one or the document's own.
    pub(crate) fn is_outlet(&self, cluster: &Cluster) -> bool {
        cluster.link.as_ref().is_some_and(|link| link.kind == Kind::Outlet)
            || self.outlet.as_ref().is_some_and(|own| cluster.names.contains(own))
    }
}

/// The cluster that a pronoun of a class stands for, when that is likely enough.
pub(crate) fn choose(choices: &[Choice], class: usize) -> Option<usize> {
    let scored = choices.iter().map(|choice| (choice.cluster, score(choice, class)));
    // The first of equals, which is the nearest.
    let (cluster, best) = scored.clone().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let all: f32 = scored.map(|(_, score)| (score - best).exp()).sum();
    cluster.filter(|_| 1.0 / all >= LEAST)
}

fn score(choice: &Choice, class: usize) -> f32 {
    let weight = |feature: &Feature| WEIGHTS.get(feature).map_or(0.0, |weights| weights[class]);
    choice.features.iter().map(|(feature, value)| weight(feature) * value).sum()
}

/// Everything that a pronoun may stand for, the nearest first, none of it last.
pub(crate) fn choices(scene: &Scene, index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Vec<Choice> {
    let draft = &drafts[index];
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for at in (0..index).rev() {
        let antecedent = &drafts[at];
        if draft.sentence.saturating_sub(antecedent.sentence) > REACH {
            break;
        }
        let Some(cluster) = antecedent.cluster else { continue };
        // The town of the dateline is where it was written, not what the text speaks of.
        if clusters.analysis.in_dateline(antecedent.head()) || !seen.insert(cluster) {
            continue;
        }
        if !fits(draft, &clusters.all[cluster], drafts, clusters)
            || barred(scene, draft, antecedent, cluster, clusters, drafts)
        {
            continue;
        }
        let rank = ["0", "1", "2", "3", "4"][out.len().min(4)];
        let pair = Pair { scene, draft, antecedent, cluster: &clusters.all[cluster], clusters, index };
        let mut features = vec![(("rank", rank), 1.0)];
        pair.features(drafts, &mut features);
        out.push(Choice { cluster: Some(cluster), features });
    }
    let features = nothing(scene, draft, drafts, index, clusters, out.is_empty());
    out.push(Choice { cluster: None, features });
    out
}

/// Agreement in number, gender and kind.
fn fits(draft: &Draft, cluster: &Cluster, drafts: &[Draft], clusters: &Clusters<'_>) -> bool {
    let kind = cluster.kind();
    if draft.gender.zip(cluster.gender).is_some_and(|(a, b)| a != b) {
        return false;
    }
    let plural = cluster.plural == Some(true);
    if cluster.mentions.iter().all(|&mention| drafts[mention].form == MentionForm::Pronoun) {
        return false;
    }
    match class(&draft.text) {
        0 => kind == EntityKind::Person && !plural,
        1 => !matches!(kind, EntityKind::Person | EntityKind::Norp) && !plural,
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

fn is_possessive(draft: &Draft, clusters: &Clusters<'_>) -> bool {
    clusters.analysis.tokens[draft.head()].deprel == "nmod:poss"
}

/// The word of a mention that its sentence governs.
pub(crate) fn top(draft: &Draft) -> usize {
    draft.heads.last().copied().unwrap_or(draft.heads[0])
}

/// Whether the tree rules the antecedent out: the pronoun stands inside it, both are arguments of one verb, or the speaker of a quotation
/// would speak of himself as another.
fn barred(
    scene: &Scene,
    draft: &Draft,
    antecedent: &Draft,
    cluster: usize,
    clusters: &Clusters<'_>,
    drafts: &[Draft],
) -> bool {
    if antecedent.phrase.contains(draft.head()) {
        return true;
    }
    let own_words = scene.quoted[draft.head()]
        && scene.speaker[draft.head()].is_some_and(|head| is_in(head, cluster, drafts, clusters));
    if own_words {
        return true;
    }
    // "Malek told Reuters that it creaked": what an outlet is told is about something else.
    if scene.is_outlet(&clusters.all[cluster])
        && draft.sentence == antecedent.sentence
        && listens(top(antecedent), clusters.analysis)
    {
        return true;
    }
    let tokens = &clusters.analysis.tokens;
    let reflexive = draft.text.ends_with("self") || draft.text.ends_with("selves");
    let top = top(antecedent);
    !is_possessive(draft, clusters)
        && !reflexive
        && tokens[draft.head()].head.is_some()
        && tokens[draft.head()].head == tokens[top].head
        && tokens[top].relation() != "conj"
}

/// Whether a word heads a mention of a cluster.
fn is_in(head: usize, cluster: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> bool {
    clusters.all[cluster].mentions.iter().any(|&mention| drafts[mention].heads.contains(&head))
}

/// Verbs whose object is whom something is said to.
const TELLING: [&str; 9] = ["tell", "inform", "brief", "ask", "assure", "remind", "notify", "warn", "advise"];
/// Verbs behind which "to" marks whom something is said to.
const SAYING: [&str; 9] = ["say", "speak", "talk", "explain", "confirm", "write", "complain", "add", "state"];

/// Whether something is said to whom a word stands for.
pub(crate) fn listens(other: usize, analysis: &Analysis) -> bool {
    let token = &analysis.tokens[other];
    let Some(verb) = token.head.map(|head| analysis.tokens[head].lemma.as_str()) else { return false };
    let to = || analysis.children(other).any(|child| matches!(analysis.form(child), "to" | "with" | "by"));
    match token.relation() {
        "obj" | "iobj" => TELLING.contains(&verb),
        "obl" => SAYING.contains(&verb) && to() || verb == "interview",
        "nsubj" => token.deprel == "nsubj:pass" && TELLING.contains(&verb),
        _ => false,
    }
}

//! Chooses what a pronoun of the third person stands for: a linear model over the antecedents in reach, "nothing that is named" among them.
//!
//! In: a pronoun and the clusters before it. Out: the likeliest cluster with its probability, or none. Weights: `data/coreference/antecedents.tsv`,
//! fitted by `eval/antecedents/fit.py`. Method: a mention-ranking model with a dummy antecedent after Denis and Baldridge, "Specialized models
//! and ranking for coreference resolution" (EMNLP 2008) and Durrett and Klein, "Easy victories and uphill battles in coreference resolution"
//! (EMNLP 2013).

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use sourceline_knowledge::{Kind, Referent, fold::fold};
use sourceline_model::{Analysis, AttributionRole, EntityHint, EntityKind, MentionForm, Upos};

use crate::cluster::{Cluster, Clusters};
use crate::draft::{Article, Draft};
use crate::given;

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
    /// For each word, the head word of the source whose words it belongs to.
    speaker: Vec<Option<usize>>,
}

impl Scene {
    pub(crate) fn new(clusters: &Clusters<'_>) -> Self {
        let analysis = clusters.analysis;
        let mut scene = Self {
            quoted: vec![false; analysis.tokens.len()],
            source: vec![false; analysis.tokens.len()],
            speaker: vec![None; analysis.tokens.len()],
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
        for span in spans.iter().filter(|span| span.role == AttributionRole::Source) {
            scene.source[span.tokens.range()].fill(true);
        }
        for content in contents {
            let source = |cue| spans.iter().find(|span| span.role == AttributionRole::Source && span.cue == Some(cue));
            let head = content.cue.and_then(source).and_then(|source| analysis.head_of(source.tokens));
            scene.speaker[content.tokens.range()].fill(head);
        }
        scene
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
fn top(draft: &Draft) -> usize {
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
    if is_outlet(&clusters.all[cluster], clusters.analysis)
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

/// Relations as features know them.
fn role(relation: &str) -> &'static str {
    match relation {
        "nsubj" => "nsubj",
        "nsubj:pass" => "nsubj:pass",
        "obj" | "iobj" => "obj",
        "nmod:poss" => "poss",
        "obl:agent" => "agent",
        _ => match relation.split(':').next().unwrap_or("") {
            "nsubj" => "nsubj",
            "obl" => "obl",
            "nmod" => "nmod",
            "compound" | "amod" | "flat" => "inside",
            "appos" => "appos",
            "conj" => "conj",
            "root" => "root",
            _ => "other",
        },
    }
}

/// The name of the feature that pairs a pronoun's role with the antecedent's.
fn role_pair(own: &str) -> &'static str {
    match own {
        "nsubj" => "subject after",
        "nsubj:pass" => "passive subject after",
        "obj" => "object after",
        "poss" => "owner after",
        "obl" | "agent" | "nmod" => "oblique after",
        _ => "other after",
    }
}

fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Group => "group",
        EntityKind::Gpe => "gpe",
        EntityKind::Location => "location",
        EntityKind::Facility => "facility",
        EntityKind::Weapon => "weapon",
        EntityKind::Vehicle => "vehicle",
        EntityKind::Event => "event",
        EntityKind::Product => "product",
        EntityKind::Norp => "norp",
        EntityKind::Other => "other",
    }
}

fn hint_name(hint: Option<EntityHint>) -> &'static str {
    match hint {
        None => "none",
        Some(EntityHint::Person) => "person",
        Some(EntityHint::Organization) => "organization",
        Some(EntityHint::Place) => "place",
        Some(EntityHint::Event) => "event",
        Some(EntityHint::Object) => "object",
        Some(EntityHint::Abstract) => "abstract",
        Some(EntityHint::Time) => "time",
        Some(EntityHint::Substance) => "substance",
        Some(EntityHint::Animal) => "animal",
        Some(EntityHint::Plant) => "plant",
    }
}

/// Verbs whose object is whom something is said to.
const TELLING: [&str; 9] = ["tell", "inform", "brief", "ask", "assure", "remind", "notify", "warn", "advise"];
/// Verbs behind which "to" marks whom something is said to.
const SAYING: [&str; 9] = ["say", "speak", "talk", "explain", "confirm", "write", "complain", "add", "state"];

/// Whether a cluster is an outlet, a known one or the document's own.
fn is_outlet(cluster: &Cluster, analysis: &Analysis) -> bool {
    let own = analysis.document.outlet.as_ref().map(|outlet| fold(&outlet.name));
    cluster.link.as_ref().is_some_and(|link| link.kind == Kind::Outlet)
        || own.is_some_and(|own| cluster.names.contains(&own))
}

/// Whether something is said to whom a word stands for.
fn listens(other: usize, analysis: &Analysis) -> bool {
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

/// A pronoun and one antecedent.
struct Pair<'a> {
    scene: &'a Scene,
    draft: &'a Draft,
    antecedent: &'a Draft,
    cluster: &'a Cluster,
    clusters: &'a Clusters<'a>,
    index: usize,
}

impl Pair<'_> {
    fn features(&self, drafts: &[Draft], out: &mut Vec<(Feature, f32)>) {
        self.position(out);
        self.kinds(out);
        self.history(drafts, out);
        self.tree(out);
        self.speech(out);
    }

    /// How far off, and in which grammatical role.
    fn position(&self, out: &mut Vec<(Feature, f32)>) {
        let analysis = self.clusters.analysis;
        let distance = self.draft.sentence.saturating_sub(self.antecedent.sentence);
        out.push((("sentences", ["0", "1", "2", "3", "4"][distance.min(4)]), 1.0));
        let paragraph = |draft: &Draft| analysis.sentences.get(draft.sentence).map(|sentence| sentence.paragraph);
        if paragraph(self.draft) != paragraph(self.antecedent) {
            out.push((("other paragraph", ""), 1.0));
        }
        let own = role(&analysis.tokens[self.draft.head()].deprel);
        let other = role(&analysis.tokens[top(self.antecedent)].deprel);
        out.push((("role", other), 1.0));
        out.push(((["role here", "role before", "role further off"][distance.min(2)], other), 1.0));
        out.push(((role_pair(own), other), 1.0));
        if own == other {
            out.push((("same role", own), 1.0));
        }
        out.push((("depth", ["0", "1", "2", "3"][self.depth(top(self.antecedent))]), 1.0));
        let topic = analysis.tokens[top(self.antecedent)]
            .head
            .is_some_and(|head| other.starts_with("nsubj") && analysis.tokens[head].head.is_none());
        let opens = analysis
            .sentences
            .get(self.draft.sentence)
            .is_some_and(|sentence| self.draft.head() <= sentence.tokens.start + 1);
        if opens && distance == 1 {
            out.push((("opens after", if topic { "topic" } else { other }), 1.0));
        }
        if topic {
            out.push((("topic", if distance == 0 { "here" } else { "before" }), 1.0));
        }
    }

    /// How many clauses lie between a word and the main one of its sentence.
    fn depth(&self, word: usize) -> usize {
        let tokens = &self.clusters.analysis.tokens;
        let clause =
            |at: &usize| matches!(tokens[*at].relation(), "ccomp" | "xcomp" | "advcl" | "acl" | "csubj" | "parataxis");
        std::iter::successors(Some(word), |&at| tokens[at].head).take(16).filter(clause).count().min(3)
    }

    /// What kind of thing, how spoken of.
    fn kinds(&self, out: &mut Vec<(Feature, f32)>) {
        out.push((("kind", kind_name(self.cluster.kind())), 1.0));
        out.push((
            (
                "form",
                match (self.antecedent.form, self.antecedent.article) {
                    (MentionForm::Name, _) => "name",
                    (MentionForm::Pronoun, _) => "pronoun",
                    (_, Article::Definite) => "definite",
                    (_, Article::Indefinite) => "indefinite",
                    (_, Article::Bare) => "bare",
                },
            ),
            1.0,
        ));
        let hint = |draft: &Draft| self.clusters.analysis.tokens[draft.head()].hint;
        let wanted = match hint_name(hint(self.draft)) {
            "person" => "seen as person",
            "organization" => "seen as organization",
            "place" => "seen as place",
            "event" => "seen as event",
            "object" => "seen as object",
            "abstract" => "seen as abstract",
            "none" => "seen as nothing",
            _ => "seen as other",
        };
        out.push(((wanted, kind_name(self.cluster.kind())), 1.0));
        if hint(self.draft).is_some() && hint(self.draft) == hint(self.antecedent) {
            out.push((("seen alike", hint_name(hint(self.draft))), 1.0));
        }
        if !self.cluster.names.is_empty() {
            out.push((("named", ""), 1.0));
        }
        if is_outlet(self.cluster, self.clusters.analysis) {
            out.push((("outlet", ""), 1.0));
        }
        if self.cluster.plural.is_some() {
            out.push((("number known", ""), 1.0));
        }
        if let Some((own, given)) = self.draft.gender.zip(given::gender(self.cluster)) {
            out.push((("given name", if own == given { "same" } else { "other" }), 1.0));
        }
        if self.cluster.gender.is_some() && self.cluster.gender == self.draft.gender {
            out.push((("gender known", ""), 1.0));
        }
    }

    /// How often it was spoken of, and by which pronouns.
    fn history(&self, drafts: &[Draft], out: &mut Vec<(Feature, f32)>) {
        let before = self.cluster.mentions.iter().filter(|&&mention| mention < self.index);
        let count = before.clone().count();
        out.push((("spoken of", ""), (count as f32).ln()));
        if count == 1 {
            out.push((("once", ""), 1.0));
        }
        let last =
            self.antecedent.form == MentionForm::Pronoun && class(&self.antecedent.text) == class(&self.draft.text);
        if last {
            out.push((("same pronoun", ""), 1.0));
        }
        let named = before.filter(|&&mention| drafts[mention].form == MentionForm::Name).count();
        if named > 2 {
            out.push((("often named", ""), 1.0));
        }
    }

    /// How the two stand to each other in the tree.
    fn tree(&self, out: &mut Vec<(Feature, f32)>) {
        let tokens = &self.clusters.analysis.tokens;
        let (own, other) = (self.draft.head(), top(self.antecedent));
        let other_verb = tokens[other].head;
        let mut above = tokens[own].head;
        if is_possessive(self.draft, self.clusters) {
            above = above.and_then(|owned| tokens[owned].head);
        }
        if let (Some(verb), Some(other_verb)) = (above, other_verb) {
            if verb != other_verb && tokens[verb].lemma == tokens[other_verb].lemma && tokens[verb].upos == Upos::Verb {
                out.push((
                    ("same verb", if tokens[own].relation() == tokens[other].relation() { "role" } else { "other" }),
                    1.0,
                ));
            }
        }
        if self.draft.sentence != self.antecedent.sentence {
            return;
        }
        let mut steps = 0;
        let mut at = above;
        while let Some(verb) = at.filter(|_| steps < 8) {
            if other_verb == Some(verb) {
                let value = match (steps, role(&tokens[other].deprel)) {
                    (0, "nsubj" | "nsubj:pass") => "subject",
                    (0, _) => "beside",
                    (_, "nsubj" | "nsubj:pass") => "subject above",
                    (_, "obj") => "object above",
                    _ => "above",
                };
                out.push((("commanded", value), 1.0));
                if value.starts_with("subject") {
                    let kind = kind_name(self.cluster.kind());
                    out.push((
                        if steps == 0 { ("subject of its clause", kind) } else { ("subject above it", kind) },
                        1.0,
                    ));
                }
                return;
            }
            steps += 1;
            at = tokens[verb].head;
        }
        out.push((("not commanded", ""), 1.0));
    }

    /// Who speaks, who listens, what is quoted.
    fn speech(&self, out: &mut Vec<(Feature, f32)>) {
        let scene = self.scene;
        let (own, other) = (self.draft.head(), top(self.antecedent));
        let kind = kind_name(self.cluster.kind());
        if scene.source[own] {
            out.push((("speaks", kind), 1.0));
            if scene.source[other] {
                out.push((("both speak", ""), 1.0));
            }
        } else if scene.source[other] {
            out.push((("spoke", ""), 1.0));
        }
        if scene.speaker[own] == Some(other)
            || scene.speaker[own].is_some_and(|head| self.antecedent.heads.contains(&head))
        {
            out.push((("speaker", kind), 1.0));
        }
        match (scene.quoted[own], scene.quoted[other]) {
            (true, true) => out.push((("quoted", "both"), 1.0)),
            (true, false) => out.push((("quoted", "pronoun"), 1.0)),
            (false, true) => out.push((("quoted", "antecedent"), 1.0)),
            (false, false) => {}
        }
        if listens(other, self.clusters.analysis) {
            out.push((("listener", ""), 1.0));
        }
        if let Some(used) = self.used() {
            out.push(((used, kind), 1.0));
        }
    }

    /// What is done with the pronoun, where that tells the kind of thing it stands for.
    fn used(&self) -> Option<&'static str> {
        let analysis = self.clusters.analysis;
        let own = self.draft.head();
        let head = analysis.tokens[own].head?;
        let noun = &analysis.tokens[head];
        let relation = analysis.tokens[own].deprel.as_str();
        if relation == "nmod:poss" {
            let person = self.clusters.knowledge.role(&noun.lemma).is_some();
            let body = || !self.clusters.knowledge.referents(&noun.lemma).is_empty();
            return Some(if person {
                "owns person"
            } else if body() {
                "owns body"
            } else {
                "owns"
            });
        }
        let governs =
            |wanted: &[&str]| analysis.children(head).any(|child| wanted.contains(&analysis.tokens[child].relation()));
        match (relation, noun.upos) {
            ("nsubj", Upos::Verb) if governs(&["ccomp", "xcomp"]) => Some("intends"),
            ("nsubj", Upos::Verb) if governs(&["obj"]) => Some("acts"),
            ("nsubj", Upos::Verb) => Some("does"),
            ("nsubj:pass", _) => Some("undergoes"),
            ("nsubj", _) => Some("is"),
            ("obj" | "iobj", _) => Some("object"),
            ("obl" | "nmod", _) => Some("oblique"),
            _ => None,
        }
    }
}

/// What speaks for a pronoun's standing for nothing that is named.
fn nothing(
    scene: &Scene,
    draft: &Draft,
    drafts: &[Draft],
    index: usize,
    clusters: &Clusters<'_>,
    alone: bool,
) -> Vec<(Feature, f32)> {
    let analysis = clusters.analysis;
    let own = draft.head();
    let token = &analysis.tokens[own];
    let mut out = vec![(("nothing", ""), 1.0), (("nothing, role", role(&token.deprel)), 1.0)];
    out.push((("nothing, seen as", hint_name(token.hint)), 1.0));
    if alone {
        out.push((("nothing, alone", ""), 1.0));
    }
    if scene.quoted[own] {
        out.push((("nothing, quoted", ""), 1.0));
    }
    if analysis.sentences.get(draft.sentence).is_some_and(|sentence| own <= sentence.tokens.start + 1) {
        out.push((("nothing, opens", ""), 1.0));
    }
    // "Mark Warner and Marco Rubio … they": a pair is no cluster.
    let pair = drafts[..index].iter().rev().take_while(|other| draft.sentence <= other.sentence + 1).any(|other| {
        analysis.tokens[top(other)].relation() == "conj"
            && matches!(other.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Gpe)
    });
    if pair {
        out.push((("nothing, pair", ""), 1.0));
    }
    let Some(head) = token.head else { return out };
    let governs = |wanted: &[&str]| {
        analysis.children(head).any(|child| child > own && wanted.contains(&analysis.tokens[child].relation()))
    };
    let verb = analysis.tokens[head].lemma.as_str();
    let known = [
        "be", "seem", "appear", "take", "happen", "turn", "mean", "make", "become", "say", "do", "know", "deny",
        "call", "find", "think",
    ];
    if let Some(verb) = known.into_iter().find(|known| *known == verb) {
        out.push((("nothing, verb", verb), 1.0));
    }
    if token.relation() == "nsubj" {
        let copula = analysis.children(head).any(|child| analysis.tokens[child].relation() == "cop");
        let clause = governs(&["csubj", "ccomp", "xcomp", "advcl", "acl"]);
        let value = match (copula, clause, analysis.tokens[head].upos) {
            (true, true, Upos::Adj) => "adjective and clause",
            (true, true, _) => "noun and clause",
            (true, false, Upos::Adj) => "adjective",
            (true, false, _) => "noun",
            (false, true, _) => "clause",
            _ => "plain",
        };
        out.push((("nothing, subject", value), 1.0));
    }
    out
}

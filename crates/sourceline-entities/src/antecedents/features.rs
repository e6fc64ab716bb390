//! What speaks for and against an antecedent of a pronoun.

use sourceline_model::{EntityKind, MentionForm, Upos};

use super::{Feature, Scene, class, is_possessive, listens, top};
use crate::cluster::{Cluster, Clusters};
use crate::draft::{Article, Draft};
use crate::given;
use crate::labels::{hint_name, kind_name, role};

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

/// A pronoun and one antecedent.
pub(super) struct Pair<'a> {
    pub(super) scene: &'a Scene,
    pub(super) draft: &'a Draft,
    pub(super) antecedent: &'a Draft,
    pub(super) cluster: &'a Cluster,
    pub(super) clusters: &'a Clusters<'a>,
    pub(super) index: usize,
}

impl Pair<'_> {
    pub(super) fn features(&self, drafts: &[Draft], out: &mut Vec<(Feature, f32)>) {
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
        if self.scene.is_outlet(self.cluster) {
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
        let alike = |verb: usize, other: usize| {
            verb != other && tokens[verb].lemma == tokens[other].lemma && tokens[verb].upos == Upos::Verb
        };
        if above.zip(other_verb).is_some_and(|(verb, other)| alike(verb, other)) {
            let same = tokens[own].relation() == tokens[other].relation();
            out.push((("same verb", if same { "role" } else { "other" }), 1.0));
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
pub(super) fn nothing(
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

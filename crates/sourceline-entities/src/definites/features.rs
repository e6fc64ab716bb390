//! What speaks for and against an antecedent of a definite noun.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sourceline_knowledge::{Referent, RoleClass};
use sourceline_model::{EntityKind, MentionForm, Upos};

use super::alike::{Alike, own_words};
use super::referents::{is_all_media, stands_for};
use super::{Candidate, Feature, Text, is_named};
use crate::antecedents::{listens, top};
use crate::cluster::{Cluster, Clusters};
use crate::draft::{Article, Draft};
use crate::labels::{hint_name, kind_name, role};

type Features = Vec<(Feature, f32)>;

fn push(out: &mut Features, name: &'static str, value: impl Into<Cow<'static, str>>) {
    out.push(((name, value.into()), 1.0));
}

/// How many candidates agree with a noun in which way.
pub(super) struct Rivals {
    ways: BTreeMap<Alike, Way>,
    /// The cluster that last spoke.
    speaker: Option<usize>,
}

/// The candidates that agree in one way.
#[derive(Default)]
struct Way {
    /// Rank of the nearest.
    first: usize,
    count: usize,
    /// How often the one most spoken of is, and its rank.
    most: (usize, usize),
}

impl Rivals {
    pub(super) fn new(candidates: &[Candidate], all: &[Cluster], index: usize, speaker: Option<usize>) -> Self {
        let mut ways: BTreeMap<Alike, Way> = BTreeMap::new();
        for (rank, candidate) in candidates.iter().enumerate() {
            let spoken = all[candidate.cluster].mentions.iter().filter(|&&mention| mention < index).count();
            let way = ways.entry(candidate.alike).or_insert(Way { first: rank, ..Way::default() });
            way.count += 1;
            if spoken > way.most.0 {
                way.most = (spoken, rank);
            }
        }
        Self { ways, speaker }
    }

    /// The strongest way there is.
    fn best(&self) -> Alike {
        self.ways.keys().next().copied().unwrap_or(Alike::None)
    }
}

fn bucket(sentences: usize) -> &'static str {
    match sentences {
        0 => "0",
        1 => "1",
        2 => "2",
        3 | 4 => "3-4",
        5..=8 => "5-8",
        9..=16 => "9-16",
        _ => "17",
    }
}

fn form_name(draft: &Draft) -> &'static str {
    match (draft.form, draft.article) {
        (MentionForm::Name, _) => "name",
        (_, Article::Definite) => "definite",
        (_, Article::Indefinite) => "indefinite",
        (_, Article::Bare) => "bare",
    }
}

/// How a definite phrase is built: its article, and what is said of its noun.
fn build(draft: &Draft, clusters: &Clusters<'_>) -> (&'static str, &'static str) {
    let analysis = clusters.analysis;
    let (mut article, mut after, mut before) = ("other", "", false);
    for child in analysis.children(draft.head()) {
        let token = &analysis.tokens[child];
        match token.relation() {
            "det" => {
                article = match token.lemma.as_str() {
                    "the" => "the",
                    "this" | "these" => "this",
                    "that" | "those" => "that",
                    _ => article,
                }
            }
            "nmod" if token.deprel == "nmod:poss" => article = "possessed",
            "nmod" if child > draft.head() && after.is_empty() => after = "of",
            "acl" => after = "clause",
            "nummod" => before = true,
            "appos" if child > draft.head() && after.is_empty() => after = "apposition",
            _ => {}
        }
    }
    let built = match after {
        "" if before => "counted",
        "" if own_words(draft).next().is_none() => "plain",
        "" => "modified",
        after => after,
    };
    (article, built)
}

/// The name of the feature that pairs how a phrase is built with the way it agrees.
fn built_name(built: &str) -> &'static str {
    match built {
        "plain" => "plain and",
        "modified" => "modified and",
        "counted" => "counted and",
        "of" => "of and",
        "clause" => "clause and",
        _ => "apposition and",
    }
}

fn article_name(article: &str) -> &'static str {
    match article {
        "the" => "the and",
        "this" => "this and",
        "that" => "that and",
        "possessed" => "possessed and",
        _ => "both and",
    }
}

/// A noun and one antecedent.
pub(super) struct Pair<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) index: usize,
    pub(super) drafts: &'a [Draft],
    pub(super) clusters: &'a Clusters<'a>,
    pub(super) candidate: &'a Candidate,
    pub(super) rivals: &'a Rivals,
    pub(super) rank: usize,
}

impl Pair<'_> {
    fn draft(&self) -> &Draft {
        &self.drafts[self.index]
    }

    fn antecedent(&self) -> &Draft {
        &self.drafts[self.candidate.at]
    }

    fn cluster(&self) -> &Cluster {
        &self.clusters.all[self.candidate.cluster]
    }

    pub(super) fn features(&self) -> Features {
        let mut out = Vec::with_capacity(40);
        self.words(&mut out);
        self.position(&mut out);
        self.kinds(&mut out);
        self.history(&mut out);
        self.speech(&mut out);
        out
    }

    /// How the words agree, and what else agrees so.
    fn words(&self, out: &mut Features) {
        let (draft, cluster) = (self.draft(), self.cluster());
        let way = self.candidate.alike.name();
        let (article, built) = build(draft, self.clusters);
        push(out, "alike", way);
        push(out, built_name(built), way);
        push(out, article_name(article), way);
        if let Some(rivals) = self.rivals.ways.get(&self.candidate.alike) {
            push(out, if rivals.first == self.rank { "nearest so" } else { "farther so" }, way);
            push(out, ["only one", "of two", "of three", "of many"][rivals.count.saturating_sub(1).min(3)], way);
            if self.candidate.alike == Alike::Kind {
                push(out, "noun and rivals", format!("{} {}", draft.lemma, rivals.count.min(3)));
            }
            if rivals.count > 1 {
                push(out, if rivals.most.1 == self.rank { "most spoken of so" } else { "less spoken of so" }, way);
            }
        }
        if self.rivals.best() < self.candidate.alike {
            push(out, "weaker than", self.rivals.best().name());
        }
        let known = |word: &str| cluster.texts.iter().any(|text| text.split([' ', '-']).any(|known| known == word));
        let (mut new, mut shared) = (0, 0);
        for word in own_words(draft) {
            if known(word) { shared += 1 } else { new += 1 }
        }
        push(out, "new words", ["0", "1", "2"][new.min(2)]);
        push(out, "shared words", ["0", "1", "2"][shared.min(2)]);
        if self.antecedent().form == MentionForm::Nominal {
            let kept = |word: &str| draft.text.split(' ').any(|own| own == word);
            let dropped = own_words(self.antecedent()).filter(|word| !kept(word)).count();
            push(out, "dropped words", ["0", "1", "2", "3"][dropped.min(3)]);
        }
        let country = cluster.link.as_ref().and_then(|link| link.country.as_deref()).or(cluster.country.as_deref());
        let home = self.clusters.evidence.first().map(|(code, _)| code.as_str());
        if country.is_some() && country == home && self.candidate.alike > Alike::Title {
            push(out, "home", way);
        }
        if has_capital(draft, self.clusters) {
            push(out, "capital and", way);
        }
        match (draft.country.as_deref(), country) {
            (Some(own), Some(other)) => push(out, "country", if own == other { "same" } else { "other" }),
            (Some(_), None) => push(out, "country", "unknown"),
            (None, _) => {}
        }
    }

    /// How far off, and in which grammatical role.
    fn position(&self, out: &mut Features) {
        let (draft, antecedent) = (self.draft(), self.antecedent());
        let analysis = self.clusters.analysis;
        let way = self.candidate.alike;
        let distance = bucket(draft.sentence.saturating_sub(antecedent.sentence));
        push(out, "sentences", distance);
        push(out, if way < Alike::Office { "sentences, called so" } else { "sentences, kind" }, distance);
        if way == Alike::None {
            push(out, "sentences, unlike", distance);
        }
        push(out, "rank", ["0", "1", "2", "3", "4"][self.rank.min(4)]);
        let paragraph = |draft: &Draft| analysis.sentences.get(draft.sentence).map(|sentence| sentence.paragraph);
        if paragraph(draft) == paragraph(antecedent) {
            push(out, "same paragraph", if way == Alike::None { "unlike" } else { "" });
        }
        let own = role(&analysis.tokens[draft.head()].deprel);
        let other = role(&analysis.tokens[top(antecedent)].deprel);
        push(out, "role", other);
        if own == other {
            push(out, "same role", own);
        }
        if draft.sentence == antecedent.sentence {
            let verb = analysis.tokens[draft.head()].head;
            let beside = verb.is_some() && verb == analysis.tokens[top(antecedent)].head;
            push(out, if beside { "beside here" } else { "here" }, way.name());
            push(out, "here as", other);
        } else if other.starts_with("nsubj") {
            push(out, "subject before", if way == Alike::None { kind_name(self.cluster().kind()) } else { "alike" });
        }
    }

    /// What kind of thing, how spoken of.
    fn kinds(&self, out: &mut Features) {
        let (draft, cluster, knowledge) = (self.draft(), self.cluster(), self.clusters.knowledge);
        let way = self.candidate.alike;
        let kind = kind_name(cluster.kind());
        let weak = way > Alike::Title && way != Alike::NewWord;
        let named = is_named(cluster, self.index, self.drafts);
        push(out, if named { "named" } else { "not named" }, way.name());
        push(out, form_name_alike(self.antecedent()), way.name());
        push(out, "form", form_name(self.antecedent()));
        let hint = |draft: &Draft| self.clusters.analysis.tokens[draft.head()].hint;
        if weak {
            push(out, "kinds", format!("{} {kind}", kind_name(draft.kind)));
            push(out, "seen as", format!("{} {kind}", hint_name(hint(draft))));
            push(out, "noun and kind", format!("{} {kind}", draft.lemma));
            if let Some(link) = &cluster.link {
                push(out, "noun and thing", format!("{} {:?}", draft.lemma, link.kind));
                push(out, "known", way.name());
            }
            for &referent in knowledge.referents(&draft.lemma) {
                let stands = stands_for(referent, cluster, self.clusters);
                push(out, if stands { "stands for" } else { "does not stand for" }, referent_name(referent));
            }
        }
        if hint(draft).is_some() && hint(draft) == hint(self.antecedent()) {
            push(out, "seen alike", if weak { hint_name(hint(draft)) } else { "" });
        }
        if self.text.scene.is_outlet(cluster) {
            push(out, "outlet", way.name());
        }
        if cluster.plural.is_some() && cluster.plural == draft.plural {
            push(out, "number known", "");
        }
        if let Some(role) = knowledge.role(&draft.lemma).filter(|_| cluster.kind() == EntityKind::Person) {
            push(out, if named { "role of named" } else { "role of unnamed" }, class_name(role.class));
            if named {
                push(out, "role of named so", format!("{} {}", class_name(role.class), way.name()));
            }
            let same = cluster.lemmas.iter().chain(&cluster.titles).filter_map(|lemma| knowledge.role(lemma));
            if same.clone().next().is_some() {
                let agree = same.clone().any(|other| other.class == role.class);
                push(out, if agree { "same class" } else { "other class" }, class_name(role.class));
            }
        }
    }

    /// How often it was spoken of, and where.
    fn history(&self, out: &mut Features) {
        let way = self.candidate.alike;
        let before = || self.cluster().mentions.iter().filter(|&&mention| mention < self.index);
        let count = before().count() as f32;
        out.push((("spoken of", if way == Alike::None { "unlike" } else { "alike" }.into()), count.ln()));
        if count == 1.0 {
            push(out, "once", way.name());
        }
        let first = before().min().map_or(0, |&mention| self.drafts[mention].sentence);
        if first <= 1 {
            push(out, "from the start", way.name());
        }
        let analysis = self.clusters.analysis;
        let subject = |mention: &&usize| analysis.tokens[top(&self.drafts[**mention])].relation() == "nsubj";
        if before().any(|mention| subject(&mention)) {
            push(out, "was subject", if way == Alike::None { "unlike" } else { "alike" });
        }
    }

    /// Who speaks, who listens, what is quoted.
    fn speech(&self, out: &mut Features) {
        let scene = self.text.scene;
        let (own, other) = (self.draft().head(), top(self.antecedent()));
        let way = self.candidate.alike;
        let kind = kind_name(self.cluster().kind());
        let spoke = self
            .cluster()
            .mentions
            .iter()
            .any(|&mention| mention < self.index && scene.is_source(top(&self.drafts[mention])));
        match (scene.is_source(own), spoke) {
            (true, true) => push(out, "both speak", if way == Alike::None { kind } else { way.name() }),
            (true, false) => push(out, "speaks now", if way == Alike::None { kind } else { way.name() }),
            (false, true) => push(out, "spoke", if way == Alike::None { kind } else { way.name() }),
            (false, false) => {}
        }
        let speaker = scene.speaker[own].is_some_and(|head| {
            self.cluster().mentions.iter().any(|&mention| self.drafts[mention].heads.contains(&head))
        });
        if speaker {
            push(out, "speaker", way.name());
        }
        if self.rivals.speaker == Some(self.candidate.cluster) {
            push(out, "last speaker", way.name());
        }
        if scene.is_quoted(own) {
            push(out, "in quotation", if scene.is_quoted(other) { "both" } else { "noun" });
        }
        if listens(other, self.clusters.analysis) {
            push(out, "listener", kind);
        }
    }
}

/// The name of the feature that pairs the form of a mention with the way it agrees.
fn form_name_alike(draft: &Draft) -> &'static str {
    match form_name(draft) {
        "name" => "name and",
        "definite" => "definite and",
        "indefinite" => "indefinite and",
        _ => "bare and",
    }
}

fn class_name(class: RoleClass) -> &'static str {
    match class {
        RoleClass::Head => "head",
        RoleClass::Politician => "politician",
        RoleClass::Official => "official",
        RoleClass::Diplomat => "diplomat",
        RoleClass::Spokesperson => "spokesperson",
        RoleClass::Military => "military",
        RoleClass::Fighter => "fighter",
        RoleClass::Law => "law",
        RoleClass::Expert => "expert",
        RoleClass::Journalist => "journalist",
        RoleClass::Religious => "religious",
        RoleClass::Activist => "activist",
        RoleClass::Witness => "witness",
        RoleClass::Occupation => "occupation",
        RoleClass::Source => "source",
        RoleClass::Honorific => "honorific",
        RoleClass::Kin => "kin",
        RoleClass::Person => "person",
    }
}

fn referent_name(referent: Referent) -> &'static str {
    match referent {
        Referent::Report => "report",
        Referent::Newspaper => "newspaper",
        Referent::Agency => "agency",
        Referent::Broadcaster => "broadcaster",
        Referent::Outlet => "outlet",
        Referent::State => "state",
        Referent::Settlement => "settlement",
        Referent::Division => "division",
        Referent::Group => "group",
        Referent::Party => "party",
        Referent::Forces => "forces",
        Referent::Government => "government",
        Referent::Body => "body",
        Referent::Organization => "organization",
        Referent::Company => "company",
        Referent::Facility => "facility",
        Referent::Location => "location",
        Referent::Event => "event",
        Referent::Weapon => "weapon",
        Referent::Vehicle => "vehicle",
    }
}

/// "the Biden administration": whether a noun has a name or another capital beside it.
fn has_capital(draft: &Draft, clusters: &Clusters<'_>) -> bool {
    let capital = |at: usize| clusters.analysis.form(at).starts_with(char::is_uppercase);
    draft.tokens.range().skip(1).any(capital)
}

/// What speaks for a noun's being new.
pub(super) fn nothing(
    text: &Text<'_>,
    index: usize,
    drafts: &[Draft],
    clusters: &Clusters<'_>,
    rivals: &Rivals,
) -> Features {
    let (draft, analysis) = (&drafts[index], clusters.analysis);
    let token = &analysis.tokens[draft.head()];
    let (article, built) = build(draft, clusters);
    let best = rivals.best();
    let mut out = Vec::with_capacity(20);
    push(&mut out, "new", "");
    push(&mut out, "new, article", article);
    push(&mut out, "new, built", built);
    push(&mut out, "new, best", best.name());
    push(&mut out, "new, built and best", format!("{built} {}", if best == Alike::None { "none" } else { "some" }));
    push(&mut out, "new, noun", draft.lemma.clone());
    push(&mut out, if best == Alike::None { "new, noun alone" } else { "new, noun beside" }, draft.lemma.clone());
    push(&mut out, "new, kind", kind_name(draft.kind));
    push(&mut out, "new, seen as", hint_name(token.hint));
    push(&mut out, "new, role", role(&token.deprel));
    push(&mut out, "new, sentence", bucket(draft.sentence));
    let own = own_words(draft).count();
    push(&mut out, "new, words", ["0", "1", "2", "3"][own.min(3)]);
    for &referent in clusters.knowledge.referents(&draft.lemma) {
        push(&mut out, "new, referent", referent_name(referent));
    }
    if let Some(role) = clusters.knowledge.role(&draft.lemma) {
        push(&mut out, "new, class", class_name(role.class));
    }
    if draft.country.is_some() {
        push(&mut out, "new, country", "");
    }
    if text.scene.is_quoted(draft.head()) {
        push(&mut out, "new, quoted", "");
    }
    if is_all_media(draft) {
        push(&mut out, "new, media", "");
    }
    if text.scene.is_source(draft.head()) {
        push(&mut out, "new, speaks", "");
    }
    // "the first", "the biggest": what singles one out of several is named here.
    let ranked = draft.tokens.range().any(|at| {
        let token = &analysis.tokens[at];
        token.feat("Degree") == Some("Sup") || token.feat("NumType") == Some("Ord") || token.upos == Upos::Num
    });
    if ranked {
        push(&mut out, "new, ranked", "");
    }
    if has_capital(draft, clusters) {
        push(&mut out, "new, capital", "");
    }
    out
}

//! The sources of a document: every attribution with its route, and what each segment rests on.
//!
//! In: a `Scene` and its attributions. Out: `Sources`. Not here: which claim gets which chain (`chains`).

use sourceline_model::{AttributionId, AttributionKind, Span, Upos};

use crate::attribution::{Found, Said};
use crate::basis::{self, Basis};
use crate::credit::Credits;
use crate::lexicon::CueClass;
use crate::party::{History, Party, PartyKind, same_office};
use crate::route::{Route, route};
use crate::scene::Scene;
use crate::segments::{Segment, segments};
use crate::states;

/// All that a document says of its sources.
pub struct Sources {
    /// Attributions in text order.
    pub saids: Vec<Said>,
    /// The route of each.
    pub routes: Vec<Route>,
    /// Whether an attribution is itself denied ("did not mention"): nothing is said then.
    pub silent: Vec<bool>,
    /// Segments with what they rest on.
    pub segments: Vec<(Segment, Basis)>,
    /// Datelines and credit lines.
    pub credits: Credits,
    /// Number in the reading of each attribution that is listed.
    pub ids: Vec<Option<AttributionId>>,
    cue_sentences: Vec<usize>,
    sentences: Vec<usize>,
}

/// Number of the sentence of token `at`, by the first tokens of all sentences.
fn scene_sentence(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|&start| start <= at).saturating_sub(1)
}

impl Sources {
    /// Reads the routes of all attributions and what the segments rest on.
    pub fn read(scene: &Scene, saids: Vec<Said>, credits: Credits) -> Self {
        let silent = saids.iter().map(|said| is_silent(scene, said) || is_handoff(scene, said)).collect();
        let cue_sentences = saids.iter().map(|said| scene.tree.sentence(said.cue.start)).collect();
        let sentences = scene.tree.analysis.sentences.iter().map(|sentence| sentence.tokens.start).collect();
        let routes = vec![Route::default(); saids.len()];
        let ids = numbers(scene, &saids);
        let mut sources = Self { routes, saids, silent, segments: Vec::new(), credits, ids, cue_sentences, sentences };
        for segment in segments(scene) {
            let members: Vec<usize> = (0..sources.saids.len())
                .filter(|&index| segment.paragraphs.contains(&scene.tree.paragraph(sources.saids[index].cue.start)))
                .collect();
            // First without knowing what the segment rests on, then with it, so that "the report" can be resolved.
            let contents: Vec<_> = sources.saids.iter().flat_map(|said| said.content.iter().copied()).collect();
            let fresh = History { contents: contents.clone(), ..History::default() };
            let history = sources.routes_of(scene, &members, fresh);
            let first = sources.basis(scene, &segment, &members, &history);
            let known = History { reporter: first.reporter().cloned(), contents, ..History::default() };
            let history = sources.routes_of(scene, &members, known);
            sources.name_lead(scene, &members);
            states::name_states(scene, &sources.saids, &mut sources.routes, &members);
            let basis = sources.basis(scene, &segment, &members, &history);
            sources.segments.push((segment, basis));
        }
        sources
    }

    fn routes_of(&mut self, scene: &Scene, members: &[usize], mut history: History) -> History {
        for &index in members {
            let route = route(scene, &history, &self.saids[index]);
            for stop in &route.stops {
                history.note(&stop.party);
            }
            self.routes[index] = route;
        }
        history
    }

    fn basis(&self, scene: &Scene, segment: &Segment, members: &[usize], history: &History) -> Basis {
        let founds: Vec<(&Said, &Route)> = members
            .iter()
            .filter(|&&index| !self.silent[index])
            .map(|&index| (&self.saids[index], &self.routes[index]))
            .collect();
        basis::basis(scene, segment, &founds, history)
    }

    /// A lead that credits "the foreign minister" or "a research institute" is named by the sentences after it.
    fn name_lead(&mut self, scene: &Scene, members: &[usize]) {
        let Some(&first) = members.first() else { return };
        let lead_sentence = scene.tree.sentence(self.saids[first].cue.start);
        for &index in members {
            let sentence = scene.tree.sentence(self.saids[index].cue.start);
            if sentence != lead_sentence {
                break;
            }
            let Some(vague) = self.routes[index].stops.last().map(|stop| stop.party.clone()) else { continue };
            if !is_vague(scene, &vague) {
                continue;
            }
            let named = members.iter().filter(|&&other| {
                let at = scene.tree.sentence(self.saids[other].cue.start);
                at > sentence && at <= sentence + 4
            });
            let spoken_of = |party: &Party| {
                let last = party.name.rsplit(' ').next().unwrap_or("");
                let told = self.saids[index].content.iter().chain(&self.saids[index].reach);
                told.flat_map(Span::range).any(|at| scene.tree.analysis.form(at) == last)
            };
            let person = named
                .filter_map(|&other| self.routes[other].speaker())
                .find(|party| {
                    party.kind == PartyKind::Person
                        && party.name.contains(' ')
                        && speaks_for(scene, party, &vague)
                        && !spoken_of(party)
                })
                .cloned();
            if let (Some(person), Some(last)) = (person, self.routes[index].stops.last_mut()) {
                last.party = Party { words: vague.words, head: vague.head, refers_back: true, ..person };
            }
        }
    }

    /// What the segment of a paragraph rests on.
    pub fn basis_at(&self, paragraph: usize) -> Option<&Basis> {
        self.segments.iter().find(|(segment, _)| segment.paragraphs.contains(&paragraph)).map(|(_, basis)| basis)
    }

    /// Attributions whose content holds token `at`, outermost first.
    pub fn over(&self, at: usize) -> Vec<usize> {
        // The tree of "BERG: They did nothing" may begin with the label.
        let labelled = |said: &Said| said.found == Found::Label && said.source.iter().any(|piece| piece.contains(at));
        let said = |&index: &usize| self.saids[index].says(at) || labelled(&self.saids[index]);
        let mut found: Vec<usize> = (0..self.saids.len()).filter(|index| !self.silent[*index] && said(index)).collect();
        let sentence = scene_sentence(&self.sentences, at);
        let own = |index: &usize| self.cue_sentences[*index] == sentence;
        if found.iter().any(own) {
            let turn = |index: &usize| self.saids[*index].found == Found::Label;
            found.retain(|index| own(index) || turn(index) || self.saids[*index].kind != AttributionKind::Indirect);
        }
        found.sort_by_key(|&index| {
            let depth = self.depth(index);
            let outlet = self.routes[index].stops.first().is_some_and(|stop| stop.party.is_outlet());
            (!outlet, depth, usize::MAX - self.saids[index].content_len(), index)
        });
        found
    }

    fn depth(&self, index: usize) -> usize {
        let (mut depth, mut at) = (0, index);
        while let Some(outer) = self.saids[at].within.filter(|_| depth < 8) {
            depth += 1;
            at = outer;
        }
        depth
    }
}

/// Numbers the attributions that the reading lists, from 1.
fn numbers(scene: &Scene, saids: &[Said]) -> Vec<Option<AttributionId>> {
    let mut last = 0;
    let mut number = |said: &Said| {
        said.is_listed(&scene.tree).then(|| {
            last += 1;
            AttributionId(last)
        })
    };
    saids.iter().map(&mut number).collect()
}

/// "Did not mention", "declined to say", "has not reacted".
fn is_silent(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    let keeps = matches!(
        said.class,
        CueClass::Believe | CueClass::Predict | CueClass::Hope | CueClass::Plan | CueClass::Deny | CueClass::Fear
    );
    let nothing = tree
        .children_by(said.cue_head, "obj")
        .any(|object| matches!(tree.lower(object).as_str(), "nothing" | "little"));
    let refuses = tree.head(said.cue_head).is_some_and(|head| {
        tree.relation(said.cue_head) == "xcomp" && matches!(tree.lemma(head).as_str(), "decline" | "refuse" | "fail")
    });
    // "declined to comment"
    let declines = matches!(tree.lemma(said.cue_head).as_str(), "decline" | "refuse")
        && tree.children_by(said.cue_head, "xcomp").any(|told| {
            matches!(
                tree.lemma(told).as_str(),
                "comment" | "answer" | "respond" | "say" | "reply" | "elaborate" | "discuss" | "speak"
            )
        });
    let sentence = tree.sentence_tokens(said.cue_head);
    let asks = sentence.end > sentence.start
        && tree.analysis.form(sentence.end - 1) == "?"
        && said.kind == AttributionKind::Indirect;
    let own_words = said.source_head(tree).is_some_and(|head| {
        matches!(
            tree.lower(head).as_str(),
            "we" | "i" | "you" | "us" | "readers" | "viewers" | "subscribers" | "listeners"
        ) || is_this_text(scene, head)
    });
    asks || own_words
        || is_unreal(scene, said)
        || declines
        || (tree.token(said.cue_head).upos == Upos::Verb && tree.is_negated(said.cue_head) && !keeps)
        || nothing
        || refuses
}

/// "They could have told everyone at once that …": what somebody did not say.
fn is_unreal(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    let has =
        |wanted: &[&str]| tree.children_by(said.cue_head, "aux").any(|aux| wanted.contains(&tree.lower(aux).as_str()));
    tree.token(said.cue_head).upos == Upos::Verb && has(&["have"]) && has(&["could", "should", "might", "would"])
}

/// "This brief argues", "this article has shown": the document speaks of itself.
fn is_this_text(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let text = matches!(
        tree.lemma(head).as_str(),
        "brief"
            | "article"
            | "paper"
            | "report"
            | "note"
            | "analysis"
            | "study"
            | "bulletin"
            | "update"
            | "essay"
            | "digest"
    );
    text && tree.children_by(head, "det").any(|det| tree.lower(det) == "this")
}

/// "Citing two officers", tagged as if the officers were what is said: it says where the words of the cue beside it come from.
fn is_handoff(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    // "quoting him as having left" says something; "citing two officers" does not, whatever was tagged as its content.
    let says = tree.children(said.cue_head).iter().any(|&child| matches!(tree.relation(child), "ccomp" | "advcl"));
    matches!(tree.lower(said.cue_head).as_str(), "citing" | "quoting" | "crediting") && !says
}

/// Whether a party is called by a common noun only.
fn is_vague(scene: &Scene, party: &Party) -> bool {
    let common = scene.tree.token(party.head).upos == Upos::Noun && scene.name_over(party.head).is_none();
    let singular = scene.tree.token(party.head).feat("Number") != Some("Plur");
    // "The organisation X" is named; a government goes by the minister who speaks for it next.
    let lemma = scene.tree.lemma(party.head);
    let rules =
        matches!(lemma.as_str(), "government" | "regime" | "authority" | "administration" | "cabinet" | "junta");
    let named = party.kind == PartyKind::Body && !rules && party.name.contains(char::is_uppercase);
    common
        && singular
        && !named
        && matches!(party.kind, PartyKind::Body | PartyKind::Person | PartyKind::Unnamed)
        && !(party.kind == PartyKind::Person && party.refers_back)
}

/// Whether a named person can be the one that "the government" or "a research institute" stood for.
fn speaks_for(scene: &Scene, person: &Party, vague: &Party) -> bool {
    let lemma = scene.tree.lemma(vague.head);
    let words: Vec<&String> = scene.titles_of(person.words, &person.name).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    match lemma.as_str() {
        "government" | "regime" | "authority" | "administration" | "cabinet" | "junta" => has(&[
            "minister",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "president",
            "premier",
            "official",
            "secretary",
        ]),
        // Forces and ministries speak for themselves: their officers are named where they speak.
        "ministry" | "army" | "military" | "force" | "police" | "navy" => false,
        "institute" | "institution" | "center" | "centre" | "group" | "organization" | "organisation" | "company"
        | "firm" | "university" | "agency" | "union" | "association" | "charity" | "tank" | "bank" | "operator" => {
            has(&[
                "director",
                "spokesman",
                "spokeswoman",
                "spokesperson",
                "head",
                "chief",
                "analyst",
                "researcher",
                "fellow",
                "founder",
                "executive",
                "manager",
                "professor",
                "coordinator",
                "chairman",
                "chair",
                "expert",
                "economist",
                "scholar",
                "author",
            ]) || leads_something(scene, person)
        }
        "official" if vague.anonymous.as_ref().is_some_and(|nameless| nameless.country.is_some()) => false,
        "official" => {
            words.is_empty()
                || words.iter().any(|word| {
                    scene.knowledge.role(word).is_some()
                        || matches!(word.as_str(), "official" | "director" | "chief" | "head" | "deputy")
                })
        }
        // "The coast guard" is nobody in particular.
        _ if vague.kind == PartyKind::Body => false,
        _ if scene.knowledge.role(&lemma).is_some() || scene.lexicon.role(&lemma).is_some() => {
            // Who has no title may hold an office; he is no guard or resident for that.
            words.is_empty() && scene.knowledge.role(&lemma).is_some()
                || words.iter().any(|word| same_office(word, &lemma))
        }
        _ => false,
    }
}

/// "X, who heads research at Y".
fn leads_something(scene: &Scene, person: &Party) -> bool {
    let tree = &scene.tree;
    tree.analysis.head_of(person.words).is_some_and(|head| {
        tree.children_by(head, "acl").any(|verb| {
            matches!(tree.lemma(verb).as_str(), "head" | "lead" | "direct" | "run" | "chair" | "work" | "found")
        })
    })
}

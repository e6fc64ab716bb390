//! The chain of hops behind a statement.
//!
//! In: `Sources` and the predicate of a clause. Out: `Chain`: hops from the document's outlet inwards, and how they were found.
//! Conventions: an agency in a dateline is a hop; a generic "agencies" credit only where nothing else stands between outlet and
//! speaker; statements made in public keep their own chain.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use sourceline_knowledge::Kind;
use sourceline_model::{ChainBasis, Hop, HopRole, Span, Upos};

use crate::attribution::Said;
use crate::lexicon::CueClass;
use crate::naming;
use crate::party::{Party, PartyKind};
use crate::prefix;
use crate::publisher::publisher;
use crate::route::Stop;
use crate::scene::Scene;
use crate::sources::Sources;
use crate::voice;

/// Name of the hop for a credit to unnamed agencies.
const AGENCIES: &str = "news agencies";

/// What organisations do to find out.
const ENQUIRY: [&str; 22] = [
    "examine",
    "verify",
    "geolocate",
    "trace",
    "follow",
    "analyse",
    "analyze",
    "review",
    "count",
    "document",
    "record",
    "establish",
    "identify",
    "measure",
    "survey",
    "look",
    "find",
    "check",
    "compare",
    "test",
    "collect",
    "investigate",
];

/// Nouns of "did the geolocation", "carried out a survey".
const ENQUIRIES: [&str; 10] =
    ["geolocation", "analysis", "survey", "count", "test", "investigation", "inquiry", "study", "review", "check"];

/// A chain with how it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// Hops, publisher first.
    pub hops: Vec<Hop>,
    /// How it was found.
    pub basis: ChainBasis,
    /// The innermost attribution behind it.
    pub said: Option<usize>,
}

/// The chain of the sentence before, for statements that go on without naming anybody.
#[derive(Debug, Clone, Default)]
pub struct Carry {
    last: Option<(usize, usize, Vec<Stop>)>,
}

/// Builds chains for one document.
pub struct Chains<'s, 'a> {
    pub(crate) scene: &'s Scene<'a>,
    pub(crate) sources: &'s Sources,
    /// Speakers who answer the report that the document rests on.
    pub(crate) repliers: BTreeSet<String>,
    publisher: Hop,
    /// What chains show for the names of parties: to find it the whole text is searched.
    shown: RefCell<BTreeMap<String, String>>,
}

impl<'s, 'a> Chains<'s, 'a> {
    /// Prepares chains.
    pub fn new(scene: &'s Scene<'a>, sources: &'s Sources) -> Self {
        let publisher = publisher(&scene.tree.analysis.document);
        Self { scene, sources, repliers: prefix::repliers(scene, sources), publisher, shown: RefCell::default() }
    }

    /// Whether one of some attributions says or is the main clause of its sentence: who only speaks in a relative clause does not go on speaking.
    fn leads(&self, over: &[usize], sentence: usize) -> bool {
        let tree = &self.scene.tree;
        let tokens = tree.analysis.sentences[sentence].tokens;
        let root = tokens.range().find(|&at| tree.head(at).is_none());
        over.last().is_some_and(|&index| {
            let said = &self.sources.saids[index];
            let beside = std::iter::successors(Some(said.cue_head), |&at| tree.head(at))
                .take(tokens.len())
                .all(|at| !matches!(tree.relation(at), "acl" | "advcl" | "nmod" | "obl"));
            !tokens.contains(said.cue_head) || beside || root.is_some_and(|root| said.says(root))
        })
    }

    /// Returns the chain of the clause with predicate `at`.
    pub fn chain(&self, at: usize, carry: &mut Carry) -> Chain {
        let paragraph = self.scene.tree.paragraph(at);
        let sentence = self.scene.tree.sentence(at);
        if voice::leaves_open(&self.scene.tree, sentence)
            && self.sources.over(at).iter().all(|&said| !self.is_here(said, sentence))
        {
            return self.finish(paragraph, self.checker(sentence).into_iter().collect(), None, true);
        }
        let over = self.sources.over(at);
        let stops = self.stated(&over);
        let impersonal = !over.is_empty() && stops.is_empty();
        if !stops.is_empty() {
            let stops = self.extend(stops, &over, carry, paragraph);
            let chain = self.finish(paragraph, stops.clone(), over.last().copied(), true);
            if self.leads(&over, sentence) {
                carry.last = Some((paragraph, sentence, self.full(paragraph, stops, over.last().copied())));
            }
            return chain;
        }
        if let Some(stop) = self.enquirer(at).filter(|_| over.is_empty()) {
            carry.last = Some((paragraph, sentence, vec![stop.clone()]));
            return self.finish(paragraph, vec![stop], None, true);
        }
        if let Some(stops) = self.after_lead(paragraph, impersonal, carry) {
            return Chain { basis: ChainBasis::Inherited, ..self.finish(paragraph, stops, None, false) };
        }
        let own_voice = (self.speaks_itself(sentence) || self.speaks_itself_here(paragraph)) && !impersonal;
        let beside_cue = self.beside_cue(at).filter(|&said| !self.sources.routes[said].stops.is_empty());
        if !own_voice
            && beside_cue.is_none()
            && let Some((_, _, stops)) =
                carry.last.clone().filter(|(place, before, _)| *place == paragraph && *before <= sentence)
        {
            return Chain { basis: ChainBasis::Inherited, ..self.finish(paragraph, stops, None, false) };
        }
        if !own_voice
            && !impersonal
            && beside_cue.is_none()
            && let Some(stops) = self.between(paragraph, sentence, carry)
        {
            return Chain { basis: ChainBasis::Inherited, ..self.finish(paragraph, stops, None, false) };
        }
        let stops = match beside_cue {
            Some(said) => self.stated(&self.outside(said)),
            None => Vec::new(),
        };
        let said = None;
        if stops.is_empty() && !own_voice {
            let basis = self.sources.basis_at(paragraph).filter(|basis| basis.zone.contains(&paragraph) || impersonal);
            let mut media = basis.map(|basis| basis.media.clone()).unwrap_or_default();
            media.extend(
                basis.and_then(|basis| basis.account_of.clone()).map(|party| Stop { party, translates: false }),
            );
            // Nothing is inherited where the document rests on no report: its outlet says so itself.
            return self.finish(paragraph, media, said, false);
        }
        self.finish(paragraph, stops, said, true)
    }

    /// Whether an attribution with a source that is no outlet stands in this sentence.
    fn is_here(&self, said: usize, sentence: usize) -> bool {
        self.scene.tree.sentence(self.sources.saids[said].cue.start) == sentence
            && self.sources.routes[said].speaker().is_some()
    }

    /// "Radio X could not confirm": the outlet that tried.
    fn checker(&self, sentence: usize) -> Option<Stop> {
        let tree = &self.scene.tree;
        let tokens = tree.analysis.sentences[sentence].tokens;
        let root = tokens.range().find(|&at| tree.head(at).is_none())?;
        let subject = tree.own_subject(root).filter(|_| !tree.is_passive(root))?;
        let party = crate::party::party(self.scene, &crate::party::History::default(), subject)?;
        (party.is_outlet() && party.anonymous.is_none()).then_some(Stop { party, translates: false })
    }

    /// Whose account the paragraph right behind the lead goes on with: it names nobody, and its first words refer back.
    fn after_lead(&self, paragraph: usize, impersonal: bool, carry: &Carry) -> Option<Vec<Stop>> {
        let tree = &self.scene.tree;
        let (before, sentence, stops) = carry.last.as_ref()?;
        let first = tree.sentence(self.scene.body);
        let lead = tree.analysis.sentences[*sentence].paragraph == *before && *sentence <= first + 1;
        let silent = self.sources.saids.iter().all(|said| tree.paragraph(said.cue.start) != paragraph);
        let opening = tree.analysis.sentences.iter().find(|sentence| sentence.paragraph == paragraph)?.tokens.start;
        let refers = matches!(
            tree.lower(opening).as_str(),
            "the" | "they" | "it" | "these" | "those" | "its" | "their" | "he" | "she" | "his" | "her" | "this"
        );
        let heard = stops.len() > 1 && stops.iter().any(|stop| stop.party.is_outlet());
        (lead && *before + 1 == paragraph && silent && refers && heard && !impersonal).then(|| stops.clone())
    }

    /// Whose account a sentence goes on with that names nobody: of a person or body who spoke last, a paragraph before, and speaks next.
    fn between(&self, paragraph: usize, sentence: usize, carry: &Carry) -> Option<Vec<Stop>> {
        let (place, before, stops) = carry.last.as_ref()?;
        let speaker = stops.last().filter(|stop| matches!(stop.party.kind, PartyKind::Person | PartyKind::Body))?;
        let tree = &self.scene.tree;
        let near = *place + 1 == paragraph && *before < sentence;
        // Where the outlet explains something, it goes on to the end of its paragraph.
        let opening: Vec<usize> =
            (0..=sentence).rev().take_while(|&at| tree.analysis.sentences[at].paragraph == paragraph).collect();
        if !near || opening.iter().any(|&at| voice::tells_background(tree, at, &speaker.party.name)) {
            return None;
        }
        let end = tree.analysis.sentences[sentence].tokens.end;
        let from = self.sources.saids.partition_point(|said| said.cue.start < end);
        let mut behind = self.sources.saids[from..].iter().zip(&self.sources.routes[from..]);
        let next = behind.find(|(said, route)| said.within.is_none() && !route.stops.is_empty());
        let goes_on = next.is_some_and(|(said, route)| {
            tree.paragraph(said.cue.start) <= paragraph + 1
                && route.stops.last().is_some_and(|stop| stop.party.name == speaker.party.name)
        });
        let shifted = voice::is_backshifted(tree, *opening.last().unwrap_or(&sentence));
        (goes_on || shifted).then(|| stops.clone())
    }

    /// "The group checked the videos again and got the same result": an outlet or organisation that finds out by itself is the source.
    fn enquirer(&self, at: usize) -> Option<Stop> {
        let tree = &self.scene.tree;
        if !self.sources.over(at).is_empty() || tree.is_passive(at) {
            return None;
        }
        let enquires = |verb: usize| {
            ENQUIRY.contains(&tree.lemma(verb).as_str())
                || (matches!(tree.lemma(verb).as_str(), "do" | "make" | "carry" | "run")
                    && tree.children_by(verb, "obj").any(|object| ENQUIRIES.contains(&tree.lemma(object).as_str())))
        };
        let first = if tree.relation(at) == "conj" { tree.head(at)? } else { at };
        if !enquires(at) && !enquires(first) {
            return None;
        }
        let subject = tree.subject(at)?;
        let party = crate::party::party(self.scene, &crate::party::History::default(), subject)?;
        let known = || self.scene.knowledge.find_best(&party.name, &sourceline_knowledge::Hints::default());
        let finds_out = party.is_outlet()
            || known().is_some_and(|known| matches!(known.kind, Kind::Ngo | Kind::Outlet | Kind::International));
        (finds_out && party.anonymous.is_none()).then_some(Stop { party, translates: false })
    }

    /// The chain of an attribution's speech act: what it says of its source's own deed.
    pub fn chain_of_act(&self, said: usize, carry: &mut Carry) -> Chain {
        let mut over = self.outside(said);
        over.push(said);
        let stops = self.stated(&over);
        let at = self.sources.saids[said].cue_head;
        let paragraph = self.scene.tree.paragraph(at);
        if stops.is_empty() {
            return self.chain(at, carry);
        }
        let stops = self.extend(stops, &over, carry, paragraph);
        carry.last = Some((paragraph, self.scene.tree.sentence(at), self.full(paragraph, stops.clone(), Some(said))));
        self.finish(paragraph, stops, Some(said), true)
    }

    /// Attributions around the cue of `said`.
    fn outside(&self, said: usize) -> Vec<usize> {
        self.sources.over(self.sources.saids[said].cue_head).into_iter().filter(|&other| other != said).collect()
    }

    /// The stops of nested attributions, outermost first, each party once.
    fn stated(&self, over: &[usize]) -> Vec<Stop> {
        let mut stops: Vec<Stop> = Vec::new();
        let mut denied = false;
        for &index in over {
            let said = &self.sources.saids[index];
            // "rejected the charge that …": he who rejects it speaks, not the charge.
            if denied && self.scene.tree.token(said.cue_head).upos == Upos::Noun {
                // "rejected a senator's claim that …": the senator said so.
                let owned = self.scene.tree.children(said.cue_head).iter().any(|&child| {
                    self.scene.tree.token(child).deprel == "nmod:poss"
                        && self.scene.tree.token(child).upos != Upos::Pron
                });
                let owners = &self.sources.routes[index].stops;
                if owned && !owners.is_empty() {
                    stops.retain(|stop| stop.party.is_outlet());
                    stops.extend(owners.iter().cloned());
                }
                continue;
            }
            if !stops.is_empty() && is_what_others_say(&self.scene.tree, said) {
                continue;
            }
            denied |= said.class == CueClass::Deny;
            // "X said that Y agreed to send": what Y agreed to is X's word.
            let tree = &self.scene.tree;
            let undertakes =
                matches!(tree.lemma(said.cue_head).as_str(), "agree" | "decide" | "offer" | "refuse" | "undertake")
                    && said.content.iter().any(|piece| tree.lower(piece.start) == "to");
            // "X said that the captain knew of it": what he knew is X's word.
            let knows = matches!(
                tree.lemma(said.cue_head).as_str(),
                "consider"
                    | "weigh"
                    | "know"
                    | "realize"
                    | "realise"
                    | "learn"
                    | "notice"
                    | "remember"
                    | "forget"
                    | "understand"
                    | "see"
            );
            // "X said that Y ordered arrests": so is what Y had done.
            let orders = matches!(tree.lemma(said.cue_head).as_str(), "order" | "instruct" | "command" | "direct")
                && stops.iter().any(|stop| !stop.party.is_outlet());
            if (said.class == CueClass::Plan || undertakes || knows || orders || is_no_speech(&self.scene.tree, said))
                && !stops.is_empty()
            {
                continue;
            }
            for stop in &self.sources.routes[index].stops {
                if !stops.iter().any(|known| known.party.name == stop.party.name) {
                    // An outlet named after a speaker is nearer to the words: the speaker does not speak through it.
                    if stop.party.is_outlet() {
                        stops.retain(|known| known.party.is_outlet());
                    }
                    stops.push(stop.clone());
                }
            }
        }
        stops
    }

    /// Adds what other sentences tell: who spoke to the outlet for its whole account, or in the sentence before.
    fn extend(&self, mut stops: Vec<Stop>, over: &[usize], carry: &Carry, paragraph: usize) -> Vec<Stop> {
        let unnamed = stops.first().is_some_and(|stop| stop.party.kind == PartyKind::Unnamed);
        let lone = unnamed && self.sources.basis_at(paragraph).is_none_or(|basis| basis.media.is_empty());
        let unnamed_before = |before: &[Stop]| {
            before.last().is_some_and(|stop| stop.party.kind == PartyKind::Unnamed || stop.party.is_outlet())
        };
        if let Some((_, _, before)) =
            carry.last.as_ref().filter(|(place, _, before)| *place == paragraph && lone && unnamed_before(before))
        {
            let outlets = before.iter().take_while(|stop| stop.party.is_outlet()).cloned();
            stops = outlets.chain(stops).collect();
            return stops;
        }
        let Some(last) = stops.last().filter(|stop| stop.party.is_outlet()).cloned() else { return stops };
        let said = over.last().map(|&index| &self.sources.saids[index]);
        let basis = self.sources.basis_at(paragraph);
        let pronoun =
            last.party.refers_back && said.is_some_and(|said| said.source.iter().map(Span::len).sum::<usize>() == 1);
        if let Some((_, _, before)) = carry.last.as_ref().filter(|(place, ..)| *place == paragraph && pronoun)
            && let Some(at) = before.iter().position(|stop| stop.party.name == last.party.name)
        {
            stops.extend(before[at + 1..].iter().cloned());
            return stops;
        }
        if let Some(speaker) = basis.and_then(|basis| basis.whole.get(&last.party.name)) {
            stops.push(Stop { party: speaker.clone(), translates: false });
        }
        stops
    }

    /// The stops with the outlets in front that their sentence does not name.
    fn full(&self, paragraph: usize, stops: Vec<Stop>, said: Option<usize>) -> Vec<Stop> {
        let basis = self.sources.basis_at(paragraph).filter(|_| !self.speaks_itself_here(paragraph));
        let prefix = basis.map(|basis| self.prefix(basis, &stops, said)).unwrap_or_default();
        prefix.into_iter().chain(stops).collect()
    }

    /// Puts in front what the article rests on, and the publisher.
    fn finish(&self, paragraph: usize, stops: Vec<Stop>, said: Option<usize>, stated: bool) -> Chain {
        let basis = self.sources.basis_at(paragraph);
        let mut prefix = basis
            .filter(|_| !self.speaks_itself_here(paragraph))
            .map(|basis| self.prefix(basis, &stops, said))
            .unwrap_or_default();
        prefix.retain(|stop| !self.is_publisher(&stop.party));
        let mut hops = vec![self.publisher.clone()];
        self.add_credits(&mut hops, prefix.iter().chain(&stops));
        // What rests on nobody but the outlet itself is its own word, not something inherited.
        let inherited = !prefix.is_empty() || !stated && hops.len() + stops.len() > 1;
        for stop in prefix.iter().chain(&stops) {
            let hop = self.hop(stop, said);
            // "told the newspaper" in a text that was first run by one.
            let one_word = !hop.name.contains(' ');
            let nameless = stop.party.is_outlet() && hop.name.starts_with(char::is_lowercase) && one_word;
            if nameless && self.sources.credits.agency.is_some() {
                continue;
            }
            if !self.is_publisher(&stop.party) && !hops.iter().any(|known| known.name == hop.name) {
                hops.push(hop);
            }
        }
        Chain { hops, basis: if inherited { ChainBasis::Inherited } else { ChainBasis::Stated }, said }
    }

    /// Whether a party is the outlet that publishes the document, under its own or its short name ("the Courier").
    pub(crate) fn is_publisher(&self, party: &Party) -> bool {
        let bare = |name: &str| name.to_lowercase().trim_start_matches("the ").to_owned();
        let (name, own) = (bare(&party.name), bare(&self.publisher.name));
        let short = own.rsplit(' ').next().is_some_and(|last| last == name && own != last && last.len() > 3);
        name == own || short && self.scene.knowledge.outlet_by_name(&party.name).is_none()
    }

    fn add_credits<'x>(&self, hops: &mut Vec<Hop>, stops: impl Iterator<Item = &'x Stop>) {
        let stops: Vec<&Stop> = stops.collect();
        let outlets = stops.iter().any(|stop| stop.party.is_outlet());
        let credits = &self.sources.credits;
        let hop = |name: &str, span: Span, anonymous: bool| Hop {
            role: HopRole::Reporter,
            name: self.shown(name),
            entity: self.scene.outlet_entity(name),
            anonymous,
            evidence: if span.is_empty() { Vec::new() } else { vec![span] },
            attribution: None,
        };
        if let Some((agency, span)) = &credits.agency {
            hops.push(hop(agency, *span, false));
        } else if !stops.is_empty() && !outlets {
            if let Some((helper, span)) = &credits.helper {
                hops.push(hop(helper, *span, false));
            } else if let Some(span) = credits.generic {
                hops.push(hop(AGENCIES, span, true));
            }
        }
    }

    fn hop(&self, stop: &Stop, said: Option<usize>) -> Hop {
        let party = &stop.party;
        let role = match (party.is_outlet(), stop.translates) {
            (true, true) => HopRole::Translator,
            (true, false) => HopRole::Reporter,
            (false, _) => HopRole::Speaker,
        };
        let id = said.filter(|_| !party.is_outlet()).and_then(|index| self.sources.ids[index]);
        Hop {
            role,
            name: self.shown(&party.name),
            entity: party.entity,
            anonymous: party.anonymous.is_some(),
            evidence: vec![self.scene.tree.analysis.bytes(party.words)],
            attribution: id,
        }
    }

    /// The name that the hop of a party called `name` shows.
    fn shown(&self, name: &str) -> String {
        let known = self.shown.borrow().get(name).cloned();
        known.unwrap_or_else(|| {
            let shown = naming::shown(self.scene, name);
            self.shown.borrow_mut().insert(name.to_owned(), shown.clone());
            shown
        })
    }

    /// The attribution whose cue governs `at`, when `at` is no part of what is said.
    fn beside_cue(&self, at: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let mut here = at;
        for _ in 0..40 {
            if let Some(index) =
                self.sources.saids.iter().position(|said: &Said| {
                    said.cue_head == here && !said.says(at) && tree.token(here).upos == Upos::Verb
                })
            {
                return Some(index);
            }
            // A clause coordinated with the reporting one is no part of it.
            if tree.relation(here) == "conj" {
                return None;
            }
            here = tree.head(here)?;
        }
        None
    }

    /// Whether a paragraph opens in the first person: "Our view: …".
    fn speaks_itself_here(&self, paragraph: usize) -> bool {
        let tree = &self.scene.tree;
        let first = tree.analysis.sentences.iter().find(|sentence| sentence.paragraph == paragraph);
        first.is_some_and(|sentence| {
            sentence.tokens.range().take(4).any(|at| matches!(tree.lower(at).as_str(), "our" | "we"))
                && !matches!(tree.analysis.form(sentence.tokens.start), "“" | "\"")
        })
    }

    /// Whether a sentence is the outlet's own voice: first person, a question, a note that somebody did not answer.
    fn speaks_itself(&self, sentence: usize) -> bool {
        let tree = &self.scene.tree;
        let tokens = tree.analysis.sentences[sentence].tokens;
        let last = tokens.end.checked_sub(1).map_or("", |at| tree.analysis.form(at));
        let first_person = tokens.range().any(|at| {
            matches!(tree.lower(at).as_str(), "we" | "our" | "us" | "i" | "my" | "you" | "your")
                && tree.token(at).upos == Upos::Pron
        });
        let no_answer = voice::notes_silence(tree, sentence) || voice::leaves_open(tree, sentence);
        let silent = self.sources.saids.iter().zip(&self.sources.silent).any(|(said, &silent)| {
            silent && tree.sentence(said.cue.start) == sentence && answers(&tree.lemma(said.cue_head))
        });
        last == "?" || first_person || no_answer || silent
    }
}

/// Verbs whose negation tells that somebody kept silent.
fn answers(lemma: &str) -> bool {
    matches!(
        lemma,
        "comment"
            | "respond"
            | "say"
            | "mention"
            | "answer"
            | "reply"
            | "react"
            | "confirm"
            | "elaborate"
            | "disclose"
            | "reveal"
            | "discuss"
            | "claim"
            | "tell"
    )
}

/// "He acknowledged what his enemies had been saying: that the road is closed": what others say is his word here.
fn is_what_others_say(tree: &crate::tree::Tree, said: &Said) -> bool {
    let what = tree.head(said.cue_head).filter(|_| tree.relation(said.cue_head) == "acl");
    what.is_some_and(|what| tree.lower(what) == "what")
}

/// "X said that the army wanted to punish them", "that Moscow would answer in kind": what somebody wants or is yet to say is X's word.
fn is_no_speech(tree: &crate::tree::Tree, said: &Said) -> bool {
    let wants = matches!(
        tree.lemma(said.cue_head).as_str(),
        "want" | "wish" | "intend" | "sign" | "seek" | "discuss" | "negotiate" | "debate"
    );
    let yet = tree
        .children_by(said.cue_head, "aux")
        .any(|aux| matches!(tree.lower(aux).as_str(), "will" | "would" | "'ll" | "’ll" | "shall" | "must" | "should"));
    tree.token(said.cue_head).upos == Upos::Verb && (wants || yet)
}

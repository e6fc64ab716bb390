//! What an article as a whole rests on: an agency in its dateline, a report that its lead credits, the outlet that relays that report;
//! and who spoke to which outlet.
//!
//! In: the attributions of one segment of a document with their routes. Out: `Basis`. Not here: chains of single claims (`chains`).

use std::collections::{BTreeMap, BTreeSet};

use sourceline_knowledge::Kind;
use sourceline_model::{Span, Upos};

use crate::attribution::Said;
use crate::behind;
use crate::lexicon::{CueClass, MediaNoun, Speaking};
use crate::party::{History, Party, PartyKind, named_outlet, outlet_by_place, party};
use crate::route::{Route, Stop};
use crate::scene::Scene;
use crate::segments::Segment;
use crate::tree::Tree;

/// The outlets through which a speaker's words came, and where the document says so.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The outlets, outermost first.
    pub outlets: Vec<Stop>,
    /// The paragraph that says so.
    pub paragraph: usize,
}

/// What one segment of a document rests on.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    /// Outlets of the report that the segment rests on, outermost first.
    pub media: Vec<Stop>,
    /// Outlet name to the unnamed sources that its whole account rests on.
    pub whole: BTreeMap<String, Party>,
    /// Speaker name to the outlets through which his words came.
    pub bound: BTreeMap<String, Bound>,
    /// The unnamed sources whose account the segment gives, where it says only later to whom they spoke.
    pub account_of: Option<Party>,
    /// Whether it is only known that nameless sources spoke to the outlet: whoever is named spoke for himself.
    pub heard: bool,
    /// Paragraphs whose statements come from the report when they name nobody.
    pub zone: BTreeSet<usize>,
}

impl Basis {
    /// The innermost outlet of the report.
    pub fn reporter(&self) -> Option<&Party> {
        self.media.last().map(|stop| &stop.party)
    }
}

/// Works out what a segment rests on.
pub fn basis(scene: &Scene, segment: &Segment, founds: &[(&Said, &Route)], history: &History) -> Basis {
    let mut basis = Basis { media: media(scene, segment, founds, history), ..Basis::default() };
    let later = behind::named_later(scene, segment, founds, history)
        .filter(|later| basis.reporter().is_none_or(|reporter| reporter.name == later.outlet.party.name));
    if let Some(later) = later.as_ref().filter(|_| basis.media.is_empty()) {
        basis.media = vec![later.outlet.clone()];
        basis.heard = later.heard && later.speaker.is_some();
    }
    for (said, route) in founds {
        bind(scene, &mut basis, route, scene.tree.paragraph(said.cue.start));
    }
    bind_pairs(scene, founds, &mut basis);
    spoke_to(scene, segment, (founds, history), &mut basis);
    basis.whole = behind::whole_accounts(scene, segment, history);
    if let Some(later) = &later
        && let Some(speaker) = &later.speaker
    {
        basis.whole.entry(later.outlet.party.name.clone()).or_insert_with(|| speaker.clone());
    }
    add_translator(scene, segment, &mut basis);
    add_carrier(scene, segment, history, &mut basis);
    basis.zone = zone(scene, segment, founds, &basis);
    if let Some(later) = later {
        basis.zone.extend(segment.paragraphs.start..=later.paragraph);
        basis.account_of = later.speaker;
    }
    basis
}

/// The outlets of the report that the segment rests on.
fn media(scene: &Scene, segment: &Segment, founds: &[(&Said, &Route)], history: &History) -> Vec<Stop> {
    if let Some(stops) = credited_in_lead(scene, segment, founds) {
        return stops;
    }
    if let Some(stop) = broke_the_story(scene, segment, history) {
        return vec![stop];
    }
    if let Some(stop) = digest(scene, segment, history) {
        return vec![stop];
    }
    recurring(scene, segment, founds).into_iter().collect()
}

/// The outlets that the first sentences credit with the main statement.
fn credited_in_lead(scene: &Scene, segment: &Segment, founds: &[(&Said, &Route)]) -> Option<Vec<Stop>> {
    let first = first_sentence(scene, segment)?;
    let mut lead: Vec<&(&Said, &Route)> = founds
        .iter()
        .filter(|(said, _)| (first..first + 2).contains(&scene.tree.sentence(said.cue.start)) && said.within.is_none())
        .collect();
    lead.sort_by_key(|(said, _)| (scene.tree.sentence(said.cue.start), usize::MAX - said.content_len()));
    for (said, route) in lead {
        if let Some(stop) = published_by(scene, said, route) {
            return Some(vec![stop]);
        }
        let by_outlet = route.stops.first().is_some_and(|stop| stop.party.is_outlet());
        let outlet_speaks = said.source_head(&scene.tree).is_some_and(|head| {
            // "Dockers interviewed by X say": the dockers do.
            let asked = |verb: usize| {
                matches!(scene.tree.lemma(verb).as_str(), "interview" | "contact" | "reach" | "ask" | "consult")
            };
            let speaker = route.speaker().is_some_and(|party| party.head == head)
                && scene.tree.children_by(head, "acl").any(asked);
            !speaker
                && route.outlets().any(|stop| {
                    stop.party.head == head
                        || stop.party.words.contains(head)
                        || said.source.iter().any(|piece| piece.overlaps(&stop.party.words))
                })
        });
        // "a Wall Street Journal report that in turn quoted …" in a later hop also counts; "told Reuters" alone does not.
        if by_outlet
            && outlet_speaks
            && matches!(
                said.class,
                CueClass::Say | CueClass::Reveal | CueClass::Find | CueClass::Claim | CueClass::Predict
            )
        {
            let stops: Vec<Stop> = route
                .outlets()
                .filter(|stop| stop.party.anonymous.is_none() || route.stops.len() == 1)
                .cloned()
                .collect();
            if !stops.is_empty() {
                return Some(stops);
            }
        }
    }
    None
}

/// "According to a report presented by Human Rights Watch": an organisation whose report the lead credits stands where an outlet would.
fn published_by(scene: &Scene, said: &Said, route: &Route) -> Option<Stop> {
    let tree = &scene.tree;
    let [stop] = &route.stops[..] else { return None };
    let named = stop.party.kind == PartyKind::Body
        && stop.party.anonymous.is_none()
        && scene.name_over(stop.party.head).is_some();
    let words = said.source.iter().flat_map(Span::range).chain(tree.sentence_tokens(said.cue.start).range());
    let report = words.into_iter().any(|at| {
        matches!(tree.lemma(at).as_str(), "report" | "study" | "investigation" | "survey" | "analysis")
            && tree.token(at).upos == Upos::Noun
            && !said.says(at)
    });
    let hints = sourceline_knowledge::Hints::default();
    let known = scene.knowledge.find_best(&stop.party.name, &hints).map(|known| known.kind);
    let independent = matches!(known, None | Some(Kind::Ngo | Kind::International));
    (named && report && independent && said.content_len() > 4).then(|| stop.clone())
}

/// First sentence of running text of a segment.
pub(crate) fn first_sentence(scene: &Scene, segment: &Segment) -> Option<usize> {
    let sentences = &scene.tree.analysis.sentences;
    let inside = |sentence: usize| segment.paragraphs.contains(&sentences[sentence].paragraph);
    let first = (0..sentences.len()).find(|&sentence| inside(sentence) && has_verb(scene, sentence))?;
    Some(first)
}

fn has_verb(scene: &Scene, sentence: usize) -> bool {
    let tokens = scene.tree.analysis.sentences[sentence].tokens;
    let last = tokens.end.checked_sub(1).map(|at| scene.tree.analysis.form(at));
    let closed = matches!(last, Some("." | "?" | "!" | "”" | "\"" | ":" | "…" | ")"));
    closed && tokens.range().any(|at| matches!(scene.tree.token(at).upos, Upos::Verb | Upos::Aux))
}

/// "X, which broke the story": X's report.
fn broke_the_story(scene: &Scene, segment: &Segment, history: &History) -> Option<Stop> {
    let tree = &scene.tree;
    tokens_of(scene, segment)
        .find_map(|at| {
            let breaks = matches!(tree.lemma(at).as_str(), "break" | "publish" | "report" | "run")
                && tree.token(at).deprel == "acl:relcl";
            let story = tree.children_by(at, "obj").any(|object| {
                scene.lexicon.media(&tree.lemma(object)) == Some(MediaNoun::Report) || tree.lemma(object) == "news"
            });
            let head = tree.head(at).filter(|_| breaks && story)?;
            let outlet = party(scene, history, head).filter(Party::is_outlet)?;
            Some(Stop { party: outlet, translates: false })
        })
        .or_else(|| broke_by_words(scene, segment, history))
        .or_else(|| leaked_to(scene, segment, history))
}

/// "That emerges from forty pages of reports that were published on Tuesday by the newspaper X": a lead that rests on papers which an outlet has made
/// known.
fn leaked_to(scene: &Scene, segment: &Segment, history: &History) -> Option<Stop> {
    let tree = &scene.tree;
    let first = first_sentence(scene, segment)?;
    let mut lead = tokens_of(scene, segment).take_while(|&at| tree.sentence(at) < first + LEAD - 1);
    lead.find_map(|at| {
        let noun = tree.head(at).filter(|_| tree.relation(at) == "acl" && tree.is_passive(at))?;
        let known = matches!(tree.lemma(at).as_str(), "publish" | "obtain" | "reveal" | "release" | "leak" | "see");
        let paper = scene.lexicon.speaking(&tree.lemma(noun)) == Some(Speaking::Document)
            || scene.lexicon.media(&tree.lemma(noun)) == Some(MediaNoun::Report);
        let agent = tree.children_by(at, "obl").find(|&child| known && paper && tree.case(child) == "by")?;
        let party = party(scene, history, agent).filter(|party| party.is_outlet() && party.anonymous.is_none())?;
        Some(Stop { party, translates: false })
    })
}

/// The same, read from the words: outlet, comma, "which broke the story".
fn broke_by_words(scene: &Scene, segment: &Segment, history: &History) -> Option<Stop> {
    let tree = &scene.tree;
    tokens_of(scene, segment).find_map(|at| {
        let word = |offset: usize| {
            if at + offset < tree.analysis.tokens.len() { tree.lower(at + offset) } else { String::new() }
        };
        let breaks = word(0) == ","
            && word(1) == "which"
            && (matches!(word(2).as_str(), "broke" | "published" | "revealed")
                || (word(2) == "first" && matches!(word(3).as_str(), "reported" | "published")));
        let head = at.checked_sub(1).filter(|_| breaks)?;
        let outlet = party(scene, history, head).filter(Party::is_outlet)?;
        Some(Stop { party: outlet, translates: false })
    })
}

/// The paragraphs of a list.
fn listed(scene: &Scene, segment: &Segment) -> Vec<usize> {
    let analysis = scene.tree.analysis;
    let is_item =
        |&paragraph: &usize| analysis.text(analysis.paragraphs[paragraph]).starts_with(['—', '–', '•', '-', '*']);
    segment.paragraphs.clone().filter(is_item).collect()
}

/// "Make it the Journal's reconstruction of …" before a list: a digest of one report.
fn digest(scene: &Scene, segment: &Segment, history: &History) -> Option<Stop> {
    let tree = &scene.tree;
    let analysis = tree.analysis;
    if listed(scene, segment).len() < 2 {
        return None;
    }
    let first = first_sentence(scene, segment)?;
    let near = analysis.sentences[first..].iter().take(4).flat_map(|sentence| sentence.tokens.range());
    for at in near {
        if scene.lexicon.media(&tree.lemma(at)) == Some(MediaNoun::Report)
            && let Some(outlet) = party(scene, history, at).filter(Party::is_outlet)
        {
            return Some(Stop { party: outlet, translates: false });
        }
    }
    None
}

/// An outlet that speaks itself in several sentences, from early on.
fn recurring(scene: &Scene, segment: &Segment, founds: &[(&Said, &Route)]) -> Option<Stop> {
    let mut sentences: BTreeMap<&str, (BTreeSet<usize>, &Stop)> = BTreeMap::new();
    for (said, route) in founds {
        let Some(stop) = route.stops.first().filter(|stop| stop.party.is_outlet() && stop.party.anonymous.is_none())
        else {
            continue;
        };
        if said.source.iter().any(|piece| piece.overlaps(&stop.party.words)) {
            sentences
                .entry(stop.party.name.as_str())
                .or_insert_with(|| (BTreeSet::new(), stop))
                .0
                .insert(scene.tree.sentence(said.cue.start));
        }
    }
    let first = first_sentence(scene, segment)?;
    let all: usize = scene
        .tree
        .analysis
        .sentences
        .iter()
        .filter(|sentence| segment.paragraphs.contains(&sentence.paragraph))
        .count();
    let fits = |(seen, _): &&(BTreeSet<usize>, &Stop)| {
        seen.len() >= 3 && seen.first().is_some_and(|&at| (at - first) * 5 <= all * 2)
    };
    sentences.values().filter(fits).max_by_key(|(seen, _)| seen.len()).map(|(_, stop)| (*stop).clone())
}

/// Notes that a speaker's words came through an outlet.
fn bind(scene: &Scene, basis: &mut Basis, route: &Route, paragraph: usize) {
    let agency = dateline_agency(scene);
    // The agency of the dateline stands before everybody anyway.
    let outlets: Vec<Stop> = route.outlets().filter(|stop| agency != Some(stop.party.name.as_str())).cloned().collect();
    if let Some(speaker) = route.speaker().filter(|_| !outlets.is_empty()) {
        basis.bound.entry(speaker.name.clone()).or_insert(Bound { outlets, paragraph });
    }
}

/// "…, he said, according to the agency": the speaker of a sentence came through the outlet of the same sentence.
fn bind_pairs(scene: &Scene, founds: &[(&Said, &Route)], basis: &mut Basis) {
    for (outer, outer_route) in founds.iter().filter(|(_, route)| route.speaker().is_none() && !route.stops.is_empty())
    {
        for (inner, inner_route) in founds {
            let same = scene.tree.sentence(outer.cue.start) == scene.tree.sentence(inner.cue.start);
            let around = outer.says(inner.cue.start)
                || inner.content.iter().any(|piece| outer.content.iter().any(|other| other.overlaps(piece)));
            let alone = inner_route.outlets().next().is_none();
            if let Some(speaker) = inner_route.speaker().filter(|_| same && around && alone && inner.cue != outer.cue) {
                let (outlets, paragraph) =
                    (outer_route.outlets().cloned().collect(), scene.tree.paragraph(outer.cue.start));
                basis.bound.entry(speaker.name.clone()).or_insert(Bound { outlets, paragraph });
            }
        }
    }
}

/// "The officials, and X, were speaking to Y": all of them speak through Y.
fn spoke_to(scene: &Scene, segment: &Segment, known: (&[(&Said, &Route)], &History), basis: &mut Basis) {
    let tree = &scene.tree;
    let (founds, history) = known;
    for at in tokens_of(scene, segment) {
        // Of "told" with a statement the route knows who told it.
        let told = founds.iter().any(|(said, route)| said.cue.contains(at) && route.speaker().is_some());
        if tree.token(at).upos != Upos::Verb || told {
            continue;
        }
        let Some(listener) = listener_of(tree, at) else { continue };
        // "Not allowed to speak to the press": no outlet in particular.
        let press = |head: &usize| matches!(tree.lemma(*head).as_str(), "press" | "media");
        let heard = Some(listener).filter(|head| !press(head));
        let interview = tree.head(listener).is_some_and(|up| tree.lemma(up) == "interview");
        let unknown = || outlet_by_place(scene, listener).filter(|_| interview);
        let found = heard.and_then(|head| party(scene, history, head).filter(Party::is_outlet).or_else(unknown));
        let Some(outlet) = found else {
            continue;
        };
        let Some(subject) = tree.subject(at) else { continue };
        for head in std::iter::once(subject).chain(tree.children_by(subject, "conj")) {
            if let Some(speaker) = party(scene, history, head).filter(|party| !party.is_outlet()) {
                let outlets = vec![Stop { party: outlet.clone(), translates: false }];
                basis.bound.entry(speaker.name).or_insert(Bound { outlets, paragraph: scene.tree.paragraph(at) });
            }
        }
    }
}

/// X of "spoke to X", "gave his version to X", "took questions from X".
fn listener_of(tree: &Tree, verb: usize) -> Option<usize> {
    let object = |words: &[&str]| tree.children_by(verb, "obj").any(|noun| words.contains(&tree.lemma(noun).as_str()));
    let to = |cases: &[&str]| {
        let oblique = |&child: &usize| {
            tree.relation(child) == "obl" && cases.contains(&tree.case(child).as_str()) && child > verb
        };
        tree.children(verb).iter().copied().find(oblique)
    };
    match tree.lemma(verb).as_str() {
        "speak" | "talk" | "tell" => {
            let direct = |&child: &usize| matches!(tree.relation(child), "obj" | "iobj");
            to(&["to", "with"]).or_else(|| tree.children(verb).iter().copied().find(direct))
        }
        "give" | "grant"
            if object(&["interview", "account", "version", "statement", "comment", "testimony", "side", "story"]) =>
        {
            let given = || {
                let words = tree.children_by(verb, "obj").next()?;
                tree.children_by(words, "nmod").find(|&of| matches!(tree.case(of).as_str(), "to" | "with"))
            };
            to(&["to"]).or_else(|| tree.children_by(verb, "iobj").next()).or_else(given)
        }
        "appear" => to(&["on"]),
        "take" | "answer" if object(&["question"]) => to(&["from", "by"]).or_else(|| {
            let questions = tree.children_by(verb, "obj").next()?;
            tree.children_by(questions, "nmod").find(|&of| tree.case(of) == "from")
        }),
        // "went further in an interview with X"
        _ => tree.children_by(verb, "obl").filter(|&child| tree.case(child) == "in").find_map(|child| {
            let talk = matches!(tree.lemma(child).as_str(), "interview" | "conversation" | "call");
            tree.children_by(child, "nmod").find(|&of| talk && matches!(tree.case(of).as_str(), "with" | "to"))
        }),
    }
}

/// "translated by X" anywhere in the segment makes X the outermost hand of the report.
fn add_translator(scene: &Scene, segment: &Segment, basis: &mut Basis) {
    let tree = &scene.tree;
    if basis.media.is_empty() {
        return;
    }
    let translated = tokens_of(scene, segment).find_map(|at| {
        if let Some(found) = has_translated(scene, at, basis) {
            return Some(found);
        }
        if tree.lower(at) != "translated" || at + 2 > tree.analysis.tokens.len() || tree.lower(at + 1) != "by" {
            return None;
        }
        let next = at + 2 < tree.analysis.tokens.len();
        let head = tree.children_by(at, "obl").next().or_else(|| next.then_some(at + 2))?;
        let propn = |head: &usize| tree.token(*head).upos == Upos::Propn;
        named_outlet(scene, head)
            .or_else(|| scene.name_over(head).and_then(|_| party(scene, &History::default(), head)))
            .or_else(|| Some(head).filter(propn).and_then(|head| party(scene, &History::default(), head)))
    });
    if let Some(party) = translated.filter(|party| !basis.media.iter().any(|stop| stop.party.name == party.name)) {
        let party = Party { kind: PartyKind::Outlet("any"), ..party };
        basis.media.insert(0, Stop { party, translates: true });
    }
}

/// "The newspaper X reports so; its article was carried by the agency Y": Y passes the report on.
fn add_carrier(scene: &Scene, segment: &Segment, history: &History, basis: &mut Basis) {
    let tree = &scene.tree;
    let Some(first) = first_sentence(scene, segment).filter(|_| !basis.media.is_empty()) else { return };
    let lead = tokens_of(scene, segment).take_while(|&at| tree.sentence(at) < first + LEAD);
    let carrier = lead.into_iter().find_map(|at| {
        let carries = matches!(tree.lemma(at).as_str(), "carry" | "relay" | "republish" | "reprint" | "distribute");
        let subject = tree.own_subject(at).filter(|_| carries && tree.is_passive(at))?;
        let story = scene.lexicon.media(&tree.lemma(subject)) == Some(MediaNoun::Report);
        let agent = tree.children_by(at, "obl").find(|&child| story && tree.case(child) == "by")?;
        party(scene, history, agent).filter(Party::is_outlet)
    });
    if let Some(party) = carrier.filter(|party| !basis.media.iter().any(|stop| stop.party.name == party.name)) {
        basis.media.insert(0, Stop { party, translates: false });
    }
}

/// Sentences of a lead.
const LEAD: usize = 3;

/// "Der Standard, which the weekly X has translated": X.
fn has_translated(scene: &Scene, at: usize, basis: &Basis) -> Option<Party> {
    let tree = &scene.tree;
    if tree.lemma(at) != "translate" || tree.is_passive(at) || tree.token(at).upos != Upos::Verb {
        return None;
    }
    let subject = tree.own_subject(at).filter(|&subject| tree.token(subject).upos != Upos::Pron)?;
    let outlet = party(scene, &History::default(), subject).filter(Party::is_outlet)?;
    let sentence = tree.sentence_tokens(at);
    basis.media.iter().any(|stop| sentence.covers(&stop.party.words)).then_some(outlet)
}

/// The paragraphs that pass on the report where they name nobody: those that mention it, those between such, and those that go on
/// after the last one without a subject of their own.
fn zone(scene: &Scene, segment: &Segment, founds: &[(&Said, &Route)], basis: &Basis) -> BTreeSet<usize> {
    let Some(reporter) = basis.reporter() else { return BTreeSet::new() };
    let names: BTreeSet<&str> = basis.media.iter().map(|stop| stop.party.name.as_str()).collect();
    let own = own_names(scene);
    let mut mentioned: BTreeSet<usize> = BTreeSet::new();
    // Whether the last who spoke to somebody spoke to the document's own outlet or agency: whoever is new and unnamed then does so, too.
    let mut turned = false;
    for (said, route) in founds {
        let named = route.stops.iter().any(|stop| names.contains(stop.party.name.as_str()));
        let told_us = route.speaker().is_some() && route.outlets().any(|stop| own.contains(&stop.party.name));
        turned = !named && (turned || told_us);
        if named || !turned && route.stops.iter().any(|stop| stop.party.anonymous.is_some()) {
            mentioned.insert(scene.tree.paragraph(said.cue.start));
        }
    }
    mentioned.extend(
        founds
            .iter()
            .filter(|(_, route)| {
                route.speaker().is_some_and(|party| {
                    basis
                        .bound
                        .get(&party.name)
                        .is_some_and(|bound| bound.outlets.iter().any(|stop| stop.party.name == reporter.name))
                })
            })
            .map(|(said, _)| scene.tree.paragraph(said.cue.start)),
    );
    // "The report also touched on …": named without a reporting word.
    mentioned.extend(
        tokens_of(scene, segment).filter(|&at| mentions_report(scene, at, &names)).map(|at| scene.tree.paragraph(at)),
    );
    let (Some(&first), Some(&last)) = (mentioned.first(), mentioned.last()) else { return BTreeSet::new() };
    let listed = listed(scene, segment);
    let last = listed.last().copied().filter(|_| listed.len() > 1).map_or(last, |end| last.max(end));
    let mut zone: BTreeSet<usize> = (first..=last).collect();
    for paragraph in last + 1..segment.paragraphs.end {
        if !goes_on(scene, paragraph) {
            break;
        }
        zone.insert(paragraph);
    }
    zone
}

/// The names of the document's outlet and of the agency in its dateline.
fn own_names(scene: &Scene) -> Vec<String> {
    let analysis = scene.tree.analysis;
    let outlet = analysis.document.outlet.as_ref().map(|outlet| outlet.name.clone());
    outlet.into_iter().chain(dateline_agency(scene).map(str::to_owned)).collect()
}

/// The agency that the dateline names.
fn dateline_agency<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    let analysis = scene.tree.analysis;
    let words = analysis.dateline.as_ref().and_then(|dateline| dateline.agency).map(|words| analysis.text(words))?;
    scene.knowledge.outlet_by_name(words).map(|outlet| outlet.name)
}

/// Whether a word names the report or one of the outlets it came through.
fn mentions_report(scene: &Scene, at: usize, names: &BTreeSet<&str>) -> bool {
    let tree = &scene.tree;
    let noun = matches!(
        tree.lemma(at).as_str(),
        "report" | "article" | "story" | "newspaper" | "paper" | "investigation" | "broadcaster"
    );
    let definite =
        || crate::party::definite(scene, at) && tree.core_phrase(at).len() <= 2 && tree.relation(at) == "nsubj";
    let named = || {
        scene
            .outlet_over(at)
            .and_then(|words| scene.knowledge.outlet_by_name(tree.text(words)))
            .is_some_and(|outlet| names.contains(outlet.name))
    };
    (noun && tree.token(at).upos == Upos::Noun && definite()) || named()
}

/// Whether a paragraph goes on with what was spoken of: its first sentence opens with a word that refers back.
fn goes_on(scene: &Scene, paragraph: usize) -> bool {
    let analysis = scene.tree.analysis;
    let Some(sentence) = analysis.sentences.iter().find(|sentence| sentence.paragraph == paragraph) else {
        return false;
    };
    let opening: Vec<usize> = sentence.tokens.range().take(5).collect();
    opening.iter().any(|&at| {
        let token = scene.tree.token(at);
        (token.upos == Upos::Pron && matches!(token.feat("PronType"), Some("Prs" | "Dem")))
            || matches!(
                scene.tree.lower(at).as_str(),
                "its" | "their" | "his" | "her" | "another" | "other" | "others" | "one" | "such" | "both"
            )
    })
}

pub(crate) fn tokens_of<'s>(scene: &'s Scene, segment: &'s Segment) -> impl Iterator<Item = usize> + 's {
    scene
        .tree
        .analysis
        .sentences
        .iter()
        .filter(|sentence| segment.paragraphs.contains(&sentence.paragraph))
        .flat_map(|sentence| sentence.tokens.range())
}

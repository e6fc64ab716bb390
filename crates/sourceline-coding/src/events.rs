//! Codes the events of a document, from the leaves of each tree upwards, so that a wrapping predicate knows what it wraps.

use sourceline_model::{Certainty, PloverType, Polarity, Upos};

use crate::accident::{is_accident, is_no_deed};
use crate::certainty::standing_in;
use crate::coding::CodedEvent;
use crate::embed::embedded;
use crate::frame::Frame;
use crate::matching::{expand, matches, role, wants};
use crate::pattern::{Head, Rule};
use crate::rules::Rules;
use crate::speech::{demanded_by, is_own_announcement, request_mode};
use crate::tree::{MAX_DEPTH, Tree};

const VERB_ACTORS: &[&[&str]] = &[&["subj"]];
const VERB_RECIPIENTS: &[&[&str]] = &[&["obj"], &["iobj"]];
const NOUN_ACTORS: &[&[&str]] = &[&["lv"], &["poss"], &["by"], &["mod"], &["between"], &["from"]];
const NOUN_RECIPIENTS: &[&[&str]] = &[&["of"], &["against"], &["on"], &["lvr"], &["for"], &["to"], &["with"]];
const WRAP_RECIPIENTS: &[&[&str]] = &[&["obj"], &["iobj"], &["lvr"], &["on"], &["with"], &["against"], &["to"]];

/// Types that say something about another event, which is then not listed itself.
const WRAPPING: [PloverType; 10] = [
    PloverType::Aid,
    PloverType::Protest,
    PloverType::Agree,
    PloverType::Concede,
    PloverType::Support,
    PloverType::Request,
    PloverType::Reject,
    PloverType::Threaten,
    PloverType::Retreat,
    PloverType::Sanction,
];
const WRAPPING_SLOTS: [&str; 7] = ["comp", "obj", "for", "on", "with", "of", "from"];

/// An event with what only the coder needs.
struct Draft<'r> {
    event: CodedEvent,
    rule: &'r Rule,
    main: usize,
    dropped: bool,
}

/// All events of the document in text order.
pub(crate) fn events(tree: &Tree<'_>, rules: &Rules) -> Vec<CodedEvent> {
    let mut coder = Coder { tree, rules, drafts: Vec::new(), at: vec![None; tree.len()] };
    for i in triggers(tree, rules) {
        coder.code(i);
    }
    coder.merge();
    coder.finish()
}

/// Words that may name an event, deepest first within each sentence.
fn triggers(tree: &Tree<'_>, rules: &Rules) -> Vec<usize> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (s, sentence) in tree.analysis.sentences.iter().enumerate() {
        for i in sentence.tokens.range() {
            if matches!(tree.upos(i), Upos::Verb | Upos::Noun | Upos::Adj) && has_entry(tree, rules, i) {
                found.push((s, usize::MAX - tree.depth(i), i));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, _, i)| i).collect()
}

/// "backed" in "Iran-backed", "elect" in "president-elect": no event.
fn is_compound_adjective(tree: &Tree<'_>, i: usize) -> bool {
    let hyphened = i > 0 && tree.lemma(i - 1) == "-";
    hyphened && (tree.rel(i) == "amod" || matches!(tree.upos(i), Upos::Noun | Upos::Adj) && tree.rel(i) != "root")
}

/// "war" in "war correspondent", "attack" in "attack helicopter": what kind of person or thing it is.
fn is_label(tree: &Tree<'_>, rules: &Rules, i: usize) -> bool {
    tree.rel(i) == "compound"
        && tree.upos(i) == Upos::Noun
        && tree.head(i).is_some_and(|head| tree.upos(head) == Upos::Noun && rules.entries(tree.lemma(head)).is_empty())
}

fn has_entry(tree: &Tree<'_>, rules: &Rules, i: usize) -> bool {
    crate::matching::readings(tree, i).iter().any(|(_, lemma)| !rules.entries(lemma).is_empty())
}

struct Coder<'c, 'a> {
    tree: &'c Tree<'a>,
    rules: &'c Rules,
    drafts: Vec<Draft<'c>>,
    /// Word -> draft.
    at: Vec<Option<usize>>,
}

impl<'c> Coder<'c, '_> {
    fn live(&self, i: usize) -> Option<&Draft<'c>> {
        self.at[i].map(|d| &self.drafts[d]).filter(|d| !d.dropped)
    }

    fn code(&mut self, i: usize) {
        if is_compound_adjective(self.tree, i) || is_label(self.tree, self.rules, i) {
            return;
        }
        let frame = Frame::of(self.tree, self.rules, i);
        let look = |rule: &Rule| {
            embedded(self.tree, i, |k| {
                self.live(k).is_some_and(|d| wants(&rule.embeds, d.event.kind, d.event.mode.as_deref()))
            })
        };
        let found = matches(self.tree, self.rules, &frame, false, look);
        let Some(best) = found.first() else { return };
        let agent = ["subj", "lv", "poss"]
            .iter()
            .any(|slot| frame.get(slot).any(|who| is_person(self.tree, who) || self.tree.name(who).is_some()));
        let accident =
            best.rule.head == Head::Event(PloverType::Assault) && is_accident(self.tree, self.rules, i, agent);
        if accident || is_no_deed(self.tree, self.rules, &frame, best.rule) {
            return;
        }
        let inner = best.embedded.or_else(|| self.wrapped(&frame, best.rule));
        let draft = self.draft(&frame, best.rule, inner);
        if let Some(inner) = inner.and_then(|k| self.at[k]).filter(|_| !best.rule.keep) {
            self.drafts[inner].dropped = true;
        }
        self.at[i] = Some(self.drafts.len());
        self.drafts.push(draft);
    }

    /// The event that a rule of a wrapping type names by its words alone: "refused to [withdraw]", "demanded the [release]".
    fn wrapped(&self, frame: &Frame<'_>, rule: &Rule) -> Option<usize> {
        let Head::Event(kind) = rule.head else { return None };
        if !WRAPPING.contains(&kind) {
            return None;
        }
        rule.constraints.iter().filter(|c| !c.negated && WRAPPING_SLOTS.contains(&c.slot.as_str())).find_map(|c| {
            frame.get(&c.slot).find_map(|i| {
                if self.live(i).is_some() { Some(i) } else { embedded(self.tree, i, |k| self.live(k).is_some()) }
            })
        })
    }

    fn draft(&self, frame: &Frame<'_>, rule: &'c Rule, inner: Option<usize>) -> Draft<'c> {
        let tree = self.tree;
        let Head::Event(kind) = rule.head else { unreachable!("relation rules are not asked for") };
        let verbal = tree.upos(frame.trigger) == Upos::Verb;
        let actors = role(tree, frame, rule, 'A', if verbal { VERB_ACTORS } else { NOUN_ACTORS });
        let wraps = !rule.embeds.is_empty();
        let default = match (wraps, verbal) {
            (true, _) => WRAP_RECIPIENTS,
            (false, true) => VERB_RECIPIENTS,
            (false, false) => NOUN_RECIPIENTS,
        };
        let mut recipients = role(tree, frame, rule, 'R', default);
        let inner = inner.and_then(|k| self.live(k)).map(|d| &d.event);
        if let Some(inner) = inner {
            self.adopt(inner, &actors, &mut recipients, rule);
        }
        let actors = self.responsible(frame.trigger, actors);
        let mut recipients = self.answerable(frame.trigger, recipients);
        recipients.retain(|r| !actors.contains(r));
        let mut places = crate::places::places(tree, frame);
        if kind == PloverType::Retreat && rule.mode.as_deref() == Some("withdraw") {
            crate::places::leave(tree, frame, &mut places);
        }
        if matches!(kind, PloverType::Retreat | PloverType::Mobilize) {
            // Where a movement goes is a place, not somebody to whom it is done.
            recipients.retain(|r| !places.iter().any(|(p, _)| p == r));
        }
        for &(place, role) in inner.map_or(&[][..], |e| &e.places) {
            if !places.iter().any(|&(p, _)| p == place) {
                places.push((place, role));
            }
        }
        places.sort_unstable();
        let standing = standing_in(tree, self.rules, frame.trigger);
        let mut trigger = vec![frame.trigger];
        trigger.extend(particles(tree, frame));
        trigger.extend(frame.light);
        let event = CodedEvent {
            trigger,
            kind,
            mode: rule.mode.clone(),
            contexts: Vec::new(),
            goods: role(tree, frame, rule, 'G', &[]),
            certainty: standing.certainty,
            polarity: standing.polarity,
            clause: clause_head(tree, frame.trigger),
            rule: rule.id.clone(),
            actors,
            recipients,
            places,
        };
        Draft { event, rule, main: frame.trigger, dropped: false }
    }

    /// Fills the recipients of a wrapping event from what it wraps: "demanded that [Iran] withdraw", "threatened to bomb [Iran]".
    fn adopt(&self, inner: &CodedEvent, actors: &[usize], recipients: &mut Vec<usize>, rule: &Rule) {
        recipients.retain(|&r| self.at[r].is_none() && !inner.trigger.contains(&r));
        if !recipients.is_empty() && rule.role('R').is_none() {
            return;
        }
        if recipients.is_empty() {
            let others: Vec<usize> = inner.actors.iter().copied().filter(|a| !actors.contains(a)).collect();
            let same_actor = others.is_empty() || inner.actors.iter().any(|a| actors.contains(a));
            recipients.extend(if same_actor { &inner.recipients } else { &others });
        }
    }

    /// Replaces an event or instrument that stands as actor by whoever is behind it: "Israeli [airstrikes] destroyed".
    fn responsible(&self, trigger: usize, words: Vec<usize>) -> Vec<usize> {
        let instrument = self.rules.classes.get("instrument").unwrap_or(0);
        let design = self.rules.classes.get("design").unwrap_or(0);
        let mut out = Vec::new();
        for i in words {
            let named = self.tree.name(i).is_some() || matches!(self.tree.upos(i), Upos::Propn | Upos::Pron);
            let event = self
                .live(i)
                .filter(|d| d.main != trigger && self.tree.upos(i) == Upos::Noun && !is_person(self.tree, i));
            match event {
                Some(draft) if !named => out.extend(draft.event.actors.iter().copied()),
                _ if !named && self.rules.classes.of(self.tree, i) & instrument != 0 => {
                    out.extend(owners(self.tree, i))
                }
                // "Ankara's strategy": a strategy does nothing by itself.
                _ if !named && self.rules.classes.of(self.tree, i) & design != 0 => out.extend(owners(self.tree, i)),
                _ => out.push(i),
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Replaces a deed that stands as recipient by its doer: "condemned the Israeli [strikes]", "criticised Iran's [policy]".
    fn answerable(&self, trigger: usize, words: Vec<usize>) -> Vec<usize> {
        let mut out = Vec::new();
        for i in words {
            let named = self.tree.name(i).is_some() || matches!(self.tree.upos(i), Upos::Propn | Upos::Pron);
            if named || is_person(self.tree, i) || self.tree.is_place(i) {
                out.push(i);
                continue;
            }
            let doers = self.live(i).filter(|d| d.main != trigger).map(|d| d.event.actors.clone()).unwrap_or_default();
            let doers = if doers.is_empty() { owners(self.tree, i) } else { doers };
            if doers.is_empty() { out.push(i) } else { out.extend(doers) }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Merges nouns that name the same event as the verb above them: "killed in an airstrike", "airstrikes destroyed", "launched attacks".
    fn merge(&mut self) {
        for d in 0..self.drafts.len() {
            if self.drafts[d].dropped || self.tree.upos(self.drafts[d].main) != Upos::Noun {
                continue;
            }
            let Some(v) = self.governing_draft(self.drafts[d].main) else { continue };
            if v == d || self.drafts[v].dropped || self.drafts[v].event.kind != self.drafts[d].event.kind {
                continue;
            }
            let noun = self.drafts[d].event.clone();
            self.drafts[d].dropped = true;
            absorb(&mut self.drafts[v].event, noun);
        }
        self.merge_casualties();
    }

    /// "Five people were killed and dozens injured in a blast": the dead and the wounded of one deed.
    fn merge_casualties(&mut self) {
        let harms = |i: usize| matches!(self.tree.lemma(i), "kill" | "injure" | "wound" | "hurt" | "die");
        for d in 0..self.drafts.len() {
            let main = self.drafts[d].main;
            let first = self.tree.head(main).filter(|_| self.tree.rel(main) == "conj" && harms(main));
            let Some(other) = first.filter(|&i| harms(i)).and_then(|i| self.at[i]) else { continue };
            if self.drafts[d].dropped || self.drafts[other].dropped {
                continue;
            }
            let second = self.drafts[d].event.clone();
            self.drafts[d].dropped = true;
            let event = &mut self.drafts[other].event;
            let hurt: Vec<usize> =
                second.recipients.iter().copied().filter(|r| !event.recipients.contains(r)).collect();
            event.recipients.extend(hurt);
            event.recipients.sort_unstable();
            absorb(event, second);
        }
    }

    /// The draft of the verb (or noun) that noun `n` depends on as object, subject or in an "in"/"with"/"by" phrase.
    fn governing_draft(&self, n: usize) -> Option<usize> {
        let head = self.tree.head(n)?;
        let fits = match self.tree.rel(n) {
            "obj" | "nsubj" => true,
            "obl" | "nmod" => matches!(
                crate::frame::preposition(self.tree, n)?,
                "in" | "with" | "by" | "during" | "through" | "at" | "of"
            ),
            "compound" => true,
            _ => false,
        };
        if fits { self.at[head] } else { None }
    }

    fn finish(self) -> Vec<CodedEvent> {
        let mut out: Vec<CodedEvent> = Vec::new();
        let mut cached: Option<(usize, Vec<String>)> = None;
        let Self { tree, rules, drafts, .. } = self;
        let mut drafts: Vec<Draft<'_>> = drafts.into_iter().filter(|d| !d.dropped).collect();
        drafts.sort_by_key(|d| d.main);
        for mut draft in drafts {
            let sentence = tree.analysis.sentence_of(draft.main).unwrap_or(0);
            if cached.as_ref().is_none_or(|(s, _)| *s != sentence) {
                let range = tree.analysis.sentences[sentence].tokens.range();
                cached = Some((sentence, rules.contexts.of(tree, range)));
            }
            let spoken = cached.as_ref().map_or(&[][..], |(_, c)| c);
            let mut contexts: Vec<String> = draft.rule.contexts.iter().chain(spoken).cloned().collect();
            contexts.sort();
            contexts.dedup();
            draft.event.contexts = contexts;
            demanded(tree, &mut draft.event, draft.main);
            declined(tree, &mut draft.event, draft.main);
            intended(tree, &mut draft.event, draft.main);
            instrument_mode(tree, rules, &mut draft.event, draft.main);
            out.push(draft.event);
        }
        out
    }
}

/// Future cooperation is AGREE, an announced retreat CONCEDE, hostile acts that their actor intends THREATEN (manual v0.8, sections
/// AGREE, CONCEDE and 2.3).
fn intended(tree: &Tree<'_>, event: &mut CodedEvent, main: usize) {
    if tree.rel(main) == "advcl" {
        // "sent engineers to support them": a purpose announces nothing.
        return;
    }
    let complement = tree.upos(main) == Upos::Verb && matches!(tree.rel(main), "xcomp" | "ccomp");
    let threat = match (event.kind, event.mode.as_deref()) {
        (PloverType::Assault, _) => Some("violence"),
        (PloverType::Coerce, Some("arrest")) => Some("arrest"),
        (PloverType::Coerce, Some("deport")) | (PloverType::Sanction, Some("expel")) => Some("expel"),
        (PloverType::Coerce, Some("seize")) => Some("territory"),
        (PloverType::Sanction, Some("withdraw")) => Some("relations"),
        (PloverType::Coerce | PloverType::Sanction | PloverType::Protest, _) => Some("restrict"),
        _ => None,
    };
    let announced = event.certainty == Certainty::Planned
        || event.certainty == Certainty::Predicted && is_own_announcement(tree, main);
    if let Some(mode) = threat.filter(|_| complement && announced && event.polarity == Polarity::Positive) {
        event.kind = PloverType::Threaten;
        event.mode = Some(mode.to_owned());
        return;
    }
    if !matches!(event.certainty, Certainty::Planned | Certainty::Predicted) {
        return;
    }
    let kind = match event.kind {
        PloverType::Consult | PloverType::Support | PloverType::Cooperate | PloverType::Aid => PloverType::Agree,
        PloverType::Retreat => PloverType::Concede,
        _ => return,
    };
    event.kind = kind;
    event.mode = None;
}

/// "X says that Y must withdraw": X's demand (manual v0.8, section REQUEST).
fn demanded(tree: &Tree<'_>, event: &mut CodedEvent, main: usize) {
    let (speakers, mode) = (demanded_by(tree, main), request_mode(event.kind));
    if speakers.is_empty() || mode.is_none() {
        return;
    }
    event.kind = PloverType::Request;
    event.mode = mode.map(str::to_owned);
    event.recipients =
        std::mem::replace(&mut event.actors, speakers.into_iter().flat_map(|i| expand(tree, i)).collect());
    (event.certainty, event.polarity) = (Certainty::Asserted, Polarity::Positive);
}

/// "will not withdraw", "cannot accept", "failed to agree": refusing to cooperate or yield is REJECT (manual v0.8, section REJECT).
fn declined(tree: &Tree<'_>, event: &mut CodedEvent, main: usize) {
    if event.polarity != Polarity::Negative || tree.upos(main) != Upos::Verb {
        return;
    }
    let refused = !matches!(event.certainty, Certainty::Asserted | Certainty::Probable)
        || tree.head(main).is_some_and(|h| tree.lemma(h) == "fail");
    let condition = tree.has(main, |k| tree.rel(k) == "mark" && matches!(tree.lemma(k), "if" | "unless" | "whether"));
    let noun = tree.head(main).filter(|&head| tree.rel(main) == "acl" && tree.upos(head) == Upos::Noun);
    if condition || noun.is_some() {
        // "if the ban is not lifted", "has no plans to help": nobody has refused.
        return;
    }
    let Some(mode) = request_mode(event.kind).filter(|&mode| mode != "change") else { return };
    if refused {
        event.kind = PloverType::Reject;
        event.mode = Some(mode.to_owned());
        event.certainty = Certainty::Asserted;
        event.polarity = Polarity::Positive;
    }
}

/// Gives an ASSAULT without mode the one that its weapon tells: "killed by a car bomb".
fn instrument_mode(tree: &Tree<'_>, rules: &Rules, event: &mut CodedEvent, main: usize) {
    if event.kind != PloverType::Assault || !matches!(event.mode.as_deref(), None | Some("destroy")) {
        return;
    }
    let near: Vec<usize> = tree
        .kids(main)
        .iter()
        .copied()
        .flat_map(|k| std::iter::once(k).chain(tree.kids(k).iter().copied()))
        .filter(|&k| matches!(tree.rel(k), "obl" | "nsubj" | "obj" | "nmod" | "compound" | "amod" | "advcl"))
        .collect();
    for mode in [
        "suicide-attack",
        "drone",
        "aerial",
        "heavy-weapons",
        "explosives",
        "unconventional",
        "crowd-control",
        "firearms",
        "primitive",
    ] {
        let Some(bits) = rules.classes.get(&format!("mode-{mode}")) else { continue };
        if near.iter().any(|&k| rules.classes.of(tree, k) & bits != 0) {
            event.mode = Some(mode.to_owned());
            return;
        }
    }
}

/// Takes over from `noun` what `verb` lacks.
fn absorb(verb: &mut CodedEvent, noun: CodedEvent) {
    if verb.mode.is_none() || verb.mode.as_deref() == Some("destroy") {
        verb.mode = noun.mode.or(verb.mode.take());
    }
    if verb.actors.is_empty() {
        verb.actors = noun.actors.into_iter().filter(|a| !verb.recipients.contains(a)).collect();
    }
    verb.recipients.retain(|r| !noun.trigger.contains(r));
    if verb.recipients.is_empty() {
        verb.recipients = noun.recipients.into_iter().filter(|r| !verb.actors.contains(r)).collect();
    }
    for place in noun.places {
        if !verb.places.iter().any(|(p, _)| *p == place.0) {
            verb.places.push(place);
        }
    }
    verb.places.sort_unstable();
    verb.trigger.extend(noun.trigger.into_iter().filter(|t| !verb.trigger.contains(t)).collect::<Vec<_>>());
}

/// Name-like words behind a deed or thing: possessor, "by"/"from"/"of" phrase, modifier.
pub(crate) fn owners(tree: &Tree<'_>, i: usize) -> Vec<usize> {
    let mut out = Vec::new();
    for &k in tree.kids(i) {
        let owns = match tree.deprel(k) {
            "nmod:poss" => true,
            "nmod" => {
                matches!(crate::frame::preposition(tree, k), Some("by" | "from" | "of")) && stands_for_party(tree, k)
            }
            "amod" | "compound" | "nmod:unmarked" | "nmod:desc" => tree.is_name_like(k) || is_person(tree, k),
            _ => false,
        };
        if owns {
            out.extend(expand(tree, k));
        }
    }
    out
}

fn stands_for_party(tree: &Tree<'_>, i: usize) -> bool {
    tree.name(i).is_some() || tree.upos(i) == Upos::Propn || is_person(tree, i)
}

fn is_person(tree: &Tree<'_>, i: usize) -> bool {
    use sourceline_model::EntityHint::{Organization, Person};
    matches!(tree.hint(i), Some(Person | Organization))
}

fn particles(tree: &Tree<'_>, frame: &Frame<'_>) -> Vec<usize> {
    tree.kids(frame.trigger).iter().copied().filter(|&k| tree.deprel(k) == "compound:prt").collect()
}

/// The predicate of the clause that word `i` stands in.
pub(crate) fn clause_head(tree: &Tree<'_>, i: usize) -> usize {
    let mut at = i;
    for _ in 0..MAX_DEPTH {
        let clausal = tree.upos(at) == Upos::Verb || tree.has(at, |k| matches!(tree.rel(k), "cop" | "nsubj"));
        match tree.head(at) {
            Some(head) if !clausal => at = head,
            _ => return at,
        }
    }
    at
}

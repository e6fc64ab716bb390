//! The outlets that a speaker spoke to: "told X", "in an interview with X", "on X"; and whether he spoke in public.
//!
//! In: an attribution. Out: stops.

use sourceline_model::{Span, Upos};

use super::*;

/// In what somebody tells one outlet something.
const WRITTEN: [&str; 8] = ["email", "e-mail", "message", "letter", "interview", "statement", "note", "call"];

/// The outlets that a speaker spoke to or through: "told Reuters", "in an interview with X", "in a speech aired by X", "on X".
pub(super) fn listeners(scene: &Scene, history: &History, said: &Said) -> Vec<Stop> {
    let tree = &scene.tree;
    let mut found: Vec<Stop> = Vec::new();
    let mut add = |head: usize, translates: bool| {
        let interview = || {
            tree.head(head).is_some_and(|up| {
                matches!(tree.lemma(up).as_str(), "interview" | "talk")
                    || tree.lemma(up) == "ask" && tree.case(head) == "by"
            })
        };
        let by_place = || outlet_by_place(scene, head).filter(|_| tree.lemma(said.cue_head) == "write" || interview());
        let outlet = party(scene, history, head).filter(Party::is_outlet).or_else(by_place);
        let asked = tree.head(head).is_some_and(|up| {
            let lemma = tree.lemma(up);
            QUOTED.contains(&lemma.as_str())
                || WRITTEN.contains(&lemma.as_str()) && matches!(tree.case(head).as_str(), "to" | "with")
        });
        // "wrote on Telegram": a platform passes nothing on; a station with a name does.
        let capital = |at: usize| tree.analysis.form(at).starts_with(char::is_uppercase);
        let station = head > 0 && matches!(tree.lower(head).as_str(), "television" | "tv" | "radio");
        let named = station && capital(head) && capital(head - 1);
        // "on the radio": no station is meant.
        let bare = station && matches!(tree.lower(head - 1).as_str(), "the" | "on" | "to");
        // "told local television", "told Danish radio": a station is meant, though it is not named.
        let told = tree.head(head).is_some_and(|verb| takes_listener(&tree.lemma(verb)));
        let words = || tree.core_phrase(head).start..head;
        let local =
            station && told && words().any(|at| capital(at) || matches!(tree.lower(at).as_str(), "local" | "regional"));
        let named = named || local;
        // "Told the Post" in a paper of that name is no post on the web.
        let own = tree.analysis.document.outlet.as_ref().map(|own| own.name.as_str());
        let ours = own.is_some() && outlet.as_ref().map(|outlet| outlet.name.as_str()) == own;
        let platform = (scene.lexicon.is_occasion(&tree.lower(head)) || bare) && !named && !ours;
        if let Some(outlet) = outlet.filter(|_| !platform).filter(|_| asked || !own_paper(said, head)) {
            found.push(Stop { party: outlet, translates });
        }
    };
    let mut anchors = vec![said.cue_head];
    // "conceded …, speaking to X": the participle carries the listener.
    anchors.extend(tree.children(said.cue_head).iter().copied().filter(|&child| {
        let lemma = tree.lemma(child);
        matches!(tree.relation(child), "advcl" | "conj")
            && tree.own_subject(child).is_none()
            && (matches!(lemma.as_str(), "speak" | "talk" | "write" | "appear" | "tell")
                || tree.relation(child) == "advcl" && QUOTED.contains(&lemma.as_str()))
    }));
    if let Some(source) = said.source_head(tree) {
        anchors.extend(
            tree.children_by(source, "acl").filter(|&child| {
                matches!(tree.lemma(child).as_str(), "speak" | "talk" | "tell" | "interview" | "write")
            }),
        );
    }
    for anchor in anchors {
        for &child in tree.children(anchor) {
            // "tells the BBC, but …": the listener right behind the verb is one, whatever the content holds.
            let heard = matches!(tree.lower(anchor).as_str(), "told" | "tells")
                && tree.core_phrase(child).start == anchor + 1
                && matches!(tree.relation(child), "obj" | "iobj");
            if said.says(child) && !heard {
                continue;
            }
            match tree.relation(child) {
                "obl" | "obj" if seen_by(scene, child).is_some() => {
                    if let Some(outlet) = seen_by(scene, child) {
                        add(outlet, false);
                    }
                }
                "obj" | "iobj" if takes_listener(&tree.lemma(anchor)) => add(child, false),
                "obl"
                    if matches!(
                        tree.case(child).as_str(),
                        "to" | "with" | "on" | "in" | "via" | "through" | "for" | "by"
                    ) =>
                {
                    add_oblique(scene, to_which(scene, child).unwrap_or(child), &mut add);
                }
                _ => {}
            }
        }
    }
    // "A spokesman, in an email to X, said": the email may stand in the source.
    for at in said.source.iter().flat_map(Span::range).filter(|&at| WRITTEN.contains(&tree.lemma(at).as_str())) {
        let link = at + 1 < tree.sentence_tokens(at).end && matches!(tree.lower(at + 1).as_str(), "to" | "with");
        if let Some((_, head)) = crate::chunk::phrase_at(tree, at + 2).filter(|_| link) {
            add(head, false);
        }
    }
    if found.is_empty() {
        found.extend(heard_nearby(scene, history, said).or_else(|| asked_before(scene, history, said)));
    }
    found
}

/// X of "in text messages which X has seen", "in a letter obtained by X".
pub(super) fn seen_by(scene: &Scene, occasion: usize) -> Option<usize> {
    let tree = &scene.tree;
    let verb = tree.children_by(occasion, "acl").find(|&verb| RELAYS.contains(&tree.lemma(verb).as_str()))?;
    let subject = tree.own_subject(verb).filter(|&subject| tree.token(subject).upos != Upos::Pron);
    let seen = tree.token(verb).deprel == "acl:relcl" && !tree.is_passive(verb);
    subject.filter(|_| seen)
}

/// The outlet of "told X", "in an interview with X" beside the cue, read from the words.
pub(super) fn heard_nearby(scene: &Scene, history: &History, said: &Said) -> Option<Stop> {
    let tree = &scene.tree;
    let near = |found: &handoff::Handoff| {
        found.side == handoff::Side::Outer
            && !said.says(found.at)
            && !said.source.iter().any(|piece| piece.contains(found.at))
            && if matches!(tree.lower(found.at).as_str(), "told" | "tells" | "assured" | "wrote" | "writes") {
                said.cue.contains(found.at)
            } else {
                found.at.abs_diff(said.cue.start) <= 14
            }
    };
    let found = handoff::handoffs(tree, tree.sentence_tokens(said.cue.start)).into_iter().find(near)?;
    let party =
        party(scene, history, found.head).filter(Party::is_outlet).or_else(|| outlet_by_place(scene, found.head))?;
    Some(Stop { party, translates: false })
}

/// X of "X, to which the spokesman insisted that …", by the tree or by the words.
fn to_which(scene: &Scene, head: usize) -> Option<usize> {
    let tree = &scene.tree;
    let relative = matches!(tree.lower(head).as_str(), "which" | "whom") && head > 2;
    let before = head.checked_sub(3).filter(|&at| {
        let closed = tree.analysis.form(at + 1) == "," && tree.lower(at + 2) == "to";
        relative && closed && tree.token(at).upos == Upos::Propn
    });
    antecedent_of(scene, head).filter(|_| relative).or(before)
}

/// "X asked for the other view as well. Anna Berg replied that …": who answers right after an outlet asked answers that outlet.
fn asked_before(scene: &Scene, history: &History, said: &Said) -> Option<Stop> {
    let tree = &scene.tree;
    let replies = matches!(tree.lemma(said.cue_head).as_str(), "reply" | "answer" | "respond" | "react")
        || said.source_head(tree).is_some_and(|head| matches!(tree.lower(head).as_str(), "he" | "she"));
    let here = tree.sentence(said.cue_head);
    let before = here.checked_sub(1).filter(|_| replies && said.within.is_none()).filter(|&before| {
        let sentences = &tree.analysis.sentences;
        sentences[before].paragraph == sentences[here].paragraph
    })?;
    let tokens = tree.analysis.sentences[before].tokens;
    let verb = tokens.range().find(|&at| tree.head(at).is_none())?;
    let asks = matches!(tree.lemma(verb).as_str(), "ask" | "request" | "seek" | "approach" | "contact" | "write")
        || matches!(tree.lemma(verb).as_str(), "interview" | "call" | "reach" | "meet")
            && tree.children_by(verb, "obj").any(|object| scene.name_over(object).is_some());
    let subject = tree.own_subject(verb).filter(|_| asks && !tree.is_passive(verb))?;
    let party = party(scene, history, subject).filter(Party::is_outlet)?;
    Some(Stop { party, translates: false })
}

pub(super) fn takes_listener(lemma: &str) -> bool {
    matches!(lemma, "tell" | "inform" | "brief" | "assure" | "give" | "grant")
}

/// An oblique that is an outlet, or an occasion with one: "an interview with X", "a speech aired by X", "remarks to X".
pub(super) fn add_oblique(scene: &Scene, head: usize, add: &mut dyn FnMut(usize, bool)) {
    let tree = &scene.tree;
    if named_outlet(scene, head).is_some()
        || outlet_by_place(scene, head).is_some()
        || scene.lexicon.media(&tree.lemma(head)).is_some_and(|noun| noun != crate::lexicon::MediaNoun::Report)
    {
        add(head, false);
        return;
    }
    for &child in tree.children(head) {
        match tree.relation(child) {
            "nmod"
                if matches!(tree.case(child).as_str(), "with" | "to" | "for" | "by" | "on" | "in")
                    || tree.case(child) == "of"
                        && is_show(&tree.lemma(head))
                        && named_outlet(scene, child).is_some() =>
            {
                add(child, false)
            }
            "compound" if named_outlet(scene, child).is_some() => add(child, false),
            "nmod" if tree.token(child).deprel == "nmod:poss" && named_outlet(scene, child).is_some() => {
                add(child, false)
            }
            "acl" if RELAYS.contains(&tree.lemma(child).as_str()) => {
                let translates = tree.lemma(child) == "translate";
                // "posted on its website, dismissing an article in X": what stands behind another verb belongs to that.
                let own = |&by: &usize| (child + 1..by).all(|at| tree.token(at).upos != Upos::Verb);
                let through = |by: &usize| matches!(tree.case(*by).as_str(), "by" | "on" | "in");
                for by in tree.children_by(child, "obl").filter(through).filter(own) {
                    add(by, translates);
                }
            }
            _ => {}
        }
    }
}

/// Whether the outlet `head` is part of the source itself.
pub(super) fn own_paper(said: &Said, head: usize) -> bool {
    said.source.iter().any(|piece| piece.contains(head))
}

/// Whether the words were said to the public.
pub(super) fn is_public(scene: &Scene, said: &Said) -> bool {
    let tree = &scene.tree;
    if matches!(tree.lemma(said.cue_head).as_str(), "tweet" | "post" | "announce" | "declare") {
        return true;
    }
    let anchors = [Some(said.cue_head), said.source_head(tree)];
    anchors.into_iter().flatten().any(|anchor| {
        tree.children(anchor).iter().any(|&child| {
            matches!(tree.relation(child), "obl" | "obj" | "iobj" | "advcl" | "acl")
                && !said.says(child)
                && (scene.lexicon.is_occasion(&tree.lemma(child))
                    || tree.children_by(child, "obl").any(|deep| scene.lexicon.is_occasion(&tree.lemma(deep))))
        })
    })
}

/// What an outlet runs: "the programme of X".
fn is_show(lemma: &str) -> bool {
    matches!(lemma, "programme" | "program" | "show" | "broadcast" | "edition" | "podcast" | "bulletin" | "issue")
}

//! The outlets that stand before a statement though its sentence does not name them.
//!
//! In: what the segment rests on and the parties that the sentence names. Out: stops, outermost first. Conventions: unnamed sources and
//! persons spoke to the report; who answers it, holds an office or speaks in public did not.

use std::collections::BTreeSet;

use sourceline_model::{Span, Tok, Upos};

use crate::attribution::Said;
use crate::basis::Basis;
use crate::chains::Chains;
use crate::lexicon::{CueClass, MediaNoun};
use crate::party::{Party, PartyKind, named_outlet};
use crate::route::{Route, Stop};
use crate::scene::Scene;
use crate::sources::Sources;

/// Whom organisations interview for their reports.
const WITNESSES: [&str; 34] = [
    "resident",
    "witness",
    "survivor",
    "villager",
    "victim",
    "refugee",
    "worker",
    "relative",
    "doctor",
    "people",
    "person",
    "fisherman",
    "trader",
    "farmer",
    "herder",
    "detainee",
    "prisoner",
    "parent",
    "driver",
    "eyewitness",
    "inmate",
    "employee",
    "migrant",
    "patient",
    "nurse",
    "teacher",
    "student",
    "family",
    "woman",
    "man",
    "mother",
    "father",
    "returnee",
    "defector",
];

/// Where and how people speak in public.
const OCCASIONS: [&str; 14] = [
    "radio",
    "television",
    "tv",
    "telephone",
    "phone",
    "twitter",
    "facebook",
    "telegram",
    "instagram",
    "statement",
    "conference",
    "speech",
    "reporter",
    "parliament",
];

impl Chains<'_, '_> {
    /// The outlets that stand before `stops` though their sentence does not name them.
    pub(crate) fn prefix(&self, basis: &Basis, stops: &[Stop], said: Option<usize>) -> Vec<Stop> {
        let Some(first) = stops.first() else { return Vec::new() };
        if first.party.is_outlet() {
            let at = basis.media.iter().position(|stop| stop.party.name == first.party.name);
            return at.map(|at| basis.media[..at].to_vec()).unwrap_or_default();
        }
        if stops.iter().any(|stop| stop.party.is_outlet()) {
            return Vec::new();
        }
        let speaker = &stops[stops.len() - 1].party;
        let here = said.map(|index| self.scene.tree.paragraph(self.sources.saids[index].cue.start));
        let in_public =
            said.is_some_and(|index| self.sources.routes[index].public) || self.repliers.contains(&speaker.name);
        let bound = basis.bound.get(&speaker.name).or_else(|| basis.bound.get(&first.party.name));
        // A government speaks to many outlets.
        let lasting = first.party.kind == PartyKind::Body;
        // What is said in public elsewhere did not come through that outlet.
        if let Some(bound) =
            bound.filter(|bound| !in_public && !lasting || Some(bound.paragraph) == here).map(|bound| &bound.outlets)
        {
            let from_report =
                bound.first().and_then(|outer| basis.media.iter().position(|stop| stop.party.name == outer.party.name));
            let before = from_report.map(|at| basis.media[..at].to_vec()).unwrap_or_default();
            return before.into_iter().chain(bound.iter().cloned()).collect();
        }
        // An organisation passes on the words of those whom it heard, not of those who answer it.
        if basis.media.iter().all(|stop| !stop.party.is_outlet()) {
            let heard = speaker.anonymous.as_ref().and_then(|known| known.role.as_deref());
            let witness = heard.is_some_and(|role| WITNESSES.contains(&role)) && !in_public;
            let inside = here.is_some_and(|here| basis.zone.contains(&here));
            return if witness && inside { basis.media.clone() } else { Vec::new() };
        }
        if !self.speaks_in_lead(speaker) && said.is_some_and(|said| self.reports_itself(basis, &first.party, said)) {
            return Vec::new();
        }
        let public = in_public && !self.speaks_in_lead(speaker);
        match first.party.kind {
            PartyKind::Unnamed if self.speaks_for_state(&first.party) && !self.speaks_in_lead(speaker) => Vec::new(),
            PartyKind::Unnamed => basis.media.clone(),
            PartyKind::Person
                if !public
                    && !basis.heard
                    && !self.is_in_office(&first.party)
                    && !said.is_some_and(|said| self.speaks_elsewhere(basis, said)) =>
            {
                basis.media.clone()
            }
            PartyKind::Body if self.speaks_in_lead(speaker) => basis.media.clone(),
            // "the company": a body without a name speaks to whoever reports it.
            PartyKind::Body if self.is_nameless(&first.party) && said.is_some_and(|said| self.in_zone(basis, said)) => {
                basis.media.clone()
            }
            _ => Vec::new(),
        }
    }

    /// Whether somebody new speaks after the document's own outlet or agency was told something, with no word of the report between: then he told
    /// them, too.
    fn reports_itself(&self, basis: &Basis, speaker: &Party, said: usize) -> bool {
        let tree = &self.scene.tree;
        let text = tree.text(speaker.words).to_lowercase();
        let first = text.split(' ').next().unwrap_or_default();
        let counted = crate::anonymous::count(first).is_some() || matches!(first, "some" | "several" | "many" | "most");
        let of_them = counted && (text.contains(" of the ") || text.contains(" of them"));
        let same = text.starts_with("the same ") || text.starts_with("same ");
        let again = speaker.refers_back || crate::party::definite(self.scene, speaker.head) || of_them;
        let named = |stop: &Stop| basis.media.iter().any(|medium| medium.party.name == stop.party.name);
        let agency = self.sources.credits.agency.as_ref().map(|(name, _)| name.as_str());
        let own = |stop: &Stop| self.is_publisher(&stop.party) || agency == Some(stop.party.name.as_str());
        let before = self.sources.routes[..said].iter().rev();
        let last = before.take_while(|route| !route.stops.iter().any(named)).find(|route| route.outlets().any(own));
        let kind = matches!(speaker.kind, PartyKind::Unnamed | PartyKind::Person);
        // "An official told us … The official said": what he goes on to say he told us, too.
        let himself = last.and_then(Route::speaker).is_some_and(|known| known.name == speaker.name);
        kind && (!again || himself || same) && last.is_some_and(|route| route.speaker().is_some())
    }

    /// "Prosecutors say", "the authorities": they speak to everybody.
    fn speaks_for_state(&self, party: &Party) -> bool {
        let plural = self.scene.tree.token(party.head).feat("Number") == Some("Plur");
        let lemma = self.scene.tree.lemma(party.head);
        plural && party.words.len() <= 2 && matches!(lemma.as_str(), "prosecutor" | "authority" | "police" | "court")
    }

    /// Whether the document gives a person an office that speaks in public: a minister, a spokesman.
    fn is_in_office(&self, person: &Party) -> bool {
        if self.speaks_in_lead(person) {
            return false;
        }
        let tree = &self.scene.tree;
        let same =
            |name: Span<Tok>| person.name.ends_with(tree.text(name)) || tree.text(name).ends_with(person.name.as_str());
        let words: Vec<&String> =
            self.scene.titles().iter().filter(|titled| same(titled.name)).flat_map(|titled| &titled.words).collect();
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        has(&["spokesman", "spokeswoman", "spokesperson", "minister", "president", "premier", "chancellor"])
            && !has(&["former", "ex"])
    }

    /// Whether words stand outside the paragraphs that pass the report on, before them or with an occasion of their own: "said on the radio on
    /// Wednesday".
    fn speaks_elsewhere(&self, basis: &Basis, said: usize) -> bool {
        let tree = &self.scene.tree;
        let cue = self.sources.saids[said].cue.start;
        let paragraph = tree.paragraph(cue);
        let first = (0..=tree.sentence(cue)).rev().take_while(|&at| tree.analysis.sentences[at].paragraph == paragraph);
        let words = first.into_iter().flat_map(|at| tree.analysis.sentences[at].tokens.range());
        let mut frame = words.filter(|&at| !self.sources.saids[said].says(at));
        let occasion =
            frame.any(|at| crate::chunk::is_day(&tree.lower(at)) || OCCASIONS.contains(&tree.lemma(at).as_str()));
        let near = basis.zone.last().is_some_and(|&last| paragraph == last + 1);
        !basis.zone.contains(&paragraph) && (!near || occasion)
    }

    fn in_zone(&self, basis: &Basis, said: usize) -> bool {
        basis.zone.contains(&self.scene.tree.paragraph(self.sources.saids[said].cue.start))
    }

    /// Whether the report that the article rests on is about this speaker's words.
    fn speaks_in_lead(&self, speaker: &Party) -> bool {
        let first = self.sources.saids.iter().map(|said| self.scene.tree.sentence(said.cue.start)).min().unwrap_or(0);
        self.sources.saids.iter().zip(&self.sources.routes).any(|(said, route)| {
            let sentence = self.scene.tree.sentence(said.cue.start);
            sentence == first && route.stops.iter().any(|stop| stop.party.name == speaker.name)
        })
    }

    fn is_nameless(&self, party: &Party) -> bool {
        party.name.chars().next().is_some_and(char::is_lowercase)
            || matches!(
                self.scene.tree.lemma(party.head).as_str(),
                "company" | "firm" | "manufacturer" | "operator" | "supplier" | "airline"
            )
    }
}

/// Nouns of "called the report nonsense": what somebody answers.
const ANSWERED: [&str; 8] = ["report", "story", "account", "article", "allegation", "accusation", "claim", "charge"];

/// The speakers who answer the report itself: who rejects a story did not tell it.
pub(crate) fn repliers(scene: &Scene, sources: &Sources) -> BTreeSet<String> {
    let tree = &scene.tree;
    let noun = |at: usize| tree.token(at).upos == Upos::Noun && ANSWERED.contains(&tree.lemma(at).as_str());
    let pronoun =
        |piece: &Span<Tok>| piece.len() > 1 && matches!(tree.lower(piece.start).as_str(), "it" | "that" | "this");
    let answers = |said: &Said| {
        matches!(said.class, CueClass::Deny | CueClass::Describe)
            && said.content.iter().any(|piece| pronoun(piece) || piece.range().any(noun))
    };
    // "He advised the newspaper to give up its campaign": who speaks about the outlet did not speak to it alone.
    let addresses = |said: &Said| {
        !matches!(tree.lemma(said.cue_head).as_str(), "tell" | "inform" | "assure" | "write" | "say")
            && tree.children_by(said.cue_head, "obj").any(|at| {
                scene.lexicon.media(&tree.lemma(at)).is_some_and(|kind| kind != MediaNoun::Report)
                    || named_outlet(scene, at).is_some()
            })
            && matches!(said.class, CueClass::Ask | CueClass::Claim | CueClass::Deny | CueClass::Describe)
    };
    let pairs = sources.saids.iter().zip(&sources.routes);
    let alone = pairs.filter(|(said, route)| (answers(said) || addresses(said)) && route.outlets().next().is_none());
    alone.filter_map(|(_, route)| route.speaker()).map(|speaker| speaker.name.clone()).collect()
}

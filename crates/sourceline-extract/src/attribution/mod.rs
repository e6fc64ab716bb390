//! Finds who is said to have said what.
//!
//! In: one `Tree` over an `Analysis`. Out: `Said`s in text order: a cue, what is said, and the source if one is named. The encoder's
//! spans come first; dependency rules over a cue lexicon mend them, and find what stands inside other contents.
//! Not here: who the source is (`party`), through whose hands the words went (`route`).
//! Scheme: Pareti, "PARC 3.0" (LREC 2016).

mod adjuncts;
mod backward;
mod gaps;
mod holds;
mod labels;
mod merge;
mod nouns;
mod parallel;
mod quotes;
mod reach;
mod semicolon;
mod spans;
mod speakers;
mod statements;
mod tallies;
mod tidy;
mod verbs;
mod words;

use sourceline_model::{AttributionKind, Span, Tok, Upos};

use crate::lexicon::{CueClass, Lexicon};
use crate::tree::Tree;

pub use quotes::quotations;
pub use verbs::is_time;

/// How an attribution was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The encoder tagged its cue.
    Encoder,
    /// A rule over the tree.
    Rule,
    /// A rule over verbs that are no verbs of saying; it guides the chains alone.
    Held,
    /// A quotation that continues an earlier one.
    Continued,
    /// A sentence that tells who said the one before.
    Back,
    /// The label of a speaker in a printed conversation.
    Label,
}

/// An attribution in tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The cue.
    pub cue: Span<Tok>,
    /// The word of the cue that governs it.
    pub cue_head: usize,
    /// What the cue does.
    pub class: CueClass,
    /// The source's phrase, in pieces; empty when nobody is named.
    pub source: Vec<Span<Tok>>,
    /// What is said, in pieces.
    pub content: Vec<Span<Tok>>,
    /// What is said, widened where the tree and the commas show that more belongs to it; claims go by this.
    pub reach: Vec<Span<Tok>>,
    /// How it was found.
    pub found: Found,
    /// How the words are passed on.
    pub kind: AttributionKind,
    /// Index of the attribution in whose content this one stands.
    pub within: Option<usize>,
}

impl Said {
    /// Whether token `at` is part of what is said.
    pub fn says(&self, at: usize) -> bool {
        self.content.iter().chain(&self.reach).any(|piece| piece.contains(at))
    }

    /// Whether the reading lists it: the encoder saw it, or it stands inside a content and plainly reports. What only a rule sees elsewhere
    /// guides the chains, but is listed nowhere: on PolNeAR dev two of five such cues are right, four of five of the encoder's.
    pub fn is_listed(&self, tree: &Tree) -> bool {
        matches!(self.found, Found::Encoder | Found::Label)
            || (self.within.is_some() && self.found == Found::Rule && self.reports(tree))
    }

    /// Whether somebody else than the speaker is said to have said or thought something that is a clause: not "I think", "wants to go".
    fn reports(&self, tree: &Tree) -> bool {
        let tells = matches!(
            self.class,
            CueClass::Say
                | CueClass::Claim
                | CueClass::Reveal
                | CueClass::Find
                | CueClass::Deny
                | CueClass::Warn
                | CueClass::Predict
                | CueClass::Believe
        );
        let own = self.source_head(tree).is_some_and(|head| {
            matches!(
                tree.lower(head).as_str(),
                "i" | "we"
                    | "you"
                    | "us"
                    | "me"
                    | "one"
                    | "no"
                    | "nobody"
                    | "someone"
                    | "somebody"
                    | "anyone"
                    | "it"
                    | "what"
            )
        });
        let finite = tree.token(self.cue_head).upos != Upos::Verb || tree.is_finite(self.cue_head);
        let named = !self.source.is_empty() || tree.is_passive(self.cue_head);
        let clause = self.content.iter().any(|&piece| {
            tree.analysis.head_of(piece).is_some_and(|head| tree.is_predicate(head) && tree.own_subject(head).is_some())
        });
        tells && !own && finite && named && clause
    }

    /// Head word of the source.
    pub fn source_head(&self, tree: &Tree) -> Option<usize> {
        self.source.first().and_then(|&piece| tree.analysis.head_of(piece))
    }

    /// Number of tokens said.
    pub fn content_len(&self) -> usize {
        self.content.iter().map(Span::len).sum()
    }
}

/// Returns every attribution in the analysis, in text order of the cues.
///
/// `body` is the first token after the dateline.
pub fn attributions(tree: &Tree, lexicon: &Lexicon, body: usize) -> Vec<Said> {
    let mut found = spans::from_encoder(tree, lexicon);
    tidy::tidy(tree, lexicon, &mut found);
    let verbs = verbs::verb_cues(tree, lexicon);
    let mut rules = holds::holdings(tree, lexicon);
    for held in &mut rules {
        held.found = if verbs.iter().any(|said| said.cue == held.cue) { Found::Rule } else { Found::Held };
    }
    rules.extend(verbs);
    rules.extend(nouns::noun_cues(tree, lexicon));
    rules.extend(adjuncts::adjunct_cues(tree, lexicon));
    rules.extend(tallies::tallies(tree));
    let quotes = quotations(tree);
    merge::merge(tree, lexicon, body, &mut found, rules);
    tidy::yield_sentences(tree, &mut found);
    for said in found.iter_mut().filter(|said| tidy::asks_for_himself(tree, said)) {
        said.class = CueClass::Plan;
    }
    found.iter_mut().for_each(|said| tidy::take_clause_around(tree, said));
    merge::quote_contents(tree, &quotes, &mut found);
    let more = words::word_cues(tree, lexicon, body, &found);
    found.retain(|said| !more.iter().any(|other| other.cue == said.cue));
    found.extend(more);
    semicolon::keep_sides(tree, &mut found);
    let own = labels::read_labels(tree, &mut found);
    labels::read_openers(tree, lexicon, &quotes, &own, &mut found);
    backward::look_back(tree, lexicon, &quotes, body, &mut found);
    gaps::gapped(tree, lexicon, &mut found);
    found.sort_by_key(|said| (said.cue.start, said.cue.end));
    found.dedup_by(|b, a| a.cue == b.cue);
    parallel::part(tree, &mut found);
    merge::nest(&mut found);
    reach::widen(tree, body, &mut found);
    for said in &mut found {
        said.kind = kind(&quotes, said);
    }
    found
}

/// Direct when all of the content is quoted, mixed when a part is.
fn kind(quotes: &[Span<Tok>], said: &Said) -> AttributionKind {
    let quoted: usize = said
        .content
        .iter()
        .map(|piece| piece.range().filter(|&at| quotes.iter().any(|quote| quote.contains(at))).count())
        .sum();
    match (quoted, said.content_len()) {
        (0, _) => AttributionKind::Indirect,
        // A final stop or a comma may stand outside the marks.
        (quoted, all) if quoted + 2 >= all => AttributionKind::Direct,
        _ => AttributionKind::Mixed,
    }
}

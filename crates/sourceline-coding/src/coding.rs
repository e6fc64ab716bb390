//! The result of coding and the function that makes it.

use sourceline_model::{Analysis, Certainty, PlaceRole, PloverType, Polarity, RelationKind};

use crate::events::events;
use crate::relations::relations;
use crate::rules::Rules;
use crate::tree::Tree;

/// An event in terms of tokens (indices of `Analysis::tokens`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedEvent {
    /// The words that name the event, in text order: verb or noun with particle and light verb.
    pub trigger: Vec<usize>,
    /// PLOVER type.
    pub kind: PloverType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts, sorted.
    pub contexts: Vec<String>,
    /// Head words of those who do it, in text order.
    pub actors: Vec<usize>,
    /// Head words of those to whom it is done, in text order.
    pub recipients: Vec<usize>,
    /// Head words of places with their role, in text order.
    pub places: Vec<(usize, PlaceRole)>,
    /// Head words of what is given, moved or taken.
    pub goods: Vec<usize>,
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is said to have happened or not.
    pub polarity: Polarity,
    /// Head word of the clause the event stands in.
    pub clause: usize,
    /// Id of the rule.
    pub rule: String,
}

impl CodedEvent {
    /// The main word of the trigger: the verb or noun whose rule matched.
    pub fn head(&self) -> usize {
        self.trigger.first().copied().unwrap_or(self.clause)
    }
}

/// Whether the words say that a relation begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// It begins here: "seized", "joined", "newly".
    Begins,
    /// It has ended: "former", "no longer", "until".
    Ends,
}

/// A relation in terms of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedRelation {
    /// Its kind.
    pub kind: RelationKind,
    /// Head word of the subject.
    pub subject: usize,
    /// Head word of the object.
    pub object: usize,
    /// Head words of what is supplied.
    pub goods: Vec<usize>,
    /// Head words of places it runs through.
    pub via: Vec<usize>,
    /// How surely it is put.
    pub certainty: Certainty,
    /// Whether it is said to hold or not.
    pub polarity: Polarity,
    /// Set when the wording says that it begins or has ended.
    pub turn: Option<Turn>,
    /// The words that carry the relation, in text order.
    pub evidence: Vec<usize>,
    /// Id of the rule.
    pub rule: String,
}

/// All events and relations of a document, in text order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coding {
    /// Events.
    pub events: Vec<CodedEvent>,
    /// Relations.
    pub relations: Vec<CodedRelation>,
}

/// Codes every sentence of `analysis`. A sentence without a matching rule yields nothing.
pub fn code(analysis: &Analysis, rules: &Rules) -> Coding {
    let tree = Tree::new(analysis, &rules.lexicon);
    Coding { events: events(&tree, rules), relations: relations(&tree, rules) }
}

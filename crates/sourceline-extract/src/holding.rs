//! From when to when a relation holds.
//!
//! In: coded relations and the times of their clauses. Out: begin and end as EDTF, `None` where the words leave them open.
//! A state told in the past tense ended by publication at the latest; without a publication date only stated dates bound it.
//! Not here: which relations there are.

use sourceline_coding::{CodedRelation, Turn};
use sourceline_model::{Certainty, Polarity, RelationKind, TimeBasis, Upos};
use sourceline_times::{Binding, EventTimes, Tense, tense_of};

use crate::tree::Tree;

/// Begin and end of a relation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holding {
    /// EDTF; `None` when open.
    pub begin: Option<String>,
    /// EDTF; `None` when open.
    pub end: Option<String>,
}

/// Says when relations hold.
pub struct Holdings<'a> {
    tree: &'a Tree<'a>,
    clock: &'a EventTimes<'a>,
    published: Option<String>,
}

/// The end of what has ended on a day that no words and no date of publication bound.
const UNKNOWN_DAY: &str = "../..";

/// Verbs that say that a state goes on.
const GOES_ON: [&str; 9] = ["continue", "keep", "remain", "stay", "go", "persist", "carry", "retain", "preserve"];

/// Verbs of which the subject, or the object, is no longer where or what it was.
const LEAVES: [&str; 34] = [
    "withdraw",
    "retreat",
    "leave",
    "flee",
    "depart",
    "evacuate",
    "quit",
    "exit",
    "vacate",
    "pull",
    "clear",
    "go",
    "return",
    "remove",
    "expel",
    "oust",
    "drive",
    "abandon",
    "lose",
    "end",
    "sever",
    "cut",
    "close",
    "collapse",
    "fall",
    "dismantle",
    "disband",
    "dissolve",
    "fold",
    "empty",
    "relinquish",
    "bolt",
    "disappear",
    "vanish",
];

impl<'a> Holdings<'a> {
    /// Takes the trees and the times of a document.
    pub fn new(tree: &'a Tree<'a>, clock: &'a EventTimes<'a>) -> Self {
        let published = tree.analysis.document.published.as_ref();
        let published = published.and_then(|published| published.edtf.split('T').next()).map(str::to_owned);
        Self { tree, clock, published }
    }

    /// When a relation holds.
    pub fn of(&self, coded: &CodedRelation) -> Holding {
        if coded.polarity == Polarity::Negative {
            return Holding::default();
        }
        let trigger = self.trigger(coded);
        let predicate = self.predicate(trigger);
        if let Some(leaving) = self.leaving(coded, trigger) {
            return self.ends(&self.clock.bindings(leaving));
        }
        let mut bindings = self.clock.bindings(trigger);
        if let Some(clause) = predicate.filter(|&clause| clause != trigger) {
            bindings.extend(self.clock.bindings(clause));
        }
        let tense = predicate.map_or(Tense::Unknown, |clause| tense_of(self.tree.analysis, clause));
        let plain = bindings.iter().find(|binding| is_plain(binding));
        let mut holding = bounds(&bindings);
        match coded.turn {
            Some(Turn::Begins) => self.begins(&mut holding, plain, tense),
            Some(Turn::Ends) if is_real(coded.certainty) && tense != Tense::Future => return self.ends(&bindings),
            Some(Turn::Ends) => return Holding::default(),
            None => self.state(&mut holding, plain, coded, trigger, predicate),
        }
        holding
    }

    /// "The forces that it kept in Syria have been withdrawn", "most of the soldiers in the east fled": the predicate that says that those who
    /// stood so have left it. A relation that itself tells of a turn is not looked at.
    fn leaving(&self, coded: &CodedRelation, trigger: usize) -> Option<usize> {
        if coded.turn.is_some()
            || !matches!(coded.kind, RelationKind::PresentIn | RelationKind::Controls | RelationKind::Supplies)
        {
            return None;
        }
        let tree = self.tree;
        let mut at = trigger;
        for _ in 0..6 {
            let head = tree.head(at)?;
            match tree.relation(at) {
                "nmod" | "acl" | "appos" | "amod" | "compound" => at = head,
                "obl" if at == trigger => return None,
                "nsubj" | "obj" => {
                    let leaves = LEAVES.contains(&tree.lemma(head).as_str())
                        && tree.token(head).upos == Upos::Verb
                        && !tree.is_negated(head)
                        && tense_of(tree.analysis, head) == Tense::Past;
                    return (leaves && !self.goes_on(head)).then_some(head);
                }
                _ => return None,
            }
        }
        None
    }

    /// "seized the town in May".
    fn begins(&self, holding: &mut Holding, plain: Option<&Binding>, tense: Tense) {
        let stated = plain.map(|binding| binding.edtf.clone());
        let told = || self.published.as_ref().filter(|_| tense == Tense::Past).map(|day| format!("../{day}"));
        holding.begin = holding.begin.take().or(stated).or_else(told);
    }

    /// "former ally", "was driven out in May", "withdrew after the vote of 2023", "held the port from 2011 until May".
    fn ends(&self, bindings: &[Binding]) -> Holding {
        let whole = bounds(bindings);
        if bindings.iter().any(|binding| is_last(&binding.preposition)) {
            return whole;
        }
        let of = |wanted: fn(&Binding) -> bool| bindings.iter().find(|binding| wanted(binding));
        let told = self.published.as_deref();
        let end = if let Some(binding) = of(is_plain) {
            Some(binding.edtf.clone())
        } else if let Some(binding) = of(|binding| is_after(&binding.preposition) && last(&binding.edtf) != "..") {
            Some(format!("{}/{}", last(&binding.edtf), told.unwrap_or("..")))
        } else if let Some(binding) = of(|binding| is_before(&binding.preposition) && first(&binding.edtf) != "..") {
            Some(format!("../{}", first(&binding.edtf)))
        } else {
            // Without a date of publication it has ended all the same; of the day nothing is known.
            Some(told.map_or_else(|| UNKNOWN_DAY.to_owned(), |day| format!("../{day}")))
        };
        Holding { begin: None, end }
    }

    /// A state: "controls the port", "supplied the rebels in 2013".
    fn state(
        &self,
        holding: &mut Holding,
        plain: Option<&Binding>,
        coded: &CodedRelation,
        trigger: usize,
        predicate: Option<usize>,
    ) {
        let over = holding.end.is_none()
            && holding.begin.is_none()
            && is_real(coded.certainty)
            && predicate.is_some_and(|clause| self.is_over(coded.kind, trigger, clause));
        if let Some(binding) = plain {
            if holding.begin.is_none() {
                holding.begin = Some(format!("../{}", last(&binding.edtf)));
            }
            if over && is_long_ago(binding) {
                let latest = self.published.as_deref().unwrap_or("..");
                holding.end = Some(format!("{}/{latest}", first(&binding.edtf)));
            }
        } else if over {
            holding.end = self.published.as_ref().map(|day| format!("../{day}"));
        }
    }

    /// Whether the clause tells a state as past from the time of writing, and nothing says that it goes on.
    fn is_over(&self, kind: RelationKind, trigger: usize, clause: usize) -> bool {
        // Places stay where they are; a fight told in the past tense is an event, and says nothing of the enmity.
        let fight = kind == RelationKind::Hostile && self.tree.token(trigger).upos == Upos::Verb;
        if kind == RelationKind::LocatedIn || fight || self.goes_on(trigger) || self.goes_on(clause) {
            return false;
        }
        tense_of(self.tree.analysis, clause) == Tense::Past && !self.is_perfect(clause) && self.is_absolute(clause)
    }

    /// "still", "continued to", "remained".
    fn goes_on(&self, at: usize) -> bool {
        let lasting = |lemma: String| GOES_ON.contains(&lemma.as_str());
        let adverb = self.tree.children_by(at, "advmod").any(|child| {
            matches!(self.tree.lower(child).as_str(), "still" | "continuously" | "increasingly" | "currently" | "ever")
        });
        let head = self.tree.head(at).filter(|_| self.tree.relation(at) == "xcomp");
        adverb || lasting(self.tree.lemma(at)) || head.is_some_and(|head| lasting(self.tree.lemma(head)))
    }

    /// "has backed": up to now.
    fn is_perfect(&self, clause: usize) -> bool {
        self.tree.children_by(clause, "aux").any(|aux| matches!(self.tree.lower(aux).as_str(), "has" | "have" | "'ve"))
    }

    /// Whether the tense of a clause counts from the time of writing: what stands under a verb in the past tense may still be so
    /// ("said that Chad backed the rebels"), unless it is quoted or a word says that the time is over.
    fn is_absolute(&self, clause: usize) -> bool {
        let mut at = clause;
        for _ in 0..12 {
            if self.is_bygone(at) {
                return true;
            }
            let Some(head) = self.tree.head(at) else { return true };
            match self.tree.relation(at) {
                "conj" | "parataxis" | "xcomp" | "list" => {}
                "ccomp" if self.is_quoted(at) => {}
                _ if self.is_bygone(head) => {}
                _ if tense_of(self.tree.analysis, head) == Tense::Past => return false,
                _ => {}
            }
            at = head;
        }
        false
    }

    /// "at its peak", "formerly": says itself that the time is over.
    fn is_bygone(&self, clause: usize) -> bool {
        self.tree.children(clause).iter().any(|&child| match self.tree.relation(child) {
            "obl" => matches!(self.tree.lemma(child).as_str(), "peak" | "height" | "heyday" | "zenith"),
            "advmod" => matches!(self.tree.lower(child).as_str(), "once" | "formerly" | "previously" | "originally"),
            _ => false,
        })
    }

    /// Whether a quotation mark opens right before the clause.
    fn is_quoted(&self, clause: usize) -> bool {
        let from = self.tree.extent(clause).start;
        let opens = |at: usize| matches!(self.tree.analysis.form(at), "\"" | "“" | "``" | "'" | "‘");
        opens(from) || from > self.tree.sentence_tokens(clause).start && opens(from - 1)
    }

    /// The word that carries a relation: the highest of its words besides subject and object and what belongs to these.
    fn trigger(&self, coded: &CodedRelation) -> usize {
        let ends = [coded.subject, coded.object];
        let belongs = |at: usize| {
            self.tree.head(at).is_some_and(|head| ends.contains(&head))
                && matches!(self.tree.relation(at), "det" | "case" | "flat" | "advmod" | "cop" | "aux")
        };
        let words = coded.evidence.iter().copied().filter(|&at| !ends.contains(&at) && !belongs(at));
        let carries = |at: &usize| {
            matches!(self.tree.token(*at).upos, Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj)
                && !coded.goods.contains(at)
        };
        words.filter(carries).min_by_key(|&at| self.depth(at)).unwrap_or(coded.subject)
    }

    fn depth(&self, at: usize) -> usize {
        std::iter::successors(Some(at), |&at| self.tree.head(at)).take(256).count()
    }

    /// The predicate that asserts the relation: the word itself, or the verb of "served as an ally"; a noun elsewhere is only mentioned.
    fn predicate(&self, trigger: usize) -> Option<usize> {
        let head = self.tree.head(trigger);
        let role = self.tree.relation(trigger) == "obl" && self.tree.case(trigger) == "as";
        if role || self.tree.relation(trigger) == "xcomp" {
            return head;
        }
        let verb = self.tree.token(trigger).upos == Upos::Verb;
        let copula = self.tree.children(trigger).iter().any(|&child| self.tree.relation(child) == "cop");
        (verb && self.tree.is_predicate(trigger) || copula).then_some(trigger)
    }
}

/// What prepositions say of begin and end of a state.
fn bounds(bindings: &[Binding]) -> Holding {
    let mut holding = Holding::default();
    for binding in bindings {
        let (from, to) = (first(&binding.edtf), last(&binding.edtf));
        let known = |edtf: &str, value: String| (edtf != "..").then_some(value);
        let (begin, end) = match binding.preposition.as_str() {
            "since" | "from" => (known(from, from.to_owned()), None),
            "between" if from != to => (known(from, from.to_owned()), known(to, to.to_owned())),
            word if is_after(word) => (known(to, format!("{to}/..")), None),
            word if is_last(word) => (None, known(to, to.to_owned())),
            word if is_before(word) => (known(from, format!("../{from}")), None),
            _ => (None, None),
        };
        holding.begin = holding.begin.take().or(begin);
        holding.end = holding.end.take().or(end);
    }
    holding
}

fn is_after(preposition: &str) -> bool {
    matches!(preposition, "after" | "following" | "follow")
}

fn is_before(preposition: &str) -> bool {
    matches!(preposition, "before" | "by")
}

/// "until": the last time at which it was so.
fn is_last(preposition: &str) -> bool {
    matches!(preposition, "until" | "till" | "to" | "through")
}

/// Whether a time is that of the relation itself, not a bound.
fn is_plain(binding: &Binding) -> bool {
    matches!(binding.preposition.as_str(), "" | "in" | "on" | "at" | "during" | "of" | "around" | "throughout" | "over")
        && !binding.edtf.contains("..")
}

/// Whether a past state at this time is over by publication: what was so last Friday mostly still is.
fn is_long_ago(binding: &Binding) -> bool {
    binding.basis == TimeBasis::Stated || matches!(binding.edtf.len(), 4 | 7)
}

fn is_real(certainty: Certainty) -> bool {
    matches!(certainty, Certainty::Asserted | Certainty::Probable | Certainty::Possible)
}

fn first(edtf: &str) -> &str {
    edtf.split('/').next().unwrap_or(edtf)
}

fn last(edtf: &str) -> &str {
    edtf.rsplit('/').next().unwrap_or(edtf)
}

//! Which events begin and end which relations. The table is data: `data/rules/effects.tsv`.

use sourceline_model::{PlaceRole, PloverType, RelationKind};

use crate::SituationEvent;

/// What an event does to a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It holds from then on.
    Begins,
    /// It no longer holds, and so held before.
    Ends,
    /// It no longer holds if it did; nothing is said of before.
    Breaks,
    /// It holds at that moment.
    Shows,
    /// It no longer holds where it went by way of the object and rested on an alliance with it; nothing is said of before.
    Strands,
}

/// A role of an event that fills a place in a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Participant {
    /// Who does it.
    Actor,
    /// To whom.
    Recipient,
    /// A place in one of these roles.
    Place(PlaceRole),
    /// All places of the country in one of these roles, the country itself aside.
    Within(PlaceRole),
    /// The actor, or the state that it governs.
    ActorState,
    /// The recipient, or the state that it governs.
    RecipientState,
    /// Whoever the relation is known for.
    Anyone,
}

impl Participant {
    /// Whether only a line that ends what is known already may name it.
    const fn needs_known(self) -> bool {
        matches!(self, Self::Anyone | Self::Within(_) | Self::ActorState | Self::RecipientState)
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// PLOVER type.
    pub event: PloverType,
    /// PLOVER mode; `None`: every mode.
    pub mode: Option<String>,
    /// PLOVER context that the event must have; `None`: any or none.
    pub context: Option<String>,
    /// What happens to the relation.
    pub change: Change,
    /// Which relation.
    pub relation: RelationKind,
    /// Its subject.
    pub subject: Participant,
    /// Its object.
    pub object: Participant,
}

/// An example in words that goes with a line, for the tests and the documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowExample {
    /// Line number in the table.
    pub line: usize,
    /// The sentence.
    pub sentence: String,
}

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the effect table: {what}")]
pub struct EffectTableError {
    /// Line number, from 1.
    pub line: usize,
    /// What was expected.
    pub what: String,
}

/// The table of effects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectTable {
    /// Its lines.
    pub effects: Vec<Effect>,
    /// An example for each line, same order.
    pub examples: Vec<RowExample>,
}

impl EffectTable {
    /// The table that comes with the program.
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../../data/rules/effects.tsv")).expect("the embedded table is parsed by a test")
    }

    /// Reads a table: columns event, mode, change, relation, subject, object, example; `#` starts a comment line.
    ///
    /// # Errors
    /// When a line has a word that stands for nothing.
    pub fn parse(table: &str) -> Result<Self, EffectTableError> {
        let mut parsed = Self { effects: Vec::new(), examples: Vec::new() };
        for (at, text) in table.lines().enumerate().skip_while(|(_, text)| text.starts_with('#')).skip(1) {
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let line = at + 1;
            let columns: Vec<&str> = text.split('\t').collect();
            let [event, mode, change, relation, subject, object, sentence] = columns[..] else {
                return Err(EffectTableError { line, what: format!("{} columns, not 7", columns.len()) });
            };
            let unknown =
                |what: &str, word: &str| EffectTableError { line, what: format!("no such {what}: “{word}”") };
            let (mode, context) = mode.split_once('@').map_or((mode, None), |(mode, context)| (mode, Some(context)));
            let effect = Effect {
                event: PloverType::parse(event).ok_or_else(|| unknown("event type", event))?,
                mode: (mode != "*").then(|| mode.to_owned()),
                context: context.map(str::to_owned),
                change: self::change(change).ok_or_else(|| unknown("change", change))?,
                relation: RelationKind::parse(relation).ok_or_else(|| unknown("relation", relation))?,
                subject: participant(subject).ok_or_else(|| unknown("role", subject))?,
                object: participant(object).ok_or_else(|| unknown("role", object))?,
            };
            let ends_known = matches!(effect.change, Change::Breaks | Change::Strands);
            if !ends_known && (effect.subject.needs_known() || effect.object.needs_known()) {
                let what = format!("“{change}” needs an actor, a recipient or a place on both sides");
                return Err(EffectTableError { line, what });
            }
            parsed.effects.push(effect);
            parsed.examples.push(RowExample { line, sentence: sentence.to_owned() });
        }
        Ok(parsed)
    }

    /// The lines that apply to `event`.
    pub fn of<'a>(&'a self, event: &'a SituationEvent) -> impl Iterator<Item = &'a Effect> {
        self.effects.iter().filter(move |effect| {
            effect.event == event.kind
                && effect.mode.as_ref().is_none_or(|mode| event.mode.as_ref() == Some(mode))
                && effect.context.as_ref().is_none_or(|context| event.contexts.contains(context))
        })
    }
}

fn change(word: &str) -> Option<Change> {
    Some(match word {
        "begins" => Change::Begins,
        "ends" => Change::Ends,
        "breaks" => Change::Breaks,
        "shows" => Change::Shows,
        "strands" => Change::Strands,
        _ => return None,
    })
}

fn participant(word: &str) -> Option<Participant> {
    Some(match word {
        "actor" => Participant::Actor,
        "recipient" => Participant::Recipient,
        "at" => Participant::Place(PlaceRole::At),
        "from" => Participant::Place(PlaceRole::From),
        "to" => Participant::Place(PlaceRole::To),
        "via" => Participant::Place(PlaceRole::Via),
        "within-at" => Participant::Within(PlaceRole::At),
        "within-from" => Participant::Within(PlaceRole::From),
        "actor-state" => Participant::ActorState,
        "recipient-state" => Participant::RecipientState,
        "anyone" => Participant::Anyone,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_well_formed() {
        let table = EffectTable::parse(include_str!("../../../data/rules/effects.tsv")).unwrap();
        assert!(table.effects.len() >= 50);
        assert!(table.examples.iter().all(|example| example.sentence.split_whitespace().count() >= 4));
        for effect in &table.effects {
            assert!(
                effect.subject != Participant::Anyone || effect.object != Participant::Anyone,
                "{effect:?} names nobody"
            );
        }
    }

    #[test]
    fn only_what_is_known_already_can_end_for_anyone() {
        let line = "event\tmode\nRETREAT\tresign\tends\tcontrols\tactor\tanyone\tx\n";
        assert!(EffectTable::parse(line).unwrap_err().what.contains("needs an actor"));
    }

    #[test]
    fn says_which_line_is_wrong() {
        let error =
            EffectTable::parse("event\tmode\n\nRETREAT\twithdraw\tstops\tcontrols\tactor\tfrom\tx\n").unwrap_err();
        assert_eq!((error.line, error.what.as_str()), (3, "no such change: “stops”"));
    }
}

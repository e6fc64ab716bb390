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
    /// Whoever the relation is known for.
    Anyone,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// PLOVER type.
    pub event: PloverType,
    /// PLOVER mode; `None`: every mode.
    pub mode: Option<String>,
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
            parsed.effects.push(Effect {
                event: PloverType::parse(event).ok_or_else(|| unknown("event type", event))?,
                mode: (mode != "*").then(|| mode.to_owned()),
                change: self::change(change).ok_or_else(|| unknown("change", change))?,
                relation: RelationKind::parse(relation).ok_or_else(|| unknown("relation", relation))?,
                subject: participant(subject).ok_or_else(|| unknown("role", subject))?,
                object: participant(object).ok_or_else(|| unknown("role", object))?,
            });
            parsed.examples.push(RowExample { line, sentence: sentence.to_owned() });
        }
        Ok(parsed)
    }

    /// The lines that apply to `event`.
    pub fn of<'a>(&'a self, event: &'a SituationEvent) -> impl Iterator<Item = &'a Effect> {
        self.effects.iter().filter(move |effect| {
            effect.event == event.kind && effect.mode.as_ref().is_none_or(|mode| event.mode.as_ref() == Some(mode))
        })
    }
}

fn change(word: &str) -> Option<Change> {
    Some(match word {
        "begins" => Change::Begins,
        "ends" => Change::Ends,
        "breaks" => Change::Breaks,
        "shows" => Change::Shows,
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
        assert!(table.effects.len() >= 40);
        assert!(table.examples.iter().all(|example| example.sentence.split_whitespace().count() >= 4));
        for effect in &table.effects {
            assert!(
                effect.subject != Participant::Anyone || effect.object != Participant::Anyone,
                "{effect:?} names nobody"
            );
            assert!(
                effect.change == Change::Breaks
                    || (effect.subject != Participant::Anyone && effect.object != Participant::Anyone)
            );
        }
    }

    #[test]
    fn says_which_line_is_wrong() {
        let error =
            EffectTable::parse("event\tmode\n\nRETREAT\twithdraw\tstops\tcontrols\tactor\tfrom\tx\n").unwrap_err();
        assert_eq!((error.line, error.what.as_str()), (3, "no such change: “stops”"));
    }
}

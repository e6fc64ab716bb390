//! The syntax of a rule line.
//!
//! `TYPE/mode field…` where a field is
//! `v:lemma,lemma` / `n:` / `a:` predicates (`v:carry_out`, `n:hunger_strike`);
//! `slot:value,value` a constraint (value: lemma, `@class`, `*` anything), `!slot:value` its negation;
//! `ev:TYPE,TYPE/mode` an embedded event, which is dropped unless the flag `keep` stands;
//! `A=slot,slot+slot` roles (first filled alternative wins, `+` joins): A actor, R recipient, G goods, P place, S subject, O object, V via;
//! `ctx=a,b` contexts; flags `keep`, `begins`, `ends`, `p+1`.

use std::fmt;

use sourceline_model::{PloverType, RelationKind};

use crate::classes::{ClassSet, Classes};

/// Part of speech of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pos {
    Verb,
    Noun,
    Adj,
}

/// What a rule codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Event(PloverType),
    Relation(RelationKind),
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Event(kind) => kind.as_str(),
            Self::Relation(kind) => kind.as_str(),
        })
    }
}

/// What a slot must hold.
#[derive(Debug, Default)]
pub(crate) struct Value {
    pub lemmas: Vec<String>,
    pub classes: ClassSet,
    pub any: bool,
}

/// A constraint on a slot.
#[derive(Debug)]
pub(crate) struct Constraint {
    pub slot: String,
    pub negated: bool,
    pub value: Value,
}

/// A role: alternatives, each a list of slots whose words are joined.
pub(crate) type RoleSlots = Vec<Vec<String>>;

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    pub id: String,
    pub head: Head,
    pub mode: Option<String>,
    pub constraints: Vec<Constraint>,
    /// Types (and modes) of the embedded event that the rule wants.
    pub embeds: Vec<(PloverType, Option<String>)>,
    pub keep: bool,
    pub roles: Vec<(char, RoleSlots)>,
    pub contexts: Vec<String>,
    pub priority: i32,
    pub begins: bool,
    pub ends: bool,
}

impl Rule {
    /// Slots of `role`, when the rule says.
    pub fn role(&self, role: char) -> Option<&RoleSlots> {
        self.roles.iter().find(|(r, _)| *r == role).map(|(_, slots)| slots)
    }
}

/// Reads a rule line into the rule and its predicates.
pub(crate) fn parse_rule(line: &str, classes: &Classes) -> Result<(Rule, Vec<(Pos, String)>), String> {
    let mut fields = line.split_whitespace();
    let code = fields.next().ok_or("an empty rule")?;
    let (kind, mode) = code.split_once('/').ok_or("a rule begins with `TYPE/mode` or `rel/kind`")?;
    let (head, mode) = if kind == "rel" {
        (Head::Relation(RelationKind::parse(mode).ok_or_else(|| format!("unknown relation {mode}"))?), None)
    } else {
        let kind = PloverType::parse(kind).ok_or_else(|| format!("unknown type {kind}"))?;
        (Head::Event(kind), (mode != "-").then(|| mode.to_owned()))
    };
    let mut rule = Rule {
        id: String::new(),
        head,
        mode,
        constraints: Vec::new(),
        embeds: Vec::new(),
        keep: false,
        roles: Vec::new(),
        contexts: Vec::new(),
        priority: 0,
        begins: false,
        ends: false,
    };
    let mut predicates = Vec::new();
    for field in fields {
        parse_field(field, classes, &mut rule, &mut predicates)?;
    }
    let first = predicates.first().map(|(_, lemma)| lemma.clone()).ok_or("a rule without predicate")?;
    rule.id = format!("{code}:{first}");
    Ok((rule, predicates))
}

fn parse_field(
    field: &str,
    classes: &Classes,
    rule: &mut Rule,
    predicates: &mut Vec<(Pos, String)>,
) -> Result<(), String> {
    match field {
        "keep" => rule.keep = true,
        "begins" => rule.begins = true,
        "ends" => rule.ends = true,
        _ if field.starts_with("p+") || field.starts_with("p-") => {
            rule.priority = field[1..].parse().map_err(|_| format!("bad priority {field}"))?;
        }
        _ => match (field.split_once('='), field.split_once(':')) {
            (Some((role, slots)), None) => parse_role(role, slots, rule)?,
            (_, Some((slot, values))) => parse_slot(slot, values, classes, rule, predicates)?,
            (None, None) => return Err(format!("unknown field {field}")),
        },
    }
    Ok(())
}

fn parse_role(role: &str, slots: &str, rule: &mut Rule) -> Result<(), String> {
    if role == "ctx" {
        rule.contexts = slots.split(',').map(str::to_owned).collect();
        return Ok(());
    }
    let mut chars = role.chars();
    match (chars.next(), chars.next()) {
        (Some(c @ ('A' | 'R' | 'G' | 'P' | 'S' | 'O' | 'V')), None) => {
            let alternatives = slots.split(',').map(|alt| alt.split('+').map(str::to_owned).collect()).collect();
            rule.roles.push((c, alternatives));
            Ok(())
        }
        _ => Err(format!("unknown role {role}")),
    }
}

fn parse_slot(
    slot: &str,
    values: &str,
    classes: &Classes,
    rule: &mut Rule,
    predicates: &mut Vec<(Pos, String)>,
) -> Result<(), String> {
    let pos = match slot {
        "v" => Some(Pos::Verb),
        "n" => Some(Pos::Noun),
        "a" => Some(Pos::Adj),
        _ => None,
    };
    if let Some(pos) = pos {
        for value in values.split(',') {
            match value.strip_prefix('@') {
                Some(class) => {
                    let bits = classes.get(class).ok_or_else(|| format!("unknown class @{class}"))?;
                    let mut words: Vec<&str> = classes.words(bits).collect();
                    words.sort_unstable();
                    predicates.extend(words.into_iter().map(|w| (pos, w.to_owned())));
                }
                None => predicates.push((pos, value.to_owned())),
            }
        }
        return Ok(());
    }
    if slot == "ev" {
        for value in values.split(',') {
            let (kind, mode) = value.split_once('/').map_or((value, None), |(k, m)| (k, Some(m.to_owned())));
            rule.embeds.push((PloverType::parse(kind).ok_or_else(|| format!("unknown type {kind}"))?, mode));
        }
        return Ok(());
    }
    let (negated, slot) = slot.strip_prefix('!').map_or((false, slot), |s| (true, s));
    let mut value = Value::default();
    for word in values.split(',') {
        match (word, word.strip_prefix('@')) {
            ("*", _) => value.any = true,
            (_, Some(class)) => value.classes |= classes.get(class).ok_or_else(|| format!("unknown class @{class}"))?,
            _ => value.lemmas.push(word.to_owned()),
        }
    }
    rule.constraints.push(Constraint { slot: slot.to_owned(), negated, value });
    Ok(())
}

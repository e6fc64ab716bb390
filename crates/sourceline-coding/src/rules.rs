//! The rules, classes, contexts and certainty operators compiled from `data/rules`.

use std::collections::HashMap;
use std::fmt;

use crate::certainty::Operators;
use crate::classes::{ClassSet, Classes};
use crate::context::Contexts;
use crate::lexicon::Lexicon;
use crate::pattern::{Pos, Rule, parse_rule};

/// The files of `data/rules`, in the order in which ties between rules are decided.
const BUILTIN: [(&str, &str); 14] = [
    ("irregular", include_str!("../../../data/rules/irregular.txt")),
    ("classes", include_str!("../../../data/rules/classes.txt")),
    ("contexts", include_str!("../../../data/rules/contexts.txt")),
    ("certainty", include_str!("../../../data/rules/certainty.txt")),
    ("cooperation", include_str!("../../../data/rules/cooperation.txt")),
    ("aid", include_str!("../../../data/rules/aid.txt")),
    ("yield", include_str!("../../../data/rules/yield.txt")),
    ("verbal", include_str!("../../../data/rules/verbal.txt")),
    ("wrappers", include_str!("../../../data/rules/wrappers.txt")),
    ("protest", include_str!("../../../data/rules/protest.txt")),
    ("sanction", include_str!("../../../data/rules/sanction.txt")),
    ("coerce", include_str!("../../../data/rules/coerce.txt")),
    ("assault", include_str!("../../../data/rules/assault.txt")),
    ("relations", include_str!("../../../data/rules/relations.txt")),
];

/// Names of the rule files, in the order in which they must be read.
pub const RULE_FILES: [&str; BUILTIN.len()] = {
    let mut names = [""; BUILTIN.len()];
    let mut i = 0;
    while i < BUILTIN.len() {
        names[i] = BUILTIN[i].0;
        i += 1;
    }
    names
};

/// What is wrong with a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesError {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

impl std::error::Error for RulesError {}

/// An example of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Id of the rule.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// Whether the rule must match it (or must not).
    pub matches: bool,
}

/// Everything the coder knows, ready for look-up.
#[derive(Debug)]
pub struct Rules {
    pub(crate) rules: Vec<Rule>,
    /// Predicate lemma -> (part of speech, particle or modifier, rule).
    index: HashMap<String, Vec<Entry>>,
    pub(crate) classes: Classes,
    pub(crate) contexts: Contexts,
    pub(crate) operators: Operators,
    pub(crate) lexicon: Lexicon,
    pub(crate) examples: Vec<Example>,
    light: ClassSet,
    undergoing: ClassSet,
    happening: ClassSet,
}

/// One way to reach a rule.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub pos: Pos,
    pub part: Option<String>,
    pub rule: usize,
}

impl Rules {
    /// The rules that come with Sourceline.
    ///
    /// # Panics
    /// When a rule file of the source tree is malformed, which the tests of this crate rule out.
    pub fn builtin() -> Self {
        Self::parse(&BUILTIN).expect("the tests parse the rule files that are compiled in")
    }

    /// Reads rule files, given as name and text. `irregular`, `classes`, `contexts` and `certainty` have their own syntax, all others hold rules.
    ///
    /// # Errors
    /// On the first line that can't be read.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, RulesError> {
        let mut this = Self {
            rules: Vec::new(),
            index: HashMap::new(),
            classes: Classes::new(),
            contexts: Contexts::default(),
            operators: Operators::default(),
            lexicon: Lexicon::default(),
            examples: Vec::new(),
            light: 0,
            undergoing: 0,
            happening: 0,
        };
        for (file, text) in files {
            for (at, line) in text.lines().enumerate() {
                let line = line.trim();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                this.line(file, line).map_err(|problem| RulesError {
                    file: (*file).to_owned(),
                    line: at + 1,
                    problem,
                })?;
            }
        }
        this.learn_words();
        this.light = this.classes.get("light").unwrap_or(0);
        this.undergoing = this.classes.get("undergo").unwrap_or(0);
        this.happening = this.classes.get("happen").unwrap_or(0);
        Ok(this)
    }

    /// Makes every lemma that stands in a rule, class or operator known to the lexicon.
    fn learn_words(&mut self) {
        for (head, entries) in &self.index {
            for entry in entries {
                self.lexicon.add(head, entry.pos == Pos::Verb);
            }
        }
        for rule in &self.rules {
            for constraint in &rule.constraints {
                let verbal = constraint.slot == "comp";
                for lemma in &constraint.value.lemmas {
                    self.lexicon.add(lemma, verbal);
                }
            }
        }
        let verbal = [self.classes.get("light"), self.classes.get("undergo"), self.classes.get("happen")];
        let verbal = verbal.into_iter().flatten().fold(0, |bits, bit| bits | bit);
        for (word, bits) in self.classes.all_words() {
            self.lexicon.add(word, bits & verbal != 0);
        }
        for (word, verbal) in self.operators.words() {
            self.lexicon.add(word, verbal);
        }
        self.lexicon.finish();
    }

    /// The examples that the rule files give.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Number of rules.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Id, PLOVER type or relation word, and mode of every rule.
    pub fn list(&self) -> impl Iterator<Item = (&str, String, Option<&str>)> {
        self.rules.iter().map(|r| (r.id.as_str(), r.head.to_string(), r.mode.as_deref()))
    }

    fn line(&mut self, file: &str, line: &str) -> Result<(), String> {
        match file {
            "irregular" => self.lexicon.line(line),
            "classes" => self.class_line(line),
            "contexts" => self.contexts.line(line),
            "certainty" => self.operators.line(line),
            _ => self.rule_line(line),
        }
    }

    fn class_line(&mut self, line: &str) -> Result<(), String> {
        let (name, words) = line.split_once(':').ok_or("a class is written `name: words`")?;
        let bits = self.classes.define(name.trim()).ok_or("too many classes")?;
        for word in words.split_whitespace() {
            match word.strip_prefix('@') {
                Some(other) => {
                    let other = self.classes.get(other).ok_or_else(|| format!("unknown class @{other}"))?;
                    let members: Vec<String> = self.classes.words(other).map(str::to_owned).collect();
                    for member in members {
                        self.classes.insert(&member, bits);
                    }
                }
                None => self.classes.insert(word, bits),
            }
        }
        Ok(())
    }

    fn rule_line(&mut self, line: &str) -> Result<(), String> {
        let example =
            line.strip_prefix("+ ").map(|t| (t, true)).or_else(|| line.strip_prefix("- ").map(|t| (t, false)));
        if let Some((text, matches)) = example {
            let rule = self.rules.last().ok_or("an example before the first rule")?;
            self.examples.push(Example { rule: rule.id.clone(), text: text.to_owned(), matches });
            return Ok(());
        }
        let (mut rule, predicates) = parse_rule(line, &self.classes)?;
        let base = rule.id.clone();
        let mut number = 1;
        while self.rules.iter().any(|r| r.id == rule.id) {
            number += 1;
            rule.id = format!("{base}.{number}");
        }
        let at = self.rules.len();
        self.rules.push(rule);
        for (pos, predicate) in predicates {
            // `v:carry_out` has its head first, `n:hunger_strike` last.
            let (head, part) = match (pos, predicate.split_once('_'), predicate.rsplit_once('_')) {
                (Pos::Verb, Some((head, part)), _) => (head, Some(part)),
                (Pos::Noun | Pos::Adj, _, Some((part, head))) => (head, Some(part)),
                _ => (predicate.as_str(), None),
            };
            self.index.entry(head.to_owned()).or_default().push(Entry { pos, part: part.map(str::to_owned), rule: at });
        }
        Ok(())
    }

    /// Ways from `lemma` to rules.
    pub(crate) fn entries(&self, lemma: &str) -> &[Entry] {
        self.index.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether verb `lemma` lends its subject to an event noun in its object.
    pub(crate) fn is_light(&self, lemma: &str) -> bool {
        self.classes.has_lemma(lemma, self.light)
    }

    /// Whether the subject of verb `lemma` undergoes the event noun in its object.
    pub(crate) fn is_undergoing(&self, lemma: &str) -> bool {
        self.classes.has_lemma(lemma, self.undergoing)
    }

    /// Whether verb `lemma` only says that its subject happens.
    pub(crate) fn is_happening(&self, lemma: &str) -> bool {
        self.classes.has_lemma(lemma, self.happening)
    }
}

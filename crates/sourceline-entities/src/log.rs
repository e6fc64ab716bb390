//! What there was to choose from, for fitting and measuring the choices.

use std::borrow::Cow;

use crate::{antecedents, definites};

/// What one thing that a mention may stand for has for it: name, value, strength.
pub(crate) type Features = Vec<(&'static str, Cow<'static, str>, f32)>;

/// The clusters, or none, that a mention had to choose from.
pub(crate) type Choices = Vec<(Option<usize>, Features)>;

/// The choices made in a document, by the number of the draft: clusters with their features.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) pronouns: Vec<(usize, Choices)>,
    pub(crate) definites: Vec<(usize, Choices)>,
}

impl Log {
    /// Notes what a pronoun had to choose from.
    pub(crate) fn pronoun(&mut self, index: usize, choices: &[antecedents::Choice]) {
        let plain = |choice: &antecedents::Choice| {
            let features = choice.features.iter();
            (choice.cluster, features.map(|&((name, value), strength)| (name, value.into(), strength)).collect())
        };
        self.pronouns.push((index, choices.iter().map(plain).collect()));
    }

    /// Notes what a definite noun had to choose from.
    pub(crate) fn definite(&mut self, index: usize, choices: &[definites::Choice]) {
        let plain = |choice: &definites::Choice| {
            let features = choice.features.iter();
            (choice.cluster, features.map(|((name, value), strength)| (*name, value.clone(), *strength)).collect())
        };
        self.definites.push((index, choices.iter().map(plain).collect()));
    }
}

//! Which countries a document speaks of.

use std::collections::BTreeMap;

use sourceline_knowledge::{Kind, Knowledge, Match};
use sourceline_model::{Analysis, EntityKind, Upos};

use crate::locale;

/// Weight of a capital's name: cities of that name exist elsewhere.
const CAPITAL_WEIGHT: f32 = 0.7;

/// Country evidence of a document: ISO code and weight, heaviest first.
pub(crate) type Evidence = Vec<(String, f32)>;

/// Counts states, demonyms and capitals named in the text, and adds where the report is at home.
pub(crate) fn countries(analysis: &Analysis, knowledge: &Knowledge) -> Evidence {
    let mut weights: BTreeMap<&str, f32> = BTreeMap::new();
    for (at, token) in analysis.tokens.iter().enumerate() {
        let nominal = matches!(token.upos, Upos::Adj | Upos::Propn | Upos::Noun) && starts_upper(analysis.form(at));
        if let Some(iso2) = knowledge.demonym(analysis.form(at)).filter(|_| nominal) {
            *weights.entry(iso2).or_default() += 1.0;
        }
    }
    for name in analysis.names.iter().filter(|name| matches!(name.kind, EntityKind::Gpe | EntityKind::Location)) {
        let text = analysis.text(analysis.bytes(name.tokens));
        let state = knowledge
            .find(text, &Default::default())
            .into_iter()
            .find(|candidate| matches!(candidate.kind, Kind::State | Kind::Territory) && candidate.how == Match::Exact);
        if let Some(iso2) = state.and_then(|state| state.country) {
            *weights.entry(iso2).or_default() += 1.0;
        } else if let Some(iso2) = knowledge.capital_metonym(text) {
            *weights.entry(iso2).or_default() += CAPITAL_WEIGHT;
        }
    }
    let mut weights: BTreeMap<String, f32> =
        weights.into_iter().map(|(code, weight)| (code.to_owned(), weight)).collect();
    for (code, weight) in locale::home(&analysis.document, knowledge) {
        *weights.entry(code).or_default() += weight;
    }
    let mut out: Evidence = weights.into_iter().collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}

pub(crate) fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

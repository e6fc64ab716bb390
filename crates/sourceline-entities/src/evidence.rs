//! Which countries a document speaks of.

use std::collections::BTreeMap;

use sourceline_knowledge::{Kind, Knowledge, Match};
use sourceline_model::{Analysis, EntityKind, Upos};

/// Weight of the country that the outlet is based in, against one for each mention in the text.
const OUTLET_WEIGHT: f32 = 0.5;
/// Weight of a capital's name: cities of that name exist elsewhere.
const CAPITAL_WEIGHT: f32 = 0.7;

/// Country evidence of a document: ISO code and weight, heaviest first.
pub(crate) type Evidence = Vec<(String, f32)>;

/// Counts states, demonyms and capitals named in the text, and the outlet's country.
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
    let outlet = analysis.document.outlet.as_ref();
    let outlet = outlet.and_then(|o| {
        o.kb.as_deref().and_then(|key| knowledge.outlet(key)).or_else(|| knowledge.outlet_by_name(&o.name))
    });
    if let Some(country) = outlet.and_then(|outlet| outlet.country) {
        *weights.entry(country).or_default() += OUTLET_WEIGHT;
    }
    let mut out: Evidence = weights.into_iter().map(|(code, weight)| (code.to_owned(), weight)).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}

pub(crate) fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

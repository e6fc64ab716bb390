//! The words of the format for the model's variants.

use sourceline_model::{
    AttributionKind, AttributionRole, Basis, Certainty, ChainBasis, ClaimKind, HopRole, MentionForm, OutletBasis,
    PlaceRole, Polarity, TimeBasis, TimexKind,
};

/// A variant that the format writes as one word.
pub(crate) trait Word: Copy + 'static {
    /// Every variant with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// Reads a word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(variant, _)| *variant)
    }

    /// The word.
    fn word(self) -> &'static str;
}

macro_rules! words {
    ($($kind:ident { $($variant:ident = $word:literal),+ })+) => {$(
        impl Word for $kind {
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$variant, $word)),+];
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    )+};
}

words! {
    MentionForm { Name = "name", Nominal = "nominal", Pronoun = "pronoun" }
    TimexKind { Date = "date", Time = "time", Duration = "duration", Set = "set" }
    TimeBasis { Stated = "stated", Relative = "relative", Inferred = "inferred" }
    AttributionKind { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
    AttributionRole { Source = "source", Cue = "cue", Content = "content" }
    PlaceRole { At = "at", From = "from", To = "to", Via = "via" }
    ClaimKind { Event = "event", State = "state", Forecast = "forecast", Opinion = "opinion" }
    ChainBasis { Stated = "stated", Inherited = "inherited" }
    Basis { Metadata = "metadata", Given = "given", Text = "text", Inferred = "inferred" }
    OutletBasis { Metadata = "metadata", Given = "given", Text = "text", Domain = "domain" }
    HopRole { Publisher = "publisher", Translator = "translator", Reporter = "reporter", Speaker = "speaker" }
    Polarity { Positive = "positive", Negative = "negative" }
    Certainty {
        Asserted = "asserted", Probable = "probable", Possible = "possible", Planned = "planned",
        Predicted = "predicted", Hypothetical = "hypothetical"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_the_model_where_it_names_them() {
        for (certainty, word) in Certainty::WORDS {
            assert_eq!(certainty.as_str(), *word);
        }
        for (role, word) in HopRole::WORDS {
            assert_eq!(role.as_str(), *word);
        }
        for (polarity, word) in Polarity::WORDS {
            assert_eq!(polarity.as_str(), *word);
        }
        assert_eq!(TimeBasis::from_word("inferred"), Some(TimeBasis::Inferred));
        assert_eq!(TimeBasis::from_word("guessed"), None);
    }
}

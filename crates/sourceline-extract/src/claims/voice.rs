//! Statements in their speaker's own person: "We need more boats" says nothing without who says it.

/// Whether a pronoun is of the first or second person: the words are the speaker's own.
pub fn is_own_voice(word: &str) -> bool {
    matches!(
        word,
        "i" | "me" | "my" | "mine" | "we" | "us" | "our" | "ours" | "you" | "your" | "yours" | "ourselves" | "myself"
    )
}

/// Whether a statement is put in its speaker's own person, so that it says nothing without his name.
pub fn is_in_own_voice(statement: &str) -> bool {
    let word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').to_lowercase();
        word.split(['\'', '’']).next().unwrap_or("").to_owned()
    };
    let mut words = statement.split_whitespace().map(word);
    let first = words.next().unwrap_or_default();
    is_own_voice(&first) || words.any(|word| matches!(word.as_str(), "i" | "we" | "my" | "our" | "us" | "me"))
}

/// A statement in its speaker's own words behind his name: "The governor: “We need more boats.”"
pub fn spoken(speaker: &str, statement: &str) -> String {
    let words = statement.replace('“', "‘").replace('”', "’").replace('"', "'");
    let mut chars = speaker.chars();
    let name: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    format!("{name}: “{words}”")
}

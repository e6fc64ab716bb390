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
    let mut before = "";
    for (index, whole) in statement.split_whitespace().enumerate() {
        let word = whole.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
        let word = word.split(['\'', '’']).next().unwrap_or("");
        let lower = word.to_lowercase();
        let own = match lower.as_str() {
            // "US troops", "World War I" speak of nobody here.
            "us" | "me" | "my" | "our" | "we" => word != "US" && word != "ME",
            "i" => index == 0 || !before.starts_with(char::is_uppercase),
            _ => index == 0 && is_own_voice(&lower),
        };
        if own {
            return true;
        }
        before = whole;
    }
    false
}

/// A statement in its speaker's own words behind his name: "The governor: “We need more boats.”"
pub fn spoken(speaker: &str, statement: &str) -> String {
    let words = statement.replace('“', "‘").replace('”', "’").replace('"', "'");
    let mut chars = speaker.chars();
    let name: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    format!("{name}: “{words}”")
}

#[cfg(test)]
mod tests {
    use super::is_in_own_voice;

    #[test]
    fn only_persons_of_speech_are_a_voice_of_ones_own() {
        for own in ["We need boats.", "The raid cost us dear.", "Whatever happens I stay.", "You can leave."] {
            assert!(is_in_own_voice(own), "{own}");
        }
        for other in ["US troops left.", "The US said so.", "It began in World War I and went on.", "They told you."] {
            assert!(!is_in_own_voice(other), "{other}");
        }
    }
}

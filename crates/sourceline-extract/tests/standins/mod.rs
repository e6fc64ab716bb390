//! What stands in for pronouns in statements.

use super::reading;

#[test]
fn a_name_is_written_once_and_with_its_article() {
    let text = "The|DET|2|det Brigade|PROPN|3|nsubj|O shelled|VERB|0|root Kismayo|PROPN|3|obj|G+ .|PUNCT|3|punct\n\n\
                It|PRON|2|nsubj moved|VERB|0|root its|PRON|4|nmod:poss guns|NOUN|2|obj north|ADV|2|advmod|+ .|PUNCT|2|punct";
    let statements: Vec<String> = reading(text).claims.iter().map(|claim| claim.statement.clone()).collect();
    assert!(statements.contains(&"The Brigade moved its guns north.".to_owned()), "{statements:?}");
}

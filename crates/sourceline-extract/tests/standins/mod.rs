//! What stands in for pronouns in statements.

use super::reading;

#[test]
fn a_name_is_written_once_and_with_its_article() {
    let text = "The|DET|2|det Brigade|PROPN|3|nsubj|O shelled|VERB|0|root Kismayo|PROPN|3|obj|G+ .|PUNCT|3|punct\n\n\
                It|PRON|2|nsubj moved|VERB|0|root its|PRON|4|nmod:poss guns|NOUN|2|obj north|ADV|2|advmod|+ .|PUNCT|2|punct";
    let statements: Vec<String> = reading(text).claims.iter().map(|claim| claim.statement.clone()).collect();
    assert!(statements.contains(&"The Brigade moved its guns north.".to_owned()), "{statements:?}");
}

#[test]
fn who_goes_back_to_somebody_and_no_day_relies_on_anybody() {
    let text = "A|DET|2|det commentary|NOUN|20|nsubj on|ADP|4|case Thursday|PROPN|2|nmod Ida|PROPN|2|appos|P Berg|PROPN|5|flat|p+ ,|PUNCT|9|punct who|PRON|9|nsubj directs|VERB|2|acl:relcl the|DET|11|det crisis|NOUN|9|obj in|ADP|13|case Kismayo|PROPN|9|obl|G on|ADP|16|case the|DET|16|det coast|NOUN|13|nmod of|ADP|18|case Kenya|PROPN|16|nmod|G+ ,|PUNCT|20|punct appeared|VERB|0|root|+ .|PUNCT|20|punct\n\n\
                An|DET|2|det account|NOUN|19|nsubj published|VERB|2|acl on|ADP|5|case Tuesday|PROPN|3|obl|+ ,|PUNCT|8|punct which|PRON|8|nsubj names|VERB|2|acl:relcl the|DET|10|det ships|NOUN|8|obj in|ADP|12|case Kismayo|PROPN|8|obl|G on|ADP|15|case the|DET|15|det coast|NOUN|12|nmod of|ADP|17|case Kenya|PROPN|15|nmod|G+ ,|PUNCT|19|punct appeared|VERB|0|root|+ .|PUNCT|19|punct";
    let statements: Vec<String> = reading(text).claims.iter().map(|claim| claim.statement.clone()).collect();
    assert!(
        statements.contains(&"Ida Berg directs the crisis in Kismayo on the coast of Kenya.".to_owned()),
        "{statements:?}"
    );
    assert!(!statements.iter().any(|statement| statement.contains("Tuesday names")), "{statements:?}");
}

#[test]
fn a_subject_parted_from_its_predicate_is_put_back() {
    let text = "Leaders|NOUN|14|nsubj|+ ,|PUNCT|4|punct who|PRON|4|nsubj fought|VERB|1|acl:relcl in|ADP|7|case the|DET|7|det war|NOUN|4|obl on|ADP|10|case the|DET|10|det coast|NOUN|7|nmod|+ ,|PUNCT|14|punct are|AUX|14|cop now|ADV|14|advmod calm|ADJ|0|root|+ .|PUNCT|14|punct";
    let statements: Vec<String> = reading(text).claims.iter().map(|claim| claim.statement.clone()).collect();
    assert!(!statements.iter().any(|statement| statement.starts_with("Are ")), "{statements:?}");
}

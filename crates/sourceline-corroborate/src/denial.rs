//! The words of denial: whether somebody contradicts what others say, and whether the words tell themselves what is contradicted.
//!
//! In: plain text. Not here: which claim is meant ([`crate::denied`]).

use crate::words;

/// Verbs that deny whatever follows.
const DENYING: [&str; 4] = ["deny", "refute", "rebut", "contradict"];
/// Verbs that deny when what follows is something said: a proposal that is rejected was never said to be so.
const OBJECTING: [&str; 4] = ["reject", "dismiss", "dispute", "repudiate"];
/// Verbs by which somebody gives what others say a name.
const CALLING: [&str; 7] = ["call", "describe", "brand", "label", "denounce", "condemn", "dismiss"];
/// What somebody calls what others say in order to deny it.
const JUDGEMENTS: &str = " baseless unfounded groundless false fabricated untrue fabrication fabrications falsification lie lies nonsense fiction \
fictitious fictional disinformation misinformation fake slander hoax invented invention inventions propaganda absurd ";
/// Something said by others.
const SAID: &str = " report reports story stories allegation allegations accusation accusations charge charges claim claims assertion assertions \
account accounts statement statements finding findings rumour rumours rumor rumors suggestion suggestions speculation version versions \
narrative conclusion conclusions notion insinuation insinuations ";
/// Words by which somebody denies to have done it, and which say nothing of what was done.
const PART: &str = " part role involvement involved responsibility responsible blame knowledge anything nothing ";
/// What is refused to somebody rather than said not to be so.
const REFUSED: &str = " access entry visa visas permission permit permits bail asylum request requests appeal parole citizenship boarding aid help service services ";
/// What a charge is called.
const CHARGES: &str = " report reports story stories allegation allegations accusation accusations charge charges ";
/// People to whom something is refused when they stand right behind the verb.
const PERSONS: &str = " him her them us me you ";
/// Words that turn a denial round.
const NOT: &str = " not never cannot neither nor without n't didn't doesn't don't hasn't haven't won't can't couldn't wouldn't refuse refused refuses decline \
declined declines ";
/// Words that stand for what was said before.
const PRONOUNS: &str = " it that this them these those which all any so such ";
/// Words of manner and time that add nothing.
const MANNER: &str = " utterly complete completely absolute absolutely total totally strongly flatly firmly repeatedly categorically vehemently entirely \
simply mere merely purely monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later week month immediately quickly \
publicly officially ";
/// Words further on than this are no object of the verb.
const OBJECT_WORDS: usize = 7;
/// A judgement further on than this is not what something is called.
const CALLED_WORDS: usize = 14;
/// Fewer words of content do not tell what is denied.
const TELLING_WORDS: usize = 2;

/// What is known of a claim when it is asked whether it is a denial.
pub(crate) struct Words<'t> {
    /// The cue of its innermost attribution.
    pub(crate) cue: &'t str,
    /// The claim's own words.
    pub(crate) evidence: &'t str,
    /// Its whole sentence.
    pub(crate) sentence: &'t str,
    /// Whether it is said not to be so.
    pub(crate) negative: bool,
    /// Whether somebody else than the outlet says it.
    pub(crate) attributed: bool,
}

/// Whether a claim contradicts what others say, rather than telling something of its own.
pub(crate) fn is_denial(claim: &Words<'_>) -> bool {
    let (cue, evidence) = (tokens(claim.cue), tokens(claim.evidence));
    let verb = || denies(&evidence) || cue_denies(&cue, &tokens(claim.sentence)) || denied_around(claim, &evidence);
    let calls = || calls(&evidence) || cue.iter().any(|word| is_form(&CALLING, word)) && judges_at_once(&evidence);
    claim.negative && verb()
        || claim.attributed && (calls() || judged(&evidence) || claim.negative && is_short_no(&evidence))
}

/// Whether a claim is negative without a negation of its own, by a verb of denial before it in its sentence ("rejected the charge that …").
fn denied_around(claim: &Words<'_>, evidence: &[String]) -> bool {
    let negated =
        evidence.iter().any(|word| is_in(NOT, word) || matches!(word.as_str(), "no" | "none" | "nobody" | "nothing"));
    let before = claim.sentence.find(claim.evidence).map_or("", |at| &claim.sentence[..at]);
    !negated && denies(&tokens(before))
}

/// "It did not": a negation with nothing but a pronoun and a helping verb.
fn is_short_no(words: &[String]) -> bool {
    let helps = |word: &str| matches!(word, "did" | "does" | "do" | "had" | "has" | "have");
    matches!(words, [who, verb, not] if is_in(" it he she they we i ", who) && helps(verb) && not == "not")
}

/// Whether somebody calls something what is not true.
fn calls(words: &[String]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        is_form(&CALLING, word)
            && !is_negated(words, at)
            && words[at + 1..].iter().take(CALLED_WORDS).any(|w| is_in(JUDGEMENTS, w))
    })
}

/// Whether words begin with a judgement, as after "calls it".
fn judges_at_once(words: &[String]) -> bool {
    words.iter().take(OBJECT_WORDS).any(|word| is_in(JUDGEMENTS, word))
}

/// Whether a verb is turned round by a "not" before it.
fn is_negated(words: &[String], at: usize) -> bool {
    words[at.saturating_sub(4)..at].iter().any(|word| is_in(NOT, word))
}

/// Whether the words do not tell what is denied ("rejects the story", "called that accusation baseless", "says that it did not").
pub(crate) fn is_hanging(evidence: &str) -> bool {
    let words = tokens(evidence);
    tells(&words) < TELLING_WORDS
}

/// Whether what is denied is called a report or a charge, so that somebody makes it.
pub(crate) fn names_charge(evidence: &str) -> bool {
    let words = tokens(evidence);
    let verb = words.iter().position(|word| is_verb(word));
    verb.is_some_and(|at| words[at + 1..].iter().take(OBJECT_WORDS).any(|word| is_in(CHARGES, word)))
}

/// Whether what is denied is a pronoun, or left out altogether: then what stands nearest is meant.
pub(crate) fn points_back(evidence: &str) -> bool {
    let words = tokens(evidence);
    let Some(verb) = words.iter().position(|word| is_verb(word)) else { return tells(&words) == 0 };
    let object = &words[verb + 1..];
    object.is_empty() || stands_for(object) && object.iter().take(2).all(|word| !is_in(SAID, word))
}

/// Whether words begin with one that stands for what was said before: "Those were not ours".
pub(crate) fn starts_back(evidence: &str) -> bool {
    tokens(evidence).first().is_some_and(|word| is_in(" it that this they those these none nobody nothing no ", word))
}

/// Number of words that tell what is denied; none where the object of the verb is a pronoun.
fn tells(words: &[String]) -> usize {
    let verb = words.iter().position(|word| is_verb(word));
    let object = &words[verb.map_or(0, |at| at + 1)..];
    if verb.is_some() && stands_for(object) {
        return 0;
    }
    let empty = |word: &&String| {
        !is_in(JUDGEMENTS, word) && !is_in(SAID, word) && !is_in(PART, word) && !is_in(MANNER, word) && !is_verb(word)
    };
    object.iter().filter(empty).map(|word| words::stems(word).len()).sum()
}

/// Whether an object is a pronoun or a bare "the report": "that as a …", "it", "the allegation as …".
fn stands_for(object: &[String]) -> bool {
    let mut rest = object.iter().map(String::as_str).skip_while(|word| is_in(MANNER, word) || *word == "on");
    let Some(first) = rest.next() else { return false };
    let second = rest.next();
    let ends = |word: Option<&str>| {
        word.is_none_or(|w| is_in(JUDGEMENTS, w) || matches!(w, "as" | "a" | "an" | "on" | "in" | "of" | "and"))
    };
    match first {
        "that" | "this" | "these" | "those" if second.is_some_and(|word| is_in(SAID, word)) => ends(rest.next()),
        "the" | "such" | "all" if second.is_some_and(|word| is_in(SAID, word)) => rest
            .next()
            .is_none_or(|word| is_in(JUDGEMENTS, word) || is_in(MANNER, word) || matches!(word, "as" | "a" | "an")),
        "that" | "this" | "it" | "them" | "all" => ends(second),
        _ => false,
    }
}

/// "This is utterly false": a pronoun or something said, and the judgement on it.
fn judged(words: &[String]) -> bool {
    let be = |word: &str| matches!(word, "is" | "are" | "was" | "were");
    let subject = |at: usize| is_in(PRONOUNS, &words[at]) || is_in(SAID, &words[at]);
    (1..words.len().min(8))
        .any(|at| be(&words[at]) && subject(at - 1) && words[at..].iter().take(4).any(|word| is_in(JUDGEMENTS, word)))
}

/// Whether words hold a verb of denial with an object that can be denied.
fn denies(words: &[String]) -> bool {
    words.iter().enumerate().any(|(at, word)| denies_at(words, at, word))
}

fn denies_at(words: &[String], at: usize, word: &str) -> bool {
    let object = &words[at + 1..words.len().min(at + 1 + OBJECT_WORDS)];
    let refused = object.iter().take_while(|word| *word != "that").any(|word| is_in(REFUSED, word))
        || object.first().is_some_and(|word| is_in(PERSONS, word))
        || is_negated(words, at);
    let said = || object.iter().any(|word| is_in(SAID, word) || is_in(JUDGEMENTS, word)) || stands_for(object);
    let clause = object.first().is_some_and(|word| word == "that");
    !refused && (is_form(&DENYING, word) || is_form(&OBJECTING, word) && (said() || clause))
}

/// Whether a cue denies, judged by what follows it in its sentence.
fn cue_denies(cue: &[String], sentence: &[String]) -> bool {
    cue.iter().filter(|word| is_verb(word)).any(|word| {
        let Some(at) = sentence.iter().position(|other| other == word) else { return is_form(&DENYING, word) };
        denies_at(sentence, at, word)
    })
}

fn is_verb(word: &str) -> bool {
    is_form(&DENYING, word) || is_form(&OBJECTING, word) || is_form(&CALLING, word)
}

/// Whether a word is a form of one of the verbs.
fn is_form(lemmas: &[&str], word: &str) -> bool {
    lemmas.iter().any(|lemma| {
        let root = lemma.trim_end_matches(['y', 'e']);
        let end = word.strip_prefix(root);
        word == *lemma
            || end.is_some_and(|end| {
                matches!(end, "ied" | "ies" | "ed" | "es" | "s" | "ying" | "ing" | "d" | "led" | "ling")
            })
    })
}

fn tokens(text: &str) -> Vec<String> {
    let folded = words::fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-')
        .filter(|w| !w.is_empty())
        .map(str::to_string)
        .collect()
}

fn is_in(list: &str, word: &str) -> bool {
    list.contains(&format!(" {word} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'t>(cue: &'t str, evidence: &'t str, negative: bool) -> Words<'t> {
        Words { cue, evidence, sentence: evidence, negative, attributed: true }
    }

    #[test]
    fn what_others_say_is_denied() {
        for (cue, evidence) in [
            ("rejects", "Norland rejects the story"),
            ("dismissed", "The harbour board dismissed that as an election stunt"),
            ("denied", "Norland denied that its ships had fired"),
            ("said", "it did not"),
            ("disputed", "the ministry disputed the finding"),
        ] {
            assert!(is_denial(&words(cue, evidence, true)), "{evidence}");
        }
        for evidence in
            ["The board called the allegations nonsense", "This is utterly false", "It branded the report a hoax"]
        {
            assert!(is_denial(&words("said", evidence, false)), "{evidence}");
        }
    }

    #[test]
    fn what_is_refused_is_not_denied() {
        for evidence in [
            "The council rejected the budget for the new pier",
            "Norland denied the inspectors access to the port",
            "The king dismissed his admiral",
            "The tanker sank in disputed waters",
            "The envoy did not deny it",
            "He would neither confirm nor deny the report",
            "concerns about the pier were not to be dismissed as a story",
            "they were denied help, and denied them rest",
        ] {
            assert!(!is_denial(&words("", evidence, true)), "{evidence}");
        }
        assert!(!is_denial(&words("said", "the ship did not leave the harbour", true)));
        for evidence in ["he had given a false name", "the paper posts fake stories", "he would fall"] {
            assert!(!is_denial(&words("said", evidence, true)), "{evidence}");
        }
    }

    #[test]
    fn denials_that_hang_on_what_stands_before() {
        for evidence in [
            "Norland rejects the story",
            "which Norland denies",
            "The government has called that accusation baseless",
            "dismissed that as a \"reckless tale\" told to voters",
            "it did not",
            "Norland has denied any part in it",
            "The envoy called the report absolute nonsense",
        ] {
            assert!(is_hanging(evidence), "{evidence}");
        }
        for evidence in [
            "Norland denied that its ships had fired on the ferry",
            "rejected reports of a massacre in the town of Tolm as disinformation",
            "its ships had fired on the ferry",
        ] {
            assert!(!is_hanging(evidence), "{evidence}");
        }
    }
}

//! Base forms of words that the source stages ask for by name, whatever lemma the encoder gives.
//!
//! In: a form in lower case. Out: its base form when it is an inflection of a word of the lists. Not here: any other word.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Verbs outside of the cue lexicon that rules name.
const VERBS: &str = "translate relay carry air broadcast publish republish run release issue print reprint stream televise circulate obtain \
    review interview contact reach consult rely rest draw base attribute credit reference invoke break decline refuse fail react \
    appear head lead direct chair work found give grant assure identify name have be come seize seek";

/// Forms that no rule makes.
const IRREGULAR: &str = "said=say told=tell wrote=write written=write thought=think felt=feel knew=know known=know held=hold saw=see seen=see \
    put=put read=read spoke=speak spoken=speak swore=swear sworn=swear understood=understand found=find went=go gone=go made=make \
    withdrew=withdraw broke=break broken=break gave=give given=give drew=draw drawn=draw ran=run came=come led=lead was=be were=be is=be are=be \
    been=be being=be am=be had=have has=have having=have sought=seek foresaw=foresee foreseen=foresee forecast=forecast broadcast=broadcast \
    cast=cast dread=dread undertook=undertake undertaken=undertake chose=choose chosen=choose upheld=uphold withheld=withhold meant=mean heard=hear";

static BASES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut bases = HashMap::new();
    for pair in IRREGULAR.split_whitespace() {
        if let Some((form, base)) = pair.split_once('=') {
            bases.insert(form.to_owned(), base.to_owned());
        }
    }
    let cues = include_str!("../../../data/lexicon/cues.tsv")
        .lines()
        .filter(|line| line.contains("\tverb\t"))
        .filter_map(|line| line.split('\t').next());
    for verb in cues.chain(VERBS.split_whitespace()) {
        for form in inflections(verb) {
            bases.entry(form).or_insert_with(|| verb.to_owned());
        }
    }
    bases
});

/// The base form of a verb of the lists.
pub fn verb(form: &str) -> Option<&'static str> {
    BASES.get(form).map(String::as_str)
}

/// The regular forms of a verb.
fn inflections(verb: &str) -> Vec<String> {
    let mut forms = vec![verb.to_owned()];
    let ends = |ending: &str| verb.ends_with(ending);
    let vowel = |c: char| "aeiou".contains(c);
    let letters: Vec<char> = verb.chars().collect();
    let consonant_y = ends("y") && letters.len() > 1 && !vowel(letters[letters.len() - 2]);
    if ends("e") {
        let stem = &verb[..verb.len() - 1];
        forms.extend([format!("{verb}s"), format!("{verb}d"), format!("{stem}ing")]);
    } else if consonant_y {
        let stem = &verb[..verb.len() - 1];
        forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing")]);
    } else {
        let s = if ends("s") || ends("sh") || ends("ch") || ends("x") || ends("z") || ends("o") { "es" } else { "s" };
        forms.extend([format!("{verb}{s}"), format!("{verb}ed"), format!("{verb}ing")]);
        if let [.., before, last] = letters[..]
            && vowel(before)
            && !vowel(last)
            && !"wxy".contains(last)
        {
            forms.extend([format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::verb;

    #[test]
    fn finds_the_base_of_regular_and_irregular_forms() {
        assert_eq!(verb("cited"), Some("cite"));
        assert_eq!(verb("denies"), Some("deny"));
        assert_eq!(verb("quipped"), Some("quip"));
        assert_eq!(verb("wrote"), Some("write"));
        assert_eq!(verb("table"), None);
    }
}

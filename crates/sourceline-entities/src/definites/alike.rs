//! How the words of a definite noun and those of an earlier mention agree.

use std::collections::HashMap;
use std::sync::LazyLock;

use sourceline_model::EntityKind;

use super::referents::{is_group, is_kind_of};
use super::{Text, holds_office, is_titled};
use crate::cluster::{Cluster, Clusters};
use crate::draft::Draft;

/// How a noun agrees with a cluster, the strongest way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Alike {
    /// The same words.
    Words,
    /// The same head, no word that the cluster lacks.
    Head,
    /// "the council" after "the Council of National Unity".
    NameHead,
    /// "the president" after "President X".
    Title,
    /// "the ship" after "the cargo ship X".
    Beside,
    /// "the president" after one who holds that office.
    Office,
    /// "the group" after a militia, "the paper" after a newspaper.
    Kind,
    /// "the movement" after "a group".
    Group,
    /// "the vessel" after "a ship".
    Synonym,
    /// "the vessel" after "a tanker".
    Hypernym,
    /// The same head, with a word that is new.
    NewWord,
    /// "the minister" after "Foreign Minister X".
    TitleEnd,
    /// "the tanker" after "a ship", "the tanker" after "a freighter".
    Hyponym,
    /// "the bank" after "Bank of X Tower".
    NameWord,
    /// Not at all.
    None,
}

impl Alike {
    /// As features know it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Head => "head",
            Self::NameHead => "name head",
            Self::Title => "title",
            Self::Beside => "beside",
            Self::Office => "office",
            Self::Kind => "kind",
            Self::Group => "group",
            Self::Synonym => "synonym",
            Self::Hypernym => "hypernym",
            Self::NewWord => "new word",
            Self::TitleEnd => "title end",
            Self::Hyponym => "hyponym",
            Self::NameWord => "name word",
            Self::None => "none",
        }
    }
}

/// Lines of `data/coreference/synonyms.tsv` that a noun stands in: as the general word, as a special one.
#[derive(Debug, Default)]
struct Senses {
    general: Vec<usize>,
    special: Vec<usize>,
}

static SENSES: LazyLock<HashMap<&'static str, Senses>> = LazyLock::new(|| {
    static TABLE: &str = include_str!("../../../../data/coreference/synonyms.tsv");
    let mut senses: HashMap<&'static str, Senses> = HashMap::new();
    for (line, row) in TABLE.lines().filter(|line| !line.starts_with('#')).enumerate() {
        let (general, special) = row.split_once('\t').unwrap_or((row, ""));
        general.split(';').for_each(|word| senses.entry(word).or_default().general.push(line));
        special.split(';').for_each(|word| senses.entry(word).or_default().special.push(line));
    }
    senses
});

/// How the meanings of two nouns are related.
fn related(noun: &str, earlier: &str) -> Option<Alike> {
    let (noun, earlier) = (SENSES.get(noun)?, SENSES.get(earlier)?);
    let meet = |a: &[usize], b: &[usize]| a.iter().any(|line| b.contains(line));
    if meet(&noun.general, &earlier.general) {
        Some(Alike::Synonym)
    } else if meet(&noun.general, &earlier.special) {
        Some(Alike::Hypernym)
    } else if meet(&noun.special, &earlier.general) || meet(&noun.special, &earlier.special) {
        Some(Alike::Hyponym)
    } else {
        None
    }
}

/// The word that a name turns on: "council" of "council of national unity", "party" of "people's party".
fn head_word(name: &str) -> Option<&str> {
    name.split(" of ").next()?.split(" for ").next()?.rsplit(' ').next()
}

/// The words of a noun phrase that are not its head.
pub(super) fn own_words(draft: &Draft) -> impl Iterator<Item = &str> {
    let is_head = |word: &str| draft.lemma.split(' ').any(|part| word.starts_with(part));
    draft.text.split(' ').filter(move |word| !is_head(word) && !matches!(*word, "of" | "'s" | "’s" | "-" | "same"))
}

/// The strongest way in which a noun agrees with a cluster.
pub(super) fn alike(text: &Text<'_>, draft: &Draft, index: usize, cluster: &Cluster, clusters: &Clusters<'_>) -> Alike {
    let lemma = draft.lemma.as_str();
    if cluster.texts.contains(&draft.text) {
        return Alike::Words;
    }
    let known = |word: &str| cluster.texts.iter().any(|text| text.split([' ', '-']).any(|known| known == word));
    let same = cluster.lemmas.contains(lemma);
    let named = cluster.names.iter().any(|name| name.contains(' ') && head_word(name) == Some(lemma));
    if (same || named) && own_words(draft).all(known) {
        return if same { Alike::Head } else { Alike::NameHead };
    }
    if draft.kind == EntityKind::Person && is_titled(draft, cluster) {
        return Alike::Title;
    }
    let before = || cluster.mentions.iter().filter(|&&mention| mention < index);
    let beside = || before().flat_map(|&mention| text.beside[mention].iter().map(String::as_str));
    if beside().any(|word| word == lemma) {
        return Alike::Beside;
    }
    if draft.kind == EntityKind::Person && holds_office(draft, cluster, clusters) {
        return Alike::Office;
    }
    if is_kind_of(draft, cluster, clusters) {
        return Alike::Kind;
    }
    if is_group(draft, cluster) {
        return Alike::Group;
    }
    let by_sense = || {
        let nouns = cluster.lemmas.iter().map(String::as_str).chain(beside());
        let heads = cluster.names.iter().filter_map(|name| head_word(name).filter(|_| name.contains(' ')));
        nouns.chain(heads).filter_map(|noun| related(lemma, noun)).min()
    };
    let end = |title: &String| title.rsplit(' ').next() == lemma.rsplit(' ').next();
    let weaker = [
        by_sense(),
        (same || named).then_some(Alike::NewWord),
        cluster.titles.iter().chain(&cluster.lemmas).any(end).then_some(Alike::TitleEnd),
        cluster.names.iter().any(|name| name.split([' ', '-']).any(|word| word == lemma)).then_some(Alike::NameWord),
    ];
    weaker.into_iter().flatten().min().unwrap_or(Alike::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meanings_are_related() {
        assert_eq!(related("vessel", "ship"), Some(Alike::Synonym));
        assert_eq!(related("vessel", "tanker"), Some(Alike::Hypernym));
        assert_eq!(related("tanker", "vessel"), Some(Alike::Hyponym));
        assert_eq!(related("vessel", "minister"), None);
        assert_eq!(related("vessel", "unheard-of"), None);
    }

    #[test]
    fn heads_of_names() {
        assert_eq!(head_word("council of national unity"), Some("council"));
        assert_eq!(head_word("people's party"), Some("party"));
    }
}

//! Word lists of `data/lexicon`: reporting words, anonymous sources, outlets, hedges, judgements.
//!
//! In: TSV text. Out: `Lexicon`. Not here: names of anybody (`sourceline-knowledge`).

use std::collections::{HashMap, HashSet};

use sourceline_model::Certainty;

/// What a reporting word does with its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum CueClass {
    Say,
    Claim,
    Deny,
    Believe,
    Predict,
    Plan,
    Hope,
    Fear,
    Ask,
    Warn,
    Describe,
    Find,
    Reveal,
}

impl CueClass {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "say" => Self::Say,
            "claim" => Self::Claim,
            "deny" => Self::Deny,
            "believe" => Self::Believe,
            "predict" => Self::Predict,
            "plan" => Self::Plan,
            "hope" => Self::Hope,
            "fear" => Self::Fear,
            "ask" => Self::Ask,
            "warn" => Self::Warn,
            "describe" => Self::Describe,
            "find" => Self::Find,
            "reveal" => Self::Reveal,
            _ => return None,
        })
    }
}

/// A reporting word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// What it does.
    pub class: CueClass,
    /// Whether it reports by itself; a weak one needs a clause as content.
    pub strong: bool,
}

/// What a word for an outlet or its product stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaNoun {
    /// An outlet, of a kind such as `newspaper`; `any` fits all.
    Outlet(&'static str),
    /// What an outlet publishes.
    Report,
}

/// What a common noun can be to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaking {
    /// A body that speaks: "ministry".
    Body,
    /// A document that states something: "survey".
    Document,
    /// A figure that somebody gives: "toll".
    Figure,
    /// A picture or record that shows something: "footage".
    Image,
}

/// All word lists.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    verbs: HashMap<String, Cue>,
    nouns: HashMap<String, Cue>,
    adverbs: HashMap<String, Cue>,
    anonymous: HashMap<String, String>,
    media: HashMap<String, MediaNoun>,
    ranks: HashSet<String>,
    occasions: HashSet<String>,
    hedges: HashMap<String, Certainty>,
    judgements: HashSet<String>,
    speakers: HashMap<String, Speaking>,
}

/// The TSV texts of the word lists, in the order of the fields of [`Lexicon`].
pub struct Sources<'a> {
    /// `cues.tsv`
    pub cues: &'a str,
    /// `anonymous.tsv`
    pub anonymous: &'a str,
    /// `media.tsv`
    pub media: &'a str,
    /// `ranks.tsv`
    pub ranks: &'a str,
    /// `occasions.tsv`
    pub occasions: &'a str,
    /// `hedges.tsv`
    pub hedges: &'a str,
    /// `judgements.tsv`
    pub judgements: &'a str,
    /// `speakers.tsv`
    pub speakers: &'a str,
}

impl Lexicon {
    /// The word lists of `data/lexicon`, compiled in.
    pub fn builtin() -> Self {
        Self::parse(&Sources {
            cues: include_str!("../../../data/lexicon/cues.tsv"),
            anonymous: include_str!("../../../data/lexicon/anonymous.tsv"),
            media: include_str!("../../../data/lexicon/media.tsv"),
            ranks: include_str!("../../../data/lexicon/ranks.tsv"),
            occasions: include_str!("../../../data/lexicon/occasions.tsv"),
            hedges: include_str!("../../../data/lexicon/hedges.tsv"),
            judgements: include_str!("../../../data/lexicon/judgements.tsv"),
            speakers: include_str!("../../../data/lexicon/speakers.tsv"),
        })
    }

    /// Reads word lists; rows that can't be read are left out.
    pub fn parse(sources: &Sources) -> Self {
        let mut lexicon = Self::default();
        for row in rows(sources.cues) {
            lexicon.add_cue(&row);
        }
        lexicon.anonymous = rows(sources.anonymous)
            .filter(|row| row.len() >= 2)
            .map(|row| (row[0].to_owned(), row[1].to_owned()))
            .collect();
        lexicon.media =
            rows(sources.media).filter_map(|row| Some(((*row.first()?).to_owned(), media_noun(&row)?))).collect();
        lexicon.ranks = rows(sources.ranks).map(|row| row[0].to_owned()).collect();
        lexicon.occasions = rows(sources.occasions).map(|row| row[0].to_owned()).collect();
        lexicon.hedges = rows(sources.hedges)
            .filter_map(|row| Some(((*row.first()?).to_owned(), certainty(row.get(1)?)?)))
            .collect();
        lexicon.judgements = rows(sources.judgements).map(|row| row[0].to_owned()).collect();
        lexicon.speakers = rows(sources.speakers)
            .filter_map(|row| Some(((*row.first()?).to_owned(), speaking(row.get(1)?)?)))
            .collect();
        lexicon
    }

    fn add_cue(&mut self, row: &[&str]) {
        let [word, part, class, strength] = row else { return };
        let Some(class) = CueClass::parse(class) else { return };
        let cue = Cue { class, strong: *strength == "strong" };
        let list = match *part {
            "verb" => &mut self.verbs,
            "noun" => &mut self.nouns,
            _ => &mut self.adverbs,
        };
        list.entry((*word).to_owned()).or_insert(cue);
    }

    /// The reporting verb with this lemma.
    pub fn verb(&self, lemma: &str) -> Option<Cue> {
        self.verbs.get(lemma).copied()
    }

    /// The reporting noun with this lemma.
    pub fn noun(&self, lemma: &str) -> Option<Cue> {
        self.nouns.get(lemma).copied()
    }

    /// The reporting adverb.
    pub fn adverb(&self, word: &str) -> Option<Cue> {
        self.adverbs.get(word).copied()
    }

    /// The role of a noun that can describe an unnamed source.
    pub fn role(&self, lemma: &str) -> Option<&str> {
        self.anonymous.get(lemma).map(String::as_str)
    }

    /// What a noun says of an outlet.
    pub fn media(&self, lemma: &str) -> Option<MediaNoun> {
        self.media.get(lemma).copied()
    }

    /// Whether a word ranks a source.
    pub fn is_rank(&self, word: &str) -> bool {
        self.ranks.contains(word)
    }

    /// Whether a noun names an occasion at which things are said in public.
    pub fn is_occasion(&self, lemma: &str) -> bool {
        self.occasions.contains(lemma)
    }

    /// How far a word hedges.
    pub fn hedge(&self, lemma: &str) -> Option<Certainty> {
        self.hedges.get(lemma).copied()
    }

    /// What a common noun can be to a statement.
    pub fn speaking(&self, lemma: &str) -> Option<Speaking> {
        self.speakers.get(lemma).copied()
    }

    /// Whether a predicate judges.
    pub fn is_judgement(&self, lemma: &str) -> bool {
        self.judgements.contains(lemma)
    }
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::trim).collect())
}

fn media_noun(row: &[&str]) -> Option<MediaNoun> {
    match *row.get(1)? {
        "report" => Some(MediaNoun::Report),
        "outlet" => Some(MediaNoun::Outlet(match *row.get(2)? {
            "newspaper" => "newspaper",
            "agency" => "agency",
            "broadcaster" => "broadcaster",
            "magazine" => "magazine",
            "monitor" => "monitor",
            "site" => "site",
            _ => "any",
        })),
        _ => None,
    }
}

fn speaking(word: &str) -> Option<Speaking> {
    Some(match word {
        "body" => Speaking::Body,
        "document" => Speaking::Document,
        "figure" => Speaking::Figure,
        "image" => Speaking::Image,
        _ => return None,
    })
}

fn certainty(word: &str) -> Option<Certainty> {
    Some(match word {
        "possible" => Certainty::Possible,
        "probable" => Certainty::Probable,
        "predicted" => Certainty::Predicted,
        "planned" => Certainty::Planned,
        "hypothetical" => Certainty::Hypothetical,
        _ => return None,
    })
}

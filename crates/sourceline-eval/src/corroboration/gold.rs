//! Gold stories and the comparisons that scoring rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;
use sourceline_corroborate::fold;

/// The gold of a folder.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// Documents by id.
    pub documents: BTreeMap<String, Text>,
    /// Propositions in order.
    pub propositions: Vec<GoldProposition>,
}

/// A document: its file name and its words with single spaces between.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// Name of the file.
    pub file: String,
    /// The body.
    pub body: String,
}

/// A proposition of the gold.
#[derive(Debug, Clone, Default)]
pub struct GoldProposition {
    /// Its id.
    pub id: String,
    /// Its story.
    pub story: String,
    /// (document, words, names of the chain).
    pub supports: Vec<(String, String, Vec<String>)>,
    /// Number of independent origins.
    pub origins: usize,
    /// Ids of propositions that cannot be so as well.
    pub contradicts: Vec<String>,
}

impl Gold {
    /// Reads a folder.
    ///
    /// # Errors
    /// When a file is missing or no JSON.
    pub fn load(folder: &Path) -> Result<Self> {
        let mut out = Self::default();
        for line in lines(&folder.join("documents.jsonl"))? {
            let file = text(&line["file"]);
            let path = folder.join(&file);
            let all = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            let header = line["header_lines"].as_u64().unwrap_or(0) as usize;
            let body = flat(&all.split('\n').skip(header).collect::<Vec<_>>().join("\n"));
            let name = Path::new(&file).file_name().unwrap_or_default().to_string_lossy().into_owned();
            out.documents.insert(text(&line["id"]), Text { file: name, body });
        }
        for line in lines(&folder.join("gold.jsonl"))? {
            let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
            let support = |s: &Value| {
                (text(&s["doc"]), flat(&text(&s["evidence"])), list(&s["chain"]).iter().map(text).collect())
            };
            out.propositions.push(GoldProposition {
                id: text(&line["id"]),
                story: text(&line["family"]),
                supports: list(&line["support"]).iter().map(support).collect(),
                origins: list(&line["origins"]).len(),
                contradicts: list(&line["contradicts"]).iter().map(text).collect(),
            });
        }
        Ok(out)
    }

    /// The stories in order.
    pub fn stories(&self) -> Vec<String> {
        let stories: BTreeSet<&str> = self.propositions.iter().map(|p| p.story.as_str()).collect();
        stories.into_iter().map(str::to_string).collect()
    }
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let parse = |line: &str| serde_json::from_str(line).with_context(|| format!("parsing {}", path.display()));
    text.lines().filter(|line| !line.trim().is_empty()).map(parse).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

/// Words with single spaces between.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two pieces of a text share at least half of the shorter one. All three are flat.
pub fn overlap(a: &str, b: &str, text: &str) -> bool {
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if a.contains(b) || b.contains(a) {
        return true;
    }
    let (Some(i), Some(j)) = (text.find(a), text.find(b)) else { return false };
    let both = (i + a.len()).min(j + b.len()) as f64 - i.max(j) as f64;
    both >= 0.5 * a.len().min(b.len()) as f64
}

const DROPPED: [&str; 14] =
    ["the", "a", "an", "newspaper", "agency", "channel", "tv", "several", "some", "his", "her", "its", "two", "three"];

const ALIASES: [(&str, &str); 8] = [
    ("wsj", "wall street journal"),
    ("journal", "wall street journal"),
    ("nyt", "new york times"),
    ("us", "u s"),
    ("hrw", "human rights watch"),
    ("agence france presse", "afp"),
    ("associated press", "ap"),
    ("dpa", "dpa"),
];

/// A name as the comparison sees it.
fn norm(name: &str) -> String {
    let folded = fold(name).replace("(anonymous)", "");
    let plain: String = folded.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { ' ' }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ").replace("news agency", " ");
    let kept: Vec<&str> = words.split_whitespace().filter(|word| !DROPPED.contains(word)).collect();
    let name = kept.join(" ");
    ALIASES
        .iter()
        .find(|(from, _)| *from == name)
        .map_or(name.clone(), |(_, to)| (*to).to_string())
        .replace("u s", "us")
}

/// Whether two names are one, as `score.py` has it: equal, most words common, or one within the other.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (norm(a), norm(b));
    if a == b {
        return true;
    }
    let (x, y): (BTreeSet<&str>, BTreeSet<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let (small, large) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let both = small.intersection(&large).count();
    both as f64 / large.len() as f64 >= 0.6 || both == small.len() && (small.len() >= 2 || large.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_party() {
        for (a, b) in [
            ("The Wall Street Journal", "the Journal"),
            ("senior U.S. official (anonymous)", "a senior US official"),
            ("Ada Berg", "Dr Ada Berg"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
        assert!(!same("Ada Berg", "Lynx Institute"));
    }

    #[test]
    fn pieces_that_share_half() {
        let text = "one two three four five";
        assert!(overlap("one two three", "two three four", text));
        assert!(!overlap("one two", "two three four five", text));
        assert!(overlap("three", "two three four", text));
    }
}

//! Gold stories and the comparisons that scoring rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::alike::flat;

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

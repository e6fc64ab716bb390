//! Figures against floors, and the sections of `eval/RESULTS.md`.

use crate::score::Counts;
use anyhow::{Context as _, Result, bail};
use std::fmt::Write as _;
use std::path::Path;

/// One measured number.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Key under the task in `eval/floors.toml`, such as `ewt_raw.las`.
    pub key: String,
    /// The number, in per cent where it is a share.
    pub value: f64,
    /// What it was counted from, for people.
    pub from: String,
}

impl Figure {
    /// A plain number.
    pub fn new(key: impl Into<String>, value: f64, from: impl Into<String>) -> Self {
        Self { key: key.into(), value, from: from.into() }
    }

    /// F1 with its counts.
    pub fn f1(key: impl Into<String>, counts: Counts) -> Self {
        let from = format!(
            "P {:.1} R {:.1}, {} right of {} found, {} wanted",
            counts.precision(),
            counts.recall(),
            counts.right,
            counts.found,
            counts.wanted
        );
        Self::new(key, counts.f1(), from)
    }
}

/// Floors of a task: a table of numbers in `eval/floors.toml`; keys may hold points. `max.<key>` is a ceiling.
fn floors(root: &Path, task: &str) -> Result<Vec<(String, f64)>> {
    let path = root.join("eval/floors.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let table: toml::Table = text.parse().with_context(|| format!("parsing {}", path.display()))?;
    let Some(toml::Value::Table(task)) = table.get(task) else { return Ok(Vec::new()) };
    let number = |value: &toml::Value| value.as_float().or_else(|| value.as_integer().map(|n| n as f64));
    Ok(task.iter().filter_map(|(key, value)| number(value).map(|value| (key.clone(), value))).collect())
}

/// Prints figures, writes them to the task's section of `eval/RESULTS.md`, and compares them with the floors.
///
/// # Errors
/// When a figure lies below its floor, or a floor has no figure, or a file cannot be read or written.
pub fn finish(root: &Path, task: &str, intro: &str, figures: &[Figure]) -> Result<()> {
    let floors = floors(root, task)?;
    let mut section = format!("{intro}\n\n| figure | value | floor | counted from |\n|---|---|---|---|\n");
    let mut broken = Vec::new();
    for figure in figures {
        let bound = |key: &str| floors.iter().find(|(floor, _)| floor == key).map(|(_, value)| *value);
        let floor = bound(&figure.key);
        let ceiling = bound(&format!("max.{}", figure.key));
        if floor.is_some_and(|floor| figure.value < floor) || ceiling.is_some_and(|most| figure.value > most) {
            broken.push(figure.key.clone());
        }
        let shown = floor.map(|f| format!("{f}")).or(ceiling.map(|c| format!("at most {c}"))).unwrap_or_default();
        let digits = if figure.value.abs() < 10.0 { 3 } else { 2 };
        let _ = writeln!(section, "| {} | {:.digits$} | {shown} | {} |", figure.key, figure.value, figure.from);
        println!("{:34} {:>9.digits$}  {:12} {}", figure.key, figure.value, shown, figure.from);
    }
    write_section(&root.join("eval/RESULTS.md"), "Results", task, &section)?;
    let measured = |key: &str| figures.iter().any(|figure| figure.key == key.trim_start_matches("max."));
    let missing: Vec<&str> = floors.iter().map(|(key, _)| key.as_str()).filter(|key| !measured(key)).collect();
    if !missing.is_empty() {
        println!("not measured: {}", missing.join(", "));
    }
    if !broken.is_empty() {
        bail!("below the floor: {}", broken.join(", "));
    }
    Ok(())
}

/// Replaces the section `task` of a Markdown file, or appends it; a new file is given the title.
///
/// # Errors
/// When the file cannot be written.
pub fn write_section(path: &Path, title: &str, task: &str, body: &str) -> Result<()> {
    let old =
        std::fs::read_to_string(path).unwrap_or_else(|_| format!("# {title}\n\nWritten by `cargo xtask eval`.\n"));
    let (begin, end) = (format!("<!-- {task} -->"), format!("<!-- /{task} -->"));
    let section = format!("{begin}\n## {task}\n\n{body}{end}");
    let new = match (old.find(&begin), old.find(&end)) {
        (Some(start), Some(stop)) if start < stop => {
            format!("{}{section}{}", &old[..start], &old[stop + end.len()..])
        }
        _ => format!("{}\n\n{section}\n", old.trim_end()),
    };
    std::fs::write(path, new).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_replaced() {
        let folder = std::env::temp_dir().join(format!("sourceline-report-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join("RESULTS.md");
        write_section(&path, "Results", "a", "one\n").expect("written");
        write_section(&path, "Results", "b", "two\n").expect("written");
        write_section(&path, "Results", "a", "three\n").expect("written");
        let text = std::fs::read_to_string(&path).expect("it was written");
        assert!(!text.contains("one") && text.contains("two") && text.contains("three"));
        assert_eq!(text.matches("<!-- a -->").count(), 1);
        std::fs::remove_dir_all(&folder).expect("it was made");
    }
}

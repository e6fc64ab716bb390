//! What the user names on the command line: files, folders, addresses, `-`.

use std::path::{Path, PathBuf};

use crate::IntakeError;

/// Endings of files that are read in a folder; others are passed over.
const ENDINGS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    Path(PathBuf),
    /// A web address.
    Url(String),
    /// Standard input.
    Stdin,
}

impl Input {
    /// Reads an argument: `-`, an address with its scheme, or else a path.
    pub fn parse(argument: &str) -> Self {
        let scheme = argument.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            _ if argument == "-" => Self::Stdin,
            Some("http" | "https") => Self::Url(argument.to_owned()),
            _ => Self::Path(PathBuf::from(argument)),
        }
    }

    /// The input as the user gave it.
    pub fn label(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Url(url) => url.clone(),
            Self::Stdin => "-".to_owned(),
        }
    }
}

/// Replaces folders by the readable files below them, in order of their paths. Hidden files and links to folders are passed over.
///
/// # Errors
/// One error for each argument that cannot be opened; the others are still returned.
pub fn expand(arguments: &[String]) -> (Vec<Input>, Vec<IntakeError>) {
    let mut inputs = Vec::new();
    let mut errors = Vec::new();
    for argument in arguments {
        match Input::parse(argument) {
            Input::Path(path) if path.is_dir() => walk(&path, &mut inputs, &mut errors),
            input => inputs.push(input),
        }
    }
    (inputs, errors)
}

/// Adds the readable files under `folder`.
fn walk(folder: &Path, inputs: &mut Vec<Input>, errors: &mut Vec<IntakeError>) {
    let entries = std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(source) => return errors.push(IntakeError::Io { path: folder.to_owned(), source }),
    };
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, inputs, errors);
        } else if path.is_file() && has_known_ending(&path) {
            inputs.push(Input::Path(path));
        }
    }
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

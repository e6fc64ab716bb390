//! Analysis to Reading: who did what, where and when, said by whom, through whose hands.
//!
//! In: one [`Analysis`] and [`Resources`]. Out: a [`Reading`]: entities, times, attributions, events, relations and claims with their
//! chains. Not here: text, weights, files. The function never fails; what is missing stands in the notes.

mod anonymous;
mod assemble;
mod attribution;
mod basis;
mod behind;
mod chains;
mod chunk;
mod claims;
mod credit;
mod forms;
mod handoff;
mod holding;
mod lexicon;
mod naming;
mod party;
mod prefix;
mod publisher;
mod repair;
mod route;
mod scene;
mod segments;
mod sources;
mod states;
mod tree;
mod voice;

use sourceline_coding::Rules;
use sourceline_knowledge::Knowledge;
use sourceline_model::{Analysis, Note, Reading};

pub use lexicon::{Cue, CueClass, Lexicon, MediaNoun, Sources as LexiconSources};

/// Everything reading needs besides the analysis.
#[derive(Clone, Copy)]
pub struct Resources<'a> {
    /// Who and what is known.
    pub knowledge: &'a Knowledge,
    /// Coding rules.
    pub rules: &'a Rules,
    /// Word lists.
    pub lexicon: &'a Lexicon,
}

/// Reads one document.
pub fn read(mut analysis: Analysis, resources: &Resources) -> Reading {
    if analysis.tokens.is_empty() {
        let notes = with_note(&analysis, Note::new("no-text", "There is no text to read in this document."));
        return Reading { analysis, notes, ..Reading::default() };
    }
    if let Some(language) =
        analysis.document.language.clone().filter(|language| language != "en" && !language.starts_with("en-"))
    {
        let notes = with_note(
            &analysis,
            Note::new("language-not-read", format!("The document is in '{language}'; only English is read so far.")),
        );
        return Reading { analysis, notes, ..Reading::default() };
    }
    repair::repair(&mut analysis, resources.lexicon);
    assemble::assemble(analysis, resources)
}

fn with_note(analysis: &Analysis, note: Note) -> Vec<Note> {
    let mut notes: Vec<Note> = analysis.document.notes.iter().chain(&analysis.notes).cloned().chain([note]).collect();
    notes.dedup();
    notes
}

//! Measures the product on labelled data that lies beside the repository, never in it.
//!
//! In: the data folder (`../shared/data`, or `SOURCELINE_DATA`). Out: figures, compared with `eval/floors.toml` and written to
//! `eval/RESULTS.md`, one section a task. A task is a module with `run(&Context) -> Result<Vec<Figure>>`.

pub mod alike;
pub mod coding;
pub mod coref;
pub mod corroboration;
pub mod encoder;
pub mod places;
pub mod reading;
pub mod report;
pub mod score;
pub mod times;

use std::path::PathBuf;

/// Where things are.
#[derive(Debug, Clone)]
pub struct Context {
    /// Root of the repository.
    pub root: PathBuf,
    /// Labelled data.
    pub data: PathBuf,
    /// Weights to use instead of those built in.
    pub weights: Option<PathBuf>,
    /// Words of the command line after the task.
    pub args: Vec<String>,
}

//! Exit codes and hints, in one place.
//!
//! 0 all done; 1 something failed; 2 the command line is wrong; 3 some inputs failed, the others are done; 130 interrupted.

use std::process::ExitCode;

use sourceline::EngineError;
use sourceline::intake::IntakeError;
use sourceline_store::StoreError;

/// How a subcommand ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All of it.
    Done,
    /// Some inputs failed; what failed was printed.
    SomeFailed,
    /// None of the inputs could be read; what failed was printed.
    AllFailed,
    /// The user stopped it.
    Interrupted,
}

/// A value on the command line that cannot be understood.
#[derive(Debug)]
pub struct Usage {
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub hint: &'static str,
}

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Usage {}

/// There is no place for the store.
#[derive(Debug)]
pub struct NoStorePath;

impl std::fmt::Display for NoStorePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("there is no place for the store")
    }
}

impl std::error::Error for NoStorePath {}

/// Prints what went wrong and gives the exit code.
pub fn code(result: &anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::AllFailed) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(3),
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        // Whoever reads the output has seen enough, as in `sourceline read … | head`.
        Err(error) if is_broken_pipe(error) => ExitCode::SUCCESS,
        Err(error) => {
            print(error);
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// Prints an error with its causes, and its hint on a line of its own.
pub fn print(error: &anyhow::Error) {
    eprintln!("error: {}", line(error));
    if let Some(hint) = hint(error) {
        eprintln!("hint: {hint}");
    }
}

/// An error with its causes on one line; a cause that its effect already tells is left out.
pub fn line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if line.is_empty() {
            line = cause;
        } else if !line.contains(&cause) {
            line = format!("{line}: {cause}");
        }
    }
    line
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    })
}

/// What the user can do about an error.
pub fn hint(error: &anyhow::Error) -> Option<&'static str> {
    error.chain().find_map(|cause| {
        let intake = cause.downcast_ref::<IntakeError>().map(IntakeError::hint);
        let usage = cause.downcast_ref::<Usage>().map(|usage| usage.hint);
        let engine = cause.downcast_ref::<EngineError>().map(|_| ENGINE_HINT);
        let store = cause.downcast_ref::<StoreError>().map(store_hint);
        let path =
            cause.downcast_ref::<NoStorePath>().map(|_| "name one with `--store PATH`, or read with `--no-store`");
        intake.or(usage).or(engine).or(store).or(path)
    })
}

const ENGINE_HINT: &str =
    "the program was built without its weights or the file given is damaged; build from a whole checkout";

fn store_hint(error: &StoreError) -> &'static str {
    match error {
        StoreError::NotAStore { .. } => "name another file with `--store PATH`",
        StoreError::Newer { .. } => "use the newer program, or another store with `--store PATH`",
        StoreError::Missing { .. } => "`sourceline read REPORT...` makes one",
        StoreError::Locked => "wait for the other process, or use another store with `--store PATH`",
        StoreError::ReadOnly => "make the file and its folder writable, or read with `--no-store`",
        StoreError::Full => "free some space and run the same command again; what is stored stays",
        StoreError::Damaged { .. } => "`sourceline store check` says what; `store export` saves what can be read",
        StoreError::Import { .. } => "give a file written by `sourceline store export`",
        _ => "check the path and the permissions of the store",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_found_through_causes() {
        let error = anyhow::Error::new(IntakeError::NotFound { path: "a.txt".into() }).context("reading");
        assert!(hint(&error).is_some_and(|hint| hint.contains('-')));
        assert_eq!(line(&error), "reading: a.txt does not exist");
        assert_eq!(hint(&anyhow::anyhow!("else")), None);
    }
}

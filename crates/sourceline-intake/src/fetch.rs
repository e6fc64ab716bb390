//! Bytes of files, standard input and web addresses, bounded in size and time.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use ureq::Error as HttpError;
use ureq::ResponseExt;

use crate::{Input, IntakeError};

/// How much is read and how long is waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a file or of standard input.
    pub file_bytes: u64,
    /// Most bytes of a page, after decompression.
    pub page_bytes: u64,
    /// Longest wait for a whole page.
    pub timeout: Duration,
    /// Most redirections followed.
    pub redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 500_000_000, page_bytes: 50_000_000, timeout: Duration::from_secs(30), redirects: 8 }
    }
}

/// The bytes of one input with what came along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What was given: path, URL or `-`.
    pub input: String,
    /// The address the bytes came from, after redirections.
    pub url: Option<String>,
    /// The server's media type without parameters, in lower case.
    pub media_type: Option<String>,
    /// The server's charset.
    pub charset: Option<String>,
}

/// Reads the bytes of `input`.
///
/// # Errors
/// When it cannot be opened or fetched, or is larger than the limit.
pub fn load(input: &Input, limits: &Limits) -> Result<Loaded, IntakeError> {
    match input {
        Input::Path(path) => file(path, limits),
        Input::Stdin => {
            let bytes = bounded(std::io::stdin().lock(), limits.file_bytes, Path::new("-"))?;
            Ok(Loaded { bytes, input: "-".to_owned(), ..Default::default() })
        }
        Input::Url(url) => page(url, limits),
    }
}

fn file(path: &Path, limits: &Limits) -> Result<Loaded, IntakeError> {
    let io = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => IntakeError::NotFound { path: path.to_owned() },
        _ => IntakeError::Io { path: path.to_owned(), source },
    };
    let file = File::open(path).map_err(io)?;
    let bytes = bounded(file, limits.file_bytes, path)?;
    Ok(Loaded { bytes, input: path.display().to_string(), ..Default::default() })
}

/// Reads to the end, but not beyond `limit` bytes.
fn bounded(reader: impl Read, limit: u64, path: &Path) -> Result<Vec<u8>, IntakeError> {
    let mut bytes = Vec::new();
    let read = reader.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|source| IntakeError::Io { path: path.to_owned(), source })?;
    if bytes.len() as u64 > limit {
        return Err(IntakeError::TooLarge { input: path.display().to_string(), limit_mb: limit / 1_000_000 });
    }
    Ok(bytes)
}

fn page(url: &str, limits: &Limits) -> Result<Loaded, IntakeError> {
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(limits.timeout))
        .max_redirects(limits.redirects)
        .max_redirects_will_error(true)
        .http_status_as_error(true)
        .user_agent(concat!("sourceline/", env!("CARGO_PKG_VERSION")))
        .accept("text/html, application/xhtml+xml, text/plain, text/markdown;q=0.9, */*;q=0.1")
        .build()
        .new_agent();
    let mut response = agent.get(url).call().map_err(|error| http_error(url, limits, error))?;
    let final_url = response.get_uri().to_string();
    let media_type = response.body().mime_type().map(str::to_ascii_lowercase);
    let charset = response.body().charset().map(str::to_owned);
    let mut bytes = Vec::new();
    let body = response.body_mut().with_config().limit(u64::MAX).reader();
    body.take(limits.page_bytes + 1).read_to_end(&mut bytes).map_err(|error| body_error(url, limits, error))?;
    if bytes.len() as u64 > limits.page_bytes {
        return Err(IntakeError::TooLarge { input: url.to_owned(), limit_mb: limits.page_bytes / 1_000_000 });
    }
    Ok(Loaded { bytes, input: url.to_owned(), url: Some(final_url), media_type, charset })
}

fn http_error(url: &str, limits: &Limits, error: HttpError) -> IntakeError {
    let url = url.to_owned();
    match error {
        HttpError::StatusCode(status) => IntakeError::Status { url, status },
        HttpError::TooManyRedirects => IntakeError::Redirects { url, limit: limits.redirects },
        HttpError::Timeout(_) => IntakeError::Timeout { url, seconds: limits.timeout.as_secs() },
        HttpError::BadUri(_) | HttpError::Http(_) => IntakeError::BadUrl { url },
        other => IntakeError::Network { url, cause: other.to_string() },
    }
}

/// An error while the body is read; the library wraps its own in one of IO.
fn body_error(url: &str, limits: &Limits, error: std::io::Error) -> IntakeError {
    http_error(url, limits, HttpError::from(error))
}

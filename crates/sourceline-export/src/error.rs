//! What can go wrong in an export.

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output can't be written.
    #[error("can't write the export")]
    Write(#[from] std::io::Error),
    /// A line can't be put into CSV.
    #[error("can't write the table")]
    Csv(#[from] csv::Error),
    /// A value can't be put into JSON.
    #[error("can't write JSON")]
    Json(#[from] serde_json::Error),
    /// A table can't be put into Parquet.
    #[error("can't write Parquet")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// There is no such format.
    #[error("there is no format “{given}”; choose one of {known}")]
    UnknownFormat {
        /// What was asked for.
        given: String,
        /// The formats there are.
        known: String,
    },
}

//! The formats, one a file.

use std::io::Write;

use crate::{Codes, ExportError, Item};

mod acled;
mod csv_table;
mod gdelt;
mod geojson;
mod graph;
mod hxl;
mod jsonld;
mod parquet_table;
mod plover;
mod polecat;
mod stix;
mod timelinejs;

/// Writes one format. Every item is written as it comes; a format that must know all of something first says so by [`Exporter::needs_survey`].
pub trait Exporter {
    /// Whether every item must go through [`Exporter::survey`] before the first goes through [`Exporter::item`].
    fn needs_survey(&self) -> bool {
        false
    }

    /// Takes note of a document that will be written later.
    fn survey(&mut self, _: &Item<'_>) {}

    /// Writes a document.
    ///
    /// # Errors
    /// When `out` can't be written.
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError>;

    /// Writes what comes after the last document. Must be called even when there was none, so that the output is whole.
    ///
    /// # Errors
    /// When `out` can't be written.
    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError>;
}

/// An exchange format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// PLOVER v0.8, JSON Lines.
    Plover,
    /// POLECAT, 40 tab-separated columns with a header.
    Polecat,
    /// GDELT 2.0 events, 61 tab-separated columns, no header.
    GdeltEvents,
    /// GDELT 2.0 mentions, 16 tab-separated columns, no header.
    GdeltMentions,
    /// The columns of ACLED's CSV.
    Acled,
    /// Events as CSV.
    Csv,
    /// Events as CSV with a row of HXL tags.
    Hxl,
    /// Events and relations with coordinates.
    GeoJson,
    /// Actors and relations as a dynamic graph, GEXF 1.3.
    Gexf,
    /// Actors and relations, GraphML.
    GraphMl,
    /// STIX 2.1 bundle.
    Stix,
    /// Claims and their sources, JSON-LD with PROV-O.
    JsonLd,
    /// TimelineJS JSON.
    TimelineJs,
    /// Events, Parquet.
    ParquetEvents,
    /// Relations, Parquet.
    ParquetRelations,
    /// Claims, Parquet.
    ParquetClaims,
    /// Documents, Parquet.
    ParquetDocuments,
    /// Entities of every document, Parquet.
    ParquetEntities,
    /// Hops of every claim's source chain, Parquet.
    ParquetChains,
}

impl Format {
    /// All formats with the word that names them on the command line.
    pub const ALL: [(Self, &'static str); 19] = [
        (Self::Plover, "plover"),
        (Self::Polecat, "polecat"),
        (Self::GdeltEvents, "gdelt-events"),
        (Self::GdeltMentions, "gdelt-mentions"),
        (Self::Acled, "acled"),
        (Self::Csv, "csv"),
        (Self::Hxl, "hxl"),
        (Self::GeoJson, "geojson"),
        (Self::Gexf, "gexf"),
        (Self::GraphMl, "graphml"),
        (Self::Stix, "stix"),
        (Self::JsonLd, "jsonld"),
        (Self::TimelineJs, "timelinejs"),
        (Self::ParquetEvents, "parquet-events"),
        (Self::ParquetRelations, "parquet-relations"),
        (Self::ParquetClaims, "parquet-claims"),
        (Self::ParquetDocuments, "parquet-documents"),
        (Self::ParquetEntities, "parquet-entities"),
        (Self::ParquetChains, "parquet-chains"),
    ];

    /// The word that names it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, word)| word)
    }

    /// Finds a format by its word.
    ///
    /// # Errors
    /// When there is none of that name; the error lists all.
    pub fn parse(word: &str) -> Result<Self, ExportError> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(format, _)| *format).ok_or_else(|| {
            ExportError::UnknownFormat { given: word.to_owned(), known: Self::ALL.map(|(_, name)| name).join(", ") }
        })
    }

    /// Usual ending of file names.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Plover => "jsonl",
            Self::Polecat => "tsv",
            Self::GdeltEvents | Self::GdeltMentions => "CSV",
            Self::Acled | Self::Csv | Self::Hxl => "csv",
            Self::GeoJson => "geojson",
            Self::Gexf => "gexf",
            Self::GraphMl => "graphml",
            Self::Stix | Self::TimelineJs => "json",
            Self::JsonLd => "jsonld",
            Self::ParquetEvents
            | Self::ParquetRelations
            | Self::ParquetClaims
            | Self::ParquetDocuments
            | Self::ParquetEntities
            | Self::ParquetChains => "parquet",
        }
    }
}

/// Makes the writer of a format.
pub fn exporter(format: Format) -> Box<dyn Exporter> {
    let codes = Codes::embedded();
    match format {
        Format::Plover => Box::new(plover::Plover::new(codes)),
        Format::Polecat => Box::new(polecat::Polecat::new(codes)),
        Format::GdeltEvents => Box::new(gdelt::Gdelt::events(codes)),
        Format::GdeltMentions => Box::new(gdelt::Gdelt::mentions(codes)),
        Format::Acled => Box::new(acled::Acled::new(codes)),
        Format::Csv => Box::new(csv_table::Events::default()),
        Format::Hxl => Box::new(hxl::Hxl::default()),
        Format::GeoJson => Box::new(geojson::GeoJson::default()),
        Format::Gexf => Box::new(graph::Graph::gexf()),
        Format::GraphMl => Box::new(graph::Graph::graphml()),
        Format::Stix => Box::new(stix::Stix::default()),
        Format::JsonLd => Box::new(jsonld::JsonLd::default()),
        Format::TimelineJs => Box::new(timelinejs::TimelineJs::default()),
        Format::ParquetEvents => Box::new(parquet_table::Table::events()),
        Format::ParquetRelations => Box::new(parquet_table::Table::relations()),
        Format::ParquetClaims => Box::new(parquet_table::Table::claims()),
        Format::ParquetDocuments => Box::new(parquet_table::Table::documents()),
        Format::ParquetEntities => Box::new(parquet_table::Table::entities()),
        Format::ParquetChains => Box::new(parquet_table::Table::chains()),
    }
}

/// Writes one record with `\t` between the fields; tabs and line breaks inside a field become spaces, as these formats have no quoting.
fn tab_line(fields: &[String], out: &mut dyn Write) -> Result<(), ExportError> {
    let clean: Vec<String> = fields.iter().map(|field| field.replace(['\t', '\n', '\r'], " ")).collect();
    writeln!(out, "{}", clean.join("\t"))?;
    Ok(())
}

/// Writes one CSV record (RFC 4180). A field that a spreadsheet would run as a formula gets an apostrophe in front.
fn csv_line<S: AsRef<str>>(fields: &[S], out: &mut dyn Write) -> Result<(), ExportError> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let safe = fields.iter().map(|field| {
        let field = field.as_ref();
        let formula = field.starts_with(['=', '@', '\t', '\r'])
            || (field.starts_with(['+', '-']) && field.parse::<f64>().is_err());
        if formula { format!("'{field}") } else { field.to_owned() }
    });
    writer.write_record(safe)?;
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    out.write_all(&bytes)?;
    Ok(())
}

/// Joins the names of parties.
fn names(parties: &[crate::Party], separator: &str) -> String {
    parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(separator)
}

/// `None` for an empty text: formats write unknown as null or nothing.
fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

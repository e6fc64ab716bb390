//! Tables as Parquet (UTF-8 strings, doubles, 64-bit integers), Snappy-compressed, a row group every [`GROUP`] rows.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::{Exporter, names};
use crate::rows::Words;
use crate::{EventRow, ExportError, Item, RelationRow};

/// Rows kept before they are written as a row group: 200,000 events need 234 MB at 65,536 rows a group, most of it rows that wait.
const GROUP: usize = 16_384;

/// A cell; every column is optional.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Text(Option<String>),
    Number(Option<f64>),
    Count(Option<i64>),
}

type Rows = fn(&Item<'_>) -> Vec<Vec<Cell>>;

pub(super) struct Table {
    schema: &'static str,
    rows_of: Rows,
    rows: Vec<Vec<Cell>>,
    writer: Option<SerializedFileWriter<Vec<u8>>>,
}

const EVENTS: &str = "message event { optional binary id (UTF8); optional binary document (UTF8); optional binary outlet (UTF8);
    optional binary published (UTF8); optional binary type (UTF8); optional binary mode (UTF8); optional binary contexts (UTF8);
    optional binary date (UTF8); optional binary end_date (UTF8); optional binary edtf (UTF8); optional binary actors (UTF8);
    optional binary recipients (UTF8); optional binary place (UTF8); optional binary country (UTF8); optional double latitude;
    optional double longitude; optional int64 geonames; optional binary certainty (UTF8); optional binary polarity (UTF8);
    optional binary statement (UTF8); optional binary evidence (UTF8); optional binary chain (UTF8); optional binary proposition (UTF8);
    optional int64 n_origins; optional binary origins (UTF8); optional binary contradicts (UTF8); optional binary url (UTF8); }";

const RELATIONS: &str = "message relation { optional binary id (UTF8); optional binary document (UTF8); optional binary kind (UTF8);
    optional binary subject (UTF8); optional binary object (UTF8); optional binary goods (UTF8); optional binary via (UTF8);
    optional binary begin_first (UTF8); optional binary begin_last (UTF8); optional binary end_first (UTF8); optional binary end_last (UTF8);
    optional binary certainty (UTF8); optional binary polarity (UTF8); optional binary evidence (UTF8); optional binary chain (UTF8);
    optional binary proposition (UTF8); optional int64 n_origins; optional binary origins (UTF8); optional binary contradicts (UTF8);
    optional binary outlet (UTF8); optional binary published (UTF8); optional binary url (UTF8); }";

const CLAIMS: &str = "message claim { optional binary id (UTF8); optional binary document (UTF8); optional binary statement (UTF8);
    optional binary kind (UTF8); optional binary chain (UTF8); optional binary chain_basis (UTF8); optional binary certainty (UTF8);
    optional binary polarity (UTF8); optional binary proposition (UTF8); optional int64 n_origins; optional binary origins (UTF8);
    optional binary contradicts (UTF8); optional binary evidence (UTF8); optional binary outlet (UTF8); optional binary published (UTF8);
    optional binary url (UTF8); }";

const ENTITIES: &str = "message entity { optional binary id (UTF8); optional binary document (UTF8); optional binary name (UTF8);
    optional binary kind (UTF8); optional binary kb (UTF8); optional binary wikidata (UTF8); optional binary country (UTF8);
    optional binary place (UTF8); optional binary feature (UTF8); optional int64 geonames; optional double latitude; optional double longitude;
    optional int64 n_mentions; }";

const CHAINS: &str =
    "message hop { optional binary claim (UTF8); optional binary document (UTF8); optional int64 position;
    optional binary role (UTF8); optional binary name (UTF8); optional int64 anonymous; optional binary entity (UTF8);
    optional int64 evidence_start; optional int64 evidence_end; }";

const DOCUMENTS: &str = "message document { optional binary id (UTF8); optional binary input (UTF8); optional binary url (UTF8);
    optional binary outlet (UTF8); optional binary title (UTF8); optional binary byline (UTF8); optional binary language (UTF8);
    optional binary published (UTF8); optional int64 n_claims; optional int64 n_events; optional binary text (UTF8); }";

impl Table {
    pub(super) fn events() -> Self {
        Self::new(EVENTS, events)
    }

    pub(super) fn relations() -> Self {
        Self::new(RELATIONS, relations)
    }

    pub(super) fn claims() -> Self {
        Self::new(CLAIMS, claims)
    }

    pub(super) fn documents() -> Self {
        Self::new(DOCUMENTS, documents)
    }

    pub(super) fn entities() -> Self {
        Self::new(ENTITIES, entities)
    }

    pub(super) fn chains() -> Self {
        Self::new(CHAINS, chains)
    }

    fn new(schema: &'static str, rows_of: Rows) -> Self {
        Self { schema, rows_of, rows: Vec::new(), writer: None }
    }

    fn writer(&mut self) -> Result<SerializedFileWriter<Vec<u8>>, ExportError> {
        if let Some(writer) = self.writer.take() {
            return Ok(writer);
        }
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("Sourceline".to_owned())
            .build();
        Ok(SerializedFileWriter::new(Vec::new(), Arc::new(parse_message_type(self.schema)?), Arc::new(properties))?)
    }

    /// Writes the waiting rows as a row group and passes on what is finished, so that memory stays bounded.
    fn flush(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut writer = self.writer()?;
        let rows = std::mem::take(&mut self.rows);
        let mut group = writer.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            write_column(&mut column, &rows, at)?;
            column.close()?;
            at += 1;
        }
        group.close()?;
        out.write_all(&std::mem::take(writer.inner_mut()))?;
        self.writer = Some(writer);
        Ok(())
    }
}

fn write_column(
    column: &mut parquet::file::writer::SerializedColumnWriter<'_>,
    rows: &[Vec<Cell>],
    at: usize,
) -> Result<(), ExportError> {
    let levels =
        |present: &dyn Fn(&Cell) -> bool| rows.iter().map(|row| i16::from(present(&row[at]))).collect::<Vec<i16>>();
    match rows.first().map(|row| &row[at]) {
        None => {}
        Some(Cell::Text(_)) => {
            let values: Vec<ByteArray> = rows
                .iter()
                .filter_map(|row| if let Cell::Text(Some(text)) = &row[at] { Some(text.as_str().into()) } else { None })
                .collect();
            column.typed::<ByteArrayType>().write_batch(
                &values,
                Some(&levels(&|cell| matches!(cell, Cell::Text(Some(_))))),
                None,
            )?;
        }
        Some(Cell::Number(_)) => {
            let values: Vec<f64> =
                rows.iter().filter_map(|row| if let Cell::Number(number) = row[at] { number } else { None }).collect();
            column.typed::<DoubleType>().write_batch(
                &values,
                Some(&levels(&|cell| matches!(cell, Cell::Number(Some(_))))),
                None,
            )?;
        }
        Some(Cell::Count(_)) => {
            let values: Vec<i64> =
                rows.iter().filter_map(|row| if let Cell::Count(count) = row[at] { count } else { None }).collect();
            column.typed::<Int64Type>().write_batch(
                &values,
                Some(&levels(&|cell| matches!(cell, Cell::Count(Some(_))))),
                None,
            )?;
        }
    }
    Ok(())
}

fn text(value: &str) -> Cell {
    Cell::Text(super::some(value).map(str::to_owned))
}

fn maybe(value: Option<&String>) -> Cell {
    Cell::Text(value.cloned())
}

fn count(value: usize) -> Cell {
    Cell::Count(i64::try_from(value).ok())
}

fn standing(standing: &crate::ClaimStanding) -> [Cell; 4] {
    [
        text(&standing.proposition),
        count(standing.origins.len()),
        text(&standing.origins.join("; ")),
        text(&standing.contradicts.join("; ")),
    ]
}

fn events(item: &Item<'_>) -> Vec<Vec<Cell>> {
    let document = &item.reading.document;
    let row = |row: &EventRow| {
        let place = row.place.clone().unwrap_or_default();
        let mut cells = vec![
            text(&row.id),
            text(&document.id),
            maybe(document.outlet.as_ref().map(|outlet| &outlet.name)),
            maybe(document.published.as_ref()),
            text(&row.kind),
            text(&row.mode),
            text(&row.contexts.join("; ")),
            text(&row.date),
            text(&row.end_date),
            text(&row.edtf),
            text(&names(&row.actors, "; ")),
            text(&names(&row.recipients, "; ")),
            text(&place.name),
            text(&place.country),
            Cell::Number(place.point.map(|point| point.0)),
            Cell::Number(place.point.map(|point| point.1)),
            Cell::Count(place.geonames.map(i64::from)),
            text(&row.certainty),
            text(&row.polarity),
            text(&row.statement),
            text(&row.evidence),
            text(&row.chain.join(" <- ")),
        ];
        cells.extend(standing(&row.standing));
        cells.push(text(&row.report.address));
        cells
    };
    EventRow::all(item).iter().map(row).collect()
}

fn relations(item: &Item<'_>) -> Vec<Vec<Cell>> {
    let row = |row: &RelationRow| {
        let fields = [
            &row.id,
            &item.reading.document.id,
            &row.kind,
            &row.subject.name,
            &row.object.name,
            &row.goods,
            &row.via.join("; "),
            &row.begin.0,
            &row.begin.1,
            &row.end.0,
            &row.end.1,
            &row.certainty,
            &row.polarity,
            &row.evidence,
            &row.chain.join(" <- "),
        ];
        let report = [&row.report.outlet, &row.report.published, &row.report.address].map(|field| text(field));
        fields.iter().map(|field| text(field)).chain(standing(&row.standing)).chain(report).collect()
    };
    RelationRow::all(item).iter().map(row).collect()
}

fn claims(item: &Item<'_>) -> Vec<Vec<Cell>> {
    let document = &item.reading.document;
    let words = Words::of(item.reading);
    let row = |claim: &sourceline_wire::Claim| {
        let chain: Vec<&str> = claim.chain.iter().map(|hop| hop.name.as_str()).collect();
        let id = format!("{}:{}", crate::rows::short(&document.id), claim.id);
        let fields = [
            &id,
            &document.id,
            &claim.statement,
            &claim.kind,
            &chain.join(" <- "),
            &claim.chain_basis,
            &claim.certainty,
            &claim.polarity,
        ];
        fields
            .iter()
            .map(|field| text(field))
            .chain(standing(&item.standings.get(&claim.id).cloned().unwrap_or_default()))
            .chain([
                text(&words.words(&claim.evidence)),
                text(item.outlet()),
                maybe(document.published.as_ref()),
                text(item.address()),
            ])
            .collect()
    };
    item.reading.claims.iter().map(row).collect()
}

fn entities(item: &Item<'_>) -> Vec<Vec<Cell>> {
    let document = &item.reading.document;
    let mut mentions: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in &item.reading.mentions {
        *mentions.entry(&mention.entity).or_default() += 1;
    }
    let row = |entity: &sourceline_wire::Entity| {
        let place = entity.place.as_ref();
        vec![
            text(&format!("{}:{}", crate::rows::short(&document.id), entity.id)),
            text(&document.id),
            text(&entity.name),
            text(&entity.kind),
            maybe(entity.kb.as_ref()),
            maybe(entity.wikidata.as_ref()),
            maybe(entity.country.as_ref().or(place.and_then(|place| place.country.as_ref()))),
            maybe(place.map(|place| &place.name)),
            maybe(place.map(|place| &place.feature)),
            Cell::Count(place.and_then(|place| place.geonames).map(i64::from)),
            Cell::Number(place.map(|place| place.lat)),
            Cell::Number(place.map(|place| place.lon)),
            count(mentions.get(entity.id.as_str()).copied().unwrap_or(0)),
        ]
    };
    item.reading.entities.iter().map(row).collect()
}

/// One row a hop, from the outlet (position 0) to the ultimate source.
fn chains(item: &Item<'_>) -> Vec<Vec<Cell>> {
    let document = &item.reading.document;
    let hops = |claim: &sourceline_wire::Claim| -> Vec<Vec<Cell>> {
        let id = format!("{}:{}", crate::rows::short(&document.id), claim.id);
        let hop = |(position, hop): (usize, &sourceline_wire::Hop)| {
            let span = hop.evidence.first();
            vec![
                text(&id),
                text(&document.id),
                count(position),
                text(&hop.role),
                text(&hop.name),
                count(usize::from(hop.anonymous)),
                maybe(hop.entity.as_ref()),
                Cell::Count(span.and_then(|span| i64::try_from(span[0]).ok())),
                Cell::Count(span.and_then(|span| i64::try_from(span[1]).ok())),
            ]
        };
        claim.chain.iter().enumerate().map(hop).collect()
    };
    item.reading.claims.iter().flat_map(hops).collect()
}

fn documents(item: &Item<'_>) -> Vec<Vec<Cell>> {
    let document = &item.reading.document;
    vec![vec![
        text(&document.id),
        text(&document.input),
        maybe(document.url.as_ref()),
        maybe(document.outlet.as_ref().map(|outlet| &outlet.name)),
        maybe(document.title.as_ref()),
        maybe(document.byline.as_ref()),
        maybe(document.language.as_ref()),
        maybe(document.published.as_ref()),
        count(item.reading.claims.len()),
        count(item.reading.events.len()),
        text(&document.text),
    ]]
}

impl Exporter for Table {
    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        self.rows.extend((self.rows_of)(item));
        if self.rows.len() >= GROUP { self.flush(out) } else { Ok(()) }
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if !self.rows.is_empty() {
            self.flush(out)?;
        }
        let writer = self.writer()?;
        out.write_all(&writer.into_inner()?)?;
        Ok(())
    }
}

//! Actors and relations as a graph: GEXF 1.3 (dynamic, with spells) and GraphML.
//!
//! Every relation of a report is an edge of its own, with its days, certainty, origins and the report. Edges are written as they come; who is in the graph is
//! kept. GEXF lists all nodes before the first edge and so goes over the documents twice; GraphML names a node right before its first edge.

use std::collections::BTreeMap;
use std::io::Write;

use quick_xml::escape::escape;

use super::Exporter;
use crate::{ExportError, Item, Party, RelationRow};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Gexf,
    GraphMl,
}

pub(super) struct Graph {
    dialect: Dialect,
    nodes: BTreeMap<String, Party>,
    edges: usize,
    begun: bool,
}

/// An attribute: its name and how to read it.
type Field<T> = (&'static str, fn(&T) -> String);

/// Attributes of an edge.
const EDGE_FIELDS: [Field<RelationRow>; 14] = [
    ("kind", |row| row.kind.clone()),
    ("certainty", |row| row.certainty.clone()),
    ("polarity", |row| row.polarity.clone()),
    ("goods", |row| row.goods.clone()),
    ("via", |row| row.via.join("; ")),
    ("evidence", |row| row.evidence.clone()),
    ("chain", |row| row.chain.join(" <- ")),
    ("origins", |row| row.standing.origins.join("; ")),
    ("proposition", |row| row.standing.proposition.clone()),
    ("contradicts", |row| row.standing.contradicts.join("; ")),
    ("document", |row| row.report.document.clone()),
    ("report", |row| row.report.address.clone()),
    ("outlet", |row| row.report.outlet.clone()),
    ("published", |row| row.report.published.clone()),
];

/// Attributes of a node.
const NODE_FIELDS: [Field<Party>; 4] = [
    ("kind", |party| party.kind.clone()),
    ("country", |party| party.country.clone()),
    ("wikidata", |party| party.wikidata.clone()),
    ("kb", |party| party.kb.clone()),
];

impl Graph {
    pub(super) fn gexf() -> Self {
        Self { dialect: Dialect::Gexf, nodes: BTreeMap::new(), edges: 0, begun: false }
    }

    pub(super) fn graphml() -> Self {
        Self { dialect: Dialect::GraphMl, ..Self::gexf() }
    }

    /// Everything before the first edge; for GEXF all nodes, too.
    fn begin(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        match self.dialect {
            Dialect::Gexf => self.gexf_head(out),
            Dialect::GraphMl => graphml_head(out),
        }
    }

    fn gexf_head(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        writeln!(out, r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#)?;
        writeln!(
            out,
            r#"  <graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">"#
        )?;
        gexf_attributes("node", &NODE_FIELDS.map(|(name, _)| name), out)?;
        gexf_attributes("edge", &EDGE_FIELDS.map(|(name, _)| name), out)?;
        writeln!(out, "    <nodes>")?;
        for (key, party) in &self.nodes {
            writeln!(out, r#"      <node id="{}" label="{}">"#, attribute(key), attribute(&party.name))?;
            gexf_values(&NODE_FIELDS.map(|(_, read)| read(party)), out)?;
            writeln!(out, "      </node>")?;
        }
        writeln!(out, "    </nodes>\n    <edges>")?;
        Ok(())
    }

    fn gexf_edge(&self, from: &str, to: &str, row: &RelationRow, out: &mut dyn Write) -> Result<(), ExportError> {
        let (start, end) = (when("start", &row.begin.0), when("end", &row.end.1));
        let (number, kind, from, to) = (self.edges, attribute(&row.kind), attribute(from), attribute(to));
        writeln!(
            out,
            r#"      <edge id="{number}" source="{from}" target="{to}" label="{kind}" kind="{kind}"{start}{end}>"#
        )?;
        gexf_values(&EDGE_FIELDS.map(|(_, read)| read(row)), out)?;
        if !start.is_empty() || !end.is_empty() {
            writeln!(out, "        <spells><spell{start}{end}/></spells>")?;
        }
        writeln!(out, "      </edge>")?;
        Ok(())
    }

    fn graphml_edge(&self, from: &str, to: &str, row: &RelationRow, out: &mut dyn Write) -> Result<(), ExportError> {
        let (number, from, to) = (self.edges, attribute(from), attribute(to));
        writeln!(out, r#"    <edge id="e{number}" source="{from}" target="{to}">"#)?;
        data("edge-start", &row.begin.0, out)?;
        data("edge-end", &row.end.1, out)?;
        for (name, read) in EDGE_FIELDS {
            data(&format!("edge-{name}"), &read(row), out)?;
        }
        writeln!(out, "    </edge>")?;
        Ok(())
    }

    fn graphml_node(&mut self, key: &str, party: &Party, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.nodes.contains_key(key) {
            return Ok(());
        }
        writeln!(out, r#"    <node id="{}">"#, attribute(key))?;
        data("node-label", &party.name, out)?;
        for (name, read) in NODE_FIELDS {
            data(&format!("node-{name}"), &read(party), out)?;
        }
        writeln!(out, "    </node>")?;
        // Only that it has been written matters from here on.
        self.nodes.insert(key.to_owned(), Party::default());
        Ok(())
    }
}

/// What makes an actor one across reports.
fn key(party: &Party) -> String {
    if party.kb.is_empty() { party.name.to_lowercase() } else { party.kb.clone() }
}

/// The relations that have both ends.
fn whole(item: &Item<'_>) -> impl Iterator<Item = RelationRow> {
    let rows = RelationRow::all(item).into_iter();
    rows.filter(|row| !row.subject.name.is_empty() && !row.object.name.is_empty())
}

fn gexf_attributes(class: &str, names: &[&str], out: &mut dyn Write) -> Result<(), ExportError> {
    writeln!(out, r#"    <attributes class="{class}" mode="static">"#)?;
    for (id, name) in names.iter().enumerate() {
        writeln!(out, r#"      <attribute id="{id}" title="{name}" type="string"/>"#)?;
    }
    writeln!(out, "    </attributes>")?;
    Ok(())
}

fn graphml_head(out: &mut dyn Write) -> Result<(), ExportError> {
    writeln!(out, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#)?;
    let keys = NODE_FIELDS.map(|(name, _)| ("node", name)).into_iter().chain([
        ("node", "label"),
        ("edge", "start"),
        ("edge", "end"),
    ]);
    for (class, name) in keys.chain(EDGE_FIELDS.map(|(name, _)| ("edge", name))) {
        writeln!(out, r#"  <key id="{class}-{name}" for="{class}" attr.name="{name}" attr.type="string"/>"#)?;
    }
    writeln!(out, r#"  <graph id="sourceline" edgedefault="directed">"#)?;
    Ok(())
}

/// The text as it may stand in an attribute.
fn attribute(text: &str) -> String {
    escape(printable(text)).into_owned()
}

fn when(name: &str, day: &str) -> String {
    if day.is_empty() { String::new() } else { format!(r#" {name}="{}""#, escape(day)) }
}

fn gexf_values(values: &[String], out: &mut dyn Write) -> Result<(), ExportError> {
    writeln!(out, "        <attvalues>")?;
    for (id, value) in values.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, r#"          <attvalue for="{id}" value="{}"/>"#, escape(printable(value)))?;
    }
    writeln!(out, "        </attvalues>")?;
    Ok(())
}

fn data(key: &str, value: &str, out: &mut dyn Write) -> Result<(), ExportError> {
    if !value.is_empty() {
        writeln!(out, r#"      <data key="{key}">{}</data>"#, escape(printable(value)))?;
    }
    Ok(())
}

/// XML 1.0 has no place for most control characters, escaped or not.
fn printable(value: &str) -> String {
    value.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect()
}

impl Exporter for Graph {
    fn needs_survey(&self) -> bool {
        self.dialect == Dialect::Gexf
    }

    fn survey(&mut self, item: &Item<'_>) {
        for row in whole(item) {
            for party in [row.subject, row.object] {
                self.nodes.entry(key(&party)).or_insert(party);
            }
        }
    }

    fn item(&mut self, item: &Item<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        self.begin(out)?;
        for row in whole(item) {
            let (from, to) = (key(&row.subject), key(&row.object));
            match self.dialect {
                Dialect::Gexf => self.gexf_edge(&from, &to, &row, out)?,
                Dialect::GraphMl => {
                    self.graphml_node(&from, &row.subject, out)?;
                    self.graphml_node(&to, &row.object, out)?;
                    self.graphml_edge(&from, &to, &row, out)?;
                }
            }
            self.edges += 1;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        self.begin(out)?;
        match self.dialect {
            Dialect::Gexf => writeln!(out, "    </edges>\n  </graph>\n</gexf>")?,
            Dialect::GraphMl => writeln!(out, "  </graph>\n</graphml>")?,
        }
        Ok(())
    }
}

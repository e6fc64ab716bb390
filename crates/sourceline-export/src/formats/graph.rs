//! Actors and relations as a graph: GEXF 1.3 (dynamic, with spells) and GraphML. Both list all nodes before the edges, so the graph is kept until the end.

use std::collections::BTreeMap;
use std::io::Write;

use quick_xml::escape::escape;

use super::Exporter;
use crate::{ExportError, Item, Party, RelationRow};

enum Dialect {
    Gexf,
    GraphMl,
}

pub(super) struct Graph {
    dialect: Dialect,
    nodes: BTreeMap<String, Party>,
    edges: Vec<(String, String, RelationRow)>,
}

/// An attribute: its name and how to read it.
type Field<T> = (&'static str, fn(&T) -> String);

/// Attributes of an edge.
const EDGE_FIELDS: [Field<RelationRow>; 10] = [
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
        Self { dialect: Dialect::Gexf, nodes: BTreeMap::new(), edges: Vec::new() }
    }

    pub(super) fn graphml() -> Self {
        Self { dialect: Dialect::GraphMl, ..Self::gexf() }
    }

    fn node(&mut self, party: &Party) -> String {
        let key = if party.kb.is_empty() { party.name.to_lowercase() } else { party.kb.clone() };
        self.nodes.entry(key.clone()).or_insert_with(|| party.clone());
        key
    }

    fn gexf_document(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#)?;
        writeln!(
            out,
            r#"  <graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">"#
        )?;
        self.gexf_attributes("node", &NODE_FIELDS.map(|(name, _)| name), out)?;
        self.gexf_attributes("edge", &EDGE_FIELDS.map(|(name, _)| name), out)?;
        writeln!(out, "    <nodes>")?;
        for (key, party) in &self.nodes {
            writeln!(out, r#"      <node id="{}" label="{}">"#, escape(key), escape(&party.name))?;
            gexf_values(&NODE_FIELDS.map(|(_, read)| read(party)), out)?;
            writeln!(out, "      </node>")?;
        }
        writeln!(out, "    </nodes>\n    <edges>")?;
        for (number, (from, to, row)) in self.edges.iter().enumerate() {
            let (start, end) = (when("start", &row.begin.0), when("end", &row.end.1));
            let (kind, from, to) = (escape(&row.kind), escape(from), escape(to));
            writeln!(
                out,
                r#"      <edge id="{number}" source="{from}" target="{to}" label="{kind}" kind="{kind}"{start}{end}>"#
            )?;
            gexf_values(&EDGE_FIELDS.map(|(_, read)| read(row)), out)?;
            if !start.is_empty() || !end.is_empty() {
                writeln!(out, "        <spells><spell{start}{end}/></spells>")?;
            }
            writeln!(out, "      </edge>")?;
        }
        writeln!(out, "    </edges>\n  </graph>\n</gexf>")?;
        Ok(())
    }

    fn gexf_attributes(&self, class: &str, names: &[&str], out: &mut dyn Write) -> Result<(), ExportError> {
        writeln!(out, r#"    <attributes class="{class}" mode="static">"#)?;
        for (id, name) in names.iter().enumerate() {
            writeln!(out, r#"      <attribute id="{id}" title="{name}" type="string"/>"#)?;
        }
        writeln!(out, "    </attributes>")?;
        Ok(())
    }

    fn graphml_document(&self, out: &mut dyn Write) -> Result<(), ExportError> {
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
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
        for (key, party) in &self.nodes {
            writeln!(out, r#"    <node id="{}">"#, escape(key))?;
            data("node-label", &party.name, out)?;
            for (name, read) in NODE_FIELDS {
                data(&format!("node-{name}"), &read(party), out)?;
            }
            writeln!(out, "    </node>")?;
        }
        for (number, (from, to, row)) in self.edges.iter().enumerate() {
            writeln!(out, r#"    <edge id="e{number}" source="{}" target="{}">"#, escape(from), escape(to))?;
            data("edge-start", &row.begin.0, out)?;
            data("edge-end", &row.end.1, out)?;
            for (name, read) in EDGE_FIELDS {
                data(&format!("edge-{name}"), &read(row), out)?;
            }
            writeln!(out, "    </edge>")?;
        }
        writeln!(out, "  </graph>\n</graphml>")?;
        Ok(())
    }
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
    fn item(&mut self, item: &Item<'_>, _: &mut dyn Write) -> Result<(), ExportError> {
        for row in
            RelationRow::all(item).into_iter().filter(|row| !row.subject.name.is_empty() && !row.object.name.is_empty())
        {
            let (from, to) = (self.node(&row.subject), self.node(&row.object));
            self.edges.push((from, to, row));
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> Result<(), ExportError> {
        match self.dialect {
            Dialect::Gexf => self.gexf_document(out),
            Dialect::GraphMl => self.graphml_document(out),
        }
    }
}

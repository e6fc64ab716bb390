//! A self-contained page of readings: the text with its words marked, the claims beside it, each linked to its words.
//!
//! No script, no outside resources; light and dark by the reader's setting.

use std::collections::BTreeSet;
use std::fmt::Write;

use sourceline::Reading;
use sourceline::model::{Byte, Claim, ClaimKind, MentionForm, Polarity, Span};

use crate::view;

const STYLE: &str = include_str!("page.css");

/// A page under construction.
#[derive(Debug, Default)]
pub struct Page {
    body: String,
    readings: usize,
    title: Option<String>,
}

impl Page {
    /// Adds a reading.
    pub fn add(&mut self, reading: &Reading) {
        self.readings += 1;
        let document = &reading.analysis.document;
        let title = document.title.clone().unwrap_or_else(|| document.input.clone());
        let outlet = document.outlet.as_ref().map_or("unknown outlet", |outlet| outlet.name.as_str());
        let date = document.published.as_ref().map_or("date unknown", |published| published.edtf.as_str());
        self.title.get_or_insert_with(|| title.clone());
        let prefix = format!("r{}-", self.readings);
        let _ = write!(
            self.body,
            "<article><header><h1 dir=\"auto\">{}</h1><p class=\"meta\"><bdi>{}</bdi> · {} · {} claims</p></header>",
            escape(&title),
            escape(outlet),
            escape(date),
            reading.claims.len()
        );
        self.body.push_str("<div class=\"columns\"><section class=\"text\" lang=\"en\">");
        text(reading, &prefix, &mut self.body);
        self.body.push_str("</section><section class=\"claims\"><h2>Claims</h2><ol>");
        for claim in &reading.claims {
            claim_item(reading, claim, &prefix, &mut self.body);
        }
        self.body.push_str("</ol></section></div>");
        footer(reading, &mut self.body);
        self.body.push_str("</article>\n");
    }

    /// The whole page.
    pub fn finish(&self) -> String {
        let title = escape(self.title.as_deref().unwrap_or("Sourceline"));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
             initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title} – Sourceline</title><style>{STYLE}</style></head>\
             <body>\n<p class=\"key\"><span class=\"source\">source</span> <span class=\"cue\">cue</span> <span class=\"content\">what is said</span> \
             <span class=\"name\">name</span> <span class=\"claim\">claim</span></p>\n{}</body></html>\n",
            self.body
        )
    }
}

/// A marked stretch of text.
struct Mark {
    span: Span<Byte>,
    class: &'static str,
    /// What a pointer over it says.
    tip: Option<String>,
}

/// Writes the paragraphs with their marks. Marks may overlap: the text is cut at every edge, and each piece carries all its classes.
fn text(reading: &Reading, prefix: &str, out: &mut String) {
    let text = &reading.analysis.document.text;
    let marks = marks(reading);
    let anchors: Vec<(usize, u32)> =
        reading.claims.iter().filter_map(|claim| Some((claim.evidence.first()?.start, claim.id))).collect();
    let edges: BTreeSet<usize> = marks
        .iter()
        .flat_map(|mark| [mark.span.start, mark.span.end])
        .chain(anchors.iter().map(|(at, _)| *at))
        .collect();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let end = start + paragraph.len();
        out.push_str("<p dir=\"auto\">");
        let mut at = start;
        let inner = edges.range(start..end).copied().filter(|edge| *edge > start);
        for edge in inner.chain([end]) {
            piece(text, at..edge, &marks, &anchors, prefix, out);
            at = edge;
        }
        out.push_str("</p>");
        start = end + 2;
    }
}

/// Writes the text between two edges.
fn piece(
    text: &str,
    range: std::ops::Range<usize>,
    marks: &[Mark],
    anchors: &[(usize, u32)],
    prefix: &str,
    out: &mut String,
) {
    for (_, id) in anchors.iter().filter(|(at, _)| *at == range.start) {
        let _ = write!(out, "<a class=\"anchor\" id=\"{prefix}c{id}\"></a>");
    }
    let words = escape(text.get(range.clone()).unwrap_or(""));
    let over: Vec<&Mark> =
        marks.iter().filter(|mark| mark.span.start <= range.start && range.end <= mark.span.end).collect();
    if over.is_empty() {
        out.push_str(&words);
        return;
    }
    let classes: BTreeSet<&str> = over.iter().map(|mark| mark.class).collect();
    let classes = classes.into_iter().collect::<Vec<_>>().join(" ");
    let tip = over.iter().rev().find_map(|mark| mark.tip.as_deref());
    let tip = tip.map(|tip| format!(" title=\"{}\"", escape(tip))).unwrap_or_default();
    let _ = write!(out, "<span class=\"{classes}\"{tip}>{words}</span>");
}

fn marks(reading: &Reading) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |spans: &[Span<Byte>], class: &'static str, tip: Option<String>| {
        marks.extend(spans.iter().map(|&span| Mark { span, class, tip: tip.clone() }));
    };
    for claim in &reading.claims {
        add(&claim.evidence, "claim", None);
    }
    for attribution in &reading.attributions {
        add(&attribution.content, "content", None);
        add(&attribution.cue, "cue", None);
        add(
            &attribution.source,
            "source",
            attribution.anonymous.as_ref().map(|anonymous| format!("anonymous: {}", anonymous.descriptor)),
        );
    }
    for mention in reading.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let entity = reading.entities.iter().find(|entity| entity.id == mention.entity);
        let tip = entity.map(|entity| format!("{} ({})", entity.name, mention.kind.as_str()));
        add(&[mention.span], "name", tip);
    }
    for time in &reading.times {
        add(&[time.span], "time", time.value.clone());
    }
    marks
}

fn claim_item(reading: &Reading, claim: &Claim, prefix: &str, out: &mut String) {
    let mut facts = vec![match claim.polarity {
        Polarity::Positive => claim.certainty.as_str().to_owned(),
        Polarity::Negative => format!("not so, {}", claim.certainty.as_str()),
    }];
    facts.extend(matches!(claim.kind, ClaimKind::Forecast | ClaimKind::Opinion).then(|| match claim.kind {
        ClaimKind::Opinion => "opinion".to_owned(),
        _ => "forecast".to_owned(),
    }));
    facts.extend(view::time(reading, claim));
    let class = if claim.polarity == Polarity::Negative { "negative" } else { claim.certainty.as_str() };
    let _ = write!(
        out,
        "<li value=\"{id}\"><a href=\"#{prefix}c{id}\" dir=\"auto\">{}</a><p class=\"facts {class}\">{}</p><p class=\"chain\" dir=\"auto\">{}</p></li>",
        escape(&claim.statement),
        escape(&facts.join(" · ")),
        escape(&view::chain(&claim.chain).replace(" <- ", " ← ")),
        id = claim.id,
    );
}

/// Notes and what was left out.
fn footer(reading: &Reading, out: &mut String) {
    out.push_str("<footer>");
    for note in view::reading_notes(reading) {
        let _ = write!(out, "<p class=\"note\">{}</p>", escape(&note.message));
    }
    let removed = &reading.analysis.document.removed;
    if !removed.is_empty() {
        let _ = write!(out, "<details><summary>{} pieces of page furniture were left out</summary><ul>", removed.len());
        for piece in removed {
            let _ = write!(out, "<li dir=\"auto\"><b>{}</b> {}</li>", piece.why, escape(&piece.text));
        }
        out.push_str("</ul></details>");
    }
    out.push_str("</footer>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use sourceline::model::{Analysis, Attribution, AttributionId, AttributionKind, Document};

    #[test]
    fn overlapping_marks_are_cut_at_their_edges_and_text_is_escaped() {
        let text = "He <b>said</b> so.\n\nNext & last.";
        let span = |words: &str| {
            let start = text.find(words).expect("the words stand in the text");
            Span::new(start, start + words.len())
        };
        let attribution = Attribution {
            id: AttributionId(1),
            kind: AttributionKind::Indirect,
            source: vec![span("He")],
            source_entity: None,
            anonymous: None,
            cue: vec![span("said")],
            content: vec![span("said</b> so")],
            within: None,
        };
        let document = Document { text: text.into(), title: Some("<script>".into()), ..Document::default() };
        let reading = Reading {
            analysis: Analysis { document, ..Analysis::default() },
            attributions: vec![attribution],
            ..Reading::default()
        };
        let mut page = Page::default();
        page.add(&reading);
        let html = page.finish();
        assert!(
            html.contains("<span class=\"source\">He</span> &lt;b&gt;<span class=\"content cue\">said</span>"),
            "{html}"
        );
        assert!(html.contains("<p dir=\"auto\">Next &amp; last.</p>"));
        assert!(!html.contains("<script>"));
    }
}

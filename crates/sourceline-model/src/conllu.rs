//! Reads CoNLL-U text into an [`Analysis`], so that later stages can be tested without weights.
//!
//! In: CoNLL-U lines. Out: one `Analysis` whose text is rebuilt from the forms (`SpaceAfter=No` honoured, `# newpar` starts a
//! paragraph). MISC may also carry `Name=B-person`, `Source=B`, `Cue=B`, `Content=B` (or `I`), `Fact=2.5`, and `Hint=person`; a source or content
//! belongs to the nearest cue of its sentence unless `Link=<n>` on its first word names the n-th cue of the document, from 0.
//! Not here: writing CoNLL-U (`sourceline-text`).

use crate::{
    Analysis, AttributionRole, AttributionSpan, EntityHint, EntityKind, NameSpan, Sentence, Span, Token, Upos,
};

/// What is wrong with CoNLL-U input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    /// Line number, from 1.
    pub line: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl std::fmt::Display for ConlluError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: expected {}", self.line, self.expected)
    }
}

impl std::error::Error for ConlluError {}

impl Analysis {
    /// Reads CoNLL-U. Empty nodes are skipped; the words of a multi-word token get the span of the whole token as `surface`.
    ///
    /// # Errors
    /// When a line has fewer than ten columns, or a number or tag can't be read.
    pub fn from_conllu(conllu: &str) -> Result<Self, ConlluError> {
        let mut reader = Reader::default();
        for (at, line) in conllu.lines().enumerate() {
            reader.line(at + 1, line.trim_end())?;
        }
        reader.end_sentence();
        Ok(reader.finish())
    }
}

#[derive(Default)]
struct Reader {
    analysis: Analysis,
    misc: Vec<String>,
    sentence_start: usize,
    paragraph_pending: bool,
    glued: bool,
    range: Option<Range>,
}

struct Range {
    last: usize,
    span: Span,
    used: usize,
    space_after: bool,
}

impl Reader {
    fn line(&mut self, line: usize, text: &str) -> Result<(), ConlluError> {
        if text.is_empty() {
            self.end_sentence();
        } else if let Some(comment) = text.strip_prefix('#') {
            self.paragraph_pending |=
                comment.trim_start().starts_with("newpar") || comment.trim_start().starts_with("newdoc");
        } else {
            let columns: Vec<&str> = text.split('\t').collect();
            if columns.len() < 10 {
                return Err(ConlluError { line, expected: "ten tab-separated columns" });
            }
            self.word(line, &columns)?;
        }
        Ok(())
    }

    fn word(&mut self, line: usize, columns: &[&str]) -> Result<(), ConlluError> {
        let id = columns[0];
        if id.contains('.') {
            return Ok(());
        }
        let space_after = !columns[9].split('|').any(|pair| pair == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            let last = last.parse().map_err(|_| ConlluError { line, expected: "a range of word numbers" })?;
            let span = self.append(columns[1]);
            self.range = Some(Range { last, span, used: span.start, space_after });
            return Ok(());
        }
        let number: usize = id.parse().map_err(|_| ConlluError { line, expected: "a word number" })?;
        let head: usize = columns[6].parse().map_err(|_| ConlluError { line, expected: "the number of the head" })?;
        let upos = Upos::parse(columns[3]).ok_or(ConlluError { line, expected: "a UPOS tag" })?;
        let (span, surface, space_after) = self.place(number, columns[1], space_after);
        self.glued = !space_after;
        let misc = |key: &str| {
            columns[9].split('|').find_map(|pair| pair.split_once('=').filter(|(k, _)| *k == key).map(|(_, v)| v))
        };
        self.analysis.tokens.push(Token {
            span,
            lemma: columns[2].to_owned(),
            upos,
            feats: if columns[5] == "_" { String::new() } else { columns[5].to_owned() },
            head: head.checked_sub(1).map(|h| self.sentence_start + h),
            deprel: columns[7].to_owned(),
            space_after,
            surface,
            hint: misc("Hint").and_then(EntityHint::parse),
            factuality: misc("Fact").and_then(|value| value.parse().ok()).unwrap_or(0.0),
        });
        self.misc.push(columns[9].to_owned());
        Ok(())
    }

    /// Where a word stands: inside the current multi-word token, or appended to the text.
    fn place(&mut self, number: usize, form: &str, space_after: bool) -> (Span, Option<Span>, bool) {
        let Some(range) = self.range.as_mut() else { return (self.append(form), None, space_after) };
        let last = number >= range.last;
        let rest = &self.analysis.document.text[range.used..range.span.end];
        let end = if last {
            range.span.end
        } else if rest.starts_with(form) {
            range.used + form.len()
        } else {
            range.used
        };
        let placed = (Span::new(range.used, end), Some(range.span), last && range.space_after);
        range.used = end;
        if last {
            self.range = None;
        }
        placed
    }

    fn append(&mut self, form: &str) -> Span {
        let text = &mut self.analysis.document.text;
        if self.paragraph_pending || self.analysis.paragraphs.is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            self.analysis.paragraphs.push(Span::new(text.len(), text.len()));
            self.paragraph_pending = false;
        } else if !self.glued {
            text.push(' ');
        }
        self.glued = false;
        let start = text.len();
        text.push_str(form);
        let span = Span::new(start, text.len());
        if let Some(paragraph) = self.analysis.paragraphs.last_mut() {
            paragraph.end = text.len();
        }
        span
    }

    fn end_sentence(&mut self) {
        let tokens = Span::new(self.sentence_start, self.analysis.tokens.len());
        if tokens.is_empty() {
            return;
        }
        let span = self.analysis.bytes(tokens);
        let paragraph = self.analysis.paragraphs.len().saturating_sub(1);
        self.analysis.sentences.push(Sentence { tokens, span, paragraph, vector: Vec::new() });
        self.sentence_start = tokens.end;
        self.range = None;
        self.glued = false;
    }

    fn finish(mut self) -> Analysis {
        self.analysis.names = spans(&self.misc, "Name")
            .into_iter()
            .filter_map(|(tokens, kind)| Some(NameSpan { tokens, kind: EntityKind::parse(&kind)? }))
            .collect();
        let roles =
            [("Source", AttributionRole::Source), ("Cue", AttributionRole::Cue), ("Content", AttributionRole::Content)];
        let mut found: Vec<AttributionSpan> = roles
            .into_iter()
            .flat_map(|(key, role)| spans(&self.misc, key).into_iter().map(move |(tokens, _)| (role, tokens)))
            .map(|(role, tokens)| AttributionSpan { role, tokens, cue: None })
            .collect();
        found.sort_by_key(|span| (span.tokens.start, span.role));
        self.link(&mut found);
        self.analysis.attribution = found;
        self.analysis
    }

    fn link(&self, found: &mut [AttributionSpan]) {
        let cues: Vec<(usize, Span<crate::Tok>)> = found
            .iter()
            .enumerate()
            .filter(|(_, s)| s.role == AttributionRole::Cue)
            .map(|(i, s)| (i, s.tokens))
            .collect();
        for span in found.iter_mut().filter(|span| span.role != AttributionRole::Cue) {
            let stated = self.misc[span.tokens.start]
                .split('|')
                .find_map(|pair| pair.strip_prefix("Link="))
                .and_then(|n| n.parse::<usize>().ok());
            let sentence = self.analysis.sentence_of(span.tokens.start);
            let nearest = || {
                cues.iter().filter(|(_, cue)| self.analysis.sentence_of(cue.start) == sentence).min_by_key(
                    |(_, cue)| cue.start.abs_diff(span.tokens.start).min(cue.start.abs_diff(span.tokens.end)),
                )
            };
            span.cue = stated.and_then(|n| cues.get(n)).or_else(nearest).map(|(index, _)| *index);
        }
    }
}

/// Runs of `key=B…`/`key=I…` over the words, with what follows `B-`.
fn spans(misc: &[String], key: &str) -> Vec<(Span<crate::Tok>, String)> {
    let mut found: Vec<(Span<crate::Tok>, String)> = Vec::new();
    for (index, pairs) in misc.iter().enumerate() {
        let Some(tag) =
            pairs.split('|').find_map(|pair| pair.strip_prefix(key).and_then(|rest| rest.strip_prefix('=')))
        else {
            continue;
        };
        match found.last_mut() {
            Some((span, _)) if tag.starts_with('I') && span.end == index => span.end = index + 1,
            _ => found.push((Span::new(index, index + 1), tag.trim_start_matches(['B', 'I', '-']).to_owned())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# newpar\n\
        1\tOfficials\tofficial\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\tSource=B\n\
        2\tsaid\tsay\tVERB\tVBD\tTense=Past\t0\troot\t_\tCue=B|Fact=2.5\n\
        3\tKenya\tKenya\tPROPN\tNNP\t_\t6\tnsubj\t_\tName=B-gpe|Content=B\n\
        4-5\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        4\tdid\tdo\tAUX\tVBD\t_\t6\taux\t_\tContent=I\n\
        5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\tContent=I\n\
        6\twithdraw\twithdraw\tVERB\tVB\t_\t2\tccomp\t_\tSpaceAfter=No|Content=I\n\
        7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";

    #[test]
    fn rebuilds_text_spans_and_trees() {
        let analysis = Analysis::from_conllu(TEXT).unwrap();
        assert_eq!(analysis.document.text, "Officials said Kenya didn't withdraw.");
        assert_eq!(analysis.form(3), "did");
        assert_eq!(analysis.form(4), "n't");
        assert_eq!(analysis.tokens[3].surface, Some(Span::new(21, 27)));
        assert_eq!(analysis.tokens[5].head, Some(1));
        assert_eq!(analysis.subtree(5), vec![2, 3, 4, 5]);
        assert_eq!(analysis.head_of(Span::new(2, 6)), Some(5));
        assert_eq!(analysis.text(analysis.sentences[0].span), analysis.document.text);
    }

    #[test]
    fn reads_names_and_attribution() {
        let analysis = Analysis::from_conllu(TEXT).unwrap();
        assert_eq!(analysis.names, vec![NameSpan { tokens: Span::new(2, 3), kind: EntityKind::Gpe }]);
        let roles: Vec<_> = analysis.attribution.iter().map(|s| (s.role, s.tokens.range(), s.cue)).collect();
        assert_eq!(
            roles,
            vec![
                (AttributionRole::Source, 0..1, Some(1)),
                (AttributionRole::Cue, 1..2, None),
                (AttributionRole::Content, 2..6, Some(1)),
            ]
        );
    }

    #[test]
    fn says_where_a_line_is_wrong() {
        assert_eq!(Analysis::from_conllu("1\ta\n").unwrap_err().line, 1);
    }
}

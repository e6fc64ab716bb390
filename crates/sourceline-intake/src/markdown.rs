//! Markdown: front matter and marks off, text kept.

use sourceline_model::{Removed, Span};

use crate::{Found, text};

/// Reads a Markdown text.
pub(crate) fn read(source: &str) -> Found {
    let mut found = Found::default();
    let source = text::clean(source, &mut found.notes);
    let body = front_matter(&source, &mut found);
    for block in blocks(body) {
        add_block(&block, &mut found);
    }
    found
}

/// Takes `---` front matter off and keeps the fields that are known.
fn front_matter<'t>(source: &'t str, found: &mut Found) -> &'t str {
    let trimmed = source.trim_start();
    let Some((matter, body)) = trimmed.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")) else {
        return source;
    };
    for line in matter.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        if let Some(field) = text::key(name) {
            let value = value.trim().trim_matches(['"', '\'']);
            let value = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or(value);
            text::keep(field, value, found);
        }
    }
    body.split_once('\n').map_or("", |(_, body)| body)
}

/// Blocks between empty lines, headings and fences; each a list of lines.
fn blocks(body: &str) -> Vec<Vec<&str>> {
    let mut blocks = vec![Vec::new()];
    let mut fenced = false;
    for line in body.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            blocks.push(Vec::new());
        } else if trimmed.is_empty() && !fenced {
            blocks.push(Vec::new());
        } else if trimmed.starts_with('#') && !fenced {
            blocks.push(vec![trimmed]);
            blocks.push(Vec::new());
        } else if let Some(last) = blocks.last_mut() {
            last.push(trimmed);
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Adds the paragraphs of one block, or takes it as the title.
fn add_block(lines: &[&str], found: &mut Found) {
    let first = lines[0];
    let is_rule = |line: &str| line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '*' | '_' | ' ' | '='));
    if lines.len() == 1 && is_rule(first) {
        return;
    }
    if let Some(heading) = first.strip_prefix('#') {
        let level = first.len() - first.trim_start_matches('#').len();
        let heading = inline(heading.trim_matches(['#', ' ']));
        if level == 1 && found.paragraphs.is_empty() {
            found.title.get_or_insert(heading);
        } else if !heading.is_empty() {
            found.paragraphs.push(heading);
        }
        return;
    }
    let underlined = lines.len() == 2 && is_rule(lines[1]) && lines[1].starts_with(['=', '-']);
    let lines = if underlined { &lines[..1] } else { lines };
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        let line = line.trim_start_matches(['>', ' ']);
        match list_item(line) {
            Some(item) => items.push(item.to_owned()),
            None if is_rule(line) => {}
            None => match items.last_mut() {
                Some(item) => {
                    item.push(' ');
                    item.push_str(line);
                }
                None => items.push(line.to_owned()),
            },
        }
    }
    for item in items.iter().map(|item| inline(item)).filter(|item| !item.is_empty()) {
        found.paragraphs.push(item.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    for image in items.iter().filter_map(|item| only_image(item)) {
        found.removed.push(Removed { text: image, why: "caption" });
    }
}

fn list_item(line: &str) -> Option<&str> {
    let marked = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).or_else(|| line.strip_prefix("+ "));
    marked.or_else(|| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits).then(|| line[digits..].strip_prefix(". ")).flatten()
    })
}

/// The caption of a line that is only a picture.
fn only_image(line: &str) -> Option<String> {
    let (caption, target) = line.strip_prefix("![")?.split_once("](")?;
    (target.find(')')? + 1 == target.len() && !caption.is_empty()).then(|| caption.to_owned())
}

/// Takes emphasis, code marks, links, pictures, footnote marks and HTML tags off; keeps the words of links.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let skip = match character {
            '!' if rest.starts_with("![") => link(rest, 2).map(|(_, end)| end),
            '[' if rest.starts_with("[^") => rest.find(']').map(|end| end + 1),
            '[' => link(rest, 1).map(|(words, end)| {
                out.push_str(&inline(&rest[words.range()]));
                end
            }),
            '<' => tag(rest, &mut out),
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&rest[1..2]);
                Some(2)
            }
            '*' | '`' => Some(1),
            '_' if !inside_word(&out, &rest[1..]) => Some(1),
            _ => None,
        };
        match skip {
            Some(length) => rest = &rest[length..],
            None => {
                out.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    out
}

/// Whether an underscore stands between two letters, where it is no mark.
fn inside_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// The words of a link that opens with `opening` bytes, and where the link ends.
fn link(rest: &str, opening: usize) -> Option<(Span, usize)> {
    let mut depth = 0usize;
    let close = rest.char_indices().skip(opening - 1).find_map(|(at, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (c == ']' && depth == 0).then_some(at)
    })?;
    let after = &rest[close + 1..];
    let end = match after.chars().next() {
        Some('(') => after.find(')')? + 1,
        Some('[') => after.find(']')? + 1,
        _ => return None,
    };
    Some((Span::new(opening, close), close + 1 + end))
}

/// Skips an HTML tag or comment; the address of `<https://…>` is kept.
fn tag(rest: &str, out: &mut String) -> Option<usize> {
    let end = rest.find('>')?;
    let inside = &rest[1..end];
    if inside.starts_with("http") {
        out.push_str(inside);
        return Some(end + 1);
    }
    inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!').then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_and_marks_go_the_words_stay() {
        let source = "---\ntitle: \"Bridge opens\"\ndate: 2025-03-04\nauthor: Mira Oduya\ntags: [a]\n---\n\n# Bridge opens\n\nTrucks **crossed** the [river \
            bridge](https://a.example/b) at _Tarsin_,\nsaid file_name_x.[^1]\n\n## Next\n\n- one `lane`\n- two\n\n> \"We heard them,\" he said.\n\n---\n\n![A truck](t.jpg)\n";
        let found = read(source);
        assert_eq!(found.title.as_deref(), Some("Bridge opens"));
        assert_eq!(found.byline.as_deref(), Some("Mira Oduya"));
        assert_eq!(found.published.map(|published| published.edtf).as_deref(), Some("2025-03-04"));
        assert_eq!(
            found.paragraphs,
            [
                "Trucks crossed the river bridge at Tarsin, said file_name_x.",
                "Next",
                "one lane",
                "two",
                "\"We heard them,\" he said."
            ]
        );
        assert_eq!(found.removed[0].text, "A truck");
    }
}

//! A tree of elements to blocks of text: paragraphs, headings, items of lists.

use dom_query::{Document, NodeRef};
use sourceline_model::Removed;

/// One paragraph, heading or item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Block {
    /// Its words, with single spaces.
    pub text: String,
    /// Bytes of `text` that stand in links.
    linked: usize,
    /// Whether it is a heading.
    pub heading: bool,
}

impl Block {
    /// Whether it is nothing but a link.
    pub(super) fn is_link(&self) -> bool {
        self.linked * 10 >= self.text.len() * 9
    }
}

/// Elements that never hold text of a report.
const SKIPPED: [&str; 24] = [
    "script", "style", "noscript", "template", "svg", "math", "button", "input", "select", "textarea", "form", "nav",
    "iframe", "object", "audio", "video", "canvas", "dialog", "menu", "head", "title", "footer", "label", "option",
];

/// Elements that stand in a line of text; all others part paragraphs.
const INLINE: [&str; 31] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Words in class names and ids of boxes that are no part of a report, with the reason.
const BOXES: [(&str, &str); 17] = [
    ("newsletter", "newsletter"),
    ("subscribe", "newsletter"),
    ("signup", "newsletter"),
    ("sign-up", "newsletter"),
    ("share", "share"),
    ("social", "share"),
    ("related", "related"),
    ("read-more", "related"),
    ("readmore", "related"),
    ("recommend", "related"),
    ("most-read", "related"),
    ("cookie", "cookies"),
    ("advert", "advert"),
    ("sponsor", "advert"),
    ("promo", "advert"),
    ("breadcrumb", "navigation"),
    ("comments", "navigation"),
];

/// Most words of such a box; a larger element only carries the word in its name.
const BOX_WORDS: usize = 80;

/// Stands for a `<br>` in the text: the search for the main text drops single ones.
const LINE_BREAK: char = '\u{2028}';

/// Marks every `<br>` of a page by [`LINE_BREAK`] before it; must come before [`blocks`].
pub(super) fn mark_line_breaks(document: &Document) {
    for line_break in document.select("br").nodes() {
        line_break.before_html(LINE_BREAK.to_string());
    }
}

/// Fewest words of a line that a single `<br>` may wrap.
const SHORT_LINE: usize = 12;

/// Reads the blocks under `root`; captions and boxes go to `removed`.
pub(super) fn blocks(root: &NodeRef, removed: &mut Vec<Removed>) -> Vec<Block> {
    let mut reader = Reader { blocks: Vec::new(), open: Block::default(), breaks: 0, removed };
    reader.node(root, false);
    reader.flush();
    reader.blocks
}

struct Reader<'r> {
    blocks: Vec<Block>,
    open: Block,
    /// `<br>` since the last words.
    breaks: usize,
    removed: &'r mut Vec<Removed>,
}

impl Reader<'_> {
    /// Reads one node; the page's depth is bounded before.
    fn node(&mut self, node: &NodeRef, linked: bool) {
        if node.is_text() {
            return self.words(&node.text(), linked);
        }
        let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
        match name.as_str() {
            name if SKIPPED.contains(&name) => {}
            "br" => {} // Its mark stands before it.
            "hr" => self.flush(),
            "figcaption" | "caption" => self.set_aside(node, "caption"),
            "aside" => self.set_aside(node, "boilerplate"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.open.heading = true;
                self.children(node, linked);
                self.flush();
            }
            _ => match box_kind(node) {
                Some(why) => self.set_aside(node, why),
                None if INLINE.contains(&name.as_str()) => self.children(node, linked || name == "a"),
                None if matches!(name.as_str(), "td" | "th") && is_cell_of_figures(node) => {
                    self.words(" ", linked);
                    self.children(node, linked);
                    self.words(" ", linked);
                }
                None => {
                    self.flush();
                    self.children(node, linked);
                    self.flush();
                }
            },
        }
    }

    fn children(&mut self, node: &NodeRef, linked: bool) {
        for child in node.children_it(false) {
            self.node(&child, linked);
        }
    }

    /// Adds words with single spaces between them.
    fn words(&mut self, text: &str, linked: bool) {
        let mut before = self.open.text.len();
        for character in text.chars() {
            if character == LINE_BREAK {
                self.line_break();
                before = before.min(self.open.text.len());
                continue;
            }
            let space = character.is_whitespace() || character == '\u{a0}';
            if !space {
                self.breaks = 0;
                if !is_invisible(character) {
                    self.open.text.push(character);
                }
            } else if !self.open.text.is_empty() && !self.open.text.ends_with(' ') {
                self.open.text.push(' ');
            }
        }
        if linked {
            self.open.linked += self.open.text.len() - before;
        }
    }

    /// Two `<br>` part paragraphs, and so does one after a whole sentence or a short line; else it is a space.
    fn line_break(&mut self) {
        let line = self.open.text.trim_end();
        let whole = line.ends_with(['.', '!', '?', '”', '"', '…', '؟']);
        if self.breaks > 0 || whole || line.split_whitespace().nth(SHORT_LINE).is_none() {
            self.flush();
        } else {
            self.words(" ", false);
        }
        self.breaks = 1;
    }

    fn flush(&mut self) {
        let mut block = std::mem::take(&mut self.open);
        block.text.truncate(block.text.trim_end().len());
        if !block.text.is_empty() {
            self.blocks.push(block);
        }
        self.breaks = 0;
    }

    /// Takes the words of an element out of the text.
    fn set_aside(&mut self, node: &NodeRef, why: &'static str) {
        self.flush();
        let text = node.text();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.removed.push(Removed { text, why });
        }
    }
}

/// Whether a table's cell holds a figure or a few words, so that its row is one line.
fn is_cell_of_figures(cell: &NodeRef) -> bool {
    cell.text().split_whitespace().nth(12).is_none()
}

/// Why an element is a box beside the report, by its class and id.
fn box_kind(node: &NodeRef) -> Option<&'static str> {
    let names = format!("{} {}", node.class().unwrap_or_default(), node.id_attr().unwrap_or_default()).to_lowercase();
    if names.len() < 2 {
        return None;
    }
    let why = BOXES.iter().find(|(word, _)| names.contains(word)).map(|(_, why)| *why)?;
    node.text().split_whitespace().nth(BOX_WORDS).is_none().then_some(why)
}

const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}'
    ) || character.is_ascii_control()
}

//! Web pages: main text, metadata, and what kind of page it is.
//!
//! In: a decoded page. Out: paragraphs of the main text with title, byline, outlet, date, language, address.
//! Main text by `dom_smoothie` (Mozilla's Readability); where it finds none, the page's own paragraphs.

mod blocks;
mod jsonld;
mod metadata;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use sourceline_model::{Basis, Note, Published, Removed};

use crate::{Found, dates};
use blocks::{Block, blocks};
use metadata::Metadata;

/// Fewest words of an article beside others, and of a main text that is believed.
const ARTICLE_WORDS: usize = 40;

/// Deepest nesting of elements that is read; browsers stop at 512.
const MAX_DEPTH: usize = 512;

/// Most elements that may be open at once in a page's source; old pages leave some hundreds of `<font>` open.
const MAX_OPEN: usize = 4000;

/// Reads a page; `url` is where it came from.
pub(crate) fn read(page: &str, url: Option<&str>) -> Found {
    let mut found = Found::default();
    // Parsing takes time quadratic in the depth, so that a page made to harm is refused before it is parsed.
    let document = Document::from(if open_tags(page) > MAX_OPEN { "" } else { page });
    if open_tags(page) > MAX_OPEN || depth(&document) > MAX_DEPTH {
        found.notes.push(Note::new("deep-page", "The page nests its elements too deeply to be read."));
        return found;
    }
    blocks::mark_line_breaks(&document);
    let meta = metadata::metadata(&document, url);
    let content = content(document, &meta, url, &mut found);
    let content = body_of_report(content, &meta, &mut found);
    found.paragraphs = join_clock_lines(content);
    keep_metadata(meta, &mut found);
    found
}

/// Blocks of the main text, by the kind of page.
fn content(document: Document, meta: &Metadata, url: Option<&str>, found: &mut Found) -> Vec<Block> {
    if is_page_of_links(&document) {
        let message = "The page is a list of links to other pages, not a report.";
        found.notes.push(Note::new("link-page", message));
        return Vec::new();
    }
    if meta.live || is_live(&document, meta) {
        let message = "The page is a live blog; its entries are read as one document.";
        found.notes.push(Note::new("live-blog", message));
    } else if let Some(blocks) = one_of_several(&document, meta, found) {
        return blocks;
    }
    let fallback = own_paragraphs(&document);
    let config = Config { keep_classes: true, ..Config::default() };
    let article = Readability::with_document(document, url.filter(|url| url.starts_with("http")), Some(config))
        .and_then(|mut readability| readability.parse());
    let main = article
        .map(|article| blocks(&Document::fragment(article.content).root(), &mut found.removed))
        .unwrap_or_default();
    if words_in(&main) >= ARTICLE_WORDS.min(words_in(&fallback)) { main } else { fallback }
}

/// Elements open at once in a page's source at most, by a rough count that passes over those which need no end tag.
fn open_tags(page: &str) -> usize {
    const NO_END: [&str; 24] = [
        "p", "li", "td", "tr", "th", "dt", "dd", "option", "br", "img", "meta", "link", "input", "hr", "source",
        "area", "base", "col", "embed", "param", "track", "wbr", "html", "body",
    ];
    let (mut open, mut most) = (0usize, 0usize);
    for tag in page.split('<').skip(1) {
        let end = tag.strip_prefix('/');
        let name = end.unwrap_or(tag).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if name.is_empty() || NO_END.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        open = if end.is_some() { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}

/// Depth of the deepest element.
fn depth(document: &Document) -> usize {
    let root = document.root();
    let (mut node, mut depth, mut deepest) = (root, 0usize, 0usize);
    loop {
        deepest = deepest.max(depth);
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if depth > 0 => {
                    node = parent;
                    depth -= 1;
                }
                _ => return deepest,
            }
        }
    }
}

/// Whether nearly all words of a page stand in links.
fn is_page_of_links(document: &Document) -> bool {
    let Some(body) = document.body() else { return false };
    let links = document.select("body a[href]");
    let linked: usize = links.nodes().iter().map(|link| count_words(&link.text())).sum();
    let mut aside = Vec::new();
    let longest =
        blocks(&body, &mut aside).iter().filter(|block| !block.is_link()).map(|block| count_words(&block.text)).max();
    links.length() >= 8 && longest.unwrap_or(0) < 20 && linked * 10 >= count_words(&body.text()) * 7
}

/// Whether a page without metadata shows itself as a live blog: "live" in its title and three entries with times of day.
fn is_live(document: &Document, meta: &Metadata) -> bool {
    let titled = meta
        .title
        .as_deref()
        .is_some_and(|title| title.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "live"));
    titled && document.select("article time, section time, [class*=live] time, li time").length() >= 3
}

/// On a page with several articles of like size, the one that the page's title names, else the first; the others are listed.
fn one_of_several(document: &Document, meta: &Metadata, found: &mut Found) -> Option<Vec<Block>> {
    let articles = document.select("article");
    let outer =
        articles.nodes().iter().filter(|article| !article.ancestors_it(None).any(|node| node.has_name("article")));
    let mut aside = Vec::new();
    let read: Vec<Vec<Block>> = outer.map(|article| blocks(article, &mut aside)).collect();
    let large = |blocks: &Vec<Block>| words_in(blocks) >= ARTICLE_WORDS && blocks.iter().any(|block| block.heading);
    let most = read.iter().map(|blocks| words_in(blocks)).max()?;
    let mut several: Vec<Vec<Block>> =
        read.into_iter().filter(|blocks| large(blocks) && words_in(blocks) * 4 > most).collect();
    if several.len() < 2 {
        return None;
    }
    let title = meta.title.as_deref().unwrap_or("").to_lowercase();
    let names =
        |blocks: &Vec<Block>| blocks.iter().any(|block| block.heading && title.contains(&block.text.to_lowercase()));
    let chosen = several.iter().position(names).unwrap_or(0);
    let blocks = several.remove(chosen);
    let message = format!("The page holds {} articles; one of them is read.", several.len() + 1);
    found.notes.push(Note::new("several-articles", message));
    found.removed.extend(several.into_iter().map(|other| Removed {
        text: other.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n\n"),
        why: "other-article",
    }));
    Some(blocks)
}

/// The paragraphs of a page without those of its frame.
fn own_paragraphs(document: &Document) -> Vec<Block> {
    let frame = ["nav", "footer", "aside", "form", "header"];
    let main = document.select("article, main").nodes().first().copied().or_else(|| document.body());
    let Some(main) = main else { return Vec::new() };
    let mut aside = Vec::new();
    let framed = |node: &NodeRef| node.ancestors_it(None).any(|above| frame.iter().any(|name| above.has_name(name)));
    let paragraphs = document.select("p");
    let of_main: Vec<Block> =
        paragraphs.nodes().iter().filter(|node| !framed(node)).flat_map(|node| blocks(node, &mut aside)).collect();
    if words_in(&of_main) >= ARTICLE_WORDS { of_main } else { blocks(&main, &mut aside) }
}

/// Takes title, byline, date and link lines off the blocks and returns the paragraphs of the report.
fn body_of_report(blocks: Vec<Block>, meta: &Metadata, found: &mut Found) -> Vec<String> {
    let title = meta.title.as_deref().unwrap_or("");
    let mut paragraphs = Vec::new();
    for (at, block) in blocks.into_iter().enumerate() {
        let early = at < 6;
        if early
            && block.heading
            && found.title.is_none()
            && (same(&block.text, title) || (title.is_empty() && paragraphs.is_empty()))
        {
            found.title = Some(block.text);
        } else if early && paragraphs.is_empty() && same(&block.text, title) {
            continue;
        } else if early && is_byline(&block.text) {
            found.byline.get_or_insert(block.text);
        } else if let (true, Some(edtf)) = (early, dates::edtf(&block.text)) {
            found.published.get_or_insert(Published { edtf, basis: Basis::Text });
        } else if block.is_link() && count_words(&block.text) <= 25 {
            found.removed.push(Removed { text: block.text, why: "related" });
        } else {
            paragraphs.push(block.text);
        }
    }
    paragraphs
}

/// "By Mira Oduya", "By Mira Oduya in Tarsin".
fn is_byline(text: &str) -> bool {
    let Some(names) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")) else { return false };
    let capital = names.starts_with(|c: char| c.is_uppercase());
    capital && count_words(names) <= 10 && !text.ends_with(['.', '!', '?', ':', ','])
}

fn same(left: &str, right: &str) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    !right.is_empty() && plain(left) == plain(right)
}

/// Times of day on a line of their own (entries of live blogs) are joined with what follows: "20:10 — First results".
fn join_clock_lines(paragraphs: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(paragraphs.len());
    let mut clock: Option<String> = None;
    for paragraph in paragraphs {
        match clock.take() {
            Some(time) => joined.push(format!("{time} — {paragraph}")),
            None if is_clock(&paragraph) => clock = Some(paragraph),
            None => joined.push(paragraph),
        }
    }
    joined.extend(clock);
    joined
}

fn is_clock(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.len() <= 12
        && (3..=4).contains(&digits)
        && text.contains([':', '.'])
        && text.starts_with(|c: char| c.is_ascii_digit())
}

/// Fills what the text did not give from the metadata; metadata wins for the date.
fn keep_metadata(meta: Metadata, found: &mut Found) {
    found.title = meta.title.or(found.title.take());
    let byline = found.byline.take().map(|line| line.trim_start_matches("By ").trim_start_matches("BY ").to_owned());
    found.byline = meta.byline.or(byline);
    found.outlet = meta.outlet;
    found.url = meta.url;
    found.language = meta.language;
    found.published = meta.published.or(found.published.take());
    found.not_free = meta.not_free;
}

fn words_in(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| count_words(&block.text)).sum()
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

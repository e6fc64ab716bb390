//! What a page says about itself: JSON-LD, OpenGraph, `<meta>`, `<link>`, `<time>`, in this order of trust.

use dom_query::{Document, NodeRef};
use sourceline_model::{Basis, Published};

use super::jsonld::{JsonLd, entities, jsonld};
use crate::dates;

/// What is known of a page.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub published: Option<Published>,
    pub live: bool,
    pub not_free: bool,
}

/// Names of `<meta>` elements that give the date of publication, most trusted first. Dates of change are none.
const DATES: [&str; 18] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
];

/// Reads the metadata of a page; `address` is where it came from.
pub(super) fn metadata(document: &Document, address: Option<&str>) -> Metadata {
    let ld = jsonld(document).unwrap_or_default();
    let metas = Metas::new(document);
    let outlet = outlet(&ld, &metas);
    let published = published(document, &ld, &metas);
    Metadata {
        title: title(document, &ld, &metas, outlet.as_deref()),
        byline: byline(document, &ld, &metas),
        url: url(document, &ld, &metas, address),
        language: language(document, &ld, &metas),
        live: ld.live,
        not_free: ld.not_free || metas.get(&["article:content_tier"]).is_some_and(|tier| tier == "locked"),
        outlet,
        published,
    }
}

/// Contents of the page's `<meta>` elements by lower-case name.
struct Metas {
    pairs: Vec<(String, String)>,
}

impl Metas {
    fn new(document: &Document) -> Self {
        let pair = |meta: &NodeRef| {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| meta.attr(key))?;
            let content = one_line(&meta.attr("content")?);
            (!content.is_empty()).then(|| (name.trim().to_lowercase(), content))
        };
        Self { pairs: document.select("meta[content]").nodes().iter().filter_map(pair).collect() }
    }

    /// The first content under any of `names`, the names in order of trust.
    fn get(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.pairs.iter().find(|(key, _)| key == name)).map(|(_, content)| content.clone())
    }

    fn all<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of the first element that fits.
fn text_of(document: &Document, selector: &str) -> Option<String> {
    let text = document.select(selector).nodes().first().map(|node| one_line(&node.text()))?;
    (!text.is_empty()).then_some(text)
}

fn outlet(ld: &JsonLd, metas: &Metas) -> Option<String> {
    let named = metas.get(&["og:site_name"]).or_else(|| ld.publisher.clone());
    named.or_else(|| {
        metas.get(&["application-name", "publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title"])
    })
}

fn title(document: &Document, ld: &JsonLd, metas: &Metas, outlet: Option<&str>) -> Option<String> {
    let title = ld
        .headline
        .clone()
        .or_else(|| metas.get(&["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"]));
    let title = title.or_else(|| {
        let headings = document.select("h1");
        (headings.length() == 1).then(|| text_of(document, "h1")).flatten()
    });
    let title = title.or_else(|| text_of(document, "title")).map(|title| one_line(&entities(&title)))?;
    Some(without_outlet(&title, outlet))
}

/// "Bridge opens | Harbour Post" without the outlet.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    for separator in [" | ", " - ", " – ", " — ", " :: ", " « "] {
        if let Some((before, after)) = title.rsplit_once(separator)
            && after.trim().eq_ignore_ascii_case(outlet)
        {
            return before.trim().to_owned();
        }
    }
    title.to_owned()
}

fn byline(document: &Document, ld: &JsonLd, metas: &Metas) -> Option<String> {
    if !ld.authors.is_empty() {
        return Some(ld.authors.join(", "));
    }
    let names = ["author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl"];
    let meta = names.iter().flat_map(|name| metas.all(name)).find(|name| !name.starts_with("http")).map(str::to_owned);
    let shown = || {
        let selectors = [
            "[rel=author]",
            "[itemprop=author] [itemprop=name]",
            "[itemprop=author]",
            ".byline",
            ".author-name",
            ".author",
        ];
        selectors
            .iter()
            .find_map(|selector| text_of(document, selector))
            .filter(|text| text.split_whitespace().count() <= 14)
    };
    let line = meta.or_else(shown)?;
    let line = line.strip_prefix("By ").or_else(|| line.strip_prefix("by ")).unwrap_or(&line).trim();
    (!line.is_empty()).then(|| line.to_owned())
}

fn url(document: &Document, ld: &JsonLd, metas: &Metas, address: Option<&str>) -> Option<String> {
    let canonical = document
        .select("link[rel=canonical]")
        .nodes()
        .first()
        .and_then(|link| link.attr("href"))
        .map(|href| href.to_string());
    let url = canonical.or_else(|| metas.get(&["og:url"])).or_else(|| ld.url.clone())?;
    absolute(url.trim(), address)
}

/// An address made whole by the one of its page.
fn absolute(url: &str, address: Option<&str>) -> Option<String> {
    if url.starts_with("http://") || url.starts_with("https://") {
        return Some(url.to_owned());
    }
    let (scheme, rest) = address?.split_once("://")?;
    let host = rest.split('/').next()?;
    let path = url.strip_prefix('/')?;
    Some(match path.strip_prefix('/') {
        Some(other) => format!("{scheme}://{other}"),
        None => format!("{scheme}://{host}/{path}"),
    })
}

fn language(document: &Document, ld: &JsonLd, metas: &Metas) -> Option<String> {
    let declared =
        document.select("html").nodes().first().and_then(|html| html.attr("lang").or_else(|| html.attr("xml:lang")));
    let declared = declared.map(|lang| lang.to_string()).filter(|lang| !lang.trim().is_empty());
    let declared = declared
        .or_else(|| metas.get(&["og:locale", "content-language", "dc.language"]))
        .or_else(|| ld.language.clone())?;
    let primary = declared.trim().split(['-', '_', ',']).next()?.to_lowercase();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(primary)
}

fn published(document: &Document, ld: &JsonLd, metas: &Metas) -> Option<Published> {
    let stated = ld.published.as_deref().and_then(dates::edtf);
    let stated = stated.or_else(|| DATES.iter().flat_map(|name| metas.all(name)).find_map(dates::edtf));
    let stated = stated.or_else(|| time_element(document));
    if let Some(edtf) = stated {
        return Some(Published { edtf, basis: Basis::Metadata });
    }
    let edtf = shown_date(document)?;
    Some(Published { edtf, basis: Basis::Text })
}

/// The date of the first `<time>` that belongs to the article; one marked as the date of publication comes first.
fn time_element(document: &Document) -> Option<String> {
    let marked = "time[pubdate], time[itemprop=datePublished], time[class*=publish], [itemprop=datePublished]";
    let of_article = "article time, main time, header time, time";
    [marked, of_article].iter().find_map(|selector| {
        let times = document.select(selector);
        let own = times.nodes().iter().filter(|time| !stands_aside(time) && !is_change(time));
        own.filter_map(|time| {
            let stamp = time.attr("datetime").or_else(|| time.attr("content")).map(|stamp| stamp.to_string());
            dates::edtf(stamp.as_deref().unwrap_or(&one_line(&time.text())))
        })
        .find(|edtf| edtf.len() >= 10)
    })
}

/// Whether an element stands in the frame of the page or among other stories.
fn stands_aside(node: &NodeRef) -> bool {
    node.ancestors_it(None).any(|above| {
        let named = ["nav", "aside", "footer"].iter().any(|name| above.has_name(name));
        let class = above.class().unwrap_or_default().to_lowercase();
        named || ["related", "recommend", "most-read", "sidebar", "comment"].iter().any(|word| class.contains(word))
    })
}

/// Whether a time is that of a change.
fn is_change(node: &NodeRef) -> bool {
    let own =
        format!("{} {}", node.class().unwrap_or_default(), node.attr("itemprop").unwrap_or_default()).to_lowercase();
    let before = node.parent().map(|parent| parent.text().trim_start().to_lowercase()).unwrap_or_default();
    own.contains("modif")
        || own.contains("updat")
        || before.starts_with("updated")
        || before.starts_with("last updated")
}

/// A date shown in an element that is named for it.
fn shown_date(document: &Document) -> Option<String> {
    let selector =
        ".date, .published, .pubdate, .post-date, .entry-date, .dateline, .timestamp, [class*=publish], [class*=date]";
    let nodes = document.select(selector);
    let own = nodes.nodes().iter().filter(|node| !stands_aside(node) && !is_change(node));
    own.map(|node| one_line(&node.text()))
        .filter(|text| text.len() < 60)
        .find_map(|text| dates::edtf(&text))
        .filter(|edtf| edtf.len() >= 10)
}

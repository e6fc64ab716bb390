//! What a page says of its article in JSON-LD (schema.org).

use dom_query::Document;
use serde_json::{Map, Value};

/// Deepest nesting that is searched for articles.
const MAX_DEPTH: usize = 12;

/// The article of a page as JSON-LD describes it.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub live: bool,
    pub not_free: bool,
}

/// Reads the first article in the page's JSON-LD; `None` when there is none.
pub(super) fn jsonld(document: &Document) -> Option<JsonLd> {
    let scripts = document.select("script[type='application/ld+json']");
    let values: Vec<Value> = scripts.nodes().iter().filter_map(|script| parse(&script.text())).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let article = objects.iter().find(|object| is_article(object))?;
    Some(JsonLd {
        headline: string(article, "headline").or_else(|| string(article, "name")),
        published: string(article, "datePublished").or_else(|| string(article, "dateCreated")),
        authors: article.get("author").map(|author| names(author, &objects)).unwrap_or_default(),
        publisher: article.get("publisher").and_then(|publisher| names(publisher, &objects).into_iter().next()),
        language: string(article, "inLanguage"),
        url: string(article, "url").filter(|url| url.starts_with("http")),
        live: types(article).any(|kind| kind == "LiveBlogPosting"),
        not_free: article.get("isAccessibleForFree").is_some_and(|free| {
            free.as_bool() == Some(false) || free.as_str().is_some_and(|word| word.eq_ignore_ascii_case("false"))
        }),
    })
}

/// Parses JSON that may stand in a comment or hold raw line ends in its strings.
fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let script =
        script.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let flat: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

/// Collects all objects, outer ones first.
fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Map<String, Value>>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            object.values().for_each(|inner| collect(inner, depth + 1, objects));
        }
        _ => {}
    }
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let value = object.get("@type");
    let one = value.and_then(Value::as_str).into_iter();
    one.chain(value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str))
}

fn is_article(object: &Map<String, Value>) -> bool {
    types(object).any(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report")
}

fn string(object: &Map<String, Value>, key: &str) -> Option<String> {
    let value = object.get(key)?;
    let text = value.as_str().or_else(|| value.as_array()?.first()?.as_str())?;
    let text = entities(text.trim());
    (!text.is_empty()).then_some(text)
}

/// Names of people or organisations given as text, object, reference or list.
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Value::String(name) => vec![entities(name.trim())]
            .into_iter()
            .filter(|name| !name.is_empty() && !name.starts_with("http"))
            .collect(),
        Value::Array(items) => items.iter().flat_map(|item| names(item, objects)).collect(),
        Value::Object(object) => string(object, "name").or_else(|| referred(object, objects)).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The name of the object that `{"@id": …}` refers to.
fn referred(object: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Option<String> {
    let id = object.get("@id")?.as_str()?;
    let same = |other: &&&Map<String, Value>| other.get("@id").and_then(Value::as_str) == Some(id);
    objects.iter().filter(same).find_map(|other| string(other, "name"))
}

/// Resolves the character references that systems leave in JSON strings.
pub(super) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    Document::fragment(text.replace('<', "&lt;")).root().text().to_string()
}

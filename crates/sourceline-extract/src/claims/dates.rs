//! Relative dates as absolute ones, so that a statement stands alone.
//!
//! In: a scene, a time expression. Out: what to write in its place. Not here: which date it is (`sourceline_times`).

use sourceline_model::{TimeBasis, Timex, TimexKind, Upos};

use crate::scene::Scene;

use super::statement::Edit;

/// A relative date as an absolute one.
pub(super) fn dated(scene: &Scene, time: &Timex) -> Option<Edit> {
    // Without a publication date a relative date hangs on a guess; the words say less, but nothing wrong.
    let undated = scene.tree.analysis.document.published.is_none();
    if undated || time.basis == TimeBasis::Stated || time.kind != TimexKind::Date {
        return None;
    }
    let words = absolute(time.value.as_deref()?)?;
    let text = &scene.tree.analysis.document.text;
    let before =
        text[..time.span.start].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let has_preposition = matches!(
        before.as_str(),
        "on" | "in"
            | "since"
            | "until"
            | "by"
            | "from"
            | "before"
            | "after"
            | "of"
            | "for"
            | "to"
            | "between"
            | "during"
            | "and"
            | "or"
            | "through"
            | "till"
            | "late"
            | "early"
            | "mid"
            | "dated"
    );
    let possessive = scene.tree.analysis.text(time.span).ends_with("'s")
        || text[time.span.end..].starts_with("'s")
        || text[time.span.end..].starts_with('’');
    // "another July" is not the last one; "the end of the year" is no year.
    if matches!(before.as_str(), "another" | "every" | "each" | "any" | "some") {
        return None;
    }
    let said = scene.tree.analysis.text(time.span).to_lowercase();
    // "today's India" is no day.
    if possessive && said.starts_with("today") {
        return None;
    }
    let part = ["end", "start", "beginning", "middle", "turn"].into_iter().find(|part| {
        said.contains(&format!("{part} of ")) && time.value.as_deref().is_none_or(|value| value.len() <= 7)
    });
    let rough = ["early", "late", "mid"]
        .into_iter()
        .find(|rough| said.strip_prefix(rough).is_some_and(|rest| rest.starts_with([' ', '-'])));
    // "the March attack", "its third-quarter results": no preposition fits there.
    if is_attributive(scene, time) {
        // "the July uprising" in a text of July may be that of a year before.
        let published = scene.tree.analysis.document.published.as_ref().map(|day| day.edtf.as_str());
        let month = time.value.as_deref().filter(|value| value.len() == 7);
        if published.zip(month).is_some_and(|(day, month)| day.starts_with(month)) && !said.contains(' ') {
            return None;
        }
        let the = if said.starts_with("the ") { "the " } else { "" };
        return (!words.1.starts_with("the ")).then(|| (time.span, format!("{the}{}", words.1)));
    }
    if let Some(part) = part {
        return Some((time.span, format!("the {part} of {}", words.1)));
    }
    let words = match rough.filter(|_| words.0 == "in") {
        Some("mid") => (words.0, format!("mid-{}", words.1.trim_start_matches("the "))),
        Some(rough) => (words.0, format!("{rough} {}", words.1.trim_start_matches("the "))),
        None => words,
    };
    if has_preposition || possessive || is_argument(scene, time) {
        return Some((time.span, words.1));
    }
    Some((time.span, format!("{} {}", words.0, words.1)))
}

/// Whether a time is the subject or object of a verb: "it will not last the summer".
fn is_argument(scene: &Scene, time: &Timex) -> bool {
    let analysis = scene.tree.analysis;
    let words = analysis.tokens_under(time.span);
    words.range().any(|at| {
        let token = &analysis.tokens[at];
        let outside = token.head.is_some_and(|head| !words.contains(head));
        outside && matches!(token.relation(), "obj" | "nsubj")
    })
}

/// Whether a time stands before the noun that it belongs to.
fn is_attributive(scene: &Scene, time: &Timex) -> bool {
    let analysis = scene.tree.analysis;
    let words = analysis.tokens_under(time.span);
    words.range().any(|at| {
        let token = &analysis.tokens[at];
        let noun = token
            .head
            .filter(|&noun| noun >= words.end && matches!(analysis.tokens[noun].upos, Upos::Noun | Upos::Propn));
        noun.is_some()
            && matches!(token.relation(), "compound" | "amod" | "nummod" | "nmod")
            && !analysis.children(at).any(|child| analysis.tokens[child].relation() == "case")
    })
}

/// EDTF day, month or year as words, with its preposition.
fn absolute(edtf: &str) -> Option<(&'static str, String)> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<&str> = edtf.split('-').collect();
    let year = parts.first().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = || {
        parts.get(1).and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.checked_sub(1)?))
    };
    match parts.len() {
        1 => Some(("in", (*year).to_owned())),
        2 => match share_of_year(parts[1]) {
            Some(share) => Some(("in", format!("the {share} of {year}"))),
            None => Some(("in", format!("{} {year}", month()?))),
        },
        3 => Some(("on", format!("{} {} {year}", parts[2].parse::<u32>().ok()?, month()?))),
        _ => None,
    }
}

/// What EDTF calls a season, quarter or half of a year, as words. A winter that is of two years has no such name.
fn share_of_year(code: &str) -> Option<&'static str> {
    Some(match code {
        "21" => "spring",
        "22" => "summer",
        "23" => "autumn",
        "33" => "first quarter",
        "34" => "second quarter",
        "35" => "third quarter",
        "36" => "fourth quarter",
        "40" => "first half",
        "41" => "second half",
        _ => return None,
    })
}

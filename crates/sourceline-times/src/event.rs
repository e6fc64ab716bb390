//! Says when an event happened.
//!
//! In: an analysis, its time expressions, event words as token indices. Out: EDTF with its basis. The words of the clause
//! come first, then those of clauses that share them, then order ("after the fall of the city"), then tense against
//! publication. Not here: which words are events.

use std::collections::BTreeMap;

use sourceline_model::{Analysis, Byte, Span, TimeBasis, Timex, TimexKind, Tok, Upos};

/// When something happens, seen from the time of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// Before.
    Past,
    /// About now.
    Present,
    /// After.
    Future,
    /// The words do not tell.
    Unknown,
}

/// When an event happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTime {
    /// EDTF.
    pub edtf: String,
    /// How it was found.
    pub basis: TimeBasis,
    /// Index of the time expression behind it; `None` when tense or order alone tell.
    pub timex: Option<usize>,
}

/// A time that the words of a clause bind it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The time itself, without what the preposition makes of it; EDTF.
    pub edtf: String,
    /// How it was found.
    pub basis: TimeBasis,
    /// The preposition or conjunction in lower case: "since", "until", "in"; empty when there is none.
    pub preposition: String,
}

/// A dated expression with its place in the tree.
#[derive(Debug, Clone, Copy)]
struct Placed {
    timex: usize,
    head: usize,
}

/// Dates the events of one document.
#[derive(Debug)]
pub struct EventTimes<'a> {
    analysis: &'a Analysis,
    times: &'a [Timex],
    /// Dated expressions by sentence.
    placed: BTreeMap<usize, Vec<Placed>>,
    published: Option<String>,
    /// Times of events found so far, by lemma, in text order.
    known: BTreeMap<String, Vec<(usize, EventTime)>>,
}

/// Relations across which a time belongs to another clause.
const CLAUSES: [&str; 7] = ["ccomp", "advcl", "acl", "csubj", "parataxis", "conj", "xcomp"];

/// Words that make what follows them a plan.
const PLANS: [&str; 22] = [
    "plan", "intend", "want", "expect", "agree", "vow", "threaten", "promise", "prepare", "aim", "hope", "pledge",
    "order", "seek", "schedule", "urge", "demand", "ask", "call", "propose", "likely", "ready",
];

/// Words that do not tell which event is meant: the same word elsewhere is another event.
const VAGUE: [&str; 24] = [
    "say", "tell", "report", "announce", "add", "state", "note", "be", "have", "do", "make", "take", "get", "give",
    "come", "go", "become", "see", "hold", "day", "week", "month", "year", "time",
];

/// Dates one event word: by its clause, its sentence, or its tense.
pub fn event_time(analysis: &Analysis, times: &[Timex], event: usize, tense: Tense) -> Option<EventTime> {
    EventTimes::new(analysis, times).time(event, tense)
}

impl<'a> EventTimes<'a> {
    /// Gets ready to date the events of `analysis` by `times`.
    pub fn new(analysis: &'a Analysis, times: &'a [Timex]) -> Self {
        let mut placed: BTreeMap<usize, Vec<Placed>> = BTreeMap::new();
        for (timex, time) in times.iter().enumerate() {
            let dated = time.value.is_some() && matches!(time.kind, TimexKind::Date | TimexKind::Time);
            if let Some((sentence, head)) = head_under(analysis, time.span).filter(|_| dated) {
                placed.entry(sentence).or_default().push(Placed { timex, head });
            }
        }
        let published = analysis.document.published.as_ref().map(|p| p.edtf.split('T').next().unwrap_or("").to_owned());
        let mut this = Self { analysis, times, placed, published, known: BTreeMap::new() };
        this.learn();
        this
    }

    /// Remembers the times that words of the text have by an expression of their own.
    fn learn(&mut self) {
        for token in 0..self.analysis.tokens.len() {
            if let Some(time) = self.own(token) {
                let lemma = self.analysis.tokens[token].lemma.to_lowercase();
                self.known.entry(lemma).or_default().push((token, time));
            }
        }
    }

    /// When the event that token `event` names happened.
    pub fn time(&self, event: usize, tense: Tense) -> Option<EventTime> {
        self.analysis.tokens.get(event)?;
        self.own(event)
            .or_else(|| self.shared(event))
            .or_else(|| self.ordered(event, tense))
            .or_else(|| self.by_tense(tense))
    }

    /// By an expression that hangs on the word itself.
    fn own(&self, event: usize) -> Option<EventTime> {
        let sentence = self.analysis.sentence_of(event)?;
        let mut best: Option<(usize, Placed)> = None;
        for placed in self.placed.get(&sentence)? {
            if let Some(distance) = self.distance(placed.head, event)
                && best
                    .is_none_or(|(least, kept)| (distance, self.coarseness(*placed)) < (least, self.coarseness(kept)))
            {
                best = Some((distance, *placed));
            }
        }
        best.map(|(_, placed)| self.with_preposition(placed))
    }

    /// Steps up the tree from `from` to `to` without leaving the clause.
    fn distance(&self, from: usize, to: usize) -> Option<usize> {
        let mut at = from;
        if self.belongs_to_thing(from, to) {
            return None;
        }
        for steps in 0..8 {
            if at == to {
                return (steps > 0).then_some(steps);
            }
            let token = self.analysis.tokens.get(at)?;
            if steps > 0 && (CLAUSES.contains(&token.relation()) && !self.is_date_part(at) || self.is_other_time(at)) {
                return None;
            }
            at = token.head?;
        }
        None
    }

    /// Whether a time only says which thing is meant: "annulled the 2021 election", "the treaty of 1951".
    fn belongs_to_thing(&self, from: usize, to: usize) -> bool {
        let tokens = &self.analysis.tokens;
        let Some(noun) = tokens[from].head.filter(|&noun| noun != to && tokens[noun].upos == Upos::Noun) else {
            return false;
        };
        let of = || self.analysis.children(from).any(|child| tokens[child].lemma == "of");
        let names = match tokens[from].relation() {
            "nummod" | "compound" | "amod" => true,
            "nmod" => tokens[from].deprel == "nmod:unmarked" && from < noun || of(),
            _ => false,
        };
        // "was killed in the Tuesday raid": then it tells when, too.
        let within = tokens[noun].relation() == "obl"
            && self.analysis.children(noun).any(|child| {
                matches!(tokens[child].lemma.to_lowercase().as_str(), "in" | "during" | "at" | "on" | "amid" | "after")
            });
        names && !within && !self.is_date_part(noun) && tokens[noun].relation() != "nsubj"
    }

    /// Whether `token` is an event that this one comes before or after: its time is not this one's ("after the vote of 2011").
    fn is_other_time(&self, token: usize) -> bool {
        matches!(self.order(token), "after" | "before") && !self.is_date_part(token)
    }

    /// All times that the words of the clause of `event` bind it to, in text order, those of other events included
    /// ("until the fall of the city").
    pub fn bindings(&self, event: usize) -> Vec<Binding> {
        let Some(sentence) = self.analysis.sentence_of(event) else { return Vec::new() };
        let mut found: Vec<(usize, Binding)> = Vec::new();
        for placed in self.placed.get(&sentence).into_iter().flatten() {
            let time = &self.times[placed.timex];
            if let (Some(_), Some(edtf)) = (self.distance(placed.head, event), time.value.clone()) {
                let preposition = self.preposition(*placed);
                let other = self.other_end(placed.timex).filter(|_| preposition == "between");
                let edtf = other.map_or(edtf.clone(), |other| format!("{edtf}/{other}"));
                found.push((placed.head, Binding { edtf, basis: time.basis, preposition }));
            }
        }
        for child in self.analysis.children(event).filter(|&child| self.is_other_time(child)) {
            if let Some(time) = self.time_of_word(child) {
                let preposition = self.linking_word(child).unwrap_or_default();
                found.push((child, Binding { edtf: time.edtf, basis: TimeBasis::Inferred, preposition }));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, binding)| binding).collect()
    }

    fn is_date_part(&self, token: usize) -> bool {
        let span = self.analysis.tokens[token].span;
        self.times.iter().any(|time| time.span.overlaps(&span))
    }

    /// Longer values are finer.
    fn coarseness(&self, placed: Placed) -> usize {
        32usize.saturating_sub(
            self.times[placed.timex].value.as_ref().map_or(0, |value| value.split('/').next().map_or(0, str::len)),
        )
    }

    /// By an expression of the clause that the word stands in or shares its time with.
    fn shared(&self, event: usize) -> Option<EventTime> {
        let mut at = event;
        for _ in 0..6 {
            let token = &self.analysis.tokens[at];
            let head = token.head?;
            let passes = match token.relation() {
                // A noun in a clause has the time of the clause; so has what a verb starts or continues.
                "nsubj" | "obj" | "obl" | "iobj" | "nmod" | "compound" | "appos" | "acl" => true,
                "xcomp" => !PLANS.contains(&self.analysis.tokens[head].lemma.as_str()),
                // "On Monday X attacked and withdrew": the first verb's time goes on, unless it stands after that verb alone.
                "conj" => true,
                "advcl" => self.analysis.tokens[at].feat("VerbForm").is_some_and(|form| matches!(form, "Ger" | "Part")),
                _ => false,
            };
            if !passes {
                return None;
            }
            if token.relation() == "conj" {
                if let Some(time) = self.own_before(head, at) {
                    return Some(time);
                }
            } else if !self.is_speech(head, at)
                && let Some(time) = self.own(head)
            {
                return Some(time);
            }
            at = head;
        }
        None
    }

    /// The time of `head`, if its words stand before it, so that they hold for `event` too.
    fn own_before(&self, head: usize, event: usize) -> Option<EventTime> {
        let time = self.own(head)?;
        let at = self.times.get(time.timex?)?.span.start;
        let first = self.analysis.tokens[head].span.start;
        let same_kind = self.analysis.tokens[head].upos == self.analysis.tokens[event].upos;
        (same_kind && at < first).then_some(time)
    }

    /// A speech verb's time is when it was said.
    fn is_speech(&self, head: usize, event: usize) -> bool {
        matches!(
            self.analysis.tokens[head].lemma.as_str(),
            "say" | "tell" | "report" | "announce" | "add" | "state" | "note"
        ) && self.analysis.tokens[event].relation() != "nsubj"
    }

    fn with_preposition(&self, placed: Placed) -> EventTime {
        let time = &self.times[placed.timex];
        let value = time.value.clone().unwrap_or_default();
        let first = value.split('/').next().unwrap_or("").to_owned();
        let last = value.rsplit('/').next().unwrap_or("").to_owned();
        if let Some(other) = self.other_end(placed.timex) {
            let end = other.rsplit('/').next().unwrap_or("").to_owned();
            return EventTime { edtf: format!("{first}/{end}"), basis: time.basis, timex: Some(placed.timex) };
        }
        let edtf = match self.preposition(placed).as_str() {
            "since" => format!("{first}/.."),
            "after" => format!("{last}/.."),
            "until" | "till" | "by" => format!("../{last}"),
            "before" => format!("../{first}"),
            _ => value,
        };
        EventTime { edtf, basis: time.basis, timex: Some(placed.timex) }
    }

    /// The other end of a range that begins with this expression.
    fn other_end(&self, timex: usize) -> Option<String> {
        let (a, b) = (&self.times[timex], self.times.get(timex + 1)?);
        let text = &self.analysis.document.text;
        let gap = text.get(a.span.end..b.span.start)?.trim().trim_end_matches(" the");
        let before = text.get(..a.span.start)?.trim_end();
        let linked = match gap {
            "to" | "until" | "till" | "through" => before.ends_with("from") || before.ends_with("From"),
            "-" | "\u{2013}" | "\u{2014}" => true,
            "and" => before.ends_with("between") || before.ends_with("Between"),
            _ => false,
        };
        (linked && b.kind != TimexKind::Duration).then(|| b.value.clone()).flatten()
    }

    fn preposition(&self, placed: Placed) -> String {
        let children = self.analysis.children(placed.head);
        let mut case = children.filter(|child| matches!(self.analysis.tokens[*child].relation(), "case" | "mark"));
        case.next().map(|child| self.analysis.tokens[child].lemma.to_lowercase()).unwrap_or_default()
    }

    /// By an event whose time is known: "after the fall of the city", "during the war".
    fn ordered(&self, event: usize, tense: Tense) -> Option<EventTime> {
        for child in self.analysis.children(event) {
            if !matches!(self.analysis.tokens[child].relation(), "obl" | "nmod" | "advcl") {
                continue;
            }
            let order = self.order(child);
            if order.is_empty() {
                continue;
            }
            let Some(known) = self.time_of_word(child) else { continue };
            let first = known.edtf.split('/').next().unwrap_or("").to_owned();
            let last = known.edtf.rsplit('/').next().unwrap_or("").to_owned();
            let edtf = match order {
                "after" if first == ".." && last == ".." => continue,
                "after" => {
                    let from = if first == ".." { last } else { first };
                    let to = self.published.clone().filter(|_| tense == Tense::Past).unwrap_or_else(|| "..".to_owned());
                    format!("{from}/{to}")
                }
                "before" if last == ".." => continue,
                "before" => format!("../{last}"),
                _ => known.edtf.clone(),
            };
            return Some(EventTime { edtf, basis: TimeBasis::Inferred, timex: None });
        }
        None
    }

    /// What the case or mark of a dependent says of order: "after", "before", "during" or nothing.
    fn order(&self, dependent: usize) -> &'static str {
        self.linking_word(dependent).as_deref().map_or("", order_of)
    }

    /// The case, mark or adverb of a dependent that tells of order.
    fn linking_word(&self, dependent: usize) -> Option<String> {
        let linking = self.analysis.children(dependent).map(|child| &self.analysis.tokens[child]);
        linking
            .filter(|token| matches!(token.relation(), "case" | "mark" | "advmod"))
            .map(|token| token.lemma.to_lowercase())
            .find(|lemma| !order_of(lemma).is_empty())
    }

    /// The time of a word: its own, or that of the last word before it with the same lemma, or of the first after it.
    fn time_of_word(&self, word: usize) -> Option<EventTime> {
        if let Some(time) = self.own(word) {
            return Some(time);
        }
        let lemma = self.analysis.tokens[word].lemma.to_lowercase();
        let known = self.known.get(&lemma).filter(|_| !VAGUE.contains(&lemma.as_str()))?;
        let before = known.iter().rev().find(|(token, _)| *token < word);
        before.or_else(|| known.first()).map(|(_, time)| time.clone())
    }

    fn by_tense(&self, tense: Tense) -> Option<EventTime> {
        let published = self.published.as_deref()?;
        let edtf = match tense {
            Tense::Past => format!("../{published}"),
            Tense::Present => published.to_owned(),
            Tense::Future => format!("{published}/.."),
            Tense::Unknown => return None,
        };
        Some(EventTime { edtf, basis: TimeBasis::Inferred, timex: None })
    }
}

/// What a preposition or conjunction says of order.
fn order_of(lemma: &str) -> &'static str {
    match lemma {
        "after" | "following" | "since" | "follow" => "after",
        "before" | "until" | "till" | "ahead" => "before",
        "during" | "amid" | "throughout" | "as" | "while" | "when" => "during",
        _ => "",
    }
}

/// The sentence and the head word of an expression.
pub(crate) fn head_under(analysis: &Analysis, span: Span<Byte>) -> Option<(usize, usize)> {
    let words = analysis.tokens_under(span);
    let sentence = analysis.sentence_of(words.start).filter(|_| !words.is_empty())?;
    let tokens: Span<Tok> = Span::new(words.start, words.end.min(analysis.sentences[sentence].tokens.end));
    Some((sentence, analysis.head_of(tokens)?))
}

/// The tense of an event word, from its form, its auxiliaries and the verbs it depends on.
pub fn tense_of(analysis: &Analysis, event: usize) -> Tense {
    let mut at = event;
    for _ in 0..6 {
        let Some(token) = analysis.tokens.get(at) else { return Tense::Unknown };
        if let Some(tense) = own_tense(analysis, at) {
            return tense;
        }
        let Some(head) = token.head else { return Tense::Unknown };
        // "called on them to stop" is a plan, "called the plan baseless" is not.
        let verbal = token.feat("VerbForm").is_some() || token.upos == Upos::Verb;
        let planned = verbal && PLANS.contains(&analysis.tokens[head].lemma.as_str());
        match token.relation() {
            "xcomp" | "ccomp" | "advcl" | "acl" if planned => return Tense::Future,
            "xcomp" | "advcl" | "acl" | "conj" | "nsubj" | "obj" | "obl" | "nmod" | "compound" => at = head,
            _ => return Tense::Unknown,
        }
    }
    Tense::Unknown
}

fn own_tense(analysis: &Analysis, at: usize) -> Option<Tense> {
    let token = &analysis.tokens[at];
    let mut perfect = false;
    for child in analysis.children(at) {
        let aux = &analysis.tokens[child];
        if aux.relation() != "aux" && aux.relation() != "cop" {
            continue;
        }
        match aux.lemma.as_str() {
            "will" | "shall" | "would" | "'ll" => return Some(Tense::Future),
            "may" | "might" | "can" | "could" | "should" | "must" => return Some(Tense::Unknown),
            "have" => perfect = true,
            _ if aux.feat("Tense") == Some("Past") && aux.feat("VerbForm") == Some("Fin") => return Some(Tense::Past),
            _ if aux.feat("Tense") == Some("Pres") && !perfect => return Some(Tense::Present),
            _ => {}
        }
    }
    match (token.feat("VerbForm"), token.feat("Tense")) {
        _ if perfect => Some(Tense::Past),
        (Some("Fin"), Some("Past")) => Some(Tense::Past),
        (Some("Fin"), Some("Pres")) => Some(Tense::Present),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

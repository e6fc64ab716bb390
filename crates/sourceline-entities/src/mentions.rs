//! Finds mentions: names as the encoder sees them, corrected; nominals and pronouns from the tree.
//!
//! In: an `Analysis`. Out: drafts in text order. A name that stands with a title is one mention with two head words.

use sourceline_knowledge::{Hints, Kind, Knowledge, Match, Referent, RoleClass, fold::fold};
use sourceline_model::{Analysis, EntityHint, EntityKind, MentionForm, Span, Tok, Upos};

use crate::draft::{Article, Draft, Gender};
use crate::evidence::starts_upper;
use crate::phrase::phrases;
use crate::toponyms;

/// Relations under which a noun does not head a phrase of its own.
const INSIDE: [&str; 8] = ["compound", "flat", "fixed", "goeswith", "case", "cc", "mark", "discourse"];
/// Names of days and months, which the trees tag as proper nouns.
const CALENDAR: [&str; 19] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// All mentions of a document, in text order.
pub(crate) fn drafts(analysis: &Analysis, knowledge: &Knowledge) -> Vec<Draft> {
    let mut finder = Finder { analysis, knowledge, taken: vec![false; analysis.tokens.len()], drafts: Vec::new() };
    for name in &analysis.names {
        for (tokens, kind) in toponyms::parts(analysis, name.tokens, name.kind) {
            finder.name(tokens, kind);
        }
    }
    finder.missed_names();
    finder.demonyms();
    for token in 0..analysis.tokens.len() {
        match analysis.tokens[token].upos {
            Upos::Noun | Upos::Propn if !finder.taken[token] => finder.nominal(token),
            Upos::Pron | Upos::Det => finder.pronoun(token),
            _ => {}
        }
    }
    let nested = toponyms::inside(analysis, knowledge, &finder.drafts);
    finder.drafts.extend(nested);
    finder.drafts.sort_by_key(|draft| (draft.tokens.start, std::cmp::Reverse(draft.tokens.end)));
    finder.drafts
}

struct Finder<'a> {
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    taken: Vec<bool>,
    drafts: Vec<Draft>,
}

impl Finder<'_> {
    fn name(&mut self, tokens: Span<Tok>, kind: EntityKind) {
        let Some(tokens) = self.trimmed(tokens) else { return };
        let (tokens, mut titles) = self.without_title(tokens, kind);
        let Some(head) = self.analysis.head_of(tokens) else { return };
        let text = self.analysis.text(self.analysis.bytes(tokens)).replace('\n', " ");
        let kind = self.corrected(&text, toponyms::kind_beside(self.analysis, tokens, kind));
        for token in tokens.range() {
            self.taken[token] = true;
        }
        let mut heads = vec![head];
        let above = self.analysis.tokens[head].head;
        // In "President Obama" the title heads the phrase or is a compound of it; either way it is no mention of its own.
        if kind == EntityKind::Person {
            let flat = above.filter(|_| matches!(self.analysis.tokens[head].relation(), "flat" | "compound"));
            if let Some(title) = flat.filter(|&title| title < tokens.start && !self.taken[title] && self.is_role(title))
            {
                heads.push(title);
                titles.push(self.role_lemma(title));
                self.taken[title] = true;
            }
            for child in self.analysis.children(head).filter(|&child| child < tokens.start) {
                let token = &self.analysis.tokens[child];
                let beside = matches!(token.relation(), "compound" | "flat" | "appos") || token.deprel == "nmod:desc";
                if beside && self.is_role(child) {
                    titles.push(self.role_lemma(child));
                    self.taken[child] = true;
                }
            }
        }
        let (phrase, _) = phrases(self.analysis, *heads.last().unwrap_or(&head));
        let country = self.country(phrase, tokens);
        let gender = titles.iter().find_map(|title| self.gender(title));
        self.push(Draft {
            tokens,
            phrase: if phrase.covers(&tokens) { phrase } else { tokens },
            heads,
            form: MentionForm::Name,
            kind,
            plural: (kind == EntityKind::Norp).then(|| text.ends_with('s')),
            gender,
            article: Article::Definite,
            lemma: fold(&text),
            text,
            titles,
            country,
            sentence: 0,
            cluster: None,
            nested: false,
        });
    }

    /// Cuts articles, possessive marks and punctuation off the edges.
    fn trimmed(&self, tokens: Span<Tok>) -> Option<Span<Tok>> {
        let (mut start, mut end) = (tokens.start, tokens.end.min(self.analysis.tokens.len()));
        let outer = |at: usize| {
            let token = &self.analysis.tokens[at];
            matches!(token.upos, Upos::Det | Upos::Punct | Upos::Part | Upos::Adp)
                && !starts_upper(self.analysis.form(at))
        };
        while start < end && outer(start) {
            start += 1;
        }
        while start < end && (outer(end - 1) || matches!(self.analysis.form(end - 1), "'s" | "’s" | "'" | "’")) {
            end -= 1;
        }
        (start < end).then(|| Span::new(start, end))
    }

    /// Takes title words that the encoder left in the span of a person's name off its front.
    fn without_title(&self, tokens: Span<Tok>, kind: EntityKind) -> (Span<Tok>, Vec<String>) {
        let (mut start, mut titles) = (tokens.start, Vec::new());
        while kind == EntityKind::Person && tokens.end - start > 1 && self.knowledge.is_title(self.analysis.form(start))
        {
            titles.push(self.analysis.form(start).to_lowercase().trim_end_matches('.').to_owned());
            start += 1;
        }
        (Span::new(start, tokens.end), titles)
    }

    /// The kind that the knowledge base gives, when the name is known and the encoder's kind is not one it can have.
    fn corrected(&self, text: &str, kind: EntityKind) -> EntityKind {
        let known = self.knowledge.find(text, &Hints { kind: Some(kind), ..Hints::default() });
        let sure = |how| matches!(how, Match::Exact | Match::Composed);
        match known.first().filter(|candidate| sure(candidate.how)) {
            // A surname may also be a company, a first name a town: the encoder has read the sentence.
            Some(_) if kind == EntityKind::Person && !text.contains(' ') => kind,
            Some(candidate)
                if matches!(kind, EntityKind::Facility | EntityKind::Event | EntityKind::Product)
                    && candidate.kind != Kind::Outlet =>
            {
                kind
            }
            Some(candidate) => candidate.kind.entity(),
            None if self.knowledge.demonym(text).is_some() => EntityKind::Norp,
            None => kind,
        }
    }

    /// Runs of proper nouns that the encoder did not mark but the knowledge base knows.
    fn missed_names(&mut self) {
        let mut at = 0;
        while at < self.taken.len() {
            let end = self.run(at);
            if end > at {
                let text = self.analysis.text(self.analysis.bytes(Span::new(at, end)));
                let known = self.knowledge.find(text, &Hints::default());
                let sure = known.first().filter(|candidate| matches!(candidate.how, Match::Exact | Match::Composed));
                let kind = sure.map(|candidate| candidate.kind.entity());
                let metonym = || self.knowledge.metonym(text).map(|_| EntityKind::Organization);
                let hinted = || self.hinted(Span::new(at, end));
                if let Some(kind) = kind.or_else(metonym).or_else(hinted) {
                    self.name(Span::new(at, end), kind);
                }
            }
            at = end.max(at + 1);
        }
    }

    /// End of the run of free proper nouns of one phrase that starts at `at`.
    fn run(&self, at: usize) -> usize {
        let mut end = at;
        while end < self.taken.len()
            && !self.taken[end]
            && self.analysis.tokens[end].upos == Upos::Propn
            && starts_upper(self.analysis.form(end))
            && self.analysis.sentence_of(end) == self.analysis.sentence_of(at)
        {
            end += 1;
        }
        end
    }

    /// Kind of an unknown name by what the encoder says of its head word.
    fn hinted(&self, tokens: Span<Tok>) -> Option<EntityKind> {
        let head = self.analysis.head_of(tokens)?;
        let word = self.analysis.form(head).to_lowercase();
        if CALENDAR.contains(&word.as_str()) || self.is_role(head) {
            return None;
        }
        match self.analysis.tokens[head].hint? {
            EntityHint::Person => Some(EntityKind::Person),
            EntityHint::Organization => Some(EntityKind::Organization),
            EntityHint::Place => Some(EntityKind::Location),
            EntityHint::Event => Some(EntityKind::Event),
            EntityHint::Object => Some(EntityKind::Product),
            EntityHint::Abstract => Some(EntityKind::Other),
            _ => None,
        }
    }

    /// Adjectives and nouns of nationality that the encoder did not mark.
    fn demonyms(&mut self) {
        for at in 0..self.taken.len() {
            let token = &self.analysis.tokens[at];
            let free = !self.taken[at] && matches!(token.upos, Upos::Adj | Upos::Propn | Upos::Noun);
            if free && starts_upper(self.analysis.form(at)) && self.knowledge.demonym(self.analysis.form(at)).is_some()
            {
                self.name(Span::new(at, at + 1), EntityKind::Norp);
            }
        }
    }

    fn nominal(&mut self, head: usize) {
        let token = &self.analysis.tokens[head];
        if INSIDE.contains(&token.relation())
            || matches!(token.deprel.as_str(), "obl:tmod" | "nmod:tmod" | "obl:unmarked")
        {
            return;
        }
        let lemma = self.role_lemma(head);
        let Some(kind) = self.nominal_kind(head, &lemma) else { return };
        let (phrase, tokens) = phrases(self.analysis, head);
        let article = self.article(head);
        let words = tokens.range().filter(|&at| !matches!(self.analysis.tokens[at].upos, Upos::Det | Upos::Punct));
        let text = words.map(|at| self.analysis.form(at).to_lowercase()).collect::<Vec<_>>().join(" ");
        let country = self.country(tokens, Span::new(head, head + 1));
        let plural = match token.feat("Number") {
            Some("Plur" | "Ptan") => Some(true),
            Some(_) => Some(false),
            None => None,
        };
        self.push(Draft {
            tokens,
            phrase,
            heads: vec![head],
            form: MentionForm::Nominal,
            kind,
            plural,
            gender: self.gender(&lemma),
            article,
            text,
            lemma,
            titles: Vec::new(),
            country,
            sentence: 0,
            cluster: None,
            nested: false,
        });
    }

    fn nominal_kind(&self, head: usize, lemma: &str) -> Option<EntityKind> {
        let token = &self.analysis.tokens[head];
        let lemma = if self.known_noun(lemma) { lemma } else { token.lemma.as_str() };
        // "state media", "the new report": a noun that can name both is what the encoder says, where it says anything.
        if self.knowledge.role(lemma).is_some() && token.hint.is_none_or(|hint| hint == EntityHint::Person) {
            return Some(EntityKind::Person);
        }
        if let Some(&referent) = self.knowledge.referents(lemma).first() {
            return Some(match referent {
                Referent::State | Referent::Settlement | Referent::Division => EntityKind::Gpe,
                Referent::Group | Referent::Party => EntityKind::Group,
                Referent::Facility => EntityKind::Facility,
                Referent::Location => EntityKind::Location,
                Referent::Event => EntityKind::Event,
                Referent::Weapon => EntityKind::Weapon,
                Referent::Vehicle => EntityKind::Vehicle,
                Referent::Report => EntityKind::Product,
                _ => EntityKind::Organization,
            });
        }
        match token.hint? {
            EntityHint::Person => Some(EntityKind::Person),
            EntityHint::Organization => Some(EntityKind::Organization),
            EntityHint::Place => Some(EntityKind::Location),
            EntityHint::Event => Some(EntityKind::Event),
            // Kept only where it is spoken of more than once (`assemble`).
            EntityHint::Object | EntityHint::Abstract => Some(EntityKind::Other),
            _ => None,
        }
    }

    fn known_noun(&self, lemma: &str) -> bool {
        self.knowledge.role(lemma).is_some() || !self.knowledge.referents(lemma).is_empty()
    }

    fn is_role(&self, token: usize) -> bool {
        self.knowledge.role(&self.role_lemma(token)).is_some() || self.knowledge.is_title(self.analysis.form(token))
    }

    /// Lemma of a noun, with the noun before it where the two are one term: "prime minister", "news agency".
    fn role_lemma(&self, head: usize) -> String {
        let lemma = self.analysis.tokens[head].lemma.to_lowercase();
        let lemma = lemma.trim_end_matches('.');
        if let Some(before) = head.checked_sub(1).filter(|&at| self.analysis.tokens[at].head == Some(head)) {
            let two = format!("{} {lemma}", self.analysis.tokens[before].lemma.to_lowercase());
            if self.known_noun(&two) {
                return two;
            }
        }
        lemma.to_owned()
    }

    fn gender(&self, lemma: &str) -> Option<Gender> {
        match self.knowledge.role(lemma).map(|role| (role.gender, role.class)) {
            Some(("m", RoleClass::Honorific | RoleClass::Kin | RoleClass::Person | RoleClass::Head)) => {
                Some(Gender::Male)
            }
            Some(("f", RoleClass::Honorific | RoleClass::Kin | RoleClass::Person | RoleClass::Head)) => {
                Some(Gender::Female)
            }
            _ if lemma.ends_with("woman") => Some(Gender::Female),
            _ => None,
        }
    }

    fn article(&self, head: usize) -> Article {
        for child in self.analysis.children(head).filter(|&child| child < head) {
            let token = &self.analysis.tokens[child];
            match token.relation() {
                "det" if matches!(token.lemma.as_str(), "the" | "this" | "that" | "these" | "those" | "both") => {
                    return Article::Definite;
                }
                "det" | "nummod" => return Article::Indefinite,
                "nmod" if token.deprel == "nmod:poss" => return Article::Definite,
                "amod" if matches!(token.lemma.as_str(), "several" | "many" | "other" | "another" | "few") => {
                    return Article::Indefinite;
                }
                _ => {}
            }
        }
        Article::Bare
    }

    /// Country of the demonym or state name among the words of a phrase, outside `but`.
    fn country(&self, phrase: Span<Tok>, but: Span<Tok>) -> Option<String> {
        phrase.range().filter(|at| !but.contains(*at)).find_map(|at| {
            let form = self.analysis.form(at);
            if !starts_upper(form) || self.analysis.tokens[at].relation() == "conj" {
                return None;
            }
            let by_name = || {
                let found = self.knowledge.find(form, &Hints::default()).into_iter().next()?;
                (matches!(found.kind, Kind::State | Kind::Territory) && found.how == Match::Exact)
                    .then_some(found.country)?
            };
            self.knowledge.demonym(form).or_else(by_name).map(str::to_owned)
        })
    }

    fn pronoun(&mut self, at: usize) {
        let token = &self.analysis.tokens[at];
        let lower = self.analysis.form(at).to_lowercase();
        if token.relation() == "expl" || self.taken[at] {
            return;
        }
        let (kind, plural, gender) = match lower.as_str() {
            "he" | "him" | "his" | "himself" => (EntityKind::Person, Some(false), Some(Gender::Male)),
            "she" | "her" | "hers" | "herself" => (EntityKind::Person, Some(false), Some(Gender::Female)),
            "it" | "its" | "itself" => (EntityKind::Other, Some(false), None),
            "they" | "them" | "their" | "theirs" | "themselves" => (EntityKind::Other, Some(true), None),
            "i" | "me" | "my" | "mine" | "myself" => (EntityKind::Person, Some(false), None),
            "we" | "us" | "our" | "ours" | "ourselves" => (EntityKind::Other, Some(true), None),
            "who" | "which" | "that" | "whom" | "whose" if token.feat("PronType") == Some("Rel") => {
                (EntityKind::Other, None, None)
            }
            _ => return,
        };
        self.push(Draft {
            tokens: Span::new(at, at + 1),
            phrase: Span::new(at, at + 1),
            heads: vec![at],
            form: MentionForm::Pronoun,
            kind,
            plural,
            gender,
            article: Article::Definite,
            text: lower.clone(),
            lemma: lower,
            titles: Vec::new(),
            country: None,
            sentence: 0,
            cluster: None,
            nested: false,
        });
    }

    fn push(&mut self, mut draft: Draft) {
        draft.sentence = self.analysis.sentence_of(draft.head()).unwrap_or(0);
        self.drafts.push(draft);
    }
}

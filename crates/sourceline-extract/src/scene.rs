//! Everything the source stages look at, in one place: the trees, the word lists, the knowledge, the entities.
//!
//! In: an `Analysis` with mentions and entities. Out: `Scene`, which borrows them. Not here: decisions.

use std::cell::Cell;

use sourceline_knowledge::Knowledge;
use sourceline_model::{Entity, EntityId, EntityKind, Mention, MentionForm, NameSpan, Span, Tok, Upos};

use crate::lexicon::Lexicon;
use crate::tree::Tree;

/// What the source stages look at.
pub struct Scene<'a> {
    /// Trees.
    pub tree: Tree<'a>,
    /// Word lists.
    pub lexicon: &'a Lexicon,
    /// Knowledge base.
    pub knowledge: &'a Knowledge,
    /// Mentions.
    pub mentions: &'a [Mention],
    /// Entities.
    pub entities: &'a [Entity],
    /// How likely each mention stands for its entity; empty where that was not weighed.
    pub likely: Vec<f32>,
    /// First token after the dateline.
    pub body: usize,
    by_head: Vec<Option<usize>>,
    titles: Vec<Titled>,
    outlets: Vec<Span<Tok>>,
    depth: Cell<usize>,
}

/// Longest chain of references that is followed.
const DEEPEST: usize = 12;

/// One step of following a reference; ends when dropped.
pub struct Step<'s>(&'s Cell<usize>);

impl Drop for Step<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

/// A named person with the nouns that the document gives for him.
#[derive(Debug, Clone)]
pub struct Titled {
    /// The name's words.
    pub name: Span<Tok>,
    /// Lemmas and forms of the nouns and adjectives that stand with the name.
    pub words: Vec<String>,
}

impl<'a> Scene<'a> {
    /// Indexes mentions and titles.
    pub fn new(
        tree: Tree<'a>,
        lexicon: &'a Lexicon,
        knowledge: &'a Knowledge,
        mentions: &'a [Mention],
        entities: &'a [Entity],
    ) -> Self {
        let by_head = heads_of_mentions(&tree, mentions);
        let dateline = tree.analysis.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
        let body = tree.analysis.tokens.partition_point(|token| token.span.start < dateline);
        let mut scene = Self {
            tree,
            lexicon,
            knowledge,
            mentions,
            entities,
            likely: Vec::new(),
            body,
            by_head,
            titles: Vec::new(),
            outlets: Vec::new(),
            depth: Cell::new(0),
        };
        scene.outlets = scene.find_outlets();
        scene.titles = scene.find_titles();
        scene
    }

    /// Goes one reference deeper; `None` when that is too deep.
    pub fn descend(&self) -> Option<Step<'_>> {
        (self.depth.get() < DEEPEST).then(|| {
            self.depth.set(self.depth.get() + 1);
            Step(&self.depth)
        })
    }

    /// The mention whose head word is `head`, else the smallest that covers it.
    pub fn mention(&self, head: usize) -> Option<&'a Mention> {
        self.by_head.get(head).copied().flatten().map(|index| &self.mentions[index])
    }

    /// The entity with this id.
    pub fn entity(&self, id: EntityId) -> Option<&'a Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }

    /// The entity that the word `head` heads a mention of.
    pub fn entity_at(&self, head: usize) -> Option<&'a Entity> {
        self.mention(head).and_then(|mention| self.entity(mention.entity))
    }

    /// Whether an entity is called by a proper name somewhere.
    pub fn is_named(&self, id: EntityId) -> bool {
        self.mentions.iter().any(|mention| mention.entity == id && mention.form == MentionForm::Name)
    }

    /// The name that covers token `at`, as the encoder found it.
    pub fn name_over(&self, at: usize) -> Option<(Span<Tok>, EntityKind)> {
        self.tree.analysis.names.iter().find(|name| name.tokens.contains(at)).map(|name| (name.tokens, name.kind))
    }

    /// Named persons with their titles.
    pub fn titles(&self) -> &[Titled] {
        &self.titles
    }

    /// The words of all titles that the document gives whom `name` or the words `at` name.
    pub fn titles_of<'s>(&'s self, at: Span<Tok>, name: &'s str) -> impl Iterator<Item = &'s String> {
        let same = move |titled: &&Titled| titled.name.overlaps(&at) || self.tree.text(titled.name) == name;
        self.titles.iter().filter(same).flat_map(|titled| &titled.words)
    }

    /// ISO code of the state that a word stands for: a demonym, a state's name, or a capital.
    pub fn country_of(&self, words: &str) -> Option<&'static str> {
        let bare = words.trim_start_matches("the ").trim_start_matches("The ");
        self.knowledge.demonym(bare).or_else(|| self.state_named(bare)).or_else(|| self.knowledge.capital_metonym(bare))
    }

    /// ISO code of the state with this name.
    pub fn state_named(&self, name: &str) -> Option<&'static str> {
        let folded = sourceline_knowledge::fold::fold(name);
        let short = matches!(folded.as_str(), "us" | "u s" | "usa" | "united states" | "america").then_some("US");
        let uk = || matches!(folded.as_str(), "uk" | "u k" | "britain" | "united kingdom").then_some("GB");
        short.or_else(uk).or_else(|| self.knowledge.state_named(name))
    }

    /// The adjective of a state as sources are labelled: "Iranian", "U.S.", "U.K.".
    pub fn adjective(&self, iso2: &str) -> Option<String> {
        match iso2 {
            "US" => Some("U.S.".to_owned()),
            "AE" => Some("UAE".to_owned()),
            _ => {
                // Of several adjectives the one that the document uses: "Filipinos" is none.
                let words = &self.knowledge.state(iso2)?.demonyms;
                let text = self.tree.analysis.document.text.as_str();
                let used =
                    words.iter().filter(|word| !word.ends_with('s')).find(|word| text.contains(&format!("{word} ")));
                used.or(words.first()).map(|word| (*word).to_owned())
            }
        }
    }

    /// The entity of the known outlet with this name.
    pub fn outlet_entity(&self, name: &str) -> Option<EntityId> {
        let key = &self.knowledge.outlet_by_name(name)?.key;
        self.entities.iter().find(|entity| entity.kb.as_ref() == Some(key)).map(|entity| entity.id)
    }

    /// The name of a known outlet that covers token `at`.
    pub fn outlet_over(&self, at: usize) -> Option<Span<Tok>> {
        self.outlets.iter().find(|span| span.contains(at)).copied()
    }

    /// Names of known outlets, whatever the encoder makes of them; the longest at each place.
    fn find_outlets(&self) -> Vec<Span<Tok>> {
        let tree = &self.tree;
        let mut found: Vec<Span<Tok>> = Vec::new();
        for sentence in &tree.analysis.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let longest = (1..=6.min(sentence.tokens.end - at))
                    .rev()
                    .map(|length| Span::new(at, at + length))
                    .find(|&span| self.is_outlet_name(span));
                at = longest.map_or(at + 1, |span| span.end);
                found.extend(longest);
            }
        }
        found
    }

    fn is_outlet_name(&self, span: Span<Tok>) -> bool {
        let tree = &self.tree;
        let text = tree.text(span);
        let name = text.starts_with(char::is_uppercase) && tree.token(span.end - 1).upos != Upos::Punct;
        // A single word may be common ("Time", "Nature"): it must be tagged as a name.
        let proper = span.range().any(|at| tree.token(at).upos == Upos::Propn);
        name && proper
            && (span.len() > 1 || tree.token(span.start).upos == Upos::Propn)
            && self.knowledge.outlet_by_name(text).is_some()
            && (span.len() > 1 || !self.is_piece_of_a_name(span.start))
            && self.full_name(span.end - 1).is_none()
            && !self.goes_on_as_name(span)
            && !self.is_portfolio(span.start)
    }

    /// "El Faro Azul" is not El Faro: a longer name begins with the same words.
    fn goes_on_as_name(&self, span: Span<Tok>) -> bool {
        let tree = &self.tree;
        let longer = self.name_over(span.start).filter(|(name, _)| name.start == span.start && name.end > span.end);
        let rest = |name: Span<Tok>| {
            (span.end..name.end).all(|at| {
                tree.token(at).upos == Upos::Propn
                    && !crate::chunk::is_day(&tree.lower(at))
                    && tree.analysis.form(at).len() > 2
            })
        };
        span.len() > 1 && longer.is_some_and(|(name, _)| rest(name))
    }

    /// "Minister of Foreign Affairs": what somebody is in charge of is no outlet of that name.
    pub fn is_portfolio(&self, at: usize) -> bool {
        let tree = &self.tree;
        let of = at >= 2 && matches!(tree.lower(at - 1).as_str(), "of" | "for");
        of && matches!(
            tree.lemma(at - 2).as_str(),
            "minister" | "ministry" | "department" | "secretary" | "office" | "committee" | "council" | "directorate"
        )
    }

    /// The last word of the full name that "the Post" was given before: that of "the Harbour Post".
    pub fn full_name(&self, at: usize) -> Option<usize> {
        let tree = &self.tree;
        let tokens = &tree.analysis.tokens;
        let proper = |at: usize| tokens.get(at).is_some_and(|token| token.upos == Upos::Propn);
        let article = at.checked_sub(1).is_some_and(|before| tree.analysis.form(before).eq_ignore_ascii_case("the"));
        let form = tree.analysis.form(at);
        if let Some(full) = self.named_by_label(at) {
            return Some(full);
        }
        // "The Ministry of Health" is not the ministry named before.
        let longer = self.name_over(at).is_some_and(|(name, _)| name.start == at && name.len() > 1);
        if !article || !form.starts_with(char::is_uppercase) || proper(at + 1) || longer {
            return None;
        }
        let before = tree.analysis.names.iter().rev().filter(|name| name.tokens.end < at && name.tokens.len() > 1);
        let mut last = before.filter(|name| name.kind != EntityKind::Person).map(|name| name.tokens.end - 1);
        last.find(|&last| tree.analysis.form(last) == form && proper(last - 1))
    }

    /// "LAHLOU:" before what he says: the last word of "Karim Lahlou".
    fn named_by_label(&self, at: usize) -> Option<usize> {
        let tree = &self.tree;
        let next = (at + 1 < tree.analysis.tokens.len()).then(|| tree.analysis.form(at + 1));
        let form = tree.analysis.form(at);
        if next != Some(":") || form.chars().any(char::is_lowercase) {
            return None;
        }
        let mut names = tree.analysis.names.iter().filter(|name| name.tokens.end <= at && name.tokens.len() > 1);
        let last = |name: &NameSpan| name.tokens.end - 1;
        let fits = |name: &&NameSpan| {
            name.kind == EntityKind::Person && tree.analysis.form(last(name)).to_lowercase() == form.to_lowercase()
        };
        names.find(fits).map(last).filter(|&full| tree.analysis.form(full) != form)
    }

    /// Whether a word ends a name that begins before it: "the Post" is an outlet, the last word of "Harbour Post" is not. The
    /// Turkish Anadolu is Anadolu.
    fn is_piece_of_a_name(&self, at: usize) -> bool {
        let tree = &self.tree;
        let article = |word: usize| tree.token(word).upos == Upos::Det;
        let before = at.checked_sub(1).filter(|&before| !article(before));
        before.is_some_and(|before| match self.name_over(before) {
            Some((name, _)) => name.contains(at),
            None => tree.token(before).upos == Upos::Propn && tree.token(before).head == Some(at),
        })
    }

    fn find_titles(&self) -> Vec<Titled> {
        let tree = &self.tree;
        let persons =
            tree.analysis.names.iter().filter(|name| name.kind == EntityKind::Person && !name.tokens.is_empty());
        // A state that was taken for somebody's name has no title.
        let persons = persons.filter(|name| self.state_named(tree.text(name.tokens)).is_none());
        persons.map(|name| Titled { name: name.tokens, words: self.title_words(name.tokens) }).collect()
    }

    fn title_words(&self, name: Span<Tok>) -> Vec<String> {
        let tree = &self.tree;
        let Some(head) = tree.analysis.head_of(name) else { return Vec::new() };
        let mut region: Vec<usize> = Vec::new();
        for &child in tree.children(head) {
            if matches!(tree.relation(child), "appos" | "compound" | "flat" | "amod" | "nmod") && !name.contains(child)
            {
                region.extend(tree.extent(child).range().take(14));
            }
        }
        if let Some(up) =
            tree.head(head).filter(|_| matches!(tree.relation(head), "appos" | "flat" | "compound" | "nmod"))
            && (tree.token(up).upos == Upos::Noun || tree.relation(head) == "appos" || tree.relation(head) == "flat")
        {
            region.extend(tree.extent(up).range().filter(|&at| !name.contains(at)).take(14));
        }
        // What stands right before the name belongs to it in any parse: "Foreign Ministry spokesman X".
        let sentence = tree.sentence_tokens(name.start);
        let mut before = name.start;
        while before > sentence.start
            && matches!(tree.token(before - 1).upos, Upos::Noun | Upos::Propn | Upos::Adj)
            && before + 6 > name.start
        {
            before -= 1;
            region.push(before);
        }
        region.sort_unstable();
        region.dedup();
        region
            .into_iter()
            .filter(|&at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Adj))
            .flat_map(|at| [tree.lemma(at), tree.lower(at)])
            .collect()
    }
}

fn heads_of_mentions(tree: &Tree, mentions: &[Mention]) -> Vec<Option<usize>> {
    let count = tree.analysis.tokens.len();
    let mut by_head: Vec<Option<usize>> = vec![None; count];
    let mut exact = vec![false; count];
    for (index, mention) in mentions.iter().enumerate() {
        let covered = tree.analysis.tokens_under(mention.span);
        let head = tree.analysis.head_of(covered).unwrap_or(covered.start);
        for at in covered.range() {
            let is_head = at == head;
            // The town in a company's name does not head the name.
            let nested = |old: &Mention| {
                exact[at]
                    && old.form == MentionForm::Name
                    && mention.form == MentionForm::Name
                    && old.entity != mention.entity
            };
            let smaller =
                by_head[at].is_none_or(|old| mentions[old].span.len() > mention.span.len() && !nested(&mentions[old]));
            if (is_head && (!exact[at] || smaller)) || (!exact[at] && smaller) {
                by_head[at] = Some(index);
                exact[at] = exact[at] || is_head;
            }
        }
    }
    by_head
}

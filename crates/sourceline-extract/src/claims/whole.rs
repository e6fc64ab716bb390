//! Which clauses state something by themselves: no questions, conditions, stumps or words about the source alone.
//!
//! In: a clause. Out: whether it is a claim. Not here: where a sentence is cut (`clauses`).

use sourceline_model::Upos;

use super::clauses::Clause;
use super::frames::is_credit;
use super::parts::speaks_on;
use crate::scene::Scene;

/// Least number of words of a clause without a verb.
const STUMP: usize = 8;
/// Longest clause that only says that a source stays unnamed, in tokens.
const ANONYMITY: usize = 16;
/// Least number of words of a clause.
const SHORTEST: usize = 3;

/// Whether a clause states something: it has a finite verb or is completed by one, and does more than say who is cited.
pub fn states_something(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    if is_anonymity(scene, clause.head) {
        return false;
    }
    if is_inside_question(scene, clause.head) {
        return false;
    }
    if clause.apposition || clause.act.is_some() {
        return true;
    }
    if takes_back(scene, clause.head) || is_thanks(scene, clause) || is_shell(scene, clause) {
        return false;
    }
    // A question that nobody answers: "whether more would follow"; a condition: "if the talks fail".
    let first = tree.lower(clause.span.start);
    let marks_it = tree.head(clause.span.start) == Some(clause.head);
    let condition = matches!(first.as_str(), "whether" | "if" | "unless" | "lest") && marks_it;
    if condition && tree.relation(clause.head) != "csubj" {
        return false;
    }
    let second = clause.span.start + 1;
    let in_what =
        tree.token(clause.span.start).upos == Upos::Adp && clause.span.contains(second) && tree.lower(second) == "what";
    if in_what || is_inverted(scene, clause.head) && tree.relation(clause.head) == "advcl" {
        return false;
    }
    if is_open_question(scene, clause) || is_bare(scene, clause) {
        return false;
    }
    if is_question_clause(scene, clause.head, clause.span.start) {
        return false;
    }
    let before = clause.span.start.checked_sub(1).filter(|&at| tree.sentence(at) == tree.sentence(clause.head));
    if before.is_some_and(|at| matches!(tree.lower(at).as_str(), "if" | "unless" | "whether" | "what" | "whatever")) {
        return false;
    }
    if speaks_on(scene, clause.head).is_some() {
        return true;
    }
    !is_credit(scene, clause.head)
        && (can_stand(scene, clause.head) || clause.span.range().any(|at| is_finite(scene, at)))
        && !(clause.span.contains(clause.head)
            && tree.token(clause.head).upos == Upos::Verb
            && !can_stand(scene, clause.head))
}

/// "once the rains begin", "until mines are cleared", "shortly before it fell": when something else holds, which states nothing by itself.
pub fn is_circumstance(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let first = tree.extent(head).range().find(|&at| tree.token(at).upos != Upos::Adv || tree.relation(at) == "mark");
    first.is_some_and(|first| {
        matches!(tree.lower(first).as_str(), "once" | "until" | "till" | "unless" | "before" | "lest")
            && matches!(tree.relation(first), "mark" | "advmod" | "case")
            || tree.lower(first) == "should" && tree.token(first).upos == Upos::Aux
            || tree.lower(first) == "as"
                && first + 2 < tree.sentence_tokens(first).end
                && matches!(tree.lower(first + 1).as_str(), "soon" | "long")
                && tree.lower(first + 2) == "as"
    })
}

/// Whether a word is a finite verb.
pub fn is_finite(scene: &Scene, at: usize) -> bool {
    let token = scene.tree.token(at);
    let modal = || {
        matches!(
            scene.tree.lower(at).as_str(),
            "will"
                | "would"
                | "may"
                | "might"
                | "can"
                | "could"
                | "must"
                | "shall"
                | "should"
                | "'ll"
                | "’ll"
                | "'d"
                | "’d"
        )
    };
    match token.upos {
        Upos::Verb => token.feat("VerbForm") == Some("Fin") || token.feat("Mood").is_some(),
        Upos::Aux => token.feat("VerbForm") == Some("Fin") || token.feat("VerbForm").is_none() || modal(),
        _ => false,
    }
}

/// Whether the clause of a predicate can stand alone: it is finite, or a participle or infinitive that goes on with the auxiliary of the
/// predicate it is coordinated with ("were abandoned, later destroyed by the army").
pub fn can_stand(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let own = |at: usize| {
        is_finite(scene, at)
            || tree
                .children(at)
                .iter()
                .any(|&child| matches!(tree.relation(child), "aux" | "cop") && is_finite(scene, child))
    };
    let gerund = tree.token(head).upos == Upos::Verb && tree.lower(head).ends_with("ing");
    let unmarked = tree.token(head).feat("VerbForm").is_none() && !gerund;
    // Taggers take past tenses for participles: one with a subject and without "with" in front is a past tense.
    let past = tree.token(head).feat("Tense") == Some("Past")
        && tree.own_subject(head).is_some()
        && !tree.children_by(head, "mark").chain(tree.children_by(head, "case")).any(|at| tree.lower(at) == "with");
    let host = || tree.head(head).filter(|_| tree.relation(head) == "conj");
    let kind = |at: usize| tree.token(at).feat("VerbForm");
    if is_reduced(scene, head) {
        return false;
    }
    own(head) || unmarked || past || host().is_some_and(|host| own(host) && kind(host) == kind(head))
}

/// Whether a clause with a pronoun for subject follows a noun without a mark between.
pub fn follows_noun(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let start = tree.extent(head).start;
    let pronoun =
        tree.own_subject(head).is_some_and(|subject| subject == start && tree.token(subject).upos == Upos::Pron);
    let before = start.checked_sub(1).filter(|&at| tree.sentence(at) == tree.sentence(head));
    pronoun && before.is_some_and(|at| matches!(tree.token(at).upos, Upos::Noun | Upos::Propn))
}

/// "Will they come?", "What do you expect?"
fn is_open_question(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let sentence = tree.sentence_tokens(clause.head);
    let asks = (clause.span.end..sentence.end).take(2).any(|at| tree.analysis.form(at) == "?");
    let first = clause.span.start;
    let inverted = tree.token(first).upos == Upos::Aux
        || matches!(tree.lower(first).as_str(), "what" | "who" | "how" | "why" | "where" | "when" | "which");
    asks && inverted
}

/// "Had they left earlier": a condition without "if".
fn is_inverted(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let aux = tree.children(head).iter().copied().find(|&child| {
        matches!(tree.relation(child), "aux" | "cop") && matches!(tree.lower(child).as_str(), "had" | "were" | "should")
    });
    aux.is_some_and(|aux| tree.own_subject(head).is_some_and(|subject| aux < subject && subject < head))
}

/// A stump: "Why the haste", "Clinton did not", "73 percent said".
fn is_bare(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let words = clause.span.range().filter(|&at| tree.token(at).upos != Upos::Punct).count();
    let head = tree.token(clause.head).upos;
    let verbless = head != Upos::Verb && !clause.span.range().any(|at| is_finite(scene, at));
    let told = || {
        let says = scene.lexicon.verb(&tree.lemma(clause.head)).is_some_and(|cue| cue.strong);
        let content = |&child: &usize| {
            clause.span.contains(child)
                && matches!(tree.relation(child), "obj" | "ccomp" | "obl" | "xcomp" | "advcl" | "parataxis" | "advmod")
        };
        says && !tree.children(clause.head).iter().any(content)
    };
    // "So has Egypt": said of the same as the sentence before.
    let likewise = matches!(tree.lower(clause.span.start).as_str(), "so" | "neither" | "nor");
    verbless && words < STUMP || !likewise && (words <= SHORTEST && head == Upos::Aux || words < STUMP && told())
}

/// Verbs that say of whom a charge is, and of what: "the official accused of spying" states no charge by itself.
const CHARGES: [&str; 5] = ["accuse", "suspect", "convict", "acquit", "charge"];

/// "residents interviewed by us", "the official accused of spying": a participle behind its noun, whatever the tagger makes of it.
fn is_reduced(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let token = tree.token(head);
    let bare = !tree.children(head).iter().any(|&child| matches!(tree.relation(child), "aux" | "cop"));
    let suffers = token.feat("Voice") == Some("Pass")
        && tree.own_subject(head).is_some_and(|subject| subject < head && tree.token(subject).deprel == "nsubj:pass")
        && tree.relation(head) != "conj";
    let charged = CHARGES.contains(&tree.lemma(head).as_str())
        && tree.lower(head).ends_with("ed")
        && !tree.children(head).iter().any(|&child| matches!(tree.relation(child), "obj" | "iobj" | "ccomp"))
        && head + 1 < tree.sentence_tokens(head).end
        && matches!(tree.lower(head + 1).as_str(), "of" | "in" | "with");
    token.upos == Upos::Verb && bare && (suffers || charged)
}

/// "Correction: we wrote earlier that the woman had been held": what is taken back is stated no longer; only the whole sentence is.
fn takes_back(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let first = tree.sentence_tokens(head).start;
    let label = matches!(tree.lower(first).as_str(), "correction" | "clarification" | "erratum" | "corrigendum");
    label && tree.head(head).is_some() && first + 1 < tree.sentence_tokens(head).end && {
        tree.analysis.form(first + 1) == ":"
    }
}

/// "Thank you, Minister", "Good evening": what is said for manners' sake.
fn is_thanks(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let words = clause.span.range().filter(|&at| tree.token(at).upos != Upos::Punct).count();
    let thanks = clause
        .span
        .range()
        .any(|at| at + 1 < clause.span.end && tree.lower(at) == "thank" && tree.lower(at + 1) == "you");
    thanks && words < STUMP
}

/// "X told this newspaper by telephone": who spoke to whom, when and how, with nothing of what was said.
fn is_shell(scene: &Scene, clause: &Clause) -> bool {
    let tree = &scene.tree;
    let lemma = tree.lemma(clause.head);
    let speaks = matches!(lemma.as_str(), "say" | "tell" | "write" | "add" | "explain");
    let verb = tree.token(clause.head).upos == Upos::Verb
        && !tree.is_negated(clause.head)
        && !tree.is_passive(clause.head)
        && tree.children_by(clause.head, "aux").next().is_none();
    let listener = |at: usize| {
        let lemma = tree.lemma(at);
        matches!(tree.token(at).upos, Upos::Propn | Upos::Pron)
            || scene.lexicon.role(&lemma).is_some()
            || scene.lexicon.media(&lemma).is_some()
    };
    let empty = |&child: &usize| match tree.relation(child) {
        "nsubj" | "punct" | "advmod" | "iobj" | "cc" | "obl" | "vocative" | "discourse" | "mark" => {
            !matches!(tree.case(child).as_str(), "of" | "about" | "against" | "with" | "for")
        }
        "obj" if clause.span.contains(child) => lemma == "tell" && listener(child),
        _ => !clause.span.contains(child),
    };
    speaks && verb && clause.span.contains(clause.head) && tree.children(clause.head).iter().all(empty)
}

/// "how many had stayed", "what comes next" behind "do not know", "asked": a question states nothing by itself.
pub fn is_question_clause(scene: &Scene, head: usize, first: usize) -> bool {
    let tree = &scene.tree;
    if is_open_word(scene, head) {
        return true;
    }
    let asks = asks(&tree.lower(first)) || asks(&tree.lower(tree.extent(head).start));
    asks && tree.relation(head) == "ccomp"
        && tree.token(head).deprel != "acl:relcl"
        // "When the train hit the wall, the service said" is no question that the service asks.
        && tree.head(head).is_some_and(|above| above < head && matches!(tree.token(above).upos, Upos::Verb | Upos::Adj))
}

/// "Whether the government believed that another state was behind it": of what is asked nothing is stated.
pub fn is_inside_question(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let whether = |at: usize| tree.children_by(at, "mark").any(|mark| tree.lower(mark) == "whether");
    let above = std::iter::successors(Some(head), |&at| tree.head(at).filter(|_| tree.relation(at) == "ccomp"));
    above.take(4).any(|at| whether(at) && matches!(tree.relation(at), "ccomp" | "xcomp" | "advcl"))
}

/// Whether a word begins an indirect question.
fn asks(word: &str) -> bool {
    matches!(word, "how" | "why" | "what" | "which" | "who" | "whom" | "whose" | "where" | "when" | "whether")
}

/// "know where [the trains stop]", "tell who [they had been]": the clause hangs on the open word itself. "Detailed how they
/// had fled" tells that they had.
fn is_open_word(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    let relative = matches!(tree.token(head).deprel.as_str(), "acl:relcl" | "advcl:relcl" | "acl" | "advcl");
    let open = tree.head(head).filter(|_| relative).filter(|&open| {
        let word = tree.lower(open);
        matches!(tree.token(open).upos, Upos::Pron | Upos::Adv | Upos::Sconj) && asks(&word) && word != "how"
    });
    let told = |open: usize| matches!(tree.relation(open), "ccomp" | "obj" | "xcomp" | "root" | "conj" | "parataxis");
    open.is_some_and(|open| open < head && told(open))
}

/// "who asked not to be named", "spoke on condition of anonymity": tells of the source, not of the story.
pub fn is_anonymity(scene: &Scene, head: usize) -> bool {
    let tree = &scene.tree;
    // "Asked that his name be left out".
    let name = |at: usize| matches!(tree.lemma(at).as_str(), "name" | "surname" | "identity");
    let asks = |verb: usize| matches!(tree.lemma(verb).as_str(), "ask" | "request" | "insist" | "demand" | "condition");
    let kept = tree.own_subject(head).is_some_and(name) && tree.head(head).is_some_and(asks);
    if kept && tree.relation(head) != "conj" {
        return true;
    }
    if !matches!(
        tree.lemma(head).as_str(),
        "speak" | "ask" | "decline" | "refuse" | "request" | "insist" | "want" | "talk"
    ) {
        return false;
    }
    tree.extent(head).range().any(|at| {
        tree.lower(at) == "anonymity"
            || matches!(tree.lower(at).as_str(), "named" | "identified" | "quoted")
                && tree.children(at).iter().any(|&child| matches!(tree.lower(child).as_str(), "not" | "be"))
                && tree.own_subject(at).is_none()
    }) && tree.extent(head).len() <= ANONYMITY
}

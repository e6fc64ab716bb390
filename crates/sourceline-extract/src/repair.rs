//! Trees put right where the parser errs in ways that cost a claim its subject or a speaker his name.
//!
//! In: an analysis. Out: the same with some words attached elsewhere. Only what plainly cannot be is touched: a finite clause that is said and
//! has no subject, while a noun phrase stands right between the verb of saying and the clause; and further subjects of one verb, which own or
//! name another ("Norland's minister, Anna Berg, said").

use sourceline_model::{Analysis, EntityKind, NameSpan, Span, Tok, Token, Upos};

use crate::lexicon::{Lexicon, MediaNoun};

/// Verbs that take a clause but no person who hears it.
const SAYING: [&str; 22] = [
    "say",
    "claim",
    "believe",
    "think",
    "argue",
    "insist",
    "add",
    "note",
    "stress",
    "confirm",
    "reveal",
    "deny",
    "suggest",
    "allege",
    "fear",
    "report",
    "announce",
    "state",
    "estimate",
    "acknowledge",
    "admit",
    "explain",
];

/// Puts the trees of an analysis right.
pub(crate) fn repair(analysis: &mut Analysis, lexicon: &Lexicon) {
    hyphened_names(analysis);
    company_names(analysis);
    kinds_beside_nouns(analysis, lexicon);
    for number in 0..analysis.sentences.len() {
        let sentence = analysis.sentences[number].tokens;
        if let Some((noun, verb)) = misread_predicate(analysis, sentence) {
            attach(&mut analysis.tokens, noun, verb, "nsubj");
            analysis.tokens[verb].feats = "Mood=Ind|Tense=Past|VerbForm=Fin".to_owned();
        }
        for owner in sentence.range() {
            if let Some(noun) = owned_noun(analysis, sentence, owner) {
                attach(&mut analysis.tokens, owner, noun, "nmod:poss");
            }
        }
        for verb in sentence.range() {
            if analysis.tokens[verb].upos != Upos::Verb {
                continue;
            }
            if let Some((noun, clause)) = lost_subject(analysis, sentence, verb) {
                attach(&mut analysis.tokens, noun, clause, "nsubj");
            }
            if let Some(noun) = teller(analysis, sentence, verb) {
                attach(&mut analysis.tokens, noun, verb, "nsubj");
            }
            for (noun, preposition) in objects_with_case(analysis, sentence, verb) {
                analysis.tokens[noun].deprel = "obl".to_owned();
                attach(&mut analysis.tokens, preposition, noun, "case");
            }
            if let Some(noun) = fronted_object(analysis, sentence, verb) {
                attach(&mut analysis.tokens, noun, verb, "nsubj");
            }
            if let Some(noun) = strayed_subject(analysis, sentence, verb) {
                attach(&mut analysis.tokens, noun, verb, "nsubj");
            }
            for (token, head, relation) in further_subjects(analysis, sentence, verb) {
                attach(&mut analysis.tokens, token, head, relation);
            }
        }
    }
}

/// Last words of the names of companies and other bodies, which no person bears.
const BUSINESS: [&str; 40] = [
    "medical",
    "group",
    "holdings",
    "holding",
    "bank",
    "energy",
    "pharma",
    "pharmaceuticals",
    "motors",
    "airlines",
    "airways",
    "industries",
    "technologies",
    "systems",
    "capital",
    "partners",
    "services",
    "foods",
    "oil",
    "gas",
    "petroleum",
    "steel",
    "mining",
    "telecom",
    "shipping",
    "logistics",
    "insurance",
    "securities",
    "investments",
    "ventures",
    "labs",
    "laboratories",
    "institute",
    "university",
    "foundation",
    "association",
    "corporation",
    "limited",
    "ltd",
    "inc",
];

/// "Halden Medical" taken for a person's name is a company's.
fn company_names(analysis: &mut Analysis) {
    for at in 0..analysis.names.len() {
        let name = &analysis.names[at];
        let last = name.tokens.end.checked_sub(1).map(|last| analysis.form(last).trim_end_matches('.').to_lowercase());
        let body = name.tokens.len() > 1 && last.is_some_and(|last| BUSINESS.contains(&last.as_str()));
        if body && name.kind == EntityKind::Person {
            analysis.names[at].kind = EntityKind::Organization;
        }
    }
}

/// Nouns of groups that go by a name right behind them: "the gang Los Halcones".
const GROUPS: [&str; 18] = [
    "group",
    "gang",
    "militia",
    "cartel",
    "company",
    "firm",
    "party",
    "movement",
    "organisation",
    "organization",
    "charity",
    "union",
    "network",
    "insurer",
    "operator",
    "battalion",
    "brigade",
    "ngo",
];

/// Ranks that stand before the name of a person and in no other name.
const RANKS: [&str; 10] =
    ["commodore", "colonel", "admiral", "brigadier", "lieutenant", "sergeant", "gen.", "col.", "maj.", "capt."];

/// Names that the noun beside them gives another kind than they were taken for: "Ostria's ambassador in Lima, Ana Berg," is a person, "the gang Los
/// Halcones" none.
fn kinds_beside_nouns(analysis: &mut Analysis, lexicon: &Lexicon) {
    for number in 0..analysis.names.len() {
        let NameSpan { tokens: name, kind } = analysis.names[number].clone();
        let Some(head) = analysis.head_of(name).filter(|_| !name.is_empty()) else { continue };
        let common = |at: usize| matches!(analysis.tokens[at].upos, Upos::Noun | Upos::Propn) && !name.contains(at);
        let singular = |at: usize| analysis.tokens[at].feat("Number") != Some("Plur");
        let above = analysis.tokens[head].head.filter(|&noun| common(noun) && singular(noun));
        let office = |noun: usize| lexicon.role(&analysis.tokens[noun].lemma.to_lowercase()).is_some();
        let apposed = analysis.tokens[head].relation() == "appos"
            && name.start > 0
            && analysis.form(name.start - 1) == ","
            && above.is_some_and(|noun| noun < name.start && office(noun));
        let before = name.start.checked_sub(1).filter(|&at| common(at) && singular(at));
        let joined = before.is_some_and(|noun| {
            let word = analysis.tokens[noun].lemma.to_lowercase();
            GROUPS.contains(&word.as_str())
                && (analysis.tokens[noun].head == Some(head) || analysis.tokens[head].head == Some(noun))
        });
        let named_so = matches!(
            kind,
            EntityKind::Gpe | EntityKind::Location | EntityKind::Product | EntityKind::Other | EntityKind::Facility
        );
        // "The daily Ostra", "the news site Agadez Info": a paper, whoever it is called after.
        let medium = name.start.checked_sub(1).filter(|&at| analysis.tokens[at].upos == Upos::Noun).is_some_and(|at| {
            let lemma = analysis.tokens[at].lemma.to_lowercase();
            let outlet = matches!(lexicon.media(&lemma), Some(MediaNoun::Outlet(_)));
            let news = at > 0 && analysis.form(at - 1).eq_ignore_ascii_case("news");
            outlet
                && singular(at)
                && (news || !matches!(lemma.as_str(), "site" | "station" | "agency" | "network" | "page" | "journal"))
        });
        let word = |at: usize| analysis.form(at).to_lowercase();
        let ranked = kind == EntityKind::Organization
            && name.len() > 2
            && (name.start..name.start + 2).any(|at| RANKS.contains(&word(at).as_str()));
        if name.len() > 1 && (apposed && named_so || ranked) {
            analysis.names[number].kind = EntityKind::Person;
        } else if medium && (named_so || kind == EntityKind::Person) {
            analysis.names[number].kind = EntityKind::Organization;
        } else if joined && kind == EntityKind::Person {
            analysis.names[number].kind = EntityKind::Group;
        }
    }
}

/// "Norway on Thursday accused agents of …" with the verb read as a participle: a main verb with an object and no helper is active, and the phrase
/// that opens the sentence is its subject.
fn misread_predicate(analysis: &Analysis, sentence: Span<Tok>) -> Option<(usize, usize)> {
    let tokens = &analysis.tokens;
    let verb = sentence.range().find(|&at| tokens[at].head.is_none())?;
    let participle = tokens[verb].upos == Upos::Verb
        && tokens[verb].feat("VerbForm") == Some("Part")
        && tokens[verb].feat("Tense") == Some("Past");
    let has = |wanted: &[&str]| {
        sentence.range().any(|at| tokens[at].head == Some(verb) && wanted.contains(&tokens[at].relation()))
    };
    let object = dependents(tokens, sentence, verb, "obj").any(|at| at > verb);
    if !participle || !object || has(&["aux", "cop", "nsubj", "csubj", "expl"]) {
        return None;
    }
    let phrase = sentence.range().take_while(|&at| {
        at < verb
            && matches!(tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num)
    });
    let noun = phrase.last().filter(|&at| matches!(tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Pron))?;
    Some((noun, verb))
}

/// Hangs a word on another, unless that hangs below it: a tree stays a tree.
fn attach(tokens: &mut [Token], at: usize, head: usize, relation: &str) {
    if below(tokens, head, at) {
        return;
    }
    tokens[at].head = Some(head);
    tokens[at].deprel = relation.to_owned();
}

/// Whether `at` is `top` or hangs below it, by however many steps.
fn below(tokens: &[Token], at: usize, top: usize) -> bool {
    std::iter::successors(Some(at), |&at| tokens[at].head).take(tokens.len()).any(|at| at == top)
}

fn dependents<'a>(
    tokens: &'a [Token],
    sentence: Span<Tok>,
    head: usize,
    relation: &'a str,
) -> impl Iterator<Item = usize> + 'a {
    sentence.range().filter(move |&at| tokens[at].head == Some(head) && tokens[at].relation() == relation)
}

/// "said his troops were there" with the troops as what is said: their head and that of the clause.
fn lost_subject(analysis: &Analysis, sentence: Span<Tok>, verb: usize) -> Option<(usize, usize)> {
    let tokens = &analysis.tokens;
    if !SAYING.contains(&tokens[verb].lemma.to_lowercase().as_str()) {
        return None;
    }
    let clause = dependents(tokens, sentence, verb, "ccomp").find(|&clause| clause > verb + 1)?;
    let has = |relation| dependents(tokens, sentence, clause, relation).next().is_some();
    let own = |at: &usize| *at > verb && (*at == clause || tokens[*at].head == Some(clause));
    let start = sentence.range().find(own)?;
    let finite =
        |at: usize| matches!(tokens[at].upos, Upos::Aux | Upos::Verb) && tokens[at].feat("VerbForm") == Some("Fin");
    if has("nsubj") || has("csubj") || has("expl") || has("mark") || !sentence.range().any(|at| own(&at) && finite(at))
    {
        return None;
    }
    let phrase = verb + 1..start;
    let nominal = |at: usize| matches!(tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let outside = |at: &usize| tokens[*at].head.is_none_or(|head| !phrase.contains(&head));
    let mut heads = phrase.clone().filter(outside);
    let noun = heads.next().filter(|&at| nominal(at))?;
    let plain = phrase
        .clone()
        .all(|at| !matches!(tokens[at].upos, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adp | Upos::Sconj));
    (heads.next().is_none() && plain).then_some((noun, clause))
}

/// "Park Sun-won" of which the last part was read as a verb: what is joined to a name by a hyphen belongs to it.
fn hyphened_names(analysis: &mut Analysis) {
    for number in 0..analysis.names.len() {
        let name = analysis.names[number].tokens;
        let Some(sentence) = analysis.sentence_of(name.start).map(|at| analysis.sentences[at].tokens) else { continue };
        let last = name.end + 1;
        if name.is_empty() || name.len() < 2 || last >= sentence.end || !sentence.contains(name.start) {
            continue;
        }
        let glued = !analysis.tokens[name.end - 1].space_after && !analysis.tokens[name.end].space_after;
        let verb = analysis.tokens[last].upos == Upos::Verb && analysis.tokens[name.end - 1].upos == Upos::Propn;
        if analysis.form(name.end) != "-" || !glued || !verb {
            continue;
        }
        let first = name.end - 1;
        let (head, relation) = (analysis.tokens[last].head, analysis.tokens[last].deprel.clone());
        if below(&analysis.tokens, first, last) {
            analysis.tokens[first].head = head;
        }
        for at in sentence.range() {
            if at != last && at != first && analysis.tokens[at].head == Some(last) {
                analysis.tokens[at].head = Some(first);
            }
        }
        let subject = if relation == "ccomp" { "nsubj".to_owned() } else { relation };
        analysis.tokens[first].deprel = subject;
        analysis.tokens[last].upos = Upos::Propn;
        attach(&mut analysis.tokens, last, first, "flat");
        analysis.names[number].tokens = Span::new(name.start, last + 1);
    }
}

/// "His lawyer said the papers …" with the papers as his: the noun that follows the owner, where a verb stands before the one it hangs on.
fn owned_noun(analysis: &Analysis, sentence: Span<Tok>, owner: usize) -> Option<usize> {
    let tokens = &analysis.tokens;
    let head = tokens[owner].head.filter(|&head| head > owner && tokens[owner].deprel == "nmod:poss")?;
    let finite =
        |at: usize| matches!(tokens[at].upos, Upos::Verb | Upos::Aux) && tokens[at].feat("VerbForm") == Some("Fin");
    let verb = (owner..head).find(|&at| finite(at))?;
    let near = (owner + 1..verb).take(5).find(|&at| tokens[at].upos == Upos::Noun)?;
    sentence.contains(near).then_some(near)
}

/// "The captain's wife, Anna, told reporters that …" with the wife as the one who is told: who stands before the verb tells.
fn teller(analysis: &Analysis, sentence: Span<Tok>, verb: usize) -> Option<usize> {
    let tokens = &analysis.tokens;
    let tells = matches!(analysis.form(verb).to_lowercase().as_str(), "told" | "tells");
    let passive = sentence.range().any(|at| tokens[at].head == Some(verb) && tokens[at].deprel == "aux:pass");
    let own = dependents(tokens, sentence, verb, "nsubj").next().is_some();
    let heard = |relation| dependents(tokens, sentence, verb, relation).collect::<Vec<_>>();
    let hearers: Vec<usize> = [heard("iobj"), heard("obj")].concat();
    let before = hearers.iter().copied().find(|&at| at < verb)?;
    let after = hearers.iter().any(|&at| at > verb);
    (tells && !passive && !own && after).then_some(before)
}

/// "Supplies the front with rifles" with the rifles as a second object: what stands behind a preposition is oblique. Token and preposition.
fn objects_with_case(analysis: &Analysis, sentence: Span<Tok>, verb: usize) -> Vec<(usize, usize)> {
    let tokens = &analysis.tokens;
    let objects: Vec<usize> = dependents(tokens, sentence, verb, "obj").filter(|&noun| noun > verb).collect();
    let case = |noun: usize| {
        let own = dependents(tokens, sentence, noun, "case").find(|&at| at < noun);
        let at = own.unwrap_or(noun - 1);
        (tokens[at].upos == Upos::Adp && at > verb).then_some((noun, at))
    };
    objects.iter().copied().skip(1).filter_map(case).collect()
}

/// "Radio Mar, which did not say how it knew, reported that …" with the name as object: an object before an active verb that has no subject but a
/// clause behind it is the subject.
fn fronted_object(analysis: &Analysis, sentence: Span<Tok>, verb: usize) -> Option<usize> {
    let tokens = &analysis.tokens;
    let has =
        |relation: &str| sentence.range().any(|at| tokens[at].head == Some(verb) && tokens[at].deprel == relation);
    let finite = tokens[verb].feat("VerbForm") == Some("Fin");
    let clause = dependents(tokens, sentence, verb, "ccomp").any(|clause| clause > verb);
    let other = ["nsubj", "nsubj:pass", "csubj", "expl", "aux:pass"].iter().any(|relation| has(relation));
    let object = dependents(tokens, sentence, verb, "obj").find(|&noun| noun < verb)?;
    let nominal = matches!(tokens[object].upos, Upos::Noun | Upos::Propn);
    (finite && clause && !other && nominal).then_some(object)
}

/// "The company, which lost a week, said trucks would roll" with the company as a second subject of "roll": the noun that says so.
fn strayed_subject(analysis: &Analysis, sentence: Span<Tok>, verb: usize) -> Option<usize> {
    let tokens = &analysis.tokens;
    let says = SAYING.contains(&tokens[verb].lemma.to_lowercase().as_str())
        || matches!(analysis.form(verb).to_lowercase().as_str(), "said" | "says" | "told");
    let finite = tokens[verb].feat("VerbForm") == Some("Fin");
    let own = dependents(tokens, sentence, verb, "nsubj").next().is_some();
    let clause = dependents(tokens, sentence, verb, "ccomp").find(|&clause| clause > verb)?;
    let stray = dependents(tokens, sentence, clause, "nsubj").find(|&noun| noun < verb)?;
    let another = dependents(tokens, sentence, clause, "nsubj").any(|noun| noun > verb);
    let nominal = matches!(tokens[stray].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    (says && finite && !own && another && nominal).then_some(stray)
}

/// What further subjects of one verb are: token, head and relation. The owner of the next one ("Norland's minister"), or the name of the one
/// before, behind a comma ("the minister, Anna Berg").
fn further_subjects(analysis: &Analysis, sentence: Span<Tok>, verb: usize) -> Vec<(usize, usize, &'static str)> {
    let tokens = &analysis.tokens;
    let subjects: Vec<usize> = dependents(tokens, sentence, verb, "nsubj").collect();
    let pairs = subjects.windows(2).map(|pair| (pair[0], pair[1]));
    pairs
        .filter_map(|(first, second)| {
            let noun = |at: usize| tokens[at].upos == Upos::Noun;
            let name = |at: usize| tokens[at].upos == Upos::Propn;
            let owner = name(first) && matches!(analysis.form(first + 1), "'s" | "’s") && noun(second);
            let named = noun(first) && analysis.form(first + 1) == "," && first + 2 == second && name(second);
            owner.then_some((first, second, "nmod:poss")).or(named.then_some((second, first, "appos")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(words: &[&str]) -> Vec<(String, Option<usize>, String)> {
        let row = |(at, word): (usize, &&str)| {
            let part: Vec<&str> = word.split('|').collect();
            let feats = if matches!(part[1], "VERB" | "AUX") { "VerbForm=Fin" } else { "_" };
            format!("{}\t{}\t{}\t{}\t_\t{feats}\t{}\t{}\t_\t_\n", at + 1, part[0], part[4], part[1], part[2], part[3])
        };
        let mut analysis =
            Analysis::from_conllu(&words.iter().enumerate().map(row).collect::<String>()).expect("CoNLL-U");
        repair(&mut analysis, &Lexicon::builtin());
        let tokens = analysis.tokens.iter().enumerate();
        tokens.map(|(at, token)| (analysis.form(at).to_owned(), token.head, token.deprel.clone())).collect()
    }

    #[test]
    fn a_clause_that_is_said_gets_its_subject_back() {
        let words = [
            "Berg|PROPN|2|nsubj|Berg",
            "said|VERB|0|root|say",
            "his|PRON|4|nmod:poss|his",
            "troops|NOUN|2|obj|troop",
            "were|AUX|6|cop|be",
            "ready|ADJ|2|ccomp|ready",
        ];
        assert_eq!(repaired(&words)[3], ("troops".to_owned(), Some(5), "nsubj".to_owned()));
        let heard = [
            "Berg|PROPN|2|nsubj|Berg",
            "told|VERB|0|root|tell",
            "his|PRON|4|nmod:poss|his",
            "troops|NOUN|2|obj|troop",
            "were|AUX|6|cop|be",
            "ready|ADJ|2|ccomp|ready",
        ];
        assert_eq!(repaired(&heard)[3].1, Some(1), "who is told stays who is told");
    }

    #[test]
    fn a_speaker_with_a_relative_clause_is_no_subject_of_what_is_said() {
        let words = [
            "Vektor|PROPN|8|nsubj|Vektor",
            ",|PUNCT|4|punct|,",
            "which|PRON|4|nsubj|which",
            "lost|VERB|1|acl:relcl|lose",
            ",|PUNCT|1|punct|,",
            "said|VERB|0|root|say",
            "trucks|NOUN|8|nsubj|truck",
            "rolled|VERB|6|ccomp|roll",
        ];
        let found = repaired(&words);
        assert_eq!((found[0].1, found[0].2.as_str()), (Some(5), "nsubj"));
        assert_eq!(found[6].1, Some(7), "the trucks roll");
    }

    #[test]
    fn a_tree_stays_a_tree() {
        let words = [
            "His|PRON|5|nmod:poss|his",
            "lawyer|NOUN|1|nmod|lawyer",
            "said|VERB|0|root|say",
            "the|DET|5|det|the",
            "papers|NOUN|3|obj|paper",
        ];
        assert_eq!(repaired(&words)[0].1, Some(4), "the lawyer hangs below the owner, who cannot hang on him");
    }

    #[test]
    fn the_speaker_has_an_office_and_a_name() {
        let words = [
            "said|VERB|0|root|say",
            "Norland|PROPN|1|nsubj|Norland",
            "'s|PART|2|case|'s",
            "minister|NOUN|1|nsubj|minister",
            ",|PUNCT|6|punct|,",
            "Anna|PROPN|1|nsubj|Anna",
            "Berg|PROPN|6|flat|Berg",
        ];
        let found = repaired(&words);
        assert_eq!((found[1].1, found[1].2.as_str()), (Some(3), "nmod:poss"));
        assert_eq!((found[5].1, found[5].2.as_str()), (Some(3), "appos"));
    }
}

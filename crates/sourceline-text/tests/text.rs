//! Text to analysis with random weights: offsets, coverage, threads, bad input; CoNLL-U out and in again.

use proptest::prelude::*;
use sourceline_encoder::{Encoder, fixture};
use sourceline_model::{Analysis, Document};
use sourceline_text::{Settings, analyze, analyze_all, segments, tokenize, write_conllu};
use std::sync::OnceLock;

fn encoder() -> &'static Encoder {
    static ENCODER: OnceLock<Encoder> = OnceLock::new();
    ENCODER.get_or_init(|| Encoder::from_bytes(fixture::file(&fixture::small(), 1)).expect("the fixture is whole"))
}

fn document(text: &str) -> Document {
    Document { text: text.to_owned(), ..Document::default() }
}

fn read(text: &str) -> Analysis {
    analyze(document(text), encoder(), Settings::default())
}

fn check_whole(analysis: &Analysis) {
    let text = &analysis.document.text;
    let mut at = 0;
    for token in &analysis.tokens {
        assert!(token.span.start >= at && !token.span.is_empty(), "tokens are in order and not empty");
        let gap = &text[at..token.span.start];
        assert!(gap.chars().all(|c| c.is_whitespace() || c.is_control()), "lost: {gap:?}");
        at = token.span.end;
    }
    assert!(text[at..].chars().all(|c| c.is_whitespace() || c.is_control()));
    let covered: Vec<usize> = analysis.sentences.iter().flat_map(|sentence| sentence.tokens.range()).collect();
    assert!(covered.into_iter().eq(0..analysis.tokens.len()), "sentences cover all tokens");
    for sentence in &analysis.sentences {
        let paragraph = analysis.paragraphs[sentence.paragraph];
        assert!(paragraph.covers(&sentence.span));
        let roots = sentence.tokens.range().filter(|&index| analysis.tokens[index].head.is_none()).count();
        assert_eq!(roots, 1);
        let heads = sentence.tokens.range().filter_map(|index| analysis.tokens[index].head);
        assert!(heads.into_iter().all(|head| sentence.tokens.contains(head)));
    }
    for span in &analysis.attribution {
        assert!(span.tokens.end <= analysis.tokens.len() && !span.tokens.is_empty());
        assert!(span.cue.is_none_or(|cue| cue < analysis.attribution.len()));
    }
}

/// Tokens parted by blanks, the words of a token by `+`.
fn check_tokens(text: &str, expected: &str) {
    let tokens = tokenize(text);
    let words = |token: &sourceline_text::Surface| token.words().map(|word| &text[word]).collect::<Vec<_>>().join("+");
    let found: Vec<String> = tokens.iter().map(words).collect();
    assert_eq!(found.join(" "), expected);
}

#[test]
fn tokens_of_plain_text() {
    check_tokens("The council didn't meet.", "The council did+n't meet .");
    check_tokens("\"It’s the officials' bridge,\" he said...", "\" It+’s the officials+' bridge , \" he said ...");
    check_tokens(
        "U.S. and U.N.-backed forces, 1,200 of them, at 5pm",
        "U.S. and U.N. - backed forces , 1,200 of them , at 5 pm",
    );
    check_tokens(
        "See https://example.org/a_(b), or mail a.b@example.org.",
        "See https://example.org/a_(b) , or mail a.b@example.org .",
    );
    check_tokens("They cannot pay $5.50 (or 10%)!?", "They can+not pay $ 5.50 ( or 10 % ) !?");
    check_tokens("", "");
}

#[test]
fn offsets_survive() {
    let text = "The mayor can't come – “not today”, she said.\n\nThe bridge\nis closed.";
    let analysis = read(text);
    check_whole(&analysis);
    let forms: Vec<&str> = (0..analysis.tokens.len()).map(|index| analysis.form(index)).collect();
    assert_eq!(
        forms,
        [
            "The", "mayor", "ca", "n't", "come", "–", "“", "not", "today", "”", ",", "she", "said", ".", "The",
            "bridge", "is", "closed", "."
        ]
    );
    assert_eq!(analysis.paragraphs.len(), 2);
    let part = &analysis.tokens[3];
    assert_eq!(part.surface.map(|surface| analysis.text(surface)), Some("can't"));
    assert!(part.space_after && !analysis.tokens[2].space_after);
}

#[test]
fn threads_and_company_change_nothing() {
    let texts: Vec<String> =
        (0..12).map(|n| "He said the bridge is closed. ".repeat(n * 9 + 1) + "\n\nThe end.").collect();
    let documents = || texts.iter().map(|text| document(text)).collect::<Vec<_>>();
    let one = analyze_all(documents(), encoder(), Settings { threads: 1, ..Settings::default() });
    let four = analyze_all(documents(), encoder(), Settings { threads: 4, ..Settings::default() });
    assert_eq!(one, four);
    assert_eq!(one[7], read(&texts[7]));
}

#[test]
fn conllu_can_be_read_again() {
    let analysis = read("The mayor can't come, she said to the Council.\nIt's late.\n\nThe bridge is closed.");
    let mut out = Vec::new();
    write_conllu(&mut out, &analysis, "my file").expect("memory can be written");
    let out = String::from_utf8(out).expect("CoNLL-U is UTF-8");
    assert!(out.contains("\n3-4\tcan't\t_\t"), "{out}");
    let again = Analysis::from_conllu(&out).expect("it is CoNLL-U");
    let key = |a: &Analysis| -> Vec<_> {
        (0..a.tokens.len())
            .map(|i| (a.form(i).to_owned(), a.tokens[i].head, a.tokens[i].deprel.clone(), a.tokens[i].feats.clone()))
            .collect()
    };
    assert_eq!(key(&again), key(&analysis));
    assert_eq!(again.names, analysis.names);
    assert_eq!(again.sentences.len(), analysis.sentences.len());
    assert_eq!(again.paragraphs.len(), analysis.paragraphs.len());
}

#[test]
fn bad_input_is_read() {
    for text in [
        "",
        " \n\t\r\n ",
        "\0\0\0",
        "\u{feff}",
        "a\0b\u{7}c \u{1b}[31mred",
        "سقط الجسر في النهر. قال المجلس ذلك.",
        "👩‍👩‍👧‍👦 🇸🇾🇸🇾 !!!! ¯\\_(ツ)_/¯",
        "e\u{301}\u{301}\u{301}\u{301}",
        "((((((((((((((((((((",
    ] {
        check_whole(&read(text));
    }
    let binary: String =
        (0..4000u32).map(|n| char::from_u32(n.wrapping_mul(2_654_435) % 0xd000).unwrap_or('\u{fffd}')).collect();
    check_whole(&read(&binary));
    assert_eq!(read("").notes[0].code, "empty-text");
    assert_eq!(read(&"\u{fffd}a".repeat(50)).notes[0].code, "binary-text");
}

#[test]
fn long_lines_are_linear() {
    let started = std::time::Instant::now();
    for text in ["a.".repeat(300_000), "x".repeat(600_000), "12-".repeat(200_000), "'s".repeat(300_000)] {
        let tokens = tokenize(&text);
        assert_eq!(tokens.last().map(|token| token.span.end), Some(text.len()));
    }
    assert!(started.elapsed().as_secs() < 20, "tokenising junk took {:?}", started.elapsed());
    check_whole(&read(&"the bridge is closed and he said it ".repeat(700)));
}

#[test]
fn segments_cut_at_paragraphs() {
    let text = "One one.\n\nTwo two.\n\nThree three three.";
    let cut: Vec<&str> = segments(text, 22).into_iter().map(|range| &text[range]).collect();
    assert_eq!(cut, ["One one.\n\nTwo two.\n\n", "Three three three."]);
    assert_eq!(segments("", 10), vec![0..0]);
    assert_eq!(segments("ééééé", 3).len(), 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_is_covered(text in "\\PC{0,200}|[a-z'’.,$@#:/0-9 \n\r\u{0}-]{0,300}") {
        check_whole(&read(&text));
    }

    #[test]
    fn segments_cover(text in "[a-zé \n]{0,300}", bytes in 1usize..80) {
        let ranges = segments(&text, bytes);
        let whole: String = ranges.iter().map(|range| &text[range.clone()]).collect();
        prop_assert_eq!(whole, text);
    }
}

//! Runs of the whole program: inputs in good and bad shape, forms of output, exit codes. The reports are made up for these tests.

#[path = "cases/events.rs"]
mod events;
#[path = "cases/speakers.rs"]
mod speakers;
#[path = "cases/stories.rs"]
mod stories;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sourceline_wire as wire;

fn report(name: &str) -> String {
    format!("{}/tests/reports/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program with `input` on standard input.
fn run_with(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sourceline"))
        .args(args)
        .env_remove("SOURCELINE_STORE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built with its tests");
    child.stdin.take().expect("standard input is piped").write_all(input).expect("the program reads its input");
    child.wait_with_output().expect("the program ends")
}

fn run(args: &[&str]) -> Output {
    run_with(args, b"")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("output is UTF-8")
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("output is UTF-8")
}

/// The JSON lines of a run that went well.
fn lines(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

fn validate(schema: &str, value: &Value) {
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let errors: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// A temporary folder with copies of reports.
fn folder(reports: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    for name in reports {
        std::fs::copy(report(name), folder.path().join(name)).expect("the temporary folder can be written");
    }
    let store = folder.path().join("store").join("s.db");
    (folder, store)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

#[test]
fn a_report_gives_a_reading_of_the_published_format() {
    let output = run(&["read", "--no-store", "--json", "--tokens", &report("convoy.txt")]);
    let [reading] = &lines(&output)[..] else { panic!("one line a document") };
    validate(wire::READING_SCHEMA, reading);
    let document = &reading["document"];
    assert_eq!(document["outlet"]["name"], "Harbour Post");
    assert_eq!(
        (&document["published"], &document["published_basis"]),
        (&Value::from("2024-06-04"), &Value::from("metadata"))
    );
    assert_eq!(document["removed"][0]["why"], "newsletter");
    let text: Vec<char> = document["text"].as_str().expect("text").chars().collect();
    assert!(text.starts_with(&"A convoy of nineteen".chars().collect::<Vec<_>>()[..]));
    let claims = reading["claims"].as_array().expect("claims");
    assert!(claims.len() >= 5, "{claims:#?}");
    for claim in claims {
        let end = claim["evidence"][0][1].as_u64().expect("every claim has evidence") as usize;
        assert!(end <= text.len());
        assert_eq!(claim["chain"][0]["role"], "publisher");
        assert_eq!(claim["chain"][0]["name"], "Harbour Post");
    }
    let speakers: Vec<&str> =
        claims.iter().filter_map(|claim| claim["chain"].as_array()?.last()?["name"].as_str()).collect();
    assert!(speakers.iter().any(|name| name.contains("Haddad")), "{speakers:?}");
    assert!(speakers.iter().any(|name| name.contains("official")), "{speakers:?}");
}

#[test]
fn standard_input_reads_the_same_and_flags_win() {
    let bytes = std::fs::read(report("convoy.txt")).expect("the report is in the repository");
    let args = ["read", "--no-store", "--json", "--outlet", "Other Post", "--published", "June 5, 2024", "-"];
    let output = run_with(&args, &bytes);
    let [reading] = &lines(&output)[..] else { panic!("one line a document") };
    assert_eq!(reading["document"]["input"], "-");
    assert_eq!(reading["document"]["outlet"], serde_json::json!({"name": "Other Post", "basis": "given", "kb": null}));
    assert_eq!(reading["document"]["published"], "2024-06-05");
    assert_eq!(reading["document"]["published_basis"], "given");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (folder, _) = folder(&["convoy.txt", "strike.txt", "arabic.txt"]);
    let with = |threads: &str| {
        run(&["read", "--no-store", "--json", "--tokens", "--threads", threads, text(folder.path())]).stdout
    };
    let one = with("1");
    assert_eq!(one.iter().filter(|byte| **byte == b'\n').count(), 3);
    assert_eq!(one, with("2"));
    assert_eq!(one, with("3"));
}

#[test]
fn people_get_claims_with_certainty_and_chain_and_no_colours_in_a_pipe() {
    let output = run(&["read", "--no-store", &report("convoy.txt")]);
    let shown = stdout(&output);
    assert_eq!(output.status.code(), Some(0));
    assert!(shown.starts_with("Aid convoy reaches Sarin, agency says\nHarbour Post · 2024-06-04"), "{shown}");
    assert!(shown.contains("Harbour Post <- "), "{shown}");
    assert!(shown.contains("(anonymous)") && shown.contains("asserted"), "{shown}");
    assert!(shown.contains("1 pieces of page furniture") || shown.contains("furniture"), "{shown}");
    assert!(!shown.contains('\u{1b}'));
}

#[test]
fn folders_are_stored_once_and_failures_summed_up() {
    let (folder, store) = folder(&["convoy.txt", "strike.txt"]);
    std::fs::write(folder.path().join("broken.html"), b"%PDF-1.7\n\xe2\xe3")
        .expect("the temporary folder can be written");
    let args = ["read", "--store", text(&store), text(folder.path())];
    let first = run(&args);
    assert_eq!(first.status.code(), Some(3), "{}", stderr(&first));
    assert!(stdout(&first).contains("2 reports stored"), "{}", stdout(&first));
    assert!(stderr(&first).contains("1 of 3 inputs could not be read:"), "{}", stderr(&first));
    assert!(stderr(&first).contains("broken.html is a PDF file") && stderr(&first).contains("hint: "));
    let second = run(&args);
    assert!(
        stdout(&second).contains("0 reports stored") && stdout(&second).contains("2 known already"),
        "{}",
        stdout(&second)
    );
    let claims = run(&["claims", "--json", "--store", text(&store)]);
    let propositions = lines(&claims);
    assert!(!propositions.is_empty());
    propositions.iter().for_each(|proposition| validate(wire::PROPOSITION_SCHEMA, proposition));
}

#[test]
fn bad_input_gives_an_error_a_hint_and_its_exit_code() {
    let missing = run(&["read", "--no-store", "no/such/report.txt"]);
    assert_eq!(missing.status.code(), Some(1));
    assert_eq!(
        stderr(&missing),
        "error: no/such/report.txt does not exist\nhint: check the path; give `-` to read standard input\n"
    );
    let date = run(&["read", "--no-store", "--published", "soon", &report("strike.txt")]);
    assert_eq!(date.status.code(), Some(2));
    assert!(stderr(&date).contains("--published soon is no date\nhint: "), "{}", stderr(&date));
    assert_eq!(run(&["read"]).status.code(), Some(2));
    assert_eq!(run(&["conjure"]).status.code(), Some(2));
    let binary = run_with(&["read", "--no-store", "-"], &(0..=255u8).cycle().take(5000).collect::<Vec<_>>());
    assert_eq!(binary.status.code(), Some(1));
    assert!(stderr(&binary).contains("binary data"));
    let (_folder, store) = folder(&[]);
    let empty = run(&["claims", "--store", text(&store)]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(stderr(&empty).contains("hint: "), "{}", stderr(&empty));
}

#[test]
fn odd_texts_give_notes_and_no_inventions() {
    let empty = run_with(&["read", "--no-store", "--json", "-"], b"");
    let [reading] = &lines(&empty)[..] else { panic!("one line a document") };
    validate(wire::READING_SCHEMA, reading);
    let notes: Vec<&str> =
        reading["notes"].as_array().expect("notes").iter().filter_map(|note| note["code"].as_str()).collect();
    assert_eq!(notes, ["no-text"]);
    let arabic = run(&["read", "--no-store", "--json", &report("arabic.txt")]);
    let [reading] = &lines(&arabic)[..] else { panic!("one line a document") };
    validate(wire::READING_SCHEMA, reading);
    assert_eq!(reading["document"]["language"], "ar");
    assert_eq!(reading["notes"][0]["code"], "language-not-read");
    assert_eq!(reading["claims"], Value::Array(Vec::new()));
    let emoji = "🚢🚢🚢 \u{202e}abc\u{202c} مرحبا 12:30 ¶\n";
    let odd = run_with(&["read", "--no-store", "--json", "-"], emoji.as_bytes());
    validate(wire::READING_SCHEMA, &lines(&odd)[0]);
}

#[test]
fn a_page_shows_the_reading_and_needs_nothing_else() {
    let (folder, _) = folder(&[]);
    let file = folder.path().join("page.html");
    let output = run(&["read", "--no-store", "--html", text(&file), &report("convoy.txt")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = std::fs::read_to_string(&file).expect("the page was written");
    assert!(page.contains("class=\"cue\"") || page.contains("cue"));
    assert!(page.contains("<li value=\"1\"><a href=\"#r1-c1\""), "{page}");
    assert!(page.contains("id=\"r1-c1\""));
    assert!(page.contains("prefers-color-scheme: dark"));
    for outside in ["<script", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn analyses_are_conllu_or_json() {
    let output = run(&["analyze", &report("strike.txt")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let conllu = stdout(&output);
    assert!(conllu.contains("# text = ") && conllu.contains("# sent_id = ") && conllu.contains("SpaceAfter=No"));
    for line in conllu.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        assert_eq!(line.split('\t').count(), 10, "{line}");
    }
    let json = run(&["analyze", "--json", "--stats", &report("strike.txt")]);
    let analysis = &lines(&json)[0];
    validate(wire::ANALYSIS_SCHEMA, analysis);
    assert!(stderr(&json).contains("words/s"));
    let names: Vec<&str> =
        analysis["names"].as_array().expect("names").iter().filter_map(|name| name["text"].as_str()).collect();
    assert!(names.iter().any(|name| name.contains("Petra Voss")), "{names:?}");
    assert_eq!(analysis.get("vectors"), None);
    let with = &lines(&run(&["analyze", "--json", "--vectors", &report("strike.txt")]))[0];
    validate(wire::ANALYSIS_SCHEMA, with);
    let vectors = with["vectors"].as_array().expect("vectors");
    assert_eq!(vectors.len(), with["sentences"].as_array().expect("sentences").len());
    for vector in vectors {
        let squares: f64 = vector.as_array().expect("numbers").iter().filter_map(Value::as_f64).map(|x| x * x).sum();
        assert!((squares - 1.0).abs() < 1e-3, "{squares}");
    }
}

#[test]
fn weights_that_were_cut_off_or_altered_are_refused() {
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/weights/english.safetensors"));
    let whole = whole.expect("the weights are in the checkout");
    let mut altered = whole.clone();
    *altered.last_mut().expect("not empty") ^= 1;
    let (folder, _) = folder(&[]);
    let digest = "0".repeat(64);
    for (name, bytes, flags, says) in [
        ("cut", &whole[..whole.len() / 2], &[][..], "not a whole safetensors file"),
        ("empty", &[][..], &[][..], "not a whole safetensors file"),
        ("altered", &altered[..], &["--sha256", digest.as_str()][..], "the weights were altered"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("there is room");
        let output = run(&[&["analyze", "--weights", text(&file)], flags, &[&report("strike.txt")]].concat());
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains(says), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains("hint:"), "{name}: {}", stderr(&output));
    }
}

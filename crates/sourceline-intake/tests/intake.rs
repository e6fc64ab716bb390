//! Pages, files and addresses in good and bad shape. All pages and texts are made up for these tests.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use sourceline_intake::{Given, Input, IntakeError, Limits, Loaded, expand, load, plain, read};
use sourceline_model::{Basis, Document, OutletBasis};

fn loaded(input: &str, bytes: impl Into<Vec<u8>>) -> Loaded {
    Loaded { bytes: bytes.into(), input: input.into(), ..Default::default() }
}

fn document(input: &str, bytes: impl Into<Vec<u8>>) -> Document {
    read(&loaded(input, bytes), &Given::default()).expect("the input is text")
}

fn page(name: &str) -> Document {
    let path = format!("{}/tests/pages/{name}", env!("CARGO_MANIFEST_DIR"));
    document(&path, std::fs::read(&path).expect("the page is in the repository"))
}

fn codes(document: &Document) -> Vec<&'static str> {
    document.notes.iter().map(|note| note.code).collect()
}

fn published(document: &Document) -> Option<(&str, Basis)> {
    document.published.as_ref().map(|published| (published.edtf.as_str(), published.basis))
}

fn paragraphs(document: &Document) -> Vec<&str> {
    document.text.split("\n\n").collect()
}

fn removed(document: &Document, why: &str) -> Vec<String> {
    document.removed.iter().filter(|removed| removed.why == why).map(|removed| removed.text.clone()).collect()
}

#[test]
fn a_news_page_gives_its_report_and_nothing_else() {
    let page = page("jsonld.html");
    assert_eq!(page.title.as_deref(), Some("Bridge at Tarsin reopens after repairs"));
    assert_eq!(page.byline.as_deref(), Some("Mira Oduya, Jon Haldane"));
    let outlet = page.outlet.as_ref().expect("the page names its outlet");
    assert_eq!((outlet.name.as_str(), outlet.basis), ("Harbour Post", OutletBasis::Metadata));
    assert_eq!(page.url.as_deref(), Some("https://harbourpost.example/world/2025/03/04/tarsin-bridge"));
    assert_eq!(published(&page), Some(("2025-03-04T18:25:00+02:00", Basis::Metadata)));
    assert_eq!(page.language.as_deref(), Some("en"));
    let paragraphs = paragraphs(&page);
    assert_eq!(paragraphs.len(), 5, "{paragraphs:#?}");
    assert!(paragraphs[0].starts_with("TARSIN — Trucks carrying grain"));
    assert!(paragraphs[1].ends_with("“We heard the engines at four, and then it was quiet,” one of them said."));
    assert!(paragraphs[2].contains("put at $14 million"));
    assert_eq!(paragraphs[3], "What comes next");
    assert!(paragraphs[4].ends_with("on the western bank."));
    assert_eq!(page.id, sourceline_intake::id(&page.text));
    assert!(removed(&page, "newsletter").iter().any(|text| text.contains("free newsletter")), "{:#?}", page.removed);
    assert!(removed(&page, "related").iter().any(|text| text.starts_with("Read more")));
    assert!(removed(&page, "caption").iter().any(|text| text.contains("M. Oduya")));
    assert!(removed(&page, "copyright").iter().any(|text| text.starts_with('©')));
    assert_eq!(codes(&page), Vec::<&str>::new());
}

#[test]
fn opengraph_gives_what_jsonld_does_not() {
    let page = page("opengraph.html");
    assert_eq!(page.title.as_deref(), Some("Miners end strike after wage deal"));
    assert_eq!(page.outlet.map(|outlet| outlet.name).as_deref(), Some("The Upland Gazette"));
    assert_eq!(page.published.map(|published| published.edtf).as_deref(), Some("2024-11-19"));
    assert_eq!(page.url.as_deref(), Some("https://uplandgazette.example/n/4471"));
    assert_eq!(page.text.split("\n\n").count(), 4);
}

#[test]
fn old_pages_of_tables_and_breaks_are_read() {
    let page = page("breaks.html");
    let text = paragraphs(&page);
    assert!(text.iter().any(|paragraph| paragraph.starts_with("The river authority warned")), "{text:#?}");
    assert!(text.iter().any(|paragraph| paragraph.starts_with("About 3,000 people")));
    assert!(!page.text.contains("Weather"), "{text:#?}");
    assert_eq!(published(&page), Some(("2023-02-12", Basis::Text)));
}

#[test]
fn an_undated_page_stays_undated() {
    let page = page("undated.html");
    assert_eq!(published(&page), None);
    assert_eq!(codes(&page), ["undated-document"]);
    assert_eq!(page.title.as_deref(), Some("Port workers walk out"));
    assert_eq!(paragraphs(&page).len(), 3);
}

#[test]
fn what_the_user_gives_wins() {
    let path = format!("{}/tests/pages/undated.html", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the page is in the repository");
    let given = Given {
        published: Some("2025-02".into()),
        outlet: Some("Alvan Star".into()),
        url: Some("https://star.example/x".into()),
        language: Some("en".into()),
    };
    let document = read(&loaded("-", bytes), &given).expect("a page");
    assert_eq!(published(&document), Some(("2025-02", Basis::Given)));
    assert_eq!(
        document.outlet.map(|outlet| (outlet.name, outlet.basis)),
        Some(("Alvan Star".into(), OutletBasis::Given))
    );
    assert_eq!(document.url.as_deref(), Some("https://star.example/x"));
}

#[test]
fn bad_pages_are_named() {
    let stub = page("paywall.html");
    assert!(codes(&stub).contains(&"paywall"), "{:?}", stub.notes);
    assert_eq!(paragraphs(&stub).len(), 1, "{}", stub.text);
    let links = page("links.html");
    assert_eq!((links.text.as_str(), codes(&links)), ("", vec!["link-page", "no-text"]));
    let empty = page("nobody.html");
    assert_eq!((empty.text.as_str(), codes(&empty)), ("", vec!["no-text"]));
    assert_eq!(empty.outlet.map(|outlet| outlet.name).as_deref(), Some("Empty Times"));
}

#[test]
fn a_live_blog_keeps_its_entries() {
    let live = page("live.html");
    assert!(codes(&live).contains(&"live-blog"));
    assert_eq!(published(&live), Some(("2025-05-11T16:00:00Z", Basis::Metadata)));
    assert!(live.text.contains("20:10 — First results\n\nThe Valley Party is ahead"), "{}", live.text);
    assert!(live.text.contains("Polls close"));
}

#[test]
fn one_of_two_articles_is_read_and_the_other_listed() {
    let two = page("two.html");
    assert!(codes(&two).contains(&"several-articles"));
    assert!(two.text.contains("A convoy of nineteen trucks") && !two.text.contains("central bank"), "{}", two.text);
    assert!(removed(&two, "other-article")[0].contains("The central bank raised its main rate"));
    assert_eq!(published(&two).map(|(edtf, _)| edtf), Some("2024-06-03"));
}

#[test]
fn arabic_pages_are_read_as_arabic() {
    let page = page("arabic.html");
    assert_eq!(page.language.as_deref(), Some("ar"));
    assert_eq!(paragraphs(&page).len(), 3);
}

#[test]
fn what_is_no_text_is_refused() {
    let refused = |input: &str, bytes: &[u8]| match read(&loaded(input, bytes), &Given::default()) {
        Err(IntakeError::NotText { what, .. }) => what,
        other => panic!("{input}: {other:?}"),
    };
    assert_eq!(refused("page.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), "a PDF file");
    assert_eq!(refused("page.html", b"\n\n%PDF-1.4 stream"), "a PDF file");
    assert_eq!(refused("a.txt", b"PK\x03\x04\x14\x00"), "a ZIP archive or office document");
    assert_eq!(refused("a.txt", &(0..=255u8).cycle().take(9000).collect::<Vec<_>>()), "binary data");
    let about = "The leak began with the bytes %PDF-1.4, a clerk said, and held 40 pages of orders for the army.";
    assert_eq!(document("a.txt", about).text, about);
}

#[test]
fn empty_and_odd_texts_give_notes_not_errors() {
    for empty in ["", "   \n\n\t", "\u{feff}"] {
        let document = document("-", empty);
        assert_eq!((document.text.as_str(), codes(&document)), ("", vec!["no-text"]));
    }
    let damaged = document("a.txt", b"The army left, \xff\xfe the two said. They took the guns and the fuel.".to_vec());
    assert!(codes(&damaged).contains(&"invalid-utf8"), "{:?}", damaged.notes);
    let line = "word ".repeat(2_000_000);
    assert_eq!(document("a.txt", line).text.len(), 9_999_999);
    let deep = format!("<html><body>{}text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert!(codes(&document("a.html", deep)).contains(&"deep-page"));
}

#[test]
fn header_lines_of_a_report_are_its_metadata() {
    let report = "Title: Convoy reaches town\nOutlet: Nile Star\nPublished: 2024-06-03\nURL: https://www.nilestar.example/x\n\nA convoy of \
        nineteen trucks reached the town on Monday, an aid agency said.\n\nSign up for our newsletter.\n";
    let document = document("r.txt", report);
    assert_eq!(document.text, "A convoy of nineteen trucks reached the town on Monday, an aid agency said.");
    assert_eq!(published(&document), Some(("2024-06-03", Basis::Metadata)));
    assert_eq!(removed(&document, "newsletter"), ["Sign up for our newsletter."]);
    let unknown = report.replace("2024-06-03", "unknown").replace("/x", "/2024/06/03/x");
    assert_eq!(published(&self::document("r.txt", unknown)), None);
    let bare = "URL: https://www.nilestar.example/2024/06/03/x\n\nA convoy of nineteen trucks reached the town.";
    let bare = self::document("r.txt", bare);
    assert_eq!(published(&bare), Some(("2024-06-03", Basis::Inferred)));
    assert_eq!(
        bare.outlet.map(|outlet| (outlet.name, outlet.basis)),
        Some(("nilestar.example".into(), OutletBasis::Domain))
    );
}

#[test]
fn plain_texts_are_not_touched() {
    let text = "Title: x\n\nSubscribe to our newsletter!  Two  spaces.\n";
    let document = plain(&loaded("-", text), &Given::default()).expect("a text");
    assert_eq!(document.text, text);
    assert!(document.removed.is_empty());
}

#[test]
fn folders_give_their_readable_files_in_order() {
    let folder = std::env::temp_dir().join(format!("sourceline-intake-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("sub")).expect("the temporary folder can be written");
    for name in ["b.txt", "a.html", "c.pdf", ".hidden.txt", "sub/d.md"] {
        std::fs::write(folder.join(name), "x").expect("the temporary folder can be written");
    }
    let (inputs, errors) = expand(&[folder.display().to_string(), "-".into(), "https://a.example/".into()]);
    let names: Vec<String> =
        inputs.iter().map(Input::label).map(|label| label.replace(&folder.display().to_string(), "")).collect();
    assert_eq!(names, ["/a.html", "/b.txt", "/sub/d.md", "-", "https://a.example/"]);
    assert!(errors.is_empty());
    std::fs::remove_dir_all(folder).expect("the folder was made here");
    assert!(matches!(load(&Input::Path("no/such.txt".into()), &Limits::default()), Err(IntakeError::NotFound { .. })));
}

/// Serves one answer a connection; `{n}` in it becomes the number of the request.
fn serve(answer: &'static [u8], connections: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    let address = listener.local_addr().expect("the listener is bound");
    std::thread::spawn(move || {
        for stream in listener.incoming().take(connections) {
            let Ok(mut stream) = stream else { return };
            let mut request = [0u8; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer);
        }
    });
    format!("http://{address}/news/2025/01/08/story")
}

fn fetch(url: &str) -> Result<Loaded, IntakeError> {
    let limits = Limits { page_bytes: 1_000_000, timeout: Duration::from_secs(2), redirects: 3, ..Limits::default() };
    load(&Input::parse(url), &limits)
}

#[test]
fn addresses_are_fetched() {
    let body = "<html><head><meta charset=utf-8></head><body><p>Trucks carrying grain crossed the river on Tuesday, the ministry said, and more were to follow on Wednesday.</p></body></html>";
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let url = serve(answer.leak().as_bytes(), 1);
    let loaded = fetch(&url).expect("the server answers");
    assert_eq!(loaded.media_type.as_deref(), Some("text/html"));
    let document = read(&loaded, &Given::default()).expect("a page");
    assert!(document.text.starts_with("Trucks carrying grain"));
    assert_eq!(published(&document), Some(("2025-01-08", Basis::Inferred)));
    assert_eq!((document.input.as_str(), document.url.as_deref()), (url.as_str(), Some(url.as_str())));
}

#[test]
fn refusals_of_servers_are_named() {
    for status in [403u16, 404, 500] {
        let answer = format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let error = fetch(&serve(answer.leak().as_bytes(), 1)).expect_err("the server refuses");
        assert!(matches!(error, IntakeError::Status { status: got, .. } if got == status), "{error}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn loops_floods_and_silence_end() {
    let round = b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assert!(matches!(fetch(&serve(round, 10)), Err(IntakeError::Redirects { limit: 3, .. })));
    let mut flood = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n".to_vec();
    flood.resize(3_000_000, b'x');
    assert!(matches!(fetch(&serve(flood.leak(), 1)), Err(IntakeError::TooLarge { limit_mb: 1, .. })));
    let silent = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    let url = format!("http://{}/", silent.local_addr().expect("the listener is bound"));
    assert!(matches!(fetch(&url), Err(IntakeError::Timeout { .. })));
    let gone = format!("http://{}/", TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port"));
    assert!(matches!(fetch(&gone), Err(IntakeError::Network { .. })));
    assert!(matches!(fetch("http://"), Err(IntakeError::BadUrl { .. })));
}

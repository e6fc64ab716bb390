//! Time expressions in text: what is found, what it is worth, what is left alone.

use proptest::prelude::*;
use sourceline_times::{Options, Reference, time_expressions, times};

/// Checks that exactly the marked expressions of `marked` are found, with the values behind the marks: `[last week]{2025-W01}`.
/// Values are EDTF; `-` stands for one that stays open. Published on Wednesday, 8 January 2025.
#[track_caller]
fn check(marked: &str) {
    check_on("2025-01-08", marked);
}

#[track_caller]
fn check_on(published: &str, marked: &str) {
    let (mut text, mut want) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find(']').expect("closed mark");
        let value_end = close + rest[close..].find('}').expect("value");
        let words = &rest[open + 1..close];
        want.push((words.to_owned(), rest[close + 2..value_end].to_owned()));
        text.push_str(words);
        rest = &rest[value_end + 1..];
    }
    text.push_str(rest);
    let reference = Reference::parse(published);
    let found: Vec<(String, String)> = times(&text, reference.as_ref())
        .into_iter()
        .map(|time| (text[time.span.range()].to_owned(), time.value.unwrap_or_else(|| "-".to_owned())))
        .collect();
    assert_eq!(found, want, "in: {text}");
}

#[test]
fn full_dates_in_all_shapes() {
    check("Signed on [7 January 2025]{2025-01-07}, ratified [January 9th, 2024]{2024-01-09}.");
    check("The log of [2024-12-08]{2024-12-08} and the note of [12/31/2024]{2024-12-31}.");
    check("It fell on [Sunday, 8 December 2024]{2024-12-08}.");
    check("It fell on [Dec. 8, 2024]{2024-12-08} at last.");
    check("Born on the day before [the 25th of August, 1980]{1980-08-25}.");
    check("The letter is of [22/Jan/2019]{2019-01-22}.");
}

#[test]
fn days_before_months_where_asked() {
    let read = |day_first| {
        let options = Options { day_first, ..Options::default() };
        let found = time_expressions("dated 03/04/2024", Reference::parse("2025").as_ref(), options);
        found[0].value.edtf()
    };
    assert_eq!(read(Some(true)).as_deref(), Some("2024-04-03"));
    assert_eq!(read(Some(false)).as_deref(), Some("2024-03-04"));
}

#[test]
fn modal_verbs_look_ahead() {
    check_on("2024-06-04", "Troops may leave on [Friday]{2024-06-07}, officials said.");
    check_on("2024-06-04", "They might reach the coast by [Monday]{2024-06-10}.");
    check_on("2024-06-04", "Troops may have left on [Friday]{2024-05-31}.");
}

#[test]
fn terms_and_calls_look_ahead() {
    // Tuesday, 4 June 2024.
    check_on("2024-06-04", "Residents were told not to return before [Monday]{2024-06-10}.");
    check_on("2024-06-04", "It threatened to publish them unless it was paid by [Friday]{2024-06-07}.");
    check_on("2024-06-04", "The unions called for a strike on [Thursday]{2024-06-06}.");
    check_on("2024-10-21", "Forecasters expect the storm to weaken on [Tuesday]{2024-10-22}.");
    check_on("2024-10-21", "He hopes to return on [Thursday]{2024-10-24}.");
    check_on("2024-06-04", "Both sides agreed on [Sunday]{2024-06-02} to meet.");
    check_on("2024-06-04", "Rain is forecast for [Wednesday]{2024-06-05}.");
}

#[test]
fn calendars_read_what_people_dictate() {
    let read = |text: &str| -> Vec<(String, String)> {
        let options = Options { ranges: true, scheduling: true, ..Options::default() };
        let found = time_expressions(text, Reference::parse("2024-06-04").as_ref(), options);
        let words = |span: sourceline_model::Span| text[span.range()].to_owned();
        found.iter().map(|time| (words(time.span), time.value.edtf().unwrap_or_default())).collect()
    };
    let one = |text: &str, words: &str, value: &str| {
        assert_eq!(read(text), [(words.to_owned(), value.to_owned())], "{text}");
    };
    one("away the next five days", "next five days", "2024-06-05/2024-06-09");
    one("closed next working week", "next working week", "2024-06-10/2024-06-14");
    one("back before the end of June", "before the end of June", "../2024-06");
    one("only 2018 or later", "2018 or later", "2018/..");
    one("see you Monday two weeks from now", "Monday two weeks from now", "2024-06-17");
    one("due May twenty nine 2025", "May twenty nine 2025", "2025-05-29");
    one("free on Easter weekend 2025", "Easter weekend 2025", "2025-04-19/2025-04-20");
    one("busy the past fortnight", "past fortnight", "2024-05-21/2024-06-03");
}

#[test]
fn a_weekday_with_a_number_is_the_day_that_is_both() {
    check_on("2024-06-04", "The panel met on [Thursday the 16th]{2024-05-16}.");
}

#[test]
fn a_span_of_months_without_years_holds_together() {
    let options = Options { ranges: true, ..Options::default() };
    let found = time_expressions("It rained from May to March.", Reference::parse("2024-06-04").as_ref(), options);
    assert_eq!(found[0].value.edtf().as_deref(), Some("2023-05/2024-03"));
}

#[test]
fn seasons_in_names_are_no_times() {
    check("The groups grew after the Arab Spring protests of [2011]{2011}.");
    check("She lives in Silver Spring with two cats.");
    check("It began in [Spring 2011]{2011-21}.");
    check("The Chinese [Winter]{2024-24} Offensive failed.");
}

#[test]
fn dates_without_a_year_count_from_publication() {
    check("The convoy left on [29 December]{2024-12-29}, officials said.");
    check("Talks will resume on [20 January]{2025-01-20}.");
    check("The group withdrew in [November]{2024-11}.");
    check("The vote will be held in [March]{2025-03}.");
}

#[test]
fn weekdays_follow_the_tense() {
    check("The minister said on [Monday]{2025-01-06} that all was calm.");
    check("The envoy will arrive on [Friday]{2025-01-10}.");
    check("The raid took place [last Thursday]{2025-01-02}.");
    check("A strike hit the depot late on [Tuesday night]{2025-01-07}, residents said.");
}

#[test]
fn relative_expressions() {
    check("It arrived [yesterday]{2025-01-07} and leaves [tomorrow]{2025-01-09}.");
    check("[Last week]{2024-12-30/2025-01-05} nothing moved; [next month]{2025-02} may differ.");
    check("He resigned [three days ago]{2025-01-05}.");
    check("The base closed [two years ago]{2023}.");
    check("Prices rose [earlier this year]{2025}, after a drop in [late November]{2024-11}.");
    check("It began in [mid-2019]{2019} and ended [early in the 1990s]{199X}.");
    check("[Last year]{2024} was dry.");
}

#[test]
fn text_anchors_count_from_the_last_date_told() {
    check(
        "The town fell on [8 December 2024]{2024-12-08}. [The next day]{2024-12-09} the crews left; [two days later]{2024-12-11} the port shut.",
    );
    check("In [2011]{2011} the war began; [the previous year]{2010} had been calm.");
}

#[test]
fn partial_dates() {
    check("The treaty of [March 1921]{1921-03} held until [the 1960s]{196X}.");
    check("It was built in [the 19th century]{18XX} on walls of [264 BC]{-0263}.");
    check("[The summer of 2003]{2003-22} was hot; so was [the second quarter of 2010]{2010-34}.");
    check("Sales fell in [Q3 2024]{2024-35}.");
    check("Built [around 1950]{1950~}.");
}

#[test]
fn durations_and_sets() {
    check("After an [11-day]{P11D} siege and [three decades]{P30Y} of rule, it took [two and a half years]{P2.5Y}.");
    check("They waited for [several weeks]{PXW}, then [more than 20 hours]{PT20H}.");
    check("It meets [every Monday]{XXXX-WXX-1}, reports [daily]{P1D} and dines [twice a month]{P1M}.");
}

#[test]
fn times_of_day() {
    check("The blast came at [8:15 p.m.]{2025-01-07T20:15:00} on [Tuesday]{2025-01-07}.");
    check("It went off at [14:00 GMT today]{2025-01-08T14:00:00Z}.");
}

#[test]
fn the_ends_of_ranges_stand_alone_and_share_the_year() {
    check("From [March 3]{2024-03-03} to [May 5, 2024]{2024-05-05} it was shut.");
    check("It was open on [3]{2024-04-03}-[5 April 2024]{2024-04-05}.");
    check("The war of [1939]{1939}-[45]{1945} ended there.");
    check("Between [264]{-0263} and [241 BC]{-0240} they fought.");
}

#[test]
fn ranges_become_intervals_where_asked() {
    let options = Options { ranges: true, ..Options::default() };
    let read = |text: &str| {
        let found = time_expressions(text, Reference::parse("2025-01-08").as_ref(), options);
        found
            .into_iter()
            .map(|time| (text[time.span.range()].to_owned(), time.value.edtf().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    assert_eq!(read("They ruled from 2011 to 2014."), [("from 2011 to 2014".to_owned(), "2011/2014".to_owned())]);
    assert_eq!(read("Shut since March 2020."), [("since March 2020".to_owned(), "2020-03/..".to_owned())]);
    assert_eq!(read("Open until 2030."), [("until 2030".to_owned(), "../2030".to_owned())]);
}

#[test]
fn holidays() {
    check("Shots were heard on [Christmas Day]{2024-12-25} and [New Year's Eve]{2024-12-31}, police said.");
    check("They met at [Easter 2024]{2024-03-31}.");
}

#[test]
fn what_only_looks_like_a_time_is_left_alone() {
    check("The group may march on the capital, and a second column will fall back to its spring.");
    check("Some 2000 troops held 1500 metres of road; the fund paid $2024.");
    check("Theresa May said so. Order 1910/2 stands; call 555-2014-22.");
    check("The fall of the city surprised all.");
    check("He came second in his age group and spoke for the former.");
}

#[test]
fn a_history_counts_from_what_it_told() {
    let text = "In [1914]{1914} war broke out. By [August 1914]{1914-08} the armies met. On [5 September]{1914-09-05} they turned. \
                In [December 1914]{1914-12} the front froze. In [January]{1915-01} it thawed. [The following year]{1916} was worse.";
    check_on("2009-12-19", text);
}

#[test]
fn without_a_reference_dates_in_the_text_serve() {
    let text = "On 3 May 2021 the gate closed. The next day it opened.";
    let found = times(text, None);
    assert_eq!(found[1].value.as_deref(), Some("2021-05-04"));
    let open = times("It closed last week and on Friday.", None);
    assert!(open.iter().all(|time| time.value.is_none()), "{open:?}");
}

#[test]
fn references_are_read_as_precisely_as_they_are_given() {
    let month = Reference::parse("2025-01").expect("a month");
    assert_eq!(times("He left yesterday.", Some(&month))[0].value, None);
    assert_eq!(times("He left last month.", Some(&month))[0].value.as_deref(), Some("2024-12"));
    assert_eq!(Reference::parse("2025-01-08T10:30:00Z").and_then(|r| r.time), Some((10, 30, 0)));
    assert_eq!(Reference::parse("soon"), None);
}

/// Words that meet often in time expressions, for the property tests.
const PIECES: &[&str] = &[
    "the",
    "of",
    "in",
    "last",
    "next",
    "week",
    "years",
    "March",
    "may",
    "7",
    "31",
    "2025",
    "1939",
    "45",
    "-",
    "/",
    ":",
    ",",
    ".",
    "'",
    "s",
    "BC",
    "p.m.",
    "first",
    "half",
    "quarter",
    "Monday",
    "every",
    "two",
    "hundred",
    "and",
    "ago",
    "later",
    "early",
    "mid",
    "century",
    "1960s",
    "noon",
    "Christmas",
    "day",
    "before",
    "yesterday",
    "twenty",
    "0",
    "99999999999999",
    "\u{2013}",
    "é",
    "\n",
    "to",
    "from",
    "GMT",
];

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,200}") {
        sound(&text);
    }

    #[test]
    fn any_words_are_read_without_harm(words in prop::collection::vec(prop::sample::select(PIECES), 0..30), spaced in any::<bool>()) {
        sound(&words.join(if spaced { " " } else { "" }));
    }
}

/// Spans lie in bounds on character boundaries, in order, without overlap; all modes bear the text.
fn sound(text: &str) {
    for reference in
        [None, Reference::parse("2025-01-08"), Reference::parse("9999-12-31"), Reference::parse("-9999-01-01")]
    {
        for (ranges, scheduling) in [(false, false), (true, true)] {
            let options = Options { ranges, scheduling, day_first: Some(scheduling) };
            let mut end = 0;
            for time in time_expressions(text, reference.as_ref(), options) {
                assert!(time.span.start >= end && time.span.end > time.span.start);
                assert!(text.get(time.span.range()).is_some());
                end = time.span.end;
                let _ = (time.value.timex3(), time.value.days(), time.timex());
            }
        }
    }
}

#[test]
fn a_weekend_that_was_is_the_one_before() {
    check_on("2026-11-19", "Two boats capsized over [the weekend]{2026-11-14/2026-11-15}.");
    check_on("2026-11-19", "The fair will open [this weekend]{2026-11-21/2026-11-22}.");
}

#[test]
fn winter_bears_the_year_of_its_december() {
    check_on("2026-01-20", "Gas ran short [this winter]{2025-24} as it did [last winter]{2024-24}.");
    check_on("2026-11-20", "Gas ran short [last winter]{2025-24}.");
    check_on("2026-11-20", "Gas may run short [this winter]{2026-24}.");
}

#[test]
fn next_friday_is_not_tomorrow() {
    check_on("2026-11-19", "She will be sentenced [next Friday]{2026-11-27}.");
    check_on("2026-11-17", "She will be sentenced [next Friday]{2026-11-20}.");
}

#[test]
fn may_is_a_month_where_something_is_set_for_it() {
    check_on("2026-11-19", "The poll, scheduled for [May]{2027-05}, is off; it was bad for May.");
}

#[test]
fn a_year_beside_a_month_belongs_to_it() {
    check_on("2026-11-19", "He was freed in [March last year]{2025-03} and fled on [3 May, last year]{2025-05-03}.");
    check_on(
        "2026-11-19",
        "The dam was opened in [October a year ago]{2025-10}; it will close in [June next year]{2027-06}.",
    );
    check_on("2026-11-19", "In [March]{2026-03}, [last year]{2025}'s winner was banned.");
}

#[test]
fn halves_of_years_without_figures() {
    check_on("2026-11-19", "Growth slowed in [the first half of this year]{2026-40}.");
    check_on("2026-11-19", "Growth will slow in [the second half of next year]{2027-41}.");
}

#[test]
fn a_rough_hour_has_the_day_beside_it() {
    check_on("2026-11-19", "It crashed at [around 3am]{2026-11-15T03:00:00} local time on [Sunday]{2026-11-15}.");
    check_on("2026-11-19", "It crashed at [3am]{2026-11-15T03:00:00} local time on [Sunday]{2026-11-15}.");
    check_on("2026-11-19", "She died in [the small hours of Sunday]{2026-11-15}.");
}

#[test]
fn in_so_many_days_time() {
    check_on("2026-11-19", "In [ten days' time]{2026-11-29} the pass will open.");
    check_on("2026-11-19", "They did it in [ten days]{P10D}.");
}

#[test]
fn feasts_of_several_calendars() {
    check_on("2026-11-19", "Shops closed early during [Ramadan]{2026-02-18~/2026-03-19~}.");
    check_on("2026-11-19", "Crowds gathered on [Eid al-Adha]{2026-05-27~}, and [Yom Kippur]{2026-09-21} was quiet.");
    check_on(
        "2026-11-19",
        "The Ramadan Offensive and tales of Passover; it fell in [the holy month of Ramadan]{2026-02-18~/2026-03-19~}.",
    );
    check_on("2026-11-19", "Monks will gather for [Orthodox Easter]{2027-05-02} at the Orthodox monastery.");
}

#[test]
fn other_dates_of_the_text_show_the_order_of_figures() {
    check_on("2026-11-19", "Bills of [3/4/2025]{2025-04-03} and [13/4/2025]{2025-04-13}.");
    check_on("2026-11-19", "Bills of [3/4/2025]{2025-04-03}; it met on [5 June 2025]{2025-06-05}.");
    check_on("2026-11-19", "Bills of [3/4/2025]{2025-03-04}; it met on [June 5, 2025]{2025-06-05}.");
}

#[test]
fn what_is_counted_from_a_day_ahead_lies_ahead() {
    check_on("2026-11-19", "The result will be known [3 days after Tuesday]{2026-11-27}.");
    check_on("2026-11-19", "The result was known [3 days after Tuesday]{2026-11-20}.");
}

#[test]
fn national_days_of_no_known_nation_stay_open() {
    check_on("2026-11-19", "The parade on [Independence Day]{-} was calm, that on [Bastille Day]{2026-07-14} was not.");
}

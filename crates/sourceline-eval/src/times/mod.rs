//! Time expressions: WikiWars and tweets (TIMEX3 files of SynTime), Recognizers-Text cases.
//!
//! `-v` after the task prints every error.

mod cases;
mod timex;

use anyhow::Result;

use crate::Context;
use crate::report::finish;

/// Measures `sourceline-times`.
///
/// # Errors
/// When data is missing or a figure lies below its floor.
pub fn run(context: &Context) -> Result<()> {
    let verbose = context.args.iter().any(|word| word == "-v");
    let syntime = context.data.join("syntime/syntime/resources");
    let mut figures = timex::score("wikiwars", &syntime.join("wikiwars/trainingset/tml"), verbose)?;
    figures.extend(timex::score("tweets", &syntime.join("tweets/trainingset/tml"), verbose)?);
    let model = context.data.join("recognizers_text/Specs/DateTime/English/DateTimeModel.json");
    figures.extend(cases::score("recognizers", &model, true, verbose)?);
    figures.extend(cases::score("recognizers_report", &model, false, false)?.into_iter().take(2));
    let intro = "Development data. WikiWars and tweets: extents must agree to the letter, values are TIMEX3, counted over extents found. \
                 Recognizers-Text (DateTimeModel, English): a result passes with its words and one of its resolved values, in the calendar style \
                 with ranges joined (`recognizers_report`: bare days as a report means them, which is the reading's own setting); a case passes when all its results do and nothing else is found.";
    finish(&context.root, "times", intro, &figures)
}

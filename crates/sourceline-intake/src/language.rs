//! The language of a text.

use whatlang::Lang;

/// Characters looked at.
const SAMPLE: usize = 20_000;

/// Words that make up a third to a half of English running text.
const ENGLISH: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "that", "was", "on", "for", "said", "is", "with", "by", "at", "from", "were",
    "has", "have", "not", "he", "it", "had", "are",
];

/// ISO 639-1 code of the language of `text` (639-3 where there is none); `None` when it is too short or mixed to tell.
pub fn language(text: &str) -> Option<String> {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let sample = &text[..end];
    if is_english(sample) {
        return Some("en".to_owned());
    }
    let info = whatlang::detect(sample)?;
    if info.script() == whatlang::Script::Arabic {
        return Some(arabic_script(sample).to_owned());
    }
    info.is_reliable().then(|| code(info.lang()).to_owned())
}

/// Whether at least a fifth of the words are the commonest English ones; no other language comes near.
fn is_english(text: &str) -> bool {
    let (mut all, mut known) = (0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        known += usize::from(ENGLISH.contains(&word.to_lowercase().as_str()));
    }
    all >= 5 && known * 5 >= all
}

/// The language of a text in Arabic letters, by the letters that only Urdu and Persian have.
fn arabic_script(text: &str) -> &'static str {
    let share =
        |letters: &[char]| text.chars().filter(|letter| letters.contains(letter)).count() * 200 > text.chars().count();
    match () {
        () if share(&['ٹ', 'ڈ', 'ڑ', 'ے', 'ں']) => "ur",
        () if share(&['پ', 'چ', 'ژ', 'گ', 'ی', 'ک']) => "fa",
        () => "ar",
    }
}

/// Two-letter codes of the languages that have one.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Ara => "ar",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Deu => "de",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Pes => "fa",
        Lang::Tur => "tr",
        Lang::Heb => "he",
        Lang::Urd => "ur",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Ind => "id",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Ron => "ro",
        Lang::Ell => "el",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Hun => "hu",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Slv => "sl",
        Lang::Aze => "az",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Amh => "am",
        Lang::Tam => "ta",
        Lang::Bel => "be",
        Lang::Cat => "ca",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Khm => "km",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Tgl => "tl",
        Lang::Uzb => "uz",
        Lang::Yid => "yi",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_short_reports() {
        assert_eq!(language("The army said that it had left the town on Monday.").as_deref(), Some("en"));
        assert_eq!(
            language("أعلنت وزارة النقل أن الجسر أعيد فتحه صباح اليوم بعد أشهر من الإغلاق").as_deref(),
            Some("ar")
        );
        let french = "Le ministère a annoncé mardi que le pont serait rouvert au début du mois prochain, après des mois de travaux.";
        assert_eq!(language(french).as_deref(), Some("fr"));
        assert_eq!(
            language("وزارت راه اعلام کرد که پل پس از چند ماه بازگشایی شد و کامیون‌ها از آن گذشتند").as_deref(),
            Some("fa")
        );
        assert_eq!(language(""), None);
        assert_eq!(language("🚢🚢🚢 12 34"), None);
    }

    #[test]
    fn english_names_in_foreign_scripts_do_not_mislead() {
        let text =
            "The minister of transport, وزير النقل, said on Tuesday that the bridge at Tarsin was open to lorries.";
        assert_eq!(language(text).as_deref(), Some("en"));
    }
}

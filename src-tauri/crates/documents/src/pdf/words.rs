// SPDX-License-Identifier: EUPL-1.2
//! Amounts and dates in figures and in words.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::Lang;

/// The largest amount that is written in words, in whole units of currency.
pub const MOST_IN_WORDS: i64 = 999_999;

const UNITS_IT: [&str; 20] = [
    "",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
];
const TENS_IT: [&str; 10] = [
    "",
    "",
    "venti",
    "trenta",
    "quaranta",
    "cinquanta",
    "sessanta",
    "settanta",
    "ottanta",
    "novanta",
];
const UNITS_EN: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS_EN: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A whole number below a million in Italian: `centoventitré`, `ventunomila`, `millecentotto`.
///
/// Spelled as one word; "tre" at the end of a longer one takes its accent; tens lose their vowel before "uno" and
/// "otto", "cento" its own before "otto" and "ottanta" (Treccani, *Numerali*; both forms are accepted).
pub fn integer_it(number: u32) -> Option<String> {
    if number > 999_999 {
        return None;
    }
    if number == 0 {
        return Some("zero".to_owned());
    }
    let (thousands, rest) = (number / 1000, number % 1000);
    let mut word = match thousands {
        0 => String::new(),
        1 => "mille".to_owned(),
        _ => below_thousand_it(thousands) + "mila",
    };
    word.push_str(&below_thousand_it(rest));
    if word.len() > "tre".len() && word.ends_with("tre") {
        word.truncate(word.len() - 1);
        word.push('é');
    }
    Some(word)
}

fn below_thousand_it(number: u32) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let tens = below_hundred_it(rest);
    let hundred = match hundreds {
        0 => return tens,
        1 => "cento".to_owned(),
        _ => format!("{}cento", unit(&UNITS_IT, hundreds)),
    };
    if rest == 8 || rest / 10 == 8 {
        return format!("{}{tens}", hundred.trim_end_matches('o'));
    }
    hundred + &tens
}

fn below_hundred_it(number: u32) -> String {
    if number < 20 {
        return unit(&UNITS_IT, number).to_owned();
    }
    let (tens, units) = (unit(&TENS_IT, number / 10), number % 10);
    let tens = if matches!(units, 1 | 8) {
        &tens[..tens.len() - 1]
    } else {
        tens
    };
    format!("{tens}{}", unit(&UNITS_IT, units))
}

fn unit(words: &[&'static str], index: u32) -> &'static str {
    words.get(index as usize).copied().unwrap_or_default()
}

/// A whole number below a million in English: `one hundred and twenty-three`.
pub fn integer_en(number: u32) -> Option<String> {
    if number > 999_999 {
        return None;
    }
    if number == 0 {
        return Some("zero".to_owned());
    }
    let (thousands, rest) = (number / 1000, number % 1000);
    let mut parts = Vec::new();
    if thousands > 0 {
        parts.push(format!("{} thousand", below_thousand_en(thousands)));
    }
    if rest > 0 {
        let and = if thousands > 0 && rest < 100 { "and " } else { "" };
        parts.push(format!("{and}{}", below_thousand_en(rest)));
    }
    Some(parts.join(" "))
}

fn below_thousand_en(number: u32) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let tens = match (rest / 10, rest % 10) {
        (0 | 1, _) => unit(&UNITS_EN, rest).to_owned(),
        (tens, 0) => unit(&TENS_EN, tens).to_owned(),
        (tens, units) => format!("{}-{}", unit(&TENS_EN, tens), unit(&UNITS_EN, units)),
    };
    match (hundreds, rest) {
        (0, _) => tens,
        (_, 0) => format!("{} hundred", unit(&UNITS_EN, hundreds)),
        _ => format!("{} hundred and {tens}", unit(&UNITS_EN, hundreds)),
    }
}

/// An amount in words: `centocinquanta euro`, `un euro e cinque centesimi`. `None` when it is negative or above
/// [`MOST_IN_WORDS`].
pub fn amount_in_words(cents: i64, lang: Lang) -> Option<String> {
    let (whole, rest) = (cents.checked_div_euclid(100)?, cents.checked_rem_euclid(100)?);
    if !(0..=MOST_IN_WORDS).contains(&whole) {
        return None;
    }
    let (whole, rest) = (u32::try_from(whole).ok()?, u32::try_from(rest).ok()?);
    Some(match lang {
        Lang::It => {
            let euro = if whole == 1 {
                "un".to_owned()
            } else {
                integer_it(whole)?
            };
            match rest {
                0 => format!("{euro} euro"),
                1 => format!("{euro} euro e un centesimo"),
                _ => format!("{euro} euro e {} centesimi", integer_it(rest)?),
            }
        }
        Lang::En => {
            let euro = format!(
                "{} {}",
                integer_en(whole)?,
                if whole == 1 { "euro" } else { "euros" }
            );
            match rest {
                0 => euro,
                1 => format!("{euro} and one cent"),
                _ => format!("{euro} and {} cents", integer_en(rest)?),
            }
        }
    })
}

/// An amount in figures: `1.250,00 €`, in English `€1,250.00`.
pub fn amount(cents: i64, lang: Lang) -> String {
    let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let sign = if cents < 0 { "\u{2212}" } else { "" };
    match lang {
        Lang::It => format!("{sign}{},{rest:02}\u{a0}€", grouped(whole, '.')),
        Lang::En => format!("{sign}€{}.{rest:02}", grouped(whole, ',')),
    }
}

/// A whole number with its thousands apart.
pub fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

const MONTHS_IT: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_IT: [&str; 7] = [
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
];
const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A date with its weekday: `lunedì 4 gennaio 2021`, `venerdì 1º gennaio 2021`.
pub fn long_date(date: NaiveDate, lang: Lang) -> String {
    let (days, months) = match lang {
        Lang::It => (&DAYS_IT, &MONTHS_IT),
        Lang::En => (&DAYS_EN, &MONTHS_EN),
    };
    let weekday = unit(days, date.weekday().num_days_from_monday());
    let month = unit(months, date.month0());
    let first = if date.day() == 1 && lang == Lang::It {
        "º"
    } else {
        ""
    };
    format!("{weekday} {}{first} {month} {}", date.day(), date.year())
}

/// A date in figures: `04/01/2021`.
pub fn short_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// A time: `10:30`.
pub fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A moment in figures: `04/01/2021, ore 10:30`.
pub fn moment(at: NaiveDateTime, lang: Lang) -> String {
    match lang {
        Lang::It => at.format("%d/%m/%Y, ore %H:%M").to_string(),
        Lang::En => at.format("%d/%m/%Y, %H:%M").to_string(),
    }
}

/// The first letters of a name: `Maria De Rossi` is `M. D. R.`
pub fn initials(name: &str) -> String {
    let letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    letters
        .map(|letter| format!("{}.", letter.to_uppercase()))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn italian_numbers() {
        for (number, word) in [
            (0, "zero"),
            (1, "uno"),
            (3, "tre"),
            (8, "otto"),
            (11, "undici"),
            (17, "diciassette"),
            (20, "venti"),
            (21, "ventuno"),
            (23, "ventitré"),
            (28, "ventotto"),
            (33, "trentatré"),
            (80, "ottanta"),
            (88, "ottantotto"),
            (100, "cento"),
            (101, "centouno"),
            (103, "centotré"),
            (108, "centotto"),
            (111, "centoundici"),
            (118, "centodiciotto"),
            (180, "centottanta"),
            (188, "centottantotto"),
            (200, "duecento"),
            (308, "trecentotto"),
            (333, "trecentotrentatré"),
            (999, "novecentonovantanove"),
            (1000, "mille"),
            (1001, "milleuno"),
            (1003, "milletré"),
            (1008, "milleotto"),
            (1080, "milleottanta"),
            (1100, "millecento"),
            (2000, "duemila"),
            (3000, "tremila"),
            (3003, "tremilatré"),
            (21_000, "ventunomila"),
            (23_000, "ventitremila"),
            (100_000, "centomila"),
            (101_000, "centounomila"),
            (103_000, "centotremila"),
            (108_000, "centottomila"),
            (180_250, "centottantamiladuecentocinquanta"),
            (999_999, "novecentonovantanovemilanovecentonovantanove"),
        ] {
            assert_eq!(integer_it(number).as_deref(), Some(word), "{number}");
        }
        assert_eq!(integer_it(1_000_000), None);
    }

    #[test]
    fn no_two_numbers_are_spelled_alike() {
        for spell in [integer_it, integer_en] {
            let mut seen = HashSet::new();
            for number in 0..1_000_000 {
                let word = spell(number).unwrap();
                assert!(!word.is_empty() && seen.insert(word), "{number}");
            }
        }
    }

    #[test]
    fn amounts() {
        for (cents, it, en) in [
            (0, "zero euro", "zero euros"),
            (100, "un euro", "one euro"),
            (15_000, "centocinquanta euro", "one hundred and fifty euros"),
            (101, "un euro e un centesimo", "one euro and one cent"),
            (
                10_823,
                "centotto euro e ventitré centesimi",
                "one hundred and eight euros and twenty-three cents",
            ),
            (
                100_105,
                "milleuno euro e cinque centesimi",
                "one thousand and one euros and five cents",
            ),
        ] {
            assert_eq!(amount_in_words(cents, Lang::It).as_deref(), Some(it));
            assert_eq!(amount_in_words(cents, Lang::En).as_deref(), Some(en));
        }
        assert!(amount_in_words(99_999_999, Lang::It).is_some());
        for out in [-1, 100_000_000, i64::MAX, i64::MIN] {
            assert_eq!(amount_in_words(out, Lang::It), None);
        }
        assert_eq!(amount(125_000, Lang::It), "1.250,00\u{a0}€");
        assert_eq!(amount(-5, Lang::It), "\u{2212}0,05\u{a0}€");
        assert_eq!(amount(123_456_789, Lang::En), "€1,234,567.89");
        assert!(amount(i64::MIN, Lang::It).starts_with('\u{2212}'));
    }

    #[test]
    fn dates_and_names() {
        let date = |day| NaiveDate::from_ymd_opt(2021, 1, day).unwrap();
        assert_eq!(long_date(date(4), Lang::It), "lunedì 4 gennaio 2021");
        assert_eq!(long_date(date(1), Lang::It), "venerdì 1º gennaio 2021");
        assert_eq!(long_date(date(2), Lang::En), "Saturday 2 January 2021");
        assert_eq!(
            moment(date(4).and_hms_opt(9, 5, 0).unwrap(), Lang::It),
            "04/01/2021, ore 09:05"
        );
        assert_eq!(initials("maria  De Rossi"), "M. D. R.");
        assert_eq!(initials("Łukasz 'Ștefan"), "Ł. Ș.");
        assert_eq!(initials(" "), "");
    }
}

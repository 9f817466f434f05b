// SPDX-License-Identifier: EUPL-1.2
//! A plan drawn over time (GANTT): bars with how much of them is done, days by which something is to be done, and today. One drawing for
//! the screen, the printer and the report; what it shows stands in a table beside it, so nothing is told by colour or place alone.

use chrono::{Datelike, NaiveDate};
use std::fmt::Write as _;

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its title, for those who do not see it.
    pub title: String,
    /// What it shows in a sentence, for those who do not see it.
    pub description: String,
    /// The rows, from above.
    pub rows: Vec<Row>,
    /// Today, with the word for it.
    pub today: (NaiveDate, String),
    /// The months' short names, January first.
    pub months: [String; 12],
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// What is drawn in it.
    pub mark: Mark,
}

/// What is drawn in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Something that takes from one day to another.
    Bar {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// How much of it is done, percent.
        percent: u8,
        /// When it is expected to end, if later than planned.
        expected: Option<NaiveDate>,
    },
    /// Something that is to be done by a day.
    Day {
        /// The day.
        day: NaiveDate,
        /// When it was done.
        done: Option<NaiveDate>,
    },
}

const WIDTH: i64 = 960;
const LABELS: i64 = 320;
const RIGHT: i64 = 56;
const TOP: i64 = 34;
const ROW: i64 = 46;
/// Characters of a label that fit on a line.
const LINE: usize = 46;

const INK: &str = "#17324d";
const SOFT: &str = "#5a6b7b";
const GRID: &str = "#d9dadb";
const PLANNED: &str = "#bfdfff";
const DONE: &str = "#0066cc";
const LATE: &str = "#b00020";

/// A span of days on the width of the drawing.
struct Scale {
    from: NaiveDate,
    days: i64,
}

impl Scale {
    fn of(chart: &Chart) -> Option<Self> {
        let days = chart.rows.iter().flat_map(|row| match &row.mark {
            Mark::Bar {
                from, to, expected, ..
            } => vec![*from, *to, expected.unwrap_or(*to)],
            Mark::Day { day, done } => vec![*day, done.unwrap_or(*day)],
        });
        let (first, last) = days.fold(None, |span: Option<(NaiveDate, NaiveDate)>, day| {
            Some(span.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        })?;
        let from = first.with_day(1)?;
        // To the end of the last month; of a plan that goes on without end three years are drawn.
        let last = last.min(from.checked_add_months(chrono::Months::new(36))?);
        let to = last.with_day(1)?.checked_add_months(chrono::Months::new(1))?;
        Some(Self {
            from,
            days: (to - from).num_days().max(1),
        })
    }

    fn x(&self, day: NaiveDate) -> i64 {
        let at = (day - self.from).num_days().clamp(0, self.days);
        LABELS + at * (WIDTH - LABELS - RIGHT) / self.days
    }
}

/// The drawing as SVG 1.1, readable in one colour as well. Nothing where there is nothing to draw.
pub fn svg(chart: &Chart) -> Option<String> {
    let scale = Scale::of(chart)?;
    let rows = i64::try_from(chart.rows.len()).ok()?;
    let height = TOP + rows * ROW + 26;
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"'Titillium Web', 'DejaVu Sans', sans-serif\" role=\"img\"><title>{}</title><desc>{}</desc>\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>",
        escaped(&chart.title),
        escaped(&chart.description)
    );
    months(&mut out, chart, &scale, height);
    for (at, row) in (0_i64..).zip(&chart.rows) {
        let y = TOP + at * ROW;
        let _ = write!(
            out,
            "<path d=\"M0 {y}H{WIDTH}\" stroke=\"{GRID}\" stroke-width=\"1\"/>"
        );
        label(&mut out, &row.label, y);
        match &row.mark {
            Mark::Bar {
                from,
                to,
                percent,
                expected,
            } => bar(&mut out, &scale, y, (*from, *to), *percent, *expected),
            Mark::Day { day, done } => diamond(&mut out, &scale, y, *day, *done),
        }
    }
    today(&mut out, chart, &scale, height);
    out.push_str("</svg>");
    Some(out)
}

fn months(out: &mut String, chart: &Chart, scale: &Scale, height: i64) {
    let bottom = height - 26;
    let mut month = scale.from;
    let mut many = 0_i64;
    while (month - scale.from).num_days() < scale.days {
        many += 1;
        let Some(next) = month.checked_add_months(chrono::Months::new(1)) else {
            break;
        };
        month = next;
    }
    // Where months are narrow, every third is named.
    let every = if many > 14 { 3 } else { 1 };
    let mut month = scale.from;
    for number in 0..many {
        let x = scale.x(month);
        let _ = write!(
            out,
            "<path d=\"M{x} 20V{bottom}\" stroke=\"{GRID}\" stroke-width=\"1\"/>"
        );
        if number % every == 0 {
            let name = usize::try_from(month.month0())
                .ok()
                .and_then(|at| chart.months.get(at));
            let year = if number == 0 || month.month() == 1 {
                format!(" {}", month.year())
            } else {
                String::new()
            };
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"16\" font-size=\"13\" fill=\"{SOFT}\">{}{year}</text>",
                x + 3,
                escaped(name.map_or("", String::as_str))
            );
        }
        let Some(next) = month.checked_add_months(chrono::Months::new(1)) else {
            break;
        };
        month = next;
    }
}

fn label(out: &mut String, text: &str, y: i64) {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let full = lines
            .last()
            .is_some_and(|line| !line.is_empty() && line.chars().count() + 1 + word.chars().count() > LINE);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    if lines.len() > 2 {
        lines.truncate(2);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    let first = if lines.len() > 1 { y + 19 } else { y + 28 };
    for (at, line) in (0_i64..).zip(&lines) {
        let _ = write!(
            out,
            "<text x=\"4\" y=\"{}\" font-size=\"13\" fill=\"{INK}\">{}</text>",
            first + at * 17,
            escaped(line)
        );
    }
}

fn bar(
    out: &mut String,
    scale: &Scale,
    y: i64,
    (from, to): (NaiveDate, NaiveDate),
    percent: u8,
    expected: Option<NaiveDate>,
) {
    // The last day is worked on until its evening.
    let (left, right) = (scale.x(from), scale.x(to.succ_opt().unwrap_or(to)));
    let width = (right - left).max(2);
    let done = width * i64::from(percent.min(100)) / 100;
    let top = y + 13;
    let _ = write!(
        out,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"20\" rx=\"3\" fill=\"{PLANNED}\" stroke=\"{DONE}\"/>"
    );
    if done > 0 {
        let _ = write!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{done}\" height=\"20\" rx=\"3\" fill=\"{DONE}\"/>"
        );
    }
    let mut end = right;
    if let Some(day) = expected.filter(|day| *day > to) {
        end = scale.x(day);
        let middle = top + 10;
        let _ = write!(
            out,
            "<path d=\"M{right} {middle}H{end}\" stroke=\"{LATE}\" stroke-width=\"3\" stroke-dasharray=\"6 4\"/>\
             <path d=\"M{end} {top}V{}\" stroke=\"{LATE}\" stroke-width=\"3\"/>",
            top + 20
        );
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"13\" fill=\"{INK}\">{percent} %</text>",
        end + 6,
        top + 15
    );
}

fn diamond(out: &mut String, scale: &Scale, y: i64, day: NaiveDate, done: Option<NaiveDate>) {
    let middle = y + 23;
    let mut draw = |at: i64, fill: &str, line: &str| {
        let _ = write!(
            out,
            "<path d=\"M{} {middle}L{at} {}L{} {middle}L{at} {}Z\" fill=\"{fill}\" stroke=\"{line}\" stroke-width=\"2\"/>",
            at - 9,
            middle - 9,
            at + 9,
            middle + 9
        );
    };
    let planned = scale.x(day);
    draw(planned, "#fff", DONE);
    if let Some(done) = done {
        let line = if done > day { LATE } else { DONE };
        draw(scale.x(done), line, line);
    }
    let end = done.map_or(planned, |done| scale.x(done).max(planned));
    let told = done.unwrap_or(day);
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"13\" fill=\"{INK}\">{}</text>",
        end + 14,
        middle + 5,
        told.format("%d/%m")
    );
}

fn today(out: &mut String, chart: &Chart, scale: &Scale, height: i64) {
    let (day, word) = &chart.today;
    let at = (*day - scale.from).num_days();
    if !(0..=scale.days).contains(&at) {
        return;
    }
    let x = scale.x(*day);
    let bottom = height - 22;
    let _ = write!(
        out,
        "<path d=\"M{x} 20V{bottom}\" stroke=\"{INK}\" stroke-width=\"2\" stroke-dasharray=\"3 3\"/>\
         <text x=\"{x}\" y=\"{}\" font-size=\"13\" fill=\"{INK}\" text-anchor=\"middle\">{}</text>",
        height - 7,
        escaped(word)
    );
}

fn escaped(text: &str) -> std::borrow::Cow<'_, str> {
    quick_xml::escape::escape(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, month, day).unwrap()
    }

    fn chart() -> Chart {
        Chart {
            title: "Piano <2021> & c.".into(),
            description: "Due fasi e una scadenza".into(),
            rows: vec![
                Row {
                    label: "Consegna dei buoni spesa nel periodo di emergenza sanitaria da Covid-19 e relativa organizzazione".into(),
                    mark: Mark::Bar {
                        from: day(1, 2),
                        to: day(4, 30),
                        percent: 60,
                        expected: Some(day(6, 10)),
                    },
                },
                Row {
                    label: "Questionario".into(),
                    mark: Mark::Day {
                        day: day(11, 30),
                        done: Some(day(10, 15)),
                    },
                },
            ],
            today: (day(3, 1), "oggi".into()),
            months: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"].map(str::to_owned),
        }
    }

    /// Every element with its attributes.
    fn elements(svg: &str) -> Vec<(String, Vec<(String, String)>)> {
        let mut reader = quick_xml::Reader::from_str(svg);
        let mut found = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => return found,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    let attributes = tag.attributes().map(|attribute| {
                        let attribute = attribute.unwrap();
                        (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
                    });
                    found.push((tag.name().as_ref().to_owned(), attributes.collect()));
                }
                _ => {}
            }
        }
    }

    fn number(element: &(String, Vec<(String, String)>), name: &str) -> i64 {
        let found = element.1.iter().find(|(key, _)| key == name);
        found.unwrap().1.parse().unwrap()
    }

    #[test]
    fn a_bar_is_as_long_as_its_days_and_as_full_as_it_is_done() {
        let svg = svg(&chart()).unwrap();
        let all = elements(&svg);
        let bars: Vec<_> = all.iter().filter(|(name, _)| name == "rect").skip(1).collect();
        assert_eq!(bars.len(), 2, "planned and done");
        let (planned, done) = (number(bars[0], "width"), number(bars[1], "width"));
        assert_eq!(done, planned * 60 / 100);
        // 119 of the 334 days from January to November.
        let whole = WIDTH - LABELS - RIGHT;
        assert!((planned - 119 * whole / 334).abs() <= 1, "{planned}");
        assert_eq!(number(bars[0], "x"), LABELS + whole / 334);
    }

    #[test]
    fn what_is_written_cannot_be_taken_for_markup() {
        let svg = svg(&chart()).unwrap();
        assert!(svg.contains("<title>Piano &lt;2021&gt; &amp; c.</title>"));
        assert!(svg.contains('…'), "a long label is cut, and says so");
    }

    #[test]
    fn nothing_is_drawn_of_nothing_and_no_end_is_too_far() {
        let none = Chart {
            rows: vec![],
            ..chart()
        };
        assert_eq!(svg(&none), None);
        let mut far = chart();
        far.rows[0].mark = Mark::Bar {
            from: day(1, 2),
            to: day(4, 30),
            percent: 1,
            expected: Some(NaiveDate::MAX),
        };
        let drawn = svg(&far).unwrap();
        assert!(drawn.len() < 20_000, "{}", drawn.len());
    }
}

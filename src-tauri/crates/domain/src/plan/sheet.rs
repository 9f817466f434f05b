// SPDX-License-Identifier: EUPL-1.2
//! Reading an objective sheet from its text. Each field is told with the lines that it came from, and what was not understood is kept: a
//! person looks at both before the sheet is loaded.

use super::{Expected, Indicator, Phase, Sheet};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanReading")]
#[schemars(rename = "PlanReading")]
pub struct Reading {
    /// The sheet as it was understood.
    pub sheet: Sheet,
    /// Where each field comes from.
    pub sources: Vec<Source>,
    /// Lines that were not understood, as they are.
    pub left: Vec<Line>,
}

/// Where a field comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanSource")]
#[schemars(rename = "PlanSource")]
pub struct Source {
    /// The field: `code`, `phase`, `indicator`.
    pub field: String,
    /// Which, from 1, where there are several.
    pub number: u32,
    /// First line, from 1.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

/// A line of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "PlanLine")]
#[schemars(rename = "PlanLine")]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// What it says.
    pub text: String,
}

/// Lines that stand together.
#[derive(Clone, Debug)]
struct Block {
    first: u32,
    lines: Vec<String>,
}

impl Block {
    fn text(&self) -> String {
        self.lines.join(" ")
    }

    fn last(&self) -> u32 {
        let more = u32::try_from(self.lines.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.first.saturating_add(more)
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in (1_u32..).zip(text.lines()) {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{c}');
        // A heading of a part stands alone, also when no empty line is about it.
        let heading = matches!(line, "GANTT" | "FASI" | "INDICATORI");
        if line.is_empty() {
            open = false;
            continue;
        }
        match blocks.last_mut() {
            Some(block) if open && !heading => block.lines.push(line.to_owned()),
            _ => blocks.push(Block {
                first: number,
                lines: vec![line.to_owned()],
            }),
        }
        open = !heading;
    }
    blocks
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Goals,
    Description,
    Phases,
    Indicators,
}

/// Reads a sheet.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut part = Part::Head;
    let mut phases: Vec<Block> = Vec::new();
    for block in blocks(text) {
        let text = block.text();
        match text.as_str() {
            "GANTT" | "PIANO ESECUTIVO DI GESTIONE" => {}
            "FASI" => part = Part::Phases,
            "INDICATORI" => part = Part::Indicators,
            "Obiettivo Operativo del D.U.P." => part = Part::Goals,
            "Descrizione dettagliata dell'obiettivo" | "Descrizione dettagliata dell’obiettivo" => {
                part = Part::Description;
            }
            _ if text.starts_with("Descrizione ") && (text.contains(" Tipo ") || text.contains(" Peso ")) => {
            }
            _ => match part {
                Part::Head => reading.head(&block, &text),
                Part::Goals => {
                    reading.sheet.links.push(text);
                    reading.note("link", reading.sheet.links.len(), &block, &block);
                }
                Part::Description => {
                    reading.sheet.description.push(text);
                    reading.note("description", reading.sheet.description.len(), &block, &block);
                }
                Part::Phases => phases.push(block),
                Part::Indicators => reading.indicator(&block, &text),
            },
        }
    }
    reading.phases(&phases);
    reading
}

impl Reading {
    fn note(&mut self, field: &str, number: usize, first: &Block, last: &Block) {
        self.sources.push(Source {
            field: field.to_owned(),
            number: u32::try_from(number).unwrap_or(u32::MAX),
            first: first.first,
            last: last.last(),
        });
    }

    fn leave(&mut self, block: &Block) {
        for (number, text) in (block.first..).zip(&block.lines) {
            let text = text.clone();
            self.left.push(Line { number, text });
        }
    }

    fn head(&mut self, block: &Block, text: &str) {
        if self.sheet.code.is_empty()
            && let Some((code, title)) = text.split_once(' ')
            && is_code(code)
        {
            (self.sheet.code, self.sheet.title) = (code.to_owned(), title.trim().to_owned());
            self.note("code", 1, block, block);
            self.note("title", 1, block, block);
        } else if let Some([direction, director, class]) =
            labelled(text, ["Direzione ", " Direttore ", " Classificazione "])
        {
            self.sheet.direction = direction;
            self.sheet.director = director;
            self.sheet.classification = class;
            for field in ["direction", "director", "classification"] {
                self.note(field, 1, block, block);
            }
        } else if let Some([service, manager, kind]) =
            labelled(text, ["Servizio ", " Dirigente ", " Tipologia "])
        {
            self.sheet.service = service;
            self.sheet.manager = manager;
            self.sheet.kind = kind;
            for field in ["service", "manager", "kind"] {
                self.note(field, 1, block, block);
            }
        } else if let Some(("Collegato a", links)) = block.lines.split_first().map(|(a, b)| (a.as_str(), b)) {
            for (number, link) in (block.first.saturating_add(1)..).zip(links) {
                self.sheet.links.push(link.clone());
                let line = Block {
                    first: number,
                    lines: vec![link.clone()],
                };
                self.note("link", self.sheet.links.len(), &line, &line);
            }
        } else {
            self.leave(block);
        }
    }

    fn indicator(&mut self, block: &Block, text: &str) {
        let read = text.rsplit_once(' ').and_then(|(rest, value)| {
            let expected = expected(value)?;
            let (description, kind) = rest.trim_end().rsplit_once(' ')?;
            kind.chars().all(|c| c.is_uppercase()).then(|| Indicator {
                description: description.trim().to_owned(),
                kind: kind.to_owned(),
                expected,
            })
        });
        match read {
            Some(indicator) => {
                self.sheet.indicators.push(indicator);
                self.note("indicator", self.sheet.indicators.len(), block, block);
            }
            None => self.leave(block),
        }
    }

    /// Cells of the table stand in blocks of their own where they did not fit on one line: the two dates are what a row is known by.
    fn phases(&mut self, blocks: &[Block]) {
        let rows: Vec<(usize, Row)> = blocks
            .iter()
            .enumerate()
            .filter_map(|(at, block)| Some((at, row(&block.text())?)))
            .collect();
        // Where each row begins: with its dates, or with the block before where its description stands there.
        let starts: Vec<usize> = rows
            .iter()
            .map(|(at, row)| at.saturating_sub(usize::from(row.before.is_empty())))
            .collect();
        for block in blocks
            .iter()
            .take(starts.first().copied().unwrap_or(blocks.len()))
        {
            self.leave(block);
        }
        for (number, (at, row)) in rows.iter().enumerate() {
            let start = starts.get(number).copied().unwrap_or(*at);
            let end = starts.get(number + 1).copied().unwrap_or(blocks.len());
            let mut after = blocks.iter().take(end).skip(at + 1);
            let centre = after.next().map(Block::text).unwrap_or_default();
            let notes: Vec<String> = after.map(Block::text).collect();
            let description = if row.before.is_empty() && start < *at {
                blocks.get(start).map(Block::text).unwrap_or_default()
            } else {
                row.before.clone()
            };
            self.sheet.phases.push(Phase {
                description,
                weight: row.weight,
                from: row.from,
                to: row.to,
                responsible: row.after.clone(),
                centre,
                notes: notes.join(" "),
            });
            if let (Some(first), Some(last)) = (blocks.get(start), blocks.get(end.saturating_sub(1).max(*at)))
            {
                self.note("phase", number + 1, first, last);
            }
        }
    }
}

struct Row {
    before: String,
    weight: Option<u8>,
    from: NaiveDate,
    to: NaiveDate,
    after: String,
}

fn row(text: &str) -> Option<Row> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words
        .windows(2)
        .position(|pair| pair.iter().all(|word| date(word).is_some()))?;
    let mut before = words.get(..at)?;
    let weight = before
        .split_last()
        .and_then(|(last, rest)| Some((last.trim_end_matches('%').parse().ok()?, rest)))
        .filter(|(weight, _)| *weight <= 100_u8);
    if let Some((_, rest)) = weight {
        before = rest;
    }
    Some(Row {
        before: before.join(" "),
        weight: weight.map(|(weight, _)| weight),
        from: date(words.get(at)?)?,
        to: date(words.get(at + 1)?)?,
        after: words.get(at + 2..)?.join(" "),
    })
}

fn is_code(word: &str) -> bool {
    word.split_once('_').is_some_and(|(year, rest)| {
        year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty()
    })
}

fn labelled(text: &str, labels: [&str; 3]) -> Option<[String; 3]> {
    let [one, two, three] = labels;
    let (a, rest) = text.strip_prefix(one)?.split_once(two)?;
    let (b, c) = rest.split_once(three)?;
    Some([a, b, c].map(|part| part.trim().to_owned()))
}

fn date(word: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(word, "%d/%m/%Y").ok()
}

fn expected(word: &str) -> Option<Expected> {
    if let Some(share) = word.strip_suffix('%') {
        let (whole, part) = share.split_once(',').unwrap_or((share, "0"));
        let part = match part.len() {
            1 => part.parse::<u32>().ok()?.checked_mul(10)?,
            2 => part.parse::<u32>().ok()?,
            _ => return None,
        };
        let value = whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)?;
        return Some(Expected::Share { value });
    }
    date(word).map(|day| Expected::Day { day })
}

#[cfg(test)]
mod tests;

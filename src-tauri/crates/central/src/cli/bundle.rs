// SPDX-License-Identifier: EUPL-1.2
//! `bundle`: exchange with desks by stick.

use super::arguments::Folder;
use super::{Failure, answer, open, when};
use clap::Subcommand;
use serde_json::{Value, json};
use sportello_central::{Central, CentralError};
use sportello_protocol::bundle::Opening;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum BundleCommand {
    /// Take in what a desk wrote to a stick. Again, in parts or in any order changes nothing more. Exit code 4 when the file
    /// is not whole or a log could not go on
    Import {
        #[command(flatten)]
        folder: Folder,
        /// The file
        file: PathBuf,
        /// Write the answer for that desk to this file: that its records are kept, and what it lacks
        #[arg(long, value_name = "FILE")]
        answer: Option<PathBuf>,
    },
    /// Write a file for desks: the directory, how far their logs are kept (signed), and the logs that each may read
    Export {
        #[command(flatten)]
        folder: Folder,
        /// Where to write it
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// For these desks only, by name or identifier; for all that are enrolled unless given
        #[arg(long = "for", value_name = "NAME")]
        desks: Vec<String>,
        /// Answer this file: only what the desk that made it lacks, for that desk
        #[arg(long, value_name = "FILE", conflicts_with = "desks")]
        after: Option<PathBuf>,
    },
}

pub(super) fn run(command: &BundleCommand, json: bool) -> Result<ExitCode, Failure> {
    match command {
        BundleCommand::Import {
            folder,
            file,
            answer: answer_to,
        } => import(&open(folder)?, file, answer_to.as_deref(), json),
        BundleCommand::Export {
            folder,
            out,
            desks,
            after,
        } => {
            let central = open(folder)?;
            let after = after
                .as_deref()
                .map(|path| read(path).and_then(|file| central.open_bundle(file)))
                .transpose()?;
            let (value, words) = write(&central, out, desks, after.as_ref())?;
            answer(json, &value, &words)
        }
    }
}

fn read(path: &Path) -> Result<BufReader<File>, CentralError> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|source| CentralError::File {
            path: path.to_owned(),
            source,
        })
}

fn import(central: &Central, file: &Path, answer_to: Option<&Path>, json: bool) -> Result<ExitCode, Failure> {
    let taken = central.take_bundle(read(file)?)?;
    let from = taken
        .from
        .as_ref()
        .map(|(desk, name)| json!({ "desk": desk.to_string(), "name": name }));
    let stopped: Vec<Value> = taken
        .stopped
        .iter()
        .map(|(log, code)| json!({ "desk": log.desk_id().to_string(), "topic": log.topic, "code": code }))
        .collect();
    let refused: Vec<Value> = taken
        .refused
        .iter()
        .map(|record| {
            let desk = record.log.desk_id().to_string();
            json!({ "desk": desk, "topic": record.log.topic, "seq": record.seq, "code": record.code })
        })
        .collect();
    let name = taken.from.as_ref().map_or("the centre", |(_, name)| name);
    let mut words = format!(
        "from {name}, made {}: {} records, {} of them new\n",
        when(taken.made_at),
        taken.records,
        taken.new
    );
    for (log, code) in &taken.stopped {
        writeln!(
            words,
            "not taken further: log {}/{}: {code}",
            log.desk_id(),
            log.topic
        )?;
    }
    for record in &taken.refused {
        writeln!(
            words,
            "kept and not accepted: log {}/{}, record {}: {}",
            record.log.desk_id(),
            record.log.topic,
            record.seq,
            record.code
        )?;
    }
    if !taken.whole {
        writeln!(
            words,
            "the file is not whole ({} parts damaged): what could be read was taken in; ask for a new one",
            taken.damaged
        )?;
    }
    let mut value = json!({
        "from": from, "made_at": taken.made_at, "records": taken.records, "new": taken.new, "whole": taken.whole,
        "damaged": taken.damaged, "stopped": stopped, "refused": refused,
    });
    if let Some(path) = answer_to {
        let opening = central.open_bundle(read(file)?)?;
        let (told, said) = write(central, path, &[], Some(&opening))?;
        value["answer"] = told;
        words.push_str(&said);
    }
    answer(json, &value, &words)?;
    Ok(if taken.whole && taken.stopped.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(4)
    })
}

/// Whole or not at all: a file of that name is there only once it is complete.
fn write(
    central: &Central,
    path: &Path,
    desks: &[String],
    after: Option<&Opening>,
) -> Result<(Value, String), CentralError> {
    let wrap = |source| CentralError::File {
        path: path.to_owned(),
        source,
    };
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".part");
    let unfinished = PathBuf::from(unfinished);
    let file = File::create(&unfinished).map_err(wrap)?;
    let done = central
        .write_bundle(BufWriter::new(file), desks, after)
        .and_then(|(written, out)| {
            let file = out.into_inner().map_err(|error| wrap(error.into_error()))?;
            file.sync_all().map_err(wrap)?;
            std::fs::rename(&unfinished, path).map_err(wrap)?;
            Ok(written)
        });
    let written = done.inspect_err(|_| {
        // What failed is told; that the rest of it could not be taken away adds nothing.
        let _ = std::fs::remove_file(&unfinished);
    })?;
    let value = json!({
        "file": path, "desks": written.desks, "records": written.records, "acknowledged": written.acknowledged,
    });
    let words = format!(
        "{}: {} records for {}; {} logs acknowledged",
        path.display(),
        written.records,
        written.desks.join(", "),
        written.acknowledged
    );
    Ok((value, words))
}

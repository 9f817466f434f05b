// SPDX-License-Identifier: EUPL-1.2
//! `bench peers`: one workload (20,000 records like a delivery, made offline, handed to an empty server, fetched by a fresh client) done
//! by others and by us, on this machine, one after the other.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::error::{Trouble, file};
use crate::pages;
use crate::process;
use crate::project::Project;
use crate::setup::{self, Purpose, npm};
use crate::steps::Steps;

const RECORDS: &str = "20000";
/// What our own line is called.
const OURS: &str = "Sportello";

/// One of the others: its script, and the packages that it needs.
struct Peer {
    name: &'static str,
    script: &'static str,
    packages: &'static [&'static str],
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "PouchDB",
        script: "pouchdb.mjs",
        packages: &["pouchdb@9", "pouchdb-server@4", "pouchdb-adapter-leveldb@7"],
    },
    // Its package fetches a program from a code host when it is installed, which a closed network does not reach.
    Peer {
        name: "cr-sqlite",
        script: "crsqlite.mjs",
        packages: &["@vlcn.io/crsqlite@0.16", "better-sqlite3@12"],
    },
];

/// What one of them came to.
#[derive(Debug)]
struct Figures {
    peer: String,
    /// Records a second, made durable one by one; pushed; pulled.
    rates: [Option<f64>; 3],
    /// Bytes a record on the wire, pushed and pulled.
    bytes: [Option<f64>; 2],
}

/// Runs all of them and prints the table.
pub fn bench(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    setup::prepare(project, Purpose::Test, steps)?;
    pages::build(project, steps)?;
    let mut lines = Vec::new();
    for peer in &PEERS {
        let folder = project
            .cache
            .join("peers")
            .join(peer.script.trim_end_matches(".mjs"));
        match install(&folder, peer) {
            Ok(()) => lines.extend(steps.step(peer.name, || run(project, &folder, peer))?),
            Err(why) => {
                steps.skip(peer.name, &format!("not available here: {why}"));
                lines.push(Figures {
                    peer: format!("{}: not available here", peer.name),
                    rates: [None; 3],
                    bytes: [None; 2],
                });
            }
        }
    }
    lines.extend(steps.step("ours, and the hand-made ideal", || {
        let mut cargo = project.cargo(&[
            "bench",
            "--locked",
            "--workspace",
            "--bench",
            "speed",
            "--",
            "peers",
        ]);
        figures(&mut cargo)
    })?);
    println!("\n{}", table(&lines));
    Ok(())
}

/// Installs what a peer needs, unless it is there already.
fn install(folder: &Path, peer: &Peer) -> Result<(), Trouble> {
    let done = folder.join("installed");
    let wanted = peer.packages.join(" ");
    if fs::read_to_string(&done).is_ok_and(|kept| kept == wanted) {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(file(folder))?;
    let manifest = folder.join("package.json");
    fs::write(&manifest, "{ \"name\": \"peers\", \"private\": true }\n").map_err(file(&manifest))?;
    println!("\n  installing {wanted} in {}", folder.display());
    let mut command = process::command(npm(), ["install", "--no-audit", "--no-fund", "--omit=optional"]);
    process::output(command.args(peer.packages).current_dir(folder))?;
    fs::write(&done, wanted).map_err(file(&done))
}

fn run(project: &Project, folder: &Path, peer: &Peer) -> Result<Vec<Figures>, Trouble> {
    let data = folder.join("data");
    if data.exists() {
        fs::remove_dir_all(&data).map_err(file(&data))?;
    }
    fs::create_dir_all(&data).map_err(file(&data))?;
    let script = project.root.join("tests/benches/peers").join(peer.script);
    let mut node = process::command("node", [script.as_os_str(), RECORDS.as_ref(), data.as_os_str()]);
    let found = figures(node.current_dir(folder));
    fs::remove_dir_all(&data).map_err(file(&data))?;
    found
}

/// Runs a program and reads the lines of its output that are figures.
fn figures(command: &mut std::process::Command) -> Result<Vec<Figures>, Trouble> {
    println!("  $ {}", process::shown(command));
    let output = process::output(command)?;
    let text = String::from_utf8_lossy(&output.stdout);
    let found: Vec<Figures> = text.lines().filter_map(read).collect();
    if found.is_empty() {
        return Err(Trouble::Rule(format!(
            "`{}` told no figures",
            process::shown(command)
        )));
    }
    Ok(found)
}

fn read(line: &str) -> Option<Figures> {
    let value: Value = serde_json::from_str(line).ok()?;
    let number = |name: &str| value.get(name).and_then(Value::as_f64);
    Some(Figures {
        peer: value.get("peer")?.as_str()?.to_owned(),
        rates: ["local", "push", "pull"].map(number),
        bytes: ["push_bytes", "pull_bytes"].map(number),
    })
}

/// A line for each, with ours as so many times theirs.
fn table(lines: &[Figures]) -> String {
    let row = |cells: [&str; 5]| {
        let [what, local, push, pull, wire] = cells;
        format!("{what:<34} {local:>19} {push:>12} {pull:>12}  {wire:>14}")
    };
    let ours = lines.iter().find(|line| line.peer == OURS);
    let mut rows = vec![row([
        "20,000 records",
        "durable, one by one",
        "push",
        "fresh pull",
        "wire B/record",
    ])];
    for line in lines {
        let rates = line
            .rates
            .map(|rate| rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}/s")));
        let [sent, received] = line
            .bytes
            .map(|bytes| bytes.map_or_else(|| "–".to_owned(), |bytes| format!("{bytes:.0}")));
        let wire = format!("{sent} / {received}");
        rows.push(row([&line.peer, &rates[0], &rates[1], &rates[2], &wire]));
        let Some(ours) = ours.filter(|ours| ours.peer != line.peer) else {
            continue;
        };
        let times = [0, 1, 2].map(|at| match (ours.rates[at], line.rates[at]) {
            (Some(ours), Some(theirs)) if theirs > 0.0 => format!("× {:.2}", ours / theirs),
            _ => "–".to_owned(),
        });
        if line.rates.iter().any(Option::is_some) {
            rows.push(row(["  ours beside it", &times[0], &times[1], &times[2], ""]));
        }
    }
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_lines_that_are_figures_are_read() {
        assert!(read("… push: 12/s").is_none());
        assert!(read("{\"what\": 1}").is_none());
        let found = read(r#"{"peer":"X","local":10.0,"push":20,"pull":30.5,"push_bytes":1}"#).unwrap();
        assert_eq!(found.rates, [Some(10.0), Some(20.0), Some(30.5)]);
        assert_eq!(found.bytes, [Some(1.0), None]);
    }

    #[test]
    fn ours_is_told_beside_each_and_what_is_not_there_says_so() {
        let line = |peer: &str, rate| Figures {
            peer: peer.into(),
            rates: [rate; 3],
            bytes: [None; 2],
        };
        let text = table(&[
            line("X", Some(50.0)),
            line("Y: not available here", None),
            line("Sportello", Some(100.0)),
        ]);
        assert!(text.contains("× 2.00"), "{text}");
        assert_eq!(text.matches("ours beside it").count(), 1, "{text}");
        assert!(text.contains("Y: not available here"), "{text}");
    }
}

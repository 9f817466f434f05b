// SPDX-License-Identifier: EUPL-1.2
//! House rules that no other tool checks: licence lines, no path of a build machine, a clean top level.

use std::path::Path;

use crate::error::{Trouble, file};
use crate::process;
use crate::project::Project;

/// Files of these kinds carry a licence line. JSON cannot; text documents and data need not.
const SOURCES: [&str; 15] = [
    "rs", "py", "ts", "mts", "js", "mjs", "css", "scss", "html", "toml", "sh", "yml", "ftl", "sql", "typ",
];
const LICENCE_LINE: &str = "SPDX-License-Identifier: EUPL-1.2";
/// The licence line stands among the first lines: after a `#!` or a document type.
const WITHIN_LINES: usize = 3;

/// Homes in examples: of a role, not of a person.
const NOBODY: [&str; 2] = ["operatore/", "supervisore/"];

/// What may stand at the top of the checkout, besides names that begin with a dot.
const TOP: [&str; 12] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "icons",
    "publiccode.yml",
    "src-tauri",
    "tests",
    "ui",
];

/// Checks every tracked file.
pub fn check(project: &Project) -> Result<(), Trouble> {
    let mut git = process::command(
        "git",
        ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    );
    let listed = process::output(git.current_dir(&project.root))?.stdout;
    let listed = String::from_utf8_lossy(&listed);
    let here = [
        std::env::var("HOME").unwrap_or_default(),
        project.root.to_string_lossy().into_owned(),
    ];
    let here: Vec<&str> = here
        .iter()
        .map(String::as_str)
        .filter(|path| path.len() > 1)
        .collect();

    let mut broken = Vec::new();
    let mut count = 0;
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let path = project.root.join(name);
        // Listed and gone: removed in the work tree and not committed yet.
        let Ok(meta) = path.symlink_metadata() else {
            continue;
        };
        broken.extend(out_of_place(name));
        if !meta.is_file() {
            continue;
        }
        count += 1;
        let bytes = std::fs::read(&path).map_err(file(&path))?;
        // A file that is not text has no lines to look at.
        if let Ok(text) = String::from_utf8(bytes) {
            broken.extend(without_licence_line(name, &text));
            broken.extend(with_machine_path(name, &text, &here));
        }
    }
    if broken.is_empty() {
        println!("  {count} files: licence lines, paths and places are right");
        return Ok(());
    }
    Err(Trouble::Rule(format!(
        "the house rules are broken {} times:\n  {}",
        broken.len(),
        broken.join("\n  ")
    )))
}

fn out_of_place(name: &str) -> Option<String> {
    let top = name.split('/').next().unwrap_or(name);
    let known = top.starts_with('.') || TOP.contains(&top);
    (!known).then(|| format!("{name}: nothing but the house's own folders stands at the top level"))
}

fn without_licence_line(name: &str, text: &str) -> Option<String> {
    let kind = Path::new(name)
        .extension()
        .and_then(|kind| kind.to_str())
        .unwrap_or_default();
    let is_source = SOURCES.contains(&kind) || text.starts_with("#!");
    let has_line = text
        .lines()
        .take(WITHIN_LINES)
        .any(|line| line.contains(LICENCE_LINE));
    (is_source && !text.is_empty() && !has_line)
        .then(|| format!("{name}: no line `{LICENCE_LINE}` at its top"))
}

/// A path of somebody's machine tells who built this, and works for nobody else.
fn with_machine_path(name: &str, text: &str, here: &[&str]) -> Option<String> {
    let (number, line) = text
        .lines()
        .enumerate()
        .find(|(_, line)| names_a_machine(line, here))?;
    Some(format!(
        "{name}:{}: a path of one machine: {}",
        number + 1,
        line.trim().chars().take(80).collect::<String>()
    ))
}

fn names_a_machine(line: &str, here: &[&str]) -> bool {
    // Written in two parts, so that this file does not accuse itself.
    let homes = [
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    let windows = concat!(r"C:\Us", r"ers\");
    let begins_a_path = |at: usize| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "_-.~/}$)*>".contains(c))
    };
    let stands = |path: &str| line.match_indices(path).any(|(at, _)| begins_a_path(at));
    let goes_on = |path: &str| {
        line.match_indices(path).any(|(at, _)| {
            let after = &line[at + path.len()..];
            let is_name = after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
            begins_a_path(at) && is_name && !NOBODY.iter().any(|name| after.starts_with(name))
        })
    };
    homes.iter().any(|home| goes_on(home))
        || line.contains(windows)
        || here
            .iter()
            .any(|path| stands(&format!("{}/", path.trim_end_matches('/'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "// SPDX-License-Identifier: EUPL-1.2\n";

    #[test]
    fn a_source_without_licence_line_is_named() {
        assert!(without_licence_line("a/b.rs", "fn main() {}\n").is_some());
        assert!(without_licence_line("a/b.rs", &format!("{LINE}fn main() {{}}\n")).is_none());
        assert!(without_licence_line("b.sh", "#!/bin/sh\n# SPDX-License-Identifier: EUPL-1.2\n").is_none());
        assert!(
            without_licence_line("run", "#!/bin/sh\necho\n").is_some(),
            "a script without an ending"
        );
        assert!(
            without_licence_line("b.rs", &format!("\n\n\n\n{LINE}")).is_some(),
            "too far down"
        );
        assert!(
            without_licence_line("b.rs", "// SPDX-License-Identifier: MIT\n").is_some(),
            "another licence"
        );
        assert!(
            without_licence_line("package.json", "{}").is_none(),
            "JSON has no comments"
        );
        assert!(without_licence_line("README.md", "# Hello").is_none());
        assert!(without_licence_line("empty.css", "").is_none());
    }

    #[test]
    fn a_path_of_one_machine_is_named_with_its_line() {
        let text = ["fine", concat!("let dir = \"/ho", "me/ada/sportello\";")].join("\n");
        let found = with_machine_path("x.rs", &text, &[]).unwrap_or_default();
        assert!(found.starts_with("x.rs:2:"), "{found}");
        for line in [
            concat!("see /ro", "ot/.cache"),
            concat!("(/wo", "rk/main)"),
            concat!("/Us", "ers/ada"),
            concat!(r"C:\Us", r"ers\ada"),
            "cd /srv/build/sportello/ui",
        ] {
            assert!(names_a_machine(line, &["/srv/build"]), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_such_a_path_is_left_alone() {
        for line in [
            "https://example.org/home/index.html",
            "src/home/page.ts",
            "~/work/x",
            "the network/work/leisure",
            "import '../home/oggi.js'",
            "/home/<user>/.cache",
            "/home/operatore/elenco.csv",
            "/srv/builder/x",
        ] {
            assert!(!names_a_machine(line, &["/srv/build"]), "{line}");
        }
    }

    #[test]
    fn the_top_level_stays_clean() {
        for name in [
            "Cargo.toml",
            "ui/src/main.ts",
            "tests/x.rs",
            ".ci/run",
            ".deny.toml",
            "icons/icon.svg",
        ] {
            assert_eq!(out_of_place(name), None);
        }
        assert!(out_of_place("notes.txt").is_some());
        assert!(out_of_place("scripts/x.sh").is_some());
    }
}

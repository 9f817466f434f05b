// SPDX-License-Identifier: EUPL-1.2
//! The pages in `ui/`: built when they are older than their sources.

use std::path::Path;
use std::time::SystemTime;

use crate::error::Trouble;
use crate::process;
use crate::project::Project;
use crate::setup::npm;
use crate::steps::Steps;

/// Beside these, nothing in `ui/` goes into the pages.
const NOT_SOURCES: [&str; 3] = ["dist", "node_modules", "coverage"];

/// Builds the pages unless what is built is newer than every source.
pub fn build(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    if is_fresh(&project.ui()) {
        steps.skip("pages", "they are newer than their sources");
        return Ok(());
    }
    steps.step("pages", || script(project, "build"))
}

/// Runs one script of `ui/package.json`.
pub fn script(project: &Project, name: &str) -> Result<(), Trouble> {
    process::run(process::command(npm(), ["run", "--silent", name]).current_dir(project.ui()))
}

fn is_fresh(ui: &Path) -> bool {
    let built = std::fs::metadata(ui.join("dist/index.html"))
        .and_then(|meta| meta.modified())
        .ok();
    built.is_some_and(|built| newest(ui, true).is_some_and(|newest| newest < built))
}

/// The latest change at or below `dir`.
fn newest(dir: &Path, is_top: bool) -> Option<SystemTime> {
    let entries = std::fs::read_dir(dir).ok()?;
    entries
        .filter_map(Result::ok)
        .filter(|entry| !(is_top && NOT_SOURCES.iter().any(|name| entry.file_name() == *name)))
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            // A folder's own time tells of files that were removed.
            let below = if meta.is_dir() {
                newest(&entry.path(), false)
            } else {
                None
            };
            below.max(meta.modified().ok())
        })
        .max()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::fs;
    use std::time::Duration;

    fn put(path: &Path, age: u64) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
        let time = SystemTime::now() - Duration::from_secs(age);
        fs::File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(time)
            .unwrap();
    }

    #[test]
    fn pages_are_built_anew_when_any_source_is_newer() {
        let ui = std::env::temp_dir().join(format!("sportello-xtask-pages-{}", std::process::id()));
        put(&ui.join("src/deep/page.ts"), 100);
        assert!(!is_fresh(&ui), "nothing is built yet");

        put(&ui.join("dist/index.html"), 0);
        let built = SystemTime::now() + Duration::from_secs(5);
        fs::File::options()
            .write(true)
            .open(ui.join("dist/index.html"))
            .unwrap()
            .set_modified(built)
            .unwrap();
        assert!(is_fresh(&ui));

        put(&ui.join("node_modules/lit/index.js"), 0);
        assert!(is_fresh(&ui), "packages have a list of their own");

        let page = ui.join("src/deep/page.ts");
        let later = SystemTime::now() + Duration::from_mins(1);
        fs::File::options()
            .write(true)
            .open(&page)
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert!(!is_fresh(&ui), "a source deep below is newer");
        fs::remove_dir_all(&ui).unwrap();
    }
}

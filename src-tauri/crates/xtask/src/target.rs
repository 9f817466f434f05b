// SPDX-License-Identifier: EUPL-1.2
//! The build folder is shared by all checkouts of a machine, so that a fresh clone builds in seconds. Cargo tells what is up
//! to date by the times of files alone: a second checkout whose files are older than the first one's results would run the
//! other's programs. Whoever comes from another checkout therefore has this workspace's own packages built anew; what they
//! depend on stays.

use std::path::Path;

use crate::error::{Trouble, file};
use crate::project::Project;

/// Says in the build folder which checkout its results are of.
const OWNER: &str = "sportello-checkout";
/// What the names of this workspace's packages begin with.
const OWN: [&str; 2] = ["sportello", "xtask"];

/// Makes sure that what lies in the build folder is taken for this checkout's only where it is.
pub fn claim(project: &Project) -> Result<(), Trouble> {
    std::fs::create_dir_all(&project.target).map_err(file(&project.target))?;
    let note = project.target.join(OWNER);
    let owner = project.root.to_string_lossy();
    if std::fs::read_to_string(&note).is_ok_and(|said| said == owner) {
        return Ok(());
    }
    for profile in ["debug", "release"] {
        forget_own(&project.target.join(profile).join(".fingerprint"))?;
    }
    std::fs::write(&note, owner.as_bytes()).map_err(file(&note))
}

/// Has cargo build this workspace's packages again.
fn forget_own(fingerprints: &Path) -> Result<(), Trouble> {
    let Ok(entries) = std::fs::read_dir(fingerprints) else {
        // Nothing was built yet.
        return Ok(());
    };
    for entry in entries {
        let path = entry.map_err(file(fingerprints))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if OWN.iter().any(|own| name.starts_with(own)) {
            std::fs::remove_dir_all(&path).map_err(file(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_checkout_has_its_own_packages_built_anew_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let project = |name: &str| Project {
            root: dir.path().join(name),
            cache: dir.path().to_owned(),
            target: dir.path().join("target"),
        };
        let kept = dir.path().join("target/debug/.fingerprint/serde-1");
        let own = dir.path().join("target/debug/.fingerprint/sportello-desk-2");
        let built = || {
            std::fs::create_dir_all(&kept).unwrap();
            std::fs::create_dir_all(&own).unwrap();
        };
        built();
        // Whose they are was never said.
        claim(&project("first")).unwrap();
        assert!(kept.exists() && !own.exists());
        built();
        claim(&project("first")).unwrap();
        assert!(own.exists(), "the same checkout again");
        claim(&project("second")).unwrap();
        assert!(kept.exists() && !own.exists());
    }
}

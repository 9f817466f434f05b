// SPDX-License-Identifier: EUPL-1.2
//! The reference against which our tax codes are tested: python-codicefiscale, in an environment of its own.

use crate::error::{Trouble, file};
use crate::process;
use crate::project::Project;

const REFERENCE: &str = "python-codicefiscale==0.12.1";

/// Whether the reference answers.
pub fn has_reference(project: &Project) -> bool {
    process::answers(
        &project.python().to_string_lossy(),
        &["-c", "import codicefiscale.codicefiscale"],
    )
}

/// Makes the environment and puts the reference in it.
pub fn install(project: &Project) -> Result<(), Trouble> {
    let dir = project.cache.join("python");
    if dir.exists() {
        // It is there and does not answer: made by a Python that is gone, or half made.
        std::fs::remove_dir_all(&dir).map_err(file(&dir))?;
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    process::run(process::command(python, ["-m", "venv"]).arg(&dir))?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        REFERENCE,
    ];
    process::run(&mut process::command(&project.python().to_string_lossy(), pip))
}

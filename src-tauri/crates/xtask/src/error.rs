// SPDX-License-Identifier: EUPL-1.2
//! What can stop an errand, each as a sentence that says what to do.

use std::path::PathBuf;

/// Why an errand stopped. `Display` is what the person reads.
#[derive(Debug)]
pub enum Trouble {
    /// The command line was not understood.
    Usage(String),
    /// Something that the errand needs is not on this machine and cannot be put there by itself.
    Missing(String),
    /// A program ended with a failure; its own words stand above.
    Failed {
        /// The command as typed.
        command: String,
        /// How it ended.
        status: String,
    },
    /// A program could not be started at all.
    NotStarted {
        /// The command as typed.
        command: String,
        /// Why.
        cause: std::io::Error,
    },
    /// A file could not be read or written.
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// One of the project's own rules is broken.
    Rule(String),
    /// A named step failed.
    Step {
        /// The step's name.
        name: String,
        /// What happened in it.
        cause: Box<Trouble>,
    },
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usage(text) => write!(f, "{text}\nTry `cargo xtask help`."),
            Self::Missing(text) | Self::Rule(text) => write!(f, "{text}"),
            Self::Failed { command, status } => write!(f, "`{command}` failed ({status})."),
            Self::NotStarted { command, cause } => write!(f, "`{command}` could not be started: {cause}."),
            Self::File { path, cause } => write!(f, "{}: {cause}.", path.display()),
            Self::Step { name, cause } => write!(f, "stopped at the step \"{name}\": {cause}"),
        }
    }
}

impl std::error::Error for Trouble {}

/// Ties an I/O error to the file it is about.
pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Trouble {
    let path = path.into();
    move |cause| Trouble::File { path, cause }
}

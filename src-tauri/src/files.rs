// SPDX-License-Identifier: EUPL-1.2
//! Papers on their way out: opened with the system's viewer, sent to the printer, saved where the person chooses.
//!
//! What is opened or printed has to stand unencrypted on disk for a moment: in a directory that only this user reads,
//! cleared at log-out, at the end and at the next start.

use base64::Engine;
use sportello_desk::view::FileView;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Why a paper did not come out. The record it was made from is safe, and it can be asked for again.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The content is not what it should be.
    #[error("the document's content cannot be read")]
    Content,
    /// The disk.
    #[error("the document cannot be written")]
    Io(#[from] std::io::Error),
    /// No program shows it.
    #[error("no program opens the document")]
    NoViewer,
    /// The printer did not take it.
    #[error("the printer did not take the document")]
    NoPrinter,
}

impl PaperError {
    /// Code of the error catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Content => "paper_content",
            Self::Io(_) => "paper_io",
            Self::NoViewer => "paper_no_viewer",
            Self::NoPrinter => "paper_no_printer",
        }
    }
}

/// The directory of papers on their way out.
#[derive(Debug)]
pub struct Papers(PathBuf);

impl Papers {
    /// Papers of the desk in `home`; what an earlier run left is cleared.
    pub fn new(home: &Path) -> Self {
        let papers = Self(home.join("papers"));
        papers.clear();
        papers
    }

    /// Clears away what was opened or printed.
    pub fn clear(&self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "papers could not be cleared away");
        }
    }

    fn put(&self, file: &FileView) -> Result<PathBuf, PaperError> {
        std::fs::create_dir_all(&self.0)?;
        private(&self.0)?;
        let path = self.0.join(safe_name(&file.name));
        write(&path, &content(file)?)?;
        Ok(path)
    }

    /// Opens a paper with the system's viewer, or with the program that `SPORTELLO_VIEWER` names.
    pub fn open(&self, file: &FileView) -> Result<(), PaperError> {
        let path = self.put(file)?;
        let started = match std::env::var_os("SPORTELLO_VIEWER") {
            Some(viewer) => Command::new(viewer).arg(&path).spawn(),
            None if cfg!(windows) => Command::new("cmd").args(["/C", "start", ""]).arg(&path).spawn(),
            None if cfg!(target_os = "macos") => Command::new("open").arg(&path).spawn(),
            None => Command::new("xdg-open").arg(&path).spawn(),
        };
        started.map(drop).map_err(|_| PaperError::NoViewer)
    }

    /// Sends a paper to the system's default printer, or to the program that `SPORTELLO_PRINTER` names.
    pub fn print(&self, file: &FileView) -> Result<(), PaperError> {
        let path = self.put(file)?;
        let ended = match std::env::var_os("SPORTELLO_PRINTER") {
            Some(printer) => Command::new(printer).arg(&path).status(),
            None if cfg!(windows) => Command::new("powershell")
                .args([
                    "-NoProfile",
                    "-Command",
                    "Start-Process",
                    "-Verb",
                    "Print",
                    "-FilePath",
                ])
                .arg(&path)
                .status(),
            None => Command::new("lp").arg(&path).status(),
        };
        match ended {
            Ok(status) if status.success() => Ok(()),
            _ => Err(PaperError::NoPrinter),
        }
    }
}

/// Writes a paper where the person chose.
pub fn save(path: &Path, file: &FileView) -> Result<(), PaperError> {
    Ok(write(path, &content(file)?)?)
}

fn content(file: &FileView) -> Result<Vec<u8>, PaperError> {
    base64::engine::general_purpose::STANDARD
        .decode(&file.content)
        .map_err(|_| PaperError::Content)
}

/// Whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The last part of a name, with nothing in it that a file system could take for something else.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let clean = clean.trim_start_matches('.');
    if clean.is_empty() {
        "documento".to_owned()
    } else {
        clean.to_owned()
    }
}

#[cfg(unix)]
fn private(directory: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(directory, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_directory() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("..\\ricevuta Q1.pdf"), "ricevuta_Q1.pdf");
        assert_eq!(safe_name("..."), "documento");
        assert_eq!(safe_name(".profile"), "profile");
    }

    #[test]
    fn papers_are_cleared_away() {
        let home = tempfile::tempdir().unwrap();
        let papers = Papers::new(home.path());
        let file = FileView {
            name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            content: "JVBERg==".into(),
            language: sportello_desk::query::Language::It,
        };
        let path = papers.put(&file).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"%PDF");
        papers.clear();
        assert!(!path.exists());
        let broken = FileView {
            content: "*".into(),
            ..file
        };
        assert!(matches!(papers.put(&broken), Err(PaperError::Content)));
    }
}

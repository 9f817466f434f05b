// SPDX-License-Identifier: EUPL-1.2
//! Where the desk is, who logs in, and with which passphrase.

use crate::args::Global;
use crate::failure::Failure;
use sportello_desk::query::Language;
use sportello_desk::{Desk, Home, Ports, Session};
use sportello_domain::command::Passphrase;
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The identifier under which the window keeps its data too (`tauri.conf.json`).
const APPLICATION: &str = "it.sportello.desk";

/// Whether the command itself reads standard input: then no passphrase can come from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandardInput {
    /// Free for a passphrase.
    Free,
    /// Read by the command.
    Taken,
}

/// The desk's directory.
pub fn home(global: &Global) -> Result<Home, Failure> {
    let directory = match &global.dir {
        Some(directory) => directory.clone(),
        None => dirs::data_local_dir()
            .ok_or(Failure::DirectoryMissing)?
            .join(APPLICATION),
    };
    Ok(Home::new(directory))
}

/// The language to speak: the one asked for, or else the desk's.
pub fn language(global: &Global) -> Language {
    let own = || {
        home(global)
            .ok()
            .and_then(|home| home.settings().ok().flatten())
            .map(|settings| settings.language)
    };
    global.lang.map(Language::from).or_else(own).unwrap_or_default()
}

/// Logs in.
pub fn login(global: &Global, input: StandardInput) -> Result<(Arc<Desk>, Session), Failure> {
    let (desk, session, _) = login_with(global, input)?;
    Ok((desk, session))
}

/// Logs in, and gives the passphrase that did it.
pub fn login_with(
    global: &Global,
    input: StandardInput,
) -> Result<(Arc<Desk>, Session, Passphrase), Failure> {
    let home = enrolled(global)?;
    let username = username(global)?;
    let passphrase = passphrase(global, input)?;
    let (desk, session) = Desk::login(&home, Ports::system(), &username, &passphrase.0)?;
    let language = global.lang.map_or(desk.settings().language, Language::from);
    Ok((desk, session.speaking(language), passphrase))
}

/// The desk's directory, in which there is a desk: looked at before anything is asked for.
pub fn enrolled(global: &Global) -> Result<Home, Failure> {
    let home = home(global)?;
    if home.settings()?.is_none() {
        return Err(sportello_desk::DeskError::plain("not_enrolled").into());
    }
    Ok(home)
}

/// Who logs in: as given, or asked on the terminal.
pub fn username(global: &Global) -> Result<String, Failure> {
    if let Some(username) = &global.username {
        return Ok(username.clone());
    }
    if std::io::stdin().is_terminal() {
        eprint_prompt("Username: ")?;
        if let Some(typed) =
            first_line(&mut std::io::stdin().lock())?.filter(|typed| !typed.trim().is_empty())
        {
            return Ok(typed.trim().to_owned());
        }
    }
    Err(Failure::UsernameMissing)
}

/// The passphrase of whoever logs in.
pub fn passphrase(global: &Global, input: StandardInput) -> Result<Passphrase, Failure> {
    given(
        global.passphrase_file.as_deref(),
        "SPORTELLO_PASSPHRASE",
        "Passphrase: ",
        input,
    )?
    .ok_or(Failure::PassphraseMissing)
}

/// The desk's recovery key.
pub fn recovery_key(file: Option<&Path>) -> Result<Passphrase, Failure> {
    given(
        file,
        "SPORTELLO_RECOVERY_KEY",
        "Recovery key: ",
        StandardInput::Free,
    )?
    .ok_or(Failure::RecoveryKeyMissing)
}

/// A passphrase that is being chosen: typed twice where it is typed.
pub fn new_passphrase(
    file: Option<&Path>,
    variable: &str,
    input: StandardInput,
) -> Result<Passphrase, Failure> {
    let first = given(file, variable, "New passphrase: ", input)?.ok_or(Failure::PassphraseMissing)?;
    let typed = file.is_none() && std::env::var_os(variable).is_none() && std::io::stdin().is_terminal();
    if typed && rpassword::prompt_password("The same again: ")? != first.0 {
        return Err(Failure::PassphrasesDiffer);
    }
    Ok(first)
}

/// Something secret: from a file, the environment, the terminal or standard input; none when nobody gives it.
fn given(
    file: Option<&Path>,
    variable: &str,
    prompt: &str,
    input: StandardInput,
) -> Result<Option<Passphrase>, Failure> {
    if let Some(path) = file {
        let failed = |source| Failure::File {
            path: path.to_owned(),
            source,
        };
        let mut reader = std::io::BufReader::new(std::fs::File::open(path).map_err(failed)?);
        return Ok(first_line(&mut reader).map_err(failed)?.map(Passphrase));
    }
    if let Ok(value) = std::env::var(variable) {
        return Ok(Some(Passphrase(value)));
    }
    let terminal = std::io::stdin().is_terminal();
    let typed = match (terminal, input) {
        (true, _) => Some(rpassword::prompt_password(prompt)?),
        (false, StandardInput::Free) => first_line(&mut std::io::stdin().lock())?,
        (false, StandardInput::Taken) => None,
    };
    Ok(typed.filter(|typed| !typed.is_empty()).map(Passphrase))
}

/// The first line without its end; none when there is nothing at all.
fn first_line(reader: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn eprint_prompt(prompt: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = std::io::stderr();
    write!(out, "{prompt}")?;
    out.flush()
}

/// Reads a whole file of the caller's.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::File {
        path: path.to_owned(),
        source,
    })
}

/// Writes a file whole or not at all; only its owner may read it, for it may speak of people.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let write = || -> std::io::Result<()> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map_or(PathBuf::from("."), Path::to_owned);
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| Failure::File {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_line_loses_its_end_and_nothing_else() {
        let line = |text: &str| first_line(&mut text.as_bytes()).unwrap();
        assert_eq!(line(" una frase \r\naltro"), Some(" una frase ".into()));
        assert_eq!(line("una frase"), Some("una frase".into()));
        assert_eq!(line("\n"), Some(String::new()));
        assert_eq!(line(""), None);
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(read_file(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_file(&folder.path().join("none/a.csv"), b"x").is_err());
    }
}

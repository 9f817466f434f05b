// SPDX-License-Identifier: EUPL-1.2
//! Why something was not done: a code for scripts, an exit code, a sentence for people.

use sportello_central::CentralError;
use sportello_desk::DeskError;
use sportello_desk::query::Language;
use sportello_desk::view::Problem;
use sportello_protocol::bundle::BundleError;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the exit code says. The numbers are promised in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Refused by a rule.
    Refused = 1,
    /// Not understood.
    Usage = 2,
    /// Not let in.
    Login = 3,
    /// No desk, or its file cannot be used.
    File = 4,
    /// The exchange did not go through.
    Exchange = 5,
    /// Verification found faults.
    Faults = 6,
    /// This desk may not write any more.
    Stopped = 7,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The desk says no.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The centre of a demonstration.
    #[error(transparent)]
    Central(#[from] CentralError),
    /// Serving as relay.
    #[error(transparent)]
    Relay(#[from] sportello_relay::RelayError),
    /// JSON that is none, or not what is asked for.
    #[error("the JSON cannot be read: {0}")]
    Json(String),
    /// A file of the caller's.
    #[error("{path} cannot be read or written: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard output or input.
    #[error("standard input or output cannot be used: {0}")]
    Stream(#[from] io::Error),
    /// Nobody said who logs in.
    #[error("no username was given")]
    UsernameMissing,
    /// Nobody gave the passphrase.
    #[error("no passphrase was given")]
    PassphraseMissing,
    /// Nobody gave the recovery key.
    #[error("no recovery key was given")]
    RecoveryKeyMissing,
    /// The two passphrases typed are different.
    #[error("the two passphrases typed are different")]
    PassphrasesDiffer,
    /// This system has no place for application data.
    #[error("no directory was given")]
    DirectoryMissing,
    /// None of this name, or none named although there are several.
    #[error("no such {what}: {asked:?}; there are: {known}")]
    NotNamed {
        /// Campaign, site.
        what: &'static str,
        /// What was asked for; empty when nothing was.
        asked: String,
        /// What there is.
        known: String,
    },
    /// The list bears no date.
    #[error("the list bears no date")]
    IssuedMissing,
    /// The list cannot be taken in; what is to be said of it.
    #[error("the list cannot be taken in: {0}")]
    NotApplicable(String),
    /// Some logs could not go on; the codes.
    #[error("not everything was exchanged: {0}")]
    Troubled(String),
    /// It never became quiet.
    #[error("records keep coming")]
    NeverQuiet,
    /// Verification found faults.
    #[error("{0} faults")]
    Faults(usize),
    /// Lines of a script failed; how many, and what the first one says.
    #[error("{count} lines failed")]
    Lines {
        /// How many.
        count: u64,
        /// The exit code of the first one.
        exit: Exit,
    },
    /// The directory holds something else.
    #[error("{0} holds something else than a demonstration: nothing was touched")]
    NotADemo(PathBuf),
    /// The demonstration's day is not one of its campaign.
    #[error("the day of a demonstration lies between 2021-01-02 and 2021-04-30")]
    DemoDay,
    /// A part of a demonstration ended unexpectedly.
    #[error("the demonstration could not be made: {0}")]
    Demo(String),
}

impl Failure {
    /// A code that never changes.
    pub fn code(&self) -> String {
        match self {
            Self::Desk(error) => return error.code(),
            Self::Central(_) => "central",
            Self::Relay(_) => "relay_cannot_listen",
            Self::Json(_) => "malformed_json",
            Self::File { .. } => "file",
            Self::Stream(_) => "stream",
            Self::UsernameMissing => "username_missing",
            Self::PassphraseMissing => "passphrase_missing",
            Self::RecoveryKeyMissing => "recovery_key_missing",
            Self::PassphrasesDiffer => "passphrases_differ",
            Self::DirectoryMissing => "directory_missing",
            Self::NotNamed { .. } => "not_named",
            Self::IssuedMissing => "issued_missing",
            Self::NotApplicable(_) => "not_applicable",
            Self::Troubled(_) => "not_everything_exchanged",
            Self::NeverQuiet => "never_quiet",
            Self::Faults(_) => "faults_found",
            Self::Lines { .. } => "lines_failed",
            Self::NotADemo(_) => "not_a_demonstration",
            Self::DemoDay => "demonstration_day",
            Self::Demo(_) => "demonstration",
        }
        .to_owned()
    }

    /// What the exit code says.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Desk(error) => exit_of(error),
            Self::Json(_)
            | Self::File { .. }
            | Self::Stream(_)
            | Self::UsernameMissing
            | Self::DirectoryMissing
            | Self::NotNamed { .. }
            | Self::IssuedMissing
            | Self::NotADemo(_)
            | Self::DemoDay => Exit::Usage,
            Self::PassphraseMissing | Self::RecoveryKeyMissing | Self::PassphrasesDiffer => Exit::Login,
            Self::NotApplicable(_) => Exit::Refused,
            Self::Central(_) | Self::Demo(_) => Exit::File,
            Self::Troubled(_) | Self::NeverQuiet | Self::Relay(_) => Exit::Exchange,
            Self::Faults(_) => Exit::Faults,
            Self::Lines { exit, .. } => *exit,
        }
    }

    /// What happened, what was kept, what to do.
    pub fn problem(&self, language: Language) -> Problem {
        let say = |it: String, en: String| Problem {
            code: self.code(),
            message: match language {
                Language::It => it,
                Language::En => en,
            },
        };
        let plain = |it: &str, en: &str| say(it.to_owned(), en.to_owned());
        match self {
            Self::Desk(error) => error.problem(language),
            Self::Relay(_) => DeskError::plain("relay_cannot_listen").problem(language),
            Self::Central(error) => say(format!("Il centro: {error}."), format!("The centre: {error}.")),
            Self::Json(detail) => say(
                format!(
                    "Il JSON non si può leggere: {detail}. Non è stato fatto nulla; `sportelloctl schema` descrive che cosa è atteso."
                ),
                format!(
                    "The JSON cannot be read: {detail}. Nothing was done; `sportelloctl schema` describes what is expected."
                ),
            ),
            Self::File { path, source } => say(
                format!("{} non si può leggere o scrivere: {source}.", path.display()),
                format!("{} cannot be read or written: {source}.", path.display()),
            ),
            Self::Stream(source) => say(
                format!(
                    "L'ingresso o l'uscita standard non si può usare: {source}. Ciò che era già confermato resta."
                ),
                format!(
                    "Standard input or output cannot be used: {source}. What was confirmed before stays."
                ),
            ),
            Self::UsernameMissing => plain(
                "Manca il nome utente: indicarlo con --username o SPORTELLO_USERNAME.",
                "The username is missing: give it with --username or SPORTELLO_USERNAME.",
            ),
            Self::PassphraseMissing => plain(
                "Manca la frase d'accesso: indicarla con --passphrase-file o SPORTELLO_PASSPHRASE.",
                "The passphrase is missing: give it with --passphrase-file or SPORTELLO_PASSPHRASE.",
            ),
            Self::RecoveryKeyMissing => plain(
                "Manca la chiave di recupero: indicarla con --recovery-key-file o SPORTELLO_RECOVERY_KEY.",
                "The recovery key is missing: give it with --recovery-key-file or SPORTELLO_RECOVERY_KEY.",
            ),
            Self::PassphrasesDiffer => plain(
                "Le due frasi scritte sono diverse: non è stato cambiato nulla, riprovare.",
                "The two passphrases typed are different: nothing was changed, try again.",
            ),
            Self::DirectoryMissing => plain(
                "Manca la cartella: indicarla con --dir o SPORTELLO_DIR.",
                "The directory is missing: give it with --dir or SPORTELLO_DIR.",
            ),
            Self::NotNamed { what, asked, known } => {
                let (it, known) = (italian(what), if known.is_empty() { "–" } else { known });
                if asked.is_empty() {
                    say(
                        format!("Indicare quale {it}, con --{what}. Ci sono: {known}."),
                        format!("Say which {what}, with --{what}. There are: {known}."),
                    )
                } else {
                    say(
                        format!("«{asked}» non corrisponde a nessuna {it}. Ci sono: {known}."),
                        format!("There is no {what} \"{asked}\". There are: {known}."),
                    )
                }
            }
            Self::IssuedMissing => plain(
                "L'elenco non porta una data: indicarla con --issued. Non è stato importato nulla.",
                "The list bears no date: give it with --issued. Nothing was imported.",
            ),
            Self::NotApplicable(notices) => say(
                format!("L'elenco non si può importare: {notices} Non è stato importato nulla."),
                format!("The list cannot be imported: {notices} Nothing was imported."),
            ),
            Self::Troubled(codes) => say(
                format!(
                    "Non tutto è stato scambiato con il centro ({codes}). Il resto è passato; nulla è andato perso."
                ),
                format!(
                    "Not everything was exchanged with the centre ({codes}). The rest went through; nothing was lost."
                ),
            ),
            Self::NeverQuiet => plain(
                "Continuano ad arrivare dati: lo scambio non è finito. Riprovare più tardi.",
                "Records keep coming: the exchange has not come to an end. Try again later.",
            ),
            Self::Faults(count) => say(
                format!(
                    "La verifica ha trovato {count} difetti: non usare questa postazione e chiamare l'assistenza. I dati non sono stati toccati."
                ),
                format!(
                    "Verification found {count} faults: do not use this desk and call support. The data was not touched."
                ),
            ),
            Self::Lines { count, .. } => say(
                format!("{count} righe non sono riuscite; le altre sono state fatte."),
                format!("{count} lines failed; the others were done."),
            ),
            Self::NotADemo(path) => say(
                format!(
                    "{} contiene altro che una dimostrazione: non è stato toccato nulla, scegliere un'altra cartella.",
                    path.display()
                ),
                format!(
                    "{} holds something else than a demonstration: nothing was touched, choose another directory.",
                    path.display()
                ),
            ),
            Self::DemoDay => plain(
                "Il giorno della dimostrazione è fra il 02/01/2021 e il 30/04/2021.",
                "The day of the demonstration lies between 2021-01-02 and 2021-04-30.",
            ),
            Self::Demo(detail) => say(
                format!("La dimostrazione non è stata fatta: {detail}. Ripetere il comando la rifà da capo."),
                format!("The demonstration was not made: {detail}. The same command makes it anew."),
            ),
        }
    }
}

fn italian(what: &str) -> &str {
    match what {
        "campaign" => "campagna",
        "site" => "sede",
        "desk" => "postazione",
        other => other,
    }
}

/// What an exit code says of the desk's error.
fn exit_of(error: &DeskError) -> Exit {
    let code = error.code();
    match error {
        DeskError::Rejected(_) | DeskError::List(_) | DeskError::Table(_) | DeskError::Document(_) => {
            Exit::Refused
        }
        DeskError::Stopped(_) => Exit::Stopped,
        DeskError::Key(_) => match code.as_str() {
            "no_slot" | "wrong_passphrase" | "not_a_recovery_key" | "wrong_recovery_key" => Exit::Login,
            _ => Exit::File,
        },
        // The file cannot be read or written at all; or it cannot be used.
        DeskError::Bundle(BundleError::Io(_)) => Exit::Usage,
        DeskError::Bundle(_) => Exit::Refused,
        DeskError::Exchange(_) | DeskError::Transport(_) => {
            if code == "local" {
                Exit::File
            } else {
                Exit::Exchange
            }
        }
        DeskError::Store(_) => {
            if code == "restored" {
                Exit::Stopped
            } else {
                Exit::File
            }
        }
        DeskError::Io(_) | DeskError::Json(_) => Exit::File,
        DeskError::Plain { .. } => match code.as_str() {
            "unknown_operator" | "operator_barred" | "passphrase_too_short" | "passphrase_wait" => {
                Exit::Login
            }
            "not_enrolled" | "interrupted" => Exit::File,
            "relay_unreachable" | "relay_refuses" | "relay_wrong" | "relay_cannot_listen" => Exit::Exchange,
            _ => Exit::Refused,
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use sportello_domain::refusal::Rejection;

    #[test]
    fn exit_codes_are_those_that_help_promises() {
        let exit = |error: DeskError| Failure::from(error).exit() as u8;
        assert_eq!(exit(Rejection::ReasonMissing.into()), 1);
        assert_eq!(Failure::Json(String::new()).exit() as u8, 2);
        assert_eq!(exit(DeskError::plain("operator_barred")), 3);
        assert_eq!(exit(DeskError::plain("not_enrolled")), 4);
        assert_eq!(Failure::NeverQuiet.exit() as u8, 5);
        assert_eq!(Failure::Faults(1).exit() as u8, 6);
        assert_eq!(exit(DeskError::Stopped("fork".into())), 7);
    }

    #[test]
    fn every_sentence_is_said_in_both_languages() {
        let path = PathBuf::from("x");
        let failures = [
            Failure::Json("x".into()),
            Failure::File {
                path: path.clone(),
                source: io::ErrorKind::NotFound.into(),
            },
            Failure::Stream(io::ErrorKind::BrokenPipe.into()),
            Failure::UsernameMissing,
            Failure::PassphraseMissing,
            Failure::RecoveryKeyMissing,
            Failure::PassphrasesDiffer,
            Failure::DirectoryMissing,
            Failure::NotNamed {
                what: "campaign",
                asked: String::new(),
                known: "a".into(),
            },
            Failure::NotNamed {
                what: "site",
                asked: "Q9".into(),
                known: "a".into(),
            },
            Failure::IssuedMissing,
            Failure::NotApplicable("x".into()),
            Failure::Troubled("x".into()),
            Failure::NeverQuiet,
            Failure::Faults(2),
            Failure::Lines {
                count: 2,
                exit: Exit::Refused,
            },
            Failure::NotADemo(path),
            Failure::DemoDay,
            Failure::Demo("x".into()),
        ];
        for failure in failures {
            let (it, en) = (failure.problem(Language::It), failure.problem(Language::En));
            assert_eq!(it.code, en.code);
            assert_ne!(it.message, en.message);
            assert!(it.message.ends_with('.') && en.message.ends_with('.'), "{it:?}");
        }
    }
}

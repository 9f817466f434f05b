// SPDX-License-Identifier: EUPL-1.2
//! First starts that fail: told why, nothing left behind, and the next one succeeds.

use sportello_central::NewDesk;
use sportello_desk::{DeskError, Home, enrol_over};
use sportello_domain::command::Passphrase;
use sportello_domain::office::Role;
use sportello_sync::{HttpOptions, HttpTransport, Proxy};
use sportello_tests::listener::Impostor;
use sportello_tests::office::WORK_FACTOR;
use sportello_tests::told::code_told;
use sportello_tests::{DeskClock, Office, Wire};

/// A computer on which the first start is tried again and again.
struct Computer<'a> {
    office: &'a Office,
    clock: DeskClock,
    folder: tempfile::TempDir,
    wire: Wire,
}

impl<'a> Computer<'a> {
    fn new(office: &'a Office) -> Self {
        Self::at(office, &office.url)
    }

    fn at(office: &'a Office, url: &str) -> Self {
        let options = HttpOptions {
            url: url.into(),
            proxy: Proxy::None,
            ..HttpOptions::default()
        };
        let wire = Wire::new(HttpTransport::new(&options, None).unwrap());
        Self {
            office,
            clock: DeskClock::new(&office.time),
            folder: tempfile::tempdir().unwrap(),
            wire,
        }
    }

    fn home(&self) -> Home {
        Home::new(self.folder.path().join("desk"))
    }

    async fn start(&self, code: &str, passphrase: &str) -> Result<(), DeskError> {
        let mut request = self.office.request("Q1-A", code, Role::Operator);
        request.passphrase = Passphrase(passphrase.into());
        enrol_over(
            &self.home(),
            self.clock.ports(),
            &request,
            &self.wire,
            Some(WORK_FACTOR),
        )
        .await
        .map(|_| ())
    }

    /// The code with which a first start fails. Nothing of a desk is there afterwards.
    async fn fails(&self, code: &str) -> String {
        let error = self.start(code, "una frase lunga").await.unwrap_err();
        assert_eq!(self.home().settings().unwrap(), None);
        assert!(!self.home().database().exists());
        code_told(&error)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_do_not_hold() {
    let office = Office::open().await;
    let new = NewDesk::new("Q1", "Q1-A");
    let old = office.invite(&new).code.to_string();
    let code = office.invite(&new).code.to_string();
    let computer = Computer::new(&office);
    assert_eq!(computer.fails("").await, "code_mistyped");
    assert_eq!(computer.fails("non è un codice").await, "code_mistyped");
    // One character wrong is noticed here already, and nothing is sent.
    let last = code.chars().last().unwrap();
    let mistyped = format!(
        "{}{}",
        &code[..code.len() - 1],
        if last == '7' { '8' } else { '7' }
    );
    assert_eq!(computer.fails(&mistyped).await, "code_mistyped");
    assert_eq!(computer.wire.carried(), 0);
    assert_eq!(
        computer.fails(&old).await,
        "code_unknown",
        "a newer one was given out"
    );
    // Written otherwise it is the same code.
    let weak = computer.start(&code, "corta").await.unwrap_err();
    assert_eq!(code_told(&weak), "passphrase_too_short");
    computer
        .start(
            &format!(" {} ", code.to_lowercase().replace('-', " ")),
            "una frase lunga",
        )
        .await
        .unwrap();
    let again = computer.start(&code, "una frase lunga").await.unwrap_err();
    assert_eq!(code_told(&again), "already_enrolled");
    assert_eq!(Computer::new(&office).fails(&code).await, "code_used");

    let code = office.invite(&NewDesk::new("Q1", "Q1-B")).code.to_string();
    office.time.pass_minutes(49 * 60);
    assert_eq!(Computer::new(&office).fails(&code).await, "code_expired");
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_lost_is_asked_for_again_with_the_same_code() {
    let office = Office::open().await;
    let code = office.invite(&NewDesk::new("Q1", "Q1-A")).code.to_string();
    let computer = Computer::new(&office);
    computer.wire.set_plugged(false);
    assert_eq!(computer.fails(&code).await, "unreachable");
    computer.wire.set_plugged(true);
    computer.wire.set_losing_answers(true);
    assert_eq!(computer.fails(&code).await, "interrupted");
    // Somebody else who read the code cannot use it any more.
    assert_eq!(Computer::new(&office).fails(&code).await, "code_used");
    computer.wire.set_losing_answers(false);
    computer.start(&code, "una frase lunga").await.unwrap();
    assert_eq!(office.central.vault().counts().unwrap().desks, 1);
    let left: Vec<_> = std::fs::read_dir(computer.home().path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert!(!left.iter().any(|name| name == "enrolling.key"), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_answers() {
    let office = Office::open().await;
    let code = office.invite(&NewDesk::new("Q1", "Q1-A")).code.to_string();
    let page = Impostor::answering(200, "text/html", b"<html>Benvenuti nella rete ospiti</html>").await;
    assert_eq!(
        Computer::at(&office, &page.url).fails(&code).await,
        "not_a_centre"
    );
    let other = Office::open().await;
    assert_eq!(
        Computer::at(&office, &other.url).fails(&code).await,
        "code_unknown"
    );
    // A clock that is a year off keeps nobody from starting.
    let computer = Computer::new(&office);
    computer.clock.be_wrong_by_minutes(-365 * 24 * 60);
    computer.start(&code, "una frase lunga").await.unwrap();
}

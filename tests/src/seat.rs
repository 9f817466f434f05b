// SPDX-License-Identifier: EUPL-1.2
//! A desk with somebody at it.

use crate::clock::{DeskClock, SharedTime};
use crate::office::{PASSPHRASE, WORK_FACTOR};
use crate::sim::image;
use crate::told::code_told;
use crate::wire::Wire;
use sportello_desk::view::{EnrolRequest, EnrolView, IdentityView};
use sportello_desk::{Command, Desk, DeskError, Home, Outcome, Query, Renewed, Session, View, enrol_over};
use sportello_domain::ids::CommandId;
use sportello_sync::{HttpOptions, HttpTransport, Proxy, Report};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A desk with somebody at it.
#[derive(Debug)]
pub struct Seat {
    /// What is typed to log in.
    pub username: String,
    /// The desk.
    pub desk: Arc<Desk>,
    /// Who is at work.
    pub session: Session,
    /// The desk's clock.
    pub clock: DeskClock,
    /// What the first start told.
    pub enrolment: EnrolView,
    wire: Mutex<Arc<Wire>>,
    folder: TempDir,
}

impl Seat {
    /// The first start, over HTTP.
    pub async fn enrol(time: &SharedTime, request: &EnrolRequest) -> Result<Self, DeskError> {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("desk"));
        let clock = DeskClock::new(time);
        let options = HttpOptions {
            url: request.server.clone(),
            proxy: Proxy::None,
            ..HttpOptions::default()
        };
        let transport = HttpTransport::new(&options, None)?;
        let (desk, enrolment) =
            enrol_over(&home, clock.ports(), request, &transport, Some(WORK_FACTOR)).await?;
        let session = desk.authenticate(&request.username, &request.passphrase.0)?;
        let wire = Mutex::new(Arc::new(wire_of(&desk)));
        Ok(Self {
            username: request.username.clone(),
            desk,
            session,
            clock,
            enrolment,
            wire,
            folder,
        })
    }

    /// Where the desk lives.
    pub fn home(&self) -> Home {
        self.desk.home().clone()
    }

    /// The program ends and is started again; the same person logs in.
    #[must_use]
    pub fn restarted(self) -> Self {
        let home = self.home();
        let Self {
            username,
            desk,
            clock,
            enrolment,
            folder,
            ..
        } = self;
        drop(desk);
        let (desk, session) = Desk::login(&home, clock.ports(), &username, PASSPHRASE).unwrap();
        let wire = Mutex::new(Arc::new(wire_of(&desk)));
        Self {
            username,
            desk,
            session,
            clock,
            enrolment,
            wire,
            folder,
        }
    }

    /// A stopped desk goes on under a new identity, with a code that the centre gave for its successor.
    pub async fn renewed(self, code: &str) -> Result<(Self, IdentityView), Box<(Self, DeskError)>> {
        let transport = HttpTransport::new(&self.desk.settings().http(), None).unwrap();
        let renewed = self
            .desk
            .renew_identity_over(&self.session, code, &transport)
            .await;
        match renewed {
            Err(error) => Err(Box::new((self, error))),
            Ok(Renewed { desk, session, view }) => {
                let wire = Mutex::new(Arc::new(wire_of(&desk)));
                let seat = Self {
                    desk,
                    session,
                    wire,
                    ..self
                };
                Ok((seat, view))
            }
        }
    }

    /// The same disk in another computer, the program started there by the same person. Nobody may be writing just now.
    #[must_use]
    pub fn cloned(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("desk"));
        image::copy(self.home().path(), home.path());
        let (desk, session) = Desk::login(&home, self.clock.ports(), &self.username, PASSPHRASE).unwrap();
        let wire = Mutex::new(Arc::new(wire_of(&desk)));
        Self {
            username: self.username.clone(),
            desk,
            session,
            clock: self.clock.clone(),
            enrolment: self.enrolment.clone(),
            wire,
            folder,
        }
    }

    /// The program ends; what is left is the desk's directory, and the folder that keeps it.
    pub fn closed(self) -> (Home, DeskClock, TempDir) {
        (self.home(), self.clock, self.folder)
    }

    /// The program is started on what stands in a desk's directory, and somebody logs in.
    pub fn opened(home: Home, clock: DeskClock, folder: TempDir, username: &str) -> Self {
        let (desk, session) = Desk::login(&home, clock.ports(), username, PASSPHRASE).unwrap();
        let enrolment = EnrolView {
            recovery_key: String::new(),
            office_fingerprint: String::new(),
        };
        Self {
            username: username.to_owned(),
            wire: Mutex::new(Arc::new(wire_of(&desk))),
            desk,
            session,
            clock,
            enrolment,
            folder,
        }
    }

    /// Does a command, which must succeed.
    pub fn act(&self, command: Command) -> Outcome {
        self.try_act(command)
            .unwrap_or_else(|error| panic!("{}: {}", error.code(), error))
    }

    /// Does a command under an identifier of its own.
    pub fn try_act(&self, command: Command) -> Result<Outcome, DeskError> {
        self.try_act_as(new_command(), &command)
    }

    /// Does a command under a given identifier.
    pub fn try_act_as(&self, id: CommandId, command: &Command) -> Result<Outcome, DeskError> {
        self.desk.execute(&self.session, id, command)
    }

    /// The code with which a command is refused; the sentence is looked at too.
    pub fn refused(&self, command: Command) -> String {
        match self.try_act(command) {
            Ok(outcome) => panic!("it was done: {outcome:?}"),
            Err(error) => code_told(&error),
        }
    }

    /// Answers a question, which must succeed.
    pub fn ask(&self, query: &Query) -> View {
        self.try_ask(query)
            .unwrap_or_else(|error| panic!("{}: {}", error.code(), error))
    }

    /// Answers a question.
    pub fn try_ask(&self, query: &Query) -> Result<View, DeskError> {
        self.desk.query(&self.session, query)
    }

    /// One exchange, whatever comes of it.
    pub async fn try_exchange(&self) -> Report {
        let wire = self.wire();
        self.desk.sync_over(wire).await.unwrap()
    }

    /// One exchange, in which all must go through.
    pub async fn exchange(&self) -> Report {
        let report = self.try_exchange().await;
        assert!(report.is_clean(), "{}: {report:?}", self.username);
        assert_eq!(
            report.refused,
            [],
            "{}: the centre does not accept these",
            self.username
        );
        report
    }

    /// The network cable.
    pub fn wire(&self) -> Arc<Wire> {
        self.wire.lock().unwrap().clone()
    }

    /// Pulls the network cable out.
    pub fn unplug(&self) {
        self.wire().set_plugged(false);
    }

    /// Puts it back in.
    pub fn plug(&self) {
        self.wire().set_plugged(true);
    }

    /// Connects anew, as after a change of settings.
    pub fn reconnect(&self) {
        *self.wire.lock().unwrap() = Arc::new(wire_of(&self.desk));
    }
}

fn wire_of(desk: &Desk) -> Wire {
    Wire::new(desk.transport().unwrap())
}

/// A new identifier for a command.
pub fn new_command() -> CommandId {
    CommandId(uuid::Uuid::now_v7())
}

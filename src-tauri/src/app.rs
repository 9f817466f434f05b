// SPDX-License-Identifier: EUPL-1.2
//! The application while it runs: which desk, who is at work, whether the screen is locked.

use crate::files::Papers;
use sportello_desk::query::Language;
use sportello_desk::view::{AppState, Phase};
use sportello_desk::{Desk, DeskError, Happening, Home, Ports, Session};
use sportello_domain::command::Passphrase;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Emitter};

/// Why the application cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A directory or file.
    #[error("the desk's directory cannot be used")]
    Io(#[from] std::io::Error),
    /// Another window is open on the same desk.
    #[error("this desk is already open in another window")]
    AlreadyOpen,
}

/// The application.
pub struct App {
    /// Where the desk lives.
    pub home: Home,
    /// What was printed or opened, until it is cleared away.
    pub papers: Papers,
    handle: AppHandle,
    inner: Mutex<Inner>,
    /// Held while the window is open: two windows on one desk would only confuse people.
    _lock: File,
}

#[derive(Default)]
struct Inner {
    language: Language,
    desk: Option<Arc<Desk>>,
    session: Option<Session>,
    locked: bool,
    errands: Vec<JoinHandle<()>>,
}

impl App {
    /// The application for the desk in `directory`.
    pub fn new(directory: PathBuf, handle: AppHandle) -> Result<Self, StartError> {
        std::fs::create_dir_all(&directory)?;
        let lock = File::create(directory.join("window.lock"))?;
        if lock.try_lock().is_err() {
            return Err(StartError::AlreadyOpen);
        }
        let home = Home::new(directory);
        let language = home
            .settings()
            .ok()
            .flatten()
            .map(|s| s.language)
            .unwrap_or_default();
        let inner = Inner {
            language,
            ..Inner::default()
        };
        Ok(Self {
            papers: Papers::new(home.path()),
            home,
            handle,
            inner: Mutex::new(inner),
            _lock: lock,
        })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the application stands.
    pub fn state(&self) -> AppState {
        let inner = self.inner();
        let (settings, problem) = match self.home.settings() {
            Ok(settings) => (settings, None),
            Err(error) => (None, Some(error.problem(inner.language))),
        };
        let phase = match (&settings, &inner.session) {
            (None, _) if problem.is_none() => Phase::FirstStart,
            (_, Some(_)) if inner.locked => Phase::Locked,
            (_, Some(_)) => Phase::Ready,
            _ => Phase::LoggedOut,
        };
        let site = inner.desk.as_ref().and_then(|desk| {
            desk.state::<sportello_domain::office::Site>(desk.site())
                .ok()
                .flatten()
                .map(|site| site.name)
        });
        AppState {
            phase,
            office: settings.as_ref().map(|s| s.office_name.clone()),
            site,
            desk: settings.map(|s| s.desk_name),
            session: inner.session.as_ref().map(Session::view),
            language: inner.language,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            problem,
        }
    }

    /// The language of the screens.
    pub fn language(&self) -> Language {
        self.inner().language
    }

    /// Changes the language of the screens and of sentences.
    pub fn speak(&self, language: Language) -> Result<(), DeskError> {
        let mut inner = self.inner();
        inner.language = language;
        inner.session = inner.session.take().map(|session| session.speaking(language));
        match &inner.desk {
            Some(desk) => desk.change_settings(|settings| settings.language = language),
            None => match self.home.settings()? {
                Some(settings) => self.home.keep(&sportello_desk::Settings { language, ..settings }),
                None => Ok(()),
            },
        }
    }

    /// The open desk and who is at work; an error while the screen is locked or nobody is.
    pub fn at_work(&self) -> Result<(Arc<Desk>, Session), DeskError> {
        let inner = self.inner();
        match (&inner.desk, &inner.session) {
            (Some(desk), Some(session)) if !inner.locked => Ok((desk.clone(), session.clone())),
            _ => Err(DeskError::plain("session_locked")),
        }
    }

    /// Lets somebody in. Slow on purpose: key slots cost work.
    pub fn login(&self, username: &str, passphrase: &str) -> Result<(), DeskError> {
        self.enter(
            |desk| desk.authenticate(username, passphrase),
            || Desk::login(&self.home, Ports::system(), username, passphrase),
        )
    }

    /// Lets somebody in whose passphrase is forgotten, with the desk's recovery key.
    pub fn recover(
        &self,
        recovery_key: &Passphrase,
        username: &str,
        new: &Passphrase,
    ) -> Result<(), DeskError> {
        self.enter(
            |desk| desk.recover_open(recovery_key, username, new),
            || Desk::recover(&self.home, Ports::system(), recovery_key, username, new),
        )
    }

    /// Somebody is at work: at the desk that is open, or at one that is opened for it.
    fn enter(
        &self,
        at_open: impl FnOnce(&Desk) -> Result<Session, DeskError>,
        open: impl FnOnce() -> Result<(Arc<Desk>, Session), DeskError>,
    ) -> Result<(), DeskError> {
        let (known, language) = {
            let inner = self.inner();
            (inner.desk.clone(), inner.language)
        };
        let (desk, session) = if let Some(desk) = known {
            let session = at_open(&desk)?;
            (desk, session)
        } else {
            let (desk, session) = open()?;
            self.work(&desk);
            (desk, session)
        };
        let mut inner = self.inner();
        inner.desk = Some(desk);
        inner.session = Some(session.speaking(language));
        inner.locked = false;
        Ok(())
    }

    /// Whoever locked the screen is back.
    pub fn unlock(&self, passphrase: &str) -> Result<(), DeskError> {
        let username = self
            .inner()
            .session
            .as_ref()
            .map(|session| session.person().username.clone());
        self.login(&username.ok_or(DeskError::plain("session_locked"))?, passphrase)
    }

    /// Hides the work until its owner is back. The exchange goes on.
    pub fn lock(&self) {
        let mut inner = self.inner();
        inner.locked = inner.session.is_some();
        let desk = inner.desk.clone();
        drop(inner);
        write_looks(desk);
    }

    /// Lets go of whoever is at work. The desk stays open, so that what waits is still handed over.
    pub fn logout(&self) {
        let mut inner = self.inner();
        inner.session = None;
        inner.locked = false;
        let desk = inner.desk.clone();
        drop(inner);
        write_looks(desk);
        self.papers.clear();
    }

    /// The window closes.
    pub fn close(&self) {
        let mut inner = self.inner();
        for errand in inner.errands.drain(..) {
            errand.abort();
        }
        inner.session = None;
        let desk = inner.desk.take();
        drop(inner);
        write_looks(desk);
        self.papers.clear();
    }

    /// The desk became another, and whoever is at work goes on there.
    pub fn renewed(&self, desk: &Arc<Desk>, session: Session) {
        {
            let mut inner = self.inner();
            for errand in inner.errands.drain(..) {
                errand.abort();
            }
            let language = inner.language;
            inner.desk = Some(desk.clone());
            inner.session = Some(session.speaking(language));
        }
        self.work(desk);
        desk.sync_soon();
    }

    /// Exchanges in the background, serves the seat as relay where the settings say so, and tells the pages what happens, for as long as
    /// the window is open.
    fn work(&self, desk: &Arc<Desk>) {
        let mut happenings = desk.watch();
        let handle = self.handle.clone();
        let tell = tauri::async_runtime::spawn(async move {
            use tokio::sync::broadcast::error::RecvError;
            loop {
                let happening = match happenings.recv().await {
                    Ok(happening) => happening,
                    // Too many at once: the pages ask for everything again.
                    Err(RecvError::Lagged(_)) => Happening::Changed(Vec::new()),
                    Err(RecvError::Closed) => break,
                };
                let told = match happening {
                    Happening::Changed(changed) => {
                        handle.emit("changed", serde_json::json!({ "changed": changed }))
                    }
                    Happening::Sync => handle.emit("sync", serde_json::json!({})),
                };
                if let Err(error) = told {
                    tracing::warn!(%error, "the pages could not be told");
                }
            }
        });
        let exchange = tauri::async_runtime::spawn(desk.clone().sync_forever());
        let serve = tauri::async_runtime::spawn(sportello_relay::serve_forever(desk.clone()));
        self.inner().errands.extend([tell, exchange, serve]);
    }
}

/// Writes who looked at what, before whoever looked is gone.
fn write_looks(desk: Option<Arc<Desk>>) {
    if let Some(desk) = desk
        && let Err(error) = desk.write_looks()
    {
        tracing::warn!(code = error.code(), "looks could not be written and wait");
    }
}

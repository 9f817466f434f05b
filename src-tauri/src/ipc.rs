// SPDX-License-Identifier: EUPL-1.2
//! What the pages can ask of the shell. Anything slow runs where blocking is allowed, so that the window never stands still.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands arguments and state over by value"
)]

use crate::app::App;
use crate::display;
use crate::files;
use serde::Serialize;
use sportello_desk::query::Language;
use sportello_desk::view::{
    AppState, BundleRequest, BundleTaken, BundleWritten, EnrolRequest, EnrolView, FileView, IdentityView,
    KeyView, Progress, RelaySettings, ReplacementView,
};
use sportello_desk::{Command, DeskError, Outcome, Ports, Query, View, messages};
use sportello_domain::command::Passphrase;
use sportello_domain::ids::{CommandId, DeskId};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tauri::{AppHandle, Emitter, Manager, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

/// An error as the pages get it.
#[derive(Debug, Serialize)]
pub struct IpcError {
    code: String,
    message: String,
    params: BTreeMap<String, String>,
}

impl IpcError {
    fn new(error: &DeskError, language: Language) -> Self {
        let problem = error.problem(language);
        tracing::info!(code = problem.code, "refused");
        Self {
            code: problem.code,
            message: problem.message,
            params: error.args().into_iter().collect(),
        }
    }

    /// An error of the shell itself, by its code in the catalogue.
    pub fn coded(code: &str, language: Language) -> Self {
        let message = messages::sentence(language, code, &[]);
        Self {
            code: code.to_owned(),
            message,
            params: BTreeMap::new(),
        }
    }
}

type Answer<T> = Result<T, IpcError>;

/// Runs something slow beside the window.
async fn beside<T: Send + 'static>(
    handle: AppHandle,
    work: impl FnOnce(&App) -> Result<T, DeskError> + Send + 'static,
) -> Answer<T> {
    let language = handle.state::<App>().language();
    let done = tauri::async_runtime::spawn_blocking(move || work(&handle.state::<App>())).await;
    match done {
        Ok(result) => result.map_err(|error| IpcError::new(&error, language)),
        Err(_) => Err(IpcError::coded("unexpected", language)),
    }
}

/// Where the application stands.
#[tauri::command]
pub fn app_state(app: State<'_, App>) -> AppState {
    app.state()
}

/// The first start.
#[tauri::command]
pub async fn enrol(handle: AppHandle, request: EnrolRequest) -> Answer<EnrolView> {
    let (home, language) = {
        let app = handle.state::<App>();
        (app.home.clone(), app.language())
    };
    let enrolled = sportello_desk::enrol(&home, Ports::system(), &request).await;
    let (desk, view) = enrolled.map_err(|error| IpcError::new(&error, language))?;
    // The office's sites, services and campaigns come with the first exchange; without network they come later.
    if let Err(error) = desk.sync_once().await {
        tracing::warn!(code = error.code(), "the first exchange could not be done");
    }
    Ok(view)
}

/// A stopped desk goes on under a new identity.
#[tauri::command]
pub async fn renew_identity(handle: AppHandle, code: String) -> Answer<IdentityView> {
    let language = handle.state::<App>().language();
    let failed = |error: DeskError| IpcError::new(&error, language);
    let (desk, session) = handle.state::<App>().at_work().map_err(failed)?;
    let renewed = desk.renew_identity(&session, &code).await.map_err(failed)?;
    handle.state::<App>().renewed(&renewed.desk, renewed.session);
    Ok(renewed.view)
}

/// This desk signs with another key from now on.
#[tauri::command]
pub async fn rotate_key(handle: AppHandle) -> Answer<KeyView> {
    let language = handle.state::<App>().language();
    let failed = |error: DeskError| IpcError::new(&error, language);
    let (desk, session) = handle.state::<App>().at_work().map_err(failed)?;
    desk.rotate_key(&session).await.map_err(failed)
}

/// A desk comes in the place of one that is no more. The same request again gives the same code.
#[tauri::command]
pub async fn replace_desk(handle: AppHandle, request: CommandId, desk: DeskId) -> Answer<ReplacementView> {
    let language = handle.state::<App>().language();
    let failed = |error: DeskError| IpcError::new(&error, language);
    let (here, session) = handle.state::<App>().at_work().map_err(failed)?;
    here.replace_desk(&session, request, desk).await.map_err(failed)
}

/// Lets somebody in.
#[tauri::command]
pub async fn login(handle: AppHandle, username: String, passphrase: Passphrase) -> Answer<AppState> {
    beside(handle, move |app| {
        app.login(&username, &passphrase.0).map(|()| app.state())
    })
    .await
}

/// Lets somebody in whose passphrase is forgotten, with the recovery key, and gives the person another passphrase.
#[tauri::command(rename_all = "snake_case")]
pub async fn recover(
    handle: AppHandle,
    username: String,
    recovery_key: Passphrase,
    passphrase: Passphrase,
) -> Answer<AppState> {
    beside(handle, move |app| {
        app.recover(&recovery_key, &username, &passphrase)
            .map(|()| app.state())
    })
    .await
}

/// Hides the work.
#[tauri::command]
pub fn lock(app: State<'_, App>) {
    app.lock();
}

/// Whoever locked the screen is back.
#[tauri::command]
pub async fn unlock(handle: AppHandle, passphrase: Passphrase) -> Answer<AppState> {
    beside(handle, move |app| app.unlock(&passphrase.0).map(|()| app.state())).await
}

/// Lets go of whoever is at work.
#[tauri::command]
pub fn logout(app: State<'_, App>) {
    app.logout();
}

/// The first door.
#[tauri::command(rename_all = "snake_case")]
pub async fn execute(handle: AppHandle, command_id: CommandId, command: Command) -> Answer<Outcome> {
    let mut tell = teller(&handle);
    beside(handle, move |app| {
        let (desk, session) = app.at_work()?;
        desk.execute_telling(&session, command_id, &command, &mut tell)
    })
    .await
}

/// The second door. The waiting room's screen gets only what is made for it.
#[tauri::command]
pub async fn query(handle: AppHandle, window: WebviewWindow, query: Query) -> Answer<View> {
    if !display::may_ask(window.label(), &query) {
        let language = handle.state::<App>().language();
        return Err(IpcError::coded("display_only", language));
    }
    beside(handle, move |app| {
        let (desk, session) = app.at_work()?;
        desk.query(&session, &query)
    })
    .await
}

/// Opens the waiting room's screen, or brings the one that is open to the front. Whoever does it is at work here.
#[tauri::command]
pub async fn open_display(handle: AppHandle) -> Answer<()> {
    let language = {
        let app = handle.state::<App>();
        app.at_work()
            .map_err(|error| IpcError::new(&error, app.language()))?;
        app.language()
    };
    display::open(&handle, language).map_err(|error| {
        tracing::warn!(%error, "the waiting room's screen could not be opened");
        IpcError::coded("display_not_opened", language)
    })
}

/// The waiting room's screen on the whole monitor, or not; none: the other of what it is. Other windows stay as they are.
#[tauri::command]
pub fn full_screen(app: State<'_, App>, window: WebviewWindow, whole: Option<bool>) -> Answer<()> {
    if window.label() != display::LABEL {
        return Ok(());
    }
    display::full_screen(&window, whole).map_err(|error| {
        tracing::warn!(%error, "the waiting room's screen keeps its size");
        IpcError::coded("display_not_opened", app.language())
    })
}

/// Begins an exchange now.
#[tauri::command]
pub fn sync_now(app: State<'_, App>) -> Answer<()> {
    let (desk, _) = app
        .at_work()
        .map_err(|error| IpcError::new(&error, app.language()))?;
    desk.sync_soon();
    Ok(())
}

/// Changes whether this desk serves as relay, and which one it uses.
#[tauri::command]
pub async fn set_relay(handle: AppHandle, settings: RelaySettings) -> Answer<()> {
    beside(handle, move |app| {
        let (desk, session) = app.at_work()?;
        desk.set_relay(&session, &settings)
    })
    .await
}

/// Changes the language of the screens.
#[tauri::command]
pub fn set_language(app: State<'_, App>, language: Language) -> Answer<()> {
    app.speak(language)
        .map_err(|error| IpcError::new(&error, language))
}

/// Opens a document with the system's viewer.
#[tauri::command]
pub async fn open_file(handle: AppHandle, file: FileView) -> Answer<()> {
    paper(handle, move |app| app.papers.open(&file)).await
}

/// Sends a document to the printer.
#[tauri::command]
pub async fn print_file(handle: AppHandle, file: FileView) -> Answer<()> {
    paper(handle, move |app| app.papers.print(&file)).await
}

/// Saves a file where the person chooses; none when the person gave up.
#[tauri::command]
pub async fn save_file(handle: AppHandle, file: FileView) -> Answer<Option<String>> {
    let Some(path) = place_for(&handle, &files::safe_name(&file.name)).await else {
        return Ok(None);
    };
    let shown = path.display().to_string();
    paper(handle, move |_| files::save(&path, &file)).await?;
    Ok(Some(shown))
}

async fn paper(
    handle: AppHandle,
    work: impl FnOnce(&App) -> Result<(), files::PaperError> + Send + 'static,
) -> Answer<()> {
    let language = handle.state::<App>().language();
    let done = tauri::async_runtime::spawn_blocking(move || work(&handle.state::<App>())).await;
    match done {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            tracing::warn!(code = error.code(), "a document did not come out");
            Err(IpcError::coded(error.code(), language))
        }
        Err(_) => Err(IpcError::coded("unexpected", language)),
    }
}

/// Where the person wants a file; none when the person gave up.
async fn place_for(handle: &AppHandle, name: &str) -> Option<PathBuf> {
    // Where no dialog is wanted (kiosk, tests) the place is set beforehand.
    if let Some(directory) = std::env::var_os("SPORTELLO_SAVE_DIR") {
        return Some(PathBuf::from(directory).join(name));
    }
    let dialog = handle.dialog().file().set_file_name(name);
    let picked = tauri::async_runtime::spawn_blocking(move || dialog.blocking_save_file()).await;
    picked.ok().flatten().and_then(|path| path.into_path().ok())
}

/// Tells the pages how far long work has come.
fn teller(handle: &AppHandle) -> impl FnMut(Progress) + Send + 'static {
    let window = handle.clone();
    move |progress| {
        if let Err(error) = window.emit("progress", progress) {
            tracing::warn!(%error, "the pages could not be told");
        }
    }
}

/// Writes what waits to a stick, where the person chooses; none when the person gave up.
#[tauri::command]
pub async fn write_bundle(handle: AppHandle, request: BundleRequest) -> Answer<Option<BundleWritten>> {
    let name = beside(handle.clone(), |app| Ok(app.at_work()?.0.bundle_name())).await?;
    let Some(path) = place_for(&handle, &name).await else {
        return Ok(None);
    };
    let mut tell = teller(&handle);
    beside(handle, move |app| {
        let (desk, session) = app.at_work()?;
        desk.write_bundle(&session, &request, &path, &mut tell).map(Some)
    })
    .await
}

/// Takes in what a stick brings, from the file that the person chooses; none when the person gave up.
#[tauri::command]
pub async fn read_bundle(handle: AppHandle) -> Answer<Option<BundleTaken>> {
    beside(handle.clone(), |app| app.at_work().map(|_| ())).await?;
    // As above: where no dialog is wanted.
    let chosen = if let Some(file) = std::env::var_os("SPORTELLO_OPEN_FILE") {
        Some(PathBuf::from(file))
    } else {
        let dialog = handle.dialog().file().add_filter("Sportello", &["sportello"]);
        let picked = tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file()).await;
        picked.ok().flatten().and_then(|path| path.into_path().ok())
    };
    let Some(path) = chosen else { return Ok(None) };
    let mut tell = teller(&handle);
    beside(handle, move |app| {
        let (desk, session) = app.at_work()?;
        desk.read_bundle(&session, &path, &mut tell).map(Some)
    })
    .await
}

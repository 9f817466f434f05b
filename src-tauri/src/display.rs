// SPDX-License-Identifier: EUPL-1.2
//! The screen of the waiting room: a second window on the same pages. Anybody can stand before it, perhaps with a keyboard, so it is
//! no way into the desk: of all commands of the shell it may ask one question, and change its own size.

use crate::app::App;
use crate::ipc::IpcError;
use sportello_desk::Query;
use sportello_desk::query::Language;
use tauri::ipc::Invoke;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};

/// What the window is called; its capability names it too.
pub const LABEL: &str = "display";

/// Commands that the window may give.
const ALLOWED: [&str; 2] = ["query", "full_screen"];

/// Whether a window may give a command of the shell.
fn may_invoke(label: &str, command: &str) -> bool {
    label != LABEL || ALLOWED.contains(&command)
}

/// Whether a window may ask this.
pub fn may_ask(label: &str, query: &Query) -> bool {
    label != LABEL || matches!(query, Query::Display)
}

/// The shell's commands with the waiting room's window kept out of all but its own. A command that is added later is closed to it
/// unless it is named here.
pub fn guarded(
    commands: impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let message = &invoke.message;
        let webview = message.webview_ref();
        if may_invoke(webview.label(), message.command()) {
            return commands(invoke);
        }
        let language = webview.state::<App>().language();
        tracing::warn!("a command of the waiting room's screen was refused");
        invoke.resolver.reject(IpcError::coded("display_only", language));
        true
    }
}

/// Opens the window, on another monitor than the desk's where there is one; an open one comes to the front.
pub fn open(handle: &AppHandle, language: Language) -> tauri::Result<()> {
    if let Some(window) = handle.get_webview_window(LABEL) {
        window.unminimize()?;
        window.show()?;
        return window.set_focus();
    }
    let (page, title) = match language {
        Language::It => ("index.html#/attesa?lingua=it", "Sala d'attesa"),
        Language::En => ("index.html#/attesa?lingua=en", "Waiting room"),
    };
    let window = WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App(page.into()))
        .title(title)
        .inner_size(1280.0, 720.0)
        .min_inner_size(640.0, 360.0)
        .build()?;
    if let Some(place) = other_monitor(handle)? {
        window.set_position(place)?;
        window.set_fullscreen(true)?;
    }
    Ok(())
}

/// Where a monitor begins on which the desk's own window is not.
fn other_monitor(handle: &AppHandle) -> tauri::Result<Option<tauri::PhysicalPosition<i32>>> {
    let Some(main) = handle.get_webview_window("main") else {
        return Ok(None);
    };
    let Some(here) = main.current_monitor()? else {
        return Ok(None);
    };
    let all = main.available_monitors()?;
    Ok(all
        .iter()
        .map(|monitor| *monitor.position())
        .find(|place| place != here.position()))
}

/// On the whole monitor or not; `None`: the other of what it is.
pub fn full_screen(window: &WebviewWindow, whole: Option<bool>) -> tauri::Result<()> {
    let whole = match whole {
        Some(whole) => whole,
        None => !window.is_fullscreen()?,
    };
    window.set_fullscreen(whole)
}

/// The desk's window is gone: its waiting room's screen goes too, or the program would live on without anybody seeing the desk.
pub fn close(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(LABEL)
        && let Err(error) = window.destroy()
    {
        tracing::warn!(%error, "the waiting room's screen could not be closed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waiting_room_asks_for_its_calls_and_nothing_else() {
        assert!(may_ask(LABEL, &Query::Display));
        for query in [
            Query::Status,
            Query::Reference,
            Query::Board {
                site: None,
                day: None,
            },
        ] {
            assert!(!may_ask(LABEL, &query), "{query:?}");
            assert!(may_ask("main", &query), "{query:?}");
        }
    }

    #[test]
    fn the_waiting_room_gives_no_command_of_the_desk() {
        for command in [
            "app_state",
            "login",
            "unlock",
            "recover",
            "execute",
            "enrol",
            "open_file",
            "save_file",
            "open_display",
        ] {
            assert!(!may_invoke(LABEL, command), "{command}");
            assert!(may_invoke("main", command), "{command}");
        }
        for command in ALLOWED {
            assert!(may_invoke(LABEL, command), "{command}");
        }
    }

    #[test]
    fn its_capability_is_for_listening_only() {
        let file = include_str!("../capabilities/display.json");
        let capability: serde_json::Value = serde_json::from_str(file).unwrap_or_default();
        assert_eq!(capability["windows"], serde_json::json!([LABEL]));
        assert_eq!(
            capability["permissions"],
            serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"])
        );
    }
}

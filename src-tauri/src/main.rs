// SPDX-License-Identifier: EUPL-1.2
//! The desk application: a window around `sportello-desk`. It opens files, prints, forwards commands, questions and
//! happenings. It has no rules and no SQL.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod display;
mod files;
mod ipc;

use app::App;
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;
use tauri::Manager;

/// Sportello al cittadino: the application of one desk.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Where this desk keeps its records; the system's place for application data when not given.
    #[arg(long, env = "SPORTELLO_DIR")]
    data: Option<PathBuf>,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    // The WebDriver of a test starts the program with arguments of its own: unknown ones are passed over.
    let arguments = Arguments::try_parse().unwrap_or_else(|error| {
        if error.use_stderr() {
            tracing::warn!("unknown arguments were passed over");
            Arguments {
                data: std::env::var_os("SPORTELLO_DIR").map(PathBuf::from),
            }
        } else {
            error.exit()
        }
    });
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(|handle| {
            let directory = match arguments.data {
                Some(directory) => directory,
                None => handle.path().app_local_data_dir()?,
            };
            handle.manage(App::new(directory, handle.handle().clone())?);
            Ok(())
        })
        .invoke_handler(display::guarded(tauri::generate_handler![
            ipc::app_state,
            ipc::enrol,
            ipc::renew_identity,
            ipc::rotate_key,
            ipc::replace_desk,
            ipc::login,
            ipc::recover,
            ipc::lock,
            ipc::unlock,
            ipc::logout,
            ipc::execute,
            ipc::query,
            ipc::open_display,
            ipc::full_screen,
            ipc::sync_now,
            ipc::set_language,
            ipc::set_relay,
            ipc::open_file,
            ipc::print_file,
            ipc::save_file,
            ipc::write_bundle,
            ipc::read_bundle,
        ]))
        .build(tauri::generate_context!());
    match built {
        Ok(application) => {
            application.run(|handle, event| match event {
                tauri::RunEvent::Exit => handle.state::<App>().close(),
                tauri::RunEvent::WindowEvent {
                    label,
                    event: tauri::WindowEvent::Destroyed,
                    ..
                } if label != display::LABEL => display::close(handle),
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

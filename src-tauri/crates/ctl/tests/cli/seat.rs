// SPDX-License-Identifier: EUPL-1.2
//! A centre that listens, and desks enrolled with it by the program itself.

use crate::process::{at, program};
use serde_json::Value;
use sportello_central::{Central, NewDesk, ServeOptions, preset};
use std::net::TcpListener;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub const PASSPHRASE: &str = "una frase lunga";

/// An office in a folder of its own, for as long as it is kept.
pub struct Office {
    pub central: Central,
    pub url: String,
    pub folder: TempDir,
    serving: Option<Runtime>,
}

impl Office {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let central = Central::open(&folder.path().join("central")).unwrap();
        central
            .init_office("Comune di Prova", &preset::firenze())
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let served = central.clone();
        serving.spawn(async move {
            served
                .serve(listener, &ServeOptions::default(), std::future::pending())
                .await
        });
        Self {
            central,
            url,
            folder,
            serving: Some(serving),
        }
    }

    /// The network is down.
    pub fn unplug(&mut self) {
        if let Some(runtime) = self.serving.take() {
            runtime.shutdown_background();
        }
    }

    pub fn code(&self, site: &str, name: &str, supervises: bool) -> String {
        let invitation = self
            .central
            .add_desk(&NewDesk {
                supervises,
                ..NewDesk::new(site, name)
            })
            .unwrap();
        invitation.code.to_string()
    }

    /// Enrols a desk; gives its directory and what was told.
    pub fn enrol(&self, site: &str, name: &str, username: &str, role: &str) -> (PathBuf, Value) {
        let dir = self.folder.path().join(name);
        let code = self.code(site, name, role != "operator");
        let mut command = program();
        command.args([
            "enrol",
            "--json",
            "--work-factor",
            "4",
            "--server",
            &self.url,
            "--code",
            &code,
        ]);
        command
            .args([
                "--username",
                username,
                "--name",
                "Anna Bianchi",
                "--role",
                role,
                "--dir",
            ])
            .arg(&dir);
        let output = command.env("SPORTELLO_PASSPHRASE", PASSPHRASE).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        (dir, serde_json::from_slice(&output.stdout).unwrap())
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.unplug();
    }
}

/// The identifier of the campaign that [`found`] defines.
pub const CAMPAIGN: &str = "0190a000-0000-7000-8000-000000000001";

/// Defines a campaign at a supervisors' desk.
pub fn found(dir: &std::path::Path) {
    let command = serde_json::json!({ "type": "define_campaign", "campaign": {
        "id": CAMPAIGN, "name": "Buoni di prova", "from": "2020-01-01", "to": "2099-12-31", "denomination": 1000,
        "amounts": [{ "members": 1, "amount": 15000 }], "non_resident_amounts": [], "per_minor": 0, "per_disabled": 0,
        "maximum": 50000, "walk_in": true,
    } });
    at(dir, "bianchi", &["do", &command.to_string()]).done();
}

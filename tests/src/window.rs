// SPDX-License-Identifier: EUPL-1.2
//! The real window: the built application under WebDriver, on a screen of its own when there is none.
//!
//! Each window has a driver of its own, because WebKit's driver holds one session. Screenshots go to `out/screenshots`.

mod keys;
mod start;

use crate::process::program;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator, elements::Element, key::Key};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;

/// How long anything may take to appear: these machines are slow and busy.
const PATIENCE: Duration = Duration::from_secs(40);

/// A window of the application.
pub struct Window {
    /// The WebDriver session.
    pub client: Client,
    /// Where its desk lives.
    pub home: PathBuf,
    driver: Child,
    /// Where "printed" and saved papers land.
    pub papers: PathBuf,
    folder: Option<TempDir>,
    name: String,
}

impl std::fmt::Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Window")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A virtual screen, the same everywhere. It ends with this process: the shell around it waits for our end of a pipe.
fn display() -> &'static str {
    static DISPLAY: OnceLock<(String, Child)> = OnceLock::new();
    &DISPLAY
        .get_or_init(|| {
            for number in 90..140 {
                if Path::new(&format!("/tmp/.X{number}-lock")).exists() {
                    continue;
                }
                let name = format!(":{number}");
                let script = format!("Xvfb {name} -screen 0 1366x768x24 -nolisten tcp & read end; kill $!");
                let child = Command::new("sh")
                    .args(["-c", &script])
                    .stdin(Stdio::piped())
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
                    .expect("a shell is there");
                for _ in 0..40 {
                    std::thread::sleep(Duration::from_millis(100));
                    if Path::new(&format!("/tmp/.X11-unix/X{number}")).exists() {
                        return (name, child);
                    }
                }
            }
            panic!("no virtual screen could be started: Xvfb is installed by `cargo xtask setup`");
        })
        .0
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

impl Window {
    /// Opens the application on a new, empty home.
    pub async fn open(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("desk");
        Self::open_on(name, home, folder).await
    }

    async fn open_on(name: &str, home: PathBuf, folder: TempDir) -> Self {
        let port = free_port();
        let papers = folder.path().join("out");
        std::fs::create_dir_all(&papers).unwrap();
        let printer = folder.path().join("printer.sh");
        std::fs::write(&printer, format!("#!/bin/sh\ncp \"$1\" '{}'\n", papers.display())).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&printer, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let driver = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".into()])
            .env("DISPLAY", display())
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("SPORTELLO_PRINTER", &printer)
            .env("SPORTELLO_VIEWER", &printer)
            .env("SPORTELLO_SAVE_DIR", &papers)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is installed (`cargo xtask setup`)");
        let client = connect(port, &home).await;
        client.set_window_rect(0, 0, 1366, 768).await.ok();
        Self {
            client,
            home,
            driver,
            papers,
            folder: Some(folder),
            name: name.to_owned(),
        }
    }

    /// Kills the application, as a power cut would, and opens it again on the same home: the desk is found as it was left.
    pub async fn reopened(mut self) -> Self {
        kill_application(&self.home);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        tokio::time::sleep(Duration::from_millis(500)).await;
        let (name, home) = (self.name.clone(), self.home.clone());
        let folder = self
            .folder
            .take()
            .expect("a window has its folder until it is opened again");
        Self::open_on(&name, home, folder).await
    }

    /// Waits for the first element that a CSS selector finds.
    pub async fn find(&self, css: &str) -> Element {
        match self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(css))
            .await
        {
            Ok(element) => element,
            Err(error) => {
                self.picture("missing").await;
                let text = self.text().await;
                panic!(
                    "{}: {css} did not appear: {error}\n--- on screen ---\n{text}",
                    self.name
                );
            }
        }
    }

    /// Whether a selector finds something now.
    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    /// Waits until a script gives true.
    pub async fn until(&self, what: &str, script: &str) {
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            let found = self
                .client
                .execute(&format!("return Boolean({script})"), vec![])
                .await;
            if found.is_ok_and(|value| value == Value::Bool(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        self.picture("waiting").await;
        let text = self.text().await;
        panic!(
            "{}: waited in vain until {what}\n--- on screen ---\n{text}",
            self.name
        );
    }

    /// Waits until the page shows a text.
    pub async fn until_text(&self, text: &str) {
        let wanted = serde_json::to_string(&text.to_lowercase()).unwrap();
        self.until(
            &format!("the page says {text:?}"),
            &format!("document.body.innerText.toLowerCase().includes({wanted})"),
        )
        .await;
    }

    /// All the text on the page.
    pub async fn text(&self) -> String {
        let text = self
            .client
            .execute("return document.body.innerText", vec![])
            .await;
        text.ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Presses the button with a test id, once it can be pressed.
    pub async fn press(&self, id: &str) {
        let css = format!("[data-testid={id}]:not([disabled]):not([aria-disabled=true])");
        self.find(&css).await;
        // The page may be drawn again between finding and pressing.
        let script = format!(
            "const b = document.querySelector({}); b.focus(); b.click(); return true",
            json!(css)
        );
        self.client.execute(&script, vec![]).await.unwrap();
    }

    /// Puts a text into a field as a person does: to the end of it, key by key.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        let clear = format!(
            "const f = document.querySelector({}); f.focus(); f.select?.(); return true",
            json!(css)
        );
        self.client.execute(&clear, vec![]).await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Types into whatever has the focus, at a person's pace: never taken for a scanner.
    pub async fn type_slowly(&self, text: &str) {
        for c in text.chars() {
            self.key(&c.to_string()).await;
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }

    /// A key on whatever has the focus.
    pub async fn key(&self, key: &str) {
        for _ in 0..20 {
            let active = self.client.active_element().await.unwrap();
            match active.send_keys(key).await {
                Ok(()) => return,
                // Drawn anew between the two: the key went nowhere.
                Err(error) if error.is_stale_element_reference() => {}
                Err(error) => panic!("{}: {error}", self.name),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{}: what has the focus never stands still", self.name);
    }

    /// An F-key, Enter or Escape.
    pub async fn special(&self, key: Key) {
        self.key(&String::from(char::from(key))).await;
    }

    /// Goes to an address of the pages.
    pub async fn go(&self, path: &str) {
        self.client
            .execute(&format!("location.hash = {}; return true", json!(path)), vec![])
            .await
            .unwrap();
    }

    /// Keeps a picture of the window.
    pub async fn picture(&self, what: &str) {
        let directory = out().join("screenshots");
        std::fs::create_dir_all(&directory).unwrap();
        if let Ok(png) = self.client.screenshot().await {
            std::fs::write(directory.join(format!("{}-{what}.png", self.name)), png).unwrap();
        }
    }

    /// Asks axe about the page as it stands, and keeps a picture of it.
    pub async fn inspect(&self, what: &str) {
        self.until(
            "nothing is being loaded",
            "document.querySelector('html[data-busy]') === null",
        )
        .await;
        // A colour that is still changing is nobody's to read.
        self.until(
            "no colour is changing",
            "document.getAnimations().every(a => !(a instanceof CSSTransition) || a.playState !== 'running')",
        )
        .await;
        self.picture(what).await;
        static AXE: OnceLock<String> = OnceLock::new();
        let source = AXE.get_or_init(|| {
            let path = root().join("ui/node_modules/axe-core/axe.min.js");
            std::fs::read_to_string(&path).expect("axe-core is installed (`npm ci` in ui/)")
        });
        self.client
            .execute(&format!("{source}; return true"), vec![])
            .await
            .unwrap();
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
              .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))))
              .catch(e => done(['axe: ' + e]));";
        let found = self.client.execute_async(run, vec![]).await.unwrap();
        assert_eq!(found, json!([]), "{}: axe found something on {what}", self.name);
    }

    /// Papers that came out of the printer or were saved, by name.
    pub fn paper(&self, beginning: &str) -> Option<PathBuf> {
        let entries = std::fs::read_dir(&self.papers).ok()?;
        entries.filter_map(Result::ok).map(|e| e.path()).find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(beginning))
        })
    }

    /// Waits for a paper.
    pub async fn until_paper(&self, beginning: &str) -> PathBuf {
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(path) = self.paper(beginning) {
                return path;
            }
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        self.picture("paper").await;
        panic!("{}: no paper {beginning}… came out", self.name);
    }

    /// Closes the window, and the application with it, which WebKit's driver may leave open.
    pub fn close(self) {
        drop(self);
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // Without its folder it was opened again: the application there now is another window's.
        if self.folder.is_some() {
            kill_application(&self.home);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Kills the application that works on a home (SIGKILL): found by its arguments, because the driver started it.
fn kill_application(home: &Path) {
    let home = home.to_string_lossy();
    for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = process.file_name().to_string_lossy().into_owned();
        let Ok(arguments) = std::fs::read(process.path().join("cmdline")) else {
            continue;
        };
        let works_there = arguments
            .split(|byte| *byte == 0)
            .any(|word| word == home.as_bytes());
        if works_there && name.bytes().all(|byte| byte.is_ascii_digit()) {
            let _ = Command::new("sh").args(["-c", "kill -9 \"$0\"", &name]).status();
        }
    }
}

async fn connect(port: u16, home: &Path) -> Client {
    let binary = program("sportello", "sportello");
    let mut capabilities = Capabilities::new();
    capabilities.insert(
        "webkitgtk:browserOptions".into(),
        json!({ "binary": binary, "args": ["--data", home] }),
    );
    let url = format!("http://127.0.0.1:{port}");
    let mut last = None;
    for _ in 0..60 {
        match ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities.clone())
            .connect(&url)
            .await
        {
            Ok(client) => return client,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("the window could not be opened: {last:?}");
}

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Where what tests leave for people to look at goes.
pub fn out() -> PathBuf {
    std::env::var_os("SPORTELLO_OUT").map_or_else(|| root().join("out"), PathBuf::from)
}

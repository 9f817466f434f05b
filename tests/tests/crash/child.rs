// SPDX-License-Identifier: EUPL-1.2
//! A script under way, and the hand that kills it.

use serde_json::Value;
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::program;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A process that does and answers lines.
pub struct Script {
    child: Arc<Mutex<Child>>,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    killer: Option<JoinHandle<()>>,
}

impl Script {
    pub fn start(dir: &Path, username: &str) -> Self {
        let mut child = Command::new(program("sportelloctl", "sportelloctl"))
            .args(["--json", "--dir"])
            .arg(dir)
            .arg("script")
            .env("SPORTELLO_USERNAME", username)
            .env("SPORTELLO_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self {
            child: Arc::new(Mutex::new(child)),
            stdin,
            stdout,
            killer: None,
        }
    }

    /// Kills it after a while, wherever it is then.
    pub fn kill_after(&mut self, delay: Duration) {
        if self.killer.is_some() {
            return;
        }
        let child = self.child.clone();
        self.killer = Some(std::thread::spawn(move || {
            std::thread::sleep(delay);
            let _ = child.lock().unwrap().kill();
        }));
    }

    /// Writes lines; false when nobody reads any more.
    pub fn write(&mut self, lines: &[String]) -> bool {
        lines.iter().all(|line| writeln!(self.stdin, "{line}").is_ok()) && self.stdin.flush().is_ok()
    }

    /// The next answer; none when it was killed. A line that was broken off in the middle acknowledges nothing.
    pub fn read(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.stdout.read_line(&mut line) {
            Ok(n) if n > 0 && line.ends_with('\n') => Some(serde_json::from_str(&line).unwrap()),
            _ => None,
        }
    }

    /// Waits for its end.
    pub fn end(self) {
        let Self {
            child,
            stdin,
            stdout,
            killer,
        } = self;
        drop((stdin, stdout));
        if let Some(killer) = killer {
            killer.join().unwrap();
        }
        child.lock().unwrap().wait().unwrap();
    }
}

/// Runs `sportelloctl verify`, which must find nothing.
pub fn verify(dir: &Path, username: &str) {
    let output = Command::new(program("sportelloctl", "sportelloctl"))
        .args(["--json", "--dir"])
        .arg(dir)
        .arg("verify")
        .env("SPORTELLO_USERNAME", username)
        .env("SPORTELLO_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

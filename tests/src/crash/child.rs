// SPDX-License-Identifier: EUPL-1.2
//! Programs under way, and the hand that kills them.

use crate::office::PASSPHRASE;
use crate::process::program;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A process that does and answers lines.
#[derive(Debug)]
pub struct Script {
    child: Arc<Mutex<Child>>,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    killer: Option<JoinHandle<()>>,
}

impl Script {
    /// Starts `sportelloctl script` for the desk in a directory.
    pub fn start(dir: &Path, username: &str) -> Self {
        let mut command = sportelloctl(dir, username);
        command.arg("script");
        Self::of(command)
    }

    /// Starts a command that reads and answers lines.
    pub fn of(mut command: Command) -> Self {
        let mut child = command
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

    /// Kills it now.
    pub fn kill(&self) {
        let _ = self.child.lock().unwrap().kill();
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

/// `sportelloctl` for the desk in a directory, as somebody who may log in there.
pub fn sportelloctl(dir: &Path, username: &str) -> Command {
    let mut command = Command::new(program("sportelloctl", "sportelloctl"));
    command
        .args(["--json", "--dir"])
        .arg(dir)
        .env("SPORTELLO_USERNAME", username)
        .env("SPORTELLO_PASSPHRASE", PASSPHRASE);
    command
}

/// `sportello-central` with one of its commands, in a folder.
pub fn sportello_central(what: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program("sportello-central", "sportello-central"));
    command
        .args(what)
        .arg("--data")
        .arg(folder)
        .arg("--json")
        .env("SPORTELLO_LOG", "off");
    command
}

/// Runs `sportelloctl verify`, which must find nothing.
pub fn verify(dir: &Path, username: &str) {
    must_succeed(sportelloctl(dir, username).arg("verify"));
}

/// Runs `sportello-central verify`, which must find nothing.
pub fn verify_centre(folder: &Path) {
    must_succeed(&mut sportello_central(&["verify"], folder));
}

/// Runs a command to its end, which must be a good one.
pub fn must_succeed(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A centre in a process of its own. It is killed when this value goes away.
#[derive(Debug)]
pub struct CentreProcess(Arc<Mutex<Child>>);

impl CentreProcess {
    /// Starts one in a folder, at an address.
    pub fn start(folder: &Path, address: SocketAddr) -> Self {
        Self::of(
            sportello_central(&["serve", "--limit-desk", "0", "--limit-address", "0"], folder),
            address,
        )
    }

    /// Starts one by a command to which only the address is missing.
    pub fn of(mut command: Command, address: SocketAddr) -> Self {
        command.args(["--listen", &address.to_string()]);
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self(Arc::new(Mutex::new(child)))
    }

    /// Waits until it listens; false when it ended before.
    pub fn listens(&self) -> bool {
        let stdout = self.0.lock().unwrap().stdout.take().unwrap();
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).is_ok() && line.ends_with('\n')
    }

    /// Kills it after a while, wherever it is then; what is given back ends when it is dead.
    pub fn kill_after(&self, delay: Duration) -> JoinHandle<()> {
        let child = self.0.clone();
        std::thread::spawn(move || {
            std::thread::sleep(delay);
            end(&child);
        })
    }

    /// Kills it now.
    pub fn kill(&self) {
        end(&self.0);
    }
}

impl Drop for CentreProcess {
    fn drop(&mut self) {
        end(&self.0);
    }
}

fn end(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap();
    let _ = child.kill();
    let _ = child.wait();
}

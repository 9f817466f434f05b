// SPDX-License-Identifier: EUPL-1.2
//! `run`: a central office and a desk on demonstration data, in a real window.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::args::RunOptions;
use crate::error::Trouble;
use crate::office::Office;
use crate::process::{self, Running};
use crate::project::Project;
use crate::screen::{self, VirtualScreen};
use crate::setup::{self, Purpose};
use crate::steps::Steps;
use crate::{pages, programs};

/// Builds, prepares the data, starts both and waits until the windows are closed.
pub fn run(project: &Project, options: &RunOptions, steps: &mut Steps) -> Result<(), Trouble> {
    if !options.headless && !screen::is_there() {
        return Err(Trouble::Missing(
            "there is no screen here. Run it on a desktop, or try it under a virtual display: \
             `cargo xtask run --headless --seconds 20`."
                .to_owned(),
        ));
    }
    let purpose = if options.headless {
        Purpose::RunHeadless
    } else {
        Purpose::Run
    };
    setup::prepare(project, purpose, steps)?;
    pages::build(project, steps)?;
    steps.step("programs", || {
        programs::build(project, &programs::NAMES, options.release)
    })?;
    let demo = steps.step("demonstration data", || Demo::prepare(project, options))?;
    steps.step("desk", || open(project, options, &demo))
}

/// What `sportelloctl demo` tells of the data that it made, or found.
#[derive(Debug)]
struct Demo {
    central: PathBuf,
    desk: PathBuf,
    supervisor: PathBuf,
    listen: SocketAddr,
    operators: Vec<Operator>,
}

/// Who may log in, and where.
#[derive(Debug)]
struct Operator {
    username: String,
    passphrase: String,
    role: String,
    desk: String,
}

impl Demo {
    fn prepare(project: &Project, options: &RunOptions) -> Result<Self, Trouble> {
        let dir = options.dir.clone().unwrap_or_else(|| project.cache.join("demo"));
        println!(
            "  in {}: kept between runs, made anew with --fresh",
            dir.display()
        );
        let program = project
            .binary("sportelloctl", options.release)
            .to_string_lossy()
            .into_owned();
        let mut command = process::command(&program, ["--json", "demo", "--dir"]);
        command.arg(dir).args(options.fresh.then_some("--fresh"));
        if let Some(port) = options.port {
            command.args(["--listen", &format!("127.0.0.1:{port}")]);
        }
        println!("  $ {}", process::shown(&command));
        let told = process::output(
            command
                .stderr(Stdio::inherit())
                .env("RUST_LOG", "sportelloctl=info"),
        )?
        .stdout;
        let told = serde_json::from_slice(&told)
            .map_err(|cause| Trouble::Rule(format!("what sportelloctl told cannot be read: {cause}.")))?;
        let demo = Self::read(&told)?;
        match options.port {
            Some(port) if port != demo.listen.port() => Err(Trouble::Usage(format!(
                "the data there was made for the address {}: leave --port out, or add --fresh.",
                demo.listen
            ))),
            _ => Ok(demo),
        }
    }

    fn read(told: &Value) -> Result<Self, Trouble> {
        let missing =
            |key: &str| Trouble::Rule(format!("sportelloctl demo did not tell `{key}`: try --fresh."));
        let text =
            |value: &Value, key: &str| value[key].as_str().map(str::to_owned).ok_or_else(|| missing(key));
        let operator = |value: &Value| {
            Ok(Operator {
                username: text(value, "username")?,
                passphrase: text(value, "passphrase")?,
                role: text(value, "role")?,
                desk: text(value, "desk")?,
            })
        };
        Ok(Self {
            central: text(told, "central_data")?.into(),
            desk: text(told, "desk_dir")?.into(),
            supervisor: text(told, "supervisor_dir")?.into(),
            listen: text(told, "listen")?.parse().map_err(|_| missing("listen"))?,
            operators: told["operators"]
                .as_array()
                .ok_or_else(|| missing("operators"))?
                .iter()
                .map(operator)
                .collect::<Result<_, _>>()?,
        })
    }

    /// Who may log in, as a small table.
    fn credentials(&self) -> String {
        let line = |o: &Operator| {
            format!(
                "    {:<8} {:<12} {:<16} {}",
                o.desk, o.username, o.passphrase, o.role
            )
        };
        let title = "  To log in (demonstration data, nothing in it is real or secret): desk, user name, passphrase, role";
        std::iter::once(title.to_owned())
            .chain(self.operators.iter().map(line))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn open(project: &Project, options: &RunOptions, demo: &Demo) -> Result<(), Trouble> {
    if TcpListener::bind(demo.listen).is_err() {
        return Err(Trouble::Missing(format!(
            "something listens at {} already: close the other `cargo xtask run`, or choose --port N --fresh.",
            demo.listen
        )));
    }
    let program = |name: &str| {
        project
            .binary(name, options.release)
            .to_string_lossy()
            .into_owned()
    };
    let mut office = Office::new(program("sportello-central"), &demo.central, demo.listen);
    office.start()?;

    println!("\n{}\n", demo.credentials());
    // Declared before the windows, so that it outlives them.
    let screen = options.headless.then(VirtualScreen::start).transpose()?;
    let window = |dir: &Path| {
        let mut desk = process::command(&program("sportello"), ["--data"]);
        // What is typed is for this program.
        desk.arg(dir).stdin(Stdio::null());
        if let Some(screen) = &screen {
            // GTK would prefer a Wayland screen, which a person may be looking at.
            desk.env("DISPLAY", &screen.display)
                .env("GDK_BACKEND", "x11")
                .env_remove("WAYLAND_DISPLAY");
        }
        Running::start(&mut desk)
    };
    let mut windows = vec![window(&demo.desk)?];
    if options.supervisor {
        windows.push(window(&demo.supervisor)?);
    } else {
        println!("  (--supervisor opens the supervisors' desk beside it)");
    }
    println!(
        "\n  Type `off` and Enter to take the central office away, as when the network is down; `on` brings it back."
    );
    attend(windows, &mut office, options.seconds.map(Duration::from_secs))?;
    println!("  the windows are closed, the central office is stopped");
    Ok(())
}

/// Until every window is closed or the time is over: does what is typed, and sees that the office still stands.
fn attend(mut windows: Vec<Running>, office: &mut Office, limit: Option<Duration>) -> Result<(), Trouble> {
    let began = Instant::now();
    let typed = typed_lines();
    loop {
        let mut open = Vec::new();
        for mut window in windows {
            if window.ended()?.is_none() {
                open.push(window);
            }
        }
        windows = open;
        if windows.is_empty() || limit.is_some_and(|limit| began.elapsed() >= limit) {
            return Ok(());
        }
        office.check()?;
        match typed.recv_timeout(Duration::from_millis(100)).as_deref() {
            Ok("off") => office.stop(),
            Ok("on") => office.start()?,
            Ok("") | Err(mpsc::RecvTimeoutError::Timeout) => {}
            Ok(other) => println!("  `{other}` is not known: `off` or `on`."),
            // Nobody is there to type.
            Err(mpsc::RecvTimeoutError::Disconnected) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
}

/// The lines that somebody types here. The thread ends with the program: nothing can wake it from its reading.
fn typed_lines() -> Receiver<String> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if send.send(line.trim().to_lowercase()).is_err() {
                break;
            }
        }
    });
    receive
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told() -> Value {
        serde_json::json!({
            "central_data": "d/central", "desk_dir": "d/desk", "supervisor_dir": "d/supervisor",
            "listen": "127.0.0.1:7480",
            "operators": [
                {"username": "anna", "passphrase": "una frase lunga", "role": "operator", "desk": "Q1-A"},
                {"username": "bruno", "passphrase": "un'altra frase", "role": "supervisor", "desk": "SUP"},
            ],
        })
    }

    #[test]
    fn what_was_told_is_read_whole() {
        let demo = Demo::read(&told()).unwrap();
        assert_eq!(demo.listen.port(), 7480);
        assert_eq!(demo.supervisor, Path::new("d/supervisor"));
        let text = demo.credentials();
        assert!(
            text.contains("anna") && text.contains("una frase lunga") && text.contains("SUP"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn what_was_not_told_is_named() {
        for key in [
            "central_data",
            "desk_dir",
            "supervisor_dir",
            "listen",
            "operators",
        ] {
            let mut told = told();
            told.as_object_mut().unwrap().remove(key);
            let sentence = Demo::read(&told).unwrap_err().to_string();
            assert!(sentence.contains(key), "{sentence}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_closed_window_ends_it_and_a_crashed_one_is_told() {
        let mut office = Office::new(
            "no-such-program".to_owned(),
            Path::new("d"),
            "127.0.0.1:9".parse().unwrap(),
        );
        let window = |program: &str| vec![Running::start(&mut process::command(program, ["0"])).unwrap()];
        assert!(attend(window("sleep"), &mut office, None).is_ok());
        let crashed = attend(window("false"), &mut office, None)
            .unwrap_err()
            .to_string();
        assert!(crashed.contains("false"), "{crashed}");
        let open = vec![Running::start(&mut process::command("sleep", ["600"])).unwrap()];
        assert!(attend(open, &mut office, Some(Duration::from_millis(10))).is_ok());
    }
}

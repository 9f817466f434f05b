// SPDX-License-Identifier: EUPL-1.2
//! `run`: a central office and a desk on demonstration data, in a real window.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::args::RunOptions;
use crate::error::{Trouble, file};
use crate::pages;
use crate::process::{self, Running};
use crate::project::Project;
use crate::screen::{self, VirtualScreen};
use crate::setup::{self, Purpose};
use crate::steps::Steps;

/// How long the central office may take to answer after its start.
const PATIENCE: Duration = Duration::from_secs(30);

/// Builds, prepares the data, starts both and waits until the window is closed.
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
    steps.step("programs", || build(project, options.release))?;
    let demo = Demo::at(project, options);
    let told = steps.step("demonstration data", || demo.prepare(project, options))?;
    steps.step("desk", || open(project, options, &demo, &told))
}

fn build(project: &Project, release: bool) -> Result<(), Trouble> {
    let args = [
        "build",
        "--locked",
        "-p",
        "sportello",
        "-p",
        "sportelloctl",
        "-p",
        "sportello-central",
    ];
    process::run(project.cargo(&args).args(release.then_some("--release")))
}

/// The demonstration data of one folder.
struct Demo {
    dir: PathBuf,
}

impl Demo {
    fn at(project: &Project, options: &RunOptions) -> Self {
        Self {
            dir: options.dir.clone().unwrap_or_else(|| project.cache.join("demo")),
        }
    }

    /// What `sportelloctl demo` told when it made the data; written last, so a half-made folder does not count.
    fn told(&self) -> PathBuf {
        self.dir.join("demo.json")
    }

    /// Makes the data when it is not there, and gives what was told about it.
    fn prepare(&self, project: &Project, options: &RunOptions) -> Result<Value, Trouble> {
        let told = self.told();
        if options.fresh || !told.is_file() {
            self.clear()?;
            self.make(project, options)?;
        } else {
            println!(
                "  kept from the last run in {} (--fresh makes it anew)",
                self.dir.display()
            );
        }
        let text = std::fs::read_to_string(&told).map_err(file(&told))?;
        serde_json::from_str(&text).map_err(|cause| {
            Trouble::Rule(format!(
                "{} cannot be read ({cause}): run again with --fresh.",
                told.display()
            ))
        })
    }

    /// Empties the folder; one that holds anything else than our data is left alone.
    fn clear(&self) -> Result<(), Trouble> {
        let Ok(mut entries) = std::fs::read_dir(&self.dir) else {
            return Ok(());
        };
        if !entries.any(|_| true) {
            return Ok(());
        }
        if !self.told().is_file() && !self.marker().is_file() {
            return Err(Trouble::Usage(format!(
                "{} holds files that are not demonstration data: nothing was touched, choose another folder.",
                self.dir.display()
            )));
        }
        std::fs::remove_dir_all(&self.dir).map_err(file(&self.dir))
    }

    /// Says that the folder is ours, also when the making was cut off.
    fn marker(&self) -> PathBuf {
        self.dir.join(".sportello-demo")
    }

    fn make(&self, project: &Project, options: &RunOptions) -> Result<(), Trouble> {
        std::fs::create_dir_all(&self.dir).map_err(file(&self.dir))?;
        std::fs::write(self.marker(), "").map_err(file(self.marker()))?;
        let program = project
            .binary("sportelloctl", options.release)
            .to_string_lossy()
            .into_owned();
        let mut command = process::command(&program, ["demo", "--dir"]);
        command.arg(&self.dir);
        println!("  $ {}", process::shown(&command));
        let made = process::output(&mut command)?;
        std::fs::write(self.told(), made.stdout).map_err(file(self.told()))
    }
}

fn open(project: &Project, options: &RunOptions, demo: &Demo, told: &Value) -> Result<(), Trouble> {
    let place = |key: &str, otherwise: &str| {
        told[key]
            .as_str()
            .map_or_else(|| demo.dir.join(otherwise), PathBuf::from)
    };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let program = |name: &str| {
        project
            .binary(name, options.release)
            .to_string_lossy()
            .into_owned()
    };

    let mut server = process::command(&program("sportello-central"), ["serve", "--data"]);
    server
        .arg(place("central_data", "central"))
        .args(["--listen", &address.to_string()]);
    let mut server = Running::start(&mut server)?;
    wait_for(&mut server, address)?;

    println!("\n{}\n", credentials(told));
    // Declared before the window, so that it outlives it.
    let screen = options.headless.then(VirtualScreen::start).transpose()?;
    let mut desk = process::command(&program("sportello"), ["--data"]);
    desk.arg(place("desk_dir", "desk"));
    if let Some(screen) = &screen {
        // GTK would prefer a Wayland screen, which a person may be looking at.
        desk.env("DISPLAY", &screen.display)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
    }
    let desk = Running::start(&mut desk)?;
    desk.wait(options.seconds.map(Duration::from_secs))?;
    println!("  the window is closed, the central office is stopped");
    Ok(())
}

/// Waits until the central office says that it is well.
fn wait_for(server: &mut Running, address: SocketAddr) -> Result<(), Trouble> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        server.still_runs()?;
        if is_well(address) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(Trouble::Rule(format!(
        "the central office did not answer at {address} within {} s.",
        PATIENCE.as_secs()
    )))
}

fn is_well(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.take(64).read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.") && answer.split(' ').nth(1) == Some("200"))
}

/// Who may log in at the demonstration desk, as a small table.
fn credentials(told: &Value) -> String {
    let empty = Vec::new();
    let operators = told["operators"].as_array().unwrap_or(&empty);
    let text = |operator: &Value, key: &str| operator[key].as_str().unwrap_or("?").to_owned();
    let mut lines = vec!["  To log in at the desk (demonstration data, not a secret):".to_owned()];
    lines.extend(operators.iter().map(|operator| {
        format!(
            "    {:<16} {:<32} {}",
            text(operator, "username"),
            text(operator, "passphrase"),
            text(operator, "role")
        )
    }));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::path::Path;

    fn folder(name: &str) -> Demo {
        let dir = std::env::temp_dir().join(format!("sportello-xtask-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        Demo { dir }
    }

    #[test]
    fn credentials_list_every_operator() {
        let told = serde_json::json!({"operators": [
            {"username": "anna", "passphrase": "una frase lunga", "role": "operator"},
            {"username": "bruno", "passphrase": "un'altra frase", "role": "supervisor"},
        ]});
        let text = credentials(&told);
        assert!(
            text.contains("anna") && text.contains("una frase lunga") && text.contains("supervisor"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn a_folder_with_other_files_is_never_emptied() {
        let demo = folder("other-files");
        std::fs::create_dir_all(&demo.dir).unwrap();
        std::fs::write(demo.dir.join("thesis.odt"), "years of work").unwrap();
        assert!(
            demo.clear()
                .unwrap_err()
                .to_string()
                .contains("nothing was touched")
        );
        assert!(demo.dir.join("thesis.odt").is_file());
        std::fs::remove_dir_all(&demo.dir).unwrap();
    }

    #[test]
    fn old_and_half_made_data_is_cleared() {
        let demo = folder("half-made");
        assert!(demo.clear().is_ok(), "no folder at all");
        std::fs::create_dir_all(demo.dir.join("central")).unwrap();
        std::fs::write(demo.marker(), "").unwrap();
        demo.clear().unwrap();
        assert!(!demo.dir.exists());
    }

    #[test]
    fn a_server_that_is_not_there_is_not_well() {
        // Port 9 (discard) is not served on a developer's loopback; a refused connection answers at once.
        assert!(!is_well(SocketAddr::from((Ipv4Addr::LOCALHOST, 9))));
    }

    #[test]
    fn a_server_is_well_only_when_it_says_so() {
        for (answer, well) in [
            ("HTTP/1.1 200 OK\r\n\r\n", true),
            ("HTTP/1.1 503 Busy\r\n\r\n", false),
        ] {
            let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let address = listener.local_addr().unwrap();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = [0; 128];
                let read = stream.read(&mut asked).unwrap();
                assert!(asked[..read].starts_with(b"GET /healthz HTTP/1.1\r\n"));
                stream.write_all(answer.as_bytes()).unwrap();
            });
            assert_eq!(is_well(address), well);
            server.join().unwrap();
        }
    }

    #[test]
    fn the_data_folder_can_be_chosen() {
        let options = RunOptions {
            dir: Some(PathBuf::from("here")),
            ..RunOptions::default()
        };
        let project = Project {
            root: "r".into(),
            cache: "c".into(),
            target: "t".into(),
        };
        assert_eq!(Demo::at(&project, &options).dir, Path::new("here"));
        assert_eq!(
            Demo::at(&project, &RunOptions::default()).dir,
            Path::new("c/demo")
        );
    }
}

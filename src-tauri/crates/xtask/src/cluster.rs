// SPDX-License-Identifier: EUPL-1.2
//! A PostgreSQL server for tests only: in a folder of its own, reached through a socket in that folder, gone with this value.
//!
//! The centre's tests take this file too, for when somebody runs them without `cargo xtask`.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// The variable that names a server on which tests may make and drop databases.
pub const VARIABLE: &str = "SPORTELLO_TEST_POSTGRES";

/// How long it may take until it answers, or until it has stopped.
const PATIENCE: Duration = Duration::from_mins(1);

/// Starts a program that is stopped when its standard input ends: with this process, however that ends. What waits for that
/// is nobody's child, least of all the server's, which would wonder about it.
const UNTIL_INPUT_ENDS: &str = r#"exec 3<&0; ( (read -r _ <&3; kill -INT $$) & ); exec "$@" 3<&- </dev/null"#;

/// Why there is no server.
#[derive(Debug)]
pub enum NoCluster {
    /// Its programs are not on this machine.
    NotInstalled,
    /// It does not run as root, and there is no other user for it.
    NoUser,
    /// A file or a program fails.
    Io(String, io::Error),
    /// One of its programs says no; the end of what it said.
    Refused(String),
}

impl fmt::Display for NoCluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled => write!(
                f,
                "PostgreSQL's programs are not here: `cargo xtask setup` installs them, or {VARIABLE} names a server"
            ),
            Self::NoUser => write!(
                f,
                "PostgreSQL does not run as root, and there is no user `postgres`"
            ),
            Self::Io(what, cause) => write!(f, "{what}: {cause}"),
            Self::Refused(said) => write!(f, "PostgreSQL did not start: {said}"),
        }
    }
}

impl std::error::Error for NoCluster {}

/// The server.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    user: Option<(u32, u32)>,
    settings: Vec<String>,
    server: Option<Child>,
}

impl Cluster {
    /// Makes one and starts it. `settings` are of the form `name=value`. What it writes survives nothing but an orderly
    /// stop: tests are quicker so.
    pub fn start(settings: &[&str]) -> Result<Self, NoCluster> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let programs = programs().ok_or(NoCluster::NotInstalled)?;
        let user = if ask("id", &["-u"]).as_deref() == Some("0") {
            let number = |flag| ask("id", &[flag, "postgres"]).and_then(|text| text.parse().ok());
            Some(number("-u").zip(number("-g")).ok_or(NoCluster::NoUser)?)
        } else {
            None
        };
        // Short: the path of a socket has little room.
        let name = format!(
            "sportello-pg-{}-{}",
            std::process::id(),
            NUMBER.fetch_add(1, Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).map_err(|cause| NoCluster::Io(folder.display().to_string(), cause))?;
        let always = [
            "listen_addresses=",
            "fsync=off",
            "full_page_writes=off",
            "max_connections=300",
        ];
        let mut cluster = Self {
            folder,
            programs,
            user,
            settings: always
                .iter()
                .chain(settings)
                .map(|&setting| setting.to_owned())
                .collect(),
            server: None,
        };
        if let Some((user, group)) = user {
            chown(&cluster.folder, Some(user), Some(group))
                .map_err(|cause| NoCluster::Io("the folder's owner".to_owned(), cause))?;
        }
        let mut init = cluster.program(&cluster.programs.join("initdb"))?;
        init.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
        ])
        .args(["--no-sync", "--no-instructions", "-D"])
        .arg(cluster.data());
        let done = init
            .status()
            .map_err(|cause| NoCluster::Io("initdb".to_owned(), cause))?;
        if !done.success() {
            return Err(cluster.refused());
        }
        cluster.run()?;
        Ok(cluster)
    }

    /// Starts it (again), and waits until it answers.
    pub fn run(&mut self) -> Result<(), NoCluster> {
        let mut server = self.program(Path::new("sh"))?;
        server
            .stdin(Stdio::piped())
            .args(["-c", UNTIL_INPUT_ENDS, "sh"])
            .arg(self.programs.join("postgres"))
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(&self.folder);
        for setting in &self.settings {
            server.args(["-c", setting]);
        }
        let child = server
            .spawn()
            .map_err(|cause| NoCluster::Io("postgres".to_owned(), cause))?;
        let port = self.port().to_owned();
        let child = self.server.insert(child);
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let ended = child.try_wait();
            let answers = Command::new(self.programs.join("pg_isready"))
                .args(["--quiet", "--username=postgres", "--port", &port, "--host"])
                .arg(&self.folder)
                .status();
            match (ended, answers) {
                (Ok(None), Ok(status)) if status.success() => return Ok(()),
                (Ok(None), Ok(_)) => std::thread::sleep(Duration::from_millis(20)),
                (Err(cause), _) | (_, Err(cause)) => {
                    return Err(NoCluster::Io("pg_isready".to_owned(), cause));
                }
                (Ok(Some(_)), _) => break,
            }
        }
        Err(self.refused())
    }

    /// Stops it; whoever is connected is sent away.
    pub fn stop(&mut self) {
        let Some(mut child) = self.server.take() else {
            return;
        };
        // Its "fast" way to stop.
        drop(child.stdin.take());
        let began = Instant::now();
        while matches!(child.try_wait(), Ok(None)) {
            if began.elapsed() > PATIENCE {
                let _ = child.kill();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Kills it (SIGKILL) wherever it is: as if the computer had stopped, but for its memory of files.
    #[allow(dead_code, reason = "the tests kill it at work")]
    pub fn kill(&mut self) {
        if let Some(mut child) = self.server.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// The address of one of its databases; `postgres` is there from the beginning.
    pub fn url(&self, database: &str) -> String {
        let (folder, port) = (self.folder.display(), self.port());
        format!("postgresql://postgres@/{database}?host={folder}&port={port}")
    }

    /// Its socket is named after this; it is a port of the network only where `listen_addresses` says so.
    fn port(&self) -> &str {
        let set = self
            .settings
            .iter()
            .find_map(|setting| setting.strip_prefix("port="));
        set.unwrap_or("5432")
    }

    /// Its own folder, for what it is to read.
    #[allow(dead_code, reason = "the tests put certificates there")]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives a file in its folder to the server's user, readable by nobody else.
    #[allow(dead_code, reason = "the tests put certificates there")]
    pub fn give(&self, file: &Path) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(file, fs::Permissions::from_mode(0o600))?;
        self.user
            .map_or(Ok(()), |(user, group)| chown(file, Some(user), Some(group)))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A program, as the server's user, in its folder; what it says goes into a file there.
    fn program(&self, program: &Path) -> Result<Command, NoCluster> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("log"))
            .map_err(|cause| NoCluster::Io("log".to_owned(), cause))?;
        let error = log
            .try_clone()
            .map_err(|cause| NoCluster::Io("log".to_owned(), cause))?;
        let mut command = Command::new(program);
        command
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(error);
        // What a person has set for their own server is not for this one.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        Ok(command)
    }

    fn refused(&self) -> NoCluster {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(5).collect();
        NoCluster::Refused(lines.into_iter().rev().collect::<Vec<_>>().join(" / "))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Where its programs lie: the newest of Debian's folders, or beside the `initdb` on the path.
fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten();
    let newest = debian
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            programs.join("initdb").is_file().then_some((version, programs))
        })
        .max();
    newest.map(|(_, programs)| programs).or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file())
    })
}

/// What a program prints, if it does so with success.
fn ask(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

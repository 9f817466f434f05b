// SPDX-License-Identifier: EUPL-1.2
//! What can be asked of the centre on the command line, and how it answers.

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde_json::{Value, json};
use sportello_central::preset::{self, SiteFacts};
use sportello_central::{Central, CentralError, Database, DeskState, NewDesk, ServeOptions, Server, Tls};
use sportello_domain::meta::Topic;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;

type Failure = Box<dyn Error>;

const AFTER_HELP: &str = "Exit codes: 0 done; 1 could not be done (the reason stands on standard error); 2 wrong usage; \
                          3 `verify` found something that does not hold.\n\n\
                          A log of what happens goes to standard error; SPORTELLO_LOG chooses how much \
                          (error, warn, info, debug). It never holds personal data.";

/// The central office server of Sportello: desks hand over what they wrote and fetch what they may read.
#[derive(Debug, Parser)]
#[command(name = "sportello-central", version, about, after_help = AFTER_HELP, arg_required_else_help = true)]
pub struct Arguments {
    /// Answer in JSON, one object on standard output (errors too, on standard error)
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The office: found it, show it, change its sites
    #[command(subcommand)]
    Office(OfficeCommand),
    /// Serve desks until stopped (SIGTERM or Ctrl-C); what is under way then has ten seconds to end
    Serve(Serve),
    /// The desks: add, list, revoke
    #[command(subcommand)]
    Desk(DeskCommand),
    /// Go through everything kept: chains, signatures, certificates. Exit code 3 when something does not hold
    Verify(Folder),
}

#[derive(Debug, Args)]
struct Folder {
    /// The folder with the office's key, and with its database unless that is on a server
    #[arg(long, value_name = "DIR", env = "SPORTELLO_CENTRAL_DATA")]
    data: PathBuf,
    #[command(flatten)]
    server: ServerArguments,
}

#[derive(Debug, Args)]
struct ServerArguments {
    /// Keep the database on a PostgreSQL server: postgresql://USER:PASSWORD@HOST:PORT/DATABASE. To another computer it takes
    /// TLS and verifies the server's certificate. Better in the environment, since everybody here sees a command line
    #[arg(
        long,
        value_name = "URL",
        env = "SPORTELLO_CENTRAL_DATABASE_URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// The authority (PEM) that signed the database server's certificate; those that this computer trusts unless given
    #[arg(
        long,
        value_name = "FILE",
        env = "SPORTELLO_CENTRAL_DATABASE_CA",
        requires = "database_url"
    )]
    database_ca: Option<PathBuf>,
}

impl ServerArguments {
    fn database(&self) -> Database {
        match &self.database_url {
            Some(url) => Database::Server(Server {
                url: url.clone(),
                authority: self.database_ca.clone(),
            }),
            None => Database::File,
        }
    }
}

#[derive(Debug, Subcommand)]
enum OfficeCommand {
    /// Found the office: make its key (DIR/office.key, readable by its owner only: back it up) and write its sites
    Init {
        #[command(flatten)]
        folder: Folder,
        /// The office's name, as desks show it: "Comune di Firenze"
        #[arg(long)]
        name: String,
        #[command(flatten)]
        sites: SiteSource,
    },
    /// Show the office: identifier, name, fingerprint of its public key, sites
    Show(Folder),
    /// Write sites anew: those with a known code are changed, others added; none is removed
    Sites {
        #[command(flatten)]
        folder: Folder,
        #[command(flatten)]
        sites: SiteSource,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct SiteSource {
    /// Begin with the sites of an example office
    #[arg(long)]
    preset: Option<Preset>,
    /// Read the sites from a file: [{"code", "name", "quartiere", "central", "address", "phone"}, …]
    #[arg(long, value_name = "FILE.json")]
    sites: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Preset {
    /// Five seats, one in each Quartiere, and a central one
    Firenze,
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    folder: Folder,
    /// Address and port; port 0 takes a free one, and the answer says which
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8480")]
    listen: SocketAddr,
    /// The server's certificate with its chain, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The server's private key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Serve plain HTTP beyond this computer. Anybody in between can read what desks say: for closed test networks only
    #[arg(long)]
    insecure_plain_http: bool,
}

#[derive(Debug, Subcommand)]
enum DeskCommand {
    /// Add a desk and get its one-time code. For a desk that was never enrolled: get a new code, the old one holds no more
    Add {
        #[command(flatten)]
        folder: Folder,
        /// The code of the site it stands at: Q1
        #[arg(long, value_name = "CODE")]
        site: String,
        /// Its name, unique: Q1-A
        #[arg(long)]
        name: String,
        /// What it reads besides the office's topic: q1,q2 or all (every Quartiere). Unless given: the site's Quartiere, or
        /// every Quartiere at a central site
        #[arg(long, value_name = "TOPICS", value_parser = parse_reads)]
        reads: Option<Reads>,
        /// Supervisors and administrators sit there: it reads and writes every topic
        #[arg(long)]
        supervises: bool,
        /// For how many hours the code holds
        #[arg(long, value_name = "N", default_value_t = 48)]
        valid_hours: u32,
    },
    /// List the desks: last seen, records waiting, clock, logs
    List(Folder),
    /// Revoke a desk, by name or identifier: it hands nothing over and fetches nothing any more. What it wrote before stays
    Revoke {
        #[command(flatten)]
        folder: Folder,
        /// Its name or identifier
        desk: String,
    },
}

#[derive(Clone, Debug)]
struct Reads(Vec<Topic>);

fn parse_reads(text: &str) -> Result<Reads, String> {
    if text.trim().eq_ignore_ascii_case("all") {
        return Ok(Reads((1..=5).map(Topic::Quartiere).collect()));
    }
    let topics: Result<Vec<Topic>, _> = text
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase().parse())
        .collect();
    topics
        .map(Reads)
        .map_err(|error| format!("{error}; topics are q1 to q5, or all"))
}

/// Lets what happens be told on standard error.
pub fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SPORTELLO_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
}

/// Tells an error with its causes.
pub fn tell_error(json: bool, error: &(dyn Error + 'static)) -> ExitCode {
    let mut sentence = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        sentence.push_str(": ");
        sentence.push_str(&inner.to_string());
        cause = inner.source();
    }
    let line = if json {
        json!({ "error": sentence }).to_string()
    } else {
        format!("sportello-central: {sentence}")
    };
    let _ = writeln!(std::io::stderr(), "{line}");
    ExitCode::FAILURE
}

/// Does what was asked.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let json = arguments.json;
    match &arguments.command {
        Command::Office(OfficeCommand::Init { folder, name, sites }) => {
            let central = Central::open_on(&folder.data, &folder.server.database())?;
            central.init_office(name, &sites.read()?)?;
            show_office(&central, json)
        }
        Command::Office(OfficeCommand::Show(folder)) => show_office(&open(folder)?, json),
        Command::Office(OfficeCommand::Sites { folder, sites }) => {
            let central = open(folder)?;
            central.set_sites(&sites.read()?)?;
            show_office(&central, json)
        }
        Command::Serve(options) => serve(options, json),
        Command::Desk(command) => desk(command, json),
        Command::Verify(folder) => verify(&open(folder)?, json),
    }
}

/// Opens a folder in which an office must be: a mistyped one is not made.
fn open(folder: &Folder) -> Result<Central, CentralError> {
    Central::open_founded(&folder.data, &folder.server.database())
}

impl SiteSource {
    fn read(&self) -> Result<Vec<SiteFacts>, CentralError> {
        match (&self.sites, self.preset) {
            (Some(path), _) => {
                let text = std::fs::read_to_string(path).map_err(|source| CentralError::File {
                    path: path.clone(),
                    source,
                })?;
                preset::from_json(&text)
            }
            (None, _) => Ok(preset::firenze()),
        }
    }
}

/// Writes the answer: as JSON, or in words.
fn answer(json: bool, value: &Value, words: &str) -> Result<ExitCode, Failure> {
    let mut out = std::io::stdout();
    if json {
        writeln!(out, "{value}")?;
    } else {
        writeln!(out, "{}", words.trim_end())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn show_office(central: &Central, json: bool) -> Result<ExitCode, Failure> {
    let facts = central.facts()?;
    let value = json!({
        "id": facts.id.to_string(), "name": facts.name, "public_key": hex::encode(facts.key.0),
        "fingerprint": facts.fingerprint(), "sites": facts.sites,
    });
    let mut words = format!(
        "{}\nidentifier  {}\nfingerprint {}\n\nsites\n",
        facts.name,
        facts.id,
        facts.fingerprint()
    );
    for site in &facts.sites {
        let what = if site.central {
            "every Quartiere".to_owned()
        } else {
            format!("Quartiere {}", site.quartiere)
        };
        writeln!(
            words,
            "  {:<4} {} · {} · {what}",
            site.code, site.name, site.address
        )?;
    }
    answer(json, &value, &words)
}

fn serve(options: &Serve, json: bool) -> Result<ExitCode, Failure> {
    let central = open(&options.folder)?;
    central.facts()?;
    let tls = match (&options.tls_cert, &options.tls_key) {
        (Some(certificate), Some(key)) => Some(Tls {
            certificate: certificate.clone(),
            key: key.clone(),
        }),
        _ => None,
    };
    let scheme = if tls.is_some() { "https" } else { "http" };
    let how = ServeOptions {
        tls,
        insecure_plain_http: options.insecure_plain_http,
    };
    if how.tls.is_none() && !options.listen.ip().is_loopback() && !how.insecure_plain_http {
        return Err(CentralError::PlainHttp(options.listen).into());
    }
    let listener = TcpListener::bind(options.listen).map_err(|source| CentralError::Listen {
        address: options.listen.to_string(),
        source,
    })?;
    let url = format!("{scheme}://{}", listener.local_addr()?);
    answer(json, &json!({ "listening": url }), &format!("listening on {url}"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(central.serve(listener, &how, told_to_stop()))?;
    Ok(ExitCode::SUCCESS)
}

/// Ends when the system or a person says so.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}

fn desk(command: &DeskCommand, json: bool) -> Result<ExitCode, Failure> {
    match command {
        DeskCommand::Add {
            folder,
            site,
            name,
            reads,
            supervises,
            valid_hours,
        } => {
            let new = NewDesk {
                site: site.clone(),
                name: name.clone(),
                reads: reads.clone().map(|reads| reads.0),
                supervises: *supervises,
                valid_hours: *valid_hours,
            };
            let invitation = open(folder)?.add_desk(&new)?;
            let value = json!({
                "desk": invitation.desk.to_string(), "name": invitation.name, "code": invitation.code.to_string(),
                "expires_at": invitation.expires_at, "reads": invitation.reads,
            });
            let words = format!(
                "{}\ncode   {}\nuntil  {}\nreads  {}",
                invitation.name,
                invitation.code,
                when(invitation.expires_at),
                invitation.reads.join(", ")
            );
            answer(json, &value, &words)
        }
        DeskCommand::List(folder) => list(&open(folder)?, json),
        DeskCommand::Revoke { folder, desk } => {
            let desk = open(folder)?.revoke_desk(desk)?;
            let value =
                json!({ "desk": desk.id.to_string(), "name": desk.name, "revoked_at": desk.revoked_at });
            answer(json, &value, &format!("{} is revoked", desk.name))
        }
    }
}

fn list(central: &Central, json: bool) -> Result<ExitCode, Failure> {
    let states = central.desk_states()?;
    let value: Vec<Value> = states.iter().map(desk_value).collect();
    let mut words = String::new();
    for state in &states {
        let (desk, presence) = (&state.desk, state.presence.as_ref());
        let seen = presence.map_or("never seen".into(), |p| format!("seen {}", when(p.seen_at)));
        let waiting = presence.map_or(0, |p| p.waiting);
        let skew = presence.map_or(0, |p| p.skew / 1000);
        let records: u64 = state.logs.iter().map(|(_, seq, _)| seq).sum();
        writeln!(
            words,
            "{:<10} {:<5} {:<9} {seen}, {records} records here, {waiting} waiting there, clock {skew:+} s",
            desk.name,
            desk.site_code,
            status(state)
        )?;
    }
    if states.is_empty() {
        words.push_str("no desk yet");
    }
    answer(json, &Value::Array(value), &words)
}

fn status(state: &DeskState) -> &'static str {
    if state.desk.revoked_at.is_some() {
        "revoked"
    } else if state.desk.enrolled.is_none() {
        "invited"
    } else if state.logs.iter().any(|(_, _, stopped)| stopped.is_some()) {
        "forked"
    } else {
        "enrolled"
    }
}

fn desk_value(state: &DeskState) -> Value {
    let logs: Vec<Value> = state
        .logs
        .iter()
        .map(|(topic, seq, stopped)| json!({ "topic": topic, "seq": seq, "stopped": stopped }))
        .collect();
    json!({
        "desk": state.desk.id.to_string(), "name": state.desk.name, "site": state.desk.site_code,
        "status": status(state), "reads": state.desk.reads, "supervises": state.desk.supervises,
        "seen_at": state.presence.as_ref().map(|p| p.seen_at),
        "waiting": state.presence.as_ref().map(|p| p.waiting),
        "skew_ms": state.presence.as_ref().map(|p| p.skew),
        "version": state.presence.as_ref().map(|p| &p.version),
        "logs": logs,
    })
}

fn verify(central: &Central, json: bool) -> Result<ExitCode, Failure> {
    let report = central.verify()?;
    let mut words = format!(
        "{} desks, {} logs, {} records, {} signatures; {} records not accepted, {} forks\n",
        report.desks, report.logs, report.records, report.signatures, report.refused, report.forks
    );
    for line in &report.stopped {
        writeln!(words, "stopped: {line}")?;
    }
    for line in &report.problems {
        writeln!(words, "DOES NOT HOLD: {line}")?;
    }
    let sound = report.problems.is_empty();
    words.push_str(if sound {
        "everything holds"
    } else {
        "restore the centre from its backup; desks send again what is missing"
    });
    answer(json, &serde_json::to_value(&report)?, &words)?;
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(3)
    })
}

/// A moment as people read it, in Italy.
fn when(millis: i64) -> String {
    sportello_domain::time::Timestamp(millis)
        .rome()
        .format("%d/%m/%Y %H:%M")
        .to_string()
}

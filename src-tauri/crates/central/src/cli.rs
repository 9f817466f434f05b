// SPDX-License-Identifier: EUPL-1.2
//! What can be asked of the centre on the command line, and how it answers.

mod arguments;
mod bundle;

pub use arguments::Arguments;
use arguments::{Command, DeskCommand, Folder, OfficeCommand, Serve, SiteSource};
use serde_json::{Value, json};
use sportello_central::preset::{self, SiteFacts};
use sportello_central::{
    Central, CentralError, CopyReport, Database, DeskState, Limits, NewDesk, ServeOptions, Tls,
};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::ExitCode;

type Failure = Box<dyn Error>;

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
        Command::Bundle(command) => bundle::run(command, json),
        Command::Backup { folder, to } => {
            let report = open(folder)?.backup(to)?;
            copied(&report, &format!("backup in {}", to.display()), json)
        }
        Command::Restore { folder, from } => {
            let report = Central::restore(&folder.data, &folder.server.database(), from)?;
            copied(
                &report,
                "restored; desks send what has come since the backup",
                json,
            )
        }
        Command::Migrate(folder) => {
            let Database::Server(server) = folder.server.database() else {
                return Err("--database-url must say where the database is to go".into());
            };
            let report = Central::migrate(&folder.data, &server)?;
            copied(
                &report,
                "moved; from now on every command takes --database-url",
                json,
            )
        }
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
        limits: Limits {
            desk: options.limit_desk,
            address: options.limit_address,
        },
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
            replaces,
            reads,
            supervises,
            valid_hours,
        } => {
            let central = open(folder)?;
            let invitation = match replaces {
                Some(old) => central.replace_desk(old, *valid_hours)?,
                None => central.add_desk(&NewDesk {
                    site: site.clone().unwrap_or_default(),
                    name: name.clone().unwrap_or_default(),
                    reads: reads.clone().map(|reads| reads.0),
                    supervises: *supervises,
                    valid_hours: *valid_hours,
                })?,
            };
            let value = json!({
                "desk": invitation.desk.to_string(), "name": invitation.name, "code": invitation.code.to_string(),
                "expires_at": invitation.expires_at, "reads": invitation.reads, "replaces": replaces,
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
            "{:<10} {:<5} {:<9} {seen}, {records} records here, {waiting} waiting there, clock {skew:+} s{}{}",
            desk.name,
            desk.site_code,
            status(state),
            key_words(state),
            replaced_words(state)
        )?;
    }
    if states.is_empty() {
        words.push_str("no desk yet");
    }
    answer(json, &Value::Array(value), &words)
}

/// Which key a desk has and since when.
fn key_words(state: &DeskState) -> String {
    state.key.map_or_else(String::new, |key| {
        format!(", key {} since {}", key.number, when(key.since))
    })
}

fn replaced_words(state: &DeskState) -> String {
    if state.replaced_by.is_empty() {
        String::new()
    } else {
        format!(", replaced by {}", state.replaced_by.join(", "))
    }
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
        "key": state.key.map(|key| json!({ "number": key.number, "since": key.since })),
        "replaced_by": state.replaced_by,
        "logs": logs,
    })
}

fn copied(report: &CopyReport, done: &str, json: bool) -> Result<ExitCode, Failure> {
    let words = format!(
        "{} records copied, {} were there before; {} records, {} signatures verified\n{done}",
        report.copied, report.there_before, report.verified.records, report.verified.signatures
    );
    answer(json, &serde_json::to_value(report)?, &words)
}

fn verify(central: &Central, json: bool) -> Result<ExitCode, Failure> {
    let report = central.verify()?;
    let mut words = format!(
        "{} desks, {} logs, {} records, {} signatures; {} records not accepted, {} forks, {} segments of revoked desks\n",
        report.desks,
        report.logs,
        report.records,
        report.signatures,
        report.refused,
        report.forks,
        report.late
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

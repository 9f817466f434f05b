// SPDX-License-Identifier: EUPL-1.2
//! The words of the command line, with their explanations.

use clap::{Args, Parser, Subcommand, ValueEnum};
use sportello_central::{Database, Server};
use sportello_domain::meta::Topic;
use std::net::SocketAddr;
use std::path::PathBuf;

const AFTER_HELP: &str = "Exit codes: 0 done; 1 could not be done (the reason stands on standard error); 2 wrong usage; \
                          3 `verify` found something that does not hold; 4 a bundle was taken in, and not all of it.\n\n\
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
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The office: found it, show it, change its sites
    #[command(subcommand)]
    Office(OfficeCommand),
    /// Serve desks until stopped (SIGTERM or Ctrl-C); what is under way then has ten seconds to end
    Serve(Serve),
    /// The desks: add, list, revoke
    #[command(subcommand)]
    Desk(DeskCommand),
    /// Exchange with desks by stick: take in what they wrote, write what they may read
    #[command(subcommand)]
    Bundle(super::bundle::BundleCommand),
    /// Write a backup into a new file, while desks are served. The office's key is not in it: it has its own place in the safe
    Backup {
        #[command(flatten)]
        folder: Folder,
        /// The file to write; never over one that is there
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Put a backup back, into DIR (or a server) where no office is yet. The office's key must lie in DIR
    Restore {
        #[command(flatten)]
        folder: Folder,
        /// The backup
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Move the database from DIR to a PostgreSQL server, every chain verified on arrival. Nobody may serve meanwhile. Where it
    /// was broken off it goes on, and done again it changes nothing
    Migrate(Folder),
    /// Go through everything kept: chains, signatures, certificates. Exit code 3 when something does not hold
    Verify(Folder),
}

#[derive(Debug, Args)]
pub(super) struct Folder {
    /// The folder with the office's key, and with its database unless that is on a server
    #[arg(long, value_name = "DIR", env = "SPORTELLO_CENTRAL_DATA")]
    pub(super) data: PathBuf,
    #[command(flatten)]
    pub(super) server: ServerArguments,
}

#[derive(Debug, Args)]
pub(super) struct ServerArguments {
    /// Keep the database on a PostgreSQL server: postgresql://USER:PASSWORD@HOST:PORT/DATABASE. To another computer it takes
    /// TLS and verifies the server's certificate. Better in the environment, since everybody here sees a command line
    #[arg(
        long,
        value_name = "URL",
        env = "SPORTELLO_CENTRAL_DATABASE_URL",
        hide_env_values = true
    )]
    pub(super) database_url: Option<String>,
    /// The authority (PEM) that signed the database server's certificate; those that this computer trusts unless given
    #[arg(
        long,
        value_name = "FILE",
        env = "SPORTELLO_CENTRAL_DATABASE_CA",
        requires = "database_url"
    )]
    pub(super) database_ca: Option<PathBuf>,
}

impl ServerArguments {
    pub(super) fn database(&self) -> Database {
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
pub(super) enum OfficeCommand {
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
pub(super) struct SiteSource {
    /// Begin with the sites of an example office
    #[arg(long)]
    pub(super) preset: Option<Preset>,
    /// Read the sites from a file: [{"code", "name", "quartiere", "central", "address", "phone"}, …]
    #[arg(long, value_name = "FILE.json")]
    pub(super) sites: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Preset {
    /// Five seats, one in each Quartiere, and a central one
    Firenze,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) folder: Folder,
    /// Address and port; port 0 takes a free one, and the answer says which
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8480")]
    pub(super) listen: SocketAddr,
    /// The server's certificate with its chain, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(super) tls_cert: Option<PathBuf>,
    /// The server's private key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(super) tls_key: Option<PathBuf>,
    /// Serve plain HTTP beyond this computer. Anybody in between can read what desks say: for closed test networks only
    #[arg(long)]
    pub(super) insecure_plain_http: bool,
    /// Requests that one desk may make in a minute; beyond, it is told to come later. 0: no limit
    #[arg(long, value_name = "N", default_value_t = 1_200)]
    pub(super) limit_desk: u32,
    /// Requests that may come from one address in a minute, before anything is read of them. 0: no limit. Behind a proxy on
    /// this computer the address counts that the proxy tells in X-Forwarded-For
    #[arg(long, value_name = "N", default_value_t = 12_000)]
    pub(super) limit_address: u32,
}

#[derive(Debug, Subcommand)]
pub(super) enum DeskCommand {
    /// Add a desk and get its one-time code. For a desk that was never enrolled: get a new code, the old one holds no more
    ///
    /// With --replaces the desk takes the place of another, with its site, name and topics. The old one is revoked at once, and what is
    /// here of it is what counts; what it may still bring later is for supervisors to decide. The code is for either another computer
    /// (its first start) or the stopped desk itself, which then goes on with its own file and brings what it had not handed over.
    Add {
        #[command(flatten)]
        folder: Folder,
        /// The code of the site it stands at: Q1
        #[arg(long, value_name = "CODE", required_unless_present = "replaces")]
        site: Option<String>,
        /// Its name, unique: Q1-A
        #[arg(long, required_unless_present = "replaces")]
        name: Option<String>,
        /// The desk whose place it takes, by name or identifier: dead, lost, cloned or put back from a backup
        #[arg(long, value_name = "DESK", conflicts_with_all = ["site", "name", "reads", "supervises"])]
        replaces: Option<String>,
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
pub(super) struct Reads(pub(super) Vec<Topic>);

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

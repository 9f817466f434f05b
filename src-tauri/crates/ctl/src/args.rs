// SPDX-License-Identifier: EUPL-1.2
//! What can be typed, and the help that explains it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use sportello_desk::query::{Language, TableFormat};
use sportello_domain::ids::{AppointmentId, CommandId, DeliveryId, EntitlementId, HouseholdId};
use std::net::SocketAddr;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  refused by a rule, or the list or table cannot be used; nothing was written
  2  not understood: arguments, JSON, a file that cannot be read or written
  3  not let in: username, passphrase, operator barred
  4  no desk here, or its file is damaged, busy or unavailable
  5  the exchange with the centre, or the enrolment, did not go through
  6  verification found faults
  7  this desk may not write any more (revoked, forked, restored from a backup)

With --json the answer is one JSON document on standard output, and an error is one JSON object {\"code\", \"message\"} on
standard error. Codes never change; messages are for people.

Passphrases come, in this order, from --passphrase-file, from the environment variable SPORTELLO_PASSPHRASE, from the
terminal without being shown, or else from the first line of standard input where the command does not read that.
A passphrase that is being chosen comes from --new-passphrase-file, from SPORTELLO_NEW_PASSPHRASE, or from the terminal.
What happens is told on standard error where RUST_LOG asks for it, without personal data: RUST_LOG=info";

const LINES: &str = "\
Each line is one JSON object with one of these:
  {\"command\": {\"type\": \"present_appointment\", \"appointment\": \"…\"}, \"command_id\": \"…\"}
  {\"query\": {\"type\": \"status\"}}
  {\"sync\": true}
Each answer is one line, in order:
  {\"line\": 1, \"ok\": true, \"outcome\": {…}}     the command's effect is on disk when this line is written
  {\"line\": 2, \"ok\": true, \"view\": {…}}
  {\"line\": 3, \"ok\": true, \"report\": {…}}
  {\"line\": 4, \"ok\": false, \"error\": {\"code\": \"…\", \"message\": \"…\"}}
The same command_id again is the same act: it is answered again and not done again. So a script that was cut off repeats
its last lines with their command_ids. Blank lines are passed over. The exit code is that of the first line that failed.
`sportelloctl schema` describes every command, query, outcome and view.";

/// The command line of a desk: everything that its window can do, for scripts and for the IT office.
///
/// It works on the same files as the window and through the same two doors: commands and queries.
#[derive(Debug, Parser)]
#[command(name = "sportelloctl", version, about, after_long_help = EXIT_CODES, after_help = "See --help for exit codes and passphrases.")]
pub struct Arguments {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub errand: Errand,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub struct Global {
    /// The directory of the desk; where the application keeps it unless given
    #[arg(
        long,
        global = true,
        env = "SPORTELLO_DIR",
        value_name = "DIR",
        help_heading = "For every command"
    )]
    pub dir: Option<PathBuf>,
    /// Answer in JSON, errors too
    #[arg(long, global = true, help_heading = "For every command")]
    pub json: bool,
    /// Language of sentences and documents; the desk's own unless given
    #[arg(long, global = true, value_enum, help_heading = "For every command")]
    pub lang: Option<Lang>,
    /// Who logs in
    #[arg(
        long,
        global = true,
        env = "SPORTELLO_USERNAME",
        value_name = "NAME",
        help_heading = "For every command"
    )]
    pub username: Option<String>,
    /// A file whose first line is the passphrase; otherwise SPORTELLO_PASSPHRASE, the terminal or standard input
    #[arg(
        long,
        global = true,
        env = "SPORTELLO_PASSPHRASE_FILE",
        value_name = "FILE",
        help_heading = "For every command"
    )]
    pub passphrase_file: Option<PathBuf>,
}

/// Languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Italian
    It,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::It => Self::It,
            Lang::En => Self::En,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Errand {
    /// Make this directory a desk of the office, with a one-time code
    #[command(visible_alias = "init")]
    Enrol(Enrol),
    /// Go on under a new identity at a desk that was stopped, with a one-time code for its successor
    ///
    /// For a desk that was put back from a backup, cloned, revoked by mistake, or whose file lost records. Its file stays: what the
    /// centre had not acknowledged is carried on under the new identity, told as it was. The code is from
    /// `sportello-central desk add --replaces DESK`. The rights that the old identity holds wait for a supervisor, who relieves it
    /// after a look at every other copy of the disk.
    RenewIdentity(RenewIdentity),
    /// The key with which this desk signs: show it, change it
    #[command(subcommand)]
    Key(Key),
    /// Operators of this desk
    #[command(subcommand)]
    Operator(Operator),
    /// Change your own passphrase at this desk
    ///
    /// Whoever logs in gets another passphrase here; the one before opens this desk no more. At other desks, and in backups
    /// made before, the one of then holds. A record says that it was changed, and nothing of the passphrase.
    ///
    /// Exits with 3 when the passphrase of until now is wrong, or the new one too short.
    Passphrase(PassphraseChange),
    /// Take in a list of Servizi Sociali (XLSX, ODS, CSV)
    Import(Import),
    /// Do one command, given as JSON
    ///
    /// The command's effect is on disk when the answer is written. `sportelloctl schema` describes every command.
    Do(Do),
    /// Answer one query, given as JSON
    ///
    /// `sportelloctl schema` describes every query and view.
    Show(Show),
    /// Do and answer line by line with one login, for scripts
    #[command(after_long_help = LINES)]
    Script(Script),
    /// Exchange with the centre, now
    Sync(Sync),
    /// Exchange by stick: write what waits to a file, take in what a file brings
    #[command(subcommand)]
    Bundle(Bundle),
    /// The relay of the seat: serve as one, or use one while the centre cannot be reached
    #[command(subcommand)]
    Relay(Relay),
    /// Households served of households presented with an appointment
    Indicator(OfCampaign),
    /// Order that what is known of a household, or of those of a campaign that is over, be erased everywhere and for good
    ///
    /// The order is a record that reaches every desk and the centre; each empties its own copy. Counts and the indicator keep
    /// their figures. Without --yes it only tells what it would do.
    Erase(Erase),
    /// Walk every chain, fold every entity anew, check every certificate
    ///
    /// Exits with 6 when something does not hold.
    Verify,
    /// Make an encrypted backup and try it
    Backup(Backup),
    /// Put a backup in place of this desk's file
    ///
    /// The file that is there is set aside, never deleted. The restored desk shows what it holds and does not write until
    /// it is enrolled anew. The passphrase is the one that held when the backup was made; who has forgotten it takes the
    /// desk's recovery key, and then `operator recover`.
    Restore(Restore),
    /// Take a table out
    Export(Export),
    /// Make a document to print (PDF)
    #[command(subcommand)]
    Document(Document),
    /// Describe the two doors: JSON Schema, or TypeScript
    Schema(Schema),
    /// Make a demonstration: an office with its centre, a supervisors' desk and desks at every site, on a lively day
    ///
    /// Everything in it is invented. Data that is there already is kept and told again; data that was half made is made anew.
    Demo(Demo),
}

/// `enrol`.
#[derive(Debug, Args)]
pub struct Enrol {
    /// Address of the centre: https://…, or http:// on this computer
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// The one-time code, from `sportello-central desk add`
    #[arg(long)]
    pub code: String,
    /// Name of the first operator as colleagues see it; --username is what is typed to log in
    #[arg(long)]
    pub name: String,
    /// What the first operator may do; more than `operator` only at a desk that supervises
    #[arg(long, value_enum, default_value_t = RoleName::Operator)]
    pub role: RoleName,
    /// A certificate authority to trust besides the usual ones, PEM
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// An HTTP proxy: http://host:port
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Exponent of the work that a passphrase costs to try (scrypt, log2 N); lower ones are for tests only
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=20))]
    pub work_factor: Option<u8>,
}

/// `renew-identity`.
#[derive(Debug, Args)]
pub struct RenewIdentity {
    /// The one-time code
    #[arg(long)]
    pub code: String,
}

/// `key`.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Which key this desk has, and since when
    Show,
    /// Change the key with which this desk signs
    ///
    /// The desk, its logs and its records stay what they are. What waits is handed over first; then the centre certifies a new key that
    /// is made here. From then on only the new one counts for what comes, and the old one for what the centre had. Done again after it
    /// was broken off it goes on where it was. Not against a thief: a desk whose key somebody else has is replaced
    /// (`sportello-central desk add --replaces DESK`).
    Rotate,
}

/// Roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Serves people at a desk
    Operator,
    /// Takes in lists, decides exceptions
    Supervisor,
    /// Defines sites, services, campaigns and operators
    Administrator,
}

impl From<RoleName> for sportello_domain::office::Role {
    fn from(role: RoleName) -> Self {
        match role {
            RoleName::Operator => Self::Operator,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

/// `operator …`.
#[derive(Debug, Subcommand)]
pub enum Operator {
    /// Add an operator who may log in at this desk; one who is known to the office gets a passphrase here
    Add(OperatorAdd),
    /// Give an operator another passphrase at this desk: a forgotten one, or the first one here (administrator)
    ///
    /// The operator is known to the office and not barred. A record says that an administrator did it, and nothing of the
    /// passphrase. One's own is changed with `sportelloctl passphrase`.
    ///
    /// Exits with 1 when a rule is against it, with 3 when the operator is barred or the new passphrase too short.
    Passphrase(OperatorPassphrase),
    /// Give an operator another passphrase with this desk's recovery key, when nobody else can
    ///
    /// Nobody logs in: the recovery key opens the desk. It is the key that was shown at the first start and lies in the
    /// office's safe, AGE-SECRET-KEY-1…; it comes from --recovery-key-file, from the environment variable
    /// SPORTELLO_RECOVERY_KEY, from the terminal without being shown, or from the first line of standard input; never from
    /// an argument, which everybody on this computer could read. A record says that the recovery key was used.
    ///
    /// Exits with 3 when the key is not this desk's, the operator is unknown or barred, or the new passphrase too short.
    Recover(OperatorRecover),
}

/// A passphrase that is being chosen.
#[derive(Debug, Args)]
pub struct NewPassphrase {
    /// A file whose first line is the new passphrase; otherwise SPORTELLO_NEW_PASSPHRASE or the terminal
    #[arg(long, value_name = "FILE")]
    pub new_passphrase_file: Option<PathBuf>,
}

/// `passphrase`.
#[derive(Debug, Args)]
pub struct PassphraseChange {
    #[command(flatten)]
    pub new: NewPassphrase,
}

/// `operator passphrase`.
#[derive(Debug, Args)]
pub struct OperatorPassphrase {
    /// What the operator types to log in
    #[arg(value_name = "NAME")]
    pub of: String,
    #[command(flatten)]
    pub new: NewPassphrase,
}

/// `operator recover`.
#[derive(Debug, Args)]
pub struct OperatorRecover {
    /// What the operator types to log in
    #[arg(value_name = "NAME")]
    pub of: String,
    #[command(flatten)]
    pub key: RecoveryKey,
    #[command(flatten)]
    pub new: NewPassphrase,
}

/// The recovery key.
#[derive(Debug, Args)]
pub struct RecoveryKey {
    /// A file whose first line is the recovery key; otherwise SPORTELLO_RECOVERY_KEY, the terminal or standard input
    #[arg(long, value_name = "FILE")]
    pub recovery_key_file: Option<PathBuf>,
}

/// `operator add`.
#[derive(Debug, Args)]
pub struct OperatorAdd {
    /// What the operator types to log in
    pub new_username: String,
    /// Name as colleagues see it
    #[arg(long)]
    pub name: String,
    /// What the operator may do
    #[arg(long, value_enum, default_value_t = RoleName::Operator)]
    pub role: RoleName,
    #[command(flatten)]
    pub new: NewPassphrase,
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The list
    pub file: PathBuf,
    /// The campaign, by name or identifier; may be left out when there is one only
    #[arg(long, value_name = "NAME")]
    pub campaign: Option<String>,
    /// The date that the list bears (2021-01-04); the one found in the list or its name unless given
    #[arg(long, value_name = "DATE")]
    pub issued: Option<chrono::NaiveDate>,
    /// Tell what it would do, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the rows that are not taken in to this file, to be sent back (.csv or .xlsx)
    #[arg(long, value_name = "FILE")]
    pub refused: Option<PathBuf>,
}

/// `do`.
#[derive(Debug, Args)]
pub struct Do {
    /// The command: JSON, @FILE, or - for standard input
    #[arg(default_value = "-")]
    pub command: String,
    /// The act's identifier (UUID): the same one again is the same act, done once
    #[arg(long, value_name = "UUID")]
    pub command_id: Option<CommandId>,
}

/// `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The query: JSON, @FILE, or - for standard input
    #[arg(default_value = "-")]
    pub query: String,
}

/// `script`.
#[derive(Debug, Args)]
pub struct Script {
    /// Where the lines are; - for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// Stop at the first line that fails
    #[arg(long)]
    pub stop: bool,
}

/// `sync`.
#[derive(Debug, Args)]
pub struct Sync {
    /// Again and again until nothing is left to send or fetch
    #[arg(long)]
    pub until_quiet: bool,
}

/// `bundle …`.
#[derive(Debug, Subcommand)]
pub enum Bundle {
    /// Write what waits for the centre, and what other desks may read, to a file that only they can open
    ///
    /// What is in the file still waits: the centre has it when it says so. Writing again, and reading twice, is harmless.
    Export(BundleExport),
    /// Take in what a file brings
    ///
    /// Exits with 1 when the file cannot be used at all, with 5 when it is not whole or a log could not go on; what could be
    /// read is taken in.
    Import(BundleImport),
}

/// `bundle export`.
#[derive(Debug, Args)]
pub struct BundleExport {
    /// Where to write it; a name of its own here unless given
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// For this desk too, by name or identifier, besides the centre; may be given several times
    #[arg(long = "for", value_name = "NAME")]
    pub desks: Vec<String>,
    /// For every desk of the office too
    #[arg(long, conflicts_with = "desks")]
    pub all_desks: bool,
    /// Everything, also what the others are known to have
    #[arg(long)]
    pub whole: bool,
}

/// `bundle import`.
#[derive(Debug, Args)]
pub struct BundleImport {
    /// The file
    pub file: PathBuf,
}

/// `relay …`.
#[derive(Debug, Subcommand)]
pub enum Relay {
    /// Serve the desks of the seat until stopped (Ctrl-C), and exchange with the centre whenever it can be reached
    ///
    /// The address is kept in the desk's settings: its window serves there too. Do not leave both open.
    Serve(RelayServe),
    /// Use a desk of the seat as relay while the centre cannot be reached
    Use(RelayUse),
    /// Exchange with the relay, now
    Sync,
    /// Neither serve as relay nor use one from now on
    Forget,
}

/// `relay serve`.
#[derive(Debug, Args)]
pub struct RelayServe {
    /// Address of this computer and port: 192.168.1.10:7481; the one of the settings unless given
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
}

/// `relay use`.
#[derive(Debug, Args)]
pub struct RelayUse {
    /// The desk, by name or identifier
    pub desk: String,
    /// Where it listens: 192.168.1.10:7481
    pub address: String,
}

/// A campaign.
#[derive(Debug, Args)]
pub struct OfCampaign {
    /// The campaign, by name or identifier; may be left out when there is one only
    #[arg(long, value_name = "NAME")]
    pub campaign: Option<String>,
}

/// `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The directory in which the backup is made; the desk's own unless given
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup: a directory sportello-…
    pub from: PathBuf,
    /// Open the backup with the desk's recovery key instead of a passphrase
    #[arg(long)]
    pub with_recovery_key: bool,
    #[command(flatten)]
    pub key: RecoveryKey,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Which table
    #[arg(value_enum)]
    pub table: TableName,
    /// The campaign, by name or identifier; may be left out when there is one only
    #[arg(long, value_name = "NAME")]
    pub campaign: Option<String>,
    /// For appointments: the site, by code; this desk's own unless given
    #[arg(long, value_name = "CODE")]
    pub site: Option<String>,
    /// For appointments: the first day; today unless given
    #[arg(long, value_name = "DATE")]
    pub from: Option<chrono::NaiveDate>,
    /// For appointments: the last day; the first one unless given
    #[arg(long, value_name = "DATE")]
    pub to: Option<chrono::NaiveDate>,
    /// The kind of file; as the name of --out says unless given, else CSV
    #[arg(long, value_enum)]
    pub format: Option<FormatName>,
    /// Where to write it; - for standard output; a name of its own here unless given
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableName {
    /// Households presented with an appointment and not served
    Missing,
    /// Every entitlement with its state
    Entitlements,
    /// Every delivery with its serials
    Deliveries,
    /// The appointments of a site
    Appointments,
    /// The figures of a campaign's statement
    Statement,
    /// Where a campaign's vouchers are, desk by desk
    Vouchers,
    /// Every record that is held here, as it was written: one JSON object a line
    Records,
}

/// Kinds of files for tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// Semicolons, UTF-8 with byte order mark
    Csv,
    /// Excel
    Xlsx,
}

impl From<FormatName> for TableFormat {
    fn from(format: FormatName) -> Self {
        match format {
            FormatName::Csv => Self::Csv,
            FormatName::Xlsx => Self::Xlsx,
        }
    }
}

/// Where a document goes.
#[derive(Debug, Args)]
pub struct Out {
    /// Where to write it; - for standard output; a name of its own here unless given
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `document …`.
#[derive(Debug, Subcommand)]
pub enum Document {
    /// The slip of an appointment
    Slip {
        /// The appointment's identifier
        appointment: AppointmentId,
        /// For a roll of 80 mm instead of a sheet
        #[arg(long)]
        thermal: bool,
        #[command(flatten)]
        out: Out,
    },
    /// The receipt of a delivery; of its reversal, once it was reversed
    Receipt {
        /// The entitlement's identifier
        entitlement: EntitlementId,
        /// The delivery's identifier
        delivery: DeliveryId,
        /// Mark it as a copy
        #[arg(long)]
        copy: bool,
        #[command(flatten)]
        out: Out,
    },
    /// What was missing and what to bring, after the last refusal
    RefusalNote {
        /// The entitlement's identifier
        entitlement: EntitlementId,
        #[command(flatten)]
        out: Out,
    },
    /// A delega to be filled in by hand
    Delega {
        /// Fill it in for this entitlement
        #[arg(long, value_name = "UUID")]
        entitlement: Option<EntitlementId>,
        #[command(flatten)]
        out: Out,
    },
    /// The indicator with every household still missing
    IndicatorReport {
        #[command(flatten)]
        campaign: OfCampaign,
        #[command(flatten)]
        out: Out,
    },
}

/// `schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// Write the TypeScript types to DIR/types.ts instead
    #[arg(long, value_name = "DIR")]
    pub typescript: Option<PathBuf>,
}

/// `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The same seed invents the same people
    #[arg(long, default_value_t = 2021)]
    pub seed: u64,
    /// How many households the list has
    #[arg(long, default_value_t = 7_000, value_parser = clap::value_parser!(u32).range(20..=50_000))]
    pub households: u32,
    /// The day on which the desks stand, and its hour, in Italy: between 2021-01-02 and 2021-04-30
    #[arg(long, value_name = "DAY", default_value = "2021-02-16T10:40", value_parser = moment)]
    pub day: chrono::NaiveDateTime,
    /// Where the centre will listen: the address that the desks are given
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7480")]
    pub listen: SocketAddr,
    /// Throw away the demonstration that is there and make it anew
    #[arg(long)]
    pub fresh: bool,
}

fn moment(text: &str) -> Result<chrono::NaiveDateTime, String> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| chrono::NaiveDateTime::parse_from_str(text, format).ok())
        .ok_or_else(|| "a day and an hour are written 2021-02-16T10:40".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn everything_that_can_be_typed_is_explained() {
        fn explained(command: &clap::Command, path: &str) {
            assert!(command.get_about().is_some(), "{path}");
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{path} {}", argument.get_id());
            }
            for sub in command.get_subcommands() {
                explained(sub, &format!("{path} {}", sub.get_name()));
            }
        }
        explained(&Arguments::command(), "sportelloctl");
    }

    #[test]
    fn a_moment_has_a_day_and_an_hour() {
        assert!(moment("2021-02-16T10:40").is_ok());
        assert!(moment("2021-02-16").is_err());
    }
}

/// `erase`.
#[derive(Debug, Args)]
pub struct Erase {
    /// The household, by identifier
    #[arg(
        long,
        value_name = "UUID",
        required_unless_present = "campaign",
        conflicts_with = "campaign"
    )]
    pub household: Option<HouseholdId>,
    /// The campaign that is over, by name or identifier
    #[arg(long, value_name = "NAME")]
    pub campaign: Option<String>,
    /// On what it stands
    #[arg(long, value_enum)]
    pub ground: GroundName,
    /// Why, and on whose word; it stays, so it is to name nobody
    #[arg(long)]
    pub reason: String,
    /// Give the order
    #[arg(long)]
    pub yes: bool,
}

/// Legal grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GroundName {
    /// The time for which the data may be kept is over
    RetentionEnded,
    /// The person asked for it, and it was granted
    Request,
    /// An authority or a court ordered it
    Authority,
    /// The data should never have been entered
    Unlawful,
}

impl From<GroundName> for sportello_domain::erasure::Ground {
    fn from(ground: GroundName) -> Self {
        match ground {
            GroundName::RetentionEnded => Self::RetentionEnded,
            GroundName::Request => Self::Request,
            GroundName::Authority => Self::Authority,
            GroundName::Unlawful => Self::Unlawful,
        }
    }
}

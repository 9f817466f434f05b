// SPDX-License-Identifier: EUPL-1.2
//! `sportelloctl`: a desk without a window, through the same two doors.

mod access;
mod args;
mod commands;
mod demo;
mod failure;
mod out;

use args::{Arguments, Errand};
use clap::Parser;
use failure::{Exit, Failure};
use out::Out;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misunderstood(&error),
    };
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    let language = access::language(&arguments.global);
    let out = Out {
        json: arguments.global.json,
        language,
    };
    match run(&arguments, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            out::tell(out.json, language, &failure);
            failure.exit().into()
        }
    }
}

/// Help and version are no failure; what was not understood is told as every other error.
fn misunderstood(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if std::env::args_os().any(|word| word == "--json") {
        let told = serde_json::json!({ "code": "usage", "message": error.render().to_string().trim_end() });
        let _ = writeln!(std::io::stderr(), "{told}");
    } else {
        let _ = error.print();
    }
    Exit::Usage.into()
}

fn run(arguments: &Arguments, out: Out) -> Result<(), Failure> {
    let global = &arguments.global;
    match &arguments.errand {
        Errand::Enrol(what) => commands::enrol::run(global, out, what),
        Errand::RenewIdentity(what) => commands::identity::renew(global, out, what),
        Errand::Key(args::Key::Show) => commands::key::show(global, out),
        Errand::Key(args::Key::Rotate) => commands::key::rotate(global, out),
        Errand::Operator(args::Operator::Add(what)) => commands::operator::add(global, out, what),
        Errand::Operator(args::Operator::Passphrase(what)) => commands::operator::set(global, out, what),
        Errand::Operator(args::Operator::Recover(what)) => commands::operator::recover(global, out, what),
        Errand::Passphrase(what) => commands::operator::change(global, out, what),
        Errand::Import(what) => commands::import::run(global, out, what),
        Errand::Do(what) => commands::door::run(global, out, what),
        Errand::Show(what) => commands::door::show(global, out, what),
        Errand::Script(what) => commands::script::run(global, what),
        Errand::Sync(what) => commands::sync::run(global, out, what),
        Errand::Bundle(args::Bundle::Export(what)) => commands::bundle::export(global, out, what),
        Errand::Bundle(args::Bundle::Import(what)) => commands::bundle::import(global, out, what),
        Errand::Relay(args::Relay::Serve(what)) => commands::relay::serve(global, out, what),
        Errand::Relay(args::Relay::Use(what)) => commands::relay::use_one(global, out, what),
        Errand::Relay(args::Relay::Sync) => commands::relay::sync(global, out),
        Errand::Relay(args::Relay::Forget) => commands::relay::forget(global, out),
        Errand::Indicator(what) => commands::indicator::run(global, out, what),
        Errand::Erase(what) => commands::erase::run(global, out, what),
        Errand::Verify => commands::verify::run(global, out),
        Errand::Backup(what) => commands::backup::run(global, out, what),
        Errand::Restore(what) => commands::backup::restore(global, out, what),
        Errand::Export(what) => commands::files::export(global, out, what),
        Errand::Document(what) => commands::files::document(global, out, what),
        Errand::Schema(what) => commands::schema::run(out, what),
        Errand::Demo(what) => demo::run(global, out, what),
    }
}

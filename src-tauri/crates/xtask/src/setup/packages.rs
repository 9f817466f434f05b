// SPDX-License-Identifier: EUPL-1.2
//! Packages of the operating system (Debian, Ubuntu and their kin).

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use super::Purpose;
use crate::error::Trouble;
use crate::process;

/// To build: the web view's headers, a C compiler (SQLCipher, zstd, ring), OpenSSL's headers for SQLCipher.
const BUILD: [&str; 5] = [
    "build-essential",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "perl",
    "pkg-config",
];
/// A display without a screen.
const DISPLAY: [&str; 1] = ["xvfb"];
/// To drive the real window, to look into PDFs, to hold the reference for tax codes, to try the centre on a server.
const TEST: [&str; 6] = [
    "poppler-utils",
    "postgresql",
    "python3",
    "python3-venv",
    "qpdf",
    "webkit2gtk-driver",
];

/// What `purpose` needs, by Debian's names.
fn wanted(purpose: Purpose) -> BTreeSet<&'static str> {
    let mut wanted = BTreeSet::from(BUILD);
    if matches!(purpose, Purpose::RunHeadless | Purpose::Test) {
        wanted.extend(DISPLAY);
    }
    if purpose == Purpose::Test {
        wanted.extend(TEST);
    }
    wanted
}

/// What `purpose` needs and this machine has not.
pub fn missing(purpose: Purpose) -> Result<Vec<&'static str>, Trouble> {
    if cfg!(windows) {
        return Ok(Vec::new());
    }
    let wanted = wanted(purpose);
    // dpkg-query fails when it does not know one of the names, and still tells about the others.
    let Ok(output) = Command::new("dpkg-query")
        .args(["-W", "-f=${Package} ${db:Status-Status}\n"])
        .args(&wanted)
        .stdin(Stdio::null())
        .output()
    else {
        return elsewhere(&wanted).map(|()| Vec::new());
    };
    Ok(not_installed(&wanted, &String::from_utf8_lossy(&output.stdout)))
}

/// Reads dpkg-query's answer, one `name status` a line.
fn not_installed(wanted: &BTreeSet<&'static str>, answer: &str) -> Vec<&'static str> {
    let installed: BTreeSet<&str> = answer
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::trim)
        .collect();
    wanted
        .iter()
        .filter(|name| !installed.contains(*name))
        .copied()
        .collect()
}

/// Another distribution: its packages have other names, so only what can be seen is checked.
fn elsewhere(wanted: &BTreeSet<&'static str>) -> Result<(), Trouble> {
    if process::answers("pkg-config", &["--exists", "webkit2gtk-4.1", "openssl"]) {
        println!("This is not Debian or Ubuntu: programs and libraries are taken as they are.");
        return Ok(());
    }
    let names = wanted.iter().copied().collect::<Vec<_>>().join(" ");
    Err(Trouble::Missing(format!(
        "this is not Debian or Ubuntu, so packages cannot be installed by themselves. \
         Install what corresponds to these Debian packages and try again: {names}"
    )))
}

/// Installs `names`, as root or with sudo.
pub fn install(names: &[&'static str]) -> Result<(), Trouble> {
    println!("Debian packages to install: {}", names.join(" "));
    let prefix: &[&str] = if is_root() {
        &["env"]
    } else if process::answers("sudo", &["--version"]) {
        println!("sudo may ask for your password.");
        &["sudo", "env"]
    } else {
        return Err(Trouble::Missing(format!(
            "system packages are missing, and this user is neither root nor has sudo. Ask an administrator for: \
             apt-get install --no-install-recommends {}",
            names.join(" ")
        )));
    };
    let apt = |words: &[&str]| {
        let always = [
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=300",
        ];
        let args = prefix[1..].iter().chain(&always).chain(words);
        process::run(&mut process::command(prefix[0], args))
    };
    apt(&["update", "-q"])?;
    let mut words = vec!["install", "-y", "-q", "--no-install-recommends"];
    words.extend(names);
    apt(&words)
}

fn is_root() -> bool {
    process::output(&mut process::command("id", ["-u"]))
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_installed_counts_as_there() {
        let wanted = BTreeSet::from(["perl", "xvfb", "qpdf", "pkg-config"]);
        let answer = "perl installed\nqpdf config-files\npkg-config installed\n";
        assert_eq!(not_installed(&wanted, answer), ["qpdf", "xvfb"]);
        assert_eq!(not_installed(&wanted, ""), ["perl", "pkg-config", "qpdf", "xvfb"]);
    }

    #[test]
    fn each_purpose_adds_to_what_building_needs() {
        assert_eq!(wanted(Purpose::Run), wanted(Purpose::Check));
        assert!(wanted(Purpose::RunHeadless).contains("xvfb"));
        assert!(!wanted(Purpose::Run).contains("xvfb"));
        assert!(wanted(Purpose::Test).is_superset(&wanted(Purpose::RunHeadless)));
        assert!(wanted(Purpose::Test).contains("webkit2gtk-driver"));
        assert!(wanted(Purpose::Test).contains("postgresql"));
    }
}

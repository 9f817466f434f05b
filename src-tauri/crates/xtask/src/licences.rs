// SPDX-License-Identifier: EUPL-1.2
//! The licences of the packages that the pages are made of, against the same list as Rust's crates (`.deny.toml`).

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::{Trouble, file};
use crate::project::Project;

/// Packages that do not name their licence in a form that a program reads; each was looked at.
const LOOKED_AT: [(&str, &str); 1] = [("dom-walk", "MIT, by the LICENCE file that it carries")];

/// Checks every package that `ui/package-lock.json` lists.
pub fn check(project: &Project) -> Result<(), Trouble> {
    let read = |path: &str| {
        let path = project.root.join(path);
        std::fs::read_to_string(&path).map_err(file(path))
    };
    let deny = read(".deny.toml")?;
    let allowed = allowed(&deny);
    let listed: Value = serde_json::from_str(&read("ui/package-lock.json")?)
        .map_err(|cause| Trouble::Rule(format!("ui/package-lock.json cannot be read: {cause}.")))?;
    let (count, refused) = refused(&listed, &allowed);
    if refused.is_empty() {
        println!("  {count} packages of the pages: their licences fit the EUPL-1.2");
        return Ok(());
    }
    Err(Trouble::Rule(format!(
        "these packages of the pages have no licence of the list in .deny.toml:\n  {}",
        refused.join("\n  ")
    )))
}

/// The strings between `allow = [` and `]` in cargo-deny's settings.
fn allowed(deny: &str) -> BTreeSet<&str> {
    let list = deny
        .split_once("\nallow = [")
        .and_then(|(_, rest)| rest.split_once("\n]"));
    list.map_or_else(BTreeSet::new, |(list, _)| {
        list.split('"').skip(1).step_by(2).collect()
    })
}

/// How many packages there are, and which have no licence that is allowed.
fn refused(listed: &Value, allowed: &BTreeSet<&str>) -> (usize, Vec<String>) {
    let none = serde_json::Map::new();
    let packages = listed["packages"].as_object().unwrap_or(&none);
    // The nameless one is the pages themselves.
    let packages = packages.iter().filter(|(path, _)| !path.is_empty());
    let refused = packages.clone().filter_map(|(path, package)| {
        let name = path.rsplit("node_modules/").next().unwrap_or(path);
        match package["license"].as_str() {
            Some(licence) => (!fits(licence, allowed)).then(|| format!("{name}: {licence}")),
            None if LOOKED_AT.iter().any(|(known, _)| *known == name) => None,
            None => Some(format!("{name}: names no licence")),
        }
    });
    (packages.clone().count(), refused.collect())
}

/// Whether a simple SPDX expression can be fulfilled: one of its alternatives, with all of that one's parts.
fn fits(licence: &str, allowed: &BTreeSet<&str>) -> bool {
    let plain = licence.trim_start_matches('(').trim_end_matches(')');
    plain
        .split(" OR ")
        .any(|one| one.split(" AND ").all(|part| allowed.contains(part.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_one_that_cargo_deny_reads() {
        let deny = include_str!("../../../../.deny.toml");
        let list = allowed(deny);
        assert!(
            list.contains("MIT") && list.contains("EUPL-1.2") && list.contains("MPL-2.0"),
            "{list:?}"
        );
        assert!(!list.contains("WTFPL"), "an exception for one crate is no rule");
        assert!(allowed("").is_empty());
    }

    #[test]
    fn an_expression_fits_by_one_alternative() {
        let allowed = BTreeSet::from(["MIT", "ISC"]);
        assert!(fits("MIT", &allowed));
        assert!(fits("(GPL-3.0 OR MIT)", &allowed));
        assert!(fits("MIT AND ISC", &allowed));
        assert!(!fits("MIT AND GPL-3.0", &allowed));
        assert!(!fits("SEE LICENSE IN file", &allowed));
    }

    #[test]
    fn packages_without_a_fitting_licence_are_named() {
        let listed = serde_json::json!({"packages": {
            "": {"name": "the-pages"},
            "node_modules/lit": {"license": "BSD-3-Clause"},
            "node_modules/a/node_modules/b": {"license": "SSPL-1.0"},
            "node_modules/c": {},
            "node_modules/dom-walk": {},
        }});
        let (count, refused) = refused(&listed, &BTreeSet::from(["BSD-3-Clause"]));
        assert_eq!(count, 4);
        assert_eq!(refused, ["b: SSPL-1.0", "c: names no licence"]);
    }
}

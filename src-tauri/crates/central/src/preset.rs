// SPDX-License-Identifier: EUPL-1.2
//! The sites with which an office begins: those of Firenze as an example, or the office's own out of a file.

use crate::error::CentralError;
use serde::{Deserialize, Serialize};

/// A site as it is given in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFacts {
    /// Short name, unique: `Q1`.
    pub code: String,
    /// Name as people know it.
    pub name: String,
    /// The Quartiere it lies in, 1 to 5.
    pub quartiere: u8,
    /// Serves every Quartiere.
    #[serde(default)]
    pub central: bool,
    /// Street and number, as printed on slips.
    pub address: String,
    /// Telephone, as printed on slips.
    #[serde(default)]
    pub phone: String,
}

/// The five seats of Firenze and a central one. Example data: an office corrects names, addresses and telephones.
pub fn firenze() -> Vec<SiteFacts> {
    let site = |code: &str, name: &str, quartiere, address: &str| SiteFacts {
        code: code.into(),
        name: name.into(),
        quartiere,
        central: code == "CEN",
        address: address.into(),
        phone: String::new(),
    };
    vec![
        site("Q1", "Quartiere 1 - Centro Storico", 1, "Piazza Santa Croce 1"),
        site(
            "Q2",
            "Quartiere 2 - Campo di Marte (Villa Arrivabene)",
            2,
            "Piazza Alberti 1/A",
        ),
        site("Q3", "Quartiere 3 - Gavinana Galluzzo", 3, "Via Tagliamento 4"),
        site(
            "Q4",
            "Quartiere 4 - Isolotto Legnaia (Villa Vogel)",
            4,
            "Via delle Torri 23",
        ),
        site(
            "Q5",
            "Quartiere 5 - Rifredi (Villa Pallini)",
            5,
            "Via Baracca 150/P",
        ),
        site("CEN", "Sede centrale (esempio)", 1, "Piazza della Signoria 1"),
    ]
}

/// Reads sites out of JSON: an array of objects with the fields of [`SiteFacts`].
pub fn from_json(text: &str) -> Result<Vec<SiteFacts>, CentralError> {
    let sites: Vec<SiteFacts> =
        serde_json::from_str(text).map_err(|error| CentralError::Sites(error.to_string()))?;
    check(&sites)?;
    Ok(sites)
}

/// Whether sites can be used together.
pub fn check(sites: &[SiteFacts]) -> Result<(), CentralError> {
    let wrong = |text: String| Err(CentralError::Sites(text));
    if sites.is_empty() {
        return wrong("there is none".into());
    }
    for (at, site) in sites.iter().enumerate() {
        let code = site.code.trim();
        if code.is_empty() || code.chars().count() > 12 || site.name.trim().is_empty() {
            return wrong(format!(
                "site {} needs a code of 1 to 12 characters and a name",
                at + 1
            ));
        }
        if !(1..=5).contains(&site.quartiere) {
            return wrong(format!("site {code}: the Quartiere is a number from 1 to 5"));
        }
        if sites[..at].iter().any(|other| other.code.trim() == code) {
            return wrong(format!("the code {code} stands there twice"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preset_is_sound_and_has_one_central_site() {
        let sites = firenze();
        check(&sites).unwrap();
        assert_eq!(sites.len(), 6);
        assert_eq!(sites.iter().filter(|site| site.central).count(), 1);
        assert_eq!(from_json(&serde_json::to_string(&sites).unwrap()).unwrap(), sites);
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        let one = |change: fn(&mut SiteFacts)| {
            let mut sites = firenze();
            change(&mut sites[1]);
            check(&sites).unwrap_err().to_string()
        };
        assert!(one(|site| site.code = " ".into()).contains("site 2"));
        assert!(one(|site| site.code = "Q1".into()).contains("twice"));
        assert!(one(|site| site.quartiere = 6).contains("1 to 5"));
        assert!(check(&[]).is_err());
        assert!(from_json("[{\"codice\": 1}]").is_err());
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! What a column of a list can hold.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::EnumCount,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    /// Cognome.
    Surname,
    /// Nome.
    Name,
    /// Cognome e nome together, surname first.
    FullName,
    /// Nome e cognome together, name first.
    NameThenSurname,
    /// Codice fiscale, or any identifier.
    Identifier,
    /// STP or ENI, in a column of their own.
    HealthCode,
    /// Data di nascita.
    BirthDate,
    /// Indirizzo, perhaps with its number.
    Street,
    /// Numero civico, perhaps with colour and exponent.
    Number,
    /// Colore: nero or rosso.
    Colour,
    /// Esponente.
    Exponent,
    /// Interno.
    Interior,
    /// Quartiere.
    Quartiere,
    /// Numero dei componenti.
    Size,
    /// Numero dei minori.
    Minors,
    /// The person of the row is a minor.
    MinorFlag,
    /// Numero delle persone con disabilità.
    Disabled,
    /// The person of the row has a disability.
    DisabledFlag,
    /// Residente nel Comune.
    Resident,
    /// Telefono.
    Phone,
    /// Cellulare.
    Mobile,
    /// E-mail.
    Email,
    /// Importo.
    Amount,
    /// Numero di buoni.
    Vouchers,
    /// Numero della pratica, della domanda, del protocollo.
    ListRef,
    /// Ruolo nel nucleo: richiedente or componente.
    Role,
}

impl Field {
    /// Every field's name.
    pub const KEYS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    /// Its name for catalogues and views, which never changes.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

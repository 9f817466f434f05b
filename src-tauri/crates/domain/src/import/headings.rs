// SPDX-License-Identifier: EUPL-1.2
//! The headings under which Italian offices write what a column holds.

use super::field::Field;
use crate::text::search_key;

/// What a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// This field.
    Field(Field),
    /// A person's quality ("Richiedente"): either who it is, or a mark that it is so. The cells decide.
    Person,
}

/// Words that change nothing of what a heading means.
const SMALL_WORDS: [&str; 28] = [
    "di", "del", "dello", "della", "dei", "degli", "delle", "dell", "il", "lo", "la", "i", "gli", "le", "l",
    "nel", "nella", "al", "alla", "per", "con", "in", "e", "ed", "o", "d", "da", "un",
];

/// Words that say of whom, or in which unit: dropped when the heading says nothing with them.
const WHOSE: [&str; 25] = [
    "richiedente",
    "intestatario",
    "intestataria",
    "beneficiario",
    "beneficiaria",
    "dichiarante",
    "titolare",
    "capofamiglia",
    "avente",
    "diritto",
    "utente",
    "assistito",
    "persona",
    "nucleo",
    "familiare",
    "famiglia",
    "componente",
    "residenza",
    "euro",
    "eur",
    "gg",
    "mm",
    "aaaa",
    "gggg",
    "anagrafico",
];

/// Headings that name a person's quality and nothing else.
const PERSONS: [&str; 10] = [
    "richiedente",
    "intestatario",
    "intestataria",
    "beneficiario",
    "beneficiaria",
    "dichiarante",
    "capofamiglia",
    "titolare",
    "componente",
    "aventediritto",
];

/// Headings without accents, small words, punctuation and spaces; "numero" and its short forms are an `n`.
const HEADINGS: &[(Field, &[&str])] = &[
    (Field::Surname, &["cognome", "cognomi"]),
    (Field::Name, &["nome", "nomi", "nomebattesimo"]),
    (
        Field::FullName,
        &["cognomenome", "cognomenomi", "nominativo", "nominativi"],
    ),
    (Field::NameThenSurname, &["nomecognome"]),
    (
        Field::Identifier,
        &[
            "codicefiscale",
            "cf",
            "codfisc",
            "codfiscale",
            "codicefisc",
            "cfisc",
            "cfiscale",
            "cfstp",
            "cfstpeni",
            "codicefiscalestp",
            "codicefiscalestpeni",
            "identificativo",
            "identificativopersona",
            "ncodicefiscale",
        ],
    ),
    (
        Field::HealthCode,
        &[
            "stp",
            "eni",
            "stpeni",
            "enistp",
            "codicestp",
            "codiceeni",
            "codicestpeni",
            "nstp",
            "neni",
            "nstpeni",
            "tesserinostp",
        ],
    ),
    (
        Field::BirthDate,
        &[
            "datanascita",
            "nascita",
            "datanasc",
            "dnascita",
            "dtnascita",
            "dn",
            "ddn",
            "nato",
            "nata",
            "natoa",
            "natoil",
            "natail",
        ],
    ),
    (
        Field::Street,
        &[
            "indirizzo",
            "via",
            "viapiazza",
            "viapzza",
            "indirizzoresidenza",
            "viaresidenza",
            "residenzaindirizzo",
            "domicilio",
            "indirizzodomicilio",
            "indirizzoabitazione",
            "abitazione",
            "indirizzocompleto",
            "strada",
        ],
    ),
    (
        Field::Number,
        &["civico", "nciv", "ncivico", "civ", "civicoresidenza"],
    ),
    (
        Field::Colour,
        &[
            "colore",
            "colorecivico",
            "colciv",
            "rosso",
            "nerorosso",
            "rossonero",
        ],
    ),
    (
        Field::Exponent,
        &[
            "esponente",
            "esp",
            "esponentecivico",
            "espcivico",
            "barrato",
            "letteracivico",
        ],
    ),
    (Field::Interior, &["interno", "int", "ninterno", "nint"]),
    (
        Field::Quartiere,
        &[
            "quartiere",
            "q",
            "qre",
            "qtre",
            "quart",
            "nquartiere",
            "quartiereresidenza",
            "quartieren",
        ],
    ),
    (
        Field::Size,
        &[
            "componenti",
            "ncomponenti",
            "ncomp",
            "comp",
            "componentinucleo",
            "ncomponentinucleo",
            "nucleofamiliare",
            "nnucleofamiliare",
            "composizionenucleo",
            "numerosita",
            "ampiezza",
            "ampiezzanucleo",
            "npersone",
            "persone",
            "membri",
            "nmembri",
            "familiari",
            "nfamiliari",
            "totalecomponenti",
            "totcomponenti",
            "compnucleo",
        ],
    ),
    (
        Field::Minors,
        &[
            "minori",
            "nminori",
            "figliminori",
            "nfigliminori",
            "minorenni",
            "nminorenni",
            "cuiminori",
            "cuiminorenni",
        ],
    ),
    (Field::MinorFlag, &["minore", "minorenne", "minoresino"]),
    (
        Field::Disabled,
        &[
            "disabili",
            "ndisabili",
            "cuidisabili",
            "invalidi",
            "ninvalidi",
            "personedisabili",
            "npersonedisabili",
            "personedisabilita",
            "npersonedisabilita",
            "componentidisabili",
            "ncomponentidisabili",
            "presenzadisabili",
            "portatorihandicap",
            "nportatorihandicap",
            "componentidisabilita",
        ],
    ),
    (
        Field::DisabledFlag,
        &[
            "disabile",
            "disabilita",
            "invalido",
            "invalidita",
            "handicap",
            "portatorehandicap",
            "l104",
            "legge104",
            "disabilesino",
        ],
    ),
    (
        Field::Resident,
        &[
            "residente",
            "residentefirenze",
            "residenteafirenze",
            "residentecomune",
            "residentesino",
            "residentesn",
            "residenti",
        ],
    ),
    (
        Field::Phone,
        &[
            "telefono",
            "tel",
            "ntelefono",
            "ntel",
            "telefonofisso",
            "telfisso",
            "fisso",
            "recapitotelefonico",
            "recapito",
            "recapiti",
            "recapititelefonici",
            "contatto",
            "contattotelefonico",
            "telefonocellulare",
            "telcell",
            "telefonocell",
            "telcellulare",
            "telefono1",
            "utenzatelefonica",
        ],
    ),
    (
        Field::Mobile,
        &[
            "cellulare",
            "cell",
            "ncellulare",
            "ncell",
            "telefonomobile",
            "mobile",
            "telefono2",
            "cellulare1",
            "altrotelefono",
        ],
    ),
    (
        Field::Email,
        &[
            "mail",
            "email",
            "postaelettronica",
            "indirizzomail",
            "indirizzoemail",
            "indirizzopostaelettronica",
            "contattomail",
        ],
    ),
    (
        Field::Amount,
        &[
            "importo",
            "importobuoni",
            "importobuonispesa",
            "importobuono",
            "importobuonospesa",
            "importospettante",
            "importodovuto",
            "importoassegnato",
            "importoriconosciuto",
            "importoconcesso",
            "importocontributo",
            "importototale",
            "importoerogare",
            "valore",
            "valorebuoni",
            "valorebuonispesa",
            "valorespettante",
            "valoretotale",
            "valoretotalebuoni",
            "spettante",
            "contributo",
            "somma",
            "sommaspettante",
            "ammontare",
        ],
    ),
    (
        Field::Vouchers,
        &[
            "nbuoni",
            "buoni",
            "nbuonispesa",
            "nbuonispettanti",
            "buonispettanti",
            "buoniassegnati",
            "nbuoniassegnati",
            "quantitabuoni",
            "qtabuoni",
        ],
    ),
    (
        Field::ListRef,
        &[
            "pratica",
            "npratica",
            "idpratica",
            "codicepratica",
            "codpratica",
            "praticaid",
            "domanda",
            "ndomanda",
            "iddomanda",
            "codicedomanda",
            "istanza",
            "nistanza",
            "idistanza",
            "protocollo",
            "nprotocollo",
            "prot",
            "nprot",
            "protn",
            "protocollon",
            "protocollodomanda",
            "nprotocollodomanda",
            "riferimento",
            "rif",
            "nriferimento",
            "idnucleo",
            "codicenucleo",
            "nnucleo",
            "idfamiglia",
            "codicefamiglia",
            "nfamiglia",
            "idscheda",
        ],
    ),
    (
        Field::Role,
        &[
            "ruolo",
            "ruolonucleo",
            "parentela",
            "gradoparentela",
            "rapportoparentela",
            "relazioneparentela",
            "relazione",
            "relazioneintestatario",
            "parentelaintestatario",
            "qualifica",
            "tipocomponente",
            "tipologiacomponente",
        ],
    ),
];

/// What a heading says; none when it is not known.
pub(super) fn heading(written: &str) -> Option<Heading> {
    let outside = without_parentheses(written);
    [written, &outside].into_iter().find_map(|text| {
        let words = words(text);
        let rest: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|word| !WHOSE.contains(word))
            .collect();
        let whole = words.concat();
        known(&whole)
            .or_else(|| PERSONS.contains(&whole.as_str()).then_some(Heading::Person))
            .or_else(|| known(&rest.concat()))
    })
}

fn known(name: &str) -> Option<Heading> {
    let found = HEADINGS.iter().find(|(_, names)| names.contains(&name))?;
    Some(Heading::Field(found.0))
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// The words that count, each in one form.
fn words(text: &str) -> Vec<String> {
    let apart = text.replace(['\'', '\u{2019}'], " ");
    search_key(&apart)
        .split(' ')
        .filter(|word| !word.is_empty() && !SMALL_WORDS.contains(word))
        .map(|word| match word {
            "numero" | "num" | "nr" | "nro" | "no" | "n" => "n".to_owned(),
            other => other.to_owned(),
        })
        .collect()
}

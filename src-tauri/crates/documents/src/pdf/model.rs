// SPDX-License-Identifier: EUPL-1.2
//! What each printed document says: plain data, filled by whoever asks for it.
//!
//! Times are local times of the office (`Europe/Rome`): whoever fills them in knows the zone. Amounts are cents.
//! Texts are data: whatever stands in them is printed as it is.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// The language of a document's fixed texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Italian.
    #[default]
    It,
    /// English.
    En,
}

/// The paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A4.
    #[default]
    A4,
    /// A roll of 80 mm, of which 72 mm can be printed; as long as the text.
    Thermal80,
}

/// A document to print.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Document {
    /// What a citizen takes home after booking.
    AppointmentSlip(AppointmentSlip),
    /// What one desk gives a household for another desk, when nothing else reaches it.
    CustodySlip(CustodySlip),
    /// The number of somebody who waits.
    QueueTicket(QueueTicket),
    /// What is signed when booklets are handed over.
    DeliveryReceipt(DeliveryReceipt),
    /// What a citizen takes home when nothing could be handed over.
    RefusalNote(RefusalNote),
    /// What records that a delivery was undone.
    ReversalNote(ReversalNote),
    /// The written delega, blank or filled in.
    DelegaForm(DelegaForm),
    /// Sections of text and tables: closings, reports.
    Report(Report),
    /// Numbered forms for when the PC is dead, with who may be served.
    PaperKit(PaperKit),
}

/// The office and the site that a document comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The administration: "Comune di Firenze".
    pub office: String,
    /// The part of it: "Sportello al cittadino".
    pub unit: Option<String>,
    /// The site: "Quartiere 2 – Campo di Marte".
    pub site: String,
    /// Where the site is.
    pub address: String,
    /// Its telephone.
    pub phone: Option<String>,
}

/// How a name appears on a slip that others may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameShown {
    /// As written.
    #[default]
    Full,
    /// "M. R."
    Initials,
}

/// An appointment, on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentSlip {
    /// Where to come.
    pub place: Place,
    /// The service that was booked.
    pub service: String,
    /// The household's applicant.
    pub applicant: String,
    /// How much of the name is printed.
    pub name_shown: NameShown,
    /// When to come.
    pub at: NaiveDateTime,
    /// What to bring, one thing a line.
    pub bring: Vec<String>,
    /// The short code under the QR, to be read aloud or typed.
    pub code: String,
    /// What the QR says.
    pub qr: String,
    /// How to cancel or move it; the catalogue's own text when none is given.
    pub how_to_change: Option<String>,
    /// When the slip was made.
    pub issued_at: NaiveDateTime,
    /// When it was printed again, if it was.
    pub reprinted_at: Option<NaiveDateTime>,
}

/// The number of somebody who waits, on paper. No name: it lies about in a waiting room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueueTicket {
    /// The site.
    pub place: Place,
    /// The number that is called.
    pub number: String,
    /// The service.
    pub service: String,
    /// What the QR says: it is scanned when the person comes back.
    pub qr: String,
    /// When it was printed.
    pub printed_at: NaiveDateTime,
}

/// An entitlement handed to one other desk, on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustodySlip {
    /// The site that hands over.
    pub place: Place,
    /// The campaign.
    pub campaign: String,
    /// The household, by its reference.
    pub household: String,
    /// Its applicant.
    pub applicant: String,
    /// What is still due, in cents.
    pub remaining_cents: i64,
    /// The desk that hands over, with its site.
    pub from: String,
    /// The only desk that may use the paper, with its site.
    pub to: String,
    /// The short code, to be typed.
    pub code: String,
    /// What the QR says.
    pub qr: String,
    /// When it was handed over.
    pub issued_at: NaiveDateTime,
    /// When this paper was printed.
    pub printed_at: NaiveDateTime,
}

/// Who stood at the desk for the household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Collector {
    /// The applicant in person.
    Holder,
    /// Another member of the household.
    Member {
        /// The member's name.
        name: String,
    },
    /// A person with a written delega.
    Delegate {
        /// The delegate's name.
        name: String,
        /// What tells the delega from others: its date, its number.
        delega: Option<String>,
    },
}

/// An identity document, as much of it as the office prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityDocument {
    /// "Carta d'identità".
    pub kind: String,
    /// Its number, whole or masked, as given.
    pub number: String,
}

/// A run of vouchers handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookletLine {
    /// The first serial.
    pub first: String,
    /// The last serial.
    pub last: String,
    /// How many vouchers.
    pub count: u32,
    /// What each is worth, in cents.
    pub denomination_cents: i64,
    /// What they are worth together, in cents: count × denomination.
    pub amount_cents: i64,
}

/// Where in the desk's journal the act stands: on paper, it holds the journal to what it said that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The desk's short identifier.
    pub desk: String,
    /// The record's sequence number in its log.
    pub seq: u64,
    /// The head of the chain after that record, in hexadecimal.
    pub head: String,
}

impl Seal {
    /// What the small QR says: `SPORTELLO:1:<desk>:<seq>:<head>`, in capitals, which keeps the QR small.
    pub fn qr_payload(&self) -> String {
        format!("SPORTELLO:1:{}:{}:{}", self.desk, self.seq, self.head).to_uppercase()
    }
}

/// What every act at the desk has on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Where it happened.
    pub place: Place,
    /// The desk's name: "Postazione 3".
    pub desk: String,
    /// The campaign's name.
    pub campaign: String,
    /// The household's reference, never a tax code.
    pub household: String,
    /// The household's applicant.
    pub applicant: String,
    /// When it happened.
    pub at: NaiveDateTime,
    /// Who did it.
    pub operator: String,
    /// The document's number.
    pub number: String,
    /// Where the act stands in the journal.
    pub seal: Seal,
    /// When it was printed again, if it was: it is then marked as a copy.
    pub reprinted_at: Option<NaiveDateTime>,
    /// The privacy notice; the catalogue's own line when none is given.
    pub privacy: Option<String>,
}

/// A delivery, to be signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeliveryReceipt {
    /// The act.
    pub act: Act,
    /// Who collected.
    pub collected_by: Collector,
    /// With which identity document.
    pub document: IdentityDocument,
    /// What was handed over.
    pub booklets: Vec<BookletLine>,
    /// What it is worth, in cents: the sum of the lines.
    pub total_cents: i64,
    /// What the household is still due after a partial delivery, in cents.
    pub remaining_cents: Option<i64>,
    /// A remark to be printed.
    pub note: Option<String>,
}

/// A delivery that could not be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefusalNote {
    /// The act.
    pub act: Act,
    /// Who presented themselves.
    pub presented: Collector,
    /// Why nothing was handed over, in plain words.
    pub reason: String,
    /// What to bring next time.
    pub bring: Vec<String>,
    /// The next appointment, if one was booked.
    pub next: Option<NaiveDateTime>,
}

/// A delivery that was undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReversalNote {
    /// The act.
    pub act: Act,
    /// The number of the receipt that is undone.
    pub receipt_number: String,
    /// When that delivery was made.
    pub receipt_at: NaiveDateTime,
    /// Why, in plain words.
    pub reason: String,
    /// The vouchers that came back.
    pub booklets: Vec<BookletLine>,
    /// What they are worth, in cents: the sum of the lines.
    pub total_cents: i64,
    /// The supervisor who allowed it.
    pub authorised_by: Option<String>,
}

/// A person on the delega form. What is missing is a line to fill in by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FormPerson {
    /// Surname and name.
    pub name: Option<String>,
    /// Where born.
    pub birth_place: Option<String>,
    /// When born.
    pub birth_date: Option<NaiveDate>,
    /// Where resident.
    pub residence: Option<String>,
    /// The tax code.
    pub tax_code: Option<String>,
    /// A telephone.
    pub phone: Option<String>,
    /// The identity document's kind.
    pub document_kind: Option<String>,
    /// The identity document's number.
    pub document_number: Option<String>,
    /// Who issued it.
    pub document_issuer: Option<String>,
    /// When it expires.
    pub document_expires: Option<NaiveDate>,
}

/// The written delega to collect for a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegaForm {
    /// The office and the site.
    pub place: Place,
    /// The campaign; a line to fill in when none is given.
    pub campaign: Option<String>,
    /// Who delegates.
    pub holder: FormPerson,
    /// Who is delegated.
    pub delegate: FormPerson,
    /// The day the form is made: the document's date.
    pub issued_on: NaiveDate,
    /// The privacy notice; the catalogue's own line when none is given.
    pub privacy: Option<String>,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Marks.
    Center,
    /// Figures.
    Right,
}

/// A column of a report's table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// How it stands.
    #[serde(default)]
    pub align: Align,
    /// Its share of the width beside the others; 0 for as narrow as its content.
    #[serde(default)]
    pub weight: u8,
}

/// A part of a report's section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A list with bullets.
    List {
        /// Its items.
        items: Vec<String>,
    },
    /// Names and values, one pair a line.
    Facts {
        /// The pairs.
        pairs: Vec<(String, String)>,
    },
    /// A table; its headings come again on each page.
    Table {
        /// What it shows.
        caption: Option<String>,
        /// Its columns.
        columns: Vec<Column>,
        /// Its rows, each with as many cells as there are columns.
        rows: Vec<Vec<String>>,
        /// A last row that sums up.
        total: Option<Vec<String>>,
    },
    /// A drawing as wide as the page. What it shows stands in a table too.
    Picture {
        /// The drawing, SVG made by this program.
        svg: String,
        /// What it shows, for those who do not see it.
        alt: String,
    },
    /// Lines to be signed, each with who signs.
    Signatures {
        /// Who signs.
        roles: Vec<String>,
    },
    /// A QR to be scanned.
    Code {
        /// What it says.
        qr: String,
        /// What it is for, for who cannot see it, and beside it.
        alt: String,
    },
}

/// A section of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// Its heading.
    pub heading: Option<String>,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// A report: closings of the day, figures of a campaign, whatever is paragraphs and tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The office and the site.
    pub place: Place,
    /// The title.
    pub title: String,
    /// A line under it: the period, the desk.
    pub subtitle: Option<String>,
    /// Words that an archive finds it by.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// When it was made.
    pub made_at: NaiveDateTime,
    /// Whether the page lies on its side, for wide tables.
    #[serde(default)]
    pub landscape: bool,
}

/// Somebody who may be served with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitPerson {
    /// The household's reference.
    pub reference: String,
    /// Its applicant.
    pub name: String,
    /// How many vouchers are due.
    pub vouchers: u64,
    /// What they are worth, in cents.
    pub amount_cents: i64,
}

/// A form to fill in by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitForm {
    /// Its number.
    pub number: u16,
    /// The short code under the QR, to be typed.
    pub code: String,
    /// What the QR says.
    pub qr: String,
}

/// Numbered forms for when the PC is dead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperKit {
    /// The office and the site.
    pub place: Place,
    /// What the kit is called by.
    pub code: String,
    /// The campaign.
    pub campaign: String,
    /// The desk that it is bound to.
    pub desk: String,
    /// When it was made ready: the lists stand as of then.
    pub made_at: NaiveDateTime,
    /// The vouchers that go with it: first serial, last serial, how many.
    pub runs: Vec<(String, String, u64)>,
    /// Value of one voucher, in cents.
    pub denomination_cents: i64,
    /// The kinds of identity document, to be ticked.
    pub documents: Vec<String>,
    /// Who may be served, by name.
    pub people: Vec<KitPerson>,
    /// The forms.
    pub forms: Vec<KitForm>,
}

// SPDX-License-Identifier: EUPL-1.2
//! The second door with its answers unwrapped.

use crate::seat::Seat;
use base64::Engine as _;
use sportello_desk::Query;
use sportello_desk::View;
use sportello_desk::query::{DocumentRequest, ExportTable, InboxFilter, TableFormat};
use sportello_desk::view::{
    BoardView, CaseRow, CaseView, ClosingPreviewView, ClosingsView, CounterView, CustodySlipView, DesksView,
    FileView, HouseholdView, ImportPreviewView, ImportsView, InboxView, IndicatorView, LateView,
    PaperFormView, PaperKitsView, ReferenceView, SearchView, SerialHistoryView, ShipmentRow, StatusView,
    StockLedgerView, StockView, SyncStoryView, VerificationView,
};
use sportello_domain::command::FileInput;
use sportello_domain::exceptions::{CaseKind, CaseStanding};
use sportello_domain::ids::{CampaignId, CaseId, EntitlementId, HouseholdId};

macro_rules! answers {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) -> $view:ty = $variant:ident <- $query:expr;)+) => {
        impl Seat {$(
            $(#[$doc])*
            pub fn $name(&self $(, $arg: $type)*) -> $view {
                match self.ask(&$query) {
                    View::$variant(view) => view,
                    other => panic!("another answer came: {other:?}"),
                }
            }
        )+}
    };
}

answers! {
    /// How the desk stands.
    status() -> StatusView = Status <- Query::Status;
    /// Sites, services, campaigns, desks, operators.
    reference() -> ReferenceView = Reference <- Query::Reference;
    /// Today at this site.
    board() -> BoardView = Board <- Query::Board { site: None, day: None };
    /// What is found.
    search(text: &str) -> SearchView = Search <- Query::Search { text: text.into(), limit: None };
    /// All about a household.
    household(id: HouseholdId) -> Box<HouseholdView> = Household <- Query::Household { id };
    /// All that a delivery needs.
    counter(entitlement: EntitlementId) -> Box<CounterView> = Counter <- Query::Counter { entitlement };
    /// What the paper of an open hand-over says.
    custody_slip(entitlement: EntitlementId) -> CustodySlipView = CustodySlip <- Query::CustodySlip { entitlement };
    /// What the desk holds.
    stock(campaign: CampaignId) -> StockView = Stock <- Query::Stock { campaign };
    /// Where the vouchers of a campaign are.
    stock_ledger(campaign: CampaignId) -> Box<StockLedgerView> = StockLedger <- Query::StockLedger { campaign };
    /// Everything that is known of one voucher.
    serial_history(campaign: CampaignId, serial: &str) -> SerialHistoryView = SerialHistory
        <- Query::SerialHistory { campaign, serial: serial.into() };
    /// Served of presented.
    indicator(campaign: CampaignId) -> IndicatorView = Indicator <- Query::Indicator { campaign };
    /// The cases that fit.
    inbox_of(filter: InboxFilter) -> InboxView = Inbox <- Query::Inbox { filter, offset: 0, limit: 1000 };
    /// One case, with its evidence.
    case(id: CaseId) -> Box<CaseView> = Case <- Query::Case { id };
    /// What a list would do.
    preview(campaign: CampaignId, file: &FileInput) -> ImportPreviewView = ImportPreview
        <- Query::ImportPreview { campaign, file: file.clone(), issued: None };
    /// The rows that would not be taken in.
    refused_rows(campaign: CampaignId, file: &FileInput) -> FileView = File
        <- Query::ImportRefused { campaign, file: file.clone(), issued: None, format: TableFormat::Csv };
    /// Lists taken in so far.
    imports() -> ImportsView = Imports <- Query::Imports;
    /// The desks of the office.
    desks() -> DesksView = Desks <- Query::Desks;
    /// What came late.
    late() -> LateView = Late <- Query::Late;
    /// The last exchanges.
    story() -> SyncStoryView = SyncStory <- Query::SyncStory;
    /// What verifying finds.
    verification() -> VerificationView = Verification <- Query::Verify;
    /// What closing the day would close.
    closing_preview() -> Box<ClosingPreviewView> = ClosingPreview <- Query::ClosingPreview { day: None };
    /// Closings, and the days that none closes.
    closings() -> ClosingsView = Closings <- Query::Closings { from: None, to: None, desk: None };
    /// Kits of numbered forms.
    paper_kits() -> PaperKitsView = PaperKits <- Query::PaperKits;
    /// The form that a code names.
    paper_form(code: &str) -> Box<PaperFormView> = PaperForm <- Query::PaperForm { code: code.into() };
    /// A document.
    document(document: DocumentRequest) -> FileView = File <- Query::Document { document, language: None };
    /// A table.
    export(table: ExportTable, format: TableFormat) -> FileView = File <- Query::Export { table, format };
}

/// The kinds of cases that an entitlement's own deliveries make.
pub const OF_DELIVERIES: [CaseKind; 8] = [
    CaseKind::Double,
    CaseKind::Forced,
    CaseKind::AfterRevocation,
    CaseKind::OverAmount,
    CaseKind::NotHolder,
    CaseKind::NotReturned,
    CaseKind::BeforeRelief,
    CaseKind::SerialsTwice,
];

/// Wherever a case may stand.
pub const EVERY_STANDING: [CaseStanding; 6] = [
    CaseStanding::Open,
    CaseStanding::Assigned,
    CaseStanding::Reopened,
    CaseStanding::Awaiting,
    CaseStanding::Contested,
    CaseStanding::Decided,
];

impl Seat {
    /// The cases that somebody still has to do something about.
    pub fn inbox(&self) -> InboxView {
        self.inbox_of(InboxFilter::default())
    }

    /// The shipments that whoever sits here may see.
    pub fn shipments(&self) -> Vec<ShipmentRow> {
        match self.ask(&Query::Shipments) {
            View::Shipments(view) => view.rows,
            other => panic!("another answer came: {other:?}"),
        }
    }

    /// The cases of deliveries: those that are open, or all of them.
    pub fn odd_deliveries(&self, all: bool) -> Vec<CaseRow> {
        let standings = if all { EVERY_STANDING.to_vec() } else { Vec::new() };
        let filter = InboxFilter {
            kinds: OF_DELIVERIES.to_vec(),
            standings,
            ..InboxFilter::default()
        };
        self.inbox_of(filter).rows
    }

    /// Every chain holds and every projection is what a fold made anew gives.
    pub fn assert_sound(&self) {
        let found = self.verification();
        assert_eq!(found.faults, Vec::<String>::new(), "{}", self.username);
        assert!(found.records > 0, "{}: nothing was verified", self.username);
    }
}

/// A file's bytes.
pub fn bytes_of(file: &FileView) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD
        .decode(&file.content)
        .unwrap()
}

/// What stands on a PDF, as a reader's program gives it.
pub fn words_of(file: &FileView) -> String {
    let mut paper = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut paper, &bytes_of(file)).unwrap();
    let read = std::process::Command::new("pdftotext")
        .args(["-raw".as_ref(), paper.path(), "-".as_ref()])
        .output()
        .unwrap();
    assert!(read.status.success(), "{read:?}");
    String::from_utf8(read.stdout).unwrap()
}

/// A file's text, without its byte order mark.
pub fn text_of(file: &FileView) -> String {
    String::from_utf8(bytes_of(file))
        .unwrap()
        .trim_start_matches('\u{feff}')
        .to_owned()
}

// SPDX-License-Identifier: EUPL-1.2
//! Servizi Sociali's list: looked at first, taken in once, and never half.

use chrono::Duration;
use sportello_desk::Command;
use sportello_desk::view::RowFate;
use sportello_documents::lists::Cell;
use sportello_domain::money::Cents;
use sportello_tests::answers::text_of;
use sportello_tests::clock::march;
use sportello_tests::facts::{self, CAMPAIGN};
use sportello_tests::{Office, Seat};

async fn office() -> (Office, Seat) {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    // A desk to hold what is granted.
    let desk = office.desk("Q1-A", "Q1").await;
    office.until_quiet(&[&supervisor, &desk]).await;
    facts::define(&supervisor);
    (office, supervisor)
}

fn codes(view: &sportello_desk::view::ImportPreviewView) -> Vec<&str> {
    view.notices.iter().map(|notice| notice.code.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_looked_at_then_taken_in_once() {
    let (_office, supervisor) = office().await;
    let people = facts::households(30, 1);
    let mut sheet = facts::sheet(&people);
    // The last row has a tax code with one letter wrong: it is not taken in, and the others are.
    let Cell::Text(code) = &sheet.rows[29][3] else {
        panic!()
    };
    let wrong = format!("{}{}", &code[..15], if code.ends_with('A') { 'B' } else { 'A' });
    sheet.rows[29][3] = Cell::Text(wrong.clone());
    let issued = march(1, 0, 0).date() - Duration::days(5);
    let list = facts::csv(&sheet, issued);

    let before = supervisor.verification().records;
    let preview = supervisor.preview(CAMPAIGN, &list);
    assert_eq!(
        (preview.issued, preview.applicable),
        (Some(issued), true),
        "{:?}",
        preview.notices
    );
    assert_eq!(
        (preview.counts.new, preview.counts.refused, preview.rows.len()),
        (29, 1, 30),
        "{:?}",
        preview.counts
    );
    let bad = &preview.rows[0];
    assert_eq!(
        (bad.fate, bad.row, bad.identifier.as_str()),
        (RowFate::Refused, 31, wrong.as_str())
    );
    assert_eq!(bad.reasons.len(), 1);
    assert_eq!(
        supervisor.verification().records,
        before,
        "looking changes nothing"
    );
    assert!(
        supervisor
            .search(people[0].applicant().identifier.as_str())
            .hits
            .is_empty()
    );

    let done = supervisor.act(facts::apply(&list, &preview));
    assert_eq!(done.import, Some(preview.counts));
    assert_eq!(supervisor.indicator(CAMPAIGN).entitled, 29);
    let total: i64 = people[..29]
        .iter()
        .map(|household| facts::amount(household).0)
        .sum();
    assert_eq!(preview.total, Cents(total));

    // What was refused goes back to whoever wrote it, as it came and with the reason.
    let back = text_of(&supervisor.refused_rows(CAMPAIGN, &list));
    assert_eq!(back.lines().count(), 2, "{back}");
    assert!(
        back.contains(&wrong) && back.contains(&bad.reasons[0]) && back.contains("31"),
        "{back}"
    );

    // The same file again: told, and nothing is done.
    let records = supervisor.verification().records;
    let again = supervisor.preview(CAMPAIGN, &list);
    assert!(codes(&again).contains(&"same_list_again"), "{:?}", again.notices);
    assert_eq!(
        (again.counts.new, again.counts.changed, again.counts.unchanged),
        (0, 0, 29)
    );
    let done = supervisor.act(facts::apply(&list, &again));
    assert_eq!(done.changed, []);
    assert_eq!(supervisor.verification().records, records);
    assert_eq!(supervisor.imports().imports.len(), 1);

    // The same rows in another file say nothing new either.
    let copy = facts::xlsx(&sheet, issued + Duration::days(1));
    let preview = supervisor.preview(CAMPAIGN, &copy);
    assert_eq!(
        (
            preview.counts.new,
            preview.counts.changed,
            preview.counts.unchanged
        ),
        (0, 0, 29),
        "{:?}",
        preview.rows
    );
    supervisor.act(facts::apply(&copy, &preview));
    assert_eq!(supervisor.indicator(CAMPAIGN).entitled, 29);
    assert_eq!(
        supervisor.verification().records,
        records + 1,
        "that it was taken in, and nothing else"
    );
    supervisor.assert_sound();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_list_changes_what_changed_and_an_older_one_is_told() {
    let (_office, supervisor) = office().await;
    let people = facts::households(10, 1);
    let mut sheet = facts::sheet(&people);
    let issued = march(1, 0, 0).date() - Duration::days(5);
    let list = facts::csv(&sheet, issued);
    supervisor.act(facts::apply(&list, &supervisor.preview(CAMPAIGN, &list)));

    // One telephone, one amount; and one household less, which keeps its right.
    let household = supervisor.find(people[1].applicant().identifier.as_str());
    sheet.rows[0][11] = Cell::Text("055 123456".into());
    let more = facts::amount(&people[1]).0 / 100 + 50;
    sheet.rows[1][12] = Cell::Text(format!("{more},00 €"));
    sheet.rows.pop();
    let later = facts::csv(&sheet, issued + Duration::days(2));
    let preview = supervisor.preview(CAMPAIGN, &later);
    assert_eq!(
        (
            preview.counts.changed,
            preview.counts.doubtful,
            preview.counts.unchanged
        ),
        // An amount against the campaign's table is for a person to look at.
        (1, 1, 7),
        "{:?}",
        preview.rows
    );
    assert!(
        codes(&preview).contains(&"missing_households"),
        "{:?}",
        preview.notices
    );
    supervisor.act(facts::apply(&later, &preview));
    let view = supervisor.household(household);
    assert_eq!(view.entitlements[0].amount, Cents(more * 100));
    assert_eq!(
        view.entitlements[0].entitlement.revisions.len(),
        2,
        "the amount that was before is not forgotten"
    );
    assert_eq!(supervisor.indicator(CAMPAIGN).entitled, 10);

    // A list older than the last one would undo what is known: it is told and not taken in.
    sheet.rows[1][12] = Cell::Text("80,00".into());
    let older = facts::csv(&sheet, issued - Duration::days(2));
    let preview = supervisor.preview(CAMPAIGN, &older);
    assert!(
        codes(&preview).contains(&"older_list") && !preview.applicable,
        "{:?}",
        preview.notices
    );
    assert_eq!(
        supervisor.refused(facts::apply(&older, &preview)),
        "import_not_applicable"
    );
    assert_eq!(
        supervisor.household(household).entitlements[0].amount,
        Cents(more * 100)
    );

    // Another file than the one that was looked at is not taken in.
    let Command::ApplyImport {
        campaign,
        issued,
        digest,
        ..
    } = facts::apply(&later, &preview)
    else {
        panic!()
    };
    let other = Command::ApplyImport {
        campaign,
        issued,
        digest,
        file: later,
    };
    assert_eq!(supervisor.refused(other), "import_other_file");
    supervisor.assert_sound();
}

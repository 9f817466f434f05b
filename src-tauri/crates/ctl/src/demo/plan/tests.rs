// SPDX-License-Identifier: EUPL-1.2
#![allow(clippy::unwrap_used)]
use super::*;
use crate::demo::office;
use sportello_domain::ids::{CampaignId, ServiceId};
use sportello_domain::office::Site;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

fn planned(now: Timestamp, count: u128) -> (Campaign, Service, Plan) {
    let site = SiteId(Uuid::from_u128(9));
    let sites = [Site {
        id: site,
        code: "Q1".into(),
        name: "Q1".into(),
        quartiere: 1,
        central: false,
        address: String::new(),
        phone: String::new(),
    }];
    let campaign = office::campaign(CampaignId::default());
    let service = office::delivery(ServiceId::default(), campaign.id, &sites);
    let cases = (0..count)
        .map(|n| Case {
            entitlement: EntitlementId(Uuid::from_u128(n)),
            household: HouseholdId(Uuid::from_u128(n)),
            amount: Cents(15_000),
            applicant: format!("N. {n}"),
        })
        .collect();
    let stage = Stage {
        campaign: &campaign,
        service: &service,
        site,
        now,
        past: 235,
        strange: true,
        lost: true,
        elsewhere: &[],
    };
    let plan = plan(stage, cases, DemoRng::new(1));
    (campaign, service, plan)
}

#[test]
fn a_plan_keeps_to_agenda_and_clock() {
    let now = moment(2021, 2, 16, 10, 40);
    let (_, service, plan) = planned(now, 1_190);
    assert!(
        plan.acts
            .iter()
            .all(|act| act.at < now && act.visit < plan.visits.len())
    );
    assert!(plan.acts.is_sorted_by_key(|act| act.at));
    let mut taken: BTreeMap<NaiveDateTime, u16> = BTreeMap::new();
    for act in &plan.acts {
        if let Step::Book(start) = act.step {
            assert!(act.at < Timestamp::of_rome(start), "booked before");
            *taken.entry(start).or_default() += 1;
        }
    }
    for (start, count) in &taken {
        let slots = slots_of(&service, service.sites[0], start.date());
        assert!(
            slots
                .iter()
                .any(|slot| slot.start == *start && slot.capacity >= *count),
            "{start}: {count}"
        );
    }
    let delivered = plan
        .acts
        .iter()
        .filter(|act| matches!(act.step, Step::Confirm(_)))
        .count();
    assert!((200..320).contains(&delivered), "{delivered}");
    for step in [
        Step::Miss,
        Step::Cancel,
        Step::Park,
        Step::Reverse(true),
        Step::Reverse(false),
        Step::Confirm(How::Strange),
        Step::WalkIn(None),
        Step::WalkIn(Some(Priority::Pregnancy)),
        Step::Answer,
    ] {
        assert!(plan.acts.iter().any(|act| act.step == step), "{step:?}");
    }
}

#[test]
fn what_happens_to_a_visit_follows() {
    let (.., plan) = planned(moment(2021, 2, 16, 10, 40), 1_190);
    let mut last: HashMap<usize, Step> = HashMap::new();
    for act in plan
        .acts
        .iter()
        .filter(|act| !matches!(act.step, Step::Receive(_) | Step::Note))
    {
        let before = last.insert(act.visit, act.step);
        let follows = match act.step {
            Step::Book(_) => matches!(before, None | Some(Step::Refuse(_))),
            Step::Present | Step::Cancel | Step::Miss => matches!(before, Some(Step::Book(_))),
            Step::Call => matches!(before, Some(Step::Present | Step::Park | Step::WalkIn(_))),
            Step::WalkIn(_) => before.is_none(),
            Step::Park | Step::Refuse(_) | Step::Answer => before == Some(Step::Call),
            // Without an appointment; or again, after the first one was taken back.
            Step::Confirm(_) => matches!(before, None | Some(Step::Call | Step::Reverse(_))),
            Step::Reverse(_) => matches!(before, Some(Step::Confirm(_))),
            Step::Receive(_) | Step::Note => true,
        };
        assert!(follows, "{before:?}, then {act:?}");
    }
}

#[test]
fn the_day_is_lively_and_there_are_vouchers_for_it() {
    let now = moment(2021, 2, 16, 10, 40);
    let (campaign, _, plan) = planned(now, 1_190);
    let mut last: HashMap<usize, Step> = HashMap::new();
    let today: Vec<usize> = plan
        .acts
        .iter()
        .filter(|act| matches!(act.step, Step::Book(start) if start.date() == now.day()))
        .map(|act| act.visit)
        .collect();
    let (mut supplied, mut used) = (0, 0);
    for act in &plan.acts {
        match act.step {
            Step::Receive(vouchers) => supplied += vouchers,
            Step::Confirm(How::Plain | How::Less(_)) => {
                used +=
                    plan.visits[act.visit].amount.0.unsigned_abs() / campaign.denomination.0.unsigned_abs();
            }
            _ => {}
        }
        if !matches!(act.step, Step::Receive(_) | Step::Note) {
            last.insert(act.visit, act.step);
        }
    }
    assert!(supplied > used + 1_000, "{supplied} supplied, {used} used");
    let stand = |wanted: fn(&Step) -> bool| {
        today
            .iter()
            .filter(|visit| last.get(visit).is_some_and(wanted))
            .count()
    };
    assert_eq!(stand(|step| *step == Step::Call), 1);
    assert_eq!(stand(|step| *step == Step::Park), 1);
    assert_eq!(stand(|step| *step == Step::Present), 3);
    assert!(stand(|step| matches!(step, Step::Confirm(_))) >= 4);
    assert!(
        stand(|step| matches!(step, Step::Book(_))) >= 12,
        "late, and still to come"
    );
}

#[test]
fn few_cases_and_other_days_make_a_plan_too() {
    for (now, count) in [
        (moment(2021, 1, 2, 9, 0), 10),
        (moment(2021, 2, 15, 8, 0), 3),
        (moment(2021, 4, 30, 18, 0), 200),
    ] {
        let (.., plan) = planned(now, count);
        assert!(plan.acts.iter().all(|act| act.at < now));
    }
    assert!(planned(moment(2021, 2, 16, 10, 40), 0).2.acts.is_empty());
}

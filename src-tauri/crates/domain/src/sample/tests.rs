// SPDX-License-Identifier: EUPL-1.2
//! A sample can be drawn again by anybody, has every site in it, and nobody twice.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::context::tests::ctx;
use crate::ids::CommandId;
use crate::state::Fold;
use crate::time::Hlc;
use proptest::prelude::*;
use uuid::Uuid;

fn frame_of(sizes: &[usize]) -> BTreeMap<Option<SiteId>, Vec<Pick>> {
    let mut n = 0;
    sizes
        .iter()
        .zip(1..)
        .filter(|(size, _)| **size > 0)
        .map(|(size, site)| {
            let picks = (0..*size).map(|_| {
                n += 1;
                Pick {
                    delivery: DeliveryId(Uuid::from_u128(n)),
                    entitlement: EntitlementId(Uuid::from_u128(0xe000 + n)),
                }
            });
            (Some(SiteId(Uuid::from_u128(site))), picks.collect())
        })
        .collect()
}

fn id(n: u128) -> SampleId {
    SampleId(Uuid::from_u128(n))
}

#[test]
fn each_site_has_its_share_by_largest_remainders() {
    assert_eq!(shares(&[50, 30, 20], 10), [5, 3, 2]);
    assert_eq!(shares(&[97, 2, 1], 5), [3, 1, 1], "no site is left out");
    assert_eq!(shares(&[5, 5, 5], 2), [1, 1, 0], "fewer than there are sites");
    assert_eq!(shares(&[3, 0, 2], 99), [3, 0, 2], "no more than there are");
    assert_eq!(shares(&[], 4), [] as [usize; 0]);
    assert_eq!(shares(&[10, 10, 10], 10), [4, 3, 3]);
}

/// Another draw is another sample: the order follows from the identifier, and is written down here for whoever draws it again.
#[test]
fn what_is_drawn_follows_from_the_identifier() {
    let frame = frame_of(&[6, 4]);
    let numbers = |of| -> Vec<u128> {
        draw(of, &frame, 4)
            .1
            .iter()
            .map(|p| p.delivery.0.as_u128())
            .collect()
    };
    assert_eq!(numbers(id(1)), numbers(id(1)));
    assert_ne!(numbers(id(1)), numbers(id(2)));
    assert_ne!(digest(&frame), digest(&frame_of(&[6, 5])));
}

proptest! {
    #[test]
    fn a_sample_is_of_the_frame_without_repeats_and_as_large_as_asked(
        sizes in prop::collection::vec(0_usize..40, 1..7), size in 1_u32..60, n in 1_u128..1000,
    ) {
        let frame = frame_of(&sizes);
        let whole: usize = sizes.iter().sum();
        let (strata, picks) = draw(id(n), &frame, size);
        prop_assert_eq!(picks.len(), whole.min(size as usize));
        let mut once = picks.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), picks.len());
        for stratum in &strata {
            let of_it = picks.iter().filter(|pick| frame[&stratum.site].contains(pick)).count();
            prop_assert_eq!(of_it, stratum.drawn as usize);
            if size as usize >= strata.len() {
                prop_assert!(stratum.drawn > 0);
            }
        }
    }
}

#[test]
fn a_dispute_stays_whatever_is_said_later() {
    let frame = frame_of(&[3]);
    let campaign = CampaignId::default();
    assert_eq!(
        decide_draw(id(1), campaign, &frame, 0),
        Err(Rejection::FieldInvalid { field: "calls" })
    );
    assert_eq!(
        decide_draw(id(1), campaign, &BTreeMap::new(), 5),
        Err(Rejection::NothingToDraw)
    );
    let drawn = decide_draw(id(1), campaign, &frame, 2).unwrap();
    let meta = |seq| EventMeta {
        desk: DeskId::default(),
        topic: Topic::Supervisors,
        seq,
        hlc: Hlc(seq << 16),
        at: Timestamp(i64::try_from(seq).unwrap()),
        entity: id(1).into(),
        actor: OperatorId::default(),
        command: CommandId::default(),
    };
    let mut sample = CampaignSample::fold(None, &meta(1), &drawn.event).unwrap();
    let (first, second) = (sample.picks[0].delivery, sample.picks[1].delivery);
    let outcomes = [
        CallOutcome::NotReached,
        CallOutcome::Fewer,
        CallOutcome::Confirmed,
    ];
    for (outcome, seq) in outcomes.into_iter().zip(2..) {
        let call = record_call(&ctx(), &sample, first, outcome).unwrap();
        sample = CampaignSample::fold(Some(sample), &meta(seq), &call.event).unwrap();
    }
    assert_eq!(sample.last_call(first).unwrap().outcome, CallOutcome::Confirmed);
    assert_eq!(sample.disputed()[&first].outcome, CallOutcome::Fewer);
    assert_eq!(sample.last_call(second), None);
    assert_eq!(
        record_call(
            &ctx(),
            &sample,
            DeliveryId(Uuid::from_u128(99)),
            CallOutcome::Confirmed
        ),
        Err(Rejection::NotFound { what: "sample_pick" })
    );
}

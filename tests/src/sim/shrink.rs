// SPDX-License-Identifier: EUPL-1.2
//! The smallest plan that still fails in the same way: delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating
//! Failure-Inducing Input", 2002) over steps, then over what is special about each step that is left.

use super::plan::Step;
use std::time::{Duration, Instant};

/// Makes a failing plan smaller for as long as `patience` lasts. `fails` says whether a plan still fails in the same way.
pub fn smallest(plan: &[Step], patience: Duration, mut fails: impl FnMut(&[Step]) -> bool) -> Vec<Step> {
    let began = Instant::now();
    let mut left = plan.to_vec();
    let mut size = left.len().div_ceil(2).max(1);
    loop {
        let (mut from, mut smaller) = (0, false);
        while from < left.len() && began.elapsed() < patience {
            let to = (from + size).min(left.len());
            let without: Vec<Step> = left[..from].iter().chain(&left[to..]).cloned().collect();
            if fails(&without) {
                left = without;
                smaller = true;
            } else {
                from = to;
            }
        }
        if began.elapsed() >= patience {
            return left;
        }
        match (size, smaller) {
            (1, false) => break,
            (1, true) => {}
            _ => size = size.div_ceil(2),
        }
    }
    for at in 0..left.len() {
        for plainer in plainer(&left[at]) {
            if began.elapsed() >= patience {
                return left;
            }
            let mut with = left.clone();
            with[at] = plainer;
            if fails(&with) {
                left = with;
            }
        }
    }
    left
}

/// The same step with less that is special about it.
fn plainer(step: &Step) -> Vec<Step> {
    match step.clone() {
        Step::Act {
            at,
            deed,
            luck,
            twice,
            outage,
        } if twice || outage.is_some() => vec![Step::Act {
            at,
            deed,
            luck,
            twice: false,
            outage: None,
        }],
        Step::Exchange { at, faults, outage } => {
            let mut all = Vec::new();
            if outage.is_some() {
                let faults = faults.clone();
                all.push(Step::Exchange {
                    at,
                    faults,
                    outage: None,
                });
            }
            if !faults.is_empty() {
                all.push(Step::Exchange {
                    at,
                    faults: Vec::new(),
                    outage,
                });
            }
            all
        }
        Step::TakeStick {
            at,
            luck,
            mishap: Some(_),
        } => vec![Step::TakeStick {
            at,
            luck,
            mishap: None,
        }],
        Step::CentreStick {
            luck,
            mishap: Some(_),
        } => vec![Step::CentreStick { luck, mishap: None }],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_left_out() {
        let plan: Vec<Step> = (0..300).map(|seconds| Step::Pass { seconds }).collect();
        let pass = |plan: &[Step], wanted| plan.contains(&Step::Pass { seconds: wanted });
        let found = smallest(&plan, Duration::from_mins(1), |plan| {
            pass(plan, 17) && pass(plan, 230)
        });
        assert_eq!(found, [Step::Pass { seconds: 17 }, Step::Pass { seconds: 230 }]);
    }

    #[test]
    fn a_step_that_matters_is_left_with_nothing_special() {
        let outage = Some(crate::sim::plan::Outage::BeforeMessage(1));
        let exchange = |outage| Step::Exchange {
            at: 1,
            faults: vec![],
            outage,
        };
        let found = smallest(&[Step::Quiet, exchange(outage)], Duration::from_mins(1), |plan| {
            plan.iter().any(|step| matches!(step, Step::Exchange { .. }))
        });
        assert_eq!(found, [exchange(None)]);
    }
}

// SPDX-License-Identifier: EUPL-1.2
//! The drawer of a desk: serials in the order in which booklets come and go.

use sportello_domain::serial::Run;

/// Serials of one desk begin so far from those of the next.
const APART: u64 = 1_000_000;

/// Booklets at a desk.
#[derive(Clone, Debug)]
pub struct Drawer {
    next: u64,
    held: Vec<Run>,
    strange: u64,
}

impl Drawer {
    /// The drawer of the desk with this number, from 0.
    pub fn new(desk: usize) -> Self {
        let base = (desk as u64 + 1) * APART;
        Self {
            next: base + 1,
            held: Vec::new(),
            strange: base + APART * 9 / 10,
        }
    }

    /// New booklets with so many vouchers.
    pub fn receive(&mut self, vouchers: u64) -> Run {
        let run = run(self.next, self.next + vouchers - 1);
        // The supply goes to other desks too: what comes next does not begin where this ends.
        self.next += vouchers + 500;
        self.held.push(run.clone());
        run
    }

    /// So many vouchers in order; none when there are not so many.
    pub fn take(&mut self, mut vouchers: u64) -> Option<Vec<Run>> {
        if vouchers == 0 || sportello_domain::serial::count(&self.held) < vouchers {
            return None;
        }
        let mut taken = Vec::new();
        while vouchers > 0 {
            let first = self.held.first_mut()?;
            if first.count() <= vouchers {
                vouchers -= first.count();
                taken.push(self.held.remove(0));
            } else {
                let cut = first.first + vouchers;
                taken.push(Run {
                    last: cut - 1,
                    ..first.clone()
                });
                first.first = cut;
                vouchers = 0;
            }
        }
        Some(taken)
    }

    /// Vouchers of a booklet that nobody entered as received.
    pub fn strange(&mut self, vouchers: u64) -> Vec<Run> {
        let first = self.strange;
        self.strange += vouchers;
        vec![run(first, first + vouchers - 1)]
    }
}

fn run(first: u64, last: u64) -> Run {
    Run {
        series: "FI".into(),
        first,
        last,
        width: 8,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use sportello_domain::serial;

    #[test]
    fn no_voucher_is_taken_twice() {
        let mut drawer = Drawer::new(2);
        let received = [drawer.receive(30), drawer.receive(25)];
        let mut taken = Vec::new();
        for vouchers in [8, 15, 20, 12] {
            let runs = drawer.take(vouchers).unwrap();
            assert_eq!(serial::count(&runs), vouchers);
            taken.extend(runs);
        }
        assert!(serial::subtract(&received, &taken).is_empty());
        assert!(
            taken
                .iter()
                .enumerate()
                .all(|(i, a)| taken[i + 1..].iter().all(|b| !a.overlaps(b)))
        );
        assert_eq!(drawer.take(1), None);
        assert!(!serial::contains(&received, &drawer.strange(3)[0]));
    }
}

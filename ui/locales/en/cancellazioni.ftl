# SPDX-License-Identifier: EUPL-1.2
# Erasures: orders, summary, confirmation.
menu-cancellazioni = Erasures
er-lead = Orders to erase personal data. They hold everywhere: at each desk, at the centre, in the backups on these computers.
er-erase = Erase the data
er-title = Erase the data of { $name }?
er-title-campaign = End of retention: { $name }
er-households = Households erased
er-records = Records emptied
er-still-due = Households that stay: something is still due to them
er-awaited = Households that stay: they have an appointment
er-undecided = Households that stay: an anomaly is to be decided
er-backups = Backups replaced on this computer
er-what-goes = Names, tax codes, addresses, contacts, notes, documents and delegations go from all desks and from the centre. There is no way back.
er-what-stays = The counts stay, without names: amounts handed over, serials, households served, the indicator. This order stays written too.
er-ground = Legal ground
er-ground-retention_ended = End of the retention period (art. 5.1.e GDPR)
er-ground-request = The person's request was granted (art. 17.1 GDPR)
er-ground-authority = Order of an authority (art. 58.2.g GDPR)
er-ground-unlawful = Data that should not have been entered (art. 17.1.d GDPR)
er-reason = Reason and file number
er-reason-hint = It stays written and the whole office reads it: name nobody.
er-sure = I confirm that the erasure was decided and is final
er-do = Erase for good
er-done = { $n ->
    [one] Erasure ordered: 1 record emptied. The other desks carry it out at their next exchange.
   *[other] Erasure ordered: { $shown } records emptied. The other desks carry it out at their next exchange.
  }
er-at = When
er-what = What
er-one-household = One household
er-by = Ordered by
er-late = { $n ->
    [one] 1 came to light later
   *[other] { $shown } came to light later
  }
er-campaign = Campaign that is over
er-campaign-none = Choose a campaign that is over
er-campaign-over = { $name } (until { $to })
er-retention = End retention
er-pending = This computer is still cleaning its own file and its own backups: it finishes by itself.
er-none = No erasure was ordered.
er-elsewhere = The program does not reach copies that were taken elsewhere: the centre's backups, sticks with backups, files that were set aside, papers. They have to be destroyed by hand; should one be used again, the data is erased again at the first exchange.

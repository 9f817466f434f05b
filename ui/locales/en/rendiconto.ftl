# SPDX-License-Identifier: EUPL-1.2
# The campaign's statement, the records behind each number, verification calls.
menu-rendiconto = Statement
menu-telefonate = Verification calls
statement-report = Statement as PDF
statement-print = Print
statement-figures = Table of figures
statement-vouchers-table = Table of vouchers
statement-provisional = Provisional
statement-current = Up to date
statement-final = Final
statement-provisional-title = { $n ->
    [0] Provisional statement: this desk has not spoken to the office lately.
    [one] Provisional statement: one desk is missing.
   *[other] Provisional statement: { $n } desks are missing.
  }
statement-households = Households
statement-figure = Item
statement-count = Number
statement-amount = Amount
statement-vouchers = Vouchers (of { $value })
statement-came = Received
statement-accounted = Total
statement-by-receipts = Delivered by the receipts
statement-even = It comes out even: every voucher received is in one place and in one only, and stock and receipts say the same.
statement-uneven = It does not come out even: this is what does not, serial by serial.
statement-nowhere = Taken in and in no place
statement-never-received = Delivered by the receipts and never received
statement-different = Stock and receipts disagree – { $desk }
statement-no-vouchers = No desk has received vouchers yet.
statement-days = By day and site
statement-day = Day
statement-site = Site
statement-all-sites = All sites
statement-vouchers-out = Vouchers
statement-serials = Serials
statement-runs = { $n ->
    [one] one run
   *[other] { $n } runs
  }
statement-no-days = Nothing has happened in this campaign yet.
statement-no-campaign = There is no campaign yet.
statement-entitled = Households entitled
statement-revoked = Rights withdrawn
statement-booked = With an appointment
statement-presented = Presented with an appointment
statement-served_of_presented = Of these, served in full
statement-served = Served in full
statement-partial = Served in part (amount missing)
statement-unserved = Not served yet (amount due)
statement-refused = Not served in full, refused at least once (amount missing)
statement-appointments = Appointments
statement-presentations = Presented
statement-no_shows = Did not come
statement-walk_ins = Without appointment
statement-deliveries = Deliveries
statement-reversals = Deliveries taken back
statement-refusals = Nothing handed over
statement-household = Household
statement-erased = (erased or not known here)
statement-list-ref = List no.
statement-when = When
records-before = Previous
records-after = Next
records-sum = { $n ->
    [one] One record{ $amount }
   *[other] { $shown } records{ $amount }
  }
records-part = Here from { $from } to { $to }.
records-none = No records.
sample-lead = Some of those who received vouchers are called to learn whether it went as recorded. Whom to call is drawn by lot.
sample-draw = Draw a sample
sample-draw-lead = It is drawn of { $n } deliveries, in proportion by site. It stays on record even if another one is drawn.
sample-size = How many calls
sample-draw-do = Draw
sample-drawn = Sample drawn.
sample-drawn-of = Drawn
sample-of = { $n } of { $of }
sample-called = Calls finished
sample-disputed = Disputed
sample-at = Drawn on
sample-none = No sample has been drawn yet.
sample-nothing = Nothing was handed over yet of which a sample could be drawn.
sample-of-day = Sample of { $when }
sample-next = Next call
sample-sheet = List as PDF
sample-sheet-print = Print the list
sample-call-of = Call to { $name }
sample-no-phone = No telephone in the list
sample-ask = Ask whether and when the vouchers were received, how many, and who collected them; do not say first what is recorded.
sample-collector = Collected by
sample-amount = { $amount } ({ $n } vouchers)
sample-outcome = Outcome
sample-record = Record the outcome
sample-recorded = Outcome recorded: { $name }.
sample-picks = Whom to call
sample-phone = Telephone
sample-to-call = to be called
sample-case = Exception
sample-do = Call
sample-reversed = taken back since
sample-how = How it was drawn
sample-how-words = At each site the deliveries are put in the order of a number that follows from the sample's code and the delivery's (BLAKE3), and the first ones are taken. Anybody draws the same from the same records.
sample-seed = Code of the sample
sample-digest = Fingerprint of the deliveries
sample-again = Drawn again now
sample-again-same = it gives the same sample
sample-again-other = it gives another sample
sample-again-changed = deliveries have changed since it was drawn
sample-no-site = Site not known
sample-drawn-here = Drawn
call-confirmed = Confirms
call-not_reached = Not reached
call-declined = Does not want to answer
call-not_received = Received nothing
call-fewer = Received fewer
call-another_collector = Somebody else collected

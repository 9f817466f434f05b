# SPDX-License-Identifier: EUPL-1.2
# Exceptions: what to look at, side by side, the decision.
menu-anomalie = Exceptions
case-kind-double = Double delivery
    .what = The household seems to have been served twice.
case-kind-forced = Forced delivery
    .what = An operator delivered although a rule was against it, and said why.
case-kind-after_revocation = Delivered after revocation
    .what = The delivery was made when the entitlement had been revoked already.
case-kind-over_amount = Amount exceeded
    .what = More was handed over than is due.
case-kind-under_amount = Amount not completed
    .what = Less was handed over than is due, and the rest did not follow.
case-kind-not_holder = Desk without custody
    .what = A desk delivered that did not hold the entitlement.
case-kind-not_returned = Vouchers not returned
    .what = After the reversal the vouchers did not come back into stock.
case-kind-before_relief = Delivery that came to light after a relief
    .what = The desk from which the entitlement was taken had delivered already, and nobody knew then.
case-kind-serials_twice = Same vouchers in two deliveries
    .what = The serials of this delivery are out with another one already: one of the two bears wrong numbers.
case-kind-serials_never_received = Vouchers never received
    .what = Vouchers were handed over that no desk is known to have received.
case-kind-serials_elsewhere = Vouchers of another desk
    .what = Vouchers were handed over that are in the stock of another desk.
case-kind-supplied_twice = Same vouchers in two stocks
    .what = Two desks are recorded as having received the same vouchers. The one that has them not removes them as “Counting error”: the exception closes by itself.
case-kind-count_difference = Count that does not match
    .what = At closing other vouchers were counted than were expected, and nobody could say why.
case-kind-form_twice = Form entered twice
    .what = The same paper form was entered more than once, or entered and declared not used.
case-kind-two_appointments = Two appointments
    .what = The household has two appointments for the same service. Cancelling one closes the exception by itself.
case-kind-slot_twice = Slot given to too many
    .what = A slot has more bookings than places. Moving one closes the exception by itself.
case-kind-duplicate_household = Household twice
    .what = Two households seem to be the same: same applicant or same file number.
case-kind-duplicate_person = Person in two households
    .what = The same person seems to be in two households. An omocodic code may be that of two different people.
case-kind-many_delegations = Delegate of many
    .what = The same person collected for many households. This is allowed: it is to be looked at.
case-kind-fork = Log with two branches
    .what = Two different records stand at the same place: a copied disk or a restored backup.
case-kind-clock_skewed = Wrong clock
    .what = The desk's clock was wrong: what it wrote may bear another day.
case-kind-late_after_revocation = Records after revocation
    .what = A revoked desk brought records late. They do not count until this is decided.
case-kind-late_after_closing = Movements after closing
    .what = A day that was closed has further movements. Closing it in another turn closes the exception by itself.
case-kind-never_served = Presented and never served
    .what = The household came with an appointment and received nothing.
case-kind-call_disputed = Delivery disputed on the telephone
    .what = Whoever was called for the verification sample says something else than the receipt.
case-kind-rows_refused = Rows not imported
    .what = Some rows of the list did not come in, or are doubtful.
case-severity-grave = Grave
case-severity-serious = Serious
case-severity-minor = Minor
case-standing-open = To be decided
case-standing-assigned = Assigned
case-standing-reopened = Reopened
case-standing-awaiting = Waits for a second signature
case-standing-contested = Conflicting decisions
case-standing-decided = Decided
case-gone = Put right
case-decision-accepted = Accept
    .done = Accepted
    .means = It stays as it is recorded and nobody is asked for anything.
case-decision-corrected = Corrected
    .done = Corrected
    .means = It was put right by other records: the reason says which.
case-decision-recovery = Recover
    .done = To be recovered
    .means = What was given too much is to be returned: the household is told.
case-decision-referred = Refer
    .done = Referred
    .means = It goes on to the competent office, which the reason names.
case-decision-unfounded = Unfounded
    .done = Unfounded
    .means = There is nothing wrong: different people, a number read twice.
case-takes-two = It counts once a second person has signed it.
case-side-delivery = Delivery
case-side-refusal = Refusal
case-side-relief = Relief
case-side-supply = Supply
case-side-expected = Expected
case-side-counted = Counted
case-side-form = Entry
case-side-void = Not used
case-side-appointment = Appointment
case-side-household = Household
case-side-records = Records
case-side-clock = Clock
case-side-closing = Closing
case-side-movements = After closing
case-side-import = List
case-field-household = Household
case-field-at = Recorded
case-field-start = When
case-field-filled_at = Written on the form
case-field-desk = Desk
case-field-operator = Operator
case-field-site = Site
case-field-service = Service
case-field-status = State
case-field-applicant = Applicant
case-field-identifier = Code
case-field-members = Members
case-field-address = Address
case-field-phone = Telephone
case-field-list_ref = File number
case-field-quartiere = District
case-field-right = Entitlement
case-field-collector = Collected by
case-field-document = Document
case-field-amount = Amount
case-field-serials = Vouchers
case-field-count = How many
case-field-shared_serials = In common
case-field-forced = Forced because
case-field-partial = Partial because
case-field-reversed = Reversal
case-field-paper = On a form
case-field-reason = Reason
case-field-note = Note
case-field-booked_at = Booked on
case-field-booked_by = Booked by
case-field-overbooked = Beyond the places because
case-field-topic = Log
case-field-records = Records
case-field-ahead = Ahead by
case-field-file = File
case-field-issued = Date of the list
case-field-refused = Rows refused
case-field-doubtful = Rows in doubt
case-field-taken = Rows taken in
case-word-received = Received
case-word-shipped = Sent
case-word-arrived = Arrived
case-word-destroyed = Destroyed
case-act-assigned = Assigned to { $name }
case-act-unassigned = Taken back: assigned to nobody
case-act-noted = Note
case-act-decided = Decision: { $decision }
case-act-countersigned = Second signature
case-act-reopened = Reopened
case-act-ended = no longer counts
an-lead = Facts to be checked, found in the records by themselves. Nothing disappears: every decision stays written with its reason.
an-one = Exception
an-kind = Kind
an-kind-all = All kinds
an-kind-n = { $kind } ({ $shown })
an-who = Whom it touches
an-who-none = No household
an-desk = Desk
an-at = When
an-quartiere = District
an-quartiere-all = All
an-campaign = Campaign
an-campaign-all = All
an-site = Site
an-site-all = All
an-assignee = Assigned to
an-assignee-all = Anybody
an-assignee-me = Me
an-assignee-nobody = Nobody
an-from = From
an-to = To
an-text = Name or desk
an-more = More filters
an-clear = Clear the filters
an-state = State
an-severity = Severity
an-which = Show
an-which-open = To be decided
an-which-contested = Conflicting
an-which-awaiting = To be signed
an-which-decided = Decided
an-figures = Exceptions in short
an-figure-open = to be decided
an-figure-grave = grave
an-figure-mine = mine
an-figure-unassigned = nobody's
an-figure-awaiting = to be signed
an-figure-contested = conflicting
an-shown = { $n ->
    [one] 1 exception of { $total } is shown.
   *[other] { $shown } exceptions of { $total } are shown.
  } Narrow the filters to see the others.
an-none = No exception to decide.
an-none-filter = No exception with these filters.
an-decide-next = Open the first
an-decide-many = Decide the chosen
an-assign-many = Assign the chosen
an-take = Take it on
an-assign = Assign
an-export = Export
an-export-title = Export the exceptions
an-export-format = Format
an-export-lead = All that are seen with the present filters.
an-chosen = { $n ->
    [0] None chosen
    [one] 1 chosen
   *[other] { $shown } chosen
  }
an-no-common = These exceptions together have no decision in common: choose fewer, or of the same kind.
an-decide = Record the decision
an-decide-title = { $n ->
    [one] Decide 1 exception
   *[other] Decide { $shown } exceptions
  }
an-assign-title = { $n ->
    [one] Assign 1 exception
   *[other] Assign { $shown } exceptions
  }
an-assign-to = To whom
an-assigned = { $n ->
    [one] 1 exception assigned to { $name }.
   *[other] { $shown } exceptions assigned to { $name }.
  }
an-unassigned = { $n ->
    [one] 1 exception is assigned to nobody any more.
   *[other] { $shown } exceptions are assigned to nobody any more.
  }
an-decided-n = { $n ->
    [one] Decision recorded for 1 exception.
   *[other] Decision recorded for { $shown } exceptions.
  }
an-household = Open the household
an-late = Decide under Desks
an-where = { $desk }, { $when }
an-touched = Whom it touches
an-put-right = The records do not show it any more: it was put right. What was done with it stays here.
an-contested = Two supervisors decided different things without knowing of each other. Both stay written and neither holds: reopen it and decide together.
an-awaiting = The decision counts once a second person has signed it.
an-awaiting-you = Whoever decided cannot sign twice: another supervisor signs.
an-sign = Sign it too
an-sign-do = Sign the decision
an-sign-consequence = With the second signature the decision counts.
an-signed = Second signature recorded.
an-reopen = Reopen
an-reopen-title = Reopen the exception
an-reopen-consequence = The decisions that were made count no more, and stay written.
an-reopened = Exception reopened.
an-note = Add a note
an-note-title = Note on the exception
an-note-text = Note
an-note-done = Note added.
an-evidence = What the records say
an-evidence-all = Show what is the same too
an-evidence-none = The records say nothing more.
an-same = There are no differences: { $n ->
    [one] 1 fact is the same
   *[other] { $shown } facts are the same
  }.
an-fact = Fact
an-differs = different
an-this = to be checked
an-side = { $name } { $n }
an-due = Due
an-delivered = Delivered
an-revoked = Revoked because
an-decision = Decision
an-decision-what = What is decided
an-elsewhere = It is decided under Desks, by accepting the records or keeping them out.
an-reason-hint = What was checked, and with whom.
an-decision-kept = The decision is added to the recorded facts and deletes none.
an-draft-kept = What is written stays as a draft at this desk until it is recorded.
an-draft-found = The draft left before was taken up again.
an-done = Decision recorded.
an-trace = What was done with it
an-trace-none = Nobody has taken it up yet.
an-vouchers = { $n ->
    [one] 1 voucher
   *[other] { $shown } vouchers
  }

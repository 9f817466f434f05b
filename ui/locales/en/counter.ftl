# SPDX-License-Identifier: EUPL-1.2
# Words of the counter, shared by several screens.
menu-oggi = Today
menu-ricerca = Search
menu-agenda = Appointments
menu-magazzino = Stock
leave = Leave the delivery
service = Service
site = Site
operator = Operator
phone = Telephone
email = E-mail
address = Address
street = Street
house-number = House number
    .hint = 12, 12R (red), 12/A
quartiere = District
quartiere-n = District { $n }
amount = Amount
vouchers = Vouchers
vouchers-n = { $n ->
    [one] 1 voucher
   *[other] { $n } vouchers
  }
appointment = Appointment
appointments = Appointments
document = Document
note = Note
receipt = Receipt
not-here = Assigned to another desk
household-nameless = Household without a name
identifier-none = No code
entitlement-due = To be delivered
entitlement-partial = Partly delivered
entitlement-served = Served
entitlement-revoked = Revoked
appointment-booked = Booked
appointment-presented = Waiting
appointment-called = At the counter
appointment-parked = On hold
appointment-missed = Did not come
appointment-cancelled = Cancelled
appointment-finished = Finished
appointment-late = Late
document-identity_card = Identity card
document-passport = Passport
document-driving_licence = Driving licence
document-residence_permit = Residence permit
document-other = Other document with a photograph
refusal-no_document = No valid document
refusal-no_delega = No delega, or not a complete one
refusal-not_of_household = The person is not of the household
refusal-no_stock = Not enough vouchers at the desk
refusal-declined = The person declines
refusal-other = Something else
removal-damaged = Damaged
removal-lost = Lost
removal-returned = Returned
removal-miscounted = Miscounted
event-household-registered = Household entered
event-household-corrected = Data corrected
event-household-noted = Note added
event-entitlement-granted = Entitlement granted
event-entitlement-revised = Amount changed
event-entitlement-revoked = Entitlement revoked
event-custody-requested = Custody requested
event-custody-released = Custody given
event-custody-slip_issued = Handed over by slip
event-custody-accepted = Accepted by slip
event-custody-relieved = Taken from a dead desk
event-household-carried = Data that came with a slip
event-delivery-confirmed = Delivery
event-delivery-refused = Not delivered
event-delivery-reversed = Delivery reversed
event-case-assigned = Exception assigned
event-case-noted = Note on an exception
event-case-decided = Exception decided
event-case-countersigned = Decision signed by a second person
event-case-reopened = Exception reopened
event-appointment-booked = Appointment booked
event-appointment-moved = Appointment moved
event-appointment-cancelled = Appointment cancelled
event-appointment-presented = Arrival recorded
event-appointment-called = Called to the counter
event-appointment-parked = Put on hold
event-appointment-missed = Marked as not come
event-appointment-not_there = Called, did not come
event-appointment-transferred = Transferred to another desk or service
event-appointment-prioritised = Precedence
event-appointment-walked_in = Arrival without appointment
event-appointment-finished = Appointment finished
event-appointment-undone = Last step undone
call = Call
call-next = Call the next one
call-next-name = Call { $name }
present = Record arrival
park = Put on hold
miss = Did not come
serve = Deliver
step-back = Undo last step
act-forced = A supervisor will see it.
counter-undone = Undone: { $text }
act-presented = Arrival recorded: { $name }.
act-called = At the counter: { $name }.
act-missed = Marked as not come: { $name }.
act-parked = On hold: { $name }.
act-cancelled = Appointment cancelled: { $name }.
act-closed = Finished: { $name }.
act-stepped-back = Last step undone: { $name }.
park-title = Put { $name } on hold?
park-consequence = The arrival stays recorded: they can be called again when ready.
park-hint = For example: coming back with the delega
cancel-title = Cancel { $name }'s appointment?
cancel-consequence = The place becomes free. Another appointment will be needed.
cancel-do = Cancel appointment
cancel-short = Cancel…
close-title = Finish { $name }'s appointment?
close-do = Finish
close-outcome = Outcome
close-served = What was asked was given
close-refused = It could not be given
print-sent = Document sent to the printer.
print-opened = No printer answers: the document is open on the screen.
print-failed = The document was not printed. What is recorded stays recorded: print it again from the household.
move = Move…
slip = Slip
slip-a4 = Print slip, A4
slip-80 = Print slip, 80 mm
book-new = New appointment
book-do = Book
book-title = New appointment
move-do = Move
move-title = Move appointment
booked-title = Appointment booked: { $name }.
moved-title = Appointment moved: { $name }.
booking-for = For
booking-was = It is now
booking-when = When
booking-where = Where
booking-done = Close
booking-undone = Undone: appointment of { $name }.
booking-from = From the day
booking-day = Day
booking-slot = Slot
booking-slot-hint = The first free slot is already chosen.
booking-slot-free = { $n ->
    [one] { $when } (1 place)
   *[other] { $when } ({ $n } places)
  }
booking-slot-full = { $when } ({ $taken } of { $capacity })
booking-slot-missing = Choose a slot. If there is none, try another day or another site.
booking-no-slots = No free slot at this site: choose another site, or book beyond capacity.
booking-no-sites = No site offers this service yet: sites are chosen in “Services”.
booking-no-slots-day = The service is not given on this day.
booking-overbook = Book beyond capacity
booking-overbook-note = Only if needed: it asks for a reason, which is recorded.
booking-overbook-reason = Reason for going beyond capacity
booking-overbook-hint = For example: urgent case reported by social services
booking-person-name = Surname and name
booking-person-hint = A person who is in no list
booking-from-list = Choose from the list of households
booking-who-missing = Say whom the appointment is for.
picker-label = Household
picker-hint = Surname, tax code or telephone; or scan the card. Enter chooses the first.
picker-list = Households found
picker-nobody = No household for “{ $text }”.
picker-person = Person in no list
picker-change = Change
picker-chosen = Chosen: { $name }
search-serial-history = History of voucher { $serial }
search-all-results = All results
search-all-results-more = There are more: all results
scan-unknown = Code read but not known: { $text }
custody-ask = Ask for custody here
custody-ask-title = Ask { $desk } for custody?
custody-ask-consequence = The request leaves with the next exchange. Until the answer only { $desk } may deliver.
custody-asked = Custody asked of { $desk }.
custody-waiting = Custody was already asked of { $desk }: waiting for the answer.
custody-give = Give custody
custody-give-to = Give custody to { $desk }
custody-give-title = Give custody to { $desk }?
custody-give-consequence = From then on only { $desk } may deliver, and this desk no longer.
custody-given = Custody given to { $desk }.
drafts = { $n ->
    [one] One delivery to take up again
   *[other] { $n } deliveries to take up again
  }
draft-since = left { $when }
draft-take-up = Take up
draft-drop = Discard
draft-drop-title = Discard what was entered for { $name }?
draft-drop-consequence = Nothing was delivered. What was entered is lost and the delivery starts again.
delega-print = Print delega form
receipt-again = Print receipt again
serial-first = First voucher
serial-last = Last voucher
serial-or-last = or last voucher
serial-quantity = How many
serial-missing = Scan or type the number of the first voucher.
serial-not-understood = “{ $text }” is no voucher number: letters, then digits, for example AB0001001.
serial-how-many = Write how many vouchers there are, or the number of the last.
serial-other-series = The first and the last voucher are of different series.
serial-backwards = The last voucher comes before the first.
serial-twice = These vouchers are already in the list: { $run }.
serial-too-many = { $missing ->
    [0] No voucher is missing any more: there are { $n } here.
    [one] There are { $n } vouchers, but only 1 is missing.
   *[other] There are { $n } vouchers, but only { $missing } are missing.
  }
serials-add = Add
serials-remove = Take out
serials-list = Vouchers scanned
serials-count = { $n } of { $wanted } vouchers
serials-amount = { $done } of { $due }
serials-complete = Complete
serials-missing = { $n ->
    [one] 1 missing
   *[other] { $n } missing
  }
serials-progress = Vouchers scanned of vouchers due
serials-suggestion = Next in stock:
serials-use = { $n ->
    [one] Use this voucher
   *[other] Use these { $n } vouchers
  }
serials-use-next = Use the next vouchers
serials-hint = Scan the first voucher, then write how many; or scan the last one too.
serials-none = Scan at least one voucher.
serials-pending = There is a number written and not added yet: press Add, or clear it.
holder = Desk that may deliver
amount-due = Due
amount-delivered = Delivered
amount-remaining = To deliver
members = { $n ->
    [one] Members (1)
   *[other] Members ({ $n })
  }
open-nucleo = Open the household

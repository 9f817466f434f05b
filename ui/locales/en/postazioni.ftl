# SPDX-License-Identifier: EUPL-1.2
# Desks and synchronisation.
menu-postazioni = Desks
menu-scambi = Synchronisation
topic-office = The whole office
topic-quartiere = District { $n }
topic-supervisors = Supervisors
skew-none = Right
skew-ahead = Ahead by { $far }
skew-behind = Behind by { $far }
span-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
  }
span-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
  }
span-days = { $n ->
    [one] 1 day
   *[other] { $shown } days
  }
po-lead = Each desk as the centre last heard of it.
po-as-of = By the centre, on { $when } ({ $ago }).
po-as-of-never = The centre has said nothing of the other desks yet: synchronise.
po-desk = Desk
po-this = this one
po-supervises = supervision
po-state = State
po-concern-none = All well
po-concern-warning = To check
po-concern-error = Problem
po-revoked = Revoked
po-never-seen = Never connected.
po-why-waiting = It has records to send: connect it to the network.
po-why-clock = Correct the PC's date and time.
po-seen = Heard of
po-never = Never
po-waiting = To send
po-custody = In custody
po-clock = Clock
po-reads = Reads
po-version = Version
po-active = Active desks
po-to-look-at = To check
po-waiting-all = Records to send
po-custody-all = Entitlements in custody to serve
po-custody-note = “In custody”: entitlements not served yet that only that desk may serve.
po-none = No desk is known. Synchronise with the centre.

sc-lead = How the exchange with the centre goes. Without a network work goes on as usual: everything leaves by itself when it is back.
sc-now = Synchronise now
sc-state = State
sc-last = Last synchronisation
sc-waiting = To send
sc-refused = Not accepted by the centre
sc-unprojected = Waiting for an update
sc-clock = Clock of this PC
sc-clock-unknown = Not compared with the centre yet
sc-central = Address of the centre
sc-well = All well: there is nothing to do.
sc-offline-well = There is nothing to do: the exchange goes on by itself when the network is back.
sc-do-stopped = Record nothing here: go on under a new identity, below. What was recorded is kept.
sc-do-clock = Correct the PC's date and time, or ask IT to do so.
sc-do-network = Check the cable or the PC's network, then press “Synchronise now”.
sc-do-keep-on = Go on working: the records are safe on this PC and must not be entered elsewhere.
sc-do-call = If the network is there and the exchange fails, call IT.
sc-do-refused = Tell the supervisor of the records not accepted, listed below. Do not enter them again.
sc-do-update = Ask IT to update the program.
sc-refused-title = Records not accepted
sc-refused-lead = The centre keeps them but does not accept them. The rest goes on.
sc-log = Log
sc-seq = Number
sc-why = Why
sc-story = Last exchanges
sc-story-none = No exchange so far.
sc-at = When
sc-result = Result
sc-ok = Done
sc-failed = Failed
sc-sent = Sent
sc-received = Received
sc-took = Duration
sc-seconds = { $n } s
sc-logs = Logs of this desk
sc-logs-lead = What this desk wrote, and how far the centre has it.
sc-logs-none = This desk has written nothing yet.
sc-written = Written
sc-acknowledged = Acknowledged by the centre
sc-left = To send
sc-head = Last link

us-title = USB stick
us-lead = When the network is away for hours or days, records travel on a stick: to the centre, to another desk, and back with the acknowledgements.
us-on-stick = { $n ->
    [one] 1 waiting record is on the stick written on { $when } ({ $ago }).
   *[other] { $shown } waiting records are on the stick written on { $when } ({ $ago }).
  }
us-write = Write to a stick…
us-read = Read from a stick…
us-write-title = Write to a stick
us-for-centre = The file holds what waits to reach the centre, and the centre can always open it.
us-for-desks = These desks can open it too:
us-no-others = No other desk is known: the file is for the centre only.
us-whole = Write everything
us-whole-hint = Also what the others have already: when a desk says that something is missing.
us-sealed = The file is encrypted: whoever finds the stick reads nothing, and each desk sees its own Quartieri only.
us-choose-place = Choose where to save it…
us-busy-writing = Writing to the stick: do not pull it out…
us-busy-reading = Reading the stick: do not pull it out…
us-written = The stick is written.
us-file = File
us-records = Records in the file
us-own = Of this desk
us-readers = Can open it
us-centre = The centre
us-still-waiting = The records wait until the centre acknowledges them. If the stick is lost nothing is missing here: just write another one.
us-taken = The stick was read.
us-taken-partly = The stick was read in part.
us-from = Written by
us-made = Written on
us-received = New records
us-acknowledged = Of this desk, acknowledged by the centre
us-waiting = Of this desk, still waiting
us-given = Custodies given to those who asked
us-given-note = To hand them over, write a stick for that desk and take it back.
us-nothing-new = There was nothing new: everything had arrived already.
us-not-whole = The file is not whole: it was cut off, or a part is damaged. What could be read was taken in. Ask for a new one and read it: nothing will be there twice.
us-others = A part of the file is for other desks and does not open here.
sc-way = How
sc-way-centre = Network
sc-way-bundle_out = To a stick
sc-way-bundle_in = From a stick: { $who }
sc-way-relay = Relay: { $who }
sc-way-relay_served = Served as relay: { $who }

ap-title = Relay of the seat
ap-lead = When the centre cannot be reached but the seat's network works, the desks of the seat exchange records through one of them.
ap-none = No relay is named.
ap-set = Set…
ap-desk = Relay
ap-nobody = None
ap-serves = This desk serves the others as relay
ap-serves-hint = It serves them while the program is open and somebody has logged in.
ap-listen = This PC's address and port
ap-listen-hint = For example 192.168.1.10:7481. Whoever runs the network gives it.
ap-address = The relay's address
ap-address-hint = The one set at the relay, for example 192.168.1.10:7481.
ap-sealed = What crosses the seat's network is sealed for the relay, which sees its own Quartieri only.
ap-saved = Setting saved.
ap-not-needed = Not needed: the centre is reached
ap-reached = Reached
ap-not-reached = Not reached
ap-last = Last answer
ap-handed = Waiting, but there already
ap-handed-value = { $n ->
    [0] No record
    [one] 1 record handed to the relay, not yet at the Comune
   *[other] { $shown } records handed to the relay, not yet at the Comune
  }
ap-listening = The other desks of the seat find this one at { $address }.
ap-not-listening = This desk serves as relay, but does not listen now.


# Stopped desk: new identity.
ni-title = Going on under a new identity
ni-do = Go on under a new identity
ni-happened = What happened
ni-kept = What was kept
ni-kept-waiting = { $n ->
    [0] All that this desk recorded is at the centre already, and can be read here.
    [one] All can be read. 1 record that the centre has not acknowledged yet is carried on under the new identity.
   *[other] All can be read. { $shown } records that the centre has not acknowledged yet are carried on under the new identity.
  }
ni-step-other = If there is another copy of this disk, switch it off: one only may be on.
ni-step-code = Ask whoever runs the centre for a code that replaces the desk "{ $desk }".
ni-step-enter = Type the code here and go on. Then a supervisor, having looked at the other copy, moves the rights to be served here.
ni-code = Replacement code
ni-code-hint = It holds once. A code for another desk is refused and not used up.
ni-done = This desk is now "{ $desk }" and may record.
ni-carried = { $n ->
    [0] Nothing was pending.
    [one] 1 pending record was carried on and leaves with the next exchange.
   *[other] { $shown } pending records were carried on and leave with the next exchange.
  }
ni-custody = { $n ->
    [one] 1 right to be served is still the old identity's, "{ $before }": a supervisor moves it from "Desks", after a look at every other copy.
   *[other] { $shown } rights to be served are still the old identity's, "{ $before }": a supervisor moves them from "Desks", after a look at every other copy.
  }
ni-stock = Count the vouchers that are here and receive them in "Stock": they pass from the old identity to this one.
po-replaced-by = In its place: { $desk }.
po-replaced-custody = Once the old one was looked at, move its rights with "Take from a dead desk…".

# Late records.
late-title = Late records
late-lead = They are verified and set aside: they do not count until a supervisor decides. Nothing is deleted.
late-after = { $desk }: written after it was revoked
late-branch = { $desk }: another branch
late-after-lead = { $n ->
    [one] 1 record ({ $topic }) that the desk wrote and the centre received after revoking it.
   *[other] { $shown } records ({ $topic }) that the desk wrote and the centre received after revoking it.
  }
late-branch-lead = { $n ->
    [one] 1 record ({ $topic }) of another copy of the same desk: a cloned disk or a restored backup.
   *[other] { $shown } records ({ $topic }) of another copy of the same desk: a cloned disk or a restored backup.
  }
late-unverified = { $n ->
    [one] 1 record ({ $topic }) that follows from nothing known here: it stays at the centre as evidence and cannot be decided.
   *[other] { $shown } records ({ $topic }) that follow from nothing known here: they stay at the centre as evidence and cannot be decided.
  }
late-state-open = To be decided
late-state-accepted = Accepted
late-state-kept_out = Kept out
late-state-counted = Count already
late-state-unverified = Cannot be verified
late-acts = What was done
late-at = When
late-what = What
late-who = Household
late-household = Open the household
late-amount = Amount
late-by = Operator
late-twice = already served elsewhere
late-accept = Accept
late-keep-out = Keep out
late-accept-means = From now on they count, as written then by that desk. What contradicts what was known becomes an anomaly.
late-keep-out-means = They will not count. They stay here to be read, with the decision.
late-accepted = The late records of { $desk } were accepted.
late-kept-out = The late records of { $desk } were kept out.
late-decided = Decided
late-kind-delivery-confirmed = Delivery
late-kind-delivery-refused = Refusal
late-kind-delivery-reversed = Reversal
late-kind-household-noted = Note
late-kind-household-corrected = Household corrected
late-kind-household-registered = Household entered
late-kind-appointment-booked = Appointment booked
late-kind-appointment-moved = Appointment moved
late-kind-appointment-cancelled = Appointment called off
late-kind-appointment-presented = Presented
late-kind-appointment-called = Called
late-kind-appointment-parked = Parked
late-kind-appointment-missed = Missed
late-kind-appointment-finished = Appointment ended
late-kind-appointment-undone = Step taken back
late-kind-custody-requested = Right asked for
late-kind-custody-released = Right given away
late-kind-custody-slip_issued = Hand-over slip
late-kind-custody-accepted = Slip accepted
late-kind-stock-received = Vouchers received
late-kind-stock-removed = Vouchers removed
late-kind-stock-shipped = Vouchers sent
late-kind-stock-arrived = Vouchers arrived
late-kind-stock-settled = Shipment settled
late-kind-stock-reserved = Vouchers set aside
late-kind-stock-destroyed = Vouchers destroyed

# The key of a desk.
po-acts = Actions
key-section = Key of this desk
key-short = Key { $n }, since { $since }
key-administrators = An administrator changes it, at this desk.
key-number = Number { $n }, since { $since }
key-change = Change the key…
key-title = Change the key of this desk
key-lead = With its key this desk signs what it records. With a new key it stays the same desk, with the same data: nothing is signed anew, and nobody has to stop working.
key-now = Key of now
key-needs = The centre has to be reached. What waits goes first; if the line breaks half way, the desk goes on by itself.
key-not-stolen = If this key could be in somebody else's hands, changing it is not enough: have the desk replaced.
key-do = Change the key
key-done = This desk now signs with key number { $n }.
key-after = The key of before still counts for what the centre had already, and for nothing else.

# Replacing a dead desk.
rep-open = Replace…
rep-title = Replace a desk
rep-lead = Another desk comes in the place of “{ $desk }”, at the same site and with the same permissions. You get a code, good once, for its first start.
rep-revokes = “{ $desk }” is revoked at once: nothing can be recorded there any more, even if the PC still works.
rep-keeps = { $n ->
    [0] What it recorded and the centre has received stays as it is.
    [one] What the centre has received stays as it is. 1 record was still waiting: if it comes later, a supervisor decides.
   *[other] What the centre has received stays as it is. { $shown } records were still waiting: if they come later, a supervisor decides.
  }
rep-sure = I have checked: “{ $desk }” serves nobody any more
rep-do = Revoke and make the code
rep-done = The code for “{ $desk }” is ready.
rep-code = Code for the first start:
rep-desk = New desk
rep-before = In the place of
rep-until = Good until
rep-once = The code is shown only now: print or copy it, and give it to whoever installs the desk.
rep-step-start = On the new PC: start the program and enter the code.
rep-step-file = If the old PC still starts: enter the same code under “Synchronisation”, and what was waiting is carried along.
rep-step-rights = Then give the new desk the rights of the old one with “Take from a dead desk…”.
rep-print = Print
rep-copy = Copy the code
rep-copied = Code copied
rep-not-copied = The code could not be copied: print it or write it down.
rep-noted = Noted: close

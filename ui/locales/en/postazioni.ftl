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
sc-do-stopped = Record nothing at this desk and call IT. What was recorded is kept.
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

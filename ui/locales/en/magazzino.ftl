# SPDX-License-Identifier: EUPL-1.2
# The desk's stock.
magazzino = Stock
stock-of = { $desk } · { $campaign }
stock-held = Vouchers in stock
stock-movements = Movements
stock-no-movements = No movement.
stock-no-campaign = No voucher campaign has been defined.
stock-empty = There are no vouchers in stock. Record the booklets received.
stock-value = Value
stock-when = When
stock-what = What
stock-serials = Serials
stock-came-in = Received
stock-figure-held = in stock
stock-figure-received = received
stock-figure-delivered = delivered
stock-receive = Receive booklets
stock-lead-receive = Scan the first and the last voucher of each booklet, or of booklets with consecutive numbers.
stock-do-receive = { $n ->
    [one] Record 1 voucher
   *[other] Record { $n } vouchers
  }
stock-done-receive = { $n ->
    [one] 1 voucher received.
   *[other] { $n } vouchers received.
  }
stock-note = Note
    .hint = From whom, or why there are more or fewer than declared
stock-remove = Take vouchers out
stock-lead-remove = The vouchers leave the stock and can no longer be delivered. The movement stays on record.
stock-remove-note = What happened
stock-do-remove = { $n ->
    [one] Take 1 voucher out
   *[other] Take { $n } vouchers out
  }
stock-done-remove = { $n ->
    [one] 1 voucher taken out.
   *[other] { $n } vouchers taken out.
  }

# Receiving with a delivery note
stock-paper = Number of the delivery note
stock-paper-date = Date of the delivery note
stock-declared = Vouchers declared
stock-boxes = Boxes declared
supply-known = { $serials } are at { $desk } already: they cannot be taken in again. Check the box and the delivery note.
supply-on-its-way = { $serials } are on their way from { $desk }: take them in with “Receive from another desk”.
supply-twice = { $serials } were scanned twice: remove the line that is too many.
supply-gaps = Between one box and the next { $serials } are missing: look for the box, or say so in the note.
supply-differs = The delivery note declares { $declared } vouchers ({ $declaredValue }), { $counted } were scanned ({ $value }): say in the note why.
supply-fine = { $counted } vouchers scanned for { $value }, as many as the delivery note declares. No gap, nothing twice.
# Sending and receiving between desks
stock-ship = Send to another desk
stock-lead-ship = The vouchers leave this stock at once and travel with the delivery note that is printed at the end. Whoever receives them takes in only those that are really there.
stock-do-ship = { $n ->
    [one] Send 1 voucher
   *[other] Send { $n } vouchers
  }
stock-done-ship = { $n ->
    [one] 1 voucher sent.
   *[other] { $n } vouchers sent.
  }
stock-ship-to = To which desk
stock-ship-note = Who carries them, when
stock-arrive = Receive from another desk
stock-arrive-of = Receive shipment { $name }
stock-lead-arrive = Leave only the vouchers that are really there in the list; the others stay in transit until the sender or a supervisor says where they are.
stock-do-arrive = { $n ->
    [one] Take in 1 voucher
   *[other] Take in { $n } vouchers
  }
stock-done-arrive = { $n ->
    [one] 1 voucher arrived.
   *[other] { $n } vouchers arrived.
  }
stock-arrive-from = Sending desk
stock-arrive-number = Number of the shipment
stock-settle-of = Shipment { $name }: what happened
stock-lead-settle = These vouchers went off and are not known to have arrived. Say where those in the list are.
stock-do-settle = { $n ->
    [one] Record for 1 voucher
   *[other] Record for { $n } vouchers
  }
stock-done-settle = { $n ->
    [one] Recorded for 1 voucher.
   *[other] Recorded for { $n } vouchers.
  }
stock-settle-what = Where they are
stock-settled-taken_back = Taken back by the sender
stock-settled-lost = Lost on the way
stock-settled-damaged = Damaged on the way
shipments = Shipments
shipments-none = No shipment.
shipments-awaited = On their way to this desk
shipments-awaited-lead = Count the vouchers as soon as they arrive, and take in those that are there.
shipment = Shipment
shipment-sent = Sent
shipment-way = From – to
shipment-status = State
shipment-acts = Actions
shipment-missing = Not arrived: { $serials }
shipment-on-its-way = { $n ->
    [one] In transit: 1 voucher
   *[other] In transit: { $n } vouchers
  }
shipment-part = { $n ->
    [one] Arrived in part: 1 voucher is missing
   *[other] Arrived in part: { $n } vouchers are missing
  }
shipment-arrived = Arrived
shipment-settled = Settled
shipment-paper-only = Arrived with its paper; the sender's record is not here yet
shipment-unseen = Sent: its arrival is seen at the supervisors' desks
shipment-arrive = Take in
shipment-settle = Did not arrive…
shipment-print = Delivery note
# Setting aside, destroying
stock-reserve = Set aside
stock-lead-reserve = The vouchers stay in stock and are offered last. This does not stop a delivery.
stock-do-reserve = { $n ->
    [one] Record for 1 voucher
   *[other] Record for { $n } vouchers
  }
stock-done-reserve = { $n ->
    [one] Recorded for 1 voucher.
   *[other] Recorded for { $n } vouchers.
  }
stock-reserve-what = What to do
stock-reserve-aside = Set aside
stock-reserve-free = Set free
stock-reserve-purpose = What for
    .hint = Without names of people
stock-aside = For { $purpose }: { $serials }
stock-aside-kit = With forms { $purpose }: { $serials }
serial-aside = Set aside for { $purpose }: they can be handed over all the same.
stock-destroy = Destroy with minutes
stock-lead-destroy = Damaged vouchers, or vouchers still in stock, are destroyed. It is for good: the serials, the minutes and who was present stay.
stock-do-destroy = { $n ->
    [one] Record the destruction of 1 voucher
   *[other] Record the destruction of { $n } vouchers
  }
stock-done-destroy = { $n ->
    [one] 1 voucher destroyed.
   *[other] { $n } vouchers destroyed.
  }
stock-destroy-desk = Vouchers of the desk
stock-minutes = Number of the minutes
stock-minutes-date = Date of the minutes
stock-present = Present
# Movements
stock-moved-shipped = Sent
stock-moved-arrived = Arrived
stock-moved-reserved = Set aside
stock-moved-freed = Set free
stock-moved-destroyed = Destroyed
stock-detail-to = shipment { $name } to { $desk }
stock-detail-shipment = shipment { $name }
stock-detail-note = delivery note { $number }
stock-detail-minutes = minutes { $number }, present: { $present }
stock-desk = Desk
stock-figure-aside = { $value }, { $n } of them set aside
stock-figure-coming = on their way here
stock-figure-in_transit = in transit from here
stock-figure-transferred = passed to other desks
stock-figure-damaged = damaged
stock-figure-returned = returned
stock-figure-lost = lost
stock-figure-destroyed = destroyed
# Ledger
ledger = Ledger of the vouchers of all desks
ledger-same = It adds up: { $received } vouchers received ({ $value }), { $accounted } accounted for ({ $accountedValue }).
ledger-differs = It does not add up: { $received } vouchers received ({ $value }), { $accounted } accounted for ({ $accountedValue }). Tell whoever supports the program.
ledger-equation = { $received } received = { $terms }
bucket-received = Received
bucket-arrived = From other desks
bucket-held = In stock
bucket-delivered = Delivered
bucket-in_transit = In transit
bucket-transferred = Passed on
bucket-damaged = Damaged
bucket-lost = Lost
bucket-returned = Returned
bucket-miscounted = Counted by mistake
bucket-destroyed = Destroyed
bucket-reserved = Set aside
# History of a voucher
history = History of a voucher
history-serial = Serial of the voucher
history-look = Look up
history-of = History of voucher { $serial }
history-nothing = Nothing is known here of voucher { $serial }: the serial is wrong, or it is of sites that this desk does not read.
history-nowhere = It was never in a stock that is read here.
history-since = at { $desk } since { $from }
history-period = at { $desk } from { $from } to { $to }
history-delivered = Delivered
history-reversed = Delivery reversed, the voucher did not come back
history-reversed-back = Delivery reversed, the voucher came back
history-household = Household

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
stock-figure-removed = taken out
stock-receive = Receive booklets
stock-receive-lead = Scan the first and the last voucher of each booklet, or of booklets with consecutive numbers.
stock-receive-do = { $n ->
    [one] Record 1 voucher
   *[other] Record { $n } vouchers
  }
stock-received = { $n ->
    [one] 1 voucher received.
   *[other] { $n } vouchers received.
  }
stock-note = Delivery note
    .hint = Number and date of the document that came with the booklets
stock-remove = Take vouchers out
stock-remove-lead = The vouchers leave the stock and can no longer be delivered. The movement stays on record.
stock-remove-note = What happened
stock-remove-do = { $n ->
    [one] Take 1 voucher out
   *[other] Take { $n } vouchers out
  }
stock-removed = { $n ->
    [one] 1 voucher taken out.
   *[other] { $n } vouchers taken out.
  }

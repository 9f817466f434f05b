# SPDX-License-Identifier: EUPL-1.2
# Closing of the day, closings of all desks, paper forms.
menu-chiusura = Closing
menu-chiusure = Closings
menu-moduli = Paper forms
desk = Desk
closing = Closing of the day
closing-title = Closing of { $day }
closing-lead = { $desk } · closing no. { $n } of the day
closing-steps = Steps of the closing
closing-step = Step { $n }: { $name }
closing-step-people = Who was not served
closing-step-count = Count of the vouchers
closing-step-confirm = Summary
closing-next = Next
closing-do = Close the day
closing-done = The day is closed.
closing-final = After the closing nothing is edited: what follows belongs to a further closing, and explanations are written beside it.
closing-earlier = To be closed first: { $days }.
closing-of-day = Closings of this day
closing-deliveries = deliveries
closing-deliveries-head = Deliveries
closing-presented = presented and not served
closing-due = due and not come
closing-unsent = records to be sent
closing-unsent-see = See the exchange
closing-presented-title = Presented and not served
closing-presented-none = Everybody who came was served.
closing-due-title = Due and not come
closing-due-none = Nobody is missing.
closing-time = Time
closing-name = Name
closing-status = State
closing-nothing = No vouchers to count.
closing-expected = Expected
closing-expected-of = { $n ->
    [one] 1 voucher, { $value }
   *[other] { $shown } vouchers, { $value }
  }
closing-serials = Numbers
closing-with-kits = Of these, in the envelopes of paper forms
closing-how = How it is counted
closing-by-number = By hand
closing-by-scan = With the scanner
closing-counted = Vouchers counted of { $campaign }
closing-differs = The count differs: { $shown }.
closing-missing = Missing: { $serials }.
closing-extra = Too many: { $serials }.
closing-difference-is = The difference
closing-explained = Can be explained
closing-left-open = Stays open for the supervisor
closing-why = Explanation
closing-note = Remarks
closing-line = counted { $counted }, expected { $expected }, difference { $shown }.
closing-state-matches = Matches
closing-state-differs = Differs
closing-state-open = Open difference
closing-state-explained = Explained
closing-turn = Closing no. { $n }, { $at }, { $by }
closing-turn-head = Closing no.
closing-beside = { $at }, { $by }: { $text }
closing-report = Print the report of closing no. { $n }
closing-day = Day
closing-movements = Movements
closing-last = Last movement
closing-difference = Difference
closing-see = Open
closing-of = { $desk }, { $day }
closing-write = Write beside
closing-write-means = The closing stays as it is. What is written stands beside it, with date and name.
closing-write-do = Write
closing-written = Note written beside the closing.
closing-about = About
closing-about-whole = The closing as a whole
closing-found-out = What was found out
closings = Closings
closings-see = All closings
closings-lead = The days that were closed, how the count came out, and those still open.
closings-from = From
closings-to = To
closings-open = Days not closed
closings-open-n = { $n ->
    [one] 1 day
   *[other] { $n } days
  }
closings-open-none = All past days are closed.
closings-closed = Days closed
closings-none = No closing in this period.
oggi-not-closed = { $n ->
    [one] The day { $days } was not closed.
   *[other] Days not closed: { $days }.
  }
oggi-close-it = Close { $day }
paper = Paper forms
paper-lead = Numbered forms for when the computer does not work: printed ahead, typed in later.
paper-kits = Kits of forms
paper-kit = Kit
paper-code = Kit
paper-made = Prepared
paper-people = Households
paper-forms = Forms
paper-open = Forms of which nothing is known
paper-all-accounted = All accounted for
paper-acts = Actions
paper-none = No kit prepared. Prepare one before it is needed.
paper-prepare = Prepare forms
paper-prepare-means = The list has the households in the custody of this desk; with the kit go vouchers enough for them.
paper-prepare-do = Prepare and print
paper-prepared = Forms prepared.
paper-how-many = How many forms
paper-for-day = Only those with an appointment on
    .hint = Leave empty for all households in custody
paper-print = Print { $code }
paper-void = Unused of { $code }
paper-void-title = Forms no. { $first } to no. { $last } not used
paper-void-means = They cannot be typed in any more. If one was used, type it in first.
paper-void-do = Say they are not used
paper-voided = Forms no. { $first } to no. { $last } said not to be used.
paper-state-voided = Said not to be used
paper-type-in = Type a form in
paper-which = Code of the form
    .hint = Scan the QR code of the form, or type the printed code
paper-find = Open the form
paper-form = Form { $code }
paper-household = Who was served
paper-person = { $n ->
    [one] { $name } – 1 voucher
   *[other] { $name } – { $n } vouchers
  }
paper-choose = Choose
paper-day = Date on the form
paper-time = Time on the form
paper-operator = Who filled it in
paper-document = Document of whoever collected
paper-document-number = Number
paper-delegate = Delegate
    .hint = Only if a delegate collected: surname and name
paper-delegator-document = Document of whoever delegates
paper-partial = Why less than due
paper-force = Why it is recorded all the same
    .hint = It stays an anomaly for the supervisor
paper-save = Record the form
paper-leave = Leave
paper-saved = Form { $code } recorded.
paper-twice = Forms typed in twice
paper-twice-n = { $n ->
    [one] 1 form
   *[other] { $n } forms
  }
paper-twice-entry = { $name }, { $at }; typed in at { $desk } by { $by } on { $when }

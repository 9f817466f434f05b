# SPDX-License-Identifier: EUPL-1.2
# The agenda.
agenda-day-of = Appointments of { $day }
agenda-week-of = Appointments from { $from } to { $to }
agenda-day = Day
agenda-today = Today
agenda-previous-day = Day before
agenda-next-day = Day after
agenda-previous-week = Week before
agenda-next-week = Week after
agenda-show-day = Day view
agenda-show-week = Week view
agenda-all-services = All services
agenda-time = Time
agenda-places = Places
agenda-room = { $taken } of { $capacity }
agenda-free = Free
agenda-hidden = { $n ->
    [one] 1 past slot without appointments is not listed.
   *[other] { $n } past slots without appointments are not listed.
  }
agenda-full = Full
agenda-book-at = Book at { $time }
agenda-caption-day = Slots of { $day }
agenda-closed = No slots on { $day } at this site. { $why }
agenda-closed-week = No slots in this week at this site. { $why }
agenda-print = Print list
agenda-calendar = Calendar file
agenda-series = Import series…
agenda-outside = Outside hours
agenda-conflict = Conflict: { $room }
agenda-conflict-word = conflict
agenda-staff-busy = { $room }, staff busy
agenda-staff = On duty: { $times }
agenda-staff-time = { $from }–{ $to } { $n ->
    [one] 1 person
   *[other] { $n } people
  }
agenda-over = Add a place…
agenda-over-at = Add a place at { $time }, beyond the capacity
agenda-overbooked = Beyond the capacity: { $reason }
agenda-walk-ins = Without appointment
agenda-walk-ins-n = { $n ->
    [one] + 1 without
   *[other] + { $n } without
  }
agenda-came = Arrival
agenda-ticket = Number
agenda-who = Who
agenda-state = State
agenda-keys = Arrows: from slot to slot; → to the appointments; Enter: books or opens. An appointment can also be dragged to another slot.
agenda-keys-week = Arrows: from slot to slot; Enter: books, or opens the day. An appointment can also be dragged to another slot.
agenda-open-at = { $name }, { $time }: open in the day
agenda-open-day = Open the day
agenda-closed-word = Closed
agenda-days-off = Without hours: { $days }.
agenda-drop-service = The appointment stays for “{ $service }”: it only moves to slots of that service.
act-moved = Moved: { $name }, { $when }.
overbook-full = The slot is full. Add a place?
overbook-soon = The slot can no longer be booked. Book it all the same?
overbook-far = The slot cannot be booked yet. Book it all the same?
overbook-do = Book all the same
booking-slot-beyond = { $when } (full, or outside the terms: asks for a reason)
closed-holiday = Closed for a holiday: { $name }.
closed-closure = Closed: { $reason }.
closed-closure-bare = The service is closed.
closed-suspended = Service suspended: { $reason }.
closed-not-here = The service is not given at this site.
closed-no-hours = The hours leave it out.
holiday-new_year = New Year's Day
holiday-epiphany = Epiphany
holiday-easter = Easter Sunday
holiday-easter_monday = Easter Monday
holiday-liberation = Liberation Day
holiday-labour = Labour Day
holiday-republic = Republic Day
holiday-saint_john = Saint John the Baptist, patron
holiday-assumption = Assumption (Ferragosto)
holiday-all_saints = All Saints
holiday-immaculate = Immaculate Conception
holiday-christmas = Christmas
holiday-saint_stephen = Saint Stephen
conflict-title = { $n ->
    [one] 1 slot has more appointments than places
   *[other] { $n } slots have more appointments than places
  }
conflict-why = Two desks that could not reach each other gave the same last place. No appointment is lost: whoever was booked last can be moved, once they have been told.
conflict-room = { $booked } booked for { $capacity ->
    [one] 1 place
   *[other] { $capacity } places
  }
conflict-last = booked last
conflict-offer = Move to { $when }
conflict-other = Another slot…
series-title = Import a series of appointments
series-lead = A sheet (CSV, XLSX, ODS) with name, day and time, or a calendar (ICS). What happens is shown row by row first; nothing is recorded.
series-file = File
series-kind = “{ $file }” is neither a sheet (CSV, XLSX, ODS) nor a calendar (ICS).
series-service = Service, where none is written
series-site = Site, where none is written
series-reading = Reading the file…
series-bookable = { $n ->
    [one] 1 row can be booked.
   *[other] { $n } rows can be booked.
  }
series-caption = { $n ->
    [one] 1 row read
   *[other] { $n } rows read
  }, { $bookable } to book
series-empty = There are no rows in the file.
series-row = Row
series-verdict = Outcome
series-new = Is booked
series-known = Is there already
series-refused = Is not booked
series-do = { $n ->
    [one] Book 1 appointment
   *[other] Book { $n } appointments
  }
series-done = { $n ->
    [one] 1 appointment of the series booked.
   *[other] { $n } appointments of the series booked.
  }
agenda-way-previous = Before
agenda-way-next = After
agenda-way-today = Today
agenda-way-day = Day
agenda-way-week = Week

# SPDX-License-Identifier: EUPL-1.2
# The hours of the sites.
menu-orari = Hours
or-lead = When the site is open and how many people serve: slots and places follow from it.
or-none = This site has no hours: only those written in the services hold.
or-begin = Write the hours
or-drop = Leave as it was
or-site-locked = Save, or leave as it was, before choosing another site.
or-saved = Hours of { $site } saved.
or-moved = { $n ->
    [one] 1 appointment moved.
   *[other] { $n } appointments moved.
  }
or-weeks = Week
or-weeks-hint = Where two hold, the one that began last does.
or-week = Hours { $n }
or-week-add = Add hours
or-week-remove = Remove hours { $n }
or-valid-from = Valid from
or-valid-from-hint = Empty: always.
or-valid-to = Valid until
or-valid-to-hint = Empty: until further notice.
or-spans = From – to, how many people serve
or-span-from = { $day }: opens at
or-span-to = { $day }: closes at
or-span-staff = { $day }: people who serve
or-people = { $n ->
    [one] person
   *[other] people
  }
or-break = after the break
or-span-add = Stretch
or-span-add-at = Add a stretch: { $day }
or-span-remove = Remove { $day } { $from }–{ $to }
or-staff = People
or-reason = Reason
or-remove = Remove
or-first-day = From day
or-last-day = To day
or-from-time = From
or-to-time = To
or-closures = Closures
or-closures-none = No closures.
or-closures-hint = Without times it is closed all day. The reason is read in the agenda.
or-closure-add = Add a closure
or-closure-from = Closure { $n }: from day
or-closure-to = Closure { $n }: to day
or-closure-from-time = Closure { $n }: from
or-closure-to-time = Closure { $n }: to
or-closure-reason = Closure { $n }: reason
or-extra = Extra openings
or-extra-none = No extra openings.
or-extra-add = Add an opening
or-extra-day = Opening { $n }: day
or-extra-from = Opening { $n }: from
or-extra-to = Opening { $n }: to
or-extra-staff = Opening { $n }: people
or-extra-reason = Opening { $n }: reason
or-holidays = Holidays of { $year }
or-open-on-holidays = Open on holidays too
or-open-on-holidays-hint = Otherwise there are no slots on these days, except for extra openings.
or-problem-validity = Hours { $n }: they end before they begin.
or-problem-span = Hours { $n }, { $day }: a stretch closes before it opens.
or-problem-overlap = Hours { $n }, { $day }: two stretches overlap.
or-problem-closure = Closure { $n }: it ends before it begins.
or-problem-extra = Extra opening { $n }: it closes before it opens.
or-touched-no-slot = No slot begins at that time any more.
or-touched-no-room = The slot has fewer places: whoever was booked last has none.
or-no-offer = No free slot in the next 60 days
or-move-to = Move { $name } to { $when }
or-why = Why
or-offer = Move to
or-impact-title = { $n ->
    [one] 1 appointment cannot stay where it is
   *[other] { $n } appointments cannot stay where they are
  }
or-impact-lead = Nothing has been saved. Choose whom to move: the others stay at their time, outside the hours, and are moved later from the agenda. People must be told.
or-impact-left = { $n ->
    [one] 1 appointment will stay where it is, outside the hours.
   *[other] { $n } appointments will stay where they are, outside the hours.
  }
or-impact-do = { $n ->
    [one] Save and move 1 appointment
   *[other] Save and move { $n } appointments
  }
or-impact-only = Save without moving

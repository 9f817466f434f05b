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
agenda-closed = No service on { $day } at this site.
agenda-closed-week = No service in this week at this site.

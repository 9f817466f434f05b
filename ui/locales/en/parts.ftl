# SPDX-License-Identifier: EUPL-1.2
# Fields, tables, dialogs, notices.
tone-neutral = Note
tone-info = Information
tone-success = Done
tone-warning = Warning
tone-danger = Error

field-optional = (optional)
field-required = Fill in “{ $label }”.
field-choose = Choose…
field-show-passphrase = Show what is typed
form-problems = Fields to correct: { $n }. The first: { $first }

date-not-understood = Date not understood. Write day, month and year, for example 05/03/2021.
date-year-four-digits = Write the year with four digits, for example 05/03/2021.
date-does-not-exist = The date { $text } does not exist.
date-too-early = The date cannot be before { $date }.
date-too-late = The date cannot be after { $date }.
date-pick = Pick from the calendar: { $label }
calendar-previous = Previous month
calendar-next = Next month
calendar-today = Today
time-not-understood = Time not understood. Write hours and minutes, for example 09:30.
time-does-not-exist = The time { $text } does not exist.
amount-not-understood = Amount not understood. Write for example 1.250,00.
number-not-understood = Write a whole number.
number-out-of-range = Write a number from { $min } to { $max }.

confirm-no = Leave as it is
confirm-reason-missing = Give the reason.

toasts = Notices
toast-close = Close the notice: { $text }
toast-undo-hint = Ctrl+Z undoes it.

table-empty = No rows.
table-filter = Filter
table-count = { $n ->
    [one] 1 row
   *[other] { $shown } rows
  }
table-found = { $n ->
    [0] No row of { $all }
    [one] 1 row of { $all }
   *[other] { $shown } rows of { $all }
  }
table-save = Save list
table-select-all = Choose all rows that are seen
table-select = Choose: { $row }
table-selected = { $n ->
    [0] No row chosen
    [one] 1 row chosen
   *[other] { $shown } rows chosen
  }
table-actions = Actions
table-sorted-up = List sorted by { $column }, first to last.
table-sorted-down = List sorted by { $column }, last to first.
table-page = Page { $page } of { $pages }
table-pages = Pages of { $caption }
table-previous = Previous page
table-next = Next page
table-nothing-found = No row contains “{ $text }”.
table-clear-filter = Show the whole list

progress-so-far = Done so far: { $done }
progress-counts = { $done } of { $total }
progress-cancel = Stop

chart-see-table = The data are in the table beside.
chart-data = Data: { $caption }
chart-label = Item
chart-none = n/a

palette-title = Search
palette-label = Search everything
palette-placeholder = Name, tax code, phone, booklet, slip, command
palette-hint = Arrows to choose, Enter to open, Esc to close.
palette-asking = Searching…
palette-nothing = Nothing found for “{ $text }”. Try the tax code or a part of the surname.
palette-found = { $n ->
    [0] No results
    [one] 1 result
   *[other] { $n } results
  }
palette-list = Results
palette-go = Go to { $screen }

file-saved = File saved: { $path }

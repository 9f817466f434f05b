# SPDX-License-Identifier: EUPL-1.2
# Plan: the objective sheets of the PEG, their phases and indicators.
menu-piano = Plan
plan-lead = The objective sheets of the executive management plan: how far phases and indicators are, read from the records or written by hand.
plan-none = No objective sheet is followed. Choose its text to load it.
plan-choose = Choose the sheet (text)…
plan-load = Load the plan
plan-load-again = Update the plan
plan-drop = Leave it
plan-file-big = { $file } is too large for an objective sheet. Nothing was loaded: choose the text of the sheet alone.
plan-read = Sheet read: { $phases } phases, { $indicators } indicators, { $left } lines not understood.
plan-loaded = The plan { $code } was loaded.
plan-unchanged = The plan that is followed says the same already: there is nothing to update.
plan-known = The plan { $code } is followed already. Updating it changes the sheet; what was written of it stays.
plan-told = To be known
plan-understood = What was understood
plan-left = Lines not understood
plan-left-none = All of the text was understood
plan-left-means = These lines do not enter the plan. If they say something that is missing above, correct the text and choose it again.
plan-left-n = { $n ->
    [one] 1 line
   *[other] { $n } lines
  }
plan-line = line { $n }
plan-lines = lines { $first }–{ $last }
plan-not-found = not found
plan-code = Code
plan-title = Title
plan-direction = Direction
plan-director = Director
plan-classification = Classification
plan-service = Service
plan-manager = Manager
plan-kind = Type
plan-links = Linked to
plan-description = Detailed description of the objective
plan-phases = Phases
plan-indicators = Indicators
plan-none-phases = The sheet has no phases.
plan-none-indicators = The sheet has no indicators.
plan-number = No.
plan-what = Description
plan-weight = Weight
plan-from = Planned start
plan-to = Planned end
plan-responsible = Responsible
plan-centre = Centre of responsibility
plan-expected = Expected value
plan-by = by { $day }
plan-value = Value reached
plan-nothing-yet = nothing known
plan-done = Overall progress
plan-reached = Indicators reached
plan-reached-of = { $n } of { $of }
plan-progress = Progress
plan-forecast = Forecast
plan-late = { $n ->
    [one] 1 day after the planned end
   *[other] { $n } days after the planned end
  }
plan-follow = Follow
plan-report = Report (PDF)
plan-print = Print report
plan-table = Table (Excel)
plan-gantt = GANTT
plan-gantt-alt = GANTT chart of the plan { $code }: the same figures stand in the tables of phases and indicators.
plan-gantt-none = There is nothing to draw.
plan-gantt-save = Save the drawing (SVG)
plan-sheet = Objective sheet
plan-from-file = Loaded from
plan-from-file-when = { $file }, { $when } ({ $n ->
    [one] loaded once
   *[other] loaded { $n } times
  })
plan-notes = Notes and evidence
plan-notes-none = No notes.
plan-when = Date and time
plan-target = Item
plan-phase-n = Phase { $n }
plan-indicator-n = Indicator { $n }
plan-evidence = Evidence
plan-evidence-hint = The act, the minutes or the address where it can be seen: "Determina 123/2021", for example.
plan-evidence-file = Attached file
plan-evidence-choose = Choose a file…
plan-evidence-most = At most { $n } KiB; the file stays in the record.
plan-evidence-big = { $file } is larger than { $n } KiB. Nothing was recorded: choose a smaller one, or write where it can be found.
plan-note-do = Note
plan-note-save = Record
plan-note-empty = A number alone shows nothing. Nothing was recorded: write a note or what shows it.
plan-noted = Noted: { $name }.
plan-percent = How much is done (0 to 100)
plan-share = Value reached, percent (0 to 100)
plan-done-on = Done on
plan-bind-do = Source…
plan-bind-what = Where the value is read from
plan-bind-save = Use this source
plan-bound = Source chosen: { $name }.
plan-by-hand = Written by hand
    .means = The last note holds, with what shows it.
plan-measure-served_of_presented = Households served of those presented with an appointment
    .means = The indicator of the dashboard, worked out anew each time; provisional while desks are missing.
plan-measure-served_of_entitled = Households served of those entitled
    .means = Entitlements handed over whole, of all that are not revoked.
plan-measure-days_of_campaign = Days of the campaign that are over
    .means = For a phase that is a period of service.
plan-source-nothing = nothing known
plan-source-hand = written by hand
plan-source-records = from the records: { $what } ({ $campaign })
plan-source-unreadable = the records are not at this desk: { $what }
plan-provisional = { $n ->
    [0] provisional
    [one] provisional: 1 desk is missing
   *[other] provisional: { $n } desks are missing
  }
plan-verdict-open = Under way
plan-verdict-overdue = Overdue
plan-verdict-reached = Reached
plan-verdict-missed = Not reached
plan-forecast-not_yet = not begun yet
plan-forecast-unknown = cannot be told: begun, and nothing done
plan-forecast-done = done
plan-forecast-ends = { $day }
plan-forecast-late = { $day }: { $n ->
    [one] 1 day late
   *[other] { $n } days late
  }
plan-problem-no_title = The code or the title is missing: "2021_Z105 Implementazione…", for example.
plan-problem-nothing = There are neither phases nor indicators.
plan-problem-dates_inverted = Phase { $n } ends before it begins.
plan-problem-weights = The weights of the phases add up to { $n }, not 100.
plan-problem-weights_missing = Some phases have a weight and others have none: those without count like the mean.
plan-problem-unweighted = The phases have no weight: each counts the same.
plan-status = Status
plan-period = Planned period

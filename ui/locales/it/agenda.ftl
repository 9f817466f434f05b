# SPDX-License-Identifier: EUPL-1.2
# L'agenda.
agenda-day-of = Agenda di { $day }
agenda-week-of = Agenda dal { $from } al { $to }
agenda-day = Giorno
agenda-today = Oggi
agenda-previous-day = Giorno prima
agenda-next-day = Giorno dopo
agenda-previous-week = Settimana prima
agenda-next-week = Settimana dopo
agenda-show-day = Vista giorno
agenda-show-week = Vista settimana
agenda-all-services = Tutti i servizi
agenda-time = Ora
agenda-places = Posti
agenda-room = { $taken } su { $capacity }
agenda-free = Libera
agenda-hidden = { $n ->
    [one] 1 fascia passata, senza appuntamenti, non è in elenco.
   *[other] { $n } fasce passate, senza appuntamenti, non sono in elenco.
  }
agenda-full = Al completo
agenda-book-at = Prenota alle { $time }
agenda-caption-day = Fasce di { $day }
agenda-closed = Nessuna fascia { $day } in questa sede. { $why }
agenda-closed-week = Nessuna fascia in questa settimana e in questa sede. { $why }
agenda-print = Stampa elenco
agenda-calendar = File calendario
agenda-series = Importa serie…
agenda-outside = Fuori orario
agenda-conflict = Conflitto: { $room }
agenda-conflict-word = conflitto
agenda-staff-busy = { $room }, personale occupato
agenda-staff = In servizio: { $times }
agenda-staff-time = { $from }–{ $to } { $n ->
    [one] 1 persona
   *[other] { $n } persone
  }
agenda-over = Aggiungi un posto…
agenda-over-at = Aggiungi un posto alle { $time }, oltre la capienza
agenda-overbooked = Oltre la capienza: { $reason }
agenda-walk-ins = Senza appuntamento
agenda-walk-ins-n = { $n ->
    [one] + 1 senza app.
   *[other] + { $n } senza app.
  }
agenda-came = Arrivo
agenda-ticket = Numero
agenda-who = Chi
agenda-state = Stato
agenda-keys = Frecce: da una fascia all'altra; → verso gli appuntamenti; Invio: prenota o apre. Un appuntamento si può anche trascinare su un'altra fascia.
agenda-keys-week = Frecce: da una fascia all'altra; Invio: prenota o apre il giorno. Un appuntamento si può anche trascinare su un'altra fascia.
agenda-open-at = { $name }, { $time }: apri nel giorno
agenda-open-day = Apri il giorno
agenda-closed-word = Chiuso
agenda-days-off = Senza orario: { $days }.
agenda-drop-service = L'appuntamento resta per «{ $service }»: si sposta solo su fasce di quel servizio.
act-moved = Spostato: { $name }, { $when }.
overbook-full = La fascia è al completo. Aggiungere un posto?
overbook-soon = La fascia non si prenota più. Prenotarla lo stesso?
overbook-far = La fascia non si prenota ancora. Prenotarla lo stesso?
overbook-do = Prenota lo stesso
booking-slot-beyond = { $when } (al completo o fuori dai termini: chiede un motivo)
closed-holiday = Chiuso per festività: { $name }.
closed-closure = Chiuso: { $reason }.
closed-closure-bare = Il servizio è chiuso.
closed-suspended = Servizio sospeso: { $reason }.
closed-not-here = Il servizio non si dà in questa sede.
closed-no-hours = L'orario non lo prevede.
holiday-new_year = Capodanno
holiday-epiphany = Epifania
holiday-easter = Pasqua
holiday-easter_monday = Lunedì dell'Angelo
holiday-liberation = Anniversario della Liberazione
holiday-labour = Festa del lavoro
holiday-republic = Festa della Repubblica
holiday-saint_john = San Giovanni Battista, patrono
holiday-assumption = Assunzione (Ferragosto)
holiday-all_saints = Ognissanti
holiday-immaculate = Immacolata Concezione
holiday-christmas = Natale
holiday-saint_stephen = Santo Stefano
conflict-title = { $n ->
    [one] 1 fascia ha più appuntamenti dei posti
   *[other] { $n } fasce hanno più appuntamenti dei posti
  }
conflict-why = Due postazioni che non si raggiungevano hanno dato lo stesso ultimo posto. Nessun appuntamento è perso: si può spostare chi ha prenotato per ultimo, dopo averlo avvisato.
conflict-room = { $booked } prenotati per { $capacity ->
    [one] 1 posto
   *[other] { $capacity } posti
  }
conflict-last = prenotato per ultimo
conflict-offer = Sposta a { $when }
conflict-other = Altra fascia…
series-title = Importa una serie di appuntamenti
series-lead = Un foglio (CSV, XLSX, ODS) con nome, giorno e ora, o un calendario (ICS). Prima si vede riga per riga che cosa succede; non si registra nulla.
series-file = File
series-kind = «{ $file }» non è un foglio (CSV, XLSX, ODS) né un calendario (ICS).
series-service = Servizio, dove non è scritto
series-site = Sede, dove non è scritta
series-reading = Lettura del file…
series-bookable = { $n ->
    [one] 1 riga si può prenotare.
   *[other] { $n } righe si possono prenotare.
  }
series-caption = { $n ->
    [one] 1 riga letta
   *[other] { $n } righe lette
  }, { $bookable } da prenotare
series-empty = Nel file non ci sono righe.
series-row = Riga
series-verdict = Esito
series-new = Si prenota
series-known = C'è già
series-refused = Non si prenota
series-do = { $n ->
    [one] Prenota 1 appuntamento
   *[other] Prenota { $n } appuntamenti
  }
series-done = { $n ->
    [one] Prenotato 1 appuntamento della serie.
   *[other] Prenotati { $n } appuntamenti della serie.
  }
agenda-way-previous = Prima
agenda-way-next = Dopo
agenda-way-today = Oggi
agenda-way-day = Giorno
agenda-way-week = Settimana

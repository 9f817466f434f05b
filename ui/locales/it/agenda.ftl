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
agenda-closed = Nessun servizio { $day } in questa sede.
agenda-closed-week = Nessun servizio in questa settimana e in questa sede.

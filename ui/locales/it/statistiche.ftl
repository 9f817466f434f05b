# SPDX-License-Identifier: EUPL-1.2
# Le statistiche.
menu-statistiche = Statistiche
st-export = Esporta…
st-export-title = Esportare le statistiche?
st-export-what = Tutti i servizi dal { $from } al { $to }, giorno per giorno e servizio per servizio. Non ci sono nomi.
st-previous = Periodo prima
st-next = Periodo dopo
st-from = Dal
st-to = Al
st-all-sites = Tutte le sedi
st-period-own = Altro periodo
st-period-today = Oggi
st-period-yesterday = Ieri
st-period-week = Questa settimana
st-period-last-week = Settimana scorsa
st-period-month = Questo mese
st-period-last-month = Mese scorso
st-period-year = Quest'anno
st-served = Serviti
st-of-presented = { $n ->
    [one] di 1 presentato
   *[other] di { $shown } presentati
  }
st-wait-median = Attesa mediana
st-wait-p90 = Attesa di 9 su 10
st-measured = { $n ->
    [one] 1 attesa misurata
   *[other] { $shown } attese misurate
  }
st-serving-median = Servizio mediano
st-missed = Non presentati
st-of-booked = { $n ->
    [one] di 1 prenotato
   *[other] di { $shown } prenotati
  }
st-walk-ins = Senza appuntamento
st-load = Posti prenotati
st-of-places = { $booked } su { $shown } { $n ->
    [one] posto
   *[other] posti
  }
st-no-places = Nessuna fascia nel periodo
st-refused-cancelled = Presentati e non serviti: { $refused }. Appuntamenti annullati: { $cancelled }.
st-excluded = { $n ->
    [one] 1 tempo oltre le 12 ore non è contato: un orologio era sbagliato, o nessuno ha concluso.
   *[other] { $shown } tempi oltre le 12 ore non sono contati: un orologio era sbagliato, o nessuno ha concluso.
  }
st-detail = Nel dettaglio
st-cut = Vedi per
st-cut-day = giorno
    .head = Giorno
st-cut-hour = ora
    .head = Ora
st-cut-service = servizio
    .head = Servizio
st-cut-site = sede
    .head = Sede
st-hour = { $hour }:00
st-chart-people = Persone per { $by }
st-chart-wait = Attesa per { $by }
st-chart-load = Prenotati e posti per { $by }
st-places = Posti
st-booked = Prenotati
st-no-load-by-hour = I posti per ora non si confrontano: una fascia può stare a cavallo di due ore.
st-none = In questo periodo non ci sono né appuntamenti né fasce.
st-running = Il periodo non è finito: le cifre cambieranno

# SPDX-License-Identifier: EUPL-1.2
# Campi, tabelle, finestre, avvisi.
tone-neutral = Nota
tone-info = Informazione
tone-success = Fatto
tone-warning = Attenzione
tone-danger = Errore

field-optional = (facoltativo)
field-required = Compilare il campo «{ $label }».
field-choose = Scegliere…
field-show-passphrase = Mostra ciò che si scrive
form-problems = Campi da correggere: { $n }. Il primo: { $first }

date-not-understood = Data non riconosciuta. Scrivere giorno, mese e anno, per esempio 05/03/2021.
date-year-four-digits = Scrivere l'anno con quattro cifre, per esempio 05/03/2021.
date-does-not-exist = La data { $text } non esiste nel calendario.
date-too-early = La data non può essere prima del { $date }.
date-too-late = La data non può essere dopo il { $date }.
date-pick = Scegli dal calendario: { $label }
calendar-previous = Mese precedente
calendar-next = Mese successivo
calendar-today = Oggi
time-not-understood = Ora non riconosciuta. Scrivere ore e minuti, per esempio 09:30.
time-does-not-exist = L'ora { $text } non esiste.
amount-not-understood = Importo non riconosciuto. Scrivere per esempio 1.250,00.
number-not-understood = Scrivere un numero intero.
number-out-of-range = Scrivere un numero da { $min } a { $max }.

confirm-no = Lascia com'è
confirm-reason-missing = Indicare il motivo.

toasts = Avvisi
toast-close = Chiudi l'avviso: { $text }
toast-undo-hint = Si può annullare con Ctrl+Z.

table-empty = Nessuna riga.
table-filter = Filtra
table-count = { $n ->
    [one] 1 riga
   *[other] { $shown } righe
  }
table-found = { $n ->
    [0] Nessuna riga su { $all }
    [one] 1 riga su { $all }
   *[other] { $shown } righe su { $all }
  }
table-save = Salva elenco
table-select-all = Scegli tutte le righe che si vedono
table-select = Scegli: { $row }
table-selected = { $n ->
    [0] Nessuna riga scelta
    [one] 1 riga scelta
   *[other] { $shown } righe scelte
  }
table-actions = Azioni
table-sorted-up = Elenco ordinato per { $column }, dal primo all'ultimo.
table-sorted-down = Elenco ordinato per { $column }, dall'ultimo al primo.
table-page = Pagina { $page } di { $pages }
table-pages = Pagine di { $caption }
table-previous = Pagina precedente
table-next = Pagina successiva
table-nothing-found = Nessuna riga contiene «{ $text }».
table-clear-filter = Mostra tutto l'elenco

progress-so-far = Fatti finora: { $done }
progress-counts = { $done } di { $total }
progress-cancel = Interrompi

chart-see-table = I dati sono nella tabella accanto.
chart-data = Dati: { $caption }
chart-label = Voce
chart-none = n.d.

palette-title = Cerca
palette-label = Cerca tutto
palette-placeholder = Nome, codice fiscale, telefono, carnet, promemoria, comando
palette-hint = Frecce per scegliere, Invio per aprire, Esc per chiudere.
palette-asking = Ricerca in corso…
palette-nothing = Nessun risultato per «{ $text }». Provare con il codice fiscale o con una parte del cognome.
palette-found = { $n ->
    [0] Nessun risultato
    [one] 1 risultato
   *[other] { $n } risultati
  }
palette-list = Risultati
palette-go = Vai a { $screen }

file-saved = File salvato: { $path }

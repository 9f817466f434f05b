# SPDX-License-Identifier: EUPL-1.2
# Ricerca.
ricerca = Ricerca
ricerca-label = Cerca
ricerca-hint = Nome, codice fiscale, telefono, numero di buono o codice del promemoria. Invio apre il primo.
ricerca-results = Risultati della ricerca
ricerca-title = Nome
ricerca-detail = Dettagli
ricerca-status = Stato
ricerca-more = Ce ne sono altri: aggiungere una parola.
ricerca-nothing = Nessun risultato per «{ $text }». Provare con il codice fiscale o con una parte del cognome.
ricerca-begin = Scrivere almeno due lettere, o leggere un codice.
understood-text = Ricerca per parole.
understood-tax_code = Letto come codice fiscale.
understood-slip = Letto come codice del promemoria.
understood-serial = Letto come numero: il buono, o il telefono, di chi.

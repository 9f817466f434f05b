# SPDX-License-Identifier: EUPL-1.2
# Parole dello sportello, comuni a più schermate.
menu-oggi = Oggi
menu-ricerca = Ricerca
menu-agenda = Agenda
menu-magazzino = Magazzino
leave = Esci dalla consegna
service = Servizio
site = Sede
operator = Operatore
phone = Telefono
email = E-mail
address = Indirizzo
street = Via o piazza
house-number = Numero civico
    .hint = 12, 12R (rosso), 12/A
quartiere = Quartiere
quartiere-n = Quartiere { $n }
amount = Importo
vouchers = Buoni
vouchers-n = { $n ->
    [one] 1 buono
   *[other] { $n } buoni
  }
appointment = Appuntamento
appointments = Appuntamenti
document = Documento
note = Nota
receipt = Ricevuta
not-here = Assegnato a un'altra postazione
household-nameless = Nucleo senza nome
identifier-none = Nessun codice
entitlement-due = Da consegnare
entitlement-partial = Consegna parziale
entitlement-served = Servito
entitlement-revoked = Revocato
appointment-booked = Prenotato
appointment-presented = In attesa
appointment-called = Allo sportello
appointment-parked = In sospeso
appointment-missed = Non presentato
appointment-cancelled = Annullato
appointment-finished = Concluso
appointment-late = In ritardo
document-identity_card = Carta d'identità
document-passport = Passaporto
document-driving_licence = Patente di guida
document-residence_permit = Permesso di soggiorno
document-other = Altro documento con fotografia
refusal-no_document = Manca un documento valido
refusal-no_delega = Manca la delega, o è incompleta
refusal-not_of_household = La persona non è del nucleo
refusal-no_stock = Buoni insufficienti alla postazione
refusal-declined = La persona rinuncia
refusal-other = Altro
removal-damaged = Danneggiati
removal-lost = Smarriti
removal-returned = Restituiti
removal-miscounted = Errore di conteggio
event-household-registered = Nucleo registrato
event-household-corrected = Dati corretti
event-household-noted = Nota aggiunta
event-entitlement-granted = Diritto riconosciuto
event-entitlement-revised = Importo modificato
event-entitlement-revoked = Diritto revocato
event-custody-requested = Custodia richiesta
event-custody-released = Custodia ceduta
event-custody-slip_issued = Affidato con tagliando
event-custody-accepted = Ricevuto con tagliando
event-custody-relieved = Tolto alla postazione ferma
event-household-carried = Dati ricevuti con un tagliando
event-delivery-confirmed = Consegna
event-delivery-refused = Mancata consegna
event-delivery-reversed = Storno della consegna
event-case-assigned = Anomalia affidata
event-case-noted = Nota su un'anomalia
event-case-decided = Anomalia decisa
event-case-countersigned = Decisione firmata da una seconda persona
event-case-reopened = Anomalia riaperta
event-appointment-booked = Appuntamento fissato
event-appointment-moved = Appuntamento spostato
event-appointment-cancelled = Appuntamento annullato
event-appointment-presented = Arrivo registrato
event-appointment-called = Chiamata allo sportello
event-appointment-parked = Messo in sospeso
event-appointment-missed = Segnato come non presentato
event-appointment-not_there = Chiamato, non si è presentato
event-appointment-transferred = Trasferito a un'altra postazione o servizio
event-appointment-prioritised = Precedenza
event-appointment-walked_in = Arrivo senza appuntamento
event-appointment-finished = Appuntamento concluso
event-appointment-undone = Ultimo passo annullato
call = Chiama
call-next = Chiama il prossimo
call-next-name = Chiama { $name }
present = Registra arrivo
park = Sospendi
miss = Non presentato
serve = Consegna
step-back = Annulla ultimo passo
act-forced = Lo vedrà un supervisore.
counter-undone = Annullato: { $text }
act-presented = Arrivo registrato: { $name }.
act-called = Allo sportello: { $name }.
act-missed = Segnato come non presentato: { $name }.
act-parked = In sospeso: { $name }.
act-cancelled = Appuntamento annullato: { $name }.
act-closed = Concluso: { $name }.
act-stepped-back = Annullato l'ultimo passo: { $name }.
park-title = Mettere in sospeso { $name }?
park-consequence = L'arrivo resta registrato: si può richiamare quando è pronto.
park-hint = Per esempio: torna con la delega
cancel-title = Annullare l'appuntamento di { $name }?
cancel-consequence = Il posto torna libero. Per venire servirà un altro appuntamento.
cancel-do = Annulla appuntamento
cancel-short = Annulla…
close-title = Concludere l'appuntamento di { $name }?
close-do = Concludi
close-outcome = Esito
close-served = La richiesta è stata soddisfatta
close-refused = La richiesta non è stata soddisfatta
print-sent = Documento inviato alla stampante.
print-opened = Stampante non raggiungibile: il documento è aperto sullo schermo.
print-failed = Il documento non si è stampato. Ciò che è registrato resta registrato: si può ristampare dal nucleo.
move = Sposta…
slip = Promemoria
slip-a4 = Stampa promemoria A4
slip-80 = Stampa promemoria 80 mm
book-new = Nuovo appuntamento
book-do = Prenota
book-title = Nuovo appuntamento
move-do = Sposta
move-title = Sposta appuntamento
booked-title = Appuntamento fissato: { $name }.
moved-title = Appuntamento spostato: { $name }.
booking-for = Per
booking-was = Adesso è
booking-when = Quando
booking-where = Dove
booking-done = Chiudi
booking-undone = Annullato: appuntamento di { $name }.
booking-from = Dal giorno
booking-day = Giorno
booking-slot = Fascia
booking-slot-hint = È già scelta la prima fascia libera.
booking-slot-free = { $n ->
    [one] { $when } (1 posto)
   *[other] { $when } ({ $n } posti)
  }
booking-slot-full = { $when } ({ $taken } su { $capacity })
booking-slot-missing = Scegliere una fascia. Se non ce ne sono, provare un altro giorno o un'altra sede.
booking-no-slots = Nessuna fascia libera in questa sede: scegliere un'altra sede, o prenotare oltre la capienza.
booking-no-sites = Il servizio non si svolge ancora in nessuna sede: le sedi si scelgono in «Servizi».
booking-no-slots-day = In questo giorno il servizio non si svolge.
booking-overbook = Prenota oltre la capienza
booking-overbook-note = Solo se necessario: chiede un motivo, che resta registrato.
booking-overbook-reason = Motivo per superare la capienza
booking-overbook-hint = Per esempio: urgenza segnalata da Servizi Sociali
booking-person-name = Cognome e nome
booking-person-hint = Persona che non è in elenco
booking-from-list = Scegli dall'elenco dei nuclei
booking-who-missing = Indicare per chi è l'appuntamento.
picker-label = Nucleo
picker-hint = Cognome, codice fiscale o telefono; o leggere la tessera. Invio sceglie il primo.
picker-list = Nuclei trovati
picker-nobody = Nessun nucleo per «{ $text }».
picker-person = Persona non in elenco
picker-change = Cambia
picker-chosen = Scelto: { $name }
search-serial-history = Storia del buono { $serial }
search-all-results = Tutti i risultati
search-all-results-more = Ce ne sono altri: tutti i risultati
scan-unknown = Codice letto ma non conosciuto: { $text }
custody-ask = Richiedi qui la custodia
custody-ask-title = Chiedere la custodia a { $desk }?
custody-ask-consequence = La richiesta parte con la prossima sincronizzazione. Fino alla risposta può consegnare solo { $desk }.
custody-asked = Custodia richiesta a { $desk }.
custody-waiting = La custodia è già stata chiesta a { $desk }: si attende la risposta.
custody-give = Cedi la custodia
custody-give-to = Cedi la custodia a { $desk }
custody-give-title = Cedere la custodia a { $desk }?
custody-give-consequence = Da quel momento potrà consegnare solo { $desk }, e non più questa postazione.
custody-given = Custodia ceduta a { $desk }.
drafts = { $n ->
    [one] Una consegna da riprendere
   *[other] { $n } consegne da riprendere
  }
draft-since = lasciata { $when }
draft-take-up = Riprendi
draft-drop = Scarta
draft-drop-title = Scartare ciò che è stato compilato per { $name }?
draft-drop-consequence = Nulla è stato consegnato. I dati compilati si perdono e la consegna si ricomincia da capo.
delega-print = Stampa modulo di delega
receipt-again = Ristampa ricevuta
serial-first = Primo buono
serial-last = Ultimo buono
serial-or-last = oppure ultimo buono
serial-quantity = Quanti
serial-missing = Leggere o scrivere il numero del primo buono.
serial-not-understood = «{ $text }» non è un numero di buono: lettere e poi cifre, per esempio AB0001001.
serial-how-many = Scrivere quanti buoni sono, o il numero dell'ultimo.
serial-other-series = Il primo e l'ultimo buono sono di serie diverse.
serial-backwards = L'ultimo buono viene prima del primo.
serial-twice = Questi buoni sono già in elenco: { $run }.
serial-too-many = { $missing ->
    [0] Non manca più nessun buono: quelli scritti sono { $n }.
    [one] I buoni sono { $n }, ma ne manca solo 1.
   *[other] I buoni sono { $n }, ma ne mancano solo { $missing }.
  }
serials-add = Aggiungi
serials-remove = Togli
serials-list = Buoni letti
serials-count = { $n } di { $wanted } buoni
serials-amount = { $done } di { $due }
serials-complete = Completo
serials-missing = { $n ->
    [one] ne manca 1
   *[other] ne mancano { $n }
  }
serials-progress = Buoni letti su buoni dovuti
serials-suggestion = Prossimi in magazzino:
serials-use = { $n ->
    [one] Usa questo buono
   *[other] Usa questi { $n } buoni
  }
serials-use-next = Usa i prossimi buoni
serials-hint = Leggere il primo buono, poi scrivere quanti sono; oppure leggere anche l'ultimo.
serials-none = Leggere almeno un buono.
serials-pending = C'è un numero scritto e non ancora aggiunto: premere Aggiungi, o cancellarlo.
holder = Postazione che può consegnare
amount-due = Dovuto
amount-delivered = Consegnato
amount-remaining = Da consegnare
members = { $n ->
    [one] Componenti (1)
   *[other] Componenti ({ $n })
  }
open-nucleo = Apri il nucleo

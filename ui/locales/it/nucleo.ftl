# SPDX-License-Identifier: EUPL-1.2
# Il nucleo familiare.
nucleo = Nucleo familiare
entitlements = Diritti
nucleo-no-entitlements = Il nucleo non ha diritti in nessuna campagna.
nucleo-no-appointments = Nessun appuntamento.
serve-anyway = Apri la consegna
anomalies-open = { $n ->
    [one] 1 anomalia
   *[other] { $n } anomalie
  }
revoked-why = Diritto revocato: { $reason }
holder-here = { $desk } (questa postazione)
requested-by = Custodia richiesta da
provenance-label = Provenienza
provenance = Lista { $file } del { $date }, riga { $row }
provenance-hand = Inserito a mano
first-amount = Importo iniziale
deliveries = Consegne
collected-member = Ritirato da un componente
collected-member-name = Ritirato da { $name }
collected-delegate = Ritirato dal delegato { $name }
partial-why = Consegna parziale: { $reason }
forced-why = Forzata: { $reason }
reversed-why = Stornata il { $when }: { $reason }
reversed-not-returned = I buoni non sono rientrati.
reverse = Storna…
reverse-title = Stornare la consegna?
reverse-consequence = La consegna resta scritta, con accanto lo storno: non si cancella e lo storno non si annulla. Il nucleo torna da servire.
delivery-when = Consegna del
reverse-returned = I buoni sono rientrati?
reverse-returned-yes = Sì, sono qui
reverse-returned-yes-hint = Tornano nel magazzino di questa postazione.
reverse-returned-no = No
reverse-returned-no-hint = Diventa un'anomalia, che vedrà un supervisore.
reverse-do = Storna la consegna
reversed = Consegna stornata.
refusals = Mancate consegne
refusal-print = Stampa che cosa portare
slip-today = Appuntamento di oggi alle { $time }: registrare l'arrivo?
slip-other-day = L'appuntamento di questo promemoria è per { $when }.
slip-other-site = È presso un'altra sede: { $site }.
applicant = Richiedente
born = nascita { $date }
size = Persone nel nucleo
minors = Minori
disabled = Persone con disabilità
members-correct = Correggi i dati
contacts = Indirizzo e recapiti
contacts-edit = Correggi recapiti
contacts-title = Correggi indirizzo e recapiti
contacts-saved = Dati corretti.
contacts-rest = Correggere anche componenti e codici
resident = Residente
unknown = Non indicato
unknown-phone = Non indicato
list-ref = Pratica dei Servizi Sociali
notes = Note
notes-none = Nessuna nota.
note-add = Aggiungi nota
note-title = Nuova nota
note-consequence = La leggono tutti gli operatori che possono aprire il nucleo.
note-save = Salva nota
note-saved = Nota salvata.
timeline = Cronologia
timeline-none = Nessun fatto registrato.
timeline-show = { $n ->
    [one] Mostra 1 fatto
   *[other] Mostra { $n } fatti
  }
timeline-waiting = Non ancora arrivato al centro.
slip-hand = Affida con tagliando…
slip-hand-title = Affidare con un tagliando?
slip-hand-consequence = Da ora questa postazione non potrà più consegnare: solo quella scelta, con il tagliando. Si usa quando la rete manca; il tagliando si può ristampare, non annullare.
slip-hand-to = A quale postazione
slip-hand-do = Affida e stampa
slip-handed = Affidato a { $desk }.
slip-again = Ristampa il tagliando per { $desk }
slip-take = Ricevi con tagliando…
slip-take-title = Ricevere con un tagliando?
slip-take-consequence = Il tagliando si usa una volta sola. Poi si può consegnare da questa postazione.
slip-take-code = Codice scritto sul tagliando
slip-take-do = Ricevi
slip-taken = Custodia ricevuta.

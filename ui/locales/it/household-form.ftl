# SPDX-License-Identifier: EUPL-1.2
# Nucleo inserito o corretto a mano; diritto modificato o revocato; codici delle persone.
menu-nuovo-nucleo = Nuovo nucleo
hf-lead = Un nucleo che non è in nessuna lista, con il suo diritto. Prima di inserirlo, cercarlo: potrebbe esserci già.
hf-correct = Correzione dei dati
hf-correct-lead = Si corregge ciò che è noto del nucleo; i diritti non cambiano. Resta scritto chi ha corretto e quando.
hf-add = Inserisci il nucleo
hf-added = Nucleo inserito: { $name }.
hf-corrected = Dati corretti: { $name }.
hf-members = Componenti
hf-applicant = Richiedente
hf-member = Componente { $n }
hf-surname = Cognome
hf-name = Nome
hf-identifier = Codice fiscale, STP o ENI
hf-birth = Data di nascita
hf-remove = Togli il componente { $n }
hf-add-member = Aggiungi un componente
hf-composition = Composizione
hf-size = Persone in tutto
hf-minors = Minori
hf-disabled = Con disabilità
hf-size-problem = { $n ->
    [one] Il nucleo ha 1 persona: minori e persone con disabilità non possono essere di più.
   *[other] Il nucleo ha { $n } persone: minori e persone con disabilità non possono essere di più.
  }
hf-resident = Residente nel Comune
hf-list-ref = Numero della pratica ai Servizi Sociali
hf-where = Indirizzo e recapiti
hf-street = Via o piazza
hf-number = Numero civico
hf-number-hint = Per esempio 12, 12/A, 12R (rosso)
hf-quartiere-hint = Cambiare il Quartiere non sposta da solo la custodia del diritto.
hf-email = Posta elettronica
hf-grant = Diritto
hf-grant-do = Riconoscere il diritto in una campagna
hf-amount-table = Lasciando vuoto: { $amount } ({ $n } buoni), come da tabella della campagna.
hf-amount-no-table = La campagna non ha una tabella per questo nucleo: scrivere l'importo.
hf-reason = Motivo e chi lo ha deciso
hf-reason-hint = Per esempio: nota dei Servizi Sociali del 12/02/2021.

ed-grant = Concedi un diritto…
ed-grant-do = Concedi il diritto
ed-granted = Diritto concesso: { $amount }.
ed-no-table = La tabella della campagna non prevede un importo per questo nucleo: scriverlo.
ed-revise = Modifica l'importo
ed-revise-do = Registra il nuovo importo
ed-grant-again = Riconosci di nuovo il diritto
ed-now = Importo attuale
ed-delivered = Già consegnato
ed-amount = Nuovo importo in tutto
ed-whole = L'importo deve essere fatto di buoni interi da { $voucher }.
ed-less-than-delivered = È meno di quanto è già stato consegnato.
ed-reason-hint = Resta scritto: che cosa è cambiato, e chi lo ha deciso.
ed-revised = Nuovo importo registrato: { $amount }.
ed-move = Fai servire altrove…
ed-move-do = Chiedi la custodia
ed-to = Postazione che servirà
ed-holder = Postazione che può servire adesso
ed-move-how = { $holder } cede la custodia appena è raggiungibile e il nucleo non è allo sportello. Fino ad allora può servire solo { $holder }.
ed-moved = Custodia chiesta a { $holder } per { $desk }.
ed-revoke = Revoca il diritto
ed-revoke-title = Revocare il diritto?
ed-revoke-consequence = Il nucleo non potrà più ritirare { $amount } della campagna «{ $campaign }». Il diritto si può riconoscere di nuovo.
ed-revoke-delivered = Sono già stati consegnati { $amount }: la revoca non li fa rientrare, e toglie solo ciò che resta.
ed-revoked = Diritto revocato.

id-length = Il codice fiscale ha 16 caratteri: qui sono { $n }.
id-shape = Il codice fiscale non ha la forma giusta: controllare lettere e cifre.
id-day = Il giorno di nascita nel codice fiscale non esiste: controllare il codice.
id-check = L'ultimo carattere non corrisponde: c'è un errore di battitura. Controllare il codice sul documento.
id-omocodic = Codice con lettere al posto di alcune cifre (omocodia): è valido, ma un'altra persona può avere un codice simile. Confrontare con il documento.
id-provisional-length = Il codice fiscale provvisorio ha 11 cifre: qui sono { $n }.
id-provisional-check = L'ultima cifra del codice provvisorio non corrisponde: controllare sul documento.
id-stp-bad = Un codice STP o ENI ha tre lettere e 13 cifre, per esempio STP0900010000123.

# SPDX-License-Identifier: EUPL-1.2
# Postazioni e sincronizzazione.
menu-postazioni = Postazioni
menu-scambi = Sincronizzazione
topic-office = Tutto il Comune
topic-quartiere = Quartiere { $n }
topic-supervisors = Supervisori
skew-none = Giusto
skew-ahead = Avanti di { $far }
skew-behind = Indietro di { $far }
span-minutes = { $n ->
    [one] 1 minuto
   *[other] { $n } minuti
  }
span-hours = { $n ->
    [one] 1 ora
   *[other] { $n } ore
  }
span-days = { $n ->
    [one] 1 giorno
   *[other] { $shown } giorni
  }
po-lead = Ogni postazione come il centro l'ha sentita l'ultima volta.
po-as-of = Secondo il centro, il { $when } ({ $ago }).
po-as-of-never = Il centro non ha ancora detto nulla delle altre postazioni: sincronizzare.
po-desk = Postazione
po-this = questa
po-supervises = supervisione
po-state = Stato
po-concern-none = In ordine
po-concern-warning = Da controllare
po-concern-error = Problema
po-revoked = Revocata
po-never-seen = Mai collegata.
po-why-waiting = Ha registrazioni da inviare: collegarla alla rete.
po-why-clock = Correggere data e ora del PC.
po-seen = Sentita
po-never = Mai
po-waiting = Da inviare
po-custody = In custodia
po-clock = Orologio
po-reads = Legge
po-version = Versione
po-active = Postazioni attive
po-to-look-at = Da controllare
po-waiting-all = Registrazioni da inviare
po-custody-all = Diritti in custodia da servire
po-custody-note = «In custodia»: diritti non ancora serviti che solo quella postazione può servire.
po-none = Nessuna postazione conosciuta. Sincronizzare con il centro.

sc-lead = Come va lo scambio con il centro. Senza rete si lavora normalmente: tutto parte da solo quando torna.
sc-now = Sincronizza ora
sc-state = Stato
sc-last = Ultima sincronizzazione
sc-waiting = Da inviare
sc-refused = Non accettate dal centro
sc-unprojected = In attesa di aggiornamento
sc-clock = Orologio di questo PC
sc-clock-unknown = Non ancora confrontato con il centro
sc-central = Indirizzo del centro
sc-well = Tutto in ordine: non c'è nulla da fare.
sc-offline-well = Non c'è nulla da fare: lo scambio riprende da solo quando torna la rete.
sc-do-stopped = Non registrare nulla qui: riprendere con una nuova identità, qui sotto. Ciò che era registrato è conservato.
sc-do-clock = Correggere data e ora del PC, o chiedere ai servizi informatici di farlo.
sc-do-network = Controllare il cavo o la rete del PC, poi premere «Sincronizza ora».
sc-do-keep-on = Continuare a lavorare: le registrazioni sono al sicuro su questo PC e non vanno reinserite altrove.
sc-do-call = Se la rete c'è e lo scambio non riesce, chiamare i servizi informatici.
sc-do-refused = Segnalare al supervisore le registrazioni non accettate, elencate qui sotto. Non reinserirle.
sc-do-update = Chiedere ai servizi informatici di aggiornare il programma.
sc-refused-title = Registrazioni non accettate
sc-refused-lead = Il centro le conserva ma non le accetta. Il resto procede.
sc-log = Registro
sc-seq = Numero
sc-why = Perché
sc-story = Ultimi scambi
sc-story-none = Nessuno scambio finora.
sc-at = Quando
sc-result = Esito
sc-ok = Riuscito
sc-failed = Non riuscito
sc-sent = Inviate
sc-received = Ricevute
sc-took = Durata
sc-seconds = { $n } s
sc-logs = Registri di questa postazione
sc-logs-lead = Ciò che questa postazione ha scritto, e fino a dove il centro lo ha.
sc-logs-none = Questa postazione non ha ancora scritto nulla.
sc-written = Scritte
sc-acknowledged = Confermate dal centro
sc-left = Da inviare
sc-head = Ultimo anello

us-title = Chiavetta USB
us-lead = Se la rete manca per ore o per giorni, le registrazioni viaggiano su una chiavetta: al centro, a un'altra postazione, e indietro con le conferme.
us-on-stick = { $n ->
    [one] 1 registrazione in attesa è sulla chiavetta scritta il { $when } ({ $ago }).
   *[other] { $shown } registrazioni in attesa sono sulla chiavetta scritta il { $when } ({ $ago }).
  }
us-write = Scrivi su chiavetta…
us-read = Leggi da chiavetta…
us-write-title = Scrivere su una chiavetta
us-for-centre = Il file contiene ciò che attende di arrivare al centro, e il centro lo può sempre aprire.
us-for-desks = Lo possono aprire anche queste postazioni:
us-no-others = Nessun'altra postazione è conosciuta: il file è solo per il centro.
us-whole = Scrivere tutto
us-whole-hint = Anche ciò che gli altri hanno già: quando una postazione dice che manca qualcosa.
us-sealed = Il file è cifrato: chi trova la chiavetta non legge nulla, e ogni postazione vede solo i propri Quartieri.
us-choose-place = Scegli dove salvarlo…
us-busy-writing = Scrittura su chiavetta in corso: non toglierla…
us-busy-reading = Lettura della chiavetta in corso: non toglierla…
us-written = Chiavetta scritta.
us-file = File
us-records = Registrazioni nel file
us-own = Di questa postazione
us-readers = Lo possono aprire
us-centre = Il centro
us-still-waiting = Le registrazioni restano in attesa finché il centro non le conferma. Se la chiavetta va persa, qui non manca nulla: basta scriverne un'altra.
us-taken = Chiavetta letta.
us-taken-partly = Chiavetta letta in parte.
us-from = Scritta da
us-made = Scritta il
us-received = Registrazioni nuove
us-acknowledged = Di questa postazione, confermate dal centro
us-waiting = Di questa postazione, ancora in attesa
us-given = Custodie cedute a chi le chiedeva
us-given-note = Per consegnarle, scrivere una chiavetta per quella postazione e riportarla.
us-nothing-new = Non c'era nulla di nuovo: tutto era già arrivato.
us-not-whole = Il file non è intero: è stato interrotto o una parte è danneggiata. Ciò che era leggibile è stato importato. Farsene scrivere uno nuovo e leggerlo: nulla sarà doppio.
us-others = Una parte del file è per altre postazioni e qui non si apre.
sc-way = Come
sc-way-centre = Rete
sc-way-bundle_out = Su chiavetta
sc-way-bundle_in = Da chiavetta: { $who }
sc-way-relay = Appoggio: { $who }
sc-way-relay_served = Servita come appoggio: { $who }

ap-title = Postazione di appoggio
ap-lead = Se il centro non si raggiunge ma la rete della sede funziona, le postazioni della sede si scambiano le registrazioni attraverso una di loro.
ap-none = Nessuna postazione di appoggio è indicata.
ap-set = Imposta…
ap-desk = Appoggio
ap-nobody = Nessuna
ap-serves = Questa postazione fa da appoggio alle altre
ap-serves-hint = Serve le altre finché il programma è aperto e qualcuno vi è entrato.
ap-listen = Indirizzo di questo PC e porta
ap-listen-hint = Per esempio 192.168.1.10:7481. Lo dà chi gestisce la rete.
ap-address = Indirizzo dell'appoggio
ap-address-hint = Quello impostato alla postazione di appoggio, per esempio 192.168.1.10:7481.
ap-sealed = Ciò che passa sulla rete della sede è cifrato per la postazione di appoggio, che vede solo i propri Quartieri.
ap-saved = Impostazione salvata.
ap-not-needed = Non serve: il centro si raggiunge
ap-reached = Raggiunta
ap-not-reached = Non raggiunta
ap-last = Ultima risposta
ap-handed = In attesa, ma già lì
ap-handed-value = { $n ->
    [0] Nessuna registrazione
    [one] 1 registrazione consegnata alla postazione di appoggio, non ancora al Comune
   *[other] { $shown } registrazioni consegnate alla postazione di appoggio, non ancora al Comune
  }
ap-listening = Le altre postazioni della sede trovano questa a { $address }.
ap-not-listening = Questa postazione fa da appoggio, ma ora non è in ascolto.


# Postazione fermata: nuova identità.
ni-title = Riprendere il lavoro con una nuova identità
ni-do = Riprendi con una nuova identità
ni-happened = Che cosa è successo
ni-kept = Che cosa è conservato
ni-kept-waiting = { $n ->
    [0] Tutto ciò che questa postazione ha registrato è già al centro, e qui si può consultare.
    [one] Tutto si può consultare. 1 registrazione che il centro non ha ancora confermato verrà portata con la nuova identità.
   *[other] Tutto si può consultare. { $shown } registrazioni che il centro non ha ancora confermato verranno portate con la nuova identità.
  }
ni-step-other = Se esiste un'altra copia di questo disco, spegnerla: ne resti accesa una sola.
ni-step-code = Chiedere a chi amministra il centro un codice che sostituisca la postazione «{ $desk }».
ni-step-enter = Scrivere qui il codice e riprendere. Poi un supervisore, controllata l'altra copia, passa qui i diritti da servire.
ni-code = Codice per la sostituzione
ni-code-hint = Vale una volta sola. Un codice per un'altra postazione non viene accettato e non si consuma.
ni-done = Questa postazione è ora «{ $desk }» e può registrare.
ni-carried = { $n ->
    [0] Non c'era nulla in sospeso.
    [one] 1 registrazione in sospeso è stata portata con sé e parte con la prossima sincronizzazione.
   *[other] { $shown } registrazioni in sospeso sono state portate con sé e partono con la prossima sincronizzazione.
  }
ni-custody = { $n ->
    [one] 1 diritto da servire è ancora della vecchia identità «{ $before }»: un supervisore lo passa da «Postazioni», dopo aver controllato ogni altra copia.
   *[other] { $shown } diritti da servire sono ancora della vecchia identità «{ $before }»: un supervisore li passa da «Postazioni», dopo aver controllato ogni altra copia.
  }
ni-stock = Contare i buoni che sono qui e riceverli in «Magazzino»: passano dalla vecchia identità a questa.
po-replaced-by = Al suo posto: { $desk }.
po-replaced-custody = Controllata la vecchia, passare qui i suoi diritti con «Togli a una postazione ferma…».

# Registrazioni tardive.
late-title = Registrazioni tardive
late-lead = Sono verificate e messe da parte: non contano finché un supervisore non decide. Nulla viene cancellato.
late-after = { $desk }: scritto dopo la revoca
late-branch = { $desk }: un altro ramo
late-after-lead = { $n ->
    [one] 1 registrazione ({ $topic }) che la postazione ha scritto e il centro ha ricevuto dopo averla revocata.
   *[other] { $shown } registrazioni ({ $topic }) che la postazione ha scritto e il centro ha ricevuto dopo averla revocata.
  }
late-branch-lead = { $n ->
    [one] 1 registrazione ({ $topic }) di un'altra copia della stessa postazione: un disco clonato o un backup ripristinato.
   *[other] { $shown } registrazioni ({ $topic }) di un'altra copia della stessa postazione: un disco clonato o un backup ripristinato.
  }
late-unverified = { $n ->
    [one] 1 registrazione ({ $topic }) che non si collega a nulla di conosciuto: resta al centro come prova e non si può decidere.
   *[other] { $shown } registrazioni ({ $topic }) che non si collegano a nulla di conosciuto: restano al centro come prova e non si possono decidere.
  }
late-state-open = Da decidere
late-state-accepted = Accettate
late-state-kept_out = Tenute fuori
late-state-counted = Contano già
late-state-unverified = Non verificabili
late-acts = Che cosa è stato fatto
late-at = Quando
late-what = Che cosa
late-who = Nucleo
late-household = Apri il nucleo
late-amount = Importo
late-by = Operatore
late-twice = già servito altrove
late-accept = Accetta
late-keep-out = Tieni fuori
late-accept-means = Da ora contano, come scritte allora da quella postazione. Ciò che contrasta con quanto si sapeva diventa un'anomalia.
late-keep-out-means = Non conteranno. Restano qui da leggere, con la decisione.
late-accepted = Accettate le registrazioni tardive di { $desk }.
late-kept-out = Tenute fuori le registrazioni tardive di { $desk }.
late-decided = Deciso
late-kind-delivery-confirmed = Consegna
late-kind-delivery-refused = Mancata consegna
late-kind-delivery-reversed = Storno
late-kind-household-noted = Nota
late-kind-household-corrected = Correzione del nucleo
late-kind-household-registered = Nuovo nucleo
late-kind-appointment-booked = Appuntamento preso
late-kind-appointment-moved = Appuntamento spostato
late-kind-appointment-cancelled = Appuntamento disdetto
late-kind-appointment-presented = Presentato
late-kind-appointment-called = Chiamato
late-kind-appointment-parked = Messo da parte
late-kind-appointment-missed = Non presentato
late-kind-appointment-finished = Appuntamento concluso
late-kind-appointment-undone = Passo annullato
late-kind-custody-requested = Diritto chiesto
late-kind-custody-released = Diritto ceduto
late-kind-custody-slip_issued = Tagliando di affidamento
late-kind-custody-accepted = Tagliando accettato
late-kind-stock-received = Buoni ricevuti
late-kind-stock-removed = Buoni tolti
late-kind-stock-shipped = Buoni spediti
late-kind-stock-arrived = Buoni arrivati
late-kind-stock-settled = Spedizione chiusa
late-kind-stock-reserved = Buoni messi da parte
late-kind-stock-destroyed = Buoni distrutti

# La chiave di una postazione.
po-acts = Operazioni
key-section = Chiave di questa postazione
key-short = Chiave { $n }, dal { $since }
key-administrators = La cambia chi amministra, da questa postazione.
key-number = Numero { $n }, dal { $since }
key-change = Cambia la chiave…
key-title = Cambiare la chiave di questa postazione
key-lead = Con la sua chiave questa postazione firma ciò che registra. Con una chiave nuova resta la stessa postazione, con gli stessi dati: nulla viene firmato di nuovo e nessuno deve smettere di lavorare.
key-now = Chiave di adesso
key-needs = Serve il collegamento con il centro. Ciò che è in attesa parte prima; se la linea cade a metà, la postazione riprende da sé.
key-not-stolen = Se questa chiave potrebbe essere in mano ad altri, non basta cambiarla: far sostituire la postazione.
key-do = Cambia la chiave
key-done = Questa postazione firma ora con la chiave numero { $n }.
key-after = La chiave di prima vale ancora per ciò che il centro aveva già, e per niente altro.

# Sostituire una postazione ferma.
rep-open = Sostituisci…
rep-title = Sostituire una postazione
rep-lead = Al posto di «{ $desk }» ne viene un'altra, nella stessa sede e con gli stessi permessi. Si riceve un codice, valido una volta, per il suo primo avvio.
rep-revokes = «{ $desk }» viene revocata subito: da lì non si può più registrare, anche se il PC funziona ancora.
rep-keeps = { $n ->
    [0] Ciò che ha registrato e il centro ha ricevuto resta com'è.
    [one] Ciò che il centro ha ricevuto resta com'è. 1 registrazione era ancora da inviare: se arriva più tardi, la valuta un supervisore.
   *[other] Ciò che il centro ha ricevuto resta com'è. { $shown } registrazioni erano ancora da inviare: se arrivano più tardi, le valuta un supervisore.
  }
rep-sure = Ho controllato: «{ $desk }» non serve più nessuno
rep-do = Revoca e crea il codice
rep-done = Il codice per «{ $desk }» è pronto.
rep-code = Codice per il primo avvio:
rep-desk = Nuova postazione
rep-before = Al posto di
rep-until = Vale fino al
rep-once = Il codice si vede solo adesso: stamparlo o copiarlo, e darlo a chi installa la postazione.
rep-step-start = Sul nuovo PC: avviare il programma e scrivere il codice.
rep-step-file = Se il vecchio PC si accende ancora: scrivere lo stesso codice in «Sincronizzazione», e ciò che era in attesa viene portato con sé.
rep-step-rights = Poi passare alla nuova i diritti della vecchia con «Togli a una postazione ferma…».
rep-print = Stampa
rep-copy = Copia il codice
rep-copied = Codice copiato
rep-not-copied = Il codice non si è potuto copiare: stamparlo o trascriverlo.
rep-noted = Ho preso nota: chiudi

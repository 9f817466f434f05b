# SPDX-License-Identifier: EUPL-1.2
# Cruscotto: l'indicatore, chi manca, i grafici.
menu-cruscotto = Cruscotto
cr-report = Relazione (PDF)
cr-print = Stampa relazione
cr-export = Esporta…
cr-is-provisional = Provvisorio
cr-is-current = Aggiornato
cr-is-final = Definitivo
cr-provisional = { $n ->
    [one] Il dato è provvisorio: possono mancare le registrazioni di una postazione.
   *[other] Il dato è provvisorio: possono mancare le registrazioni di { $n } postazioni.
  }
cr-provisional-here = Il dato è provvisorio: questa postazione non ha ancora scambiato tutto con il centro.
cr-provisional-todo = Per renderlo definitivo, collegare le postazioni e aspettare lo scambio.
cr-desk-since = nessuna notizia dal { $when } ({ $ago })
cr-desk-never = mai sentita
cr-desk-waiting = { $n ->
    [one] 1 registrazione in attesa di invio
   *[other] { $shown } registrazioni in attesa di invio
  }
cr-exceptions = { $n ->
    [one] 1 anomalia da decidere
   *[other] { $shown } anomalie da decidere
  }
cr-target = Atteso: { $target }
cr-reached = Raggiunto
cr-not-reached = Non ancora raggiunto
cr-served-of = { $n ->
    [one] { $served } nucleo servito
   *[other] { $served } nuclei serviti
} su { $presented } { $of ->
    [one] presentato
   *[other] presentati
} con appuntamento
cr-nobody = Nessun nucleo si è ancora presentato con un appuntamento.
cr-how = Si contano una volta sola i nuclei con diritto che si sono presentati con un appuntamento.
cr-as-of = Calcolato il { $when }.
cr-missing = Nuclei presentati e non ancora serviti
cr-missing-none = Tutti i nuclei presentati con appuntamento sono stati serviti.
cr-missing-nobody = Nessun nucleo si è ancora presentato.
cr-name = Richiedente
cr-phone = Telefono
cr-quartiere = Quartiere
cr-presented-at = Presentato il
cr-remaining = Ancora dovuto
cr-holder = Può servire
cr-next = Prossimo appuntamento
cr-next-none = Nessuno
cr-todo = Che cosa fare
cr-todo-serve = Servire adesso
    .what = È in attesa allo sportello.
cr-todo-wait = Aspettare l'appuntamento
    .what = Ha un appuntamento fissato.
cr-todo-call_back = Richiamare
    .what = Telefonare e fissare un nuovo appuntamento.
cr-todo-complete = Completare la consegna
    .what = Consegnare i buoni che mancano.
cr-todo-confirm_declined = Confermare la rinuncia
    .what = Verificare con i Servizi Sociali.
cr-apart = Il resto della campagna
cr-outside = fuori dall'indicatore
cr-entitled = Con diritto
cr-booked = Con appuntamento
cr-no-show = Non presentati
cr-walk-in = Serviti senza appuntamento
cr-delivered = Valore consegnato
cr-by-quartiere = Per Quartiere
cr-by-quartiere-caption = Nuclei serviti, presentati e con diritto
cr-quartiere-summary = Quartiere { $q }: { $served } serviti su { $presented } presentati.
cr-served = Serviti
cr-presented = Presentati
cr-by-day = Per giorno
cr-by-day-caption = Consegne e mancate consegne
cr-by-day-none = Nessuna consegna finora.
cr-day = Giorno
cr-deliveries = Consegne
cr-refusals = Mancate consegne
cr-no-campaign = Nessuna campagna. Le campagne si definiscono in «Campagne», con il ruolo di amministratore.
cr-export-title = Esportare un elenco
cr-export-what = Elenco
cr-export-missing = Nuclei presentati e non ancora serviti
cr-export-entitlements = Tutti i diritti della campagna
cr-export-deliveries = Tutte le consegne della campagna
cr-export-format = Tipo di file
cr-export-personal = Il file contiene dati personali: conservarlo solo dove è consentito e cancellarlo quando non serve più.
cr-export-do = Salva il file

# SPDX-License-Identifier: EUPL-1.2
# Cancellazioni: ordini, riepilogo, conferma.
menu-cancellazioni = Cancellazioni
er-lead = Ordini di cancellazione dei dati personali. Valgono ovunque: su ogni postazione, al centro, nei backup di questi computer.
er-erase = Cancella i dati
er-title = Cancellare i dati di { $name }?
er-title-campaign = Fine conservazione: { $name }
er-households = Nuclei cancellati
er-records = Registrazioni svuotate
er-still-due = Nuclei che restano: spetta loro ancora qualcosa
er-awaited = Nuclei che restano: hanno un appuntamento
er-undecided = Nuclei che restano: un'anomalia è da decidere
er-backups = Backup sostituiti su questo computer
er-what-goes = Nomi, codici fiscali, indirizzi, recapiti, note, documenti e deleghe spariscono da tutte le postazioni e dal centro. Non si può tornare indietro.
er-what-stays = Restano, senza nomi, i conteggi: importi consegnati, seriali, nuclei serviti, indicatore. Resta scritto anche questo ordine.
er-ground = Base giuridica
er-ground-retention_ended = Fine del periodo di conservazione (art. 5.1.e GDPR)
er-ground-request = Richiesta dell'interessato accolta (art. 17.1 GDPR)
er-ground-authority = Ordine di un'autorità (art. 58.2.g GDPR)
er-ground-unlawful = Dati che non andavano inseriti (art. 17.1.d GDPR)
er-reason = Motivo e protocollo
er-reason-hint = Resta scritto e lo legge tutto l'ufficio: non indicare nomi.
er-sure = Confermo che la cancellazione è stata decisa e che è definitiva
er-do = Cancella per sempre
er-done = { $n ->
    [one] Cancellazione ordinata: 1 registrazione svuotata. Le altre postazioni la eseguono al prossimo scambio.
   *[other] Cancellazione ordinata: { $shown } registrazioni svuotate. Le altre postazioni la eseguono al prossimo scambio.
  }
er-at = Quando
er-what = Che cosa
er-one-household = Un nucleo
er-by = Ordinata da
er-late = { $n ->
    [one] 1 emersa dopo
   *[other] { $shown } emerse dopo
  }
er-campaign = Campagna conclusa
er-campaign-none = Scegliere una campagna conclusa
er-campaign-over = { $name } (fino al { $to })
er-retention = Fine conservazione
er-pending = Questo computer sta ancora ripulendo il proprio file e i propri backup: finisce da solo.
er-none = Nessuna cancellazione ordinata.
er-elsewhere = Il programma non raggiunge le copie portate altrove: backup del centro, chiavette con backup, file messi da parte, stampe. Vanno distrutte a mano; se vengono rimesse in uso, i dati si cancellano di nuovo al primo scambio.

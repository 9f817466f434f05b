# SPDX-License-Identifier: EUPL-1.2
# Importazioni: la lista dei Servizi Sociali, prima guardata e poi presa.
menu-importazioni = Importazioni
imp-lead = La lista dei Servizi Sociali si guarda prima di importarla: finché non si conferma, nulla viene scritto.
imp-choose = Scegli il file…
imp-choose-other = Scegli un altro file…
imp-stop = Interrompi la lettura
imp-drop-file = Togli il file
imp-file = File della lista
imp-file-hint = Excel (.xlsx), OpenDocument (.ods) o CSV. Si può anche trascinare qui.
imp-file-chosen = Scelto: { $file }
imp-file-kind = Il file { $file } non è una lista: servono file .xlsx, .ods o .csv.
imp-file-empty = Il file { $file } è vuoto. Chiederlo di nuovo a chi lo ha inviato.
imp-file-big = Il file { $file } è troppo grande per essere una lista. Controllare di aver scelto quello giusto.
imp-file-unreadable = Il file { $file } non si può leggere. Chiuderlo negli altri programmi, o copiarlo su questo PC, e riprovare.
imp-issued = Data della lista
imp-issued-hint = La data che la lista riporta: tra due liste vale la più recente.
imp-issued-missing = Indicare la data che la lista riporta.
imp-reading = Lettura della lista
imp-applying = Importazione della lista
imp-looked = { $n ->
    [one] Lista letta: 1 riga, rifiutate { $refused }.
   *[other] Lista letta: { $shown } righe, rifiutate { $refused }.
  }
imp-preview = Anteprima
imp-nothing-written = Nulla è ancora stato scritto
imp-not-applicable = Questa lista non si può importare.
imp-fates = Che cosa succederebbe alle righe
imp-fate = Esito
imp-fate-new = Nuovi
imp-fate-changed = Modificati
imp-fate-unchanged = Invariati
imp-fate-duplicate = Ripetuti
imp-fate-doubtful = Dubbi
imp-fate-refused = Rifiutati
imp-fate-one-new = Nuovo
imp-fate-one-changed = Modificato
imp-fate-one-unchanged = Invariato
imp-fate-one-duplicate = Ripetuto
imp-fate-one-doubtful = Dubbio
imp-fate-one-refused = Rifiutato
imp-total = Totale dei diritti
imp-columns = Colonne riconosciute: { $n } su { $all }.
imp-columns-passed = Non usate: { $names }.
imp-columns-caption = Come sono state intese le colonne
imp-heading = Intestazione nel file
imp-understood = Intesa come
imp-passed-over = Non usata
imp-no-heading = (senza intestazione)
imp-rows = Righe della lista
imp-rows-of = Righe: { $fate }
imp-rows-all = Mostra tutte le righe
imp-rows-none = Nessuna riga.
imp-more = Sono mostrate le prime { $n } righe, da quelle da guardare. L'importazione le prende tutte.
imp-row = Riga
imp-identifier = Codice fiscale
imp-amount = Importo
imp-reasons = Perché
imp-save-refused = Salva le righe rifiutate ({ $format })
imp-refused-saved = Righe rifiutate salvate in { $path }. Il file si può rimandare ai Servizi Sociali.
imp-apply = Importa la lista
imp-confirm = Importare la lista?
imp-confirm-new = { $n ->
    [one] 1 nucleo nuovo entra nella campagna «{ $campaign }».
   *[other] { $shown } nuclei nuovi entrano nella campagna «{ $campaign }».
  }
imp-confirm-changed = { $n ->
    [one] 1 nucleo già noto viene aggiornato.
   *[other] { $shown } nuclei già noti vengono aggiornati.
  }
imp-confirm-doubtful = { $n ->
    [one] 1 riga dubbia entra e va controllata.
   *[other] { $shown } righe dubbie entrano e vanno controllate.
  }
imp-confirm-refused = { $n ->
    [one] 1 riga rifiutata resta fuori.
   *[other] { $shown } righe rifiutate restano fuori.
  }
imp-confirm-total = Totale dei diritti: { $total }.
imp-confirm-undo = L'importazione non si annulla: i singoli diritti si possono poi modificare o revocare.
imp-done = Lista importata: { $file }.
imp-repeated = La lista { $file } era già stata importata: nulla è cambiato.
imp-done-refused = Le righe rifiutate si possono salvare e rimandare ai Servizi Sociali.
imp-kept = nulla della lista è stato scritto; la lista si può rileggere.
imp-story = Liste importate
imp-story-none = Nessuna lista importata finora.
imp-at = Importata il
imp-by = Da
imp-field-surname = Cognome
imp-field-name = Nome
imp-field-full_name = Cognome e nome
imp-field-name_then_surname = Nome e cognome
imp-field-identifier = Codice fiscale
imp-field-health_code = Codice STP o ENI
imp-field-birth_date = Data di nascita
imp-field-street = Indirizzo
imp-field-number = Numero civico
imp-field-colour = Colore del civico
imp-field-exponent = Esponente
imp-field-interior = Interno
imp-field-quartiere = Quartiere
imp-field-size = Numero dei componenti
imp-field-minors = Numero dei minori
imp-field-minor_flag = Minore
imp-field-disabled = Persone con disabilità
imp-field-disabled_flag = Con disabilità
imp-field-resident = Residente
imp-field-phone = Telefono
imp-field-mobile = Cellulare
imp-field-email = Posta elettronica
imp-field-amount = Importo
imp-field-vouchers = Numero di buoni
imp-field-list_ref = Numero della pratica
imp-field-role = Ruolo nel nucleo

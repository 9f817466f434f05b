# SPDX-License-Identifier: EUPL-1.2
# Lo schermo della sala d'attesa: nessun nome.
display-open = Apri lo schermo della sala d'attesa
display-title = Sala d'attesa
display-now = Ora allo sportello
display-before = Chiamate precedenti
display-none = Attendere la chiamata del proprio numero.
display-no-before = Nessuna.
display-waiting = { $n ->
    [0] Nessuno in attesa
    [one] 1 persona in attesa
   *[other] { $n } persone in attesa
  }
display-as-of = Situazione delle { $time }
display-no-sound = Premere un tasto per attivare il suono
display-said = Numero { $ticket }: { $desk }

# SPDX-License-Identifier: EUPL-1.2
# La giornata allo sportello.
oggi = Oggi
oggi-title = Oggi, { $day }
oggi-serving = Allo sportello
oggi-waiting = In attesa
oggi-parked = In sospeso
oggi-late = In ritardo
oggi-due = Attesi
oggi-missed = Non presentati e annullati
oggi-done = Conclusi
oggi-none-serving = Nessuno allo sportello.
oggi-none-waiting = Nessuno in attesa.
oggi-none-due = Nessun altro è atteso oggi.
oggi-none-match = Nessuno corrisponde a ciò che è scritto.
oggi-nobody-waits = Nessuno è in attesa.
oggi-at-this-desk = a questa postazione
oggi-at-desk = presso { $desk }
oggi-since = Arrivo alle { $time }
oggi-waits = da { $time } (ore { $since })
oggi-who = Chi è arrivato?
oggi-who-hint = Cognome, numero, ora o codice del promemoria; o leggere promemoria o tessera.
oggi-who-nobody = Nessuno di oggi.
oggi-search-all = Cerca tra tutti i nuclei
oggi-over = Già concluso.
oggi-enter-present = registra l'arrivo di { $name }
oggi-enter-call = chiama { $name }
oggi-enter-serve = apre la consegna di { $name }
oggi-enter-open = apre il nucleo di { $name }
oggi-busy-title = { $name } è ancora allo sportello
oggi-busy = { $name } resta allo sportello finché la consegna non è conclusa o messa in sospeso. Chiamare anche { $next }?
oggi-busy-do = Chiama anche { $name }
oggi-figure-waiting = in attesa
oggi-figure-longest = attesa più lunga
oggi-figure-due = ancora attesi
oggi-figure-delivered = consegne oggi, qui
oggi-figure-vouchers = buoni in magazzino
oggi-empty = Oggi non ci sono appuntamenti in questa sede.
oggi-absent = Chiamati e non presentati
oggi-next = Prossimo
oggi-next-title = Il prossimo
oggi-in-order = in ordine di chiamata
oggi-none-for-me = { $n ->
    [one] Chi è in attesa aspetta un'altra postazione.
   *[other] I { $n } in attesa aspettano un'altra postazione.
  }
oggi-called-at = chiamata alle { $time }
oggi-served-for = allo sportello da { $time }
oggi-calls = { $n } chiamate
oggi-more = Altre azioni
oggi-more-short = Altro…
oggi-enter-back = rimette in coda { $name }
oggi-figure-serving = allo sportello
oggi-figure-done = conclusi

-- SPDX-License-Identifier: EUPL-1.2
-- What orders of erasure name. Both tables follow from the orders' records, and are made anew with the projections.

-- Households whose records have no bodies, whenever they come. erasure: the order (of several, the lowest); desk: who gave it,
-- and sees to what comes to light later.
CREATE TABLE erased_household (id BLOB PRIMARY KEY, erasure BLOB NOT NULL, desk BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Records that lose their bodies, here or not. remains: what is folded instead, JSON of the same kind and version.
CREATE TABLE erased_record (
  desk BLOB NOT NULL,
  topic TEXT NOT NULL,
  seq INTEGER NOT NULL,
  remains TEXT,
  PRIMARY KEY (desk, topic, seq)
) STRICT, WITHOUT ROWID;

-- Things of households that this desk ordered to be erased, about which something came afterwards: it is looked through, and what
-- says something of a person is added to the order.
CREATE TABLE erasure_late (kind INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;

-- Who looked at which household, when, at which desk, how they came to it (0 search, 1 scan, 2 queue, 3 another way, 4 a table taken out). n: its place in the
-- record that it was noted in.
CREATE TABLE look (
  batch BLOB NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  household BLOB,
  operator BLOB NOT NULL,
  desk BLOB NOT NULL,
  how INTEGER NOT NULL,
  PRIMARY KEY (batch, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX look_at ON look (at);
CREATE INDEX look_household ON look (household, at) WHERE household IS NOT NULL;

-- SPDX-License-Identifier: EUPL-1.2
-- The first schema. What is released is never edited: a change is a new file.
--
-- Pages that a delivery touches are what its speed depends on (each is encrypted, authenticated and synced), so columns that
-- change with it stand in few indexes, and each entity's state stands in the same row as what queries read of it.

-- Few small facts: who this desk is, settings. Values are JSON.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- One log per desk and topic. hlc: the highest clock that came with a foreign record. listed: the sequence up to which the
-- commands of this desk's own log stand in `command`.
CREATE TABLE log (
  id INTEGER PRIMARY KEY,
  desk BLOB NOT NULL,
  topic TEXT NOT NULL,
  hlc INTEGER NOT NULL DEFAULT 0,
  listed INTEGER NOT NULL DEFAULT 0,
  UNIQUE (desk, topic)
) STRICT;

-- The records, byte by byte as they were sealed. place = log << 40 | seq. A body that was erased left its hash and length.
-- answer: what this desk answered to the command that this record is the last one of.
CREATE TABLE journal (
  place INTEGER PRIMARY KEY,
  link BLOB NOT NULL,
  head BLOB NOT NULL,
  body BLOB,
  erased BLOB,
  answer TEXT
) STRICT;

-- Records that are kept and could not be folded: unknown to this version, or not what their head says.
CREATE TABLE unprojected (
  place INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;

-- Another record at a place that was taken: a cloned disk, a restored backup. Nothing is thrown away.
CREATE TABLE fork (
  log INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  link BLOB NOT NULL,
  head BLOB NOT NULL,
  body BLOB,
  erased BLOB,
  PRIMARY KEY (log, seq, link)
) STRICT, WITHOUT ROWID;

-- Commands that were done: where their answer stands in the journal, or, of those that wrote no record, the answer. It lags
-- behind the journal by some hundred commands, which the writer knows by heart: their own page would cost each of them.
CREATE TABLE command (id BLOB PRIMARY KEY, place INTEGER, answer TEXT) STRICT, WITHOUT ROWID;

-- Entities. All five begin alike: identifier, topic of the log they live in, the order of their last event, the places of
-- their records, their state (none while the event that begins them has not come).
CREATE TABLE thing (
  n INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  id BLOB NOT NULL,
  topic TEXT NOT NULL,
  last BLOB NOT NULL,
  places BLOB NOT NULL,
  state TEXT,
  UNIQUE (kind, id)
) STRICT;

CREATE TABLE household (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  last BLOB NOT NULL,
  list_ref TEXT,
  sort_name TEXT,
  quartiere INTEGER,
  places BLOB NOT NULL,
  state TEXT
) STRICT;
CREATE INDEX household_list_ref ON household (list_ref) WHERE list_ref <> '';

-- Identifiers of members, decoded (omocodia undone): more than one person may share a key.
CREATE TABLE member (key TEXT NOT NULL, household BLOB NOT NULL, member BLOB NOT NULL, PRIMARY KEY (key, household, member))
  STRICT, WITHOUT ROWID;

-- Words of names, identifiers, telephone, list reference and street of each household; rowid is household.n.
CREATE VIRTUAL TABLE household_words USING fts5(
  words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'ascii'
);

CREATE TABLE entitlement (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  last BLOB NOT NULL,
  campaign BLOB,
  household BLOB,
  status INTEGER,
  amount INTEGER,
  delivered INTEGER,
  holder BLOB,
  request_to BLOB,
  places BLOB NOT NULL,
  state TEXT
) STRICT;
CREATE INDEX entitlement_campaign ON entitlement (campaign, household, status, amount, delivered);
CREATE INDEX entitlement_household ON entitlement (household);
CREATE INDEX entitlement_request ON entitlement (request_to) WHERE request_to IS NOT NULL;

-- Deliveries by desk and day (text, Italy). reversed: 0 no, 1 and the vouchers came back, 2 and they did not.
CREATE TABLE delivery (
  desk BLOB NOT NULL,
  day TEXT NOT NULL,
  at INTEGER NOT NULL,
  id BLOB NOT NULL,
  entitlement BLOB NOT NULL,
  campaign BLOB NOT NULL,
  amount INTEGER NOT NULL,
  reversed INTEGER NOT NULL,
  PRIMARY KEY (desk, day, at, id, entitlement)
) STRICT, WITHOUT ROWID;

-- Runs of serials. source: 0 what a desk was supplied with and did not remove, 1 a delivery whose vouchers are out. Long runs
-- (more than 512) are few and stand apart: an overlap is then found between two bounds.
CREATE TABLE run (
  campaign BLOB NOT NULL,
  series TEXT NOT NULL,
  width INTEGER NOT NULL,
  long INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  source INTEGER NOT NULL,
  owner BLOB NOT NULL,
  desk BLOB NOT NULL,
  delivery BLOB NOT NULL,
  PRIMARY KEY (campaign, series, width, long, first, last, source, owner, delivery)
) STRICT, WITHOUT ROWID;

CREATE TABLE anomaly (
  id BLOB NOT NULL,
  entitlement BLOB NOT NULL,
  campaign BLOB NOT NULL,
  kind INTEGER NOT NULL,
  open INTEGER NOT NULL,
  at INTEGER NOT NULL,
  desk BLOB NOT NULL,
  delivery BLOB NOT NULL,
  PRIMARY KEY (open DESC, at, id)
) STRICT, WITHOUT ROWID;

-- start: wall time in Italy, YYYY-MM-DDTHH:MM. turnout: 1 presented (and not called off), 2 missed, 0 neither.
CREATE TABLE appointment (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  last BLOB NOT NULL,
  site BLOB,
  start TEXT,
  household BLOB,
  service BLOB,
  entitlement BLOB,
  code TEXT,
  turnout INTEGER,
  status INTEGER,
  places BLOB NOT NULL,
  state TEXT
) STRICT;
CREATE INDEX appointment_agenda ON appointment (site, start);
CREATE INDEX appointment_household ON appointment (household, start) WHERE household IS NOT NULL;
CREATE INDEX appointment_code ON appointment (code);
CREATE INDEX appointment_turnout ON appointment (turnout, service, household, entitlement) WHERE turnout > 0;

-- What stands below is this desk's own and no part of any record.

CREATE TABLE draft (entitlement BLOB PRIMARY KEY, at INTEGER NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- How far the centre has said that it keeps each of this desk's logs.
CREATE TABLE acknowledged (log INTEGER PRIMARY KEY, seq INTEGER NOT NULL, link BLOB NOT NULL, at INTEGER NOT NULL) STRICT;

CREATE TABLE story (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  entry TEXT NOT NULL
) STRICT;

CREATE TABLE certificate (desk BLOB PRIMARY KEY, version INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE presence (
  desk BLOB PRIMARY KEY,
  seen_at INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  skew INTEGER NOT NULL,
  version TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- SPDX-License-Identifier: EUPL-1.2
-- An order says which body it means: of a log that was copied two records may stand at one place. Filled anew from the journal, like all
-- projections, when the program that knows this schema first opens the file.
DROP TABLE erased_record;

-- Records that lose their bodies, here or not. body: the first half of the body's hash; empty: whatever stands there. remains: what is
-- folded instead, JSON of the same kind and version.
CREATE TABLE erased_record (
  desk BLOB NOT NULL,
  topic TEXT NOT NULL,
  seq INTEGER NOT NULL,
  body BLOB NOT NULL,
  remains TEXT,
  PRIMARY KEY (desk, topic, seq, body)
) STRICT, WITHOUT ROWID;

-- SPDX-License-Identifier: EUPL-1.2
-- What a desk handed over on a day is read from the runs that it handed over: a row of its own for each delivery was one more page
-- to encrypt and to write while somebody waits at the counter.
DROP TABLE delivery;

-- Filled anew from the journal, like all projections, when the program that knows this schema first opens the file.
DROP TABLE run;

-- Runs of serials. source: 0 what a desk was supplied with and did not remove, 1 a delivery whose vouchers are out. Long runs
-- (more than 512) are few and stand apart: an overlap is then found between two bounds. at: when it was handed over, 0 for supply.
-- reversed: 1 when the delivery was taken back and its vouchers were not.
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
  at INTEGER NOT NULL,
  reversed INTEGER NOT NULL,
  PRIMARY KEY (campaign, series, width, long, first, last, source, owner, delivery)
) STRICT, WITHOUT ROWID;

-- The log that the counter writes goes to the end of the journal, where a record costs one page: in the middle SQLite shares out
-- full pages anew with nearly every record. Logs lie in the journal by number; this is the number that such a log has from now on.
CREATE TEMP TABLE moved AS
  SELECT min(l.id) AS id, 8192 - min(l.id) AS rise FROM log l
  WHERE l.topic LIKE 'q%' AND l.desk = (SELECT unhex(json_extract(value, '$.desk'), '-') FROM meta WHERE key = 'identity')
    AND NOT EXISTS (SELECT 1 FROM log WHERE id >= 8192)
  HAVING count(*) > 0;
UPDATE journal SET place = place + ((SELECT rise FROM moved) << 40)
  WHERE place >> 40 = (SELECT id FROM moved);
UPDATE command SET place = place + ((SELECT rise FROM moved) << 40)
  WHERE place >> 40 = (SELECT id FROM moved);
UPDATE signed_head SET place = place + ((SELECT rise FROM moved) << 40)
  WHERE place >> 40 = (SELECT id FROM moved);
UPDATE unprojected SET place = place + ((SELECT rise FROM moved) << 40)
  WHERE place >> 40 = (SELECT id FROM moved);
UPDATE fork SET log = 8192 WHERE log = (SELECT id FROM moved);
UPDATE acknowledged SET log = 8192 WHERE log = (SELECT id FROM moved);
UPDATE log SET id = 8192 WHERE id = (SELECT id FROM moved);
DROP TABLE moved;

-- SPDX-License-Identifier: EUPL-1.2
-- What is decided of an anomaly is written of the case that it is, and stands no more among the entitlement's own.
DROP TABLE anomaly;

-- Filled anew from the journal, like all projections, when the program that knows this schema first opens the file.
CREATE TABLE anomaly (
  id BLOB PRIMARY KEY,
  entitlement BLOB NOT NULL,
  campaign BLOB NOT NULL,
  kind INTEGER NOT NULL,
  at INTEGER NOT NULL,
  desk BLOB NOT NULL,
  delivery BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Deliveries that somebody collected with a delega and that were not taken back. who: the delegate, by the tax code where one was
-- given, else by the number of the document.
CREATE TABLE delegate (
  campaign BLOB NOT NULL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL,
  delivery BLOB NOT NULL,
  entitlement BLOB NOT NULL,
  PRIMARY KEY (campaign, who, at, delivery, entitlement)
) STRICT, WITHOUT ROWID;

-- SPDX-License-Identifier: EUPL-1.2
-- Heads that other desks signed, so that their records can be handed on to a third without the centre. place as in journal;
-- weight: bytes of the records that each vouches for beyond the one before it.
CREATE TABLE signed_head (place INTEGER PRIMARY KEY, signature BLOB NOT NULL, weight INTEGER NOT NULL) STRICT;

-- SPDX-License-Identifier: EUPL-1.2
-- The newest version of the protocol that a desk said it speaks. Whoever has not said it since speaks no newer one than 2.
ALTER TABLE presence ADD COLUMN speaks BIGINT NOT NULL DEFAULT 2;

INSERT INTO schema_version (version) VALUES (3);

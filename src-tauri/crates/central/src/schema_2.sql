-- SPDX-License-Identifier: EUPL-1.2
-- What orders of erasure name. One row for each list that was put in force: how many there are says whether anything was
-- added since one looked.
CREATE TABLE erasure (
    desk BLOB NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (desk, seq)
);

-- Records whose bodies go, here or not.
CREATE TABLE erased_record (
    desk BLOB NOT NULL,
    topic TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (desk, topic, seq)
);

-- Households all of whose records lose their bodies, whenever they come.
CREATE TABLE erased_household (id BLOB NOT NULL PRIMARY KEY);

INSERT INTO schema_version (version) VALUES (2);

-- SPDX-License-Identifier: EUPL-1.2
-- Plain SQL: no serial of everything, no triggers, no foreign keys. Times are milliseconds since 1970 (UTC).
CREATE TABLE schema_version (version BIGINT NOT NULL PRIMARY KEY);
INSERT INTO schema_version (version) VALUES (1);

CREATE TABLE office (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    directory BIGINT NOT NULL
);

CREATE TABLE desk (
    id BLOB NOT NULL PRIMARY KEY,
    site BLOB NOT NULL,
    site_code TEXT NOT NULL,
    name TEXT NOT NULL,
    reads TEXT NOT NULL,          -- names of topics, separated by commas
    supervises BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    public_key BLOB,              -- these three once it is enrolled
    certificate BLOB,
    signature BLOB,
    version BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE code (
    hash BLOB NOT NULL PRIMARY KEY,
    desk BLOB NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE presence (
    desk BLOB NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    skew BIGINT NOT NULL,
    version TEXT NOT NULL
);

CREATE TABLE log (
    desk BLOB NOT NULL,
    topic TEXT NOT NULL,
    seq BIGINT NOT NULL,
    link BLOB NOT NULL,
    stopped TEXT,
    PRIMARY KEY (desk, topic)
);

-- Records as they were handed over: CBOR items one after the other, up to a head that the writer signed.
CREATE TABLE segment (
    desk BLOB NOT NULL,
    topic TEXT NOT NULL,
    last BIGINT NOT NULL,
    first BIGINT NOT NULL,
    link_before BLOB NOT NULL,
    link_after BLOB NOT NULL,
    signature BLOB NOT NULL,
    records BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (desk, topic, last)
);

CREATE TABLE refused (
    desk BLOB NOT NULL,
    topic TEXT NOT NULL,
    seq BIGINT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (desk, topic, seq)
);

CREATE TABLE fork (
    desk BLOB NOT NULL,
    topic TEXT NOT NULL,
    link_after BLOB NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    signature BLOB NOT NULL,
    records BLOB NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (desk, topic, link_after)
);

-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Investigations. Items carry revisions of their own: a stale write is refused with the newer state.

CREATE SCHEMA chrona_case;

CREATE TABLE chrona_case.investigation (
    id         bigint PRIMARY KEY,
    title      text NOT NULL,
    question   text NOT NULL,
    state      smallint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    as_of      timestamptz,
    revision   integer NOT NULL CHECK (revision >= 1)
);

CREATE TABLE chrona_case.pin (
    id               bigint PRIMARY KEY,
    investigation_id bigint NOT NULL REFERENCES chrona_case.investigation ON DELETE CASCADE,
    target           jsonb NOT NULL,
    content_hash     bytea NOT NULL CHECK (octet_length(content_hash) = 16),
    pinned_at        timestamptz NOT NULL,
    caption          text NOT NULL,
    x                real NOT NULL,
    y                real NOT NULL,
    revision         integer NOT NULL CHECK (revision >= 1)
);
CREATE INDEX ON chrona_case.pin (investigation_id);

CREATE TABLE chrona_case.note (
    id               bigint PRIMARY KEY,
    investigation_id bigint NOT NULL REFERENCES chrona_case.investigation ON DELETE CASCADE,
    kind             smallint NOT NULL,
    text             text NOT NULL,
    arguments        jsonb NOT NULL,
    confidence       real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    x                real NOT NULL,
    y                real NOT NULL,
    revision         integer NOT NULL CHECK (revision >= 1)
);
CREATE INDEX ON chrona_case.note (investigation_id);

CREATE TABLE chrona_case.saved_view (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    content    jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    revision   integer NOT NULL DEFAULT 1 CHECK (revision >= 1)
);

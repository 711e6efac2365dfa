-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Investigations as flat items (ADR 0061). The tables of 0005 had a shape for each kind of thing and
-- nothing ever wrote into them.

DROP TABLE chrona_case.note, chrona_case.pin, chrona_case.saved_view, chrona_case.investigation;

CREATE TABLE chrona_case.investigation (
    id         bigint PRIMARY KEY,
    state      smallint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

-- Ids come from whoever made the item, so they are unique within an investigation only: a file
-- cannot name another's. What is removed stays, so that a merge does not bring it back.
CREATE TABLE chrona_case.item (
    investigation_id bigint NOT NULL REFERENCES chrona_case.investigation ON DELETE CASCADE,
    id               bigint NOT NULL,
    kind             smallint NOT NULL,
    revision         bigint NOT NULL CHECK (revision >= 1),
    removed          boolean NOT NULL,
    created_at       timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL,
    hash             bytea NOT NULL CHECK (octet_length(hash) = 16),
    title            text NOT NULL,
    body             text NOT NULL,
    tags             text[] NOT NULL,
    pin_kind         smallint NOT NULL,
    target_id        bigint NOT NULL,
    target_key       text NOT NULL,
    label            text NOT NULL,
    query            text NOT NULL,
    window_begin     timestamptz,
    window_end       timestamptz,
    west             double precision,
    south            double precision,
    east             double precision,
    north            double precision,
    event_types      bigint NOT NULL,
    from_item        bigint NOT NULL,
    to_item          bigint NOT NULL,
    bearing          smallint NOT NULL,
    strength         real NOT NULL CHECK (strength BETWEEN 0 AND 1),
    confidence       real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    x                real NOT NULL,
    y                real NOT NULL,
    evidence         bytea NOT NULL CHECK (octet_length(evidence) = 16),
    copy_of          bigint NOT NULL,
    withheld         boolean NOT NULL,
    PRIMARY KEY (investigation_id, id)
);
-- "Which investigations hold this event?"
CREATE INDEX ON chrona_case.item (target_id) WHERE kind = 1 AND NOT removed;

-- A thing as it was when it was pinned, byte by byte: the hash is of that text. Empty: withheld by
-- its source's terms, known by its hash only.
CREATE TABLE chrona_case.evidence (
    investigation_id bigint NOT NULL REFERENCES chrona_case.investigation ON DELETE CASCADE,
    hash             bytea NOT NULL CHECK (octet_length(hash) = 16),
    content          text NOT NULL,
    taken_at         timestamptz NOT NULL,
    source           text NOT NULL,
    attribution      text NOT NULL,
    licence          text NOT NULL,
    redistribution   smallint NOT NULL,
    synthetic        boolean NOT NULL,
    PRIMARY KEY (investigation_id, hash)
);

-- The journal of own work. The hashes are of what items said after each step: a merge learns from
-- them which of two versions came from the other.
CREATE TABLE chrona_case.step (
    investigation_id bigint NOT NULL REFERENCES chrona_case.investigation ON DELETE CASCADE,
    item_id          bigint NOT NULL,
    at               timestamptz NOT NULL,
    kind             smallint NOT NULL,
    action           smallint NOT NULL,
    revision         bigint NOT NULL,
    hash             bytea NOT NULL CHECK (octet_length(hash) = 16),
    summary          text NOT NULL,
    PRIMARY KEY (investigation_id, item_id, at, hash)
);
CREATE INDEX ON chrona_case.step (investigation_id, at);

-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What is told each day and each hour, and what a person wants to hear of.

CREATE SCHEMA chrona_brief;

-- Each revision stays: what a desk forwarded yesterday can be shown as it was. `json` keeps the text as
-- it is written, byte by byte, which jsonb would not; the hash is of that text.
CREATE TABLE chrona_brief.briefing (
    day       date NOT NULL,
    revision  integer NOT NULL CHECK (revision >= 1),
    known_at  timestamptz NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    title     text NOT NULL,
    hash      bytea NOT NULL CHECK (octet_length(hash) = 16),
    synthetic boolean NOT NULL,
    document  json NOT NULL,
    PRIMARY KEY (day, revision)
);

-- `state` is what was told up to then, as the service writes it: the next hour goes on from it.
CREATE TABLE chrona_brief.hourly_update (
    hour      timestamptz PRIMARY KEY,
    known_at  timestamptz NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    synthetic boolean NOT NULL,
    document  json NOT NULL,
    alerts    json NOT NULL,
    state     bytea NOT NULL
);

-- A list that ships and was removed stays, hidden, so that it does not come back with the next start.
CREATE TABLE chrona_brief.watchlist (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    revision   integer NOT NULL DEFAULT 1 CHECK (revision >= 1),
    updated_at timestamptz NOT NULL DEFAULT now(),
    is_shipped boolean NOT NULL DEFAULT false,
    is_hidden  boolean NOT NULL DEFAULT false
);

-- node: the key of what is watched, as exposures name it: "instrument:SPY", "country:JP".
CREATE TABLE chrona_brief.watch_item (
    watchlist_id bigint NOT NULL REFERENCES chrona_brief.watchlist ON DELETE CASCADE,
    position     integer NOT NULL,
    node         text NOT NULL,
    note         text NOT NULL,
    added_at     timestamptz NOT NULL,
    PRIMARY KEY (watchlist_id, node)
);

-- A person's rules; they stand over the table that ships. Weight 0 switches a shipped rule off.
CREATE TABLE chrona_brief.exposure (
    from_node  text NOT NULL,
    to_node    text NOT NULL,
    weight     double precision NOT NULL CHECK (weight BETWEEN 0 AND 1),
    why        text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (from_node, to_node)
);

-- SPDX-License-Identifier: AGPL-3.0-or-later
-- People's own feeds, and the stories that reports tell together.

ALTER TABLE chrona_world.source ADD COLUMN address text NOT NULL DEFAULT '';

-- Named after its first event; the rest sums up its members.
CREATE TABLE chrona_world.cluster (
    id                 bigint PRIMARY KEY,
    title              text NOT NULL,
    representative     bigint NOT NULL,
    type               smallint NOT NULL,
    region             text NOT NULL,
    first_at           timestamptz NOT NULL,
    last_at            timestamptz NOT NULL,
    first_seen_at      timestamptz NOT NULL,
    publisher_families integer NOT NULL CHECK (publisher_families >= 1),
    member_count       integer NOT NULL CHECK (member_count >= 1),
    confidence         real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    novelty            real NOT NULL CHECK (novelty BETWEEN 0 AND 1),
    synthetic          boolean NOT NULL
);
CREATE INDEX ON chrona_world.cluster (last_at DESC, id DESC);

CREATE TABLE chrona_world.cluster_member (
    event_id     bigint PRIMARY KEY,
    cluster_id   bigint NOT NULL REFERENCES chrona_world.cluster ON DELETE CASCADE
                 DEFERRABLE INITIALLY DEFERRED,
    observed_at  timestamptz NOT NULL,
    known_at     timestamptz NOT NULL,
    family       text NOT NULL,
    similarity   real NOT NULL CHECK (similarity BETWEEN 0 AND 1),
    novelty      real NOT NULL CHECK (novelty BETWEEN 0 AND 1),
    duplicate_of bigint
);
CREATE INDEX ON chrona_world.cluster_member (cluster_id);
CREATE INDEX ON chrona_world.cluster_member (observed_at);

-- Of which reports a day's stories were made: a day whose reports are others now is made anew.
CREATE TABLE chrona_world.cluster_day (
    day         timestamptz PRIMARY KEY,
    reports     bigint NOT NULL,
    fingerprint bigint NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now()
);

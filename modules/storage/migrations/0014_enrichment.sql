-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What people put right, what is learned from it, and what enrichment has decided and found.

-- A person's word about one event; enumerations as in schema. The text is kept beside it, so that
-- it can be learned from when the event has gone. What the links were before is given back when the
-- word is taken back.
CREATE TABLE chrona_world.correction (
    event_id    bigint NOT NULL,
    kind        smallint NOT NULL CHECK (kind BETWEEN 0 AND 3),
    subject     text NOT NULL,
    value       text NOT NULL,
    made_at     timestamptz NOT NULL,
    title       text NOT NULL,
    summary     text NOT NULL,
    publisher   text NOT NULL,
    was_entities bigint[] NOT NULL DEFAULT '{}',
    was_roles    smallint[] NOT NULL DEFAULT '{}',
    was_weights  real[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (event_id, kind, subject)
);
CREATE INDEX ON chrona_world.correction (made_at);

-- Models that learned from corrections, with their score on corrections that were held out.
CREATE TABLE chrona_world.learned_model (
    name        text PRIMARY KEY,
    made_at     timestamptz NOT NULL,
    corrections bigint NOT NULL,
    examples    bigint NOT NULL,
    labels      bigint NOT NULL,
    score       double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
    baseline    double precision NOT NULL CHECK (baseline BETWEEN 0 AND 1),
    is_used     boolean NOT NULL,
    bytes       bytea NOT NULL
);

-- Whether costly steps are spent on a report. States: 0 not worth it, 1 deferred, 2 admitted and
-- waiting, 3 done, 4 given up.
CREATE TABLE chrona_world.enrichment (
    event_id    bigint PRIMARY KEY,
    observed_at timestamptz NOT NULL,
    state       smallint NOT NULL CHECK (state BETWEEN 0 AND 4),
    relevance   real NOT NULL CHECK (relevance BETWEEN 0 AND 1),
    novelty     real NOT NULL CHECK (novelty BETWEEN 0 AND 1),
    decided_at  timestamptz NOT NULL,
    tries       smallint NOT NULL DEFAULT 0,
    asked       bytea -- which model_answer is about it
);
CREATE INDEX ON chrona_world.enrichment (state, observed_at) WHERE state IN (1, 2);
CREATE INDEX ON chrona_world.enrichment (decided_at);
CREATE INDEX ON chrona_world.enrichment (observed_at);

-- Vectors of unit length, a signed byte for each dimension.
CREATE TABLE chrona_world.embedding (
    number      bigint GENERATED ALWAYS AS IDENTITY, -- grows with every change
    event_id    bigint NOT NULL,
    model       text NOT NULL,
    observed_at timestamptz NOT NULL,
    vector      bytea NOT NULL,
    PRIMARY KEY (event_id, model)
);
CREATE INDEX ON chrona_world.embedding (model, number);
CREATE INDEX ON chrona_world.embedding (observed_at);

-- What a language model answered, by what it was asked: the same headline is not asked twice.
CREATE TABLE chrona_world.model_answer (
    asked   bytea PRIMARY KEY CHECK (octet_length(asked) = 16),
    model   text NOT NULL,
    topic   text NOT NULL,
    line    text NOT NULL,
    entities text[] NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX ON chrona_world.model_answer (made_at);

-- By UTC hour, so that the budget of a day and the cap of an hour outlive the process.
CREATE TABLE chrona_ops.model_spending (
    hour       timestamptz PRIMARY KEY,
    calls      bigint NOT NULL DEFAULT 0,
    tokens     bigint NOT NULL DEFAULT 0,
    cache_hits bigint NOT NULL DEFAULT 0,
    refused    bigint NOT NULL DEFAULT 0
);

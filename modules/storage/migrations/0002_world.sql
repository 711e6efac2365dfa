-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Sources and what they said: the raw log, entities, and events with every revision.
-- Enumerations are numbers of schema's enums, which are append-only.

CREATE SCHEMA chrona_world;

CREATE TABLE chrona_world.source (
    id               bigint PRIMARY KEY,
    key              text NOT NULL UNIQUE,
    name             text NOT NULL,
    connector        text NOT NULL,
    homepage         text NOT NULL,
    licence          text NOT NULL,
    terms_url        text NOT NULL,
    terms_checked_on text NOT NULL,
    redistribution   smallint NOT NULL,
    retention        smallint NOT NULL,
    attribution      text NOT NULL,
    requests_per_second double precision NOT NULL CHECK (requests_per_second > 0),
    burst            integer NOT NULL CHECK (burst >= 1),
    requests_per_day integer,
    concurrent_max   integer NOT NULL CHECK (concurrent_max >= 1),
    user_agent_rule  text NOT NULL,
    auth             smallint NOT NULL,
    publisher_family text NOT NULL,
    cadence_us       bigint NOT NULL CHECK (cadence_us >= 0),
    mode             smallint NOT NULL,
    hosts            text[] NOT NULL,
    is_enabled       boolean NOT NULL,
    synthetic        boolean NOT NULL
);

-- Where the next fetch goes on; changes in the transaction that appends what was fetched.
CREATE TABLE chrona_world.source_cursor (
    source_id  bigint PRIMARY KEY REFERENCES chrona_world.source ON DELETE CASCADE,
    position   text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE chrona_ops.source_health (
    source_id       bigint PRIMARY KEY REFERENCES chrona_world.source ON DELETE CASCADE,
    state           smallint NOT NULL,
    last_success_at timestamptz,
    last_attempt_at timestamptz,
    next_run_at     timestamptz,
    last_error      text NOT NULL,
    failures_in_row bigint NOT NULL,
    items_total     bigint NOT NULL,
    requests_today  bigint NOT NULL
);

-- The append-only log. xid tells readers which rows are settled: a row with a smaller id may commit
-- later, a row of a settled transaction cannot.
CREATE TABLE chrona_world.raw_item (
    xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id           bigint GENERATED ALWAYS AS IDENTITY,
    appended_at  timestamptz NOT NULL DEFAULT now(),
    fetched_at   timestamptz NOT NULL,
    published_at timestamptz,
    source_id    bigint NOT NULL,
    source_ref   text NOT NULL,
    kind         text NOT NULL,
    url          text NOT NULL,
    content_type text NOT NULL,
    payload      bytea NOT NULL
) PARTITION BY RANGE (appended_at);
CREATE TABLE chrona_world.raw_item_default PARTITION OF chrona_world.raw_item DEFAULT;
CREATE INDEX ON chrona_world.raw_item (xid, id);
CREATE INDEX ON chrona_world.raw_item USING brin (appended_at) WITH (autosummarize = on);
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_world.raw_item', 'appended_at', 'day', 7, NULL, true);

-- The latest payload of each reference, so that an unchanged one is not appended again.
CREATE TABLE chrona_world.raw_latest (
    source_id    bigint NOT NULL,
    ref_hash     bytea NOT NULL CHECK (octet_length(ref_hash) = 16),
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 16),
    seen_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_id, ref_hash)
);

CREATE TABLE chrona_world.raw_cursor (
    name       text PRIMARY KEY,
    xid        xid8 NOT NULL,
    id         bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- Items that cannot be read, whole, so that a mended connector can try again.
CREATE TABLE chrona_world.raw_quarantine (
    xid          xid8 NOT NULL,
    id           bigint NOT NULL,
    at           timestamptz NOT NULL DEFAULT now(),
    reason       text NOT NULL,
    source_id    bigint NOT NULL,
    source_ref   text NOT NULL,
    kind         text NOT NULL,
    url          text NOT NULL,
    content_type text NOT NULL,
    fetched_at   timestamptz NOT NULL,
    published_at timestamptz,
    payload      bytea NOT NULL,
    PRIMARY KEY (xid, id)
);

CREATE TABLE chrona_world.entity (
    id         bigint PRIMARY KEY,
    kind       smallint NOT NULL,
    key        text NOT NULL UNIQUE,
    name       text NOT NULL,
    longitude  double precision CHECK (longitude BETWEEN -180 AND 180),
    latitude   double precision CHECK (latitude BETWEEN -90 AND 90),
    attributes jsonb NOT NULL,
    synthetic  boolean NOT NULL
);
CREATE INDEX ON chrona_world.entity (lower(name) text_pattern_ops);
CREATE INDEX ON chrona_world.entity (kind);

CREATE TABLE chrona_world.entity_alias (
    entity_id bigint NOT NULL REFERENCES chrona_world.entity ON DELETE CASCADE,
    alias     text NOT NULL,
    position  integer NOT NULL,
    PRIMARY KEY (entity_id, alias)
);
CREATE INDEX ON chrona_world.entity_alias (lower(alias) text_pattern_ops);

CREATE TABLE chrona_world.entity_external_id (
    entity_id bigint NOT NULL REFERENCES chrona_world.entity ON DELETE CASCADE,
    scheme    text NOT NULL,
    value     text NOT NULL,
    position  integer NOT NULL,
    PRIMARY KEY (entity_id, scheme, value)
);
CREATE INDEX ON chrona_world.entity_external_id (scheme, value);

-- Identity. A partitioned table cannot hold a key without its partition column, so the claim on a key
-- is made here, first, in the transaction that writes the event.
CREATE TABLE chrona_world.event_key (
    source_id    bigint NOT NULL,
    hash         bytea NOT NULL CHECK (octet_length(hash) = 16),
    event_id     bigint NOT NULL,
    observed_at  timestamptz NOT NULL,
    content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 16),
    PRIMARY KEY (source_id, hash)
);

CREATE TABLE chrona_world.event (
    id            bigint NOT NULL,
    observed_at   timestamptz NOT NULL,
    available_at  timestamptz NOT NULL,
    ingested_at   timestamptz NOT NULL,
    published_at  timestamptz,
    ends_at       timestamptz,
    source_id     bigint NOT NULL,
    assumed_lag_us bigint NOT NULL,
    longitude     double precision,
    latitude      double precision,
    confidence    real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    severity      real NOT NULL CHECK (severity BETWEEN 0 AND 1),
    revision      integer NOT NULL CHECK (revision >= 1),
    type          smallint NOT NULL,
    basis         smallint NOT NULL CHECK (basis BETWEEN 0 AND 2),
    state         smallint NOT NULL CHECK (state BETWEEN 0 AND 2),
    synthetic     boolean NOT NULL,
    region        text NOT NULL,
    title         text NOT NULL,
    summary       text NOT NULL,
    source_ref    text NOT NULL,
    url           text NOT NULL,
    content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 16),
    attributes    jsonb,
    geometry      bytea -- lines, areas, many points; a single point is in longitude and latitude
) PARTITION BY RANGE (observed_at);
CREATE TABLE chrona_world.event_before PARTITION OF chrona_world.event
    FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');
CREATE TABLE chrona_world.event_default PARTITION OF chrona_world.event DEFAULT;
CREATE INDEX ON chrona_world.event (id);
CREATE INDEX ON chrona_world.event (observed_at, id);
CREATE INDEX ON chrona_world.event USING brin (ingested_at) WITH (autosummarize = on);
INSERT INTO chrona_ops.partition_rule
    VALUES ('chrona_world.event', 'observed_at', 'quarter', 8, '2000-01-01 00:00:00+00', false);

-- What the source said before, with its links, until superseded_at.
CREATE TABLE chrona_world.event_revision (
    LIKE chrona_world.event INCLUDING CONSTRAINTS,
    superseded_at  timestamptz NOT NULL,
    entity_ids     bigint[] NOT NULL,
    entity_roles   smallint[] NOT NULL,
    entity_weights real[] NOT NULL,
    PRIMARY KEY (id, revision)
);
CREATE INDEX ON chrona_world.event_revision (observed_at);

CREATE TABLE chrona_world.event_entity (
    event_id    bigint NOT NULL,
    observed_at timestamptz NOT NULL,
    entity_id   bigint NOT NULL,
    weight      real NOT NULL CHECK (weight BETWEEN 0 AND 1),
    role        smallint NOT NULL,
    position    smallint NOT NULL
) PARTITION BY RANGE (observed_at);
CREATE TABLE chrona_world.event_entity_before PARTITION OF chrona_world.event_entity
    FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');
CREATE TABLE chrona_world.event_entity_default PARTITION OF chrona_world.event_entity DEFAULT;
CREATE INDEX ON chrona_world.event_entity (event_id);
CREATE INDEX ON chrona_world.event_entity (entity_id, observed_at);
INSERT INTO chrona_ops.partition_rule
    VALUES ('chrona_world.event_entity', 'observed_at', 'quarter', 8, '2000-01-01 00:00:00+00', false);

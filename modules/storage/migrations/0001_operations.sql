-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What keeps the house running: how tables are cut, jobs, keys, audit, backups.

-- How a table is cut into ranges of time. Rows before floor_at share one partition; rows that no range
-- takes go to the default partition, which raises an alarm.
CREATE TABLE chrona_ops.partition_rule (
    table_name  text PRIMARY KEY CHECK (table_name ~ '^chrona_[a-z]+\.[a-z_]+$'),
    key_column  text NOT NULL CHECK (key_column ~ '^[a-z_]+$'),
    width       text NOT NULL CHECK (width IN ('day', 'month', 'quarter', 'year')),
    ahead       smallint NOT NULL CHECK (ahead BETWEEN 1 AND 40),
    floor_at    timestamptz,
    may_expire  boolean NOT NULL
);

-- Live work only: finished jobs go to job_history, so that claims stay quick.
CREATE TABLE chrona_ops.job (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue        text NOT NULL,
    kind         text NOT NULL,
    payload      jsonb NOT NULL DEFAULT '{}',
    unique_key   text,
    priority     smallint NOT NULL DEFAULT 100,
    state        text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'running')),
    run_at       timestamptz NOT NULL DEFAULT now(),
    deadline_at  timestamptz,
    attempt      integer NOT NULL DEFAULT 0,
    attempts_max integer NOT NULL DEFAULT 10 CHECK (attempts_max >= 1),
    lease_until  timestamptz,
    worker       text,
    progress     real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    progress_note text NOT NULL DEFAULT '',
    checkpoint   jsonb,
    cancel_asked boolean NOT NULL DEFAULT false,
    is_dirty     boolean NOT NULL DEFAULT false,
    last_error   text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    started_at   timestamptz,
    CHECK (state <> 'running' OR (lease_until IS NOT NULL AND worker IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0);
CREATE INDEX job_claim ON chrona_ops.job (queue, priority, run_at, id) WHERE state = 'ready';
CREATE INDEX job_lease ON chrona_ops.job (lease_until) WHERE state = 'running';
CREATE UNIQUE INDEX job_unique ON chrona_ops.job (queue, unique_key) WHERE unique_key IS NOT NULL;

CREATE TABLE chrona_ops.job_history (
    id           bigint NOT NULL,
    queue        text NOT NULL,
    kind         text NOT NULL,
    payload      jsonb NOT NULL,
    unique_key   text,
    priority     smallint NOT NULL,
    outcome      text NOT NULL CHECK (outcome IN ('done', 'dead', 'cancelled', 'expired')),
    attempt      integer NOT NULL,
    attempts_max integer NOT NULL,
    last_error   text,
    result       jsonb,
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, finished_at)
) PARTITION BY RANGE (finished_at);
CREATE TABLE chrona_ops.job_history_default PARTITION OF chrona_ops.job_history DEFAULT;
CREATE INDEX ON chrona_ops.job_history (outcome, finished_at);
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_ops.job_history', 'finished_at', 'month', 2, NULL, true);

CREATE TABLE chrona_ops.job_schedule (
    name        text PRIMARY KEY,
    queue       text NOT NULL,
    kind        text NOT NULL,
    payload     jsonb NOT NULL DEFAULT '{}',
    cron        text NOT NULL,
    is_enabled  boolean NOT NULL DEFAULT true,
    next_run_at timestamptz NOT NULL,
    last_run_at timestamptz
);

-- Only hashes of keys are kept.
CREATE TABLE chrona_ops.api_key (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text NOT NULL UNIQUE,
    key_hash     bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
    scopes       text[] NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);

CREATE TABLE chrona_ops.audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    actor   text NOT NULL,
    action  text NOT NULL,
    subject text NOT NULL DEFAULT '',
    detail  jsonb
);
CREATE INDEX ON chrona_ops.audit USING brin (at);

CREATE TABLE chrona_ops.backup (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('base', 'wal', 'dump')),
    state       text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    location    text NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    verified_at timestamptz,
    bytes       bigint,
    sha256      bytea CHECK (octet_length(sha256) = 32),
    error       text
);

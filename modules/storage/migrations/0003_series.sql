-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Numbers in time: instruments with bars, series with observations, each with what was known when.

CREATE SCHEMA chrona_series;

CREATE TABLE chrona_series.instrument (
    id        bigint PRIMARY KEY,
    symbol    text NOT NULL UNIQUE,
    name      text NOT NULL,
    class     smallint NOT NULL,
    currency  text NOT NULL,
    calendar  text NOT NULL,
    entity_id bigint NOT NULL,
    is_target boolean NOT NULL,
    synthetic boolean NOT NULL
);

-- ingested_at is part of the key: a correction that became available at the same assumed moment stands
-- beside what it corrects.
CREATE TABLE chrona_series.price_bar (
    instrument_id  bigint NOT NULL,
    opens_at       timestamptz NOT NULL,
    observed_at    timestamptz NOT NULL,
    available_at   timestamptz NOT NULL,
    ingested_at    timestamptz NOT NULL,
    published_at   timestamptz,
    assumed_lag_us bigint NOT NULL,
    open           double precision NOT NULL,
    high           double precision NOT NULL,
    low            double precision NOT NULL,
    close          double precision NOT NULL,
    volume         double precision NOT NULL,
    adjusted_close double precision NOT NULL,
    frequency      smallint NOT NULL,
    basis          smallint NOT NULL CHECK (basis BETWEEN 0 AND 2),
    PRIMARY KEY (instrument_id, frequency, opens_at, available_at, ingested_at)
) PARTITION BY RANGE (opens_at);
CREATE TABLE chrona_series.price_bar_before PARTITION OF chrona_series.price_bar
    FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');
CREATE TABLE chrona_series.price_bar_default PARTITION OF chrona_series.price_bar DEFAULT;
CREATE INDEX ON chrona_series.price_bar USING brin (ingested_at) WITH (autosummarize = on);
INSERT INTO chrona_ops.partition_rule
    VALUES ('chrona_series.price_bar', 'opens_at', 'year', 2, '2000-01-01 00:00:00+00', false);

CREATE TABLE chrona_series.series (
    id           bigint PRIMARY KEY,
    key          text NOT NULL UNIQUE,
    name         text NOT NULL,
    unit         text NOT NULL,
    frequency    smallint NOT NULL,
    region       text NOT NULL,
    vintage_rule smallint NOT NULL,
    source_id    bigint NOT NULL,
    metric       text NOT NULL,
    synthetic    boolean NOT NULL
);
CREATE INDEX ON chrona_series.series (metric, region);

CREATE TABLE chrona_series.observation (
    series_id      bigint NOT NULL,
    observed_at    timestamptz NOT NULL,
    available_at   timestamptz NOT NULL,
    ingested_at    timestamptz NOT NULL,
    published_at   timestamptz,
    assumed_lag_us bigint NOT NULL,
    value          double precision NOT NULL,
    basis          smallint NOT NULL CHECK (basis BETWEEN 0 AND 2),
    PRIMARY KEY (series_id, observed_at, available_at, ingested_at)
) PARTITION BY RANGE (observed_at);
CREATE TABLE chrona_series.observation_before PARTITION OF chrona_series.observation
    FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');
CREATE TABLE chrona_series.observation_default PARTITION OF chrona_series.observation DEFAULT;
CREATE INDEX ON chrona_series.observation USING brin (ingested_at) WITH (autosummarize = on);
INSERT INTO chrona_ops.partition_rule
    VALUES ('chrona_series.observation', 'observed_at', 'year', 2, '2000-01-01 00:00:00+00', false);

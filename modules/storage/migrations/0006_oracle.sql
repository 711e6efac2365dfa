-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What venues say: ticks for days, bars for good.

CREATE SCHEMA chrona_oracle;

CREATE TABLE chrona_oracle.venue (
    id   smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE chrona_oracle.feed (
    id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol text NOT NULL UNIQUE
);

CREATE TABLE chrona_oracle.quote (
    received_at timestamptz NOT NULL,
    exchange_at timestamptz NOT NULL,
    bid         double precision NOT NULL,
    ask         double precision NOT NULL,
    last        double precision NOT NULL,
    size        double precision NOT NULL,
    volume_24h  double precision NOT NULL,
    feed_id     integer NOT NULL,
    venue_id    smallint NOT NULL,
    synthetic   boolean NOT NULL
) PARTITION BY RANGE (received_at);
CREATE TABLE chrona_oracle.quote_default PARTITION OF chrona_oracle.quote DEFAULT;
CREATE INDEX ON chrona_oracle.quote (feed_id, venue_id, received_at);
CREATE INDEX ON chrona_oracle.quote USING brin (received_at) WITH (autosummarize = on);
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_oracle.quote', 'received_at', 'day', 7, NULL, true);

CREATE TABLE chrona_oracle.quote_bar (
    feed_id   integer NOT NULL REFERENCES chrona_oracle.feed,
    venue_id  smallint NOT NULL REFERENCES chrona_oracle.venue,
    width_ms  integer NOT NULL CHECK (width_ms > 0),
    opens_at  timestamptz NOT NULL,
    open      double precision NOT NULL,
    high      double precision NOT NULL,
    low       double precision NOT NULL,
    close     double precision NOT NULL,
    vwap      double precision NOT NULL,
    volume    double precision NOT NULL,
    ticks     integer NOT NULL CHECK (ticks >= 0),
    synthetic boolean NOT NULL,
    PRIMARY KEY (feed_id, venue_id, width_ms, opens_at)
) PARTITION BY RANGE (opens_at);
CREATE TABLE chrona_oracle.quote_bar_default PARTITION OF chrona_oracle.quote_bar DEFAULT;
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_oracle.quote_bar', 'opens_at', 'month', 3, NULL, true);

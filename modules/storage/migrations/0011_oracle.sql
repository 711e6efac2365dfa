-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the oracle answered, and from what. Seconds are kept for days, epochs and roll-ups for two years.

-- Bars of one second; minutes, hours and days of the same markets are in quote_bar.
CREATE TABLE chrona_oracle.second_bar (
    opens_at  timestamptz NOT NULL,
    feed_id   integer NOT NULL,
    venue_id  smallint NOT NULL,
    open      double precision NOT NULL,
    high      double precision NOT NULL,
    low       double precision NOT NULL,
    close     double precision NOT NULL,
    vwap      double precision NOT NULL, -- NaN: no trade
    volume    double precision NOT NULL,
    ticks     integer NOT NULL,
    synthetic boolean NOT NULL
) PARTITION BY RANGE (opens_at);
CREATE TABLE chrona_oracle.second_bar_default PARTITION OF chrona_oracle.second_bar DEFAULT;
CREATE INDEX ON chrona_oracle.second_bar (feed_id, venue_id, opens_at);
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_oracle.second_bar', 'opens_at', 'day', 3, NULL, true);

-- One answer a second. explanation: every vote, weight and flag, as the program wrote them.
CREATE TABLE chrona_oracle.answer (
    at             timestamptz NOT NULL,
    feed_id        integer NOT NULL,
    price          double precision NOT NULL, -- NaN: none
    confidence_bps double precision NOT NULL,
    sources        smallint NOT NULL,
    state          smallint NOT NULL,
    explanation    bytea NOT NULL,
    synthetic      boolean NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE chrona_oracle.answer_default PARTITION OF chrona_oracle.answer DEFAULT;
CREATE INDEX ON chrona_oracle.answer (feed_id, at);
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_oracle.answer', 'at', 'day', 3, NULL, true);

-- The answer at each epoch's end, and the price to hand in.
CREATE TABLE chrona_oracle.epoch_answer (
    at               timestamptz NOT NULL,
    feed_id          integer NOT NULL,
    epoch            bigint NOT NULL,
    price            double precision NOT NULL,
    confidence_bps   double precision NOT NULL,
    sources          smallint NOT NULL,
    state            smallint NOT NULL,
    hand_in          double precision NOT NULL, -- NaN: none
    band_probability double precision NOT NULL,
    explanation      bytea NOT NULL,
    synthetic        boolean NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE chrona_oracle.epoch_answer_default PARTITION OF chrona_oracle.epoch_answer DEFAULT;
CREATE INDEX ON chrona_oracle.epoch_answer (feed_id, at);
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_oracle.epoch_answer', 'at', 'month', 3, NULL, true);

-- What a venue said in a second that was not sound; class and reason are the engine's.
CREATE TABLE chrona_oracle.anomaly (
    at        timestamptz NOT NULL,
    feed_id   integer NOT NULL,
    venue_id  smallint NOT NULL,
    class     smallint NOT NULL,
    reason    smallint NOT NULL,
    price     double precision NOT NULL,
    count     integer NOT NULL,
    synthetic boolean NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE chrona_oracle.anomaly_default PARTITION OF chrona_oracle.anomaly DEFAULT;
CREATE INDEX ON chrona_oracle.anomaly (feed_id, at);
INSERT INTO chrona_ops.partition_rule VALUES ('chrona_oracle.anomaly', 'at', 'month', 3, NULL, true);

CREATE TABLE chrona_oracle.venue_day (
    venue_id        smallint NOT NULL REFERENCES chrona_oracle.venue,
    day             date NOT NULL,
    watched_seconds double precision NOT NULL,
    heard_seconds   double precision NOT NULL,
    PRIMARY KEY (venue_id, day)
);

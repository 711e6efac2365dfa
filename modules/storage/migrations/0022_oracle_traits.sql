-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the oracle has learned of venues and of other providers, to go on from after a restart.

CREATE TABLE chrona_oracle.venue_trait (
    feed_id         integer NOT NULL REFERENCES chrona_oracle.feed,
    venue_id        smallint NOT NULL REFERENCES chrona_oracle.venue,
    quote           text NOT NULL, -- the currency in which the venue prices the feed
    learned_at      timestamptz NOT NULL,
    half_spread_bps double precision NOT NULL,
    volume_24h      double precision NOT NULL, -- base units; 0: never told
    noise_factor    double precision NOT NULL,
    spread_seconds  double precision NOT NULL, -- of evidence
    volume_seconds  double precision NOT NULL,
    PRIMARY KEY (feed_id, venue_id, quote)
);

-- How others' revealed values lie to ours; the figures are the band layer's own.
CREATE TABLE chrona_oracle.crowd_trait (
    feed_id    integer NOT NULL REFERENCES chrona_oracle.feed,
    network    text NOT NULL,
    learned_at timestamptz NOT NULL,
    figures    double precision[] NOT NULL,
    PRIMARY KEY (feed_id, network)
);

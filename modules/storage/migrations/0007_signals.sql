-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Features as vintages, and what discovery made of them. Values are appended, never changed: a feature
-- is built anew only where its rule changed or history was filled in behind what had been told.

CREATE SCHEMA chrona_signal;

-- The catalogue. refreshed_at: what was ingested before it is in the values; NULL: build anew.
CREATE TABLE chrona_signal.definition (
    key          text PRIMARY KEY,
    rule         text NOT NULL,
    position     integer NOT NULL,
    is_enabled   boolean NOT NULL DEFAULT true,
    in_discovery boolean NOT NULL,
    refreshed_at timestamptz
);

CREATE TABLE chrona_signal.feature (
    id             bigint PRIMARY KEY,
    key            text NOT NULL UNIQUE,
    definition     text NOT NULL REFERENCES chrona_signal.definition ON DELETE CASCADE,
    member         text NOT NULL, -- of the definition's axis, or the series; may be empty
    name           text NOT NULL,
    unit           text NOT NULL,
    region         text NOT NULL,
    version        integer NOT NULL CHECK (version >= 1),
    kind           smallint NOT NULL,
    frequency      smallint NOT NULL,
    empty_bucket   smallint NOT NULL,
    vintage_choice smallint NOT NULL,
    synthetic      boolean NOT NULL
);
CREATE INDEX ON chrona_signal.feature (definition);

-- Of features whose empty buckets are zero, the zero that is known at a bucket's end is not kept: it
-- follows from the calendar, and would be most of the table.
CREATE TABLE chrona_signal.feature_value (
    feature_id bigint NOT NULL,
    bucket_at  timestamptz NOT NULL,
    known_at   timestamptz NOT NULL,
    value      double precision NOT NULL,
    basis      smallint NOT NULL CHECK (basis BETWEEN 0 AND 2),
    PRIMARY KEY (feature_id, bucket_at, known_at)
) PARTITION BY RANGE (bucket_at);
CREATE TABLE chrona_signal.feature_value_before PARTITION OF chrona_signal.feature_value
    FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');
CREATE TABLE chrona_signal.feature_value_default PARTITION OF chrona_signal.feature_value DEFAULT;
INSERT INTO chrona_ops.partition_rule
    VALUES ('chrona_signal.feature_value', 'bucket_at', 'year', 2, '2000-01-01 00:00:00+00', false);

-- One search. The same input_hash and parameters give the same signals, byte for byte. search_hash
-- names what was searched for: the same search on one more day is no further trial.
CREATE TABLE chrona_signal.discovery_run (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at       timestamptz NOT NULL,
    finished_at      timestamptz NOT NULL,
    data_until       timestamptz NOT NULL,
    engine_version   text NOT NULL,
    kernel           text NOT NULL,
    parameters       jsonb NOT NULL,
    input_hash       text NOT NULL,
    search_hash      text NOT NULL,
    features         bigint NOT NULL,
    targets          bigint NOT NULL,
    days             bigint NOT NULL,
    pairs_tested     bigint NOT NULL,
    tests_run        bigint NOT NULL,
    overfit          double precision NOT NULL,
    null_share       double precision NOT NULL,
    trials_before    double precision[] NOT NULL, -- runs, pairs, tests, sum of squared t
    trials_after     double precision[] NOT NULL,
    synthetic        boolean NOT NULL
);
CREATE INDEX ON chrona_signal.discovery_run (finished_at);

CREATE TABLE chrona_signal.signal (
    run_id                bigint NOT NULL REFERENCES chrona_signal.discovery_run ON DELETE CASCADE,
    position              integer NOT NULL, -- 0: the best
    id                    bigint NOT NULL,
    feature_id            bigint NOT NULL,
    target_id             bigint NOT NULL,
    lag                   smallint NOT NULL,
    horizon               smallint NOT NULL,
    effect                double precision NOT NULL,
    t                     double precision NOT NULL,
    p                     double precision NOT NULL,
    q                     double precision NOT NULL,
    sample_size           integer NOT NULL,
    sample_size_effective double precision NOT NULL,
    distribution          double precision[] NOT NULL, -- median, quartiles, worst, sign share, error
    stability             double precision[] NOT NULL, -- score and its four parts
    novelty               double precision[] NOT NULL, -- z, percentile, base rate
    opinions              double precision[] NOT NULL, -- bootstrap p, deflated Sharpe, overfit
    lag_curve             double precision[] NOT NULL, -- effect by lag at the window's horizon
    block_days            bigint[] NOT NULL, -- since 1970: begin, end, begin, end …
    block_effects         double precision[] NOT NULL,
    regimes               smallint[] NOT NULL,
    regime_effects        double precision[] NOT NULL,
    regime_rows           double precision[] NOT NULL,
    controls              smallint[] NOT NULL,
    control_outcomes      smallint[] NOT NULL,
    control_measured      double precision[] NOT NULL,
    control_limits        double precision[] NOT NULL,
    failures              smallint[] NOT NULL,
    failure_measured      double precision[] NOT NULL,
    view                  text NOT NULL,
    label                 smallint NOT NULL,
    rank                  double precision NOT NULL,
    basis                 smallint NOT NULL,
    survives_dependence   boolean NOT NULL,
    is_split              boolean NOT NULL,
    is_elevated           boolean NOT NULL,
    is_newly_elevated     boolean NOT NULL,
    synthetic             boolean NOT NULL,
    PRIMARY KEY (run_id, id)
);

CREATE TABLE chrona_signal.episode (
    run_id            bigint NOT NULL,
    signal_id         bigint NOT NULL,
    begins_at         timestamptz NOT NULL,
    ends_at           timestamptz NOT NULL,
    feature_value     double precision NOT NULL,
    robust_z          double precision NOT NULL,
    forward_return    double precision NOT NULL, -- NaN: not yet known
    return_percentile double precision NOT NULL,
    PRIMARY KEY (run_id, signal_id, begins_at),
    FOREIGN KEY (run_id, signal_id) REFERENCES chrona_signal.signal ON DELETE CASCADE
);

-- target_id 0: the feature itself was refused, whatever the target.
CREATE TABLE chrona_signal.refused (
    run_id     bigint NOT NULL REFERENCES chrona_signal.discovery_run ON DELETE CASCADE,
    feature_id bigint NOT NULL,
    target_id  bigint NOT NULL,
    rule       text NOT NULL,
    measured   double precision NOT NULL,
    asked_for  double precision NOT NULL,
    PRIMARY KEY (run_id, feature_id, target_id)
);
CREATE INDEX ON chrona_signal.refused (run_id, rule);

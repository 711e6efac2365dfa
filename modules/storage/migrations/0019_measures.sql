-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Signals on how far a target moves stand beside those on its return, and a search that was broken off
-- goes on where it was.

-- 0: the target's return, 1: its volatility.
ALTER TABLE chrona_signal.signal ADD COLUMN measure smallint NOT NULL DEFAULT 0;
ALTER TABLE chrona_signal.refused ADD COLUMN measure smallint NOT NULL DEFAULT 0;
ALTER TABLE chrona_signal.refused DROP CONSTRAINT refused_pkey,
    ADD PRIMARY KEY (run_id, feature_id, target_id, measure);

-- What an unfinished search has worked out. search: the hash of its input and parameters.
CREATE TABLE chrona_signal.search_part (
    search text NOT NULL,
    part   text NOT NULL,
    kept   double precision[] NOT NULL,
    PRIMARY KEY (search, part)
);

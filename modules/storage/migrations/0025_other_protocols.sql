-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the network's other protocols want of a provider, as far as this chain shows it: the data
-- connector's votes and signatures, and fast updates. Minimal conditions count them.

-- The data connector had a result for the round.
ALTER TABLE chrona_oracle.round ADD COLUMN fdc_final boolean NOT NULL DEFAULT false;

ALTER TABLE chrona_oracle.submission
    ADD COLUMN fdc_voted boolean NOT NULL DEFAULT false,
    ADD COLUMN fdc_signed boolean NOT NULL DEFAULT false,
    ADD COLUMN fast_updates integer NOT NULL DEFAULT 0;

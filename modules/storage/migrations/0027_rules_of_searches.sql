-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A saved search becomes a rule whole: of which sources, and within which box (west > east: across
-- the anti-meridian; absent: anywhere).
ALTER TABLE chrona_brief.alert_rule
    ADD COLUMN sources text[] NOT NULL DEFAULT '{}',
    ADD COLUMN box_west double precision,
    ADD COLUMN box_south double precision,
    ADD COLUMN box_east double precision,
    ADD COLUMN box_north double precision;

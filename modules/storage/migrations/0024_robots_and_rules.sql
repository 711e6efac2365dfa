-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Sources that keep to a host's robots.txt (docs/adr/0106-robots-where-asked.md).

ALTER TABLE chrona_world.source ADD COLUMN keeps_to_robots boolean NOT NULL DEFAULT false;
UPDATE chrona_world.source SET keeps_to_robots = true WHERE address <> '';

-- Over which links a correction ruled when it was put on, and by which rules: where these change, it
-- is taken off and put on anew. NULL: over those of ADR 98, see 0020.
ALTER TABLE chrona_world.correction ADD COLUMN ruled bigint[];
ALTER TABLE chrona_world.correction ADD COLUMN rules text NOT NULL DEFAULT '';

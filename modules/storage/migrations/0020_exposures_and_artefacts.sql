-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A correction of a topic rules over the links to the default targets too (ADR 98): those that it
-- gives back when it is taken back are kept with it.
UPDATE chrona_world.correction c SET (was_entities, was_roles, was_weights) = (
    SELECT c.was_entities || coalesce(array_agg(l.entity_id ORDER BY l.position), '{}'),
           c.was_roles || coalesce(array_agg(l.role ORDER BY l.position), '{}'),
           c.was_weights || coalesce(array_agg(l.weight ORDER BY l.position), '{}')
    FROM chrona_world.event_entity l JOIN chrona_world.entity e ON e.id = l.entity_id
    WHERE l.event_id = c.event_id AND e.key LIKE 'instrument:%' AND
          substr(e.key, 12) IN ('SPY', 'QQQ', 'IWM', 'XLE', 'XLF', 'XLK', 'XLI', 'XLY',
              'XLP', 'XLV', 'TLT', 'UUP', 'GLD', 'USO', 'VIXY'))
WHERE c.kind = 0;

-- Payloads of the log are kept packed by zstd: how many bytes they were; NULL: they are as they
-- were. Postgres' own packing would only try in vain.
ALTER TABLE chrona_world.raw_item ADD COLUMN unpacked_bytes bigint CHECK (unpacked_bytes > 0);
ALTER TABLE chrona_world.raw_item ALTER COLUMN payload SET STORAGE EXTERNAL;

-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a view of all events needs, once more as one value (docs/adr/0105-packed-events.md).
-- storage writes it with each event from now on; for those that are there the server makes it once.

ALTER TABLE chrona_world.event ADD COLUMN packed bytea GENERATED ALWAYS AS (
    int8send(id) || timestamptz_send(observed_at) || timestamptz_send(available_at)
    || int8send(source_id)
    || float4send(coalesce(longitude, 'NaN')::real) || float4send(coalesce(latitude, 'NaN')::real)
    || float4send(severity) || float4send(confidence)
    || int4send((type::integer << 16) | ((geometry IS NOT NULL)::integer << 8)
                | (state::integer << 1) | synthetic::integer)
    || decode(replace(region, '\', '\\'), 'escape')) STORED;
ALTER TABLE chrona_world.event ALTER COLUMN packed DROP EXPRESSION;
ALTER TABLE chrona_world.event ALTER COLUMN packed SET NOT NULL;

-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Entities that a person says are one. Neither they nor what was said of them changes, so that a
-- word is taken back whole; whoever asks reads `stands_as` in place of `entity_id`.

CREATE TABLE chrona_world.entity_merge (
    entity_id bigint PRIMARY KEY REFERENCES chrona_world.entity ON DELETE CASCADE,
    into_id   bigint NOT NULL REFERENCES chrona_world.entity ON DELETE CASCADE,
    stands_as bigint NOT NULL, -- where into_id leads to in the end
    made_at   timestamptz NOT NULL,
    CHECK (entity_id <> into_id)
);
CREATE INDEX ON chrona_world.entity_merge (stands_as);
CREATE INDEX ON chrona_world.entity_merge (into_id);

-- An entity that goes takes what was said of it along; what stood as it stands for itself again.
CREATE FUNCTION chrona_world.settle_merges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH RECURSIVE way AS (
        SELECT entity_id, into_id AS reached, 1 AS steps FROM chrona_world.entity_merge
        UNION ALL
        SELECT way.entity_id, m.into_id, way.steps + 1
        FROM way JOIN chrona_world.entity_merge m ON m.entity_id = way.reached
        WHERE way.steps < 1000
    ), ends AS (
        SELECT DISTINCT ON (entity_id) entity_id, reached FROM way ORDER BY entity_id, steps DESC
    )
    UPDATE chrona_world.entity_merge m SET stands_as = ends.reached
    FROM ends WHERE ends.entity_id = m.entity_id AND m.stands_as <> ends.reached;
    RETURN NULL;
END
$$;
CREATE TRIGGER settle AFTER INSERT OR DELETE ON chrona_world.entity_merge
    FOR EACH STATEMENT EXECUTE FUNCTION chrona_world.settle_merges();

-- All that is read as the same entity, itself among them.
CREATE FUNCTION chrona_world.names_of(asked bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    WITH root AS (
        SELECT coalesce((SELECT stands_as FROM chrona_world.entity_merge WHERE entity_id = asked),
                        asked) AS id
    )
    SELECT array_agg(id) FROM (
        SELECT id FROM root
        UNION ALL
        SELECT m.entity_id FROM chrona_world.entity_merge m JOIN root ON m.stands_as = root.id
    ) AS names
$$;

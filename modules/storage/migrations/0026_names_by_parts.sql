-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A part of a name finds an entity among a million while somebody types. Servers on which the
-- extension cannot be had look at every name, which is slow there and right everywhere.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA chrona_world;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm is not available: %', SQLERRM;
END
$$;

DO $$
DECLARE
    place text;
BEGIN
    SELECT n.nspname INTO place FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_trgm';
    IF place IS NOT NULL THEN
        EXECUTE format('CREATE INDEX entity_name_parts ON chrona_world.entity '
                       'USING gin (name %I.gin_trgm_ops)', place);
    END IF;
END
$$;

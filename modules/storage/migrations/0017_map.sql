-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Areas that a person watches on the map. The ring is packed by storage (geometry_codec.h).

CREATE TABLE chrona_geo.map_area (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name      text NOT NULL UNIQUE CHECK (name <> ''),
    ring      bytea NOT NULL,
    looked_at timestamptz NOT NULL DEFAULT now(),
    revision  integer NOT NULL DEFAULT 1
);

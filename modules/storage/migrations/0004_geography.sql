-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Areas that data is joined to, and named places. Geometry is packed by storage (geometry_codec.h).

CREATE SCHEMA chrona_geo;

CREATE TABLE chrona_geo.boundary (
    id              bigint PRIMARY KEY,
    set_name        text NOT NULL,
    code            text NOT NULL,
    name            text NOT NULL,
    label_longitude double precision NOT NULL CHECK (label_longitude BETWEEN -180 AND 180),
    label_latitude  double precision NOT NULL CHECK (label_latitude BETWEEN -90 AND 90),
    areas           bytea NOT NULL,
    synthetic       boolean NOT NULL,
    UNIQUE (set_name, code)
);

CREATE TABLE chrona_geo.place (
    id         bigint PRIMARY KEY,
    kind       smallint NOT NULL,
    name       text NOT NULL,
    region     text NOT NULL,
    longitude  double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    latitude   double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    population bigint NOT NULL CHECK (population >= 0),
    scale_rank smallint NOT NULL
);
CREATE INDEX ON chrona_geo.place (lower(name) text_pattern_ops);

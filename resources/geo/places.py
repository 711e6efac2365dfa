# SPDX-License-Identifier: AGPL-3.0-or-later
"""GeoNames' cities, filtered and packed.

    8 bytes   "CHRPLC1\\n"
    varint    number of places, by rank, then population; each: varint x, y (0 … 2^22 on the Web
              Mercator square), varint population, 1 byte rank, 1 byte flags (1: capital of a
              country), 2 bytes ISO 3166-1 alpha-2, text name
"""
import struct

from topology import mercator, text, varint

BITS = 22
POPULATION_MIN = 15_000
RANK_POPULATIONS = [8_000_000, 4_000_000, 2_000_000, 1_000_000, 500_000, 250_000, 120_000, 60_000,
                    30_000]


def rank_of(population, capital):
    rank = sum(population < limit for limit in RANK_POPULATIONS)
    return max(0, rank - 2) if capital else rank


def write_places(table, path):
    rows = []
    for line in table.decode("utf-8").splitlines():
        field = line.split("\t")
        if len(field) < 15 or field[6] != "P" or field[7] in ("PPLX", "PPLH", "PPLQ", "PPLW"):
            continue
        population, capital = int(field[14] or 0), field[7] == "PPLC"
        if population < POPULATION_MIN and not capital:
            continue
        latitude, longitude = float(field[4]), float(field[5])
        rows.append((rank_of(population, capital), -population, field[1], longitude, latitude,
                     capital, field[8]))
    rows.sort()
    data = bytearray(b"CHRPLC1\n") + varint(len(rows))
    for rank, population, name, longitude, latitude, capital, country in rows:
        x, y = mercator(longitude, latitude)
        side = 1 << BITS
        data += varint(round(x * side)) + varint(round(y * side)) + varint(-population)
        data += struct.pack("BB", rank, capital) + country.encode("ascii") + text(name)
    path.write_bytes(data)

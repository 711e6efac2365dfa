# SPDX-License-Identifier: AGPL-3.0-or-later
"""Natural Earth's ports, with the country that each lies in or is nearest to, as places.py packs.

A port's rank is its `scalerank` (3 shown first … 8), its population 0. Two rows of one name in one
country within half a degree are one port; the better rank stays.
"""
import struct

from places import BITS
from topology import edge_distance, inside, mercator, text, varint

FAR = 1 / 256  # of the map's side: further from a coast, a port is nobody's


def box_of(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


class CountryFinder:
    def __init__(self, topology, countries):
        self.side = topology.side
        self.countries = []  # (code, rings with their boxes)
        for geometry in topology.geometries("countries"):
            code = countries.code_of(geometry)
            if code:
                rings = [topology.ring_points(ring) for ring in topology.rings(geometry)]
                self.countries.append((code, [(ring, box_of(ring)) for ring in rings]))

    def code_at(self, x, y):
        point, far = (x * self.side, y * self.side), FAR * self.side
        best, best_distance = "", far
        for code, rings in self.countries:
            near = [ring for ring, (left, top, right, bottom) in rings
                    if left - far <= point[0] <= right + far
                    and top - far <= point[1] <= bottom + far]
            if inside(point, near):
                return code
            distance = min((edge_distance(point, ring) for ring in near), default=far)
            if distance < best_distance:
                best, best_distance = code, distance
        return best


def write_ports(document, finder, path):
    best = {}
    for feature in document["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        name, rank = feature["properties"]["name"].strip(), feature["properties"]["scalerank"]
        country = finder.code_at(*mercator(longitude, latitude))
        twin = next((key for key in best if key[:2] == (name, country)
                     and abs(key[2] - longitude) < 0.5 and abs(key[3] - latitude) < 0.5), None)
        if twin and best[twin] <= rank:
            continue
        best.pop(twin, None)
        best[(name, country, longitude, latitude)] = rank
    rows = sorted((rank, *key) for key, rank in best.items())
    data = bytearray(b"CHRPLC1\n") + varint(len(rows))
    for rank, name, country, longitude, latitude in rows:
        for part in mercator(longitude, latitude):
            data += varint(round(part * (1 << BITS)))
        data += varint(0) + struct.pack("BB", rank, 0) + (country or "  ").encode("ascii")
        data += text(name)
    path.write_bytes(data)

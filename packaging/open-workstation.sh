#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# open-workstation.sh BIN PICTURES [ARGUMENTS…]: runs inside the build's environment. Starts the
# service, loads the sample world on first run, then opens the workstation, or, where PICTURES names
# a folder, has it draw every view into files there.
set -euo pipefail
bin=$1 pictures=$2
shift 2

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

say "starting the service and its private database"
"$bin/chronactl" --start status >/dev/null
if "$bin/chronactl" status --json | grep -q '"first_run_done": *false'; then
    say "first run: loading the sample world (synthetic, marked as such)"
    "$bin/chronactl" demo load
    say "computing features, searching for signals and writing the briefing"
    for job in features discovery briefing; do
        "$bin/chronactl" run "$job" --wait >/dev/null ||
            say "$job did not end well; the service tries again by its clock"
    done
    "$bin/chronactl" config set workstation.first_run_done true >/dev/null
fi

if [ -z "$pictures" ]; then
    say "opening the workstation"
    exec "$bin/chrona" "$@"
fi

# An example to be seen in the pictures; a person's own investigations are left alone.
if ! "$bin/chronactl" investigation list --json | grep -q '"id"'; then
    storms=$("$bin/chronactl" events --type tropical_cyclone --limit 3 --json |
        grep -o '"id": *"\?[0-9]*' | grep -o '[0-9]*' | head -n 3) || storms=
    "$bin/chronactl" investigation new "Storms and fuel" \
        --question "Do storms in the Gulf move fuel prices?" >/dev/null || true
    evidence=() targets=
    for storm in $storms; do targets+=" event:$storm"; done
    for target in $targets region:US-TX topic:energy entity:country:US; do
        pin=$("$bin/chronactl" investigation pin "Storms and fuel" "$target") &&
            evidence+=("${pin%% *}")
    done
    "$bin/chronactl" investigation note "Storms and fuel" \
        "Refineries on the coast close before landfall." >/dev/null || true
    weighed=()
    [ ${#evidence[@]} -lt 5 ] ||
        weighed=(--for "${evidence[0]}" --for "${evidence[4]}" --against "${evidence[1]}")
    "$bin/chronactl" investigation note "Storms and fuel" "Gasoline leads crude within the week" \
        --hypothesis --confidence 0.6 "${weighed[@]}" >/dev/null || true
fi

rm -rf "$pictures"
mkdir -p "$pictures"
export LIBGL_ALWAYS_SOFTWARE=1 QT_LOGGING_RULES='qt.qpa.*=false'
result=0
dbus-run-session -- xvfb-run -a -s '-screen 0 2600x1500x24' \
    "$bin/chrona" --pictures "$pictures" "$@" || result=$?
"$bin/chronactl" status || true
# The newest day's briefing lies beside the pictures, as a desk would get it.
say "making the newest briefing"
QT_QPA_PLATFORM=offscreen "$bin/chronactl" brief --date last \
    --pdf "$pictures/briefing.pdf" || result=1

# Nothing is left running that nobody can see.
data=${CHRONA_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/chrona}
service=$(cat "$data/lock" 2>/dev/null || true)
if [ -n "$service" ] && kill -TERM "$service" 2>/dev/null; then
    timeout 10 tail --pid="$service" -f /dev/null || true
fi
exit "$result"

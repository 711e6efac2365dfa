#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# new_connector.sh SOURCE BUILD COMPILER: installs what connectors build against, makes one from the
# template outside of the tree, builds it and runs its tests, which load it as the program does.
set -euo pipefail
source=$1 build=$2 compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

refused() {
    if "$source/packaging/new-connector" "$@" >"$work/out" 2>&1; then
        echo "new-connector takes: $*"
        exit 1
    fi
}
answers=(--title "A desk" --feed https://desk.example.org/items.json
    --homepage https://desk.example.org/ --terms https://desk.example.org/terms
    --licence CC-BY-4.0 --redistribution with_attribution)
refused
refused Example "${answers[@]}" --dir "$work/x"
refused ../example "${answers[@]}" --dir "$work/x"
refused example --dir "$work/x"
refused example "${answers[@]:0:10}" --dir "$work/x"
refused example "${answers[@]}" --redistribution perhaps --dir "$work/x"
refused example "${answers[@]}" --title 'a "quote' --dir "$work/x"
refused example "${answers[@]}" --dir "$work"
test ! -e "$work/x"

cmake --install "$build" --component connect --prefix "$work/chrona" >/dev/null
"$source/packaging/new-connector" example-desk "${answers[@]}" --dir "$work/example-desk"
cmake -S "$work/example-desk" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/chrona" \
    -DCMAKE_CXX_COMPILER="$compiler" >"$work/configured" 2>&1 || { cat "$work/configured"; exit 1; }
cmake --build "$work/build"
ctest --test-dir "$work/build" --output-on-failure

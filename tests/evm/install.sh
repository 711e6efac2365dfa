#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# install.sh PLACE: makes the local EVM node ready for tests and writes to the file PLACE where it
# lies. Installed once for each lock file, in the user's cache folder, so that every checkout shares
# it; with npm's own cache filled it needs no network.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
place=$1
sum=$(cat "$here"/package-lock.json "$here"/*.js "$here"/contracts/*.sol | sha256sum | cut -c1-16)
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/chrona
folder=$cache/evm-$sum
mkdir -p "$cache"
exec 9>"$cache/evm.lock"
if command -v flock >/dev/null; then flock 9; fi
if [ ! -f "$folder/contracts.json" ]; then
    rm -rf "$folder" "$folder.new"
    mkdir "$folder.new"
    cp "$here"/package.json "$here"/package-lock.json "$here"/*.js "$folder.new/"
    cd "$folder.new"
    npm ci --prefer-offline --no-audit --no-fund --ignore-scripts --omit=optional --loglevel=error
    node compile.js "$here/contracts" contracts.json
    mv "$folder.new" "$folder"
fi
printf '%s\n' "$folder" >"$place"

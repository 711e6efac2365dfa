#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# install.sh PLACE: makes the local EVM node ready for tests and writes to the file PLACE where it
# lies. Installed once for each lock file, in the user's cache folder, so that every checkout shares
# it; with npm's own cache filled it needs no network.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
case $1 in /*) place=$1 ;; *) place=$PWD/$1 ;; esac
sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
sum=$(cat "$here"/package-lock.json "$here"/*.js "$here"/contracts/*.sol | sha256 | cut -c1-16)
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/chrona
folder=$cache/evm-$sum
mkdir -p "$cache"
exec 9>"$cache/evm.lock"
if command -v flock >/dev/null; then flock 9; fi
if [ ! -f "$folder/contracts.json" ]; then
    command -v npm >/dev/null || { echo "install.sh: npm is missing" >&2; exit 1; }
    rm -rf "$folder" "$folder.new"
    mkdir "$folder.new"
    cp "$here"/package.json "$here"/package-lock.json "$here"/*.js "$folder.new/"
    cd "$folder.new"
    # Where there is no network, the end comes soon and says so.
    npm ci --prefer-offline --no-audit --no-fund --ignore-scripts --omit=optional \
        --loglevel=error --fetch-retries=2 --fetch-retry-mintimeout=2000 \
        --fetch-timeout=60000 || {
        echo "install.sh: the local EVM could not be installed; npm's registry is needed once" >&2
        exit 1
    }
    node compile.js "$here/contracts" contracts.json
    mv "$folder.new" "$folder"
fi
printf '%s\n' "$folder" >"$place"

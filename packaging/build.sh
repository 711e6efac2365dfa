# SPDX-License-Identifier: AGPL-3.0-or-later
# Sourced after environment.sh: builds a preset inside the environment.

# buildPreset PRESET [TARGET…]: configures when needed and builds; quiet unless something fails.
buildPreset() {
    local preset=$1
    shift
    local targets=()
    [ $# -gt 0 ] && targets=(--target "$@")
    [ "$system" = macos ] && [ "$preset" = release ] && preset=macos
    say "building ($preset); a first build takes some minutes, later ones seconds"
    inside bash -c '
        set -euo pipefail
        preset=$1; shift
        mkdir -p build
        log=build/configure-$preset.log
        # A build folder of another place cannot be gone on with.
        grep -qsx "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" build/$preset/CMakeCache.txt ||
            rm -rf "build/$preset"
        if [ ! -f build/$preset/build.ninja ]; then
            cmake --preset "$preset" >"$log" 2>&1 || { tail -n 30 "$log"; exit 1; }
        fi
        export NINJA_STATUS="[%f/%t %es] "
        cmake --build --preset "$preset" "$@" 2>&1 | packaging/quiet-build.sh
    ' bash "$preset" "${targets[@]}"
}

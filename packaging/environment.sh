# SPDX-License-Identifier: AGPL-3.0-or-later
# Sourced by the commands beside it. Finds out what system this is, installs what is missing, and
# offers `inside COMMAND…`: run a command as a plain user in the environment Chrona builds in.
#
# Debian 13, Ubuntu 25.04+ and macOS are that environment themselves. On Debian 12 it is a Debian 13
# tree under the user's cache folder, entered in a private mount and process namespace: whatever is
# started inside ends with the command (machine facts and reasons: docs/guides/building.md).

set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
shared=$(dirname "$project")/shared
cacheRoot=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/chrona
treeRoot=$cacheRoot/trixie
plainUser=chrona
plainHome=/var/lib/chrona
supportedSystems='Chrona builds on Debian 12 and 13, Ubuntu 25.04 or later, and macOS 14 or later'

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf 'chrona: %s\n' "$*" >&2; exit 1; }

# Prints one of: tree (Debian 12), apt (Debian 13, Ubuntu 25.04+), macos.
platform() {
    case $(uname -s) in
    Darwin) echo macos; return ;;
    Linux) ;;
    *) fail "this system is $(uname -s); $supportedSystems" ;;
    esac
    local id version
    id=$(. /etc/os-release && echo "${ID:-unknown}")
    version=$(. /etc/os-release && echo "${VERSION_ID:-0}")
    case $id:${version%%.*} in
    debian:12) echo tree ;;
    debian:1[3-9] | debian:0) echo apt ;;
    ubuntu:25) echo apt ;; # 25.04 was the year's first
    ubuntu:2[6-9]) echo apt ;;
    *) fail "this is $id $version; $supportedSystems" ;;
    esac
}

packages() { sed 's/#.*//' "$project/packaging/packages.txt" | tr -s ' \n' ' '; }
packagesStamp() { cksum <"$project/packaging/packages.txt" | tr -d ' '; }

# --- Debian 13, Ubuntu 25.04+ ------------------------------------------------------------------

prepareApt() {
    local missing=()
    for name in $(packages); do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' ||
            missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return
    [ "$(id -u)" = 0 ] ||
        fail "packages are missing and only root can install them; run once: sudo $0"
    say "installing ${#missing[@]} packages"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# --- Debian 12: a Debian 13 tree ---------------------------------------------------------------

# The first Debian mirror that the host itself uses; never a fixed one.
hostMirror() {
    { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{sources,list} 2>/dev/null || true; } |
        sed -nE 's/^(URIs:|deb) +(\[[^]]*\] +)?(https?:[^ ]+).*/\3/p' |
        grep -Ei 'debian/?$' | grep -v security | head -n 1
}

makeTree() {
    local mirror work
    mirror=$(hostMirror)
    [ -n "$mirror" ] || fail "no Debian mirror found in /etc/apt; add one and run again"
    if ! command -v mmdebstrap >/dev/null; then
        say "installing mmdebstrap"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends mmdebstrap >/dev/null
    fi
    say "making a Debian 13 tree in $treeRoot"
    work=$treeRoot.new
    rm -rf "$work"
    mkdir -p "$cacheRoot"
    mmdebstrap --quiet --variant=apt --mode=root --include=passwd,ca-certificates \
        trixie "$work" "$mirror"
    mv "$work" "$treeRoot"
}

# Names, certificates and package settings change with the host's network: copied every time.
refreshTree() {
    local file
    for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt /etc/npmrc; do
        [ -e "$file" ] && install -D -m 644 "$(readlink -f "$file")" "$treeRoot$file"
    done
    for file in /etc/apt/apt.conf.d/*; do
        grep -qsE 'Proxy|Check-Valid|Check-Date|Auth' "$file" &&
            install -D -m 644 "$file" "$treeRoot/etc/apt/apt.conf.d/$(basename "$file")"
    done
    [ -e "${HOME:-/root}/.npmrc" ] &&
        install -D -m 600 "$HOME/.npmrc" "$treeRoot$plainHome/.npmrc" &&
        chroot "$treeRoot" chown "$plainUser" "$plainHome/.npmrc"
    return 0
}

prepareTree() {
    [ "$(id -u)" = 0 ] ||
        fail "on Debian 12 the build runs in a Debian 13 tree; only root can enter it: run as root"
    local stamp
    stamp=$treeRoot/var/lib/chrona-packages
    mkdir -p "$cacheRoot"
    exec 9>"$cacheRoot/prepare.lock"
    flock 9
    [ -d "$treeRoot" ] || makeTree
    chroot "$treeRoot" id "$plainUser" >/dev/null 2>&1 ||
        chroot "$treeRoot" useradd --system --create-home --home-dir "$plainHome" \
            --shell /bin/bash "$plainUser"
    refreshTree
    if [ "$(cat "$stamp" 2>/dev/null)" != "$(packagesStamp)" ]; then
        say "installing packages into the tree (one to two minutes)"
        # Services must not start inside the tree.
        printf '#!/bin/sh\nexit 101\n' >"$treeRoot/usr/sbin/policy-rc.d"
        chmod 755 "$treeRoot/usr/sbin/policy-rc.d"
        # shellcheck disable=SC2046
        enterTree root sh -c 'apt-get update -qq && exec apt-get install -y -qq \
            -o DPkg::Options::=--force-unsafe-io --no-install-recommends "$@"' sh $(packages) \
            >"$cacheRoot/packages.log" 2>&1 ||
            { tail -n 5 "$cacheRoot/packages.log" >&2
              fail "the packages did not install; see $cacheRoot/packages.log"; }
        packagesStamp >"$stamp"
    fi
    flock -u 9
}

# enterTree WHO COMMAND…: WHO is root, plain, or caller (the plain user who may also read and write
# what the calling root may: files named on the command line mean what they mean to the caller).
enterTree() {
    local who=$1
    shift
    CHRONA_WHO=$who CHRONA_TREE=$treeRoot CHRONA_PROJECT=$project CHRONA_SHARED=$shared \
        CHRONA_CWD=$PWD \
        unshare --mount --pid --fork --kill-child --propagation private \
        bash "$project/packaging/enter-tree.sh" "$@"
}

# --- macOS -------------------------------------------------------------------------------------

prepareMacos() {
    command -v brew >/dev/null || fail "Homebrew is needed: see https://brew.sh"
    local missing=()
    for name in $(sed 's/#.*//' "$project/packaging/packages-macos.txt"); do
        brew list --versions "$name" >/dev/null 2>&1 || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "installing with Homebrew: ${missing[*]}"
    brew install --quiet "${missing[@]}"
}

# --- What the commands call --------------------------------------------------------------------

prepare() {
    system=$(platform)
    case $system in
    tree) prepareTree ;;
    apt) prepareApt ;;
    macos) prepareMacos ;;
    esac
}

# Runs a command as a plain user in the project folder. Root on a native system steps down, because
# Postgres and browsers refuse to run as root.
inside() {
    case $system in
    tree) enterTree plain "$@" ;;
    apt | macos) insideNative "$@" ;;
    esac
}

insideNative() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
        return
    fi
    id "$plainUser" >/dev/null 2>&1 ||
        useradd --system --create-home --home-dir "$plainHome" --shell /bin/bash "$plainUser"
    mkdir -p "$project/build"
    chown -R "$plainUser" "$project/build"
    setpriv --reuid "$plainUser" --regid "$plainUser" --init-groups \
        env HOME="$plainHome" USER="$plainUser" LOGNAME="$plainUser" "$@"
}

# Like `inside`, in the caller's working folder and with the caller's view of the file system.
insideAsCaller() {
    case $system in
    tree) enterTree caller "$@" ;;
    apt | macos) "$@" ;;
    esac
}

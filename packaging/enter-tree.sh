#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Runs inside the private namespace that environment.sh makes: mounts what a command needs into the
# Debian 13 tree, then becomes the command. All mounts vanish with the namespace.
set -euo pipefail

tree=$CHRONA_TREE who=$CHRONA_WHO project=$CHRONA_PROJECT shared=$CHRONA_SHARED cwd=$CHRONA_CWD
plainHome=/var/lib/chrona

# The checkout is seen at one path wherever it lies, so that the compiler cache serves every clone.
home=/src/chrona

bind() { # SOURCE [PLACE]
    local place=$tree${2:-$1}
    [ -d "$1" ] || return 0
    mkdir -p "$place"
    mount --rbind "$1" "$place"
}

mount -t proc proc "$tree/proc"
bind /dev
bind /sys
if [ "$who" = caller ]; then
    # Everything of the host that is not the operating system itself.
    for folder in /*; do
        case $folder in
        /bin | /boot | /dev | /etc | /lib* | /proc | /run | /sbin | /sys | /usr | /var) ;;
        /lost+found) ;;
        *) [ -L "$folder" ] || bind "$folder" ;;
        esac
    done
    bind /var/tmp
else
    [ -e "/tmp/.X11-unix" ] && [ -n "${DISPLAY:-}" ] && bind /tmp/.X11-unix
fi
# A real disk that is soon full, for the tests that fill one. It takes memory only where written;
# where it cannot be had, those tests are skipped.
mkdir -p "$tree/mnt/small-disk"
mount -t tmpfs -o size=800m,mode=1777 small-disk "$tree/mnt/small-disk" || true
bind "$project" "$home"
bind "$shared" "$(dirname "$home")/shared"
# A worktree's git folder lies in the checkout it came from.
if [ -f "$project/.git" ]; then
    gitFolder=$(sed -n 's/^gitdir: //p' "$project/.git")
    bind "${gitFolder%/worktrees/*}"
fi

clean=(env -i "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    "TERM=${TERM:-dumb}" "LANG=C.UTF-8" "CI=${CI:-}" "DISPLAY=${DISPLAY:-}"
    "CHRONA_SMALL_DISK=/mnt/small-disk"
    "NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt")
if [ "$who" = root ]; then
    exec chroot "$tree" "${clean[@]}" HOME=/root DEBIAN_FRONTEND=noninteractive "$@"
fi

uid=$(chroot "$tree" id -u chrona) gid=$(chroot "$tree" id -g chrona)
mkdir -p "$project/build" "$tree/run/user/$uid"
[ "$(stat -c %u "$project/build")" = "$uid" ] || chown -R "$uid:$gid" "$project/build"
chown "$uid:$gid" "$tree/run/user/$uid"
chmod 700 "$tree/run/user/$uid"

stepDown=(setpriv --reuid "$uid" --regid "$gid" --clear-groups)
folder=$home
if [ "$who" = caller ]; then
    stepDown+=(--inh-caps +dac_override,+dac_read_search,+fowner
        --ambient-caps +dac_override,+dac_read_search,+fowner)
    [ -d "$tree$cwd" ] && folder=$cwd
fi
exec chroot "$tree" "${stepDown[@]}" "${clean[@]}" \
    HOME="$plainHome" USER=chrona LOGNAME=chrona "XDG_RUNTIME_DIR=/run/user/$uid" \
    sh -c 'cd "$0" && exec "$@"' "$folder" "$@"

#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Reads ninja's lines: on a terminal shows one moving line, elsewhere a line now and then; passes on
# everything that is not progress (warnings, errors).
shown=0
while IFS= read -r line; do
    case $line in
    \[*/*s\]*)
        if [ -t 1 ]; then
            printf '\r\033[K%.100s' "$line"
        elif [ $((shown++ % 50)) = 0 ]; then
            printf '%.100s\n' "$line"
        fi
        ;;
    *) printf '%s\n' "$line" ;;
    esac
done
[ -t 1 ] && printf '\r\033[K'
exit 0

#!/usr/bin/env bash
# install-packages.sh LIST...: installs what is missing of the packages named in the lists (one a line, # comments).
# Debian and its relatives: through apt-get, asking before sudo. Elsewhere it prints what is needed and goes on.
set -euo pipefail

wanted=$(sed 's/#.*//' "$@" | tr -s '[:space:]' '\n' | sort -u | sed '/^$/d')

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian-like system. Needed, by Debian's names:" >&2
    echo "$wanted" | paste -sd' ' >&2
    exit 0
fi

missing=()
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "Missing packages: ${missing[*]}" >&2
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Install them as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    if [ -t 0 ]; then
        read -rp "Install them with sudo apt-get? [y/N] " answer
        [[ $answer == [yY]* ]] || exit 1
    fi
    as_root=(sudo)
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2

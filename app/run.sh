#!/usr/bin/env bash
# Installs what is missing, builds, and starts WinRM Console on its demo host. Without a display it does the same job
# headless: winrmctl signs in to the demo host, prints winrm/config as a tree and exports it to a file.
# Arguments go to winrm-console.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

app/install-packages.sh app/packages.txt
cmake --preset release -DWINRM_TESTS=OFF >/dev/null
cmake --build --preset release
bin=build/release/bin

if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" != Linux ]; then
    exec "$bin/winrm-console" --demo "$@"
fi

echo "No display: the same job with winrmctl."
folder=$(mktemp -d)
host=
cleanup() {
    [ -z "$host" ] || kill "$host" 2>/dev/null || true
    rm -f "$folder/password" "$folder/started"
    rmdir "$folder" 2>/dev/null || true
}
trap cleanup EXIT

mkfifo "$folder/started"
"$bin/winrmctl" demo --tls --password-file "$folder/password" >"$folder/started" &
host=$!
read -r started <"$folder/started"
field() { python3 -c 'import json, sys; print(json.loads(sys.argv[1])[sys.argv[2]])' "$started" "$1"; }
connection=(-r "$(field url)" -u "$(field user)" --password-file "$folder/password" -a basic --pin "$(field pin)")

"$bin/winrmctl" get winrm/config "${connection[@]}" -v -f tree
"$bin/winrmctl" get winrm/config "${connection[@]}" -f json -o build/winrm-config.json --force
echo "Exported to build/winrm-config.json ($(wc -c <build/winrm-config.json) bytes)."

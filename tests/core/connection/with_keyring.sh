#!/usr/bin/env bash
# with_keyring.sh UNLOCKED NONE: runs the test program UNLOCKED on a D-Bus session of its own with an
# unlocked gnome-keyring, then NONE without any bus and on a bus without a keychain service. Home and
# XDG folders are private and removed; nothing of the user's own keyring is touched.
# Needs gnome-keyring, dbus-daemon, libsecret-1-0, libsecret-tools.
set -euo pipefail

for tool in dbus-run-session gnome-keyring-daemon secret-tool; do
    command -v "$tool" >/dev/null || { echo "with_keyring.sh: $tool is missing" >&2; exit 1; }
done

unlocked=$1 none=$2
private=$(mktemp -d "${TMPDIR:-/tmp}/winrm-keyring.XXXXXX")
trap 'rm -rf "$private"' EXIT
mkdir -m 700 "$private"/{home,config,data,cache,state,run,bus}
export HOME=$private/home XDG_CONFIG_HOME=$private/config XDG_DATA_HOME=$private/data
export XDG_CACHE_HOME=$private/cache XDG_STATE_HOME=$private/state XDG_RUNTIME_DIR=$private/run
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL

# A bus that starts no services, whatever is installed.
cat >"$private/bus/bare.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$private/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF

echo "--- an unlocked gnome-keyring"
dbus-run-session -- bash -euc '
    printf keyring-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    exec "$1"' bash "$unlocked" 2>&1
echo "--- no bus"
"$none" 2>&1
echo "--- a bus without a keychain service"
dbus-run-session --config-file="$private/bus/bare.conf" -- "$none" 2>&1

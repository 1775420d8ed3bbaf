#!/bin/bash
# The completion of winrmctl, asked as bash asks it. WINRMCTL names the program.
set -u
here=$(cd "$(dirname "$0")" && pwd)
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
export XDG_CONFIG_HOME=$room/config DBUS_SESSION_BUS_ADDRESS=unix:path=$room/no-bus
mkdir "$room/bin"
ln -s "$WINRMCTL" "$room/bin/winrmctl"
PATH=$room/bin:$PATH
cd "$room" || exit 1
touch "one file.xml" two.json
winrmctl profiles add "lab host" -r lab.example.com -u admin 2>/dev/null || exit 1
winrmctl profiles add other -r other.example.com -u admin 2>/dev/null || exit 1
. "$here/../../../resources/completion/winrmctl.bash"
failures=0

# asks WORD... : completes the last word; the answers one a line in $got
asks() {
    COMP_WORDS=(winrmctl "$@")
    COMP_CWORD=$#
    COMP_LINE="${COMP_WORDS[*]}"
    COMP_POINT=${#COMP_LINE}
    COMPREPLY=()
    _winrmctl winrmctl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
    got=$(printf '%s\n' "${COMPREPLY[@]}")
}
expect() {
    [ "$got" = "$1" ] && return
    failures=$((failures + 1))
    printf 'line %s: expected\n%s\ngot\n%s\n' "${BASH_LINENO[0]}" "$1" "$got"
}

complete -p winrmctl | grep -q -- '-F _winrmctl' || { echo "not registered"; exit 1; }
asks en; expect enumerate
asks p; expect $'put\nprofiles'
asks inv; expect invoke
asks invoke Stop winrm/config/l; expect winrm/config/listener
asks put winrm/config/l; expect winrm/config/listener
asks create x --input t; expect two.json
asks --pa; expect $'--password-stdin\n--password-file'
asks -f c; expect csv
asks --format j; expect $'json\njsonl'
asks get winrm/config -f m; expect md
asks -a b; expect basic
asks -a k; expect kerberos
asks -a d; expect ''
asks --error-format j; expect json
asks --return e; expect epr
asks --polymorphism s; expect shallow
asks ass; expect associators
asks --dialect w; expect wql
asks -p l; expect 'lab\ host'
asks -p o; expect other
asks profiles s; expect show
asks profiles show o; expect other
asks profiles import t; expect two.json
asks open t; expect two.json
asks -o t; expect two.json
asks get winrm/config/l; expect winrm/config/listener
asks explain ''; expect ''
asks get x --timeout ''; expect ''
[ "$failures" -eq 0 ]

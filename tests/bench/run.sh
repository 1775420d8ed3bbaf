#!/usr/bin/env bash
# Measures the console: tests/bench/run.sh [--measure DIR] [--quick]
#
# Builds the release preset's measuring programs and prints their figures. With --measure, builds the harness in DIR
# (see its README) and runs it with the console plugged in; its report goes to build/release/measured. --quick asks for
# fewer repetitions and the small units.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

measure=
quick=
while [ $# -gt 0 ]; do
    case $1 in
    --measure)
        measure=$(realpath "$2")
        shift
        ;;
    --quick) quick=yes ;;
    *)
        echo "usage: tests/bench/run.sh [--measure DIR] [--quick]" >&2
        exit 1
        ;;
    esac
    shift
done

cmake --preset release -DWINRM_TESTS=ON >/dev/null
cmake --build --preset release --target parse_bench console_bench winrmctl
build=$PWD/build/release
bench=$build/tests/bench/console-bench

echo "== Reading rows, ratios to libxml2 into flat rows"
"$(find "$build" -type f -name parse_bench | head -n 1)" $([ -z "$quick" ] || echo 20000)
echo "== 100,000 instances of the demo host into the table"
for _ in $([ -z "$quick" ] && echo 1 2 3 || echo 1); do
    QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} "$bench" stall
done
echo "== The same in each kind of view"
QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} "$bench" views
echo "== Sealed messages, ratios to plain ones"
"$bench" sealed

[ -n "$measure" ] || exit 0
harness=$build/measure
out=$build/measured
cmake -S "$measure" -B "$harness" -G Ninja >/dev/null
cmake --build "$harness"

words='{verb} --url {url} --user {user} --class {class} --max-elements {max_elements} --max-envelope {max_envelope}'
words+=' --hosts-file {hosts_file} --format {format} --out {out} {tls}'
export WINRM_CONSOLE="'$bench' $words" WINRM_CONSOLE_PRINT="'$bench' $words"
export WINRM_CONSOLE_WINDOW="'$bench' window" WINRM_CONSOLE_STALL="'$bench' $words"
WINRM_CONSOLE_STALL=${WINRM_CONSOLE_STALL/\{verb\}/stall}
units=identify,enum-10k,config,fanout-200,ui
reps=0.3
if [ -z "$quick" ]; then
    units=identify,config,enum-10k,enum-100k,enum-10k-tls,enum-10k-20ms,enum-1k-wan,csv-100k,json-100k,fanout-200,fanout-500,ui
    reps=1
fi
rm -rf "$out"
python3 "$measure/run.py" --build "$harness" --out "$out" --units "$units" --reps "$reps" \
    --drivers raw,limit,qt,winrm-console

# What starts on a command line is winrmctl, without the window's libraries.
password=$(mktemp)
trap 'rm -f "$password"' EXIT
echo perf >"$password"
unset WINRM_CONSOLE WINRM_CONSOLE_PRINT WINRM_CONSOLE_WINDOW WINRM_CONSOLE_STALL
connection="-r {url} -u {user} --password-file '$password' -a basic --no-encryption"
export WINRM_CONSOLE_IDENTIFY="'$build/bin/winrmctl' identify $connection"
export WINRM_CONSOLE_CONFIG="'$build/bin/winrmctl' get winrm/config $connection"
export WINRM_CONSOLE_EXPORT="'$build/bin/winrmctl' enumerate wmicimv2/{class} $connection -f {format} -o {out} --force"
python3 "$measure/run.py" --build "$harness" --out "$out/winrmctl" --reps "$reps" --drivers raw,limit,qt,winrm-console \
    --units "identify,config$([ -n "$quick" ] || echo ,csv-100k,json-100k)"
cat "$out/report.md"
echo
echo "The same with winrmctl:"
cat "$out/winrmctl/report.md"

#!/usr/bin/env bash
# Installs what is missing, builds the ci preset (sanitizers, warnings as errors) and runs every test.
# Arguments go to ctest, for instance: tests/run.sh -R session
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

app/install-packages.sh app/packages.txt tests/packages.txt
cmake --preset ci >/dev/null
cmake --build --preset ci
rm -rf build/ci/tables
# A slow machine may make one of the real parts (display, keyring, network) late: what fails is run once more and both
# runs are shown.
status=0
ctest --preset ci -j "$(nproc)" --repeat until-pass:2 "$@" | tee build/ci/ctest.txt || status=$?
for table in build/ci/tables/*.txt; do
    if [ -f "$table" ]; then
        echo
        cat "$table"
    fi
done
# Once more, behind the tables: how it ended.
echo
sed -n '/% tests passed/,$p' build/ci/ctest.txt
exit "$status"

#!/usr/bin/env bash
# Spoils sample exports and job files, and sees that kvalis says what is wrong instead of breaking.
#
#   tests/fuzz/run.sh               2000 seeds from 1 on: about half an hour
#   tests/fuzz/run.sh 5001 9000     the seeds from 5001 to 9000
#   tests/fuzz/run.sh --smoke       60 seeds, under a minute, for every change
#
# The same seed spoils the same file in the same way. What a run must not do stands at the top of mutate.py.
set -euo pipefail
cd "$(dirname "$0")/../.."

first=1
last=2000
if [ "${1:-}" = "--smoke" ]; then last=60; elif [ $# -eq 2 ]; then first=$1; last=$2; fi

cargo build --release --quiet
kvalis=${CARGO_TARGET_DIR:-$PWD/target}/release/kvalis
workers=$(nproc)
share=$(((last - first + workers) / workers))
jobs=()
for ((from = first; from <= last; from += share)); do
  to=$((from + share <= last + 1 ? from + share : last + 1))
  python3 tests/fuzz/mutate.py "$kvalis" "$from" "$to" &
  jobs+=($!)
done
failed=0
for job in "${jobs[@]}"; do wait "$job" || failed=1; done
[ "$failed" -eq 0 ] && echo "fuzz: seeds $first to $last: every run ended well or said what was wrong"
exit "$failed"

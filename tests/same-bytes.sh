#!/usr/bin/env bash
# Holds what two builds of the program publish against each other, byte for byte: the gate of a change that moves code
# and must not move a number, a word or a pixel.
#
#   tests/same-bytes.sh OLD NEW [JOB…]     two programs; every sample job unless some are named
#
# The manifest's build, digest of itself and seconds are left out; everything else must be the same. Exit 1 with a list
# of the files that differ, which stay in KVALIS_SAME (default: a folder of their own in the temporary folder). Where a
# change rewrites the job files, too, OLD is run in the checkout KVALIS_SAME_OLD; the job's text in the manifest differs then.
set -euo pipefail
old=$(realpath "$1") new=$(realpath "$2")
shift 2
cd "$(dirname "$0")/.."
old_house=${KVALIS_SAME_OLD:-.}
jobs=("$@")
[ ${#jobs[@]} -gt 0 ] || jobs=(analyze norrtalje strangnas skyddad riskbild)
work=${KVALIS_SAME:-$(mktemp -d)}
mkdir -p "$work"
work=$(realpath "$work")

# One job by one program, in a folder that is new: nothing of an earlier run is reused.
published() {
  rm -rf "$work/$1/$3"
  mkdir -p "$work/$1"
  (cd "$4" && "$2" --quiet run "$3" --out "$work/$1/$3") > "$work/$1/$3.out" 2> "$work/$1/$3.err"
  sed -i -E '/^ *"(build|version|seconds)": /d' "$work/$1/$3/manifest.json"
}

differ=0
for job in "${jobs[@]}"; do
  published old "$old" "$job" "$old_house" &
  published new "$new" "$job" . &
  wait
  if ! diff -rq "$work/old/$job" "$work/new/$job" || ! diff "$work/old/$job.err" "$work/new/$job.err"; then
    differ=1
  fi
done
[ "$differ" = 0 ] && echo "same bytes: ${jobs[*]}" || echo "differing files are in $work"
exit "$differ"

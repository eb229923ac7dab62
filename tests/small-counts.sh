#!/usr/bin/env bash
# What the suite holds of small counts on a few drawn jobs, on as many as are asked for: reports that are attacked from
# their published files alone, with how much they hide beside the same tables one by one; and pairs of exports that print
# the same numbers and hide others, of which no public byte may differ.
#
#   tests/small-counts.sh                  2 000 reports and 500 pairs: about half an hour
#   KVALIS_REPORTS=200 KVALIS_PAIRS=50 tests/small-counts.sh
#
# With KVALIS_KEEP=<folder> files of pairs that differ are left there.
set -euo pipefail
cd "$(dirname "$0")/.."
export KVALIS_REPORTS=${KVALIS_REPORTS:-2000} KVALIS_PAIRS=${KVALIS_PAIRS:-500}
cargo test --release --locked --test suite -- --nocapture protect_across::whatever_the_job protect_across::pairs

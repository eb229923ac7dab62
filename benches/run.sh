#!/usr/bin/env bash
# Measures the whole program on a large deviation log, beside other programs doing the same job, and checks every table.
#
#   benches/run.sh                  10^5 and 10^6 rows, three rounds each
#   benches/run.sh 1e5 1e6 1e7      the sizes named (10^7 takes 4 GB of disk and half an hour)
#   benches/run.sh --smoke          10^4 rows, kvalis alone: is the job still right?
#
# The generator, the answers and the other programs lie in KVALIS_PERF (default ../shared/perf). Data and results go to
# KVALIS_BENCH (default: a folder kvalis-bench in the temporary folder). Quote ratios, not seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

perf=${KVALIS_PERF:-../shared/perf}
work=${KVALIS_BENCH:-${TMPDIR:-/tmp}/kvalis-bench}
if [ ! -f "$perf/gen.py" ]; then
  echo "benches/run.sh: no generator in $perf: set KVALIS_PERF; nothing measured"
  exit 0
fi
smoke=no
sizes=(1e5 1e6)
if [ "${1:-}" = "--smoke" ]; then smoke=yes; sizes=(1e4); elif [ $# -gt 0 ]; then sizes=("$@"); fi

mkdir -p "$work"/{data,expected,jobs,out}
python=$work/venv/bin/python
if [ ! -x "$python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet duckdb polars pandas pyarrow numpy xlsxwriter
fi
cargo build --release --quiet
kvalis=${CARGO_TARGET_DIR:-target}/release/kvalis

# One job file per size, with the folder and the file filled in.
job_file() {
  sed -e "s|^input = .*|input = \"$work/data\"|" -e "s|^files = .*|files = [\"$1\"]|" benches/perf.toml > "$work/jobs/$2.toml"
}

for size in "${sizes[@]}"; do
  data=$work/data/d$size.csv
  [ -f "$data" ] || "$python" "$perf/gen.py" --rows "$size" --out "$data"
  [ -f "$work/expected/d$size/summary.csv" ] || "$python" "$perf/oracle.py" "$data" --out "$work/expected/d$size"
  job_file "d$size.csv" "d$size"
  command="$kvalis --quiet run $work/jobs/d$size.toml --fresh --out $work/out/d$size"
  if [ "$smoke" = yes ]; then
    $command
  else
    echo "== $size rows"
    "$python" "$perf/bench.py" -n "${KVALIS_ROUNDS:-3}" --warm "kvalis=$command" \
      "duckdb=$python $perf/peers/duckdb_job.py $data --out $work/out/duckdb" \
      "polars=$python $perf/peers/polars_job.py $data --out $work/out/polars" \
      "polars-stream=$python $perf/peers/polars_job.py $data --out $work/out/polars-stream --mode stream" \
      "pandas=$python $perf/peers/pandas_job.py $data --out $work/out/pandas"
  fi
  "$python" benches/adapt.py "$work/out/d$size" "$work/out/adapted-d$size"
  "$python" "$perf/compare.py" "$work/out/adapted-d$size" "$work/expected/d$size"
done

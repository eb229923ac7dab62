#!/usr/bin/env python3
"""adapt.py RUN OUT: the tables of a run of benches/perf.toml in the form that the measuring stick compares.

RUN is the folder that kvalis published. Only names and layout change here; every count comes from kvalis. The Parquet
file is read through DuckDB because the measuring stick wants a record number (ours counts the header, as Excel does)
and a label for blank units (ours stores a blank and labels it when counting).
"""
import csv
import json
import os
import sys


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    return lines[0], lines[1:]


def write(out, name, header, lines):
    with open(os.path.join(out, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def summary(run, out):
    fates = {}
    for balance in json.load(open(os.path.join(run, "manifest.json"), encoding="utf-8"))["balances"]:
        for fate, count in balance["fates"].items():
            fates[fate.split(":")[0]] = fates.get(fate.split(":")[0], 0) + count
    rejected, duplicates, kept = (fates.get(name, 0) for name in ("rejected", "duplicate", "kept"))
    write(out, "summary.csv", ["lasta", "avvisade", "dubbletter", "behallna"],
          [(rejected + duplicates + kept, rejected, duplicates, kept)])


def rejects(run, out):
    reasons = {("Registreringsdatum", False): "Registreringsdatum saknas",
               ("Registreringsdatum", True): "Registreringsdatum ogiltigt",
               ("Händelsedatum", True): "Händelsedatum ogiltigt"}
    _, lines = rows(os.path.join(run, "rejects.csv"))
    kept = [(line[0], int(line[2]) - 1, reasons[line[3], bool(line[7])], line[7])
            for line in lines if line[4] == "avvisad rad"]
    write(out, "rejects.csv", ["fil", "rad", "anledning", "varde"], kept)


def tables(run, out):
    def table(name):
        return rows(os.path.join(run, "tables", name + ".csv"))[1]

    write(out, "A.csv", ["kvalitetsar", "avdelning", "enhet", "typ", "antal"], table("cube-a"))
    counts = {(int(year), label): int(count) for year, label, count in table("cube-b")}
    years, labels = sorted({key[0] for key in counts}), sorted({key[1] for key in counts})
    lines = []
    for year in years:
        for label in labels:
            now, then = counts.get((year, label), 0), counts.get((year - 1, label), 0)
            if year == years[0]:
                lines.append((year, label, now, "", "", ""))
            else:
                lines.append((year, label, now, then, now - then, repr((now - then) / then) if then else ""))
    write(out, "B.csv", ["kvalitetsar", "kategori", "antal", "foregaende", "forandring", "forandring_rel"], lines)
    write(out, "C.csv", ["kalenderar", "manad", "typ", "antal", "medel_allvarlighetsgrad"], table("cube-c"))
    shares = []
    for kind in ("kalenderar", "kvalitetsar"):
        header, lines = rows(os.path.join(run, "tables", f"share-d_{kind}.csv"))
        place = {name: index for index, name in enumerate(header)}
        for line in lines:
            if line[0].isdigit():
                part, whole = int(line[place["numerator"]]), int(line[place["denominator"]])
                shares.append((kind, line[0], whole, part, repr(part / whole)))
    write(out, "D.csv", ["artyp", "ar", "lexsarah", "anmalda", "andel"], shares)


def parquet(run, out):
    import duckdb
    source = os.path.join(run, "data", "normalised.parquet")
    duckdb.connect().execute(
        f"copy (select * replace (coalesce(enhet, '(saknas)') as enhet), _row - 1 as rad from read_parquet('{source}'))"
        f" to '{os.path.join(out, 'normalised.parquet')}' (format parquet)")


if __name__ == "__main__":
    run, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    for step in (summary, rejects, tables, parquet):
        step(run, out)

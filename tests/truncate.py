#!/usr/bin/env python3
"""An export that was cut is told: every dated source of the sample jobs, cut at the end of every month of the job's period.

    tests/truncate.py KVALIS [--draws N] [JOB…]

For each cut `kvalis check` must say of the source that its rows end early, or that the period has none: as an error, or as
a warning where it may be chance. `--draws N`: only N cuts, the same each time. A source that says `covers = "part"` is left
out, and a cut that takes away less than four weeks of rows. Python's standard library only; exit 1 with a list of the silent.
"""

import argparse
import csv
import datetime
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
JOBS = ["analyze", "norrtalje", "strangnas", "riskbild", "skyddad"]
EPOCH = datetime.date(1899, 12, 30)


def day_of(text):
    """The day of a cell, by the forms in which the samples write them."""
    text = text.strip()[:10]
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            pass
    return EPOCH + datetime.timedelta(days=int(float(text))) if re.fullmatch(r"4\d{4}(\.\d+)?", text) else None


def cut_csv(content, header, last):
    """Without the rows after a day. Every byte is a letter of Latin-1, whatever the encoding."""
    text = content.decode("latin-1")
    name = next(name for name in (header, header.encode().decode("latin-1")) if name in text)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    head, column = next((index, row.index(name)) for index, row in enumerate(rows) if name in row)
    out = io.StringIO(newline="")
    late = lambda row: len(row) > column and (day_of(row[column]) or last) > last
    kept = [row for index, row in enumerate(rows) if index <= head or not late(row)]
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(kept)
    return out.getvalue().encode("latin-1"), len(rows) - len(kept)


def cut_xlsx(content, header, last):
    """Without the rows after a day, in the sheet that has the header."""
    old, out, gone = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO(), 0
    names = old.namelist()
    strings = []
    if "xl/sharedStrings.xml" in names:
        items = re.findall(r"<si>(.*?)</si>", old.read("xl/sharedStrings.xml").decode(), re.S)
        strings = ["".join(re.findall(r"<t[^>]*>([^<]*)</t>", item)) for item in items]

    def cells(row):
        for letters, kind, inside in re.findall(r'<c r="([A-Z]+)\d+"([^>]*)>(.*?)</c>', row, re.S):
            value = "".join(re.findall(r"<(?:v|t)[^>]*>([^<]*)</(?:v|t)>", inside))
            yield letters, strings[int(value)] if 't="s"' in kind and value else value

    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in names:
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text, column = part.decode(), None
                for row in re.findall(r"<row .*?</row>", text, re.S):
                    found = dict(cells(row))
                    if column is None:
                        column = next((letters for letters, value in found.items() if value.strip() == header), None)
                    elif (day_of(found.get(column, "")) or last) > last:
                        text, gone = text.replace(row, "", 1), gone + 1
                part = text.encode()
            new.writestr(name, part)
    return out.getvalue(), gone


def period_of(job):
    """First and last day of the period that the job is about."""
    period = job["job"]["period"]
    year = period["year"]
    month = period.get("first_month", 9) if period["kind"] == "quality_year" else 1
    first_year = year - 1 if month > 1 and period.get("named_after", "end") == "end" else year
    return datetime.date(first_year, month, 1), datetime.date(first_year + 1, month, 1) - datetime.timedelta(days=1)


def dated(job):
    """Name, file and header of the date of each source that is to cover the period."""
    for name, source in job["source"].items():
        if source["kind"] == "events" and "period_date" in source and source.get("covers") != "part":
            header = source["columns"][source["period_date"]]["header"]
            yield name, source["files"], header[0] if isinstance(header, list) else header


def cuts(jobs):
    for name in jobs:
        job = tomllib.loads((HOUSE / "pipelines" / f"{name}.toml").read_text())
        first, last = period_of(job)
        months = [(first.year + (first.month + n - 1) // 12, (first.month + n - 1) % 12 + 1) for n in range(1, 12)]
        ends = [datetime.date(year, month, 1) - datetime.timedelta(days=1) for year, month in months]
        year, folder = job["job"]["period"]["year"], (HOUSE / "pipelines" / job["job"]["input"]).resolve()
        for source, patterns, header in dated(job):
            patterns = [re.sub(r"\{year([+-]\d+)?\}", lambda at: str(year + int(at[1] or 0)), each) for each in patterns]
            files = [file for pattern in patterns for file in sorted(folder.glob(pattern))]
            yield from ((name, source, files, header, end) for end in ends if files and (last - end).days >= 28)


def silent(program, at, cut):
    """What is wrong with a cut that is not told; None if it is, or if it takes nothing away."""
    job, source, files, header, end = cut
    shutil.rmtree(at / "sample-data", ignore_errors=True)
    shutil.copytree(HOUSE / "sample-data", at / "sample-data")
    gone = 0
    for file in files:
        cutter = cut_xlsx if file.suffix == ".xlsx" else cut_csv
        content, rows = cutter(file.read_bytes(), header, end)
        (at / "sample-data" / file.parent.name / file.name).write_bytes(content)
        gone += rows
    told = subprocess.run([program, "check", job], cwd=at, capture_output=True, text=True, check=False).stderr
    is_told = re.search(rf"\[period-not-covered\]: (the rows of {source} end on|{source} has no row)", told)
    return None if is_told or not gone else f"{job}: {source} cut after {end}, {gone} rows less: not told"


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("program")
    asked.add_argument("jobs", nargs="*", default=JOBS)
    asked.add_argument("--draws", type=int)
    asked = asked.parse_intermixed_args()
    all_cuts = list(cuts(asked.jobs))
    if asked.draws:
        all_cuts = random.Random(12).sample(all_cuts, min(asked.draws, len(all_cuts)))
    with tempfile.TemporaryDirectory() as at:
        for folder in ("pipelines", "templates"):
            shutil.copytree(HOUSE / folder, Path(at) / folder)
        found = [silent(str(Path(asked.program).resolve()), Path(at), cut) for cut in all_cuts]
    wrong = [line for line in found if line]
    print("\n".join(wrong) or f"all told: {len(all_cuts)} cuts")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

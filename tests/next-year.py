#!/usr/bin/env python3
"""A year later, as a municipality does it: every sample export is moved a year (and two), the files are renamed as a new
delivery is, `roll` and `run` are called, and the new report is held against the old one, cell by cell and line by line.

    tests/next-year.py KVALIS [--years 1,2] [--keep FOLDER] [JOB…]

The exports say the same things a year later, so the report must, too: each date and year one later, each count the same.
What differs must be one of EXCEPTIONS, each with its reason, and each exception must occur. The texts that were written for
the old year must not stand in the new report. Python's standard library only; exit 1 with a list of what is wrong.
"""

import argparse
import collections
import concurrent.futures
import csv
import datetime
import difflib
import io
import itertools
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
JOBS = {"analyze": 2023, "norrtalje": 2023, "strangnas": 2022, "riskbild": 2023, "skyddad": 2023}

# --- a date, a year -------------------------------------------------------------------------------------------------

ISO = r"\b(?P<y>20[12]\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b"
DOTTED = r"\b(?P<d2>[0-3]\d)\.(?P<m2>[01]\d)\.(?P<y2>20[12]\d)\b"
# What looks like a year and is none: a law (2001:453, SOSFS 2011:9), the decimals of a number, a part of a checksum.
YEAR = r"(?<![\w.,:+])(?P<y3>20[12]\d)(?!\w|[.,:]\d)|(?<=_)(?P<y4>20[12]\d)(?=[._])|(?<=\by)(?P<y5>20[12]\d)(?![^\W_])"
WHEN = re.compile("|".join((ISO, DOTTED, YEAR)))
# In an export a comma or a colon may stand before a value of its own.
IN_EXPORT = re.compile("|".join((ISO, DOTTED, r"(?<![\w.])(?P<y3>20[12]\d)(?![\w.:])|(?P<y4>(?!))|(?P<y5>(?!))")))


def moved_date(year, month, day, years):
    """The same day a year later; what is no day stays none; the leap day becomes the 28th."""
    day = "28" if (month, day) == ("02", "29") and (year + years) % 4 else day
    return f"{year + years}", month, day


def moved(text, years, when=WHEN):
    """A text, each date and year in it so many years later."""

    def later(found):
        part = found.groupdict()
        if part["y"]:
            return "-".join(moved_date(int(part["y"]), part["m"], part["d"], years))
        if part["y2"]:
            return ".".join(reversed(moved_date(int(part["y2"]), part["m2"], part["d2"], years)))
        return str(int(part["y3"] or part["y4"] or part["y5"]) + years)

    return when.sub(later, text)


# --- the exports ----------------------------------------------------------------------------------------------------

EPOCH = datetime.date(1899, 12, 30)
NUMBER = re.compile(r'(<c r="[A-Z]+\d+"(?P<style> s="\d+")?(?: t="n")?>\s*<v>)(?P<value>\d{4,5})(</v>)')
TEXT = re.compile(r'(?<=>)[^<>]+(?=</(?:t|text:p)>)|(?<=<sheet name=")[^"]+|(?<=<table:table table:name=")[^"]+')


def moved_serial(serial, years):
    day = EPOCH + datetime.timedelta(days=serial)
    year, month, date = moved_date(day.year, f"{day.month:02}", f"{day.day:02}", years)
    return (datetime.date(int(year), int(month), int(date)) - EPOCH).days


def moved_number(found, years):
    """A cell with the number of a day, or of a year, as the samples' workbooks hold them."""
    value = int(found["value"])
    if found["style"] and 43466 <= value <= 47847:
        value = moved_serial(value, years)
    elif 2015 <= value <= 2030:
        value += years
    return f"{found[1]}{value}{found[4]}"


def moved_part(name, content, years):
    if not name.endswith(".xml") or name.startswith(("docProps", "META-INF", "xl/theme", "xl/styles")):
        return content
    text = content.decode()
    text = TEXT.sub(lambda found: moved(found[0], years), text)
    return NUMBER.sub(lambda found: moved_number(found, years), text).encode()


def moved_archive(content, years):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            stored = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            stored.compress_type = part.compress_type
            new.writestr(stored, moved_part(part.filename, old.read(part), years))
    return out.getvalue()


def moved_export(file, years):
    content = file.read_bytes()
    if file.suffix in (".xlsx", ".ods"):
        return moved_archive(content, years)
    # Every byte is a letter of Latin-1, so that an encoding that nobody names survives.
    return moved(content.decode("latin-1"), years, IN_EXPORT).encode("latin-1")


# --- a house of its own ---------------------------------------------------------------------------------------------


def house(at, years):
    """The jobs, their templates, and the exports of so many years later beside them."""
    for folder in ("pipelines", "templates"):
        shutil.copytree(HOUSE / folder, at / folder)
    for job in (at / "pipelines").glob("*.toml"):
        # What an export does not reach back to is as far back in the moved one.
        said = re.sub(r"known_from = .*", lambda found: moved(found[0], years), job.read_text(encoding="utf-8"))
        job.write_text(said, encoding="utf-8")
    # The files of the delivery before stay where they are, and what has no year in its name takes their place.
    shutil.copytree(HOUSE / "sample-data", at / "sample-data")
    for file in sorted((HOUSE / "sample-data").glob("*/*")):
        target = at / "sample-data" / file.parent.name / moved(file.name, years)
        target.write_bytes(moved_export(file, years))
    return at


# What a year that has not come yet must not do: publish anything.
def too_early(program, at, jobs):
    """Rolls and runs the jobs on the exports of the year before: nothing comes of it, and the first error says why."""
    house(at, 0)
    for job in jobs:
        called(program, at, "roll", job)
        ran = called(program, at, "--quiet", "run", job)
        first = ran.stderr.splitlines()[0] if ran.stderr else ""
        says_why = re.match(r"error\[(period-not-covered|no-such-file|no-rows)\]", first)
        if not ran.returncode or not says_why or list((at / "output").glob(f"{job}/20*")):
            yield f"{job}: a year that nothing was delivered for: exit {ran.returncode}, {first}"


def called(program, at, *arguments):
    return subprocess.run([program, *arguments], cwd=at, capture_output=True, text=True, check=False)


def unmoved(program, at, jobs):
    """The reports of the year that the samples are of, without texts that somebody wrote for it."""
    house(at, 0)
    for texts in (at / "pipelines").glob("*/20*"):
        shutil.rmtree(texts)
    for job in jobs:
        ran = called(program, at, "--quiet", "run", job)
        if ran.returncode:
            sys.exit(f"{job} does not run on the unmoved exports:\n{ran.stderr}")
    return at


# --- what differs ---------------------------------------------------------------------------------------------------

GOTEBORG = ("analyze", "riskbild", "skyddad")
LEAP = "a year with a leap day is a day longer, so that one time over it is"

# (jobs, years, place, what the new line or cell is like, how far numbers may differ or None, why)
EXCEPTIONS = [
    (("analyze",), (1, 2, 4), r"report", r"Egen text från ett annat år: ", None,
     "the texts of the year before wait to be written anew, and the report says so"),
    (JOBS, (2, 4), r"report", r"2025:400", None, "the law of the days of the period"),
    (JOBS, (1, 2), r"quality-avvikelser-lag|report.*([Tt]id|dagar) från händelse", r"", 2, LEAP),
    (JOBS, (1,), r"action-.*median|report.*Åtgärder (per avdelning|efter källa)", r"", 1, LEAP),
]

# What says which file was read, or which program wrote: no statement of the report.
MASKS = [
    (re.compile(r"(?<![.\w])(?=[0-9]*[a-f])[0-9a-f]{12,64}\b"), "#"),
    (re.compile(r"\b\d+(,\d)? kB\b"), "# kB"),
]
# A test of two counts weighs how long the years are. Its verdict stands beside it, and is compared.
OF_LENGTH = re.compile(r"p (under )?\d,\d+; justerat p (under )?\d,\d+|p = \d,\d+")
NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")


def plain(text, years):
    for mask, instead in MASKS:
        text = mask.sub(instead, text)
    return OF_LENGTH.sub("p #", text) if years % 4 else text


def cells(file, years):
    """A table's cells, each under its row's first cell and its column, in order."""
    with open(file, encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened, delimiter=";"))
    head = rows[0] if rows else []
    for number, row in enumerate(rows):
        for column, cell in zip(head, row):
            if years % 4 == 0 or column not in ("p", "p_adjusted"):
                yield f"row {number} ({row[0]}), {column}", plain(cell, years)


def written(file, years):
    """The lines that a reader meets, each with the heading or caption that it stands under."""
    text = file.read_text(encoding="utf-8")
    if file.suffix in (".svg", ".html"):
        text = re.sub(r"(?s)<(style|script|metadata)\b.*?</\1>", "", text)
        found = re.findall(r"(?<=>)[^<>]*\w[^<>]*(?=<)|(?<= alt=\")[^\"]+|(?<= aria-label=\")[^\"]+", text)
    else:
        found = text.splitlines()
    under = before = ""
    for line in map(str.strip, found):
        if re.match(r"#|!\[|(\*\*)?(Tabell|Figur)\b|\d+(\.\d+)* \w", line):
            under = line
        elif re.fullmatch(r"(Tabell|Figur) \d+\.|\d+\.\d+", before):
            under = f"{before} {line}"
        before = line
        yield under[:80], plain(line, years)


def pairs(old, new, years):
    """What two published files say, piece by piece: (place, expected, found), only where they differ."""
    if old.suffix == ".csv":
        expected = [(moved(place, years), moved(cell, years)) for place, cell in cells(old, 0 if years % 4 == 0 else years)]
        found = list(cells(new, years))
    else:
        expected = [(moved(under, years), moved(line, years)) for under, line in written(old, years)]
        found = list(written(new, years))
    match = difflib.SequenceMatcher(None, expected, found, autojunk=False)
    for tag, a, b, c, d in match.get_opcodes() if expected != found else []:
        if tag == "equal":
            continue
        for one, other in itertools.zip_longest(expected[a:b], found[c:d], fillvalue=("", "")):
            if one[1] != other[1]:
                yield other[0] or one[0], one[1], other[1]


def near(expected, found, by):
    """The same words, and numbers that differ by no more."""
    if NUMBERS.sub("#", expected) != NUMBERS.sub("#", found):
        return False
    values = [[float(number.replace(",", ".")) for number in NUMBERS.findall(text)] for text in (expected, found)]
    return all(abs(one - other) <= by for one, other in zip(*values))


def published(folder):
    """The files of a report that are read here, by their place: what readers get as text, and every number."""
    kinds = ("report.md", "report.html", "underlag.md", "rejects.csv", "las-mig.txt", "tables/*.csv", "figures/*.csv", "figures/*.svg")
    return {str(file.relative_to(folder)): file for kind in kinds for file in sorted(folder.glob(kind))}


class Held:
    """One new report held against the old one."""

    def __init__(self, job, years):
        self.job, self.years = job, years
        self.wrong, self.excused = [], collections.Counter()

    def tell(self, place, expected, found):
        for index, (jobs, years, where, what, by, _) in enumerate(EXCEPTIONS):
            if self.job in jobs and self.years in years and re.search(where, place) and re.search(what, found):
                if by is None or near(expected, found, by):
                    self.excused[index] += 1
                    return
        self.wrong.append(f"{self.job} +{self.years}: {place}\n  expected: {expected}\n  found:    {found}")

    def compare(self, before, after):
        old, new = published(before), published(after)
        for name in sorted(old.keys() | new.keys()):
            if name not in new or name not in old:
                self.tell(name, "a file" if name in old else "", "a file" if name in new else "")
                continue
            for place, expected, found in pairs(old[name], new[name], self.years):
                self.tell(f"{name}, {place}", expected, found)

    def own_texts(self, after):
        """No sentence that was written for the old year."""
        report = (after / "report.md").read_text(encoding="utf-8")
        for text in sorted((HOUSE / "pipelines" / self.job).glob("20*/*.md")):
            for line in text.read_text(encoding="utf-8").splitlines():
                if len(line) > 40 and line.strip() in report:
                    self.wrong.append(f"{self.job} +{self.years}: {text.name} of the old year is printed: {line[:80]}")


def held(program, before, at, job, years):
    """Rolls and runs one job on the moved exports, and says what is wrong with it."""
    result = Held(job, years)
    year = JOBS[job]
    rolled = called(program, at, "roll", job, *(["--to", str(year + years)] if years > 1 else []))
    (at / f"{job}-roll.txt").write_text(rolled.stdout + rolled.stderr, encoding="utf-8")
    if rolled.returncode:
        result.wrong.append(f"{job} +{years}: roll: {rolled.stderr}")
    ran = called(program, at, "--quiet", "run", job)
    if ran.returncode:
        result.wrong.append(f"{job} +{years}: run: {ran.stderr}")
        return result
    after = at / "output" / job / str(year + years)
    result.compare(before / "output" / job / str(year), after)
    result.own_texts(after)
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("--years", default="1,2")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("jobs", nargs="*", default=list(JOBS))
    asked = parser.parse_args()
    program = asked.program.resolve()
    work = asked.keep or Path(tempfile.mkdtemp())
    before = unmoved(program, work / "0", asked.jobs)
    wrong, excused = list(too_early(program, work / "early", asked.jobs)), collections.Counter()
    houses = {years: house(work / str(years), years) for years in map(int, asked.years.split(","))}
    tried = [(job, years) for years in houses for job in asked.jobs]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for result in pool.map(lambda one: held(program, before, houses[one[1]], *one), tried):
            wrong += result.wrong
            excused += result.excused
    for index, (jobs, years, where, what, _, why) in enumerate(EXCEPTIONS):
        if not excused[index] and any(job in jobs and moved in years for job, moved in tried):
            wrong.append(f"an exception that does not occur any more: {where} {what} ({why})")
    if not asked.keep:
        shutil.rmtree(work)
    print("\n".join(wrong))
    print(f"{len(tried)} reports of a later year, {len(wrong)} faults, {sum(excused.values())} differences with a reason")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

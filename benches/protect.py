#!/usr/bin/env python3
"""protect.py KVALIS [--smoke] [NAME…]: what protecting small counts costs, in CPU seconds of whole runs.

Draws exports of a made-up house and runs jobs with `[protect]` on them: a hierarchy of groups and units by kind, the same
much larger, five tables that tell of each other, and forty units with a report of their own beside that of the whole.
Prints seconds beside the goal, the ratio of the two, and what was hidden. Exit 1 if a run fails. `--smoke` runs small
ones of the same jobs, for their exit codes alone. KVALIS_BENCH: where data and reports go.
"""
import json
import os
import random
import resource
import subprocess
import sys
import tempfile

HEAD = """[job]
title = "Prov {{period}}"
organisation = "Provkommunen"
as_of = "2025-01-15"
period = {{ kind = "calendar_year", year = 2024, earlier = 1 }}
input = "."
templates = "."
output = "ut"
formats = ["markdown"]

[protect]

[hierarchy.org.groups]
{groups}

[category.typ]
values = {kinds}

[source.a]
kind = "events"
title = "Avvikelser"
noun = {{ one = "avvikelse", many = "avvikelser" }}
files = ["a.csv"]
period_date = "datum"

[source.a.columns]
nr = {{ header = "Nr", kind = "id" }}
datum = {{ header = "Datum", kind = "date", safe = true }}
avd = {{ header = "Avdelning", kind = "category", list = "hierarchy.org.groups", safe = true }}
enhet = {{ header = "Enhet", kind = "category", list = "hierarchy.org.members", safe = true }}
typ = {{ header = "Typ", kind = "category", list = "category.typ", safe = true }}
kon = {{ header = "Kön", kind = "yes_no", safe = true }}

[[chapter]]
title = "Prov"
template = "p.md"
"""

HIERARCHY = """
[breakdown.alla]
source = "source.a"
title = "Per enhet och typ"
rows = ["avd", "enhet"]
columns = "typ"
earlier = 0

[breakdown.ar]
source = "source.a"
title = "Per enhet"
rows = ["avd", "enhet"]
"""

FIVE = HIERARCHY + """
[breakdown.typ]
source = "source.a"
title = "Per typ"
rows = "typ"

[breakdown.kon]
source = "source.a"
title = "Per typ och kön"
rows = "typ"
columns = "kon"
earlier = 0

[trend.kvartal]
source = "source.a"
title = "Per kvartal"
by = "quarter"
columns = "typ"
"""

EACH = HIERARCHY + """
[breakdown.enhet]
source = "source.a"
title = "Per typ och kön, {each}"
rows = "typ"
columns = "kon"
each = "enhet"
earlier = 0

[trend.enhet]
source = "source.a"
title = "Per kvartal, {each}"
by = "quarter"
each = "enhet"
"""

#  name: tables, units, kinds, seconds that it may take; units and kinds of the small one
JOBS = {
    "hierarchy-40x9": (HIERARCHY, 40, 9, 2, (8, 4)),
    "hierarchy-120x30": (HIERARCHY, 120, 30, 20, (12, 5)),
    "five-40x9": (FIVE, 40, 9, 5, (8, 4)),
    "forty-units": (EACH, 40, 9, 60, (6, 3)),
}


def draw(folder, tables, units, kinds):
    dice = random.Random(units * 1000 + kinds)
    groups = max(2, units // 7)
    of = {f"E{unit:03}": f"Avd {unit % groups + 1}" for unit in range(units)}
    names = [f"Typ {kind + 1:02}" for kind in range(kinds)]
    listed = "\n".join(
        f'"{group}" = {json.dumps([unit for unit in of if of[unit] == group])}' for group in sorted(set(of.values())))
    with open(f"{folder}/job.toml", "w", encoding="utf-8") as file:
        file.write(HEAD.format(groups=listed, kinds=json.dumps(names)) + tables)
    with open(f"{folder}/p.md", "w", encoding="utf-8") as file:
        file.write("Prov.\n")
    number = 0
    with open(f"{folder}/a.csv", "w", encoding="utf-8") as file:
        file.write("Nr;Datum;Avdelning;Enhet;Typ;Kön\n")
        for year in (2023, 2024):
            for unit in of:
                for kind, name in enumerate(names):
                    # Common kinds and rare ones, as registers have them.
                    for _ in range(int(dice.expovariate((1 + kind) / 40)) if dice.random() < 0.85 else 0):
                        number += 1
                        date = f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
                        file.write(f"{number};{date};{of[unit]};{unit};{name};{dice.choice(['Ja', 'Nej'])}\n")


def cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    arguments = sys.argv[1:]
    smoke = "--smoke" in arguments
    arguments = [argument for argument in arguments if argument != "--smoke"]
    kvalis, wanted = os.path.abspath(arguments[0]), arguments[1:] or list(JOBS)
    work = os.environ.get("KVALIS_BENCH") or tempfile.mkdtemp(prefix="kvalis-protect-")
    failed = False
    for name in wanted:
        tables, units, kinds, goal, small = JOBS[name]
        units, kinds = small if smoke else (units, kinds)
        folder = f"{work}/{name}"
        os.makedirs(folder, exist_ok=True)
        draw(folder, tables, units, kinds)
        before = cpu()
        run = subprocess.run([kvalis, "--quiet", "run", f"{folder}/job.toml", "--fresh", "--out", f"{folder}/ut"],
                             capture_output=True, text=True)
        spent = cpu() - before
        if run.returncode != 0:
            failed = True
            print(f"{name}: exit {run.returncode}\n{run.stdout}{run.stderr}")
        elif not smoke:
            print(f"{name:18} {spent:7.2f} CPU s of {goal:3} ({spent / goal:.2f})  {run.stdout.strip()}", flush=True)
    sys.exit(failed)


main()

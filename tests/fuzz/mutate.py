#!/usr/bin/env python3
"""Spoils one file of a sample job, the same way for the same seed, and runs `kvalis check` on what is left.

  mutate.py KVALIS FIRST LAST        seeds FIRST..LAST-1; prints a line for each run that is not as it should be

Whatever the file holds, kvalis ends with 0, or with 1 and at least one error that says what and where: never with 3, by a
signal, with a panic on stderr, beyond the memory or the seconds that a small export may take.
"""
import warnings
import io, os, random, re, resource, shutil, subprocess, sys, tempfile, zipfile

warnings.simplefilter("ignore")  # zipfile says that a name stands twice: it is to
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
JOBS = ["analyze", "norrtalje", "strangnas"]
MEMORY = 3 << 30
# Of the processor; the clock says more of what else the machine is doing.
SECONDS = 30


def flip(rng, data):
    data = bytearray(data)
    for _ in range(rng.choice([1, 2, 8, 64])):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def truncate(rng, data):
    return data[: rng.randrange(len(data) + 1)]


def cut_out(rng, data):
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randrange(200):]


def repeat(rng, data):
    start = rng.randrange(len(data) + 1)
    piece = data[start : start + rng.randrange(1, 400)]
    return data[:start] + piece * rng.randrange(2, 50) + data[start:]


def insert(rng, data):
    odd = [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b"'", b";", b"\r", b"\n", b"\r\n\r\n", b"\t", b"\xc3",
           b"\xed\xa0\x80", b"=1+1", b"9" * 400, b"1e309", b"-0", b"A" * 70_000, "\u202e".encode(), b"\x1b[2J"]
    for _ in range(rng.choice([1, 3, 20])):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(odd) + data[at:]
    return data


def quotes(rng, data):
    places = [match.start() for match in re.finditer(rb'[";]', data)] or [0]
    for at in sorted(rng.sample(places, min(len(places), rng.choice([1, 2, 9]))), reverse=True):
        data = data[:at] + rng.choice([b"", b'"', b'"""', b'";"', b"\n", b'"\r\n']) + data[at + rng.choice([0, 1]):]
    return data


def lines(rng, data):
    kept = data.split(b"\n")
    for _ in range(rng.choice([1, 2, 5])):
        one, other = rng.randrange(len(kept)), rng.randrange(len(kept))
        match rng.randrange(4):
            case 0: kept[one], kept[other] = kept[other], kept[one]
            case 1: kept[one] = b""
            case 2: kept.insert(one, kept[other])
            case _: kept[one] = kept[one].replace(rng.choice([b"=", b'"', b"[", b"{", b",", b"."]), rng.choice([b"", b"==", b"]", b"[", b"'"]))
    return b"\n".join(kept)


def words(rng, data):
    """A word of the file in the place of another: keys, references and numbers where they do not belong."""
    found = list(re.finditer(rb"[\w.-]{2,}", data))
    for _ in range(rng.choice([1, 1, 3])):
        if len(found) > 1:
            old, new = rng.choice(found), rng.choice(found)
            data = data[: old.start()] + new.group() + data[old.end():]
            found = list(re.finditer(rb"[\w.-]{2,}", data))
    return data


def numbers(rng, data):
    found = list(re.finditer(rb"\d+", data))
    odd = [b"0", b"-1", b"99999999999999999999", b"1e400", b"4294967296", b"2147483648", b"0.0000001", b"nan", b""]
    if found:
        old = rng.choice(found)
        data = data[: old.start()] + rng.choice(odd) + data[old.end():]
    return data


def nesting(rng, data):
    depth = rng.choice([10, 1000, 200_000])
    return rng.choice([b"[" * depth, b'{"values":' * depth, data[: len(data) // 2] + b"[" * depth])


PLAIN = [flip, truncate, cut_out, repeat, insert]


def packed(rng, data):
    """Members of a package spoilt, left out, doubled, renamed, or far larger than they say."""
    try:
        members = [(info.filename, package.read(info)) for package in [zipfile.ZipFile(io.BytesIO(data))] for info in package.infolist()]
    except zipfile.BadZipFile:
        return flip(rng, data)
    at = rng.randrange(len(members))
    name, content = members[at]
    match rng.randrange(8):
        case 0: members.pop(at)
        case 1: members.append((name, content))
        case 2: members[at] = (rng.choice(["../" + name, name.upper(), name + "x", "xl/workbook.xml"]), content)
        case 3: members[at] = (name, b" " * (64 << 20) + content)
        case 4: members[at] = (name, content + content)
        case 5: members[at] = (name, rng.choice([words, numbers])(rng, content))
        case _: members[at] = (name, rng.choice(PLAIN)(rng, content))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return out.getvalue()


def spoil(rng, name, data):
    ending = name.rsplit(".", 1)[-1]
    kinds = {"csv": PLAIN + [quotes, quotes, lines], "json": PLAIN + [words, numbers, lines, nesting],
             "toml": [flip, truncate, lines, lines, words, words, words, numbers, numbers],
             "xlsx": [flip, truncate, packed, packed, packed, packed], "ods": [flip, truncate, packed, packed, packed, packed]}
    how = rng.choice(kinds.get(ending, PLAIN))
    return how.__name__, how(rng, data)


def job_text(job, folder):
    text = open(f"{ROOT}/pipelines/{job}.toml", encoding="utf-8").read()
    text = re.sub(r'(?m)^templates = .*', f'templates = "{ROOT}/templates"', text)
    text = re.sub(r'(?m)^output = .*', 'output = "output"', text)
    source = re.search(r'(?m)^input = "\.\./(.*)"', text).group(1)
    return re.sub(r'(?m)^input = .*', 'input = "input"', text), f"{ROOT}/{source}"


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def problem(kvalis, seed):
    """What is wrong with the run of a seed, or None; and how the file was spoilt."""
    rng = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="kvalis-fuzz-")
    try:
        job = rng.choice(JOBS)
        text, source = job_text(job, folder)
        shutil.copytree(source, f"{folder}/input")
        victim = f"{folder}/job.toml" if rng.random() < 0.25 else f"{folder}/input/{rng.choice(sorted(os.listdir(source)))}"
        open(f"{folder}/job.toml", "w", encoding="utf-8").write(text)
        how, data = spoil(rng, victim, open(victim, "rb").read())
        open(victim, "wb").write(data)
        told = f"seed {seed}: {job}, {os.path.basename(victim)}, {how}"
        try:
            run = subprocess.run([kvalis, "--json", "--threads", "2", "check", "job.toml"], cwd=folder, capture_output=True,
                                 timeout=20 * SECONDS, preexec_fn=limits, env={**os.environ, "RUST_BACKTRACE": "0"})
        except subprocess.TimeoutExpired:
            return f"{told}: waits for something"
        said = run.stderr.decode("utf-8", "replace")
        if run.returncode not in (0, 1):
            return f"{told}: exit {run.returncode}\n{said[-600:]}"
        if run.returncode == 1 and "error[" not in said:
            return f"{told}: stopped without a word\n{said[-600:]}"
        if "panicked" in said or "internal" in said:
            return f"{told}: broke off\n{said[-600:]}"
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    kvalis, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    found = [line for line in (problem(kvalis, seed) for seed in range(first, last)) if line]
    for line in found:
        print(line, flush=True)
    sys.exit(1 if found else 0)


main()

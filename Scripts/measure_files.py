#!/usr/bin/env python3
"""Measures how Docket reads the sets of odd files in ../shared/data: `bad_pdf` and `scans`.

    Scripts/measure_files.py --docket .build/release/docket              both sets
    … --set scans                                                        one of them
    … --keep DIR                                                         keeps what `docket text` wrote

bad_pdf: the outcome of each file against the expected one; of those that can be read, how much of the reference's text
was found: by number of characters, and by which characters. Pooled over all characters, so that a file of a few
letters does not count as one of a thousand pages; the files below .98 are counted apart.
scans: one outcome a file, and the rate of wrong characters (edit distance by the length of the truth) where it is known.

Exit code 0 all floors held, 1 one was not, 65 the data or the program is missing.
"""
import argparse, collections, json, pathlib, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
FLOORS = {
    "bad_pdf: as expected, or read all the same": 0.98,
    "bad_pdf: text recall by number of characters": 0.98,
    "scans: files with one outcome": 1.0,
    "scans: character error rate, at most": 0.10,
}


def manifest(name):
    with open(DATA / name / "manifest.jsonl") as lines:
        return [json.loads(line) for line in lines]


def read(docket, name, keep):
    """`docket text --format json` of a set: file -> line."""
    records = manifest(name)
    files = [str(DATA / name / record["file"]) for record in records]
    out = keep / f"{name}.jsonl"
    with open(out, "w") as sink:
        done = subprocess.run([docket, "text", "--format", "json", *files], stdout=sink, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"docket text on {name} ended with {done.returncode}: {done.stderr[-2000:]}")
    lines = collections.defaultdict(list)
    with open(out) as found:
        for line in map(json.loads, found):
            lines[line["file"]].append(line)
    return records, {record["file"]: lines[str(DATA / name / record["file"])] for record in records}


def letters(text):
    return [character for character in text if not character.isspace()]


def text(line):
    """All of it, a line of the page a line."""
    if line.get("text"):
        return line["text"]
    out = []
    for page in line.get("pages", []):
        last = None
        for word in page["words"]:
            out.append("" if last is None else " " if word["line"] == last else "\n")
            out.append(word["text"])
            last = word["line"]
        out.append("\n")
    return "".join(out)


def is_expected(expected, outcome):
    """Whether a file became what the reference made of it; damaged ones may be read all the same."""
    if outcome.startswith("worker-"):
        return False
    if expected == "encrypted":
        return "encrypt" in outcome or "password" in outcome
    return outcome == "ok" or expected == "damaged"


def bad_pdf(docket, keep):
    records, lines = read(docket, "bad_pdf", keep)
    right, once = 0, 0
    found, wanted, below = 0, 0, 0
    shared, reference = 0, 0
    pdftotext = shutil.which("pdftotext")
    for record in records:
        given = lines[record["file"]]
        once += len(given) == 1
        outcome = given[0]["outcome"] if given else "none"
        right += is_expected(record["outcome"].split(",")[0], outcome)
        characters = record.get("poppler", {}).get("text_chars") or 0
        if outcome != "ok" or not characters or not record["outcome"].startswith("ok"):
            continue
        read_letters = letters(text(given[0]))
        found += min(len(read_letters), characters)
        wanted += characters
        below += len(read_letters) < 0.98 * characters
        if pdftotext:
            done = subprocess.run([pdftotext, "-q", str(DATA / "bad_pdf" / record["file"]), "-"], capture_output=True)
            theirs = collections.Counter(letters(done.stdout.decode("utf-8", "replace")))
            shared += sum((theirs & collections.Counter(read_letters)).values())
            reference += sum(theirs.values())
    yield "bad_pdf: files with one outcome", once / len(records)
    yield "bad_pdf: as expected, or read all the same", right / len(records)
    yield "bad_pdf: text recall by number of characters", found / max(1, wanted)
    yield "bad_pdf: files below .98 of it", below
    if reference:
        yield "bad_pdf: text recall by which characters", shared / reference


def distance(one, other):
    """Levenshtein's."""
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        next_row = [row]
        for column, against in enumerate(other, 1):
            next_row.append(min(last[column] + 1, next_row[-1] + 1, last[column - 1] + (letter != against)))
        last = next_row
    return last[-1]


def scans(docket, keep):
    records, lines = read(docket, "scans", keep)
    yield "scans: files with one outcome", sum(len(lines[r["file"]]) == 1 for r in records) / len(records)
    outcomes = collections.Counter(line["outcome"] for given in lines.values() for line in given)
    print("  " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))
    errors, length = 0, 0
    for record in records:
        if "text_truth" not in record:
            continue
        truth = " ".join((DATA / "scans" / record["text_truth"]).read_text().split())
        given = lines[record["file"]]
        mine = " ".join(text(given[0]).split()) if given else ""
        wrong = distance(mine, truth)
        print(f"  {record['file']:48} {wrong / max(1, len(truth)):.3f}")
        errors, length = errors + wrong, length + len(truth)
    yield "scans: character error rate, at most", errors / max(1, length)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--set", choices=["bad_pdf", "scans"])
    parser.add_argument("--keep", metavar="DIR")
    options = parser.parse_args()
    if not DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"measure_files: {DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    below = 0
    with tempfile.TemporaryDirectory() as temporary:
        keep = pathlib.Path(options.keep or temporary)
        keep.mkdir(parents=True, exist_ok=True)
        for name, measure in (("bad_pdf", bad_pdf), ("scans", scans)):
            if options.set in (None, name):
                for figure, value in measure(options.docket, keep):
                    floor = FLOORS.get(figure)
                    held = floor is None or (value <= floor if figure.endswith("at most") else value >= floor)
                    below += not held
                    verdict = "" if floor is None else f"floor {floor:.3f} {'held' if held else 'NOT HELD'}"
                    shown = f"{value}" if isinstance(value, int) else f"{value:.4f}"
                    print(f"{figure:58} {shown:>7}  {verdict}", flush=True)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

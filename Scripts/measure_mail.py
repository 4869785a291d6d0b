#!/usr/bin/env python3
"""Mail: headers of real mails, and whether each odd or damaged message has the outcome and the attachments it should.

Used by measure.py. Alone, it says of each message of `email_parse` what differs:

    Scripts/measure_mail.py --docket .build/release/docket
"""
import argparse, collections, json, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
# What a signature proves is not checked, and it is no document.
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


def manifest(name):
    with open(DATA / name / "manifest.jsonl") as lines:
        return [json.loads(line) for line in lines]


def extracted(docket, files, out):
    """Writes what `docket extract` says of files; returns its lines by file."""
    with open(out, "w") as sink:
        done = subprocess.run([docket, "extract", "--json", *files], stdout=sink, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"docket extract ended with {done.returncode}: {done.stderr[-2000:]}")
    lines = collections.defaultdict(list)
    with open(out) as source:
        for line in map(json.loads, source):
            lines[line["file"]].append(line)
    return lines


def attachments(record, lines):
    """(digests that were wanted, those of them that came as documents), however deep they lie."""
    wanted = [a["sha256"] for a in record.get("expected", {}).get("attachments", [])
              if a["content_type"] not in SIGNATURES]
    given = collections.Counter(line["sha256"] for line in lines if line.get("part"))
    return wanted, [digest for digest in wanted if given[digest] > 0]


def messages(docket, keep):
    """Each record of `email_parse` with its lines."""
    records = manifest("email_parse")
    paths = [str(DATA / "email_parse" / record["file"]) for record in records]
    lines = extracted(docket, paths, pathlib.Path(keep) / "email_parse.jsonl")
    return [(record, lines[path]) for record, path in zip(records, paths)]


def figures(docket, keep):
    """Yields (name, value) over `email_parse`: nothing is tuned on single messages."""
    found = messages(docket, keep)
    yield "odd and damaged mail: one outcome a file", sum(len(own(lines)) == 1 for _, lines in found) / len(found)
    pairs = [attachments(record, lines) for record, lines in found]
    yield "odd and damaged mail: attachments equal by digest", sum(len(g) for _, g in pairs) / sum(len(w) for w, _ in pairs)


def own(lines):
    """The message's own line, not those of what lies in it."""
    return [line for line in lines if not line.get("part")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--keep", metavar="DIR", default=".")
    options = parser.parse_args()
    if not DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"measure_mail: {DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    for record, lines in messages(options.docket, options.keep):
        wanted, given = attachments(record, lines)
        outcomes = [line["outcome"] for line in own(lines)]
        inside = collections.Counter(line["outcome"] for line in lines if line.get("part"))
        if outcomes != ["ok"] or len(wanted) != len(given) or not record.get("expected") or set(inside) - {"ok"}:
            print(f"{record['file']:60} {record.get('outcome', '?'):8} {outcomes} {dict(inside)} "
                  f"{len(given)} of {len(wanted)} attachments")
    return 0


if __name__ == "__main__":
    sys.exit(main())

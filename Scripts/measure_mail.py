#!/usr/bin/env python3
"""Mail: headers of real mails, and whether each odd or damaged message has the outcome and the attachments it should.

Used by measure.py. Alone, it says what differs, header by header and message by message:

    Scripts/measure_mail.py --docket .build/release/docket
"""
import argparse, collections, datetime, email.utils, hashlib, json, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
# What a signature proves is not checked, and it is no document.
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


HEADERS = ("subject", "from", "to", "date", "message_id")


def records(name, file):
    with open(DATA / name / file) as lines:
        return [json.loads(line) for line in lines]


def in_half(name, record, half):
    """As score.py halves its sets: by the file's own digest."""
    digest = hashlib.sha256((DATA / name / record["file"]).read_bytes()).digest()
    return half == "all" or (digest[-1] % 2 == 0) == (half == "tune")


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
    """(digests that were wanted, those of them that came as documents), however deep they lie.

    None is wanted of a message whose Base64 is damaged: what the reference made of it is no better than ours.
    """
    if any(defect.startswith("InvalidBase64") for defect in record.get("expected", {}).get("defects", [])):
        return [], []
    wanted = [a["sha256"] for a in record.get("expected", {}).get("attachments", [])
              if a["content_type"] not in SIGNATURES]
    given = collections.Counter(line["sha256"] for line in lines if line.get("part"))
    return wanted, [digest for digest in wanted if given[digest] > 0]


def messages(docket, keep):
    """Each record of `email_parse` with its lines."""
    found = records("email_parse", "manifest.jsonl")
    paths = [str(DATA / "email_parse" / record["file"]) for record in found]
    lines = extracted(docket, paths, pathlib.Path(keep) / "email_parse.jsonl")
    return [(record, lines[path]) for record, path in zip(found, paths)]


def wanted_headers(fields):
    """Field to a set of values: addresses one by one, a date as an instant, blanks as one."""
    wanted = {}
    for name in HEADERS:
        value = fields.get(name)
        if not value:
            continue
        if name in ("from", "to"):
            addresses = [a for _, a in email.utils.getaddresses([value]) if "@" in a]
            # A group without members is its name.
            name_alone = squeezed(value).lower().split(":")[0]
            wanted[name] = {a.lower() for a in addresses[:1 if name == "from" else None]} or {name_alone}
        else:
            wanted[name] = {instant(value) if name == "date" else squeezed(value)}
    return wanted


def given_headers(line):
    given = {}
    for name in HEADERS:
        values = line.get("fields", {}).get(name, [])
        texts = [v["value"] for v in (values if isinstance(values, list) else [values])]
        if texts:
            spelt = {"from": str.lower, "to": str.lower, "date": instant}.get(name, squeezed)
            given[name] = {spelt(squeezed(text)) for text in texts}
    return given


def is_spoiled(name, values):
    """Whether the reference could not read a header itself: letters it did not know, an id cut off at a blank."""
    return any("\ufffd" in str(v) or name == "message_id" and v[:1] == "<" and v[-1:] != ">" for v in values)


def squeezed(text):
    return " ".join(text.split())


def instant(text):
    try:
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    if moment.year < 1000:
        # RFC 5322, 4.3: 102 is 2002.
        moment = moment.replace(year=moment.year + 1900)
    # A date without a zone means that nobody knows it.
    return moment.replace(tzinfo=moment.tzinfo or datetime.timezone.utc).astimezone(datetime.timezone.utc)


def headers(docket, keep, half):
    """(wanted, given) sets of (file, field, value) of the real mails in `email_corpus`."""
    found = [r for r in records("email_corpus", "truth.jsonl") if in_half("email_corpus", r, half)]
    paths = [str(DATA / "email_corpus" / record["file"]) for record in found]
    lines = extracted(docket, paths, pathlib.Path(keep) / "email_corpus.jsonl")
    wanted, given = set(), set()
    for record, path in zip(found, paths):
        asked = wanted_headers(record["fields"])
        spoiled = {name for name in asked if is_spoiled(name, asked[name])}
        for values, sink in ((asked, wanted), (given_headers(next(iter(own(lines[path])), {})), given)):
            sink.update((record["file"], name, value) for name in values if name not in spoiled
                        for value in values[name])
    return wanted, given


def figures(docket, keep, half):
    """Yields (name, value); of `email_parse` over all of it, for nothing is tuned on single messages."""
    wanted, given = headers(docket, keep, half)
    yield "real mail: header fields F1", 2 * len(wanted & given) / (len(wanted) + len(given))
    found = messages(docket, keep)
    yield "odd and damaged mail: one outcome a file", sum(len(own(lines)) == 1 for _, lines in found) / len(found)
    told = [(record["outcome"], own(lines)[0]["outcome"]) for record, lines in found if record.get("outcome") and own(lines)]
    yield "odd and damaged mail: read, or damage told", sum(is_sensible(*pair) for pair in told) / len(told)
    pairs = [attachments(record, lines) for record, lines in found]
    yield "odd and damaged mail: attachments equal by digest", sum(len(g) for _, g in pairs) / sum(len(w) for w, _ in pairs)


def is_sensible(expected, outcome):
    """Whole mail must be read; damaged mail may be, or fail with a code of its own."""
    return outcome == "ok" or expected != "ok" and not outcome.startswith("worker-")


def own(lines):
    """The message's own line, not those of what lies in it."""
    return [line for line in lines if not line.get("part")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--keep", metavar="DIR", default=".")
    parser.add_argument("--half", choices=["report", "tune", "all"], default="tune")
    options = parser.parse_args()
    if not DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"measure_mail: {DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    wanted, given = headers(options.docket, options.keep, options.half)
    for file, name, value in sorted(wanted ^ given, key=str):
        print(f"{file:60} {name:10} {'missed' if (file, name, value) in wanted else 'given'} {value}")
    print(f"{len(wanted & given)} of {len(wanted)} header values are right, {len(given)} were given")
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

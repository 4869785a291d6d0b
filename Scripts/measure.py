#!/usr/bin/env python3
"""Measures what Docket makes of the documents in ../shared/data and holds it against the committed floors.

    Scripts/measure.py --docket .build/release/docket            all figures, on `--half report`
    Scripts/measure.py --docket .build/release/docket --small    the few that CI prints
    … --half tune                                                for tuning; floors are not checked
    … --keep DIR                                                 keeps the output of `docket extract`

Exit code 0 all floors held, 1 one was not, 65 the data or the program is missing.
"""
import argparse, hashlib, json, pathlib, subprocess, sys, tempfile, time

import measure_mail
import measure_texts
import reading_pages

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
SCORE = ROOT.parent / "shared" / "tools" / "score.py"
FLOORS = ROOT / "Scripts" / "floors.json"


def truth(name):
    with open(DATA / name / "truth.jsonl") as lines:
        return [json.loads(line) for line in lines]


class Figure(float):
    """A figure with the interval of 95 % that score.py found by drawing the documents anew."""

    interval = None


def with_interval(value, interval):
    figure = Figure(value)
    figure.interval = interval
    return figure


def micro(score, view=None):
    main = score["main"] if view in (None, score["view"]) else score["other_views"][view]
    return with_interval(main["micro"]["f1"], main["micro"].get("interval_95"))


def types(*scores):
    """Accuracy of the document type over all documents of some sets, with its normal interval."""
    count = sum(s["types"]["documents"] for s in scores)
    share = sum(s["types"]["accuracy"] * s["types"]["documents"] for s in scores) / max(1, count)
    error = 1.96 * (share * (1 - share) / max(1, count)) ** 0.5
    return with_interval(share, (max(0.0, share - error), min(1.0, share + error)))


def tight(score):
    places = score["main"]["places"]
    return places["tight"]


def spurious(score):
    """Values given for fields that are not there: a share of such fields where absence is known, else of values given."""
    known, absent = score["hallucination"], score["not_on_page"]
    if isinstance(known, dict):
        return known["rate"]
    wrong = absent["wrong"] if isinstance(absent, dict) else absent
    return wrong / max(1, score["main"]["micro"]["given"])


def absent_given(scores):
    """Of fields known not to be in the document or not on its page, the share for which a value was given."""
    known = [(s["hallucination"]["given"], s["hallucination"]["absent"]) for s in scores if isinstance(s["hallucination"], dict)]
    known += [(s["not_on_page"]["wrong"], s["not_on_page"]["fields"]) for s in scores if isinstance(s["not_on_page"], dict)]
    return sum(given for given, _ in known) / max(1, sum(absent for _, absent in known))


# What ships was learned from these documents: measured is what nothing learned says, but for what measure_texts learns.
ZERO_SHOT = ["--model", "none"]

# Lines of these sets trained the weights of the line reader: where they are read from pixels, Tesseract reads alone.
ALONE = ["--ocr", "tesseract"]


class Measurement:
    """Runs `docket extract` over a set once, and score.py on what came out."""

    def __init__(self, docket, keep, half):
        self.docket, self.keep, self.half, self.seconds = docket, pathlib.Path(keep), half, {}

    def is_in_half(self, file):
        """As score.py parts a set: by the parity of the file's SHA-256."""
        if self.half == "all":
            return True
        digest = hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()
        return int(digest, 16) % 2 == ["tune", "report"].index(self.half)

    def texts(self, name, limit):
        """The first texts of a set that has no files, as files; all of them where the half is no matter."""
        folder = self.keep / name
        folder.mkdir(exist_ok=True)
        records = [r for r in truth(name) if self.half == "all" or int(
            hashlib.sha256(r["text"].encode()).hexdigest(), 16) % 2 == ["tune", "report"].index(self.half)]
        # Every tenth: the set is sorted by category.
        for record in records[::max(1, len(records) // limit)][:limit]:
            (folder / f"{record['id']}.txt").write_text(record["text"])
        out = self.keep / f"{name}.jsonl"
        self.run(out, sorted(map(str, folder.glob("*.txt"))))
        return out

    def held_out_receipts(self, mode, psm):
        """Extraction from the receipts that neither the line reader nor the choice between two readers was fitted on."""
        out = self.keep / f"sroie-held-out-{mode}-{psm}.jsonl"
        files = [str(DATA / "sroie" / record["file"]) for record in reading_pages.held_out_receipts("report")]
        self.run(out, files, ["--ocr", mode, "--psm", psm])
        half, self.half = self.half, "all"
        score = self.score("sroie", out, "--subset")
        self.half = half
        return micro(score)

    def extract(self, name, key="file", extra=(), limit=None, suffix="", halved=False):
        out = self.keep / f"{name}{suffix}.jsonl"
        records = truth(name)
        files = [str(DATA / name / record[key]) for record in records if record.get(key)]
        files = [file for file in files if not halved or self.is_in_half(file)]
        if limit:
            files = files[:limit]
        self.run(out, files, extra)
        return out

    def run(self, out, files, extra=()):
        began = time.time()
        with open(out, "w") as sink:
            done = subprocess.run([self.docket, "extract", "--json", *ZERO_SHOT, *extra, *files], stdout=sink,
                                  stderr=subprocess.PIPE, text=True)
        self.seconds[out.stem] = time.time() - began
        if done.returncode not in (0, 3):
            sys.exit(f"docket extract for {out.stem} ended with {done.returncode}: {done.stderr[-2000:]}")

    def score(self, name, lines, *arguments):
        command = [sys.executable, str(SCORE), str(DATA / name), str(lines), "--json", *arguments]
        if self.half != "all":
            command += ["--half", self.half]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"score.py on {name} ended with {done.returncode}: {done.stderr[-2000:]}")
        return json.loads(done.stdout)


def figures(run, small):
    """Yields (name, value); a figure where less is better has a name that ends in `, at most`."""
    xml = run.extract("einvoice", suffix="-xml")
    half, run.half = run.half, "all"          # nothing is tuned on structured originals
    score = run.score("einvoice", xml)
    run.half = half
    yield "e-invoices with XML: header F1", micro(score, "all")
    yield "e-invoices with XML: line items F1", score["rows"]["micro"]["f1"]
    yield "e-invoices with XML: delivered without a person", score["records"]["share"]

    pages = run.extract("einvoice", key="file_without_xml", suffix="-pages", extra=ALONE)
    score_pages = run.score("einvoice", pages, "--paths", "file_without_xml")
    yield "invoice pages: header F1", micro(score_pages)
    yield "invoice pages: line items F1", score_pages["rows"]["micro"]["f1"]
    yield "invoice pages: box holds the value closely", tight(score_pages)
    yield "invoice pages: values not there, at most", spurious(score_pages)

    receipts = run.extract("sroie", limit=80 if small else None, extra=ALONE)
    score_receipts = run.score("sroie", receipts, *(["--subset"] if small else []))
    yield "receipts from pixels, psm 6: normalised F1", micro(score_receipts)
    yield "held-out receipts, Tesseract alone: normalised F1", run.held_out_receipts("tesseract", "6")
    yield "held-out receipts, two readers: normalised F1", run.held_out_receipts("best", "6")

    subset = ["--subset"] if small else []
    orders = run.score("ad_buy", run.extract("ad_buy", limit=20 if small else None, halved=True, extra=ALONE), *subset)
    yield "broadcast orders and invoices: fields F1", micro(orders)
    yield "broadcast orders and invoices: F1 of what is verbatim", micro(orders, "verbatim in text")
    yield "broadcast orders and invoices: which of the two", types(orders)
    agreements = run.score("nda", run.extract("nda", limit=15 if small else None, halved=True, extra=ALONE), *subset)
    yield "agreements: fields F1", micro(agreements)
    yield from measure_texts.tickets(run.docket, run.keep / "texts", "report" if run.half == "all" else run.half, small)
    if small:
        return
    yield from measure_texts.documents(run.docket, run.keep / "texts", "report" if run.half == "all" else run.half)
    yield "agreements: values not there, at most", spurious(agreements)
    forms = run.score("registration", run.extract("registration", halved=True))
    yield "registration forms: fields F1", micro(forms)
    yield "registration forms: document type", types(forms)
    score_psm4 = run.score("sroie", run.extract("sroie", extra=["--psm", "4", *ALONE], suffix="-psm4"))
    yield "receipts from pixels, psm 4: normalised F1", micro(score_psm4)
    yield "held-out receipts, quick reading: normalised F1", run.held_out_receipts("fast", "6")
    gold = run.keep / "gold"
    subprocess.run([sys.executable, str(SCORE.parent / "gold_words.py"), str(DATA / "sroie"), str(gold)], check=True,
                   stdout=subprocess.DEVNULL)
    words = run.keep / "sroie-gold.jsonl"
    with open(words, "w") as sink:
        subprocess.run([run.docket, "extract", "--json", *ZERO_SHOT, *map(str, sorted(gold.glob("*.json")))], stdout=sink,
                       stderr=subprocess.DEVNULL)
    yield "receipts from gold words: normalised F1", micro(run.score("sroie", words))
    business = run.extract("business")
    half, run.half = run.half, "all"          # a small set that nothing is tuned on
    score_business = run.score("business", business)
    run.half = half
    yield "business documents: fields F1", micro(score_business)
    yield "business documents: values not there, at most", spurious(score_business)
    from importlib import import_module
    half = "report" if run.half == "all" else run.half
    yield from import_module("measure-splitting").scores(run.docket, half, run.keep / "bundles")
    yield from measure_mail.figures(run.docket, run.keep, run.half)
    yield "document type over receipts, invoice pages, business", types(score_receipts, score_pages, score_business)
    tickets = run.score("tickets", run.texts("tickets", 100), "--subset")
    everything = [score_receipts, score_pages, score_business, orders, agreements, forms, tickets]
    yield "document type over all sets", types(*everything)
    yield "values not there over all sets, at most", absent_given(everything)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--half", choices=["report", "tune", "all"], default="report")
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--update", action="store_true", help="write the floors from what was measured")
    options = parser.parse_args()
    if not DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"measure: {DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    kind = "small" if options.small else "full"
    with tempfile.TemporaryDirectory() as temporary:
        keep = pathlib.Path(options.keep or temporary)
        keep.mkdir(parents=True, exist_ok=True)
        run = Measurement(options.docket, keep, options.half)
        below, measured = 0, {}
        for name, value in figures(run, options.small):
            floor = floors.get(kind, {}).get(name)
            measured[name] = value
            verdict = ""
            if floor is not None and options.half == "report":
                held = value is not None and (value <= floor if name.endswith("at most") else value >= floor)
                below += not held
                verdict = f"floor {floor:.3f} {'held' if held else 'NOT HELD'}"
            shown = "–" if value is None else f"{value:.3f}"
            interval = getattr(value, "interval", None)
            between = f"[{interval[0]:.3f} to {interval[1]:.3f}]" if interval else ""
            print(f"{name:58} {shown:>7} {between:18} {verdict}", flush=True)
        for name, seconds in run.seconds.items():
            print(f"  {name:40} {seconds:6.1f} s")
    if options.update:
        # A little room: figures of small samples move when an unrelated rule does.
        floors[kind] = {name: round(value + (0.02 if name.endswith("at most") else -0.02), 3)
                        for name, value in measured.items() if value is not None}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
    print(f"measure: {len(measured)} figures, {below} below their floor")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

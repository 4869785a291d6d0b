#!/usr/bin/env python3
"""Measures how Docket reads pictures: Tesseract alone, both readers (best), and the quick way (fast), side by side.

    Scripts/measure-reader.py --docket .build/release/docket
    … --keep DIR      keeps pictures and readings; what is there already is not read again
    … --quick         one segmentation, receipts and scans alone

The family `business` also line by line, in boxes from Poppler (`measure_lines.py`).
Only on what did not train the weights (the card's held-out receipts, the family `business`, `scans`), and of the
receipts only on those that the choice between readers was not fitted on either. CPU is the worker's, on one thread.

Exit code 0 all floors held, 1 one was not, 65 the data or the program is missing.
"""
import argparse, collections, json, pathlib, re, subprocess, sys, tempfile

import measure_files
import measure_lines
import reading_pages as pages

MODES = ("tesseract", "best", "fast")
FLOORS = {
    "receipts, psm 6, best: word F1": 0.87,
    "receipts, psm 6, fast: word F1": 0.87,
    "receipts, psm 6, best: agreed dates and amounts right": 0.985,
    "receipts, psm 6, best: CPU to Tesseract's, at most": 1.6,
    "receipts, psm 6, fast: CPU to Tesseract's, at most": 0.6,
    "scans, best: character error rate, at most": 0.10,
}


class Reading:
    def __init__(self, docket, keep):
        self.docket, self.keep = docket, keep

    def __call__(self, name, mode, psm, files):
        """File name -> line of `docket text`."""
        out = self.keep / f"{name}-{mode}-{psm}.jsonl"
        if not out.exists():
            with open(out, "w") as sink:
                subprocess.run([self.docket, "text", "--workers", "1", "--ocr", mode, "--psm", str(psm), "--readings",
                                "--format", "json", *map(str, files)], stdout=sink, stderr=subprocess.DEVNULL)
        return {pathlib.Path(line["file"]).name: line for line in map(json.loads, open(out))}

    def extract(self, mode, psm, files):
        out = self.keep / f"extract-{mode}-{psm}.jsonl"
        if not out.exists():
            with open(out, "w") as sink:
                # The models that ship know these receipts.
                subprocess.run([self.docket, "extract", "--json", "--model", "none", "--ocr", mode, "--psm", str(psm),
                                *map(str, files)], stdout=sink, stderr=subprocess.DEVNULL)
        score = pages.ROOT.parent / "shared" / "tools" / "score.py"
        done = subprocess.run([sys.executable, str(score), str(pages.DATA / "sroie"), str(out), "--json", "--subset"],
                              capture_output=True, text=True)
        return json.loads(done.stdout)["main"]["micro"]["f1"] if done.returncode == 0 else None


def words(line):
    return [word["text"] for page in line.get("pages", []) for word in page["words"]]


def overlap(given, gold):
    return sum((collections.Counter(given) & collections.Counter(gold)).values())


def f1(pairs):
    """Over all pages of some (given, gold) words, as multisets."""
    right = sum(overlap(given, gold) for given, gold in pairs)
    return 2 * right / max(1, sum(len(given) + len(gold) for given, gold in pairs))


VALUE = re.compile(r"^(?:\W*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\W*|\W*(?:RM|\$|€|£)?\d[\d,. ]*[.,]\d\d\W*)$", re.I)


def agreement(lines, golds):
    """(share of places read alike, how many of those are right; the same of dates and amounts)."""
    every, same, right, valued, same_valued, right_valued = 0, 0, 0, 0, 0, 0
    for name, gold in golds.items():
        known = {word.upper() for word in gold}
        for page in lines[name].get("pages", []):
            for place in page.get("readings", []):
                if "tesseract" not in place or "lines" not in place:
                    continue
                text = place["lines"]["text"]
                is_same = text == place["tesseract"]["text"]
                is_right = all(word.upper() in known for word in text.split())
                every, same, right = every + 1, same + is_same, right + (is_same and is_right)
                if VALUE.match(text) or VALUE.match(place["tesseract"]["text"]):
                    valued, same_valued = valued + 1, same_valued + is_same
                    right_valued += is_same and is_right
    return same / max(1, every), right / max(1, same), same_valued / max(1, valued), right_valued / max(1, same_valued)


def cpu(lines):
    return sum(line["timing"]["read_cpu_ms"] for line in lines.values() if (line.get("timing") or {}).get("read_cpu_ms")) / max(1, len(lines))


def receipts(read, quick):
    records = pages.held_out_receipts("report")
    files = [pages.DATA / "sroie" / record["file"] for record in records]
    gold = {pathlib.Path(r["file"]).name: " ".join(text for text, _ in pages.receipt_words(r)).upper().split() for r in records}
    for psm in (6,) if quick else (6, 4):
        base = None
        for mode in MODES:
            lines = read("receipts", mode, psm, files)
            at = f"receipts, psm {psm}, {mode}"
            yield f"{at}: word F1", f1([([w.upper() for w in words(lines[name])], gold[name]) for name in gold])
            cost = cpu(lines)
            base = base or cost
            yield f"{at}: CPU ms a page", round(cost)
            if mode != "tesseract":
                yield f"{at}: CPU to Tesseract's, at most", cost / base
            if mode == "best":
                share, right, share_valued, right_valued = agreement(lines, gold)
                yield f"{at}: places read alike", share
                yield f"{at}: agreed places right", right
                yield f"{at}: dates and amounts read alike", share_valued
                yield f"{at}: agreed dates and amounts right", right_valued
            yield f"{at}: fields F1, nothing learnt", read.extract(mode, psm, files)


def scans(read):
    folder = pages.DATA / "scans"
    records = [r for r in measure_files.manifest("scans") if "text_truth" in r]
    for mode in MODES:
        lines = read("scans", mode, 6, [folder / r["file"] for r in records])
        errors, length, shown = 0, 0, []
        for record in records:
            truth = " ".join((folder / record["text_truth"]).read_text().split())
            wrong = measure_files.distance(" ".join(measure_files.text(lines[pathlib.Path(record["file"]).name]).split()), truth)
            errors, length = errors + wrong, length + len(truth)
            shown.append(f"{pathlib.Path(record['file']).stem} {wrong / len(truth):.3f}")
        yield f"scans, {mode}: character error rate, at most", errors / max(1, length)
        print("    " + ", ".join(shown))


def drawn(read):
    folder = read.keep / "business"
    truth = json.loads((folder / "words.json").read_text()) if (folder / "words.json").exists() else \
        pages.make_pages(["business"], folder)
    for mode, psm in (("tesseract", 4), *((mode, 6) for mode in MODES)):
        lines = read("business", mode, psm, [folder / name for name in sorted(truth)])
        for how in pages.DAMAGE:
            pairs = [(words(lines[name]), [text for text, _ in truth[name]]) for name in truth if name.startswith(how)]
            yield f"PDF pages drawn, {how}, psm {psm}, {mode}: word F1", f1(pairs)
        yield f"PDF pages drawn, psm {psm}, {mode}: CPU ms a page", round(cpu(lines))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(pages.ROOT / ".build/release/docket"))
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if not pages.DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"measure-reader: {pages.DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    below = 0
    with tempfile.TemporaryDirectory() as temporary:
        keep = pathlib.Path(options.keep or temporary)
        keep.mkdir(parents=True, exist_ok=True)
        read = Reading(options.docket, keep)
        for part in [receipts(read, options.quick), scans(read), *([] if options.quick else [drawn(read), measure_lines.figures(options.docket)])]:
            for figure, value in part:
                floor = FLOORS.get(figure)
                held = floor is None or value is not None and (value <= floor if figure.endswith("at most") else value >= floor)
                below += not held
                shown = "–" if value is None else f"{value}" if isinstance(value, int) else f"{value:.3f}"
                print(f"{figure:66} {shown:>7}" + ("" if floor is None else f"  floor {floor:.3f} {'held' if held else 'NOT HELD'}"), flush=True)
    print(f"measure-reader: {below} below their floor")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Measures whether promises are kept: by lot, a threshold is proven on some documents and tried on the others.

    Scripts/measure-proof.py --docket .build/release/docket
    … --sets sroie,ad_buy,made             some of them
    … --keep DIR                           keeps readings, models and results

Receipts from their gold words and broadcast papers, as they are understood without training and by what was learned from
documents of other vendors, or of any with what is remembered (cross-fitted, as Scripts/measure-learning.py does); and 2,000 documents of our own making
(`CorpusMaker`, `--maker`). A record is right if every value that the truth has is there and right, as
../shared/tools/score.py judges; its confidence is a record's (`RecordConfidence.swift`) over those fields. Docket's own
code does the statistics (`docket evaluate trial`). Two ways to draw:

  splits   half of them, or four fifths, prove a threshold, the rest shows what it lets go. `broken`: more were wrong than promised;
           on so few, luck breaks promises that are kept: `refuted` are those that luck does not explain.
  draws    the documents stand for all that there are, and N are drawn to prove a threshold, an issuer with all of his
           at a time, with replacement: then its true error rate is known. It shows what more answers bring.

Exit code 0 all promises kept (refuted in at most 5 % of splits, broken in at most 5 % of draws), 1 not, 65 data missing.
"""
import argparse, importlib.util, json, math, pathlib, subprocess, sys, tempfile, types

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(SHARED / "tools"))

PROMISES = (0.10, 0.05)
ROUNDS = 200
MADE = 2000
DRAWS = (250, 500, 1000, 2000)


def learning():
    spec = importlib.util.spec_from_file_location("learning", ROOT / "Scripts" / "measure-learning.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def extractions(docket, name, folder):
    """Label and lines of `docket extract --json`: without training, and cross-fitted by vendor."""
    study = learning().Study(docket, name, folder, types.SimpleNamespace(half="report", words=None))
    lines = study.keep / "out-zero.jsonl"
    study.extract(study.documents, {}, "zero")
    yield "without training", lines
    study.cross_fitted(False)
    yield "learned from other vendors", study.keep / "scored-vendor.jsonl"
    for _ in study.remembered():
        pass
    yield "learned, others of the vendor known", study.keep / "scored-model+memory.jsonl"


def made(docket, maker, folder):
    """One line of `docket/evaluation/1` a document of our own making."""
    documents, out = folder / "made", folder / "made.jsonl"
    if not (documents / "truth.jsonl").exists():
        subprocess.run([maker, "--out", str(documents), "--count", str(MADE), "--seed", "20261128"], check=True)
    with open(out, "w") as sink:
        subprocess.run([docket, "extract", "--json", *sorted(map(str, documents.glob("*.pdf")))], stdout=sink,
                       stderr=subprocess.DEVNULL)
    done = subprocess.run([docket, "evaluate", "--json", str(out), "--truth", str(documents / "truth.jsonl")], check=True,
                          capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()][:-1]


def judged(name, lines):
    """One line of `docket/evaluation/1` a document, judged as score.py does."""
    from docketscore.outcome import evaluate
    from docketscore.reading import pair, read_truth
    from docketscore.sets import TASKS
    task, folder = TASKS[name], str(SHARED / "data" / name)
    found, _ = pair(folder, read_truth(folder, "file"), [str(lines)], None)
    for record, parts in found:
        outcome = evaluate([(record, parts[0])], task, task.views[0])
        # As `ContractDoubt` has it.
        fields, confidence = {}, min(1, (parts[0]["type_confidence"] or 0) / 0.5)
        for value in outcome.given:
            field = fields.setdefault(value.field, {"confidence": 1, "given": 0, "expected": 0, "right": 0})
            field["confidence"] = min(field["confidence"], value.confidence or 0)
            field["given"] += 1
            field["right"] += int(value.right)
        confidence *= math.prod(field["confidence"] for field in fields.values())
        for field in {value["field"] for value in outcome.missed}:
            fields.setdefault(field, {"confidence": None, "given": 0, "expected": 0, "right": 0})
        for field, count in outcome.expected.items():
            if field in fields:
                fields[field]["expected"] = count
        truth = record["fields"]
        yield {"schema": "docket/evaluation/1", "type": "document", "id": record["path"], "name": record["path"],
               "contract": "measured@1", "true_contract": None, "confidence": round(confidence, 4),
               "candidate": not outcome.missed, "refused": False, "reasons": [], "fields": fields,
               "issuer": truth.get("company") or truth.get("advertiser") or record["path"]}


def trial(docket, lines, promise, *arguments):
    done = subprocess.run([docket, "evaluate", "trial", str(lines), "--wrong-at-most", str(promise), "--rounds",
                           str(ROUNDS), *arguments], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def show(label, result, is_kept):
    of_best = result["share"] / result["best_share"] if result["best_share"] else 0
    print(f"  {label:<34} proven {result['proven']:>3} of {ROUNDS}   broken {result['broken'] / ROUNDS:6.1%}   "
          f"refuted {result['refuted'] / ROUNDS:6.1%}   goes {result['share']:6.1%}   best {result['best_share']:6.1%}   "
          f"of best {of_best:6.1%}   {'kept' if is_kept else 'NOT KEPT'}")
    return is_kept


def tried(docket, label, documents, promises, folder):
    """Whether all promises are kept."""
    lines = folder / f"{label.replace(' ', '-')}-judged.jsonl"
    lines.write_text("".join(json.dumps(document) + "\n" for document in documents))
    print(f"{label}: {len(documents)} documents", flush=True)
    kept = True
    for promise in promises:
        for cut in (0.5, 0.8):
            result = trial(docket, lines, promise, "--calibration", str(cut))
            kept &= show(f"{promise:.0%} wrong, splits {cut:.0%}", result, result["refuted"] <= 0.05 * ROUNDS)
        for count in DRAWS:
            result = trial(docket, lines, promise, "--draw", str(count))
            kept &= show(f"{promise:.0%} wrong, {count} drawn", result, result["broken"] <= 0.05 * ROUNDS)
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=str(ROOT / ".build" / "release" / "docket"))
    parser.add_argument("--maker", default=str(ROOT / ".build" / "debug" / "CorpusMaker"))
    parser.add_argument("--sets", default="sroie,ad_buy,made")
    parser.add_argument("--keep", metavar="DIR")
    args = parser.parse_args()
    if not (SHARED / "data" / "sroie" / "truth.jsonl").exists() or not pathlib.Path(args.docket).exists():
        print("measure-proof.py: the data or the program is missing", file=sys.stderr)
        return 65
    kept = True
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(args.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in args.sets.split(","):
            if name == "made":
                kept &= tried(args.docket, "made", made(args.docket, args.maker, folder), (0.02,), folder)
                continue
            for label, lines in extractions(args.docket, name, folder):
                kept &= tried(args.docket, f"{name} {label}", list(judged(name, lines)), PROMISES, folder)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Measures whether promises are kept on real documents: by lot, a threshold is proven on some and tried on the others.

    Scripts/measure-proof.py --docket .build/release/docket

A record is right if every value that the truth has is there and right, as ../shared/tools/score.py judges; its
confidence is the product over those fields, and over the contract. Docket's own code does the statistics
(`docket evaluate trial`). Two ways to draw:

  splits   four fifths prove a threshold, the last fifth shows what it lets go. `broken`: more were wrong than promised;
           on so few, luck breaks promises that are kept: `refuted` are those that luck does not explain.
  draws    the documents stand for all that there are, and N are drawn to prove a threshold, an issuer with all of his
           at a time, with replacement: then its true error rate is known. It shows what more answers bring.

Exit code 0 all promises kept (refuted in at most 5 % of splits, broken in at most 5 % of draws), 1 not, 65 data missing.
"""
import argparse, json, math, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(SHARED / "tools"))

PROMISES = (0.10, 0.05)
ROUNDS = 300
DRAWS = (250, 500, 1000, 2000)


def extraction(docket, name, folder):
    """Lines of `docket extract --json`; receipts from their gold words, so that reading has no part in it."""
    out = folder / f"{name}.jsonl"
    files = [SHARED / "data" / name / "docs"]
    if name == "sroie":
        gold = folder / "gold"
        subprocess.run([sys.executable, str(SHARED / "tools" / "gold_words.py"), str(SHARED / "data" / name), str(gold)],
                       check=True, stdout=subprocess.DEVNULL)
        files = sorted(gold.glob("*.json"))
    with open(out, "w") as sink:
        subprocess.run([docket, "extract", "--json", *map(str, files)], check=True, stdout=sink,
                       stderr=subprocess.DEVNULL)
    return out


def judged(name, lines):
    """One line of `docket/evaluation/1` a document, judged as score.py does."""
    from docketscore.outcome import evaluate
    from docketscore.reading import pair, read_truth
    from docketscore.sets import TASKS
    task, folder = TASKS[name], str(SHARED / "data" / name)
    found, _ = pair(folder, read_truth(folder, "file"), [str(lines)], None)
    for record, parts in found:
        outcome = evaluate([(record, parts[0])], task, task.views[0])
        fields, confidence = {}, parts[0]["type_confidence"] or 0
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=str(ROOT / ".build" / "release" / "docket"))
    args = parser.parse_args()
    if not (SHARED / "data" / "sroie" / "truth.jsonl").exists() or not pathlib.Path(args.docket).exists():
        print("measure-proof.py: the data or the program is missing", file=sys.stderr)
        return 65
    kept = True
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("sroie", "ad_buy"):
            lines = pathlib.Path(scratch) / f"{name}-judged.jsonl"
            documents = list(judged(name, extraction(args.docket, name, pathlib.Path(scratch))))
            lines.write_text("".join(json.dumps(document) + "\n" for document in documents))
            print(f"{name}: {len(documents)} documents")
            for promise in PROMISES:
                for cut in (0.5, 0.8):
                    result = trial(args.docket, lines, promise, "--calibration", str(cut))
                    kept &= show(f"{promise:.0%} wrong, splits {cut:.0%}", result, result["refuted"] <= 0.05 * ROUNDS)
                for count in DRAWS:
                    result = trial(args.docket, lines, promise, "--draw", str(count))
                    kept &= show(f"{promise:.0%} wrong, {count} drawn", result, result["broken"] <= 0.05 * ROUNDS)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

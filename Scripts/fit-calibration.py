#!/usr/bin/env python3
"""Fits the shipped calibration card on the tune halves, and measures its error on the report halves.

    Scripts/fit-calibration.py --docket .build/release/docket --out Models/calibration/1/card.json

Platt's method: what Docket says without a card is a logit; for each field type and kind of reading a slope and an offset
are fitted so that the logistic of it is the share that is right. Needs ../shared/data; nothing of it goes into the card
but these numbers. Repeatable: no randomness, no clock.
"""
import argparse, json, math, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
sys.path.insert(0, str(ROOT.parent / "shared" / "tools"))

# A type with fewer values on the tune half shares the weights of all.
FEWEST = {"ocr": 40, "layer": 40, "prose": 15}
# As `Calibration.none` in Sources/Docket/Learning/Calibration.swift.
START = {"bias": -0.5, "probability": 0.6, "check": 0.8, "reading": 0.3}
TYPES = {
    "date": ["date", "issued_on", "due_on", "delivered_on", "effective_date"],
    "money": ["total", "net_total", "tax_total", "due_amount"],
    "text": ["merchant", "seller_name", "buyer_name", "party"],
    "address": ["address"],
    "id": ["number", "order_reference"],
    "duration": ["term"],
    "category": ["jurisdiction"],
}


def values(docket, share, name, key):
    """By half: (field, confidence without a card, whether right) of every value that the truth knows."""
    from docketscore.outcome import evaluate
    from docketscore.reading import pair, read_json_lines
    from docketscore.sets import TASKS
    records = [json.loads(line) for line in open(DATA / name / "truth.jsonl")]
    for record in records:
        record["path"] = record[key]
    files = [str(DATA / name / record[key]) for record in records]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as out:
        subprocess.run([docket, "extract", "--json", "--share", share, *files], stdout=out, stderr=subprocess.DEVNULL)
        halves = {}
        for half in ("tune", "report"):
            pairs, _ = pair(str(DATA / name), records, [out.name], half)
            # One record a file: the one of the file itself.
            pairs = [(record, next((p for p in parts if p["part"] is None), parts[0])) for record, parts in pairs]
            result = evaluate(pairs, TASKS[name], TASKS[name].views[0])
            # Where absence is known, what is given for nothing is wrong; elsewhere nobody knows.
            halves[half] = [(g.field, g.confidence, g.right) for g in result.given
                            if (g.answers or TASKS[name].absence_known) and g.confidence is not None]
    return halves


def logit(p):
    p = min(0.9995, max(0.0005, p))
    return math.log(p / (1 - p))


def fit(samples):
    """Slope and offset by Newton's method; the slope is drawn to 1, so that few samples change little."""
    a, b = 1.0, 0.0
    for _ in range(50):
        ga, gb, haa, hab, hbb = (a - 1) * 1.0, b * 0.05, 1.0, 0.0, 0.05
        for x, right in samples:
            p = 1 / (1 + math.exp(-(a * x + b)))
            ga += (p - right) * x
            gb += p - right
            w = p * (1 - p)
            haa += w * x * x
            hab += w * x
            hbb += w
        det = haa * hbb - hab * hab
        da, db = (ga * hbb - gb * hab) / det, (gb * haa - ga * hab) / det
        a, b = a - da, b - db
        if abs(da) + abs(db) < 1e-9:
            break
    return max(0.05, a), b


def weights(a, b):
    return {k: round(a * v + (b if k == "bias" else 0), 4) for k, v in START.items()}


def error(samples, bins=10):
    """Expected calibration error over bins of equal mass."""
    ordered = sorted(samples)
    total = 0.0
    for k in range(bins):
        part = ordered[k * len(ordered) // bins:(k + 1) * len(ordered) // bins]
        if part:
            total += abs(sum(c for c, _ in part) - sum(r for _, r in part))
    return total / max(1, len(ordered))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--out", default=str(ROOT / "Models/calibration/1/card.json"))
    options = parser.parse_args()
    if not DATA.is_dir():
        print("fit-calibration: ../shared/data is not here", file=sys.stderr)
        return 65
    fitted, counts, tested = {}, 0, []
    with tempfile.TemporaryDirectory() as share:
        (pathlib.Path(share) / "Pipelines").symlink_to(ROOT / "Pipelines")
        for reading, name, key in [("ocr", "sroie", "file"), ("layer", "einvoice", "file_without_xml"),
                                   ("prose", "nda", "file")]:
            halves = values(options.docket, share, name, key)
            tune = halves["tune"]
            counts += len(tune)
            groups = {"*": [(logit(c), r) for _, c, r in tune]}
            for kind, fields in TYPES.items():
                groups[kind] = [(logit(c), r) for f, c, r in tune if f in fields]
            lines = {kind: fit(samples) for kind, samples in groups.items() if len(samples) >= FEWEST[reading]}
            for kind, (a, b) in sorted(lines.items()):
                fitted[f"{kind}/{reading}"] = weights(a, b)
            kind_of = {f: kind for kind, fields in TYPES.items() for f in fields}
            for f, c, r in halves["report"]:
                a, b = lines.get(kind_of.get(f, "*"), lines["*"])
                tested.append((1 / (1 + math.exp(-(a * logit(c) + b))), r))
    fitted["*/*"] = fitted["*/layer"]
    card = {
        "name": "calibration", "version": 1,
        "fitted_on": "the tune halves of 249 scanned receipts (ICDAR 2019 SROIE, CC BY 4.0) and 47 e-invoice pages "
                     "without their XML (Apache-2.0, MIT, BSD-3), 143 agreements of public filings (Kleister NDA); no "
                     "content of them is in this card",
        "count": counts, "method": "Platt scaling by field type and kind of reading, on zero-shot scores",
        "expected_calibration_error": round(error(tested), 4), "tested_on": f"{len(tested)} values of the report halves",
        "license": "Apache-2.0", "weights": dict(sorted(fitted.items())),
    }
    out = pathlib.Path(options.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(card, indent=2) + "\n")
    print(f"fitted on {counts} values, expected calibration error {error(tested):.3f} on {len(tested)} others")
    return 0


if __name__ == "__main__":
    sys.exit(main())

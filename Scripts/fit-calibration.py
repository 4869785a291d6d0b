#!/usr/bin/env python3
"""Fits the shipped calibration card on the tune halves, and measures its error on the report halves.

    Scripts/fit-calibration.py --docket .build/release/docket --out Models/calibration/1/card.json
    … --cross                          cross-fitted on the tune halves alone, for tuning; writes nothing
    … --words DIR                      keeps what was read

A logistic function of what tells whether a value is right (`Signals` in Sources/Docket/Learning/Signals.swift): for each
kind of reading what the signals weigh is fitted for all field types together, and for each type an offset. Docket itself
says what the signals are: a card that weighs one of them alone makes a confidence of it. Needs ../shared/data; nothing of
it goes into the card but these numbers. Repeatable: no randomness, no clock.
"""
import argparse, hashlib, json, math, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
sys.path.insert(0, str(ROOT.parent / "shared" / "tools"))

# A type with fewer values on the tune half has no offset of its own.
FEWEST = {"ocr": 40, "layer": 40, "prose": 15}
# What is usual; with few values the fit stays near it.
USUAL = {"bias": 0.0, "probability": 0.6, "check": 0.8, "reading": 0.3, "lead": 0.0, "values": 0.0}
NAMES = list(USUAL)
RESTRAINT, BIAS_RESTRAINT, TYPE_RESTRAINT = 2.0, 0.05, 1.0
# So that a confidence of four digits tells a signal well.
SCALE = {"probability": 0.5, "check": 2.0, "reading": 0.5, "lead": 0.7, "values": 1.0}
TYPES = {
    "date": ["date", "issued_on", "due_on", "delivered_on", "effective_date"],
    "money": ["total", "net_total", "tax_total", "due_amount"],
    "text": ["merchant", "seller_name", "buyer_name", "party"],
    "address": ["address"],
    "id": ["number", "order_reference"],
    "duration": ["term"],
    "category": ["jurisdiction"],
}
KIND = {field: kind for kind, fields in TYPES.items() for field in fields}


class Set:
    """The values that Docket gives for the documents of a set, with their signals."""

    def __init__(self, docket, reading, name, key, folder):
        self.docket, self.reading, self.name, self.key, self.folder = docket, reading, name, key, folder
        with open(DATA / name / "truth.jsonl") as lines:
            self.records = [json.loads(line) for line in lines]
        for record in self.records:
            record["path"] = record[key]
        self.words = folder / f"words-{name}"
        if not self.words.is_dir():
            self.words.mkdir(parents=True)
            files = [str(DATA / name / record[key]) for record in self.records]
            subprocess.run([docket, "text", "--format", "json", "-o", str(self.words), *files], check=True,
                           stderr=subprocess.DEVNULL)

    def extract(self, weights, out):
        """With a card that has these weights alone. No card that was fitted on nothing holds a value back."""
        with tempfile.TemporaryDirectory() as share:
            share = pathlib.Path(share)
            (share / "Pipelines").symlink_to(ROOT / "Pipelines")
            card = share / "Models" / "calibration" / "1" / "card.json"
            card.parent.mkdir(parents=True)
            card.write_text(json.dumps({"name": "one signal", "fitted_on": "nothing", "count": 0, "method": "none",
                                        "expected_calibration_error": None, "weights": {"*/*": weights}}))
            with open(out, "w") as sink:
                subprocess.run([self.docket, "extract", "--json", "--share", str(share),
                                *sorted(map(str, self.words.iterdir()))], stdout=sink, stderr=subprocess.DEVNULL)
        return out

    def values(self):
        """By half: (document, field, signals, whether right) of every value that the truth knows."""
        found = {}
        for name in NAMES[1:]:
            weights = {n: 0.0 for n in NAMES} | {name: SCALE[name]}
            for half in ("tune", "report"):
                for key, confidence, right in self.judged(self.extract(weights, self.folder / "one.jsonl"), half):
                    signals, _, _ = found.setdefault((half, key), ({"bias": 1.0}, right, None))
                    signals[name] = logit(confidence) / SCALE[name]
        halves = {"tune": [], "report": []}
        for (half, (document, field, _)), (signals, right, _) in found.items():
            if len(signals) == len(NAMES):
                halves[half].append((document, field, [signals[n] for n in NAMES], right))
        return halves

    def judged(self, lines, half):
        from docketscore.outcome import evaluate
        from docketscore.reading import pair
        from docketscore.sets import TASKS
        task = TASKS[self.name]
        pairs, _ = pair(str(DATA / self.name), self.records, [str(lines)], half)
        # One record a file: the one of the file itself.
        pairs = [(record, next((p for p in parts if p["part"] is None), parts[0])) for record, parts in pairs]
        for number, given in enumerate(evaluate(pairs, task, task.views[0]).given):
            # Where absence is known, what is given for nothing is wrong; elsewhere nobody knows.
            if (given.answers or task.absence_known) and given.confidence is not None:
                yield (given.file, given.field, given.value), given.confidence, given.right


def logit(p):
    p = min(0.99995, max(0.00005, p))
    return math.log(p / (1 - p))


def logistic(x):
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))


def solve(matrix, right):
    """Gauss, with the largest pivot."""
    size = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            for place in range(column, size + 1):
                rows[row][place] -= factor * rows[column][place]
    found = [0.0] * size
    for row in reversed(range(size)):
        found[row] = (rows[row][size] - sum(rows[row][place] * found[place] for place in range(row + 1, size))) / rows[row][row]
    return found


def fit(samples, reading):
    """Weights of the signals, and offsets by type: Newton's method, steps halved where they overshoot."""
    counts = {}
    for _, field, _, _ in samples:
        counts[KIND.get(field)] = counts.get(KIND.get(field), 0) + 1
    kinds = sorted(kind for kind, count in counts.items() if kind and count >= FEWEST[reading])
    start = [USUAL[name] for name in NAMES] + [0.0] * len(kinds)
    restraint = [BIAS_RESTRAINT] + [RESTRAINT] * (len(NAMES) - 1) + [TYPE_RESTRAINT] * len(kinds)
    rows = [(signals + [1.0 if KIND.get(field) == kind else 0.0 for kind in kinds], right) for _, field, signals, right in samples]

    def loss(place):
        total = sum(r / 2 * (p - s) ** 2 for r, p, s in zip(restraint, place, start))
        for row, right in rows:
            z = sum(a * b for a, b in zip(place, row)) * (1 if right else -1)
            total += math.log1p(math.exp(-z)) if z > -30 else -z
        return total

    place, value = start[:], loss(start)
    for _ in range(60):
        gradient = [r * (p - s) for r, p, s in zip(restraint, place, start)]
        hessian = [[r if a == b else 0.0 for b in range(len(place))] for a, r in enumerate(restraint)]
        for row, right in rows:
            p = logistic(sum(a * b for a, b in zip(place, row)))
            for a, x in enumerate(row):
                if x:
                    gradient[a] += (p - right) * x
                    for b, y in enumerate(row):
                        hessian[a][b] += p * (1 - p) * x * y
        step, length = solve(hessian, gradient), 1.0
        while length > 1e-6 and loss([p - length * s for p, s in zip(place, step)]) > value:
            length /= 2
        place = [p - length * s for p, s in zip(place, step)]
        before, value = value, loss(place)
        if before - value < 1e-7:
            break
    weights = dict(zip(NAMES, place))
    # More probability is never less belief.
    weights["probability"], weights["lead"] = max(0.05, weights["probability"]), max(0.0, weights["lead"])
    return weights, dict(zip(kinds, place[len(NAMES):]))


def confidence(fitted, sample):
    weights, offsets = fitted
    _, field, signals, _ = sample
    return logistic(sum(weights[name] * x for name, x in zip(NAMES, signals)) + offsets.get(KIND.get(field), 0.0))


def error(samples, bins=10):
    """Expected calibration error over tenths of confidence."""
    parts = {}
    for p, right in samples:
        parts.setdefault(min(bins - 1, int(p * bins)), []).append((p, right))
    return sum(abs(sum(p for p, _ in part) - sum(r for _, r in part)) for part in parts.values()) / max(1, len(samples))


def coverage(samples, precision):
    """The largest share that some threshold accepts at a precision."""
    best = right = 0
    for count, (_, is_right) in enumerate(sorted(samples, reverse=True), 1):
        right += is_right
        if right >= precision * count:
            best = count
    return best / max(1, len(samples))


def show(label, samples):
    loss = -sum(math.log(max(1e-6, p if right else 1 - p)) for p, right in samples) / max(1, len(samples))
    print(f"{label:8} {len(samples):5} values   error {error(samples):.3f}   log loss {loss:.4f}   "
          f"coverage {coverage(samples, 0.98):.3f} at 98 %, {coverage(samples, 0.95):.3f} at 95 %", flush=True)


def cross_fitted(samples, reading, parts=5):
    place = lambda sample: int(hashlib.sha256(sample[0].encode()).hexdigest()[:8], 16) % parts
    found = []
    for part in range(parts):
        fitted = fit([s for s in samples if place(s) != part], reading)
        found += [(confidence(fitted, s), s[3]) for s in samples if place(s) == part]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--out", default=str(ROOT / "Models/calibration/1/card.json"))
    parser.add_argument("--words", metavar="DIR")
    parser.add_argument("--cross", action="store_true")
    options = parser.parse_args()
    if not DATA.is_dir():
        print("fit-calibration: ../shared/data is not here", file=sys.stderr)
        return 65
    card, count, tested = {}, 0, []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.words or temporary)
        for reading, name, key in [("ocr", "sroie", "file"), ("layer", "einvoice", "file_without_xml"),
                                   ("prose", "nda", "file")]:
            halves = Set(options.docket, reading, name, key, folder).values()
            if options.cross:
                show(reading, cross_fitted(halves["tune"], reading))
                continue
            fitted = fit(halves["tune"], reading)
            weights, offsets = fitted
            count += len(halves["tune"])
            for kind, offset in [("*", 0.0), *offsets.items()]:
                card[f"{kind}/{reading}"] = {n: round(w + (offset if n == "bias" else 0.0), 4) for n, w in weights.items()}
            here = [(confidence(fitted, sample), sample[3]) for sample in halves["report"]]
            show(reading, here)
            tested += here
    if options.cross:
        return 0
    card["*/*"] = card["*/layer"]
    text = {
        "name": "calibration", "version": 1,
        "fitted_on": "the tune halves of 249 scanned receipts (ICDAR 2019 SROIE, CC BY 4.0) and 47 e-invoice pages "
                     "without their XML (Apache-2.0, MIT, BSD-3), 143 agreements of public filings (Kleister NDA); no "
                     "content of them is in this card",
        "count": count,
        "method": "a logistic function of signals by kind of reading, with an offset by field type, on zero-shot scores",
        "expected_calibration_error": round(error(tested), 4), "tested_on": f"{len(tested)} values of the report halves",
        "license": "Apache-2.0", "weights": dict(sorted(card.items())),
    }
    out = pathlib.Path(options.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(text, indent=2) + "\n")
    show("all", tested)
    return 0


if __name__ == "__main__":
    sys.exit(main())

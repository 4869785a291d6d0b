#!/usr/bin/env python3
"""Fits the shipped card of page boundaries on bundles of the tune halves.

    Scripts/fit-splitting.py --docket .build/release/docket --out Models/page-boundaries/1/card.json

Logistic regression, drawn to 0, over what `docket split` says it saw at each page of 300 bundles and of every single
document. Needs ../shared/data; nothing of it goes into the card but these numbers. Repeatable: no clock, and no
randomness but a seed.
"""
import argparse, json, math, pathlib, sys, tempfile
from splitting_bundles import ROOT, bundles, documents, split, words

RIDGE = 1.0
# A person is asked between these.
ASK, CUT = 0.15, 0.95


def fit(rows):
    """Weights by name, from [(signs, begins)], by Newton's method."""
    names = sorted({name for signs, _ in rows for name in signs})
    width = len(names) + 1
    data = [([1.0] + [signs.get(name, 0.0) for name in names], y) for signs, y in rows]
    weights = [0.0] * width
    for _ in range(30):
        gradient = [RIDGE * w for w in weights]
        hessian = [[RIDGE if i == j else 0.0 for j in range(width)] for i in range(width)]
        for x, y in data:
            p = 1 / (1 + math.exp(-max(-30, min(30, sum(a * b for a, b in zip(weights, x))))))
            error, mass = p - y, p * (1 - p)
            here = [(i, v) for i, v in enumerate(x) if v]
            for i, v in here:
                gradient[i] += error * v
                row = hessian[i]
                for j, u in here:
                    row[j] += mass * v * u
        step = solve(hessian, gradient)
        weights = [w - s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-7:
            break
    return weights[0], dict(zip(names, weights[1:]))


def solve(matrix, vector):
    """Gaussian elimination with pivots."""
    size = len(vector)
    rows = [list(row) + [value] for row, value in zip(matrix, vector)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            if factor:
                for j in range(i, size + 1):
                    rows[k][j] -= factor * rows[i][j]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--out", required=True)
    parser.add_argument("--keep", metavar="DIR")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        keep = pathlib.Path(options.keep or temporary)
        chosen = documents(words(options.docket, keep), "tune")
        made = bundles(chosen, 1, 300) + [(pages, [1]) for _, _, pages in chosen if len(pages) > 1]
        found = split(options.docket, [pages for pages, _ in made], keep / "fit")
    rows = [(signs, float(page in starts))
            for (_, starts), boundaries in zip(made, found) for page, _, _, signs in boundaries]
    bias, weights = fit(rows)
    card = {
        "name": "page-boundaries", "version": 1,
        "fitted_on": "300 bundles and all single documents of the tune halves of ICDAR 2019 SROIE (CC BY 4.0), VRDU ad-buy and "
                     "registration forms (CC BY 4.0), Kleister-NDA, ZUGFeRD examples (Apache-2.0, MIT, BSD-3) and mixed "
                     "business documents; no content of them is in this card",
        "count": len(rows), "method": "logistic regression, ridge 1", "license": "Apache-2.0",
        "thresholds": {"ask": ASK, "cut": CUT}, "bias": round(bias, 4),
        "weights": {name: round(value, 4) for name, value in sorted(weights.items())}}
    pathlib.Path(options.out).write_text(json.dumps(card, indent=2) + "\n")
    print(f"{len(rows)} pages, of which {int(sum(y for _, y in rows))} begin a document")
    return 0


if __name__ == "__main__":
    sys.exit(main())

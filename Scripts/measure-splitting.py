#!/usr/bin/env python3
"""Measures where Docket finds the documents of a bundle: 300 bundles of 2 to 12 documents of ../shared/data.

    Scripts/measure-splitting.py --docket .build/release/docket              on bundles of the report halves
    … --half tune                                                            of the tune halves
    … --keep DIR                                                             keeps what was read, for the next call

A boundary counts as found where it is at least as likely as not. What is below its threshold is asked, so the figures say
too how much is asked and what stays wrong without asking. Single documents, which all pass through this stage, are
measured apart: they must not be cut.
"""
import argparse, pathlib, sys, tempfile
from splitting_bundles import DATA, ROOT, bundles, documents, split, words


def scores(docket, half, keep, count=300):
    """{name: value}; a figure where less is better has a name that ends in `, at most`."""
    pages = words(docket, keep)
    chosen = documents(pages, half)
    made = bundles(chosen, 1 if half == "tune" else 2, count)
    found = split(docket, [pages for pages, _ in made], pathlib.Path(keep) / f"bundles-{half}")
    right = missed = wrong = cut_wrong = asked = joined_wrong = total = 0
    for (_, starts), boundaries in zip(made, found):
        for page, confidence, verdict, _ in boundaries:
            begins = page in starts
            total += 1
            right += begins and confidence >= 0.5
            missed += begins and confidence < 0.5
            wrong += not begins and confidence >= 0.5
            asked += verdict == "doubtful"
            cut_wrong += verdict == "begins" and not begins
            joined_wrong += verdict == "continues" and begins
    # Received in pages of the original's size: a single document's pages as they are.
    single = [d for d in chosen if len(d[2]) > 1]
    alone = split(docket, [d[2] for d in single], pathlib.Path(keep) / f"single-{half}")
    yield "bundles: boundary F1", 2 * right / (2 * right + missed + wrong)
    yield "bundles: boundary F1 once the asked ones are answered", (
        2 * (n := right + missed - joined_wrong) / (2 * n + cut_wrong + joined_wrong))
    yield "bundles: pages asked about, at most", asked / total
    yield "bundles: documents begun wrongly without asking, at most", cut_wrong / max(1, total)
    every = max(1, sum(1 for d in chosen))
    yield "single documents cut, at most", sum(any(v == "begins" for _, _, v, _ in b) for b in alone) / every
    yield "single documents asked about, at most", sum(
        any(v == "doubtful" for _, _, v, _ in b) and all(v != "begins" for _, _, v, _ in b) for b in alone) / every


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--half", choices=["report", "tune"], default="report")
    parser.add_argument("--bundles", type=int, default=300)
    parser.add_argument("--keep", metavar="DIR")
    options = parser.parse_args()
    if not DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"measure-splitting: {DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    with tempfile.TemporaryDirectory() as temporary:
        for name, value in scores(options.docket, options.half, options.keep or temporary, options.bundles):
            print(f"{name:58} {value:7.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

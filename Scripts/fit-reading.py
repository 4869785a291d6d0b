#!/usr/bin/env python3
"""Fits how Docket chooses between its two readers: writes Models/reading/<version>/card.json.

    Scripts/fit-reading.py --docket .build/release/docket --keep DIR [--write]

Fitted on what trained no weights and is not reported: a third of the card's held-out receipts, parted by company, and
pages of the held-out PDFs of three families, drawn clean, photocopied and faxed. DIR keeps the readings between calls.
"""
import argparse, json, pathlib, subprocess, sys, unicodedata

import numpy

import reading_pages as pages

NAMES = ["one", "letter", "line", "word", "segment", "length", "spaces", "capitals", "marks", "small", "alike", "page",
         "digits", "likeness", "letter_page", "word_page"]


def odds(p):
    p = min(max(p, 0.002), 0.998)
    return float(numpy.log(p / (1 - p)))


def likeness(a, b):
    a, b = a[:80], b[:80]
    last = list(range(len(b) + 1))
    for row, letter in enumerate(a):
        after = [row + 1]
        for column, against in enumerate(b):
            after.append(min(last[column + 1] + 1, after[column] + 1, last[column] + (letter != against)))
        last = after
    return 1 - last[-1] / max(len(a), len(b))


def plain(text):
    return "".join(c for c in text if c.isalpha() or c in "0123456789")


def is_same(place):
    return "tesseract" in place and "lines" in place and place["tesseract"]["text"] == place["lines"]["text"]


def page_kind(places):
    """PageKind.swift."""
    same, both, sure, every = 50.0, 100.0, 50.0, 100.0
    for place in places:
        if "tesseract" not in place:
            continue
        letters = len(place["tesseract"]["text"])
        every += letters
        sure += letters * place["tesseract"]["score"]
        if "lines" in place:
            both += letters
            same += letters * is_same(place)
    return same / both, sure / every


def features(place, kind):
    """PlaceFeatures.swift."""
    ours, theirs = place.get("lines", {}).get("text", ""), place.get("tesseract", {}).get("text", "")
    text = ours or theirs
    letter, word = odds(place.get("lines", {}).get("score", 0)), odds(place.get("tesseract", {}).get("score", 0))
    line = odds((place.get("lines") or {}).get("segment", 0)) if "lines" in place else odds(0)
    segment = odds((place.get("tesseract") or {}).get("segment", 0)) if "tesseract" in place else odds(0)
    differ = bool(ours and theirs and ours != theirs)
    spaceless = ours.replace(" ", "") == theirs.replace(" ", "")
    return [1, letter, line, word, segment, float(numpy.log(len(text) + 1)),
            float(differ and spaceless), float(differ and not spaceless and ours.lower() == theirs.lower()),
            float(differ and plain(ours) == plain(theirs)),
            sum(c.islower() for c in theirs) / max(1, len(theirs)), kind[0], kind[1],
            sum(c in "0123456789" for c in text) / max(1, len(text)),
            likeness(ours, theirs) if ours and theirs else 0.0,
            letter * (kind[0] - 0.5), word * (kind[0] - 0.5)]


def gold_tokens(place, words):
    """The true words that stand where the place is: of labelled lines all words, since where each stands is not known."""
    x, y, w, h = place["box"]
    out = []
    for text, (left, top, right, bottom) in words:
        low = min(y + h, bottom) - max(y, top)
        wide = min(x + w, right) - max(x, left)
        if low > 0.5 * min(h, bottom - top) and wide > 0.4 * min(w, right - left):
            out += text.split()
    return out


def share_right(text, gold, ignores_case):
    """How much of the text is right, and of the truth was read: F1 of words."""
    words = text.upper().split() if ignores_case else text.split()
    gold = [g.upper() for g in gold] if ignores_case else gold
    right = sum(1 for word in words if word in gold)
    return right / max(1, len(words))


def rows(line, words, ignores_case):
    for page in line["pages"]:
        places = page.get("readings", [])
        kind = page_kind(places)
        for place in places:
            gold = gold_tokens(place, words)
            right = {name: share_right(place[name]["text"], gold, ignores_case) if name in place else None
                     for name in ("tesseract", "lines")}
            yield place, kind, features(place, kind), right


def fit(x, y, weight=None, ridge=1.0):
    """Logistic regression by Newton's steps."""
    x, y = numpy.array(x, float), numpy.array(y, float)
    weight = numpy.ones(len(y)) if weight is None else numpy.array(weight, float)
    w = numpy.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + numpy.exp(-numpy.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * (p * (1 - p) + 1e-9))[:, None]).T @ x + ridge * numpy.eye(len(w))
        step = numpy.linalg.solve(hessian, gradient)
        w -= step
        if abs(step).max() < 1e-6:
            break
    return w


def probability(w, x):
    return 1 / (1 + numpy.exp(-numpy.clip(numpy.array(x, float) @ w, -30, 30)))


def readings(docket, out, files):
    if not out.exists():
        with open(out, "w") as sink:
            subprocess.run([docket, "text", "--ocr", "best", "--readings", "--format", "json", *map(str, files)],
                           stdout=sink, stderr=subprocess.DEVNULL)
    return {pathlib.Path(line["file"]).name: line for line in map(json.loads, open(out))}


def samples(docket, keep):
    """(kind of print, place, page kind, features, right) of all that is fitted on."""
    out = []
    receipts = pages.held_out_receipts("fit")
    for psm in (6, 4):
        lines = readings(docket, keep / f"receipts-{psm}.jsonl",
                         ["--psm", psm, *(pages.DATA / "sroie" / r["file"] for r in receipts)])
        for record in receipts:
            words = pages.receipt_words(record)
            out += [("receipt", *row) for row in rows(lines[pathlib.Path(record["file"]).name], words, True)]
    folder = keep / "pages"
    truth = json.loads((folder / "words.json").read_text()) if (folder / "words.json").exists() else \
        pages.make_pages(["ad_buy", "nda", "einvoice"], folder)
    lines = readings(docket, keep / "pages.jsonl", [folder / name for name in sorted(truth)])
    for name, words in truth.items():
        if name in lines and lines[name]["outcome"] == "ok":
            out += [(name.split("-")[0], *row) for row in rows(lines[name], words, False)]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(pages.ROOT / ".build/release/docket"))
    parser.add_argument("--keep", required=True, metavar="DIR")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    keep = pathlib.Path(options.keep)
    keep.mkdir(parents=True, exist_ok=True)
    every = samples(options.docket, keep)
    groups = sorted({s[0] for s in every})
    # Each kind of print weighs the same, however many pages of it there are.
    count = {g: sum(s[0] == g for s in every) for g in groups}
    weigh = {g: len(every) / len(groups) / count[g] for g in groups}

    def fitted(part, label):
        part = [s for s in part if label(s) is not None]
        return fit([s[3] for s in part], [label(s) for s in part], [weigh[s[0]] for s in part])

    both = [s for s in every if s[4]["tesseract"] is not None and s[4]["lines"] is not None]
    differ = [s for s in both if not is_same(s[1])]
    prefers = fitted([s for s in differ if s[4]["lines"] != s[4]["tesseract"]],
                     lambda s: float(s[4]["lines"] > s[4]["tesseract"]))
    takes_lines = {id(s): probability(prefers, s[3]) >= 0.5 for s in differ}
    card = {
        "prefers": prefers,
        "same": fitted([s for s in both if is_same(s[1])], lambda s: s[4]["lines"]),
        "lines": fitted([s for s in differ if takes_lines[id(s)]], lambda s: s[4]["lines"]),
        "tesseract": fitted([s for s in differ if not takes_lines[id(s)]], lambda s: s[4]["tesseract"]),
        "tesseract_alone": fitted([s for s in every if s[4]["lines"] is None], lambda s: s[4]["tesseract"]),
    }
    # Where the line reader reads alone, the other's text and the kind of page are not known.
    alone = []
    for s in every:
        if s[4]["lines"] is not None:
            place = {"lines": s[1]["lines"], "box": s[1]["box"]}
            alone.append((s[0], place, (0.5, 0.5), features(place, (0.5, 0.5)), s[4], s))
    card["lines_alone"] = fit([s[3] for s in alone], [s[4]["lines"] for s in alone], [weigh[s[0]] for s in alone])

    print(f"{'print':9} {'places':>7} {'same':>6} {'right':>6} | differ: {'lines':>6} {'tess.':>6} {'chosen':>6} {'better':>6}")
    for g in groups:
        mine, apart = [s for s in both if s[0] == g], [s for s in differ if s[0] == g]
        same = [s for s in mine if is_same(s[1])]
        chosen = [s[4]["lines"] if takes_lines[id(s)] else s[4]["tesseract"] for s in apart]
        print(f"{g:9} {count[g]:7} {len(same) / len(mine):6.3f} {numpy.mean([s[4]['lines'] for s in same]):6.3f} |         "
              f"{numpy.mean([s[4]['lines'] for s in apart]):6.3f} {numpy.mean([s[4]['tesseract'] for s in apart]):6.3f} "
              f"{numpy.mean(chosen):6.3f} {numpy.mean([max(s[4]['lines'], s[4]['tesseract']) for s in apart]):6.3f}")
        only = [s for s in every if s[0] == g and (s[4]["lines"] is None or s[4]["tesseract"] is None)]
        print(f"{'':9} only one reader: {len(only)}, right {numpy.mean([max(v for v in s[4].values() if v is not None) for s in only] or [0]):.3f}")
    for sure in (0.8, 0.85, 0.9, 0.95, 0.97):
        taken = [s for s in alone if probability(card["lines_alone"], s[3]) >= sure]
        print(f"fast, sure {sure}: {len(taken) / len(alone):.3f} of places, right {numpy.mean([s[4]['lines'] for s in taken]):.3f}")
    for name in NAMES:
        at = NAMES.index(name)
        print(f"  {name:12}" + "".join(f" {key} {card[key][at]:+.2f}" for key in card))
    if options.write:
        target = pages.ROOT / "Models" / "reading" / "1" / "card.json"
        old = json.loads(target.read_text()) if target.exists() else {}
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = {
            "name": "reading", "version": 1, "format": "docket/reading-choice/1",
            "what": "How Docket chooses between Tesseract and its line reader (reader 1), and how sure it then is: logistic functions of what both say.",
            "fitted_on": f"{sum(count.values())} places: {len(pages.held_out_receipts('fit'))} receipts (ICDAR 2019 SROIE, CC BY 4.0) and PDF pages of three families drawn clean, photocopied and faxed; none of them trained the weights, none is reported",
            "made_by": "Scripts/fit-reading.py", "license": "Apache-2.0",
            "least_belief": old.get("least_belief", 0.2), "sure": old.get("sure", 0.2),
            "most_missed": old.get("most_missed", 0.08), "features": NAMES,
            **{key: [round(float(v), 4) for v in value] for key, value in card.items()},
        }
        target.write_text("{\n" + ",\n".join(f" {json.dumps(k)}: {json.dumps(v)}" for k, v in lines.items()) + "\n}\n")


if __name__ == "__main__":
    main()

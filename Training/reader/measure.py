"""Reads the held-out lines and reports: exact lines, character errors, values, confusions and failure classes.

  measure.py FOLDER CHECKPOINT [--json OUT]
"""
import argparse
import collections
import json
import pathlib
import re

import numpy as np
import torch

from alphabet import greedy, upper
from damage import normalise
from lines import Pack, bucket
from network import Reader



def padded(box, part):
    """The box with `part` of its height more on each side than `normalise` adds."""
    d = part * (box[3] - box[1])
    return box[0] - d, box[1] - d, box[2] + d, box[3] + d


def fax(grey, box, rng):
    """100 dots an inch, blurred, steep contrast, noise, specks, JPEG: one fixed damage, whatever training uses."""
    import cv2
    scale = max(0.5, 11 / (box[3] - box[1]))
    value = cv2.GaussianBlur(grey, (0, 0), 1.2)
    value = cv2.resize(value, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    low, high = np.percentile(value, 2), np.percentile(value, 95)
    value = 255 / (1 + np.exp(-(value - (low + 0.6 * (high - low))) * 10 / max(high - low, 8))) + rng.normal(0, 18, value.shape)
    for y, x in zip(rng.integers(0, value.shape[0], value.size // 250), rng.integers(0, value.shape[1], value.size // 250)):
        value[y, x] = 0
    small = cv2.imdecode(cv2.imencode(".jpg", value.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 40])[1], 0)
    return small, tuple(v * scale for v in box)


def test_lines(path, form="clean", most=None):
    """Held-out lines as the network sees them, `most` of them; of PDF lines the ink box, as a line finder gives it."""
    pack, out = Pack(path), []
    step = max(1, len(pack.heads) // most) if most else 1
    for i, head in list(enumerate(pack.heads))[::step]:
        grey, box = pack.picture(i), head["boxes"][-1]
        if form == "fax":
            grey, box = fax(grey, box, np.random.default_rng(i))
        out.append(dict(head, line=normalise(grey, box)))
    return out


@torch.no_grad()
def read_all(model, lines, device="cpu", columns=20_000):
    """(text, probability of the path) of each line."""
    order = sorted(range(len(lines)), key=lambda i: lines[i]["line"].shape[1])
    result, start = [None] * len(lines), 0
    while start < len(order):
        end = start + 1
        while end < len(order) and lines[order[end]]["line"].shape[1] * (end - start + 1) <= columns:
            end += 1
        part = order[start:end]
        width = bucket(lines[part[-1]]["line"].shape[1])
        x = np.zeros((len(part), 1, 32, width), np.float32)
        for k, i in enumerate(part):
            x[k, 0, :, :lines[i]["line"].shape[1]] = lines[i]["line"] / 255
        widths = torch.tensor([lines[i]["line"].shape[1] for i in part])
        best = torch.log_softmax(model(torch.from_numpy(x).to(device), widths).float(), 2).max(2)
        for k, i in enumerate(part):
            frames = int(widths[k]) // 4
            result[i] = (" ".join(greedy(best.indices[:frames, k].tolist()).split()), float(best.values[:frames, k].sum().exp()))
        start = end
    return result


def edits(a, b):
    """The least edits from a to b, and the pairs that were taken for one another ('' for lost or added)."""
    row = np.zeros((len(a) + 1, len(b) + 1), int)
    row[:, 0], row[0, :] = np.arange(len(a) + 1), np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            row[i, j] = min(row[i - 1, j - 1] + (a[i - 1] != b[j - 1]), row[i - 1, j] + 1, row[i, j - 1] + 1)
    i, j, pairs = len(a), len(b), []
    while i or j:
        if i and j and row[i, j] == row[i - 1, j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            if a[i] != b[j]:
                pairs.append((a[i], b[j]))
        elif i and row[i, j] == row[i - 1, j] + 1:
            i -= 1
            pairs.append((a[i], ""))
        else:
            j -= 1
            pairs.append(("", b[j]))
    return int(row[-1, -1]), pairs


def plain(text):
    return re.sub(r"[^0-9A-Za-zÀ-ÿ]", "", text)


def compared(pairs):
    """Figures over (gold, read) texts."""
    wrong = [(g, r) for g, r in pairs if g != r]
    errors = sum(edits(g, r)[0] for g, r in wrong)
    return {"lines": len(pairs), "exact": 1 - len(wrong) / len(pairs), "alnum": sum(plain(g) == plain(r) for g, r in pairs) / len(pairs),
            "cer": errors / sum(len(g) for g, _ in pairs)}


def failures(pairs):
    classes, confused = collections.Counter(), collections.Counter()
    for gold, read in pairs:
        if gold == read:
            continue
        count, mistakes = edits(gold, read)
        confused.update(mistakes)
        if gold.replace(" ", "") == read.replace(" ", ""):
            classes["spaces only"] += 1
        elif plain(gold) == plain(read):
            classes["punctuation and spaces only"] += 1
        elif gold.lower() == read.lower():
            classes["case only"] += 1
        elif count == 1:
            classes["one character"] += 1
        elif count <= len(gold) / 4:
            classes["up to a quarter of the characters"] += 1
        else:
            classes["worse"] += 1
    return dict(classes.most_common()), {f"{a or '(nothing)'} > {b or '(nothing)'}": n for (a, b), n in confused.most_common(30)}


def values(lines, read, truth):
    """Receipts: the share of lines with the labelled date, total or company in which the value was read."""
    figures = {}
    for field in ("date", "total", "company", "address"):
        hit = right = 0
        for line, text in zip(lines, read):
            value = truth[line["document"]].get(field + "_raw") or truth[line["document"]].get(field) or ""
            gold = line["text"]
            if field in ("company", "address"):
                a, b = plain(gold), plain(value.upper())
                if len(a) < 5 or not (a in b or (b and b in a)):
                    continue
                hit, right = hit + 1, right + (a == plain(text))
            elif value and re.search(rf"(?<![\d.]){re.escape(value.upper())}(?![\d])", gold):
                hit, right = hit + 1, right + (value.upper() in text)
        figures[field] = {"lines": hit, "right": round(right / max(1, hit), 4)}
    return figures


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=pathlib.Path)
    ask.add_argument("checkpoint", type=pathlib.Path)
    ask.add_argument("--truth", type=pathlib.Path, help="truth.jsonl of the receipts")
    ask.add_argument("--json", type=pathlib.Path)
    given = ask.parse_args()
    torch.set_num_threads(1)
    model = Reader().eval()
    state = torch.load(given.checkpoint, map_location="cpu", weights_only=True)
    model.load_state_dict(state["mean"])
    report = {"learning": state["curve"], "figures": {}}
    seen = {h["text"] for h in Pack(given.folder / "lines-train.npz").heads}
    for form in ("clean", "fax"):
        lines = test_lines(given.folder / "lines-test.npz", form)
        if form == "fax":
            lines = [line for line in lines if line["set"] != "sroie"]
        read = [text for text, _ in read_all(model, lines)]
        read = [upper(t) if line["set"] == "sroie" else t for line, t in zip(lines, read)]
        groups = collections.defaultdict(list)
        for line, text in zip(lines, read):
            pair = (line["text"], text)
            groups[f"{form} {line['set']}"].append(pair)
            if line["set"] != "sroie":
                groups[f"{form} all PDF"].append(pair)
                groups[f"{form} PDF, text not in training"] += [pair] if line["text"] not in seen else []
                size = len(line["text"])
                groups[f"{form} PDF, {'1-7' if size < 8 else '8-19' if size < 20 else '20-39' if size < 40 else '40-69' if size < 70 else '70+'} characters"].append(pair)
                groups[f"{form} PDF, with an accent or sign"] += [pair] if not line["text"].isascii() else []
        for name, pairs in sorted(groups.items()):
            if not pairs:
                continue
            figures = {k: round(v, 4) for k, v in compared(pairs).items()}
            report["figures"][name] = figures
            print(f"{name:42} n {figures['lines']:5}  CER {100 * figures['cer']:5.2f}  exact {100 * figures['exact']:5.1f}  alnum {100 * figures['alnum']:5.1f}")
        report[f"failures {form} PDF"], report[f"confused {form} PDF"] = failures(groups[f"{form} all PDF"])
        if form == "clean":
            report["failures sroie"], report["confused sroie"] = failures(groups["clean sroie"])
            if given.truth:
                truth = {r["file"]: r["fields"] for r in map(json.loads, given.truth.open())}
                of = [(line, t) for line, t in zip(lines, read) if line["set"] == "sroie"]
                report["values"] = values([a for a, _ in of], [b for _, b in of], truth)
                print(report["values"])
    for key in [k for k in report if k.startswith(("failures", "confused"))]:
        print(key, json.dumps(report[key], ensure_ascii=False))
    if given.json:
        given.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Cuts lines with known text out of the development documents.

  pages.py DATA OUT     DATA: the folder with sroie, ad_buy, nda, einvoice, business; OUT: lines-train.npz and lines-test.npz

Receipts give their labelled boxes; PDFs are drawn by Poppler, and their text layer says what stands where. Each line carries its
document and whether that is for training or held out (`split`): receipts by company, PDFs by document, one family as a whole.
"""
import collections
import csv
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from alphabet import fold
from damage import ink_box

CONTEXT = 0.4      # of the height, kept around a line
TALLEST = 40       # pixels of a line's box as stored
HELD_OUT_FAMILY = "business"
PAGES = {"ad_buy": 1, "nda": 1, "einvoice": 2, "business": 2}  # of each document, from a page that depends on its name
DOTS = 200


def share(text):
    """A number in 0..<100 that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % 100


def company_key(name):
    return re.sub(r"[^A-Z]", "", re.sub(r"\b(SDN|BHD|S/B|SB|M|THE)\b", "", re.sub(r"\(.*?\)", "", name.upper())))[:9]


def stored(grey, text, boxes):
    """The crop around the union of the boxes with context, as bytes, and the boxes in it."""
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    extra = CONTEXT * (bottom - top) + 2
    x0, y0 = max(0, int(left - extra)), max(0, int(top - extra))
    crop = grey[y0:int(bottom + extra) + 1, x0:int(right + extra) + 1]
    scale = min(1.0, TALLEST / (bottom - top))
    if scale < 1:
        crop = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    boxes = [[round((v - o) * scale, 1) for v, o in zip(b, (x0, y0, x0, y0))] for b in boxes]
    return crop, boxes


def receipts(folder):
    for line in (folder / "truth.jsonl").open():
        record = json.loads(line)
        key = company_key(record["fields"].get("company", "")) or record["file"]
        split = "test" if share(f"company 5 {key}") % 5 == 0 else "train"
        grey = cv2.imread(str(folder / record["file"]), cv2.IMREAD_GRAYSCALE)
        with (folder / record["boxes"]).open(encoding="utf-8", errors="replace", newline="") as rows:
            for row in csv.reader(rows, quoting=csv.QUOTE_NONE):
                if len(row) < 9:
                    continue
                xs, ys = [float(v) for v in row[0:8:2]], [float(v) for v in row[1:8:2]]
                text = fold(",".join(row[8:]).strip())
                box = (min(xs), min(ys), max(xs), max(ys))
                if not text or box[3] - box[1] < 6 or box[2] - box[0] < 3:
                    continue
                crop, boxes = stored(grey, text, [box])
                yield {"set": "sroie", "document": record["file"], "split": split, "text": text}, crop, boxes, ".jpg"


def words_of(pdf, first, last):
    """Pages of (width, height, lines of words (box, text)) in points, from the text layer."""
    out = subprocess.run(["pdftotext", "-bbox-layout", "-f", str(first), "-l", str(last), pdf, "-"], capture_output=True, timeout=60).stdout.decode("utf-8", "replace")
    number = r'="(-?[\d.]+)"'
    for page in re.split(r"<page ", out)[1:]:
        size = re.match(rf"width{number} height{number}", page)
        lines = []
        for line in re.split(r"<line ", page)[1:]:
            words = re.findall(rf"<word xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)</word>", line)
            lines.append([([float(v) for v in w[:4]], unescape(w[4])) for w in words])
        yield float(size[1]), float(size[2]), lines


def unescape(text):
    for a, b in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(a, b)
    return text


def segments(words, rng, wide):
    """Runs of words without a gap wider than `wide` heights."""
    run = []
    for word in words:
        if run and word[0][0] - run[-1][0][2] > wide * (word[0][3] - word[0][1]):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def pdf_lines(folder, record, rng):
    family = folder.name
    path = str(folder / (record.get("file_without_xml") or record["file"]))
    if not path.endswith(".pdf"):
        return
    split = "family" if family == HELD_OUT_FAMILY else "test" if share(record["file"]) < 15 else "train"
    with tempfile.TemporaryDirectory() as drawn:
        first = 1 + share(record["file"] + "page") % 3 if family == "nda" else 1
        last = first + PAGES[family] - 1
        subprocess.run(["pdftoppm", "-gray", "-r", str(DOTS), "-f", str(first), "-l", str(last), path, drawn + "/p"], capture_output=True, timeout=240)
        pictures = sorted(pathlib.Path(drawn).iterdir())
        for picture, (width, height, lines) in zip(pictures, words_of(path, first, last)):
            grey = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE)
            scale = grey.shape[1] / width
            if abs(grey.shape[0] / height - scale) > 0.05 * scale:
                continue
            for line in lines:
                line = [([v * scale for v in b], t) for b, t in line if b[2] - b[0] > 0.5]
                for run in segments(line, rng, 1.0 if split != "train" or rng.random() < 0.6 else 2.5):
                    if split == "train" and len(run) > 2 and rng.random() < 0.3:
                        a, b = sorted(rng.choice(len(run) + 1, 2, replace=False))
                        run = run[a:b]
                    text = fold(" ".join(t for _, t in run))
                    box = (run[0][0][0], min(w[0][1] for w in run), run[-1][0][2], max(w[0][3] for w in run))
                    h = box[3] - box[1]
                    if not text or h < 8 or h > 160 or len(text) > 110 or box[2] - box[0] < 0.18 * h * len(text):
                        continue
                    tight = ink_box(grey, (box[0] - 0.1 * h, box[1], box[2] + 0.1 * h, box[3]))
                    if tight is None or tight[2] - tight[0] < 0.75 * (box[2] - box[0]) or tight[3] - tight[1] < 0.08 * h:
                        continue
                    crop, boxes = stored(grey, text, [box, tight])
                    yield {"set": family, "document": record["file"], "split": split, "text": text}, crop, boxes, ".png"


def chosen(items, rng):
    """Fewer lines where one document, or one text, has very many."""
    documents, texts = collections.Counter(), collections.Counter()
    for item in (items[i] for i in rng.permutation(len(items))):
        head = item[0]
        limit = {"nda": 45, "ad_buy": 60, "einvoice": 150, "business": 60, "sroie": 10 ** 6}[head["set"]] * (0.5 if head["split"] == "test" else 1)
        if documents[head["document"]] >= limit or (head["set"] != "sroie" and texts[head["split"], head["text"]] >= 8):
            continue
        documents[head["document"]] += 1
        texts[head["split"], head["text"]] += 1
        yield item


def encoded(crop, kind):
    if kind == ".jpg":
        return cv2.imencode(".webp", crop, [cv2.IMWRITE_WEBP_QUALITY, 72])[1]
    flat = ((crop.astype(np.uint16) + 8) // 17 * 17).clip(0, 255).astype(np.uint8)
    return cv2.imencode(".webp", flat, [cv2.IMWRITE_WEBP_QUALITY, 101])[1]


def main():
    data, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    items = list(receipts(data / "sroie"))
    jobs = [(data / family, json.loads(line)) for family in PAGES for line in (data / family / "truth.jsonl").open()]
    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda job: list(pdf_lines(*job, np.random.default_rng(share(job[1]["file"])))), jobs):
            items += found
    items = list(chosen(items, np.random.default_rng(1)))
    for name, splits in (("train", ("train",)), ("test", ("test", "family"))):
        part = [item for item in items if item[0]["split"] in splits]
        blobs = [encoded(crop, kind) for _, crop, _, kind in part]
        heads = [dict(head, boxes=boxes) for head, _, boxes, _ in part]
        np.savez(out / f"lines-{name}.npz", blob=np.concatenate(blobs), ends=np.cumsum([len(b) for b in blobs]),
                 heads=np.frombuffer(json.dumps(heads, ensure_ascii=False).encode(), np.uint8))
        for key in sorted({(h["set"], h["split"]) for h in heads}):
            of = [(h, len(b)) for h, b in zip(heads, blobs) if (h["set"], h["split"]) == key]
            print(*key, len(of), "lines", sum(n for _, n in of) // 1000, "kB", len({h["document"] for h, _ in of}), "documents")


if __name__ == "__main__":
    main()

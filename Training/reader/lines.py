"""Endless training lines in batches of like width, made by worker processes."""
import json
import pathlib
import random
import sys

import cv2
import numpy as np
import torch

from alphabet import encode
from damage import damaged, jittered, normalise
from draw import Typefaces
from words import Texts

MOST = 384  # lines of a batch


def bucket(width):
    """The width to which a line is filled up: few different ones, since each costs a GPU the planning of its convolutions."""
    step = 32 if width <= 512 else 64 if width <= 1024 else 128
    return -(-width // step) * step


class Pack:
    """Lines cut by pages.py."""

    def __init__(self, path):
        with np.load(path) as data:
            self.blob, self.ends = data["blob"], data["ends"]
            self.heads = json.loads(data["heads"].tobytes())

    def picture(self, i):
        start = self.ends[i - 1] if i else 0
        return cv2.imdecode(self.blob[start:self.ends[i]], cv2.IMREAD_GRAYSCALE)


class Lines(torch.utils.data.IterableDataset):
    """Batches (pictures (n, 32, width) bytes, widths, targets joined, their lengths, whether the label hides the case).

    `shares` are those of receipts, PDF lines and synthetic lines; `columns` bounds lines x width of a batch; a batch comes
    `echo` times, with others in between.
    """

    def __init__(self, folder, seed, columns, shares, echo=1):
        self.folder, self.seed, self.columns, self.echo = pathlib.Path(folder), seed, columns, echo
        self.shares = np.array(shares) / sum(shares)

    def __iter__(self):
        info = torch.utils.data.get_worker_info()
        number = info.id if info else 0
        cv2.setNumThreads(1)
        rng = np.random.default_rng([self.seed, number])
        pack = Pack(self.folder / "lines-train.npz")
        of = {kind: [i for i, h in enumerate(pack.heads) if (h["set"] == "sroie") == (kind == 0)] for kind in (0, 1)}
        # A document with many lines should not drown the others: a family's lines are drawn by the root of their number.
        pdf = self.weights([pack.heads[i] for i in of[1]])
        texts = Texts(self.folder, random.Random(self.seed * 1000 + number), [h["text"] for h in pack.heads])
        faces = Typefaces(self.folder / "fonts")
        waiting = {}
        ready = []
        while True:
            try:
                made = self.line(rng, pack, of, pdf, texts, faces)
            except (cv2.error, ValueError, LookupError, OSError, AttributeError, TypeError, OverflowError) as problem:
                print("a line was left out:", type(problem).__name__, problem, file=sys.stderr, flush=True)
                continue
            if made is None:
                continue
            width = bucket(made[0].shape[1])
            batch = waiting.setdefault(width, [])
            batch.append(made)
            if len(batch) < min(MOST, max(2, self.columns // width)):
                continue
            batch = collated(waiting.pop(width), width)
            yield batch
            # Again later, so that what was just seen is not seen twice in a row.
            ready += [batch] * (self.echo - 1)
            if len(ready) > 3:
                yield ready.pop(int(rng.integers(len(ready) - 1)))

    def line(self, rng, pack, of, pdf, texts, faces):
        """(picture, target, whether the label hides the case), or None for a line that cannot be drawn or is too dense to be read."""
        kind = int(rng.choice(3, p=self.shares))
        if kind == 2:
            made = faces.drawn(texts.text(), rng)
            if made is None:
                return None
            grey, box, text = made
            strength, amount = rng.choice([0, 1, 1, 1.5]), 1.0
        else:
            i = of[0][int(rng.integers(len(of[0])))] if kind == 0 else of[1][int(np.searchsorted(pdf, rng.random()))]
            grey, text, boxes = pack.picture(i), pack.heads[i]["text"], pack.heads[i]["boxes"]
            box = boxes[int(rng.random() < 0.65) if len(boxes) > 1 else 0]
            strength, amount = (rng.choice([0, 0.4, 0.7]), 0.9) if kind == 0 else (rng.choice([0, 1, 1, 1.5]), 1.0)
        if strength:
            grey, box = damaged(grey, box, rng, strength)
        picture, target = normalise(grey, jittered(box, rng, amount)), encode(text)
        if picture.shape[1] // 4 < needed(target) or len(target) > 120:
            return None
        return picture, target, kind == 0

    @staticmethod
    def weights(heads):
        counts = {}
        for h in heads:
            counts[h["set"]] = counts.get(h["set"], 0) + 1
        weight = np.array([counts[h["set"]] ** -0.5 for h in heads])
        return np.cumsum(weight) / weight.sum()


def needed(target):
    """Frames that CTC needs: one a character and one between equal ones."""
    return len(target) + sum(a == b for a, b in zip(target, target[1:]))


def collated(batch, width):
    pictures = np.zeros((len(batch), batch[0][0].shape[0], width), np.uint8)
    for i, (line, _, _) in enumerate(batch):
        pictures[i, :, :line.shape[1]] = line
    return (torch.from_numpy(pictures), torch.tensor([line.shape[1] for line, _, _ in batch]), torch.tensor([c for _, t, _ in batch for c in t]),
            torch.tensor([len(t) for _, t, _ in batch]), torch.tensor([caseless for _, _, caseless in batch]))

"""Draws a text in a typeface as a line on paper."""
import functools
import json
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from alphabet import upper


class Typefaces:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.index = json.loads((self.folder / "index.json").read_text())
        mono = [f for f in self.index if f["mono"]]
        # Receipts, forms and typescripts are in letters of one width more often than typefaces are.
        self.index += mono * max(1, len(self.index) // max(1, len(mono)) // 4)
        for font in self.index:
            font["missing"] = set(font["missing"])

    @functools.lru_cache(400)
    def font(self, name, size):
        return ImageFont.truetype(str(self.folder / name), size, layout_engine=ImageFont.Layout.BASIC)

    def drawn(self, text, rng):
        """(grey picture, ink box, the text as drawn), or None where no typeface tried has all its letters."""
        for _ in range(4):
            face = self.index[int(rng.integers(len(self.index)))]
            if not face["missing"].intersection(text):
                break
        else:
            return None
        if face["capitals"]:
            text = upper(text)
            if face["missing"].intersection(text):
                return None
        size = int(rng.integers(22, 44))
        font = self.font(face["file"], size)
        other = font
        if rng.random() < 0.06:  # a label in one face, the value in another
            second = self.index[int(rng.integers(len(self.index)))]
            if not second["missing"].intersection(text) and not second["capitals"]:
                other = self.font(second["file"], size)
        spacing = rng.uniform(-0.03, 0.06) * size if rng.random() < 0.3 else rng.uniform(0.08, 0.38) * size if rng.random() < 0.06 else 0
        gap = rng.uniform(0.7, 1.3) if rng.random() < 0.35 else rng.uniform(1.3, 4.5) if rng.random() < 0.12 else 1
        words = text.split(" ")
        change = int(rng.integers(1, len(words) + 1))
        space = max(font.getlength(" "), 0.16 * size) * gap + spacing * 2
        if spacing > 0.08 * size:
            space = max(space, spacing + 0.3 * size)
        width = int(font.getlength(text) + abs(spacing) * len(text) + space * len(words) + other.getlength(text) * (other is not font) + 2 * size)
        picture = Image.new("L", (width, size * 3), 255)
        draw = ImageDraw.Draw(picture)
        x = float(size)
        for i, word in enumerate(words):
            face_now = font if i < change else other
            if spacing:
                for c in word:
                    draw.text((x, 2 * size), c, 0, face_now, anchor="ls")
                    x += face_now.getlength(c) + spacing
                x -= spacing
            else:
                draw.text((x, 2 * size), word, 0, face_now, anchor="ls")
                x += face_now.getlength(word)
            x += space if i + 1 != change or other is font else space * rng.uniform(1, 2.5)
        grey = np.asarray(picture)
        dark = grey < 160
        rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
        if len(rows) == 0:
            return None
        left, top, right, bottom = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
        if rng.random() < 0.45:  # the face's height, as a text layer or a ruled form gives it
            top, bottom = min(top, round(1.1 * size)), max(bottom, round(2.22 * size))
        h = bottom - top
        if h < 0.35 * size:  # a dash or dots alone: line finders see them beside letters
            top, bottom = min(top, round(1.3 * size)), max(bottom, 2 * size)
            h = bottom - top
        m = int(0.5 * h) + 2
        x0, y0 = max(0, left - m), max(0, top - m)
        crop = grey[y0:bottom + m, x0:right + m].copy()
        if rng.random() < 0.10:  # a line above or below that comes close
            strip = int(0.45 * h)
            near = grey[top:bottom, x0:right + m]
            shift = int(rng.integers(0, max(1, near.shape[1] // 2)))
            near = np.roll(near, shift, 1)
            if rng.random() < 0.5:
                crop[:strip] = np.minimum(crop[:strip], near[-strip:])
            else:
                crop[-strip:] = np.minimum(crop[-strip:], near[:strip])
        return crop, (left - x0, top - y0, right - x0, bottom - y0), text

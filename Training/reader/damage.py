"""What paper, printers, scanners and line finders do to a line, and the form the network sees it in."""
import cv2
import numpy as np
from PIL import Image

cv2.setNumThreads(1)
HEIGHT = 32      # rows of the network's input
MARGIN = 0.12    # of the box's height, on each side
STRETCH = 1.15   # of the width
WIDEST = 2400    # columns


def normalise(grey, box, stretch=STRETCH):
    """(HEIGHT, width) bytes, 0 paper and 255 ink, of a line's box (left, top, right, bottom) in a grey picture.

    The picture is resampled with a triangle filter as wide as the scale (Pillow's BILINEAR); outside is paper. Where more of the
    line is dark than light it is turned over; ink is (paper - value) / (paper - darkest), paper the 90th percentile and
    darkest the 1st. The width is a multiple of 4, filled up with paper.
    """
    left, top, right, bottom = box
    margin = MARGIN * (bottom - top)
    left, top, right, bottom = left - margin, top - margin, right + margin, bottom + margin
    height, width = grey.shape
    pad = [max(0, int(np.ceil(v))) for v in (-left, -top, right - width, bottom - height)]
    if any(pad):
        grey = cv2.copyMakeBorder(grey, pad[1], pad[3], pad[0], pad[2], cv2.BORDER_REPLICATE)
        left, right, top, bottom = left + pad[0], right + pad[0], top + pad[1], bottom + pad[1]
    columns = int(np.clip(round((right - left) * HEIGHT / (bottom - top) * stretch), 8, WIDEST))
    small = np.asarray(Image.fromarray(grey).resize((columns, HEIGHT), Image.BILINEAR, box=(left, top, right, bottom)))
    return np.pad(ink(small), ((0, 0), (0, -columns % 4)))


def ink(small):
    total = np.cumsum(np.bincount(small.ravel(), minlength=256))

    def percentile(per_cent):
        return int(np.searchsorted(total * 100, total[-1] * per_cent))

    low, middle, high = percentile(2), percentile(50), percentile(98)
    if middle - low < high - middle:
        small = 255 - small
        total = np.cumsum(np.bincount(small.ravel(), minlength=256))
    paper, dark = percentile(90), percentile(1)
    value = (paper - small.astype(np.float32)) / max(paper - dark, 24)
    return np.floor(np.clip(value, 0, 1) * 255 + 0.5).astype(np.uint8)


def jittered(box, rng, amount=1.0):
    """A box as line finders give it: each side -8 % to +30 % of the height off, mostly little."""
    left, top, right, bottom = box
    height = bottom - top
    d = (rng.beta(1.3, 2.6, 4) * 0.38 - 0.08) * height * amount
    return left - d[0], top - d[1], right + d[2], bottom + d[3]


def damaged(grey, box, rng, strength=1.0):
    """The picture and its box after random damage; the box's height is taken as the measure of everything."""
    left, top, right, bottom = box
    scale = rng.uniform(22, 44) / (bottom - top)
    if scale < 1 or rng.random() < 0.5:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        left, top, right, bottom = left * scale, top * scale, right * scale, bottom * scale
    h = bottom - top
    grey, left, right, top, bottom = warped(grey, left, right, top, bottom, rng, strength)

    def chance(p):
        return rng.random() < p * strength

    value = grey.astype(np.float32)
    if chance(0.20):  # heavier or lighter strokes
        k = np.ones((2, 2) if rng.random() < 0.6 else ((1, 2) if rng.random() < 0.5 else (2, 1)), np.uint8)
        changed = (cv2.erode if rng.random() < 0.5 else cv2.dilate)(value, k)
        value += (changed - value) * rng.uniform(0.2, 1 if h > 24 else 0.6)
    if chance(0.12):  # thermal fade, worn ribbons
        grid = rng.uniform(0.15, 1, (int(rng.integers(1, 4)), max(2, int(value.shape[1] / h * rng.uniform(0.2, 2))))).astype(np.float32)
        field = cv2.resize(grid, (value.shape[1], value.shape[0]), interpolation=cv2.INTER_CUBIC).clip(0.12, 1)
        paper = np.percentile(value, 95)
        value = paper - (paper - value) * field
    if chance(0.06):  # dot matrix
        pitch = h / rng.uniform(7, 13)
        yy, xx = np.mgrid[0:value.shape[0], 0:value.shape[1]].astype(np.float32)
        dots = (np.cos(2 * np.pi * xx / pitch) + np.cos(2 * np.pi * yy / pitch)) * 0.25 + 0.5
        paper = np.percentile(value, 95)
        value = paper - (paper - value) * (1 - rng.uniform(0.3, 0.8) * (1 - dots))
    if chance(0.35):  # few dots an inch
        small = rng.uniform(0.28 if rng.random() < 0.3 else 0.45, 0.95) * 32 / h
        if small < 1:
            size = (max(4, round(value.shape[1] * small)), max(6, round(value.shape[0] * small)))
            value = cv2.resize(cv2.resize(value, size, interpolation=cv2.INTER_AREA), value.shape[::-1],
                               interpolation=cv2.INTER_CUBIC if rng.random() < 0.5 else cv2.INTER_LINEAR)
    if chance(0.45):
        value = cv2.GaussianBlur(value, (0, 0), h / 32 * rng.uniform(0.3, 1.5) + 0.01, sigmaY=h / 32 * rng.uniform(0.3, 1.5) + 0.01)
    if chance(0.45):  # ink and paper
        low, high = value.min(), value.max()
        unit = ((value - low) / max(high - low, 1)).clip(0, 1) ** rng.uniform(0.5, 1.9)
        dark, light = rng.uniform(0, 110), rng.uniform(150, 255)
        value = dark + unit * (light - dark)
    if chance(0.25):
        value = value + cv2.resize(rng.normal(0, 14, (2, max(2, int(value.shape[1] / h / 2)))).astype(np.float32), value.shape[::-1], interpolation=cv2.INTER_LINEAR)
    if chance(0.40):
        value = value + rng.normal(0, rng.uniform(2, 22), value.shape).astype(np.float32)
    if chance(0.10):
        value = specked(value, h, rng)
    if chance(0.14):  # fax and copies: one bit a pixel, at few dots an inch
        small = min(1.0, rng.uniform(14, 26) / h)
        size = (max(4, round(value.shape[1] * small)), max(6, round(value.shape[0] * small)))
        bits = cv2.resize(cv2.GaussianBlur(value, (0, 0), h / 32 * rng.uniform(0.3, 0.9)), size, interpolation=cv2.INTER_AREA)
        low, high = np.percentile(bits, 2), np.percentile(bits, 95)
        cut = low + (high - low) * rng.uniform(0.35, 0.7)
        steep = rng.uniform(2, 30)
        bits = 255 / (1 + np.exp(-np.clip((bits - cut) * steep / max(high - low, 8), -60, 60)))
        if rng.random() < 0.5:
            bits = specked(bits + rng.normal(0, rng.uniform(0, 25), bits.shape).astype(np.float32), h * small, rng)
        value = cv2.resize(bits.astype(np.float32), value.shape[::-1], interpolation=cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_NEAREST)
    if chance(0.07):  # rules, underlines, borders of tables
        shade = float(np.percentile(value, 3 if rng.random() < 0.7 else 30))
        thick = max(1, round(h * rng.uniform(0.02, 0.09)))
        side = rng.integers(0, 4)
        if side < 2:
            at = int(bottom + h * rng.uniform(0.02, 0.2)) if side == 0 else int(top - h * rng.uniform(0.05, 0.2))
            value[max(0, at):max(0, at + thick)] = shade
        else:
            at = int(left - h * rng.uniform(0.1, 0.3)) if side == 2 else int(right + h * rng.uniform(0.1, 0.3))
            value[:, max(0, at):max(0, at + thick)] = shade
    value = value.clip(0, 255)
    if chance(0.04):
        value = 255 - value
    grey = value.astype(np.uint8)
    if chance(0.25):
        grey = cv2.imdecode(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(12, 75))])[1], cv2.IMREAD_GRAYSCALE)
    return grey, (left, top, right, bottom)


def warped(grey, left, right, top, bottom, rng, strength):
    """A little turned, sheared and stretched; the box goes with it."""
    h = bottom - top
    if rng.random() > 0.7 * strength:
        return grey, left, right, top, bottom
    wide = rng.uniform(0.82, 1.25)
    turn = np.clip(rng.normal(0, 0.008), -0.2 * h / max(right - left, 1), 0.2 * h / max(right - left, 1))
    shear = rng.normal(0, 0.07)
    cx, cy = (left + right) / 2, (top + bottom) / 2
    grow = int(abs(turn) * (right - left) / 2 + 1)
    width, height = int(grey.shape[1] * wide + abs(shear) * h) + 1, grey.shape[0] + 2 * grow
    matrix = np.array([[wide, shear, width / 2 - wide * cx - shear * cy], [turn * wide, 1, height / 2 - turn * wide * cx - cy]])
    grey = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    half = (right - left) / 2 * wide + abs(shear) * h / 2
    rise = abs(turn) * (right - left) / 2
    return grey, width / 2 - half, width / 2 + half, height / 2 - h / 2 - rise, height / 2 + h / 2 + rise


def specked(value, h, rng):
    count = int(rng.integers(1, 3 + value.size / h / h * 6))
    ys, xs = rng.integers(0, value.shape[0], count), rng.integers(0, value.shape[1], count)
    low, high = float(value.min()), float(value.max())
    for y, x in zip(ys, xs):
        r = max(1, round(h * rng.uniform(0.01, 0.06)))
        value[y:y + r, x:x + r] = low if rng.random() < 0.75 else high
    return value


def ink_box(grey, box):
    """The box drawn tight around what is darker than the paper in it, or None for nothing."""
    left, top, right, bottom = (int(round(v)) for v in box)
    part = grey[max(0, top):bottom, max(0, left):right]
    if part.size == 0:
        return None
    paper, dark = np.percentile(part, 90), np.percentile(part, 1)
    if paper - dark < 30:
        return None
    mask = part < paper - 0.35 * (paper - dark)
    ys, xs = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if len(ys) == 0:
        return None
    return max(0, left) + xs[0], max(0, top) + ys[0], max(0, left) + xs[-1] + 1, max(0, top) + ys[-1] + 1

"""Writes the shipped weights, and lines with what PyTorch makes of them for the test of the Swift reader.

  export.py CHECKPOINT WEIGHTS [--fixture OUT --fonts FOLDER]
"""
import argparse
import base64
import json
import pathlib
import struct

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

from alphabet import CHARACTERS, greedy
from damage import normalise
from network import HIDDEN, LAYERS, Reader

TILE = 16


def tensors(model):
    """All numbers in the order of the format: batch norms folded into the convolutions, what is multiplied stands to the right."""
    for convolution, norm in zip(model.convolutions, model.norms):
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        yield (convolution.weight * scale[:, None, None, None]).permute(2, 3, 1, 0)
        yield norm.bias - norm.running_mean * scale
    for layer in range(model.memory.num_layers):
        for way in ("", "_reverse"):
            part = {name: getattr(model.memory, f"{name}_l{layer}{way}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
            yield part["weight_ih"].T
            yield part["weight_hh"].T
            yield part["bias_ih"] + part["bias_hh"]
    fill = -len(model.classes.bias) % TILE
    yield torch.nn.functional.pad(model.classes.weight.T, (0, fill))
    yield torch.nn.functional.pad(model.classes.bias, (0, fill))


@torch.no_grad()
def as_shipped(model):
    """The network with its numbers as the file holds them, 16 bits each; batch norms then change nothing."""
    for convolution, norm in zip(model.convolutions, model.norms):
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        convolution.weight.copy_((convolution.weight * scale[:, None, None, None]).half())
        norm.bias.copy_((norm.bias - norm.running_mean * scale).half())
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
        norm.weight.fill_(1)
    for name, p in model.memory.named_parameters():
        if name.startswith("bias_ih"):
            other = getattr(model.memory, name.replace("ih", "hh"))
            p.copy_((p + other).half())
            other.zero_()
        elif name.startswith("weight"):
            p.copy_(p.half())
    for p in model.classes.parameters():
        p.copy_(p.half())
    return model


def weights(model):
    header = {"format": "docket/line-weights/1", "characters": CHARACTERS, "hidden": HIDDEN, "layers": model.memory.num_layers,
              "convolutions": [{"channels": c, "rows": r, "stride": s, "padding": p, "adds": a, "pools": q} for c, r, s, p, a, q in LAYERS]}
    text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    numbers = b"".join(t.detach().contiguous().numpy().astype("<f2").tobytes() for t in tensors(model))
    return b"DOCKETLN" + struct.pack("<I", len(text)) + text + numbers


# Typeface, size, text, grey of ink and paper.
SAMPLES = [
    ("DejaVuSans.ttf", 26, "Rechnung Nr. 4711-B", 0, 255),
    ("LiberationSerif-Regular.ttf", 34, "Total à payer: 1.234,56 €", 40, 230),
    ("LiberationMono-Regular.ttf", 15, "TOTAL RM 9.00", 90, 200),
    ("DejaVuSans-Bold.ttf", 60, "inverted", 250, 20),
]


def sample(folder, face, size, text, ink, paper):
    font = ImageFont.truetype(str(next(folder.rglob(face))), size, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = (int(v) for v in font.getbbox(text))
    picture = Image.new("L", (right + size, bottom + size // 2), paper)
    ImageDraw.Draw(picture).text((size // 2, size // 4), text, ink, font)
    return np.asarray(picture), (size // 2 + left, size // 4 + top, size // 2 + right, size // 4 + bottom)


@torch.no_grad()
def fixture(model, folder):
    lines = []
    for face, size, text, ink, paper in SAMPLES:
        grey, box = sample(folder, face, size, text, ink, paper)
        line = normalise(grey, box)
        logits = model(torch.from_numpy(line / np.float32(255))[None, None], torch.tensor([line.shape[1]]))[:, 0].numpy()
        lines.append({"width": grey.shape[1], "height": grey.shape[0], "pixels": packed(grey), "box": list(box), "columns": line.shape[1], "input": packed(line),
                      "logits": packed(logits.astype("<f4")), "text": " ".join(greedy(logits.argmax(1).tolist()).split())})
        print(text, "|", lines[-1]["text"])
    return {"lines": lines}


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("checkpoint", type=pathlib.Path)
    ask.add_argument("weights", type=pathlib.Path)
    ask.add_argument("--fixture", type=pathlib.Path)
    ask.add_argument("--fonts", type=pathlib.Path, default="/usr/share/fonts")
    given = ask.parse_args()
    model = Reader().eval()
    model.load_state_dict(torch.load(given.checkpoint, map_location="cpu", weights_only=True)["mean"])
    model = as_shipped(model)
    given.weights.parent.mkdir(parents=True, exist_ok=True)
    given.weights.write_bytes(weights(model))
    print(given.weights, given.weights.stat().st_size, "bytes,", sum(p.numel() for p in model.parameters()), "parameters")
    if given.fixture:
        given.fixture.write_text(json.dumps(fixture(model, given.fonts), indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Trains the line reader for a given time and writes weights.pt (averaged weights, the learning curve) and resume.pt.

  train.py FOLDER OUT --minutes M     FOLDER: lines-train.npz, words.json, fonts/ as pages.py, words.py and fonts.py make them

On a GPU where there is one. Interrupted, the same command goes on where the last checkpoint stood.
"""
import argparse
import copy
import json
import math
import os
import pathlib
import time

import torch
from torch.nn import functional as F

from alphabet import CASE_PAIRS, upper
from lines import Lines
from measure import compared, read_all, test_lines
from network import Reader

# Columns of a batch and the highest learning rate, by device; a CPU takes small steps and many.
SETTINGS = {"cuda": (64_000, 2.5e-3), "cpu": (5_000, 2e-3)}
WARM_UP, LOWEST, CLIP, DECAY = 200, 0.01, 5.0, 1e-2


def case_hidden(log_p, caseless):
    """Log probabilities in which, for lines whose label hides the case, a capital stands for its small letter too."""
    small, capital = (torch.tensor(v, device=log_p.device) for v in zip(*CASE_PAIRS))
    both = torch.logaddexp(log_p[..., small], log_p[..., capital])
    hidden = log_p.index_copy(2, capital, both).index_fill(2, small, -30.0)
    return torch.where(caseless[None, :, None], hidden, log_p)


def shaken(x):
    """The batch a row higher or lower, each line a little fainter or darker: no batch is seen twice."""
    gain = torch.empty(x.shape[0], 1, 1, 1, device=x.device).uniform_(0.75, 1.25)
    return torch.roll(x, int(torch.randint(-1, 2, ())), 2).mul(gain).clamp_(max=1)


def averaged(mean, model, keep):
    with torch.no_grad():
        pairs = [(a, b) for a, b in zip(mean.state_dict().values(), model.state_dict().values()) if a.dtype.is_floating_point]
        torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - keep)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=pathlib.Path)
    ask.add_argument("out", type=pathlib.Path)
    ask.add_argument("--minutes", type=float, default=60)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 1) - 1))
    ask.add_argument("--shares", type=float, nargs=3, default=(0.30, 0.30, 0.40), help="receipts, PDF lines, synthetic lines")
    ask.add_argument("--columns", type=int)
    ask.add_argument("--rate", type=float)
    ask.add_argument("--echo", type=int, default=1, help="times that each batch is used: more where making lines is slower than learning")
    ask.add_argument("--start", type=pathlib.Path, help="weights to start from")
    ask.add_argument("--check", type=float, default=60, help="seconds between looks at the held-out lines")
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)

    device = "cuda" if torch.cuda.is_available() else "cpu"
    columns, rate = (given.columns or SETTINGS[device][0]), (given.rate or SETTINGS[device][1])
    torch.manual_seed(given.seed)
    torch.multiprocessing.set_sharing_strategy("file_system")
    torch.set_num_threads(1)
    model = Reader().to(device).to(memory_format=torch.channels_last)
    mean = copy.deepcopy(model).eval()
    optimizer = torch.optim.AdamW(model.parameters(), rate, weight_decay=DECAY, betas=(0.9, 0.98), fused=device == "cuda")
    step, seen, before, curve = 0, 0, 0.0, []
    weights, resume = given.out / "weights.pt", given.out / "resume.pt"
    if resume.exists():
        state = torch.load(resume, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        mean.load_state_dict(state["mean"])
        optimizer.load_state_dict(state["optimizer"])
        step, seen, before, curve = state["step"], state["seen"], state["seconds"], state["curve"]
    elif given.start:
        state = torch.load(given.start, map_location=device, weights_only=True)
        model.load_state_dict(state["mean"])
        mean.load_state_dict(state["mean"])

    lines = Lines(given.folder, given.seed * 7919 + step, columns, given.shares, given.echo)
    loader = torch.utils.data.DataLoader(lines, batch_size=None, num_workers=given.workers, prefetch_factor=6, pin_memory=device == "cuda", persistent_workers=True)
    check = test_lines(given.folder / "lines-test.npz", most=700) if (given.folder / "lines-test.npz").exists() else []
    began = time.monotonic()
    total, last_check, losses, waited = given.minutes * 60, before, [], 0.0

    def save():
        state = {"mean": mean.state_dict(), "step": step, "seen": seen, "seconds": seconds, "curve": curve}
        for path, state in ((weights, state), (resume, state | {"model": model.state_dict(), "optimizer": optimizer.state_dict()})):
            torch.save(state, str(path) + ".new")
            os.replace(str(path) + ".new", path)

    mark = time.monotonic()
    for pictures, widths, targets, lengths, caseless in loader:
        now = time.monotonic()
        waited += now - mark
        seconds = before + now - began
        done = seconds / total
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / WARM_UP) * (LOWEST + (1 - LOWEST) * 0.5 * (1 + math.cos(math.pi * done)))
        model.train()
        x = pictures.to(device, non_blocking=True).float().div_(255).unsqueeze(1)
        x = shaken(x).contiguous(memory_format=torch.channels_last)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            logits = model(x, widths)
        log_p = case_hidden(F.log_softmax(logits.float(), 2), caseless.to(device))
        loss = F.ctc_loss(log_p, targets.to(device), widths // 4, lengths, zero_infinity=True)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        step += 1
        seen += len(widths)
        averaged(mean, model, min(0.998 if device == "cuda" else 0.995, step / (step + 10)))
        losses.append(loss.detach())
        if seconds - last_check >= given.check:
            last_check = seconds
            entry = {"minutes": round(seconds / 60, 2), "steps": step, "lines": seen, "loss": round(float(torch.stack(losses).mean()), 4), "waited": round(waited, 1)}
            losses = []
            if check:
                read = read_all(mean, check, device)
                entry |= {key: round(100 * compared(part)["exact"], 2) for key, part in sorted(groups(check, read).items())}
            curve.append(entry)
            print(json.dumps(entry), flush=True)
            save()
        mark = time.monotonic()
    save()
    print("steps", step, "lines", seen, "waited", round(waited), flush=True)


def groups(lines, read):
    parts = {}
    for line, (text, _) in zip(lines, read):
        hidden = line["set"] == "sroie"
        parts.setdefault(line["set"], []).append((line["text"], upper(text) if hidden else text))
    return parts


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How long a look-up in a memory of many documents takes, and loading it.

    Benchmarks/memory.py .build/release/docket [--documents 100000]

Writes a snapshot of made-up documents (`docket/memory/1`, see Sources/Docket/Memory/MemoryFile.swift), and understands
the same texts with it and without: the difference is what memory costs. Its words are drawn as words are in documents:
a few in all, most in few. Exit code 0 where a look-up takes 20 ms of CPU or less, 1 where it takes more.
"""
import argparse, array, hashlib, json, math, pathlib, random, resource, struct, subprocess, sys, tempfile, zlib

WORDS = 90
VENDORS = 8000


def text(value):
    raw = value.encode()
    return struct.pack("<I", len(raw)) + raw


def column(values):
    packed = array.array("I", values)
    return struct.pack("<I", len(packed)) + packed.tobytes()


def word(number):
    letters = ""
    for _ in range(5):
        letters += chr(65 + number % 26)
        number //= 26
    return letters


def words_of(number, dice):
    """Common words, a vendor's own, and some of the document's own."""
    vendor = number % VENDORS
    common = [int(3000 * dice.random() ** 3) for _ in range(WORDS // 2)]
    own = [10_000 + vendor * 30 + i for i in range(WORDS // 3)]
    return sorted({word(w) for w in common + own + [dice.randrange(10 ** 6, 10 ** 7) for _ in range(WORDS // 6)]})


def snapshot(count, contract):
    postings, documents, starts = {}, bytearray(), [0]
    dice = random.Random(1)
    place = (text("TOTAL DUE") + text("AMOUNT") + struct.pack("<IIf", 20, 5, 0.7))
    for number in range(count):
        for term in words_of(number, dice):
            postings.setdefault(zlib.crc32(term.encode()), array.array("I")).append(number << 1)
        name = f"Vendor {word(number % VENDORS)} Limited"
        fields = text("seller.name") + b"\x05" + text(name) + place + text("total") + b"\x04" + place
        documents += (text(hashlib.sha256(str(number).encode()).hexdigest()) + text(name) + struct.pack("<d", 1e9)
                      + struct.pack("<I", 2) + fields)
        starts.append(len(documents))
    terms = sorted(postings)
    ends, norms, total = [0], [0.0] * count, 0
    for term in terms:
        shared = len(postings[term])
        total += shared
        ends.append(total)
        rarity = math.log((count + 21) / (shared + 0.5))
        for posting in postings[term]:
            norms[posting >> 1] += rarity * rarity
    whole = array.array("I")
    for term in terms:
        whole.extend(postings[term])
    body = struct.pack("<IIId", 0x314D4B44, 1, 0, 1e9) + struct.pack("<I", 0) + struct.pack("<I", 1) + text(contract)
    body += column(terms) + column(ends) + column(whole)
    body += struct.pack("<I", count) + array.array("f", [math.sqrt(n) for n in norms]).tobytes()
    body += column(starts) + struct.pack("<I", len(documents)) + bytes(documents)
    return body + hashlib.sha256(body).hexdigest().encode()


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        sys.exit(f"memory: {done.stderr[-800:]}")
    if "memory-damaged" in done.stdout:
        sys.exit("memory: the snapshot was refused")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("docket")
    parser.add_argument("--documents", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        memory = folder / "memory.facts"
        memory.write_bytes(snapshot(options.documents, "invoice"))
        dice = random.Random(2)
        files = []
        for number in range(60):
            words = words_of(number * 37, dice)
            page = {"page": 1, "width": 600, "height": 800, "unit": "px", "rotation": 0, "from": "layer",
                    "words": [{"text": w, "box": [40 + 90 * (i % 6), 20 + 20 * (i // 6), 60, 10], "confidence": 1.0, "line": i // 6}
                              for i, w in enumerate(words)]}
            path = folder / f"{number}.json"
            path.write_text(json.dumps({"schema": "docket/text/1", "file": f"{number}.pdf", "outcome": "ok", "pages": [page]}))
            files.append(str(path))
        call = [options.docket, "extract", "--json", "--contract", "invoice", "--workers", "1"]
        costs = {(m, n): min(cpu(call + ["--memory", m] + files[:n]) for _ in range(3))
                 for m in ("none", str(memory)) for n in (1, len(files))}
        each = {m: (costs[m, len(files)] - costs[m, 1]) / (len(files) - 1) for m in ("none", str(memory))}
        lookup = 1000 * (each[str(memory)] - each["none"])
        load = 1000 * (costs[str(memory), 1] - costs["none", 1]) - lookup
        print(f"{options.documents} documents remembered, {memory.stat().st_size / 1e6:.0f} MB")
        print(f"loading       {load:7.0f} ms of CPU")
        print(f"a document    {1000 * each['none']:7.1f} ms of CPU without memory")
        print(f"              {1000 * each[str(memory)]:7.1f} ms with it")
        print(f"a look-up     {lookup:7.1f} ms of CPU   goal <= 20")
        return 0 if lookup <= 20 else 1


if __name__ == "__main__":
    sys.exit(main())

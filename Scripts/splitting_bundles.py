"""Bundles of the documents in ../shared/data, for measuring and fitting where documents begin. Seeded: the same every time."""
import hashlib, json, pathlib, random, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TOOLS = ROOT.parent / "shared" / "tools"
SETS = {"ad_buy": "file", "business": "file", "einvoice": "file_without_xml", "nda": "file", "registration": "file"}
# An A4 page as one scanner at 200 dpi would have it.
SHEET = (1654, 2339)


def words(docket, keep):
    """The words of every document, read once and kept: {(set, file name): pages}."""
    keep = pathlib.Path(keep)
    keep.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, key in SETS.items():
        out = keep / f"{name}.jsonl"
        if not out.exists():
            files = [str(DATA / name / record[key]) for record in truth(name)]
            part = out.with_suffix(".part")
            with open(part, "w") as sink:
                subprocess.run([docket, "text", "--format", "json", *files], stdout=sink, stderr=subprocess.DEVNULL)
            part.rename(out)
        for line in open(out):
            document = json.loads(line)
            if document.get("pages"):
                found[name, pathlib.Path(document["file"]).name] = document["pages"]
    gold = keep / "sroie-gold"
    if not gold.exists():
        subprocess.run([sys.executable, str(TOOLS / "gold_words.py"), str(DATA / "sroie"), str(gold)], check=True,
                       stdout=subprocess.DEVNULL)
    for record in truth("sroie"):
        stem = pathlib.Path(record["file"]).stem
        found["sroie", stem] = json.load(open(gold / f"{stem}.json"))["pages"]
    return found


def truth(name):
    with open(DATA / name / "truth.jsonl") as lines:
        return [json.loads(line) for line in lines]


def documents(pages, half):
    """[(set, file name, pages)] of one half, by the parity of the file's SHA-256 as score.py has it."""
    chosen = []
    for name in sorted([*SETS, "sroie"]):
        for record in truth(name):
            digest = hashlib.sha256((DATA / name / record["file"]).read_bytes()).digest()
            path = pathlib.Path(record[SETS.get(name, "file")])
            key = (name, path.stem if name == "sroie" else path.name)
            if ("report" if digest[-1] & 1 else "tune") == half and key in pages:
                chosen.append((*key, pages[key]))
    return chosen


def bundles(chosen, seed, count):
    """[(pages, first pages of the documents)]: 2 to 12 documents each, half of them of one set alone; half as files put
    together, half as one scanner sees them, every page on the same sheet; some with blank backs or separators."""
    draw = random.Random(seed)
    names = sorted({name for name, _, _ in chosen})
    by_set = {name: [d for d in chosen if d[0] == name] for name in names}
    made = []
    for _ in range(count):
        size, mixed, one = draw.randint(2, 12), draw.random() < 0.5, draw.choice(names)
        taken = []
        while len(taken) < size:
            candidates = by_set[draw.choice(names) if mixed else one]
            document = draw.choice(candidates)
            if document not in taken or len(candidates) <= size:
                taken.append(document)
        scanned, blanks = draw.random() < 0.5, draw.choice([None, None, None, "backs", "separators"])
        pages, starts = [], []
        for _, _, own in taken:
            if pages and blanks == "separators":
                pages.append(blank(pages[-1]))
            starts.append(len(pages) + 1)
            for page in own:
                pages.append(on_sheet(page) if scanned else plain(page))
                if blanks == "backs" and draw.random() < 0.3:
                    pages.append(blank(pages[-1]))
        made.append((pages, starts))
    return made


def plain(page):
    return {key: page[key] for key in ("width", "height", "unit", "rotation", "words")}


def blank(page):
    return dict(plain(page), words=[])


def on_sheet(page):
    width, height = SHEET
    scale = min(width / page["width"], height / page["height"])
    if page["unit"] == "pt":
        scale = min(scale, 200 / 72)
    words = [dict(word, box=[round(side * scale, 1) for side in word["box"]]) for word in page["words"]]
    return {"width": width, "height": height, "unit": "px", "rotation": 0, "words": words}


def split(docket, inputs, folder):
    """`docket split` over lists of pages: for each its boundaries, [(page, confidence, verdict, signs)]."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, pages in enumerate(inputs):
        files.append(folder / f"{number:05}.json")
        pages = [dict(page, page=index + 1) for index, page in enumerate(pages)]
        files[-1].write_text(json.dumps({"schema": "docket/text/1", "file": files[-1].name, "outcome": "ok",
                                         "pages": pages}))
    found = {}
    for start in range(0, len(files), 500):
        done = subprocess.run([docket, "split", "--json", *map(str, files[start:start + 500])], capture_output=True,
                              text=True)
        if done.returncode:
            sys.exit(f"docket split ended with {done.returncode}: {done.stderr[-2000:]}")
        for line in done.stdout.splitlines():
            made = json.loads(line)
            found[pathlib.Path(made["file"]).name] = [
                (b["page"], b["confidence"], b["verdict"], b["signs"]) for b in made["boundaries"]]
    return [found[path.name] for path in files]

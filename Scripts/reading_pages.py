"""Pictures of pages whose words are known: receipts that no weights were trained on, and PDFs drawn clean or damaged.

Used by `measure-reader.py` and `fit-reading.py`. Needs Poppler's tools, numpy and Pillow.
"""
import csv, hashlib, io, json, pathlib, re, subprocess, tempfile

import numpy
from PIL import Image, ImageFilter

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
CARD = ROOT / "Models" / "reader" / "1" / "card.json"
DOTS = 200
DAMAGE = ("clean", "copy", "fax")


def share(text):
    """A number in 0..<100 that depends on the text alone, as Training/reader/pages.py has it."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % 100


def company_key(name):
    return re.sub(r"[^A-Z]", "", re.sub(r"\b(SDN|BHD|S/B|SB|M|THE)\b", "", re.sub(r"\(.*?\)", "", name.upper())))[:9]


def records(name):
    with open(DATA / name / "truth.jsonl") as lines:
        return [json.loads(line) for line in lines]


def held_out_receipts(part="all"):
    """Receipts that did not train the weights. `fit` and `report` part them by company: what is fitted on receipts is
    fitted on the first, figures are those of the second."""
    held_out = set(json.loads(CARD.read_text())["held_out"]["sroie"])
    out = []
    for record in records("sroie"):
        if pathlib.Path(record["file"]).name not in held_out:
            continue
        key = company_key(record["fields"].get("company", "")) or record["file"]
        if part in ("all", "fit" if share(f"reading {key}") % 2 == 0 else "report"):
            out.append(record)
    return out


def receipt_words(record):
    """(text, box) of each labelled line."""
    out = []
    with open(DATA / "sroie" / record["boxes"], encoding="utf-8", errors="replace", newline="") as rows:
        for row in csv.reader(rows, quoting=csv.QUOTE_NONE):
            if len(row) >= 9:
                xs, ys = [float(v) for v in row[0:8:2]], [float(v) for v in row[1:8:2]]
                out.append((",".join(row[8:]).strip(), (min(xs), min(ys), max(xs), max(ys))))
    return out


def is_tune(path):
    """As ../shared/tools/score.py parts a set."""
    return int(hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest(), 16) % 2 == 0


def held_out_pdfs(families):
    """PDFs that did not train the weights: of `business` all, of the others those that Training/reader left
    out, and of these the half that is for tuning."""
    for family in families:
        for record in records(family):
            file = record.get("file_without_xml") or record["file"]
            if file.endswith(".pdf") and (family == "business" or share(record["file"]) < 15):
                if family == "business" or is_tune(DATA / family / file):
                    yield family, DATA / family / file


def drawn(pdf, most=2):
    """Pages as (number, grey picture, [(text, box)]): those whose text layer is there and fits the picture."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(DOTS), "-l", str(most), str(pdf), folder + "/p"], capture_output=True)
        boxes = subprocess.run(["pdftotext", "-bbox", "-l", str(most), str(pdf), "-"], capture_output=True).stdout.decode("utf-8", "replace")
        number = r'="(-?[\d.]+)"'
        pages = re.split(r"<page ", boxes)[1:]
        images = subprocess.run(["pdfimages", "-list", "-l", str(most), str(pdf)], capture_output=True, text=True).stdout
        for at, (file, page) in enumerate(zip(sorted(pathlib.Path(folder).iterdir()), pages), 1):
            size = re.match(rf"width{number} height{number}", page)
            picture = Image.open(file).convert("L")
            scale = picture.width / float(size[1])
            words = [(unescape(w[4]), tuple(float(v) * scale for v in w[:4])) for w in
                     re.findall(rf"<word xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)</word>", page)]
            large = any(int(f[0]) == at and int(f[3]) * int(f[4]) > 1_000_000 for f in
                        (line.split() for line in images.splitlines()[2:]) if len(f) > 4)
            # A page that is a picture has a text layer made by somebody's OCR: no truth. Nor is text that is not drawn.
            if len(words) >= 20 and not large and is_drawn(picture, words) and abs(picture.height / float(size[2]) - scale) < 0.05 * scale:
                yield at, picture, words


def is_drawn(picture, words):
    """Whether there is ink where words are said to stand."""
    dark = numpy.asarray(picture) < 160
    inked = sum(bool(dark[max(0, int(top)):int(bottom) + 1, max(0, int(left)):int(right) + 1].any())
                for _, (left, top, right, bottom) in words)
    return inked >= 0.9 * len(words)


def unescape(text):
    for a, b in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(a, b)
    return text


def damaged(picture, how, seed):
    """The picture as it is, photocopied, or faxed; boxes stay where they are but for the scale, which is returned."""
    rng = numpy.random.default_rng(seed)
    if how == "clean":
        return picture, 1.0
    scale = 0.5 if how == "fax" else 0.75
    small = picture.filter(ImageFilter.GaussianBlur(1.2 if how == "fax" else 0.9))
    small = small.resize((int(picture.width * scale), int(picture.height * scale)), Image.BOX)
    grey = numpy.asarray(small, dtype=numpy.float32)
    low, high = numpy.percentile(grey, 2), numpy.percentile(grey, 95)
    if how == "fax":
        grey = 255 / (1 + numpy.exp(numpy.clip((low + 0.6 * (high - low) - grey) * 10 / max(high - low, 8), -50, 50)))
        grey += rng.normal(0, 18, grey.shape)
        for y, x in zip(rng.integers(0, grey.shape[0], grey.size // 2500), rng.integers(0, grey.shape[1], grey.size // 2500)):
            grey[y, x] = 0
    else:
        shade = numpy.linspace(0.75, 1.0, grey.shape[1])[None, :] * numpy.linspace(1.0, 0.85, grey.shape[0])[:, None]
        grey = grey * shade + rng.normal(0, 8, grey.shape)
    bytes_ = io.BytesIO()
    Image.fromarray(grey.clip(0, 255).astype(numpy.uint8)).save(bytes_, "JPEG", quality=40 if how == "fax" else 65,
                                                              dpi=(int(DOTS * scale),) * 2)
    return Image.open(io.BytesIO(bytes_.getvalue())), scale


def make_pages(families, folder, damages=DAMAGE, most=2):
    """Draws pages into a folder and writes `words.json`: file -> [(text, box)]."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    for family, pdf in held_out_pdfs(families):
        for at, picture, words in drawn(pdf, most):
            for how in damages:
                shown, scale = damaged(picture, how, share(f"{pdf.name} {at} {how}"))
                name = f"{how}-{family}-{pdf.stem}-{at}.png"
                shown.save(folder / name, dpi=(int(DOTS * scale),) * 2)
                truth[name] = [(text, [v * scale for v in box]) for text, box in words]
    (folder / "words.json").write_text(json.dumps(truth))
    return truth

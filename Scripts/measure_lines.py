"""Lines of PDFs in boxes from Poppler, read by the line reader and by Tesseract: used by `measure-reader.py`.

The family `business`, which trained no weights. Each line is given to both as a box (`docket text --region`,
`--readings`), and cut out to Tesseract alone, in whichever of two languages reads more lines of the document.
"""
import json, pathlib, re, resource, subprocess, tempfile

from PIL import Image

import reading_pages as pages

# How a line is shown: damage, dots per inch.
SHOWN = {"150 dpi": ("clean", 150), "300 dpi": ("clean", 300), "copied": ("copy", 200), "faxed": ("fax", 200)}
# Of one page, spread over it.
MOST = 30
LANGUAGES = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld"}


def lines_of(pdf, picture, dots):
    """(text, box) of the first page's lines, as many as are measured."""
    html = subprocess.run(["pdftotext", "-bbox-layout", "-l", "1", str(pdf), "-"], capture_output=True).stdout.decode()
    number = r'="(-?[\d.]+)"'
    out = []
    for found in re.finditer(rf"<line xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)</line>", html, re.S):
        box = tuple(float(v) * dots / 72 for v in found.groups()[:4])
        text = " ".join(pages.unescape(word) for word in re.findall(r"<word [^>]*>(.*?)</word>", found[5]))
        if len(text) > 1 and box[2] - box[0] > 4 and box[3] - box[1] > 4 and pages.is_drawn(picture, [(text, box)]):
            out.append((text, box))
    return out[::max(1, -(-len(out) // MOST))]


def shown(pdf, how, dots):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(dots), "-l", "1", str(pdf), folder + "/p"], capture_output=True)
        picture = Image.open(next(pathlib.Path(folder).iterdir())).convert("L")
    lines = lines_of(pdf, picture, dots)
    picture, scale = pages.damaged(picture, how, pages.share(f"{pdf.name} {how} {dots}"))
    return picture, int(dots * scale), [(text, [v * scale for v in box]) for text, box in lines]


def by_docket(docket, file, boxes):
    """Of each box what the line reader read, and what was believed."""
    regions = [word for x, y, right, bottom in boxes
               for word in ("--region", f"1:{x:.1f},{y:.1f},{right - x:.1f},{bottom - y:.1f}")]
    done = subprocess.run([docket, "text", "--workers", "1", "--format", "json", "--readings", *regions, str(file)],
                          capture_output=True, text=True)
    page = json.loads(done.stdout)["pages"][0]
    ours, believed = [[] for _ in boxes], [[] for _ in boxes]
    for word in page["words"]:
        believed[word["line"]].append((word["box"][0], word["text"]))
    for place in page.get("readings", []):
        if "lines" in place:
            x, y, width, height = place["box"]
            at = min(range(len(boxes)), key=lambda i: abs(y + height / 2 - (boxes[i][1] + boxes[i][3]) / 2)
                     + max(0, boxes[i][0] - x - width / 2, x + width / 2 - boxes[i][2]))
            ours[at].append((x, place["lines"]["text"]))
    return [[" ".join(text for _, text in sorted(line)) for line in lines] for lines in (ours, believed)]


def by_tesseract(picture, dots, boxes, language, folder):
    files = []
    for at, (left, top, right, bottom) in enumerate(boxes):
        margin = 0.25 * (bottom - top)
        files.append(folder / f"{at}.png")
        picture.crop((left - margin, top - margin, right + margin, bottom + margin)).save(files[-1], dpi=(dots, dots))
    (folder / "list").write_text("\n".join(map(str, files)) + "\n")
    done = subprocess.run(["tesseract", str(folder / "list"), "-", "--psm", "7", "-l", language], capture_output=True,
                          text=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"})
    return [" ".join(text.split()) for text in done.stdout.split("\f")[:len(boxes)]]


def cpu():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def figures(docket):
    documents = [(r, pages.DATA / "business" / r["file"]) for r in pages.records("business") if r["file"].endswith(".pdf")]
    for name, (how, dots) in SHOWN.items():
        right, count, spent = {"ours": 0, "both": 0, "tesseract": 0}, 0, 0
        for record, pdf in documents:
            picture, shown_dots, lines = shown(pdf, how, dots)
            if len(lines) < 5:
                continue
            gold, boxes = [text for text, _ in lines], [box for _, box in lines]
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                picture.save(folder / "page.png", dpi=(shown_dots, shown_dots))
                ours, believed = by_docket(docket, folder / "page.png", boxes)
                before = cpu()
                best = max(sum(map(str.__eq__, by_tesseract(picture, shown_dots, boxes, language, folder), gold))
                           for language in {"eng", LANGUAGES[record["language"]]})
                spent += cpu() - before
            count += len(gold)
            right["ours"] += sum(map(str.__eq__, ours, gold))
            right["both"] += sum(map(str.__eq__, believed, gold))
            right["tesseract"] += best
        yield f"PDF lines, {name}: lines", count
        for reader, number in right.items():
            yield f"PDF lines, {name}, {reader}: exact", number / max(1, count)

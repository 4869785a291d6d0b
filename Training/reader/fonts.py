"""Chooses typefaces for synthetic lines: those with Latin letters, cut down to the reader's characters.

  fonts.py FOLDER OUT     FOLDER: unpacked Debian packages; OUT: fonts and index.json
"""
import json
import pathlib
import re
import sys
import unicodedata

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import ImageFont

from alphabet import CHARACTERS

# Other scripts, decoration and symbols: what no office prints.
LEFT_OUT = re.compile(
    r"(?i)noto(?!sans(display|mono)?-|serif(display)?-)|symbol|math|ornament|dingbat|standardsymbols|d050000l|bullets|icons|emoji|fraktur|goth|initial|opendyslexic|"
    r"initials|outline|stencil|webdings|wingding|marlett|keyboard|rundkursiv|calligra|lmmi|lmsy|lmex|cmunui|italicun|swash|unifont_(csur|upper)|levien|3270-|upright|cutout|fonts/(woff|svg)")
PER_FAMILY = 4


def usable(path):
    """(missing characters, whether small letters look like capitals), or None for a font not to be used."""
    font = TTFont(path, fontNumber=0, lazy=True)
    known = set(font.getBestCmap() or {})
    if sum(ord(c) in known for c in CHARACTERS[:95]) < 93 or not ("glyf" in font or "CFF " in font):
        return None
    drawn = ImageFont.truetype(str(path), 40)
    size = font["maxp"].numGlyphs
    images = {c: (drawn.getmask(c).size, bytes(drawn.getmask(c))) for c in CHARACTERS}
    nothing = images.get("\x00") or (drawn.getmask("\U0010FFFE").size, bytes(drawn.getmask("\U0010FFFE")))
    missing = [c for c in CHARACTERS if ord(c) not in known or (c != " " and (not any(images[c][1]) or images[c] == nothing))]
    if len([c for c in missing if ord(c) < 127]) > 2 or size < 90:
        return None
    capitals = sum(images[c][0][1] >= 0.95 * images[c.upper()][0][1] for c in "acemnorsuvwxz") > 8
    return "".join(missing), capitals


def main():
    source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    families, index = {}, []
    files = sorted((p for p in source.rglob("*") if p.suffix.lower() in (".ttf", ".otf")), key=lambda p: (p.name, str(p)))
    for path in files:
        relative = str(path.relative_to(source))
        family = re.split(r"[-_]", path.stem)[0][:9].lower()
        if LEFT_OUT.search(relative) or families.get(family, 0) >= PER_FAMILY:
            continue
        try:
            found = usable(path)
            if found is None:
                continue
            options = subset.Options(layout_features=["kern", "liga"], hinting=False, notdef_outline=True, name_IDs=[1, 2], glyph_names=False)
            font = subset.load_font(str(path), options)
            cutter = subset.Subsetter(options)
            cutter.populate(text=CHARACTERS)
            cutter.subset(font)
            name = f"{len(index):03}{path.suffix.lower()}"
            subset.save_font(font, str(out / name), options)
            ImageFont.truetype(str(out / name), 30).getmask("Abc 123")
        except Exception as problem:
            print("left out:", relative, type(problem).__name__, file=sys.stderr)
            continue
        families[family] = families.get(family, 0) + 1
        mono = abs(drawn_width(out / name, "i") - drawn_width(out / name, "M")) < 0.01
        index.append({"file": name, "name": unicodedata.normalize("NFC", path.stem), "missing": found[0], "capitals": found[1], "mono": mono})
    (out / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=0))
    print(len(index), "fonts,", sum(f["mono"] for f in index), "of one width")


def drawn_width(path, text):
    return ImageFont.truetype(str(path), 50).getlength(text)


main()

"""The characters the reader tells apart, and how texts are brought to them."""
import unicodedata

# Class 0 is the CTC blank; class i is CHARACTERS[i - 1]. The order is part of the weights' format.
CHARACTERS = (
    "".join(chr(c) for c in range(0x20, 0x7F))
    + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŸ"
    + "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœß"
    + "€£¥§°²³½¼±×µ®©™ªº«»¿¡•·†"
)
CLASSES = len(CHARACTERS) + 1
INDEX = {c: i + 1 for i, c in enumerate(CHARACTERS)}

# What looks alike on paper is one class: typographic quotes and dashes are read as typewriters have them.
FOLDED = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "‟": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "­": "-", "…": "...", "\u00a0": " ",
    "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl",
    "●": "•", "▪": "•", "■": "•", "∙": "·", "‹": "<", "›": ">", "‡": "†", "Ÿ": "Ÿ",
}
# For labels that hide the case: the class of each lower-case letter and of its capital.
CASE_PAIRS = [(INDEX[c], INDEX[c.upper()]) for c in CHARACTERS if c.islower() and len(c.upper()) == 1 and c.upper() in INDEX and c.upper() != c]


def fold(text):
    """The text in the reader's characters with single spaces, or None where a character is not one of them."""
    text = "".join(FOLDED.get(c, c) for c in unicodedata.normalize("NFC", text))
    text = " ".join(text.split())
    return text if all(c in INDEX for c in text) else None


def encode(text):
    return [INDEX[c] for c in text]


def greedy(classes):
    """The text of a path of classes, one a frame."""
    text, last = [], 0
    for c in classes:
        if c != last and c:
            text.append(CHARACTERS[c - 1])
        last = c
    return "".join(text)


def upper(text):
    """Capitals, letter by letter: what a label without case would say."""
    return "".join(c.upper() if c.upper() in INDEX else c for c in text)

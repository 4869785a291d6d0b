#!/usr/bin/env python3
"""Makes the learned models anew that ship in Models/, from ../shared/data: what documents are, where tickets go, and
where values stand on receipts and broadcast papers.

    Scripts/make-models.py --docket .build/release/docket --out DIR      those that ship; told apart from what ships
    … --only types                                                       one of them
    … --all                                                              from sets, too, whose licence keeps them here
    … --half tune                                                        from one half alone, to be measured on the other
    … --keep DIR                                                         keeps readings for the next time

A model is learned from documents whose licence lets its weights ship; with --all from the others as well, for use on
this machine (`docket models` has no part in that: copy the folder into a workspace's `models/`).
The same documents give the same bytes. Exit code 0; 1 where what was made is not what ships; 65 where the data or the
program is missing.
"""
import argparse, collections, filecmp, hashlib, importlib.util, json, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TOOLS = ROOT.parent / "shared" / "tools"

_learning = importlib.util.spec_from_file_location("measure_learning", ROOT / "Scripts" / "measure-learning.py")
learning = importlib.util.module_from_spec(_learning)
_learning.loader.exec_module(learning)

# What each set's documents are, and by which field those of one issuer are told.
CONTRACTS = {
    "sroie": ({"receipt": "receipt"}, "company"),
    "ad_buy": ({"invoice": "broadcast_invoice", "order": "broadcast_order"}, "advertiser"),
    "registration": ({"registration_form": "registration_form"}, "registrant_name"),
    "einvoice": ({"invoice": "invoice", "credit_note": "invoice"}, "seller_name"),
    "business": ({"invoice": "invoice", "receipt": "receipt", "shipment": "shipment", "other": "unknown"}, None),
    "nda": ({"contract": "agreement"}, None),
    "tickets": ({"ticket": "ticket"}, None),
}
FREE = ("CC0", "CC-BY-4.0", "MIT", "Apache-2.0", "BSD", "public")
SOURCES = {
    "receipt": "ICDAR 2019 Robust Reading Challenge on Scanned Receipts OCR and Information Extraction (SROIE), as "
               "published in zzzDavid/ICDAR-2019-SROIE",
    "broadcast_order": "public FCC filings, chosen by VRDU (google-research-datasets/vrdu)",
    "broadcast_invoice": "public FCC filings, chosen by VRDU (google-research-datasets/vrdu)",
    "ticket.category": "Lunalykaya/IT-Service-Ticket-Classification",
    "types": "ICDAR 2019 SROIE (zzzDavid/ICDAR-2019-SROIE); FCC and US DOJ filings (google-research-datasets/vrdu, "
             "project-deepform/deepform); ZUGFeRD/corpus, ZUGFeRD/mustangproject, horstoeko/zugferd, akretion/factur-x; "
             "sample documents of invoice2data, Google, Azure and Mindee; Lunalykaya/IT-Service-Ticket-Classification; "
             "documents made by CorpusMaker",
}
# Contracts whose places are learned, with the set they are learned from.
PLACES = {"receipt": "sroie", "broadcast_order": "ad_buy", "broadcast_invoice": "ad_buy"}
LICENSES = {
    "receipt": "CC-BY-4.0", "broadcast_order": "CC-BY-4.0", "broadcast_invoice": "CC-BY-4.0",
    "ticket.category": "CC0-1.0",
    "types": "CC-BY-4.0, Apache-2.0, MIT, BSD-3-Clause, CC0-1.0, public filings",
}


def records(name):
    with open(DATA / name / "truth.jsonl") as lines:
        return [json.loads(line) for line in lines]


def is_free(record):
    # What no licence is stated for is not free, whoever published the documents.
    license = record.get("license", "")
    return any(word in license for word in FREE) and not license.startswith("no licence")


def half(record, name):
    """As score.py parts a set."""
    if name == "tickets":
        return int(hashlib.sha256(record["text"].encode()).hexdigest(), 16) % 2
    return int(hashlib.sha256((DATA / name / record["file"]).read_bytes()).hexdigest(), 16) % 2


def original(file):
    """What `docket` names a file of words by."""
    return json.loads(file.read_text()).get("file", str(file)) if file.suffix == ".json" else str(file)


class Maker:
    def __init__(self, options, keep):
        self.options, self.keep = options, keep

    def chosen(self, name):
        for record in records(name):
            if not self.options.all and (name == "nda" or not is_free(record)):
                continue
            if self.options.half != "both" and half(record, name) != ["tune", "report"].index(self.options.half):
                continue
            yield record

    def read(self, name, files, *options):
        """Files of words, made once."""
        folder = self.keep / "-".join([name, *options]).replace("--", "")
        folder.mkdir(parents=True, exist_ok=True)
        missing = [file for file in files if not (folder / (file.name + ".json")).exists()]
        if missing:
            subprocess.run([self.options.docket, "text", "--format", "json", "-o", str(folder), *options, *map(str, missing)],
                           check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [folder / (file.name + ".json") for file in files]

    def texts(self):
        folder = self.keep / "tickets"
        folder.mkdir(parents=True, exist_ok=True)
        for record in self.chosen("tickets"):
            file = folder / f"{record['id']}.txt"
            file.write_text(record["text"])
            yield record, file

    def tickets(self):
        for record, file in self.texts():
            yield file, {"fields": {"category": record["fields"]["category"]}}

    def types(self):
        # As many tickets as there are receipts.
        for record, file in list(self.texts())[::8]:
            yield file, {"contract": "ticket", "fields": {}}
        for name, (contracts, issuer) in CONTRACTS.items():
            if name == "tickets":
                continue
            chosen = [record for record in self.chosen(name) if record["type"] in contracts]
            key = "file_without_xml" if name == "einvoice" else "file"
            chosen = [record for record in chosen if record.get(key)]
            files = [DATA / name / record[key] for record in chosen]
            # Lines of the receipts trained the line reader.
            readings = [self.read(name, files, *(["--ocr", "tesseract"] if name == "sroie" else []))]
            if name == "sroie":
                readings.append([self.gold() / (file.stem + ".json") for file in files])
            for words in readings:
                for record, file in zip(chosen, words):
                    if not file.exists():
                        continue
                    vendor = re.sub(r"\W", "", str(record.get("fields", {}).get(issuer) or "").lower())[:12] if issuer else ""
                    line = {"contract": contracts[record["type"]], "fields": {}}
                    if vendor:
                        line["issuer"] = f"{name} {vendor}"
                    yield file, line
        if self.options.half == "both":
            yield from self.own()

    def places(self, contract):
        """Values by path; receipts by their labelled words, so that no reading's mistakes are learned."""
        name = PLACES[contract]
        files, documents = [], []
        for record in self.chosen(name):
            document = learning.Document(name, record)
            if document.contract == contract:
                files.append(document.file)
                documents.append(document)
        words = self.read(name, files, "--ocr", "tesseract") if name != "sroie" else \
            [self.gold() / (file.stem + ".json") for file in files]
        for document, file in zip(documents, words):
            if file.exists():
                yield file, {"issuer": document.vendor, "fields": document.truth}

    def gold(self):
        folder = self.keep / "gold"
        if not folder.is_dir():
            subprocess.run([sys.executable, str(TOOLS / "gold_words.py"), str(DATA / "sroie"), str(folder)], check=True,
                           stdout=subprocess.DEVNULL)
        return folder

    def own(self):
        """Documents of Corpus/ that are told by their text."""
        for case in sorted((ROOT / "Corpus").glob("*/*")):
            expected = case / "expected.json"
            document = next(iter(sorted(case.glob("document.*"))), None)
            if case.parent.name in ("archives", "hostile", "mails", "rows", "structured") or document is None:
                continue
            said = json.loads(expected.read_text())
            if "type" in said:
                # All are called alike: what is true of one is found by its name.
                copy = self.keep / "corpus" / f"{case.parent.name}-{case.name}{document.suffix}"
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(document.read_bytes())
                yield copy, {"contract": said["type"] or "unknown", "issuer": f"corpus {case.name}", "fields": {}}

    def make(self, name, out, quiet=False):
        texts = {"ticket.category": self.tickets, "types": self.types}
        lines = list(texts[name]() if name in texts else self.places(name))
        truth = self.keep / f"{name}.jsonl"
        truth.write_text("".join(json.dumps({"file": original(file), **line}) + "\n" for file, line in lines))
        license = LICENSES[name] + (" and sets that stay here" if self.options.all else "")
        done = subprocess.run(
            [self.options.docket, "train", name, "--truth", str(truth), "--out", str(out), "--source", SOURCES[name],
             "--license", license, *[str(file) for file, _ in lines]], capture_output=True, text=True)
        if done.returncode not in (0, 3):
            sys.exit(f"docket train {name} ended with {done.returncode}: {done.stderr[-2000:]}")
        if not quiet:
            print(done.stdout.rstrip(), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--out", required=True)
    parser.add_argument("--only", choices=sorted(SOURCES))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--half", choices=["both", "tune", "report"], default="both")
    parser.add_argument("--keep", metavar="DIR")
    options = parser.parse_args()
    if not DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"make-models: {DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    differing = 0
    with tempfile.TemporaryDirectory() as temporary:
        maker = Maker(options, pathlib.Path(options.keep or temporary))
        for name in [options.only] if options.only else sorted(SOURCES):
            out = pathlib.Path(options.out) / name / "1"
            out.parent.mkdir(parents=True, exist_ok=True)
            maker.make(name, out)
            shipped = ROOT / "Models" / name / "1"
            if shipped.is_dir() and not options.all and options.half == "both":
                same = all(filecmp.cmp(out / file, shipped / file, shallow=False) for file in ("card.json", "weights", "stand-ins") if (shipped / file).exists())
                print(f"  {'the same as' if same else 'not the same as'} Models/{name}/1", flush=True)
                differing += not same
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Measures what Docket learns from documents with known values, on those of ../shared/data.

    Scripts/measure-learning.py --docket .build/release/docket             all sets
    … --sets sroie,ad_buy                                                  some of them
    … --half tune                                                          for tuning: nothing of the other half is used
    … --keep DIR                                                           keeps readings, models and results
    … --what memory                                                        cross-fitted by document, without and with what
                                                                           is remembered, with and without a model
    … --words DIR                                                          with these readings of one set, NAME.EXT.json

Models are learned from the tune half alone and scored on the report half, after 0, 5, 25, 50 and all documents (two
samples of each), and cross-fitted over all documents: by vendor, so that no vendor's documents are on both sides, and
by document. With `--half tune` the cross-fitting is of the tune half alone.
Exit code 0; 65 where the data or the program is missing.
"""
import argparse, collections, hashlib, json, pathlib, random, re, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TOOLS = ROOT.parent / "shared" / "tools"
SIZES = [5, 25, 50]



# Paths of the contract by names of the truth.
FIELDS = {
    "sroie": {"merchant.name": "company", "merchant.address": "address", "date": "date", "total": "total"},
    "ad_buy": {n: n for n in ["advertiser", "contract_number", "gross_amount", "flight_from", "flight_to"]},
    "registration": {n: n for n in ["registrant_name", "signer_name", "received_date"]},
    "nda": {n: n for n in ["effective_date", "term", "jurisdiction"]},
    "einvoice": {
        "number": "document_number", "issued_on": "issue_date", "due_on": "due_date", "seller.name": "seller_name",
        "seller.tax_id": "seller_vat_id", "buyer.name": "buyer_name", "currency": "currency",
        "net_total": "tax_basis_total", "tax_total": "tax_total", "total": "grand_total", "due_amount": "due_payable",
        "iban": "iban", "order_reference": "buyer_order_reference", "delivered_on": "delivery_date"},
}
CONTRACTS = {
    "sroie": lambda record: "receipt", "nda": lambda record: "agreement", "registration": lambda record: "registration_form",
    "ad_buy": lambda record: "broadcast_invoice" if record["type"] == "invoice" else "broadcast_order", "einvoice": lambda record: "invoice",
}
VENDOR = {"sroie": "company", "ad_buy": "advertiser", "registration": "registrant_name", "einvoice": "seller_name"}


def duration(text):
    found = re.fullmatch(r"\s*(\d+)\s*(year|month|week|day)s?\s*", text, re.I)
    return f"P{found[1]}{found[2][0].upper()}" if found else text


class Document:
    def __init__(self, name, record):
        self.file = DATA / name / record.get("file_without_xml", record["file"])
        self.digest = hashlib.sha256((DATA / name / record["file"]).read_bytes()).hexdigest()
        self.half = ["tune", "report"][int(self.digest, 16) % 2]
        self.contract = CONTRACTS[name](record)
        fields, hidden = record["fields"], set(record.get("not_on_page", []))
        vendor = fields.get(VENDOR.get(name, ""))
        self.vendor = re.sub(r"\W", "", vendor.lower()) if vendor else self.digest
        self.truth = {}
        for path, key in FIELDS[name].items():
            if key in fields and key not in hidden:
                self.truth[path] = duration(fields[key]) if path == "term" else fields[key]
            elif name == "nda":
                self.truth[path] = None

    def line(self, by_document):
        return json.dumps({"file": str(self.file), "issuer": self.digest if by_document else self.vendor, "fields": self.truth})


class Study:
    def __init__(self, docket, name, keep, options):
        self.docket, self.name, self.keep, self.options = docket, name, keep / name, options
        self.keep.mkdir(parents=True, exist_ok=True)
        with open(DATA / name / "truth.jsonl") as lines:
            self.documents = [Document(name, json.loads(line)) for line in lines]
        if options.half == "tune":
            self.documents = [d for d in self.documents if d.half == "tune"]
        self.read()

    def read(self):
        """Words of all documents, read once."""
        folder = pathlib.Path(self.options.words) if self.options.words else self.keep / "words"
        if not folder.is_dir():
            folder.mkdir()
            if self.name == "sroie":
                subprocess.run([sys.executable, str(TOOLS / "gold_words.py"), str(DATA / "sroie"), str(folder)], check=True,
                               stdout=subprocess.DEVNULL)
            else:
                subprocess.run([self.docket, "text", "--format", "json", "-o", str(folder), *(str(d.file) for d in self.documents)],
                               check=True, stderr=subprocess.DEVNULL)
        found = {p.name.split(".")[0]: p for p in folder.iterdir()}
        for document in self.documents:
            document.words = found.get(document.file.stem)
        self.documents = [d for d in self.documents if d.words]

    def call(self, *arguments, out=None):
        began = time.time()
        with open(out or "/dev/null", "w") as sink:
            done = subprocess.run([self.docket, *map(str, arguments)], stdout=sink, stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 3):
            raise RuntimeError(done.stderr[-1500:])
        return time.time() - began

    def train(self, documents, label, by_document=False, remember=False):
        """One model a contract, as folders by contract; too few documents give none."""
        models = {}
        for contract in sorted({d.contract for d in documents}):
            chosen = [d for d in documents if d.contract == contract]
            folder = self.keep / "models" / label / contract
            truth = self.keep / f"truth-{label}-{contract}.jsonl"
            memory = self.keep / "models" / label / f"{contract}.facts"
            truth.write_text("\n".join(d.line(by_document) for d in chosen) + "\n")
            if not (folder / "card.json").exists():
                try:
                    self.seconds = self.call(
                        "train", contract, "--truth", truth, "--out", folder, *(["--memory", memory] if remember else []),
                        *(d.words for d in chosen))
                except RuntimeError as error:
                    if "too-little-to-learn" not in str(error):
                        raise
                    continue
            models[contract] = folder
        return models

    def extract(self, documents, models, label, memory=None):
        """The lines of docket extract with some models, and a snapshot of what is remembered."""
        out = self.keep / f"out-{label}.jsonl"
        chosen = [word for model in models.values() or ["none"] for word in ("--model", model)]
        self.call("extract", "--json", *chosen, "--memory", memory or "none", *(d.words for d in documents), out=out)
        return out.read_text()

    def score(self, lines, label, half=None):
        out = self.keep / f"scored-{label}.jsonl"
        out.write_text(lines)
        command = [sys.executable, str(TOOLS / "score.py"), str(DATA / self.name), str(out), "--json", "--subset"]
        if self.name == "einvoice":
            command += ["--paths", "file_without_xml"]
        if half:
            command += ["--half", half]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def curve(self):
        """Learned from samples of the tune half, scored on the report half."""
        pool = [d for d in self.documents if d.half == "tune"]
        test = [d for d in self.documents if d.half == "report"]
        yield "zero-shot, report half", self.score(self.extract(test, {}, "zero"), "zero", "report")
        for size in SIZES:
            for sample in (1, 2):
                order = sorted(pool, key=lambda d: d.digest)
                random.Random(sample).shuffle(order)
                chosen = [d for contract in sorted({d.contract for d in pool})
                          for d in [d for d in order if d.contract == contract][:size]]
                if len(chosen) < size:
                    continue
                label = f"{size}-{sample}"
                yield f"{size} documents a contract, sample {sample}", self.score(
                    self.extract(test, self.train(chosen, label), label), label, "report")
        models = self.train(pool, "tune")
        yield f"the whole tune half ({len(pool)})", self.score(self.extract(test, models, "tune"), "tune", "report")

    def parts(self, by_document, parts=5):
        """The documents in parts, all of a group in one."""
        groups = collections.defaultdict(list)
        for document in self.documents:
            groups[document.digest if by_document else document.vendor].append(document)
        filled = [[] for _ in range(parts)]
        for group in sorted(groups, key=lambda g: (-len(groups[g]), hashlib.sha256(g.encode()).hexdigest())):
            min(filled, key=len).extend(groups[group])
        return filled

    def remembered(self):
        """Every document with what is remembered of the other parts' documents, by document."""
        lines = collections.defaultdict(str)
        filled = self.parts(True)
        for index, part in enumerate(filled):
            others = [d for other in filled if other is not part for d in other]
            models = self.train(others, f"memory-{index}", True, remember=True)
            for contract in sorted({d.contract for d in part}):
                chosen = [d for d in part if d.contract == contract]
                memory = self.keep / "models" / f"memory-{index}" / f"{contract}.facts"
                for title, use, known in (("labels", {}, None), ("labels + memory", {}, memory), ("model", models, None),
                                          ("model + memory", models, memory)):
                    lines[title] += self.extract(chosen, use, f"memory-{index}", known)
        for title, text in lines.items():
            yield title, self.score(text, title.replace(" ", ""))

    def cross_fitted(self, by_document):
        """Every document with a model that was learned from the other parts."""
        label = "document" if by_document else "vendor"
        filled = self.parts(by_document)
        lines = ""
        for index, part in enumerate(filled):
            others = [d for other in filled if other is not part for d in other]
            models = self.train(others, f"{label}-{index}", by_document)
            lines += self.extract(part, models, f"{label}-{index}")
        return self.score(lines, label)


def show(name, title, score):
    main = score["main"]
    low, high = main["micro"].get("interval_95") or (0, 0)
    error = (main.get("calibration") or {}).get("expected_calibration_error")
    fields = " ".join(f"{field} {values['f1'] or 0:.3f}" for field, values in main["fields"].items() if values.get("expected"))
    print(f"{name:13} {title:38} {main['micro']['f1']:.4f} [{low:.3f} to {high:.3f}]"
          + (f" ece {error:.3f}" if error is not None else "") + f"   {fields}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--docket", default=str(ROOT / ".build/release/docket"))
    parser.add_argument("--sets", default="sroie,ad_buy,registration,einvoice,nda")
    parser.add_argument("--half", choices=["report", "tune"], default="report")
    parser.add_argument("--what", default="curve,vendor,document")
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--words", metavar="DIR", help="readings that are there already, of one set")
    options = parser.parse_args()
    if not DATA.is_dir() or not pathlib.Path(options.docket).is_file():
        print(f"measure-learning: {DATA} or {options.docket} is missing", file=sys.stderr)
        return 65
    what = options.what.split(",")
    with tempfile.TemporaryDirectory() as temporary:
        keep = pathlib.Path(options.keep or temporary)
        for name in options.sets.split(","):
            study = Study(options.docket, name, keep, options)
            if options.half == "tune":
                show(name, "zero-shot, tune half", study.score(study.extract(study.documents, {}, "zero"), "zero"))
            elif "curve" in what:
                for title, score in study.curve():
                    show(name, title, score)
            if "memory" in what:
                for title, score in study.remembered():
                    show(name, f"by document: {title}", score)
            for by in ("vendor", "document"):
                if by in what:
                    show(name, f"cross-fitted by {by}", study.cross_fitted(by == "document"))
                    print(f"{name:13} seconds of the last training: {getattr(study, 'seconds', 0):.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

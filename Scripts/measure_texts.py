"""What is learned about whole texts: where tickets go, and what documents are. Learned from the tune half, measured on
the other one: what ships is learned from both, and would flatter itself."""
import importlib, json, pathlib, subprocess, types

maker = importlib.import_module("make-models")


def learned(docket, name, keep, half, limit=None):
    """A model's folder, learned from one half; fewer documents where a limit says so."""
    options = types.SimpleNamespace(docket=docket, all=True, half=half)
    made = maker.Maker(options, keep)
    if limit:
        # Every so many: the set is sorted by category.
        chosen = made.chosen
        made.chosen = lambda name: list(chosen(name))[::max(1, 1000 // limit)]
    folder = keep / "learned" / f"{name}-{half}-{limit}"
    if not (folder / "card.json").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.make(name, folder, quiet=True)
    return folder


def lines(docket, files, *options):
    done = subprocess.run([docket, "extract", "--json", *options, *map(str, files)], capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def other(half):
    return "report" if half == "tune" else "tune"


def tickets(docket, keep, half, small):
    """Yields (name, figure) of a field that texts say without naming it."""
    folder = learned(docket, "ticket.category", keep, other(half), 500 if small else None)
    options = types.SimpleNamespace(docket=docket, all=True, half=half)
    documents = list(maker.Maker(options, keep / "asked").texts())[::3 if small else 1]
    truth = {str(file): record["fields"]["category"] for record, file in documents}
    given = []
    for line in lines(docket, truth, "--contract", "ticket", "--model", str(folder)):
        value = (line.get("fields") or {}).get("category") or {}
        given.append((truth[line["file"]], value.get("value"), value.get("confidence") or 0))
    key = lambda text: "".join(c for c in (text or "").lower() if c.isalnum())
    given = [(key(true), key(value), confidence) for true, value, confidence in given]
    yield "tickets: category, macro F1 of what the other half teaches", macro(given)
    yield "tickets: share given with 95 % right", coverage(given, 0.95)
    yield "tickets: calibration error, at most", error(given)


def documents(docket, keep, half):
    """Yields (name, figure) of what documents are."""
    folder = learned(docket, "types", keep, other(half))
    options = types.SimpleNamespace(docket=docket, all=True, half=half)
    asked = list(maker.Maker(options, keep).types())
    truth = {maker.original(file): line["contract"] for file, line in asked}
    for name, model in (("document type, zero-shot", "none"), ("document type, learned from the other half", str(folder))):
        given = []
        for line in lines(docket, [file for file, _ in asked], "--model", model):
            if line["file"] in truth:
                contract = line.get("contract") or {}
                given.append((truth[line["file"]], contract.get("name") or "unknown", contract.get("confidence") or 0))
        yield name, sum(true == value for true, value, _ in given) / max(1, len(given))
        if model != "none":
            yield "document type: share given with 99.5 % right", coverage(given, 0.995)


def macro(given):
    classes = sorted({true for true, _, _ in given})
    def f1(name):
        right = sum(true == value == name for true, value, _ in given)
        return 2 * right / max(1, sum(true == name for true, _, _ in given) + sum(value == name for _, value, _ in given))
    return sum(map(f1, classes)) / max(1, len(classes))


def coverage(given, precision):
    """The largest share that some threshold accepts with this precision."""
    ordered = sorted(given, key=lambda one: -one[2])
    right = best = 0
    for count, (true, value, confidence) in enumerate(ordered, 1):
        right += true == value
        last = count == len(ordered) or ordered[count][2] < confidence
        if last and right >= precision * count:
            best = count
    return best / max(1, len(given))


def error(given, bins=10):
    """Of confidence against truth, over bins of as many each."""
    ordered = sorted(given, key=lambda one: one[2])
    size = len(ordered)
    parts = [ordered[i * size // bins:(i + 1) * size // bins] for i in range(bins)]
    return sum(abs(sum(c for _, _, c in part) - sum(t == v for t, v, _ in part)) for part in parts) / max(1, size)

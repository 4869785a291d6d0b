"""Texts for synthetic lines: words, names, addresses, dates, amounts and codes as business papers have them, made up.

  words.py DICTIONARIES PIPELINES OUT     gathers the word lists into OUT/words.json
"""
import json
import pathlib
import re
import sys

from alphabet import CHARACTERS, fold, upper

LANGUAGES = {"en": "american-english", "de": "ngerman", "fr": "french", "es": "spanish", "it": "italian", "nl": "dutch"}
WORDS_EACH = 40000
GIVEN = "Anna Peter Maria Hans Claire Jean Luc Sofia Marco Giulia Pedro Lucía José María Jan Pieter Emma Liam Olivia Noah Jürgen Björn Søren Zoë Chloé François Hélène René Günther Käthe Tan Lim Wong Siti Ahmad Nurul Mohd Kumar Priya Chen Wei Ali Fatima Ivan Olga John Mary Robert Linda Michael Susan David Karen James Sarah".split()
FAMILY = "Müller Schmidt Schneider Fischer Weber Groß Köhler Jäger Dubois Lefèvre Moreau Bernard Petit García Rodríguez Muñoz Núñez Ibáñez Rossi Russo Ferrari Esposito Bianchi de Vries Jansen van Dijk Bakker Visser Smith Johnson Williams Brown O'Brien McDonald Taylor Evans Tan Lee Ong Chua Abdullah Ismail Rahman Singh Nguyen Kowalski Novák Silva Santos Hansen Larsen Andersson".split()
STREET = {
    "en": "{n} {w} Street|{n} {w} Rd.|{n} {w} Avenue, Suite {n}|P.O. Box {n}|{n}-{n}, {W} Lane|No. {n}, Jalan {w} {n}/{n}|LOT {n}, {W} PARK", "de": "{w}straße {n}|{w}str. {n}a|Am {w} {n}|{w}weg {n}-{n}|Postfach {n}",
    "fr": "{n}, rue {w}|{n} bis avenue de la {w}|{n} bd {w}|BP {n}|Z.I. {W}", "es": "C/ {w}, {n}|Avda. {w} nº {n}, 3º B|Calle {w} {n}|Pol. Ind. {w}", "it": "Via {w}, {n}|Piazza {w} {n}/A|Viale {w} n. {n}|Corso {w}", "nl": "{w}straat {n}|{w}laan {n}-{n}|{w}weg {n} hs|Postbus {n}"}
FORM = {"en": "Ltd|Ltd.|Inc.|LLC|PLC|Corp.|SDN BHD|Sdn. Bhd.|(M) SDN. BHD.|& Co.|Trading|Enterprise|Holdings|Group|Restaurant|S/B", "de": "GmbH|AG|GmbH & Co. KG|e.K.|KG|OHG|UG|e.V.", "fr": "SARL|SA|S.A.S.|EURL|& Cie|SASU", "es": "S.L.|S.A.|S.L.U.|Hnos.", "it": "S.p.A.|S.r.l.|s.n.c.|& Figli", "nl": "B.V.|N.V.|V.O.F.|& Zn."}
LABELS = {
    "es": "Factura|Número de factura|Fecha|Cliente|Base imponible|IVA 21%|Importe|Total a pagar|Cantidad|Precio unitario|Descripción|Dirección|Teléfono|Vencimiento|Forma de pago|Página|CIF/NIF|Pedido|Albarán|Código|Gracias por su compra",
    "it": "Fattura|Numero|Data|Cliente|Imponibile|IVA 22%|Importo|Totale|Quantità|Prezzo unitario|Descrizione|Indirizzo|Telefono|Scadenza|Modalità di pagamento|Pagina|P. IVA|Codice fiscale|Ordine|Ricevuta|Grazie|Città|Spett.le",
    "nl": "Factuur|Factuurnummer|Factuurdatum|Klant|BTW 21%|Bedrag|Totaal|Te betalen|Aantal|Prijs|Omschrijving|Adres|Telefoon|Vervaldatum|Betaling|Bladzijde|BTW-nummer|KvK|Bestelling|Pakbon|Subtotaal|Bedankt|Geachte heer/mevrouw",
    "en": "Invoice No.|Tax Invoice|Subtotal|Total|Grand Total|Amount Due|Qty|Unit Price|Date|Due Date|Bill To|Ship To|GST 6%|VAT|Cash|Change|Rounding|Cashier|Table|Receipt #|Item|Description|Thank you, please come again!|GST Reg No|Discount|Tel|Fax|Page 1 of 2|Balance|Total Qty|Total Incl. GST @6%|TOTAL SALES (EXCLUDING GST)|CREDIT CARD|Invoice Date:|Terms|Net 30|Signature|Reference|Rate|Hours|(RM)|Goods sold are not returnable",
    "de": "Rechnung|Rechnungs-Nr.|Rechnungsdatum|Kunden-Nr.|Lieferschein|Menge|Einzelpreis|Gesamtbetrag|Summe|MwSt. 19 %|Netto|Brutto|Fällig am|Seite 1 von 3|USt-IdNr.|Steuernummer|Übertrag|Zahlbar innerhalb von 14 Tagen ohne Abzug|Beleg|Kasse|Rückgeld|Straße|PLZ/Ort|Bankverbindung|Geschäftsführer|gemäß § 19 UStG|Stück|Größe|Ausführung|Währung",
    "fr": "Facture n°|Date d'échéance|Quantité|Désignation|Prix unitaire HT|Montant TTC|Total HT|TVA 20 %|Net à payer|Remise|Règlement|Référence|Client|N° de commande|Siège social|Téléphone|À l'attention de|Reçu|Espèces|Monnaie|Payé|Adresse|Code postal|Délai|Échéance"}
MONTHS = {"en": "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec JAN FEB MAR APR", "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember", "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
          "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre", "nl": "januari februari maart april mei juni juli augustus september oktober november december"}
CONFUSED = ["Il1|!/ij", "0OoQD", "5S$s", "8B3&", "2Zz", "6Gb", "9gq", "cCeo", "uüún", "rn m", ".,;:'", "-_=~", "vVwW", "kKxX", "pP", "tf+", "(){}[]", "aáàâä", "eéèêë", "oóòôö", "iíìîï", "€£$§", "°ºª²³", "MNHW"]


class Texts:
    """Draws texts; `rng` is a random.Random."""

    def __init__(self, folder, rng, lines=()):
        self.lists = json.loads((pathlib.Path(folder) / "words.json").read_text())
        self.lines = list(lines)
        self.rng = rng

    def one(self, items):
        return items[int(self.rng.random() * len(items))]

    def number(self, low, high):
        return low + int(self.rng.random() * (high - low))

    def digits(self, low, high):
        return "".join(str(self.number(0, 10)) for _ in range(self.number(low, high + 1)))

    def word(self, language):
        return self.one(self.lists["words"][language])

    def text(self):
        """One line's text: folded, 1 to about 95 characters."""
        makers = [(20, self.running), (16, self.real), (9, self.amount), (7, self.date), (8, self.code), (8, self.labelled), (5, self.name), (7, self.company),
                  (7, self.address), (4, self.contact), (5, self.row), (4, self.scramble), (3, self.upper_words)]
        while True:
            at = self.rng.random() * sum(w for w, _ in makers)
            for weight, maker in makers:
                at -= weight
                if at < 0:
                    break
            text = maker(self.one(list(LANGUAGES)))
            if self.rng.random() < 0.25:
                text = upper(text)
            text = fold(text[:self.number(90, 100)])
            if text:
                return text

    def running(self, language):
        count = 1 + int(self.rng.gammavariate(1.3, 3.2))
        words = [self.word(language) for _ in range(count)]
        style = self.rng.random()
        if style < 0.35:
            words[0] = words[0][:1].upper() + words[0][1:]
        elif style < 0.5:
            words = [w[:1].upper() + w[1:] for w in words]
        for i in range(len(words)):
            chance = self.rng.random()
            if chance < 0.10:
                words[i] += self.one([",", ",", ".", ":", ";", ")", "!", "?", "-", "\"", "/"])
            elif chance < 0.14:
                words[i] = self.one(["(", "\"", "'", "-", "§ ", "• ", "* ", "«"]) + words[i]
            elif chance < 0.20:
                words[i] = self.one([self.digits(1, 4), self.amount(language), self.one(["&", "-", "+", "/", "%", "No."])])
        return " ".join(words)

    def real(self, language):
        if not self.lines or self.rng.random() < 0.15:
            words = self.one(self.lists["sentences"]).split()
        else:
            words = self.one(self.lines).split()
        if len(words) > 3 and self.rng.random() < 0.5:
            start = self.number(0, len(words) - 1)
            words = words[start:start + self.number(1, 14)]
        return " ".join(words)

    def amount(self, language):
        value = 10 ** self.rng.uniform(0, 6.5) * self.one([1, 0.1, 0.01])
        style = self.number(0, 5)
        whole, cents = f"{value:,.2f}".split(".")
        text = [f"{whole}.{cents}", whole.replace(",", ".") + "," + cents, whole.replace(",", " ") + "," + cents, whole.replace(",", "") + "." + cents, whole.replace(",", "'") + "." + cents][style]
        if self.rng.random() < 0.2:
            text = whole
        sign = self.one(["", "", "", "€", "$", "£", "EUR", "RM", "USD", "CHF", "¥", "%", "*", "-", "x", "SR", "GBP"])
        if sign and self.rng.random() < 0.5:
            return sign + self.one(["", " "]) + text
        return text + (self.one(["", " "]) + sign if sign else "")

    def date(self, language):
        d, m, y = self.number(1, 29), self.number(1, 13), self.number(1985, 2031)
        month = self.one(MONTHS[language].split())
        dot = self.one(["/", "-", ".", "/"])
        text = self.one([f"{d:02}{dot}{m:02}{dot}{y}", f"{d:02}{dot}{m:02}{dot}{y % 100:02}", f"{d}{dot}{m}{dot}{y}", f"{y}-{m:02}-{d:02}", f"{d} {month} {y}", f"{month} {d}, {y}", f"{d}. {month} {y}", f"{d:02}-{month[:3]}-{y % 100:02}", f"{m:02}/{d:02}/{y % 100:02}", f"{d}{month[:3].upper()}{y}"])
        if self.rng.random() < 0.3:
            text += self.one([" ", "  ", " - "]) + self.one([f"{self.number(0, 24):02}:{self.number(0, 60):02}:{self.number(0, 60):02}", f"{self.number(1, 13)}:{self.number(0, 60):02} {self.one(['AM', 'PM', 'am', 'Uhr'])}"])
        return self.one(["", "", "", "Date: ", "Datum ", "Date : ", "Fecha: ", "Data "]) + text

    def letters(self, low, high):
        return "".join(chr(65 + self.number(0, 26)) for _ in range(self.number(low, high + 1)))

    def code(self, language):
        d, c = self.digits, self.letters
        return self.one([
            lambda: f"{c(1, 4)}{self.one(['-', '/', '', ' '])}{d(3, 9)}", lambda: f"{self.one(['DE', 'FR', 'NL', 'IT', 'ES', 'GB', 'AT'])}{d(2, 2)} {d(4, 4)} {d(4, 4)} {d(4, 4)} {d(4, 4)} {d(2, 2)}",
            lambda: f"{self.one(['DE', 'ATU', 'FR', 'ESB', 'IT', 'NL'])}{d(8, 11)}", lambda: d(4, 14), lambda: f"#{d(2, 8)}", lambda: f"{d(2, 6)}-{c(1, 2)}", lambda: f"({d(3, 3)}) {d(3, 3)}-{d(4, 4)}",
            lambda: f"+{d(2, 2)} {d(2, 4)} {d(3, 8)}", lambda: f"{d(2, 3)}-{d(6, 8)}", lambda: f"{c(4, 4)}{c(2, 2)}{d(2, 2)}{c(3, 3)}", lambda: "".join(self.one("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(self.number(4, 18))),
            lambda: f"{d(1, 3)} x {d(1, 3)} {self.one(['mm', 'cm', 'm²', 'kg', 'L', 'ml', 'Stk.', 'pcs', 'µm'])}", lambda: f"No: {d(3, 9)}", lambda: f"{d(1, 2)}/{d(1, 3)}", lambda: f"({d(6, 7)}-{c(1, 1)})", lambda: "*" * self.number(4, 12) + d(4, 4),
            lambda: self.one("-=*_.") * self.number(3, 30), lambda: f"GST ID : {d(12, 12)}", lambda: f"{d(1, 3)}°{self.one(['C', '', ' N'])}", lambda: f"§ {d(1, 3)} {self.one(['Abs.', 'BGB', 'UStG'])}", lambda: f"[{d(1, 3)}]", lambda: f"{d(1, 1)}.{d(1, 2)}.{d(1, 2)}"])()

    def labelled(self, language):
        label = self.one(LABELS[language].split("|")) if self.rng.random() < 0.6 else self.one(self.lists["labels"])
        if self.rng.random() < 0.35:
            return label
        return label + self.one([": ", " ", " : ", ":", " = ", " - "]) + self.one([self.amount, self.date, self.code, self.name])(language)

    def name(self, language):
        return self.one(["", "", "Mr. ", "Herr ", "Frau Dr. ", "Mme ", "Sig. ", "Dhr. ", "Attn: ", "z. Hd. "]) + self.one(GIVEN) + self.one([" ", " ", f" {self.letters(1, 1)}. ", "-" + self.one(GIVEN) + " "]) + self.one(FAMILY)

    def company(self, language):
        words = [self.one([self.word(language).capitalize(), self.one(FAMILY), self.word(language).capitalize(), self.letters(2, 4), "&", "The"]) for _ in range(self.number(1, 5))]
        if self.rng.random() < 0.25:
            words.insert(self.number(0, len(words)), "(" + self.word("en").capitalize() + ")")
        text = " ".join(words + ([self.one(FORM[language].split("|"))] if self.rng.random() < 0.75 else []))
        return upper(text) if self.rng.random() < 0.5 else text

    def address(self, language):
        street = self.one(STREET[language].split("|"))
        street = re.sub(r"\{n\}", lambda _: self.digits(1, 4), street).replace("{w}", self.word(language).capitalize()).replace("{W}", self.word(language).upper())
        town = self.one([f"{self.digits(5, 5)} {self.word(language).capitalize()}", f"{self.word('en').capitalize()}, {self.letters(2, 2)} {self.digits(5, 5)}", f"{self.digits(4, 4)} {self.letters(2, 2)} {self.word('nl').capitalize()}", f"{self.digits(5, 5)} {self.word('en').upper()} {self.word('it').upper()}, {self.word('es').upper()}."])
        return self.one([street, town, street + ", " + town, street + " " + self.one("•·|-,") + " " + town])

    def contact(self, language):
        a, b = self.ascii_word(), self.ascii_word()
        end = self.one(["com", "de", "fr", "es", "it", "nl", "com.my", "co.uk", "eu", "org"])
        return self.one(["", "", "E-Mail: ", "Tel: ", "Web "]) + self.one([f"www.{a}.{end}", f"{a}.{b}@{b}.{end}", f"http://www.{a}-{b}.{end}/{b}", f"info@{a}.{end}", f"{a}{self.digits(1, 3)}@{b}.{end}", f"https://{a}.{end}/{self.digits(3, 6)}?id={self.digits(2, 5)}", f"facebook.com/{a}_{b}"])

    def ascii_word(self):
        while True:
            word = self.word("en").lower()
            if word.isascii() and word.isalpha():
                return word

    def row(self, language):
        words = " ".join(self.word(language) for _ in range(self.number(1, 4)))
        return self.one([f"{self.number(1, 30)} {words} {self.amount(language)}", f"{words} {self.digits(1, 3)} {self.amount(language)} {self.amount(language)}", f"{self.digits(4, 13)} {words}", f"{self.number(1, 20)} x {self.amount(language)}", f"{self.number(1, 99)}.", f"{words} @ {self.amount(language)}", f"{self.number(1, 9)} {self.one(['Stk', 'pcs', 'EA', 'PCE', 'h', 'kg', 'Std.', 'UN'])} {words}"])

    def scramble(self, language):
        if self.rng.random() < 0.5:
            group = self.one(CONFUSED)
            return "".join(self.one(group + (CHARACTERS[1:95] if self.rng.random() < 0.1 else "")) for _ in range(self.number(1, 12)))
        return "".join(self.one(CHARACTERS) for _ in range(self.number(1, 16)))

    def upper_words(self, language):
        return upper(" ".join(self.word(language) for _ in range(self.number(1, 5))))


def main():
    import numpy as np
    rng = np.random.default_rng(7)
    dictionaries, pipelines, out = map(pathlib.Path, sys.argv[1:4])
    words = {}
    for language, name in LANGUAGES.items():
        found = sorted({w for w in (dictionaries / name).read_text(encoding="utf-8", errors="replace").split("\n") if w and len(w) <= 18 and fold(w) == w and not (w.endswith("'s") and len(w) % 3)})
        words[language] = [found[i] for i in rng.choice(len(found), min(WORDS_EACH, len(found)), replace=False)]
    labels = sorted({w.strip(" \"'") for f in sorted((pipelines / "words").glob("*.yaml")) for m in re.findall(r"\[(.*?)\]", f.read_text()) for w in m.split(",") if len(w.strip()) > 1})
    tickets = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
    sentences = [json.loads(line)["text"] for line in tickets.open()][:1500] if tickets else ["no sentences"]
    (out / "words.json").write_text(json.dumps({"words": words, "labels": labels, "sentences": sentences}, ensure_ascii=False))
    print({k: len(v) for k, v in words.items()}, len(labels), len(sentences))


if __name__ == "__main__":
    main()

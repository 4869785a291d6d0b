/// The forms of goods, their ways, and what is agreed about them.
extension ObjectForm {
  static let product = ObjectForm(
    contract: "product", issuer: nil, recipient: nil,
    titles: [
      "Product data sheet / Produktdatenblatt / Fiche produit / Ficha de producto / Scheda prodotto / Productblad",
      "Data sheet / Datenblatt / Fiche technique / Ficha técnica / Scheda tecnica / Productinformatieblad",
    ],
    lines: [
      Line(
        "name", .product,
        "Product / Produkt / Produit / Producto / Prodotto / Product",
        "Product name / Produktname / Nom du produit / Nombre del producto / Nome del prodotto / Productnaam"),
      Line(
        "sku", .id,
        "Sku / Artikelnummer / Référence / Referencia / Codice articolo / Artikelnummer",
        "Item no / Art-Nr / Réf / Ref / Codice prodotto / Art-nr"),
      Line(
        "gtin", .gtin,
        "Gtin / GTIN / Gtin / Gtin / Gtin / Gtin",
        "Ean / EAN / Ean / Ean / Ean / Ean"),
      Line(
        "price", .money,
        "Price / Preis / Prix / Precio / Prezzo / Prijs",
        "List price / Listenpreis / Prix public / Precio de venta / Prezzo di listino / Adviesprijs"),
      Line(
        "weight", .weight,
        "Weight / Gewicht / Poids / Peso / Peso / Gewicht",
        "Gross weight / Bruttogewicht / Poids brut / Peso bruto / Peso lordo / Brutogewicht"),
      Line(
        "weight_unit", .weightUnit,
        "Weight / Gewicht / Poids / Peso / Peso / Gewicht",
        "Gross weight / Bruttogewicht / Poids brut / Peso bruto / Peso lordo / Brutogewicht"),
      Line(
        "origin", .country,
        "Country of origin / Ursprungsland / Pays d'origine / País de origen / Paese di origine / Land van herkomst",
        "Origin / Herkunftsland / Origine / Origen / Paese d'origine / Herkomst"),
      Line(
        "warranty", .duration(.year),
        "Warranty / Garantie / Garantie / Garantía / Garanzia / Garantie",
        "Guarantee / Garantiezeit / Durée de garantie / Garantía / Garanzia / Garantietermijn"),
      Line(
        "hazardous", .truth,
        "Hazardous / Gefahrgut / Matière dangereuse / Mercancía peligrosa / Merce pericolosa / Gevaarlijke stof",
        "Dangerous goods / Gefahrstoff / Marchandise dangereuse / Peligroso / Pericoloso / Gevaarlijk"),
    ])

  static let shipment = ObjectForm(
    contract: "shipment", issuer: "sender.name", recipient: "recipient.name",
    titles: [
      "Delivery note / Lieferschein / Bon de livraison / Albarán / Documento di trasporto / Pakbon",
      "Delivery order / Frachtbrief / Lettre de voiture / Albarán de entrega / Bolla di consegna / Vrachtbrief",
    ],
    lines: [
      Line(
        "number", .id,
        "Delivery note no / Lieferscheinnummer / Bon de livraison n° / Albarán n.º / Ddt n. / Pakbonnummer",
        "Delivery no / Lieferschein-Nr / N° de bon de livraison / N.º de albarán / N. ddt / Pakbon nr"),
      Line(
        "shipped_on", .day(0),
        "Ship date / Lieferscheindatum / Date d'expédition / Fecha de envío / Data di spedizione / Verzenddatum",
        "Shipping date / Versanddatum / Expédié le / Fecha de albarán / Data trasporto / Datum verzending"),
      Line(
        "order_reference", .id,
        "Order no / Bestellnummer / Commande n° / Pedido n.º / Ordine n. / Ordernummer",
        "Order number / Ihre Bestellung / N° de commande / N.º de pedido / N. ordine / Bestelnummer"),
      Line(
        "packages", .count,
        "Packages / Packstücke / Colis / Bultos / Colli / Colli",
        "Number of packages / Anzahl Packstücke / Nombre de colis / Número de bultos / Numero colli / Aantal colli"),
      Line(
        "weight", .weight,
        "Weight / Gewicht / Poids / Peso / Peso / Gewicht",
        "Gross weight / Bruttogewicht / Poids brut / Peso bruto / Peso lordo / Brutogewicht"),
      Line(
        "weight_unit", .weightUnit,
        "Weight / Gewicht / Poids / Peso / Peso / Gewicht",
        "Gross weight / Bruttogewicht / Poids brut / Peso bruto / Peso lordo / Brutogewicht"),
      Line(
        "plate", .plate,
        "Vehicle / Kennzeichen / Véhicule / Matrícula / Targa / Kenteken",
        "Truck no / LKW-Kennzeichen / Immatriculation / Vehículo / Automezzo / Voertuig"),
      Line(
        "carrier", .company,
        "Carrier / Spediteur / Transporteur / Transportista / Vettore / Vervoerder",
        "Carrier name / Frachtführer / Transporteur / Agencia de transporte / Trasportatore / Transporteur"),
    ])

  static let vendor = ObjectForm(
    contract: "vendor", issuer: "vendor.name", recipient: nil,
    titles: [
      "Vendor registration form / Lieferantenstammblatt / Fiche fournisseur / Ficha de proveedor / Scheda fornitore / Leveranciersformulier",
      "Vendor registration / Lieferantenselbstauskunft / Formulaire fournisseur / Alta de proveedor / Anagrafica fornitore / Leverancierskaart",
    ],
    lines: [
      Line(
        "vendor.name", .issuer,
        "Vendor name / Firmenname / Raison sociale / Razón social / Ragione sociale / Bedrijfsnaam",
        "Supplier name / Firma / Nom du fournisseur / Nombre del proveedor / Nome fornitore / Naam leverancier"),
      Line(
        "number", .id,
        "Vendor no / Lieferantennummer / N° fournisseur / N.º de proveedor / Codice fornitore / Leveranciersnummer",
        "Vendor number / Lieferanten-Nr / Code fournisseur / Código de proveedor / N. fornitore / Leveranciersnr"),
      Line(
        "country", .country,
        "Country / Land / Pays / País / Paese / Land",
        "Country / Land / Pays / País / Nazione / Land"),
      Line(
        "contact", .person,
        "Contact person / Ansprechpartner / Contact / Persona de contacto / Persona di contatto / Contactpersoon",
        "Contact / Ansprechpartnerin / Interlocuteur / Contacto / Referente / Contact"),
      Line(
        "phone", .phone,
        "Telephone / Telefon / Téléphone / Teléfono / Telefono / Telefoon",
        "Phone / Tel / Tél / Tel / Tel / Tel"),
      Line(
        "website", .url,
        "Website / Internet / Site internet / Página web / Sito web / Website",
        "Web / Webseite / Site web / Sitio web / Sito internet / Webadres"),
      Line(
        "iban", .iban,
        "IBAN / IBAN / IBAN / IBAN / IBAN / IBAN",
        "IBAN / IBAN / IBAN / IBAN / IBAN / IBAN"),
      Line(
        "payment_terms", .duration(.day),
        "Payment terms / Zahlungsziel / Délai de paiement / Plazo de pago / Termini di pagamento / Betalingstermijn",
        "Payment term / Zahlungsfrist / Conditions de paiement / Condiciones de pago / Condizioni di pagamento / Betaaltermijn"
      ),
      Line(
        "approved", .truth,
        "Approved / Freigegeben / Agréé / Homologado / Qualificato / Goedgekeurd",
        "Approved supplier / Zugelassen / Approuvé / Aprobado / Approvato / Goedgekeurd"),
    ])

  static let insurancePolicy = ObjectForm(
    contract: "insurance_policy", issuer: "insurer.name", recipient: "holder.name",
    titles: [
      "Insurance policy / Versicherungsschein / Police d'assurance / Póliza de seguro / Polizza di assicurazione / Verzekeringspolis",
      "Policy schedule / Versicherungspolice / Contrat d'assurance / Póliza / Polizza / Polis",
    ],
    lines: [
      Line(
        "number", .id,
        "Policy no / Versicherungsnummer / N° de police / N.º de póliza / Polizza n. / Polisnummer",
        "Policy number / Versicherungsschein-Nr / Police n° / Póliza n.º / Numero polizza / Polis nr"),
      Line(
        "kind",
        .category(
          "liability",
          "Liability insurance / Haftpflichtversicherung / Responsabilité civile / Responsabilidad civil / Responsabilità civile / Aansprakelijkheidsverzekering"
        ),
        "Type of insurance / Versicherungsart / Type d'assurance / Tipo de seguro / Tipo di assicurazione / Soort verzekering",
        "Insurance type / Sparte / Nature du contrat / Ramo / Ramo / Branche"),
      Line(
        "holder.name", .recipient,
        "Policyholder / Versicherungsnehmer / Souscripteur / Tomador / Contraente / Verzekeringnemer",
        "Policy holder / Versicherungsnehmerin / Assuré / Tomador del seguro / Assicurato / Verzekerde"),
      Line(
        "starts_on", .day(0),
        "Effective date / Versicherungsbeginn / Date d'effet / Fecha de efecto / Decorrenza / Ingangsdatum",
        "Start date / Beginn / Prise d'effet / Efecto / Data di decorrenza / Begindatum"),
      Line(
        "ends_on", .day(1),
        "Expiry date / Versicherungsablauf / Date d'échéance / Fecha de vencimiento / Scadenza / Einddatum",
        "Expiration date / Ablauf / Échéance / Vencimiento / Data di scadenza / Vervaldatum"),
      Line(
        "premium", .money,
        "Premium / Prämie / Prime / Prima / Premio / Premie",
        "Annual premium / Jahresbeitrag / Prime annuelle / Prima anual / Premio annuo / Jaarpremie"),
      Line(
        "deductible", .smallMoney,
        "Deductible / Selbstbeteiligung / Franchise / Franquicia / Franchigia / Eigen risico",
        "Excess / Selbstbehalt / Franchise / Franquicia / Scoperto / Eigen risico"),
      Line(
        "term", .duration(.year),
        "Term / Laufzeit / Durée / Duración / Durata / Looptijd",
        "Policy term / Vertragsdauer / Durée du contrat / Duración / Durata del contratto / Contractduur"),
    ])

  static let matter = ObjectForm(
    contract: "case", issuer: "handled_by.name", recipient: "claimant.name",
    titles: [
      "Claim form / Schadenmeldung / Déclaration de sinistre / Parte de siniestro / Denuncia di sinistro / Schademelding",
      "Notice of claim / Schadenanzeige / Réclamation / Declaración de siniestro / Modulo di reclamo / Schadeaangifte",
    ],
    lines: [
      Line(
        "number", .id,
        "Case no / Schadennummer / N° de sinistre / N.º de siniestro / Numero sinistro / Schadenummer",
        "Case number / Schaden-Nr / Sinistre n° / Siniestro n.º / Sinistro n. / Dossiernummer"),
      Line(
        "claimant.name", .recipient,
        "Claimant / Geschädigter / Déclarant / Asegurado / Assicurato / Verzekerde",
        "Insured / Anspruchsteller / Assuré / Reclamante / Reclamante / Klager"),
      Line(
        "happened_on", .day(0),
        "Date of loss / Schadentag / Date du sinistre / Fecha del siniestro / Data del sinistro / Datum schade",
        "Date of incident / Schadendatum / Date de l'incident / Fecha del incidente / Data sinistro / Schadedatum"),
      Line(
        "opened_on", .day(1),
        "Date reported / Gemeldet am / Déclaré le / Fecha de declaración / Data denuncia / Gemeld op",
        "Reported on / Meldedatum / Date de déclaration / Fecha de apertura / Data della denuncia / Datum melding"),
      Line(
        "place", .place,
        "Place of loss / Schadenort / Lieu du sinistre / Lugar del siniestro / Luogo del sinistro / Plaats schade",
        "Place / Ort des Schadens / Lieu / Lugar / Luogo / Plaats"),
      Line(
        "amount", .money,
        "Amount claimed / Schadenhöhe / Montant réclamé / Importe reclamado / Importo richiesto / Schadebedrag",
        "Claim amount / Schadensumme / Montant du dommage / Importe de los daños / Danno stimato / Geschatte schade"),
      Line(
        "policy_number", .id,
        "Policy no / Versicherungsnummer / N° de police / N.º de póliza / Numero polizza / Polisnummer",
        "Policy number / Versicherungsschein-Nr / Police n° / Póliza n.º / Polizza n. / Polis nr"),
      Line(
        "handler", .person,
        "Handler / Sachbearbeiter / Gestionnaire / Tramitador / Gestore / Behandelaar",
        "Claims handler / Sachbearbeiterin / Chargé de dossier / Gestor / Liquidatore / Dossierbehandelaar"),
      Line(
        "police_informed", .truth,
        "Police informed / Polizei informiert / Police informée / Policía informada / Polizia informata / Politie ingelicht",
        "Reported to police / Polizeilich gemeldet / Déclaré à la police / Denuncia presentada / Denuncia alle autorità / Aangifte gedaan"
      ),
    ])

  static let agreement = ObjectForm(
    contract: "agreement", issuer: nil, recipient: nil,
    titles: [
      "Service Agreement / Dienstleistungsvertrag / Contrat de prestation de services / Contrato de prestación de servicios / Contratto di prestazione di servizi / Dienstverleningsovereenkomst",
      "Service Agreement / Dienstleistungsvertrag / Contrat de prestation de services / Contrato de prestación de servicios / Contratto di prestazione di servizi / Dienstverleningsovereenkomst",
    ],
    lines: [
      Line(
        "number", .id,
        "Agreement no / Vertragsnummer / Contrat n° / Contrato n° / Contratto n° / Contractnummer",
        "Agreement number / Vertrags-Nr / N° de contrat / N.º de contrato / Contratto n. / Overeenkomst nr"),
      Line(
        "effective_date", .day(0),
        "Effective date / Vertragsbeginn / Date d'effet / Fecha de inicio / Data di decorrenza / Ingangsdatum",
        "Effective / Beginn / Date d'entrée en vigueur / Fecha de entrada en vigor / Decorrenza / Datum van ingang"),
      Line(
        "ends_on", .day(1),
        "End date / Vertragsende / Date de fin / Fecha de finalización / Data di scadenza / Einddatum",
        "Expiry date / Ende / Date d'expiration / Fecha de fin / Scadenza / Vervaldatum"),
      Line(
        "term", .duration(.year),
        "Term / Laufzeit / Durée / Duración / Durata / Looptijd",
        "Term of agreement / Vertragslaufzeit / Durée du contrat / Duración del contrato / Durata del contratto / Duur"),
      Line(
        "notice", .duration(.month),
        "Notice period / Kündigungsfrist / Préavis / Preaviso / Preavviso / Opzegtermijn",
        "Notice / Frist zur Kündigung / Délai de préavis / Plazo de preaviso / Termine di preavviso / Opzegging"),
      Line(
        "jurisdiction", .place,
        "Governing law / Anwendbares Recht / Droit applicable / Ley aplicable / Legge applicabile / Toepasselijk recht",
        "Jurisdiction / Gerichtsstand / Loi applicable / Legislación aplicable / Foro competente / Bevoegde rechter"),
    ])
}

/// What documents of the canonical objects say: two wordings of every title and label, each in all languages, in the
/// order of `Language`.
extension ObjectForm {
  static let all = [
    account, customer, user, subscription, ticket, asset,
    product, shipment, vendor, insurancePolicy, matter, agreement,
  ]

  static let account = ObjectForm(
    contract: "account", issuer: "provider.name", recipient: "holder.name",
    titles: [
      "Account statement / Kontoauszug / Relevé de compte / Extracto de cuenta / Estratto conto / Rekeningoverzicht",
      "Bank statement / Kontoeröffnung / Ouverture de compte / Apertura de cuenta / Apertura conto / Rekeningafschrift",
    ],
    lines: [
      Line(
        "number", .id,
        "Account no / Kontonummer / Numéro de compte / Número de cuenta / Numero di conto / Rekeningnummer",
        "Account number / Konto-Nr / N° de compte / N.º de cuenta / Numero conto / Rekening nr"),
      Line(
        "kind",
        .category(
          "savings",
          "Savings account / Sparkonto / Compte épargne / Cuenta de ahorro / Conto di risparmio / Spaarrekening"),
        "Account type / Kontoart / Type de compte / Tipo de cuenta / Tipo di conto / Soort rekening",
        "Type of account / Kontomodell / Nature du compte / Tipo de cuenta / Tipo conto / Rekeningtype"),
      Line(
        "holder.name", .recipient,
        "Account holder / Kontoinhaber / Titulaire / Titular / Intestatario / Rekeninghouder",
        "Account name / Inhaber / Titulaire du compte / Titular de la cuenta / Intestatario del conto / Ten name van"),
      Line(
        "iban", .iban,
        "Iban / IBAN / Iban / Iban / Iban / Iban",
        "Iban / IBAN / Iban / Iban / Iban / Iban"),
      Line(
        "opened_on", .day(0),
        "Opened on / Eröffnet am / Ouvert le / Abierta el / Aperto il / Geopend op",
        "Date opened / Eröffnungsdatum / Date d'ouverture / Fecha de apertura / Data di apertura / Openingsdatum"),
      Line(
        "balance", .money,
        "Closing balance / Neuer Saldo / Nouveau solde / Saldo final / Saldo finale / Eindsaldo",
        "New balance / Endsaldo / Solde final / Saldo actual / Saldo attuale / Nieuw saldo"),
      Line(
        "interest", .percent,
        "Interest rate / Zinssatz / Taux d'intérêt / Tipo de interés / Tasso di interesse / Rente",
        "Interest / Zins / Taux / Interés / Tasso / Rentepercentage"),
      Line(
        "state", .category("open", "Open / Eröffnet / Ouvert / Abierta / Aperto / Open"),
        "Status / Status / Statut / Estado / Stato / Status",
        "Account status / Kontostatus / État / Estado / Stato / Status"),
    ])

  static let customer = ObjectForm(
    contract: "customer", issuer: nil, recipient: "customer.name",
    titles: [
      "Customer data sheet / Kundenstammblatt / Fiche client / Ficha de cliente / Scheda cliente / Klantgegevens",
      "New customer form / Neukundenformular / Formulaire nouveau client / Alta de cliente / Anagrafica cliente / Klantkaart",
    ],
    lines: [
      Line(
        "customer.name", .recipient,
        "Customer name / Firmenname / Raison sociale / Razón social / Ragione sociale / Bedrijfsnaam",
        "Company name / Firma / Nom du client / Nombre del cliente / Nome cliente / Naam klant"),
      Line(
        "number", .id,
        "Customer no / Kundennummer / N° client / N.º de cliente / Codice cliente / Klantnummer",
        "Customer number / Kunden-Nr / Numéro client / Número de cliente / Numero cliente / Klantnr"),
      Line(
        "address", .address,
        "Address / Anschrift / Adresse / Dirección / Indirizzo / Adres",
        "Billing address / Adresse / Adresse de facturation / Domicilio / Sede / Factuuradres"),
      Line(
        "country", .country,
        "Country / Land / Pays / País / Paese / Land",
        "Country / Land / Pays / País / Nazione / Land"),
      Line(
        "tax_id", .taxID,
        "Vat no / USt-IdNr / N° tva / Nif / Partita iva / Btw-nummer",
        "Vat number / USt-ID / Numéro de tva / Cif / P.iva / Btw nr"),
      Line(
        "contact", .person,
        "Contact person / Ansprechpartner / Contact / Persona de contacto / Persona di contatto / Contactpersoon",
        "Contact / Ansprechpartnerin / Interlocuteur / Contacto / Referente / Contact"),
      Line(
        "phone", .phone,
        "Telephone / Telefon / Téléphone / Teléfono / Telefono / Telefoon",
        "Phone / Tel / Tél / Tel / Tel / Tel"),
      Line(
        "email", .email,
        "E-mail / E-Mail / E-mail / Correo electrónico / E-mail / E-mail",
        "Email / E-Mail-Adresse / Courriel / E-mail / Posta elettronica / E-mailadres"),
      Line(
        "payment_terms", .duration(.day),
        "Payment terms / Zahlungsziel / Délai de paiement / Plazo de pago / Termini di pagamento / Betalingstermijn",
        "Payment term / Zahlungsfrist / Conditions de paiement / Condiciones de pago / Condizioni di pagamento / Betaaltermijn"
      ),
      Line(
        "newsletter", .truth,
        "Newsletter / Newsletter / Newsletter / Boletín / Newsletter / Nieuwsbrief",
        "Marketing consent / Werbeeinwilligung / Lettre d'information / Newsletter / Newsletter / Nieuwsbrief"),
    ])

  static let user = ObjectForm(
    contract: "user", issuer: nil, recipient: nil,
    titles: [
      "User account request / Benutzerantrag / Demande d'accès / Solicitud de acceso / Richiesta di accesso / Toegangsaanvraag",
      "Access request / Zugangsantrag / Compte utilisateur / Alta de usuario / Creazione utente / Gebruikersaccount",
    ],
    lines: [
      Line(
        "username", .login,
        "User name / Benutzername / Identifiant / Nombre de usuario / Nome utente / Gebruikersnaam",
        "Username / Anmeldename / Nom d'utilisateur / Usuario / Login / Inlognaam"),
      Line(
        "name", .person,
        "Full name / Name / Nom et prénom / Nombre y apellidos / Nome e cognome / Naam",
        "Name / Vor- und Nachname / Nom complet / Nombre completo / Nome / Voor- en achternaam"),
      Line(
        "email", .email,
        "E-mail / E-Mail / E-mail / Correo electrónico / E-mail / E-mail",
        "Email / E-Mail-Adresse / Courriel / E-mail / Indirizzo e-mail / E-mailadres"),
      Line(
        "role", .category("editor", "Editor / Bearbeiter / Éditeur / Editor / Editor / Redacteur"),
        "Role / Rolle / Rôle / Rol / Ruolo / Rol",
        "User role / Benutzerrolle / Profil / Perfil / Profilo / Gebruikersrol"),
      Line(
        "department", .place,
        "Department / Abteilung / Service / Departamento / Reparto / Afdeling",
        "Team / Bereich / Département / Área / Ufficio / Team"),
      Line(
        "valid_from", .day(0),
        "Valid from / Gültig ab / Valable à partir du / Válido desde / Valido dal / Geldig vanaf",
        "Start date / Gültig von / Date de début / Fecha de inicio / Data di inizio / Startdatum"),
      Line(
        "valid_to", .day(1),
        "Valid until / Gültig bis / Valable jusqu'au / Válido hasta / Valido fino al / Geldig tot",
        "Valid to / Ende / Date de fin / Fecha de fin / Data di fine / Einddatum"),
      Line(
        "two_factor", .truth,
        "Two-factor authentication / Zwei-Faktor-Authentifizierung / Double authentification / Doble factor / Autenticazione a due fattori / Tweefactorauthenticatie",
        "Two-factor / Zwei-Faktor / Authentification à deux facteurs / Autenticación en dos pasos / 2fa / Tweestapsverificatie"
      ),
    ])

  static let subscription = ObjectForm(
    contract: "subscription", issuer: "provider.name", recipient: "subscriber.name",
    titles: [
      "Subscription confirmation / Abonnement / Abonnement / Suscripción / Abbonamento / Abonnement",
      "Subscription / Abobestätigung / Confirmation d'abonnement / Confirmación de suscripción / Conferma di abbonamento / Abonnementsbevestiging",
    ],
    lines: [
      Line(
        "number", .id,
        "Subscription no / Abonummer / N° d'abonnement / N.º de suscripción / Numero abbonamento / Abonnementsnummer",
        "Subscription number / Abo-Nr / Abonnement n° / Número de suscripción / Abbonamento n. / Abonnementnummer"),
      Line(
        "plan", .product,
        "Plan / Tarif / Formule / Plan / Piano / Pakket",
        "Subscription plan / Paket / Offre / Modalidad / Formula / Abonnementsvorm"),
      Line(
        "starts_on", .day(0),
        "Start date / Beginn / Date de début / Fecha de inicio / Data di inizio / Startdatum",
        "Starts on / Abobeginn / Début / Inicio / Inizio / Ingangsdatum"),
      Line(
        "ends_on", .day(1),
        "End date / Ende / Date de fin / Fecha de fin / Data di fine / Einddatum",
        "Ends on / Enddatum / Fin / Fecha de finalización / Scadenza / Loopt tot"),
      Line(
        "term", .duration(.month),
        "Term / Laufzeit / Durée / Duración / Durata / Looptijd",
        "Minimum term / Mindestlaufzeit / Durée d'engagement / Permanencia / Durata minima / Minimale looptijd"),
      Line(
        "notice", .duration(.week),
        "Notice period / Kündigungsfrist / Préavis / Preaviso / Preavviso / Opzegtermijn",
        "Cancellation period / Kündigungsfrist / Délai de résiliation / Plazo de cancelación / Termine di disdetta / Opzegtermijn"
      ),
      Line(
        "price", .money,
        "Price / Preis / Prix / Precio / Prezzo / Prijs",
        "Fee / Gebühr / Tarif / Cuota / Canone / Abonnementsprijs"),
      Line(
        "seats", .count,
        "Seats / Plätze / Utilisateurs / Usuarios / Utenti / Gebruikers",
        "Users / Nutzer / Nombre d'utilisateurs / Número de usuarios / Numero di utenti / Aantal gebruikers"),
      Line(
        "renews", .truth,
        "Automatic renewal / Automatische Verlängerung / Renouvellement automatique / Renovación automática / Rinnovo automatico / Automatische verlenging",
        "Auto-renewal / Automatische Verlängerung / Reconduction automatique / Renovación automática / Rinnovo automatico / Automatische verlenging"
      ),
    ])

  static let ticket = ObjectForm(
    contract: "ticket", issuer: nil, recipient: nil,
    titles: [
      "Support ticket / Supportticket / Demande d'assistance / Solicitud de soporte / Richiesta di assistenza / Supportverzoek",
      "Service request / Störungsmeldung / Ticket d'assistance / Ticket de soporte / Ticket di assistenza / Supportticket",
    ],
    lines: [
      Line(
        "number", .id,
        "Ticket no / Ticketnummer / N° de ticket / N.º de ticket / Numero ticket / Ticketnummer",
        "Ticket number / Ticket-Nr / Ticket n° / Ticket n.º / Ticket n. / Ticket nr"),
      Line(
        "subject", .product,
        "Subject / Betreff / Objet / Asunto / Oggetto / Onderwerp",
        "Summary / Titel / Titre / Título / Titolo / Titel"),
      Line(
        "requester", .person,
        "Requester / Antragsteller / Demandeur / Solicitante / Richiedente / Aanvrager",
        "Requested by / Gemeldet von / Signalé par / Reportado por / Segnalato da / Gemeld door"),
      Line(
        "opened_at", .moment,
        "Opened / Erstellt am / Créé le / Creado el / Creato il / Aangemaakt op",
        "Opened at / Gemeldet am / Ouvert le / Abierto el / Aperto il / Gemeld op"),
      Line(
        "priority", .category("high", "High / Hoch / Haute / Alta / Alta / Hoog"),
        "Priority / Priorität / Priorité / Prioridad / Priorità / Prioriteit",
        "Urgency / Dringlichkeit / Urgence / Urgencia / Urgenza / Urgentie"),
      Line(
        "category", .category("hardware", "Hardware / Hardware / Matériel / Hardware / Hardware / Hardware"),
        "Category / Kategorie / Catégorie / Categoría / Categoria / Categorie",
        "Type / Art / Type / Tipo / Tipo / Soort"),
      Line(
        "email", .email,
        "E-mail / E-Mail / E-mail / Correo electrónico / E-mail / E-mail",
        "Email / E-Mail-Adresse / Courriel / E-mail / E-mail / E-mailadres"),
      Line(
        "state", .category("open", "Open / Offen / Ouvert / Abierto / Aperto / Open"),
        "Status / Status / Statut / Estado / Stato / Status",
        "State / Status / État / Estado / Stato / Status"),
    ])

  static let asset = ObjectForm(
    contract: "asset", issuer: nil, recipient: nil,
    titles: [
      "Asset record / Anlagenstammblatt / Fiche d'immobilisation / Ficha de activo / Scheda cespite / Activakaart",
      "Asset register / Inventarblatt / Fiche d'inventaire / Ficha de inventario / Scheda inventario / Inventariskaart",
    ],
    lines: [
      Line(
        "number", .id,
        "Asset no / Inventarnummer / N° d'inventaire / N.º de inventario / Numero di inventario / Inventarisnummer",
        "Asset number / Inventar-Nr / Numéro d'inventaire / Número de inventario / N. inventario / Activanummer"),
      Line(
        "name", .product,
        "Asset / Bezeichnung / Désignation / Descripción / Descrizione / Omschrijving",
        "Asset name / Anlagegut / Libellé / Denominación / Denominazione / Naam"),
      Line(
        "kind", .category("machine", "Machine / Maschine / Machine / Máquina / Macchinario / Machine"),
        "Asset class / Anlagenklasse / Catégorie / Categoría / Categoria / Categorie",
        "Asset type / Kategorie / Classe / Clase / Classe / Soort"),
      Line(
        "serial_number", .id,
        "Serial no / Seriennummer / N° de série / N.º de serie / Numero di serie / Serienummer",
        "Serial number / Serien-Nr / Numéro de série / Número de serie / N. di serie / Serienr"),
      Line(
        "acquired_on", .day(0),
        "Acquired on / Anschaffungsdatum / Date d'acquisition / Fecha de adquisición / Data di acquisto / Aankoopdatum",
        "Purchase date / Angeschafft am / Date d'achat / Fecha de compra / Data acquisto / Aanschafdatum"),
      Line(
        "cost", .money,
        "Acquisition cost / Anschaffungskosten / Coût d'acquisition / Coste de adquisición / Costo di acquisto / Aanschafwaarde",
        "Purchase price / Anschaffungswert / Prix d'achat / Precio de compra / Costo storico / Aankoopprijs"),
      Line(
        "useful_life", .duration(.year),
        "Useful life / Nutzungsdauer / Durée d'utilité / Vida útil / Vita utile / Gebruiksduur",
        "Life / Abschreibungsdauer / Durée d'amortissement / Vida útil / Durata / Levensduur"),
      Line(
        "location", .place,
        "Location / Standort / Emplacement / Ubicación / Ubicazione / Locatie",
        "Site / Raum / Site / Emplazamiento / Sede / Standplaats"),
      Line(
        "custodian", .person,
        "Custodian / Nutzer / Utilisateur / Responsable / Assegnatario / Gebruiker",
        "Assigned to / Verantwortlicher / Responsable / Asignado a / Responsabile / Verantwoordelijke"),
    ])
}

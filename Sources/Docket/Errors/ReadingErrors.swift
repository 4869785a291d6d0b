/// What can be wrong with a document itself.
extension ErrorCode {
  package static let reading: [ErrorCode] = [
    .pdfEncrypted, .pdfDamaged, .imageDamaged, .emailUnreadable, .xmlDamaged, .textDamaged, .unknownFormat,
    .archiveDamaged, .archiveEncrypted, .contentEncrypted, .signatureAlone, .messageDamaged, .emptyFile, .tooManyBytes,
    .tooManyPages, .tooManyPixels, .tooManyParts, .tooDeep, .languageMissing, .modelDamaged,
  ]

  package static let pdfEncrypted = ErrorCode(
    "pdf-encrypted", meaning: "The PDF asks for a password.",
    remedy: "Remove the password with `qpdf --decrypt in.pdf out.pdf` and drop it in again.")
  package static let pdfDamaged = ErrorCode(
    "pdf-damaged", meaning: "The file calls itself a PDF, but no page of it can be opened.",
    remedy: "Ask the sender for it again, or print it to a new PDF where a viewer can still show it.")
  package static let imageDamaged = ErrorCode(
    "image-damaged", meaning: "The picture cannot be decoded.", remedy: "Scan or send it again.")
  package static let emailUnreadable = ErrorCode(
    "email-unreadable", meaning: "The file looks like mail but has no header that can be read.",
    remedy: "Export the message again from the mail program as `.eml`.")
  package static let xmlDamaged = ErrorCode(
    "xml-damaged", meaning: "The XML is not well-formed.", remedy: "Ask the sender for a well-formed file.")
  package static let textDamaged = ErrorCode(
    "text-damaged", meaning: "The file calls itself `docket/text/1` but does not keep its form.",
    remedy: "Compare it with what `docket text --format json` writes.")
  package static let unknownFormat = ErrorCode(
    "unknown-format", meaning: "No parser knows this kind of file.",
    remedy: "Convert it to PDF, or take it out of the inbox.")
  package static let archiveDamaged = ErrorCode(
    "archive-damaged", meaning: "The file calls itself an archive, but nothing in it can be unpacked.",
    remedy: "Ask the sender for it again, or for the files without an archive around them.")
  package static let archiveEncrypted = ErrorCode(
    "archive-encrypted", meaning: "The archive, or a file in it, asks for a password.",
    remedy: "Unpack it with the password, `7z x FILE` does, and drop in what was in it.")
  package static let contentEncrypted = ErrorCode(
    "content-encrypted", meaning: "The message or file is encrypted (S/MIME, PGP) for somebody who has the key.",
    remedy: "Open it in the mail program that has the key, and drop in the decrypted message or its attachments.")
  package static let signatureAlone = ErrorCode(
    "signature-alone", meaning: "The file is a signature; what it signs is not in it.",
    remedy: "Drop in the signed document itself, which came beside it.")
  package static let messageDamaged = ErrorCode(
    "message-damaged", meaning: "The file calls itself a message of Outlook (`.msg`, `winmail.dat`) but is damaged.",
    remedy: "Export the message again from the mail program, best as `.eml`.")
  package static let emptyFile = ErrorCode(
    "empty-file", meaning: "The file holds no bytes.", remedy: "Send it again; the copy may have been cut off.")
  package static let tooManyBytes = ErrorCode(
    "too-many-bytes", meaning: "The file, or what it unpacks to, is larger than the pipeline's `limits: bytes`.",
    remedy: "Split the file, or raise `limits: bytes` in the pipeline.")
  package static let tooManyPages = ErrorCode(
    "too-many-pages", meaning: "The document has more pages than the pipeline's `limits: pages`.",
    remedy: "Split the document, or raise `limits: pages` in the pipeline.")
  package static let tooManyPixels = ErrorCode(
    "too-many-pixels", meaning: "A page or picture is larger than the pipeline's `limits: pixels_per_page`.",
    remedy: "Scan it at 300 dpi or less, or raise `limits: pixels_per_page` in the pipeline.")
  package static let tooManyParts = ErrorCode(
    "too-many-parts", meaning: "What arrived holds more parts, however deep, than the pipeline's `limits: parts`.",
    remedy: "Send the parts in several files, or raise `limits: parts` in the pipeline.")
  package static let tooDeep = ErrorCode(
    "too-deep", meaning: "Containers lie inside one another deeper than the pipeline's `limits: depth`.",
    remedy: "Unpack it once by hand, or raise `limits: depth` in the pipeline.")
  package static let modelDamaged = ErrorCode(
    "model-damaged", meaning: "A file of learned weights, or its card, is not whole, or of another format.",
    remedy: "Install Docket again; a workspace's own model is left with `docket models rollback CONTRACT`.")
  package static let languageMissing = ErrorCode(
    "ocr-language-missing", meaning: "Tesseract has no data for a language that the settings name.",
    remedy: "Install it with `apt-get install tesseract-ocr-LANG`; `docket doctor` names the package.")
}

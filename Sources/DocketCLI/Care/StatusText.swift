import Docket
import DocketStore
import Glibc

extension DiskUse {
  /// As it is now.
  static func measured(_ store: any StoreCare, _ blobs: BlobFolder, in folder: String) async throws -> DiskUse {
    let now = SystemClock().now()
    let usage = blobs.usage
    var disk = statvfs()
    let free = statvfs(folder, &disk) == 0 ? Int(disk.f_bavail) * Int(disk.f_frsize) : 0
    return DiskUse(
      originals: usage.originals, readings: usage.readings, store: usage.store, free: free,
      growth: try await store.growth(since: now - DiskUse.days * 86_400), now: now)
  }

  /// `1.2 GB: originals 900 MB, readings 290 MB, store 12 MB; 40 GB free, at 120 MB a day for 330 days`.
  var text: String {
    var text = "\(Amount.bytes(originals + readings + store)): originals \(Amount.bytes(originals)), "
    text += "readings \(Amount.bytes(readings)), store \(Amount.bytes(store)); \(Amount.bytes(free)) free"
    if let growthPerDay, let daysLeft {
      text += ", at \(Amount.bytes(Int(growthPerDay))) a day for "
      text += daysLeft > 3650 ? "more than ten years" : "\(Int(daysLeft)) days"
    }
    return text
  }
}

/// What documents cost, by source and contract.
enum CostText {
  static func lines(_ sums: [CostSum], _ output: Output) -> [String] {
    var lines = [
      output.styled(
        "  " + "source".padding(16) + "contract".padding(22) + "documents".padding(12) + "reading".padding(12)
          + "OCR".padding(12) + "understanding".padding(16) + "review", .dim)
    ]
    let all = sums.reduce(CostSum(source: "all", contract: "", documents: 0, cost: Cost())) { total, sum in
      CostSum(source: "all", contract: "", documents: total.documents + sum.documents, cost: total.cost + sum.cost)
    }
    for sum in sums + (sums.count > 1 ? [all] : []) {
      lines.append(
        "  " + sum.source.padding(16) + (sum.contract ?? "none").padding(22) + "\(sum.documents)".padding(12)
          + seconds(sum.cost.reading).padding(12) + seconds(sum.cost.ocr).padding(12)
          + seconds(sum.cost.understanding).padding(16) + seconds(sum.cost.review))
    }
    return lines
  }

  /// Of one document: `0.3 s reading (0.2 s of it with OCR), 0.1 s understanding, 12.0 s review`.
  static func words(_ cost: Cost) -> String {
    var text = "\(seconds(cost.reading)) reading"
    if cost.ocr > 0 { text += " (\(seconds(cost.ocr)) of it with OCR)" }
    return text + ", \(seconds(cost.understanding)) understanding, \(seconds(cost.review)) review"
  }

  static func seconds(_ value: Double) -> String {
    value < 100 ? "\(Int((value * 10).rounded()) / 10).\(Int((value * 10).rounded()) % 10) s" : "\(Int(value)) s"
  }

  static func json(_ sum: CostSum) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/cost/1")
      json.member("source", sum.source)
      json.member("contract", sum.contract)
      json.member("documents", sum.documents)
      json.member("reading_s", sum.cost.reading, digits: 3)
      json.member("ocr_s", sum.cost.ocr, digits: 3)
      json.member("understanding_s", sum.cost.understanding, digits: 3)
      json.member("review_s", sum.cost.review, digits: 1)
    }
    return json.text
  }
}

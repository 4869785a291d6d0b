import Docket
import Glibc

/// A folder with `docket.yaml`, found upwards from here or stated.
enum Workspace {
  /// - Throws: `no-workspace`.
  static func find(stated: String?) throws(DocketError) -> String {
    if let stated = stated ?? Environment["DOCKET_WORKSPACE"] {
      guard isWorkspace(stated) else {
        throw DocketError(
          .noWorkspace, "The folder `\(stated)` is no workspace: it holds no `docket.yaml`.",
          hint: "Make it one with `docket init \(stated)`.")
      }
      return absolute(stated)
    }
    guard let found = nearest() else {
      throw DocketError(.noWorkspace, "Neither this folder nor one above it is a workspace.")
    }
    return found
  }

  /// The nearest workspace upwards from the current folder, nil for none.
  static func nearest() -> String? {
    var place = absolute(".")
    while true {
      if isWorkspace(place) { return place }
      if place == "/" || place == "." { return nil }
      place = Program.parent(of: place)
    }
  }

  static func isWorkspace(_ folder: String) -> Bool { access("\(folder)/docket.yaml", F_OK) == 0 }

  private static func absolute(_ folder: String) -> String {
    guard let resolved = realpath(folder, nil) else { return folder }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

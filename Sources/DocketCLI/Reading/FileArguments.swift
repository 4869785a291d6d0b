import Docket
import Glibc

/// A file that was named on the command line, or found in a folder that was.
struct InputFile: Hashable, Sendable {
  /// Where its bytes are.
  var path: String
  /// As output names it: the path as typed, or below the folder as typed; `-` for standard input.
  var shown: String
  /// One line of a file of given words (`docket/text/1`): its bytes in the file.
  var slice: Range<Int>?

  /// Without folders.
  var name: String { String(shown[(shown.lastIndex(of: "/").map(shown.index(after:)) ?? shown.startIndex)...]) }
}

/// What stands on the command line, as files.
enum FileArguments {
  /// Folders give the files below them, sorted by name, hidden ones left out; `-` is standard input.
  /// - Throws: every argument that is not there, together.
  static func expand(_ arguments: [String], scratch: ScratchSpace) throws -> [InputFile] {
    var files: [InputFile] = []
    var missing: [DocketError] = []
    for argument in arguments {
      if argument == "-" {
        files.append(InputFile(path: try scratch.copyOfStandardInput(), shown: "-"))
        continue
      }
      var status = stat()
      guard stat(argument, &status) == 0 else {
        missing.append(
          DocketError(
            .badInput, "Cannot find `\(PlainText.oneLine(argument))`: \(String(cString: strerror(errno))).",
            hint: "Check the name; folders are read with all that is in them."))
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        let folder = argument.count > 1 && argument.hasSuffix("/") ? String(argument.dropLast()) : argument
        files += walk(folder)
      } else {
        files.append(InputFile(path: argument, shown: argument))
      }
    }
    guard missing.isEmpty else { throw ErrorReport(missing) }
    return files
  }

  /// Files of JSON lines with given words become one input a line.
  static func splittingGivenWords(_ files: [InputFile]) -> [InputFile] {
    files.flatMap { file in
      (try? GivenWords.slices(of: file.path)).map { slices in
        slices.map { InputFile(path: file.path, shown: file.shown, slice: $0) }
      } ?? [file]
    }
  }

  private static func walk(_ folder: String) -> [InputFile] {
    return FileBytes.names(in: folder).flatMap { name -> [InputFile] in
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(PathText.systemName(path), &status) == 0 else { return [] }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: return walk(path)
      case S_IFREG: return [InputFile(path: path, shown: PathText.shown(path))]
      // A link to a file counts, a link to a folder could lead in circles.
      case S_IFLNK where stat(PathText.systemName(path), &status) == 0 && status.st_mode & S_IFMT == S_IFREG:
        return [InputFile(path: path, shown: PathText.shown(path))]
      default: return []
      }
    }
  }
}

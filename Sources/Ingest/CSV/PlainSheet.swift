package import Diagnostics

/// A CSV that a program wrote: UTF-8, commas, headings in the first record (RFC 4180). Nothing is
/// guessed: a row that does not have a cell for each heading is an error.
package struct PlainSheet: Sendable {
  private let grid: Grid
  private let name: String
  /// The headings.
  package let header: [String]

  /// Reads a file.
  ///
  /// - Throws: `Failure` with status `input` when it is missing or unreadable, or when a row is not
  ///   as wide as the headings.
  package init(path: String) throws(Failure) {
    try self.init(bytes: SourceFile.bytes(path: path), name: path)
  }

  /// Reads the bytes of a file of some name.
  ///
  /// - Throws: `Failure` with status `input`, as for a file.
  package init(bytes: [UInt8], name: String) throws(Failure) {
    try SourceFile.check(bytes, name: name)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    grid = Scanner(dialect: Dialect()).scan(bytes, from: start, line: 1)
    self.name = name
    header = grid.strings(of: 0)
    for record in 1..<max(1, grid.recordCount) {
      let found = grid.fields(of: record).count
      if found == header.count && !grid.broken.contains(Int32(record)) { continue }
      throw Failure(
        .input, code: "csv.width",
        fr: "\(found) cellules, là où il y a \(header.count) titres",
        en: "\(found) cells where there are \(header.count) headings",
        remedy: Phrase(
          fr: "ce fichier est écrit par un programme : refaites-le plutôt que de le corriger",
          en: "a program writes this file: make it again rather than mend it"),
        at: SourceLocation(file: name, line: Int(grid.lines[record])))
    }
  }

  /// The number of rows below the headings.
  package var rowCount: Int { max(0, grid.recordCount - 1) }

  /// The line of a row in the file, from 1.
  package func line(_ row: Int) -> Int { Int(grid.lines[row + 1]) }

  /// A cell; nil when it is empty, and not an empty text between quotes.
  package func text(_ row: Int, _ column: Int) -> String? {
    let field = Int(grid.firstField[row + 1]) + column
    let range = grid.range(field)
    if range.isEmpty {
      return grid.isQuoted(field, Dialect().quote) ? "" : nil
    }
    return grid.string(range)
  }
}

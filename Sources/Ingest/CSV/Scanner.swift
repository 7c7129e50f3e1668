/// The records and fields of a text as ranges of bytes.
///
/// Invariant: field f is `bytes[starts[f]..<ends[f]]`, quotes removed and doubled quotes already
/// made single; record r holds fields `firstField[r]..<firstField[r + 1]`.
struct Grid: Sendable {
  /// The text, followed by the cells that had doubled quotes.
  var bytes: [UInt8] = []
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var firstField: [UInt32] = [0]
  /// The 1-based line where each record begins.
  var lines: [Int32] = []
  /// Records with a quote that is never closed, ascending.
  var broken: [Int32] = []
  /// Lines without a single byte.
  var blankLines = 0

  var recordCount: Int { lines.count }

  func fields(of record: Int) -> Range<Int> {
    Int(firstField[record])..<Int(firstField[record + 1])
  }

  func range(_ field: Int) -> Range<Int> { Int(starts[field])..<Int(ends[field]) }

  func string(_ field: Int) -> String { String(decoding: bytes[range(field)], as: UTF8.self) }

  func strings(of record: Int) -> [String] { fields(of: record).map(string) }

  /// Whether the fields hold nothing but blanks.
  func isEmpty(fields: Range<Int>) -> Bool {
    let s = bytes.span
    return fields.allSatisfy { Cells.trimmed(s, range($0)).isEmpty }
  }
}

/// Cuts a text into records and fields. It cannot fail: any bytes have a reading, and what is
/// doubtful is marked for the reader above, which says so. (The division is that of the rust-csv
/// crates `csv-core` and `csv`; the format is RFC 4180.)
///
/// Beyond RFC 4180: CR, LF and CRLF all end lines; a quote within a quoted cell that is neither
/// doubled nor closing is kept as it stands when the cell still closes on its line; otherwise
/// the quote is unclosed, its line alone is marked broken, and reading goes on with the next.
///
/// Complexity: linear. An unclosed quote reads on only to the next quote that opens a cell,
/// because there it shows itself as unclosed.
struct Scanner {
  var dialect: Dialect

  private static let lf: UInt8 = 0x0A
  private static let cr: UInt8 = 0x0D

  /// Scans from a position to the end; `line` is the number of the line there.
  /// `firstWidth` is the number of fields of the file's first record, when that is not in `bytes`.
  func scan(
    _ bytes: [UInt8], from start: Int, line firstLine: Int, firstWidth: Int? = nil
  ) -> Grid {
    var grid = Grid()
    grid.starts.reserveCapacity(bytes.count / 8)
    grid.ends.reserveCapacity(bytes.count / 8)
    let s = bytes.span
    let n = s.count
    let (delimiter, quote) = (dialect.delimiter, dialect.quote)
    // Cells whose doubled quotes were made single; they go after the text.
    var arena: [UInt8] = []
    var line = Int32(firstLine)
    var position = start

    func isEnd(_ p: Int) -> Bool {
      p >= n || s[p] == delimiter || s[p] == Scanner.lf || s[p] == Scanner.cr
    }
    /// Passes a line end at `p`, if there is one.
    func afterLineEnd(_ p: Int) -> Int {
      guard p < n else { return p }
      if s[p] == Scanner.cr { return p + 1 < n && s[p + 1] == Scanner.lf ? p + 2 : p + 1 }
      return s[p] == Scanner.lf ? p + 1 : p
    }
    func lineEnd(from p: Int) -> Int {
      var p = p
      while p < n, s[p] != Scanner.lf, s[p] != Scanner.cr { p += 1 }
      return p
    }
    func add(_ from: Int, _ to: Int) {
      grid.starts.append(UInt32(truncatingIfNeeded: from))
      grid.ends.append(UInt32(truncatingIfNeeded: to))
    }

    while position < n {
      if s[position] == Scanner.lf || s[position] == Scanner.cr {
        position = afterLineEnd(position)
        line += 1
        grid.blankLines += 1
        continue
      }
      let recordLine = line
      let recordField = grid.starts.count
      // For a record that goes over several lines: where its first line ends.
      var firstBreak: Int?
      var isBroken = false
      record: while true {
        if position < n, s[position] == quote {
          let cell = quoted(s, from: position)
          guard let close = cell.close else {
            // Unclosed: the rest of its line, cut at every delimiter.
            let end = lineEnd(from: position)
            var from = position
            for p in position..<end where s[p] == delimiter {
              add(from, p)
              from = p + 1
            }
            add(from, end)
            isBroken = true
            position = end
            break record
          }
          if let at = cell.firstBreak {
            line += cell.breaks
            firstBreak = firstBreak ?? at
          }
          if cell.hasDoubled {
            let from = n + arena.count
            var p = position + 1
            while p < close {
              arena.append(s[p])
              p += s[p] == quote && p + 1 < close && s[p + 1] == quote ? 2 : 1
            }
            add(from, n + arena.count)
          } else {
            add(position + 1, close)
          }
          position = cell.end
        } else {
          let from = position
          while position < n {
            let b = s[position]
            if b == delimiter || b == Scanner.lf || b == Scanner.cr { break }
            position += 1
          }
          add(from, position)
        }
        guard position < n, s[position] == delimiter else { break record }
        position += 1
      }
      // A quote left open early and closed by chance lines later would swallow good rows: when
      // the record came out short and its second line alone is a full row, believe the line.
      if let firstBreak, !isBroken, firstWidth != nil || grid.recordCount > 0 {
        let width = firstWidth ?? grid.fields(of: 0).count
        let next = afterLineEnd(firstBreak)
        if grid.starts.count - recordField != width, fieldCount(s, from: next) == width {
          grid.starts.removeLast(grid.starts.count - recordField)
          grid.ends.removeLast(grid.ends.count - recordField)
          var p = lineStart(s, before: firstBreak)
          var from = p
          while p < firstBreak {
            if s[p] == delimiter {
              add(from, p)
              from = p + 1
            }
            p += 1
          }
          add(from, firstBreak)
          position = firstBreak
          line = recordLine
          isBroken = true
        }
      }
      if isBroken { grid.broken.append(Int32(grid.recordCount)) }
      grid.lines.append(recordLine)
      grid.firstField.append(UInt32(truncatingIfNeeded: grid.starts.count))
      position = afterLineEnd(position)
      line += 1
    }
    grid.bytes = bytes
    if !arena.isEmpty { grid.bytes.append(contentsOf: arena) }
    return grid
  }

  private struct Quoted {
    /// Where the closing quote is; nil when there is none.
    var close: Int?
    /// What follows the closing quote and blanks after it.
    var end: Int
    var hasDoubled = false
    var breaks: Int32 = 0
    var firstBreak: Int?
  }

  /// Reads the quoted cell whose opening quote is at `start`.
  private func quoted(_ s: Span<UInt8>, from start: Int) -> Quoted {
    let n = s.count
    let (delimiter, quote) = (dialect.delimiter, dialect.quote)
    var out = Quoted(close: nil, end: n)
    var hasStray = false
    var p = start + 1
    /// The place after `p` and blanks, if a cell may end there.
    func end(after p: Int) -> Int? {
      var q = p
      while q < n, s[q] == 0x20, delimiter != 0x20 { q += 1 }
      return q >= n || s[q] == delimiter || s[q] == Scanner.lf || s[q] == Scanner.cr ? q : nil
    }
    while p < n {
      let b = s[p]
      if b == quote {
        if p + 1 < n, s[p + 1] == quote {
          // After a stray quote, `""` before a delimiter is a stray one and the closing one.
          if hasStray, let after = end(after: p + 2) {
            out.close = p + 1
            out.end = after
            return out
          }
          out.hasDoubled = true
          p += 2
          continue
        }
        if let after = end(after: p + 1) {
          out.close = p
          out.end = after
          return out
        }
        if out.breaks > 0 { return out }
        hasStray = true
      } else if b == Scanner.lf || b == Scanner.cr {
        if hasStray { return out }
        out.breaks += 1
        out.firstBreak = out.firstBreak ?? p
        if b == Scanner.cr, p + 1 < n, s[p + 1] == Scanner.lf { p += 1 }
      }
      p += 1
    }
    return out
  }

  /// The number of fields on the one line at `start`; nil when a quote stays open on it.
  private func fieldCount(_ s: Span<UInt8>, from start: Int) -> Int? {
    let n = s.count
    var p = start
    var count = 1
    while p < n, s[p] != Scanner.lf, s[p] != Scanner.cr {
      if s[p] == dialect.quote, p == start || s[p - 1] == dialect.delimiter {
        let cell = quoted(s, from: p)
        guard cell.close != nil, cell.breaks == 0 else { return nil }
        p = cell.end
        continue
      }
      if s[p] == dialect.delimiter { count += 1 }
      p += 1
    }
    return count
  }

  private func lineStart(_ s: Span<UInt8>, before end: Int) -> Int {
    var p = end
    while p > 0, s[p - 1] != Scanner.lf, s[p - 1] != Scanner.cr { p -= 1 }
    return p
  }
}

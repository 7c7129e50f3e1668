/// Cuts a text into records and fields. It cannot fail: any bytes have a reading, and what is
/// doubtful is marked for the reader above, which says so. (The division is that of the rust-csv
/// crates `csv-core` and `csv`; the format is RFC 4180.)
///
/// Beyond RFC 4180: CR, LF and CRLF all end lines; a quote within a quoted cell that is neither
/// doubled nor closing is kept as it stands when the cell still closes on its line; otherwise
/// the quote is unclosed, its line alone is marked broken, and reading goes on with the next.
/// A record of the wrong width with such a quote is read again without it, and that reading is
/// taken when it has the right width.
///
/// Complexity: linear. An unclosed quote reads on only to the next quote that opens a cell,
/// because there it shows itself as unclosed.
struct Scanner {
  var dialect: Dialect

  /// Scans from a position to the end; `line` is the number of the line there.
  /// `firstWidth` is the number of fields a record should have; without it, that of the first.
  func scan(
    _ bytes: [UInt8], from start: Int, line firstLine: Int, firstWidth: Int? = nil
  ) -> Grid {
    var pass = ScannerPass(dialect: dialect, line: Int32(firstLine), firstWidth: firstWidth)
    pass.grid.starts.reserveCapacity(bytes.count / 8)
    pass.grid.ends.reserveCapacity(bytes.count / 8)
    pass.run(bytes.span, from: start)
    var grid = pass.grid
    grid.bytes = bytes
    grid.textCount = bytes.count
    if !pass.arena.isEmpty { grid.bytes.append(contentsOf: pass.arena) }
    return grid
  }
}

/// One pass over a text.
private struct ScannerPass {
  let delimiter: UInt8
  let quote: UInt8
  let escape: UInt8
  let skipsSpaces: Bool
  let hasQuote: Bool
  var grid = Grid()
  /// Cells whose doubled quotes were made single; they go after the text.
  var arena: [UInt8] = []
  var line: Int32
  let firstWidth: Int?

  private static let lf: UInt8 = 0x0A
  private static let cr: UInt8 = 0x0D
  /// A record is read again without one of its quotes at most this often.
  private static let mostDoubts = 4

  init(dialect: Dialect, line: Int32, firstWidth: Int?) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    escape = dialect.escape
    skipsSpaces = dialect.skipsSpaces
    hasQuote = dialect.quote != 0
    self.line = line
    self.firstWidth = firstWidth
  }

  /// How the reading of one record ended.
  private struct Record {
    var end: Int
    /// Where its first line ends, when it goes over several.
    var firstBreak: Int?
    var breaks: Int32 = 0
    var isBroken = false
    /// Opening quotes that may be slips.
    var doubts: [Int] = []
  }

  mutating func run(_ s: Span<UInt8>, from start: Int) {
    let n = s.count
    var position = start
    var isAfterBlank = false
    while position < n {
      if s[position] == ScannerPass.lf || s[position] == ScannerPass.cr {
        position = afterLineEnd(s, position)
        line += 1
        grid.blankLines += 1
        isAfterBlank = true
        continue
      }
      if isAfterBlank { grid.afterBlank.append(Int32(grid.recordCount)) }
      isAfterBlank = false
      let from = position
      let field = grid.starts.count
      let kept = arena.count
      let width = firstWidth ?? (grid.recordCount > 0 ? grid.fields(of: 0).count : nil)
      var record = read(s, from: from, without: nil)
      if !record.doubts.isEmpty || record.isBroken {
        grid.hasDoubts = true
        let doubts = record.doubts
        if record.isBroken || (width != nil && grid.starts.count - field != width) {
          settle(s, &record, from, field, kept, width, doubts)
        }
      }
      if record.isBroken { grid.broken.append(Int32(grid.recordCount)) }
      grid.lines.append(line)
      grid.firstField.append(UInt32(truncatingIfNeeded: grid.starts.count))
      position = afterLineEnd(s, record.end)
      line += 1 + record.breaks
    }
  }

  /// Finds the better reading of a record whose quotes are in doubt.
  private mutating func settle(
    _ s: Span<UInt8>, _ record: inout Record, _ from: Int, _ field: Int, _ kept: Int,
    _ width: Int?, _ doubts: [Int]
  ) {
    for doubt in doubts.prefix(ScannerPass.mostDoubts) {
      drop(field, kept)
      var again = read(s, from: from, without: doubt)
      if !again.isBroken, again.firstBreak == nil,
        width == nil || grid.starts.count - field == width
      {
        // Lines swallowed by an unclosed quote are worth a word; a slip within a line is mended.
        again.isBroken = record.isBroken || record.firstBreak != nil
        record = again
        return
      }
    }
    drop(field, kept)
    if record.isBroken {
      record = read(s, from: from, without: nil)
      return
    }
    // A quote left open early and closed by chance lines later would swallow good rows: when
    // the second line alone is a full row, believe the line.
    if let firstBreak = record.firstBreak, let width,
      fieldCount(s, from: afterLineEnd(s, firstBreak)) == width
    {
      cut(s, from..<firstBreak)
      record = Record(end: firstBreak)
      record.isBroken = true
      return
    }
    record = read(s, from: from, without: nil)
  }

  private mutating func drop(_ field: Int, _ kept: Int) {
    grid.starts.removeLast(grid.starts.count - field)
    grid.ends.removeLast(grid.ends.count - field)
    arena.removeLast(arena.count - kept)
  }

  private mutating func add(_ from: Int, _ to: Int) {
    grid.starts.append(UInt32(truncatingIfNeeded: from))
    grid.ends.append(UInt32(truncatingIfNeeded: to))
  }

  /// Cuts a part of a line at every delimiter.
  private mutating func cut(_ s: Span<UInt8>, _ part: Range<Int>) {
    var from = part.lowerBound
    for p in part where s[p] == delimiter {
      add(from, p)
      from = p + 1
    }
    add(from, part.upperBound)
  }

  /// Reads one record; `without` is an opening quote that is taken for a slip.
  private mutating func read(_ s: Span<UInt8>, from start: Int, without slip: Int?) -> Record {
    let n = s.count
    var position = start
    var record = Record(end: start)
    while true {
      if skipsSpaces {
        while position < n, s[position] == 0x20 { position += 1 }
        // Blanks at the end of a line separate nothing.
        if delimiter == 0x20, position > start,
          position == n || s[position] == ScannerPass.lf || s[position] == ScannerPass.cr
        {
          record.end = position
          return record
        }
      }
      if hasQuote, position < n, s[position] == quote, position != slip {
        let cell = quoted(s, from: position)
        if cell.hasStray || cell.close == nil || cell.firstBreak != nil {
          record.doubts.append(position)
        }
        guard let close = cell.close else {
          // Unclosed: the rest of its line, cut at every delimiter.
          let end = lineEnd(s, from: position)
          cut(s, position..<end)
          record.isBroken = true
          record.end = end
          return record
        }
        if let at = cell.firstBreak {
          record.breaks += cell.breaks
          record.firstBreak = record.firstBreak ?? at
        }
        addQuoted(s, position + 1, close, cell)
        position = cell.end
      } else {
        position = addPlain(s, from: position, isSlip: position == slip)
      }
      guard position < n, s[position] == delimiter else {
        record.end = position
        return record
      }
      position += 1
    }
  }

  private mutating func addQuoted(_ s: Span<UInt8>, _ from: Int, _ close: Int, _ cell: Quoted) {
    var from = from
    // One quote too many at the cell's beginning.
    if cell.hasStray, from < close, s[from] == quote,
      from + 1 < close, s[from + 1] != quote, quotes(s, from..<close) % 2 == 1
    {
      from += 1
    }
    guard cell.hasDoubled else { return add(from, close) }
    let start = s.count + arena.count
    var p = from
    while p < close {
      if escape != 0, s[p] == escape, p + 1 < close, isEscapable(s[p + 1]) { p += 1 }
      arena.append(s[p])
      p += s[p] == quote && escape != quote && p + 1 < close && s[p + 1] == quote ? 2 : 1
    }
    add(start, s.count + arena.count)
  }

  /// Adds an unquoted cell and returns its end.
  private mutating func addPlain(_ s: Span<UInt8>, from: Int, isSlip: Bool) -> Int {
    let n = s.count
    var p = from
    var hasEscape = false
    while p < n {
      let b = s[p]
      if b == delimiter || b == ScannerPass.lf || b == ScannerPass.cr { break }
      if escape != 0, b == escape, p + 1 < n, isEscapable(s[p + 1]), s[p + 1] >= 0x20 {
        hasEscape = true
        p += 1
      }
      p += 1
    }
    p = min(p, n)
    if isSlip {
      var end = p
      while end > from + 1, s[end - 1] == quote || s[end - 1] == 0x20 { end -= 1 }
      var start = from
      while start < end, s[start] == quote { start += 1 }
      add(start, end)
    } else if hasEscape {
      let start = n + arena.count
      var q = from
      while q < p {
        if s[q] == escape, q + 1 < p, isEscapable(s[q + 1]) { q += 1 }
        arena.append(s[q])
        q += 1
      }
      add(start, n + arena.count)
    } else {
      add(from, p)
    }
    return p
  }

  private func isEscapable(_ b: UInt8) -> Bool {
    b == quote || b == escape || b == delimiter || b == ScannerPass.lf || b == ScannerPass.cr
  }

  private func quotes(_ s: Span<UInt8>, _ range: Range<Int>) -> Int {
    range.count { s[$0] == quote }
  }

  private struct Quoted {
    /// Where the closing quote is; nil when there is none.
    var close: Int?
    /// What follows the closing quote and blanks after it.
    var end: Int
    /// Whether quotes are doubled or escaped within.
    var hasDoubled = false
    var hasStray = false
    var breaks: Int32 = 0
    var firstBreak: Int?
  }

  /// Reads the quoted cell whose opening quote is at `start`.
  private func quoted(_ s: Span<UInt8>, from start: Int) -> Quoted {
    let n = s.count
    var out = Quoted(close: nil, end: n)
    var p = start + 1
    /// The place after `p` and blanks, if a cell may end there.
    func end(after p: Int) -> Int? {
      var q = p
      while q < n, s[q] == 0x20, delimiter != 0x20 { q += 1 }
      return q >= n || s[q] == delimiter || s[q] == ScannerPass.lf || s[q] == ScannerPass.cr
        ? q : nil
    }
    while p < n {
      let b = s[p]
      if escape != 0, b == escape, p + 1 < n, isEscapable(s[p + 1]), s[p + 1] >= 0x20 {
        out.hasDoubled = true
        p += 2
        continue
      }
      if b == quote {
        if p + 1 < n, s[p + 1] == quote {
          // After a stray quote, `""` before a delimiter is a stray one and the closing one.
          if out.hasStray, let after = end(after: p + 2) {
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
        out.hasStray = true
      } else if b == ScannerPass.lf || b == ScannerPass.cr {
        if out.hasStray { return out }
        out.breaks += 1
        out.firstBreak = out.firstBreak ?? p
        if b == ScannerPass.cr, p + 1 < n, s[p + 1] == ScannerPass.lf { p += 1 }
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
    while p < n, s[p] != ScannerPass.lf, s[p] != ScannerPass.cr {
      if hasQuote, s[p] == quote, p == start || s[p - 1] == delimiter {
        let cell = quoted(s, from: p)
        guard cell.close != nil, cell.breaks == 0 else { return nil }
        p = cell.end
        continue
      }
      if s[p] == delimiter { count += 1 }
      p += 1
    }
    return count
  }

  /// Passes a line end at `p`, if there is one.
  private func afterLineEnd(_ s: Span<UInt8>, _ p: Int) -> Int {
    guard p < s.count else { return p }
    if s[p] == ScannerPass.cr {
      return p + 1 < s.count && s[p + 1] == ScannerPass.lf ? p + 2 : p + 1
    }
    return s[p] == ScannerPass.lf ? p + 1 : p
  }

  private func lineEnd(_ s: Span<UInt8>, from p: Int) -> Int {
    var p = p
    while p < s.count, s[p] != ScannerPass.lf, s[p] != ScannerPass.cr { p += 1 }
    return p
  }
}

/// Cuts windows of a clean sheet into cells and gives each cell the code of its text.
///
/// A window is plain when all its records have as many cells as the header, none is blank, and no
/// cell has doubled quotes or line breaks. Any other window goes through `Scanner`, and is given up
/// when it holds a row that must be set aside.
///
/// Invariants of the unsafe code: a window has 64 bytes behind its last one (`WindowBuffer`), so a
/// load of 16 bytes from any of its positions is in bounds; each pass of the loop over records
/// checks that it begins inside; a cell without an end before the window's end runs into the line
/// end that is put behind it. `codes` has room for the most records a window can have.
@safe final class WindowParser {
  /// What a thread keeps of one window.
  struct Parsed: Sendable {
    var rows: Int
    /// The number of lines of the file that it spans.
    var lines: Int
    /// The line of each record, counted from the window's first; nil when they are 0, 1, 2…
    var recordLines: [Int32]?
    var codes: [PackedCodes]
  }

  private let dialect: Dialect
  /// The number of cells of the header.
  private let fieldCount: Int
  /// The number of cells a row must have.
  private let width: Int
  /// The number of cells of the file's first row.
  private let firstWidth: Int
  /// The fields that are read, ascending.
  private let fields: [Int]
  private let tables: [WindowKeys]
  /// The codes of each table, `room` for each.
  private var codes: UnsafeMutablePointer<Int32>
  private var room = 0

  init(_ dialect: Dialect, fieldCount: Int, width: Int, firstWidth: Int, fields: [Int]) {
    self.dialect = dialect
    self.fieldCount = fieldCount
    self.width = width
    self.firstWidth = firstWidth
    self.fields = fields
    tables = fields.map { _ in WindowKeys() }
    unsafe codes = .allocate(capacity: 1)
  }

  deinit { unsafe codes.deallocate() }

  /// Reads a window, with the distinct texts of each field; nil when it is not for this reader.
  func parse(_ buffer: WindowBuffer) -> (Parsed, [WindowEntries])? {
    let content = buffer.content
    if content.hasNUL { return nil }
    if !content.isASCII {
      let span = unsafe Span(_unsafeStart: buffer.base, count: buffer.count)
      // What needs decoding or composing is read with care.
      if (try? UTF8Span(validating: span)) == nil || Composition.hasCombining(span) { return nil }
    }
    let most = buffer.count / fieldCount + 2
    if most > room {
      room = most
      unsafe codes.deallocate()
      unsafe codes = .allocate(capacity: most * fields.count)
    }
    let hasCR = buffer.first(0x0D, from: 0) != nil
    for table in tables { table.reset() }
    if let rows = plain(buffer, hasCR: hasCR) {
      return parsed(rows: rows, lines: rows, recordLines: nil)
    }
    // What the first attempt took for cells and was none must leave no trace.
    for table in tables { table.reset() }
    return careful(buffer)
  }

  private func parsed(
    rows: Int, lines: Int, recordLines: [Int32]?
  ) -> (Parsed, [WindowEntries]) {
    let packed = fields.indices.map { slot in
      PackedCodes(
        unsafe Span(_unsafeStart: UnsafePointer(codes + slot * room), count: rows),
        below: tables[slot].entryCount)
    }
    return (
      Parsed(rows: rows, lines: lines, recordLines: recordLines, codes: packed),
      tables.map(\.entries)
    )
  }

  // MARK: - Plain windows

  /// The number of records; nil when something in the window is not plain.
  private func plain(_ buffer: WindowBuffer, hasCR: Bool) -> Int? {
    let count = buffer.count
    // The last line of a file may lack its end.
    let terminator: UInt8 = hasCR ? 0x0D : 0x0A
    let base = unsafe buffer.base
    let isClosed = unsafe base[count - 1] == 0x0A
    // Put there for the loop, and taken away after it: bytes behind the window are no one's.
    unsafe base[count] = isClosed ? 0 : terminator
    unsafe base[count + 1] = isClosed ? 0 : 0x0A
    defer {
      unsafe base[count] = 0
      unsafe base[count + 1] = 0
    }
    if hasCR, !isClosed, unsafe base[count - 1] == 0x0D { return nil }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let top: UInt64 = ones << 7
    let delimiter = dialect.delimiter
    let delimiters = ones &* UInt64(delimiter)
    let ends = ones &* UInt64(terminator)
    let quote = dialect.quote
    let start = UnsafeRawPointer(base)
    let last = fieldCount - 1
    let columns = UnsafeMutablePointer<WindowColumn>.allocate(capacity: fieldCount)
    defer { unsafe columns.deallocate() }
    var slots = [Int](repeating: -1, count: fieldCount)
    for (slot, field) in fields.enumerated() { slots[field] = slot }
    let unread = WindowKeys()
    for field in 0...last {
      let end = field == last ? terminator : delimiter
      let slot = slots[field]
      unsafe (columns + field).initialize(
        to: slot < 0
          ? unread.column(sink: nil, end: end)
          : tables[slot].column(sink: codes + slot &* room, end: end))
    }
    defer {
      for (slot, field) in fields.enumerated() { unsafe tables[slot].adopt(columns[field]) }
    }
    // The first byte marked is a delimiter or an end; what is marked above it is not sure.
    @inline(__always)
    func marks(_ word: UInt64) -> UInt64 {
      let (a, b) = (word ^ delimiters, word ^ ends)
      return (((a &- ones) & ~a) | ((b &- ones) & ~b)) & top
    }
    var row = 0
    var p = 0
    while p < count {
      var anyText: Int32 = -1
      var field = 0
      while field <= last {
        let column = unsafe columns + field
        var low = unsafe UInt64(
          littleEndian: start.loadUnaligned(fromByteOffset: p, as: UInt64.self))
        var high = unsafe UInt64(
          littleEndian: start.loadUnaligned(fromByteOffset: p &+ 8, as: UInt64.self))
        // The same cell as in the row before: nothing to look for.
        if unsafe column.pointee.isRecent(low, high), let sink = unsafe column.pointee.sink {
          unsafe sink[row] = column.pointee.recentCode
          anyText = unsafe max(anyText, column.pointee.recentCode)
          unsafe p &+= column.pointee.recentLength &+ 1
          if p > count &+ 1 { return nil }
          field &+= 1
          continue
        }
        let head = UInt8(truncatingIfNeeded: low)
        var length: Int
        let first = marks(low)
        if first != 0 {
          let bits = UInt64(truncatingIfNeeded: first.trailingZeroBitCount) & ~7
          length = Int(truncatingIfNeeded: bits &>> 3)
          low &= (1 &<< bits) &- 1
          high = 0
        } else {
          let second = marks(high)
          let bits = UInt64(truncatingIfNeeded: second.trailingZeroBitCount) & ~7
          length = 8 &+ Int(truncatingIfNeeded: bits &>> 3)
          if second != 0 { high &= (1 &<< bits) &- 1 }
        }
        if let sink = unsafe column.pointee.sink {
          var code: Int32 = -1
          if length >= 16 {
            code = unsafe text(buffer, p, &length, slots[field], column)
          } else if length > 0 {
            var found = -2
            var isNew = true
            if unsafe !column.pointee.isAscending {
              found = unsafe column.pointee.find(low: low, high: high)
              isNew = found < -1
              code = Int32(truncatingIfNeeded: found)
            }
            if isNew {
              code = unsafe new(
                buffer, p, &length, Key(low: low, high: high), found, slots[field], column)
            }
            if length < 16 { unsafe column.pointee.remember(low, high, length, code) }
          }
          unsafe sink[row] = code
          anyText = max(anyText, code)
        } else if length >= 16 || head == quote {
          length = cell(buffer, p)?.length ?? .max
        }
        p &+= length
        // A cell that is not plain has a length beyond all bounds.
        if UInt(bitPattern: p) > UInt(bitPattern: count) { return nil }
        if unsafe base[p] != column.pointee.end { return nil }
        p &+= 1
        field &+= 1
      }
      if anyText < 0 { return nil }
      if hasCR {
        if p > count + 1 { return nil }
        if unsafe base[p] != 0x0A { return nil }
        p += 1
      }
      row &+= 1
    }
    if hasCR, !hasOnlyPairs(buffer, rows: row - (isClosed ? 0 : 1)) { return nil }
    return row
  }

  /// Whether there are as many LF in a window as rows: none stands without its CR.
  private func hasOnlyPairs(_ buffer: WindowBuffer, rows: Int) -> Bool {
    var found = 0
    for i in 0..<buffer.count where unsafe buffer.base[i] == 0x0A { found += 1 }
    return found == rows
  }

  /// The code of a short cell that was not met before, or not yet looked for, and its length in
  /// the file.
  @inline(__always)
  private func new(
    _ buffer: WindowBuffer, _ p: Int, _ length: inout Int, _ key: Key, _ found: Int, _ slot: Int,
    _ column: UnsafeMutablePointer<WindowColumn>
  ) -> Int32 {
    let (head, tail) = unsafe (buffer.base[p], buffer.base[p &+ length &- 1])
    if head != dialect.quote, head &- 0x21 < 0x5E, tail &- 0x21 < 0x5E {
      if unsafe column.pointee.isAscending {
        if let code = unsafe column.pointee.addLast(low: key.low, high: key.high) { return code }
      } else if let code = unsafe column.pointee.add(low: key.low, high: key.high, found: found) {
        return code
      }
    }
    return unsafe text(buffer, p, &length, slot, column)
  }

  /// The code of any cell, and its length in the file.
  @inline(never)
  private func text(
    _ buffer: WindowBuffer, _ p: Int, _ length: inout Int, _ slot: Int,
    _ column: UnsafeMutablePointer<WindowColumn>
  ) -> Int32 {
    guard let found = cell(buffer, p) else {
      length = .max
      return -1
    }
    length = found.length
    return unsafe tables[slot].code(
      UnsafeRawBufferPointer(
        start: buffer.base + p + found.text.lowerBound, count: found.text.count),
      in: &column.pointee)
  }

  /// A cell that begins at a position: its length in the file, and where in it its text lies; nil
  /// when it is not plain.
  private func cell(_ buffer: WindowBuffer, _ p: Int) -> (length: Int, text: Range<Int>)? {
    let base = unsafe buffer.base
    let count = buffer.count
    if p < count, unsafe base[p] == dialect.quote {
      // A quoted cell on one line.
      guard let close = buffer.first(dialect.quote, from: p + 1) else { return nil }
      for i in p + 1..<close {
        let byte = unsafe base[i]
        if byte == 0x0A || byte == 0x0D { return nil }
      }
      return (close + 1 - p, 1..<close - p)
    }
    var line = buffer.first(0x0A, from: p) ?? count
    if let end = buffer.first(0x0D, from: p, upTo: line) { line = end }
    let end = buffer.first(dialect.delimiter, from: p, upTo: line) ?? line
    return (end - p, 0..<end - p)
  }

  // MARK: - Other windows

  /// Reads a window as the careful reader does; nil when it would set a row aside.
  private func careful(_ buffer: WindowBuffer) -> (Parsed, [WindowEntries])? {
    let grid = Scanner(dialect: dialect).scan(
      buffer.array, from: 0, line: 0, firstWidth: firstWidth)
    guard grid.broken.isEmpty else { return nil }
    var rows = 0
    var lines: [Int32] = []
    for record in 0..<grid.recordCount {
      let cells = grid.fields(of: record)
      if grid.isEmpty(fields: cells) { continue }
      if cells.count < width { return nil }
      if cells.count > fieldCount, !grid.isEmpty(fields: cells.dropFirst(fieldCount)) {
        return nil
      }
      guard rows < room else { return nil }
      for (slot, field) in fields.enumerated() {
        var code: Int32 = -1
        if field < cells.count {
          let range = Cells.trimmed(grid.bytes.span, grid.range(cells.lowerBound + field))
          if !range.isEmpty {
            code = unsafe grid.bytes.withUnsafeBytes { bytes in
              unsafe tables[slot].code(UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
          }
        }
        unsafe codes[slot * room + rows] = code
      }
      lines.append(grid.lines[record])
      rows += 1
    }
    return parsed(rows: rows, lines: lineCount(buffer), recordLines: lines)
  }

  /// The number of line ends.
  private func lineCount(_ buffer: WindowBuffer) -> Int {
    var lines = 0
    for i in 0..<buffer.count {
      let byte = buffer[i]
      if byte == 0x0A {
        lines += 1
      } else if byte == 0x0D, i + 1 == buffer.count || buffer[i + 1] != 0x0A {
        lines += 1
      }
    }
    return lines
  }
}

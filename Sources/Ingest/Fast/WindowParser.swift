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
    /// The number of entries of each table once the window is read.
    var entries: [Int32]
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
  let tables: [KeyTable]
  /// The codes of each table, `room` for each.
  private var codes: UnsafeMutablePointer<Int32>
  private var room = 0

  init(_ dialect: Dialect, fieldCount: Int, width: Int, firstWidth: Int, fields: [Int]) {
    self.dialect = dialect
    self.fieldCount = fieldCount
    self.width = width
    self.firstWidth = firstWidth
    self.fields = fields
    tables = fields.map { _ in KeyTable() }
    unsafe codes = .allocate(capacity: 1)
  }

  deinit { unsafe codes.deallocate() }

  /// Reads a window; nil when it is not for this reader.
  func parse(_ buffer: WindowBuffer) -> Parsed? {
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
    let started = tables.map(\.count)
    if let rows = plain(buffer, hasCR: hasCR) {
      return parsed(rows: rows, lines: rows, recordLines: nil)
    }
    guard let found = careful(buffer) else { return nil }
    if hasOnlyUsed(found, since: started) { return found }
    // What the first attempt took for cells and was none must leave no trace.
    for (table, count) in zip(tables, started) { table.truncate(to: count) }
    return careful(buffer)
  }

  /// Whether every entry made since a moment is the text of a cell of the window.
  private func hasOnlyUsed(_ found: Parsed, since before: [Int]) -> Bool {
    for (slot, table) in tables.enumerated() {
      var isUsed = [Bool](repeating: false, count: table.count - before[slot])
      for row in 0..<found.rows {
        let code = Int(unsafe codes[slot * room + row]) - before[slot]
        if code >= 0 { isUsed[code] = true }
      }
      if isUsed.contains(false) { return false }
    }
    return true
  }

  private func parsed(rows: Int, lines: Int, recordLines: [Int32]?) -> Parsed {
    Parsed(
      rows: rows, lines: lines, recordLines: recordLines,
      codes: fields.indices.map { slot in
        PackedCodes(
          unsafe Span(_unsafeStart: UnsafePointer(codes + slot * room), count: rows))
      },
      entries: tables.map { Int32($0.count) })
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
    let room = room
    let sinks = unsafe codes
    let probes = UnsafeMutablePointer<KeyProbe>.allocate(capacity: tables.count + 1)
    /// The slot of each field; -1 when it is not read.
    let slots = UnsafeMutablePointer<Int>.allocate(capacity: fieldCount)
    defer {
      unsafe probes.deallocate()
      unsafe slots.deallocate()
    }
    unsafe slots.initialize(repeating: -1, count: fieldCount)
    for (i, field) in fields.enumerated() {
      unsafe slots[field] = i
      unsafe (probes + i).initialize(to: tables[i].probe)
    }
    var row = 0
    var p = 0
    // The first byte marked is a delimiter or an end; what is marked above it is not sure.
    @inline(__always)
    func marks(_ word: UInt64) -> UInt64 {
      let (a, b) = (word ^ delimiters, word ^ ends)
      return (((a &- ones) & ~a) | ((b &- ones) & ~b)) & top
    }
    while p < count {
      var anyText: Int32 = -1
      var field = 0
      while field <= last {
        let slot = unsafe slots[field]
        let low = unsafe UInt64(
          littleEndian: start.loadUnaligned(fromByteOffset: p, as: UInt64.self))
        var code: Int32 = -1
        var length: Int
        let head = UInt8(truncatingIfNeeded: low)
        if head == quote {
          // A quoted cell on one line.
          guard let close = buffer.first(quote, from: p + 1) else { return nil }
          length = close + 1 - p
          for i in p + 1..<close {
            let byte = unsafe base[i]
            if byte == 0x0A || byte == 0x0D { return nil }
          }
          if slot >= 0 { code = unsafe text(base, p + 1, close, slot, probes) }
        } else {
          var key = Key(low: low, high: 0)
          let mark = marks(low)
          if mark != 0 {
            let bit = mark.trailingZeroBitCount
            length = bit &>> 3
            key.low = low & ((1 &<< UInt64(bit & ~7)) &- 1)
          } else {
            let second = unsafe UInt64(
              littleEndian: start.loadUnaligned(fromByteOffset: p &+ 8, as: UInt64.self))
            let mark = marks(second)
            let bit = mark.trailingZeroBitCount
            length = mark == 0 ? 16 : 8 &+ (bit &>> 3)
            key.high = mark == 0 ? second : second & ((1 &<< UInt64(bit & ~7)) &- 1)
            if mark == 0 {
              while true {
                if p + length > count { return nil }
                let word = unsafe UInt64(
                  littleEndian: start.loadUnaligned(fromByteOffset: p + length, as: UInt64.self))
                let mark = marks(word)
                if mark != 0 {
                  length += mark.trailingZeroBitCount >> 3
                  break
                }
                length += 8
              }
            }
          }
          if slot >= 0, length > 0 {
            let probe = unsafe probes + slot
            if length <= 16, unsafe probe.pointee.recent.low == key.low,
              unsafe probe.pointee.recent.high == key.high
            {
              code = unsafe probe.pointee.code
            } else {
              let tail = unsafe base[p &+ length &- 1]
              if length <= 16, head &- 0x21 < 0x5E, tail &- 0x21 < 0x5E {
                let found = unsafe probe.pointee.find(low: key.low, high: key.high)
                if found >= 0 {
                  code = Int32(truncatingIfNeeded: found)
                } else {
                  code = tables[slot].add(low: key.low, high: key.high, at: ~found)
                  unsafe probe.pointee = tables[slot].probe
                }
                unsafe probe.pointee.recent = key
                unsafe probe.pointee.code = code
              } else {
                code = unsafe text(base, p, p + length, slot, probes)
              }
            }
          }
        }
        p &+= length
        if p > count { return nil }
        let stop = unsafe base[p]
        if field < last ? stop != delimiter : stop != terminator { return nil }
        if slot >= 0 {
          unsafe sinks[slot &* room &+ row] = code
          anyText = max(anyText, code)
        }
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

  /// The code of the trimmed text between two positions; -1 when there is none.
  private func text(
    _ base: UnsafeMutablePointer<UInt8>, _ from: Int, _ to: Int, _ slot: Int,
    _ probes: UnsafeMutablePointer<KeyProbe>
  ) -> Int32 {
    let span = unsafe Span(_unsafeStart: UnsafePointer(base) + from, count: to - from)
    let range = Cells.trimmed(span, 0..<to - from)
    if range.isEmpty { return -1 }
    let code = unsafe tables[slot].code(
      UnsafeRawBufferPointer(start: base + from + range.lowerBound, count: range.count))
    unsafe probes[slot] = tables[slot].probe
    return code
  }

  // MARK: - Other windows

  /// Reads a window as the careful reader does; nil when it would set a row aside.
  private func careful(_ buffer: WindowBuffer) -> Parsed? {
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

import Columns
import Model

/// A column being filled, in the storage of its kind; only one of the arrays is in use.
struct ColumnBuilder {
  let declaration: ColumnDeclaration
  var codes: [Int32] = []
  var integers: [Int64] = []
  var decimals: [Double] = []
  var days: [Int32] = []
  /// The entries behind `codes`; shared by all parts of one column.
  var interner = ByteInterner()
  /// Whether the entries are known to be just those of the codes, in the order of the rows.
  var isInOrder = false

  enum Storage { case codes, integers, decimals, days }

  init(_ declaration: ColumnDeclaration) { self.declaration = declaration }

  static func storage(of kind: ColumnKind) -> Storage {
    switch kind {
    case .key, .link, .text, .code: .codes
    case .integer, .time, .boolean: .integers
    case .decimal: .decimals
    case .date: .days
    }
  }

  var storage: Storage { ColumnBuilder.storage(of: declaration.kind) }

  var count: Int {
    switch storage {
    case .codes: codes.count
    case .integers: integers.count
    case .decimals: decimals.count
    case .days: days.count
    }
  }

  mutating func reserve(_ more: Int) {
    switch storage {
    case .codes: codes.reserveCapacity(codes.count + more)
    case .integers: integers.reserveCapacity(integers.count + more)
    case .decimals: decimals.reserveCapacity(decimals.count + more)
    case .days: days.reserveCapacity(days.count + more)
    }
  }

  mutating func appendMissing(_ rows: Int = 1) {
    switch storage {
    case .codes: codes.append(contentsOf: repeatElement(Column.missingCode, count: rows))
    case .integers: integers.append(contentsOf: repeatElement(Column.missingInteger, count: rows))
    case .decimals: decimals.append(contentsOf: repeatElement(.nan, count: rows))
    case .days: days.append(contentsOf: repeatElement(Column.missingDay, count: rows))
    }
  }

  /// A value in one word, for `append(words:_:)`.
  func word(_ value: ColumnTyping.Value) -> Int64 {
    switch value {
    case .code(let code): Int64(code)
    case .integer(let n): n
    case .decimal(let d): Int64(bitPattern: d.bitPattern)
    case .day(let d): Int64(d)
    case .missing, .fault:
      switch storage {
      case .codes: Int64(Column.missingCode)
      case .integers: Column.missingInteger
      case .decimals: Int64(bitPattern: Double.nan.bitPattern)
      case .days: Int64(Column.missingDay)
      }
    }
  }

  /// Appends `words[code]` for each code; the last word for the code -1.
  mutating func append(words: [Int64], _ codes: [Int32]) {
    let last = words.count - 1
    func word(_ code: Int32) -> Int64 { words[code < 0 ? last : Int(code)] }
    switch storage {
    case .codes: for code in codes { self.codes.append(Int32(truncatingIfNeeded: word(code))) }
    case .integers: for code in codes { integers.append(word(code)) }
    case .decimals:
      for code in codes { decimals.append(Double(bitPattern: UInt64(bitPattern: word(code)))) }
    case .days: for code in codes { days.append(Int32(truncatingIfNeeded: word(code))) }
    }
  }

  /// Appends one value to every row.
  mutating func append(_ value: ColumnTyping.Value, rows: Int) {
    append(words: [word(value)], [Int32](repeating: -1, count: rows))
  }

  func isMissing(_ row: Int) -> Bool {
    switch storage {
    case .codes: codes[row] == Column.missingCode
    case .integers: integers[row] == Column.missingInteger
    case .decimals: decimals[row].isNaN
    case .days: days[row] == Column.missingDay
    }
  }

  func isEqual(_ a: Int, _ b: Int) -> Bool {
    switch storage {
    case .codes: codes[a] == codes[b]
    case .integers: integers[a] == integers[b]
    case .decimals: decimals[a] == decimals[b] || (decimals[a].isNaN && decimals[b].isNaN)
    case .days: days[a] == days[b]
    }
  }

  /// Takes over another row's value.
  mutating func copy(from source: Int, to row: Int) {
    switch storage {
    case .codes: codes[row] = codes[source]
    case .integers: integers[row] = integers[source]
    case .decimals: decimals[row] = decimals[source]
    case .days: days[row] = days[source]
    }
  }

  /// One word a row, equal when the values are.
  var words: [Int64] {
    switch storage {
    case .codes: codes.map(Int64.init)
    case .integers: integers
    case .decimals: decimals.map { $0.isNaN ? .min : Int64(bitPattern: ($0 + 0).bitPattern) }
    case .days: days.map(Int64.init)
    }
  }

  /// Puts the rows in another order.
  mutating func reorder(_ order: [Int32]) {
    switch storage {
    case .codes: codes = order.map { codes[Int($0)] }
    case .integers: integers = order.map { integers[Int($0)] }
    case .decimals: decimals = order.map { decimals[Int($0)] }
    case .days: days = order.map { days[Int($0)] }
    }
  }

  /// The column of all rows. Its lexicon is in the order of the rows, as that of some rows.
  func columnOfAll() -> Column {
    switch storage {
    case .integers: return .integer(integers)
    case .decimals: return .decimal(decimals)
    case .days: return .day(days)
    case .codes:
      if isInOrder { return .text(codes: codes, interner.lexicon) }
      var lexicon = Lexicon()
      var new = [Int32](repeating: -1, count: interner.count + 1)
      var previous = Column.missingCode
      for code in codes where code != previous {
        previous = code
        if code == Column.missingCode || new[Int(code) + 1] >= 0 { continue }
        new[Int(code) + 1] = Int32(lexicon.count)
        let range = interner.range(code)
        lexicon.append(bytes: interner.bytes[range])
      }
      let table = new
      return .text(codes: codes.map { table[Int($0) + 1] }, lexicon)
    }
  }

  /// The column of some rows. Its lexicon holds only what these rows use: a row that was set
  /// aside leaves no word behind.
  func column(_ rows: [Int32]) -> Column {
    switch storage {
    case .integers: return .integer(rows.map { integers[Int($0)] })
    case .decimals: return .decimal(rows.map { decimals[Int($0)] })
    case .days: return .day(rows.map { days[Int($0)] })
    case .codes:
      var lexicon = Lexicon()
      var new = [Int32](repeating: -1, count: interner.count)
      var out: [Int32] = []
      out.reserveCapacity(rows.count)
      for row in rows {
        let old = codes[Int(row)]
        if old == Column.missingCode {
          out.append(old)
          continue
        }
        if new[Int(old)] < 0 {
          new[Int(old)] = Int32(lexicon.count)
          let range = interner.range(old)
          lexicon.append(bytes: interner.bytes[range])
        }
        out.append(new[Int(old)])
      }
      return .text(codes: out, lexicon)
    }
  }
}

/// The namespaces that the readers tell apart. Those of Strict Open XML and of OpenOffice 1 stand
/// for the same things as today's.
enum XMLNamespace: UInt8 {
  case none, other
  case spreadsheet, officeRelationships, packageRelationships, threaded
  case office, table, text, style, number, drawing, manifest, calcExtension
  case excel2003

  init(uri: String) {
    self = Self.known[uri] ?? .other
  }

  private static let known: [String: XMLNamespace] = [
    "": .none,
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": .spreadsheet,
    "http://purl.oclc.org/ooxml/spreadsheetml/main": .spreadsheet,
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": .officeRelationships,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": .officeRelationships,
    "http://schemas.openxmlformats.org/package/2006/relationships": .packageRelationships,
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": .threaded,
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": .office,
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": .table,
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": .text,
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": .style,
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": .number,
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": .drawing,
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": .manifest,
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": .calcExtension,
    "http://openoffice.org/2000/office": .office,
    "http://openoffice.org/2000/table": .table,
    "http://openoffice.org/2000/text": .text,
    "http://openoffice.org/2000/style": .style,
    "http://openoffice.org/2000/datastyle": .number,
    "http://openoffice.org/2000/drawing": .drawing,
    "http://openoffice.org/2001/manifest": .manifest,
    "urn:schemas-microsoft-com:office:spreadsheet": .excel2003,
  ]
}

/// The local names of elements and attributes that the readers know.
enum XMLName: String, CaseIterable {
  case unknown = ""
  // Open XML.
  case worksheet, sheetData, row, c, v, f, `is`, t, r, s, si, sst, rPh, mergeCell, ref, col, min,
    max
  case numFmts, hidden, sheet, name, state, id, workbookPr, date1904, Relationship, Id,
    relationType = "Type", Target
  case TargetMode, numFmt, numFmtId, formatCode, cellXfs, xf, comment, text
  case threadedComment, zeroHeight, sheetFormatPr
  // OpenDocument.
  case spreadsheet, table, tableRow = "table-row", tableCell = "table-cell"
  case coveredTableCell = "covered-table-cell", tableColumn = "table-column", p, h, tab
  case lineBreak = "line-break", annotation, rubyText = "ruby-text", shapes, frame
  case numberColumnsRepeated = "number-columns-repeated"
  case numberRowsRepeated = "number-rows-repeated"
  case numberColumnsSpanned = "number-columns-spanned"
  case numberRowsSpanned = "number-rows-spanned"
  case valueType = "value-type", value, dateValue = "date-value", timeValue = "time-value"
  case booleanValue = "boolean-value", stringValue = "string-value", formula
  case styleName = "style-name", defaultCellStyleName = "default-cell-style-name"
  case visibility, display, style, dataStyleName = "data-style-name", family
  case parentStyleName = "parent-style-name"
  case numberStyle = "number-style", percentageStyle = "percentage-style"
  case dateStyle = "date-style", timeStyle = "time-style", booleanStyle = "boolean-style"
  case currencyStyle = "currency-style", textStyle = "text-style"
  case number, decimalPlaces = "decimal-places", minDecimalPlaces = "min-decimal-places"
  case year, month, day, dayOfWeek = "day-of-week", quarter, weekOfYear = "week-of-year", era
  case hours, minutes, seconds, truncateOnOverflow = "truncate-on-overflow", map
  case applyStyleName = "apply-style-name", condition
  case nullDate = "null-date", encryptionData = "encryption-data"
  case body, tableProperties = "table-properties", amPm = "am-pm"
  // XML Spreadsheet 2003.
  case Workbook, Worksheet, Table, Row, Column, Cell, Data, Comment, Name, Index, Hidden
  case Visible, MergeAcross, MergeDown, StyleID, Style, NumberFormat, Format, ID, Span, Date1904
  case Formula
}

/// Finds names by a hash of 64 bits: a file made to collide misleads nobody but itself.
struct XMLNameTable: Sendable {
  static let all = XMLNameTable()

  private var hashes = [UInt64](repeating: 0, count: 1024)
  private var names = [XMLName](repeating: .unknown, count: 1024)

  private init() {
    for name in XMLName.allCases where name != .unknown {
      var hash = Self.seed
      for byte in name.rawValue.utf8 { hash = Self.mix(hash, byte) }
      var slot = Int(truncatingIfNeeded: hash >> 32) & 1023
      while hashes[slot] != 0 { slot = (slot + 1) & 1023 }
      hashes[slot] = hash
      names[slot] = name
    }
  }

  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The name of a hash made with `seed` and `mix`.
  @inline(__always)
  func name(_ hash: UInt64) -> XMLName {
    var slot = Int(truncatingIfNeeded: hash >> 32) & 1023
    while hashes[slot] != 0 {
      if hashes[slot] == hash { return names[slot] }
      slot = (slot + 1) & 1023
    }
    return .unknown
  }
}

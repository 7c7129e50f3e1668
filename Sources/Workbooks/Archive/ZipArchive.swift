/// A file in an archive, as the central directory describes it.
struct ZipEntry {
  var name: String
  var method: Int
  var crc: UInt32
  /// Where its bytes stand in the archive.
  var data: Range<Int>
  /// How many bytes it has once inflated.
  var size: Int
}

/// A ZIP archive in memory (APPNOTE 6.3.10). The central directory alone is believed, and checked:
/// entries that overlap, two of one name, or names that lead outside are refused.
final class ZipArchive {
  let bytes: [UInt8]
  private var entries: [String: ZipEntry] = [:]
  /// What may still be inflated.
  private var budget = Bound.totalBytes

  init(_ bytes: [UInt8]) throws(Refusal) {
    self.bytes = bytes
    let (start, count) = try directory()
    guard count <= Bound.entries else {
      throw .hostile(fr: "plus de \(Bound.entries) fichiers", en: "over \(Bound.entries) files")
    }
    var spans: [Range<Int>] = []
    var at = start
    for _ in 0..<count {
      let (entry, header, next) = try self.entry(at: at)
      at = next
      spans.append(header..<entry.data.upperBound)
      guard entries.updateValue(entry, forKey: Self.key(entry.name)) == nil else {
        throw .hostile(fr: "deux fichiers internes de même nom", en: "two parts of one name")
      }
    }
    spans.sort { $0.lowerBound < $1.lowerBound }
    for (a, b) in zip(spans, spans.dropFirst()) where b.lowerBound < a.upperBound {
      throw .hostile(fr: "fichiers internes qui se recouvrent", en: "parts that overlap")
    }
  }

  /// The names of all files.
  var names: [String] { entries.values.map(\.name) }

  /// The entry of a name. As in Office, case and the direction of slashes do not count.
  subscript(name: String) -> ZipEntry? { entries[Self.key(name)] }

  /// Takes an entry's size from what may still be inflated.
  func spend(on entry: ZipEntry) throws(Refusal) {
    guard entry.size <= Bound.partBytes, entry.size <= budget else {
      throw .tooLarge(
        fr: "plus de \(Bound.partBytes >> 20) Mo une fois décompressé",
        en: "over \(Bound.partBytes >> 20) MB once inflated")
    }
    if entry.size > Bound.ratioFrom, entry.size / Bound.ratio > entry.data.count {
      throw .hostile(
        fr: "fichier interne anormalement comprimé (« bombe » de décompression)",
        en: "a part compressed out of proportion (a zip bomb)")
    }
    budget -= entry.size
  }

  private static func key(_ name: String) -> String {
    var out: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case 0x41...0x5A: out.append(byte | 0x20)
      case 0x5C: out.append(0x2F)
      default: out.append(byte)
      }
    }
    return String(decoding: out.drop { $0 == 0x2F }, as: UTF8.self)
  }

  // MARK: The directory

  private static let cut = Refusal.damaged(
    fr: "le fichier est tronqué (envoi ou copie interrompus ?)",
    en: "the file is cut short (an interrupted transfer or copy?)")

  private func number(_ at: Int, _ width: Int) throws(Refusal) -> Int {
    guard at >= 0, at <= bytes.count - width else { throw Self.cut }
    var out: UInt64 = 0
    for i in 0..<width { out |= UInt64(bytes[at + i]) << UInt64(8 * i) }
    guard let number = Int(exactly: out) else { throw Self.cut }
    return number
  }

  /// Where the central directory begins, and how many entries it has.
  private func directory() throws(Refusal) -> (start: Int, count: Int) {
    var end = bytes.count - 22
    let last = max(0, bytes.count - 22 - 66_000)
    while end >= last, !matches([0x50, 0x4B, 5, 6], at: end) { end -= 1 }
    guard end >= last, end >= 0 else { throw Self.cut }
    var count = try number(end + 10, 2)
    var start = try number(end + 16, 4)
    if end >= 20, matches([0x50, 0x4B, 6, 7], at: end - 20) {
      let record = try number(end - 12, 8)
      guard matches([0x50, 0x4B, 6, 6], at: record) else { throw Self.cut }
      count = try number(record + 32, 8)
      start = try number(record + 48, 8)
    }
    // Each entry takes 46 bytes at least.
    guard start <= end, count <= (end - start) / 46 else { throw Self.cut }
    return (start, count)
  }

  private func matches(_ magic: [UInt8], at: Int) -> Bool {
    guard at >= 0, at <= bytes.count - magic.count else { return false }
    return bytes[at..<at + magic.count].elementsEqual(magic)
  }

  private func entry(at: Int) throws(Refusal) -> (ZipEntry, header: Int, next: Int) {
    guard matches([0x50, 0x4B, 1, 2], at: at) else { throw Self.cut }
    let flags = try number(at + 8, 2)
    if flags & 0x41 != 0 { throw .protected }
    let method = try number(at + 10, 2)
    let crc = try number(at + 16, 4)
    var packed = try number(at + 20, 4)
    var size = try number(at + 24, 4)
    let nameLength = try number(at + 28, 2)
    let extraLength = try number(at + 30, 2)
    let commentLength = try number(at + 32, 2)
    var header = try number(at + 42, 4)
    let extra = at + 46 + nameLength
    let next = extra + extraLength + commentLength
    guard next <= bytes.count else { throw Self.cut }
    let name = String(decoding: bytes[at + 46..<extra], as: UTF8.self)
    try Self.check(name)
    // Zip64: the sizes that do not fit in 32 bits, in this order.
    var field = extra
    while field + 4 <= extra + extraLength {
      let length = try number(field + 2, 2)
      if try number(field, 2) == 1 {
        var place = field + 4
        for wide in [0, 1, 2] {
          let short = wide == 0 ? size : wide == 1 ? packed : header
          guard short == 0xFFFF_FFFF, place + 8 <= field + 4 + length else { continue }
          let value = try number(place, 8)
          place += 8
          switch wide {
          case 0: size = value
          case 1: packed = value
          default: header = value
          }
        }
      }
      field += 4 + length
    }
    guard matches([0x50, 0x4B, 3, 4], at: header) else { throw Self.cut }
    if try number(header + 6, 2) & 0x41 != 0 { throw .protected }
    let data = header + 30 + (try number(header + 26, 2)) + (try number(header + 28, 2))
    guard data <= bytes.count, packed <= bytes.count - data else { throw Self.cut }
    let entry = ZipEntry(
      name: name, method: method, crc: UInt32(truncatingIfNeeded: crc),
      data: data..<data + packed, size: size)
    return (entry, header, next)
  }

  private static func check(_ name: String) throws(Refusal) {
    let bytes = Array(name.utf8)
    let parts = bytes.split(omittingEmptySubsequences: false) { $0 == 0x2F || $0 == 0x5C }
    let leadsOut = parts.contains { $0.elementsEqual([0x2E, 0x2E]) }
    let hasDrive = bytes.count > 1 && bytes[1] == 0x3A
    if leadsOut || hasDrive || bytes.contains(0) {
      throw .hostile(
        fr: "nom interne qui sort du classeur", en: "a part's name leads out of the workbook")
    }
  }
}

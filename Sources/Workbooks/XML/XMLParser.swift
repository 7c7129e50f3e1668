import CExpat

/// What a reader does with the events of an XML document.
class XMLHandler {
  /// Whether text is wanted now; what stands between elements mostly is not.
  final var wantsText = false

  func start(_ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes) throws(Refusal) {}
  func end(_ name: XMLName, _ space: XMLNamespace) throws(Refusal) {}
  func text(_ bytes: Span<UInt8>) throws(Refusal) {}
  /// Called at the end of the document.
  func finish() throws(Refusal) {}
}

/// Parses XML in pieces, over expat. Entities other than XML's own five are refused wherever they
/// are declared, nothing external is ever opened, depth and the length of tags are bounded.
///
/// Invariants of the unsafe code: expat's parser is made in `init` and freed in `deinit`; it is
/// given this object unretained, and calls back only inside `feed`, which the object outlives;
/// pointers that it hands out are used inside the callback only.
@safe final class XMLParser {
  private let parser: XML_Parser
  fileprivate let handler: XMLHandler
  fileprivate let table = XMLNameTable.all
  private var open: [(XMLName, XMLNamespace)] = []
  private var spaces = NamespaceScope()
  private var refusal: Refusal?
  private var fed = 0
  /// Whether a document type is tolerated: OpenOffice wrote one, without entities, into manifests.
  private let allowsDoctype: Bool

  init(_ handler: XMLHandler, allowsDoctype: Bool = false) throws(Refusal) {
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw .tooLarge(fr: "mémoire insuffisante", en: "not enough memory")
    }
    unsafe self.parser = parser
    self.handler = handler
    self.allowsDoctype = allowsDoctype
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { user, name, attributes in
        guard let user = unsafe user, let name = unsafe name, let attributes = unsafe attributes
        else { return }
        unsafe XMLParser.of(user).start(name, attributes)
      },
      { user, _ in
        guard let user = unsafe user else { return }
        unsafe XMLParser.of(user).end()
      })
    unsafe XML_SetCharacterDataHandler(parser) { user, bytes, count in
      guard let user = unsafe user, let bytes = unsafe bytes else { return }
      let me = unsafe XMLParser.of(user)
      guard me.handler.wantsText else { return }
      unsafe me.characters(bytes, Int(count))
    }
    unsafe XML_SetDoctypeDeclHandler(
      parser,
      { user, _, _, _, hasSubset in
        guard let user = unsafe user else { return }
        unsafe XMLParser.of(user).doctype(hasSubset: hasSubset != 0)
      }, { _ in })
    unsafe XML_SetSkippedEntityHandler(parser) { user, _, _ in
      guard let user = unsafe user else { return }
      unsafe XMLParser.of(user).stop(XMLParser.entities)
    }
    unsafe XML_SetUnknownEncodingHandler(
      parser,
      { _, name, encoding in
        guard let name = unsafe name, let encoding = unsafe encoding else { return 0 }
        return unsafe XMLParser.fill(encoding, named: String(cString: name)) ? 1 : 0
      }, nil)
  }

  deinit { unsafe XML_ParserFree(parser) }

  @inline(__always)
  private static func of(_ user: UnsafeMutableRawPointer) -> XMLParser {
    unsafe Unmanaged<XMLParser>.fromOpaque(user).takeUnretainedValue()
  }

  /// Whether these elements and no others are open, of the spreadsheet's namespace or of none.
  func isInside(_ names: [XMLName]) -> Bool {
    open.map(\.0) == names && open.allSatisfy { $0.1 == .spreadsheet || $0.1 == .none }
  }

  /// Whether it is given all of the document, so that it can count lines.
  var seesWhole = true

  /// Parses a piece.
  func feed(_ piece: Span<UInt8>) throws(Refusal) {
    // Small steps: what expat keeps of an unfinished tag is scanned again at each of them.
    var at = 0
    while at < piece.count {
      let end = min(at + 1 << 16, piece.count)
      unsafe piece.extracting(at..<end).withUnsafeBytes { bytes in
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        if unsafe XML_Parse(parser, start, Int32(bytes.count), 0) != XML_STATUS_OK {
          refusal = refusal ?? malformed()
        }
      }
      fed += end - at
      at = end
      if let refusal { throw refusal }
      if unsafe fed - XML_GetCurrentByteIndex(parser) > Bound.tokenBytes {
        throw .hostile(fr: "balise démesurée", en: "an oversized tag")
      }
    }
  }

  /// Parses a whole document.
  static func parse(
    _ bytes: [UInt8], _ handler: XMLHandler, allowsDoctype: Bool = false
  ) throws(Refusal) {
    let parser = try XMLParser(handler, allowsDoctype: allowsDoctype)
    try parser.feed(bytes.span)
    try parser.finish()
  }

  /// Ends the document.
  func finish() throws(Refusal) {
    if unsafe XML_Parse(parser, nil, 0, 1) != XML_STATUS_OK { refusal = refusal ?? malformed() }
    if let refusal { throw refusal }
    try handler.finish()
  }

  private func malformed() -> Refusal {
    guard seesWhole else { return .damaged(fr: "XML incorrect", en: "malformed XML") }
    let line = unsafe XML_GetCurrentLineNumber(parser)
    return .damaged(
      fr: "XML incorrect (ligne \(line) d’une partie)", en: "malformed XML (line \(line) of a part)"
    )
  }

  private func stop(_ refusal: Refusal) {
    if self.refusal == nil { self.refusal = refusal }
    unsafe XML_StopParser(parser, 0)
  }

  private static let entities = Refusal.hostile(
    fr: "entités XML déclarées dans le fichier", en: "XML entities declared in the file")

  // MARK: Events

  private func start(
    _ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>
  ) {
    // Expat may deliver what it had scanned before it stops.
    guard refusal == nil else { return }
    var count = 0
    while let key = unsafe attributes[count] {
      if unsafe key[0] == 0x78 { unsafe spaces.declare(key, attributes[count + 1], open.count) }
      count += 2
    }
    let (space, hash) = unsafe spaces.resolve(name, usesDefault: true)
    let known = table.name(hash)
    open.append((known, space))
    guard open.count <= Bound.depth else {
      return stop(.hostile(fr: "balises trop imbriquées", en: "elements nested too deep"))
    }
    do {
      try handler.start(
        known, space, unsafe XMLAttributes(attributes, count: count / 2, parser: self))
    } catch { stop(error) }
  }

  private func end() {
    guard refusal == nil, let (name, space) = open.popLast() else { return }
    do { try handler.end(name, space) } catch { stop(error) }
    spaces.leave(open.count)
  }

  private func characters(_ bytes: UnsafePointer<CChar>, _ count: Int) {
    guard refusal == nil else { return }
    let raw = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    do {
      try unsafe handler.text(Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)))
    } catch { stop(error) }
  }

  private func doctype(hasSubset: Bool) {
    if hasSubset || !allowsDoctype { stop(Self.entities) }
  }

  fileprivate func resolve(_ key: UnsafePointer<CChar>) -> (XMLNamespace, XMLName) {
    let (space, hash) = unsafe spaces.resolve(key, usesDefault: false)
    return (space, table.name(hash))
  }

  /// Windows-1252, the one encoding that expat lacks and exports use.
  private static func fill(
    _ encoding: UnsafeMutablePointer<XML_Encoding>, named name: String
  ) -> Bool {
    guard ["windows-1252", "cp1252"].contains(name.lowercased()) else { return false }
    unsafe withUnsafeMutableBytes(of: &encoding.pointee.map) { raw in
      let map = unsafe raw.assumingMemoryBound(to: Int32.self)
      for i in 0..<256 { unsafe map[i] = Int32(Windows1252.scalars[i]) }
    }
    return true
  }
}

/// The attributes of a start tag, valid inside the event that they come with.
@safe struct XMLAttributes {
  private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>
  private unowned(unsafe) let parser: XMLParser
  /// How many there are.
  let count: Int

  fileprivate init(
    _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>, count: Int, parser: XMLParser
  ) {
    unsafe self.pairs = unsafe pairs
    self.count = count
    unsafe self.parser = parser
  }

  /// The local name of attribute `i`.
  func name(_ i: Int) -> XMLName { nameAndSpace(i).1 }

  /// The namespace and the local name of attribute `i`.
  @inline(__always)
  func nameAndSpace(_ i: Int) -> (XMLNamespace, XMLName) {
    guard i >= 0, i < count, let key = unsafe pairs[2 * i] else { return (.none, .unknown) }
    return unsafe parser.resolve(key)
  }

  /// The value of attribute `i`, as bytes.
  @inline(__always)
  func withBytes<R>(_ i: Int, _ body: (Span<UInt8>) -> R) -> R {
    guard i >= 0, i < count, let value = unsafe pairs[2 * i + 1] else {
      return body(unsafe Span(_unsafeElements: UnsafeBufferPointer(start: nil, count: 0)))
    }
    var length = 0
    while unsafe value[length] != 0 { length += 1 }
    let raw = unsafe UnsafeRawBufferPointer(start: value, count: length)
    return body(unsafe Span(_unsafeElements: raw.assumingMemoryBound(to: UInt8.self)))
  }

  /// The value of attribute `i`.
  func string(_ i: Int) -> String {
    withBytes(i) { bytes in
      var out: [UInt8] = []
      out.append(bytes)
      return String(decoding: out, as: UTF8.self)
    }
  }

  /// The value of the attribute of a name, in any namespace or in one.
  func string(_ wanted: XMLName, in space: XMLNamespace? = nil) -> String? {
    for i in 0..<count {
      let (itsSpace, name) = nameAndSpace(i)
      if name == wanted, space == nil || space == itsSpace { return string(i) }
    }
    return nil
  }

  /// The value of attribute `i` as a whole number; nil when it is none, or not below 2^40.
  @inline(__always)
  func integer(_ i: Int) -> Int? {
    withBytes(i) { bytes in
      guard bytes.count > 0, bytes.count <= 12 else { return nil }
      var out = 0
      for k in 0..<bytes.count {
        let digit = bytes[k] &- 0x30
        guard digit <= 9 else { return nil }
        out = out * 10 + Int(digit)
      }
      return out
    }
  }

  /// Whether attribute `i` says yes: `1`, `true`, `on`.
  func isTrue(_ i: Int) -> Bool { ["1", "true", "on", "t"].contains(string(i)) }
}

/// The prefixes in force, from the document's declarations.
@safe private struct NamespaceScope {
  private var bindings: [(depth: Int, prefix: [UInt8], space: XMLNamespace)] = []
  private var byDefault = XMLNamespace.none

  /// Takes `xmlns` or `xmlns:p` on an element at a depth; no other attribute.
  mutating func declare(
    _ key: UnsafePointer<CChar>, _ value: UnsafePointer<CChar>?, _ depth: Int
  ) {
    var bytes: [UInt8] = []
    var i = 0
    while unsafe key[i] != 0 {
      unsafe bytes.append(UInt8(bitPattern: key[i]))
      i += 1
    }
    guard bytes.starts(with: [0x78, 0x6D, 0x6C, 0x6E, 0x73]), let value = unsafe value,
      bytes.count == 5 || bytes[5] == 0x3A
    else { return }
    let space = unsafe XMLNamespace(uri: String(cString: value))
    bindings.append((depth, Array(bytes.dropFirst(6)), space))
    if bytes.count == 5 { byDefault = space }
  }

  /// Forgets what the element at a depth declared.
  @inline(__always)
  mutating func leave(_ depth: Int) {
    guard let last = bindings.last, last.depth >= depth else { return }
    while let last = bindings.last, last.depth >= depth { bindings.removeLast() }
    byDefault = bindings.last { $0.prefix.isEmpty }?.space ?? .none
  }

  /// The namespace of a name, and the hash of its local part.
  @inline(__always)
  func resolve(
    _ name: UnsafePointer<CChar>, usesDefault: Bool
  ) -> (XMLNamespace, hash: UInt64) {
    var hash = XMLNameTable.seed
    var i = 0
    var prefix = -1
    while true {
      let byte = unsafe UInt8(bitPattern: name[i])
      if byte == 0 { break }
      if byte == 0x3A, prefix < 0 {
        prefix = i
        hash = XMLNameTable.seed
      } else {
        hash = XMLNameTable.mix(hash, byte)
      }
      i += 1
    }
    if prefix < 0 { return (usesDefault ? byDefault : .none, hash) }
    return unsafe (space(name, prefix), hash)
  }

  private func space(_ name: UnsafePointer<CChar>, _ length: Int) -> XMLNamespace {
    search: for binding in bindings.reversed() where binding.prefix.count == length {
      for i in 0..<length where unsafe UInt8(bitPattern: name[i]) != binding.prefix[i] {
        continue search
      }
      return binding.space
    }
    return .other
  }
}

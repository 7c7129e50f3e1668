/// A handler of a part that is mostly a list of items in plain spelling.
protocol ItemHandler: AnyObject {
  /// How the tag of an item begins.
  static var itemTag: [UInt8] { get }
  /// The elements around items.
  static var parents: [XMLName] { get }
  /// Reads whole items from the start of a piece.
  func readItems(_ piece: Span<UInt8>) throws(Refusal) -> (next: Int, ItemScanner.Outcome)
}

/// Gives a part to the parser of XML but for the items that a scanner reads faster: what stands
/// before them, what stands after them, and all from the first item that is not plain.
struct ItemFeed<Handler: XMLHandler & ItemHandler> {
  private let handler: Handler
  private let parser: XMLParser
  private var state = State.before
  /// What waits: the beginning of the part, then the beginning of an item.
  private var waiting: [UInt8] = []

  private enum State { case before, items, after }

  init(_ handler: Handler, _ parser: XMLParser) {
    self.handler = handler
    self.parser = parser
  }

  /// Takes a piece.
  mutating func take(_ piece: Span<UInt8>) throws(Refusal) {
    switch state {
    case .after: try parser.feed(piece)
    case .before:
      waiting.append(piece)
      if let place = Self.place(of: Handler.itemTag, in: waiting.span) {
        try begin(at: place)
      } else if waiting.count > 1 << 18 {
        try leave()
      }
    case .items:
      waiting.append(piece)
      try readItems()
    }
  }

  /// Ends the part.
  mutating func finish() throws(Refusal) {
    try leave()
    try parser.finish()
  }

  /// Leaves what waits and all that comes to the parser.
  private mutating func leave() throws(Refusal) {
    state = .after
    try parser.feed(waiting.span)
    waiting = []
  }

  private mutating func begin(at place: Int) throws(Refusal) {
    guard Self.isPlain(waiting.span.extracting(0..<place)) else { return try leave() }
    try parser.feed(waiting.span.extracting(0..<place))
    waiting.removeFirst(place)
    guard parser.isInside(Handler.parents) else { return try leave() }
    state = .items
    try readItems()
  }

  private mutating func readItems() throws(Refusal) {
    let (next, outcome) = try handler.readItems(waiting.span)
    if next > 0 { parser.seesWhole = false }
    waiting.removeFirst(next)
    if outcome == .odd || waiting.count > Bound.tokenBytes { try leave() }
  }

  /// Whether the beginning of a part is in UTF-8 and without comments or declarations of types.
  private static func isPlain(_ head: Span<UInt8>) -> Bool {
    var bytes: [UInt8] = []
    bytes.append(head)
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    guard !text.contains("<!") else { return false }
    guard let word = text.firstRange(of: "encoding") else { return true }
    let said = text[word.upperBound...]
    return said.hasPrefix("=\"utf-8\"") || said.hasPrefix("='utf-8'")
  }

  private static func place(of word: [UInt8], in s: Span<UInt8>) -> Int? {
    guard let first = word.first, s.count >= word.count else { return nil }
    search: for i in 0...s.count - word.count where s[i] == first {
      for k in 1..<word.count where s[i + k] != word[k] { continue search }
      return i
    }
    return nil
  }
}

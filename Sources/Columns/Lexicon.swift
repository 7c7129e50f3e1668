/// The strings behind a column's dense codes: code n stands for entry n. Append-only.
///
/// Entries lie one after the other in one byte buffer, so that a lexicon of a million keys is
/// two arrays and no `String` exists until one is asked for.
package struct Lexicon: Sendable {
  /// UTF-8 of all entries, end to end.
  package private(set) var bytes: [UInt8]
  /// Where each entry begins; one more element than there are entries.
  package private(set) var offsets: [Int]

  /// An empty lexicon.
  package init() {
    bytes = []
    offsets = [0]
  }

  /// A lexicon over given storage; `offsets` ascends from 0 to `bytes.count`.
  package init(bytes: [UInt8], offsets: [Int]) {
    precondition(offsets.first == 0 && offsets.last == bytes.count, "offsets must span the bytes")
    self.bytes = bytes
    self.offsets = offsets
  }

  /// A lexicon of given entries, in order.
  package init(_ entries: some Sequence<String>) {
    self.init()
    for entry in entries { append(entry) }
  }

  /// The number of entries.
  package var count: Int { offsets.count - 1 }

  /// The entry of a code.
  package subscript(code: Int) -> String {
    String(decoding: bytes[offsets[code]..<offsets[code + 1]], as: UTF8.self)
  }

  /// All entries as strings.
  package var strings: [String] { (0..<count).map { self[$0] } }

  /// Adds an entry and returns its code. Does not look for an equal one: see `Interner`.
  @discardableResult
  package mutating func append(_ entry: String) -> Int32 {
    bytes.append(contentsOf: entry.utf8)
    offsets.append(bytes.count)
    return Int32(count - 1)
  }

  /// Adds an entry by its bytes and returns its code.
  @discardableResult
  package mutating func append(bytes more: ArraySlice<UInt8>) -> Int32 {
    bytes.append(contentsOf: more)
    offsets.append(bytes.count)
    return Int32(count - 1)
  }

  /// The code of an entry, by linear search.
  ///
  /// - Complexity: O(entries). For repeated look-ups use `Interner`.
  package func code(of entry: String) -> Int32? {
    let wanted = Array(entry.utf8)
    for i in 0..<count where offsets[i + 1] - offsets[i] == wanted.count {
      if bytes[offsets[i]..<offsets[i + 1]].elementsEqual(wanted) { return Int32(i) }
    }
    return nil
  }
}

/// Gives each distinct string one code, in order of first appearance.
package struct Interner: Sendable {
  /// The strings met so far.
  package private(set) var lexicon: Lexicon
  private var codes: [String: Int32]

  /// Starts from the entries of an existing lexicon.
  package init(_ lexicon: Lexicon = Lexicon()) {
    self.lexicon = lexicon
    codes = Dictionary(minimumCapacity: lexicon.count)
    for i in 0..<lexicon.count { codes[lexicon[i]] = Int32(i) }
  }

  /// The code of `entry`, new if it was not met before.
  package mutating func code(_ entry: String) -> Int32 {
    if let code = codes[entry] { return code }
    let code = lexicon.append(entry)
    codes[entry] = code
    return code
  }

  /// The code of `entry` if it was met before.
  package func known(_ entry: String) -> Int32? { codes[entry] }
}

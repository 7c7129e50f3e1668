import Columns
import Diagnostics
import Model

/// Gives a submission's texts their project-wide codes, and its identifiers of people and homes
/// their pseudonyms. Collects what is new; writes nothing itself.
final class Coder {
  /// One domain while a submission lands.
  private struct Domain {
    var index: TextIndex
    /// Entries that the store has.
    let stored: Int
    /// Pseudonyms by the user's identifier; nil when the domain has none.
    var pseudonyms: [String: String]?
    /// Pseudonyms in use.
    var shown: Set<String> = []
  }

  private let reader: ColumnReader
  private let identities: IdentityFile?
  private let model: Model
  private var domains: [String: Domain] = [:]
  /// New pairs of identifier and pseudonym.
  private(set) var newPairs: [(domain: String, external: String, pseudonym: String)] = []

  init(_ reader: ColumnReader, _ identities: IdentityFile?, _ model: Model) {
    self.reader = reader
    self.identities = identities
    self.model = model
  }

  /// The stored columns of a batch, with project-wide codes.
  ///
  /// - Throws: `Failure` when a column is not the model's.
  func coded(_ batch: TableBatch, _ table: TableDeclaration) throws(Failure) -> [String: Column] {
    var out: [String: Column] = [:]
    for (name, column) in batch.columns {
      guard let declaration = table[name], column.count == batch.rowCount,
        declaration.isPrivate || declaration.fits(column)
      else { throw .misfit(table.name, name) }
      if declaration.isPrivate { continue }
      out[name] =
        if case .text(let codes, let lexicon) = column {
          try coded(codes, lexicon, declaration.domain)
        } else {
          column
        }
    }
    return out
  }

  private func coded(
    _ codes: [Int32], _ lexicon: Lexicon, _ name: String
  ) throws(Failure) -> Column {
    var domain = try domain(name)
    domains[name] = nil
    // Each entry once, in the order of the rows; entries that no row uses leave no trace.
    var translation = [Int32](repeating: Column.missingCode, count: lexicon.count)
    let entries = lexicon.bytes.span
    var previous = Column.missingCode
    for code in codes where code != previous {
      previous = code
      if code == Column.missingCode || translation[Int(code)] != Column.missingCode { continue }
      let range = lexicon.offsets[Int(code)]..<lexicon.offsets[Int(code) + 1]
      translation[Int(code)] =
        domain.pseudonyms == nil
        ? domain.index.code(entries, range)
        : domain.index.code(pseudonym(of: lexicon[Int(code)], name, &domain))
    }
    domains[name] = domain
    let known = translation
    let isSame = known.indices.allSatisfy { known[$0] < 0 || Int(known[$0]) == $0 }
    let out =
      isSame ? codes : codes.map { $0 == Column.missingCode ? $0 : known[Int($0)] }
    return .text(codes: out, Lexicon())
  }

  /// The code of a text, or of an identifier's pseudonym, where there is one already.
  func known(_ text: String, _ name: String) throws(Failure) -> Int32? {
    let domain = try domain(name)
    domains[name] = domain
    guard let pseudonyms = domain.pseudonyms else { return domain.index.known(text) }
    return pseudonyms[text].flatMap(domain.index.known)
  }

  /// What is stored for an identifier.
  private func pseudonym(of entry: String, _ name: String, _ domain: inout Domain) -> String {
    if let known = domain.pseudonyms?[entry] { return known }
    var new = randomPseudonym(domain: name)
    while !domain.shown.insert(new).inserted { new = randomPseudonym(domain: name) }
    domain.pseudonyms?[entry] = new
    newPairs.append((name, entry, new))
    return new
  }

  private func domain(_ name: String) throws(Failure) -> Domain {
    if let known = domains[name] { return known }
    let lexicon = try reader.lexicon(name)
    let pseudonyms: [String: String]? =
      model.isPseudonymous(domain: name) ? try identities?.pseudonyms(name) ?? [:] : nil
    var domain = Domain(
      index: TextIndex(lexicon), stored: lexicon.count, pseudonyms: pseudonyms)
    if pseudonyms != nil { domain.shown = Set(lexicon.strings) }
    return domain
  }

  /// Entries that the store does not have yet, by domain, in a fixed order: those between the
  /// offsets.
  var newEntries: [(domain: String, bytes: [UInt8], offsets: ArraySlice<Int>)] {
    domains.sorted { $0.key < $1.key }.compactMap { name, domain in
      if domain.index.count == domain.stored { return nil }
      return (name, domain.index.bytes, domain.index.offsets[domain.stored...])
    }
  }
}

import Columns
import Diagnostics
import Model

/// Gives a submission's texts their project-wide codes, and its identifiers of people and homes
/// their pseudonyms. Collects what is new; writes nothing itself.
final class Coder {
  /// One domain while a submission lands.
  private struct Domain {
    var interner: Interner
    /// Entries that the store has.
    let stored: Int
    /// Pseudonyms by the user's identifier; nil when the domain has none.
    var pseudonyms: [String: String]?
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
    // Each entry once, in the order of the rows; entries that no row uses leave no trace.
    var translation = [Int32](repeating: Column.missingCode, count: lexicon.count)
    let out = codes.map { code -> Int32 in
      if code == Column.missingCode { return code }
      if translation[Int(code)] == Column.missingCode {
        let entry = lexicon[Int(code)]
        translation[Int(code)] = domain.interner.code(shown(entry, name, &domain))
      }
      return translation[Int(code)]
    }
    domains[name] = domain
    return .text(codes: out, domain.interner.lexicon)
  }

  /// What is stored for an entry: itself, or its pseudonym.
  private func shown(_ entry: String, _ name: String, _ domain: inout Domain) -> String {
    guard let pseudonyms = domain.pseudonyms else { return entry }
    if let known = pseudonyms[entry] { return known }
    var new = randomPseudonym(domain: name)
    while domain.interner.known(new) != nil { new = randomPseudonym(domain: name) }
    domain.pseudonyms?[entry] = new
    newPairs.append((name, entry, new))
    return new
  }

  private func domain(_ name: String) throws(Failure) -> Domain {
    if let known = domains[name] { return known }
    let lexicon = try reader.lexicon(name)
    let pseudonyms: [String: String]? =
      model.isPseudonymous(domain: name) ? try identities?.pseudonyms(name) ?? [:] : nil
    return Domain(
      interner: Interner(lexicon), stored: lexicon.count, pseudonyms: pseudonyms)
  }

  /// Entries that the store does not have yet, by domain, in a fixed order.
  var newEntries: [(domain: String, entries: [String])] {
    domains.sorted { $0.key < $1.key }.compactMap { name, domain in
      let lexicon = domain.interner.lexicon
      if lexicon.count == domain.stored { return nil }
      return (name, (domain.stored..<lexicon.count).map { lexicon[$0] })
    }
  }
}

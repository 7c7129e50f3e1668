/// The parts of an Open XML package, and how they name one another (ECMA-376 Part 2).
struct Package {
  let archive: ZipArchive

  /// A relationship of a part to another.
  struct Relation {
    /// The last word of its type: `worksheet`, `sharedStrings`.
    var type: String
    var target: String
    var isExternal: Bool
  }

  /// Parses a part.
  func parse(_ entry: ZipEntry, _ handler: XMLHandler) throws(Refusal) {
    let parser = try XMLParser(handler)
    try archive.read(entry) { (piece) throws(Refusal) in try parser.feed(piece) }
    try parser.finish()
  }

  /// Parses a part made of many items.
  func parseItems(
    _ entry: ZipEntry, _ handler: some XMLHandler & ItemHandler
  ) throws(Refusal) {
    var feed = ItemFeed(handler, try XMLParser(handler))
    try archive.read(entry) { (piece) throws(Refusal) in try feed.take(piece) }
    try feed.finish()
  }

  /// The relationships of a part by their id; `""` is the package.
  func relations(of part: String) throws(Refusal) -> [String: Relation] {
    let slash = part.utf8.lastIndex(of: 0x2F)
    let folder = slash.map { String(part[...$0]) } ?? ""
    let file = slash.map { String(part[part.utf8.index(after: $0)...]) } ?? part
    guard let entry = archive[folder + "_rels/" + file + ".rels"] else { return [:] }
    let handler = RelationsHandler()
    try parse(entry, handler)
    return handler.relations
  }

  /// The name of the part that a relationship of `part` leads to.
  ///
  /// - Throws: when it leads out of the package.
  func target(of relation: Relation, from part: String) throws(Refusal) -> String {
    guard !relation.isExternal else {
      throw .hostile(
        fr: "une feuille est à chercher ailleurs que dans le fichier",
        en: "a sheet is to be fetched from outside the file")
    }
    var path: [Substring] = []
    let isAbsolute = relation.target.utf8.first == 0x2F
    if !isAbsolute { path = part.split(separator: "/").dropLast() }
    for step in relation.target.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
      switch step {
      case ".": continue
      case "..":
        guard path.popLast() != nil else {
          throw .hostile(
            fr: "un lien interne sort du classeur", en: "a link inside leads out of the workbook")
        }
      default: path.append(step)
      }
    }
    return path.joined(separator: "/")
  }
}

/// Reads a part of relationships.
private final class RelationsHandler: XMLHandler {
  var relations: [String: Package.Relation] = [:]

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    guard name == .Relationship, let id = attributes.string(.Id) else { return }
    guard relations.count < Bound.entries else {
      throw .hostile(fr: "trop de liens internes", en: "too many links inside")
    }
    let type = attributes.string(.relationType) ?? ""
    relations[id] = Package.Relation(
      type: type.split(separator: "/").last.map(String.init) ?? "",
      target: attributes.string(.Target) ?? "",
      isExternal: attributes.string(.TargetMode)?.lowercased() == "external")
  }
}

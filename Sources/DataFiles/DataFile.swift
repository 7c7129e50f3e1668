public import Diagnostics
import FoundationEssentials

/// A JSON5 file of the project (model, definition, mapping, report), checked against its shape.
public struct DataFile: Sendable {
  /// The file as messages name it.
  public let name: String
  /// Its whole text.
  public let text: String
  private let places: [String: (line: Int, column: Int)]

  /// Reads and checks a file.
  ///
  /// - Throws: `Failure`: `input` when the file cannot be read, `failed` with line and column
  ///   when it breaks JSON5, repeats a key, holds an unknown one or lacks a required one.
  public init(path: String, shape: Shape) throws(Failure) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .input, code: "file.unreadable", fr: "fichier illisible ou absent",
        en: "file missing or unreadable", at: SourceLocation(file: path))
    }
    try self.init(name: path, text: String(decoding: data, as: UTF8.self), shape: shape)
  }

  /// Checks a text that is already in memory.
  ///
  /// - Throws: as `init(path:shape:)`.
  public init(name: String, text: String, shape: Shape) throws(Failure) {
    self.name = name
    self.text = text
    let root: Outline.Node
    do {
      root = try Outline.read(text)
    } catch {
      throw Failure(
        [
          Diagnostic(
            code: "data.syntax", error.message,
            at: SourceLocation(file: name, line: error.place.line, column: error.place.column))
        ], status: .failed)
    }
    var check = ShapeCheck(file: name)
    check.visit(root, shape, path: "")
    guard check.found.isEmpty else { throw Failure(check.found, status: .failed) }
    places = check.places
  }

  /// Decodes the file's values.
  ///
  /// - Throws: `Failure` with status `failed`, naming key, line and column.
  public func decode<T: Decodable>(_ type: T.Type) throws(Failure) -> T {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(type, from: Data(text.utf8))
    } catch let error as DecodingError {
      let (path, reason) = DataFile.explain(error)
      throw Failure(
        .failed, code: "data.value", fr: "valeur non valable pour « \(path) » (\(reason))",
        en: "bad value for “\(path)” (\(reason))", at: location(of: path))
    } catch {
      throw Failure(
        .failed, code: "data.value", fr: "contenu illisible", en: "unreadable content",
        at: SourceLocation(file: name))
    }
  }

  /// Where a key's value begins; `path` joins keys and 0-based list positions with dots.
  public func location(of path: String) -> SourceLocation {
    let place = places[path]
    return SourceLocation(file: name, line: place?.line, column: place?.column)
  }

  private static func explain(_ error: DecodingError) -> (path: String, reason: String) {
    func join(_ path: [any CodingKey], _ last: (any CodingKey)? = nil) -> String {
      (path + (last.map { [$0] } ?? [])).map { $0.intValue.map(String.init) ?? $0.stringValue }
        .joined(separator: ".")
    }
    switch error {
    case .typeMismatch(let type, let c): return (join(c.codingPath), "\(type)")
    case .valueNotFound(let type, let c): return (join(c.codingPath), "\(type)")
    case .keyNotFound(let key, let c): return (join(c.codingPath, key), "?")
    case .dataCorrupted(let c): return (join(c.codingPath), c.debugDescription)
    @unknown default: return ("", "")
    }
  }

  /// The files of a folder and its subfolders that end in `.json5`, sorted by path.
  public static func list(in folder: String) -> [String] {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      return []
    }
    return names.filter { $0.hasSuffix(".json5") }.sorted().map { folder + "/" + $0 }
  }
}

/// Walks an outline beside its shape and collects what does not fit.
private struct ShapeCheck {
  let file: String
  var found: [Diagnostic] = []
  var places: [String: (line: Int, column: Int)] = [:]

  mutating func visit(_ node: Outline.Node, _ shape: Shape, path: String) {
    places[path] = (node.place.line, node.place.column)
    func child(_ name: String) -> String { path.isEmpty ? name : path + "." + name }
    switch (node, shape) {
    case (.scalar, .scalar), (.scalar, .any): break
    case (.list(_, let nodes), .list(let element)):
      for (i, n) in nodes.enumerated() { visit(n, element, path: child("\(i)")) }
    case (.list(_, let nodes), .any):
      for (i, n) in nodes.enumerated() { visit(n, .any, path: child("\(i)")) }
    case (.object(_, let members), .map(let element)):
      for m in members { visit(m.value, element, path: child(m.key)) }
    case (.object(_, let members), .any):
      for m in members { visit(m.value, .any, path: child(m.key)) }
    case (.object(let at, let members), .object(let known, let required)):
      for m in members {
        if let inner = known[m.key] {
          visit(m.value, inner, path: child(m.key))
        } else {
          let near = Suggestion.nearest(to: m.key, among: known.keys.sorted())
          report(
            m.place, code: "data.unknown-key",
            Phrase(fr: "clé inconnue « \(m.key) »", en: "unknown key “\(m.key)”"),
            remedy: near.map {
              Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
            })
        }
      }
      for name in required where !members.contains(where: { $0.key == name }) {
        report(
          at, code: "data.missing-key",
          Phrase(fr: "il manque la clé « \(name) »", en: "the key “\(name)” is missing"))
      }
    default:
      let (fr, en) =
        switch shape {
        case .scalar: ("un texte ou un nombre est attendu", "a text or a number is expected")
        case .list: ("une liste [ … ] est attendue", "a list [ … ] is expected")
        default: ("un objet { … } est attendu", "an object { … } is expected")
        }
      report(node.place, code: "data.kind", Phrase(fr: fr, en: en))
    }
  }

  private mutating func report(
    _ place: Outline.Place, code: String, _ message: Phrase, remedy: Phrase? = nil
  ) {
    found.append(
      Diagnostic(
        code: code, message, remedy: remedy,
        at: SourceLocation(file: file, line: place.line, column: place.column)))
  }
}

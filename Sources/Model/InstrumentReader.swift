import DataFiles
public import Diagnostics
import Threads

extension Instruments {
  /// Reads all questionnaires of a folder; a folder that is not there holds none.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  public init(folder: String) throws(Failure) {
    var problems: [Diagnostic] = []
    var read: [Instrument] = []
    var origins: [String: String] = [:]
    let paths = DataFile.list(in: folder)
    let files = Workers.share(paths.count) { i -> Result<(Instrument, DataFile), Failure> in
      do throws(Failure) {
        let file = try DataFile(path: paths[i], shape: InstrumentShape.instrument)
        return .success((try Instrument(file), file))
      } catch {
        return .failure(error)
      }
    }
    for (path, result) in zip(paths, files) {
      switch result {
      case .success(let (instrument, file)):
        if let other = origins[instrument.name] {
          problems.append(
            Diagnostic(
              code: "instrument.duplicate",
              Phrase(
                fr: "questionnaire « \(instrument.name) » déjà déclaré dans \(other)",
                en: "instrument “\(instrument.name)” is already declared in \(other)"),
              at: file.location(of: "instrument")))
          continue
        }
        origins[instrument.name] = path
        read.append(instrument)
      case .failure(let failure): problems += failure.diagnostics
      }
    }
    if !problems.isEmpty { throw Failure(problems, status: .failed) }
    all = read.sorted { ($0.catalogue, $0.name) < ($1.catalogue, $1.name) }
  }
}

extension Instrument {
  /// Reads a questionnaire from its file.
  ///
  /// - Throws: `Failure` with every problem of the file, each with line and column.
  init(_ file: DataFile) throws(Failure) {
    let raw = try file.decode(RawInstrument.self)
    var check = InstrumentCheck(file: file)
    check.answers(raw)
    items = check.items(raw)
    scales = check.scales(raw)
    if !check.problems.isEmpty { throw Failure(check.problems, status: .failed) }
    name = raw.instrument
    catalogue = raw.catalogue
    version = raw.version
    title = raw.title
    description = raw.description
    period = raw.period
    source = raw.source
    licence = raw.licence
    copyright = raw.copyright
    translation = raw.translation
  }
}

/// The shape of a questionnaire's file.
enum InstrumentShape {
  static let instrument = Shape.object(
    [
      "instrument": .scalar, "catalogue": .scalar, "version": .scalar, "title": .phrase,
      "description": .phrase, "period": .phrase, "source": .scalar, "licence": .phrase,
      "copyright": .scalar, "translation": .scalar,
      "answers": .map(.list(.object(["code": .scalar, "label": .phrase], required: ["code"]))),
      "items": .list(
        .object(
          [
            "item": .scalar, "answers": .scalar, "label": .phrase,
            "wording": .object(["fr": .scalar, "en": .scalar], required: []),
          ], required: ["item", "answers", "label"])),
      "scales": .list(scale),
    ],
    required: [
      "instrument", "catalogue", "version", "title", "description", "source", "licence",
      "translation", "answers", "items", "scales",
    ])

  private static let scale = Shape.object(
    [
      "scale": .scalar, "title": .phrase, "items": .list(.scalar), "reversed": .list(.scalar),
      "points": .list(
        .object(
          ["items": .list(.scalar), "codes": .map(.scalar)], required: ["items", "codes"])),
      "total": .scalar, "answered": .scalar,
      "each": .list(
        .object(
          ["items": .list(.scalar), "answered": .scalar], required: ["items", "answered"])),
      "factor": .scalar, "decimals": .scalar,
      "table": .list(
        .object(["total": .scalar, "score": .scalar], required: ["total", "score"])),
      "better": .scalar,
      "cutoffs": .list(
        .object(
          ["cutoff": .scalar, "at_least": .scalar, "at_most": .scalar, "label": .phrase],
          required: ["cutoff", "label"])),
    ], required: ["scale", "title", "items", "total", "better"])
}

/// A questionnaire's file as written.
struct RawInstrument: Decodable {
  struct Item: Decodable {
    var item: String
    var answers: String
    var label: Phrase
    var wording: [String: String]?
  }
  struct Points: Decodable {
    var items: [String]
    var codes: [String: Double]
  }
  struct Each: Decodable {
    var items: [String]
    var answered: Int
  }
  struct Row: Decodable {
    var total: Double
    var score: Double
  }
  struct Cutoff: Decodable {
    var cutoff: String
    var at_least: Double?
    var at_most: Double?
    var label: Phrase
  }
  enum Better: String, Decodable {
    case higher, lower, neither
  }
  struct Scale: Decodable {
    var scale: String
    var title: Phrase
    var items: [String]
    var reversed: [String]?
    var points: [Points]?
    var total: Instrument.Total
    var answered: Int?
    var each: [Each]?
    var factor: Double?
    var decimals: Int?
    var table: [Row]?
    var better: Better
    var cutoffs: [Cutoff]?
  }
  var instrument: String
  var catalogue: String
  var version: Int
  var title: Phrase
  var description: Phrase
  var period: Phrase?
  var source: String
  var licence: Phrase
  var copyright: String?
  var translation: Instrument.Translation
  var answers: [String: [Instrument.Answer]]
  var items: [Item]
  var scales: [Scale]
}

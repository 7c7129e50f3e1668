import Columns
import DataFiles
package import Diagnostics
import FoundationEssentials
package import Model
import Periods
import Threads

/// A definition and the plan that its formula makes.
package struct Indicator: Sendable {
  /// What the definition file states.
  package private(set) var definition: IndicatorDefinition
  let plan: Plan

  /// Checks a formula outside any file, for questions that a user types.
  ///
  /// - Throws: `Failure` with status `failed` and the column in the formula.
  package init(
    definition: IndicatorDefinition, model: Model, instruments: Instruments = .none
  ) throws(Failure) {
    self.definition = definition
    do {
      plan = try Checker.plan(
        definition.formula, parameters: definition.parameters.mapValues(\.value), model: model,
        instruments: instruments)
    } catch {
      throw Failure(
        [Indicator.diagnostic(error, in: definition)], status: .failed)
    }
    let found = cutProblems(model: model) + parameterProblems
    if !found.isEmpty { throw Failure(found, status: .failed) }
    let scans = plan.cutScans
    self.definition.restrictedCuts = Set(
      definition.cuts.filter { cut in
        scans.contains { scan in
          model.isRestricted(path: model[scan.table]?.dimensions[cut] ?? "", from: scan.table)
        }
      })
  }

  /// The indicator of a plan that was made from one that is checked.
  init(definition: IndicatorDefinition, plan: Plan) {
    (self.definition, self.plan) = (definition, plan)
  }

  private static func diagnostic(_ error: FormulaError, in definition: IndicatorDefinition)
    -> Diagnostic
  {
    var place = definition.formulaLocation
    var column = place.column ?? 1
    var line = place.line ?? 1
    for c in definition.formula.prefix(error.offset) {
      if c == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    place.line = line
    place.column = column
    let title = definition.id
    return Diagnostic(
      code: error.code,
      Phrase(
        fr: "indicateur « \(title) » : \(error.message.fr)",
        en: "indicator “\(title)”: \(error.message.en)"),
      remedy: error.remedy, at: place)
  }

  /// Declared parameters that the formula does not use: a number changed there would change
  /// nothing.
  private var parameterProblems: [Diagnostic] {
    let used = Set(
      ((try? Lexer.tokens(definition.formula)) ?? []).compactMap { token -> String? in
        if case .parameter(let name) = token.kind { name } else { nil }
      })
    return definition.parameters.keys.sorted().filter { !used.contains($0) }.map { name in
      Diagnostic(
        code: "definition.parameter",
        Phrase(
          fr:
            "indicateur « \(definition.id) » : la formule n’emploie pas le paramètre « \(name) »",
          en: "indicator “\(definition.id)”: the formula does not use the parameter “\(name)”"),
        remedy: Phrase(
          fr: "écrivez $\(name) dans la formule, ou ôtez-le",
          en: "write $\(name) in the formula, or remove it"), at: definition.formulaLocation)
    }
  }

  /// Declared cuts that some side of the formula does not know.
  private func cutProblems(model: Model) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for cut in definition.cuts where !plan.tellsEnds(cut) {
      for scan in plan.cutScans where model[scan.table]?.dimensions[cut] == nil {
        found.append(
          Diagnostic(
            code: "definition.cut",
            Phrase(
              fr:
                "indicateur « \(definition.id) » : la ventilation « \(cut) » ne s’applique pas à « \(scan.table) »",
              en: "indicator “\(definition.id)”: the cut “\(cut)” does not apply to “\(scan.table)”"
            ), at: definition.formulaLocation))
      }
    }
    return found
  }
}

extension Plan {
  /// The scans that must know a cut: all but those used only with the cuts rolled up.
  var cutScans: [Scan] {
    root.used.filter { !$0.isOverall }.flatMap { aggregates[$0.index].cutScans }
  }
}

/// All indicators of a folder of definition files.
package struct Catalogue: Sendable {
  /// Indicators in the order of catalogue codes, then identifiers.
  package let indicators: [Indicator]
  /// The file of each identifier.
  private let files: [String: String]
  private let model: Model
  private let instruments: Instruments

  /// The definitions alone.
  package var definitions: [IndicatorDefinition] { indicators.map(\.definition) }

  /// Reads every definition of a folder and its subfolders and checks it against the model and
  /// the questionnaires of the folder `instruments` beside it.
  ///
  /// With `words`, only the files in which one of them stands between quotes, as an identifier or
  /// a catalogue code does: an answer need not wait for all the others. Those whose parameters the
  /// settings name are then read too.
  ///
  /// - Throws: `Failure` with every problem of every file, each with file, line and column.
  package init(
    folder: String, model: Model, settings: ParameterSettings = .none, naming words: [String] = []
  ) throws(Failure) {
    var read: [Indicator] = []
    var problems: [Diagnostic] = []
    let instruments = try Instruments(folder: Catalogue.sibling("instruments", of: folder))
    // Files are read on all cores, each thread every so many of them.
    let named = words.isEmpty ? [] : words + settings.keys
    let paths = DataFile.list(in: folder).filter { named.isEmpty || Catalogue.says(named, $0) }
    let threads = max(1, min(Workers.count, paths.count / 8))
    let parts = Workers.map(threads) { part in
      stride(from: part, to: paths.count, by: threads).map {
        i -> (Int, Result<Indicator, Failure>) in
        do throws(Failure) {
          let indicator = try Indicator(
            path: paths[i], model: model, instruments: instruments, settings: settings)
          return (i, .success(indicator))
        } catch {
          return (i, .failure(error))
        }
      }
    }
    var sources: [String] = []
    for (i, result) in parts.joined().sorted(by: { $0.0 < $1.0 }) {
      switch result {
      case .success(let indicator):
        read.append(indicator)
        sources.append(paths[i])
      case .failure(let failure): problems += failure.diagnostics
      }
    }
    var seen: [String: SourceLocation] = [:]
    for indicator in read {
      let d = indicator.definition
      if let other = seen[d.id] {
        problems.append(
          Diagnostic(
            code: "definition.duplicate",
            Phrase(
              fr: "l’indicateur « \(d.id) » est déjà défini dans \(other.file)",
              en: "the indicator “\(d.id)” is already defined in \(other.file)"),
            at: d.formulaLocation))
      }
      seen[d.id] = d.formulaLocation
    }
    if problems.isEmpty { problems += settings.problems(among: read.map(\.definition)) }
    if !problems.isEmpty { throw Failure(problems, status: .failed) }
    indicators = read.sorted {
      ($0.definition.catalogue, $0.definition.id) < ($1.definition.catalogue, $1.definition.id)
    }
    files = Dictionary(
      zip(read.map(\.definition.id), sources), uniquingKeysWith: { first, _ in first })
    (self.model, self.instruments) = (model, instruments)
  }

  /// An indicator of the catalogue under other settings: its file alone is read again.
  ///
  /// - Throws: `Failure` when there is no such indicator, or with what is wrong in the settings.
  package func indicator(_ id: String, under settings: ParameterSettings) throws(Failure)
    -> Indicator
  {
    guard let file = files[id] else { return try find(id)[0] }
    let changed = try Indicator(
      path: file, model: model, instruments: instruments, settings: settings)
    let problems = settings.problems(of: changed.definition)
    if !problems.isEmpty { throw Failure(problems, status: .failed) }
    return changed
  }

  /// Whether one of some words stands between quotes in a file.
  private static func says(_ words: [String], _ path: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: path) else { return true }
    let text = data.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    let wanted = words.map { Array($0.lowercased().utf8) }
    return text.indices.contains { i in
      guard quotes.contains(text[i]) else { return false }
      return wanted.contains { word in
        let end = i + 1 + word.count
        return end < text.count && quotes.contains(text[end])
          && text[(i + 1)..<end].elementsEqual(word)
      }
    }
  }

  /// The folder of that name beside another one.
  private static func sibling(_ name: String, of folder: String) -> String {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    return (parts.dropLast() + [Substring(name)]).joined(separator: "/")
  }

  /// The indicators that a word names: an identifier, or a catalogue code (all that carry it).
  ///
  /// - Throws: `Failure` with status `usage` and the nearest name.
  package func find(_ word: String) throws(Failure) -> [Indicator] {
    let lower = word.lowercased()
    let found = indicators.filter {
      $0.definition.id == lower || $0.definition.catalogue.lowercased() == lower
    }
    if !found.isEmpty { return found }
    let names = definitions.flatMap { [$0.id, $0.catalogue] }
    let near = Suggestion.nearest(to: word, among: names)
    throw Failure(
      .usage, code: "indicator.unknown", fr: "indicateur inconnu : « \(word) »",
      en: "unknown indicator: “\(word)”",
      remedy: near.map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      }
        ?? Phrase(
          fr: "lien indicators donne la liste", en: "lien indicators lists them"))
  }
}

extension Indicator {
  /// Reads one definition file.
  fileprivate init(
    path: String, model: Model, instruments: Instruments, settings: ParameterSettings
  ) throws(Failure) {
    let file = try DataFile(path: path, shape: DefinitionShape.definition)
    let raw = try file.decode(RawDefinition.self)
    func refuse(_ key: String, fr: String, en: String) -> Failure {
      Failure(.failed, code: "definition.value", fr: fr, en: en, at: file.location(of: key))
    }
    let formula: String
    var location: SourceLocation
    switch (raw.formula, raw.formula_file) {
    case (let text?, nil):
      formula = text
      location = file.location(of: "formula")
      // The value begins with its quote.
      location.column = location.column.map { $0 + 1 }
    case (nil, let name?):
      let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/")
      let place = folder.isEmpty ? name : folder + "/" + name
      guard let data = FileManager.default.contents(atPath: place) else {
        throw refuse(
          "formula_file", fr: "fichier de formule introuvable", en: "formula file not found")
      }
      formula = String(decoding: data, as: UTF8.self)
      location = SourceLocation(file: place, line: 1, column: 1)
    default:
      throw refuse(
        "id", fr: "une formule est attendue : « formula » ou « formula_file »",
        en: "a formula is expected: “formula” or “formula_file”")
    }
    guard Day(iso: raw.valid_from) != nil else {
      throw refuse(
        "valid_from", fr: "une date AAAA-MM-JJ est attendue", en: "a date YYYY-MM-DD is expected")
    }
    guard ["up", "down", "none"].contains(raw.direction) else {
      throw refuse(
        "direction", fr: "up, down ou none est attendu", en: "up, down or none is expected")
    }
    guard IndicatorDefinition.units.contains(raw.unit) else {
      throw Failure(
        .failed, code: "definition.unit", fr: "unité inconnue : « \(raw.unit) »",
        en: "unknown unit: “\(raw.unit)”",
        remedy: Phrase(
          fr: "unités : \(IndicatorDefinition.units.joined(separator: ", "))",
          en: "units: \(IndicatorDefinition.units.joined(separator: ", "))"),
        at: file.location(of: "unit"))
    }
    guard let additivity = Additivity(rawValue: raw.additivity) else {
      throw refuse(
        "additivity", fr: "additive, stock ou non_additive est attendu",
        en: "additive, stock or non_additive is expected")
    }
    let known = raw.minimum_known_share ?? 0.8
    guard (0...1).contains(known) else {
      throw refuse(
        "minimum_known_share", fr: "une part entre 0 et 1 est attendue",
        en: "a share between 0 and 1 is expected")
    }
    let declared = try raw.parameters(in: file)
    let (parameters, place) = settings.applied(
      to: declared, id: raw.id, catalogue: raw.catalogue)
    func filled(_ phrase: Phrase, _ key: String) throws(Failure) -> Phrase {
      var out = ParameterText(parameters.mapValues(\.value))
      let phrase = Phrase(fr: out.filled(phrase.fr, .fr), en: out.filled(phrase.en, .en))
      guard let unknown = out.unknown else { return phrase }
      throw refuse(
        key, fr: "« {\(unknown)} » ne nomme aucun paramètre de la définition",
        en: "“{\(unknown)}” names no parameter of the definition")
    }
    let definition = IndicatorDefinition(
      id: raw.id, catalogue: raw.catalogue, version: raw.version, validFrom: raw.valid_from,
      title: try filled(raw.title, "title"), dimension: raw.dimension, axis: raw.axis,
      level: raw.level, unit: raw.unit, counts: try filled(raw.counts, "counts"),
      additivity: additivity, formula: formula, formulaLocation: location, cuts: raw.cuts,
      direction: raw.direction, minimumKnownShare: known, note: try filled(raw.note, "note"),
      source: raw.source, frameworks: raw.frameworks ?? [:], isSurvey: raw.survey ?? false,
      unknowns: raw.unknowns, parameters: parameters)
    do throws(Failure) {
      try self.init(definition: definition, model: model, instruments: instruments)
    } catch {
      // What fails only with the project's numbers is to be told where they stand.
      guard let place,
        (try? Checker.plan(
          formula, parameters: declared.mapValues(\.value), model: model, instruments: instruments))
          != nil
      else { throw error }
      throw Failure(
        error.diagnostics.map {
          Diagnostic(code: $0.code, $0.message, remedy: $0.remedy, at: place)
        },
        status: error.status)
    }
    if (raw.sql ?? true) != hasSQL {
      throw hasSQL
        ? refuse(
          "sql", fr: "cette formule a une requête SQL : ôtez « sql: false »",
          en: "this formula has an SQL query: remove “sql: false”")
        : refuse(
          "formula", fr: "SQL ne sait pas dire cette formule : ajoutez « sql: false »",
          en: "SQL cannot say this formula: add “sql: false”")
    }
  }
}

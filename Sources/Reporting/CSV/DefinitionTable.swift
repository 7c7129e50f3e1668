import Diagnostics
import Disclosure

/// What each figure of a release is, one line a definition: for whoever reads its data without its
/// pages.
struct DefinitionTable {
  private let headings: [ReleasedHeading]

  /// The definitions of some tables, each once, in their order.
  init(_ tables: [ReleasedTable]) {
    var met: Set<String> = []
    headings = tables.map(\.heading).filter { met.insert($0.fullID).inserted }
  }

  /// Comma, dot, LF, as the file of the data: its columns `indicator` and `version` are the same.
  var csv: String {
    let table = PlainTable(
      title: "",
      header: [
        "indicator", "version", "valid_from", "catalogue", "title_fr", "title_en", "counts_fr",
        "counts_en", "unit", "unknown_fr", "unknown_en", "dimension", "axis", "level",
        "additivity", "direction", "survey", "minimum_known_share", "formula", "parameters_fr",
        "parameters_en", "cuts", "note_fr", "note_en", "source",
      ],
      rows: headings.map { h in
        [
          h.id, h.version, h.validFrom, h.catalogue, h.title.fr, h.title.en, h.counts.fr,
          h.counts.en, h.unit, h.unknowns.fr, h.unknowns.en, h.dimension, h.axis, h.level,
          h.additivity, h.direction, h.isSurvey ? "1" : "0", Shortest.text(h.minimumKnownShare),
          h.formula, h.parameters.fr, h.parameters.en, h.cuts.joined(separator: " | "), h.method.fr,
          h.method.en, h.source,
        ]
      })
    return Tabular.csv.text([table], language: .fr)
  }
}

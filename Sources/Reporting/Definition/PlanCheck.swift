package import Diagnostics
import Periods

extension ReportPlan {
  /// Refuses figures that would mislead, which the layout alone does not show: it takes the
  /// indicators' definitions to see it.
  ///
  /// - Throws: `Failure` with every such figure, each with its place in the layout.
  package func check() throws(Failure) {
    var problems: [Diagnostic] = []
    for figure in layout.axes.flatMap(\.figures) {
      guard let own = indicator(of: figure.place) else { continue }
      func refuse(_ fr: String, _ en: String, _ remedy: Phrase) {
        problems.append(
          Diagnostic(
            code: "layout.misleading", Phrase(fr: fr, en: en), remedy: remedy,
            at: figure.place.location))
      }
      for cut in figure.cuts where !own.cuts.contains(cut) {
        let all = own.cuts.sorted().joined(separator: ", ")
        refuse(
          "« \(own.id) » ne se ventile pas par « \(cut) »", "“\(own.id)” has no cut “\(cut)”",
          all.isEmpty
            ? Phrase(fr: "cet indicateur n’a pas de ventilation", en: "this indicator has no cut")
            : Phrase(fr: "ses ventilations : \(all)", en: "its cuts: \(all)"))
      }
      if own.isSurvey, figure.chart == .bars || figure.chart == .columns {
        let isTime = figure.chart == .columns
        let other = isTime ? "lines" : "dots"
        refuse(
          "« \(figure.chart.rawValue) » cache l’intervalle d’une enquête (« \(own.id) »)",
          "“\(figure.chart.rawValue)” hides the interval of a survey (“\(own.id)”)",
          Phrase(fr: "choisissez « \(other) »", en: "choose “\(other)”"))
      }
      if case .time(.month) = figure.across, ReportPlan.averages.contains(own.unit) {
        refuse(
          "le mois d’une part ou d’une moyenne repose sur une poignée de personnes (« \(own.id) »)",
          "a month of a share or of a mean rests on a handful of people (“\(own.id)”)",
          Phrase(fr: "choisissez « year » ou « quarter »", en: "choose “year” or “quarter”"))
      }
    }
    guard problems.isEmpty else { throw Failure(problems, status: .failed) }
  }

  /// The units of values that are no amounts.
  private static let averages: Set<String> = ["share", "score", "index", "ratio"]
}

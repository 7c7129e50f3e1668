import Diagnostics
import Indicators
import Periods
import Reporting

/// What the layout of a report asks to be computed.
extension Workspace {
  /// The indicators of a layout, with their cuts and periods.
  ///
  /// - Throws: `Failure` at the place of the layout that asks for what there is not.
  func orders(_ plan: ReportPlan, of catalogue: Catalogue, reporting period: Period)
    throws(Failure) -> [Evaluator.Order]
  {
    var orders: [Evaluator.Order] = []
    var variants: [String: Indicator] = [:]
    for request in plan.requests {
      let periods = plan.layout.periods(of: request, reporting: period)
      for indicator in try find(request, in: catalogue, &variants) {
        orders.append(Evaluator.Order(indicator, cuts: request.cuts, periods: periods))
      }
    }
    return orders
  }

  /// The indicators of a request; an unknown one, or a number that its parameter cannot be, is an
  /// error of the layout, with its place there. Those under another number are kept in `variants`.
  private func find(
    _ request: ReportLayout.Request, in catalogue: Catalogue, _ variants: inout [String: Indicator]
  ) throws(Failure) -> [Indicator] {
    do {
      let found = try catalogue.find(request.indicator)
      guard let setting = request.setting, let own = found.first else { return found }
      let key = "\(own.definition.id) \(setting.name) \(setting.value)"
      if let known = variants[key] { return [known] }
      let variant = try catalogue.indicator(
        own.definition.id,
        under: project.parameters.with(
          setting.name, of: own.definition.id, at: setting.value, location: request.location))
      variants[key] = variant
      return [variant]
    } catch {
      throw Failure(
        error.diagnostics.map {
          Diagnostic(code: $0.code, $0.message, remedy: $0.remedy, at: request.location)
        }, status: .failed)
    }
  }
}

import Columns
import Diagnostics

extension Receipt.SetAside {
  /// The same without the text of a heading, and without the name of a sheet.
  var withoutNames: Receipt.SetAside {
    var out = self
    out.heading = nil
    out.sheet = nil
    out.place = place?.split(separator: "!").last.map(String.init)
    return out
  }

  /// A cell that was read with a doubt.
  init(_ problem: SheetProblem) {
    let reason = LayoutFault.diagnostic(problem.code)
    self.init(
      line: Int(problem.line), place: problem.place, code: problem.code, message: reason.message,
      remedy: reason.remedy, cell: problem.shown)
  }
}

extension Receipt {
  /// Tells where what was set aside stands in a sheet laid out by hand, cell by cell, and what the
  /// sheet was taken for.
  mutating func locate(_ rejects: [LayoutIntake.Located], in reading: SheetReading) {
    for (i, one) in rejects.prefix(problems.count).enumerated() {
      problems[i].place = one.place
      if let cell = one.cell { problems[i].cell = cell }
    }
    doubts = reading.problems.filter { $0.verdict == .doubtful }.map { SetAside($0) }
    heads = reading.regions.filter { $0.kind == .header }.map {
      Head(sheet: $0.sheet, rows: $0.range.top...$0.range.bottom)
    }
  }
}

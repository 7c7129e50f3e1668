extension FieldSheet {
  /// The sheet and its expectations as text, to read them by.
  public var text: String {
    var out = "== \(groups) seed \(seed): \(fileName)"
    if let residence { out += ", \(residence)" }
    if let failure { out += ", refused: \(failure)" }
    out += "\n"
    for grid in grids {
      out += "-- \(grid.name)\n"
      for (i, row) in grid.rows.enumerated() {
        out +=
          "\(i + 1)| " + row.map { $0.text.replacing("\n", with: "⏎") }.joined(separator: " | ")
        out += "\n"
      }
    }
    for row in rows {
      var parts = [row.source, row.date, row.title.isEmpty ? "–" : row.title]
      if let start = row.start { parts.append("at \(start)") }
      if let minutes = row.minutes { parts.append("for \(minutes)") }
      parts.append(row.person ?? "(\(row.headcount ?? 0))")
      if let flat = row.flat { parts.append(flat) }
      if row.status != "present" { parts.append(row.status) }
      if row.role != "participant" { parts.append(row.role) }
      if let amount = row.amount { parts.append("\(amount) €") }
      out += "  " + parts.joined(separator: " · ") + "\n"
    }
    for answer in answers {
      out += "  \(answer.respondent) \(answer.wave) · \(answer.item) = \(answer.value)\n"
    }
    for problem in problems { out += "  ! \(problem.cell) \(problem.code) \(problem.verdict)\n" }
    return out
  }
}

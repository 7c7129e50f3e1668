import Periods

/// Lays a plan out, and notes beside each cell what a good reader makes of it.
struct Writer {
  var plan: Plan
  var grids: [FieldGrid] = []
  var rows: [FieldRow] = []
  var problems: [FieldProblem] = []
  private var seen = Set<FieldRow>()

  init(_ plan: Plan) { self.plan = plan }

  // MARK: - Cells

  mutating func newGrid(_ name: String) { grids.append(FieldGrid(name: name)) }

  mutating func put(_ row: Int, _ column: Int, _ cell: FieldCell) {
    let i = grids.count - 1
    while grids[i].rows.count <= row { grids[i].rows.append([]) }
    while grids[i].rows[row].count <= column { grids[i].rows[row].append(FieldCell()) }
    grids[i].rows[row][column] = cell
  }

  mutating func put(_ row: Int, _ column: Int, _ text: String) {
    put(row, column, FieldCell(text))
  }

  mutating func merge(_ top: Int, _ left: Int, _ bottom: Int, _ right: Int) {
    grids[grids.count - 1].merges.append(
      FieldRange(top: top, left: left, bottom: bottom, right: right))
  }

  func place(_ row: Int, _ column: Int) -> String {
    (grids.last?.name ?? "") + "!" + FieldPlace.a1(row, column)
  }

  mutating func tell(
    _ row: Int, _ column: Int, _ code: String, _ verdict: FieldProblem.Verdict
  ) {
    let problem = FieldProblem(cell: place(row, column), code: code, verdict: verdict)
    if !problems.contains(problem) { problems.append(problem) }
  }

  // MARK: - Meaning

  /// Notes what a mark at a cell says of a person and a session.
  mutating func expect(
    _ person: PlannedPerson, _ mark: PlannedMark, _ session: PlannedSession, at row: Int,
    _ column: Int, amount: Double? = nil
  ) {
    var days = [session.day]
    switch session.fate {
    case .held: break
    case .cancelled, .refused: return
    case .several(let all): days = all
    }
    if let doubt = mark.doubt { tell(row, column, doubt, .doubtful) }
    if case .refused(let code) = mark.meaning { tell(row, column, code, .rejected) }
    for day in days {
      var base = FieldRow(date: day.iso, source: place(row, column))
      base.title = plan.title(of: session)
      base.start = session.start
      base.minutes = mark.minutes ?? session.minutes
      base.role = person.role
      base.amount = amount
      func named(_ status: String) -> FieldRow? {
        guard let name = person.name else { return nil }
        var out = base
        out.person = name
        out.flat = person.flat
        out.status = status == "present" ? person.status ?? status : status
        return out
      }
      func unnamed(_ count: Int) -> FieldRow {
        var out = base
        out.headcount = count
        return out
      }
      switch mark.meaning {
      case .nothing, .refused: break
      case .present, .late:
        let status = mark.meaning == .late ? "late" : "present"
        add(named(status) ?? unnamed(person.headcount ?? 1))
        if person.companions > 0 { add(unnamed(person.companions)) }
      case .absent: if let row = named("absent") { add(row) }
      case .excused: if let row = named("excused") { add(row) }
      case .with(let count):
        add(named("present") ?? unnamed(1))
        add(unnamed(max(count, person.companions)))
      case .only(let count): add(unnamed(count))
      }
    }
  }

  /// One presence however often the sheet says it.
  mutating func add(_ row: FieldRow) {
    if row.person != nil {
      var key = row
      key.source = ""
      guard seen.insert(key).inserted else { return }
    }
    rows.append(row)
  }

  /// Notes what is told of a person's cell, when the line has a mark.
  mutating func tellName(_ person: PlannedPerson, _ row: Int, _ column: Int) {
    if let problem = person.problem { tell(row, column, problem.code, problem.verdict) }
  }

  /// Notes what is told of a session's heading.
  mutating func tellSession(_ session: PlannedSession, _ row: Int, _ column: Int) {
    switch session.fate {
    case .held: break
    case .cancelled: tell(row, column, "session.cancelled", .accepted)
    case .refused(let code): tell(row, column, code, .rejected)
    case .several: tell(row, column, "date.several", .doubtful)
    }
  }

  // MARK: - Results

  func sheet(groups: [Int]) -> FieldSheet {
    var out = FieldSheet(groups: groups, seed: plan.seed, fileName: plan.fileName)
    out.grids = grids
    out.residence = plan.saysResidence && plan.hasTitle ? plan.residence : nil
    out.failure = plan.failure
    out.dateOrder = plan.dateOrder
    out.rows = rows
    out.problems = problems + plan.problems
    return out
  }
}

import Periods

extension Plan {
  /// Lays the plan out by its layout.
  func written(groups: [Int]) -> FieldSheet {
    var plan = self
    if plan.layout == .halfDays { plan.halve() }
    if plan.dates.needsOneMonth { plan.keepOneMonth() }
    plan.fill()
    var writer = Writer(plan)
    switch plan.layout {
    case .namesByDates, .halfDays: writer.oneBlock()
    case .datesByNames: writer.transposed()
    case .sideBySide: writer.twoBlocks()
    case .stacked: writer.stacked()
    case .monthSheets: writer.monthSheets()
    case .sessionSheets: writer.sessionSheets()
    case .longList: writer.longList()
    case .signIn: writer.signIn()
    case .countList: writer.countList()
    }
    writer.hideAndComment()
    return writer.sheet(groups: groups)
  }

  /// Morning and afternoon of each day.
  private mutating func halve() {
    guard !sessions.contains(where: { $0.part != nil }) else { return }
    let words = [["matin", "après-midi"], ["M", "AM"], ["Matin", "A-M"]][seed % 3]
    sessions = sessions.prefix(4).flatMap { session in
      words.map { word in
        var half = session
        half.part = word
        return half
      }
    }
    marks = []
  }

  private mutating func keepOneMonth() {
    guard let first = sessions.first?.day else { return }
    let kept = sessions.indices.filter {
      sessions[$0].day.month == first.month && sessions[$0].day.year == first.year
    }
    sessions = kept.map { sessions[$0] }
    marks = marks.map { line in kept.map { line[$0] } }
  }
}

extension Writer {
  private var all: Block {
    Block(people: Array(plan.people.indices), sessions: Array(plan.sessions.indices), top: 0)
  }

  mutating func oneBlock() {
    newGrid(plan.sheetName)
    var block = all
    block.top = title(width: plan.sessions.count + 1)
    footer(from: write(block))
  }

  /// People 1 to n beside people n + 1 to 2n.
  mutating func twoBlocks() {
    newGrid(plan.sheetName)
    let half = (plan.people.count + 1) / 2
    var left = all
    left.people = Array(0..<half)
    left.isPlain = true
    left.top = title(width: 2 * plan.sessions.count + 3)
    let bottom = write(left)
    var right = left
    right.people = Array(half..<plan.people.count)
    right.left = plan.sessions.count + 2 + plan.columns.count + (plan.isNumbered ? 1 : 0)
    let other = write(right)
    footer(from: max(bottom, other))
  }

  /// A second table below with fewer columns.
  mutating func stacked() {
    newGrid(plan.sheetName)
    let half = (plan.people.count + 1) / 2
    var upper = all
    upper.people = Array(0..<half)
    upper.top = title(width: plan.sessions.count + 1)
    let bottom = write(upper)
    var lower = all
    lower.people = Array(half..<plan.people.count)
    lower.sessions = Array(lower.sessions.dropLast())
    if lower.sessions.isEmpty { lower.sessions = [0] }
    lower.top = bottom + 2
    footer(from: write(lower))
  }

  /// A sheet a month, named by it.
  mutating func monthSheets() {
    var months: [Int] = []
    for session in plan.sessions {
      let key = session.day.year * 12 + session.day.month - 1
      if !months.contains(key) { months.append(key) }
    }
    for key in months {
      let name = Words.months[key % 12]
      newGrid(
        plan.seed % 2 == 0
          ? "\(name) \(key / 12)"
          : name.prefix(1).uppercased()
            + name.dropFirst() + " \(key / 12 % 100)")
      var block = all
      block.sessions = plan.sessions.indices.filter {
        plan.sessions[$0].day.year * 12 + plan.sessions[$0].day.month - 1 == key
      }
      block.top = title(width: block.sessions.count + 1)
      footer(from: write(block))
    }
  }

  /// A sheet a session, named by its activity and day, with the people of that day.
  mutating func sessionSheets() {
    for s in plan.sessions.indices {
      let day = plan.sessions[s].day
      let title = plan.sessions[s].title ?? plan.activity ?? Words.activities[0]
      plan.sessions[s].title = title
      let forms = [
        "\(title) \(day.two(day.dayOfMonth))-\(day.two(day.month))",
        "\(title) \(day.dayOfMonth) \(day.monthName)",
      ]
      newGrid(forms[plan.seed % 2])
      signInBody(s, top: self.title(width: 2))
    }
  }

  mutating func hideAndComment() {
    guard !grids.isEmpty else { return }
    if let row = plan.hidesRow {
      grids[0].hiddenRows = [row]
    }
    if let column = plan.hidesColumn { grids[0].hiddenColumns = [column] }
    if let text = plan.comment {
      let row = min(grids[0].rows.count - 1, 6)
      grids[0].comments = [FieldComment(row: row, column: 0, text: text)]
      problems.append(
        FieldProblem(
          cell: grids[0].name + "!" + FieldPlace.a1(row, 0), code: "cell.comment",
          verdict: .doubtful))
    }
  }
}

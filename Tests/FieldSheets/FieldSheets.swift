/// Sheets as they come from residences: 58 groups of forms, each in as many variants as there are
/// seeds, alone or two on one sheet, with what a good reader makes of them.
///
/// The groups are those of French attendance sheets and survey exports; every person is invented.
public enum FieldSheets {
  static let groups: [Group] =
    (LayoutGroups.all + TotalAndHeaderGroups.all + DateGroups.all + MarkGroups.all
    + NameGroups.all + NumberGroups.all + FileGroups.all + SurveyGroups.all)
    .sorted { $0.number < $1.number }

  /// The numbers of all groups.
  public static var numbers: [Int] { groups.map(\.number) }

  /// What a group is about, in a few words.
  public static func name(of number: Int) -> String { group(number).name }

  /// The family of a group.
  public static func family(of number: Int) -> GroupFamily { group(number).family }

  private static func group(_ number: Int) -> Group {
    guard let found = groups.first(where: { $0.number == number }) else {
      preconditionFailure("there are groups 1 to 58")
    }
    return found
  }

  /// A variant of a group.
  public static func sheet(group number: Int, seed: Int) -> FieldSheet {
    let group = group(number)
    if group.family == .surveys { return SurveyGroups.sheet(number, seed: seed) }
    var plan = Plan.ordinary(seed: seed, salt: number)
    group.apply(&plan)
    var sheet = plan.written(groups: [number])
    if group.family == .files { FileGroups.finish(&sheet, plan) }
    return sheet
  }

  /// Several groups on one sheet, applied in the order in which a sheet is made.
  public static func sheet(groups numbers: [Int], seed: Int) -> FieldSheet {
    let salt = numbers.reduce(0) { $0 * 60 + $1 }
    var plan = Plan.ordinary(seed: seed, salt: salt)
    let order: [GroupFamily] = [
      .dates, .numbers, .layout, .names, .marks, .headers, .around, .totals,
    ]
    let chosen = numbers.map(group).sorted {
      (order.firstIndex(of: $0.family) ?? 0) < (order.firstIndex(of: $1.family) ?? 0)
    }
    for one in chosen { one.apply(&plan) }
    return plan.written(groups: numbers)
  }

  /// Whether two groups can stand on one sheet, of which the generator then knows the meaning.
  public static func compose(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (group(min(a, b)), group(max(a, b)))
    let pair = [x.family, y.family]
    if x.family == y.family || pair.contains(.files) || pair.contains(.surveys) { return false }
    return !Exclusions.exclude(x.number, y.number)
  }

  /// The corrected version of a sheet of group 53: one mark more, one line less.
  public static func corrected(seed: Int) -> FieldSheet {
    var plan = Plan.ordinary(seed: seed, salt: 53)
    plan.fill()
    plan.people.removeLast()
    plan.marks.removeLast()
    plan.marks[0][0] = .cross
    return plan.written(groups: [53])
  }
}

/// Pairs that make no sense together, or whose meaning nobody could tell.
enum Exclusions {
  /// Layouts without a heading a date, or without names, or without a column a mark.
  private static let countLists: Set<Int> = [17, 26, 47]

  static func exclude(_ a: Int, _ b: Int) -> Bool {
    let pair: Set<Int> = [a, b]
    func both(_ x: Set<Int>, _ y: Set<Int>) -> Bool {
      (x.contains(a) && y.contains(b)) || (x.contains(b) && y.contains(a))
    }
    // Counts have no names, marks or totals; lists have no headings of dates.
    if both(countLists, Set(28...46).union([11, 12, 14, 15, 16, 18, 19, 13])) { return true }
    if both(countLists, [3, 4, 5, 6, 7, 8, 9, 10, 17, 25]) { return true }
    // Dates over two rows need columns of dates; they cannot run down a column.
    if both([3, 4], [6, 8, 10]) { return true }
    // Sheets named by dates or days settle the dates themselves.
    if both([8], [1, 21, 22, 23, 24, 25, 27]) { return true }
    // A year in the title, or a season: not both.
    if pair == [1, 27] || pair == [1, 3] || pair == [1, 23] { return true }
    // Columns beside names, sub-headings and printed lines belong to names in rows.
    if both([6], [11, 12, 14, 15, 16, 18, 19, 20, 42]) { return true }
    // Totals of blocks side by side, of stacked tables, of several sheets.
    if both([7, 8, 9, 10], [15, 16]) { return true }
    if both([7, 8], [11, 14, 18, 20, 42, 43]) { return true }
    if both([9, 10], [43, 14]) { return true }
    // The second half of a person's marks may be cut away.
    if both([43], [4, 23, 24, 25, 32, 28, 1, 16, 15]) { return true }
    // A legend and another animator's words.
    if both([13], [28, 29, 30, 31, 32, 33, 43]) { return true }
    // Initials come from the names as planned, signatures from marks as planned.
    if both([28], Set(34...46)) { return true }
    // Sums that nobody agrees on.
    if both([15, 16], [22, 23, 24, 25, 31, 32, 34, 35, 43]) { return true }
    if both([10], [23, 24, 25, 32]) { return true }
    if both([32], [24, 23, 25, 4, 1, 21]) { return true }
    if both([28], [8, 4, 1, 21]) { return true }
    if both([18], [12, 42]) { return true }
    if both([12, 14], [19, 42]) { return true }
    // A count on a line of several people; a session's own sheet that did not take place.
    if both([31], [34, 35, 44, 45]) || pair == [8, 32] { return true }
    // Columns or days that the second group sets anew.
    if pair == [20, 42] || pair == [18, 43] || both([17], [22, 23]) { return true }
    return false
  }
}

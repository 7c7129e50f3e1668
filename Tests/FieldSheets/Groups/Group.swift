/// What a group is about; groups of different families go together on one sheet.
public enum GroupFamily: String, Sendable {
  case layout, around, totals, headers, dates, marks, names, numbers, files, surveys
}

/// One of the 58 groups, as a change to an ordinary sheet.
struct Group: Sendable {
  var number: Int
  var family: GroupFamily
  var name: String
  var apply: @Sendable (inout Plan) -> Void

  init(
    _ number: Int, _ family: GroupFamily, _ name: String,
    _ apply: @escaping @Sendable (inout Plan) -> Void
  ) {
    self.number = number
    self.family = family
    self.name = name
    self.apply = apply
  }
}

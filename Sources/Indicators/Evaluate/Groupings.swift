/// The groups of the rows of some cuts, each way of putting them together made once: indicators
/// computed one after the other by the same cuts share them.
final class Groupings {
  private struct Key: Hashable {
    var scan: Scan
    var domain: Domain
  }

  private struct LevelKey: Hashable {
    var finest: ObjectIdentifier
    var level: [Bool]
    var withUnknown: Bool
  }

  let space: GroupSpace
  private var finest: [Key: FinestGroups] = [:]
  private var sets: [LevelKey: GroupSet] = [:]

  init(_ space: GroupSpace) { self.space = space }

  /// The groups of a scan's rows with every dimension kept.
  func finest(_ scan: Scan, _ domain: Domain, strip: () -> Strip) -> FinestGroups {
    var key = Key(scan: scan, domain: domain)
    key.scan.filter = nil
    if let known = finest[key] { return known }
    let new = FinestGroups(strip(), space)
    finest[key] = new
    return new
  }

  /// The groups at a level.
  func groups(_ finest: FinestGroups, level: [Bool], withUnknown: Bool) -> GroupSet {
    // The groups live as long as this: their identity stands for them.
    let key = LevelKey(
      finest: ObjectIdentifier(finest), level: level, withUnknown: withUnknown)
    if let known = sets[key] { return known }
    let new = GroupSet(finest, space, level: level, withUnknown: withUnknown)
    sets[key] = new
    return new
  }
}

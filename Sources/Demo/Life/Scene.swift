import Periods
import Statistics

/// One residence as the programme left it: what the other generators may look at.
struct Scene {
  let plan: DemoPlan
  let residence: DemoResidence
  let index: Int
  let folk: [Folk]
  let dwellings: [DemoDwelling]
  let sessions: [DemoSession]
  let attendances: [DemoAttendance]
  /// How often each of the folk came.
  let regularity: [Int]

  var site: Site { Sites.all[index] }
  var key: String { residence.key }
  var first: Day { Calendar.day(plan.years.lowerBound, 1, 1) }
  var last: Day { Calendar.day(plan.years.upperBound, 12, 31) }

  /// A stream of its own for each subject, so that none disturbs another.
  func stream(_ subject: String) -> SplitMix { SplitMix(seed: plan.seed, subject + "/" + key) }

  /// A day if it lies in the plan.
  func within(_ day: Day) -> Day? { day <= last ? day : nil }

  /// A day of a year, drawn, on which the programme does not rest.
  func openDay(_ year: Int, _ months: ClosedRange<Int>, _ random: inout SplitMix) -> Day {
    var day = Calendar.day(year, random.within(months), random.within(1...28))
    while Calendar.isClosed(day) { day = day.advanced(by: day.civil.month == 12 ? -1 : 1) }
    return day
  }

  /// Positions of the residents of some ages on a day.
  func residents(_ ages: ClosedRange<Int>, on day: Day) -> [Int] {
    folk.indices.filter { i in
      ages.contains(day.year - folk[i].born) && folk[i].stay(on: day) != nil
    }
  }

  /// The residents of each dwelling on a day.
  func homes(on day: Day) -> [String: [Int]] {
    var out: [String: [Int]] = [:]
    for (i, person) in folk.enumerated() {
      if let home = person.stay(on: day)?.dwelling { out[home, default: []].append(i) }
    }
    return out
  }
}

import Demo
import Glibc
import Periods
import Statistics

/// Four tables in the model's own column names, in the proportions of the benchmark: a residence
/// has 220 people on its register, 300 sessions a year, 10.9 attendances a session, and 552
/// survey answers. Beside them the residences, and the dwellings and households that the register
/// points to, for measures of who meets whom.
struct Workload {
  let residences: Int
  let years: ClosedRange<Int>
  let seed: UInt64

  private struct Person {
    var key: [UInt8]
    var arrival: Day
    /// The first day that is no longer in the stay.
    var departure: Day?
    /// How often they come, relative to others.
    var weight: Int
  }

  private static let themes = [
    "cuisine", "culture", "jardin", "numerique", "sante", "jeunesse", "emploi", "fete",
    "gouvernance", "autre",
  ].map { Array($0.utf8) }
  private static let leaders = ["resident", "co_led", "animator", "partner"].map { Array($0.utf8) }
  private static let roles = [",participant\n", ",lead\n", ",co_lead\n", ",volunteer\n"]
    .map { Array($0.utf8) }
  private static let lengths = ["60", "90", "120", "150"]

  /// Writes the files into a folder; returns what went wrong.
  func write(to folder: String) -> String? {
    unsafe mkdir(folder, 0o755)
    guard var attendance = Output(path: folder + "/attendance.csv"),
      var activity = Output(path: folder + "/activity.csv"),
      var dwelling = Output(path: folder + "/dwelling.csv"),
      var household = Output(path: folder + "/household.csv"),
      var residence = Output(path: folder + "/residence.csv"),
      var resident = Output(path: folder + "/resident.csv"),
      var response = Output(path: folder + "/response.csv")
    else { return "the folder cannot be written to" }
    attendance.put("session,resident,role\n")
    activity.put("session,residence,date,minutes,theme,led_by,cost\n")
    dwelling.put("dwelling,residence,staircase\n")
    household.put("household,residence,type\n")
    residence.put("residence,name,fictional\n")
    resident.put("resident,residence,household,dwelling,arrival,departure,birth_year,sex\n")
    response.put("instrument,wave,date,residence,respondent,item,value,weight\n")
    for number in 1...residences {
      var random = SplitMix(seed: seed, "workload/\(number)")
      let code = "R" + padded(number, 3)
      residence.put("\(code),Résidence \(number) (fictif),oui\n")
      homes(code, &dwelling, &household)
      let people = register(code, &resident, &random)
      for year in years { programme(code, year, people, &activity, &attendance, &random) }
      survey(code, people, &response, &random)
    }
    attendance.close()
    activity.close()
    dwelling.close()
    household.close()
    residence.close()
    resident.close()
    response.close()
    let failed =
      attendance.failed || activity.failed || dwelling.failed || household.failed
      || residence.failed || resident.failed
      || response.failed
    return failed ? "a file could not be written whole (disk full?)" : nil
  }

  private func padded(_ n: Int, _ width: Int) -> String {
    let digits = String(n)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let found = Day(year: year, month: month, day: day) else {
      preconditionFailure("no such day")
    }
    return found
  }

  /// The dwellings by three staircases, and the households with their types: by number alone, so
  /// that nothing else changes.
  private func homes(_ code: String, _ dwelling: inout Output, _ household: inout Output) {
    let types = ["single", "couple", "family", "single_parent", "single"]
    for n in 1...90 {
      dwelling.put("\(code)-L\(padded(n, 3)),\(code),\(["A", "B", "C"][(n - 1) / 30])\n")
      for home in [n, n + 100] {
        household.put("\(code)-M\(padded(home, 3)),\(code),\(types[home % 5])\n")
      }
    }
  }

  /// 90 dwellings; 140 people from the first day, and 80 who follow some who leave.
  private func register(_ code: String, _ out: inout Output, _ random: inout SplitMix) -> [Person] {
    var people: [Person] = []
    var homes: [(household: Int, dwelling: Int, free: Day)] = []
    let first = day(years.lowerBound, 1, 1)
    let last = day(years.upperBound, 12, 31)
    let span = Int(last.number - first.number)
    for i in 0..<220 {
      var home = (household: i * 9 / 14 + 1, dwelling: i * 9 / 14 + 1)
      var arrival = first.advanced(by: -random.below(1500))
      var departure: Day?
      if i < 140 {
        // The first eighty leave one day, and make room.
        if i < 80 {
          let free = first.advanced(by: 200 + random.below(span - 260))
          departure = free
          homes.append((home.household, home.dwelling, free))
        }
      } else {
        let room = homes[i - 140]
        home = (room.household + 100, room.dwelling)
        arrival = room.free.advanced(by: 30)
      }
      let key = "\(code)-P\(padded(i + 1, 3))"
      let draw = random.pareto(cap: 9)
      people.append(
        Person(
          key: Array(key.utf8), arrival: arrival, departure: departure,
          weight: Int(draw * draw * 16)))
      let birth = random.chance(0.03) ? "" : String(1935 + random.below(years.lowerBound - 1940))
      let sex = random.chance(0.02) ? "" : random.chance(0.53) ? "f" : "m"
      out.put(
        Array(
          ("\(key),\(code),\(code)-M\(padded(home.household, 3)),"
            + "\(code)-L\(padded(home.dwelling, 3)),\(arrival.iso),\(departure?.iso ?? ""),"
            + "\(birth),\(sex)\n").utf8))
    }
    return people
  }

  private func programme(
    _ code: String, _ year: Int, _ people: [Person], _ activity: inout Output,
    _ attendance: inout Output, _ random: inout SplitMix
  ) {
    let first = day(year, 1, 1)
    let late = year - years.lowerBound
    var here: [Int] = []
    var sums: [Int] = []
    var stamps = [Int32](repeating: -1, count: people.count)
    for n in 0..<300 {
      let date = first.advanced(by: n * 365 / 300)
      if n % 10 == 0 {
        // Who may come in the next two weeks; the weights summed up for a binary search.
        here = people.indices.filter { i in
          people[i].arrival <= date
            && (people[i].departure.map { date.advanced(by: 14) < $0 } ?? true)
        }
        var sum = 0
        sums = here.map { i in
          sum += people[i].weight
          return sum
        }
      }
      let key = Array("\(code)-\(padded(year % 100, 2))-\(padded(n + 1, 3))".utf8)
      let leader = random.weighted([10 + 2 * late, 12 + 2 * late, 60, 18])
      let cost = random.below(9000)
      activity.put(key)
      activity.put(
        ",\(code),\(date.iso),\(Self.lengths[random.below(4)]),")
      activity.put(Self.themes[n % 3 == 0 ? random.below(10) : (n + late) % 7])
      activity.put(UInt8(ascii: ","))
      activity.put(Self.leaders[leader])
      activity.put(",\(cost / 100).\(padded(cost % 100, 2))\n")

      let size = random.chance(0.05) ? 20 + random.below(17) : 4 + random.below(13)
      var present = 0
      var tries = 0
      while present < size && tries < 400 {
        tries += 1
        let drawn = random.below(sums[sums.count - 1])
        var low = 0, high = sums.count - 1
        while low < high {
          let middle = (low + high) / 2
          if sums[middle] > drawn { high = middle } else { low = middle + 1 }
        }
        let i = here[low]
        if stamps[i] == Int32(n) { continue }
        stamps[i] = Int32(n)
        attendance.put(key)
        attendance.put(UInt8(ascii: ","))
        attendance.put(people[i].key)
        let role = present == 0 && leader < 2 ? leader + 1 : random.chance(0.06) ? 3 : 0
        attendance.put(Self.roles[role])
        present += 1
      }
    }
  }

  /// Two waves of 23 people and 12 items.
  private func survey(
    _ code: String, _ people: [Person], _ out: inout Output, _ random: inout SplitMix
  ) {
    for wave in [max(years.lowerBound, years.upperBound - 4), years.upperBound] {
      let date = day(wave, 11, 3 + random.below(20))
      let asked = people.indices.filter { i in
        people[i].arrival <= date && (people[i].departure.map { date < $0 } ?? true)
      }
      for r in 0..<23 {
        let person = people[asked[(r * 3 + 1) % asked.count]]
        let weight = 60 + random.below(90)
        for item in 1...12 {
          let value = random.chance(0.04) ? "" : String(1 + random.below(5))
          out.put("lien-social,\(wave),\(date.iso),\(code),")
          out.put(person.key)
          out.put(
            Array(",q\(padded(item, 2)),\(value),\(weight / 100).\(padded(weight % 100, 2))\n".utf8)
          )
        }
      }
    }
  }
}

// The ten questions of the benchmark in one process, as the peers are asked them.
//
//   lien-questions FOLDER ANSWERS.csv TIMES.json [--definitions FOLDER] [--rounds N] [--only q01]
//       [--catalogue all|NET,BRI,MIX-02 [--without-draws] [--each]] [--processor]
//
// Reads the workload's files, works out what several questions need, answers each, and writes
// answers and times in the peers' form. With rounds, answers again and keeps the least times; with
// a question, asks no other (for profiles).
//
// With codes of the catalogue, or their beginnings, asks for the indicators of these codes in place
// of the ten questions, all at once; one after the other and each timed with --each; leaving out
// those that draw at random with --without-draws. Tells how many had a value.

import Columns
import Diagnostics
import Glibc
import Indicators
import Model
import Periods
import Threads

func complain(_ text: String) -> Never {
  let bytes = Array("lien-questions: \(text)\n".utf8)
  _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  exit(1)
}

/// The clock that times are taken from: with `--processor`, the processors' (for profiles on a
/// busy machine).
enum Clock {
  static let id =
    CommandLine.arguments.contains("--processor") ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC
}

func now() -> Double {
  var time = timespec()
  unsafe clock_gettime(Clock.id, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The most memory that the process has held so far, in kilobytes.
func peak() -> Int {
  var usage = rusage()
  unsafe getrusage(0, &usage)
  return usage.ru_maxrss
}

func save(_ text: String, to path: String) {
  guard let file = unsafe fopen(path, "w") else { complain("\(path) cannot be written") }
  unsafe fputs(text, file)
  unsafe fclose(file)
}

var words = Array(CommandLine.arguments.dropFirst())
words.removeAll { $0 == "--processor" }
let started = now()
var indicatorsFolder = "indicators"
var rounds = 1
if let i = words.firstIndex(of: "--definitions"), i + 1 < words.count {
  indicatorsFolder = words[i + 1]
  words.removeSubrange(i...i + 1)
}
if let i = words.firstIndex(of: "--rounds"), i + 1 < words.count {
  rounds = Int(words[i + 1]) ?? 1
  words.removeSubrange(i...i + 1)
}
var only: String?
if let i = words.firstIndex(of: "--only"), i + 1 < words.count {
  only = words[i + 1]
  words.removeSubrange(i...i + 1)
}
var codes: [String] = []
if let i = words.firstIndex(of: "--catalogue"), i + 1 < words.count {
  codes = words[i + 1].split(separator: ",").map(String.init)
  words.removeSubrange(i...i + 1)
}
let isEach = words.contains("--each")
let leavesOutDraws = words.contains("--without-draws")
words.removeAll { $0 == "--each" || $0 == "--without-draws" }
guard words.count == 3 else {
  complain("usage: FOLDER ANSWERS.csv TIMES.json [--definitions FOLDER] [--rounds N]")
}

/// Question, definitions, cuts.
var questions: [(String, [String], [String])] = [
  ("q01", ["q01-attendances", "q01-participants", "q01-sessions"], []),
  ("q02", ["q02-participants-age"], ["age_band15"]),
  ("q03", ["q03-share-6"], []),
  ("q04", ["q04-retention"], []),
  ("q05", ["q05-gini"], []),
  ("q06", ["q06-blau"], []),
  ("q07", ["q07-pairs", "q07-pairs-3"], []),
  ("q08", ["q08-led", "q08-cost"], ["theme"]),
  ("q09", ["q09-items"], ["item", "wave"]),
  ("q10", ["q10-median"], []),
]

/// Rows of the peers' tidy form; totals and empty groups are ours alone.
func tidy(_ id: String, _ table: IndicatorTable, into lines: inout [String]) {
  for row in table.rows where row.residence != "_total" && !row.cuts.contains("_total") {
    let estimate = row.estimate
    if estimate.value == nil && estimate.known == 0 && !(id == "q04-retention") { continue }
    if estimate.scanned == 0 || (!row.cuts.isEmpty && estimate.known + estimate.unknown == 0) {
      continue
    }
    let cuts = row.cuts + [String](repeating: "", count: 2 - row.cuts.count)
    let value = estimate.value.map { "\($0)" } ?? ""
    if value.isEmpty && id == "q04-retention" { continue }
    lines.append(
      "\(id),\(row.period.name),\(row.residence),\(cuts[0]),\(cuts[1]),\(value)")
  }
}

do {
  let model = try Model(folder: indicatorsFolder + "/model")
  let definitions = indicatorsFolder + "/definitions" + (codes.isEmpty ? "/banc" : "")
  let more = codes.isEmpty ? [] : ["dwelling", "household"]
  // The whole catalogue takes as long to compile as the files to be read: both at once. The ten
  // questions time the reading by itself.
  let isApart = codes.isEmpty
  let folder = words[0]
  let begun = Workers.map(isApart ? 1 : 2) { part -> Begun in
    do {
      return part == 0
        ? .catalogue(try Catalogue(folder: definitions, model: model))
        : .tables(try Tables(folder: folder, model: model, more: more))
    } catch {
      return .failed(error)
    }
  }
  let catalogue = try begun[0].catalogue
  if !codes.isEmpty {
    questions = catalogue.definitions
      .filter { d in
        d.catalogue != "BANC" && !(leavesOutDraws && d.parameters["draws"] != nil)
          && codes.contains { $0 == "all" || d.catalogue.hasPrefix($0) }
      }
      .map { ($0.id, [$0.id], []) }
  }
  var withValues = 0
  var seconds: [(String, Double)] = [("import", now() - started)]
  var mark = now()
  let tables =
    isApart ? try Tables(folder: folder, model: model, more: more) : try begun[1].tables
  seconds.append(("read", now() - mark))
  let peakAfterRead = peak()
  var least: [String: Double] = [:]
  var lines: [String] = []
  for round in 0..<rounds {
    mark = now()
    func step(_ name: String) {
      let end = now()
      least[name] = min(least[name] ?? .infinity, end - mark)
      mark = now()
    }
    let span = try tables.span()
    let periods = Period(first: span.first, last: span.last).wholeYears
    let evaluator = Evaluator(model: model, source: tables)
    if !codes.isEmpty && !isEach {
      let asked = Set(questions.map(\.0))
      let orders = catalogue.indicators.filter { asked.contains($0.definition.id) }
        .map { Evaluator.Order($0, periods: periods) }
      let answers = try evaluator.compute(orders)
      step("catalogue")
      if round == 0 {
        for (order, answer) in zip(orders, answers) {
          if answer.hasValue { withValues += 1 }
          tidy(order.indicator.definition.id, answer, into: &lines)
        }
      }
      continue
    }
    let asked = Set(questions.flatMap(\.1))
    try evaluator.prepare(
      catalogue.indicators.filter { asked.contains($0.definition.id) }, periods: periods)
    step("prepare")
    for (question, ids, cuts) in questions where only == nil || only == question {
      var answers: [(String, IndicatorTable)] = []
      for id in ids {
        for indicator in try catalogue.find(id) {
          answers.append((id, try evaluator.compute(indicator, cuts: cuts, periods: periods)))
        }
      }
      step(question)
      if round == 0 { for (id, answer) in answers { tidy(id, answer, into: &lines) } }
      mark = now()
    }
  }
  let steps = least["catalogue"] == nil ? ["prepare"] + questions.map(\.0) : ["catalogue"]
  for name in steps { seconds.append((name, least[name] ?? 0)) }
  mark = now()
  lines.sort()
  save(
    "question,period,residence,cut1,cut2,value\n" + lines.joined(separator: "\n") + "\n",
    to: words[1])
  seconds.append(("write", now() - mark))
  let timed = Set(steps)
  let total = seconds.filter { timed.contains($0.0) }.reduce(0) { $0 + $1.1 }
  seconds.append(("questions", total))
  seconds.append(("inside", now() - started))
  let list = seconds.map { "  \"\($0.0)\": \($0.1)" }.joined(separator: ",\n")
  let report =
    "{\n \"peer\": \"lien\",\n \"seconds\": {\n\(list)\n },\n \"peak_kb\": \(peak()),\n"
    + (codes.isEmpty
      ? "" : " \"definitions\": \(questions.count), \"with_values\": \(withValues),\n")
    + " \"peak_after_read_kb\": \(peakAfterRead)\n}\n"
  save(report, to: words[2])
} catch let failure as Failure {
  complain(failure.diagnostics.map { $0.message.en }.joined(separator: "\n"))
} catch {
  complain("\(error)")
}

/// What a process needs before it can answer.
enum Begun: Sendable {
  case catalogue(Catalogue)
  case tables(Tables)
  case failed(any Error)

  var catalogue: Catalogue {
    get throws {
      switch self {
      case .catalogue(let made): return made
      case .failed(let error): throw error
      case .tables: complain("no catalogue")
      }
    }
  }

  var tables: Tables {
    get throws {
      switch self {
      case .tables(let made): return made
      case .failed(let error): throw error
      case .catalogue: complain("no tables")
      }
    }
  }
}

extension IndicatorTable {
  /// Whether there is a value for a residence in a period.
  var hasValue: Bool { rows.contains { $0.residence != "_total" && $0.estimate.value != nil } }
}

extension Tables {
  /// The first and the last day with a session.
  func span() throws -> (first: Day, last: Day) {
    guard case .day(let days)? = try table("activity", columns: ["date"])["date"] else {
      complain("activity.csv has no dates")
    }
    var (first, last) = (Int32.max, Int32.min)
    for day in days where day != Column.missingDay {
      first = min(first, day)
      last = max(last, day)
    }
    return (Day(number: first), Day(number: last))
  }
}

extension Period {
  /// The calendar years that the period touches, whole.
  var wholeYears: [Period] { (first.year...last.year).compactMap { Period(year: $0) } }
}

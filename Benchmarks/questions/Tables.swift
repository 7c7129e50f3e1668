import Columns
import Diagnostics
import Ingest
import Model

/// The workload's tables in memory, as a store would give them: one lexicon a domain.
struct Tables: TableSource {
  private let model: Model
  private var tables: [String: Table] = [:]
  private var lexicons: [String: UnitedLexicon] = [:]

  /// Reads the files of a folder, each named for its table: those of the ten questions, and more.
  init(folder: String, model: Model, more: [String] = []) throws(Failure) {
    self.model = model
    // Tables in the order of their links, so that keys come before what refers to them.
    let intake = Intake(model: model)
    for name in ["residence"] + more + ["resident", "activity", "attendance", "response"] {
      var options = IntakeOptions()
      options.table = name
      var reading = try intake.with(options).read(path: "\(folder)/\(name).csv")
      // Each column is given away once it is read: two copies of a large one are too many.
      reading.batches.reverse()
      while let batch = reading.batches.popLast() {
        if tables[batch.table] == nil { add(batch) }
      }
    }
  }

  private mutating func add(_ batch: consuming TableBatch) {
    guard let declaration = model[batch.table] else { return }
    let rowCount = batch.rowCount
    var columns: [String: Column] = [:]
    for column in declaration.columns {
      guard let values = batch.columns.removeValue(forKey: column.name) else { continue }
      if case .text(let codes, let lexicon) = values {
        // A column without a value is as good as no column.
        if lexicon.count == 0 { continue }
        columns[column.name] = .text(
          codes: lexicons[column.domain, default: UnitedLexicon()].united(codes, lexicon),
          Lexicon())
      } else {
        columns[column.name] = values
      }
    }
    tables[declaration.name] = Table(
      name: declaration.name, rowCount: rowCount, columns: columns)
  }

  func table(_ name: String, columns: [String]) throws -> Table {
    var out: [String: Column] = [:]
    let stored = tables[name]
    for column in columns {
      guard let domain = model[name]?[column]?.domain, let values = stored?[column] else {
        continue
      }
      if case .text(let codes, _) = values {
        out[column] = .text(codes: codes, lexicons[domain]?.lexicon ?? Lexicon())
      } else {
        out[column] = values
      }
    }
    return Table(name: name, rowCount: stored?.rowCount ?? 0, columns: out)
  }
}

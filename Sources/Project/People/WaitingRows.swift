import Columns
import Diagnostics
import Ingest
import Persistence

/// The rows of one import that wait until it is decided whom their names mean.
struct WaitingRows {
  let record: ImportRecord
  let rejects: [Reject]
  private let header: [String]
  private let receipt: Receipt?

  /// Those of all active imports, or of one, but rows that came back corrected since.
  static func all(_ store: Store, of id: Int? = nil) throws(Failure) -> [WaitingRows] {
    let records = try store.imports()
    var out: [WaitingRows] = []
    for record in records where record.state == .active && record.rowsSetAside > 0 {
      if let id, record.id != id { continue }
      let taken = linesTaken(of: record.id, among: records)
      let found = try store.rejects(of: record.id)
      let rejects = found.rejects.filter {
        $0.reason.code == PeopleAnswers.code && !$0.cells.isEmpty && !taken.contains($0.line)
      }
      if rejects.isEmpty { continue }
      out.append(
        WaitingRows(
          record: record, rejects: rejects, header: found.header, receipt: receipt(of: record)))
    }
    return out
  }

  /// The lines of an import's rejects that came back since.
  static func linesTaken(of id: Int, among records: [ImportRecord]) -> Set<Int> {
    var out: Set<Int> = []
    for record in records where record.parent == id && record.state == .active {
      out.formUnion(receipt(of: record)?.linesTaken ?? [])
    }
    return out
  }

  static func receipt(of record: ImportRecord) -> Receipt? {
    Receipt(json: record.receipt ?? "")
  }

  private init(record: ImportRecord, rejects: [Reject], header: [String], receipt: Receipt?) {
    self.record = record
    self.rejects = rejects
    self.header = header
    self.receipt = receipt
  }

  /// What the rows are called where a file name is asked for.
  var name: String { record.fileName ?? "\(record.id)" }

  /// The rows as the file of corrected rejects that a person would import; all, or those of some
  /// lines.
  func text(without lines: Set<Int> = []) -> String {
    RejectsFile.csv(
      rejects: rejects.filter { !lines.contains($0.line) }, header: header,
      importNumber: record.id,
      dialect: Dialect(
        delimiter: receipt.flatMap { Dialect.delimiter(named: $0.delimiter) } ?? Dialect.semicolon))
  }

  /// How the sheet of an import was taken.
  static func takenForm(
    of record: ImportRecord, _ project: ProjectFolder
  ) -> TakenForm? {
    guard let receipt = receipt(of: record) else { return nil }
    let settled = receipt.settled ?? [:]
    let mapping =
      record.source.isEmpty
      ? nil : try? Mapping(named: record.source, folder: project.mappingsFolder)
    return TakenForm(
      table: settled["table"], residence: settled["residence"], mapping: mapping,
      decimal: settled["decimal"].flatMap(DecimalMark.init),
      dateOrder: settled["dates"].flatMap(DateOrder.init))
  }

  /// How the first sheet was taken.
  var options: ImportUseCase.Options {
    let settled = receipt?.settled ?? [:]
    return ImportUseCase.Options(
      table: settled["table"], residence: settled["residence"],
      mapping: record.source.isEmpty ? nil : record.source,
      form: SheetForm(
        delimiter: receipt?.delimiter, encoding: "utf-8", decimal: settled["decimal"],
        dates: settled["dates"]))
  }
}

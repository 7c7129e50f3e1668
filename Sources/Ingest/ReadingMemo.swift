import Diagnostics
import Synchronization
import Workbooks

/// What is known of a file that is read once more, with the same options but for the people: its
/// cells, and how they are laid out. Off unless asked for: a memo is for one file.
package final class ReadingMemo: Sendable {
  private struct State {
    var text: OpenedSheet?
    var workbook: Workbook?
    /// By the number of cells: a file is asked about all its sheets, or about one.
    var layouts: [Int: SheetReading] = [:]
    var survey: SurveyReading??
  }

  private let isOn: Bool
  private let state = Mutex(State())

  /// Makes a memo; one that remembers nothing unless `isOn`.
  package init(isOn: Bool = false) { self.isOn = isOn }

  func text(_ open: () throws(Failure) -> OpenedSheet) throws(Failure) -> OpenedSheet {
    if let known = state.withLock({ $0.text }) { return known }
    let new = try open()
    if isOn { state.withLock { $0.text = new } }
    return new
  }

  func workbook(_ open: () throws(Failure) -> Workbook) throws(Failure) -> Workbook {
    if let known = state.withLock({ $0.workbook }) { return known }
    let new = try open()
    if isOn { state.withLock { $0.workbook = new } }
    return new
  }

  func layout(
    of grids: [CellGrid], read: () throws(Failure) -> SheetReading
  ) throws(Failure) -> SheetReading {
    guard isOn else { return try read() }
    let size = grids.reduce(grids.count) { $0 + $1.rows.count }
    if let known = state.withLock({ $0.layouts[size] }) { return known }
    let new = try read()
    state.withLock { $0.layouts[size] = new }
    return new
  }

  func survey(of grids: [CellGrid], read: () -> SurveyReading?) -> SurveyReading? {
    guard isOn else { return read() }
    if let known = state.withLock({ $0.survey }) { return known }
    let new = read()
    state.withLock { $0.survey = .some(new) }
    return new
  }
}

import Ingest

/// What one import understood and did, for the page of its receipt.
struct ReceiptDetails: Sendable {
  var receipt: Receipt
  var effect: ImportEffect
  /// What changes session by session, where it is worth telling.
  var sessions: SessionChanges?
  /// The files to fill in.
  var left = LeftBehind()
  /// The names that wait for a decision, with whom they may mean.
  var doubts: [PeopleAnswers.Doubt] = []
  /// What the sheet says of each session; empty when nobody asked.
  var counts: [SessionCount] = []
}

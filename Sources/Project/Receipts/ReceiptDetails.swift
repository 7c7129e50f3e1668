import Ingest

/// What one import understood and did, for the page of its receipt.
struct ReceiptDetails: Sendable {
  var receipt: Receipt
  var effect: ImportEffect
  /// Where the rows set aside were written.
  var rejectsPath: String?
  /// The names that wait for a decision, with whom they may mean.
  var doubts: [PeopleAnswers.Doubt] = []
  /// What the sheet says, session by session; empty when nobody asked.
  var sessions: [SessionCount] = []
}

import Ingest

/// What one import understood and did, for the page of its receipt.
struct ReceiptDetails: Sendable {
  var receipt: Receipt
  var effect: ImportEffect
  /// What changes session by session, where it is worth telling.
  var sessions: SessionChanges?
  /// The files to fill in.
  var left: LeftBehind
}

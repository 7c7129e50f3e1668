import Ingest

/// What one import understood and did, for the page of its receipt.
struct ReceiptDetails: Sendable {
  var receipt: Receipt
  var effect: ImportEffect
  /// Where the rows set aside were written.
  var rejectsPath: String?
}

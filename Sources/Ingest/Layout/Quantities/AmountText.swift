/// Sums of money as they are written.
enum AmountText {
  /// What a cell of a column of sums says.
  enum Reading: Equatable {
    case sum(Double)
    /// `n.c.`, `NR`, `-`: not known.
    case unknown
    case unreadable
  }

  static func read(_ text: String) -> Reading {
    let fold = Fold.key(text)
    if ["gratuit", "gratuite", "offert", "offerte", "neant", "rien", "aucun"].contains(fold) {
      return .sum(0)
    }
    if text.isEmpty || ["n c", "nc", "nr", "n r", "na", "n a", "nsp", "inconnu"].contains(fold)
      || ["-", "–", "—", "?", "/"].contains(text)
    {
      return .unknown
    }
    // 2€50
    let parts = text.split(separator: "€", omittingEmptySubsequences: false)
    if parts.count == 2, let whole = SheetCells.integer(String(parts[0])), parts[1].count == 2,
      let cents = SheetCells.integer(String(parts[1]))
    {
      return .sum(Double(whole * 100 + cents) / 100)
    }
    let bytes = Array(text.utf8)
    guard let cell = NumberCell(bytes.span, 0..<bytes.count) else { return .unreadable }
    let mark: DecimalMark =
      switch cell.evidence(bytes.span) {
      case .sure(let mark): mark
      case .doubtful, .none: .comma
      }
    return cell.value(bytes.span, mark).map { .sum($0) } ?? .unreadable
  }
}

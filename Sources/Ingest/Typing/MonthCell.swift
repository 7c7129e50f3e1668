import Periods

/// A month as sheets write it: `mars 2024`, `mars-24`, `2024-03`, `03/2024`.
enum MonthCell {
  /// The first day of the month that a cell names, or of the month of a day; nil for neither.
  static func firstDay(_ s: Span<UInt8>, _ range: Range<Int>, _ order: DateOrder) -> Int32? {
    if let (year, month) = digits(s, range) ?? words(Fold.key(s, range)),
      DateCell.years.contains(year)
    {
      return Day(year: year, month: month, day: 1)?.number
    }
    guard let number = DateCell(s, range).day(order) else { return nil }
    let civil = Day(number: number).civil
    return Day(year: civil.year, month: civil.month, day: 1)?.number
  }

  /// `2024-03`, `2024/3`, `03/2024`, `3.2024`.
  private static func digits(_ s: Span<UInt8>, _ range: Range<Int>) -> (year: Int, month: Int)? {
    var numbers: [(value: Int, digits: Int)] = []
    var isOpen = false
    for p in range {
      if Cells.isDigit(s[p]) {
        let digit = Int(s[p] - 0x30)
        if isOpen, let last = numbers.popLast() {
          guard last.digits < 4 else { return nil }
          numbers.append((last.value * 10 + digit, last.digits + 1))
        } else {
          numbers.append((digit, 1))
        }
        isOpen = true
      } else {
        guard [0x2D, 0x2F, 0x2E, 0x20].contains(s[p]) else { return nil }
        isOpen = false
      }
    }
    guard numbers.count == 2 else { return nil }
    let (year, month) =
      numbers[0].digits == 4 ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
    guard year.digits == 4, month.digits <= 2, (1...12).contains(month.value) else { return nil }
    return (year.value, month.value)
  }

  /// A word that names a month, and a year.
  private static func words(_ text: String) -> (year: Int, month: Int)? {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let month = DateCell.months[String(parts[0])],
      parts[1].count == 4 || parts[1].count == 2, let year = Int(parts[1])
    else { return nil }
    return (DateCell.fullYear(year, digits: parts[1].count), month)
  }
}

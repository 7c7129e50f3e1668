import Columns

/// The class of a number.
struct NumberBands: Sendable {
  private let bands: [ResolvedPath.Band]
  /// The classes of whole numbers from 0, for most are.
  private let small: [Int32]

  init(_ bands: [ResolvedPath.Band]) {
    self.bands = bands
    small = (0..<128).map { NumberBands.search(Double($0), bands) }
  }

  /// The number of the class; missing for NaN and for a number in no class.
  func code(_ x: Double) -> Int32 {
    if x >= 0, x < 128, x == x.rounded(.down) { return small[Int(x)] }
    return x.isNaN ? Column.missingCode : NumberBands.search(x, bands)
  }

  private static func search(_ x: Double, _ bands: [ResolvedPath.Band]) -> Int32 {
    let band = bands.firstIndex { x >= $0.from && x < ($0.below ?? .infinity) }
    return band.map { Int32($0) } ?? Column.missingCode
  }
}

/// Ages in bands, for any year.
struct AgeBands: Sendable {
  /// Years of birth; NaN is missing.
  let births: Reader<Double>
  let labels: [String]
  private let bands: NumberBands

  init(births: Reader<Double>, bands: [ResolvedPath.Band]) {
    self.births = births
    labels = bands.map(\.value)
    self.bands = NumberBands(bands)
  }

  /// The band at the end of a year as one of some codes; the last of them is for no band.
  func codes(in year: Int, as codes: [Int32]) -> Reader<Int32> {
    let year = Double(year)
    return births.map { birth in
      let band = Int(bands.code(year - birth))
      return codes[band < 0 ? codes.count - 1 : band]
    }
  }
}

extension Frame {
  /// The age bands that a path gives; nil when it gives none.
  func ageBands(_ path: ResolvedPath) -> AgeBands? {
    guard case .bands(.age(let births), let bands) = path.leaf else { return nil }
    var inner = path
    inner.leaf = .column(births)
    return AgeBands(births: numbers(.path(inner), path.base, period: nil), bands: bands)
  }
}

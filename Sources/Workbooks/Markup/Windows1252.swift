/// The scalars of Windows-1252, by byte; the five bytes that it leaves free stand for controls.
enum Windows1252 {
  static let scalars: [UInt32] = {
    var out = (0..<256).map { UInt32($0) }
    let upper: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
    for (i, scalar) in upper.enumerated() { out[0x80 + i] = scalar }
    return out
  }()

  /// The text of bytes in Windows-1252.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var out = String.UnicodeScalarView()
    for byte in bytes { out.append(Unicode.Scalar(scalars[Int(byte)]) ?? "\u{FFFD}") }
    return String(out)
  }
}

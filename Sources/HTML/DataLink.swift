/// A file within the page itself, to stand in `href` beside `download`: nothing is fetched.
package struct DataLink: Sendable, Hashable {
  /// The link as it stands in an attribute.
  package let text: String

  /// A table as CSV, UTF-8.
  package init(csv: String) {
    var out = "data:text/csv;charset=utf-8,"
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    for byte in csv.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        out.unicodeScalars.append(UnicodeScalar(byte))
      default:
        out += "%"
        out.unicodeScalars.append(digits[Int(byte >> 4)])
        out.unicodeScalars.append(digits[Int(byte & 15)])
      }
    }
    text = out
  }
}

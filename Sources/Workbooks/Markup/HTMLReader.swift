/// Reads the tables of a page.
enum HTMLReader {
  static func read(_ bytes: [UInt8]) throws(Refusal) -> Workbook {
    throw Refusal("workbook.none", fr: "page", en: "page")
  }
}

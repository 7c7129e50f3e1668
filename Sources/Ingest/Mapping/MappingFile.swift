import DataFiles

/// A mapping as its JSON5 file holds it.
struct MappingFile: Decodable {
  struct Column: Decodable {
    var from: String?
    var const: String?
    var values: [String: String]?
    var `as`: String?
    var offset_from: String?
    var prefix: String?
  }
  struct Unpivot: Decodable {
    var items: [String: String]
    var value_column: String
    var item_column: String
  }
  struct Emit: Decodable {
    var table: String
    var when: [String: [String]]?
    var positive: String?
    var columns: [String: Column]
    var distinct: Bool?
    var unpivot: Unpivot?
  }
  var id: String
  var label: Label
  var delimiter: String?
  var encoding: String?
  var decimal: DecimalMark?
  var date_order: DateOrder?
  var timezone: String?
  var emits: [Emit]?
  var survey: Survey?

  /// What the answers of a survey's export mean.
  struct Survey: Decodable {
    struct Item: Decodable {
      var item: String?
      var values: [String: String]?
      var skip: Bool?
    }
    var instrument: String?
    var items: [String: Item]
  }

  struct Label: Decodable {
    var fr: String
    var en: String
  }

  static let shape = Shape.object(
    [
      "id": .scalar, "label": .phrase, "description": .phrase, "delimiter": .scalar,
      "encoding": .scalar, "decimal": .scalar, "date_order": .scalar, "timezone": .scalar,
      "emits": .list(
        .object(
          [
            "table": .scalar, "when": .map(.list(.scalar)), "positive": .scalar,
            "distinct": .scalar,
            "columns": .map(
              .object(
                [
                  "from": .scalar, "const": .scalar, "values": .map(.scalar), "as": .scalar,
                  "offset_from": .scalar, "prefix": .scalar,
                ], required: [])),
            "unpivot": .object(
              ["items": .map(.scalar), "value_column": .scalar, "item_column": .scalar],
              required: ["items", "value_column", "item_column"]),
          ], required: ["table", "columns"])),
      "survey": .object(
        [
          "instrument": .scalar,
          "items": .map(
            .object(
              ["item": .scalar, "values": .map(.scalar), "skip": .scalar], required: [])),
        ], required: ["items"]),
    ], required: ["id", "label"])
}

import HTML

/// The form that narrows a page. It is hidden until the page's script can serve it.
struct FilterForm {
  /// What a reader can narrow by.
  enum Field { case search, axis, residence, period }

  let words: Words
  let axes: [(value: String, name: String)]
  let residences: [(value: String, name: String)]
  /// The first is the one that the page is about.
  let periods: [(value: String, name: String)]

  func markup(_ fields: [Field]) -> Markup {
    guard !fields.isEmpty else { return Markup() }
    let entries = fields.map { field -> Markup in
      switch field {
      case .search:
        """
        <label>\(words.search) <input type="search" name="q" autocomplete="off"></label>

        """
      case .axis: select("axis", words.axis, all: words.allAxes, axes, chosen: "")
      case .residence:
        select("residence", words.residence, all: words.allResidences, residences, chosen: "")
      case .period:
        select(
          "period", words.periodHead, all: words.allPeriods, periods,
          chosen: periods.first?.value ?? "")
      }
    }
    return """
      <form class="filter" hidden aria-label="\(words.filter)">
      \(entries)<button type="reset">\(words.reset)</button>
      <span class="soft" role="status" data-one="\(words.oneFound)" data-many="\(words.manyFound)">\
      </span></form>

      """
  }

  private func select(
    _ name: Markup, _ label: String, all: String, _ values: [(value: String, name: String)],
    chosen: String
  ) -> Markup {
    let options = ([(value: "", name: all)] + values).map { option -> Markup in
      let isChosen: Markup = option.value == chosen ? " selected" : Markup()
      return "<option value=\"\(option.value)\"\(isChosen)>\(option.name)</option>\n"
    }
    return "<label>\(label) <select name=\"\(name)\">\n\(options)</select></label>\n"
  }
}

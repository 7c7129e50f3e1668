extension ReportLayout {
  /// What a report is.
  package enum Kind: String, Sendable, CaseIterable {
    /// Pages that lead to each other.
    case dashboard
    /// Sheets of paper, in one file.
    case document
  }

  /// What only documents have.
  package struct Document: Sendable {
    /// Whether there is one document a residence, instead of one on all of them.
    package let isPerResidence: Bool
    /// How many sheets of A4 it is made to fill; nil for as many as it takes.
    package let sheets: Int?
    /// What stands in it, in order.
    let parts: [Part]
    /// Whether what has no data at all is left out, and named under what is missing only.
    var leavesOutEmpty = false
  }

  /// Whether there is one document a residence.
  package var isPerResidence: Bool { document?.isPerResidence == true }

  /// Whether a file of the report stands for itself on paper: pages of single indicators are many,
  /// and a list of documents is none; both print from any browser.
  package func prints(_ path: String) -> Bool {
    path.hasSuffix(".html") && !path.hasPrefix("indicateur-")
      && !(kind == .document && path == "index.html")
  }

  /// A part of a document.
  enum Part: String, Sendable, CaseIterable {
    /// Key figures, what changed and what is missing, for those who read one sheet only.
    case summary
    /// The residences side by side.
    case comparison
    /// A section an axis.
    case axes
    /// What a reader should know is not there.
    case missing
    /// How each indicator shown is counted.
    case method
    /// The indicators shown under the codes of reporting frameworks.
    case frameworks
    /// Where the figures come from, the signs, and the files of data.
    case data
  }
}

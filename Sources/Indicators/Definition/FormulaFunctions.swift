extension IndicatorDefinition {
  /// The functions that the formula calls: its words that are followed by an opening parenthesis.
  package var functions: Set<String> {
    var found: Set<String> = []
    var word = ""
    var ended = false
    for c in formula {
      if c == "(" {
        if !word.isEmpty { found.insert(word) }
        word = ""
      } else if c.isLetter || c.isNumber || c == "_" {
        if ended { word = "" }
        word.append(c)
        ended = false
        continue
      } else if !c.isWhitespace {
        word = ""
      }
      ended = true
    }
    return found
  }
}

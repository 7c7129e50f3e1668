/// The parts of a system between which nothing is known: each is protected by itself.
package struct SystemParts {
  /// A part: its unknowns, by their number in the whole, and the relations among them, by their
  /// place in the part.
  package struct Part {
    /// The unknowns.
    package var unknowns: [Int] = []
    /// The relations.
    package var relations: [Relation] = []
  }

  /// The parts that hold something sensitive.
  package let sensitive: [Part]

  /// Splits a system. Numbers that every reader knows join nothing.
  package init(_ unknowns: [Unknown], _ relations: [Relation]) {
    var parent = Array(unknowns.indices)
    func root(_ i: Int) -> Int {
      var i = i
      while parent[i] != i {
        parent[i] = parent[parent[i]]
        i = parent[i]
      }
      return i
    }
    func canMove(_ i: Int) -> Bool { unknowns[i].cost != nil }
    for relation in relations {
      var first: Int?
      for term in relation.terms where canMove(term.unknown) {
        let r = root(term.unknown)
        if let first { parent[r] = root(first) } else { first = r }
      }
    }
    var isSensitive = Set<Int>()
    for (i, u) in unknowns.enumerated() where u.isSensitive { isSensitive.insert(root(i)) }
    var number: [Int: Int] = [:]
    var place: [Int: Int] = [:]
    var parts: [Part] = []
    for i in unknowns.indices where isSensitive.contains(root(i)) {
      let p = number[root(i)] ?? parts.count
      if p == parts.count {
        number[root(i)] = p
        parts.append(Part())
      }
      place[i] = parts[p].unknowns.count
      parts[p].unknowns.append(i)
    }
    for relation in relations {
      guard let mover = relation.terms.first(where: { canMove($0.unknown) })?.unknown,
        let p = number[root(mover)]
      else { continue }
      // What every reader knows is a number on the other side.
      var own = Relation(terms: [], sum: relation.sum, isAtMost: relation.isAtMost)
      for term in relation.terms {
        if let i = place[term.unknown], canMove(term.unknown) {
          own.terms.append((i, term.factor))
        } else {
          own.sum -= Double(term.factor) * unknowns[term.unknown].value
        }
      }
      parts[p].relations.append(own)
    }
    sensitive = parts
  }
}

/// Takes a cell of names apart: the name, and what is written around it.
struct MentionReader {
  private var mention = Mention()
  /// Where words of the name go on being read; after « née » they go elsewhere.
  private var isAfterOther = false
  private var isAfterAlias = false

  /// What a cell says.
  static func mention(_ text: String) -> Mention {
    let pieces = PieceReader.pieces(text)
    var (main, notes) = outOfBrackets(pieces)
    if !main.contains(where: \.isWord),
      let first = notes.first(where: { $0.contains(where: \.isWord) })
    {
      main = first
      notes = []
    }
    var reader = MentionReader()
    reader.read(main)
    for note in notes { reader.read(note: note) }
    return reader.finished(hasMarks: !pieces.isEmpty)
  }

  /// The pieces outside brackets, and those within.
  private static func outOfBrackets(_ pieces: [Piece]) -> (main: [Piece], notes: [[Piece]]) {
    var main: [Piece] = []
    var notes: [[Piece]] = []
    var note: [Piece]?
    for piece in pieces {
      switch piece {
      case .mark("("):
        if let open = note { notes.append(open) }
        note = []
      case .mark(")"):
        if let open = note { notes.append(open) }
        note = nil
      default:
        if note == nil { main.append(piece) } else { note?.append(piece) }
      }
    }
    if let open = note { notes.append(open) }
    return (main, notes)
  }

  // MARK: - The line

  private mutating func read(_ all: [Piece]) {
    var pieces = takingNumbers(all)
    if readOutsider(pieces) { return }
    if let split = relative(pieces) {
      mention.relativeOf = split.of
      pieces = split.main
      if !pieces.contains(where: \.isWord) {
        mention.kind = .nobody
        return
      }
    }
    if readSeveral(pieces) { return }
    readName(pieces)
  }

  /// Takes telephones, ages and flats out.
  private mutating func takingNumbers(_ pieces: [Piece]) -> [Piece] {
    var out: [Piece] = []
    var i = 0
    while i < pieces.count {
      guard case .code(let code) = pieces[i] else {
        if case .word(let word) = pieces[i], NameWords.flats.contains(word.text),
          i + 1 < pieces.count
        {
          // « bât. A »: the letter belongs to the flat.
          if case .word(let letter) = pieces[i + 1], letter.letters.count == 1, i > 0 {
            mention.flats.append(letter.text)
            i += 2
            continue
          }
          if case .code = pieces[i + 1] {
            i += 1
            continue
          }
        }
        out.append(pieces[i])
        i += 1
        continue
      }
      var digits = code
      var j = i + 1
      while j < pieces.count, digits.allSatisfy(\.isWholeNumber) {
        if case .code(let next) = pieces[j], next.allSatisfy(\.isWholeNumber) {
          digits += next
        } else if pieces[j] != .mark("-"), pieces[j] != .mark("/") {
          break
        }
        j += 1
      }
      if digits.count >= 9, digits.allSatisfy(\.isWholeNumber) {
        mention.phone = String(digits.suffix(9))
        if out.last == .mark("+") { out.removeLast() }
        i = j
        continue
      }
      i += 1 + take(code, next: i + 1 < pieces.count ? pieces[i + 1] : nil)
    }
    return out
  }

  /// Takes one code; the number of pieces after it that belong to it.
  private mutating func take(_ code: String, next: Piece?) -> Int {
    let number = Int(code.prefix { $0.isWholeNumber })
    let rest = code.drop { $0.isWholeNumber }
    if let number, number < 120 {
      if rest == "ans" || rest == "an" {
        mention.age = number
        return 0
      }
      if rest.isEmpty, case .word(let word)? = next, word.text == "ans" || word.text == "an" {
        mention.age = number
        return 1
      }
      if rest.hasPrefix("h"), rest.dropFirst().allSatisfy(\.isWholeNumber) { return 0 }
    }
    if rest.isEmpty, let number, (1900...2030).contains(number) {
      mention.birthYear = number
    } else if code.count <= 6 {
      mention.flats.append(code)
    }
    return 0
  }

  /// « animatrice : Julie », « voisin de Mme Roux », « intervenant ».
  private mutating func readOutsider(_ pieces: [Piece]) -> Bool {
    let words = pieces.compactMap(\.word)
    guard let first = words.first, NameWords.outsiders.contains(first.text) else { return false }
    mention.kind = .outsider
    let rest = words.drop { NameWords.outsiders.contains($0.text) }
    if case .word(let second)? = pieces.dropFirst().first, second.text == "de" || second.text == "d"
    {
      return true
    }
    if NameWords.guests.contains(first.text), rest.isEmpty { return true }
    mention.words = rest.filter { NameWords.titles[$0.text] == nil }
    return true
  }

  /// « fils de Sarah », at the beginning or after a name.
  private func relative(_ pieces: [Piece]) -> (main: [Piece], of: [NameWord])? {
    guard
      let start = pieces.firstIndex(where: {
        $0.word.map { NameWords.kin.contains($0.text) || NameWords.guests.contains($0.text) }
          ?? false
      })
    else { return nil }
    var end = start
    var links = false
    scan: while end < pieces.count {
      guard let word = pieces[end].word else { break }
      switch word.text {
      case "de", "du", "des", "d", "a": links = true
      case "la", "le", "l", "chez": break
      case let text where NameWords.kin.contains(text) || NameWords.guests.contains(text):
        // A surname such as « Petit » or « Legrand », unless kinship goes on.
        break
      case let text where NameWords.titles[text] != nil: links = true
      default: break scan
      }
      end += 1
    }
    var rest = pieces[end...].compactMap(\.word).filter { NameWords.titles[$0.text] == nil }
    if !links, let first = rest.first, first.apostrophe == 1,
      first.letters.first == UInt8(ascii: "d")
    {
      links = true
      rest[0].letters.removeFirst()
    }
    guard links, !rest.isEmpty else { return nil }
    var main = Array(pieces[..<start])
    while let last = main.last, !last.isWord { main.removeLast() }
    return (main, rest)
  }

  /// « M. et Mme Dupont », « famille Diallo », « Paul et Marie Martin », « Mme Roux + fille ».
  private mutating func readSeveral(_ pieces: [Piece]) -> Bool {
    if let first = pieces.first?.word, pieces.compactMap(\.word).count > 1,
      NameWords.groups.contains(first.text)
    {
      let rest = pieces.compactMap(\.word)
        .drop { NameWords.groups.contains($0.text) || NameWords.kin.contains($0.text) }
      mention.kind = .several
      var one = Mention()
      one.words = rest.filter { NameWords.titles[$0.text] == nil && $0.text != "de" }
      mention.people = [one]
      return true
    }
    guard
      let at = pieces.firstIndex(where: { piece in
        switch piece {
        case .mark("+"), .mark("&"): true
        case .mark("/"): true
        case .word(let word): NameWords.joiners.contains(word.text)
        default: false
        }
      })
    else { return false }
    let before = Array(pieces[..<at])
    let after = Array(pieces[(at + 1)...])
    let others = after.compactMap(\.word).filter { !NameWords.remarks.contains($0.text) }
    let isKin =
      others.first.map {
        NameWords.kin.contains($0.text) || NameWords.guests.contains($0.text) || $0.text == "sa"
          || $0.text == "son" || $0.text == "ses"
      } ?? false
    let names = before.compactMap(\.word).filter { NameWords.titles[$0.text] == nil }
    if isKin || others.isEmpty {
      mention.hasCompany = pieces[at] != .mark("/") || isKin
      if before.contains(where: \.isWord) { readName(before) } else { mention.kind = .nobody }
      return true
    }
    if pieces[at] == .mark("/"), !names.isEmpty { return false }
    mention.kind = .several
    var second = MentionReader()
    second.read(after)
    var people = second.mention.kind == .several ? second.mention.people : [second.mention]
    if names.isEmpty {
      // « M. et Mme Dupont »: two people of one surname, without given names.
      if let last = people.last, last.words.count == 1 {
        people = [last]
        people[0].sex = nil
        people[0].hasTitle = true
      }
    } else {
      var first = MentionReader()
      first.read(before)
      var one = first.mention
      if one.words.count == 1, let surname = people.last?.words, surname.count > 1 {
        one.words += surname.dropFirst()
      } else if let last = people.last, last.words.count == 1, one.words.count > 1,
        GivenNames.contains(last.words[0].text)
      {
        // « Dupont Marie et Paul », « Marie Dupont et Paul ».
        let surname = one.words.first { !GivenNames.contains($0.text) } ?? one.words[0]
        people[people.count - 1].words.append(surname)
      }
      people.insert(one, at: 0)
    }
    mention.people = people
    return true
  }

  // MARK: - A name

  private mutating func readName(_ pieces: [Piece]) {
    for (i, piece) in pieces.enumerated() {
      switch piece {
      case .word(let word): read(word, isFirst: i == 0, hasMore: i + 1 < pieces.count)
      case .mark(","):
        if mention.comma == nil, !mention.words.isEmpty, !isAfterOther {
          mention.comma = mention.words.count
        }
      case .mark("-"), .mark(":"):
        // A remark follows, unless another word of the name does.
        isAfterAlias = false
      default: break
      }
    }
    if let comma = mention.comma, comma >= mention.words.count { mention.comma = nil }
  }

  private mutating func read(_ word: NameWord, isFirst: Bool, hasMore: Bool) {
    let text = word.text
    if let title = NameWords.titles[text], !word.isTied {
      if text == "m" {
        // Last, it is an initial.
        guard mention.words.isEmpty, isFirst, hasMore else { return add(word) }
        mention.mayBeginWithTitle = true
        return
      }
      mention.sex = title ?? mention.sex
      mention.hasTitle = true
      return
    }
    if NameWords.otherSurname.contains(text), !mention.words.isEmpty, hasMore, !word.isTied {
      isAfterOther = true
      isAfterAlias = false
      return
    }
    if NameWords.alias.contains(text), !mention.words.isEmpty, hasMore {
      isAfterAlias = true
      isAfterOther = false
      return
    }
    if NameWords.remarks.contains(text), !mention.words.isEmpty { return }
    add(word)
  }

  private mutating func add(_ word: NameWord) {
    if isAfterOther {
      mention.otherSurname.append(word)
    } else if isAfterAlias {
      mention.alias.append(word)
    } else {
      mention.words.append(word)
    }
  }

  // MARK: - Brackets

  private mutating func read(note: [Piece]) {
    let isCount = note.count == 1 && mention.kind == .several
    if isCount { return }
    let pieces = takingNumbers(note)
    let words = pieces.compactMap(\.word)
    guard let first = words.first else { return }
    if let found = relative(pieces), found.main.isEmpty {
      mention.relativeOf = found.of
    } else if NameWords.kin.contains(first.text), words.count > 1, !GivenNames.contains(first.text)
    {
      // « (fils Sarah) »
      mention.relativeOf = Array(words.drop { NameWords.kin.contains($0.text) })
    } else if NameWords.otherSurname.contains(first.text) {
      mention.otherSurname = Array(words.dropFirst())
    } else if NameWords.outsiders.contains(first.text), first.text != "benevole" {
      if mention.kind == .person { mention.kind = .outsider }
    } else if !words.contains(where: { NameWords.remarks.contains($0.text) }), words.count <= 2 {
      mention.alias = words
    }
  }

  private func finished(hasMarks: Bool) -> Mention {
    var out = mention
    guard out.kind == .person else { return out }
    let words = out.words.filter { !$0.letters.allSatisfy { $0 == Letters.lost } }
    if words.isEmpty || words.allSatisfy({ NameWords.nobody.contains($0.text) })
      || words.contains(where: { $0.text.hasPrefix("illisible") })
    {
      out.kind = .nobody
    }
    return out
  }
}

extension Piece {
  var word: NameWord? {
    if case .word(let word) = self { return word }
    return nil
  }

  var isWord: Bool { word != nil }
}

import Diagnostics

/// What a receipt says of lines that are no rows, and of rows that were mended.
enum Remark {
  static func all(text: DecodedText?, asides: [Aside], mended: [Int]) -> [Assumption] {
    var out: [Assumption] = []
    if let text, text.foreignLines > 0 {
      let n = text.foreignLines
      let name = text.foreignEncoding.rawValue
      out.append(
        Assumption(
          code: "encoding.mixed",
          message: Phrase(
            fr: "\(n) ligne\(n > 1 ? "s" : "") en \(name) dans un fichier UTF-8 (collage ?)",
            en: "\(n) line\(n > 1 ? "s" : "") in \(name) within a UTF-8 file (pasted?)"),
          isWarning: true))
    }
    if let text, let first = text.damage.first {
      let list = lines(text.damage.map(\.line))
      out.append(
        Assumption(
          code: "encoding.damage",
          message: Phrase(
            fr: "des octets qui ne sont d’aucun texte, \(list.fr) (le premier\u{A0}: octet "
              + "\(first.byte))",
            en: "bytes that are of no text, \(list.en) (the first: byte \(first.byte))"),
          isWarning: true))
    }
    if let text, text.droppedNULs > 0 {
      out.append(
        Assumption(
          code: "encoding.nul",
          message: Phrase(
            fr: "\(text.droppedNULs) octet\(text.droppedNULs > 1 ? "s" : "") nul"
              + "\(text.droppedNULs > 1 ? "s" : "") retiré\(text.droppedNULs > 1 ? "s" : "")",
            en: "\(text.droppedNULs) NUL byte\(text.droppedNULs > 1 ? "s" : "") dropped"),
          isWarning: true))
    }
    out += remarks(asides)
    if !mended.isEmpty {
      let list = lines(mended)
      out.append(
        Assumption(
          code: "sheet.mended-rows",
          message: Phrase(
            fr: "séparateur en trop ou manquant corrigé, \(list.fr)",
            en: "a delimiter too many or too few mended, \(list.en)"),
          isWarning: true))
    }
    return out
  }

  /// A remark on each part set aside; one on all sub-headings together.
  static func remarks(_ asides: [Aside]) -> [Assumption] {
    let lone = asides.filter { $0.kind == .subheading }
    var out: [Assumption] = []
    for aside in asides {
      if aside.kind != .subheading {
        out.append(remark(aside, lines(aside.lines)))
      } else if aside == lone.first {
        out.append(remark(aside, lines(lone.map(\.lines.lowerBound))))
      }
    }
    return out
  }

  private static func remark(_ aside: Aside, _ list: Phrase) -> Assumption {
    let message: Phrase =
      switch aside.kind {
      case .preamble:
        Phrase(
          fr: "au-dessus des en-têtes, hors du tableau\u{A0}: \(list.fr)",
          en: "above the headings, outside the table: \(list.en)")
      case .furtherTable:
        Phrase(
          fr: "un autre tableau, non lu\u{A0}: \(list.fr)",
          en: "another table, not read: \(list.en)")
      case .repeatedHeader:
        Phrase(fr: "en-têtes répétés, \(list.fr)", en: "headings repeated, \(list.en)")
      case .footer:
        Phrase(
          fr: "sous le tableau, hors de celui-ci\u{A0}: \(list.fr)",
          en: "below the table, outside it: \(list.en)")
      case .totals:
        Phrase(
          fr: "totaux en fin de liste, non importés\u{A0}: \(list.fr)",
          en: "totals at the end of the list, not imported: \(list.en)")
      case .subheading:
        Phrase(fr: "intertitres, \(list.fr)", en: "sub-headings, \(list.en)")
      }
    return Assumption(
      code: "sheet.\(aside.kind.rawValue)", message: message,
      isWarning: aside.kind == .furtherTable || aside.kind == .totals)
  }

  /// Lines from one to another.
  static func lines(_ range: ClosedRange<Int>) -> Phrase {
    range.count == 1
      ? Phrase(fr: "ligne \(range.lowerBound)", en: "line \(range.lowerBound)")
      : Phrase(
        fr: "lignes \(range.lowerBound) à \(range.upperBound)",
        en: "lines \(range.lowerBound) to \(range.upperBound)")
  }

  /// Some lines, the first of them by number.
  static func lines(_ numbers: [Int]) -> Phrase {
    let list = numbers.prefix(20).map(String.init).joined(separator: ", ")
    let more = numbers.count - 20
    return Phrase(
      fr: "ligne\(numbers.count > 1 ? "s" : "") \(list)" + (more > 0 ? " et \(more) autres" : ""),
      en: "line\(numbers.count > 1 ? "s" : "") \(list)" + (more > 0 ? " and \(more) more" : ""))
  }
}

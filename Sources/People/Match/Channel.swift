/// How likely it is that a name is typed in a certain way.
///
/// The figures are shares of what people write when they mean a name, a few orders of magnitude
/// apart; only their ratios to how common the typed form is among other people matter.
enum Channel {
  private static let exact = 0.8
  private static let spelling = 0.01

  /// A typed word, when a word was meant.
  static func word(_ typed: [UInt8], _ meant: [UInt8], hasDot: Bool = false) -> Likelihood {
    if typed == meant { return Likelihood(value: exact, agreement: .exact) }
    var out = Likelihood.none
    let shorter = min(typed.count, meant.count)
    if typed.count >= 3, meant.count >= typed.count + 2, meant.starts(with: typed) {
      out.take(hasDot ? 0.02 : 0.002, .short)
    }
    let limit = shorter <= 2 ? 0 : shorter <= 5 ? 1.05 : shorter <= 7 ? 2.05 : 2.6
    if typed.contains(Letters.lost) {
      let letters = typed.count { $0 != Letters.lost }
      if letters > 1 || (letters == 1 && typed.count == meant.count),
        let slips = Slips.count(typed, meant, limit: max(limit, 0.5) + 0.5)
      {
        // A lost letter is an accident of its own, and no slip.
        let lost = Double(typed.count - letters) * 0.45
        if slips <= lost {
          out.take(0.02, .exact)
        } else {
          out.take(power(-2.8 - 2.2 * slips), .slip)
        }
      }
      return out
    }
    if limit > 0, let slips = Slips.count(typed, meant, limit: limit) {
      out.take(power(-1.0 - 2.2 * slips), .slip)
    }
    return out
  }

  /// A typed given name; `forms` says whether two folded names are forms of one.
  static func given(_ typed: NamePart, _ meant: NamePart) -> Likelihood {
    if typed.words.isEmpty || meant.words.isEmpty {
      return Likelihood(value: 0.01, agreement: .absent)
    }
    if let initials = typed.initials {
      let first = meant.words.compactMap(\.first)
      let isMatch = first.starts(with: initials)
      // « JP » for Jean-Pierre says more than « J ».
      if isMatch {
        return Likelihood(
          value: initials.count == first.count ? 0.04 : 0.03 / Double(1 + first.count),
          agreement: .initial)
      }
      if typed.words.count == 1, typed.words[0].count > 1 {
        if Nicknames.areForms(typed.text, meant.text) {
          return Likelihood(value: familiar(typed.text, meant.text), agreement: .short)
        }
      } else {
        return .none
      }
    }
    var out = word(typed.whole, meant.whole, hasDot: typed.hasDot)
    if out.agreement == .exact { return out }
    let (a, b) = (typed.text, meant.text)
    if Nicknames.areSpellings(a, b) || (typed.sound.count > 2 && typed.sound == meant.sound) {
      if areOfOneSex(a, b) { out.take(spelling, .spelling) }
    }
    if Nicknames.areForms(a, b) { out.take(familiar(a, b), .short) }
    if meant.words.count > 1 {
      let first = NamePart([NameWord(letters: meant.words[0])])
      let one = given(typed, first)
      // Of « Jean-Pierre », « Jean » is another name; of several given names, one is the usual.
      out.take(one.value * (meant.isTied ? 0.015 : 0.3), max(one.agreement, .part))
      for other in meant.words.dropFirst() where other.count > 2 {
        let one = word(typed.whole, other)
        out.take(one.value * (meant.isTied ? 0.01 : 0.05), max(one.agreement, .part))
      }
    }
    if typed.words.count > 1 {
      if typed.words.count == meant.words.count {
        var all = Likelihood(value: 1, agreement: .exact)
        for (t, m) in zip(typed.words, meant.words) {
          let one =
            t.count == 1 && t[0] == m.first
            ? Likelihood(value: 0.05, agreement: .short) : word(t, m)
          all = Likelihood(
            value: all.value * one.value, agreement: max(all.agreement, one.agreement))
        }
        out.take(all.value, all.agreement)
      }
    }
    return out
  }

  /// A typed surname.
  static func surname(_ typed: NamePart, _ meant: NamePart) -> Likelihood {
    if typed.words.isEmpty || meant.words.isEmpty {
      return Likelihood(value: 0.01, agreement: .absent)
    }
    if let initials = typed.initials {
      guard initials.count <= meant.parts.count + 1 else { return .none }
      let isMatch =
        meant.parts.compactMap(\.first).starts(with: initials)
        || meant.words.compactMap(\.first).starts(with: initials)
      return isMatch ? Likelihood(value: 0.03, agreement: .initial) : .none
    }
    var out = word(typed.whole, meant.whole, hasDot: typed.hasDot)
    if out.agreement == .exact { return out }
    if typed.sound == meant.sound, typed.sound.count > 2 { out.take(spelling, .spelling) }
    if typed.core == meant.core, typed.core.count > 2 { out.take(0.04, .spelling) }
    if typed.core == meant.whole || typed.whole == meant.core { out.take(0.04, .spelling) }
    if meant.parts.count > 1 {
      for (i, part) in meant.parts.enumerated() where part.count > 2 {
        let one = word(typed.core, part)
        out.take(one.value * (i == 0 ? 0.25 : 0.2), max(one.agreement, .part))
      }
      if typed.parts.count == meant.parts.count {
        let turned = word(typed.core, Array(meant.parts.reversed().joined()))
        out.take(turned.value * 0.1, max(turned.agreement, .spelling))
      }
    }
    return out
  }

  /// A short form that stands for many names says less of each.
  private static func familiar(_ a: String, _ b: String) -> Double {
    0.03 / Double(max(1, min(Nicknames.meanings(of: a), Nicknames.meanings(of: b))))
  }

  /// Whether no sex tells two spellings apart: Michel and Michèle sound the same.
  static func areOfOneSex(_ a: String, _ b: String) -> Bool {
    guard let x = GivenNames.sex(a), let y = GivenNames.sex(b) else { return true }
    return x == y
  }

  private static func power(_ exponent: Double) -> Double {
    // 10^x through its table of tenths: no libm.
    let tenths = Int((exponent * 10).rounded())
    return powers[min(max(tenths + 150, 0), powers.count - 1)]
  }

  private static let powers: [Double] = {
    let tenth = 1.2589254117941673
    var out: [Double] = []
    var value = 1e-15
    for _ in 0...150 {
      out.append(value)
      value *= tenth
    }
    return out
  }()

  /// 10 to a power between -15 and 0, to a tenth.
  static func tenTo(_ exponent: Double) -> Double { power(exponent) }
}

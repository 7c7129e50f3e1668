/// What a name sounds like to a French ear, whatever the spelling or the transcription: spellings
/// of one name (Mathieu, Matthieu; Mohamed, Mohammed; Lefebvre, Lefèvre) have one key.
enum Sound {
  /// The key; empty when there is nothing to hear.
  static func key(_ letters: [UInt8]) -> [UInt8] {
    guard !letters.contains(Letters.lost) else { return [] }
    var word = Array(String(decoding: letters, as: UTF8.self))
    for (spelled, heard) in rewrites { replace(&word, spelled, heard) }
    var out: [Character] = []
    for letter in word where letter != "h" && out.last != letter { out.append(letter) }
    // One silent ending.
    if out.count > 3, out.last == "e" {
      out.removeLast()
    } else if out.count > 3, let last = out.last, "tdsxzp".contains(last),
      let before = out.dropLast().last, "aeiounrly".contains(before)
    {
      out.removeLast()
    }
    return Array(String(out).utf8)
  }

  private static func replace(
    _ word: inout [Character], _ spelled: [Character], _ heard: [Character]
  ) {
    guard word.count >= spelled.count else { return }
    var i = 0
    while i + spelled.count <= word.count {
      if word[i..<(i + spelled.count)].elementsEqual(spelled) {
        word.replaceSubrange(i..<(i + spelled.count), with: heard)
        i += max(heard.count, 1)
      } else {
        i += 1
      }
    }
  }

  private static let rewrites: [([Character], [Character])] = [
    ("eau", "o"), ("au", "o"), ("aux", "o"), ("oeu", "e"), ("oe", "e"), ("ae", "e"), ("ph", "f"),
    ("sch", "$"), ("tch", "$"), ("sh", "$"), ("ch", "$"), ("dj", "j"), ("gue", "ge"),
    ("gui", "gi"), ("ge", "je"), ("gi", "ji"), ("gy", "ji"), ("th", "t"), ("ck", "k"), ("qu", "k"),
    ("q", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("z", "s"), ("x", "s"),
    ("oua", "wa"), ("oui", "wi"), ("ou", "u"), ("oo", "u"), ("w", "u"), ("ee", "i"), ("y", "i"),
    ("ebv", "ev"), ("mb", "nb"), ("mp", "np"),
  ].map { (Array($0.0), Array($0.1)) }
}

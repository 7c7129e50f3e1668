/// Spoils files at random, from a seed: bytes flipped, cut out, put in, moved, repeated, pieces of
/// one file put into another.
public struct Mutator {
  /// The stream of random numbers.
  public var random: SeededGenerator
  /// How large a file may become by repetition.
  public var largest = 1 << 16

  /// Starts a stream.
  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// What readers stumble over: signs, numbers at the edge, beginnings of things.
  private static let tokens: [[UInt8]] =
    [
      "\"", "'", ",", ";", "\t", "|", "\\", "\r", "\n", "\r\n", "\n\n", "  ", "sep=;\n", "\"\"",
      "0", "-1", "1048576", "16385", "4294967296", "99999999999999999999", "1e999", "NaN", "-0",
      "<", ">", "/>", "&", "&amp;", "&#0;", "&#x110000;", "<!--", "]]>", "<![CDATA[", "<?xml ",
      "<!DOCTYPE a [<!ENTITY b \"c\">]>", "xmlns=\"\"", "<table>", "<tr><td>", "rowspan=\"65535\"",
      "r=\"XFD1048576\"", "spans=\"1:16384\"", "s=\"999999\"", "t=\"s\"", "1/1/1", "32/13/2024",
      "é", "\u{FEFF}", "\u{2028}", "\u{1F389}", "PK\u{3}\u{4}", "Total", "{\\rtf", "=1+1",
    ].map { Array($0.utf8) } + [
      [0], [0, 0], [0xFF], [0xFF, 0xFE], [0x80], [0xC3], [0xE9], [0x1F],
    ]

  /// A number below a bound, 0 for a bound of 0.
  public mutating func number(below bound: Int) -> Int {
    bound <= 1 ? 0 : Int.random(in: 0..<bound, using: &random)
  }

  /// A piece of the file, mostly a short one.
  private mutating func piece(_ bytes: [UInt8]) -> Range<Int> {
    let most = [1, 4, 16, 64, 512, bytes.count][number(below: 6)]
    let length = min(bytes.count, 1 + number(below: most))
    let at = number(below: bytes.count - length + 1)
    return at..<at + length
  }

  /// The file, spoiled once to eight times; `others` give pieces.
  public mutating func spoiled(_ file: [UInt8], with others: [[UInt8]] = []) -> [UInt8] {
    var out = file
    for _ in 0..<(1 + number(below: [1, 3, 8][number(below: 3)])) { spoil(&out, others) }
    return out
  }

  private mutating func spoil(_ out: inout [UInt8], _ others: [[UInt8]]) {
    let token = Mutator.tokens[number(below: Mutator.tokens.count)]
    guard !out.isEmpty else {
      out = token
      return
    }
    let at = number(below: out.count)
    switch number(below: 10) {
    case 0: out[at] ^= 1 << UInt8(number(below: 8))
    case 1: out[at] = UInt8(number(below: 256))
    case 2: out.removeSubrange(piece(out))
    case 3: out.insert(contentsOf: token, at: at)
    case 4: out.replaceSubrange(piece(out), with: token)
    case 5: out.removeSubrange((number(below: 2) == 0 ? at : out.count - 1)...)
    case 6:  // A piece said again, often.
      let again = out[piece(out)]
      let room = (largest - out.count) / again.count
      let times = number(below: min(room, [2, 20, 1_000, Int.max][number(below: 4)]))
      guard times > 0 else { return }
      out.insert(contentsOf: repeatElement(again, count: times).joined(), at: at)
    case 7:  // A piece elsewhere.
      let from = piece(out)
      let moved = Array(out[from])
      out.removeSubrange(from)
      out.insert(contentsOf: moved, at: number(below: out.count + 1))
    case 8:
      guard let other = others.randomElement(using: &random), !other.isEmpty else { return }
      out.insert(contentsOf: other[piece(other)], at: at)
    default:
      guard let other = others.randomElement(using: &random), !other.isEmpty else { return }
      out = Array(out[..<at]) + other[number(below: other.count)...]
    }
  }
}

/// How a file's bytes stand for characters, by the names that other programs know too.
package enum TextEncoding: String, Sendable, Codable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case utf32LittleEndian = "utf-32le"
  case utf32BigEndian = "utf-32be"
  // Western Europe.
  case windows1252 = "windows-1252"
  case latin9 = "iso-8859-15"
  case macRoman = "macintosh"
  case cp850, cp437, cp858, cp860, cp861, cp863, cp865
  case latin6 = "iso-8859-10"
  case latin8 = "iso-8859-14"
  // Central and eastern Europe, Turkey, Vietnam, the Baltic.
  case windows1250 = "windows-1250"
  case latin2 = "iso-8859-2"
  case latin10 = "iso-8859-16"
  case macCentral = "mac-latin2"
  case cp852
  case windows1254 = "windows-1254"
  case latin3 = "iso-8859-3"
  case windows1258 = "windows-1258"
  case cp857
  case windows1257 = "windows-1257"
  case latin4 = "iso-8859-4"
  case latin7 = "iso-8859-13"
  case cp775
  // Cyrillic.
  case windows1251 = "windows-1251"
  case koi8r = "koi8-r"
  case koi8u = "koi8-u"
  case cyrillic = "iso-8859-5"
  case macCyrillic = "mac-cyrillic"
  case cp866, cp855
  // Greek, Hebrew, Arabic, Thai.
  case windows1253 = "windows-1253"
  case greek = "iso-8859-7"
  case cp737, cp869
  case windows1255 = "windows-1255"
  case hebrew = "iso-8859-8"
  case cp862
  case windows1256 = "windows-1256"
  case arabic = "iso-8859-6"
  case cp874
  // Chinese, Japanese, Korean.
  case gb18030
  case big5 = "big5hkscs"
  case shiftJIS = "cp932"
  case eucJP = "euc-jp"
  case eucKR = "cp949"
  case iso2022JP = "iso-2022-jp"
  case iso2022KR = "iso-2022-kr"
  // Mainframes.
  case cp037, cp500, cp273, cp297

  /// The encoding that a user or a mapping names, with the usual other names.
  package init?(named name: String) {
    let key = String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    if let known = TextEncoding.aliases[key] {
      self = known
      return
    }
    guard
      let found = TextEncoding.allCases.first(where: {
        $0.rawValue.filter { $0.isLetter || $0.isNumber } == key
      })
    else { return nil }
    self = found
  }

  /// ISO 8859-1 is read as the Windows page that contains it, as browsers do.
  private static let aliases: [String: TextEncoding] = [
    "utf8bom": .utf8, "utf8sig": .utf8, "ascii": .utf8, "utf16": .utf16LittleEndian,
    "unicode": .utf16LittleEndian, "ansi": .windows1252, "cp1252": .windows1252,
    "latin1": .windows1252, "iso88591": .windows1252, "latin9": .latin9, "macroman": .macRoman,
    "mac": .macRoman, "ibm850": .cp850, "dos": .cp850, "cp1250": .windows1250,
    "latin2": .latin2, "cp1251": .windows1251, "cp1253": .windows1253, "cp1254": .windows1254,
    "iso88599": .windows1254, "latin5": .windows1254, "cp1255": .windows1255,
    "cp1256": .windows1256, "cp1257": .windows1257, "cp1258": .windows1258, "shiftjis": .shiftJIS,
    "sjis": .shiftJIS,
    "gbk": .gb18030, "gb2312": .gb18030, "big5": .big5, "euckr": .eucKR, "tis620": .cp874,
    "windows874": .cp874, "windows949": .eucKR, "windows31j": .shiftJIS,
  ]

  /// The name that the C library knows it by.
  var systemName: String {
    switch self {
    case .macCentral: "MAC-CENTRALEUROPE"
    case .big5: "BIG5-HKSCS"
    case .shiftJIS: "CP932"
    case .cp858: "IBM858"
    default: rawValue.uppercased()
    }
  }
}

/// A name that is safe as a part of a file name and of an address, on every system.
package enum Slug {
  /// Lower-case ASCII letters, digits and single hyphens, at most 60; never empty.
  package static func make(_ text: String) -> String {
    var out = ""
    for c in text.lowercased().unicodeScalars {
      if ("a"..."z").contains(c) || ("0"..."9").contains(c) {
        out.unicodeScalars.append(c)
      } else if let letters = folded[c] {
        out += letters
      } else if c.properties.canonicalCombiningClass == .notReordered, !out.hasSuffix("-"),
        !out.isEmpty
      {
        // Combining marks vanish with their accent; all else separates.
        out += "-"
      }
      if out.utf8.count >= 60 { break }
    }
    while out.hasSuffix("-") { out.removeLast() }
    if out.isEmpty { return "x" }
    // Names that Windows keeps for devices.
    return reserved.contains(out) ? out + "-x" : out
  }

  /// One slug a text, in order, each different from the others.
  package static func unique(_ texts: [String]) -> [String] {
    var taken: Set<String> = []
    return texts.map { text in
      let slug = make(text)
      var candidate = slug
      var n = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(slug)-\(n)"
        n += 1
      }
      return candidate
    }
  }

  private static let reserved: Set<String> = {
    var names: Set<String> = ["con", "prn", "aux", "nul", "index"]
    for i in 0...9 { names.formUnion(["com\(i)", "lpt\(i)"]) }
    return names
  }()

  private static let folded: [Unicode.Scalar: String] = {
    var out: [Unicode.Scalar: String] = ["œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"]
    for (plain, accented) in [
      ("a", "àáâãäå"), ("c", "ç"), ("e", "èéêë"), ("i", "ìíîï"), ("n", "ñ"), ("o", "òóôõö"),
      ("u", "ùúûü"), ("y", "ýÿ"),
    ] {
      for c in accented.precomposed { out[c] = plain }
    }
    return out
  }()
}

extension String {
  /// The scalars of a literal that is typed in composed form.
  fileprivate var precomposed: String.UnicodeScalarView { unicodeScalars }
}

/// A relative link, made of slugs or of escaped names: it cannot leave its folder nor name a scheme.
package struct FileLink: Sendable, Hashable {
  /// The link as it stands in an attribute.
  package let text: String

  /// `folder/name.extension#anchor`; every part is made a slug, and so is every folder of a path.
  package init(
    _ name: String, extension suffix: StaticString, folder: String? = nil, anchor: String? = nil
  ) {
    text =
      (folder.map { $0.split(separator: "/").map { Slug.make(String($0)) + "/" }.joined() } ?? "")
      + (name == "index" ? name : Slug.make(name)) + "." + suffix.description
      + (anchor.map { "#" + Slug.make($0) } ?? "")
  }

  /// A file by its path below the page's folder, whatever its name is made of.
  package init(below path: String) {
    var out = "."
    for part in path.split(separator: "/") where part != "." && part != ".." {
      out += "/"
      for byte in part.utf8 {
        let character = UnicodeScalar(byte)
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~":
          out.unicodeScalars.append(character)
        default:
          let digits = String(byte, radix: 16, uppercase: true)
          out += "%" + (byte < 16 ? "0" : "") + digits
        }
      }
    }
    text = out
  }

  /// A place in the same page.
  package init(anchor: String) { text = "#" + Slug.make(anchor) }
}

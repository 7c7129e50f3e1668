/// The notes of a sheet: their texts, and the boxes that programs show them in.
struct NotesPart {
  private let notes: [(row: Int, column: Int, text: String)]

  init(_ sheet: WorkbookWriter.Sheet) {
    notes = sheet.rows.enumerated().flatMap { r, row in
      row.enumerated().compactMap { c, cell in cell.comment.map { (r, c, $0) } }
    }
  }

  var isEmpty: Bool { notes.isEmpty }

  func comments() -> String {
    var out = XLSXWriter.head + "<comments xmlns=\"\(XLSXWriter.main)\">"
    out += "<authors><author>lien</author></authors><commentList>"
    for note in notes {
      let place = CellName.text(row: note.row, column: note.column)
      out += "<comment ref=\"\(place)\" authorId=\"0\"><text><t xml:space=\"preserve\">"
      out += XLSXWriter.escaped(note.text) + "</t></text></comment>"
    }
    return out + "</commentList></comments>"
  }

  func drawing() -> String {
    var out = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" "
    out += "xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
    out += "xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
    out += "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" "
    out += "path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>"
    out += "<v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    for (i, note) in notes.enumerated() {
      out += "<v:shape id=\"_x0000_s\(1025 + i)\" type=\"#_x0000_t202\" "
      out += "style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\">"
      out += "<v:fill color2=\"#ffffe1\"/><v:textbox/><x:ClientData ObjectType=\"Note\">"
      out +=
        "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>\(note.column + 1), 15, \(note.row), 2, "
      out += "\(note.column + 4), 15, \(note.row + 4), 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
      out += "<x:Row>\(note.row)</x:Row><x:Column>\(note.column)</x:Column>"
      out += "</x:ClientData></v:shape>"
    }
    return out + "</xml>"
  }
}

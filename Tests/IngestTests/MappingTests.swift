import Columns
import Diagnostics
import Foundation
import Ingest
import TestSupport
import XCTest

/// Foreign exports come in through mapping files; the real data among them.
final class MappingTests: IngestCase {
  private func shared(_ file: String, _ id: String) throws -> Reading {
    let options = IntakeOptions(mapping: try mapping(id))
    return try Intake(model: Self.model.get(), options: options)
      .read(path: Places.shared("data/" + file))
  }

  func testDavisSouthernWomen() throws {
    let reading = try shared("attendance/davis_attendance.csv", "davis_attendance")
    XCTAssertEqual(reading.batches.map(\.table), ["activity", "attendance"])
    XCTAssertEqual(reading.batches.map(\.rowCount), [14, 89])
    XCTAssertEqual(Set(values(reading, "attendance", "resident")).count, 18)
    XCTAssertEqual(Set(values(reading, "attendance", "status")), ["present"])
    XCTAssertEqual(Set(values(reading, "activity", "date")), ["1936-01-01"])
    XCTAssertEqual(Set(values(reading, "activity", "status")), ["held"])
    XCTAssertEqual(reading.rejects.count, 0)
    XCTAssertEqual(reading.receipt.rowsKept, 89)
    XCTAssertEqual(reading.sourceName, "davis_attendance")
    let people = try shared("attendance/davis_persons.csv", "davis_persons")
    XCTAssertEqual(people.batches.map(\.table), ["resident"])
    XCTAssertEqual(people.batches.map(\.rowCount), [18])
    XCTAssertEqual(Set(values(people, "resident", "residence")), ["davis"])
  }

  func testMeetupEventsAreDatedInUTC() throws {
    let reading = try shared("attendance/meetup_montana_events.csv", "meetup_montana_events")
    XCTAssertEqual(reading.batches.map(\.table), ["residence", "activity"])
    // 1,396 rows; five say an event again, word for word.
    XCTAssertEqual(reading.receipt.rowsRead, 1396)
    XCTAssertEqual(reading.receipt.rowsDuplicate, 5)
    XCTAssertEqual(reading.batches[1].rowCount, 1391)
    XCTAssertEqual(reading.batches[0].rowCount, Set(values(reading, "activity", "residence")).count)
    XCTAssertEqual(reading.rejects.count, 0)
    // 1228960800000 ms is 2008-12-11 02:00 UTC.
    XCTAssertEqual(
      rows(reading, "activity", ["date", "start", "status"])[0], ["2008-12-11", "120", "held"])
    XCTAssertEqual(values(reading, "activity", "status").count { $0 == "planned" }, 295)
  }

  func testMeetupMembersAndAnswers() throws {
    let members = try shared("attendance/meetup_montana_members.csv", "meetup_montana_members")
    // One row a member and a group joined, without the group: to a register, a second open stay of
    // one person, which is an error to show.
    XCTAssertEqual(members.receipt.rowsRead, 1941)
    XCTAssertEqual(members.batches.map(\.rowCount), [1757])
    XCTAssertEqual(Set(values(members, "resident", "resident")).count, 1757)
    XCTAssertEqual(Set(members.rejects.map(\.reason.code)), ["row.stays-overlap"])
    XCTAssertEqual(members.rejects.count, 148)
    XCTAssertEqual(members.receipt.rowsDuplicate, 36)
    let answers = try shared("attendance/meetup_montana_rsvps.csv", "meetup_montana_rsvps")
    XCTAssertEqual(answers.receipt.rowsRead, 10_416)
    XCTAssertEqual(answers.receipt.rowsKept, 10_416)
    let attendance = answers.batches[0]
    XCTAssertEqual(attendance.rowCount, 10_416 + 344)
    XCTAssertEqual(values(answers, "attendance", "status").count { $0 == "absent" }, 2800)
    let guests = rows(answers, "attendance", ["headcount", "resident", "group"])
      .filter { $0[0] != nil }
    XCTAssertEqual(guests.count, 344)
    XCTAssertTrue(guests.allSatisfy { $0[1] == nil && $0[2]?.hasPrefix("guests:") == true })
    // In the order of the file: the guests of an answer right after it.
    XCTAssertEqual(attendance.sourceLines, attendance.sourceLines.sorted())
  }

  func testGSSAnswersBecomeOneRowAnItem() throws {
    let reading = try shared("survey/gss_w1_analysis.csv", "gss_w1_analysis")
    XCTAssertEqual(reading.receipt.rowsRead, 1536)
    XCTAssertEqual(reading.batches.map(\.rowCount), [2 * 1536])
    XCTAssertEqual(reading.rejects.count, 0)
    let trust = rows(reading, "response", ["item", "value"]).filter { $0[0] == "trust" }
    XCTAssertEqual(trust.count, 1536)
    XCTAssertEqual(trust.count { $0[1] == "1" }, 433)
    XCTAssertEqual(trust.count { $0[1] == nil }, 253)
    XCTAssertEqual(
      rows(reading, "response", ["instrument", "wave", "respondent", "item", "value", "weight"])[0],
      ["gss", "1", "9", "trust", "0", "0.435503222393659"])
  }

  func testEveryMappingOfTheProjectFitsTheModel() throws {
    let folder = Places.root + "/indicators/mappings"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    XCTAssertGreaterThanOrEqual(names.count, 6)
    for name in names where name.hasSuffix(".json5") {
      let one = try Mapping(path: folder + "/" + name)
      XCTAssertEqual(one.id + ".json5", name)
      // Any sheet will do: what is wrong with the mapping itself is told before what the sheet
      // lacks.
      let found = failure { _ = try read("z;y\n1;2\n", IntakeOptions(mapping: one)) }
      XCTAssertEqual(found?.diagnostics.map(\.code), ["mapping.headings-missing"], name)
      XCTAssertEqual(found?.status, .usage)
    }
  }

  private func write(_ emits: String) throws -> Mapping {
    try Mapping(
      name: "m.json5", text: "{id: \"m\", label: {fr: \"m\", en: \"m\"}, emits: [\(emits)]}")
  }

  func testInstantsAreLocalToParisUnlessTheMappingSaysOtherwise() throws {
    let one = try write(
      """
      {table: "activity", columns: {session: {from: "id"}, residence: {const: "r"},
        date: {from: "t", as: "epoch_s"}, start: {from: "t", as: "epoch_s"}}}
      """)
    // 2024-03-31 00:59:59 and 01:00:00 UTC (summer time begins), 2024-07-14 22:30 UTC,
    // 2024-10-27 01:00 UTC (summer time ends), 1969-12-31 23:30 UTC.
    let reading = try read(
      "id,t\na,1711846799\nb,1711846800\nc,1720996200\nd,1729990800\ne,-1800\n",
      IntakeOptions(mapping: one))
    XCTAssertEqual(
      rows(reading, "activity", ["date", "start"]),
      [
        ["2024-03-31", "119"], ["2024-03-31", "180"], ["2024-07-15", "30"],
        ["2024-10-27", "120"], ["1970-01-01", "30"],
      ])
    let offset = try write(
      """
      {table: "activity", columns: {session: {from: "id"}, residence: {const: "r"},
        date: {from: "t", as: "epoch_ms", offset_from: "o"}}}
      """)
    let shifted = try read(
      "id,t,o\na,1228960800000,-25200000\nb,x,0\n", IntakeOptions(mapping: offset))
    XCTAssertEqual(values(shifted, "activity", "date"), ["2008-12-10"])
    XCTAssertEqual(shifted.rejects.map(\.reason.code), ["cell.instant-unreadable"])
  }

  func testConditionsAndUnknownRawValues() throws {
    let one = try write(
      """
      {table: "attendance", when: {type: ["atelier", "Fête"]}, columns: {session: {from: "s"},
        resident: {from: "p"}, status: {from: "r", values: {"Y": "present", "N": "absent"}}}}
      """)
    let reading = try read(
      "s,p,r,type\n1,a,Y,Atelier\n1,b,n,fete\n1,c,peut-être,atelier\n1,d,Y,autre\n",
      IntakeOptions(mapping: one))
    XCTAssertEqual(
      rows(reading, "attendance", ["resident", "status"]), [["a", "present"], ["b", "absent"]])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["cell.value-unmapped"])
    XCTAssertEqual(reading.receipt.rowsIgnored, 1)
  }

  func testAMappingThatDoesNotFitTheModelSaysWhere() throws {
    let wrong = try write(
      "\n{table: \"attendance\", columns: {session: {from: \"a\"}, residant: {from: \"a\"}}}")
    let found = failure { _ = try read("a,b\n1,2\n", IntakeOptions(mapping: wrong)) }
    XCTAssertEqual(found?.status, .failed)
    let text = found?.diagnostics[0].text(in: .fr) ?? ""
    XCTAssertTrue(text.contains("m.json5:2"), text)
    XCTAssertTrue(text.contains("resident"), text)
    let table = failure {
      _ = try read("a,b\n", IntakeOptions(mapping: write("{table: \"atendance\", columns: {}}")))
    }
    XCTAssertTrue(table?.diagnostics[0].text(in: .en).contains("attendance") ?? false)
    let key = failure { _ = try write("{table: \"attendance\", colunms: {}, columns: {}}") }
    XCTAssertTrue(key?.diagnostics[0].text(in: .fr).contains("columns") ?? false)
    let unknown = failure { _ = try mapping("davis_atendance") }
    XCTAssertEqual(unknown?.status, .usage)
    XCTAssertTrue(unknown?.diagnostics[0].text(in: .fr).contains("davis_attendance") ?? false)
  }
}

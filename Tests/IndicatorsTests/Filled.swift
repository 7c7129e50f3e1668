import Demo
import Foundation
import Ingest
import Model
import Periods
import Persistence
import TestSupport
import XCTest

@testable import Indicators

/// A store filled by intake.
struct Filled {
  let work: Workdir
  let model: Model
  let store: Store

  init() throws {
    work = try Workdir()
    model = try MemorySource.repositoryModel()
    store = try Store.create(in: work.path, model: model)
  }

  private init(work: Workdir, model: Model, store: Store) {
    (self.work, self.model, self.store) = (work, model, store)
  }

  /// The store of the demo, whose sheets have no row set aside: a copy of the one that the release
  /// build made, when the environment names one (`lien demo` fails on such a row), else brought in
  /// here, which takes a debug build two minutes.
  static func demo() throws -> Filled {
    guard let made = Places.demo else {
      let filled = try Filled()
      for sheet in DemoData().sheets() {
        var options = IntakeOptions()
        options.residence = sheet.residence
        let reading = try Intake(model: filled.model, options: options).read(
          name: sheet.name, bytes: sheet.bytes)
        XCTAssertEqual(reading.rejects.count, 0, sheet.name)
        try filled.land(reading, sheet.name, sheet.bytes)
      }
      return filled
    }
    let work = try Workdir()
    let project = work.path + "/projet"
    try FileManager.default.copyItem(atPath: made + "/projet", toPath: project)
    let model = try MemorySource.repositoryModel()
    return Filled(work: work, model: model, store: try Store.open(in: project, model: model))
  }

  func land(_ reading: Reading, _ name: String, _ bytes: [UInt8]) throws {
    _ = try store.commit(
      Submission(
        fileName: name, fileDigest: sha256Hex(bytes), byteCount: bytes.count,
        source: reading.sourceName, batches: reading.batches, rejects: reading.rejects,
        header: reading.header), now: "2026-01-01T00:00:00Z")
  }

  func land(shared name: String, mapping: String) throws {
    try land(
      shared: name,
      mapping: Mapping(named: mapping, folder: Places.root + "/indicators/mappings"))
  }

  func land(shared name: String, mapping: Mapping) throws {
    let path = try Places.shared(name)
    var options = IntakeOptions()
    options.mapping = mapping
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    try land(Intake(model: model, options: options).read(path: path), name, bytes)
  }

  /// The definitions of the repository.
  func catalogue() throws -> Catalogue {
    try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
  }

  /// Every indicator whole, and by the first of the cuts that it declares: at most so many.
  func assertAgreement(_ periods: [String], cuts: Int) throws {
    let catalogue = try catalogue()
    let mirror = try SQLMirror(store: store)
    let evaluator = Evaluator(model: model, source: store)
    let periods = try periods.map { try Period($0) }
    for indicator in catalogue.indicators where indicator.hasSQL {
      for combination in [[]] + indicator.definition.cuts.prefix(cuts).map({ [$0] }) {
        let columns = try evaluator.compute(indicator, cuts: combination, periods: periods)
        let sql = try Agreement.sqlite(
          indicator, cuts: combination, periods: periods, model: model, source: store,
          mirror: mirror)
        Agreement.assertEqualTables(
          columns, sql, "\(indicator.definition.id) by \(combination)")
      }
    }
  }
}

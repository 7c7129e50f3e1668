import Diagnostics
import Foundation
import Model
import TestSupport
import XCTest

@testable import Indicators

final class CatalogueTests: XCTestCase {
  func testEveryDefinitionOfTheRepositoryIsCheckedAgainstTheModel() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let codes = Set(catalogue.definitions.map(\.catalogue))
    for code in [
      "PAR-01", "PAR-02", "PAR-03", "PAR-04", "PAR-05", "PAR-06", "PAR-07", "REG-01", "REG-02",
      "CON-01", "CON-02", "MIX-03", "MIX-04", "EMP-01", "COS-01", "COH-01",
    ] {
      XCTAssertTrue(codes.contains(code), "\(code) has no definition")
    }
  }

  /// A question that SQL can say runs on any engine: the catalogue is mostly made of such.
  func testMostOfTheCatalogueHasSQL() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let ours = catalogue.indicators.filter { $0.definition.dimension != "benchmark" }
    let codes = Set(ours.filter(\.hasSQL).map(\.definition.catalogue))
    XCTAssertGreaterThanOrEqual(codes.count, 70)
    XCTAssertGreaterThanOrEqual(ours.count { $0.hasSQL }, 150)
  }
}

final class LanguageDocumentationTests: XCTestCase {
  func testEveryFunctionIsInTheReference() throws {
    let page = try String(contentsOfFile: Places.root + "/docs/langage.md", encoding: .utf8)
    for function in LanguageFunction.all {
      XCTAssertTrue(page.contains("`\(function.name)`"), "\(function.name) is not documented")
    }
  }

  /// A definition that no recognised source gives says so where readers look: in its method note.
  func testAProposedDefinitionSaysThatItIs() throws {
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: try MemorySource.repositoryModel())
    let proposed = catalogue.definitions.filter {
      $0.source.contains("[D]") && $0.dimension != "benchmark"
    }
    XCTAssertGreaterThan(proposed.count, 20)
    for definition in proposed {
      XCTAssertTrue(definition.note.fr.lowercased().contains("propos"), definition.id)
      XCTAssertTrue(definition.note.en.lowercased().contains("propos"), definition.id)
    }
  }
}

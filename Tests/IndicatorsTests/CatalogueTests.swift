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
}

final class LanguageDocumentationTests: XCTestCase {
  func testEveryFunctionIsInTheReference() throws {
    let page = try String(contentsOfFile: Places.root + "/docs/langage.md", encoding: .utf8)
    for function in LanguageFunction.all {
      XCTAssertTrue(page.contains("`\(function.name)`"), "\(function.name) is not documented")
    }
  }
}

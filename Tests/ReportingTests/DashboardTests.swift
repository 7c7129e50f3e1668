import Diagnostics
import Disclosure
import Foundation
import Reporting
import TestSupport
import XCTest

final class DashboardTests: XCTestCase {
  /// Writes the sample to the folder that LIEN_SAMPLE_DIR names, to be looked at.
  func testTheSampleCanBeWrittenToBeLookedAt() throws {
    guard let folder = ProcessInfo.processInfo.environment["LIEN_SAMPLE_DIR"] else {
      throw XCTSkip("LIEN_SAMPLE_DIR names no folder")
    }
    for audience in [Audience.internal, .public] {
      for language in Language.allCases {
        let base = "\(folder)/\(audience.rawValue)-\(language.rawValue)"
        for file in try Sample(audience: audience).files(language) {
          let url = URL(fileURLWithPath: base + "/" + file.path)
          try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(file.contents.utf8).write(to: url)
        }
      }
    }
  }
}

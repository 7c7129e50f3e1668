import Foundation
import TestSupport
import XCTest

/// The demo, made once for all tests of a process; where the environment names one that this
/// program made (`LIEN_TEST_DEMO`, and what it printed beside it), a copy of that.
final class SampleProject: Sendable {
  /// The folder of the whole demo.
  let folder: String
  /// The path that `lien demo` printed last.
  let index: String
  /// The project's folder.
  var path: String { folder + "/projet" }

  private static let made = Result { try SampleProject() }

  /// The demo.
  static func shared() throws -> SampleProject { try made.get() }

  private init() throws {
    // A folder a process, removed when it ends.
    let place = NSTemporaryDirectory() + "lien-demo-\(ProcessInfo.processInfo.processIdentifier)"
    folder = place + "/demo"
    try? FileManager.default.removeItem(atPath: place)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    SampleProject.place.withLock { $0 = place }
    atexit {
      if let place = SampleProject.place.withLock({ $0 }) {
        try? FileManager.default.removeItem(atPath: place)
      }
    }
    let printed: String
    if let made = Places.demo {
      try FileManager.default.copyItem(atPath: made, toPath: folder)
      printed = try String(contentsOfFile: made + ".printed", encoding: .utf8)
        .replacingOccurrences(of: made, with: folder)
    } else {
      let run = try Program.run(
        ["demo", folder], in: place, environment: ["LIEN_HOME": Places.root])
      guard run.status == 0 else { throw TestProject.Failed(what: run.errors) }
      printed = run.output
    }
    index = String(printed.split(separator: "\n").last ?? "")
  }

  /// Runs a command on the demo's project.
  func lien(_ arguments: String...) throws -> Program.Run {
    try Program.run(arguments, in: folder, environment: ["LIEN_PROJECT": path])
  }

  private static let place = Locked<String?>(nil)
}

/// A value behind a lock.
final class Locked<Value: Sendable>: @unchecked Sendable {
  private var value: Value
  private let lock = NSLock()

  init(_ value: Value) { self.value = value }

  func withLock<T>(_ body: (inout Value) -> T) -> T {
    lock.withLock { body(&value) }
  }
}

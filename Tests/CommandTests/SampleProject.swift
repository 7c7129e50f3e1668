import Foundation
import TestSupport
import XCTest

/// The demo, made once for all tests of a run.
final class SampleProject: Sendable {
  /// The folder of the whole demo.
  let folder: String
  /// The path that `lien demo` printed last.
  let index: String
  /// How long it took, in seconds.
  let seconds: Double
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
    let run = try Program.run(
      ["demo", folder], in: place, environment: ["LIEN_HOME": Places.root],
      executable: Program.fast)
    guard run.status == 0 else { throw TestProject.Failed(what: run.errors) }
    index = String(run.output.split(separator: "\n").last ?? "")
    seconds = run.seconds
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

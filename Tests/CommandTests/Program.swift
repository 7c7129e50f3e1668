import Foundation
import TestSupport
import XCTest

/// The built program, as a user runs it.
enum Program {
  /// What a run gave.
  struct Run {
    var status: Int32
    var output: String
    var errors: String
    /// Wall time, in seconds.
    var seconds: Double
  }

  /// The program as its users have it: the release build when the environment names one, else
  /// the one of this build.
  static let path = Places.release ?? Places.built("lien")

  /// A process, not yet started, that runs a command line in a folder.
  static func process(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    executable: String? = nil
  ) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable ?? path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var all = ProcessInfo.processInfo.environment
    for name in ["LIEN_PROJECT", "LIEN_HOME", "NO_COLOR"] { all[name] = nil }
    process.environment = all.merging(environment) { _, new in new }
    return process
  }

  /// Runs a command line in a folder and waits for it.
  ///
  /// Both streams go to files: a pipe that nobody empties would stop a long answer.
  static func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    input: String? = nil, executable: String? = nil
  ) throws -> Run {
    let streams = try Workdir()
    let process = process(
      arguments, in: folder, environment: environment, executable: executable)
    func stream(_ name: String, _ text: String = "") throws -> FileHandle {
      let file = try streams.write(name, text)
      return try XCTUnwrap(
        name == "in" ? FileHandle(forReadingAtPath: file) : FileHandle(forWritingAtPath: file))
    }
    process.standardInput = try stream("in", input ?? "")
    process.standardOutput = try stream("out")
    process.standardError = try stream("err")
    let start = Date()
    try process.run()
    process.waitUntilExit()
    let seconds = Date().timeIntervalSince(start)
    func text(_ name: String) throws -> String {
      String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: streams.path + "/" + name)),
        as: UTF8.self)
    }
    return Run(
      status: process.terminationStatus, output: try text("out"), errors: try text("err"),
      seconds: seconds)
  }
}

/// A project in a temporary folder.
final class TestProject {
  /// The folder that holds the project and the sheets.
  let workdir: Workdir
  /// The project's folder.
  var path: String { workdir.path + "/projet" }

  /// Makes an empty project.
  init() throws {
    workdir = try Workdir()
    let made = try Program.run(
      ["init", "projet"], in: workdir.path, environment: ["LIEN_HOME": Places.root])
    guard made.status == 0 else { throw Failed(what: made.errors) }
    // Sheets of tests are of years past: what is sensitive in them would go as soon as it comes.
    try setExpiry("manual")
  }

  /// Says whether sensitive data go by themselves when their time is over.
  func setExpiry(_ word: String) throws {
    let marker = path + "/lien.json5"
    let text = try String(contentsOfFile: marker, encoding: .utf8)
    let set = text.replacing(/expiry: "\w+"/, with: "expiry: \"\(word)\"")
    guard set.contains("expiry: \"\(word)\"") else { throw Failed(what: text) }
    try set.write(toFile: marker, atomically: true, encoding: .utf8)
  }

  struct Failed: Error { var what: String }

  /// Writes a sheet beside the project.
  func sheet(_ name: String, _ text: String) throws { try workdir.write(name, text) }

  /// Runs a command on the project, in the folder of the sheets.
  func lien(_ arguments: String..., input: String? = nil) throws -> Program.Run {
    try Program.run(
      arguments, in: workdir.path, environment: ["LIEN_PROJECT": path, "LIEN_HOME": Places.root],
      input: input)
  }
}

/// Asserts a run's exit code; shows what the program said when it differs.
func assertStatus(
  _ run: Program.Run, _ status: Int32, file: StaticString = #filePath, line: UInt = #line
) {
  XCTAssertEqual(run.status, status, run.errors + run.output, file: file, line: line)
}

/// Asserts that a text holds another.
func assertContains(
  _ text: String, _ part: String, file: StaticString = #filePath, line: UInt = #line
) {
  XCTAssertTrue(text.contains(part), "« \(part) » is not in:\n\(text)", file: file, line: line)
}

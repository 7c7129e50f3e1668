public import Foundation
import XCTest

/// A temporary folder that lives as long as a test.
public final class Workdir {
  /// The folder's path.
  public let path: String

  /// Makes an empty folder.
  public init() throws {
    path = NSTemporaryDirectory() + "lien-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String {
    try write(name, data: Data(text.utf8))
  }

  /// Writes a file of bytes and returns its path.
  @discardableResult
  public func write(_ name: String, data: Data) throws -> String {
    let full = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: full))
    return full
  }
}

/// The folders that tests read.
public enum Places {
  /// The repository's root.
  public static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// An executable of this build: beside the tests, wherever they were started from.
  public static func built(_ name: String) -> String {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    // A path that names no folder of its own is one of the folder of the moment.
    return URL(fileURLWithPath: bundle?.bundlePath ?? CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent(name).standardizedFileURL.path
  }

  /// The release build of the program, when the environment names one.
  public static let release: String? =
    ProcessInfo.processInfo.environment["LIEN_TEST_RELEASE"].map {
      URL(fileURLWithPath: $0).standardizedFileURL.path
    }

  /// The folder of a demo that the release build made, when the environment names one: to be
  /// copied, for others read it too.
  public static let demo = ProcessInfo.processInfo.environment["LIEN_TEST_DEMO"]

  /// A file of the shared collection of real data, beside the repository.
  ///
  /// - Throws: `XCTSkip` when the collection is not there.
  public static func shared(_ name: String) throws -> String {
    let path = root + "/../shared/" + name
    guard FileManager.default.fileExists(atPath: path) else {
      throw XCTSkip("the shared collection is not beside the repository: \(name)")
    }
    return path
  }

  /// The names of the files of a folder of the shared collection, in order.
  public static func sharedFiles(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: shared(folder)).sorted()
  }
}

/// A small deterministic generator (SplitMix64) for tests that need many cases.
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Starts a stream.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

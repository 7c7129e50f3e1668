import Foundation
import XCTest

/// Reads one spoiled file after another and fails on one that takes too long or too much memory.
///
/// Some rounds in an ordinary run. With `LIEN_FUZZ_SECONDS` a run goes on for that time, from
/// `LIEN_FUZZ_SEED`, and keeps the file being read in the temporary folder, so that one that ends
/// the process is not lost. The limits are those of the product in a release build.
public struct FuzzRun {
  private let name: String
  private let rounds: Int
  private let seconds: Double?
  private let seed: UInt64

  #if DEBUG
    private static let longest = 20.0
    private static let most = 400
  #else
    private static let longest = 2.0
    private static let most = 200
  #endif

  /// A run of a name of its own.
  public init(_ name: String, rounds: Int, seed: UInt64) {
    let environment = ProcessInfo.processInfo.environment
    self.name = name
    self.rounds = rounds
    seconds = environment["LIEN_FUZZ_SECONDS"].flatMap(Double.init)
    self.seed = environment["LIEN_FUZZ_SEED"].flatMap(UInt64.init) ?? seed
  }

  /// Makes files and reads them; how many were made, and how many `read` took (by answering true).
  @discardableResult
  public func go(
    _ make: (inout Mutator, Int) throws -> [UInt8], read: ([UInt8]) throws -> Bool
  ) rethrows -> (made: Int, taken: Int) {
    var mutator = Mutator(seed: seed)
    if seconds != nil { mutator.largest = 1 << 21 }
    let start = Date()
    let last = NSTemporaryDirectory() + "lien-fuzz-\(name)"
    var (round, taken) = (0, 0)
    var slowest = 0.0
    var largest = 0
    while seconds.map({ -start.timeIntervalSinceNow < $0 }) ?? (round < rounds) {
      let bytes = try make(&mutator, round)
      if seconds != nil { try? Data(bytes).write(to: URL(fileURLWithPath: last)) }
      let before = Memory.restart()
      // The process's own time: others may be at work on the machine.
      let begin = clock()
      if try read(bytes) { taken += 1 }
      let time = Double(clock() - begin) / Double(CLOCKS_PER_SEC)
      let grown = Memory.peak() - before
      slowest = max(slowest, time)
      largest = max(largest, grown)
      if time > FuzzRun.longest || grown > FuzzRun.most {
        let kept = last + "-round-\(round)"
        try? Data(bytes).write(to: URL(fileURLWithPath: kept))
        XCTFail("\(name), round \(round): \(time) s, \(grown) MB; the file is \(kept)")
      }
      round += 1
    }
    if seconds != nil {
      print("\(name): \(round) files, \(taken) read; at most \(slowest) s and \(largest) MB")
    }
    return (round, taken)
  }
}

/// What this process holds in memory, in megabytes; 0 where the system does not say.
private enum Memory {
  /// Forgets the peak so far, and tells what is held.
  static func restart() -> Int {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    return value("VmRSS:")
  }

  static func peak() -> Int { value("VmHWM:") }

  private static func value(_ key: String) -> Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key) })
    else { return 0 }
    return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 / 1024 } ?? 0
  }
}

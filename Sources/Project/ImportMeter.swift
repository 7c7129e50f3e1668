package import Diagnostics
import Ingest
import Synchronization

/// What an import is at: told by the work, shown by whoever looks.
package final class ImportMeter: Sendable {
  private enum Phase {
    case fingerprint
    /// In parts, which are counted.
    case reading(ReadingProgress, bytes: Int)
    /// At once, with care.
    case reviewing
    /// `seconds` is what it may take: as long as reading in parts took.
    case storing(rows: Int, seconds: Double?)
  }

  private struct State {
    var name = ""
    var phase = Phase.fingerprint
    var began: ContinuousClock.Instant
  }

  private let started = ContinuousClock.now
  private let state = Mutex<State?>(nil)

  /// Nothing has begun.
  package init() {}

  /// What is being done, how fast and for how long still; nil in the first second, and when
  /// nothing is done.
  package func line(at now: ContinuousClock.Instant = .now) -> Phrase? {
    guard started.duration(to: now) >= .seconds(1), let state = state.withLock({ $0 }) else {
      return nil
    }
    let told = Self.told(state.phase, after: state.began.duration(to: now) / .seconds(1))
    return Phrase(fr: state.name + " · " + told.fr, en: state.name + " · " + told.en)
  }

  /// A sheet begins.
  func begin(_ name: String) {
    state.withLock { $0 = State(name: name, began: .now) }
  }

  /// Its rows are being read in parts that `progress` counts, out of some bytes.
  func read(_ progress: ReadingProgress, bytes: Int) { enter(.reading(progress, bytes: bytes)) }

  /// Its rows are being read with care, all at once.
  func review() { enter(.reviewing) }

  /// Its rows are being compared with the store and landed.
  func store(rows: Int) {
    let began = state.withLock { state -> ContinuousClock.Instant? in
      guard case .reading? = state?.phase else { return nil }
      return state?.began
    }
    enter(.storing(rows: rows, seconds: began.map { $0.duration(to: .now) / .seconds(1) }))
  }

  /// The sheet is done.
  func end() { state.withLock { $0 = nil } }

  private func enter(_ phase: Phase) {
    state.withLock {
      $0?.phase = phase
      $0?.began = .now
    }
  }

  private static func told(_ phase: Phase, after seconds: Double) -> Phrase {
    switch phase {
    case .fingerprint: return Phrase(fr: "empreinte du fichier", en: "fingerprint of the file")
    case .reviewing:
      return Phrase(
        fr: "lecture attentive depuis \(Int(seconds))\u{A0}s",
        en: "careful reading for \(Int(seconds)) s")
    case .storing(let rows, let expected):
      let left = expected.map { Int(($0 - seconds).rounded(.up)) } ?? 0
      return Phrase(
        fr: "enregistrement de \(grouped(rows, "\u{202F}")) lignes"
          + (left > 0 ? " · reste environ \(left)\u{A0}s" : ""),
        en: "storing \(grouped(rows, ",")) rows" + (left > 0 ? " · about \(left) s left" : ""))
    case .reading(let progress, let bytes):
      let read = progress.read
      guard read.bytes > 0, seconds > 0, bytes > 0 else {
        return Phrase(fr: "lecture", en: "reading")
      }
      let share = min(1, Double(read.bytes) / Double(bytes))
      let percent = Int(share * 100)
      let speed = Int(Double(read.rows) / seconds)
      // Storing takes about as long as reading.
      let left = Int((seconds * (2 - share) / share).rounded(.up))
      return Phrase(
        fr: "lecture \(percent)\u{A0}% · \(grouped(speed, "\u{202F}")) lignes/s"
          + " · reste environ \(left)\u{A0}s",
        en: "reading \(percent) % · \(grouped(speed, ",")) rows/s · about \(left) s left")
    }
  }

  /// A number with a mark between thousands.
  private static func grouped(_ number: Int, _ mark: String) -> String {
    let digits = Array(String(number))
    return digits.indices.map { i in
      (i > 0 && (digits.count - i) % 3 == 0 ? mark : "") + String(digits[i])
    }.joined()
  }
}

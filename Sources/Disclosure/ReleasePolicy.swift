/// What one audience may be told.
package struct ReleasePolicy: Sendable, Hashable {
  /// Who reads the release.
  package let audience: Audience
  /// The fewest persons behind a figure (k); 0 withholds nothing.
  package let threshold: Int

  /// Makes a policy; without `threshold`, the audience's own: internal 0, partner 5, public 11.
  ///
  /// Eleven is the rule for fiscal data on persons in the disclosure manual of Insee and for
  /// patients at the CASD; five is common between partners who share a duty of confidence.
  package init(audience: Audience, threshold: Int? = nil) {
    self.audience = audience
    self.threshold = max(0, threshold ?? ReleasePolicy.usualThreshold(for: audience))
  }

  /// The threshold that holds unless a project sets its own.
  package static func usualThreshold(for audience: Audience) -> Int {
    switch audience {
    case .internal: 0
    case .partner: 5
    case .public: 11
    }
  }

  /// Whether small groups are withheld from this audience.
  var protects: Bool { audience != .internal && threshold > 0 }

  /// Whether an exact value of so few persons would say something of one of them.
  func isSmall(_ persons: Int, times factor: Int = 1) -> Bool {
    protects && persons > 0 && persons < threshold * factor
  }
}

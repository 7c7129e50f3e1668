import Diagnostics
import Model
import People
import Persistence

/// The register as it was read for one sheet, for the next one: it is read again when it changed.
final class RegisterMemo {
  private var version: String?
  private var register: PeopleRegister?
  private var matchers: [String: Matcher] = [:]

  /// The register, and what was worked out to look names up; nil when the model has no register.
  /// What was worked out is to be given back.
  func take(
    _ store: Store, _ model: Model
  ) throws(Failure) -> (register: PeopleRegister, matchers: [String: Matcher])? {
    guard let table = PeopleRegister.table(of: model) else { return nil }
    let now = try store.version(of: table.name)
    if now == version, var known = register {
      try known.refresh(store)
      // Not to be copied when it is added to.
      defer { matchers = [:] }
      return (known, matchers)
    }
    guard let new = try PeopleRegister(store, model) else { return nil }
    (version, register, matchers) = (now, new, [:])
    return (new, [:])
  }

  /// Takes back what was worked out.
  func give(_ matchers: [String: Matcher]) { self.matchers = matchers }
}

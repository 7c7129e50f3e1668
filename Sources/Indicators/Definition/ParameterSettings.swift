package import Diagnostics

/// The numbers that a project gives to parameters of definitions, in place of their defaults.
package struct ParameterSettings: Sendable {
  /// What stands for one parameter.
  package struct Setting: Sendable {
    /// The parameter's name.
    let name: String
    /// The number; nil when something else stands there.
    let number: Double?
    /// Where it stands.
    let location: SourceLocation

    /// Makes a setting.
    package init(name: String, number: Double?, location: SourceLocation) {
      (self.name, self.number, self.location) = (name, number, location)
    }
  }

  /// The settings of an indicator, or of all that carry a catalogue code.
  package struct Group: Sendable {
    /// The identifier or code, as written.
    let key: String
    /// Where it stands.
    let location: SourceLocation
    /// Its parameters.
    let settings: [Setting]

    /// Makes a group.
    package init(key: String, location: SourceLocation, settings: [Setting]) {
      (self.key, self.location, self.settings) = (key, location, settings)
    }

    fileprivate func isOf(_ definition: IndicatorDefinition) -> Bool {
      isOf(id: definition.id, catalogue: definition.catalogue)
    }

    fileprivate func isOf(id: String, catalogue: String) -> Bool {
      id == key.lowercased() || catalogue.lowercased() == key.lowercased()
    }
  }

  /// No settings: every parameter at its default.
  package static let none = ParameterSettings(groups: [])

  private let groups: [Group]

  /// Makes settings.
  package init(groups: [Group]) { self.groups = groups }

  /// The same with one number more, which wins over those for the same parameter.
  package func with(
    _ name: String, of id: String, at number: Double, location: SourceLocation
  ) -> ParameterSettings {
    let setting = Setting(name: name, number: number, location: location)
    return ParameterSettings(
      groups: groups + [Group(key: id, location: location, settings: [setting])])
  }

  /// The identifiers and codes named.
  var keys: [String] { groups.map(\.key) }

  /// Sets the numbers of a definition's parameters; those of its identifier win over those of its
  /// code. What may not stand there is left out: `problems` tells of it.
  ///
  /// - Returns: The parameters, and where the first number that was set stands.
  func applied(to parameters: [String: Parameter], id: String, catalogue: String) -> (
    parameters: [String: Parameter], location: SourceLocation?
  ) {
    var out = parameters
    var location: SourceLocation?
    let own = groups.filter { $0.isOf(id: id, catalogue: catalogue) }
    for group in own.filter({ $0.key.lowercased() != id })
      + own.filter({ $0.key.lowercased() == id })
    {
      for setting in group.settings {
        guard let number = setting.number, out[setting.name]?.allows(number) == true else {
          continue
        }
        out[setting.name]?.value = number
        location = location ?? setting.location
      }
    }
    return (out, location)
  }

  /// What names no definition or parameter, is no number, or is out of range.
  func problems(among definitions: [IndicatorDefinition]) -> [Diagnostic] {
    groups.flatMap { group in
      let own = definitions.filter(group.isOf)
      if own.isEmpty {
        return [unknown(group, among: definitions)]
      }
      return group.settings.compactMap { problem($0, of: group, in: own) }
    }
  }

  /// The same of one definition, where it is known that the others are in order.
  func problems(of definition: IndicatorDefinition) -> [Diagnostic] {
    groups.filter { $0.isOf(definition) }.flatMap { group in
      group.settings.compactMap { problem($0, of: group, in: [definition]) }
    }
  }

  private func unknown(_ group: Group, among definitions: [IndicatorDefinition]) -> Diagnostic {
    let near = Suggestion.nearest(
      to: group.key, among: definitions.flatMap { [$0.id, $0.catalogue] })
    return Diagnostic(
      code: "parameter.indicator",
      Phrase(
        fr: "parameters : aucun indicateur ne s’appelle « \(group.key) »",
        en: "parameters: no indicator is called “\(group.key)”"),
      remedy: near.map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      } ?? Phrase(fr: "lien indicators donne la liste", en: "lien indicators lists them"),
      at: group.location)
  }

  private func problem(
    _ setting: Setting, of group: Group, in own: [IndicatorDefinition]
  ) -> Diagnostic? {
    let declared = own.compactMap { $0.parameters[setting.name] }
    let path = "parameters.\(group.key).\(setting.name)"
    if declared.isEmpty {
      let names = Set(own.flatMap(\.parameters.keys)).sorted()
      let list = names.joined(separator: ", ")
      return Diagnostic(
        code: "parameter.unknown",
        Phrase(
          fr: "\(path) : « \(group.key) » n’a pas de paramètre « \(setting.name) »",
          en: "\(path): “\(group.key)” has no parameter “\(setting.name)”"),
        remedy: names.isEmpty
          ? Phrase(fr: "il n’en a aucun", en: "it has none")
          : Phrase(fr: "paramètres : \(list)", en: "parameters: \(list)"), at: setting.location)
    }
    guard let number = setting.number else {
      return Diagnostic(
        code: "parameter.number",
        Phrase(fr: "\(path) : un nombre est attendu", en: "\(path): a number is expected"),
        remedy: declared.first.map {
          Phrase(fr: "écrivez \($0.allowed.fr)", en: "write \($0.allowed.en)")
        }, at: setting.location)
    }
    guard let refusing = declared.first(where: { !$0.allows(number) }) else { return nil }
    let written = Phrase(
      fr: ParameterText.text(number, .fr), en: ParameterText.text(number, .en))
    return Diagnostic(
      code: "parameter.range",
      Phrase(
        fr: "\(path) : \(refusing.allowed.fr) est attendu, et non \(written.fr)",
        en: "\(path): \(refusing.allowed.en) is expected, not \(written.en)"),
      at: setting.location)
  }
}

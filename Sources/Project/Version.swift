/// The version of the program.
package enum Version {
  /// As `lien --version` prints it.
  package static let current = "0.1.0"
}

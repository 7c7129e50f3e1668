/// A sheet as an office would send it.
package struct DemoSheet: Sendable {
  /// A path such as `tilleuls/2022/presences.csv`.
  package let name: String
  /// The table of the model that it fills.
  package let table: String
  /// The residence whose office sent it; nil for a sheet about several.
  package let residence: String?
  /// The file.
  package let bytes: [UInt8]
}

extension DemoData {
  /// The sheets in the order in which they are to be imported.
  ///
  /// The register, dwellings and households are one file a residence, because a later register
  /// replaces an earlier one; sessions, attendance and accounts are one file a residence and
  /// year; answers are one file a residence and wave; the rest is one file a residence for all
  /// years, or one for all residences.
  package func sheets() -> [DemoSheet] {
    var out = [residenceSheet()] + sharedSheets()
    for (i, residence) in residences.enumerated() {
      let office = Office(data: self, residence: residence.key, style: SheetStyle.all[i])
      out += office.sheets()
    }
    return out
  }

  private func residenceSheet() -> DemoSheet {
    var rows = [
      [
        "Code résidence", "Nom de la résidence", "Commune", "Livraison", "Logements",
        "Salle commune", "Jardin m2", "Terrasse", "Fictive", "Arrêté au", "Source",
      ]
    ]
    for r in residences {
      rows.append([
        r.key, r.name, r.city, Office.french(r.delivered), String(r.dwellings),
        String(r.roomArea), String(r.gardenArea), String(r.terraceArea), "oui",
        Office.french(Calendar.day(plan.years.lowerBound, 1, 1)), "Exemple inventé (fictif)",
      ])
    }
    return DemoSheet(
      name: "residences.csv", table: "residence", residence: nil,
      bytes: SheetStyle.all[1].bytes(rows))
  }
}

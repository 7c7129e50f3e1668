import Diagnostics
import Model

/// What a column beside the marks, or of a list, is about.
enum ColumnRole: String, Sendable {
  case number, name, surname, givenName, flat, personal, note, mark, signature, role
  case date, title, start, minutes, count, amount, residence, total, mean, other
  /// How many people of one group: `Adultes`, `Enfants`.
  case group
}

/// The meaning of headings: the model's own words, and those that sheets of presences use.
struct HeadingWords: Sendable {
  private var roles: [String: ColumnRole] = [:]
  /// All headings of all tables: none is somebody's name.
  private var known: Set<String> = []

  /// The words of the model's columns.
  init(_ model: Model) {
    let columns: [(table: String, column: String, role: ColumnRole)] = [
      ("activity", "date", .date), ("activity", "title", .title), ("activity", "start", .start),
      ("activity", "minutes", .minutes), ("activity", "cost", .amount),
      ("activity", "note", .note), ("activity", "residence", .residence),
      ("attendance", "resident", .name), ("attendance", "headcount", .count),
      ("attendance", "status", .mark), ("attendance", "role", .role),
      ("resident", "surname", .surname), ("resident", "given_name", .givenName),
      ("resident", "dwelling", .flat), ("resident", "phone", .personal),
      ("resident", "birth_year", .personal), ("resident", "sex", .personal),
    ]
    for (table, name, role) in columns {
      guard let column = model[table]?[name] else { continue }
      for word in [name, column.label.fr, column.label.en] + column.headings {
        let key = Fold.key(word)
        if !key.isEmpty, roles[key] == nil { roles[key] = role }
      }
    }
    for table in model.tables {
      for column in table.columns {
        known.formUnion(
          ([column.label.fr, column.label.en] + column.headings).map { Fold.key($0) })
        for value in column.values {
          known.formUnion(([value.label.fr] + value.synonyms).map { Fold.key($0) })
        }
      }
    }
    for (role, words) in HeadingWords.own {
      for word in words.split(separator: ",") {
        roles[Fold.key(word)] = role
      }
    }
  }

  private static let own: [(ColumnRole, String)] = [
    (.number, "n°,no,num,numero,#,ordre,n° ordre"),
    (.signature, "emargement,signature,emarg,visa,paraphe,signatures,emargements"),
    (.mark, "absent,absents,absente,absence,excuse,excuses,excusee,absent e,excuse e,present e"),
    (.mark, "presence,presences,present,presente,presents,presents,p a,pointage,venu,venue"),
    (
      .flat,
      "n° appt,appt,apt,n° appartement,appartement,logement,n° logement,chambre,ch,n° chambre,porte,"
        + "lot,n° lot"
    ),
    (
      .personal,
      "tel,telephone,tel portable,portable,mobile,n° tel,n° de telephone,age,ages,sexe,naissance,"
        + "date de naissance,annee de naissance,mail,email,e mail,adresse mail,adresse,courriel"
    ),
    (.note, "obs,observation,observations,remarque,remarques,commentaire,commentaires,note,notes"),
    (.surname, "nom,noms,nom de famille,nom usage"), (.givenName, "prenom,prenoms,prenom s"),
    (
      .name,
      "nom prenom,nom et prenom,nom prenoms,noms prenoms,noms et prenoms,nom et prenom s,"
        + "prenom nom,prenom et nom,resident e,habitant e,participant e,participants,participant,"
        + "residents,resident,habitants,habitant,personnes,personne,adherents,adherent,inscrits,"
        + "inscrit,usagers,usager,locataires,locataire,beneficiaires,beneficiaire,familles,famille,"
        + "enfants,eleves,presents,nom du participant,name,names,full name"
    ),
    (.date, "date,dates,jour,jours,date de la seance,date de seance,quand"),
    (.title, "activite,activites,atelier,ateliers,animation,intitule,theme,quoi,seance,evenement"),
    (.start, "heure,heures,horaire,horaires,creneau,debut,heure de debut"),
    (.minutes, "duree,duree min,duree minutes,duree h,duree en h,duree heures"),
    (
      .count,
      "nb,nombre,effectif,effectifs,nb de participants,nombre de participants,nb participants,"
        + "nb personnes,nb de personnes,nombre de personnes,nb presents,nb de presents,"
        + "nombre de presents,participation,frequentation,combien"
    ),
    (.amount, "cout,montant,prix,tarif,participation financiere,budget,depense,recette"),
    (.role, "fonction,role,qualite"),
  ]

  /// Whether a text heads a column of some table, or is one of its values.
  func isKnown(_ fold: String) -> Bool { known.contains(fold) || roles[fold] != nil }

  /// What a heading is about; nil for none that is known.
  func role(of fold: String, text: String) -> ColumnRole? {
    guard !fold.isEmpty, text.count <= 60 else { return nil }
    if HeadingWords.isTotal(fold) { return .total }
    if HeadingWords.isMean(fold) { return .mean }
    if let role = roles[fold] { return role }
    // A remark in brackets, a colon: `Nom (en capitales)`.
    if let bracket = text.firstIndex(where: { $0 == "(" || $0 == ":" }), bracket > text.startIndex,
      let role = roles[Fold.key(text[..<bracket])]
    {
      return role
    }
    let words = Set(fold.split(separator: " ").map(String.init))
    guard words.count <= 6 else { return nil }
    // `Noms et prénoms des participants`.
    let isName = !words.isDisjoint(with: ["nom", "noms"])
    if isName, !words.isDisjoint(with: ["prenom", "prenoms", "participants", "residents"]) {
      return .name
    }
    if words.contains("nb") || words.contains("nombre") { return .count }
    let people: Set<String> = ["participants", "residents", "habitants", "locataires", "adherents"]
    if words.count <= 4, words.contains("liste"), !words.isDisjoint(with: people) { return .name }
    if words.contains("emargement") || words.contains("signature") { return .signature }
    return nil
  }

  /// Whether a heading of a row or a column says that sums follow.
  static func isTotal(_ fold: String) -> Bool {
    let words = fold.split(separator: " ")
    guard let first = words.first, words.count <= 6 else { return false }
    if ["total", "totaux", "sous", "stotal", "somme", "cumul"].contains(first) {
      return first != "sous" || words.contains("total") || words.contains("totaux")
    }
    if first == "s", words.count > 1, words[1] == "total" { return true }
    if words.contains("total") { return true }
    return false
  }

  /// Whether a row counts people, as `Nb de participants` below the names does.
  static func isCount(_ fold: String) -> Bool {
    let words = fold.split(separator: " ")
    return words.count >= 2 && words.count <= 6
      && (words[0] == "nb" || words[0] == "nbre" || words[0] == "nombre" || words[0] == "effectif")
  }

  static func isMean(_ fold: String) -> Bool {
    fold.hasPrefix("moyenne") || fold == "moy" || fold.hasPrefix("taux") || fold == "average"
  }
}

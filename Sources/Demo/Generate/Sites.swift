/// What the sample says of a residence before anybody lives there. All of it is invented.
struct Site {
  let key: String, code: String, name: String, city: String
  let dwellings: Int, staircases: Int
  /// Year and month of delivery.
  let delivered: (year: Int, month: Int)
  let room: Int, garden: Int, terrace: Int
  /// Percentage points added to the share of older households.
  let seniorBias: Int
  /// The factor on attendance, and the percentage points added to resident-led sessions.
  let liveliness: Double
  let autonomy: Int
}

enum Sites {
  static let all: [Site] = [
    Site(
      key: "tilleuls", code: "TIL", name: "Les Tilleuls bleus (fictif)",
      city: "Arvelles-sur-Lune (fictif)", dwellings: 72, staircases: 3, delivered: (2017, 9),
      room: 95, garden: 420, terrace: 0, seniorBias: 6, liveliness: 1.1, autonomy: 6),
    Site(
      key: "orangerie", code: "ORA", name: "Le Clos de l’Orangerie (fictif)",
      city: "Saint-Aubrin (fictif)", dwellings: 60, staircases: 3, delivered: (2018, 4),
      room: 80, garden: 150, terrace: 60, seniorBias: 12, liveliness: 0.95, autonomy: -4),
    Site(
      key: "moulin", code: "MOU", name: "Le Moulin des Cigales (fictif)",
      city: "Montloriot (fictif)", dwellings: 96, staircases: 4, delivered: (2016, 6),
      room: 140, garden: 600, terrace: 0, seniorBias: -6, liveliness: 1.0, autonomy: 0),
    Site(
      key: "passerelle", code: "PAS", name: "La Passerelle aux Mésanges (fictif)",
      city: "Clairvigne (fictif)", dwellings: 48, staircases: 2, delivered: (2019, 3),
      room: 70, garden: 90, terrace: 45, seniorBias: 0, liveliness: 1.15, autonomy: 12),
    Site(
      key: "sorbiers", code: "SOR", name: "Le Belvédère des Sorbiers (fictif)",
      city: "Fontarelle-le-Haut (fictif)", dwellings: 88, staircases: 4, delivered: (2015, 11),
      room: 110, garden: 0, terrace: 120, seniorBias: -10, liveliness: 0.85, autonomy: -6),
    Site(
      key: "lavandieres", code: "LAV", name: "La Cour des Lavandières (fictif)",
      city: "Vernoual (fictif)", dwellings: 54, staircases: 2, delivered: (2018, 10),
      room: 75, garden: 210, terrace: 0, seniorBias: 15, liveliness: 1.05, autonomy: 3),
    Site(
      key: "goelands", code: "GOE", name: "Les Goélands d’argent (fictif)",
      city: "Port-Sérac (fictif)", dwellings: 78, staircases: 3, delivered: (2020, 1),
      room: 105, garden: 180, terrace: 80, seniorBias: 3, liveliness: 0.9, autonomy: -2),
    Site(
      key: "verriers", code: "VER", name: "L’Atelier des Verriers (fictif)",
      city: "Aigremare (fictif)", dwellings: 66, staircases: 3, delivered: (2017, 2),
      room: 125, garden: 260, terrace: 30, seniorBias: -3, liveliness: 1.2, autonomy: 9),
  ]
}

/// Names of many origins; all pairs are made up. Letters stay within Windows-1252.
enum Names {
  static let women = [
    "Aïcha", "Amina", "Ana", "Andrée", "Anne-Marie", "Bintou", "Camille", "Catherine", "Chantal",
    "Claire", "Colette", "Denise", "Elif", "Élodie", "Fanta", "Fatima", "Françoise", "Gisèle",
    "Hawa", "Huong", "Inès", "Jacqueline", "Jeanne", "Josiane", "Julie", "Karima", "Kavitha",
    "Khadija", "Léa", "Leïla", "Linh", "Lucie", "Magda", "Manon", "Mariam", "Marie-Thérèse",
    "Marta", "Michèle", "Monique", "Nadia", "Naïma", "Noémie", "Odette", "Oumou", "Priya",
    "Rachida", "Rosa", "Sabrina", "Salomé", "Sarah", "Simone", "Sofia", "Solène", "Thérèse",
    "Yasmine", "Yvette", "Zeynep", "Zoé",
  ]
  static let men = [
    "Abdoulaye", "Ahmed", "Alain", "Amadou", "André", "Antoine", "Baptiste", "Benoît", "Bernard",
    "Boubacar", "Carlos", "Christian", "Cyril", "Daniel", "Dimitri", "Émile", "Emre", "Farid",
    "François", "Gaël", "Georges", "Gérard", "Guy", "Hamid", "Henri", "Hugo", "Ibrahima",
    "Idriss", "Jacques", "Jean-Claude", "João", "Kamel", "Karim", "Kévin", "Lucas", "Malik",
    "Mamadou", "Marcel", "Marc", "Mehmet", "Minh", "Mohamed", "Moussa", "Noël", "Omar", "Patrick",
    "Paulo", "Piotr", "Rayan", "Rémi", "René", "Samir", "Sékou", "Théo", "Tuan", "Vijay",
    "Yann", "Youssef",
  ]
  static let surnames = [
    "Adjani-Rousset", "Aït Brahim", "Alvès", "Aubertin", "Bakayo", "Barbotin", "Belkacemi",
    "Benhadou", "Berthelin", "Boisrond", "Bonnardel", "Bouzianne", "Brémaud", "Camaraté",
    "Cardoso", "Chauvelin", "Chérigui", "Cissokha", "Combarel", "Coulibalé", "D’Almérac",
    "Da Costeira", "Dembelot", "Demirtas", "Desgranges", "Diabyra", "Diop-Laurent", "Doukhane",
    "Duvernoy", "El Mansourel", "Escoffrier", "Estevez", "Faucillon", "Fernandel", "Fofanat",
    "Gasparet", "Ghermaoui", "Gonzague", "Guérinot", "Haddadi", "Hamelinet", "Hoang", "Iglésias",
    "Jacquemard", "Kaplanel", "Karadeniz", "Keïtala", "Kervadec", "Kowalczek", "Lambrecht",
    "Larzillière", "Le Gallou", "Lemaréchal", "Letourmy", "Mahamadi", "Maréchaux", "Mbembola",
    "Mendézy", "Meunerie", "Montauban", "Moreirat", "N’Dongala", "Nguyên", "Noirel", "Nowaket",
    "Oliveirinha", "Ouédrago", "Ozturkel", "Pelletan", "Pérignon", "Phamet", "Pichonnat",
    "Quéméner", "Ramanandran", "Renaudel", "Ribeirol", "Roudaut", "Saïdani", "Sanogo", "Selvarat",
    "Sivanesh", "Soubeyran", "Sylvestrin", "Tahiri", "Tavarel", "Thibaudeau", "Touréna",
    "Tranvan", "Vasseurin", "Verdelhan", "Wozniel", "Yildirimo", "Zerroukh", "Zidounel",
  ]
}

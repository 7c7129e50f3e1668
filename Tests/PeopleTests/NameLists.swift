/// Names to make people up from, by origin; no person is meant.
enum NameLists {
  struct Origin {
    var share: Int
    var surnames: [String]
    var women: [String]
    var men: [String]
  }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).flatMap { $0.split(separator: ",") }
      .map { $0.trimmingPrefix(while: \.isWhitespace) }
      .map { String($0.reversed().drop(while: \.isWhitespace).reversed()) }
      .filter { !$0.isEmpty }
  }

  static let all: [Origin] = [
    Origin(
      share: 50,
      surnames: words(
        """
        Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Dubois, Moreau, Laurent, Simon,
        Michel, Lefebvre, Lefèvre, Leroy, Roux, David, Bertrand, Morel, Fournier, Girard, Bonnet,
        Dupont, Lambert, Fontaine, Rousseau, Vincent, Muller, Lefèvre, Faure, André, Mercier, Blanc,
        Guérin, Boyer, Garnier, Chevalier, François, Legrand, Gauthier, Garcia, Perrin, Robin,
        Clément, Morin, Nicolas, Henry, Roussel, Mathieu, Gautier, Masson, Marchand, Duval, Denis,
        Dumont, Marie, Lemaire, Noël, Meyer, Dufour, Meunier, Brun, Blanchard, Giraud, Joly, Rivière,
        Lucas, Brunet, Gaillard, Barbier, Arnaud, Martinez, Gérard, Roche, Renard, Schmitt, Roy,
        Leroux, Colin, Vidal, Caron, Picard, Roger, Fabre, Aubert, Lemoine, Renaud, Dumas, Lacroix,
        Olivier, Philippe, Bourgeois, Pierre, Benoît, Rey, Leclerc, Payet, Rolland, Leclercq,
        Guillaume, Lecomte, Jean, Dupuy, Guillot, Hubert, Berger, Carpentier, Sanchez, Dupuis,
        Moulin, Louis, Deschamps, Huet, Vasseur, Perez, Boucher, Fleury, Royer, Klein, Jacquet,
        Quéméneur, Le Gall, Le Goff, Le Bœuf, Kervella, Cozic, Etcheverry, Casabianca, Delcassé,
        de La Tour, du Plessis, de Saint-Aubin, Martin-Leroy, Petit-Roche, Bardin-Colas, d’Almeida,
        Vandenbroucke, Wojciechowski, Bouteloup, Chassaing, Peyrichou, Trémolières, Grosjean,
        Bellanger, Chauvet, Rigaudie, L’Hermite, Taillefer
        """),
      women: words(
        """
        Marie, Nathalie, Isabelle, Sylvie, Catherine, Françoise, Monique, Jacqueline, Martine,
        Christine, Valérie, Sandrine, Véronique, Nicole, Stéphanie, Sophie, Céline, Chantal,
        Patricia, Anne, Brigitte, Julie, Monique, Aurélie, Laurence, Christiane, Dominique, Émilie,
        Corinne, Élodie, Camille, Caroline, Léa, Sarah, Florence, Laetitia, Audrey, Hélène, Laura,
        Manon, Michèle, Cécile, Christelle, Chloé, Mathilde, Béatrice, Claire, Anaïs, Suzanne,
        Virginie, Louise, Alice, Jeanne, Odette, Yvonne, Simone, Ginette, Geneviève, Marie-Thérèse,
        Marie-Claude, Anne-Marie, Marie-Louise, Anne-Sophie, Marie-Christine, Zoé, Inès, Noémie,
        Gaëlle, Maëlys, Clémence, Éléonore, Colette, Denise, Huguette, Josiane, Solène, Apolline,
        Bertille, Annaïg, Maïwenn, Philomène, Gisèle, Renée, Andrée, Marguerite, Rose, Lucie,
        Juliette, Justine, Marine, Martine, Océane, Pauline
        """),
      men: words(
        """
        Jean, Pierre, Michel, Philippe, Alain, Nicolas, Christophe, Bernard, Daniel, Patrick,
        Frédéric, Laurent, Stéphane, Julien, Éric, Gérard, Sébastien, André, Christian, Jacques,
        Olivier, David, Thierry, Marcel, Guillaume, Antoine, Alexandre, Jérôme, Pascal, Dominique,
        Claude, François, Thomas, Vincent, Maxime, Mathieu, Matthieu, Romain, Anthony, Roger, Kévin,
        Bruno, Didier, Robert, Cédric, Jean-Pierre, Jean-Luc, Jean-Claude, Jean-Marie, Jean-Paul,
        Jean-François, Jean-Michel, Benoît, Joël, Noël, René, Raymond, Maurice, Lucien, Léon, Léo,
        Hugo, Gabriel, Raphaël, Loïc, Yann, Erwan, Gwenaël, Théo, Mathis, Gaspard, Anatole, Côme,
        Aurélien, Damien, Fabien, Fabrice, Gilles, Serge, Yves, Xavier, Barnabé, Tugdual, Achille,
        Marius, Marin
        """)),
    Origin(
      share: 18,
      surnames: words(
        """
        Benali, El Amrani, Ben Ahmed, Benahmed, Bouzid, Haddad, Belkacem, Mansouri, Boukhari, Slimani,
        Cherif, Khelifi, Ouali, Aït Ahmed, Zerrouki, El Idrissi, El Khattabi, Bensaïd, Ben Salah,
        Benmoussa, Boudjemaa, Tahraoui, Hammoudi, Lamrani, Chaouch, Meddah, Ould Ali, Bouazza,
        Guerroudj, El Mokhtari, Saïdi, Rahmouni
        """),
      women: words(
        """
        Fatima, Khadija, Aïcha, Samira, Nadia, Malika, Leïla, Yasmina, Zineb, Houria, Djamila,
        Fatiha, Karima, Naïma, Souad, Rachida, Zohra, Imane, Sofia, Amina, Salma, Nour, Meriem,
        Myriam, Hafsa, Ikram, Ouassila, Chahrazed
        """),
      men: words(
        """
        Mohamed, Mohammed, Ahmed, Karim, Rachid, Ali, Youssef, Omar, Said, Abdelkader, Mustapha,
        Hassan, Brahim, Samir, Farid, Nabil, Kamel, Abdallah, Yacine, Bilal, Ilyes, Rayan, Adam,
        Younès, Hocine, Lakhdar, Mokrane
        """)),
    Origin(
      share: 14,
      surnames: words(
        """
        Diallo, Traoré, Coulibaly, Diarra, Konaté, Keïta, Touré, Camara, Cissé, Diop, Ndiaye, Fall,
        Ba, Sy, Sow, Sylla, Bah, Barry, Sissoko, Doucouré, Kanté, Gueye, Sarr, Mendy, Kouassi,
        Ouédraogo, Nkounkou, Mbemba, N’Diaye, Soumahoro, Gassama
        """),
      women: words(
        """
        Fatoumata, Aminata, Mariam, Kadiatou, Awa, Oumou, Hawa, Bintou, Coumba, Fanta, Aïssatou,
        Mariama, Ramata, Sira, Assa, Dieynaba, Penda, Adjoua, Salimata, Maïmouna
        """),
      men: words(
        """
        Mamadou, Moussa, Ibrahima, Ousmane, Boubacar, Amadou, Cheikh, Abdoulaye, Oumar, Souleymane,
        Bakary, Seydou, Modibo, Samba, Demba, Lassana, Issa, Youssouf, Fodé, Kofi
        """)),
    Origin(
      share: 7,
      surnames: words(
        """
        Da Silva, Dos Santos, Ferreira, Pereira, Rodrigues, Gonçalves, Fernandes, de Oliveira, Lopes,
        Carvalho, Teixeira, Da Costa, Marques, Vaz, Moniz Tavares
        """),
      women: words(
        "Maria, Ana, Conceição, Fernanda, Teresa, Lurdes, Rosa, Isabel, Inês, Graça, Filomena"),
      men: words(
        "José, João, António, Manuel, Carlos, Paulo, Luís, Tiago, Rui, Joaquim, Américo")),
    Origin(
      share: 4,
      surnames: words("Çelik, Yılmaz, Demir, Öztürk, Şahin, Kılıç, Aydın, Karadağ, Güneş, Doğan"),
      women: words("Ayşe, Emine, Elif, Zeynep, Gülsen, Hatice, Sevgi, Büşra"),
      men: words("Mehmet, Mustafa, Hüseyin, Emre, Yusuf, Ömer, Serkan, Gökhan")),
    Origin(
      share: 4,
      surnames: words("Nguyen, N’Guyen, Trần, Đặng, Phạm, Lê, Huỳnh, Võ, Bùi, Ngô"),
      women: words("Thị Mai, Lan, Hương, Linh, Ngọc, Thu Thảo, Kim Anh, Tuyết"),
      men: words("Văn Minh, Đức, Quang, Hải, Tuấn, Minh, Hoàng, Duy")),
    Origin(
      share: 3,
      surnames: words(
        "Attoumani, Boinali, Saïd Ali, Madi, Combo, M’Sa, Abdou, Soilihi, Bacar, Ahamada"),
      women: words("Zaïnaba, Echati, Moinaecha, Roukia, Faouzia, Anfiati, Sitti"),
      men: words("Ibouroi, Soilihi, Anli, Nassur, Abdourahamane, Daoud, Saïd")),
  ]

  static let nicknames: [String: [String]] = [
    "Catherine": ["Cathy", "Kathy"], "Christophe": ["Chris"], "Frédéric": ["Fred"],
    "Stéphanie": ["Steph"], "Jean-Pierre": ["JP", "J-P"], "Jean-Claude": ["J-C", "JC"],
    "Isabelle": ["Isa"], "Nicolas": ["Nico"], "Patricia": ["Pat"], "Véronique": ["Véro"],
    "Sébastien": ["Seb"], "Laurence": ["Lolo"], "Michel": ["Mich"], "Alexandre": ["Alex"],
    "Caroline": ["Caro"], "Mohamed": ["Momo"], "Fatoumata": ["Fatou"], "Abdelkader": ["Kader"],
    "Mamadou": ["Doudou"], "Geneviève": ["Ginette"], "Gabriel": ["Gaby"], "Théo": ["Théo"],
    "Virginie": ["Vivi"], "Élodie": ["Élo"], "Jacqueline": ["Jacky"], "Robert": ["Bob"],
    "Benoît": ["Ben"], "Olivier": ["Oliv"], "Thomas": ["Tom"], "Maxime": ["Max"],
    "Laurent": ["Lolo"], "Romain": ["Rom"], "Camille": ["Cam"], "Aurélie": ["Aure"],
    "Sandrine": ["Sandy"], "Marguerite": ["Margot"], "Khadija": ["Khadi"], "Vincent": ["Vince"],
  ]

  static let spellings: [String: [String]] = [
    "Mohamed": ["Mohammed", "Mohamad"], "Fatima": ["Fathima"], "Khadija": ["Khadidja"],
    "Leïla": ["Laila", "Leyla"], "Youssef": ["Yousef", "Youcef"], "Oumar": ["Omar"],
    "Mathieu": ["Matthieu"], "Matthieu": ["Mathieu"], "Philippe": ["Philipe"],
    "Sarah": ["Sara"], "Hélène": ["Elene"], "Kévin": ["Kevyn"], "Christelle": ["Cristelle"],
    "Stéphane": ["Stefane"], "Mariam": ["Maryam"], "Meriem": ["Mériam"], "Ousmane": ["Usmane"],
    "Moussa": ["Musa"], "Boubacar": ["Boubakar"], "Nathalie": ["Natalie"], "Yacine": ["Yassine"],
    "Cheikh": ["Cheick"], "Abdoulaye": ["Abdulaye"], "Djamila": ["Jamila"], "Souad": ["Soad"],
  ]
}

/// Surnames that are common in France: a typed surname of the list is a name of its own, not a
/// slip for a neighbour's (Marin beside Martin). One that is not here is not held against anybody.
enum Surnames {
  /// Whether a folded word is a known surname.
  static func contains(_ name: some StringProtocol) -> Bool { all.contains(String(name)) }

  private static let all: Set<String> = Set(
    list.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let list = """
    adam albert alexandre allard alves andre antoine arnaud aubert aubry bailly ba bah balde barbier
    baron barre barry barthelemy baudry bazin belkacem benali benoit berger bernard bertin bertrand
    besnard besson blanc blanchard blanchet blondel bodin bonnet bonneau bouchard boucher boulanger
    bourdon bourgeois boutin bouvet bouvier boyer briand brunel brun brunet buisson burel cadiou
    camara camus carlier caron carpentier carre cartier carvalho chabot chambon charbonnier charles
    charpentier charrier chartier chauvin chevalier chevallier cisse clement clerc cohen colas colin
    collet collin cordier cornu costa coste coulibaly cousin couturier cruz daniel da david delaunay
    delattre delmas delorme denis descamps deschamps desouza devaux dia diaby diakite diallo diarra
    dias diaz diop diouf diawara doucet dubois duboi duarte duhamel dumas dumont dupond dupont duprat
    dupre dupuis dupuy durand durant duval etienne evrard fabre faivre fall faure favre faye ferrand
    ferreira fernandes fernandez fischer fleury fofana fontaine forest fournier francois gaillard
    gallet garcia garnier gaudin gauthier gautier gay georges gerard germain gilbert gilles gillet
    girard giraud gomes gomez gomis goncalves gonzalez grand gregoire grondin gros gueye guerin
    guichard guillaume guillet guillot guillou guyot hamon hardy hebert henry hernandez herve hoarau
    hoareau hubert huet humbert imbert jacob jacquet jacques jacquot jean jeanne joly joubert jourdan
    julien kaba kante keita klein kone konate konte lacroix lagarde laine lambert lamy langlois
    laporte laurent lebon lebreton leblanc lebrun lecomte leclerc leclercq lecoq leduc lefebvre lefevre
    lefevbre legrand legros lejeune lemaire lemaitre lemoine lenoir leon lepage leroy leroux lesage
    leveque levy lopes lopez louis lucas ly maillard maillot mallet marchal marchand marechal marie
    marin marques martel martin martinez martins marty masson mathieu mathe mbaye mendes mendy menard
    mercier meunier meyer michaud michel millet millot monnier moreau morel moret morin morvan moulin
    muller mohamed ndiaye niang noel nguyen nicolas olivier pages paris parent pascal pasquier paul
    payet pelletier pereira peres perez peron perret perrier perrin perrot petit petitjean philippe
    pichon picard pierre pineau pinto poirier pons poulain prevost prigent raymond regnier remy renard
    renaud renault rey reynaud ribeiro richard riviere robert robin roche rocher rodrigues rodriguez
    roger rolland rossi rouault rousseau roussel rousset rousselle roux roy royer ruiz sabatier saidi
    sall samake sanchez sane sarr santos sauvage schmitt schneider seck serre silva simon simonet
    sissoko sow soares sousa souza sy sylla tanguy tavares tessier texier thibault thierry thomas
    tissot tournier toure tounkara traore tran vasseur vaillant valentin vallet verdier vidal vieira
    vincent voisin wagner weber weiss abdallah abdou ahmed ali amrani bakkali belhadj benaissa
    benamar boukhari cherif haddad hamidi hassan ibrahim idrissi khelifi mansouri meziane naceri
    omar ouali rahmani saad salah slimani tahiri yahiaoui ziani aydin celik demir dogan kaya kilic
    ozdemir ozturk sahin yildirim yildiz yilmaz arslan bui dang do duong ho hoang huynh le ngo pham
    phan tran truong vo vu attoumani bacar boina madi msa soilihi youssouf combo saindou
    """
}

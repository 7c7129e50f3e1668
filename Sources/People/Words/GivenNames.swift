/// Given names that are common in France, whatever their origin, with the sex they tell.
///
/// They say that a typed word is a name of its own and not a slip for another (Julie beside
/// Julien), which part of a mention is the given name, and whether two spellings of one sound can
/// be one person (Michel, Michèle). A name that is not here is not held against anybody.
enum GivenNames {
  /// The sex a folded given name tells: nil when both bear it, or when it is unknown.
  static func sex(_ name: some StringProtocol) -> Sex? { sexes[String(name)] ?? nil }

  /// Whether a folded word is a known given name.
  static func contains(_ name: some StringProtocol) -> Bool { sexes[String(name)] != nil }

  private static let sexes: [String: Sex?] = {
    var out: [String: Sex?] = [:]
    for (list, sex) in [(women, Sex.woman), (men, Sex.man)] {
      for name in list.split(whereSeparator: \.isWhitespace) {
        let name = String(name)
        out[name] = .some(out[name] == nil ? sex : nil)
      }
    }
    for name in both.split(whereSeparator: \.isWhitespace) { out[String(name)] = .some(nil) }
    return out
  }()

  private static let both = """
    alex ali amal andrea ange angel camille candide charlie claude claudy dany dominique eden elie
    emery frederique george hyacinthe ines jackie jamie jo kim leslie lou louison loan lois mahe
    maxence maxime morgan morgane nour noa noe noel pascale pascal rayane robin sacha sam sasha
    sidney stephane swan yael yannick nouri iman imane ihsan islam jihane wissam kelly luca sofiane
    linh minh anh lan hong thanh ngoc xuan hoa phuong kamal deniz
    """

  private static let women = """
    adele adelaide adeline agathe aglae agnes aida aicha aissata aissatou albane alberte alexandra
    alexia alice alicia aline alix alizee amandine amanda ambre amel amelie amina aminata amira anais
    anastasia andree ange angela angele angelina angelique anita anna annabelle anne annette annick
    annie anouk antoinette apolline ariane arlette armelle asma assia assa astrid astou aude audrey
    augustine aurelie aurore awa axelle aya aziza barbara beatrice berangere bernadette berthe
    bertille betty bineta bintou blanche brigitte bruna camelia capucine carine carla carmen carole
    caroline cassandra catherine cathy cecile celeste celestine celia celine chaima chantal charlene
    charline charlotte chayma chloe christelle christiane christina christine cindy claire clara
    clarisse claudette claudia claudie claudine clelia clemence clementine cleo clothilde clotilde
    colette colombe constance coralie corinne coumba cynthia dado dalila danielle daniele daphne
    debora deborah delphine denise dhekra diane diana diariatou dina djamila djeneba dominga doriane
    doris dorothee edith edwige eleonore eliane elena eliette elisa elisabeth elise ella elodie
    eloise elsa elvire emeline emilie emma emmanuelle emy enora ernestine estelle esther ethel eugenie
    eva eve evelyne fabienne fadila fanny fanta farah farida fatiha fatima fatma fatou fatoumata
    faustine fernande fiona flavie fleur flora florence florine france francette francine francoise
    frederique gabrielle gaelle garance genevieve georgette georgina geraldine germaine ghislaine
    gilberte ginette giselle gisele gladys gloria grace graziella gwenaelle gwendoline gwenola habiba
    hadja hafida hafsa hajar halima halimatou hamida hanane hanna hannah hatice hawa hayat helena
    helene heloise henriette hermine hind honorine hortense houda houria huguette ibtissem ida ikram
    ilona imelda ingrid irene iris irma isabel isabelle jacqueline jade jamila janine janne jasmine
    jeanine jeanne jeannette jeannine jenna jennifer jessica joana joanna jocelyne joelle johanna
    jordane josephine josette josiane josyane joyce juana judith julia juliana julie julienne juliette
    justine kadiatou kadidia kadija karima karine karen katia kenza khadija khadidja khadijatou
    khadidiatou khady kheira laeticia laetitia laila lara latifa laura laure laurence laurene laurette
    laurie laurine lea leila lena leana leonie leontine lilas lila lili lilia liliane lilou lily lina
    linda lisa lise lison lisette livia lola lorraine lou louane louisa louise louisette louna lubna
    luce lucette lucia lucie lucienne lucile lucille ludivine luisa luna lydia lydie lyna madeleine
    madina madly mael maelle maelys mafalda magali magalie magda maimouna maissa malak malika manon
    manuela marceline marcelle margaux margot marguerite maria mariam mariama marianne marie
    mariette marilyn marilyne marina marine marion marjorie marlene marthe martine maryam maryline
    maryse maryvonne mathilde maud maude maureen mauricette maya maylis mebarka melanie melina melinda
    melissa melodie meryem meriem michele micheline michelle mila milena mireille miryam mona monica
    monique mounia muriel myriam nabila nadege nadia nadine nadjat naima najat nancy naomi natacha
    natalia nathalie nawel nelly nesrine nicole nicoletta nina noelie noelle noemie nolwenn nora
    norah noura odette odile oceane olga olivia olympe ombeline ophelie oriane ornella oumou oumy
    ouarda pascaline patricia paula paule paulette pauline penda penelope perrine petra philippine
    philomene pierrette pilar prisca priscilla prune quitterie rachel rachida radia rahma ramata
    raphaelle raymonde rebecca regine reine renee rita roberta rokhaya rokia romane romy rosa rosalie
    rosaline rose roseline roselyne rosine roxane ruth sabah sabine sabrina safia safiatou saida
    saliha salimata sally salma salome samia samira samya sana sandra sandrine sara sarah sarra
    sebastienne segolene selena selma serena severine shana shirley sibylle sidonie simone siham
    sira soizic solange solene soline sonia sophia sophie sofia soraya souad soumaya souhila
    stephanie suzanne suzette sylviane sylvie sylvette tania tatiana telma tess tessa thais thea
    therese tiphaine tina teresa touria ursula valentine valerie vanessa vera veronique vicky
    victoire victoria vilma vinciane violaine violette virginie vivianne viviane wafa wassila wendy
    wided wilma xaviere yamina yasmina yasmine yassmine yolande yollande yousra yvette yvonne zahia
    zahra zainab zakia zara zeinab zelie zelia zineb zita zoe zohra zoulikha zulmira ayse fatos
    emine elif zeynep hulya gul gulsen nurcan sevim songul mai thuy huong trang hanh nga thu tuyet
    moinaecha zainaba hadidja nadjima echati sitti roukia anfiati faouzia conceicao fernanda lurdes
    deolinda ana rosario ludmila svetlana oksana irina olena natasha lakshmi priya kavitha
    """

  private static let men = """
    aaron abdallah abdel abdelaziz abdelhamid abdelkader abdelkrim abdelmalek abdellah abderrahim
    abderrahmane abdou abdoul abdoulaye abel achille achraf adam adama adem adil adnan adrien ahmed
    aime aimeric alain alan alassane albert alberto albin alexandre alexis alfred alioune aliou
    alpha alphonse amadou amar amaury ambroise amed ameur amine amir anas anatole andre andreas
    andy ange angelo anis anthony antoine anton antonin antonio ariel aristide armand arnaud arsene
    arthur athanase aubin auguste augustin aurelien avelino axel ayman aymeric ayoub aziz azzedine
    bachir badr bakary baptiste barnabe barthelemy basile bastien baudouin benedict benjamin benoit
    bernard bertrand bilal billal blaise boris boubacar boubakar bouba brahim brice brieuc bruno
    bryan burak calvin camil carl carlos cedric celestin cesar charles cheick cheikh cherif christian
    christophe clement clovis come conrad constant constantin corentin cyprien cyril cyrille dalil
    damien daniel danilo dario david demba denis desire didier diego dimitri djamel djibril dominik
    donatien dorian driss edgar edmond edouard eduardo edwin eliott elias eliot eloi emile emilien
    emmanuel enzo eric ernest erwan esteban ethan etienne eugene evan evariste ezechiel fabien fabio
    fabrice fabricio faical farid fares farouk faouzi faycal felicien felix ferdinand fernand
    fernando fethi filipe firmin flavien fleury florent florentin florian fode fouad fousseynou
    francesco francis francisco franck francois frank fred frederic gabin gabriel gael gaetan gaspard
    gaston gauthier gautier geoffrey georges gerald gerard germain ghislain gilbert gildas gilles
    giovanni goncalo gonzague gregoire gregory guenael guilhem guillaume gustave guy gwendal gwenael
    habib hachim hadrien hakim hamed hamid hamidou hamza harouna harold harry hassan hassane hector
    helder henri henrique herve hicham hippolyte hocine honore houcine hubert hugo hugues hussein
    hyppolyte ian ibra ibrahim ibrahima idir idris idriss idrissa ignace igor ilan ilian ilies ilyas
    ilyes isaac isaie isidore ismael ismail issa issam issouf ivan jack jacky jacob jacques jamal
    james jamel jason jean jeannot jeremie jeremy jerome jerry jimmy joachim joao joaquim joel johan
    johann john johnny jonas jonathan jordan jorge jose joseph joshua josue jouan juan jules julian
    julien julio junior juste justin kader kais kamel karim karl keita kenan kevin khaled khalid
    khalifa khalil kilian killian koffi kouassi kylian lamine lancelot larbi laszlo laurent lazare
    leandre leandro leo leon leonard leonardo leopold lenny levy liam lilian lionel logan loic lorenzo
    loris lotfi louis luc lucas lucien ludovic luis luigi luka lukas lyes mady mael magloire mahamadou
    mahamoud mahdi mahmoud malik malo mamadou mamoudou manuel marc marcel marcelin marco marcos marin
    mario marius mark marouane marti martial martin marvin massinissa mateo mathias mathieu mathis
    mathurin matteo matthias matthieu maurice max maximilien maximin mehdi mehmet melvin merlin messaoud
    michael michel mickael miguel mike milan milo milos modeste modou moha mohamed mohammed moise
    momar moncef morad mouad mouloud mounir mourad moussa moustapha mouhamed murad mustafa mustapha
    mustafa nabil nacer nadir narcisse nasser nathan nathanael nelson nestor nicolas nil nils noham
    nolan nordine norbert noureddine oceane octave odilon olivier omar oscar osman othmane oumar
    ousmane ousseynou owen pablo paco paolo papa pape paquito pascalin patrice patrick paul paulin
    paulo pedro philibert philippe philemon pierre pierrick placide prosper quentin rabah rachid
    rafael rafik raimond ramdane ramon ramzi raoul raphael raul raymond rayan reda redouane regis
    remi remy renaud rene ricardo richard riad robert roberto roch rodolphe rodrigo rodrigue rodrigues
    roger roland romain romaric romeo romuald ronan ronny rosaire ruben rudy rui ryan said saad saidou
    salah salif salim salomon salvador samba sami samir samuel samy sandro sandy santiago saturnin
    sebastien sekou selim serge sergio severin seydou sidi sidney silvere simeon simon slimane
    sixte soilihi soule souleymane soumaila stan stanislas stefan stephan stephen steve steven sullivan
    sven sylvain sylvestre tanguy tao tarek tariq teddy teo terence tewfik theo theodore theophile
    thibaud thibault thibaut thierry thomas tiago tidiane tidjane tim timeo timothee tino titouan tom
    tommy tony toussaint tristan tugdual ugo ulysse ulrich urbain valentin valery valerian venceslas
    viannney vianney victor victorien vincent virgile virgil vitor vivien wael waldemar walid wallerand
    walter wassim wilfrid wilfried william willy wladimir xavier yacine yacouba yahya yann yanis
    yassin yassine yazid yoan yoann yohan yohann yonathan younes youness youri youssef youssouf yusuf
    yvan yves yvon zacharie zakaria zaki zinedine ziad emre murat hasan huseyin ibrahim ismet kemal
    omer osman recep serkan yilmaz dung duc hai hung huy khanh long nam phuc quang son tuan tung van
    viet ahamada abdourahmane said soilihi ibouroi madi combo youssoufa nassur attoumani bacar
    boinali anli daouda armindo domingos joaquim duarte nuno vasco zeferino ivo oleksandr dmytro
    sergei vladimir rajan suresh kumar
    """
}

/// Short and familiar forms of given names, and the spellings of one name in other alphabets'
/// transcriptions. An entry is a name, then what it is shortened or altered to.
enum Nicknames {
  /// Whether two folded names, written without blanks, are forms of one name.
  static func areForms(_ a: String, _ b: String) -> Bool {
    guard let x = groups[a], let y = groups[b] else { return false }
    return !x.isDisjoint(with: y)
  }

  /// Whether two folded names are spellings of one name, rather than one and its short form.
  static func areSpellings(_ a: String, _ b: String) -> Bool {
    guard let x = spellingGroups[a], let y = spellingGroups[b] else { return false }
    return !x.isDisjoint(with: y)
  }

  /// How many names a word is a form of.
  static func meanings(of word: String) -> Int { groups[word]?.count ?? 1 }

  /// All forms of the names that a word may be a form of.
  static func forms(of word: String) -> Set<String> {
    var out = Set<String>()
    for group in groups[word] ?? [] { out.formUnion(members[group]) }
    for group in spellingGroups[word] ?? [] { out.formUnion(spellings[group]) }
    return out
  }

  private static let members: [[String]] = lines(short)
  private static let spellings: [[String]] = lines(variants)
  /// The lines that each word stands on.
  private static let groups = index(members)
  private static let spellingGroups = index(spellings)

  private static func lines(_ text: String) -> [[String]] {
    text.split(separator: ";").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
  }

  private static func index(_ lines: [[String]]) -> [String: Set<Int>] {
    var out: [String: Set<Int>] = [:]
    for (i, line) in lines.enumerated() {
      for word in line { out[word, default: []].insert(i) }
    }
    return out
  }

  private static let short = """
    abdelkader kader; abdelaziz aziz; abdelkrim krim karim; abderrahmane abdou rahmane; abdoulaye
    abdou laye ablaye; adelaide ade; adele ade; adrien adri; agathe aga; agnes nes; alain al;
    albert bebert; alexandra alex sandra alexa; alexandre alex sacha xandre sandro; alexia alex;
    alexis alex; alfred fred; aline lili; alice lili lice; amandine mandy didine; amadou ama;
    amelie meme lili; andre dede; andree dede; angelique angie; anne annie nanou anouk annette;
    annemarie annie annem nanou; anthony antho tony; antoine toine tonio titou antho; antonio tonio
    toni tony; arnaud nono; arthur tutur; augustin gus gustin tintin; aurelie lili aure; aurelien
    aure; barbara babs barbie; baptiste bapt batou titi; bastien bast; beatrice bea; benedicte
    bene; benjamin ben benji benj; benoit ben beno; berangere bera; bernadette bernie nadette
    detta; bernard nanard bernie; bertrand bert; boubacar bouba boubou; brigitte bri gigi bibi;
    camille cam mimi; carole caro; caroline caro; catherine cathy cathie katy kathy cath cat kate
    katie; cecile cec; cedric ced cedou; celestine tine; charles charlie charly carlos; charlotte
    charlie chacha lolotte; chantal chacha; cheikh cheikhou; christelle chris kristel; christian
    chris cricri; christiane chris cricri; christine chris cricri titine kris; christophe chris
    tophe kristof cricri; claudine clo clau; claude clo clau; clemence clem; clement clem;
    clementine clem titine; colette coco; corinne coco co; cyril cyr; damien dam; daniel dan dany;
    danielle dany dan; daniele dany dan; david dav dave; deborah debbie deb; delphine del fifine;
    denis dede; denise nini dede; didier didi; dominique dom domi do; dorothee doro dodo; edmond
    momon; edouard ed eddy doudou; eleonore leo nono; elisabeth babeth lisa elise betty lili zabeth
    babette elsa liz; elise lise lili; elodie elo dodie; eloise elo; emile mimile; emilie emi mimi
    lili em; emmanuel manu; emmanuelle manu emma; emma em; ernest nenesse; estelle est; etienne
    tienne; eugene gege; eugenie nini; evelyne eve evy; fabien fab fabi; fabienne fab; fabrice fab;
    fatima fati fatou fafa tima; fatoumata fatou fanta toumata; ferdinand ferdi nando; fernand
    nando nanand; florence flo; florent flo; florian flo; florine flo; francine cine; francis fran;
    francisco paco chico; francois fanfan fran francky; francoise fanfan fran soizic franchou
    soize; frederic fred fredo; frederique fred; gabriel gab gaby; gabrielle gab gaby; gaelle gaga;
    genevieve gen ginou ginette vivi; georges jojo geo; georgette jojo; gerald gege; geraldine gege
    gera; gerard gege; germaine maine; ghislaine guiguite; gilbert gibi; gilles gilou; ginette
    ginou; gregoire greg; gregory greg; guillaume guigui gui guillou; gustave gus; guy guytou;
    gwenaelle gwen; gwendoline gwen; helene lena ln leni; henri riri riton; henriette riette; herve
    vevou; hubert hub; huguette guettou; ibrahim ibra ibou brahim; ibrahima ibra ibou; isabelle isa
    babelle zaza belle; jacqueline jacquie jacky line jackie; jacques jacky jacquot jack jacquou;
    jean jeannot; jeanbaptiste jb jeanba baptiste; jeanchristophe jc jeanchri; jeanclaude jc
    jeanclo; jeandaniel jd; jeanfrancois jf jeff jeanfran; jeanjacques jj; jeanlouis jl jeanlou;
    jeanluc jl; jeanmarc jm; jeanmarie jm; jeanmichel jm jeanmi jeanmich; jeannoel jn; jeanpascal
    jp; jeanpaul jp; jeanphilippe jp jeanphi; jeanpierre jp jeanpi; jeansebastien js jeanseb;
    jeanyves jy; jeanne jeannette jeannou; jennifer jenny jen; jeremie jerem; jeremy jerem; jerome
    jer jeje; jessica jess jessie; joel jojo; joelle jojo jo; jonathan jo john joe; joseph jo jojo
    jose; josephine jo josie fifi; josette zette jo; josiane josy jo josie; jules juju; julie juju
    jule; julien ju juju jul; juliette juju juliet; justine juju titine; kadiatou kadi; karim rim;
    karine kari; khadija khadi dija kadi; khadidiatou khady khadi; laetitia laeti titia; laura
    lolo; laurence lolo lau laure; laurent lolo lau; leon leo; leonard leo; leonie leo nini;
    leopold leo; liliane lili lilou; lionel lio; louis loulou; louise loulou lou louison; luc lulu;
    lucas lulu; lucie lulu luce; lucien lulu lucio; lucienne lulu; ludivine ludi lulu; ludovic
    ludo; madeleine mado mad madel madie; magali mag maguy; mahamadou mahama doudou; mamadou mams
    doudou madou; manon nonon; manuel manu; marcel marco cecel; marcelle celle; margaux margo;
    margot margo; marguerite margot margo maguy guite rita; marianne manou; marie mimi mariette
    ; marieclaire mc; marieclaude mc marieclo; mariechristine mc mariechri;
    mariefrance mf; mariefrancoise mf; mariehelene mh marilene; mariejeanne mj mijanne; marielaure
    ml; marielouise ml malou marilou; mariemadeleine mm; mariemartine mm; marieodile mo; mariepaule
    mp; mariepierre mp; marierose mr; mariesophie ms; marietherese mt maite mathe; marine mama;
    marius mayou; martine titine mart; mathieu mat matt; matthieu mat matt; mathilde mat thilde
    mathou titilde; maurice momo; maxime max; maximilien max; mehdi med; melanie mel mela; melissa
    mel; micheline mimi miche; michel mich michou mimi; michele mich michou mimi; michelle mich
    michou mimi; mickael micka mick mike; mireille mimi mireio; mohamed momo med moha mo; monique
    momo nique mo; moussa mouss; moustapha tapha mouss moustaph; muriel mumu; mustapha mus tapha
    moumous; myriam mimi mimy; nadege nad; nadia nad; nadine nad; natacha nat tacha; nathalie nath
    nat natou; nathan nath nat; nicolas nico nicol colas; nicole nic nini; noel nono; noemie nono
    nomie; nordine nono; odette dedette; odile didile; olivia liv olive; olivier olive oli; ophelie
    oph fefe; oumar barou; ousmane ous ousou; pascal pasco; pascale pasca; patrice pat pato;
    patricia pat patou trish; patrick pat pato patou; paul paulo polo; paulette paupau popo;
    pauline popo paulo line; philippe phil philou fifi; philomene philo mena; pierre pierrot pierro
    peyo; pierrette pierrot; quentin quent tintin; rachel rach; rachid rach; raphael raph rapha
    raf; raphaelle raph rapha; raymond ray momon; raymonde ray; rebecca becky becca; regine gigi
    reg; rene nene; renee nene; richard rich ricky; robert bob bobby bebert rob; roger roro gege;
    roland roro; romain rom roro; rosalie rose rosa; roseline rose; roselyne rose; sabine sab;
    sabrina sab brina; salimata sali; samuel sam samy; sandrine sandy sand drine; sarah sara;
    sebastien seb bastien basti; serge sergio; severine sev; simone momone sissi; solange soso;
    sophie soso fifi; souleymane souley jules; stephane steph stef fanfan; stephanie steph stef
    fanny; suzanne suzy suzie suzon suzette; sylvain syl vava; sylvie syl vivi; tatiana tati;
    theodore theo; theophile theo; therese tete theresou; thibault thib titi; thibaut thib titi;
    thierry titi thier; thomas tom tommy toto; timothee tim timo; tristan tris; valentin val vava;
    valentine val titine; valerie val valoche; vanessa nessa; veronique vero nique; victor vic
    totor; victoria vic vicky; vincent vince vincou; virginie vivi virg gigi ninie; viviane vivi;
    william will willy bill; xavier xav; yasmina mina; yannick yann; youssef youss jo; youssouf
    youss; yvette vevette; yvonne vonvon vonnette; zakaria zak zaki; zineb zina
    """

  private static let variants = """
    mohamed mohammed mohamad mohammad muhammad mouhamed mouhammed mhamed; fatoumata fatimata
    fatumata; aicha aisha aysha; michele michelle; daniele danielle; brigitte brigite; ahmed ahmad;
    fatima fathima fatema; fatma fadma; aissatou aissata; khadija khadidja kadija khadijah hadidja;
    youssef yousef youcef yusuf yossef; youssouf youssoufa issouf; oumar omar umar; ousmane osman
    usman; ibrahim brahim ebrahim; souleymane soulaymane suleyman souleiman; moustapha mustapha
    mustafa moustafa; hassan hassane hasan; hussein houcine hocine huseyin hossein; abdallah
    abdellah abdullah abdala; abdoulaye abdulaye; abderrahmane abdourahmane abdulrahman
    abderahmane; abdelkader abdelqader abdulkader; meriem mariam meryem maryam myriam miriam;
    mariama maryama; zineb zainab zeinab zaineb; yassine yacine yasin yassin; younes youness yunus
    younous; said sayed saeed; rachid rasheed rachide; djamila jamila djemila; djamel jamal jamel
    djamal; khaled khalid haled; malika maleka; nordine noureddine nourredine nouredine; leila
    laila leyla; samia samya; nadjat najat najet; hawa awa haoua; cheikh cheick sheikh cheik;
    boubacar boubakar; aboubacar aboubakar abubakar; bakary bacary; amadou ahmadou; moussa musa;
    issa isa; adama adam; seydou seidou; kadiatou kadidiatou; rokia rokhaya roukia rokiatou; sira
    syra; salimata salimatou; jeanpierre jpierre; catherine katherine katrine catheryne; christine
    kristine cristine; christelle cristelle kristelle christel; christophe cristophe kristophe;
    mathieu matthieu matieu; mathias matthias mattias; mickael michael mikael mikhael; philippe
    filipe philip; nathalie natalie nathaly; frederic frederick fredric; stephane stephan stefan;
    thibault thibaut thibaud tibo; gregory gregori; sylvie silvie; lydie lidie; yves ive; ines
    inez; sara sarah sarra; lea leah; chloe cloe; zoe zoey; theo teo; elisabeth elizabeth
    elisabete; isabelle isabel izabelle ysabelle; emmanuel emanuel; laetitia leticia letitia
    laeticia; geraldine jeraldine; genevieve jenevieve; jeremy jeremie jeremi; johann johan; yohann
    yoann yohan yoan; lucile lucille; carole carol; helene elene; eric erik; cedric sedric; kevin
    kevyn; jerome gerome; remi remy; thierry thiery tierry; guillaume guilaume; ghislaine guislaine
    gislaine; marylene marilene; maryse marise; anne ane; clothilde clotilde; loic loick; noemie
    noemi; raphael rafael; raphaelle rafaelle
    """
}

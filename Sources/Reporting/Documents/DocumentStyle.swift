import HTML

/// The look of documents, on paper first.
enum DocumentStyle {
  /// Running heads and feet: every sheet says what it is of, for whom, and which one it is.
  static func sheets(left: String, right: String, foot: String, page: String, of whole: String)
    -> Style
  {
    """
    @page{margin:19mm 15mm 17mm;
    @top-left{content:\(left);font:600 8pt "Liberation Sans","DejaVu Sans",sans-serif;color:#333}
    @top-right{content:\(right);font:8pt "Liberation Sans","DejaVu Sans",sans-serif;color:#333}
    @bottom-left{content:\(foot);font:7.5pt "Liberation Sans","DejaVu Sans",sans-serif;color:#333}
    @bottom-right{content:\(page) counter(page) \(whole) counter(pages);\
    font:7.5pt "Liberation Sans","DejaVu Sans",sans-serif;color:#333}}
    """
  }

  /// A document of few sheets needs no list of its parts on paper.
  static let brief: Style = """
    @page{margin:16mm 15mm 14mm}
    @media print{nav.pages{display:none}.banner{display:inline-block;margin:1mm 3mm 0 0}}
    """

  static let rules: Style = """
    .contents{margin:.8rem 0 0;padding:.6rem 0 .6rem;list-style:none;display:grid;\
    grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.1rem 1.2rem;\
    border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:.925rem}
    .contents a{text-decoration:none;display:inline-block;padding:.2rem 0}
    .contents a:hover{text-decoration:underline}
    .part{border-top:3px solid var(--ink);padding-top:.9rem}
    .two{display:grid;gap:.5rem 2rem;margin-top:1.2rem}
    @media (min-width:48rem){.two{grid-template-columns:1fr 1fr}}
    .two ul{font-size:.925rem}
    .finding{border-left:.3rem solid var(--strong);padding:.1rem 0 .1rem .9rem;margin:.8rem 0 0;\
    max-width:52rem}
    .finding p{margin:.3rem 0}
    .level{margin-top:1.4rem}.level .small{margin:.1rem 0 .4rem}
    .lines{margin-top:.6rem}
    .lines tbody th{min-width:11rem;hyphens:auto}
    .lines td{white-space:nowrap}.lines .spark{display:inline-block;margin:0;vertical-align:middle}
    .codes td,.codes th,.names td,.names th{text-align:left;white-space:normal}
    .codes tbody th,.names tbody th{min-width:5rem}
    .files{font-size:.875rem}
    .brief .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));\
    gap:0 2rem}
    .brief .pair>.body{display:block}
    .key{font-size:.875rem;max-width:52rem;margin-bottom:1rem}.key p{margin:.1rem 0}
    @media print{
    body{font-family:"Liberation Sans",Arial,Helvetica,"DejaVu Sans",sans-serif}
    nav.pages{display:block}
    .contents{margin:2mm 0 0;padding:1.2mm 0;grid-template-columns:repeat(3,1fr);gap:0 4mm;\
    font-size:8pt}
    .contents a{padding:0;color:#000}
    .project{font-size:8.5pt}.lead{font-size:10pt;margin:1mm 0}
    .banner{padding:1mm 2mm;margin:1.5mm 0}
    .part{border-top:.6mm solid #000;padding-top:2mm;margin-top:6mm}
    .long .part+.part{break-before:page;margin-top:0}
    #donnees{display:block}
    .long #donnees.part{break-before:auto;margin-top:6mm;break-inside:avoid}
    .key{font-size:8pt;margin-bottom:2mm}
    .compare table{table-layout:fixed}.compare thead th:first-child{width:30mm}
    .compare th,.compare td{font-size:8.5pt}
    .compare thead th{font-size:6.4pt;padding-left:0;padding-right:.3mm;letter-spacing:-.01em;hyphens:auto;overflow-wrap:anywhere}
    .long .part>ul{font-size:9pt}.absent{font-size:8.5pt}
    .compare tbody th{overflow-wrap:break-word}
    .cards{grid-template-columns:repeat(3,minmax(0,1fr))}
    .many th,.many td{padding:.6mm .9mm}.many thead th{max-width:18mm}
    .two{grid-template-columns:1fr 1fr;gap:1mm 6mm;margin-top:3mm}
    .two ul{font-size:8.5pt;margin:1mm 0}.two p{margin:.6mm 0;font-size:8.5pt}
    .two .notes{display:block}.two .notes p{font-size:8pt}
    .summary .cards .small,.summary .cards .counts{font-size:7.5pt}
    .finding{border-left:1.2mm solid #000;padding:0 0 0 3mm;margin:2mm 0 0;break-inside:avoid}
    .finding p{margin:.8mm 0}
    .level{margin-top:4mm}.level h3,.level .small{break-after:avoid}
    .level .small{font-size:8pt;margin:.3mm 0 .8mm}
    .lines{margin-top:1mm}.lines thead{display:table-header-group}
    .lines th,.lines td{font-size:7.5pt;padding:.5mm .8mm}
    .lines th:first-child{padding-left:0}
    .lines tbody th{min-width:44mm;max-width:62mm}
    .lines thead th{white-space:normal;min-width:0;max-width:19mm}
    .lines small{font-size:6.5pt;line-height:1.2}
    .codes th,.codes td{font-size:8pt;padding:.4mm 1mm}.codes tbody th{width:20mm;min-width:0}
    .figures figure{break-inside:avoid}
    .method.part ul{font-size:7.5pt;line-height:1.3}
    .compare td small{font-size:7pt}
    .codes{margin-bottom:-1.5mm}.files{font-size:8pt}
    footer{display:none}
    .brief .part{margin-top:4mm;padding-top:1.5mm}.brief h2{font-size:12pt}
    .brief .level{margin-top:2mm}.brief .level h3{font-size:9pt}.brief .lines{margin-top:.5mm}
    .brief .lines th,.brief .lines td{font-size:7.2pt;padding:.35mm .8mm}
    .brief .lines small{font-size:6.2pt;line-height:1.15}
    .brief .lines tbody th{width:90mm;max-width:none}
    .brief .question{margin:.3mm 0 0}
    .brief figure{margin-top:1.5mm;padding-top:1.5mm}.brief figcaption h3{font-size:9pt}
    .brief .subtitle{font-size:6.6pt;line-height:1.2;margin:.3mm 0 .6mm}
    .brief figure th,.brief figure td{font-size:6.8pt;line-height:1.2;padding:.12mm .6mm}
    .brief .drawing{margin-bottom:.8mm}
    .brief figure tbody th{min-width:0}.brief figure thead th{white-space:normal}
    .brief .notes{font-size:7pt;margin-top:.5mm}
    .brief .figures{gap:0 6mm;grid-template-columns:1fr 1fr}
    .brief ul{font-size:8pt;margin:.5mm 0}
    .brief .two{margin-top:1mm}.brief .two p,.brief .two .notes p{font-size:7pt;margin:.3mm 0}
    .brief .two h3{font-size:8pt}
    .brief .two .notes{display:flex;gap:0 3mm}.brief .files{font-size:7pt}
    }
    """
}

import HTML

/// The look of report pages, beyond what they share with receipts.
enum PageStyle {
  static let rules: Style = """
    .project{margin:1.4rem 0 .2rem;color:var(--soft);font-weight:600;font-size:.9rem}
    .when{font-weight:400;color:var(--soft);white-space:nowrap}
    .lead{font-size:1.05rem;max-width:46rem}
    nav.pages ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;list-style:none;margin:.8rem 0 0;\
    padding:.5rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);\
    font-size:.925rem}
    nav.pages li{min-width:0;overflow-wrap:anywhere}
    nav.pages a{text-decoration:none;display:inline-block;padding:.25rem 0}
    nav.pages a:hover{text-decoration:underline}
    nav.pages a[aria-current]{color:var(--ink);font-weight:700;box-shadow:0 2px 0 var(--ink)}
    nav.pages ul.inside{margin:0;border-top:0;font-size:.85rem}
    nav.pages .inside a{color:var(--soft)}
    section{margin-top:2.4rem}
    .filter{display:flex;flex-wrap:wrap;gap:.5rem 1.2rem;align-items:center;margin:1rem 0 -.6rem;\
    font-size:.925rem}
    .filter label{max-width:100%;display:flex;flex-wrap:wrap;gap:.2rem .5rem;align-items:center}
    .filter input,.filter select,.filter button{font:inherit;color:var(--ink);\
    background:var(--paper);border:1px solid var(--soft);border-radius:.25rem;\
    padding:.3rem .5rem;max-width:100%}
    .filter button{cursor:pointer}
    .filter :focus-visible{outline:3px solid var(--warm);outline-offset:2px}
    .question{color:var(--soft);max-width:46rem;margin:.25rem 0 0}
    .axis-part{border-top:3px solid var(--ink);padding-top:.9rem}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(max(15.5rem,30%),1fr));gap:.9rem;\
    list-style:none;padding:0;margin:.9rem 0 0}
    .cards li{background:var(--panel);border-radius:.4rem;padding:.85rem 1rem}
    .cards h3{font-size:.925rem}
    .cards p{margin:.15rem 0}
    .cards .top{display:flex;align-items:flex-end;justify-content:space-between;gap:.5rem}
    .value{font-size:2.3rem;font-weight:700;line-height:1.15;letter-spacing:-.02em;\
    font-variant-numeric:tabular-nums}
    .value.none{font-size:1.5rem}.value .small{font-weight:400;letter-spacing:0;font-size:.8rem}
    .counts{font-size:.875rem}
    .moved{font-size:.9rem;font-weight:600}
    .spark{flex:none;margin-bottom:.4rem}.spark .line{stroke-width:2}
    figure{margin:1.6rem 0 0;padding:1.1rem 0 0;border-top:1px solid var(--line)}
    .axis-part>figure:first-of-type{border-top:0;padding-top:.3rem}
    figcaption h3{max-width:60rem}
    table caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .subtitle{color:var(--soft);font-size:.875rem;margin:.2rem 0 .7rem}
    .subtitle a{color:inherit}
    .drawing{margin-bottom:.9rem}
    @media (min-width:48rem){
    .pair>.body{display:grid;grid-template-columns:18rem minmax(0,44rem);gap:1.2rem 3rem}
    }
    tr.strong>*{font-weight:700}
    tbody th{overflow-wrap:anywhere;hyphens:auto;min-width:9rem}
    @media (max-width:48rem){tbody th{min-width:7.5rem}}
    td small{display:block;color:var(--soft);font-size:.75rem;font-weight:400;white-space:nowrap}
    td,thead th{white-space:nowrap}
    .pair thead th{white-space:normal;min-width:4rem;overflow-wrap:normal}
    .compare thead th{white-space:normal;min-width:5.2rem;max-width:11.5rem;overflow-wrap:normal}
    .compare td,.compare tbody th{padding-top:.4rem;padding-bottom:.4rem}
    .compare tbody th{min-width:9rem}
    abbr[title]{text-decoration:none;border-bottom:1px dotted var(--soft)}
    .notes{margin-top:.6rem;font-size:.8125rem;color:var(--soft);max-width:60rem;\
    display:flex;flex-wrap:wrap;gap:.1rem 1.2rem}
    .notes p{margin:0}
    .method ul{list-style:none;padding:0;font-size:.875rem}
    .method li{margin:0 0 1.1rem}
    .method li p{margin:.1rem 0}
    @media (min-width:48rem){.method ul{columns:2;column-gap:2.5rem}
    .method li{break-inside:avoid}}
    .few table{max-width:44rem}
    .meet table{width:auto;max-width:100%}.meet td,.meet thead th+th{text-align:center;min-width:4.2rem;\
    white-space:normal}
    .meet td{border:2px solid var(--paper);padding:.7rem .4rem;color:var(--ink)}
    .shade-0{background:var(--panel)}.shade-1{background:var(--shade-1)}\
    .shade-2{background:var(--shade-2)}.shade-3{background:var(--shade-3)}\
    .shade-4{background:var(--shade-4)}.shade-5{background:var(--shade-5)}
    :root{--shade-1:#e6ecfc;--shade-2:#d3ddf9;--shade-3:#bccdf6;--shade-4:#a5bbf3;--shade-5:#8ea9f0}
    @media (prefers-color-scheme:dark){:root{--shade-1:#1b2a30;--shade-2:#1f3740;--shade-3:#234550;\
    --shade-4:#275462;--shade-5:#2b6375}}
    @media print{:root{--shade-1:#f2f2f2;--shade-2:#e6e6e6;--shade-3:#d9d9d9;--shade-4:#cccccc;\
    --shade-5:#bfbfbf}.meet td{-webkit-print-color-adjust:exact;\
    padding:1.5mm 1mm}}
    .subject{margin-top:1.3rem;max-width:58rem}
    .subject h3,.subject h4{margin-bottom:.3rem}
    .subject table{table-layout:fixed;min-width:34rem}.subject tbody th{min-width:0;hyphens:auto}
    .subject thead th{width:13%}.subject thead th:first-child{width:38%}
    .subject thead th:last-child{width:23%}.subject td{white-space:normal}
    .subject .spark{display:inline-block;margin:0;vertical-align:middle}
    th small{display:block;color:var(--soft);font-size:.75rem;font-weight:400}
    .all{margin-top:1.8rem;padding-top:1rem;border-top:1px solid var(--line)}
    .further{margin-top:1.4rem}
    .path{color:var(--soft);font-size:.875rem;margin:1rem 0 0}
    .each{margin-top:1.4rem}.each+.compare{margin-top:.3rem}
    .absent{margin-top:1.4rem;color:var(--soft);font-size:.875rem}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);\
    white-space:nowrap}
    footer{margin-top:2.5rem;padding-top:.8rem;padding-bottom:2rem;border-top:1px solid var(--line);\
    font-size:.8125rem;color:var(--soft)}
    footer p{margin:.15rem 0}
    @media print{
    .project{margin-top:0}
    section{margin-top:5mm}.axis-part{padding-top:2mm}
    figure{break-inside:avoid;margin-top:3mm;padding-top:2.5mm}
    .cards{grid-template-columns:repeat(3,1fr);gap:2mm;margin-top:2mm}
    .cards li{border:1px solid var(--line);padding:1.5mm 2.5mm;break-inside:avoid}
    .cards p,.cards h3{font-size:8pt;line-height:1.25;margin:0}
    .cards .value{font-size:16pt}
    .spark{margin-bottom:.5mm}
    .pair>.body{display:grid;grid-template-columns:75mm minmax(0,1fr);gap:5mm}
    .drawing{margin-bottom:2mm}
    .subtitle,.notes,.question,.banner{font-size:8pt}
    .subtitle{margin-bottom:1.5mm}.notes{margin-top:1mm}
    .compare{break-inside:avoid}.question{break-after:avoid}
    .compare td,.compare tbody th{padding-top:.6mm;padding-bottom:.6mm}
    .compare thead th{min-width:0;max-width:none;hyphens:auto;overflow-wrap:anywhere}
    .compare tbody th{min-width:0}.compare th,.compare td{font-size:7.5pt;padding-left:.4mm;\
    padding-right:.4mm}
    th,td{padding:.6mm 1mm}
    td small{font-size:6.5pt}
    .many th,.many td{font-size:7.5pt;padding:.6mm .4mm}.many tbody th{min-width:17mm}
    tbody th{min-width:21mm}.pair thead th{min-width:0}
    .wide table{font-size:7.5pt}.wide td,.wide thead th{padding:.5mm .4mm;font-size:7.5pt}
    .download,details,#donnees,.further,.path,.filter{display:none}
    .subject{break-inside:avoid;margin-top:2.5mm;max-width:none}
    .subject th,.subject td{padding:.5mm .8mm}.subject table{min-width:0}
    th small{font-size:6.5pt}
    .all{margin-top:3mm;padding-top:2mm}.each{margin-top:3mm}
    .method ul{columns:2;font-size:8pt}.method li{break-inside:avoid;margin-bottom:2.5mm}
    .method h3{font-size:9pt}
    footer{margin-top:4mm;padding:2mm 0 0;font-size:7.5pt;break-inside:avoid}
    }
    """
}

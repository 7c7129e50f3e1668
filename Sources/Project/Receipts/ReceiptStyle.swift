import HTML

/// The look of receipts, beyond what all pages share.
enum ReceiptStyle {
  static let rules: Style = """
    .project{margin:1.4rem 0 .2rem;color:var(--soft);font-weight:600;font-size:.9rem}
    section{margin-top:1.9rem}
    .lead{font-size:1.1rem;max-width:46rem}
    .figures{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0}
    .figures div{background:var(--panel);border-radius:.4rem;padding:.6rem .9rem;min-width:8.5rem}
    .figures dt{color:var(--soft);font-size:.8125rem}
    .figures dd{margin:0;font-size:1.6rem;font-weight:700;line-height:1.2}
    .figures .note{font-size:.8125rem;font-weight:400;color:var(--soft)}
    .changes{list-style:none;padding:0}
    caption{padding-top:.4rem}
    small{display:block;color:var(--soft);font-size:.75rem;font-weight:400}
    .findings td,.findings th,.sheet td,.sheet th{text-align:left;vertical-align:top}
    .findings{table-layout:fixed}
    .findings th,.findings td{overflow-wrap:anywhere;hyphens:auto}
    .findings th:first-child{width:18%}.findings thead th:nth-child(2){width:18%}
    .findings th a{font-weight:700}
    .findings.files{table-layout:auto}.findings.files th:first-child{width:45%}
    .sign{white-space:nowrap}
    .found{white-space:pre-line;hyphens:manual}
    .sheet{width:auto}
    .sheet td,.sheet th{border:1px solid var(--line);padding:.2rem .45rem;font-size:.8125rem}
    .sheet td{white-space:pre-line;min-width:2rem;max-width:16rem;overflow-wrap:break-word}
    .sheet th{color:var(--soft);background:var(--panel);font-weight:400;white-space:nowrap;\
    padding-left:.45rem}
    .sheet .gap,.sheet .gap>*{color:var(--soft);background:var(--panel)}
    .sheet .wrong{outline:3px solid var(--alert-line);outline-offset:-3px;background:var(--alert)}
    .sheet .doubt{outline:2px dashed var(--alert-line);outline-offset:-2px}
    mark{background:none;color:inherit;font-weight:700}
    .scroll+.scroll{margin-top:1.2rem}
    .flag{position:relative;white-space:nowrap;display:inline-block;min-width:1.5rem;min-height:1.5rem}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    tr:target>*,.flag:target{outline:3px solid var(--link);outline-offset:-1px}
    .sessions{width:auto;min-width:min(100%,24rem)}
    .sessions td{padding-left:1.2rem}
    .download{font-size:.875rem;margin:.3rem 0}
    footer{margin-top:2.5rem;padding-top:.8rem;padding-bottom:2rem;color:var(--soft);\
    border-top:1px solid var(--line);font-size:.8125rem}
    footer p{margin:.15rem 0}
    @media (max-width:40rem){.figures div{flex:1 1 40%;min-width:7rem;padding:.5rem .7rem}}
    @media screen and (max-width:40rem){
    .findings thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .findings tbody,.findings tr,.findings th,.findings td{display:block}
    .findings tr{border-bottom:1px solid var(--line);padding:.5rem 0}
    .findings tbody th,.findings td{border:0;padding:.1rem 0}
    .findings tbody th:first-child{width:auto}.findings tbody th small{display:inline}
    .findings td:empty{display:none}
    .findings td::before{content:attr(data-label) "\\a0: ";color:var(--soft)}
    }
    @media print{
    .project{margin-top:0}.download{display:none}
    section{margin-top:5mm}
    .figures{gap:2mm;margin:2mm 0}
    .figures div{border:1px solid var(--line);padding:1mm 2.5mm}
    .figures dd{font-size:13pt}.figures dt,.figures .note{font-size:7.5pt}
    .sheet{width:100%}
    .sheet td,.sheet th{font-size:6.5pt;padding:.3mm .5mm;min-width:0;overflow-wrap:anywhere}
    .sheet .wrong{outline-width:1.2pt;outline-offset:-1pt}
    .sheet .doubt{outline-width:1pt;outline-offset:-1pt}
    .flag{min-width:0;min-height:0}
    footer{margin-top:5mm;padding:2mm 0 0}
    }
    """
}

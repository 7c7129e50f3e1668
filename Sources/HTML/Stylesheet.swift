/// The look that pages and receipts share.
///
/// Colours are variables: light by default, dark by the reader's preference, black on white on
/// paper. Every text reaches 4.5:1 on its ground, every mark 3:1. Lengths are relative, so that
/// text may grow and be spaced without running over.
package enum Stylesheet {
  /// The common rules.
  package static let common: Style = """
    :root{--ink:#15171c;--soft:#4f5561;--line:#d5d8df;--paper:#fff;--panel:#f4f5f8;\
    --link:#000088;--mark:#6e90ec;--strong:#000088;--warm:#d87b0e;--earth:#4c1200;\
    --alert:#fdf0dc;--alert-line:#d87b0e}
    @media (prefers-color-scheme:dark){:root{--ink:#eceef3;--soft:#b4bac6;--line:#3a3f49;\
    --paper:#14161a;--panel:#1d2026;--link:#8df9ff;--mark:#4aa6b8;--strong:#8df9ff;\
    --warm:#ffe923;--earth:#8df9ff;--alert:#2e2710;--alert-line:#ffe923}}
    @media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--panel:#fff;\
    --link:#000;--mark:#6e90ec;--strong:#000088;--warm:#d87b0e;--earth:#4c1200;\
    --alert:#fff;--alert-line:#000}}
    *{box-sizing:border-box}[hidden]{display:none!important}
    html{font-size:100%;-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;\
    font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",\
    "DejaVu Sans",sans-serif;overflow-wrap:break-word}
    header,nav.pages,main,footer{max-width:74rem;margin:0 auto;padding:0 1rem}
    h1,h2,h3,h4{line-height:1.2;margin:0;font-weight:700;letter-spacing:-.01em}
    h1,h2,h3,figcaption,.notes,li{overflow-wrap:anywhere}
    h1{font-size:1.9rem}h2{font-size:1.4rem}h3{font-size:1.05rem}h4{font-size:.95rem}
    p{margin:.4rem 0}ul{margin:.4rem 0;padding-left:1.2rem}
    a{color:var(--link)}
    a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--warm);\
    outline-offset:2px;border-radius:2px}
    main:focus{outline:none}
    .skip{position:absolute;left:-999rem;top:0;background:var(--paper);padding:.6rem 1rem;z-index:2}
    .skip:focus{left:0}
    .soft{color:var(--soft)}.small{font-size:.875rem}
    .banner{border-left:.35rem solid var(--alert-line);background:var(--alert);\
    padding:.5rem .8rem;margin:.6rem 0;font-size:.925rem}
    .banner p{margin:0}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;width:100%}
    caption{text-align:left;color:var(--soft);font-size:.8125rem;padding:0 0 .35rem}
    th,td{padding:.28rem .5rem;border-bottom:1px solid var(--line);text-align:right;\
    vertical-align:baseline}
    th:first-child,td:first-child{text-align:left;padding-left:0}
    thead th{vertical-align:bottom;font-weight:600;color:var(--soft);font-size:.8125rem;\
    border-bottom:2px solid var(--soft);line-height:1.25}
    tbody th{font-weight:400}
    code{font-family:ui-monospace,"Liberation Mono","DejaVu Sans Mono",monospace;font-size:.85em;\
    overflow-wrap:anywhere}
    @media (max-width:30rem){h1{font-size:1.5rem}h2{font-size:1.25rem}}
    @page{size:A4;margin:14mm 13mm 16mm}
    @media print{
    body{font-size:9.5pt;line-height:1.35}
    header,nav.pages,main,footer{max-width:none;padding:0}
    nav.pages,.skip{display:none}
    h1{font-size:18pt}h2{font-size:14pt;break-after:avoid}h3{font-size:10.5pt;break-after:avoid}
    table,caption,thead th{font-size:8pt}
    tr,li,.banner{break-inside:avoid}
    .scroll{overflow:visible}
    a{text-decoration:none}
    }
    """
}

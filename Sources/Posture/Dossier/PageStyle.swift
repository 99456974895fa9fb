// SPDX-License-Identifier: Apache-2.0

/// How the page of a report looks: light and dark, narrow and wide, on paper.
enum PageStyle {
  static let css = """
    :root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b2430;--muted:#586473;--line:#e2e6eb;--soft:#f0f2f5;
    --accent:#2b5c8a;--critical:#9f1239;--high:#b8430f;--medium:#8a6100;--low:#3d6a90;--good:#1f7a52;--none:#586373;
    --critical-bg:#fbe9ed;--high-bg:#fcece3;--medium-bg:#f9f1db;--low-bg:#e8f0f7;--good-bg:#e4f3ec;--none-bg:#eceff3;
    --critical-fill:#c0304f;--high-fill:#dd7a45;--medium-fill:#d9ae45;--low-fill:#7ba5c9;--good-fill:#4ba37c;--none-fill:#c3cad3;
    --word-fill:#6d8fc7;--code:#f0f2f5}
    @media (prefers-color-scheme:dark){:root{--bg:#11151a;--card:#191f26;--ink:#e5e9ee;--muted:#9ba7b4;--line:#2a323c;
    --soft:#20272f;--accent:#8dbbe6;--critical:#f28ba0;--high:#f2a27c;--medium:#e3c06e;--low:#9cc3e6;--good:#7ccba4;
    --none:#a3adb9;--critical-bg:#3a1f27;--high-bg:#38261d;--medium-bg:#332b19;--low-bg:#1e2b38;--good-bg:#1b3228;
    --none-bg:#262d36;--critical-fill:#d4536f;--high-fill:#d98655;--medium-fill:#c9a44a;--low-fill:#6f9cc3;
    --good-fill:#4f9f7d;--none-fill:#4a545f;--word-fill:#7897cc;--code:#20272f}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
    "Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
    .skip{position:absolute;left:-999px;top:0;padding:.6rem 1rem;background:var(--card);color:var(--accent);z-index:2}
    .skip:focus{left:0}
    a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.15em}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
    header,main,footer,nav{max-width:70rem;margin:0 auto;padding:0 2rem}
    header{padding-top:3rem}
    .brand{font-size:.8rem;letter-spacing:.14em;text-transform:uppercase;color:var(--accent);font-weight:600;margin:0 0 .6rem}
    h1{font-size:2.1rem;line-height:1.15;letter-spacing:-.02em;font-weight:650;margin:0;text-wrap:balance}
    h2{font-size:1.35rem;letter-spacing:-.01em;font-weight:650;margin:0 0 .3rem}
    h3{font-size:1.05rem;line-height:1.35;font-weight:620;margin:0}
    h4{font-size:.78rem;letter-spacing:.06em;text-transform:uppercase;color:var(--muted);font-weight:600;margin:1rem 0 .25rem}
    p{margin:.4rem 0;max-width:46rem}
    .lead{color:var(--muted);margin:.5rem 0 0;max-width:46rem}
    .meta{display:flex;flex-wrap:wrap;gap:.7rem 2.4rem;margin:1.6rem 0 0;padding:1.1rem 0;border-top:1px solid var(--line);
    border-bottom:1px solid var(--line)}
    .meta div{min-width:0}
    .meta dt{font-size:.76rem;color:var(--muted);margin:0}
    .meta dd{margin:0;font-weight:550;overflow-wrap:anywhere}
    nav{padding-top:1rem;padding-bottom:.2rem}
    nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;margin:0;padding:0;font-size:.92rem}
    section{margin:2.6rem 0}
    .card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.4rem 1.5rem}
    .note{border-left:3px solid var(--medium-fill);background:var(--card);border-radius:0 10px 10px 0;padding:.9rem 1.3rem;
    border-top:1px solid var(--line);border-right:1px solid var(--line);border-bottom:1px solid var(--line)}
    .note.good{border-left-color:var(--good-fill)}
    .note h2{font-size:1.05rem}
    .note ul{margin:.4rem 0;padding-left:1.2rem}
    .grid{display:grid;grid-template-columns:repeat(12,1fr);gap:1rem;margin-top:1rem}
    .s4{grid-column:span 4}.s6{grid-column:span 6}.s8{grid-column:span 8}.s12{grid-column:span 12}
    .gauge{display:flex;align-items:center;gap:1.3rem}
    .gauge svg{width:7.2rem;height:7.2rem;flex:none}
    .gauge p{margin:.15rem 0;color:var(--muted);font-size:.9rem}
    .big{font-size:2.5rem;line-height:1;font-weight:650;letter-spacing:-.03em}
    .counts{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;margin:.9rem 0 0;padding:0;list-style:none;font-size:.92rem}
    .counts b{font-size:1.25rem;font-weight:650;display:block;line-height:1.2}
    .dot{display:inline-block;width:.62em;height:.62em;border-radius:50%;margin-right:.4em}
    .key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.6rem 0 0;font-size:.85rem;color:var(--muted)}
    svg{display:block;max-width:100%}
    svg text{fill:var(--muted);font:inherit;font-size:12px}
    svg .value{fill:var(--ink);font-size:27px;font-weight:650;letter-spacing:-.02em}
    .bar{width:100%;height:12px;border-radius:6px;margin-top:.7rem}
    td .bar{margin-top:.42em;min-width:8rem;height:10px}
    .nb{white-space:nowrap}
    .scroll{overflow-x:auto;margin-top:.6rem}
    table{border-collapse:collapse;width:100%;font-size:.9rem}
    caption{text-align:left;font-size:.85rem;color:var(--muted);padding-bottom:.4rem;caption-side:top}
    th{font-weight:600;text-align:left;font-size:.8rem;color:var(--muted);white-space:nowrap}
    th,td{padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
    tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
    tbody th{color:var(--ink);font-weight:550;font-size:.9rem;white-space:normal}
    .n{text-align:right;white-space:nowrap}
    .places tbody th{min-width:17rem}
    .id{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.82em;overflow-wrap:anywhere;
    color:var(--muted);font-weight:400}
    .cid{overflow-wrap:break-word}
    .name{font-weight:550;overflow-wrap:anywhere}
    code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.84em}
    td code{overflow-wrap:anywhere}
    pre{background:var(--code);border-radius:6px;padding:.6rem .8rem;margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
    .chip{display:inline-block;padding:.08em .6em;border-radius:999px;font-size:.78rem;font-weight:600;white-space:nowrap;
    background:var(--none-bg);color:var(--none)}
    .critical{background:var(--critical-bg);color:var(--critical)}.high{background:var(--high-bg);color:var(--high)}
    .medium{background:var(--medium-bg);color:var(--medium)}.low{background:var(--low-bg);color:var(--low)}
    .proved,.resolved{background:var(--good-bg);color:var(--good)}
    .failed,.opened,.reopened{background:var(--critical-bg);color:var(--critical)}.attested{background:var(--low-bg);color:var(--low)}
    .finding{margin-top:1rem}
    .finding>header{padding:0;max-width:none;margin:0}
    .finding .top{display:flex;flex-wrap:wrap;gap:.35rem .8rem;align-items:baseline;margin-bottom:.35rem;font-size:.88rem;color:var(--muted)}
    .cols{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
    .late{color:var(--critical);font-weight:600}
    details>summary{cursor:pointer;padding:.55rem 0;font-weight:550}
    details+details{border-top:1px solid var(--line)}
    .more{color:var(--muted);font-size:.9rem}
    .up{color:var(--good)}.down{color:var(--critical)}
    footer{padding-top:1.2rem;padding-bottom:3rem;color:var(--muted);font-size:.88rem;border-top:1px solid var(--line)}
    @media screen and (max-width:760px){header,main,footer,nav{padding-left:1.1rem;padding-right:1.1rem}header{padding-top:1.8rem}
    h1{font-size:1.6rem}.s4,.s6,.s8{grid-column:span 12}.cols{grid-template-columns:1fr}.card{padding:1.1rem}
    .gauge svg{width:5.8rem;height:5.8rem}section{margin:2rem 0}
    table.stack thead{position:absolute;left:-999px}
    table.stack tr{display:block;border-bottom:1px solid var(--line);padding:.5rem 0}
    table.stack tbody tr:last-child{border-bottom:0}
    table.stack td,table.stack th{display:block;border:0;padding:.1rem 0;text-align:left;white-space:normal}
    table.stack td.n{display:inline-block;margin-right:1.1rem}.places tbody th{min-width:0}
    table.stack td[data-t]:not(:empty)::before{content:attr(data-t) "  ";color:var(--muted);font-size:.8rem}}
    @media print{:root{--bg:#fff;--card:#fff}body{font-size:10pt;background:#fff}nav,.skip{display:none}
    header,main,footer{max-width:none;padding-left:0;padding-right:0}header{padding-top:0}section{margin:1.4rem 0}
    .card,.note{border-color:#d5dae0}.cols,.top,tr,.gauge,svg{break-inside:avoid}.scroll{overflow:visible}h2,h3,h4,caption{break-after:avoid}
    a{color:inherit;text-decoration:none}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    @page{margin:16mm 15mm}}
    @media print and (prefers-color-scheme:dark){:root{color-scheme:light;--ink:#1b2430;--muted:#586473;--line:#e2e6eb;
    --soft:#f0f2f5;--code:#f0f2f5;--accent:#2b5c8a;--critical:#9f1239;--high:#b8430f;--medium:#8a6100;--low:#3d6a90;
    --good:#1f7a52;--none:#586373;--critical-bg:#fbe9ed;--high-bg:#fcece3;--medium-bg:#f9f1db;--low-bg:#e8f0f7;
    --good-bg:#e4f3ec;--none-bg:#eceff3;--none-fill:#c3cad3}}
    """
}

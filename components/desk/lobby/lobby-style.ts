/**
 * How the page for who waits looks: a phone first, light and dark. It has its own, few steps of the scale of
 * `app/tokens.css`: it is read at arm’s length by people who do not know it.
 */
export const LOBBY_STYLE = `
:root{--text-body:.875rem;--text-lead:.9375rem;--text-large:1.125rem;--text-figure:1.25rem;--text-number:2rem;--leading-body:1.45;--leading-tight:1.2;--font-weight-strong:600;--font-weight-heading:700;--ground:#fbfaf7;--surface:#fff;--line:#dfdcd3;--ink:#191a1d;--ink-2:#4c4e55;--present:#0f6b4a;--present-soft:#e2f3ea;--waiting:#7a4a00;--waiting-soft:#fdf0d7;--focus:#1d4ed8}
@media (prefers-color-scheme:dark){:root{--ground:#0d1015;--surface:#161a21;--line:#2c323c;--ink:#f1f1ee;--ink-2:#b9bcc4;--present:#7fdcb4;--present-soft:#12301f;--waiting:#f6c776;--waiting-soft:#33260d;--focus:#93b4ff}}
*{box-sizing:border-box}
html{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",sans-serif;line-height:var(--leading-body);background:var(--ground);color:var(--ink)}
body{margin:0 auto;padding:1rem;max-width:34rem;min-height:100vh;display:flex;flex-direction:column;gap:1rem}
main{background:var(--surface);border:1px solid var(--line);border-radius:1rem;padding:1.25rem;overflow-wrap:anywhere}
h1{margin:0;font-size:var(--text-figure);line-height:var(--leading-tight)}
h2{margin:0 0 .25rem;font-size:var(--text-body);color:var(--waiting)}
p{margin:0}
.hours{display:inline-block;margin-top:.5rem;padding:.125rem .625rem;border-radius:1rem;font-size:var(--text-lead);font-weight:var(--font-weight-strong)}
.hours.open{background:var(--present-soft);color:var(--present)}
.hours.closed{background:var(--waiting-soft);color:var(--waiting)}
.head{margin-top:1.25rem;font-size:var(--text-number);line-height:var(--leading-tight);font-weight:var(--font-weight-heading)}
.note,.as-of{margin-top:.25rem;color:var(--ink-2);font-size:var(--text-lead)}
.message{margin-top:1.25rem;padding:.75rem .875rem;border-radius:.75rem;background:var(--waiting-soft)}
.message p{font-size:var(--text-large);font-weight:var(--font-weight-strong)}
.host,.usual{margin-top:1.25rem;font-size:var(--text-large)}
.host::before{content:"";display:inline-block;width:.7em;height:.7em;margin-inline-end:.5em;border-radius:50%;border:2px solid var(--ink-2)}
.host.there::before{background:var(--present);border-color:var(--present)}
.as-of{margin-top:1.5rem;padding-top:.75rem;border-top:1px solid var(--line)}
.stale{padding:.75rem .875rem;border-radius:.75rem;background:var(--waiting-soft);color:var(--waiting);font-weight:var(--font-weight-strong)}
nav{display:flex;flex-wrap:wrap;gap:.25rem .5rem}
nav a{padding:.5rem .625rem;border-radius:.5rem;color:var(--ink-2);text-underline-offset:.2em}
nav a[aria-current]{color:var(--ink);font-weight:var(--font-weight-heading);text-decoration:none}
a:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
`;

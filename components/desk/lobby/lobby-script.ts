/**
 * What keeps the page up to date: it asks for itself again, with the moment at which it was first opened, and puts what
 * came in the place of what was there. Where nothing came for a while it says so. Plain, because nothing compiles it.
 */
export const LOBBY_SCRIPT = `(function () {
  var key = "opened " + location.pathname, opened = Date.now(), heard = Date.now();
  try {
    opened = Number(sessionStorage.getItem(key)) || opened;
    sessionStorage.setItem(key, String(opened));
  } catch (error) {}
  var stale = document.querySelector(".stale");
  function show(text) {
    // Its part alone: styles with another nonce are refused where they are only read, too.
    var part = text.slice(text.indexOf("<main>"), text.indexOf("</main>"));
    var next = new DOMParser().parseFromString(part, "text/html").querySelector("main");
    var now = document.querySelector("main");
    if (next && now && next.innerHTML !== now.innerHTML) now.innerHTML = next.innerHTML;
  }
  function ask() {
    var url = new URL(location.href);
    url.searchParams.set("since", new Date(opened).toISOString());
    fetch(url, { credentials: "omit", signal: AbortSignal.timeout(8000) }).then(function (answer) {
      return answer.ok || answer.status === 404 ? answer.text() : Promise.reject(answer.status);
    }).then(function (text) {
      heard = Date.now();
      stale.hidden = true;
      show(text);
    }).catch(function () {
      if (Date.now() - heard > 20000) stale.hidden = false;
    });
  }
  ask();
  setInterval(ask, 5000);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) ask(); });
})();`;

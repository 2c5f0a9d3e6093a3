/*
 * Shows the alerts that are pushed to this browser, also while no page of ours is open, and acknowledges one from its
 * notification. It caches nothing, and answers no request.
 */

const PAGE = "/alerts";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  event.waitUntil(shown(event.data?.json() ?? {}));
});

async function shown({ alert, line, more, calls, urgent, acknowledge, by }) {
  await self.registration.showNotification(line ?? "Rollcall", {
    // What is told later of an alert takes the place of what was told before.
    tag: alert,
    renotify: calls === true,
    silent: calls !== true,
    requireInteraction: calls === true && urgent === true,
    icon: "/icon-192.png",
    badge: "/icon-192.png",
    ...(more && { body: more }),
    data: { alert, by },
    actions: acknowledge ? [{ action: "acknowledge", title: "Acknowledge" }] : [],
  });
}

self.addEventListener("notificationclick", (event) => {
  const { data, tag } = event.notification;
  event.notification.close();
  event.waitUntil(event.action === "acknowledge" ? acknowledged(data, tag) : opened());
});

/** Where that fails, as after the session ended, somebody has to look. */
async function acknowledged({ alert, by }, tag) {
  const failed = await fetch(`/api/v1/alerts/${encodeURIComponent(alert)}/acknowledge`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(by ? { by } : {}),
  }).then(
    ({ ok }) => !ok,
    () => true,
  );
  if (!failed) return;
  await self.registration.showNotification("Not acknowledged", {
    tag,
    body: "Open Rollcall to acknowledge it there.",
    icon: "/icon-192.png",
  });
}

async function opened() {
  const pages = await self.clients.matchAll({ type: "window" });
  const [page] = pages;
  if (page === undefined) await self.clients.openWindow(PAGE);
  else await page.focus();
}

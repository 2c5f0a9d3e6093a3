import type { BrowserContext, Page, Worker } from "@playwright/test";

/** Registers the service worker of a page, as it is where somebody asked to be notified. */
export async function notified(context: BrowserContext, page: Page): Promise<Worker> {
  await context.grantPermissions(["notifications"]);
  const [worker] = await Promise.all([
    context.waitForEvent("serviceworker"),
    page.evaluate(async () => {
      await navigator.serviceWorker.register("/service-worker.js");
      await navigator.serviceWorker.ready;
    }),
  ]);
  return worker;
}

/** What a push service would hand over; resolves when the worker has done with it. */
export async function pushes(worker: Worker, data: object): Promise<void> {
  await worker.evaluate(async (json) => {
    const work: Promise<unknown>[] = [];
    const waitUntil = (one: Promise<unknown>) => void work.push(one);
    self.dispatchEvent(Object.assign(new Event("push"), { data: { json: () => json }, waitUntil }));
    await Promise.all(work);
  }, data);
}

/** The notifications that the browser shows, as they say themselves. */
export function shownNotifications(page: Page): Promise<{ title: string; actions: string[] }[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map((one) => ({
      title: one.title,
      actions: actionsOf(one),
    }));
    function actionsOf(one: Notification): string[] {
      const actions: unknown = Reflect.get(one, "actions");
      return Array.isArray(actions) ? actions.map(({ action }) => String(action)) : [];
    }
  });
}

/** Presses a button of the only notification. */
export async function pressesOnNotification(worker: Worker, action: string): Promise<void> {
  await worker.evaluate(async (pressed) => {
    const registration: ServiceWorkerRegistration = Reflect.get(self, "registration");
    const [notification] = await registration.getNotifications();
    const work: Promise<unknown>[] = [];
    const waitUntil = (one: Promise<unknown>) => void work.push(one);
    const about = { notification, action: pressed, waitUntil };
    self.dispatchEvent(Object.assign(new Event("notificationclick"), about));
    await Promise.all(work);
  }, action);
}

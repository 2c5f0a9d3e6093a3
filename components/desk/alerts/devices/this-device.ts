import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askApi, tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { browserName } from "#components/words/browser-name.ts";
import type { devices as schemaOfDevices } from "#server/desk/alerts/devices/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

const devices = async () => (await import("#server/desk/alerts/devices/schema.ts")).devices;
const device = async () => (await import("#server/desk/alerts/devices/schema.ts")).device;

export type DeviceShown = AnswerOf<typeof schemaOfDevices>["results"][number];

const WORKER = "/service-worker.js";

/** Whether this browser can be pushed anything, and why not. */
export type Ability = "able" | "insecure" | "unable" | "denied";

export function abilityOf(): Ability {
  if (!window.isSecureContext) return "insecure";
  const isAble =
    "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!isAble) return "unable";
  return Notification.permission === "denied" ? "denied" : "able";
}

/** The devices of whoever looks, and which of them this is; `undefined` until they are read. */
export function useDevices() {
  return useQuery({
    queryKey: queryKeys.devices,
    queryFn: async ({ signal }) => {
      const [answer, mark] = await Promise.all([
        askApi("/me/devices", devices, { signal }),
        markOfThis(),
      ]);
      return { ...answer, mark };
    },
  });
}

async function markOfThis(): Promise<string | null> {
  if (abilityOf() !== "able") return null;
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return null;
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(subscription.endpoint),
  );
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Has alerts pushed to this browser, by a worker that is registered then and not before. */
export function useSubscribing(publicKey: string | null) {
  const operator = useOperator();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      if (publicKey === null) throw new Error("The server has not answered yet.");
      if ((await Notification.requestPermission()) !== "granted") {
        throw new Error("This browser was not allowed to notify you.");
      }
      await navigator.serviceWorker.register(WORKER, { scope: "/" });
      const { pushManager } = await navigator.serviceWorker.ready;
      // One that was made under other keys is of no use, and keeps another from being made.
      await (await pushManager.getSubscription())?.unsubscribe();
      const subscription = await pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: publicKey,
      });
      const { endpoint, keys } = subscription.toJSON();
      const name = browserName(navigator.userAgent);
      const body = {
        name,
        subscription: { endpoint, keys },
        ...(operator !== null && { by: operator }),
      };
      return askApi("/me/devices", device, { method: "POST", body });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: queryKeys.devices }),
  });
}

/** Ends the subscription of this browser: its push service says so at the next push. */
export async function forgetThisDevice(): Promise<void> {
  if (abilityOf() !== "able") return;
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** Has them pushed to a device no more. */
export function useRemoving() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, isThis }: { id: string; isThis: boolean }) => {
      await tellApi(`/me/devices/${encodeURIComponent(id)}`, { method: "DELETE" });
      if (isThis) await forgetThisDevice();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: queryKeys.devices }),
  });
}

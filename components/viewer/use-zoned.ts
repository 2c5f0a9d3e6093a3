"use client";

import { use, useCallback } from "react";
import { LinkedZoneContext } from "./zones-context.ts";

/** Returns a function that adds the zone of this screen to the address of another one. */
export function useZoned(): (href: string) => string {
  const zone = use(LinkedZoneContext);
  return useCallback((href) => (zone === null ? href : inZone(href, zone)), [zone]);
}

/** An address of ours with `zone` added, unless it has one. */
export function inZone(href: string, zone: string): string {
  if (!/^[/?](?!\/)/.test(href) || href.startsWith("/api/")) return href;
  const [, path = "", query = "", hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href) ?? [];
  const params = new URLSearchParams(query);
  if (!params.has("tz")) params.set("tz", zone);
  return `${path}?${params}${hash}`;
}

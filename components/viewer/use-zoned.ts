"use client";

import { use, useCallback } from "react";
import { LinkedZoneContext } from "./zones-context.ts";

/** Turns the address of another screen into one that tells its times in the zone of this one. */
export function useZoned(): (href: string) => string {
  const zone = use(LinkedZoneContext);
  return useCallback((href) => (zone === null ? href : inZone(href, zone)), [zone]);
}

/** An address of ours with its zone, where it says none itself. */
export function inZone(href: string, zone: string): string {
  if (!/^[/?](?!\/)/.test(href) || href.startsWith("/api/")) return href;
  const [, path = "", query = "", hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href) ?? [];
  const params = new URLSearchParams(query);
  if (!params.has("tz")) params.set("tz", zone);
  return `${path}?${params}${hash}`;
}

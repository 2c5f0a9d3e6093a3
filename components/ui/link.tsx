"use client";

import NextLink from "next/link";
import type { ComponentProps } from "react";
import { useZoned } from "#components/viewer/use-zoned.ts";

/**
 * A link to another screen. It tells its times in the same zone as this one, also for whoever is sent it.
 * Nothing is read before it is followed: a screen has a hundred of them, and each would ask the server.
 */
export function Link({ href, ...rest }: ComponentProps<typeof NextLink>) {
  const zoned = useZoned();
  return (
    <NextLink prefetch={false} href={typeof href === "string" ? zoned(href) : href} {...rest} />
  );
}

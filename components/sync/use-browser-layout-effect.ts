import { useEffect, useLayoutEffect } from "react";

/** Before the browser paints; on the server, where nothing is painted, not at all. */
export const useBrowserLayoutEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

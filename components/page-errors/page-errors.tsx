"use client";

import { useParams, usePathname } from "next/navigation";
import { useEffect } from "react";
import { openPage, patternOf, reportPageError } from "./report.ts";

/** Reports what goes wrong on the pages inside to the server, without a word of what they show. */
export function PageErrors() {
  const pattern = patternOf(usePathname(), useParams());
  useEffect(() => {
    openPage(pattern);
    return () => openPage(null);
  }, [pattern]);
  useEffect(() => {
    const failed = ({ error }: ErrorEvent) => reportPageError("error", error);
    const rejected = ({ reason }: PromiseRejectionEvent) => reportPageError("rejection", reason);
    window.addEventListener("error", failed);
    window.addEventListener("unhandledrejection", rejected);
    return () => {
      window.removeEventListener("error", failed);
      window.removeEventListener("unhandledrejection", rejected);
    };
  }, []);
  return null;
}

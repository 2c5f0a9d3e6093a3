import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Whether the page is being printed, or shown in a print preview. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const print = window.matchMedia("print");
    // The printed content has to be rendered before the event is over.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    const change = () => flushSync(() => setPrinting(print.matches));
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    print.addEventListener("change", change);
    // What is shown later than the preview began is in it too.
    if (print.matches) setPrinting(true);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
      print.removeEventListener("change", change);
    };
  }, []);
  return isPrinting;
}

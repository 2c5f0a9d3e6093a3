import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What tells a browser that nearly every function of a file is called as it is run. */
const HINT = "//# allFunctionsCalledOnLoad\n";

/** The file that starts all others. */
const STARTS = /\/turbopack-[^/]*\.js$/;

/**
 * Begins once the page has been painted for the first time: what it does before that keeps the page from whoever
 * waits to see it. A page that nobody sees begins at once.
 */
const HELD = `(run=>{
let begun=false;
const begin=()=>{if(!begun){begun=true;performance.mark("rollcall-begins");run()}};
if(document.hidden)return begin();
document.addEventListener("visibilitychange",begin,{once:true});
requestAnimationFrame(()=>setTimeout(begin));
})(()=>{
`;

/**
 * Says of the script with which every page starts that all of it is run, and has it begin after the page was painted.
 * A browser that heeds the first compiles it beside the page while it is read; otherwise piece by piece in the way of
 * the page, a third of what a phone's finger waits for.
 */
export function hintFiles(folder) {
  const { rootMainFiles } = JSON.parse(readFileSync(join(folder, "build-manifest.json"), "utf8"));
  if (!rootMainFiles.some((file) => STARTS.test(file))) {
    throw new Error(
      "The build has no file that starts the others: has the page framework changed?",
    );
  }
  for (const file of rootMainFiles) {
    const path = join(folder, file);
    const script = readFileSync(path, "utf8");
    if (script.startsWith(HINT)) continue;
    writeFileSync(path, HINT + (STARTS.test(file) ? `${HELD}${script}\n});\n` : script));
  }
}

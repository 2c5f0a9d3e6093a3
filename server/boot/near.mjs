import module from "node:module";

/*
 * For each file of a package, and each file that names it, Node.js reads the package's description once more. Where
 * that lists every file by itself, as those of the database library (180 kB) and of the dates (200 kB) do, this is
 * most of a start. So a name is looked up once, and what such a file has beside itself needs no description.
 */

const NAMED = /^(?:drizzle-orm|date-fns)(?:\/|$)/;
const WITHIN = /\/node_modules\/(?:drizzle-orm|date-fns)\/.*\.js$/;

/** Where the module beside another is; `null` where the package has to say. */
export function beside(specifier, parent) {
  if (!/^\.\.?\/.*\.js$/.test(specifier) || !WITHIN.test(parent ?? "")) return null;
  return { url: new URL(specifier, parent).href, format: "module", shortCircuit: true };
}

const found = new Map();

// An older Node.js, started by something of ours, starts as it always does.
module.registerHooks?.({
  resolve(specifier, context, next) {
    if (!context.conditions.includes("import")) return next(specifier, context);
    const known = found.get(specifier) ?? beside(specifier, context.parentURL);
    if (known !== null) return known;
    const answer = next(specifier, context);
    if (NAMED.test(specifier)) found.set(specifier, { ...answer, shortCircuit: true });
    return answer;
  },
});

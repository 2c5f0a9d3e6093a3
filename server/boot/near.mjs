import module from "node:module";

/*
 * For each file of a package, and each import of it, Node.js reads the package's package.json again. Where that
 * lists every file, as those of drizzle-orm (180 kB) and date-fns (200 kB) do, this is most of a start. So a name is
 * resolved once, and a relative import within such a package needs no package.json.
 */

/*
 * Zod reads its messages in sixty languages, a file each, which was a seventh of all modules that are read before a
 * webhook is taken. We use none but English, which it reads by itself.
 */

const NAMED = /^(?:drizzle-orm|date-fns)(?:\/|$)/;
const WITHIN = /\/node_modules\/(?:drizzle-orm|date-fns)\/.*\.js$/;

/** Resolves a relative import within such a package; `null` where its package.json has to be read. */
export function beside(specifier, parent) {
  if (!/^\.\.?\/.*\.js$/.test(specifier) || !WITHIN.test(parent ?? "")) return null;
  return { url: new URL(specifier, parent).href, format: "module", shortCircuit: true };
}

const OF_ZOD = /\/node_modules\/zod\/v4\/(?:core|classic|mini)\/[a-z]+\.js$/;
const NO_LANGUAGES = new URL("./no-languages.mjs", import.meta.url).href;

/** Resolves what Zod imports as its languages to none; `null` for anything else. */
export function withoutLanguages(specifier, parent) {
  if (specifier !== "../locales/index.js" || !OF_ZOD.test(parent ?? "")) return null;
  return { url: NO_LANGUAGES, format: "module", shortCircuit: true };
}

const found = new Map();

// An older Node.js, started by one of our tools, has no hooks and starts as usual.
module.registerHooks?.({
  resolve(specifier, context, next) {
    if (!context.conditions.includes("import")) return next(specifier, context);
    const resolved =
      found.get(specifier) ??
      beside(specifier, context.parentURL) ??
      withoutLanguages(specifier, context.parentURL);
    if (resolved !== null) return resolved;
    const answer = next(specifier, context);
    if (NAMED.test(specifier)) found.set(specifier, { ...answer, shortCircuit: true });
    return answer;
  },
});

// What stands in the place of the languages of Zod: see near.mjs.
export {};

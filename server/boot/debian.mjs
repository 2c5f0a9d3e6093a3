import { spawnSync } from "node:child_process";
import { systemEnvironment } from "./project.mjs";
import { step } from "./step.mjs";

/** Installs packages of Debian where that is possible: as root, and where there is `apt-get`. */
export async function installDebians(title, packages) {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return;
  const env = { ...systemEnvironment(), DEBIAN_FRONTEND: "noninteractive" };
  const install = `apt-get -q update && apt-get -q install -y --no-install-recommends ${packages.join(" ")}`;
  await step(`Installing ${title} (apt-get)`, ["/bin/sh", "-c", install], { env });
}

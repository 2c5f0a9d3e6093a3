import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);
const COMPRESSED = /\.(js|css)$/;

/** Writes each script and style also in Brotli, at the highest quality: it is built once and sent often. */
export async function pressFiles(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  await Promise.all(
    files
      .filter((file) => COMPRESSED.test(file))
      .map(async (file) => {
        const whole = await readFile(join(folder, file));
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
        };
        await writeFile(join(folder, `${file}.br`), await compress(whole, { params }));
      }),
  );
}

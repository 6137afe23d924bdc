/** Says what a first visit transfers (gzip; fonts as they are) and what each page adds when it needs it. */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const manifest = JSON.parse(readFileSync("dist/manifest.json", "utf8"));

const kilobytes = (file) => {
  const bytes = readFileSync(`dist/${file}`);
  return (file.endsWith(".woff2") ? bytes.length : gzipSync(bytes, { level: 9 }).length) / 1024;
};

const report = (name, files) => {
  const total = files.reduce((sum, file) => sum + kilobytes(file), 0);
  process.stdout.write(`${name.padEnd(34)}${total.toFixed(1).padStart(8)} KiB\n`);
};

const entry = manifest["src/main.ts"];
const fonts = entry.assets.filter((file) => file.includes("noto-sans-latin-") && !file.includes("-ext-"));
const khmer = entry.assets.filter((file) => file.includes("khmer"));
report("first load: script and styles", [entry.file, ...entry.css]);
report("first load: Latin faces", fonts);
report("a page in Khmer adds: Khmer faces", khmer);
for (const source of entry.dynamicImports) {
  const chunk = manifest[source];
  report(`when needed: ${chunk.name}`, [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]);
}

import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: ["chrome111", "edge111", "firefox114", "safari16.4"],
    // Fonts and images stay files: the Content-Security-Policy admits no data: URL for fonts.
    assetsInlineLimit: 0,
    // The map's library is large and fetched only where a map comes into view.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: "src/main.ts",
      // htmx can evaluate attributes; our settings and the policy both forbid it.
      checks: { eval: false },
    },
  },
  worker: { format: "es" },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
});

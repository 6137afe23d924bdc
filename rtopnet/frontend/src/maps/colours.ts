/** The map's fills; the same one hue as `src/styles/_settings.scss`, where the reasons stand. */
export const COLOURS = {
  unrecorded: "#ffffff",
  none: "#e9efee",
  low: "#c3dbda",
  moderate: "#85b6b8",
  high: "#3f8088",
  very_high: "#0b4049",
  sea: "#f5f6f6",
  border: "#4b5457",
} as const;

export type FillName = Exclude<keyof typeof COLOURS, "sea" | "border">;

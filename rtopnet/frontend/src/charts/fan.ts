/** The fan chart: what was recorded, then the forecast's median with its 50 % and 90 % ranges. */

import { areaY, axisX, axisY, gridY, line, plot, ruleX } from "@observablehq/plot";

import type { Wording } from "../controllers/number_format";
import { hatch } from "./hatch";
import { readMonthByMonth } from "./reading";

type History = readonly [month: string, deaths: number | null, name: string];
type Forecast = readonly [
  month: string,
  median: number,
  low50: number,
  high50: number,
  low90: number,
  high90: number,
  name: string,
];

export interface FanData {
  readonly label: string;
  readonly words: Readonly<Record<"recorded" | "not_observed" | "forecast" | "help", string>>;
  readonly history: readonly History[];
  readonly fan: readonly Forecast[];
  readonly origin: string;
}

/** One month as the chart shows it and as it is said under the chart. */
export interface Month {
  readonly at: Date;
  readonly value: number | null;
  readonly said: string;
}

const HEIGHT = 320;

/** Draw the chart into its element, again whenever its width changes. */
export function drawFan(element: HTMLElement, data: FanData, wording: Wording): void {
  const drawn = element.querySelector<HTMLElement>(".chart__drawn");
  const readout = element.querySelector<HTMLOutputElement>(".readout");
  if (!drawn || !readout) return;
  const months = monthsOf(data, wording);
  let width = 0;
  new ResizeObserver(([entry]) => {
    const room = Math.min(860, Math.floor(entry?.contentRect.width ?? 0));
    if (room === 0 || room === width) return;
    width = room;
    const chart = render(data, wording, width);
    drawn.replaceChildren(chart);
    readMonthByMonth(chart, readout, months, data);
  }).observe(element);
}

function monthsOf(data: FanData, wording: Wording): Month[] {
  const recorded = data.history.map(([month, deaths, name]) => ({
    at: new Date(month),
    value: deaths,
    said: `${name}: ${saidOf(deaths, data, wording)}`,
  }));
  const expected = data.fan.map(([month, median, , , low, high, name]) => ({
    at: new Date(month),
    value: median,
    said: `${name}: ${fill(data.words.forecast, {
      median: wording.number(median),
      low: wording.number(low),
      high: wording.number(high),
    })}`,
  }));
  return [...recorded, ...expected];
}

function saidOf(deaths: number | null, data: FanData, wording: Wording): string {
  return deaths === null ? data.words.not_observed : fill(data.words.recorded, { deaths: wording.number(deaths) });
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Observable Plot's drawing, its own style sheet taken out: the page's policy admits no inline styles. */
function render(data: FanData, wording: Wording, width: number): SVGSVGElement {
  const history = data.history.map(([month, deaths]) => ({ at: new Date(month), deaths }));
  const fan = withOrigin(data).map(([month, median, low50, high50, low90, high90]) => {
    return { at: new Date(month), median, low50, high50, low90, high90 };
  });
  const chart = plot({
    width,
    height: HEIGHT,
    marginLeft: 56,
    marginTop: 12,
    marginRight: 12,
    x: { type: "utc", label: null },
    y: { label: null, zero: true, nice: true },
    marks: [
      gridY({ className: "fan__grid", ticks: 5 }),
      axisY({ ticks: 5, tickFormat: (value: number) => wording.number(value), tickSize: 0, fontSize: 14 }),
      axisX({ ticks: Math.max(3, Math.floor(width / 110)), tickFormat: wording.year, interval: "year", fontSize: 14 }),
      areaY(fan, { x: "at", y1: "low90", y2: "high90", className: "fan__band90" }),
      areaY(fan, { x: "at", y1: "low90", y2: "high90", className: "fan__over", fill: "url(#fan-hatch)" }),
      areaY(fan, { x: "at", y1: "low50", y2: "high50", className: "fan__band50" }),
      line(history, { x: "at", y: "deaths", className: "fan__history" }),
      line(fan, { x: "at", y: "median", className: "fan__median" }),
      ruleX(fan.length > 0 ? [new Date(data.origin)] : [], { className: "fan__origin" }),
    ],
  }) as SVGSVGElement;
  chart.querySelectorAll("style").forEach((style) => {
    style.remove();
  });
  chart.prepend(hatch("fan-hatch"));
  return chart;
}

/** The fan starts at the last recorded month, so that no gap opens between the two lines. */
function withOrigin(data: FanData): readonly Forecast[] {
  const last = data.history.at(-1);
  if (!last || last[1] === null || data.fan.length === 0) return data.fan;
  const [month, deaths, name] = last;
  return [[month, deaths, deaths, deaths, deaths, deaths, name], ...data.fan];
}

/** Reading a chart month by month: the pointer or the arrow keys choose one, the line below says it. */

import type { FanData, Month } from "./fan";

const SVG = "http://www.w3.org/2000/svg";
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 };

interface Scale {
  apply(value: Date | number): number;
  invert(value: number): Date;
}

type Chart = SVGSVGElement & { scale(name: "x" | "y"): Scale };

/** Make the chart readable; it becomes one stop of the tab key. */
export function readMonthByMonth(
  svg: SVGSVGElement,
  readout: HTMLOutputElement,
  months: readonly Month[],
  data: FanData,
): void {
  const marker = new Marker(svg as Chart);
  let index = Math.max(0, data.history.length - 1);
  const show = (wanted: number): void => {
    index = Math.min(months.length - 1, Math.max(0, wanted));
    const month = months[index];
    if (!month) return;
    readout.textContent = month.said;
    marker.place(month);
  };
  describe(svg, data);
  svg.addEventListener("focus", () => {
    show(index);
  });
  svg.addEventListener("keydown", (event) => {
    const target = targetOf(event.key, index, months.length);
    if (target === null) return;
    event.preventDefault();
    show(target);
  });
  svg.addEventListener("pointermove", (event) => {
    show(nearest(months, marker.timeAt(event)));
  });
}

function describe(svg: SVGSVGElement, data: FanData): void {
  svg.setAttribute("class", "chart__focus");
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", `${data.label}. ${data.words.help}`);
  svg.querySelectorAll("[aria-label]").forEach((part) => {
    part.removeAttribute("aria-label");
    part.setAttribute("aria-hidden", "true");
  });
}

function targetOf(key: string, index: number, count: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = STEPS[key];
  return step === undefined ? null : index + step;
}

function nearest(months: readonly Month[], time: number): number {
  const distances = months.map((month) => Math.abs(month.at.getTime() - time));
  return distances.indexOf(Math.min(...distances));
}

class Marker {
  readonly #line = document.createElementNS(SVG, "line");
  readonly #dot = document.createElementNS(SVG, "circle");

  constructor(private readonly chart: Chart) {
    this.#line.setAttribute("class", "fan__focus");
    this.#line.setAttribute("y1", "12");
    this.#line.setAttribute("y2", String(chart.viewBox.baseVal.height - 30));
    this.#dot.setAttribute("class", "fan__dot");
    this.#dot.setAttribute("r", "5");
  }

  place(month: Month): void {
    const x = String(this.chart.scale("x").apply(month.at));
    this.#line.setAttribute("x1", x);
    this.#line.setAttribute("x2", x);
    this.#dot.setAttribute("cx", x);
    this.#dot.setAttribute("cy", String(this.chart.scale("y").apply(month.value ?? 0)));
    this.chart.append(this.#line, ...(month.value === null ? [] : [this.#dot]));
  }

  timeAt(event: PointerEvent): number {
    const box = this.chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.chart.viewBox.baseVal.width;
    return this.chart.scale("x").invert(x).getTime();
  }
}

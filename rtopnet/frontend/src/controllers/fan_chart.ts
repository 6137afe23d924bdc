/**
 * Replaces the fan that the server drew by one that can be read month by month, with a pointer or the keys.
 *
 * <div class="chart" data-controller="fan-chart" data-source="fan-all" data-locale="km" data-numerals="khmr">
 *   <div class="chart__drawn"><svg>…</svg></div>
 *   <output class="readout"></output>
 * </div>
 * <script type="application/json" id="fan-all">{"words": {…}, "history": [["2026-04-01", 3, "មេសា ២០២៦"], …], …}</script>
 */

import type { FanData } from "../charts/fan";
import { wordingOf } from "./number_format";
import { pageData } from "./page_data";
import { whenSeen } from "./when_seen";

export function fanChart(element: HTMLElement): void {
  const data = pageData<FanData>(element.dataset["source"]);
  if (!data) return;
  whenSeen(element, () => {
    void import("../charts/fan").then(({ drawFan }) => {
      drawFan(element, data, wordingOf(element));
    });
  });
}

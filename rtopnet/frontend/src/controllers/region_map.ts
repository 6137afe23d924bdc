/**
 * Draws the region's map above the table that holds the same facts. Without WebGL, or where the reader asked
 * the browser to save data (the map's library is large), the table stands alone.
 *
 * <div class="map" data-controller="region-map" data-source="region-map-data"
 *      data-boundaries="/regions/xa/boundaries.geojson" hidden>
 *   <div class="map__canvas"></div>
 *   <output class="readout"></output>
 * </div>
 * <script type="application/json" id="region-map-data">
 *   {"words": {"zoom_in": "Zoom in", …}, "states": [{"iso3": "XAA", "name": "Arlen", …}]}
 * </script>
 */

import type { MapData } from "../maps/region_map";
import { pageData } from "./page_data";
import { whenSeen } from "./when_seen";

export function regionMap(element: HTMLElement): void {
  const data = pageData<MapData>(element.dataset["source"]);
  const boundaries = element.dataset["boundaries"];
  if (!data || !boundaries || savesData() || !canDraw()) return;
  element.hidden = false;
  whenSeen(element, () => {
    void draw(element, data, boundaries);
  });
}

async function draw(element: HTMLElement, data: MapData, boundaries: string): Promise<void> {
  const [{ drawMap }, answer] = await Promise.all([import("../maps/region_map"), fetch(boundaries)]);
  if (!answer.ok) {
    element.hidden = true;
    return;
  }
  drawMap(element, data, (await answer.json()) as GeoJSON.FeatureCollection);
}

function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

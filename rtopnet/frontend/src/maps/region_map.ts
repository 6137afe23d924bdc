/** The region's map: one hue from light to dark, hatched where the range is wide; no tiles, no glyphs. */

import "maplibre-gl/dist/maplibre-gl.css";

import {
  LngLatBounds,
  Map as WebMap,
  Marker,
  NavigationControl,
  setWorkerUrl,
  type MarkerOptions,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

import { COLOURS, type FillName } from "./colours";
import { boundsOf, isTiny, labelPoint, roomOf } from "./geometry";
import { addHatch } from "./hatch";
import { hideCrowdedLabels } from "./labels";

export interface StateOnMap {
  readonly iso3: string;
  readonly name: string;
  readonly href: string;
  readonly fill: FillName;
  readonly uncertain: boolean;
  readonly says: string;
}

export interface MapData {
  readonly label: string;
  readonly words: Readonly<Record<"zoom_in" | "zoom_out" | "two_fingers" | "hold_ctrl" | "hold_cmd", string>>;
  readonly states: readonly StateOnMap[];
}

/** Draw the map into its element; labels are links to the states' pages, in the table's order. */
export function drawMap(element: HTMLElement, data: MapData, boundaries: GeoJSON.FeatureCollection): void {
  const container = element.querySelector<HTMLElement>(".map__canvas");
  if (!container) return;
  setWorkerUrl(workerUrl);
  const painted = paint(boundaries, data.states);
  const map = new WebMap({
    container,
    style: styleOf(painted),
    bounds: new LngLatBounds(boundsOf(painted)),
    fitBoundsOptions: { padding: container.clientWidth < 500 ? 12 : 28 },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 7,
    canvasContextAttributes: { preserveDrawingBuffer: true },
    locale: localeOf(data),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  const labels = addLabels(map, painted, data, element.querySelector<HTMLOutputElement>(".readout"));
  map.on("load", () => {
    addHatch(map);
    hideCrowdedLabels(labels);
  });
  map.on("moveend", () => {
    hideCrowdedLabels(labels);
  });
}

function localeOf(data: MapData): Record<string, string> {
  return {
    "Map.Title": data.label,
    "NavigationControl.ZoomIn": data.words.zoom_in,
    "NavigationControl.ZoomOut": data.words.zoom_out,
    "CooperativeGesturesHandler.WindowsHelpText": data.words.hold_ctrl,
    "CooperativeGesturesHandler.MacHelpText": data.words.hold_cmd,
    "CooperativeGesturesHandler.MobileHelpText": data.words.two_fingers,
  };
}

/** The boundaries of the states on the page, each with its colour and whether it is hatched. */
function paint(boundaries: GeoJSON.FeatureCollection, states: readonly StateOnMap[]): GeoJSON.FeatureCollection {
  const [west, , east] = boundsOf(boundaries);
  const byCode = new Map(states.map((state) => [state.iso3, state]));
  const features = boundaries.features.flatMap((feature) => {
    const state = byCode.get(String(feature.properties?.["iso3"]));
    if (!state) return [];
    const properties = {
      iso3: state.iso3,
      colour: COLOURS[state.fill],
      uncertain: state.uncertain,
      tiny: isTiny(feature, east - west),
    };
    return [{ ...feature, properties }];
  });
  return { type: "FeatureCollection", features };
}

function styleOf(painted: GeoJSON.FeatureCollection): StyleSpecification {
  return {
    version: 8,
    sources: {
      states: { type: "geojson", data: painted },
      tiny: { type: "geojson", data: tinyStates(painted) },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": COLOURS.sea } },
      { id: "states", type: "fill", source: "states", paint: { "fill-color": ["get", "colour"] } },
      {
        id: "borders",
        type: "line",
        source: "states",
        paint: { "line-color": COLOURS.border, "line-width": 0.9 },
      },
      {
        id: "tiny",
        type: "circle",
        source: "tiny",
        maxzoom: 6,
        paint: {
          "circle-color": ["get", "colour"],
          "circle-radius": 6,
          "circle-stroke-color": COLOURS.border,
          "circle-stroke-width": 1,
        },
      },
    ],
  };
}

/** A dot for each state that would not be seen at the map's first scale. */
function tinyStates(painted: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  const features = painted.features
    .filter(({ properties }) => properties?.["tiny"] === true)
    .map((feature): GeoJSON.Feature => {
      return { ...feature, geometry: { type: "Point", coordinates: labelPoint(feature) } };
    });
  return { type: "FeatureCollection", features };
}

/** Labels in the table's order on the page; returned with those of the largest states first. */
function addLabels(
  map: WebMap,
  painted: GeoJSON.FeatureCollection,
  data: MapData,
  readout: HTMLOutputElement | null,
): HTMLElement[] {
  const placed = data.states.flatMap((state) => {
    const feature = painted.features.find(({ properties }) => properties?.["iso3"] === state.iso3);
    if (!feature) return [];
    const label = labelOf(state, readout);
    new Marker({ element: label, ...placeOf(feature) }).setLngLat(labelPoint(feature)).addTo(map);
    // MapLibre makes a marker an image named "Map marker"; ours is a link with its own words.
    label.removeAttribute("role");
    label.setAttribute("aria-label", state.says);
    return [{ label, room: roomOf(feature) }];
  });
  return placed.sort((a, b) => b.room - a.room).map(({ label }) => label);
}

/** Beside its dot where a state is tiny, else in its middle. */
function placeOf(feature: GeoJSON.Feature): MarkerOptions {
  return feature.properties?.["tiny"] === true ? { anchor: "bottom", offset: [0, -8] } : { anchor: "center" };
}

function labelOf(state: StateOnMap, readout: HTMLOutputElement | null): HTMLAnchorElement {
  const label = document.createElement("a");
  label.className = "map__label";
  label.href = state.href;
  label.textContent = state.name;
  const say = (): void => {
    if (readout) readout.textContent = state.says;
  };
  label.addEventListener("focus", say);
  label.addEventListener("pointerenter", say);
  return label;
}

import type { Map as WebMap } from "maplibre-gl";

const SIZE = 8;

/** Lay slanted lines over the states whose range is wide, dark with a light edge so that both fills show them. */
export function addHatch(map: WebMap): void {
  map.addImage("hatch", drawTile(), { pixelRatio: 1 });
  map.addLayer(
    {
      id: "uncertain",
      type: "fill",
      source: "states",
      filter: ["get", "uncertain"],
      paint: { "fill-pattern": "hatch" },
    },
    "borders",
  );
}

function drawTile(): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(SIZE, SIZE);
  stroke(pen, "rgb(255 255 255 / 85%)", 2.6);
  stroke(pen, "#14191b", 1.1);
  return pen.getImageData(0, 0, SIZE, SIZE);
}

function stroke(pen: CanvasRenderingContext2D, colour: string, width: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  for (const shift of [-SIZE, 0, SIZE]) {
    pen.moveTo(shift, SIZE);
    pen.lineTo(shift + SIZE, 0);
  }
  pen.stroke();
}

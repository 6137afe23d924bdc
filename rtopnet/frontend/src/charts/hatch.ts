const SVG = "http://www.w3.org/2000/svg";

/** A pattern of slanted lines, for what is uncertain; `id` is what a fill refers to. */
export function hatch(id: string): SVGDefsElement {
  const defs = document.createElementNS(SVG, "defs");
  const pattern = document.createElementNS(SVG, "pattern");
  const attributes = { id, width: "7", height: "7", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  Object.entries(attributes).forEach(([name, value]) => {
    pattern.setAttribute(name, value);
  });
  const stroke = document.createElementNS(SVG, "line");
  stroke.setAttribute("class", "fan__hatch");
  stroke.setAttribute("y2", "7");
  pattern.append(stroke);
  defs.append(pattern);
  return defs;
}

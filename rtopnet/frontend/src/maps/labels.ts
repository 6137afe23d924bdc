/** Hide a label that would lie on one placed before it; it still shows when the keyboard reaches it. */
export function hideCrowdedLabels(labels: readonly HTMLElement[]): void {
  const placed: DOMRect[] = [];
  labels.forEach((label) => {
    const box = label.getBoundingClientRect();
    const crowded = placed.some((other) => overlap(box, other));
    label.classList.toggle("map__label--crowded", crowded);
    if (!crowded) placed.push(box);
  });
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

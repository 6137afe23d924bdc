/** Hide a label that would lie on an earlier one of the list; it still shows when the keyboard reaches it. */
export function hideCrowdedLabels(labels: readonly HTMLElement[]): void {
  const placed: DOMRect[] = [];
  labels.forEach((label) => {
    const box = label.getBoundingClientRect();
    const crowded = placed.some((other) => overlap(box, other));
    label.classList.toggle("map__label--crowded", crowded);
    if (!crowded) placed.push(box);
  });
}

/** A few pixels may touch: the boxes are larger than their letters. */
const TOUCH = 5;

function overlap(a: DOMRect, b: DOMRect): boolean {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > TOUCH && down > TOUCH;
}

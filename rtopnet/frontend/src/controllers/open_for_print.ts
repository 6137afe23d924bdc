/**
 * Opens what is folded while the page is printed, so that figures "one click away" are on paper too.
 *
 * <main data-controller="open-for-print"><details><summary>Figures</summary>…</details></main>
 */
export function openForPrint(root: HTMLElement): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = [...root.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    opened.forEach((details) => (details.open = true));
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((details) => (details.open = false));
  });
}

/**
 * A button that prints the page; it appears where it can work.
 *
 * <button type="button" data-controller="print-page" hidden>Print</button>
 */
export function printPage(button: HTMLElement): void {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

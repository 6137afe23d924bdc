/**
 * Shows a long form one step at a time, with the way back and on; without scripts all steps stand below each other.
 * A step with an error is shown first, and what is required in a step is asked for before the next.
 *
 * <div data-controller="form-steps" data-progress="Step [number] of [count]">
 *   <p data-part="progress" hidden></p>
 *   <section data-part="step">…</section>…
 *   <div data-part="moves" hidden><button type="button" data-part="back">…</button><button type="button" data-part="on">…</button></div>
 *   <div data-part="last">…<button>Save</button></div>
 * </div>
 */
export function formSteps(element: HTMLElement): void {
  const part = (name: string): HTMLElement | null => element.querySelector<HTMLElement>(`[data-part=${name}]`);
  const steps = [...element.querySelectorAll<HTMLElement>("[data-part=step]")];
  const [progress, moves, back, on, last] = ["progress", "moves", "back", "on", "last"].map(part);
  if (steps.length < 2 || !progress || !moves || !back || !on || !last) return;
  let at = Math.max(0, steps.findIndex((step) => step.querySelector(".govuk-form-group--error")));

  const show = (next: number, isMoved: boolean): void => {
    at = next;
    steps.forEach((step, number) => (step.hidden = number !== at));
    moves.hidden = progress.hidden = false;
    back.hidden = at === 0;
    on.hidden = at === steps.length - 1;
    last.hidden = at < steps.length - 1;
    progress.textContent = (element.dataset["progress"] ?? "")
      .replace("[number]", (at + 1).toString())
      .replace("[count]", steps.length.toString());
    if (!isMoved) return;
    const heading = steps[at]?.querySelector<HTMLElement>("h2");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
    element.scrollIntoView();
  };
  const isComplete = (): boolean =>
    [...(steps[at]?.querySelectorAll<HTMLInputElement>("input, select, textarea") ?? [])].every((field) =>
      field.reportValidity(),
    );

  back.addEventListener("click", () => show(at - 1, true));
  on.addEventListener("click", () => {
    if (isComplete()) show(at + 1, true);
  });
  element.addEventListener("keydown", (event) => {
    // Enter goes on to the next step; only on the last one it sends.
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || at === steps.length - 1) return;
    event.preventDefault();
    on.click();
  });
  show(at, false);
}

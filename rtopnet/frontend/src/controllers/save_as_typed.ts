/**
 * Saves a draft a moment after typing stops, and says so; what could not be saved stays in the form.
 *
 * <form data-controller="save-as-typed" data-saved="Saved" data-failed="Not saved"><p class="save-state"></p>…</form>
 */
const QUIET_MS = 2000;

export function saveAsTyped(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  const form = element;
  const state = form.querySelector<HTMLElement>(".save-state");
  let waiting: number | undefined;
  const say = (words: string): void => {
    if (state) state.textContent = words;
  };
  const save = async (): Promise<void> => {
    const typed = new FormData(form);
    typed.set("autosave", "1");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: typed, redirect: "manual" });
      const said = (answer.headers.get("content-type") ?? "").includes("json") ? await answer.json() : {};
      if (answer.status === 422) return; // not complete yet: the form says so when it is sent
      if (!said.saved) throw new Error();
      const seen = form.querySelector<HTMLInputElement>("input[name=seen]");
      if (seen) seen.value = said.seen;
      say(`${form.dataset["saved"] ?? ""} ${new Date().toLocaleTimeString(document.documentElement.lang)}`);
    } catch {
      say(form.dataset["failed"] ?? "");
    }
  };
  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void save(), QUIET_MS);
  });
  form.addEventListener("submit", () => window.clearTimeout(waiting));
}

/**
 * A form that survives a bad line: what is typed is sealed on the device, and what cannot be sent waits there and is
 * sent when there is a connection again. The field `sent_as` marks one submission, so that the server keeps it once.
 *
 * <form data-controller="kept-on-device" data-key="BASE64" data-place="ACCOUNT"
 *       data-resumed="…" data-waiting="…" data-sending="…" data-signed-out="…" data-unable="…">
 *   <div data-part="banner" hidden><p data-part="words"></p><button type="button" data-part="another">…</button></div>
 *   <input type="hidden" name="sent_as" value="UUID">…
 * </form>
 */
import { type Draft, forget, keep, kept, keyOf } from "../sealed_drafts";

const QUIET_MS = 800;
const AGAIN_MS = 10_000;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "sent_as"]);
type Answer = "kept" | "refused" | "signed-out" | "no-line";

export function keptOnDevice(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  void start(element);
}

async function start(form: HTMLFormElement): Promise<void> {
  const place = form.dataset["place"] ?? "";
  const key = await keyOf(form.dataset["key"] ?? "");
  const mark = form.querySelector<HTMLInputElement>("input[name=sent_as]");
  if (!key || !mark || !place) {
    say(form, "unable");
    return;
  }
  let quiet = 0;
  let isSending = false;
  const put = (isReady: boolean): Promise<void> => keep(key, place, { id: mark.value, isReady, fields: typed(form) });

  const sendWaiting = async (): Promise<void> => {
    const waiting = (await kept(key, place)).filter((draft) => draft.isReady);
    if (isSending || !waiting.length) return;
    isSending = true;
    say(form, "sending");
    for (const draft of waiting) {
      const [answer, at] = await send(form, draft);
      if (answer === "kept") {
        forget(place, draft.id);
        if (draft.id === mark.value) window.location.assign(at);
      } else if (answer === "refused" && draft.id === mark.value) {
        await put(false);
        form.submit(); // the server's page names what is wrong, with everything that was typed
      } else {
        say(form, answer === "signed-out" ? "signedOut" : answer === "refused" ? "refused" : "waiting");
        if (answer === "refused") await keep(key, place, { ...draft, isReady: false });
        break;
      }
    }
    isSending = false;
    if (!(await kept(key, place)).some((draft) => draft.isReady)) hide(form);
  };

  form.addEventListener("input", () => {
    window.clearTimeout(quiet);
    quiet = window.setTimeout(() => void put(false), QUIET_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    window.clearTimeout(quiet);
    void put(true).then(sendWaiting);
  });
  form.querySelector("[data-part=another]")?.addEventListener("click", () => {
    form.reset();
    mark.value = crypto.randomUUID();
    form.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
  });
  window.addEventListener("online", () => void sendWaiting());
  window.setInterval(() => void sendWaiting(), AGAIN_MS);

  await resume(form, mark, await kept(key, place));
  await sendWaiting();
}

/** A page without errors takes up what was typed last and not sent. */
async function resume(form: HTMLFormElement, mark: HTMLInputElement, drafts: Draft[]): Promise<void> {
  const left = drafts.find((draft) => !draft.isReady);
  if (!left || document.querySelector(".govuk-error-summary")) return;
  fill(form, left.fields);
  mark.value = left.id;
  say(form, "resumed");
}

function typed(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]) =>
    NOT_KEPT.has(name) || typeof value !== "string" ? [] : [[name, value] as [string, string]],
  );
}

function fill(form: HTMLFormElement, fields: [string, string][]): void {
  form.querySelectorAll<HTMLInputElement>("input[type=checkbox]").forEach((box) => (box.checked = false));
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = true;
    else if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = value;
    else if (field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) field.value = value;
  }
}

async function send(form: HTMLFormElement, draft: Draft): Promise<[Answer, string]> {
  const body = new FormData();
  draft.fields.forEach(([name, value]) => body.append(name, value));
  body.set("sent_as", draft.id);
  const token = form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  if (token) body.set(token.name, token.value);
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body });
    if (answer.status >= 500) return ["no-line", ""];
    if (!answer.redirected) return [answer.status === 403 ? "signed-out" : "refused", ""];
    const at = new URL(answer.url);
    return [at.pathname.startsWith("/situation/") ? "kept" : "signed-out", answer.url];
  } catch {
    return ["no-line", ""];
  }
}

function say(form: HTMLFormElement, words: string): void {
  const banner = form.querySelector<HTMLElement>("[data-part=banner]");
  const said = form.querySelector<HTMLElement>("[data-part=words]");
  const another = form.querySelector<HTMLElement>("[data-part=another]");
  if (!banner || !said) return;
  said.textContent = form.dataset[words] ?? "";
  if (another) another.hidden = words !== "waiting";
  banner.hidden = false;
}

function hide(form: HTMLFormElement): void {
  const banner = form.querySelector<HTMLElement>("[data-part=banner]");
  if (banner) banner.hidden = true;
}

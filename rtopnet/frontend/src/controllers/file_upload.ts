/**
 * Shows how much of the chosen files has been sent, and says beforehand which one is too large.
 *
 * <form data-controller="file-upload" data-limit="209715200" data-mib="[number] MiB"
 *       data-too-large="[name] is [size]; the limit is 200 MiB." data-sending="Sent: [percent] of 100"
 *       data-failed="The connection broke.">
 *   <p class="upload__error" hidden></p><input type="file" multiple>
 *   <div class="upload__progress" hidden><progress></progress> <output class="upload__words"></output></div>
 *   <button>Send</button>
 * </form>
 */
export function fileUpload(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const error = form.querySelector<HTMLElement>(".upload__error");
  if (!input || !error) return;
  input.addEventListener("change", () => say(error, tooLarge(form, input)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = tooLarge(form, input);
    say(error, fault);
    if (!fault) send(form, error);
  });
}

function say(error: HTMLElement, words: string): void {
  error.textContent = words;
  error.hidden = words === "";
}

function tooLarge(form: HTMLFormElement, input: HTMLInputElement): string {
  const limit = Number(form.dataset["limit"]);
  return [...(input.files ?? [])]
    .filter((file) => file.size > limit)
    .map((file) => words(form, "tooLarge", { name: file.name, size: mib(form, file.size) }))
    .join(" ");
}

function mib(form: HTMLFormElement, size: number): string {
  return words(form, "mib", { number: Math.ceil(size / 1024 / 1024).toString() });
}

function words(form: HTMLFormElement, key: string, values: Record<string, string>): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replace(`[${name}]`, () => value),
    form.dataset[key] ?? "",
  );
}

function send(form: HTMLFormElement, error: HTMLElement): void {
  const request = new XMLHttpRequest();
  const button = form.querySelector<HTMLButtonElement>("button");
  const isBusy = (busy: boolean): void => {
    if (button) button.disabled = busy;
    const shown = form.querySelector<HTMLElement>(".upload__progress");
    if (shown) shown.hidden = !busy;
  };
  request.upload.addEventListener("progress", (event) => showProgress(form, event));
  request.addEventListener("load", () => arrive(request));
  request.addEventListener("error", () => {
    isBusy(false);
    say(error, form.dataset["failed"] ?? "");
  });
  request.open("POST", form.action);
  isBusy(true);
  request.send(new FormData(form));
}

function showProgress(form: HTMLFormElement, event: ProgressEvent): void {
  const percent = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
  const bar = form.querySelector("progress");
  const told = form.querySelector<HTMLElement>(".upload__words");
  if (bar) bar.value = percent;
  if (told) told.textContent = words(form, "sending", { percent: percent.toString() });
}

/** A good answer led to another page; a refusal is a page that says why, shown in this one's place. */
function arrive(request: XMLHttpRequest): void {
  if (request.status < 400) {
    window.location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
  const here = document.querySelector("main");
  if (!answer || !here) return;
  here.replaceWith(answer);
  answer.querySelectorAll<HTMLElement>("[data-controller=file-upload]").forEach(fileUpload);
  answer.querySelector<HTMLElement>(".govuk-error-summary")?.scrollIntoView();
}

/**
 * Suggests words while one types into a search box; the arrow keys choose, Enter takes, Escape leaves.
 *
 * <form data-controller="search-suggestions" data-source="/records/search/suggest/">
 *   <input type="search" name="q"><ul role="listbox" id="…" hidden></ul></form>
 */
export function searchSuggestions(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const list = form.querySelector<HTMLUListElement>("[role=listbox]");
  const source = form.dataset["source"];
  if (!input || !list || !source) return;

  let chosen = -1;
  let waiting = 0;
  let asked: AbortController | null = null;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);

  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];

  const close = (): void => {
    window.clearTimeout(waiting);
    asked?.abort();
    choose(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };

  const choose = (place: number): void => {
    chosen = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = options()[place];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const take = (option: HTMLElement): void => {
    input.value = option.textContent ?? "";
    close();
    input.form?.requestSubmit();
  };

  const show = (words: string[]): void => {
    list.replaceChildren(
      ...words.map((word, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.className = "search-box__suggestion";
        option.setAttribute("role", "option");
        option.textContent = word;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(option);
        });
        return option;
      }),
    );
    choose(-1);
    list.hidden = words.length === 0;
    input.setAttribute("aria-expanded", String(words.length > 0));
  };

  const ask = async (): Promise<void> => {
    asked?.abort();
    asked = new AbortController();
    try {
      const address = `${source}?${new URLSearchParams({ q: input.value }).toString()}`;
      const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok) show(((await answer.json()) as { suggestions: string[] }).suggestions);
    } catch {
      // Asked anew meanwhile, or the network is gone: searching works without suggestions.
    }
  };

  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    if (input.value.trim().length < 2) close();
    else waiting = window.setTimeout(() => void ask(), 200);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const all = options();
    const option = all[chosen];
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && !list.hidden && option) {
      event.preventDefault();
      take(option);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden && all.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((chosen + step + all.length + (chosen < 0 && step < 0 ? 1 : 0)) % all.length);
    }
  });
  close();
}

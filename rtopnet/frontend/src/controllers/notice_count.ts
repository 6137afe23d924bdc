const EVERY_MS = 15_000;

/**
 * Keeps the number of unread notices fresh while the page is looked at; the server sent the first one.
 *
 * <a data-controller="notice-count" data-source="/notices/count/">Notices <span data-part="count">…</span></a>
 */
export function noticeCount(link: HTMLElement): void {
  const source = link.dataset["source"];
  const count = link.querySelector<HTMLElement>("[data-part=count]");
  if (!source || !count) return;
  let timer = 0;

  const ask = async (): Promise<void> => {
    try {
      // Once the session has ended we would be led to the sign-in page; then there is nothing more to ask.
      const answer = await fetch(source, { redirect: "error" });
      if (answer.ok) {
        const html = await answer.text();
        if (html.trim() !== count.innerHTML.trim()) count.innerHTML = html;
      }
    } catch {
      window.clearInterval(timer);
    }
  };
  const start = (): void => {
    window.clearInterval(timer);
    if (document.hidden) return;
    timer = window.setInterval(() => void ask(), EVERY_MS);
  };

  document.addEventListener("visibilitychange", () => {
    start();
    if (!document.hidden) void ask();
  });
  start();
}

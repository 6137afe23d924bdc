/**
 * Asks the browser to let itself be woken, and hands its push service's address to the server by the form.
 *
 * <form data-controller="push-subscription" data-key="BASE64URL" data-worker="/service-worker.js">
 *   <input type="hidden" name="endpoint"> … p256dh … auth
 *   <p data-part="unable">…</p> <p data-part="refused" hidden>…</p> <button data-part="ask" hidden>…</button>
 * </form>
 */
export function pushSubscription(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const part = (name: string): HTMLElement | null => form.querySelector(`[data-part=${name}]`);
  const [unable, refused, ask] = [part("unable"), part("refused"), part("ask")];
  const { key, worker } = form.dataset;
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !unable || !refused || !ask) return;
  if (!key || !worker) return;
  unable.hidden = true;
  ask.hidden = false;

  ask.addEventListener("click", () => {
    refused.hidden = true;
    subscribe(key, worker)
      .then((subscription) => {
        fill(form, subscription);
        form.submit();
      })
      .catch(() => (refused.hidden = false));
  });
}

async function subscribe(key: string, worker: string): Promise<PushSubscription> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const registration = await navigator.serviceWorker.ready;
  const previous = await registration.pushManager.getSubscription();
  await previous?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function fill(form: HTMLFormElement, subscription: PushSubscription): void {
  const { endpoint, keys } = subscription.toJSON();
  const values: Record<string, string | undefined> = { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] };
  for (const [name, value] of Object.entries(values)) {
    const input = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
    if (input) input.value = value ?? "";
  }
}

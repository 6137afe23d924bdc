/**
 * What a browser keeps of forms that are not sent yet: sealed with a key that the server gives to the page of the
 * account that wrote them, and that is not kept. Signing out removes all of it.
 */

export type Draft = { id: string; isReady: boolean; fields: [string, string][] };
type Kept = { ready: boolean; iv: string; sealed: string };

const PREFIX = "rtopnet.unsent.";

export async function keyOf(base64: string): Promise<CryptoKey | null> {
  // Only secure pages can seal; elsewhere nothing is kept.
  if (!globalThis.crypto?.subtle) return null;
  return crypto.subtle.importKey("raw", bytes(base64), "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function keep(key: CryptoKey, place: string, draft: Draft): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(draft.fields));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain));
  const kept: Kept = { ready: draft.isReady, iv: base64(iv), sealed: base64(sealed) };
  localStorage.setItem(`${PREFIX}${place}.${draft.id}`, JSON.stringify(kept));
}

/** The drafts of one place that the key opens; what it does not open is another account's, and stays. */
export async function kept(key: CryptoKey, place: string): Promise<Draft[]> {
  const start = `${PREFIX}${place}.`;
  const found = Object.keys(localStorage).filter((name) => name.startsWith(start));
  const opened = await Promise.all(found.map((name) => open(key, name.slice(start.length), localStorage.getItem(name))));
  return opened.filter((draft) => draft !== null);
}

export function forget(place: string, id: string): void {
  localStorage.removeItem(`${PREFIX}${place}.${id}`);
}

export function forgetAll(): void {
  Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .forEach((name) => localStorage.removeItem(name));
}

/** Whether something waits to be sent; told without opening it. */
export function isAnyWaiting(place: string): boolean {
  return Object.keys(localStorage).some((name) => name.startsWith(`${PREFIX}${place}.`));
}

async function open(key: CryptoKey, id: string, text: string | null): Promise<Draft | null> {
  try {
    const { ready, iv, sealed } = JSON.parse(text ?? "") as Kept;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(sealed));
    return { id, isReady: ready, fields: JSON.parse(new TextDecoder().decode(plain)) as [string, string][] };
  } catch {
    return null;
  }
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function base64(data: Uint8Array): string {
  return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
}

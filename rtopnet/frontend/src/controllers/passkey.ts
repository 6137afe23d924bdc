/**
 * Asks the browser for a passkey when the form is sent, and sends what it gives along.
 *
 * <form method="post" action="…" data-controller="passkey" data-ceremony="get" data-options="js_data">
 *   <input type="hidden" name="credential">
 *   <p data-passkey-failed hidden>…</p>
 *   <p data-passkey-unable hidden>…</p>
 *   <button type="submit">Use a passkey</button>
 * </form>
 *
 * Without `data-options` (the id of a JSON script) the options are fetched from the form's address.
 */

type Json = Record<string, unknown>;
type Described = { id: string } & Json;
type Options = { publicKey: Json };

export function passkey(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(form, "failed", false);
    if (!("credentials" in navigator) || typeof PublicKeyCredential === "undefined") {
      show(form, "unable", true);
      return;
    }
    void perform(form).catch(() => show(form, "failed", true));
  });
}

async function perform(form: HTMLFormElement): Promise<void> {
  const options = await optionsOf(form);
  const isNew = form.dataset["ceremony"] === "create";
  const given = isNew
    ? await navigator.credentials.create({ publicKey: forCreating(options, form) })
    : await navigator.credentials.get({ publicKey: forGetting(options) });
  if (!(given instanceof PublicKeyCredential)) throw new Error("no passkey");
  const field = form.elements.namedItem("credential") as HTMLInputElement;
  field.value = JSON.stringify(written(given));
  form.submit();
}

async function optionsOf(form: HTMLFormElement): Promise<Json> {
  const id = form.dataset["options"];
  if (id) {
    const data = JSON.parse(document.getElementById(id)?.textContent ?? "{}") as Record<string, Options>;
    const options = data["creation_options"] ?? data["request_options"];
    if (!options) throw new Error("no options");
    return options.publicKey;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return ((await answer.json()) as { request_options: Options }).request_options.publicKey;
}

function forCreating(options: Json, form: HTMLFormElement): PublicKeyCredentialCreationOptions {
  const box = form.elements.namedItem("passwordless");
  const byItself = box instanceof HTMLInputElement && box.checked;
  const user = options["user"] as Described;
  return {
    ...options,
    challenge: bytes(options["challenge"] as string),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: described(options["excludeCredentials"]),
    authenticatorSelection: {
      ...(options["authenticatorSelection"] as AuthenticatorSelectionCriteria),
      residentKey: byItself ? "required" : "discouraged",
      requireResidentKey: byItself,
      ...(byItself ? { userVerification: "required" as const } : {}),
    },
  } as unknown as PublicKeyCredentialCreationOptions;
}

function forGetting(options: Json): PublicKeyCredentialRequestOptions {
  return {
    ...options,
    challenge: bytes(options["challenge"] as string),
    allowCredentials: described(options["allowCredentials"]),
  } as PublicKeyCredentialRequestOptions;
}

function described(list: unknown): PublicKeyCredentialDescriptor[] {
  const known = (list ?? []) as Described[];
  return known.map((one) => ({ ...one, id: bytes(one.id) }) as unknown as PublicKeyCredentialDescriptor);
}

function written(credential: PublicKeyCredential): Json {
  const response = credential.response as unknown as Record<string, unknown>;
  const parts: Json = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const part = response[name];
    if (part instanceof ArrayBuffer) parts[name] = letters(part);
  }
  return {
    id: credential.id,
    rawId: letters(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** Bytes from base64url, which JSON carries them in. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function letters(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function show(form: HTMLFormElement, what: "failed" | "unable", isShown: boolean): void {
  const message = form.querySelector<HTMLElement>(`[data-passkey-${what}]`);
  if (message) message.hidden = !isShown;
}

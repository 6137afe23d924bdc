/** Read what the server put on the page as JSON; null when it is not there. */
export function pageData<T>(id: string | undefined): T | null {
  const script = id ? document.getElementById(id) : null;
  return script?.textContent ? (JSON.parse(script.textContent) as T) : null;
}

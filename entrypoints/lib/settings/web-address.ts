/** A name, an address, or an IPv6 address. Chrome's parser lets more pass: it escapes the spaces of "not an address". */
const HOST = /^([\w-]+(\.[\w-]+)*\.?|\[[\da-f:.]+\])$/

/** Reads what a person typed or pasted as a web address; `https` where no scheme was typed. `undefined`: it is none. */
export function parseWebAddress(text: string): URL | undefined {
  const typed = text.trim()
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && HOST.test(url.hostname) ? url : undefined
}

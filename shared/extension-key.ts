/**
 * The extension's public key and the id that Chrome derives from it (the first 16 bytes of the key's SHA-256, written
 * with the letters a to p). The manifest carries the key, so the id, and with it the `Origin` of the extension's requests
 * and the address RingCentral's sign-in returns to, are the same on every machine; the relay lets this id in by default.
 * The private half was thrown away: nobody needs to sign with it, and the store signs with its own.
 */
export const EXTENSION_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA680+rDqByZeCgHusHkGuwQ7eK2Tzhal3sn+H0iYoUC7nFnMJX3BErDKvco7eteL1Y/dov/4rLaNIiUIUOXtrHeVluNf/GNCm4l/Q+ZSAyfD2SmAQu9mVNSrx6vex6VbPxUvY//Thjtskn7Kq/gjavw2vG30SqrF8HUId65FML+szafqREywjMw05Kls4DgVKqZVP6v7avTTjViQY+l7OWRnFPuazpKtQgK6+vRzCm+cT4z2ACgJZ7CsrBkFB25bU6mzKruA7RPqHYVKAlvm9bjeZDA9B6omYCJFh04viVf4f2jCuOWfsGBVUJCoJZYUjK/BMcjA56cuElYzz2xu69wIDAQAB'

export const EXTENSION_ID = 'nklniefendkinildfpbdlodnbifganhm'

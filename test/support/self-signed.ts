import { generateKeyPairSync, sign } from 'node:crypto'

/**
 * A key and a certificate that it signed itself, as PEM: for a server that a browser visits which was told not to look at
 * certificates. Made afresh each time, so that no key lies about.
 */
export function createSelfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(COMMON_NAME, der(UTF8_STRING, Buffer.from('ringside test')))))
  const validity = sequence(der(UTC_TIME, Buffer.from('200101000000Z')), der(UTC_TIME, Buffer.from('491231235959Z')))
  const subject = [name, publicKey.export({ type: 'spki', format: 'der' })]
  // Version 1, which needs no extensions: serial number, algorithm, issuer, validity, subject and its key.
  const unsigned = sequence(der(INTEGER, Buffer.from([1])), ECDSA_WITH_SHA256, name, validity, ...subject)
  const signature = der(BIT_STRING, Buffer.concat([Buffer.from([0]), sign('sha256', unsigned, privateKey)]))
  const certificate = sequence(unsigned, ECDSA_WITH_SHA256, signature).toString('base64')
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  }
}

// X.690: what a value is, how long it is, the value.
const INTEGER = 0x02
const BIT_STRING = 0x03
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const SEQUENCE = 0x30
const SET = 0x31

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

const sequence = (...contents: readonly Buffer[]) => der(SEQUENCE, ...contents)
const set = (...contents: readonly Buffer[]) => der(SET, ...contents)

/** The object identifiers 2.5.4.3 and 1.2.840.10045.4.3.2. */
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const ECDSA_WITH_SHA256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'))

/**
 * A text message as the bytes of a WebSocket frame (RFC 6455, section 5.2): final, not masked, not compressed. Made once, the
 * same bytes go to every client that is sent the message.
 */
export function buildTextFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const headBytes = length < SHORT ? 2 : length < LONG ? 4 : 10
  const frame = Buffer.allocUnsafe(headBytes + length)
  frame[0] = FINAL_TEXT
  if (length < SHORT) frame[1] = length
  else if (length < LONG) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, headBytes)
  return frame
}

const FINAL_TEXT = 0x81
/** From this length on it takes two more bytes, or eight. */
const SHORT = 126
const LONG = 65_536

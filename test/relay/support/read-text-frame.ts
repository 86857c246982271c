/** The text of a whole WebSocket frame as a server sends it, not masked. Throws for any other bytes. */
export function readTextFrame(frame: Buffer): string {
  if (frame[0] !== 0x81) throw new Error(`a final text frame should begin with 0x81, but begins with ${frame[0]}`)
  const marker = frame[1] ?? 0
  const [headBytes, length] =
    marker < 126 ? [2, marker] : marker === 126 ? [4, frame.readUInt16BE(2)] : [10, Number(frame.readBigUInt64BE(2))]
  if (frame.length !== headBytes + length) throw new Error(`a frame of ${length} bytes has ${frame.length - headBytes}`)
  return frame.toString('utf8', headBytes)
}

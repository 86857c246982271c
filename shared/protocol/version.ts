/**
 * Version of the messages between relay and extension (see PROTOCOL.md).
 *
 * 1: hello, welcome, events, ping, pong, error.
 */
export const WIRE_VERSION = 1

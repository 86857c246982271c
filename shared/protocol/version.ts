/**
 * Version of the messages between relay and extension (see PROTOCOL.md).
 *
 * 1: hello, welcome, events, ping, pong, error. A field that may be absent is no new version: `user.homeCountry`, `hello.view`.
 */
export const WIRE_VERSION = 1

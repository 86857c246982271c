/**
 * Version of the messages between relay and extension (see PROTOCOL.md).
 *
 * 1: hello, welcome, events, ping, pong, error. A field that may be absent is no new version: `user.homeCountry`,
 * `user.watches`, `hello.view`. Nor is a kind of record, which older clients skip: `desk`.
 */
export const WIRE_VERSION = 1

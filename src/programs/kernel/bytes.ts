import { joinBytes } from '../../storage/join-bytes.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)
export const text = (bytes: Uint8Array): string => decoder.decode(bytes)
export const NO_BYTES = new Uint8Array(0)

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => joinBytes(parts)

import { decode, decodeBytes, encode, encodeBytes } from '../../../text/codec.ts'

/** awk thinks in bytes: inside, each is one character. */
export const bytesOf = (text: string): string => decodeBytes(encode(text))

/** What the rest of the machine is told: names of files, and commands. */
export const textOfBytes = (bytes: string): string => decode(encodeBytes(bytes))

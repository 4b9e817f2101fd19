import type { Connection } from './machines/switch.ts'

/** The connection, after each use of which `settle` lets happen what it brings about. */
export function settledConnection(connection: Connection, settle: () => void): Connection {
  const settled = (act: () => void) => {
    act()
    settle()
  }
  return {
    write: (bytes) => settled(() => connection.write(bytes)),
    end: () => settled(() => connection.end()),
    close: () => settled(() => connection.close()),
  }
}

import { echoText } from '../../text/echo.ts'
import type { Builtin } from './builtin.ts'
import { print } from './output.ts'

export const echo: Builtin = (session, argv) => (print(session, echoText(argv.slice(1))) ? 0 : 1)

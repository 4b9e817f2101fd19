import type { Program } from '../kernel/program.ts'
import { curl } from './curl.ts'
import { nc } from './nc.ts'
import { nslookup } from './nslookup.ts'
import { ping } from './ping.ts'
import { wget } from './wget.ts'

/** Programs that speak over the virtual network. */
export const network: readonly Program[] = [curl, nc, nslookup, ping, { ...ping, name: 'ping6' }, wget]

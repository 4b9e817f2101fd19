import { chmodSync } from 'node:fs'

// tsc does not keep the mode that npm's bin needs.
chmodSync(new URL('./main.js', import.meta.url), 0o755)

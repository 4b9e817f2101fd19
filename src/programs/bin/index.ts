import type { Program } from '../kernel/program.ts'
import { ash, sh } from '../sh/program.ts'
import { cat } from './cat.ts'
import { chmod } from './chmod.ts'
import { chgrp, chown } from './chown.ts'
import { cp } from './cp.ts'
import { date } from './date.ts'
import { echo } from './echo.ts'
import { head } from './head.ts'
import { hello } from './hello.ts'
import { ln } from './ln.ts'
import { ls } from './ls.ts'
import { mkdir } from './mkdir.ts'
import { mv } from './mv.ts'
import { readlink, realpath } from './readlink.ts'
import { rm } from './rm.ts'
import { rmdir } from './rmdir.ts'
import { sleep } from './sleep.ts'
import { touch } from './touch.ts'
import { falsehood, truth } from './truth.ts'
import { wc } from './wc.ts'

/** The busybox-like programs. */
// biome-ignore lint/suspicious/noExplicitAny: each program has a frame of its own
export const bin: readonly Program<any>[] = [
  ash,
  cat,
  chgrp,
  chmod,
  chown,
  cp,
  date,
  echo,
  falsehood,
  head,
  hello,
  ln,
  ls,
  mkdir,
  mv,
  readlink,
  realpath,
  rm,
  rmdir,
  sh,
  sleep,
  touch,
  truth,
  wc,
]

import type { Program } from '../kernel/program.ts'
import { ash, bash, sh } from '../sh/program.ts'
import { addgroup } from './accounts/addgroup.ts'
import { adduser } from './accounts/adduser.ts'
import { chpasswd } from './accounts/chpasswd.ts'
import { delgroup } from './accounts/delgroup.ts'
import { deluser } from './accounts/deluser.ts'
import { getent } from './accounts/getent.ts'
import { passwd } from './accounts/passwd.ts'
import { su } from './accounts/su.ts'
import { awk } from './awk/index.ts'
import { base64 } from './base64.ts'
import { basename, dirname } from './basename.ts'
import { cal } from './cal.ts'
import { cat } from './cat.ts'
import { chmod } from './chmod.ts'
import { chgrp, chown } from './chown.ts'
import { cmp } from './cmp.ts'
import { comm } from './comm.ts'
import { cp } from './cp.ts'
import { cut } from './cut.ts'
import { date } from './date.ts'
import { dd } from './dd.ts'
import { df, mount, umount } from './df.ts'
import { diff } from './diff.ts'
import { md5sum, sha1sum, sha256sum, sha512sum } from './digest.ts'
import { du } from './du.ts'
import { echo } from './echo.ts'
import { env, printenv } from './env.ts'
import { expand, unexpand } from './expand.ts'
import { expr } from './expr.ts'
import { factor } from './factor.ts'
import { find } from './find.ts'
import { fold } from './fold.ts'
import { egrep, fgrep, grep } from './grep.ts'
import { gunzip, gzip, zcat } from './gzip.ts'
import { head } from './head.ts'
import { hello } from './hello.ts'
import { hd, hexdump } from './hexdump.ts'
import { groupsProgram, id, logname, whoami } from './id.ts'
import { install } from './install.ts'
import { join } from './join.ts'
import { kill } from './kill.ts'
import { ln } from './ln.ts'
import { ls } from './ls.ts'
import { link, mkfifo, mknod, mktemp, truncate, unlink } from './make-files.ts'
import { mkdir } from './mkdir.ts'
import { dos2unix, less, more, unix2dos } from './more.ts'
import { mv } from './mv.ts'
import { nl } from './nl.ts'
import { ionice, linux64, nice, nohup, setsid } from './nohup.ts'
import { od } from './od.ts'
import { paste } from './paste.ts'
import { killall, pgrep, pidof, pkill } from './pgrep.ts'
import { printf } from './printf.ts'
import { ps } from './ps.ts'
import { pwd } from './pwd.ts'
import { readlink, realpath } from './readlink.ts'
import { rev } from './rev.ts'
import { rm } from './rm.ts'
import { rmdir } from './rmdir.ts'
import { sed } from './sed/index.ts'
import { seq } from './seq.ts'
import { shuf } from './shuf.ts'
import { sleep } from './sleep.ts'
import { sort } from './sort.ts'
import { split } from './split.ts'
import { stat } from './stat.ts'
import { strings } from './strings.ts'
import { cksum } from './sum.ts'
import { dmesg, free, init, logger, nproc, sync, sysctl, uptime, usleep, who } from './system.ts'
import { tac } from './tac.ts'
import { tail } from './tail.ts'
import { tar } from './tar.ts'
import { tee } from './tee.ts'
import { clear, reset, stty, tty } from './terminal.ts'
import { bracket, doubleBracket, test } from './test.ts'
import { time } from './time.ts'
import { timeout } from './timeout.ts'
import { top } from './top.ts'
import { touch } from './touch.ts'
import { tr } from './tr.ts'
import { falsehood, truth } from './truth.ts'
import { arch, hostid, hostname, uname } from './uname.ts'
import { uniq } from './uniq.ts'
import { watch } from './watch.ts'
import { wc } from './wc.ts'
import { which } from './which.ts'
import { xargs } from './xargs.ts'
import { xxd } from './xxd.ts'
import { yes } from './yes.ts'

/** The busybox-like programs. */
// biome-ignore lint/suspicious/noExplicitAny: each program has a frame of its own
export const bin: readonly Program<any>[] = [
  ...[
    addgroup,
    adduser,
    arch,
    ash,
    awk,
    base64,
    basename,
    bash,
    bracket,
    cal,
    cat,
    chgrp,
    chmod,
    chown,
    chpasswd,
    cksum,
  ],
  ...[clear, cmp, comm, cp, cut, date, dd, delgroup, deluser, df, diff, dirname, dmesg, dos2unix, doubleBracket, du],
  ...[echo, egrep, env, expand, expr, factor, falsehood, fgrep, find, fold, free, getent, grep, groupsProgram, gunzip],
  ...[gzip, hd, head, hello, hexdump, hostid, hostname, id, init, install, ionice, join, kill, killall, less, link],
  ...[linux64, ln, logger, logname, ls, md5sum, mkdir, mkfifo, mknod, mktemp, more, mount, mv, nice, nl, nohup, nproc],
  ...[od, passwd, paste, pgrep, pidof, pkill, printenv, printf, ps, pwd, readlink, realpath, reset, rev, rm, rmdir],
  ...[sed, seq, setsid, sh, sha1sum, sha256sum, sha512sum, shuf, sleep, sort, split, stat, strings, stty, su, sync],
  ...[sysctl, tac, tail, tar, tee, test, time, timeout, top, touch, tr, truncate, truth, tty, umount, uname, unexpand],
  ...[uniq, unix2dos, unlink, uptime, usleep, watch, wc, which, who, whoami, xargs, xxd, yes, zcat],
]

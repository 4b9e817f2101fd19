/** The applets of BusyBox 1.36 that its image links to the one binary: facts, in alphabetical order. */
export const BUSYBOX_APPLETS: readonly string[] = `
[ [[ add-shell addgroup adduser adjtimex ar arch arp arping ascii ash awk base32 base64 basename bc blkid brctl bunzip2
bzcat bzip2 cal cat chattr chgrp chmod chown chpasswd chroot chrt cksum clear cmp comm cp cpio crc32 crond crontab
cryptpw cut date dc dd delgroup deluser df diff dirname dmesg dnsdomainname dos2unix du echo ed egrep env expand expr
factor fallocate false fgrep find flock fold free fsync ftpget ftpput fuser getopt getty grep groups gunzip gzip halt
head hexdump hostid hostname httpd hwclock id ifconfig inetd init install ionice iostat ip ipcalc ipcrm ipcs kill
killall killall5 last less link linux32 linux64 ln logger login logname ls lsattr lsof lzcat lzma makemime md5sum mesg
mkdir mkfifo mknod mkpasswd mktemp more mount mountpoint mv nc netstat nice nl nmeter nohup nologin nproc nsenter
nslookup ntpd od partprobe passwd paste patch pgrep pidof ping ping6 pipe_progress pkill pmap poweroff printenv printf
ps pstree pwd pwdx rdate readlink realpath reboot reformime remove-shell renice reset resize resume rev rm rmdir
run-parts script sed seq setpriv setsid sh sha1sum sha256sum sha3sum sha512sum shred shuf sleep sort split ssl_client
start-stop-daemon stat strings stty su sum sync sysctl syslogd tac tail tar taskset tee telnet test tftp time timeout
top touch tr traceroute tree true truncate ts tsort tty ttysize tunctl uevent umount uname uncompress unexpand uniq
unix2dos unlink unlzma unshare unxz unzip uptime users usleep uudecode uuencode vi vlock volname watch wc wget which
who whoami whois xargs xxd xz xzcat yes zcat
`
  .trim()
  .split(/\s+/)

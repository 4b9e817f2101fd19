"""More of what docker-py makes of a daemon: streams, files, volumes, networks, one JSON line for each."""
import io
import json
import tarfile

import docker
from docker.types import IPAMConfig, IPAMPool, Mount

BUSYBOX = 'busybox:1.36'


def tell(what, value):
    text = lambda raw: raw.decode() if isinstance(raw, bytes) else str(raw)
    print(json.dumps([what, value], default=text), flush=True)


def refused(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except docker.errors.APIError as error:
        return [type(error).__name__, error.status_code, error.explanation]


def files(chunks):
    with tarfile.open(fileobj=io.BytesIO(b''.join(chunks))) as archive:
        return {one.name: archive.extractfile(one).read() if one.isfile() else one.type for one in archive}


client = docker.from_env()

# Containers.
box = client.containers.create(BUSYBOX, 'sh -c "echo out; echo err >&2; sleep 5; exit 4"', name='box', mem_limit='64m')
attached = box.attach(stream=True, demux=True)
box.start()
tell('attach', sorted(x or y for x, y in attached))
tell('wait', box.wait())
tell('logs of one stream', box.logs(stdout=True, stderr=False, tail=1))
box.rename('renamed')
box.update(mem_limit='128m', memswap_limit='256m')
box.reload()
tell('changed', [box.name, box.attrs['HostConfig']['Memory']])
box.restart(timeout=0)
box.kill(signal='SIGKILL')
box.reload()
tell('killed', [box.status, box.attrs['State']['ExitCode']])
tell('twice', refused(client.containers.create, BUSYBOX, name='renamed'))
tell('no image', refused(client.containers.create, 'no/such'))
tell('kill stopped', refused(box.kill)[1:2])
image = box.commit('mine', 'v1', changes='CMD ["echo", "committed"]')
tell('commit', [image.tags, client.containers.run('mine:v1', remove=True)])
tell('export', 'bin/busybox' in files(box.export()))
box.remove()

# Execs.
cat = client.containers.run(BUSYBOX, 'cat', detach=True, stdin_open=True, tty=False, name='cat')
code, output = cat.exec_run('sh -c "for i in 1 2; do echo $i; sleep 1; done"', stream=True)
tell('exec stream', b''.join(output))
tell('exec', list(cat.exec_run(['sh', '-c', 'id -u; pwd; echo $A'], user='1000', workdir='/tmp', environment={'A': 'b'})))
tell('exec nosuch', cat.exec_run('nosuch')[0])
made = client.api.exec_create(cat.id, 'sh', stdin=True, tty=True)
sock = client.api.exec_start(made['Id'], tty=True, socket=True)
sock._sock.sendall(b'exit 7\n')
said = b''
while chunk := sock._sock.recv(4096):
    said += chunk
tell('exec socket', [said.endswith(b'exit 7\r\n'), client.api.exec_inspect(made['Id'])['ExitCode']])

# Archives.
packed = io.BytesIO()
with tarfile.open(fileobj=packed, mode='w') as archive:
    for name, content in {'d/a': b'a', 'd/e/b': b'b'}.items():
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    link = tarfile.TarInfo('d/l')
    link.type, link.linkname = tarfile.SYMTYPE, 'a'
    archive.addfile(link)
tell('put', cat.put_archive('/srv' if cat.exec_run('mkdir /srv')[0] == 0 else '/', packed.getvalue()))
chunks, stat = cat.get_archive('/srv/d')
tell('get', [stat['name'], files(chunks)])
tell('get nosuch', refused(cat.get_archive, '/nosuch'))
cat.remove(force=True)

# Volumes.
volume = client.volumes.create('data', labels={'a': 'b'})
client.containers.run(BUSYBOX, 'sh -c "echo kept > /m/f"', volumes={'data': {'bind': '/m', 'mode': 'rw'}}, remove=True)
mount = Mount('/m', 'data', read_only=True)
tell('mounted', client.containers.run(BUSYBOX, 'cat /m/f', mounts=[mount], read_only=True, tmpfs={'/t': ''}, remove=True))
user = client.containers.create(BUSYBOX, mounts=[mount])
tell('in use', refused(volume.remove)[:2])
user.remove()
tell('volumes', [v.name for v in client.volumes.list(filters={'label': 'a=b'})])
tell('pruned', client.api.prune_volumes({'all': ['true']}))

# Networks.
pool = IPAMPool(subnet='10.9.0.0/24', gateway='10.9.0.254')
network = client.networks.create('net', ipam=IPAMConfig(pool_configs=[pool]), labels={'a': 'b'})
web = client.containers.run(
    BUSYBOX, 'sh -c "mkdir /w; echo page > /w/index.html; httpd -f -h /w"', detach=True, name='web', network='net'
)
cli = client.containers.run(BUSYBOX, 'sleep 1000', detach=True, name='cli')
network.connect(cli, ipv4_address='10.9.0.77', aliases=['me'])
cli.reload()
tell('address', cli.attrs['NetworkSettings']['Networks']['net']['IPAddress'])
tell('page', cli.exec_run('wget -qO- http://web/').output)
network.reload()
tell('members', sorted(c.name for c in network.containers))
tell('busy', refused(network.remove)[1])
network.disconnect(cli, force=True)
tell('gone', cli.exec_run('wget -qO- http://web/').exit_code)
tell('networks', [n.name for n in client.networks.list(filters={'type': 'custom'})])
for one in (web, cli):
    one.remove(force=True)
tell('pruned networks', client.networks.prune())

# Events as they happen.
live = client.events(decode=True, filters={'type': ['volume', 'container']})
client.volumes.create('seen').remove()
client.containers.run(BUSYBOX, 'true', remove=True)
seen = []
for event in live:
    seen.append(event['Action'])
    if event['Action'] == 'destroy' and event['Type'] == 'container':
        live.close()
        break
tell('live', seen)
tell('df', sorted(client.df().keys()))
tell('info', [client.info()['Containers'], client.info()['ServerVersion']])

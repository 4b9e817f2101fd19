"""What docker-py makes of a daemon, one JSON line for each thing it asks."""
import io
import json
import tarfile

import docker


def tell(what, value):
    text = lambda raw: raw.decode() if isinstance(raw, bytes) else str(raw)
    print(json.dumps([what, value], default=text), flush=True)


def tar(name, content):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode='w') as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


client = docker.from_env()
tell('ping', client.ping())
tell('version', client.version()['ApiVersion'])
tell('run', client.containers.run('busybox:1.36', ['echo', 'hi'], remove=True))
try:
    client.containers.run('busybox:1.36', ['sh', '-c', 'echo no >&2; exit 3'], remove=True)
except docker.errors.ContainerError as error:
    tell('run fails', [error.exit_status, error.stderr])

web = client.containers.run('busybox:1.36', 'sh -c "echo one; sleep 1000"', detach=True, name='py', labels={'a': 'b'})
tell('created', web.status)
web.reload()
tell('running', [web.status, web.labels])
tell('list', [c.name for c in client.containers.list(filters={'label': 'a=b'})])
tell('logs', web.logs())
tell('logs stream', list(web.logs(stream=True, follow=False, timestamps=True)))
tell('exec', list(web.exec_run('sh -c "echo out; echo err >&2; exit 3"', demux=True)))

tell('put', web.put_archive('/tmp', tar('f.txt', b'hello')))
bits, stat = web.get_archive('/tmp/f.txt')
with tarfile.open(fileobj=io.BytesIO(b''.join(bits))) as archive:
    tell('get', [stat['name'], stat['size'], archive.getnames(), archive.extractfile('f.txt').read()])
tell('diff', web.diff())
tell('top', [row[-1] for row in web.top()['Processes']])
tell('stats', web.stats(stream=False)['name'])

volume = client.volumes.create('data')
tell('volumes', [v.name for v in client.volumes.list()])
network = client.networks.create('net1', driver='bridge')
network.connect(web)
network.reload()
tell('network', [c.name for c in network.containers])
network.disconnect(web)
network.remove()

try:
    client.containers.get('nosuch')
except docker.errors.NotFound as error:
    tell('not found', [error.status_code, error.explanation])
web.pause()
web.reload()
tell('paused', web.status)
web.unpause()
web.stop(timeout=1)
tell('wait', web.wait())
web.remove()

events = client.events(since=0, until=1735690000, filters={'container': web.id}, decode=True)
tell('events', [event['Action'].split(':')[0] for event in events])
image, log = client.images.build(fileobj=io.BytesIO(b'FROM busybox:1.36\nRUN echo built\n'), tag='py:1')
tell('build', [image.tags, 'built\n' in [line.get('stream') for line in log]])
client.images.remove('py:1')
tell('images', [i.tags for i in client.images.list('py')])
volume.remove()
tell('volumes', [v.name for v in client.volumes.list()])

// Loaded into the kernel before anything else (`--import`): names below attack.test have the addresses given here, and
// the one public address among them leads to a server of the test, whose port is in ATTACK_INTERNET. All checks of
// the kernel's own see what they would see on the internet.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const PUBLIC = '93.184.216.34';
const answers: Record<string, string[][]> = {
  'public.attack.test': [[PUBLIC]],
  'private.attack.test': [['127.0.0.1']],
  'mapped.attack.test': [['::ffff:127.0.0.1']],
  'metadata.attack.test': [['169.254.169.254']],
  'mixed.attack.test': [[PUBLIC, '10.0.0.1']],
  // Each question is answered otherwise than the one before.
  'rebinding.attack.test': [[PUBLIC], ['127.0.0.1']],
};
const asked = new Map<string, number>();

const { lookup } = dns;
function fakeLookup(name: string, options: dns.LookupAllOptions, callback: (...result: unknown[]) => void): void {
  const turns = answers[name];
  if (!turns) {
    lookup(name, options, callback);
    return;
  }
  const count = asked.get(name) ?? 0;
  asked.set(name, count + 1);
  const found = turns[count % turns.length] ?? [];
  const addresses = found.map((address) => ({ address, family: net.isIP(address) }));
  setImmediate(() => {
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]?.address, addresses[0]?.family);
  });
}

const { connect } = net;
function fakeConnect(...args: unknown[]): net.Socket {
  const [options] = args as [net.TcpNetConnectOpts];
  const host = options?.host ?? '';
  if (answers[host] === undefined) return Reflect.apply(connect, net, args) as net.Socket;
  const socket = new net.Socket();
  const find = (options.lookup ?? dns.lookup) as typeof fakeLookup;
  find(host, { all: true }, (error, found) => {
    if (error) {
      socket.destroy(error as Error);
      return;
    }
    const [{ address = '' } = {}] = found as { address?: string }[];
    Object.defineProperty(socket, 'remoteAddress', { value: address });
    const port = address === PUBLIC ? Number(process.env.ATTACK_INTERNET) : options.port;
    socket.connect({ host: address === PUBLIC ? '127.0.0.1' : address, port });
  });
  return socket;
}

Object.assign(dns, { lookup: fakeLookup });
Object.assign(net, { connect: fakeConnect });
syncBuiltinESMExports();

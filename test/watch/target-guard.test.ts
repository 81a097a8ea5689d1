import { describe, expect, it } from '@jest/globals';
import { isAppError } from '../../src/error.js';
import { parseAllowList } from '../../src/watch/allow-list.js';
import { TargetGuard } from '../../src/watch/target-guard.js';

/** What names resolve to. */
const NAMES: Record<string, string[]> = {
  'hooks.example.com': ['93.184.216.34', '2606:2800:220:1::1'],
  'inside.example.com': ['10.1.2.3'],
  'mixed.example.com': ['93.184.216.34', '127.0.0.1'],
  'metadata.example.com': ['169.254.169.254'],
  'six.example.com': ['::ffff:192.168.0.1'],
  'partner.internal': ['10.9.9.9'],
  'linklocal.internal': ['169.254.169.254'],
  localhost: ['127.0.0.1'],
};

const resolve = async (name: string) => NAMES[name] ?? [];

function guard(...allowed: string[]): TargetGuard {
  return new TargetGuard(parseAllowList(allowed), resolve);
}

async function failure(promise: Promise<unknown>): Promise<{ message: string; data: object }> {
  try {
    await promise;
  } catch (error) {
    if (isAppError(error, 'BAD_USER_INPUT')) return { message: error.message, data: error.data };
    throw error;
  }
  throw new Error('it was accepted');
}

describe('what a webhook may be', () => {
  it('takes a public host by https, and says which addresses were checked', async () => {
    const { url, addresses } = await guard().check('https://Hooks.Example.com/a?b=c');
    expect(url).toEqual({
      href: 'https://hooks.example.com/a?b=c',
      isSecure: true,
      hostname: 'hooks.example.com',
      isAddress: false,
      port: 443,
    });
    expect(addresses).toEqual(['93.184.216.34', '2606:2800:220:1::1']);
    await guard().check('https://93.184.216.34:8443/');
    await guard().check('https://[2606:2800:220:1::1]/');
  });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://127.0.0.1./',
    'https://①②⑦.⓪.⓪.①/',
    'https://１２７.0.0.1/',
    'https://%31%32%37.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::127.0.0.1]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[ff02::1]/',
    'https://10.0.0.8/',
    'https://172.20.1.1/',
    'https://192.168.0.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://0xa9.254.169.254/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://localhost/',
    'https://localhost./',
    'https://LOCALHOST/',
    'https://inside.example.com/',
    'https://mixed.example.com/',
    'https://metadata.example.com/',
    'https://six.example.com/',
    'https://nowhere.example.com/',
    'https://partner.internal/',
  ])('refuses %s, always in the same words', async (text) => {
    const { message, data } = await failure(guard().check(text));
    expect(message).toBe('the address of a webhook names a host that cannot be called from here');
    expect(data).toEqual({ pointer: '/url', hint: expect.stringContaining('public host') });
  });

  it.each([
    ['http://hooks.example.com/', /https/],
    ['ftp://hooks.example.com/', /https/],
    ['file:///etc/passwd', /https/],
    ['javascript:alert(1)', /https/],
    ['hooks.example.com', /https/],
    ['', /https/],
    ['https://', /https/],
    ['//hooks.example.com/', /https/],
    ['https://user@hooks.example.com/', /user name/],
    ['https://user:secret@hooks.example.com/', /user name/],
    ['https://:secret@hooks.example.com/', /user name/],
    ['https://hooks.example.com/#a', /fragment/],
    ['https://hooks.example.com:22/', /port/],
    ['https://hooks.example.com:25/', /port/],
    ['https://hooks.example.com:0/', /port/],
    ['https://hooks.example.com:65536/', /https/],
    ['https://hooks.example.com/a b', /spaces/],
    ['https://hooks.example.com/\r\nX: y', /spaces/],
    [' https://hooks.example.com/', /spaces/],
    ['https://127.0.0.1\t/', /spaces/],
    [`https://hooks.example.com/${'a'.repeat(2048)}`, /2048/],
  ])('refuses %s', async (text, words) => {
    const { message, data } = await failure(guard().check(text));
    expect(message).toMatch(words);
    expect(data).toMatchObject({ pointer: '/url' });
    expect(message).not.toContain('secret');
  });
});

describe('hosts of the operator', () => {
  it('may be private and without TLS', async () => {
    const ours = guard('partner.internal', '127.0.0.1', '10.1.0.0/16', 'fd12::/16');
    await ours.check('https://partner.internal:80/');
    await ours.check('http://partner.internal/');
    await ours.check('http://127.0.0.1:8080/x');
    await ours.check('http://0x7f.1:8080/x');
    await ours.check('http://[::ffff:127.0.0.1]:8080/x');
    await ours.check('http://inside.example.com/');
    await ours.check('http://[fd12::5]/');
  });

  it('open nothing beside them', async () => {
    const ours = guard('partner.internal', 'linklocal.internal', '127.0.0.1', '10.1.0.0/16');
    for (const text of [
      'https://127.0.0.2/',
      'https://10.2.0.1/',
      'https://mixed.example.com:8443/x',
      'https://linklocal.internal/',
      'https://sub.partner.internal/',
      'https://169.254.169.254/',
    ]) {
      if (text.includes('mixed')) await ours.check(text);
      else expect((await failure(ours.check(text))).message).toMatch(/cannot be called/);
    }
    expect((await failure(ours.check('http://mixed.example.com/'))).message).toMatch(/https/);
    expect((await failure(ours.check('http://hooks.example.com/'))).message).toMatch(/https/);
  });

  it.each(['http://a.example', 'a b', '10.0.0.0/33', '10.0.0.0/', '/8', '*.example.com', ''])(
    'are not named by "%s"',
    (entry) => {
      expect(() => parseAllowList([entry])).toThrow(/no host, address or CIDR/);
    },
  );
});

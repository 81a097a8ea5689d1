import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { runCli } from './run-cli.js';

describe('the command line', () => {
  it.each([
    ['an unknown command', ['fly']],
    ['an unknown option', ['verify', '--fast']],
    ['a missing argument', ['capture']],
    ['a missing option', ['init']],
    ['a number that is none', ['generate', '--records', 'many']],
    ['a number out of bounds', ['start', '--port', '70000']],
    ['a role that is none', ['token', '--role', 'king']],
    [
      'two options that exclude each other',
      ['capture', 'x.json', '--data', 'd', '--url', 'http://x'],
    ],
  ])('exits 2 at %s', async (_name, args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('exits 2 at a setting that is wrong, and names it', async () => {
    const { code, stderr } = await runCli(['start'], { env: { PROVTRAIL_PORT: 'soon' } });
    expect(code).toBe(2);
    expect(stderr).toContain('port');
  });

  it('is a file that runs by itself, as npx runs it', async () => {
    const { stdout } = await promisify(execFile)('dist/main.js', ['--version'], {
      env: {
        ...process.env,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
      },
    });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([['--help'], ['--version']])('exits 0 at %s', async (option) => {
    const { code, stdout } = await runCli([option]);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
  });

  it('tells a failure as JSON when asked for JSON, with code and hint', async () => {
    const { code, json } = await runCli(['verify', '--data', 'no-such-directory', '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ error: { code: 'DATA_DIRECTORY_MISSING' } });
  });
});

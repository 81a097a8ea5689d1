#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8

// Above: V8 would let 128 MB of young garbage stand, and the C library a heap for each thread.
// Nothing is imported statically: an older Node must get as far as being told what is wrong.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `provtrail needs Node.js 24 or newer; this is ${process.versions.node}.\n` +
      'The right one comes with the package: run "npx provtrail ..." or an npm script ("npm run demo").\n',
  );
  process.exitCode = 1;
} else {
  // before any library looks: graphql-js checks every type twice otherwise
  process.env['NODE_ENV'] ??= 'production';
  // before the first use: fsyncs of three stores must not keep each other waiting for one of four threads
  process.env['UV_THREADPOOL_SIZE'] ??= '12';
  const { runProgram } = await import('./cli/program.js');
  process.exitCode = await runProgram(process.argv);
}

export {};

#!/usr/bin/env node
// Committed on purpose: npm links the file named in "bin" once, so it must exist before the first build.
import {existsSync} from 'node:fs';

const entry = new URL('../dist/cli.js', import.meta.url);
if (!existsSync(entry)) {
  try {
    await import('../scripts/build.mjs');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error('lifecycle-tui is not built and its build tools are not installed.\nNext: npm ci');
    process.exit(1);
  }
}
await import(entry.href);

import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {expect} from 'vitest';
import type {Driver} from './tui-driver.tsx';

const folder = new URL('../frames/', import.meta.url);

/** Compares the screen with the frame stored under this name; `LIFECYCLE_UPDATE_FRAMES=1` stores the new one. */
export async function golden(name: string, driver: Driver): Promise<void> {
  const frame = `${(await driver.frame()).replace(/node v\d+\.\d+\.\d+/, 'node v20.20.2')}\n`;
  const file = new URL(`${name}.txt`, folder);
  if (process.env.LIFECYCLE_UPDATE_FRAMES === '1') {
    await mkdir(folder, {recursive: true});
    await writeFile(file, frame);
  }
  expect(frame).toBe(await readFile(file, 'utf8'));
}

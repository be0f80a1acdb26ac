import {summaryRows} from '../presentation/request-summary.ts';
import type {DashboardState, PaneId} from './app-state.ts';

/** `rows`: list rows that fit, without borders, headings and legends. */
export type PaneBox = {width: number; height: number; rows: number};
export type Layout = {mode: 'four' | 'two' | 'one' | 'small'; panes: Partial<Record<PaneId, PaneBox>>};

export const leastSize = {columns: 60, rows: 16};
const twoFrom = {columns: 80, rows: 24};
const fourFrom = {columns: 100, rows: 30};

export type Size = {columns: number; rows: number};
const atLeast = (size: Size, least: Size) => size.columns >= least.columns && size.rows >= least.rows;

/** Which panes are on the screen and how large, between header and footer. */
export function dashboardLayout(
  size: Size,
  dashboard: Pick<DashboardState, 'focus' | 'tab' | 'zoomed' | 'data'>,
): Layout {
  const {focus, tab, zoomed, data} = dashboard;
  const height = size.rows - 2;
  const environments = data.environments.list.length + data.environments.starting.length;
  if (!atLeast(size, leastSize)) return {mode: 'small', panes: {}};
  if (zoomed || !atLeast(size, twoFrom)) {
    return {mode: 'one', panes: {[focus]: paneBox(focus, size.columns, height, size.columns >= fourFrom.columns)}};
  }
  if (!atLeast(size, fourFrom)) {
    const top = clamp(environments + 2, 6, Math.floor(height * 0.4));
    return {
      mode: 'two',
      panes: {
        environments: paneBox('environments', size.columns, top, false),
        [tab]: paneBox(tab, size.columns, height - top, false),
      },
    };
  }
  const top = clamp(environments + 5, 10, Math.max(10, Math.floor(height * 0.42)));
  const middle = Math.ceil((height - top) / 2);
  const left = Math.floor(size.columns * 0.385);
  return {
    mode: 'four',
    panes: {
      environments: paneBox('environments', size.columns, top, true),
      requests: paneBox('requests', left, middle, true),
      events: paneBox('events', size.columns - left, middle, true),
      logs: paneBox('logs', size.columns, height - top - middle, true),
    },
  };
}

/** The box of the pane that has the focus. */
export const focusedBox = (dashboard: Parameters<typeof dashboardLayout>[1], size: Size): PaneBox =>
  dashboardLayout(size, dashboard).panes[dashboard.focus] ?? {width: size.columns, height: 3, rows: 1};

/** Cells and rows of text in the overlay with a row's details. */
export const detailsBox = ({columns, rows}: Size) => ({width: Math.min(100, columns) - 6, height: rows - 4});

function paneBox(id: PaneId, width: number, height: number, roomy: boolean): PaneBox {
  const extra = id === 'requests' ? summaryRows(width - 2, height - 2) : id === 'environments' && roomy ? 3 : 0;
  return {width, height, rows: Math.max(0, height - 2 - extra)};
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

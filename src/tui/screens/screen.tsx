import {Box} from 'ink';
import type {AppState} from '../state/app-state.ts';
import {leastSize} from '../state/layout.ts';
import {dimmed, themes} from '../theme.ts';
import {ThemeContext} from '../theme-context.ts';
import {footer} from '../ui/footer.ts';
import {fitLine} from '../ui/line.ts';
import {Lines} from '../ui/lines.tsx';
import {ApiOverlay} from './api-calls.tsx';
import {AskOverlay} from './ask.tsx';
import {Dashboard} from './dashboard.tsx';
import {DetailsOverlay} from './details.tsx';
import {EnvironmentOverlay} from './environment.tsx';
import {HelpOverlay} from './help.tsx';
import {menuLines} from './menu-lines.ts';
import {PaletteOverlay} from './palette.tsx';
import {PlanOverlay} from './plan.tsx';
import {Progress} from './progress.tsx';
import {QuitOverlay} from './quit.tsx';
import {RegionOverlay} from './region.tsx';
import {ShutdownChooser} from './shutdown-chooser.tsx';
import {Stopping} from './stopping.tsx';
import {TeardownOverlay} from './teardown.tsx';
import {TooSmall} from './too-small.tsx';

export type ScreenProps = {state: AppState; size: {columns: number; rows: number}};

/** The screen the app is on, the footer below it, and what lies over it. */
export function Screen({state, size}: ScreenProps) {
  const theme = themes[state.theme];
  if (size.columns < leastSize.columns || size.rows < leastSize.rows) {
    return (
      <ThemeContext value={theme}>
        <TooSmall size={size} />
      </ThemeContext>
    );
  }
  return (
    // No overflow="hidden": the lines fit by construction, and clipping takes each of them apart once more per frame.
    <Box width={size.columns} height={size.rows} flexDirection="column">
      <ThemeContext value={state.overlay ? dimmed : theme}>
        <Box height={size.rows - 1} flexDirection="column">
          <CurrentScreen state={state} size={size} />
        </Box>
      </ThemeContext>
      <ThemeContext value={theme}>
        <Lines lines={[fitLine(footer(state, size.columns), size.columns)]} />
        <CurrentOverlay state={state} size={size} />
      </ThemeContext>
    </Box>
  );
}

function CurrentScreen({state, size}: ScreenProps) {
  const {screen, progress, dashboard} = state;
  if (screen === 'stopping') return <Stopping state={state} size={size} />;
  if (screen === 'progress' && progress) return <Progress state={state} progress={progress} size={size} />;
  if (screen === 'dashboard' && dashboard) return <Dashboard state={state} dashboard={dashboard} size={size} />;
  return <Lines lines={menuLines(state, size)} />;
}

function CurrentOverlay({state, size}: ScreenProps) {
  const {overlay, dashboard} = state;
  switch (overlay?.kind) {
    case 'help':
      return <HelpOverlay state={state} overlay={overlay} size={size} />;
    case 'ask':
      return <AskOverlay overlay={overlay} size={size} />;
    case 'plan':
      return <PlanOverlay overlay={overlay} firing={dashboard?.firing} size={size} />;
    case 'shutdown':
      return dashboard ? (
        <ShutdownChooser
          overlay={overlay}
          dashboard={dashboard}
          now={state.now + dashboard.data.clockOffsetMs}
          size={size}
        />
      ) : null;
    case 'environment':
      return <EnvironmentOverlay state={state} overlay={overlay} size={size} />;
    case 'teardown':
      return <TeardownOverlay overlay={overlay} now={state.now} size={size} />;
    case 'region':
      return <RegionOverlay overlay={overlay} size={size} />;
    case 'palette':
      return <PaletteOverlay state={state} overlay={overlay} size={size} />;
    case 'api':
      return <ApiOverlay state={state} overlay={overlay} size={size} />;
    case 'quit':
      return <QuitOverlay overlay={overlay} size={size} />;
    case 'details':
      return <DetailsOverlay overlay={overlay} size={size} />;
    default:
      return null;
  }
}

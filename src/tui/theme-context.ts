import {createContext, useContext} from 'react';
import {themes} from './theme.ts';

export const ThemeContext = createContext(themes.dark);

export const useTheme = () => useContext(ThemeContext);

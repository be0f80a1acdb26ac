import {createContext} from 'react';
import type {Glyphs} from '../text/ascii.ts';

export const GlyphsContext = createContext<Glyphs>('unicode');
